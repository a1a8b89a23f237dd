#ifndef PRINT_H
#define PRINT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

class Print;

class Printable {
public:
  virtual size_t printTo(Print &p) const = 0;
};

class Print {
public:
  virtual size_t write(uint8_t c) = 0;
  virtual size_t write(const uint8_t *buffer, size_t size);
  size_t write(const char *s)
  {
    return s != nullptr ? write((const uint8_t *)s, strlen(s)) : 0;
  }
  size_t write(const char *buffer, size_t size)
  {
    return write((const uint8_t *)buffer, size);
  }
  virtual void flush()
  {
  }

  size_t print(const char *s);
  size_t print(char c);
  size_t print(int n, int base = 10);
  size_t print(unsigned n, int base = 10);
  size_t print(long n, int base = 10);
  size_t print(unsigned long n, int base = 10);
  size_t print(const Printable &p);
  size_t println();
  template <typename T> size_t println(const T &what)
  {
    return print(what) + println();
  }
  template <typename T> size_t println(const T &what, int base)
  {
    return print(what, base) + println();
  }

  int getWriteError()
  {
    return error_;
  }
  void clearWriteError()
  {
    error_ = 0;
  }

protected:
  void setWriteError(int error = 1)
  {
    error_ = error;
  }

private:
  size_t number(unsigned long n, int base);
  int error_ = 0;
};

#endif
