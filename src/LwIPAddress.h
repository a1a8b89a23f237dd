/** An address of either version of IP: the core's IPAddress holds IPv4 alone. */
#ifndef LWIP_ADDRESS_H
#define LWIP_ADDRESS_H

#include <Arduino.h>
#include <IPAddress.h>

#include "lwip/ip_addr.h"

/**
 * Goes wherever an ip_addr_t does: LwIPClient::connect(), LwIPUDP::beginPacket()...
 *
 *   LwIPAddress a;
 *   if (a.fromString("2001:db8::1")) { client.connect(a, 80); }
 */
class LwIPAddress : public Printable {
public:
  /** No address: 0.0.0.0. */
  LwIPAddress() : ip_{ *IP4_ADDR_ANY }
  {
  }
  LwIPAddress(const ip_addr_t &ip) : ip_(ip)
  {
  }
  LwIPAddress(const IPAddress &ip) : LwIPAddress()
  {
    IP_ADDR4(&ip_, ip[0], ip[1], ip[2], ip[3]);
  }

  /** Read an address; @return false: it is none, and this one stays as it was */
  bool fromString(const char *text)
  {
    ip_addr_t ip;

    if (!ipaddr_aton(text, &ip)) {
      return false;
    }
    ip_ = ip;
    return true;
  }
  /** Write it as text.  @return @p text, or nullptr: @p size is too small (IPADDR_STRLEN_MAX is enough) */
  char *toString(char *text, size_t size) const
  {
    return ipaddr_ntoa_r(&ip_, text, (int)size);
  }
  size_t printTo(Print &to) const override
  {
    char text[IPADDR_STRLEN_MAX];

    return toString(text, sizeof text) != nullptr ? to.print(text) : 0;
  }

  bool isV4() const
  {
    return IP_IS_V4_VAL(ip_);
  }
  bool isV6() const
  {
    return IP_IS_V6_VAL(ip_);
  }
  /** 0.0.0.0 or ::, which is no address. */
  bool isAny() const
  {
    return ip_addr_isany_val(ip_);
  }
  bool operator==(const LwIPAddress &other) const
  {
    return ip_addr_cmp(&ip_, &other.ip_);
  }
  bool operator!=(const LwIPAddress &other) const
  {
    return !(*this == other);
  }
  /** Is it an address at all? */
  explicit operator bool() const
  {
    return !isAny();
  }
  operator const ip_addr_t &() const
  {
    return ip_;
  }

private:
  ip_addr_t ip_;
};

#endif
