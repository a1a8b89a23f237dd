/*
  Fetch a page and print it.  connect() waits, but not longer than it is told to.
*/
#include <LwIPEthernet.h>

static const char HOST[] = "example.com";

static LwIPClient client;
static bool asked;

static void ask()
{
  client.setConnectionTimeout(5000);
  if (!client.connect(HOST, 80)) {
    Serial.println("no connection");
    return;
  }
  client.print("GET / HTTP/1.1\r\nHost: ");
  client.print(HOST);
  client.print("\r\nConnection: close\r\n\r\n");
}

void setup()
{
  Serial.begin(115200);
  LwIPEthernet.begin();
  if (!LwIPEthernet.waitForLocalIP(20000)) {
    Serial.println("no address yet");
  }
}

void loop()
{
  uint8_t buffer[128];

  LwIPEthernet.loop();
  if (!asked && LwIPEthernet.localIP() != IPAddress(0, 0, 0, 0)) {
    asked = true;
    ask();
  }
  int n = client.read(buffer, sizeof(buffer));
  if (n > 0) {
    Serial.write(buffer, (size_t)n);
  } else if (n < 0 && client) {
    Serial.println("\n-- end");
    client.stop();
  }
}
