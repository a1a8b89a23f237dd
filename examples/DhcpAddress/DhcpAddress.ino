/*
  An address from DHCP, and what came with it.  begin() does not wait: the sketch runs on while the cable is out, and is
  told when the address comes, changes or goes.
*/
#include <LwIPEthernet.h>

static void onLink(bool up)
{
  Serial.println(up ? "link up" : "link down");
}

static void onAddress(IPAddress ip)
{
  Serial.print("address ");
  Serial.println(ip);
  Serial.print("mask    ");
  Serial.println(LwIPEthernet.subnetMask());
  Serial.print("gateway ");
  Serial.println(LwIPEthernet.gatewayIP());
  Serial.print("DNS     ");
  Serial.println(LwIPEthernet.dnsServerIP());
}

void setup()
{
  Serial.begin(115200);
  LwIPEthernet.setHostname("stm32");
  LwIPEthernet.onLink(onLink);
  LwIPEthernet.onAddress(onAddress);
  if (!LwIPEthernet.begin()) {
    Serial.println("no Ethernet hardware");
  }
}

void loop()
{
  LwIPEthernet.loop();
}
