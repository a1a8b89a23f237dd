/*
  What one says, all hear: telnet to port 23, more than once.  available() gives a connection with something to read;
  the server keeps the connections, the sketch need not.
*/
#include <LwIPEthernet.h>

static LwIPServer server(23);

static void printAddress(IPAddress ip)
{
  Serial.print("telnet ");
  Serial.println(ip);
}

void setup()
{
  Serial.begin(115200);
  LwIPEthernet.onAddress(printAddress);
  LwIPEthernet.begin();
  server.begin();
}

void loop()
{
  uint8_t text[64];
  LwIPClient client = server.available();

  if (client) {
    int n = client.read(text, sizeof(text));
    if (n > 0) {
      server.write(text, (size_t)n);
    }
  }
}
