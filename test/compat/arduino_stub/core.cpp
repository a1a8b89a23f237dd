// The Arduino core behind Arduino.h, for linking only.
#include "Arduino.h"

HardwareSerial Serial;

size_t Print::write(const uint8_t *buffer, size_t size)
{
  for (size_t i = 0; i < size; i++) {
    write(buffer[i]);
  }
  return size;
}
size_t Print::print(const char *s)
{
  return write(reinterpret_cast<const uint8_t *>(s), strlen(s));
}
size_t Print::print(int n)
{
  return n == 0 ? print("0") : print("1");
}
size_t Print::println(const char *s)
{
  return print(s) + print("\r\n");
}
size_t Print::println(int n)
{
  return print(n) + print("\r\n");
}
void HardwareSerial::begin(unsigned long)
{
}
int HardwareSerial::available()
{
  return 0;
}
int HardwareSerial::read()
{
  return -1;
}
int HardwareSerial::peek()
{
  return -1;
}
size_t HardwareSerial::write(uint8_t c)
{
  *reinterpret_cast<volatile uint8_t *>(0x40011004u) = c;
  return 1;
}

extern "C" {
static volatile unsigned long ticks;
unsigned long millis(void)
{
  return ticks;
}
unsigned long micros(void)
{
  return ticks * 1000;
}
void delay(unsigned long)
{
}
int analogRead(uint32_t pin)
{
  return static_cast<int>(pin);
}
}

int main()
{
  setup();
  for (;;) {
    loop();
    ticks = ticks + 1;
  }
}
