/** The address types and conversions of the BSD API (<arpa/inet.h>, <netinet/in.h>). */
#ifndef LWIP_HDR_INET_H
#define LWIP_HDR_INET_H

#include "lwip/opt.h"
#include "lwip/def.h"
#include "lwip/ip_addr.h"
#include "lwip/ip6_addr.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Define in_addr_t or IN_ADDR_T_DEFINED if another header has the type already. */
#if !defined(in_addr_t) && !defined(IN_ADDR_T_DEFINED)
typedef u32_t in_addr_t;
#endif

struct in_addr {
  in_addr_t s_addr; /**< network byte order */
};

struct in6_addr {
  union {
    u32_t u32_addr[4];
    u8_t u8_addr[16];
  } un;
#define s6_addr un.u8_addr
};

/* Host byte order.  Arduino's INADDR_NONE is an IPAddress and stays that in sketches. */
#if !(defined(ARDUINO) && defined(__cplusplus))
#define INADDR_NONE IPADDR_NONE
#endif
#define INADDR_LOOPBACK IPADDR_LOOPBACK
#define INADDR_ANY IPADDR_ANY
#define INADDR_BROADCAST IPADDR_BROADCAST

#define IN6ADDR_ANY_INIT \
  {                      \
    {                    \
      {                  \
        0, 0, 0, 0       \
      }                  \
    }                    \
  }
#define IN6ADDR_LOOPBACK_INIT \
  {                           \
    {                         \
      {                       \
        0, 0, 0, PP_HTONL(1)  \
      }                       \
    }                         \
  }
/** The address ::. */
extern const struct in6_addr in6addr_any;
/** The address ::1. */
extern const struct in6_addr in6addr_loopback;

#define IN_CLASSA(a) IP_CLASSA(a)
#define IN_CLASSA_NET IP_CLASSA_NET
#define IN_CLASSA_NSHIFT IP_CLASSA_NSHIFT
#define IN_CLASSA_HOST IP_CLASSA_HOST
#define IN_CLASSA_MAX IP_CLASSA_MAX
#define IN_CLASSB(b) IP_CLASSB(b)
#define IN_CLASSB_NET IP_CLASSB_NET
#define IN_CLASSB_NSHIFT IP_CLASSB_NSHIFT
#define IN_CLASSB_HOST IP_CLASSB_HOST
#define IN_CLASSB_MAX IP_CLASSB_MAX
#define IN_CLASSC(c) IP_CLASSC(c)
#define IN_CLASSC_NET IP_CLASSC_NET
#define IN_CLASSC_NSHIFT IP_CLASSC_NSHIFT
#define IN_CLASSC_HOST IP_CLASSC_HOST
#define IN_CLASSC_MAX IP_CLASSC_MAX
#define IN_CLASSD(d) IP_CLASSD(d)
#define IN_CLASSD_NET IP_CLASSD_NET
#define IN_CLASSD_NSHIFT IP_CLASSD_NSHIFT
#define IN_CLASSD_HOST IP_CLASSD_HOST
#define IN_CLASSD_MAX IP_CLASSD_MAX
#define IN_MULTICAST(a) IP_MULTICAST(a)
#define IN_EXPERIMENTAL(a) IP_EXPERIMENTAL(a)
#define IN_BADCLASS(a) IP_BADCLASS(a)
#define IN_LOOPBACKNET IP_LOOPBACKNET

#ifndef INET_ADDRSTRLEN
#define INET_ADDRSTRLEN IP4ADDR_STRLEN_MAX
#endif
#if LWIP_IPV6
#ifndef INET6_ADDRSTRLEN
#define INET6_ADDRSTRLEN IP6ADDR_STRLEN_MAX
#endif
#endif

#if LWIP_IPV4
#define inet_addr_from_ip4addr(target_inaddr, source_ipaddr) ((target_inaddr)->s_addr = ip4_addr_get_u32(source_ipaddr))
#define inet_addr_to_ip4addr(target_ipaddr, source_inaddr) (ip4_addr_set_u32(target_ipaddr, (source_inaddr)->s_addr))

#define inet_addr(cp) ipaddr_addr(cp)
#define inet_aton(cp, addr) ip4addr_aton(cp, (ip4_addr_t *)addr)
#define inet_ntoa(addr) ip4addr_ntoa((const ip4_addr_t *)&(addr))
#define inet_ntoa_r(addr, buf, buflen) ip4addr_ntoa_r((const ip4_addr_t *)&(addr), buf, buflen)
#endif

#if LWIP_IPV6
#define inet6_addr_from_ip6addr(target_in6addr, source_ip6addr)   \
  do {                                                            \
    (target_in6addr)->un.u32_addr[0] = (source_ip6addr)->addr[0]; \
    (target_in6addr)->un.u32_addr[1] = (source_ip6addr)->addr[1]; \
    (target_in6addr)->un.u32_addr[2] = (source_ip6addr)->addr[2]; \
    (target_in6addr)->un.u32_addr[3] = (source_ip6addr)->addr[3]; \
  } while (0)
#define inet6_addr_to_ip6addr(target_ip6addr, source_in6addr)                                  \
  IP6_ADDR(target_ip6addr, (source_in6addr)->un.u32_addr[0], (source_in6addr)->un.u32_addr[1], \
           (source_in6addr)->un.u32_addr[2], (source_in6addr)->un.u32_addr[3])

/* An in6_addr has no zone, hence these go through an ip6_addr_t of their own.  Ours. */
static inline void lwip_x_in6_to_ip6(ip6_addr_t *to, const struct in6_addr *from)
{
  inet6_addr_to_ip6addr(to, from);
}

static inline int lwip_x_inet6_aton(const char *cp, struct in6_addr *addr)
{
  ip6_addr_t a;

  if (!ip6addr_aton(cp, &a)) {
    return 0;
  }
  inet6_addr_from_ip6addr(addr, &a);
  return 1;
}

static inline char *lwip_x_inet6_ntoa_r(const struct in6_addr *addr, char *buf, int buflen)
{
  ip6_addr_t a;

  lwip_x_in6_to_ip6(&a, addr);
  return ip6addr_ntoa_r(&a, buf, buflen);
}

static inline char *lwip_x_inet6_ntoa(const struct in6_addr *addr)
{
  ip6_addr_t a;

  lwip_x_in6_to_ip6(&a, addr);
  return ip6addr_ntoa(&a);
}

#define inet6_aton(cp, addr) lwip_x_inet6_aton(cp, (struct in6_addr *)(addr))
#define inet6_ntoa(addr) lwip_x_inet6_ntoa((const struct in6_addr *)&(addr))
#define inet6_ntoa_r(addr, buf, buflen) lwip_x_inet6_ntoa_r((const struct in6_addr *)&(addr), buf, buflen)
#endif

#ifdef __cplusplus
}
#endif

#endif
