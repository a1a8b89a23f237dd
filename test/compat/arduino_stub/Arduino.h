/* As much of the Arduino core as the sketches of examples/ touch, names that clash with lwIP's included. */
#ifndef ARDUINO_H
#define ARDUINO_H

#define ARDUINO 10819
#define ARDUINO_ARCH_STM32 1

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif
unsigned long millis(void);
unsigned long micros(void);
void delay(unsigned long ms);
int analogRead(uint32_t pin);
void setup(void);
void loop(void);
#ifdef __cplusplus
}

#define A0 14
#define LED_BUILTIN 13

class Print {
public:
  virtual size_t write(uint8_t c) = 0;
  virtual size_t write(const uint8_t *buffer, size_t size);
  size_t print(const char *s);
  size_t print(int n);
  size_t println(const char *s);
  size_t println(int n);
};

class Stream : public Print {
public:
  virtual int available() = 0;
  virtual int read() = 0;
  virtual int peek() = 0;
};

class HardwareSerial : public Stream {
public:
  void begin(unsigned long baud);
  int available() override;
  int read() override;
  int peek() override;
  size_t write(uint8_t c) override;
};
extern HardwareSerial Serial;

class IPAddress {
public:
  IPAddress(uint8_t a, uint8_t b, uint8_t c, uint8_t d) : octets{ a, b, c, d }
  {
  }
  uint8_t operator[](int i) const
  {
    return octets[i];
  }

private:
  uint8_t octets[4];
};
const IPAddress INADDR_NONE(0, 0, 0, 0);

/* methods whose names lwIP's sockets would take as macros */
class Client : public Stream {
public:
  virtual int connect(IPAddress ip, uint16_t port) = 0;
  virtual void close() = 0;
  virtual int accept() = 0;
  virtual int bind(int port) = 0;
};
#endif

#endif
