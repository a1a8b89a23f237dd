/**
 * An Arduino core of our own, as much of it as network libraries and the sketches of examples/ touch: the classes and
 * functions of the Arduino language reference, with the names that clash with a TCP/IP stack's.
 */
#ifndef ARDUINO_H
#define ARDUINO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#if __has_include("stm32_def.h")
#include "stm32_def.h" /* the STM32 core brings the device's header */
#endif

#define HIGH 1
#define LOW 0
#define INPUT 0
#define OUTPUT 1
#define INPUT_PULLUP 2
#define A0 14
#define A1 15
#define LED_BUILTIN 13
#define DEC 10
#define HEX 16
#define F(text) (text)

typedef bool boolean;
typedef uint8_t byte;

#ifdef __cplusplus
extern "C" {
#endif
unsigned long millis(void);
unsigned long micros(void);
void delay(unsigned long ms);
void yield(void);
void pinMode(uint32_t pin, uint32_t mode);
void digitalWrite(uint32_t pin, uint32_t value);
int digitalRead(uint32_t pin);
int analogRead(uint32_t pin);
void setup(void);
void loop(void);
#ifdef __cplusplus
}

#include "Client.h"
#include "IPAddress.h"
#include "Print.h"
#include "Server.h"
#include "Stream.h"
#include "Udp.h"

class HardwareSerial : public Stream {
public:
  void begin(unsigned long baud);
  int available() override;
  int read() override;
  int peek() override;
  void flush() override;
  size_t write(uint8_t c) override;
  using Print::write;
  operator bool()
  {
    return true;
  }
};
extern HardwareSerial Serial;

long random(long below);
#endif

#endif
