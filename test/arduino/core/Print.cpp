#include "Print.h"

#include "IPAddress.h"

size_t Print::write(const uint8_t *buffer, size_t size)
{
  size_t n = 0;

  while (n < size && write(buffer[n]) == 1) {
    n++;
  }
  return n;
}

size_t Print::number(unsigned long n, int base)
{
  char text[33];
  size_t at = sizeof text;

  do {
    text[--at] = "0123456789ABCDEF"[n % (unsigned)base];
    n /= (unsigned)base;
  } while (n != 0);
  return write(text + at, sizeof text - at);
}

size_t Print::print(const char *s)
{
  return write(s);
}

size_t Print::print(char c)
{
  return write((uint8_t)c);
}

size_t Print::print(long n, int base)
{
  if (n >= 0 || base != 10) {
    return number((unsigned long)n, base);
  }
  return write((uint8_t)'-') + number(0ul - (unsigned long)n, base);
}

size_t Print::print(int n, int base)
{
  return print((long)n, base);
}

size_t Print::print(unsigned n, int base)
{
  return number(n, base);
}

size_t Print::print(unsigned long n, int base)
{
  return number(n, base);
}

size_t Print::print(const Printable &p)
{
  return p.printTo(*this);
}

size_t Print::println()
{
  return write("\r\n");
}

size_t IPAddress::printTo(Print &p) const
{
  size_t n = 0;

  for (int i = 0; i < 4; i++) {
    n += (i != 0 ? p.print('.') : 0) + p.print((int)octets[i]);
  }
  return n;
}
