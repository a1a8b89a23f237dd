/**
 * A laboratory for the tests of the IP floor and the transports on it: the whole stack, one or two
 * interfaces that keep what is sent, packets built octet by octet, a clock that is an integer.
 */
#ifndef TEST_UNIT_IP_LAB_H
#define TEST_UNIT_IP_LAB_H

#include "lwip/init.h"
#include "lwip/icmp.h"
#include "lwip/igmp.h"
#include "lwip/inet_chksum.h"
#include "lwip/ip.h"
#include "lwip/ip4_frag.h"
#include "lwip/memp.h"
#include "lwip/netif.h"
#include "lwip/raw.h"
#include "lwip/stats.h"
#include "lwip/sys.h"
#include "lwip/timeouts.h"
#include "lwip/udp.h"
#include "lwip/x_drop.h"
#include "base/core.h"
#include "base/timer.h"
#include "wire/wire_icmp.h"
#include "wire/wire_igmp.h"
#include "wire/wire_ip4.h"
#include "wire/wire_udp.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define LAB_OUT_MAX 128
#define LAB_LEN_MAX 2048

/* 10.0.0.1/24 is the stack, 10.0.0.2 the peer, 10.0.0.254 the router; 10.1.0.1/24 the second interface. */
#define LAB_US 0x0a000001u
#define LAB_PEER 0x0a000002u
#define LAB_FAR 0xc6336407u
#define LAB_BCAST 0x0a0000ffu
#define LAB_US2 0x0a010001u
#define LAB_PEER2 0x0a010002u
#define LAB_GROUP 0xe9010203u

struct lab_packet {
  struct netif *nif;
  u32_t to; /**< next hop as given to output, host order */
  u16_t len;
  u8_t b[LAB_LEN_MAX];
};

static u32_t lab_now = 1000;
static struct netif lab_nif, lab_nif2;
static struct lab_packet lab_out[LAB_OUT_MAX];
static unsigned lab_sent;

u32_t sys_now(void);
u32_t sys_now(void)
{
  return lab_now;
}

static inline ip4_addr_t lab_ip4(u32_t host_order)
{
  ip4_addr_t a;

  a.addr = lwip_htonl(host_order);
  return a;
}

static inline ip_addr_t lab_ip(u32_t host_order)
{
  ip_addr_t a;

  memset(&a, 0, sizeof a);
  ip_addr_set_ip4_u32_val(a, lwip_htonl(host_order));
  return a;
}

static inline err_t lab_output(struct netif *nif, struct pbuf *p, const ip4_addr_t *to)
{
  struct lab_packet *o;

  ck_assert_uint_lt(lab_sent, LAB_OUT_MAX);
  ck_assert_uint_le(p->tot_len, LAB_LEN_MAX);
  o = &lab_out[lab_sent++];
  o->nif = nif;
  o->to = lwip_ntohl(to->addr);
  o->len = p->tot_len;
  ck_assert_uint_eq(pbuf_copy_partial(p, o->b, p->tot_len, 0), p->tot_len);
  return ERR_OK;
}

static inline err_t lab_nif_init(struct netif *nif)
{
  nif->name[0] = 'l';
  nif->name[1] = 'b';
  nif->output = lab_output;
  nif->mtu = 1500;
  nif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_IGMP | NETIF_FLAG_LINK_UP;
  return ERR_OK;
}

static inline void lab_add(struct netif *nif, u32_t ip)
{
  const ip4_addr_t a = lab_ip4(ip);
  const ip4_addr_t mask = lab_ip4(0xffffff00u);
  const ip4_addr_t gw = lab_ip4((ip & 0xffffff00u) | 254u);

  ck_assert_ptr_nonnull(netif_add(nif, &a, &mask, &gw, NULL, lab_nif_init, ip4_input));
  netif_set_up(nif);
}

/** One interface, which is the default. */
static inline void lab_setup(void)
{
  lwip_init();
  lab_add(&lab_nif, LAB_US);
  netif_set_default(&lab_nif);
  lab_now += 5000;
  timers_run(lab_now);
  lab_sent = 0;
}

static inline void lab_setup2(void)
{
  lab_setup();
  lab_add(&lab_nif2, LAB_US2);
  lab_now += 5000;
  timers_run(lab_now);
  lab_sent = 0;
}

/** Let @p ms pass, a step at a time, ringing timers. */
static inline void lab_wait(u32_t ms)
{
  const u32_t end = lab_now + ms;

  while (timers_sleep(lab_now) != TIMERS_NEVER && timers_sleep(lab_now) <= end - lab_now) {
    lab_now += timers_sleep(lab_now);
    timers_run(lab_now);
  }
  lab_now = end;
}

static inline u16_t lab_sum(const void *p, size_t len)
{
  const u8_t *b = (const u8_t *)p;
  u32_t sum = 0;
  size_t i;

  for (i = 0; i < len; i++) {
    sum += (i & 1) != 0 ? b[i] : (u32_t)b[i] << 8;
  }
  while (sum >> 16 != 0) {
    sum = (sum & 0xffff) + (sum >> 16);
  }
  return (u16_t)sum;
}

/** What a packet looks like before it is sent to the stack. */
struct lab_ip {
  u32_t src, dst;
  u8_t proto;
  u16_t id, frag;
  u8_t ttl;        /**< 0: 64 */
  const u8_t *opt; /**< IP options */
  u8_t optlen;     /**< a multiple of four */
};

/** Build an IPv4 packet at @p b.  @return its length */
static inline u16_t lab_build(u8_t *b, const struct lab_ip *ip, const void *payload, u16_t len)
{
  const u8_t hlen = (u8_t)(20 + ip->optlen);
  u16_t sum;

  ip4_wire_emit(b, hlen, 0, (u16_t)(hlen + len), ip->id, ip->frag, ip->ttl == 0 ? 64 : ip->ttl, ip->proto,
                lwip_htonl(ip->src), lwip_htonl(ip->dst));
  if (ip->optlen > 0) {
    memcpy(b + 20, ip->opt, ip->optlen);
  }
  sum = (u16_t)~lab_sum(b, hlen);
  be16_put(b + 10, sum);
  if (len > 0) {
    memmove(b + hlen, payload, len);
  }
  return (u16_t)(hlen + len);
}

/** A pbuf of the pool with headroom as a driver gives it; in pieces of @p piece octets if that is not 0. */
static inline struct pbuf *lab_pbuf(const u8_t *b, u16_t len, u16_t piece)
{
  struct pbuf *p = NULL;
  u16_t at = 0;

  do {
    const u16_t n = piece == 0 || len - at < piece ? (u16_t)(len - at) : piece;
    struct pbuf *q = pbuf_alloc(PBUF_LINK, n, PBUF_POOL);
    ck_assert_ptr_nonnull(q);
    ck_assert_int_eq(pbuf_take(q, b + at, n), ERR_OK);
    if (p == NULL) {
      p = q;
    } else {
      pbuf_cat(p, q);
    }
    at = (u16_t)(at + n);
  } while (at < len);
  p->if_idx = netif_get_index(&lab_nif);
  return p;
}

static inline void lab_rx_on(struct netif *nif, const u8_t *b, u16_t len, u8_t pbuf_flags, u16_t piece)
{
  struct pbuf *p = lab_pbuf(b, len, piece);

  p->if_idx = netif_get_index(nif);
  p->flags |= pbuf_flags;
  ck_assert_int_eq(ip4_input(p, nif), ERR_OK);
}

static inline void lab_rx(const u8_t *b, u16_t len)
{
  lab_rx_on(&lab_nif, b, len, 0, 0);
}

/** Build and receive. */
static inline void lab_rx_ip(const struct lab_ip *ip, const void *payload, u16_t len)
{
  static u8_t b[70000];

  lab_rx(b, lab_build(b, ip, payload, len));
}

/** A UDP datagram with its checksum at @p b.  @return its length */
static inline u16_t lab_udp(u8_t *b, u32_t src, u32_t dst, u16_t sport, u16_t dport, const void *data, u16_t len)
{
  u8_t pseudo[12];
  u32_t sum;

  udp_wire_emit(b, sport, dport, (u16_t)(8 + len));
  if (len > 0) {
    memmove(b + 8, data, len);
  }
  be32_put(pseudo, src);
  be32_put(pseudo + 4, dst);
  be16_put(pseudo + 8, 17);
  be16_put(pseudo + 10, (u16_t)(8 + len));
  sum = (u32_t)lab_sum(pseudo, 12) + lab_sum(b, 8u + len);
  sum = (sum & 0xffff) + (sum >> 16);
  sum = (~sum) & 0xffff;
  be16_put(b + 6, (u16_t)(sum == 0 ? 0xffff : sum));
  return (u16_t)(8 + len);
}

/** Build and receive a datagram. */
static inline void lab_rx_udp(u32_t src, u32_t dst, u16_t sport, u16_t dport, const void *data, u16_t len)
{
  struct lab_ip ip = { src, dst, 17, 0, 0, 0, NULL, 0 };
  static u8_t b[66000];

  lab_rx_ip(&ip, b, lab_udp(b, src, dst, sport, dport, data, len));
}

/** The UDP checksum of a packet that was sent is right. */
static inline bool lab_udp_ok(const struct lab_packet *o)
{
  u8_t b[LAB_LEN_MAX];
  const u8_t hlen = ip4_wire_hlen(o->b);
  const u16_t len = udp_wire_len(o->b + hlen);

  lab_udp(b, lwip_ntohl(ip4_wire_src(o->b)), lwip_ntohl(ip4_wire_dst(o->b)), udp_wire_sport(o->b + hlen),
          udp_wire_dport(o->b + hlen), o->b + hlen + 8, (u16_t)(len - 8));
  return udp_wire_chksum(b) == udp_wire_chksum(o->b + hlen);
}

/** Header fields and checksum of a packet that was sent are right. */
static inline void lab_check_ip(const struct lab_packet *o)
{
  ck_assert_uint_eq(ip4_wire_version(o->b), 4);
  ck_assert_uint_ge(ip4_wire_hlen(o->b), 20);
  ck_assert_uint_eq(ip4_wire_len(o->b), o->len);
  ck_assert_uint_eq(lab_sum(o->b, ip4_wire_hlen(o->b)), 0xffff);
}

static inline u16_t lab_used(int pool)
{
  return (u16_t)lwip_stats.memp[pool]->used;
}

/** Nothing is held any more. */
static inline void lab_no_leak(void)
{
  ck_assert_uint_eq(lab_used(MEMP_PBUF_POOL), 0);
  ck_assert_uint_eq(lab_used(MEMP_PBUF), 0);
  ck_assert_uint_eq(lab_used(MEMP_REASSDATA), 0);
}

/** Put a suite together from (name, function) pairs and run it.  @return for main() */
#define LAB_MAIN(name)                                \
  int main(void)                                      \
  {                                                   \
    Suite *s = suite_create(name);                    \
    TCase *tc = tcase_create(name);                   \
    SRunner *sr;                                      \
    int failed;                                       \
    tcase_set_timeout(tc, 60);                        \
    add_tests(tc);                                    \
    suite_add_tcase(s, tc);                           \
    sr = srunner_create(s);                           \
    srunner_run_all(sr, CK_ENV);                      \
    failed = srunner_ntests_failed(sr);               \
    srunner_free(sr);                                 \
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE; \
  }

#endif
