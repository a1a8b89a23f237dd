/*
  Hear what is said to a multicast group (here SSDP's, where devices announce themselves) and who said it.
*/
#include <LwIPEthernet.h>

static LwIPUDP udp;

void setup()
{
  Serial.begin(115200);
  LwIPEthernet.begin();
  LwIPEthernet.waitForLocalIP(20000);
  if (!udp.beginMulticast(IPAddress(239, 255, 255, 250), 1900)) {
    Serial.println("could not join the group");
  }
}

void loop()
{
  char line[81];

  if (udp.parsePacket() > 0) {
    int n = udp.read(line, sizeof(line) - 1);
    line[n > 0 ? n : 0] = 0;
    Serial.print(udp.remoteIP());
    Serial.print(" says ");
    Serial.println(line);
  }
}
