/**
 * IPv4 addresses: the type, its constants and its text form.
 *
 * An address is kept in network byte order.  The macros take a pointer to anything with a member
 * @c addr (ip4_addr_t or the packed form inside a header); those ending in _val take the value itself.
 */
#ifndef LWIP_HDR_IP4_ADDR_H
#define LWIP_HDR_IP4_ADDR_H

#include "lwip/opt.h"
#include "lwip/def.h"

#if LWIP_IPV4

#ifdef __cplusplus
extern "C" {
#endif

/** An IPv4 address, network byte order. */
struct ip4_addr {
  u32_t addr;
};
typedef struct ip4_addr ip4_addr_t;

struct netif;

/* Well-known addresses, host byte order. */
#define IPADDR_NONE ((u32_t)0xffffffffUL)
#define IPADDR_LOOPBACK ((u32_t)0x7f000001UL)
#define IPADDR_ANY ((u32_t)0x00000000UL)
#define IPADDR_BROADCAST ((u32_t)0xffffffffUL)

/* Address classes as they were before CIDR; arguments in host byte order. */
#define IP_CLASSA(a) (((u32_t)(a) >> 31) == 0)
#define IP_CLASSA_NET 0xff000000
#define IP_CLASSA_NSHIFT 24
#define IP_CLASSA_HOST (0xffffffff & ~IP_CLASSA_NET)
#define IP_CLASSA_MAX 128
#define IP_CLASSB(a) (((u32_t)(a) >> 30) == 2)
#define IP_CLASSB_NET 0xffff0000
#define IP_CLASSB_NSHIFT 16
#define IP_CLASSB_HOST (0xffffffff & ~IP_CLASSB_NET)
#define IP_CLASSB_MAX 65536
#define IP_CLASSC(a) (((u32_t)(a) >> 29) == 6)
#define IP_CLASSC_NET 0xffffff00
#define IP_CLASSC_NSHIFT 8
#define IP_CLASSC_HOST (0xffffffff & ~IP_CLASSC_NET)
#define IP_CLASSD(a) (((u32_t)(a) >> 28) == 14)
#define IP_CLASSD_NET 0xf0000000
#define IP_CLASSD_NSHIFT 28
#define IP_CLASSD_HOST 0x0fffffff
#define IP_MULTICAST(a) IP_CLASSD(a)
#define IP_EXPERIMENTAL(a) (((u32_t)(a) >> 28) == 15)
#define IP_BADCLASS(a) (((u32_t)(a) >> 28) == 15)
#define IP_LOOPBACKNET 127

/** Make *@p ipaddr a.b.c.d; a constant when the octets are. */
#define IP4_ADDR(ipaddr, a, b, c, d) (ipaddr)->addr = PP_HTONL(LWIP_MAKEU32(a, b, c, d))

#define ip4_addr_copy(dest, src) ((dest).addr = (src).addr)
/** A NULL source sets the any address. */
#define ip4_addr_set(dest, src) ((dest)->addr = ((src) == NULL ? 0 : (src)->addr))
#define ip4_addr_set_zero(ipaddr) ((ipaddr)->addr = 0)
#define ip4_addr_set_any(ipaddr) ((ipaddr)->addr = IPADDR_ANY)
#define ip4_addr_set_loopback(ipaddr) ((ipaddr)->addr = PP_HTONL(IPADDR_LOOPBACK))
/** From host byte order. */
#define ip4_addr_set_hton(dest, src) ((dest)->addr = ((src) == NULL ? 0 : lwip_htonl((src)->addr)))
/** From and to network byte order. */
#define ip4_addr_set_u32(dest_ipaddr, src_u32) ((dest_ipaddr)->addr = (src_u32))
#define ip4_addr_get_u32(src_ipaddr) ((src_ipaddr)->addr)

#define ip4_addr_get_network(target, host, netmask)      \
  do {                                                   \
    (target)->addr = ((host)->addr) & ((netmask)->addr); \
  } while (0)

/** Same network? */
#define ip4_addr_net_eq(addr1, addr2, mask) ((((addr1)->addr ^ (addr2)->addr) & (mask)->addr) == 0)
#define ip4_addr_eq(addr1, addr2) ((addr1)->addr == (addr2)->addr)
#define ip4_addr_netcmp(addr1, addr2, mask) ip4_addr_net_eq(addr1, addr2, mask)
#define ip4_addr_cmp(addr1, addr2) ip4_addr_eq(addr1, addr2)

#define ip4_addr_isany_val(addr1) ((addr1).addr == IPADDR_ANY)
#define ip4_addr_isany(addr1) ((addr1) == NULL || ip4_addr_isany_val(*(addr1)))
/** 255.255.255.255, the broadcast address of @p netif's network, or nobody's (0.0.0.0)? */
#define ip4_addr_isbroadcast(addr1, netif) ip4_addr_isbroadcast_u32((addr1)->addr, netif)
#define ip4_addr_ismulticast(addr1) (((addr1)->addr & PP_HTONL(0xf0000000UL)) == PP_HTONL(0xe0000000UL))
#define ip4_addr_islinklocal(addr1) (((addr1)->addr & PP_HTONL(0xffff0000UL)) == PP_HTONL(0xa9fe0000UL))
#define ip4_addr_isloopback(ipaddr) (((ipaddr)->addr & PP_HTONL(0xff000000UL)) == PP_HTONL(0x7f000000UL))

/** 1 if broadcast (see ip4_addr_isbroadcast()); @p addr in network byte order */
u8_t ip4_addr_isbroadcast_u32(u32_t addr, const struct netif *netif);
#define ip_addr_netmask_valid(netmask) ip4_addr_netmask_valid((netmask)->addr)
/** 1 if the ones of @p netmask (network byte order) are all on the left */
u8_t ip4_addr_netmask_valid(u32_t netmask);

#define ip4_addr_debug_print_parts(debug, a, b, c, d) \
  LWIP_DEBUGF(debug, ("%" U16_F ".%" U16_F ".%" U16_F ".%" U16_F, a, b, c, d))
#define ip4_addr_debug_print(debug, ipaddr)                                                                            \
  ip4_addr_debug_print_parts(                                                                                          \
    debug, (u16_t)((ipaddr) != NULL ? ip4_addr1_16(ipaddr) : 0), (u16_t)((ipaddr) != NULL ? ip4_addr2_16(ipaddr) : 0), \
    (u16_t)((ipaddr) != NULL ? ip4_addr3_16(ipaddr) : 0), (u16_t)((ipaddr) != NULL ? ip4_addr4_16(ipaddr) : 0))
#define ip4_addr_debug_print_val(debug, ipaddr)                                                                   \
  ip4_addr_debug_print_parts(debug, ip4_addr1_16_val(ipaddr), ip4_addr2_16_val(ipaddr), ip4_addr3_16_val(ipaddr), \
                             ip4_addr4_16_val(ipaddr))

/** Octet @p idx of an address, 0 the leftmost. */
#define ip4_addr_get_byte(ipaddr, idx) (((const u8_t *)(&(ipaddr)->addr))[idx])
#if BYTE_ORDER == BIG_ENDIAN
#define ip4_addr_get_byte_val(ipaddr, idx) ((u8_t)((ipaddr).addr >> (24 - (idx)*8)))
#else
#define ip4_addr_get_byte_val(ipaddr, idx) ((u8_t)((ipaddr).addr >> ((idx)*8)))
#endif
#define ip4_addr1(ipaddr) ip4_addr_get_byte(ipaddr, 0)
#define ip4_addr2(ipaddr) ip4_addr_get_byte(ipaddr, 1)
#define ip4_addr3(ipaddr) ip4_addr_get_byte(ipaddr, 2)
#define ip4_addr4(ipaddr) ip4_addr_get_byte(ipaddr, 3)
#define ip4_addr1_val(ipaddr) ip4_addr_get_byte_val(ipaddr, 0)
#define ip4_addr2_val(ipaddr) ip4_addr_get_byte_val(ipaddr, 1)
#define ip4_addr3_val(ipaddr) ip4_addr_get_byte_val(ipaddr, 2)
#define ip4_addr4_val(ipaddr) ip4_addr_get_byte_val(ipaddr, 3)
#define ip4_addr1_16(ipaddr) ((u16_t)ip4_addr1(ipaddr))
#define ip4_addr2_16(ipaddr) ((u16_t)ip4_addr2(ipaddr))
#define ip4_addr3_16(ipaddr) ((u16_t)ip4_addr3(ipaddr))
#define ip4_addr4_16(ipaddr) ((u16_t)ip4_addr4(ipaddr))
#define ip4_addr1_16_val(ipaddr) ((u16_t)ip4_addr1_val(ipaddr))
#define ip4_addr2_16_val(ipaddr) ((u16_t)ip4_addr2_val(ipaddr))
#define ip4_addr3_16_val(ipaddr) ((u16_t)ip4_addr3_val(ipaddr))
#define ip4_addr4_16_val(ipaddr) ((u16_t)ip4_addr4_val(ipaddr))

/** Room for "255.255.255.255" and its terminating 0. */
#define IP4ADDR_STRLEN_MAX 16
/** Old name of ipaddr_ntoa(). */
#define ip_ntoa(ipaddr) ipaddr_ntoa(ipaddr)

/** As ip4addr_aton(), but gives the address in network byte order, or IPADDR_NONE when @p cp is no address
 *  (or is 255.255.255.255: ip4addr_aton() tells the two apart). */
u32_t ipaddr_addr(const char *cp);

/**
 * Read an address as inet_aton() does: one to four numbers with dots between, each decimal, octal (leading
 * 0) or hexadecimal (0x); the last one fills the octets that are left (10.1 is 10.0.0.1).  The text ends
 * at the terminating 0 or at white space.
 *
 * @param addr  where to put it, or NULL to check only; untouched on failure
 * @return 1 on success, 0 if @p cp is no address
 */
int ip4addr_aton(const char *cp, ip4_addr_t *addr);

/** The address in dotted decimals, in a static buffer that the next call overwrites. */
char *ip4addr_ntoa(const ip4_addr_t *addr);

/** As ip4addr_ntoa(), but into @p buf of @p buflen octets.  @return buf, or NULL if it is too small */
char *ip4addr_ntoa_r(const ip4_addr_t *addr, char *buf, int buflen);

#ifdef __cplusplus
}
#endif

#endif
#endif
