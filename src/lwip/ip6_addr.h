/**
 * IPv6 addresses: the type, its classification (RFC 4291) and its text form (RFC 5952).
 *
 * An address is four words in network byte order, and a zone with LWIP_IPV6_SCOPES.
 */
#ifndef LWIP_HDR_IP6_ADDR_H
#define LWIP_HDR_IP6_ADDR_H

#include "lwip/opt.h"
#include "lwip/def.h"

#if LWIP_IPV6

#include "lwip/ip6_zone.h"

#ifdef __cplusplus
extern "C" {
#endif

/** An IPv6 address, network byte order. */
struct ip6_addr {
  u32_t addr[4];
#if LWIP_IPV6_SCOPES
  u8_t zone; /**< index of the interface it belongs to, IP6_NO_ZONE: none */
#endif
};
typedef struct ip6_addr ip6_addr_t;

/** Set word @p index to the octets a to d. */
#define IP6_ADDR_PART(ip6addr, index, a, b, c, d) (ip6addr)->addr[index] = PP_HTONL(LWIP_MAKEU32(a, b, c, d))
/** Set all four words, given in network byte order; no zone. */
#define IP6_ADDR(ip6addr, idx0, idx1, idx2, idx3) \
  do {                                            \
    (ip6addr)->addr[0] = idx0;                    \
    (ip6addr)->addr[1] = idx1;                    \
    (ip6addr)->addr[2] = idx2;                    \
    (ip6addr)->addr[3] = idx3;                    \
    ip6_addr_clear_zone(ip6addr);                 \
  } while (0)

/* The eight groups of the text form, host byte order. */
#define IP6_ADDR_BLOCK1(ip6addr) ((u16_t)(lwip_ntohl((ip6addr)->addr[0]) >> 16))
#define IP6_ADDR_BLOCK2(ip6addr) ((u16_t)(lwip_ntohl((ip6addr)->addr[0])))
#define IP6_ADDR_BLOCK3(ip6addr) ((u16_t)(lwip_ntohl((ip6addr)->addr[1]) >> 16))
#define IP6_ADDR_BLOCK4(ip6addr) ((u16_t)(lwip_ntohl((ip6addr)->addr[1])))
#define IP6_ADDR_BLOCK5(ip6addr) ((u16_t)(lwip_ntohl((ip6addr)->addr[2]) >> 16))
#define IP6_ADDR_BLOCK6(ip6addr) ((u16_t)(lwip_ntohl((ip6addr)->addr[2])))
#define IP6_ADDR_BLOCK7(ip6addr) ((u16_t)(lwip_ntohl((ip6addr)->addr[3]) >> 16))
#define IP6_ADDR_BLOCK8(ip6addr) ((u16_t)(lwip_ntohl((ip6addr)->addr[3])))

#define ip6_addr_copy(dest, src) ((dest) = (src))
/** A NULL source sets the any address. */
#define ip6_addr_set(dest, src)                                                  \
  do {                                                                           \
    (dest)->addr[0] = (src) == NULL ? 0 : (src)->addr[0];                        \
    (dest)->addr[1] = (src) == NULL ? 0 : (src)->addr[1];                        \
    (dest)->addr[2] = (src) == NULL ? 0 : (src)->addr[2];                        \
    (dest)->addr[3] = (src) == NULL ? 0 : (src)->addr[3];                        \
    ip6_addr_set_zone((dest), (src) == NULL ? IP6_NO_ZONE : ip6_addr_zone(src)); \
  } while (0)
/** To the form inside a packet, which has no zone. */
#define ip6_addr_copy_to_packed(dest, src) \
  do {                                     \
    (dest).addr[0] = (src).addr[0];        \
    (dest).addr[1] = (src).addr[1];        \
    (dest).addr[2] = (src).addr[2];        \
    (dest).addr[3] = (src).addr[3];        \
  } while (0)
#define ip6_addr_copy_from_packed(dest, src) \
  do {                                       \
    (dest).addr[0] = (src).addr[0];          \
    (dest).addr[1] = (src).addr[1];          \
    (dest).addr[2] = (src).addr[2];          \
    (dest).addr[3] = (src).addr[3];          \
    ip6_addr_clear_zone(&dest);              \
  } while (0)
#define ip6_addr_set_zero(ip6addr) IP6_ADDR(ip6addr, 0, 0, 0, 0)
#define ip6_addr_set_any(ip6addr) ip6_addr_set_zero(ip6addr)
#define ip6_addr_set_loopback(ip6addr) IP6_ADDR(ip6addr, 0, 0, 0, PP_HTONL(1UL))
/** From host byte order. */
#define ip6_addr_set_hton(dest, src)                                             \
  do {                                                                           \
    (dest)->addr[0] = (src) == NULL ? 0 : lwip_htonl((src)->addr[0]);            \
    (dest)->addr[1] = (src) == NULL ? 0 : lwip_htonl((src)->addr[1]);            \
    (dest)->addr[2] = (src) == NULL ? 0 : lwip_htonl((src)->addr[2]);            \
    (dest)->addr[3] = (src) == NULL ? 0 : lwip_htonl((src)->addr[3]);            \
    ip6_addr_set_zone((dest), (src) == NULL ? IP6_NO_ZONE : ip6_addr_zone(src)); \
  } while (0)

/** Same /64? */
#define ip6_addr_net_zoneless_eq(addr1, addr2) \
  ((addr1)->addr[0] == (addr2)->addr[0] && (addr1)->addr[1] == (addr2)->addr[1])
#define ip6_addr_net_eq(addr1, addr2) (ip6_addr_net_zoneless_eq((addr1), (addr2)) && ip6_addr_zone_eq((addr1), (addr2)))
/** Same interface identifier? */
#define ip6_addr_nethost_eq(addr1, addr2) ((addr1)->addr[2] == (addr2)->addr[2] && (addr1)->addr[3] == (addr2)->addr[3])
#define ip6_addr_zoneless_eq(addr1, addr2) (ip6_addr_net_zoneless_eq(addr1, addr2) && ip6_addr_nethost_eq(addr1, addr2))
#define ip6_addr_eq(addr1, addr2) (ip6_addr_zoneless_eq((addr1), (addr2)) && ip6_addr_zone_eq((addr1), (addr2)))
#define ip6_addr_packed_eq(ip6addr, paddr, zone_idx) \
  (ip6_addr_zoneless_eq(ip6addr, paddr) && ip6_addr_equals_zone((ip6addr), (zone_idx)))
#define ip6_addr_netcmp_zoneless(addr1, addr2) ip6_addr_net_zoneless_eq(addr1, addr2)
#define ip6_addr_netcmp(addr1, addr2) ip6_addr_net_eq(addr1, addr2)
#define ip6_addr_nethostcmp(addr1, addr2) ip6_addr_nethost_eq(addr1, addr2)
#define ip6_addr_cmp_zoneless(addr1, addr2) ip6_addr_zoneless_eq(addr1, addr2)
#define ip6_addr_cmp(addr1, addr2) ip6_addr_eq(addr1, addr2)
#define ip6_addr_cmp_packed(ip6addr, paddr, zone_idx) ip6_addr_packed_eq(ip6addr, paddr, zone_idx)

#define ip6_get_subnet_id(ip6addr) (lwip_ntohl((ip6addr)->addr[2]) & 0x0000ffffUL)

#define ip6_addr_isany_val(ip6addr) \
  (((ip6addr).addr[0] | (ip6addr).addr[1] | (ip6addr).addr[2] | (ip6addr).addr[3]) == 0)
#define ip6_addr_isany(ip6addr) ((ip6addr) == NULL || ip6_addr_isany_val(*(ip6addr)))
#define ip6_addr_isloopback(ip6addr) \
  (((ip6addr)->addr[0] | (ip6addr)->addr[1] | (ip6addr)->addr[2]) == 0 && (ip6addr)->addr[3] == PP_HTONL(1UL))
#define ip6_addr_isglobal(ip6addr) (((ip6addr)->addr[0] & PP_HTONL(0xe0000000UL)) == PP_HTONL(0x20000000UL))
#define ip6_addr_islinklocal(ip6addr) (((ip6addr)->addr[0] & PP_HTONL(0xffc00000UL)) == PP_HTONL(0xfe800000UL))
#define ip6_addr_issitelocal(ip6addr) (((ip6addr)->addr[0] & PP_HTONL(0xffc00000UL)) == PP_HTONL(0xfec00000UL))
#define ip6_addr_isuniquelocal(ip6addr) (((ip6addr)->addr[0] & PP_HTONL(0xfe000000UL)) == PP_HTONL(0xfc000000UL))
#define ip6_addr_isipv4mappedipv6(ip6addr) \
  (((ip6addr)->addr[0] | (ip6addr)->addr[1]) == 0 && (ip6addr)->addr[2] == PP_HTONL(0x0000ffffUL))

/* The same as functions, for one address each.  Ours; a copy is in base/ip_addr.c. */
/** Are they the same, zones aside?  (Neighbours differ in the last word.) */
LWIP_X_INLINE int lwip_x_ip6_same(const ip6_addr_t *a, const ip6_addr_t *b)
{
  return a->addr[3] == b->addr[3] && a->addr[2] == b->addr[2] && a->addr[1] == b->addr[1] && a->addr[0] == b->addr[0];
}

LWIP_X_INLINE int lwip_x_ip6_eq(const ip6_addr_t *a, const ip6_addr_t *b)
{
  return lwip_x_ip6_same(a, b) && ip6_addr_zone_eq(a, b);
}

LWIP_X_INLINE int lwip_x_ip6_isany(const ip6_addr_t *a)
{
  return ip6_addr_isany_val(*a);
}

/* Groups: RFC 4291 section 2.7. */
#define ip6_addr_ismulticast(ip6addr) (((ip6addr)->addr[0] & PP_HTONL(0xff000000UL)) == PP_HTONL(0xff000000UL))
#define ip6_addr_multicast_transient_flag(ip6addr) ((ip6addr)->addr[0] & PP_HTONL(0x00100000UL))
#define ip6_addr_multicast_prefix_flag(ip6addr) ((ip6addr)->addr[0] & PP_HTONL(0x00200000UL))
#define ip6_addr_multicast_rendezvous_flag(ip6addr) ((ip6addr)->addr[0] & PP_HTONL(0x00400000UL))
#define ip6_addr_multicast_scope(ip6addr) ((lwip_ntohl((ip6addr)->addr[0]) >> 16) & 0xf)
#define IP6_MULTICAST_SCOPE_RESERVED 0x0
#define IP6_MULTICAST_SCOPE_RESERVED0 0x0
#define IP6_MULTICAST_SCOPE_INTERFACE_LOCAL 0x1
#define IP6_MULTICAST_SCOPE_LINK_LOCAL 0x2
#define IP6_MULTICAST_SCOPE_RESERVED3 0x3
#define IP6_MULTICAST_SCOPE_ADMIN_LOCAL 0x4
#define IP6_MULTICAST_SCOPE_SITE_LOCAL 0x5
#define IP6_MULTICAST_SCOPE_ORGANIZATION_LOCAL 0x8
#define IP6_MULTICAST_SCOPE_GLOBAL 0xe
#define IP6_MULTICAST_SCOPE_RESERVEDF 0xf
#define ip6_addr_ismulticast_iflocal(ip6addr) (((ip6addr)->addr[0] & PP_HTONL(0xff8f0000UL)) == PP_HTONL(0xff010000UL))
#define ip6_addr_ismulticast_linklocal(ip6addr) \
  (((ip6addr)->addr[0] & PP_HTONL(0xff8f0000UL)) == PP_HTONL(0xff020000UL))
#define ip6_addr_ismulticast_adminlocal(ip6addr) \
  (((ip6addr)->addr[0] & PP_HTONL(0xff8f0000UL)) == PP_HTONL(0xff040000UL))
#define ip6_addr_ismulticast_sitelocal(ip6addr) \
  (((ip6addr)->addr[0] & PP_HTONL(0xff8f0000UL)) == PP_HTONL(0xff050000UL))
#define ip6_addr_ismulticast_orglocal(ip6addr) (((ip6addr)->addr[0] & PP_HTONL(0xff8f0000UL)) == PP_HTONL(0xff080000UL))
#define ip6_addr_ismulticast_global(ip6addr) (((ip6addr)->addr[0] & PP_HTONL(0xff8f0000UL)) == PP_HTONL(0xff0e0000UL))

/** Is it the group with first word @p first, last word @p last (both host byte order) and zeros between?  Ours. */
#define lwip_x_ip6_is_group(ip6addr, first, last)                                             \
  ((ip6addr)->addr[0] == PP_HTONL(first) && ((ip6addr)->addr[1] | (ip6addr)->addr[2]) == 0 && \
   (ip6addr)->addr[3] == PP_HTONL(last))
#define ip6_addr_isallnodes_iflocal(ip6addr) lwip_x_ip6_is_group(ip6addr, 0xff010000UL, 1UL)
#define ip6_addr_isallnodes_linklocal(ip6addr) lwip_x_ip6_is_group(ip6addr, 0xff020000UL, 1UL)
#define ip6_addr_isallrouters_linklocal(ip6addr) lwip_x_ip6_is_group(ip6addr, 0xff020000UL, 2UL)
#define ip6_addr_set_allnodes_linklocal(ip6addr) IP6_ADDR(ip6addr, PP_HTONL(0xff020000UL), 0, 0, PP_HTONL(1UL))
#define ip6_addr_set_allrouters_linklocal(ip6addr) IP6_ADDR(ip6addr, PP_HTONL(0xff020000UL), 0, 0, PP_HTONL(2UL))

/** A solicited-node group, ff02::1:ff00:0/104? */
#define ip6_addr_issolicitednode(ip6addr)                                                 \
  ((ip6addr)->addr[0] == PP_HTONL(0xff020000UL) && (ip6addr)->addr[2] == PP_HTONL(1UL) && \
   ((ip6addr)->addr[3] & PP_HTONL(0xff000000UL)) == PP_HTONL(0xff000000UL))
/** The group for an address whose last word is @p if_id (network byte order). */
#define ip6_addr_set_solicitednode(ip6addr, if_id) \
  IP6_ADDR(ip6addr, PP_HTONL(0xff020000UL), 0, PP_HTONL(1UL), (PP_HTONL(0xff000000UL) | (if_id)))
/** Is it the solicited-node group of @p sn_addr? */
#define ip6_addr_solicitednode_eq(ip6addr, sn_addr)                                                                  \
  ((ip6addr)->addr[0] == PP_HTONL(0xff020000UL) && (ip6addr)->addr[1] == 0 && (ip6addr)->addr[2] == PP_HTONL(1UL) && \
   (ip6addr)->addr[3] == (PP_HTONL(0xff000000UL) | (sn_addr)->addr[3]))
#define ip6_addr_cmp_solicitednode(ip6addr, sn_addr) ip6_addr_solicitednode_eq(ip6addr, sn_addr)

/* The state of an own address (RFC 4862). */
#define IP6_ADDR_INVALID 0x00
#define IP6_ADDR_TENTATIVE 0x08 /**< duplicate detection runs; the low bits count probes sent */
#define IP6_ADDR_TENTATIVE_1 0x09
#define IP6_ADDR_TENTATIVE_2 0x0a
#define IP6_ADDR_TENTATIVE_3 0x0b
#define IP6_ADDR_TENTATIVE_4 0x0c
#define IP6_ADDR_TENTATIVE_5 0x0d
#define IP6_ADDR_TENTATIVE_6 0x0e
#define IP6_ADDR_TENTATIVE_7 0x0f
#define IP6_ADDR_VALID 0x10 /**< the bit: preferred or deprecated */
#define IP6_ADDR_PREFERRED 0x30
#define IP6_ADDR_DEPRECATED 0x10 /**< valid, but not for new connections */
#define IP6_ADDR_DUPLICATED 0x40
#define IP6_ADDR_TENTATIVE_COUNT_MASK 0x07

#define ip6_addr_isinvalid(addr_state) ((addr_state) == IP6_ADDR_INVALID)
#define ip6_addr_istentative(addr_state) ((addr_state)&IP6_ADDR_TENTATIVE)
#define ip6_addr_isvalid(addr_state) ((addr_state)&IP6_ADDR_VALID)
#define ip6_addr_ispreferred(addr_state) ((addr_state) == IP6_ADDR_PREFERRED)
#define ip6_addr_isdeprecated(addr_state) ((addr_state) == IP6_ADDR_DEPRECATED)
#define ip6_addr_isduplicated(addr_state) ((addr_state) == IP6_ADDR_DUPLICATED)

#if LWIP_IPV6_ADDRESS_LIFETIMES
/* Lifetimes in seconds. */
#define IP6_ADDR_LIFE_STATIC (0) /**< configured by hand, does not age */
#define IP6_ADDR_LIFE_INFINITE (0xffffffffUL)
#define ip6_addr_life_isstatic(addr_life) ((addr_life) == IP6_ADDR_LIFE_STATIC)
#define ip6_addr_life_isinfinite(addr_life) ((addr_life) == IP6_ADDR_LIFE_INFINITE)
#endif

#define ip6_addr_debug_print_parts(debug, a, b, c, d, e, f, g, h)                                                      \
  LWIP_DEBUGF(debug, ("%" X16_F ":%" X16_F ":%" X16_F ":%" X16_F ":%" X16_F ":%" X16_F ":%" X16_F ":%" X16_F, a, b, c, \
                      d, e, f, g, h))
#define ip6_addr_debug_print(debug, ipaddr)                                                                           \
  ip6_addr_debug_print_parts(                                                                                         \
    debug, (u16_t)((ipaddr) != NULL ? IP6_ADDR_BLOCK1(ipaddr) : 0),                                                   \
    (u16_t)((ipaddr) != NULL ? IP6_ADDR_BLOCK2(ipaddr) : 0), (u16_t)((ipaddr) != NULL ? IP6_ADDR_BLOCK3(ipaddr) : 0), \
    (u16_t)((ipaddr) != NULL ? IP6_ADDR_BLOCK4(ipaddr) : 0), (u16_t)((ipaddr) != NULL ? IP6_ADDR_BLOCK5(ipaddr) : 0), \
    (u16_t)((ipaddr) != NULL ? IP6_ADDR_BLOCK6(ipaddr) : 0), (u16_t)((ipaddr) != NULL ? IP6_ADDR_BLOCK7(ipaddr) : 0), \
    (u16_t)((ipaddr) != NULL ? IP6_ADDR_BLOCK8(ipaddr) : 0))
#define ip6_addr_debug_print_val(debug, ipaddr)                                                                  \
  ip6_addr_debug_print_parts(debug, IP6_ADDR_BLOCK1(&(ipaddr)), IP6_ADDR_BLOCK2(&(ipaddr)),                      \
                             IP6_ADDR_BLOCK3(&(ipaddr)), IP6_ADDR_BLOCK4(&(ipaddr)), IP6_ADDR_BLOCK5(&(ipaddr)), \
                             IP6_ADDR_BLOCK6(&(ipaddr)), IP6_ADDR_BLOCK7(&(ipaddr)), IP6_ADDR_BLOCK8(&(ipaddr)))

/** Room for the longest text form (with a dotted IPv4 tail) and its terminating 0. */
#define IP6ADDR_STRLEN_MAX 46

/**
 * Read an address in any form of RFC 4291 section 2.2, with "%zone" behind it if scopes are on: the name
 * (netif_name_to_index()) or the index of an interface.
 *
 * @param addr  where to put it, or NULL to check only; untouched on failure
 * @return 1 on success, 0 if @p cp is no address
 */
int ip6addr_aton(const char *cp, ip6_addr_t *addr);

/** The address as RFC 5952 wants it, in a static buffer that the next call overwrites. */
char *ip6addr_ntoa(const ip6_addr_t *addr);

/** As ip6addr_ntoa(), but into @p buf of @p buflen octets.  @return buf, or NULL if it is too small */
char *ip6addr_ntoa_r(const ip6_addr_t *addr, char *buf, int buflen);

#ifdef __cplusplus
}
#endif

#endif
#endif
