/* Names, and who is asked for them. */
#include "ard_common.h"

#if LWIP_X_ARDUINO

#include "lwip/dns.h"

#if LWIP_DNS

IPAddress LwIPEthernetClass::dnsServerIP(uint8_t i) const
{
  return ard_ip(*dns_getserver(i));
}

void LwIPEthernetClass::setDnsServerIP(IPAddress ip, uint8_t i)
{
  ip_addr_t a = ard_ip(ip);

  dns_setserver(i, &a);
}

/* The question that is waited for.  An answer to one given up before carries another number. */
static struct {
  uintptr_t number;
  ip_addr_t ip;
  bool decided, found;
} lookup;

static void on_found(const char *, const ip_addr_t *ip, void *number)
{
  if (reinterpret_cast<uintptr_t>(number) != lookup.number) {
    return;
  }
  lookup.decided = true;
  lookup.found = ip != nullptr;
  if (ip != nullptr) {
    lookup.ip = *ip;
  }
}

bool LwIPEthernetClass::hostByName(const char *name, ip_addr_t &ip, uint32_t timeout_ms)
{
  err_t err;

  lookup.number++;
  lookup.decided = lookup.found = false;
  err = dns_gethostbyname(name, &ip, on_found, reinterpret_cast<void *>(lookup.number));
  if (err != ERR_INPROGRESS) {
    return err == ERR_OK;
  }
  ard_wait(timeout_ms, [] { return lookup.decided; });
  lookup.number++;
  if (lookup.found) {
    ip = lookup.ip;
  }
  return lookup.found;
}

#else

IPAddress LwIPEthernetClass::dnsServerIP(uint8_t) const
{
  return IPAddress(0, 0, 0, 0);
}

void LwIPEthernetClass::setDnsServerIP(IPAddress, uint8_t)
{
}

bool LwIPEthernetClass::hostByName(const char *name, ip_addr_t &ip, uint32_t)
{
  return ipaddr_aton(name, &ip);
}

#endif

bool LwIPEthernetClass::hostByName(const char *name, IPAddress &ip, uint32_t timeout_ms)
{
  ip_addr_t a;

  if (!hostByName(name, a, timeout_ms) || !IP_IS_V4_VAL(a)) {
    return false;
  }
  ip = ard_ip(a);
  return true;
}

bool LwIPEthernetClass::hostByName(const char *name, LwIPAddress &ip, uint32_t timeout_ms)
{
  ip_addr_t a;

  if (!hostByName(name, a, timeout_ms)) {
    return false;
  }
  ip = a;
  return true;
}

#endif
