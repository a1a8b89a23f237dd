/**
 * A laboratory for neighbour discovery, MLD and DHCPv6: the whole stack on one Ethernet, frames in and out, a virtual clock.
 * The station under test is 02:00:00:00:00:01, fe80::ff:fe00:1; routers and neighbours are what a test makes them say.
 */
#ifndef TEST_UNIT_ND6_LAB_H
#define TEST_UNIT_ND6_LAB_H

#include "base/timer.h"
#include "lwip/dns.h"
#include "lwip/ethip6.h"
#include "lwip/etharp.h"
#include "lwip/init.h"
#include "lwip/ip6.h"
#include "lwip/memp.h"
#include "lwip/mem.h"
#include "lwip/mld6.h"
#include "lwip/nd6.h"
#include "lwip/netif.h"
#include "lwip/priv/nd6_priv.h"
#include "lwip/stats.h"
#include "lwip/sys.h"
#include "lwip/udp.h"
#include "lwip/x_drop.h"
#include "netif/ethernet.h"
#include "wire/wire_ip6.h"
#include "wire/wire_mld6.h"
#include "wire/wire_nd6.h"
#include "ip/nd6_host.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LAB_OUT_MAX = 400, LAB_FRAME_MAX = 1600 };

/** A frame that was sent; the parts behind its IPv6 header (and router alert) are what tests look at. */
struct lab_frame {
  u32_t at_ms;
  u16_t len;
  u8_t b[LAB_FRAME_MAX];
};

#define LL_US "fe80::ff:fe00:1"
#define LL_R "fe80::ff:fe00:aa"   /* a router */
#define LL_R2 "fe80::ff:fe00:bb"  /* another one */
#define LL_PEER "fe80::ff:fe00:2" /* a neighbour */
#define ALL_NODES "ff02::1"
#define ALL_ROUTERS "ff02::2"
#define SN_US "ff02::1:ff00:1"

static const u8_t mac_us[6] = { 2, 0, 0, 0, 0, 1 };
static const u8_t mac_peer[6] = { 2, 0, 0, 0, 0, 2 };
static const u8_t mac_evil[6] = { 2, 0xde, 0xad, 0xde, 0xad, 0 };
static const u8_t mac_r[6] = { 2, 0, 0, 0, 0, 0xaa };
static const u8_t mac_r2[6] = { 2, 0, 0, 0, 0, 0xbb };

static u32_t lab_now = 1000;
static struct netif lab_nif;
static struct netif *lab_in = &lab_nif; /**< packets come in by it */
static struct lab_frame lab_out[LAB_OUT_MAX];
static unsigned lab_sent;

u32_t sys_now(void);
u32_t sys_now(void)
{
  return lab_now;
}

static inline ip6_addr_t a6(const char *text)
{
  ip6_addr_t a;

  ck_assert_msg(ip6addr_aton(text, &a), "no address: %s", text);
  ip6_addr_assign_zone(&a, IP6_UNKNOWN, &lab_nif);
  return a;
}

static inline err_t lab_linkoutput(struct netif *nif, struct pbuf *p)
{
  struct lab_frame *f;

  (void)nif;
  ck_assert_uint_lt(lab_sent, LAB_OUT_MAX);
  f = &lab_out[lab_sent++];
  f->at_ms = lab_now;
  f->len = pbuf_copy_partial(p, f->b, LAB_FRAME_MAX, 0);
  return ERR_OK;
}

static inline err_t lab_nif_init(struct netif *nif)
{
  nif->name[0] = 'e';
  nif->name[1] = 'n';
#if LWIP_IPV4
  nif->output = etharp_output;
#endif
  nif->output_ip6 = ethip6_output;
  nif->linkoutput = lab_linkoutput;
  nif->mtu = 1500;
  nif->hwaddr_len = 6;
  memcpy(nif->hwaddr, mac_us, 6);
  nif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_MLD6 | NETIF_FLAG_LINK_UP;
  return ERR_OK;
}

static inline void lab_wait(u32_t ms)
{
  const u32_t end = lab_now + ms;

  while (timers_sleep(lab_now) != TIMERS_NEVER && timers_sleep(lab_now) <= end - lab_now) {
    lab_now += timers_sleep(lab_now);
    timers_run(lab_now);
  }
  lab_now = end;
}

/** The interface, down, without addresses. */
static inline void lab_begin(void)
{
  lwip_init();
#if LWIP_IPV4
  ck_assert_ptr_nonnull(netif_add(&lab_nif, NULL, NULL, NULL, NULL, lab_nif_init, netif_input));
#else
  ck_assert_ptr_nonnull(netif_add(&lab_nif, NULL, lab_nif_init, netif_input));
#endif
  netif_set_default(&lab_nif);
}

/** Up, with a link-local address that has been proven; routers have been asked for once. */
static inline void lab_setup(void)
{
  lab_begin();
  netif_create_ip6_linklocal_address(&lab_nif, 1);
  lab_nif.ip6_autoconfig_enabled = 1;
  netif_set_up(&lab_nif);
  lab_wait(3500);
  ck_assert_uint_eq(netif_ip6_addr_state(&lab_nif, 0), IP6_ADDR_PREFERRED);
  lab_sent = 0;
}

/** One's complement sum. */
static inline u16_t lab_sum(u32_t sum, const u8_t *b, size_t len)
{
  size_t i;

  for (i = 0; i < len; i++) {
    sum += (i & 1) != 0 ? b[i] : (u32_t)b[i] << 8;
  }
  while (sum >> 16 != 0) {
    sum = (sum & 0xffff) + (sum >> 16);
  }
  return (u16_t)sum;
}

/** The checksum over a pseudo header and @p len octets at @p m, which is 0xffff when right. */
static inline u16_t lab_sum6(const u8_t *ip, const u8_t *m, size_t len, u8_t proto)
{
  return lab_sum((u32_t)len + proto + lab_sum(0, ip + 8, 32), m, len);
}

/** What a packet looks like before it is received. */
struct lab_ip6 {
  const char *src, *dst;
  const u8_t *mac; /**< NULL: made from src */
  u8_t hoplim;     /**< 0: 255 */
  bool alert;      /**< with a router alert */
  bool fragment;   /**< with a Fragment header, atomic */
};

/** A packet of protocol @p proto comes in; its checksum at @p sum_at (0: none) is made. */
static inline void lab_rx_proto(const struct lab_ip6 *ip, u8_t proto, const void *data, size_t len, size_t sum_at)
{
  static const u8_t alert[8] = { 0, 0, 5, 2, 0, 0, 1, 0 };
  const ip6_addr_t src = a6(ip->src), dst = a6(ip->dst);
  u8_t f[LAB_FRAME_MAX] = { 0 };
  u8_t *h = f + 14, *m = h + 40;
  size_t ext = 0;
  struct pbuf *p;

  if (ip6_addr_ismulticast(&dst)) {
    f[0] = f[1] = 0x33;
    memcpy(f + 2, &dst.addr[3], 4);
  } else {
    memcpy(f, lab_in->hwaddr, 6);
  }
  memcpy(f + 6, ip->mac != NULL ? ip->mac : mac_peer, 6);
  f[12] = 0x86;
  f[13] = 0xdd;
  if (ip->alert || ip->fragment) {
    ext = 8;
    if (ip->alert) {
      memcpy(m, alert, 8);
    }
    m[0] = proto;
  }
  ip6_wire_emit(h, 0, 0, (u16_t)(ext + len),
                ip->alert      ? 0
                : ip->fragment ? 44
                               : proto,
                ip->hoplim == 0 ? 255 : ip->hoplim, src.addr, dst.addr);
  m += ext;
  ck_assert_uint_le((size_t)(m - f) + len, LAB_FRAME_MAX);
  memcpy(m, data, len);
  if (sum_at != 0 && len >= sum_at + 2) {
    be16_put(m + sum_at, 0);
    be16_put(m + sum_at, (u16_t)~lab_sum6(h, m, len, proto));
  }
  /* Exactly as long as it is, so that a sanitizer sees what looks behind. */
  p = pbuf_alloc(PBUF_RAW, (u16_t)((size_t)(m - f) + len), PBUF_RAM);
  ck_assert_ptr_nonnull(p);
  ck_assert_int_eq(pbuf_take(p, f, p->len), ERR_OK);
  ck_assert_int_eq(lab_in->input(p, lab_in), ERR_OK);
}

static inline void lab_rx(const struct lab_ip6 *ip, const void *m, size_t len)
{
  lab_rx_proto(ip, 58, m, len, 2);
}

/* --- messages of neighbour discovery --- */

struct lab_msg {
  u8_t b[1500];
  size_t len;
};

static inline void msg_begin(struct lab_msg *m, u8_t type, size_t len)
{
  memset(m, 0, sizeof *m);
  m->b[0] = type;
  m->len = len;
}

static inline void msg_add(struct lab_msg *m, const void *octets, size_t len)
{
  memcpy(m->b + m->len, octets, len);
  m->len += len;
}

static inline void msg_target(struct lab_msg *m, size_t at, const char *addr)
{
  const ip6_addr_t a = a6(addr);

  memcpy(m->b + at, a.addr, 16);
}

static inline void msg_lladdr(struct lab_msg *m, u8_t type, const u8_t *mac)
{
  const u8_t head[2] = { type, 1 };

  msg_add(m, head, 2);
  msg_add(m, mac, 6);
}

/** @p target asked for by @p src; its own link-layer address unless @p mac is NULL. */
static inline void rx_ns(const char *src, const char *dst, const char *target, const u8_t *mac)
{
  const struct lab_ip6 ip = { src, dst, mac, 0, false, false };
  struct lab_msg m;

  msg_begin(&m, 135, 24);
  msg_target(&m, 8, target);
  if (mac != NULL) {
    msg_lladdr(&m, 1, mac);
  }
  lab_rx(&ip, m.b, m.len);
}

static inline void rx_na(const char *src, const char *dst, const char *target, const u8_t *mac, u8_t flags)
{
  const struct lab_ip6 ip = { src, dst, mac, 0, false, false };
  struct lab_msg m;

  msg_begin(&m, 136, 24);
  m.b[4] = flags;
  msg_target(&m, 8, target);
  if (mac != NULL) {
    msg_lladdr(&m, 2, mac);
  }
  lab_rx(&ip, m.b, m.len);
}

/** Begin an advertisement of the router at @p mac. */
static inline void ra_begin(struct lab_msg *m, u16_t life_s, u8_t flags, const u8_t *mac)
{
  msg_begin(m, 134, 16);
  m->b[4] = 64;
  m->b[5] = flags;
  be16_put(m->b + 6, life_s);
  if (mac != NULL) {
    msg_lladdr(m, 1, mac);
  }
}

static inline void ra_prefix(struct lab_msg *m, const char *prefix, u8_t len, u8_t flags, u32_t valid_s,
                             u32_t preferred_s)
{
  u8_t o[32] = { 3, 4, len, flags };
  const ip6_addr_t a = a6(prefix);

  be32_put(o + 4, valid_s);
  be32_put(o + 8, preferred_s);
  memcpy(o + 16, a.addr, 16);
  msg_add(m, o, sizeof o);
}

static inline void ra_mtu(struct lab_msg *m, u32_t mtu)
{
  u8_t o[8] = { 5, 1 };

  be32_put(o + 4, mtu);
  msg_add(m, o, sizeof o);
}

static inline void ra_route(struct lab_msg *m, const char *prefix, u8_t len, u8_t prf, u32_t life_s)
{
  u8_t o[24] = { 24, 3, len, prf };
  const ip6_addr_t a = a6(prefix);

  be32_put(o + 4, life_s);
  memcpy(o + 8, a.addr, 16);
  msg_add(m, o, sizeof o);
}

static inline void ra_rdnss(struct lab_msg *m, const char *server, u32_t life_s)
{
  u8_t o[24] = { 25, 3 };
  const ip6_addr_t a = a6(server);

  be32_put(o + 4, life_s);
  memcpy(o + 8, a.addr, 16);
  msg_add(m, o, sizeof o);
}

static inline void ra_rx(const struct lab_msg *m, const char *src)
{
  const struct lab_ip6 ip = { src, ALL_NODES, NULL, 0, false, false };

  lab_rx(&ip, m->b, m->len);
}

/** The router LL_R with prefix 2001:db8:1::/64, on the link, for addresses. */
static inline void lab_router(u32_t valid_s, u32_t preferred_s)
{
  struct lab_msg m;

  ra_begin(&m, 1800, 0, mac_r);
  ra_prefix(&m, "2001:db8:1::", 64, 0xc0, valid_s, preferred_s);
  ra_rx(&m, LL_R);
}

/* --- what was sent --- */

/** The IPv6 header of frame @p i. */
static inline const u8_t *out_ip(unsigned i)
{
  ck_assert_msg(i < lab_sent, "frame %u was not sent, only %u were", i, lab_sent);
  ck_assert_mem_eq(lab_out[i].b + 12, "\x86\xdd", 2);
  ck_assert_uint_eq(lab_out[i].len, 14 + 40 + ip6_wire_plen(lab_out[i].b + 14));
  return lab_out[i].b + 14;
}

/** The ICMPv6 message in it, checksum proven; its length in *@p len if that is not NULL. */
static inline const u8_t *out_icmp(unsigned i, size_t *len)
{
  const u8_t *h = out_ip(i), *m = h + 40;
  size_t n = ip6_wire_plen(h);
  u8_t next = ip6_wire_nexth(h);

  if (next == 0) { /* a router alert and nothing else */
    ck_assert_mem_eq(m + 1, "\0\5\2\0\0", 5);
    next = m[0];
    m += 8;
    n -= 8;
  }
  ck_assert_uint_eq(next, 58);
  ck_assert_uint_eq(lab_sum6(h, m, n, 58), 0xffff);
  if (len != NULL) {
    *len = n;
  }
  return m;
}

static inline bool is_icmp(unsigned i, u8_t type)
{
  const u8_t *h = lab_out[i].b + 14;

  return memcmp(lab_out[i].b + 12, "\x86\xdd", 2) == 0 && (h[6] == 58 ? h[40] : h[6] == 0 ? h[48] : 0) == type;
}

/** How many ICMPv6 messages of @p type were sent; the last one's number in *@p last if that is not NULL. */
static inline unsigned out_count(u8_t type, unsigned *last)
{
  unsigned i, n = 0;

  for (i = 0; i < lab_sent; i++) {
    if (is_icmp(i, type)) {
      n++;
      if (last != NULL) {
        *last = i;
      }
    }
  }
  return n;
}

static inline void check_addrs(unsigned i, const char *src, const char *dst)
{
  const ip6_addr_t s = a6(src), d = a6(dst);

  ck_assert_mem_eq(out_ip(i) + 8, s.addr, 16);
  ck_assert_mem_eq(out_ip(i) + 24, d.addr, 16);
}

static inline void check_target(unsigned i, const char *target)
{
  const ip6_addr_t t = a6(target);

  ck_assert_mem_eq(out_icmp(i, NULL) + 8, t.addr, 16);
}

static inline void check_mac(unsigned i, const u8_t *mac)
{
  ck_assert_uint_lt(i, lab_sent);
  ck_assert_mem_eq(lab_out[i].b, mac, 6);
}

/** Send a UDP datagram of one octet to @p dst from whatever address fits.  @return what udp_sendto() says */
static inline err_t lab_send(const char *dst, u8_t octet)
{
  static struct udp_pcb *pcb;
  struct pbuf *p = pbuf_alloc(PBUF_TRANSPORT, 1, PBUF_RAM);
  const ip6_addr_t a = a6(dst);
  ip_addr_t to;
  err_t err;

  if (pcb == NULL) {
    pcb = udp_new_ip_type(IPADDR_TYPE_V6);
    ck_assert_ptr_nonnull(pcb);
  }
  ip_addr_copy_from_ip6(to, a);
  *(u8_t *)p->payload = octet;
  err = udp_sendto(pcb, p, &to, 9);
  pbuf_free(p);
  return err;
}

/** Is frame @p i a datagram of lab_send()?  @return its octet, or -1 */
static inline int out_datagram(unsigned i)
{
  const u8_t *h = lab_out[i].b + 14;

  return i < lab_sent && ip6_wire_nexth(h) == 17 && ip6_wire_plen(h) == 9 ? h[48] : -1;
}

static inline u8_t nbr_state(const char *addr)
{
  const ip6_addr_t a = a6(addr);
  unsigned i;

  for (i = 0; i < LWIP_ND6_NUM_NEIGHBORS + 1; i++) {
    if (neighbor_cache[i].state != ND6_NO_ENTRY && ip6_addr_zoneless_eq(&neighbor_cache[i].next_hop_address, &a)) {
      return neighbor_cache[i].state;
    }
  }
  return ND6_NO_ENTRY;
}

/** The slot of our address @p addr, or -1. */
static inline s8_t slot_of(const char *addr)
{
  const ip6_addr_t a = a6(addr);

  return netif_get_ip6_addr_match(&lab_nif, &a);
}

static inline u8_t state_of(const char *addr)
{
  const s8_t i = slot_of(addr);

  return i < 0 ? IP6_ADDR_INVALID : netif_ip6_addr_state(&lab_nif, i);
}

static inline u16_t lab_used(int pool)
{
  return (u16_t)lwip_stats.memp[pool]->used;
}

/** No packet is held any more. */
static inline void lab_no_leak(void)
{
  ck_assert_uint_eq(lab_used(MEMP_PBUF_POOL), 0);
  ck_assert_uint_eq(lab_used(MEMP_PBUF), 0);
#if LWIP_ND6_QUEUEING
  ck_assert_uint_eq(lab_used(MEMP_ND6_QUEUE), 0);
#endif
}

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
