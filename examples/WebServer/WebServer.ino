/*
  A web page that shows the analog inputs.  Several browsers may ask at once: each connection is read as far as it has
  come, nobody waits for anybody.
*/
#include <LwIPEthernet.h>

static const int MAX_CLIENTS = 4;

static LwIPServer server(80);
static LwIPClient clients[MAX_CLIENTS];
static bool lineIsBlank[MAX_CLIENTS];

static void printAddress(IPAddress ip)
{
  Serial.print("ready: http://");
  Serial.println(ip);
}

static void sendPage(LwIPClient &client)
{
  client.print(
    "HTTP/1.1 200 OK\r\n"
    "Content-Type: text/html\r\n"
    "Connection: close\r\n"
    "\r\n"
    "<!DOCTYPE html><html><head><meta http-equiv=\"refresh\" content=\"5\"><title>Inputs</title></head><body>\n");
  for (int i = 0; i < 6; i++) {
    client.print("<p>analog input ");
    client.print(i);
    client.print(" is ");
    client.print(analogRead(A0 + i));
    client.println("</p>");
  }
  client.println("</body></html>");
}

// The request ends with a blank line.  True when it has been answered.
static bool serve(LwIPClient &client, bool &blank)
{
  while (client.available() > 0) {
    char c = (char)client.read();
    if (c == '\n' && blank) {
      sendPage(client);
      return true;
    }
    if (c == '\n') {
      blank = true;
    } else if (c != '\r') {
      blank = false;
    }
  }
  return !client.connected();
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
  LwIPClient fresh = server.accept();
  for (int i = 0; i < MAX_CLIENTS; i++) {
    if (fresh && !clients[i]) {
      clients[i] = fresh;
      lineIsBlank[i] = true;
      fresh = LwIPClient();
    }
    if (clients[i] && serve(clients[i], lineIsBlank[i])) {
      clients[i].stop();
    }
  }
  fresh.stop(); // all places taken
}
