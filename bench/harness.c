/* The harness of the benchmarks: frames built and read by hand, a clock that only moves when told (see harness.h). */
#include "harness.h"
#include <stdio.h>
#include <stdlib.h>
#include <stdarg.h>
#ifdef H_CALLGRIND
#include <valgrind/callgrind.h>
#endif
#ifndef __ARM_EABI__
#include <time.h>
#endif

struct netif h_netif;
u32_t h_now = 1000;
h_peer *h_peers;
u32_t h_npeers;
u32_t h_frames_out, h_bytes_out, h_bad, h_last_len, h_udp_in, h_icmp_in;
int h_verify, h_zero_copy_rx;
u8_t h_last[1600];
const u8_t h_mac_stack[6] = { 0x02, 0, 0, 0, 0, 0x02 };
const u8_t h_mac_gw[6] = { 0x02, 0, 0, 0, 0, 0x01 };

u32_t sys_now(void)
{
  return h_now;
}
u32_t sys_jiffies(void)
{
  return h_now;
}

#ifdef H_LIBLWIP
/* Debian's library is an OS build that checks who holds its core lock: here one thread is everybody. */
void sys_check_core_locking(void);
void sys_check_core_locking(void)
{
}
#endif

/* Debian's pool elements are smaller than its pbuf code believes: full frames overrun them there. */
#ifdef H_LIBLWIP
#define H_RX_PBUF PBUF_RAM
#else
#define H_RX_PBUF PBUF_POOL
#endif

static u32_t h_seed = 0x12345678u;
u32_t h_rand(void)
{
  h_seed ^= h_seed << 13;
  h_seed ^= h_seed >> 17;
  h_seed ^= h_seed << 5;
  return h_seed;
}
void h_diag(const char *fmt, ...)
{
  va_list ap;
  va_start(ap, fmt);
  vprintf(fmt, ap);
  va_end(ap);
}
void h_assert_fail(const char *what, const char *file, int line)
{
  printf("ASSERT %s %s:%d\n", what, file, line);
  exit(3);
}
/* own copy loop, so that the stack's own memcpy calls can be told apart */
__attribute__((noinline, optimize("no-tree-loop-distribute-patterns"))) void h_copy(void *d, const void *s, u32_t n)
{
  u8_t *a = d;
  const u8_t *b = s;
  while (n >= sizeof(size_t)) {
    *(size_t *)(void *)a = *(const size_t *)(const void *)b;
    a += sizeof(size_t);
    b += sizeof(size_t);
    n -= sizeof(size_t);
  }
  while (n--)
    *a++ = *b++;
}
static void h_set(void *d, int v, u32_t n)
{
  volatile u8_t *a = d;
  while (n--)
    *a++ = (u8_t)v;
}
static int h_eq(const void *d, const void *s, u32_t n)
{
  const u8_t *a = d, *b = s;
  while (n--)
    if (*a++ != *b++)
      return 0;
  return 1;
}
#define W16(p, v)              \
  do {                         \
    (p)[0] = (u8_t)((v) >> 8); \
    (p)[1] = (u8_t)(v);        \
  } while (0)
#define W32(p, v)               \
  do {                          \
    (p)[0] = (u8_t)((v) >> 24); \
    (p)[1] = (u8_t)((v) >> 16); \
    (p)[2] = (u8_t)((v) >> 8);  \
    (p)[3] = (u8_t)(v);         \
  } while (0)
#define R16(p) ((u16_t)(((p)[0] << 8) | (p)[1]))
#define R32(p) (((u32_t)(p)[0] << 24) | ((u32_t)(p)[1] << 16) | ((u32_t)(p)[2] << 8) | (p)[3])

/* ones-complement sum over network bytes; returns the folded sum, not inverted */
static u32_t h_sum(const u8_t *d, u32_t len, u32_t s)
{
  while (len > 1) {
    s += (u32_t)((d[0] << 8) | d[1]);
    d += 2;
    len -= 2;
  }
  if (len)
    s += (u32_t)(d[0] << 8);
  while (s >> 16)
    s = (s & 0xffff) + (s >> 16);
  return s;
}
u16_t h_csum(const void *d, u32_t len, u32_t init)
{
  return (u16_t)~h_sum(d, len, init);
}

/* payload sum; remembered for the one buffer declared constant (bulk tests send the same payload every time) */
const void *h_const_data;
static u32_t h_paysum(const void *d, u32_t len)
{
  static u32_t last_len, last_sum;
  if (d != h_const_data)
    return h_sum(d, len, 0);
  if (len != last_len) {
    last_sum = h_sum(d, len, 0);
    last_len = len;
  }
  return last_sum;
}

/* ---- headers ---------------------------------------------------------------- */
static u16_t h_ipid;
static void h_eth(u8_t *f, u16_t type)
{
  h_copy(f, h_mac_stack, 6);
  h_copy(f + 6, h_mac_gw, 6);
  W16(f + 12, type);
}
static void h_ip4(u8_t *f, u32_t idx, u8_t proto, u32_t paylen, u16_t id, u16_t fragword)
{
  u8_t *ip = f + 14;
  h_eth(f, 0x0800);
  ip[0] = 0x45;
  ip[1] = 0;
  W16(ip + 2, 20 + paylen);
  W16(ip + 4, id);
  W16(ip + 6, fragword);
  ip[8] = 64;
  ip[9] = proto;
  ip[10] = ip[11] = 0;
  ip[12] = 10;
  ip[13] = 1;
  W16(ip + 14, idx);
  ip[16] = 10;
  ip[17] = 0;
  ip[18] = 0;
  ip[19] = 2;
  {
    u16_t c = h_csum(ip, 20, 0);
    W16(ip + 10, c);
  }
}
static void h_v6addr(u8_t *a, u32_t idx)
{ /* peers fd00::1:idx, stack fd00::2 (idx = -1) */
  h_set(a, 0, 16);
  a[0] = 0xfd;
  if (idx == (u32_t)-1)
    a[15] = 2;
  else {
    a[13] = 1;
    W16(a + 14, idx);
  }
}
static void h_ip6(u8_t *f, u32_t idx, u8_t nexth, u32_t paylen)
{
  u8_t *ip = f + 14;
  h_eth(f, 0x86dd);
  W32(ip, 0x60000000u);
  W16(ip + 4, paylen);
  ip[6] = nexth;
  ip[7] = 255;
  h_v6addr(ip + 8, idx);
  h_v6addr(ip + 24, (u32_t)-1);
}
static u32_t h_pseudo(const u8_t *f, int v6, u8_t proto, u32_t len)
{
  u32_t s = v6 ? h_sum(f + 14 + 8, 32, 0) : h_sum(f + 14 + 12, 8, 0);
  return s + proto + len;
}
#define HL(v6) ((v6) ? 54u : 34u)

u32_t h_tcp(h_peer *p, u8_t *f, u8_t flags, u32_t seq, u32_t ack, const void *data, u32_t len)
{
  u8_t *t;
  u32_t hl = 20, l;
  u32_t w;
  if (flags & F_SYN)
    hl = 28;
  if (p->v6)
    h_ip6(f, p->idx, 6, hl + len);
  else
    h_ip4(f, p->idx, 6, hl + len, ++h_ipid, 0x4000);
  t = f + HL(p->v6);
  l = HL(p->v6) + hl + len;
  W16(t, p->port);
  W16(t + 2, p->lport);
  W32(t + 4, seq);
  W32(t + 8, ack);
  t[12] = (u8_t)(hl << 2);
  t[13] = flags;
  w = (flags & F_SYN) ? LWIP_MIN(p->wnd, 0xffff) : LWIP_MIN(p->wnd >> p->wscale, 0xffff);
  W16(t + 14, w);
  t[16] = t[17] = t[18] = t[19] = 0;
  if (flags & F_SYN) { /* MSS 1460, NOP, wscale 7 */
    t[20] = 2;
    t[21] = 4;
    W16(t + 22, p->v6 ? 1440 : 1460);
    t[24] = 1;
    t[25] = 3;
    t[26] = 3;
    t[27] = 7;
  }
  if (len)
    h_copy(t + hl, data, len);
  {
    u16_t c = h_csum(t, hl, h_pseudo(f, p->v6, 6, hl + len) + (len ? h_paysum(data, len) : 0));
    W16(t + 16, c);
  }
  return l;
}
u32_t h_udp(u8_t *f, u32_t idx, u16_t sport, u16_t dport, const void *data, u32_t len, int v6)
{
  u8_t *u;
  u16_t c;
  if (v6)
    h_ip6(f, idx, 17, 8 + len);
  else
    h_ip4(f, idx, 17, 8 + len, ++h_ipid, 0x4000);
  u = f + HL(v6);
  W16(u, sport);
  W16(u + 2, dport);
  W16(u + 4, 8 + len);
  u[6] = u[7] = 0;
  h_copy(u + 8, data, len);
  c = h_csum(u, 8, h_pseudo(f, v6, 17, 8 + len) + h_paysum(data, len));
  if (!c)
    c = 0xffff;
  W16(u + 6, c);
  return HL(v6) + 8 + len;
}
u32_t h_icmp(u8_t *f, u32_t idx, u16_t id, u16_t seq, u32_t len, int v6)
{
  u8_t *c;
  u32_t i;
  u16_t s;
  if (v6)
    h_ip6(f, idx, 58, 8 + len);
  else
    h_ip4(f, idx, 1, 8 + len, ++h_ipid, 0x4000);
  c = f + HL(v6);
  c[0] = v6 ? 128 : 8;
  c[1] = 0;
  c[2] = c[3] = 0;
  W16(c + 4, id);
  W16(c + 6, seq);
  for (i = 0; i < len; i++)
    c[8 + i] = (u8_t)i;
  s = h_csum(c, 8 + len, v6 ? h_pseudo(f, 1, 58, 8 + len) : 0);
  W16(c + 2, s);
  return HL(v6) + 8 + len;
}
u32_t h_ipfrag(u8_t *f, u32_t idx, u16_t id, u32_t off, int more, const u8_t *data, u32_t len)
{
  h_ip4(f, idx, 17, len, id, (u16_t)((more ? 0x2000 : 0) | (off >> 3)));
  h_copy(f + 34, data, len);
  return 34 + len;
}

/* ---- driver ------------------------------------------------------------------ */
static u8_t h_pend[8][128];
static u32_t h_pend_len[8];
static int h_npend;

static struct pbuf_custom h_zc;
static int h_zc_busy;
static u8_t h_zc_buf[1600];
static void h_zc_free(struct pbuf *p)
{
  (void)p;
  h_zc_busy = 0;
}

__attribute__((noinline)) void h_rx(const u8_t *frame, u32_t len)
{
  struct pbuf *p, *q;
  u32_t off = 0;
  if (h_zero_copy_rx && !h_zc_busy) { /* DMA descriptor model: the stack gets the buffer itself */
    h_copy(h_zc_buf, frame, len);
    h_zc_busy = 1;
    h_zc.custom_free_function = h_zc_free;
    p = pbuf_alloced_custom(PBUF_RAW, (u16_t)len, PBUF_REF, &h_zc, h_zc_buf, sizeof(h_zc_buf));
  } else {
    p = pbuf_alloc(PBUF_RAW, (u16_t)len, H_RX_PBUF);
    if (!p) {
      h_bad++;
      return;
    }
    for (q = p; q; q = q->next) {
      h_copy(q->payload, frame + off, q->len);
      off += q->len;
    }
  }
  if (h_netif.input(p, &h_netif) != ERR_OK)
    pbuf_free(p);
}
void h_pump(void)
{
  int i;
  for (i = 0; i < h_npend; i++)
    h_rx(h_pend[i], h_pend_len[i]);
  h_npend = 0;
}
static int h_peer_from(const u8_t *f, int v6, u32_t *idx)
{
  const u8_t *d = v6 ? f + 14 + 24 : f + 14 + 16;
  if (v6) {
    *idx = R16(d + 14);
    return d[0] == 0xfd && d[13] == 1;
  }
  *idx = R16(d + 2);
  return d[0] == 10 && d[1] == 1;
}
h_peer *h_peer_of(u32_t idx)
{
  return idx < h_npeers ? &h_peers[idx] : NULL;
}

static void h_check(const u8_t *f, u32_t len)
{ /* full validation, only in verify mode */
  u16_t type = R16(f + 12);
  if (type == 0x0800) {
    const u8_t *ip = f + 14;
    u32_t tl = R16(ip + 2);
    u8_t pr = ip[9];
    if (tl + 14 > len || (h_sum(ip, 20, 0) != 0xffff)) {
      h_bad++;
      return;
    }
    if (R16(ip + 6) & 0x3fff)
      return;
    if (pr == 6 || pr == 17) {
      if (!(pr == 17 && R16(ip + 26) == 0) && h_sum(ip + 20, tl - 20, h_pseudo(f, 0, pr, tl - 20)) != 0xffff)
        h_bad++;
    } else if (pr == 1) {
      if (h_sum(ip + 20, tl - 20, 0) != 0xffff)
        h_bad++;
    }
  } else if (type == 0x86dd) {
    const u8_t *ip = f + 14;
    u32_t pl = R16(ip + 4);
    u8_t pr = ip[6];
    if (pl + 54 > len) {
      h_bad++;
      return;
    }
    if (pr == 6 || pr == 17 || pr == 58)
      if (h_sum(ip + 40, pl, h_pseudo(f, 1, pr, pl)) != 0xffff)
        h_bad++;
  }
}
__attribute__((noinline)) static err_t h_output(struct netif *n, struct pbuf *p)
{
  struct pbuf *q;
  u32_t want = h_verify ? 1600 : 96, off = 0;
  u8_t *f = h_last;
  u16_t type;
  u32_t idx;
  (void)n;
  h_frames_out++;
  h_bytes_out += p->tot_len;
  h_last_len = p->tot_len;
  for (q = p; q && off < want; q = q->next) {
    u32_t k = LWIP_MIN((u32_t)q->len, want - off);
    h_copy(f + off, q->payload, k);
    off += k;
  }
#ifndef H_HWCSUM
  if (h_verify)
    h_check(f, off);
#endif
  type = R16(f + 12);
  if (type == 0x0806) {
    if (R16(f + 20) == 1 && !h_eq(f + 28, f + 38, 4) && h_npend < 8) { /* who-has: answer for everyone */
      u8_t *r = h_pend[h_npend];
      u8_t mac[6] = { 2, 0, 0, 1, f[40], f[41] };
      if (R16(f + 40) == 1)
        h_copy(mac, h_mac_gw, 6);
      h_set(r, 0, 60);
      h_copy(r, f + 6, 6);
      h_copy(r + 6, mac, 6);
      W16(r + 12, 0x0806);
      W16(r + 14, 1);
      W16(r + 16, 0x0800);
      r[18] = 6;
      r[19] = 4;
      W16(r + 20, 2);
      h_copy(r + 22, mac, 6);
      h_copy(r + 28, f + 38, 4);
      h_copy(r + 32, f + 22, 6);
      h_copy(r + 38, f + 28, 4);
      h_pend_len[h_npend++] = 60;
    }
    return ERR_OK;
  }
  if (type == 0x0800 || type == 0x86dd) {
    int v6 = type == 0x86dd;
    const u8_t *ip = f + 14;
    u8_t pr = v6 ? ip[6] : ip[9];
    u32_t hl = v6 ? 54u : 34u;
    if (pr == 17) {
      h_udp_in++;
      return ERR_OK;
    }
    if (pr == 1) {
      h_icmp_in++;
      return ERR_OK;
    }
    if (pr == 58) {
      const u8_t *c = f + 54;
      if (c[0] == 135 && h_npend < 8) { /* neighbour solicitation -> advertisement */
        u8_t *r = h_pend[h_npend];
        u16_t s;
        h_copy(r, h_mac_stack, 6);
        h_copy(r + 6, h_mac_gw, 6);
        W16(r + 12, 0x86dd);
        W32(r + 14, 0x60000000u);
        W16(r + 18, 32);
        r[20] = 58;
        r[21] = 255;
        h_copy(r + 22, c + 8, 16);
        h_copy(r + 38, ip + 8, 16);
        r[54] = 136;
        r[55] = 0;
        r[56] = r[57] = 0;
        W32(r + 58, 0x60000000u);
        h_copy(r + 62, c + 8, 16);
        r[78] = 2;
        r[79] = 1;
        h_copy(r + 80, h_mac_gw, 6);
        s = h_csum(r + 54, 32, h_pseudo(r, 1, 58, 32));
        W16(r + 56, s);
        h_pend_len[h_npend++] = 86;
      } else if (c[0] == 129)
        h_icmp_in++;
      return ERR_OK;
    }
    if (pr == 6 && h_peer_from(f, v6, &idx) && idx < h_npeers) {
      h_peer *x = &h_peers[idx];
      const u8_t *t = f + hl;
      u8_t fl = t[13];
      u32_t seq = R32(t + 4), len = (v6 ? R16(ip + 4) : R16(ip + 2) - 20u) - (u32_t)((t[12] >> 4) << 2);
      u32_t wnd = R16(t + 14);
      x->seen |= fl;
      if (fl & F_SYN) {
        u32_t o = 20, end = (u32_t)((t[12] >> 4) << 2);
        x->rcv_nxt = seq;
        x->rscale = 0;
        while (o < end) { /* learn the stack's window scale */
          u8_t k = t[o];
          if (k == 0)
            break;
          if (k == 1) {
            o++;
            continue;
          }
          if (k == 3)
            x->rscale = t[o + 2];
          if (!t[o + 1])
            break;
          o += t[o + 1];
        }
        if (!x->rscale) {
          int has = 0;
          for (o = 20; o < end;) {
            u8_t k = t[o];
            if (!k)
              break;
            if (k == 1) {
              o++;
              continue;
            }
            if (k == 3)
              has = 1;
            if (!t[o + 1])
              break;
            o += t[o + 1];
          }
          x->wscale = has ? 7 : 0;
        } else
          x->wscale = 7;
        x->lport = R16(t);
        x->port = R16(t + 2);
        x->acked = seq;
      }
      x->rwnd = wnd << ((fl & F_SYN) ? 0 : x->rscale);
      if (fl & F_ACK)
        x->una = R32(t + 8);
      if (len) {
        if (x->drop_next > 0) {
          x->drop_next--;
          return ERR_OK;
        }
        x->seg_in++;
        x->bytes_in += len;
      } else if (!(fl & (F_SYN | F_FIN | F_RST)))
        x->ack_in++;
      len += (fl & F_SYN ? 1 : 0) + (fl & F_FIN ? 1 : 0);
      if (len && seq == x->rcv_nxt)
        x->rcv_nxt = seq + len;
    }
  }
  return ERR_OK;
}
static err_t h_netif_init(struct netif *n)
{
  n->name[0] = 'h';
  n->name[1] = 'n';
  n->mtu = 1500;
  n->hwaddr_len = 6;
  h_copy(n->hwaddr, h_mac_stack, 6);
  n->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_LINK_UP;
  n->output = etharp_output;
  n->linkoutput = h_output;
#if LWIP_IPV6
  n->output_ip6 = ethip6_output;
#endif
  return ERR_OK;
}
void h_init(u32_t npeers)
{
  ip4_addr_t ip, mask, gw;
  u8_t arp[60];
  lwip_init();
  h_npeers = npeers;
  h_peers = calloc(npeers, sizeof(*h_peers));
  if (!h_peers) {
    printf("no memory for peers\n");
    exit(2);
  }
  IP4_ADDR(&ip, 10, 0, 0, 2);
  IP4_ADDR(&mask, 255, 255, 0, 0);
  IP4_ADDR(&gw, 10, 0, 0, 1);
  netif_add(&h_netif, &ip, &mask, &gw, NULL, h_netif_init, ethernet_input);
  netif_set_default(&h_netif);
  netif_set_up(&h_netif);
#if LWIP_IPV6
  {
    ip6_addr_t a6;
    IP6_ADDR(&a6, PP_HTONL(0xfd000000), 0, 0, PP_HTONL(2));
    netif_create_ip6_linklocal_address(&h_netif, 1);
    netif_ip6_addr_set_state(&h_netif, 0, IP6_ADDR_PREFERRED);
    netif_ip6_addr_set(&h_netif, 1, &a6);
    netif_ip6_addr_set_state(&h_netif, 1, IP6_ADDR_PREFERRED);
  }
#endif
  /* the gateway introduces itself: an ARP request for our address */
  h_set(arp, 0, 60);
  h_set(arp, 0xff, 6);
  h_copy(arp + 6, h_mac_gw, 6);
  W16(arp + 12, 0x0806);
  W16(arp + 14, 1);
  W16(arp + 16, 0x0800);
  arp[18] = 6;
  arp[19] = 4;
  W16(arp + 20, 1);
  h_copy(arp + 22, h_mac_gw, 6);
  arp[28] = 10;
  arp[31] = 1;
  arp[38] = 10;
  arp[41] = 2;
  h_rx(arp, 60);
  h_pump();
}
void h_advance(u32_t ms)
{
  h_now += ms;
  sys_check_timeouts();
  h_pump();
}

/* ---- scripted peer ------------------------------------------------------------- */
static u8_t h_frame[1600];
void h_send(h_peer *p, u8_t flags, const void *data, u32_t len)
{
  u32_t n = h_tcp(p, h_frame, flags, p->snd_nxt, (flags & F_ACK) ? p->rcv_nxt : 0, data, len);
  p->snd_nxt += len + ((flags & F_SYN) ? 1 : 0) + ((flags & F_FIN) ? 1 : 0);
  if (flags & F_ACK)
    p->acked = p->rcv_nxt;
  h_rx(h_frame, n);
}
void h_peer_init(h_peer *p, u32_t idx, u16_t port, u16_t lport, int v6)
{
  h_set(p, 0, sizeof(*p));
  p->idx = idx;
  p->port = port;
  p->lport = lport;
  p->v6 = (u8_t)v6;
  p->snd_nxt = h_rand();
  p->wnd = 1024 * 1024;
}
void h_open(h_peer *p, u32_t idx, u16_t port, u16_t lport, int v6)
{
  h_peer_init(p, idx, port, lport, v6);
  h_send(p, F_SYN, NULL, 0);
  h_pump();
  if (!(p->seen & F_SYN)) {
    h_bad++;
    return;
  }
  h_send(p, F_ACK, NULL, 0);
  h_pump();
}

/* ---- measuring ------------------------------------------------------------------- */
#ifdef __ARM_EABI__
/* the QEMU plugin watches this address: it snapshots its counters at every call */
__attribute__((noinline, used)) void h_mark(void)
{
  __asm__ volatile("nop" ::: "memory");
}
/* the stack area below the caller is painted, to see how deep the calls went */
extern u32_t __stack_bottom;
static u32_t *h_sp;
__attribute__((noinline)) void h_begin(void)
{
  u32_t *p;
  __asm__ volatile("mov %0, sp" : "=r"(h_sp));
  for (p = &__stack_bottom; p < h_sp - 8; p++)
    *(volatile u32_t *)p = 0xA5A5A5A5u;
  h_mark();
}
void h_end(const char *label, u32_t ops)
{
  u32_t *p = &__stack_bottom;
  h_mark();
  while (*p == 0xA5A5A5A5u)
    p++;
  printf("%s ops %lu bad %lu stack %lu\n", label, (unsigned long)ops, (unsigned long)h_bad,
         (unsigned long)((h_sp - p) * 4));
}
#else
static struct timespec h_t0;
void h_begin(void)
{
#ifdef H_CALLGRIND
  CALLGRIND_ZERO_STATS;
#endif
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &h_t0);
}
void h_end(const char *label, u32_t ops)
{
  struct timespec t1;
  double ns;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t1);
#ifdef H_CALLGRIND
  CALLGRIND_DUMP_STATS_AT(label);
#endif
  ns = (double)(t1.tv_sec - h_t0.tv_sec) * 1e9 + (double)(t1.tv_nsec - h_t0.tv_nsec);
  printf("%s ops %lu ns/op %.1f bad %lu\n", label, (unsigned long)ops, ns / (ops ? ops : 1), (unsigned long)h_bad);
}
#endif
