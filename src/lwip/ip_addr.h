/**
 * ip_addr_t: an address of either family.
 *
 * With both families it is a tagged union; with one alone it is that family's type, and all that asks
 * for the family folds to a constant.  Members and their order are public: programs use the
 * initialisers and reach into u_addr.
 */
#ifndef LWIP_HDR_IP_ADDR_H
#define LWIP_HDR_IP_ADDR_H

#include "lwip/opt.h"
#include "lwip/def.h"

#include "lwip/ip4_addr.h"
#include "lwip/ip6_addr.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The tag of an ip_addr_t. */
enum lwip_ip_addr_type {
  IPADDR_TYPE_V4 = 0U,
  IPADDR_TYPE_V6 = 6U,
  IPADDR_TYPE_ANY = 46U /**< a pcb that listens to both families */
};

#if LWIP_IPV4 && LWIP_IPV6

/** An address of either family. */
typedef struct ip_addr {
  union {
    ip6_addr_t ip6;
    ip4_addr_t ip4;
  } u_addr;
  u8_t type; /**< enum lwip_ip_addr_type */
} ip_addr_t;

/** Matches both families. */
extern const ip_addr_t ip_addr_any_type;
#define IP_ANY_TYPE (&ip_addr_any_type)

#define IPADDR4_INIT(u32val)                                            \
  {                                                                     \
    { { { u32val, 0ul, 0ul, 0ul } IPADDR6_ZONE_INIT } }, IPADDR_TYPE_V4 \
  }
#define IPADDR4_INIT_BYTES(a, b, c, d) IPADDR4_INIT(PP_HTONL(LWIP_MAKEU32(a, b, c, d)))
/** Words in network byte order. */
#define IPADDR6_INIT(a, b, c, d)                             \
  {                                                          \
    { { { a, b, c, d } IPADDR6_ZONE_INIT } }, IPADDR_TYPE_V6 \
  }
/** Words in host byte order. */
#define IPADDR6_INIT_HOST(a, b, c, d) IPADDR6_INIT(PP_HTONL(a), PP_HTONL(b), PP_HTONL(c), PP_HTONL(d))
#define IPADDR_ANY_TYPE_INIT                                          \
  {                                                                   \
    { { { 0ul, 0ul, 0ul, 0ul } IPADDR6_ZONE_INIT } }, IPADDR_TYPE_ANY \
  }

#define IP_IS_ANY_TYPE_VAL(ipaddr) ((ipaddr).type == IPADDR_TYPE_ANY)
#define IP_IS_V4_VAL(ipaddr) ((ipaddr).type == IPADDR_TYPE_V4)
#define IP_IS_V6_VAL(ipaddr) ((ipaddr).type == IPADDR_TYPE_V6)
/** NULL counts as IPv4. */
#define IP_IS_V4(ipaddr) (((ipaddr) == NULL) || IP_IS_V4_VAL(*(ipaddr)))
#define IP_IS_V6(ipaddr) (((ipaddr) != NULL) && IP_IS_V6_VAL(*(ipaddr)))
#define IP_GET_TYPE(ipaddr) ((ipaddr)->type)
#define IP_SET_TYPE_VAL(ipaddr, iptype) \
  do {                                  \
    (ipaddr).type = (iptype);           \
  } while (0)
#define IP_SET_TYPE(ipaddr, iptype)       \
  do {                                    \
    if ((ipaddr) != NULL) {               \
      IP_SET_TYPE_VAL(*(ipaddr), iptype); \
    }                                     \
  } while (0)
/** Octets of the address itself. */
#define IP_ADDR_RAW_SIZE(ipaddr) (IP_IS_V4_VAL(ipaddr) ? sizeof(ip4_addr_t) : sizeof(ip6_addr_t))

#define IP_ADDR_PCB_VERSION_MATCH_EXACT(pcb, ipaddr) (IP_GET_TYPE(&(pcb)->local_ip) == IP_GET_TYPE(ipaddr))
/** Would a packet for @p ipaddr be of a family the pcb takes? */
#define IP_ADDR_PCB_VERSION_MATCH(pcb, ipaddr) \
  (IP_IS_ANY_TYPE_VAL((pcb)->local_ip) || IP_ADDR_PCB_VERSION_MATCH_EXACT(pcb, ipaddr))

/** The member of a family; does not check the tag. */
#define ip_2_ip6(ipaddr) (&((ipaddr)->u_addr.ip6))
#define ip_2_ip4(ipaddr) (&((ipaddr)->u_addr.ip4))

#define IP_ADDR4(ipaddr, a, b, c, d)            \
  do {                                          \
    IP4_ADDR(ip_2_ip4(ipaddr), a, b, c, d);     \
    IP_SET_TYPE_VAL(*(ipaddr), IPADDR_TYPE_V4); \
  } while (0)
#define IP_ADDR6(ipaddr, i0, i1, i2, i3)        \
  do {                                          \
    IP6_ADDR(ip_2_ip6(ipaddr), i0, i1, i2, i3); \
    IP_SET_TYPE_VAL(*(ipaddr), IPADDR_TYPE_V6); \
  } while (0)
#define IP_ADDR6_HOST(ipaddr, i0, i1, i2, i3) IP_ADDR6(ipaddr, PP_HTONL(i0), PP_HTONL(i1), PP_HTONL(i2), PP_HTONL(i3))

/** Zero the words an IPv4 address leaves unused. */
#define ip_clear_no4(ipaddr)                                                               \
  do {                                                                                     \
    ip_2_ip6(ipaddr)->addr[1] = ip_2_ip6(ipaddr)->addr[2] = ip_2_ip6(ipaddr)->addr[3] = 0; \
    ip6_addr_clear_zone(ip_2_ip6(ipaddr));                                                 \
  } while (0)

/* What the macros below are made of.  Ours; a copy is in base/ip_addr.c. */
LWIP_X_INLINE void lwip_x_ip_set_ip4_u32(ip_addr_t *a, u32_t v)
{
  ip_clear_no4(a);
  a->u_addr.ip4.addr = v;
  a->type = IPADDR_TYPE_V4;
}

LWIP_X_INLINE void lwip_x_ip_set_ip4_u32_if(ip_addr_t *a, u32_t v)
{
  if (a != NULL) {
    lwip_x_ip_set_ip4_u32(a, v);
  }
}

LWIP_X_INLINE u32_t lwip_x_ip_get_ip4_u32(const ip_addr_t *a)
{
  return a != NULL && IP_IS_V4_VAL(*a) ? a->u_addr.ip4.addr : 0;
}

LWIP_X_INLINE void lwip_x_ip_set_ip6(ip_addr_t *a, const ip6_addr_t *v)
{
  a->u_addr.ip6 = *v;
  a->type = IPADDR_TYPE_V6;
}

LWIP_X_INLINE void lwip_x_ip_set(ip_addr_t *a, const ip_addr_t *v)
{
  if (v == NULL || IP_IS_V4_VAL(*v)) {
    lwip_x_ip_set_ip4_u32(a, v == NULL ? 0 : v->u_addr.ip4.addr);
  } else {
    *a = *v;
  }
}

LWIP_X_INLINE int lwip_x_ip_eq(const ip_addr_t *a, const ip_addr_t *b)
{
  if (a->type != b->type) {
    return 0;
  }
  return a->type == IPADDR_TYPE_V6 ? ip6_addr_eq(&a->u_addr.ip6, &b->u_addr.ip6)
                                   : ip4_addr_eq(&a->u_addr.ip4, &b->u_addr.ip4);
}

LWIP_X_INLINE int lwip_x_ip_isany(const ip_addr_t *a)
{
  if (a == NULL) {
    return 1;
  }
  return a->type == IPADDR_TYPE_V6 ? lwip_x_ip6_isany(&a->u_addr.ip6) : ip4_addr_isany_val(a->u_addr.ip4);
}

#define ip_addr_copy(dest, src) lwip_x_ip_set(&(dest), &(src))
#define ip_addr_copy_from_ip6(dest, src)    \
  do {                                      \
    ip6_addr_copy(*ip_2_ip6(&(dest)), src); \
    IP_SET_TYPE_VAL(dest, IPADDR_TYPE_V6);  \
  } while (0)
#define ip_addr_copy_from_ip6_packed(dest, src)         \
  do {                                                  \
    ip6_addr_copy_from_packed(*ip_2_ip6(&(dest)), src); \
    IP_SET_TYPE_VAL(dest, IPADDR_TYPE_V6);              \
  } while (0)
#define ip_addr_copy_from_ip4(dest, src) lwip_x_ip_set_ip4_u32(&(dest), (src).addr)
/** Nothing happens to NULL. */
#define ip_addr_set_ip4_u32(ipaddr, val) lwip_x_ip_set_ip4_u32_if((ipaddr), (val))
#define ip_addr_set_ip4_u32_val(ipaddr, val) lwip_x_ip_set_ip4_u32(&(ipaddr), (val))
/** 0 unless it is IPv4. */
#define ip_addr_get_ip4_u32(ipaddr) lwip_x_ip_get_ip4_u32(ipaddr)
/** A NULL source sets the IPv4 any address. */
#define ip_addr_set(dest, src) lwip_x_ip_set((dest), (src))
#define ip_addr_set_ipaddr(dest, src) ip_addr_set(dest, src)
#define ip_addr_set_zero(ipaddr)                \
  do {                                          \
    ip6_addr_set_zero(ip_2_ip6(ipaddr));        \
    IP_SET_TYPE_VAL(*(ipaddr), IPADDR_TYPE_V4); \
  } while (0)
#define ip_addr_set_zero_ip4(ipaddr) ip_addr_set_zero(ipaddr)
#define ip_addr_set_zero_ip6(ipaddr)            \
  do {                                          \
    ip6_addr_set_zero(ip_2_ip6(ipaddr));        \
    IP_SET_TYPE_VAL(*(ipaddr), IPADDR_TYPE_V6); \
  } while (0)
#define ip_addr_set_any(is_ipv6, ipaddr)                                             \
  do {                                                                               \
    ip6_addr_set_zero(ip_2_ip6(ipaddr));                                             \
    IP_SET_TYPE_VAL(*(ipaddr), (u8_t)((is_ipv6) ? IPADDR_TYPE_V6 : IPADDR_TYPE_V4)); \
  } while (0)
#define ip_addr_set_any_val(is_ipv6, ipaddr) ip_addr_set_any(is_ipv6, &(ipaddr))
#define ip_addr_set_loopback(is_ipv6, ipaddr)                     \
  do {                                                            \
    if (is_ipv6) {                                                \
      ip6_addr_set_loopback(ip_2_ip6(ipaddr));                    \
      IP_SET_TYPE_VAL(*(ipaddr), IPADDR_TYPE_V6);                 \
    } else {                                                      \
      lwip_x_ip_set_ip4_u32((ipaddr), PP_HTONL(IPADDR_LOOPBACK)); \
    }                                                             \
  } while (0)
#define ip_addr_set_loopback_val(is_ipv6, ipaddr) ip_addr_set_loopback(is_ipv6, &(ipaddr))
/** From host byte order. */
#define ip_addr_set_hton(dest, src)                                                       \
  do {                                                                                    \
    if (IP_IS_V6(src)) {                                                                  \
      ip6_addr_set_hton(ip_2_ip6(dest), ip_2_ip6(src));                                   \
      IP_SET_TYPE_VAL(*(dest), IPADDR_TYPE_V6);                                           \
    } else {                                                                              \
      lwip_x_ip_set_ip4_u32((dest), (src) == NULL ? 0 : lwip_htonl(ip_2_ip4(src)->addr)); \
    }                                                                                     \
  } while (0)
#define ip_addr_get_network(target, host, netmask)                               \
  do {                                                                           \
    if (IP_IS_V6(host)) {                                                        \
      ip4_addr_set_zero(ip_2_ip4(target));                                       \
      IP_SET_TYPE_VAL(*(target), IPADDR_TYPE_V6);                                \
    } else {                                                                     \
      ip4_addr_get_network(ip_2_ip4(target), ip_2_ip4(host), ip_2_ip4(netmask)); \
      IP_SET_TYPE_VAL(*(target), IPADDR_TYPE_V4);                                \
    }                                                                            \
  } while (0)
/** Same IPv4 network?  @p mask: an ip4_addr_t */
#define ip_addr_net_eq(addr1, addr2, mask) \
  ((IP_IS_V6(addr1) || IP_IS_V6(addr2)) ? 0 : ip4_addr_net_eq(ip_2_ip4(addr1), ip_2_ip4(addr2), mask))
#define ip_addr_eq(addr1, addr2) lwip_x_ip_eq((addr1), (addr2))
#define ip_addr_zoneless_eq(addr1, addr2)                                               \
  ((IP_GET_TYPE(addr1) != IP_GET_TYPE(addr2))                                           \
     ? 0                                                                                \
     : (IP_IS_V6_VAL(*(addr1)) ? ip6_addr_zoneless_eq(ip_2_ip6(addr1), ip_2_ip6(addr2)) \
                               : ip4_addr_eq(ip_2_ip4(addr1), ip_2_ip4(addr2))))
#define ip_addr_isany(ipaddr) lwip_x_ip_isany(ipaddr)
#define ip_addr_isany_val(ipaddr) lwip_x_ip_isany(&(ipaddr))
#define ip_addr_isbroadcast(ipaddr, netif) (IP_IS_V6(ipaddr) ? 0 : ip4_addr_isbroadcast(ip_2_ip4(ipaddr), netif))
#define ip_addr_ismulticast(ipaddr) \
  (IP_IS_V6(ipaddr) ? ip6_addr_ismulticast(ip_2_ip6(ipaddr)) : ip4_addr_ismulticast(ip_2_ip4(ipaddr)))
#define ip_addr_isloopback(ipaddr) \
  (IP_IS_V6(ipaddr) ? ip6_addr_isloopback(ip_2_ip6(ipaddr)) : ip4_addr_isloopback(ip_2_ip4(ipaddr)))
#define ip_addr_islinklocal(ipaddr) \
  (IP_IS_V6(ipaddr) ? ip6_addr_islinklocal(ip_2_ip6(ipaddr)) : ip4_addr_islinklocal(ip_2_ip4(ipaddr)))
#define ip_addr_debug_print(debug, ipaddr)           \
  do {                                               \
    if (IP_IS_V6(ipaddr)) {                          \
      ip6_addr_debug_print(debug, ip_2_ip6(ipaddr)); \
    } else {                                         \
      ip4_addr_debug_print(debug, ip_2_ip4(ipaddr)); \
    }                                                \
  } while (0)
#define ip_addr_debug_print_val(debug, ipaddr)               \
  do {                                                       \
    if (IP_IS_V6_VAL(ipaddr)) {                              \
      ip6_addr_debug_print_val(debug, *ip_2_ip6(&(ipaddr))); \
    } else {                                                 \
      ip4_addr_debug_print_val(debug, *ip_2_ip4(&(ipaddr))); \
    }                                                        \
  } while (0)

/** Room for the text of either family and its terminating 0. */
#define IPADDR_STRLEN_MAX IP6ADDR_STRLEN_MAX

/** ip4addr_ntoa() or ip6addr_ntoa().  @return NULL for NULL */
char *ipaddr_ntoa(const ip_addr_t *addr);
/** ip4addr_ntoa_r() or ip6addr_ntoa_r().  @return NULL for NULL or if @p buf is too small */
char *ipaddr_ntoa_r(const ip_addr_t *addr, char *buf, int buflen);
/** ip4addr_aton() or, if there is a colon in @p cp, ip6addr_aton(); sets the type too. */
int ipaddr_aton(const char *cp, ip_addr_t *addr);

/** ::ffff:a.b.c.d from a.b.c.d and back (RFC 4291 section 2.5.5.2). */
#define ip4_2_ipv4_mapped_ipv6(ip6addr, ip4addr) IP6_ADDR(ip6addr, 0, 0, PP_HTONL(0x0000ffffUL), (ip4addr)->addr)
#define unmap_ipv4_mapped_ipv6(ip4addr, ip6addr) ((ip4addr)->addr = (ip6addr)->addr[3])

#define IP46_ADDR_ANY(type) (((type) == IPADDR_TYPE_V6) ? IP6_ADDR_ANY : IP4_ADDR_ANY)

#else

#define IP_ADDR_PCB_VERSION_MATCH(addr, pcb) 1
#define IP_ADDR_PCB_VERSION_MATCH_EXACT(pcb, ipaddr) 1
#define ip_addr_set_any_val(is_ipv6, ipaddr) ip_addr_set_any(is_ipv6, &(ipaddr))
#define ip_addr_set_loopback_val(is_ipv6, ipaddr) ip_addr_set_loopback(is_ipv6, &(ipaddr))

#if LWIP_IPV4

typedef ip4_addr_t ip_addr_t;

#define IPADDR4_INIT(u32val) \
  {                          \
    u32val                   \
  }
#define IPADDR4_INIT_BYTES(a, b, c, d) IPADDR4_INIT(PP_HTONL(LWIP_MAKEU32(a, b, c, d)))
#define IP_IS_V4_VAL(ipaddr) 1
#define IP_IS_V6_VAL(ipaddr) 0
#define IP_IS_V4(ipaddr) 1
#define IP_IS_V6(ipaddr) 0
#define IP_IS_ANY_TYPE_VAL(ipaddr) 0
#define IP_SET_TYPE_VAL(ipaddr, iptype)
#define IP_SET_TYPE(ipaddr, iptype)
#define IP_GET_TYPE(ipaddr) IPADDR_TYPE_V4
#define IP_ADDR_RAW_SIZE(ipaddr) sizeof(ip4_addr_t)
#define ip_2_ip4(ipaddr) (ipaddr)
#define IP_ADDR4(ipaddr, a, b, c, d) IP4_ADDR(ipaddr, a, b, c, d)

#define ip_addr_copy(dest, src) ip4_addr_copy(dest, src)
#define ip_addr_copy_from_ip4(dest, src) ip4_addr_copy(dest, src)
#define ip_addr_set_ip4_u32(ipaddr, val) ip4_addr_set_u32(ip_2_ip4(ipaddr), val)
#define ip_addr_set_ip4_u32_val(ipaddr, val) ip_addr_set_ip4_u32(&(ipaddr), val)
#define ip_addr_get_ip4_u32(ipaddr) ip4_addr_get_u32(ip_2_ip4(ipaddr))
#define ip_addr_set(dest, src) ip4_addr_set(dest, src)
#define ip_addr_set_ipaddr(dest, src) ip4_addr_set(dest, src)
#define ip_addr_set_zero(ipaddr) ip4_addr_set_zero(ipaddr)
#define ip_addr_set_zero_ip4(ipaddr) ip4_addr_set_zero(ipaddr)
#define ip_addr_set_any(is_ipv6, ipaddr) ip4_addr_set_any(ipaddr)
#define ip_addr_set_loopback(is_ipv6, ipaddr) ip4_addr_set_loopback(ipaddr)
#define ip_addr_set_hton(dest, src) ip4_addr_set_hton(dest, src)
#define ip_addr_get_network(target, host, mask) ip4_addr_get_network(target, host, mask)
#define ip_addr_net_eq(addr1, addr2, mask) ip4_addr_net_eq(addr1, addr2, mask)
#define ip_addr_eq(addr1, addr2) ip4_addr_eq(addr1, addr2)
#define ip_addr_zoneless_eq(addr1, addr2) ip4_addr_eq(addr1, addr2)
#define ip_addr_isany(ipaddr) ip4_addr_isany(ipaddr)
#define ip_addr_isany_val(ipaddr) ip4_addr_isany_val(ipaddr)
#define ip_addr_isloopback(ipaddr) ip4_addr_isloopback(ipaddr)
#define ip_addr_islinklocal(ipaddr) ip4_addr_islinklocal(ipaddr)
#define ip_addr_isbroadcast(addr, netif) ip4_addr_isbroadcast(addr, netif)
#define ip_addr_ismulticast(ipaddr) ip4_addr_ismulticast(ipaddr)
#define ip_addr_debug_print(debug, ipaddr) ip4_addr_debug_print(debug, ipaddr)
#define ip_addr_debug_print_val(debug, ipaddr) ip4_addr_debug_print_val(debug, ipaddr)
#define ipaddr_ntoa(ipaddr) ip4addr_ntoa(ipaddr)
#define ipaddr_ntoa_r(ipaddr, buf, buflen) ip4addr_ntoa_r(ipaddr, buf, buflen)
#define ipaddr_aton(cp, addr) ip4addr_aton(cp, addr)
#define IPADDR_STRLEN_MAX IP4ADDR_STRLEN_MAX
#define IP46_ADDR_ANY(type) (IP4_ADDR_ANY)

#elif LWIP_IPV6

typedef ip6_addr_t ip_addr_t;

#define IPADDR6_INIT(a, b, c, d)     \
  {                                  \
    { a, b, c, d } IPADDR6_ZONE_INIT \
  }
#define IPADDR6_INIT_HOST(a, b, c, d) IPADDR6_INIT(PP_HTONL(a), PP_HTONL(b), PP_HTONL(c), PP_HTONL(d))
#define IP_IS_V4_VAL(ipaddr) 0
#define IP_IS_V6_VAL(ipaddr) 1
#define IP_IS_V4(ipaddr) 0
#define IP_IS_V6(ipaddr) 1
#define IP_IS_ANY_TYPE_VAL(ipaddr) 0
#define IP_SET_TYPE_VAL(ipaddr, iptype)
#define IP_SET_TYPE(ipaddr, iptype)
#define IP_GET_TYPE(ipaddr) IPADDR_TYPE_V6
#define IP_ADDR_RAW_SIZE(ipaddr) sizeof(ip6_addr_t)
#define ip_2_ip6(ipaddr) (ipaddr)
#define IP_ADDR6(ipaddr, i0, i1, i2, i3) IP6_ADDR(ipaddr, i0, i1, i2, i3)
#define IP_ADDR6_HOST(ipaddr, i0, i1, i2, i3) IP_ADDR6(ipaddr, PP_HTONL(i0), PP_HTONL(i1), PP_HTONL(i2), PP_HTONL(i3))

#define ip_addr_copy(dest, src) ip6_addr_copy(dest, src)
#define ip_addr_copy_from_ip6(dest, src) ip6_addr_copy(dest, src)
#define ip_addr_copy_from_ip6_packed(dest, src) ip6_addr_copy_from_packed(dest, src)
#define ip_addr_set(dest, src) ip6_addr_set(dest, src)
#define ip_addr_set_ipaddr(dest, src) ip6_addr_set(dest, src)
#define ip_addr_set_zero(ipaddr) ip6_addr_set_zero(ipaddr)
#define ip_addr_set_zero_ip6(ipaddr) ip6_addr_set_zero(ipaddr)
#define ip_addr_set_any(is_ipv6, ipaddr) ip6_addr_set_any(ipaddr)
#define ip_addr_set_loopback(is_ipv6, ipaddr) ip6_addr_set_loopback(ipaddr)
#define ip_addr_set_hton(dest, src) ip6_addr_set_hton(dest, src)
#define ip_addr_get_network(target, host, mask) ip6_addr_set_zero(target)
#define ip_addr_net_eq(addr1, addr2, mask) 0
#define ip_addr_eq(addr1, addr2) ip6_addr_eq(addr1, addr2)
#define ip_addr_zoneless_eq(addr1, addr2) ip6_addr_zoneless_eq(addr1, addr2)
#define ip_addr_isany(ipaddr) ip6_addr_isany(ipaddr)
#define ip_addr_isany_val(ipaddr) ip6_addr_isany_val(ipaddr)
#define ip_addr_isloopback(ipaddr) ip6_addr_isloopback(ipaddr)
#define ip_addr_islinklocal(ipaddr) ip6_addr_islinklocal(ipaddr)
#define ip_addr_isbroadcast(addr, netif) 0
#define ip_addr_ismulticast(ipaddr) ip6_addr_ismulticast(ipaddr)
#define ip_addr_debug_print(debug, ipaddr) ip6_addr_debug_print(debug, ipaddr)
#define ip_addr_debug_print_val(debug, ipaddr) ip6_addr_debug_print_val(debug, ipaddr)
#define ipaddr_ntoa(ipaddr) ip6addr_ntoa(ipaddr)
#define ipaddr_ntoa_r(ipaddr, buf, buflen) ip6addr_ntoa_r(ipaddr, buf, buflen)
#define ipaddr_aton(cp, addr) ip6addr_aton(cp, addr)
#define IPADDR_STRLEN_MAX IP6ADDR_STRLEN_MAX
#define IP46_ADDR_ANY(type) (IP6_ADDR_ANY)

#endif
#endif

#if LWIP_IPV4 || LWIP_IPV6
#define ip_addr_cmp(addr1, addr2) ip_addr_eq(addr1, addr2)
#define ip_addr_cmp_zoneless(addr1, addr2) ip_addr_zoneless_eq(addr1, addr2)
#define ip_addr_netcmp(addr1, addr2, mask) ip_addr_net_eq(addr1, addr2, mask)
#endif

#if LWIP_IPV4
/** 0.0.0.0 and 255.255.255.255. */
extern const ip_addr_t ip_addr_any;
extern const ip_addr_t ip_addr_broadcast;
#define IP4_ADDR_ANY (&ip_addr_any)
/** As an ip4_addr_t. */
#define IP4_ADDR_ANY4 (ip_2_ip4(&ip_addr_any))
#define IP_ADDR_BROADCAST (&ip_addr_broadcast)
#define IP4_ADDR_BROADCAST (ip_2_ip4(&ip_addr_broadcast))
#endif

#if LWIP_IPV6
/** The address ::. */
extern const ip_addr_t ip6_addr_any;
#define IP6_ADDR_ANY (&ip6_addr_any)
/** As an ip6_addr_t. */
#define IP6_ADDR_ANY6 (ip_2_ip6(&ip6_addr_any))
#endif

#if LWIP_IPV4
#define IP_ADDR_ANY IP4_ADDR_ANY
#elif LWIP_IPV6
#define IP_ADDR_ANY IP6_ADDR_ANY
#endif
#if !(LWIP_IPV4 && LWIP_IPV6)
#define IP_ANY_TYPE IP_ADDR_ANY
#endif

#ifdef __cplusplus
}
#endif

#endif
