/*
  The simplest one: the LED shows the cable.  It is on while the link is up and blinks once a second while it is not.
*/
#include <LwIPEthernet.h>

void setup()
{
  pinMode(LED_BUILTIN, OUTPUT);
  LwIPEthernet.begin();
}

void loop()
{
  LwIPEthernet.loop();
  digitalWrite(LED_BUILTIN, LwIPEthernet.linkUp() || millis() % 1000 < 100 ? HIGH : LOW);
}
