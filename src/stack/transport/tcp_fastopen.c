/**
 * Fast Open (RFC 7413): cookies, ours and those of servers.
 *
 * Our cookie is a keyed hash of the peer's address and of the time in units of 70 minutes; that of the unit before is good too.
 * Servers' cookies are kept in a small table, the oldest giving way.  A server that did not answer a SYN with a cookie loses
 * its entry: perhaps something on the way drops such SYNs.
 */
#include "tcp_fastopen.h"

#include "../base/core.h"
#include "../base/random.h"
#include "../tcp/tcp_tfo.h"
#include "lwip/x_tcp.h"
#include "tcp_mini.h"

#include <string.h>

#if LWIP_TCP && LWIP_X_TCP_FASTOPEN

enum {
  COOKIE_MAX = 12, /* a longer one does not fit behind the other options of a SYN; servers give 8 octets */
  UNIT_BITS = 22,
  FASTOPEN_LISTEN_MAX = LWIP_MIN(LWIP_X_TCP_FASTOPEN_PENDING, 255)
};

/* ---- ours ---- */

static void make_cookie(const ip_addr_t *remote_ip, u32_t unit, u8_t *cookie)
{
  u8_t in[20];
  u64_t hash;

  memset(in, 0, sizeof in);
#if LWIP_IPV6
  if (IP_IS_V6(remote_ip)) {
    memcpy(in, ip_2_ip6(remote_ip)->addr, 16);
  }
#endif
#if LWIP_IPV4
  if (!IP_IS_V6(remote_ip)) {
    be32_put(in, ip_2_ip4(remote_ip)->addr);
  }
#endif
  be32_put(in + 16, unit);
  hash = random_prf(RANDOM_FASTOPEN, in, sizeof in);
  be32_put(cookie, (u32_t)(hash >> 32));
  be32_put(cookie + 4, (u32_t)hash);
}

static bool is_ours(const struct tcp_ends *e, const struct tcp_repr *seg, u32_t now_ms)
{
  u8_t cookie[TCP_FASTOPEN_COOKIE];
  u32_t unit = now_ms >> UNIT_BITS, age;

  for (age = 0; age < 2 && seg->cookie_len == TCP_FASTOPEN_COOKIE; age++) {
    make_cookie(e->remote_ip, unit - age, cookie);
    if (lwip_memcmp_consttime(cookie, seg->cookie, sizeof cookie) == 0) {
      return true;
    }
  }
  return false;
}

bool tcp_fastopen_grant(const struct tcp_pcb_listen *l, const struct tcp_ends *e, u8_t *cookie)
{
  if (l == NULL || !l->x_fastopen) {
    return false;
  }
  make_cookie(e->remote_ip, sys_now() >> UNIT_BITS, cookie);
  return true;
}

struct tcp_pcb *tcp_fastopen_open(struct tcp_pcb_listen *l, const struct tcp_ends *e, const struct tcp_repr *seg,
                                  struct netif *inp, u32_t now_ms)
{
  struct tcp_pcb *pcb;

  if ((seg->flags & (TCP_F_SYN | TCP_F_ACK | TCP_F_RST | TCP_F_FIN)) != TCP_F_SYN || !(seg->opts & TCP_O_FASTOPEN) ||
      tcp_backlog_full(l) || l->x_fast_waiting >= l->x_fastopen || !is_ours(e, seg, now_ms)) {
    return NULL;
  }
  pcb = tcp_syn_at_once(l, e, seg, inp, now_ms);
  if (pcb != NULL) {
    pcb->x_tfo = TCP_TFO_FRESH;
    pcb->listener = l;
    l->x_fast_waiting++;
  }
  return pcb;
}

/* ---- those of servers ---- */

static struct known {
  ip_addr_t ip;
  u16_t mss; /* octets of text in a segment there */
  u8_t len;  /* of the cookie; 0: a free entry */
  u8_t cookie[COOKIE_MAX];
} cache[LWIP_X_TCP_FASTOPEN_CACHE];
static u8_t oldest;

static struct known *find(const ip_addr_t *ip)
{
  unsigned i;

  for (i = 0; i < LWIP_X_TCP_FASTOPEN_CACHE; i++) {
    if (cache[i].len != 0 && ip_addr_eq(&cache[i].ip, ip)) {
      return &cache[i];
    }
  }
  return NULL;
}

static struct known *find_or_make(const ip_addr_t *ip)
{
  struct known *k = find(ip);

  if (k == NULL) {
    k = &cache[oldest];
    oldest = (u8_t)((oldest + 1) % LWIP_X_TCP_FASTOPEN_CACHE);
    ip_addr_copy(k->ip, *ip);
  }
  return k;
}

void tcp_fastopen_learn(const struct tcp_pcb *pcb, const struct tcp_repr *seg)
{
  struct known *k;

  if (pcb->state != SYN_SENT || pcb->x_tfo == TCP_TFO_NONE || !seq_gt(seg->ack, pcb->lastack) ||
      seq_gt(seg->ack, pcb->snd_nxt) || (seg->flags & (TCP_F_SYN | TCP_F_ACK | TCP_F_RST)) != (TCP_F_SYN | TCP_F_ACK)) {
    return;
  }
  if (seg->opts & TCP_O_FASTOPEN && seg->cookie_len > 0 && seg->cookie_len <= COOKIE_MAX) {
    k = find_or_make(&pcb->remote_ip);
    k->len = seg->cookie_len;
    k->mss = (seg->opts & TCP_O_MSS) ? LWIP_MAX(seg->mss, LWIP_X_TCP_MSS_MIN) : TCP_MSS_DEFAULT4;
    MEMCPY(k->cookie, seg->cookie, seg->cookie_len);
  }
}

void tcp_fastopen_describe(const struct tcp_pcb *pcb, struct tcp_repr *r)
{
  struct known *k = pcb->state == SYN_SENT && pcb->x_tfo != TCP_TFO_NONE ? find(&pcb->remote_ip) : NULL;

  r->cookie_len = 0;
  if (pcb->state != SYN_SENT || pcb->x_tfo == TCP_TFO_NONE) {
    return;
  }
  if (pcb->nrtx != 0) {
    if (k != NULL) {
      k->len = 0;
    }
    return;
  }
  r->opts |= TCP_O_FASTOPEN;
  if (pcb->x_tfo == TCP_TFO_TEXT && k != NULL) {
    r->cookie_len = k->len;
    r->cookie = k->cookie;
  }
}

/* ---- the program ---- */

err_t lwip_x_tcp_fastopen_listen(struct tcp_pcb *listener, int pending)
{
  err_t err = tcp_enter_api(listener);

  if (err != ERR_OK) {
    return err;
  }
  if (listener->state == LISTEN) {
    ((struct tcp_pcb_listen *)(void *)listener)->x_fastopen = (u8_t)LWIP_MIN(LWIP_MAX(pending, 0), FASTOPEN_LISTEN_MAX);
  } else {
    err = ERR_VAL;
  }
  core_leave();
  return err;
}

/* The SYN holds what is left of a segment there behind all options it may have. */
static void prepare(struct tcp_pcb *pcb)
{
  const struct known *k = find(&pcb->remote_ip);

  pcb->x_tfo = k != NULL ? TCP_TFO_TEXT : TCP_TFO_ASK;
  pcb->x_tfo_room = 0;
  if (k != NULL && LWIP_MIN(k->mss, TCP_MSS) > TCP_WIRE_HLEN_MAX - TCP_WIRE_HLEN) {
    pcb->x_tfo_room = (u16_t)(LWIP_MIN(k->mss, TCP_MSS) - (TCP_WIRE_HLEN_MAX - TCP_WIRE_HLEN));
  }
}

err_t lwip_x_tcp_fastopen_defer(struct tcp_pcb *pcb, const ip_addr_t *ipaddr, u16_t port, tcp_connected_fn connected,
                                int *deferred)
{
  err_t err = ipaddr != NULL && deferred != NULL ? tcp_enter_api(pcb) : ERR_ARG;

  if (err != ERR_OK) {
    return err;
  }
  err = tcp_connect_now(pcb, ipaddr, port, connected);
  if (err == ERR_OK) {
    prepare(pcb);
    *deferred = pcb->x_tfo == TCP_TFO_TEXT;
    if (*deferred) {
      pcb->x_tfo = TCP_TFO_HOLD;
    }
    (void)tcp_push(pcb, sys_now());
  }
  core_leave();
  return err;
}

err_t lwip_x_tcp_fastopen_connect(struct tcp_pcb *pcb, const ip_addr_t *ipaddr, u16_t port, tcp_connected_fn connected,
                                  const void *data, u16_t len, u8_t apiflags)
{
  err_t err = ipaddr != NULL && (data != NULL || len == 0) ? tcp_enter_api(pcb) : ERR_ARG;

  if (err != ERR_OK) {
    return err;
  }
  err = tcp_connect_now(pcb, ipaddr, port, connected);
  if (err == ERR_OK) {
    prepare(pcb);
    err = len != 0 ? tcp_queue_append(pcb, data, len, apiflags) : ERR_OK;
    (void)tcp_push(pcb, sys_now());
  }
  core_leave();
  return err;
}

#endif
