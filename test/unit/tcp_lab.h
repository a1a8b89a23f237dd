/** TCP on top of ip_lab.h: peers made of octets, an application that remembers what it was told. */
#ifndef TEST_UNIT_TCP_LAB_H
#define TEST_UNIT_TCP_LAB_H

#include "ip_lab.h"
#include "lwip/tcp.h"
#include "transport/tcp_core.h"

#define TL_PORT 80

/** The other end of a connection, played by the test. */
struct peer {
  u32_t ip;
  u16_t port, to; /**< its port; ours */
  u32_t seq, ack; /**< its SND.NXT and RCV.NXT */
  u16_t wnd;
  const u8_t *opts; /**< a multiple of four octets, for the next segment only */
  u8_t optlen;
};

/** A segment that was sent to a peer. */
struct seen {
  struct tcp_repr r;
  u8_t text[2000];
  u32_t to;
};
static struct seen tl_last;
static unsigned tl_read; /* packets of lab_out looked at */

/** What the application was told. */
static struct {
  unsigned accepted, connected, sent_calls, recv_calls, fins, errors, polls;
  u32_t sent, got;
  u8_t text[100000];
  err_t err;
  struct tcp_pcb *pcb;
  err_t recv_returns; /**< for the next recv callbacks */
  bool recved;        /**< call tcp_recved() at once */
} app;

static inline void tl_fill_sum(u8_t *seg, u16_t len, u32_t src, u32_t dst)
{
  u8_t pseudo[12];
  u32_t sum;

  be16_put(seg + 16, 0);
  be32_put(pseudo, src);
  be32_put(pseudo + 4, dst);
  be16_put(pseudo + 8, 6);
  be16_put(pseudo + 10, len);
  sum = (u32_t)lab_sum(pseudo, 12) + lab_sum(seg, len);
  sum = (sum & 0xffff) + (sum >> 16);
  be16_put(seg + 16, (u16_t)~sum);
}

/** Send raw octets as a TCP segment; the checksum is made right if @p sum. */
static inline void tl_raw(const struct peer *p, u8_t *seg, u16_t len, bool sum)
{
  struct lab_ip ip = { p->ip, LAB_US, 6, 0, IP4_WIRE_DF, 0, NULL, 0 };
  static u8_t b[70000];
  struct pbuf *q;
  long countdown = test_alloc_countdown;

  if (sum && len >= 18) {
    tl_fill_sum(seg, len, p->ip, LAB_US);
  }
  test_alloc_countdown = -1; /* the allocation is the driver's */
  q = lab_pbuf(b, lab_build(b, &ip, seg, len), 0);
  test_alloc_countdown = countdown;
  q->if_idx = netif_get_index(&lab_nif);
  ck_assert_int_eq(ip4_input(q, &lab_nif), ERR_OK);
}

static inline void tl_send_at(struct peer *p, u8_t flags, u32_t seq, u32_t ack, const void *text, u16_t len)
{
  static u8_t seg[66000];
  struct tcp_repr r;
  u8_t hlen;

  memset(&r, 0, sizeof r);
  r.sport = p->port;
  r.dport = p->to;
  r.seq = seq;
  r.ack = ack;
  r.flags = flags;
  r.wnd = p->wnd;
  hlen = tcp_wire_emit(seg, &r);
  if (p->optlen > 0) {
    memcpy(seg + hlen, p->opts, p->optlen);
    hlen = (u8_t)(hlen + p->optlen);
    seg[12] = (u8_t)(hlen << 2);
    p->optlen = 0;
  }
  if (len > 0) {
    memcpy(seg + hlen, text, len);
  }
  tl_raw(p, seg, (u16_t)(hlen + len), true);
}

/** Send the next segment; SEQ moves on. */
static inline void tl_send(struct peer *p, u8_t flags, const void *text, u16_t len)
{
  tl_send_at(p, flags, p->seq, (flags & TCP_F_ACK) ? p->ack : 0, text, len);
  p->seq += len + ((flags & TCP_F_SYN) != 0) + ((flags & TCP_F_FIN) != 0);
}

/** The next segment the stack has sent, checked for form.  @return false: no more */
static inline bool tl_take(void)
{
  const struct lab_packet *o;
  u8_t b[LAB_LEN_MAX];
  u8_t hlen;
  u16_t len;

  if (tl_read >= lab_sent) {
    tl_read = lab_sent = 0;
    return false;
  }
  o = &lab_out[tl_read++];
  lab_check_ip(o);
  ck_assert_uint_eq(o->b[9], 6);
  len = (u16_t)(o->len - 20);
  memcpy(b, o->b + 20, len);
  tl_fill_sum(b, len, lwip_ntohl(ip4_wire_src(o->b)), lwip_ntohl(ip4_wire_dst(o->b)));
  ck_assert_int_eq(memcmp(b, o->b + 20, len), 0); /* MUST-2 */
  hlen = tcp_wire_parse(b, len, &tl_last.r);
  ck_assert_uint_ne(hlen, 0);
  tl_last.r.len = (u16_t)(len - hlen);
  tl_last.to = lwip_ntohl(ip4_wire_dst(o->b));
  memcpy(tl_last.text, b + hlen, tl_last.r.len);
  return true;
}

/** The stack sent exactly one segment, to @p p, with @p flags (PSH aside); the peer takes it. */
static inline void tl_expect(struct peer *p, u8_t flags)
{
  ck_assert_msg(tl_take(), "nothing sent");
  ck_assert_uint_eq(tl_last.to, p->ip);
  ck_assert_uint_eq(tl_last.r.dport, p->port);
  ck_assert_uint_eq(tl_last.r.sport, p->to);
  ck_assert_uint_eq(tl_last.r.flags & ~(unsigned)TCP_F_PSH, flags);
  if (tl_last.r.flags & TCP_F_SYN) {
    p->ack = tl_last.r.seq;
  }
  if (tl_last.r.seq == p->ack && !(flags & TCP_F_RST)) {
    p->ack += tl_last.r.len + ((flags & TCP_F_SYN) != 0) + ((flags & TCP_F_FIN) != 0);
  }
}

static inline void tl_silent(void)
{
  ck_assert_msg(!tl_take(), "sent flags %02x", tl_last.r.flags);
}

/* ---- the application ---- */

static inline err_t tl_on_recv(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err)
{
  (void)arg;
  ck_assert_int_eq(err, ERR_OK);
  app.recv_calls++;
  if (p == NULL) {
    app.fins++;
    return ERR_OK;
  }
  if (app.recv_returns != ERR_OK) {
    return app.recv_returns;
  }
  ck_assert_uint_le(app.got + p->tot_len, sizeof app.text);
  app.got += pbuf_copy_partial(p, app.text + app.got, p->tot_len, 0);
  if (app.recved) {
    tcp_recved(pcb, p->tot_len);
  }
  pbuf_free(p);
  return ERR_OK;
}

static inline err_t tl_on_sent(void *arg, struct tcp_pcb *pcb, u16_t len)
{
  (void)arg, (void)pcb;
  app.sent_calls++;
  app.sent += len;
  return ERR_OK;
}

static inline void tl_on_err(void *arg, err_t err)
{
  (void)arg;
  app.errors++;
  app.err = err;
  app.pcb = NULL;
}

static inline void tl_attach(struct tcp_pcb *pcb)
{
  app.pcb = pcb;
  tcp_recv(pcb, tl_on_recv);
  tcp_sent(pcb, tl_on_sent);
  tcp_err(pcb, tl_on_err);
}

static inline err_t tl_on_accept(void *arg, struct tcp_pcb *pcb, err_t err)
{
  (void)arg;
  ck_assert_int_eq(err, ERR_OK);
  app.accepted++;
  tl_attach(pcb);
  return ERR_OK;
}

static inline err_t tl_on_connected(void *arg, struct tcp_pcb *pcb, err_t err)
{
  (void)arg;
  ck_assert_int_eq(err, ERR_OK);
  app.connected++;
  app.pcb = pcb;
  return ERR_OK;
}

static inline struct tcp_pcb *tl_listen(u16_t port)
{
  struct tcp_pcb *l = tcp_new();

  ck_assert_ptr_nonnull(l);
  ck_assert_int_eq(tcp_bind(l, IP_ADDR_ANY, port), ERR_OK);
  l = tcp_listen(l);
  ck_assert_ptr_nonnull(l);
  tcp_accept(l, tl_on_accept);
  return l;
}

static inline void tl_setup(void)
{
  lab_setup();
  memset(&app, 0, sizeof app);
  app.recved = true;
  tl_read = 0;
}

static inline struct peer tl_peer(unsigned n)
{
  struct peer p = {
    LAB_PEER + n / 1000, (u16_t)(40000 + n % 1000), TL_PORT, 0x10000000u + n * 100000u, 0, 20000, NULL, 0
  };

  return p;
}

/** The peer connects to a listener. */
static inline void tl_open(struct peer *p)
{
  static const u8_t mss[] = { 2, 4, 5, 0xb4 };

  p->opts = mss;
  p->optlen = sizeof mss;
  tl_send(p, TCP_F_SYN, NULL, 0);
  tl_expect(p, TCP_F_SYN | TCP_F_ACK);
  ck_assert_uint_eq(tl_last.r.ack, p->seq);
  tl_send(p, TCP_F_ACK, NULL, 0);
}

/** The stack connects to the peer. */
static inline struct tcp_pcb *tl_connect(struct peer *p)
{
  struct tcp_pcb *pcb = tcp_new();
  ip_addr_t to = lab_ip(p->ip);

  tl_attach(pcb);
  ck_assert_int_eq(tcp_connect(pcb, &to, p->port, tl_on_connected), ERR_OK);
  ck_assert(tl_take());
  ck_assert_uint_eq(tl_last.r.flags, TCP_F_SYN);
  p->to = tl_last.r.sport;
  p->ack = tl_last.r.seq + 1;
  return pcb;
}

/** Everything a connection may hold is free again. */
static inline void tl_no_leak(void)
{
  lab_no_leak();
  ck_assert_uint_eq(tcp_segs_used, 0);
  ck_assert_uint_eq(tcp_ooseq_count, 0);
}

static inline u32_t tl_drops(unsigned reason)
{
  return lwip_x_drops[reason];
}

#endif
