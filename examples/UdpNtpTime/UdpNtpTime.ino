/*
  The time, asked of an NTP server once a minute.  The answer is looked for in loop(), not waited for.
*/
#include <LwIPEthernet.h>

static const char SERVER[] = "pool.ntp.org";
static const uint32_t SECONDS_1900_TO_1970 = 2208988800UL;

static LwIPUDP udp;
static unsigned long lastQuestion;

static void ask()
{
  uint8_t question[48] = { 0x23 }; // version 4, client

  if (udp.beginPacket(SERVER, 123)) {
    udp.write(question, sizeof(question));
    udp.endPacket();
  }
}

static void printTime(const uint8_t *ntp)
{
  uint32_t seconds = (uint32_t)ntp[40] << 24 | (uint32_t)ntp[41] << 16 | (uint32_t)ntp[42] << 8 | ntp[43];
  uint32_t ofDay = (seconds - SECONDS_1900_TO_1970) % 86400;

  Serial.print(ofDay / 3600);
  Serial.print(':');
  Serial.print(ofDay / 60 % 60);
  Serial.print(':');
  Serial.println(ofDay % 60);
}

void setup()
{
  Serial.begin(115200);
  LwIPEthernet.begin();
  LwIPEthernet.waitForLocalIP(20000);
  udp.begin(0); // any free port
  ask();
}

void loop()
{
  uint8_t answer[48];

  if (udp.parsePacket() >= (int)sizeof(answer) && udp.remotePort() == 123) {
    udp.read(answer, sizeof(answer));
    printTime(answer);
  }
  if (millis() - lastQuestion >= 60000) {
    lastQuestion = millis();
    ask();
  }
}
