/** Large sends (lwip/x_netif.h): an interface that cuts text into segments, and its stand-in in software. */
#include "lwip/x_netif.h"
#include "tcp_lab.h"
#include "alloc_fail.h"

#define A TCP_F_ACK

static unsigned large, frames;
static u16_t largest; /* octets of text of one packet */
static bool in_software, busy;
static struct pbuf *held[8];
static unsigned n_held, hold;

static err_t send_frame(struct netif *nif, struct pbuf *p)
{
  ip4_addr_t to = lab_ip4(LAB_PEER);

  frames++;
  return lab_output(nif, p, &to);
}

/* What hardware does, written down from the contract; nothing of the stack is asked. */
static void cut(struct netif *nif, const struct pbuf *p)
{
  u16_t hlen = p->len, text = (u16_t)(p->tot_len - hlen), at;
  u8_t b[LAB_LEN_MAX];

  for (at = 0; at < text; at = (u16_t)(at + p->x_seg_len)) {
    u16_t n = (u16_t)LWIP_MIN(text - at, p->x_seg_len);
    long countdown = test_alloc_countdown;
    struct pbuf *q;

    test_alloc_countdown = -1; /* the hardware needs no memory of ours */
    q = pbuf_alloc(PBUF_RAW, (u16_t)(hlen + n), PBUF_RAM);
    test_alloc_countdown = countdown;
    memcpy(b, p->payload, hlen);
    pbuf_copy_partial(p, b + hlen, n, (u16_t)(hlen + at));
    be16_put(b + 2, (u16_t)(hlen + n));
    be32_put(b + 24, be32_get(b + 24) + at);
    if (at + n < text) {
      b[33] &= (u8_t) ~(TCP_F_FIN | TCP_F_PSH);
    }
    be16_put(b + 10, 0);
    be16_put(b + 10, (u16_t)~lab_sum(b, 20));
    tl_fill_sum(b + 20, (u16_t)(hlen - 20 + n), LAB_US, LAB_PEER);
    ck_assert_int_eq(pbuf_take(q, b, (u16_t)(hlen + n)), ERR_OK);
    ck_assert_int_eq(send_frame(nif, q), ERR_OK);
    pbuf_free(q);
  }
}

static err_t output(struct netif *nif, struct pbuf *p, const ip4_addr_t *to)
{
  if (busy) {
    return ERR_MEM;
  }
  if (hold > 0) {
    hold--;
    pbuf_ref(p);
    held[n_held++] = p;
  }
  if (p->x_seg_len == 0) {
    return lab_output(nif, p, to);
  }
  ck_assert_uint_eq(p->len, 20 + 4u * (((const u8_t *)p->payload)[32] >> 4)); /* headers, and nothing else */
  ck_assert_uint_gt(p->tot_len - p->len, p->x_seg_len);
  ck_assert_uint_le(p->tot_len - p->len, nif->x_tso_max);
  ck_assert_uint_eq(be16_get((const u8_t *)p->payload + 6), IP4_WIRE_DF);
  largest = LWIP_MAX(largest, (u16_t)(p->tot_len - p->len));
  large++;
  if (in_software) {
    return lwip_x_tso_split(nif, p, 0, send_frame);
  }
  cut(nif, p);
  return ERR_OK;
}

static void let_go(void)
{
  while (n_held > 0) {
    pbuf_free(held[--n_held]);
  }
}

static u8_t text[60000];

static struct peer opened(u16_t max)
{
  struct peer p = tl_peer(0);
  unsigned i;

  for (i = 0; i < sizeof text; i++) {
    text[i] = (u8_t)(i * 7 + i / 251);
  }
  tl_setup();
  lab_nif.output = output;
  lab_nif.x_tso_max = max;
  large = frames = n_held = hold = 0;
  largest = 0;
  busy = in_software = false;
  tl_listen(TL_PORT);
  p.wnd = 60000;
  tl_open(&p);
  while (tl_take()) {}
  app.pcb->sa = 400; /* as if 200 ms had been measured: no probe comes in between */
  app.pcb->sv = 100;
  return p;
}

/* Take all that was sent; @return octets, which are text from offset at on. */
static u32_t taken(struct peer *p, u32_t at)
{
  u32_t n = 0;

  while (tl_take()) {
    ck_assert_uint_eq(tl_last.r.seq, p->ack);
    ck_assert_uint_le(tl_last.r.len, 1460);
    ck_assert_int_eq(memcmp(tl_last.text, text + at + n, tl_last.r.len), 0);
    p->ack += tl_last.r.len;
    n += tl_last.r.len;
  }
  return n;
}

static void write_text(u16_t at, u16_t len, u8_t flags)
{
  ck_assert_int_eq(tcp_write(app.pcb, text + at, len, flags), ERR_OK);
  ck_assert_int_eq(tcp_output(app.pcb), ERR_OK);
}

/* rows: by the test's own hand or in software, copied or lent */
START_TEST(one_packet_many_frames)
{
  struct peer p = opened(30000);

  in_software = _i & 1;
  write_text(0, 10 * 1460, (_i & 2) ? TCP_WRITE_FLAG_COPY : 0);
  ck_assert_uint_eq(large, 1);
  ck_assert_uint_eq(frames, 10);
  ck_assert_uint_eq(largest, 10 * 1460);
  ck_assert_uint_eq(taken(&p, 0), 10 * 1460);
  ck_assert_uint_eq(tl_last.r.flags, A | TCP_F_PSH);
  tl_send(&p, A, NULL, 0);
  ck_assert_uint_eq(app.sent, 10 * 1460);
  ck_assert_ptr_null(app.pcb->unacked);
  tcp_abort(app.pcb);
  tl_no_leak();
}
END_TEST

/* The interface's limit, the congestion window, the peer's window, a last short segment. */
START_TEST(as_much_as_may_go)
{
  struct peer p = opened(4000);

  write_text(0, 5 * 1460 + 700, 0);
  ck_assert_uint_eq(largest, 2 * 1460);
  ck_assert_uint_eq(taken(&p, 0), 5 * 1460); /* Nagle holds the rest */
  tl_send(&p, A, NULL, 0);
  ck_assert_uint_eq(taken(&p, 5 * 1460), 700);
  tl_send(&p, A, NULL, 0);
  lab_nif.x_tso_max = 60000;
  p.wnd = 6000;
  tl_send(&p, A, NULL, 0);
  write_text(0, 20000, 0);
  ck_assert_uint_eq(largest, 4 * 1460);
  ck_assert_uint_le(taken(&p, 0), 6000);
  p.wnd = 60000;
  app.pcb->cwnd = 9000;
  tl_send(&p, A, NULL, 0);
  ck_assert_uint_le(app.pcb->snd_nxt - app.pcb->lastack, app.pcb->cwnd);
  ck_assert_uint_gt(largest, 4 * 1460);
}
END_TEST

/* Nodelay: the short one goes in the same packet. */
START_TEST(short_last)
{
  struct peer p = opened(60000);

  tcp_nagle_disable(app.pcb);
  write_text(0, 3 * 1460 + 100, 0);
  ck_assert_uint_eq(large, 1);
  ck_assert_uint_eq(frames, 4);
  ck_assert_uint_eq(taken(&p, 0), 3 * 1460 + 100);
  ck_assert_uint_eq(tl_last.r.len, 100);
}
END_TEST

/* A hole is filled with just what is missing. */
START_TEST(sack_and_again)
{
  static const u8_t mss_sack[] = { 2, 4, 5, 0xb4, 1, 1, 4, 2 };
  struct peer p = opened(60000);
  u8_t sack[12] = { 1, 1, 5, 10 };
  u32_t una;

  p = tl_peer(1);
  p.wnd = 60000;
  p.opts = mss_sack;
  p.optlen = sizeof mss_sack;
  tl_send(&p, TCP_F_SYN, NULL, 0);
  tl_expect(&p, TCP_F_SYN | TCP_F_ACK);
  tl_send(&p, A, NULL, 0);
  write_text(0, 10 * 1460, 0);
  una = p.ack;
  ck_assert_uint_eq(taken(&p, 0), 10 * 1460);
  be32_put(sack + 4, una + 2 * 1460);
  be32_put(sack + 8, una + 10 * 1460);
  p.opts = sack;
  p.optlen = 12;
  tl_send_at(&p, A, p.seq, una + 1460, NULL, 0);
  ck_assert_uint_eq(app.pcb->x_sacked, 8 * 1460);
  lab_wait(50);
  ck_assert(tl_take());
  ck_assert_uint_eq(tl_last.r.seq, una + 1460);
  ck_assert_uint_eq(tl_last.r.len, 1460);
  tl_silent();
  tl_send(&p, A, NULL, 0);
  ck_assert_uint_eq(app.sent, 10 * 1460);
}
END_TEST

/* All of it lost: after the timeout it comes again, one segment first. */
START_TEST(timeout)
{
  struct peer p = opened(60000);
  u32_t una = p.ack;

  write_text(0, 6 * 1460, 0);
  ck_assert_uint_eq(taken(&p, 0), 6 * 1460);
  lab_wait(1500);
  ck_assert(tl_take());
  ck_assert_uint_eq(tl_last.r.seq, una);
  ck_assert_uint_eq(tl_last.r.len, 1460);
  while (tl_take()) {}
  tl_send(&p, A, NULL, 0);
  ck_assert_uint_eq(app.sent, 6 * 1460);
}
END_TEST

/* The driver's DMA still reads what is acknowledged: memory lives until it lets go; and nothing is sent again meanwhile. */
START_TEST(driver_holds_it)
{
  struct peer p = opened(60000);

  hold = 1;
  write_text(0, 6 * 1460, TCP_WRITE_FLAG_COPY);
  ck_assert_uint_eq(taken(&p, 0), 6 * 1460);
  lab_wait(10000);
  tl_silent();
  tl_send(&p, A, NULL, 0);
  ck_assert_uint_eq(app.sent, 6 * 1460);
  ck_assert_uint_eq(held[0]->tot_len, 40 + 6 * 1460);
  ck_assert_uint_eq(pbuf_memcmp(held[0], 40, text, 1460), 0);
  tcp_abort(app.pcb);
  let_go();
  tl_no_leak();
}
END_TEST

/* The driver has no room: again soon, and nothing counts as sent. */
START_TEST(driver_is_busy)
{
  struct peer p = opened(60000);
  u32_t nxt = app.pcb->snd_nxt;

  busy = true;
  ck_assert_int_eq(tcp_write(app.pcb, text, 6 * 1460, 0), ERR_OK);
  ck_assert_int_eq(tcp_output(app.pcb), ERR_MEM);
  ck_assert_uint_eq(app.pcb->snd_nxt, nxt);
  busy = false;
  lab_wait(100);
  ck_assert_uint_eq(taken(&p, 0), 6 * 1460);
}
END_TEST

/* Whatever allocation fails, the text goes out, if need be segment by segment. */
START_TEST(no_memory)
{
  struct peer p = opened(60000);

  ck_assert_int_eq(tcp_write(app.pcb, text, 6 * 1460, 0), ERR_OK);
  test_alloc_countdown = _i;
  (void)tcp_output(app.pcb);
  test_alloc_countdown = -1;
  lab_wait(100);
  ck_assert_uint_eq(taken(&p, 0), 6 * 1460);
  tl_send(&p, A, NULL, 0);
  ck_assert_uint_eq(app.sent, 6 * 1460);
  tcp_abort(app.pcb);
  tl_no_leak();
}
END_TEST

START_TEST(wrong_packets)
{
  struct peer p = opened(0);
  struct pbuf *q = pbuf_alloc(PBUF_RAW, 100, PBUF_RAM);

  (void)p;
  memset(q->payload, 0, 100);
  ck_assert_int_eq(lwip_x_tso_split(&lab_nif, NULL, 0, send_frame), ERR_ARG);
  ck_assert_int_eq(lwip_x_tso_split(&lab_nif, q, 0, NULL), ERR_ARG);
  ck_assert_int_eq(lwip_x_tso_split(&lab_nif, q, 0, send_frame), ERR_ARG); /* one packet */
  q->x_seg_len = 10;
  ck_assert_int_eq(lwip_x_tso_split(&lab_nif, q, 0, send_frame), ERR_ARG); /* text among the headers */
  ck_assert_int_eq(lwip_x_tso_split(&lab_nif, q, 99, send_frame), ERR_ARG);
  ck_assert_uint_eq(frames, 0);
  pbuf_free(q);
}
END_TEST

/* IPv6, behind a link header; FIN and PSH in the last frame only. */
static u32_t v6_at;

static err_t check_frame6(struct netif *nif, struct pbuf *p)
{
  u8_t *b = (u8_t *)p->payload + 14;
  u16_t n = (u16_t)(p->tot_len - 14 - 60);
  u32_t sum;

  (void)nif;
  ck_assert_uint_eq(((u8_t *)p->payload)[13], 0xdd);
  ck_assert_uint_eq(be16_get(b + 4), 20 + n);
  ck_assert_uint_eq(be32_get(b + 44), 1000 + v6_at);
  ck_assert_uint_eq(b[53], v6_at == 2000 ? A | TCP_F_PSH | TCP_F_FIN : A);
  sum = (u32_t)lab_sum(b + 8, 32) + (20u + n) + 6 + lab_sum(b + 40, 20u + n);
  ck_assert_uint_eq((sum & 0xffff) + (sum >> 16), 0xffff);
  ck_assert_int_eq(memcmp(b + 60, text + v6_at, n), 0);
  v6_at += n;
  return ERR_OK;
}

START_TEST(version_6)
{
  struct peer p = opened(0);
  struct pbuf *q = pbuf_alloc(PBUF_RAW, 14 + 60, PBUF_RAM), *t = pbuf_alloc(PBUF_RAW, 2500, PBUF_RAM);
  u8_t *h = (u8_t *)q->payload;

  (void)p;
  memset(h, 0, 74);
  h[13] = 0xdd;
  h[14] = 0x60;
  h[20] = 6;
  h[22] = h[38] = 0xfe;
  h[23] = h[39] = 0x80;
  h[53] = 7;
  be32_put(h + 58, 1000);
  h[66] = 0x50;
  h[67] = A | TCP_F_PSH | TCP_F_FIN;
  pbuf_take(t, text, 2500);
  pbuf_cat(q, t);
  q->x_seg_len = 1000;
  v6_at = 0;
  ck_assert_int_eq(lwip_x_tso_split(&lab_nif, q, 14, check_frame6), ERR_OK);
  ck_assert_uint_eq(v6_at, 2500);
  pbuf_free(q);
}
END_TEST

static void add_tests(TCase *c)
{
  tcase_add_loop_test(c, one_packet_many_frames, 0, 4);
  tcase_add_test(c, as_much_as_may_go);
  tcase_add_test(c, short_last);
  tcase_add_test(c, sack_and_again);
  tcase_add_test(c, timeout);
  tcase_add_test(c, driver_holds_it);
  tcase_add_test(c, driver_is_busy);
  tcase_add_loop_test(c, no_memory, 0, 14);
  tcase_add_test(c, wrong_packets);
  tcase_add_test(c, version_6);
}
LAB_MAIN("tcp_tso")
