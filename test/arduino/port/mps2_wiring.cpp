// The Arduino core's functions on the emulated boards, over ports/qemu: board.c, console.c, startup.c.
#include "Arduino.h"
extern "C" {
#include "board.h"
#include "console.h"
}

HardwareSerial Serial;

static uint32_t pins[64];

extern "C" {

unsigned long millis(void)
{
  return board_now_ms();
}

unsigned long micros(void)
{
  return board_ticks() / (BOARD_CLOCK_HZ / 1000000u);
}

void yield(void)
{
}

void delay(unsigned long ms)
{
  unsigned long begun = millis();

  while (millis() - begun < ms) {
    yield();
  }
}

void pinMode(uint32_t, uint32_t)
{
}

void digitalWrite(uint32_t pin, uint32_t value)
{
  pins[pin % 64] = value;
}

int digitalRead(uint32_t pin)
{
  return (int)pins[pin % 64];
}

int analogRead(uint32_t pin)
{
  return (int)(board_ticks() * 2654435761u >> 22) ^ (int)pin;
}
}

long random(long below)
{
  static uint32_t state = 1;

  state = state * 1664525u + 1013904223u;
  return below > 0 ? (long)(state >> 8) % below : 0;
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

void HardwareSerial::flush()
{
}

size_t HardwareSerial::write(uint8_t c)
{
  char text[2] = { (char)c, 0 };

  console_put(text);
  return 1;
}
