/* Goodput of a TCP sender over an emulated link, in virtual time: deterministic, no kernel, no wall clock.
 * The stack under test (raw API) is a bulk source; the peer is a scripted, standards-conforming receiver
 * (cumulative ACK, ACK every 2nd segment or after 40 ms, immediate ACK on gaps, SACK and timestamps if negotiated).
 *   sim rtt_ms loss [key=value...]   rate=100 (Mbit/s) queue=1000 (packets) secs=30 warm=2 seeds=10 wnd=1048576
 *                                    reorder=0 extra_ms=2 ackloss=0 burst=1 (mean length of a loss burst) sack=1 ts=0 dup=0
 *                                    recv=1: the other way round, without losses: the peer sends by slow start (initial window 10, no
 *                                    limit of its own) into the stack's window, and what the program was given is counted
 * Prints the median, minimum and maximum goodput over the seeds. One process per seed (the stack has global state). */
#include "lwip/opt.h"
#include "lwip/init.h"
#include "lwip/netif.h"
#include "lwip/tcp.h"
#include "lwip/timeouts.h"
#include "lwip/etharp.h"
#include "netif/ethernet.h"
#include <stdio.h>
#include <stdlib.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>
#include <sys/wait.h>

static u64_t now_us = 1000000;
static struct netif nif;
u32_t sys_now(void)
{
  return (u32_t)(now_us / 1000);
}
u32_t sys_jiffies(void)
{
  return sys_now();
}
void h_diag(const char *f, ...)
{
  (void)f;
}
void h_assert_fail(const char *w, const char *f, int l)
{
  fprintf(stderr, "ASSERT %s %s:%d\n", w, f, l);
  exit(3);
}
static u64_t rs;
static double rnd(void)
{
  rs ^= rs << 13;
  rs ^= rs >> 7;
  rs ^= rs << 17;
  return (double)(rs >> 11) / 9007199254740992.0;
}
uint32_t h_rand(void)
{
  return (u32_t)(rnd() * 4294967295.0);
}

static double loss, ackloss, rate = 100, reorder, burst = 1, dupp;
static int rtt = 50, queue = 1000, secs = 30, warm = 2, seeds = 10, use_sack = 1, use_ts;
static u32_t rwnd = 1 << 20;
static double extra_ms = 2;
static u8_t payload[65536];

/* ---- event queue: a binary heap of frames in flight ---- */
struct ev {
  u64_t t, n;
  u16_t len;
  u8_t to_stack;
  u8_t *f;
};
static struct ev *heap;
static int nh, caph;
static u64_t evn;
static int before(const struct ev *a, const struct ev *b)
{
  return a->t != b->t ? a->t < b->t : a->n < b->n;
}
static void push(u64_t t, int to_stack, const u8_t *f, u16_t len)
{
  struct ev e = { t, evn++, len, (u8_t)to_stack, NULL };
  int i;
  if (nh == caph)
    heap = realloc(heap, sizeof(*heap) * (size_t)(caph = caph ? caph * 2 : 1024));
  if (f) {
    e.f = malloc(len);
    memcpy(e.f, f, len);
  }
  for (i = nh++; i && before(&e, &heap[(i - 1) / 2]); i = (i - 1) / 2)
    heap[i] = heap[(i - 1) / 2];
  heap[i] = e;
}
static struct ev pop(void)
{
  struct ev r = heap[0], e = heap[--nh];
  int i = 0, c;
  while ((c = 2 * i + 1) < nh) {
    if (c + 1 < nh && before(&heap[c + 1], &heap[c]))
      c++;
    if (!before(&heap[c], &e))
      break;
    heap[i] = heap[c];
    i = c;
  }
  heap[i] = e;
  return r;
}
/* ---- link ---- */
static u64_t link_free;
static unsigned long n_sent, n_lost, n_tail, n_rexmit;
static int in_burst;
static u64_t last_tx_us, stall_us;
static u32_t max_seq;
static int have_max;
static int lose(void)
{ /* burst > 1: Gilbert model with the same mean loss rate */
  if (burst <= 1)
    return rnd() < loss;
  if (in_burst)
    in_burst = rnd() < 1 - 1 / burst;
  else
    in_burst = rnd() < loss / burst / (1 - loss);
  return in_burst;
}
static err_t output(struct netif *n, struct pbuf *p)
{
  u8_t f[1600];
  u16_t len = p->tot_len;
  u64_t t;
  u32_t dl;
  (void)n;
  pbuf_copy_partial(p, f, len, 0);
  if (f[12] != 8 || f[13] != 0) {
    push(now_us + 1, 0, f, len);
    return ERR_OK;
  } /* ARP */
  if (link_free < now_us)
    link_free = now_us;
  if ((double)(link_free - now_us) * rate > (double)queue * 1538 * 8) {
    n_tail++;
    return ERR_OK;
  }
  link_free += (u64_t)((len + 24) * 8 / rate + 0.5);
  dl = (u32_t)(f[16] << 8 | f[17]) - 20 - (u32_t)((f[46] >> 4) * 4);
  if (dl) {
    u32_t seq = (u32_t)f[38] << 24 | (u32_t)f[39] << 16 | (u32_t)f[40] << 8 | f[41];
    n_sent++;
    if (have_max && (s32_t)(seq + dl - max_seq) <= 0)
      n_rexmit++;
    else {
      max_seq = seq + dl;
      have_max = 1;
    }
    if (last_tx_us && now_us - last_tx_us > (u64_t)rtt * 1000 + 150000)
      stall_us += now_us - last_tx_us - (u64_t)rtt * 1000;
    last_tx_us = now_us;
    if (lose()) {
      n_lost++;
      return ERR_OK;
    }
  }
  t = link_free + (u64_t)rtt * 500;
  if (dl && reorder > 0 && rnd() < reorder)
    t += (u64_t)(extra_ms * 1000);
  push(t, 0, f, len);
  if (dupp > 0 && dl && rnd() < dupp)
    push(t + 10, 0, f, len);
  return ERR_OK;
}
static void to_stack(const u8_t *f, u16_t len)
{
  struct pbuf *p = pbuf_alloc(PBUF_RAW, len, PBUF_POOL);
  if (!p)
    return;
  pbuf_take(p, f, len);
  if (nif.input(p, &nif) != ERR_OK)
    pbuf_free(p);
}
/* ---- scripted receiver ---- */
static u32_t rcv_nxt, irs, snd_nxt = 7777;
static int state, pend, sack_ok, ts_ok, rscale = 7;
static u64_t delack_at, delivered, delivered0;
static u32_t ts_recent;
static struct {
  u32_t a, b;
  u64_t when;
} ooo[4096];
static int nooo;
static u8_t peer_mac[6] = { 2, 0, 0, 0, 0, 1 }, my_mac[6] = { 2, 0, 0, 0, 0, 2 };
static u32_t csum(const u8_t *d, int n, u32_t s)
{
  for (; n > 1; n -= 2, d += 2)
    s += (u32_t)(d[0] << 8 | d[1]);
  if (n)
    s += (u32_t)d[0] << 8;
  while (s >> 16)
    s = (s & 0xffff) + (s >> 16);
  return s;
}
static void w16(u8_t *p, u32_t v)
{
  p[0] = (u8_t)(v >> 8);
  p[1] = (u8_t)v;
}
static void w32(u8_t *p, u32_t v)
{
  w16(p, v >> 16);
  w16(p + 2, v & 0xffff);
}
static u32_t r32(const u8_t *p)
{
  return (u32_t)p[0] << 24 | (u32_t)p[1] << 16 | (u32_t)p[2] << 8 | p[3];
}
static void peer_send(u8_t flags)
{
  u8_t f[128];
  int o = 54, tl, i;
  u32_t s;
  memset(f, 0, sizeof(f));
  memcpy(f, my_mac, 6);
  memcpy(f + 6, peer_mac, 6);
  f[12] = 8;
  f[14] = 0x45;
  f[20] = 0x40;
  f[22] = 64;
  f[23] = 6;
  f[26] = 10;
  f[29] = 1;
  f[30] = 10;
  f[33] = 2;
  w16(f + 34, 40000);
  w16(f + 36, 5002);
  w32(f + 38, snd_nxt);
  w32(f + 42, (flags & 0x10) ? rcv_nxt : 0);
  f[47] = flags;
  w16(f + 48, (flags & 2) ? 65535 : LWIP_MIN(rwnd >> rscale, 65535u));
  if (flags & 2) {
    memcpy(f + o, "\2\4\5\xb4\1\3\3\7", 8);
    o += 8;
    if (use_sack) {
      memcpy(f + o, "\1\1\4\2", 4);
      o += 4;
    }
    if (use_ts) {
      memcpy(f + o, "\1\1\x08\x0a", 4);
      w32(f + o + 4, sys_now());
      w32(f + o + 8, 0);
      o += 12;
    }
  } else {
    if (ts_ok) {
      memcpy(f + o, "\1\1\x08\x0a", 4);
      w32(f + o + 4, sys_now());
      w32(f + o + 8, ts_recent);
      o += 12;
    }
    if (sack_ok && nooo) { /* most recently changed block first */
      int k = LWIP_MIN(nooo, ts_ok ? 3 : 4), used[4], j;
      f[o] = 1;
      f[o + 1] = 1;
      f[o + 2] = 5;
      f[o + 3] = (u8_t)(2 + 8 * k);
      o += 4;
      for (i = 0; i < k; i++) {
        int best = -1, m;
        for (j = 0; j < nooo; j++) {
          for (m = 0; m < i && used[m] != j; m++)
            ;
          if (m == i && (best < 0 || ooo[j].when > ooo[best].when))
            best = j;
        }
        used[i] = best;
        w32(f + o, ooo[best].a);
        w32(f + o + 4, ooo[best].b);
        o += 8;
      }
    }
  }
  tl = o - 34;
  f[46] = (u8_t)(tl << 2);
  w16(f + 16, (u32_t)(20 + tl));
  s = ~csum(f + 14, 20, 0);
  w16(f + 24, s & 0xffff);
  s = csum(f + 26, 8, (u32_t)(6 + tl));
  s = ~csum(f + 34, tl, s);
  w16(f + 50, s & 0xffff);
  if (flags & 2)
    snd_nxt++;
  pend = 0;
  delack_at = 0;
  if (!(flags & 2) && ackloss > 0 && rnd() < ackloss)
    return;
  push(now_us + (u64_t)rtt * 500, 1, f, (u16_t)o);
}
/* ---- recv=1: scripted sender ---- */
enum { TEXT = 1460 };
static int receiving;
static u32_t una, their_wnd, cwnd = 10 * TEXT;
static u8_t their_scale;
static u64_t wire_free;
static void peer_text(void)
{
  u8_t f[54 + TEXT];
  u32_t s;
  memset(f, 0, sizeof(f));
  memcpy(f, my_mac, 6);
  memcpy(f + 6, peer_mac, 6);
  memcpy(f + 12, "\x08\0\x45", 3);
  w16(f + 16, 40 + TEXT);
  memcpy(f + 20, "\x40\0\x40\6\0\0\x0a\0\0\1\x0a\0\0\2", 14);
  w16(f + 34, 40000);
  w16(f + 36, 5002);
  w32(f + 38, snd_nxt);
  w32(f + 42, rcv_nxt);
  w16(f + 46, 0x5010);
  w16(f + 48, 65535);
  s = ~csum(f + 14, 20, 0);
  w16(f + 24, s & 0xffff);
  s = csum(f + 26, 8, 6 + 20 + TEXT);
  s = ~csum(f + 34, 20 + TEXT, s);
  w16(f + 50, s & 0xffff);
  if (wire_free < now_us)
    wire_free = now_us;
  wire_free += (u64_t)((sizeof(f) + 24) * 8 / rate + 0.5);
  push(wire_free + (u64_t)rtt * 500, 1, f, sizeof(f));
  snd_nxt += TEXT;
}
static void peer_acked(u32_t ack, u32_t wnd)
{
  cwnd = LWIP_MIN(cwnd + (ack - una), 1u << 24);
  una = ack;
  their_wnd = wnd;
  while (snd_nxt + TEXT - una <= LWIP_MIN(cwnd, their_wnd))
    peer_text();
}
static void insert(u32_t a, u32_t b)
{
  int i, j;
  for (i = 0; i < nooo && (s32_t)(ooo[i].b - a) < 0; i++)
    ;
  for (j = i; j < nooo && (s32_t)(ooo[j].a - b) <= 0; j++) {
    if ((s32_t)(ooo[j].a - a) < 0)
      a = ooo[j].a;
    if ((s32_t)(ooo[j].b - b) > 0)
      b = ooo[j].b;
  }
  if (j == i) {
    if (nooo == 4096)
      return;
    memmove(&ooo[i + 1], &ooo[i], sizeof(ooo[0]) * (size_t)(nooo - i));
    nooo++;
  } else if (j > i + 1) {
    memmove(&ooo[i + 1], &ooo[j], sizeof(ooo[0]) * (size_t)(nooo - j));
    nooo -= j - i - 1;
  }
  ooo[i].a = a;
  ooo[i].b = b;
  ooo[i].when = evn;
}
static void peer_input(const u8_t *f, u16_t len)
{
  u32_t seq, dl;
  int hl, o;
  if (f[12] == 8 && f[13] == 6) {
    u8_t r[60];
    if (f[21] != 1)
      return;
    memset(r, 0, 60);
    memcpy(r, f + 6, 6);
    memcpy(r + 6, peer_mac, 6);
    memcpy(r + 12, "\x08\x06\0\1\x08\0\6\4\0\2", 10);
    memcpy(r + 22, peer_mac, 6);
    memcpy(r + 28, f + 38, 4);
    memcpy(r + 32, f + 22, 10);
    push(now_us + 1, 1, r, 60);
    return;
  }
  if (len < 54 || f[23] != 6)
    return;
  hl = (f[46] >> 4) * 4;
  seq = r32(f + 38);
  dl = (u32_t)(f[16] << 8 | f[17]) - 20 - (u32_t)hl;
  for (o = 54; o < 34 + hl && f[o];) {
    if (f[o] == 1) {
      o++;
      continue;
    }
    if (f[47] & 2) {
      if (f[o] == 4)
        sack_ok = 1;
      if (f[o] == 8)
        ts_ok = 1;
      if (f[o] == 3) {
        rscale = 7;
        their_scale = f[o + 2];
      }
    }
    if (f[o] == 8 && (s32_t)(seq - rcv_nxt) <= 0)
      ts_recent = r32(f + o + 2);
    if (f[o + 1] < 2)
      break;
    o += f[o + 1];
  }
  if (f[47] & 2) {
    irs = seq;
    rcv_nxt = seq + 1;
    state = 2;
    if (use_ts && ts_ok)
      ts_recent = 0;
    peer_send(0x10);
    if (receiving) {
      una = snd_nxt;
      peer_acked(r32(f + 42), (u32_t)(f[48] << 8 | f[49]));
    }
    return;
  }
  if (f[47] & 4) {
    fprintf(stderr, "RST from the stack at %.3f s\n", (double)now_us / 1e6);
    exit(4);
  }
  if (!dl) {
    if (receiving)
      peer_acked(r32(f + 42), (u32_t)(f[48] << 8 | f[49]) << their_scale);
    return;
  }
  if ((s32_t)(seq + dl - rcv_nxt) <= 0) {
    peer_send(0x10);
    return;
  } /* duplicate */
  if ((s32_t)(seq - rcv_nxt) > 0) {
    insert(seq, seq + dl);
    peer_send(0x10);
    return;
  }
  {
    int gap = nooo > 0;
    u32_t old = rcv_nxt;
    rcv_nxt = seq + dl;
    while (nooo && (s32_t)(ooo[0].a - rcv_nxt) <= 0) {
      if ((s32_t)(ooo[0].b - rcv_nxt) > 0)
        rcv_nxt = ooo[0].b;
      memmove(ooo, ooo + 1, sizeof(ooo[0]) * (size_t)--nooo);
    }
    delivered += rcv_nxt - old;
    if (gap || ++pend >= 2)
      peer_send(0x10);
    else if (!delack_at) {
      delack_at = now_us + 40000;
      push(delack_at, 2, NULL, 0);
    }
  }
}
/* ---- the application on the stack under test ---- */
static void fill(struct tcp_pcb *pcb)
{
  for (;;) {
    u32_t room = tcp_sndbuf(pcb);
    u16_t n = (u16_t)LWIP_MIN(room, 4 * TCP_MSS);
    if (n < TCP_MSS)
      break;
    n = (u16_t)(n - n % TCP_MSS);
    if (tcp_write(pcb, payload, n, 0) != ERR_OK)
      break;
  }
}
static int errs;
static void on_err(void *a, err_t e)
{
  (void)a;
  (void)e;
  errs++;
}
static err_t on_sent(void *a, struct tcp_pcb *pcb, u16_t len)
{
  (void)a;
  (void)len;
  fill(pcb);
  return ERR_OK;
}
static err_t on_recv(void *a, struct tcp_pcb *pcb, struct pbuf *p, err_t e)
{
  (void)a;
  (void)e;
  if (p) {
    delivered += receiving ? p->tot_len : 0;
    tcp_recved(pcb, p->tot_len);
    pbuf_free(p);
  }
  return ERR_OK;
}
static err_t on_accept(void *a, struct tcp_pcb *pcb, err_t e)
{
  (void)a;
  (void)e;
  tcp_sent(pcb, on_sent);
  tcp_recv(pcb, on_recv);
  tcp_err(pcb, on_err);
  if (!receiving)
    fill(pcb);
  tcp_output(pcb);
  return ERR_OK;
}
static err_t nif_init(struct netif *n)
{
  n->name[0] = 's';
  n->name[1] = 'm';
  n->mtu = 1500;
  n->hwaddr_len = 6;
  memcpy(n->hwaddr, my_mac, 6);
  n->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_LINK_UP;
  n->output = etharp_output;
  n->linkoutput = output;
  return ERR_OK;
}
static void one(int seed, int fd)
{
  ip4_addr_t ip, m, g;
  struct tcp_pcb *l;
  u64_t end, warm_at, tick;
  double res[6];
  u8_t arp[60];
  int i;
  rs = 88172645463325252ull ^ ((u64_t)seed * 0x9E3779B97F4A7C15ull);
  for (i = 0; i < 50; i++)
    rnd();
  lwip_init();
  IP4_ADDR(&ip, 10, 0, 0, 2);
  IP4_ADDR(&m, 255, 255, 255, 0);
  IP4_ADDR(&g, 10, 0, 0, 1);
  netif_add(&nif, &ip, &m, &g, NULL, nif_init, ethernet_input);
  netif_set_default(&nif);
  netif_set_up(&nif);
  l = tcp_new();
  tcp_bind(l, IP_ADDR_ANY, 5002);
  l = tcp_listen(l);
  tcp_accept(l, on_accept);
  memset(arp, 0, 60);
  memset(arp, 0xff, 6);
  memcpy(arp + 6, peer_mac, 6);
  memcpy(arp + 12, "\x08\x06\0\1\x08\0\6\4\0\1", 10);
  memcpy(arp + 22, peer_mac, 6);
  memcpy(arp + 28, "\x0a\0\0\1", 4);
  memcpy(arp + 38, "\x0a\0\0\2", 4);
  to_stack(arp, 60);
  peer_send(2);
  warm_at = now_us + (u64_t)warm * 1000000;
  end = warm_at + (u64_t)secs * 1000000;
  tick = now_us;
  while (now_us < end) {
    u64_t nt = nh ? heap[0].t : end;
    u32_t sl;
    sys_check_timeouts();
    sl = sys_timeouts_sleeptime();
    {
      u64_t tt = sl == 0xffffffffu ? end : now_us + (u64_t)sl * 1000;
      tt -= tt % 1000;
      if (tt <= now_us)
        tt = now_us + 1000;
      tick = tt;
    }
    if (nh && heap[0].t < nt)
      nt = heap[0].t;
    if (nh && nt <= tick) {
      struct ev e = pop();
      if (e.t > now_us)
        now_us = e.t;
      if (e.to_stack == 1)
        to_stack(e.f, e.len);
      else if (e.to_stack == 0)
        peer_input(e.f, e.len);
      else if (delack_at && e.t >= delack_at)
        peer_send(0x10);
      free(e.f);
    } else
      now_us = tick;
    if (!delivered0 && now_us >= warm_at) {
      delivered0 = delivered ? delivered : 1;
      n_sent = n_lost = n_tail = n_rexmit = 0;
      stall_us = 0;
    }
  }
  res[0] = (double)(delivered - delivered0) * 8 / secs / 1e6;
  res[1] = (double)n_sent;
  res[2] = (double)n_lost;
  res[3] = (double)n_tail;
  res[4] = (double)n_rexmit;
  res[5] = (double)stall_us / 1e6;
  if (write(fd, res, sizeof(res)) < 0)
    exit(1);
}
static int cmp(const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}
int main(int argc, char **argv)
{
  double g[256], sum[6] = { 0 };
  int i, s;
  if (argc < 3)
    return 1;
  rtt = atoi(argv[1]);
  loss = atof(argv[2]);
  for (i = 3; i < argc; i++) {
    char *v = strchr(argv[i], '=');
    double d;
    if (!v)
      return 1;
    *v++ = 0;
    d = atof(v);
#define K(n, x)            \
  if (!strcmp(argv[i], n)) \
  x
    K("rate", rate = d);
    K("queue", queue = (int)d);
    K("secs", secs = (int)d);
    K("warm", warm = (int)d);
    K("seeds", seeds = (int)d);
    K("wnd", rwnd = (u32_t)d);
    K("reorder", reorder = d);
    K("extra_ms", extra_ms = d);
    K("ackloss", ackloss = d);
    K("burst", burst = d);
    K("sack", use_sack = (int)d);
    K("ts", use_ts = (int)d);
    K("dup", dupp = d);
    K("recv", receiving = (int)d);
  }
  if (receiving && loss > 0)
    return 1; /* it sends nothing twice */
  for (s = 0; s < seeds; s++) {
    int fd[2], st;
    double r[6];
    pid_t p;
    if (pipe(fd))
      return 1;
    fflush(stdout);
    p = fork();
    if (!p) {
      close(fd[0]);
      one(s + 1, fd[1]);
      _exit(0);
    }
    close(fd[1]);
    if (read(fd[0], r, sizeof(r)) != sizeof(r)) {
      r[0] = 0;
      memset(r, 0, sizeof(r));
      fprintf(stderr, "seed %d failed\n", s + 1);
    }
    close(fd[0]);
    waitpid(p, &st, 0);
    g[s] = r[0];
    for (i = 1; i < 6; i++)
      sum[i] += r[i];
  }
  qsort(g, (size_t)seeds, sizeof(double), cmp);
  printf("rtt %d loss %.4f: median %.2f Mbit/s (min %.2f max %.2f)  segments %.0f lost %.0f taildrop %.0f "
         "retransmitted %.0f stalled %.1f s of %d\n",
         rtt, loss, g[seeds / 2], g[0], g[seeds - 1], sum[1] / seeds, sum[2] / seeds, sum[3] / seeds, sum[4] / seeds,
         sum[5] / seeds, secs);
  return 0;
}
