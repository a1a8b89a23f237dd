/*
  Publish a reading to an MQTT broker every five seconds, with nothing but a Client: the three packets it takes are
  written out below (MQTT 3.1.1).  A library like PubSubClient takes the same LwIPClient:

    LwIPClient net;
    PubSubClient mqtt(net);
*/
#include <LwIPEthernet.h>

static const char BROKER[] = "test.mosquitto.org";
static const char CLIENT_ID[] = "stm32-lwip";
static const char TOPIC[] = "stm32/analog";

static LwIPClient net;
static unsigned long lastReading;

static void writeText(const char *text)
{
  size_t n = strlen(text);
  net.write((uint8_t)(n >> 8));
  net.write((uint8_t)n);
  net.print(text);
}

static bool connectToBroker()
{
  static const uint8_t head[] = { 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 60 }; // clean session, 60 s keep-alive
  uint8_t answer[4];

  if (!net.connect(BROKER, 1883)) {
    return false;
  }
  net.write((uint8_t)0x10); // CONNECT
  net.write((uint8_t)(sizeof(head) + 2 + strlen(CLIENT_ID)));
  net.write(head, sizeof(head));
  writeText(CLIENT_ID);
  unsigned long begun = millis();
  while (net.available() < 4 && net.connected() && millis() - begun < 5000) {}
  if (net.read(answer, 4) == 4 && answer[0] == 0x20 && answer[3] == 0) { // CONNACK: accepted
    return true;
  }
  net.stop();
  return false;
}

static void publish(int value)
{
  char text[12];
  itoa(value, text, 10);
  net.write((uint8_t)0x30); // PUBLISH, at most once
  net.write((uint8_t)(2 + strlen(TOPIC) + strlen(text)));
  writeText(TOPIC);
  net.print(text);
}

void setup()
{
  Serial.begin(115200);
  LwIPEthernet.begin();
}

void loop()
{
  LwIPEthernet.loop();
  if (LwIPEthernet.localIP() == IPAddress(0, 0, 0, 0) || millis() - lastReading < 5000) {
    return;
  }
  lastReading = millis();
  if (net.connected() || connectToBroker()) {
    publish(analogRead(A0));
    Serial.println("published");
  } else {
    Serial.println("no broker");
  }
}
