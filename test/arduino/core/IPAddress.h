#ifndef IPADDRESS_H
#define IPADDRESS_H

#include "Print.h"

class IPAddress : public Printable {
public:
  IPAddress() : IPAddress(0, 0, 0, 0)
  {
  }
  IPAddress(uint8_t a, uint8_t b, uint8_t c, uint8_t d) : octets{ a, b, c, d }
  {
  }
  IPAddress(uint32_t address)
  {
    memcpy(octets, &address, 4);
  }
  operator uint32_t() const
  {
    uint32_t address;
    memcpy(&address, octets, 4);
    return address;
  }
  uint8_t operator[](int i) const
  {
    return octets[i];
  }
  uint8_t &operator[](int i)
  {
    return octets[i];
  }
  bool operator==(const IPAddress &other) const
  {
    return memcmp(octets, other.octets, 4) == 0;
  }
  size_t printTo(Print &p) const override;

private:
  uint8_t octets[4];
};

const IPAddress INADDR_NONE(0, 0, 0, 0);

#endif
