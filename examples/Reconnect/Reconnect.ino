/*
  Stay connected to a server, whatever happens to cable, address or server, without ever waiting: connectNoWait() begins,
  connecting() says when it is decided.
*/
#include <LwIPEthernet.h>

static const IPAddress SERVER(192, 168, 1, 10);
static const uint16_t PORT = 5000;

static LwIPClient client;
static unsigned long lastTry, lastReport;

static void keepConnected()
{
  if (client.connecting() || client.connected() || !LwIPEthernet.linkUp() || millis() - lastTry < 3000) {
    return;
  }
  lastTry = millis();
  client.stop();
  Serial.println("connecting");
  client.connectNoWait(SERVER, PORT);
}

void setup()
{
  Serial.begin(115200);
  LwIPEthernet.begin();
}

void loop()
{
  LwIPEthernet.loop();
  keepConnected();
  if (client.connected() && millis() - lastReport >= 1000) {
    lastReport = millis();
    if (client.availableForWrite() > 32) {
      client.print("up for ");
      client.print(millis() / 1000);
      client.println(" s");
    }
  }
}
