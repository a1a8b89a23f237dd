/*
  A fixed address, and an echo server on port 7 that answers octet for octet.
*/
#include <LwIPEthernet.h>

static const uint8_t MAC_ADDRESS[6] = { 0x02, 0x00, 0x5E, 0x10, 0x00, 0x01 };

static LwIPServer server(7);
static LwIPClient client;

void setup()
{
  Serial.begin(115200);
  LwIPEthernet.begin(MAC_ADDRESS, IPAddress(192, 168, 1, 50), IPAddress(192, 168, 1, 1), IPAddress(192, 168, 1, 1),
                     IPAddress(255, 255, 255, 0));
  server.begin();
  Serial.print("echo at ");
  Serial.println(LwIPEthernet.localIP());
}

void loop()
{
  uint8_t data[256];

  if (!client) {
    client = server.accept();
  }
  // read no more than can be written back: the sender is slowed down, nothing is lost
  int room = client.availableForWrite();
  int n = client.read(data, room < (int)sizeof(data) ? (size_t)room : sizeof(data));
  if (n > 0) {
    client.write(data, (size_t)n);
  }
  if (!client.connected()) {
    client.stop();
  }
}
