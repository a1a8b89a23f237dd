/** The TCP rows of the list of hostile inputs (TCP-01 ...): each a test, named by its number. */
#include "tcp_lab.h"

static u8_t seg[70000];

/* The stack answers afterwards, and nothing is held. */
static void still_serves(void)
{
  struct peer p = tl_peer(990);
  unsigned before = app.accepted;

  lab_now += 2000; /* limits on answers refill */
  while (tl_take()) {}
  tl_open(&p);
  ck_assert_uint_eq(app.accepted, before + 1);
  tl_send(&p, TCP_F_ACK, "x", 1);
  tcp_abort(app.pcb);
  while (tl_take()) {}
  lab_no_leak();
}

static u16_t header(u8_t *h, const struct peer *p, u8_t flags, u8_t words)
{
  memset(h, 0, 60);
  be16_put(h, p->port);
  be16_put(h + 2, p->to);
  be32_put(h + 4, p->seq);
  be32_put(h + 8, p->ack);
  h[12] = (u8_t)(words << 4);
  h[13] = flags;
  be16_put(h + 14, 20000);
  return (u16_t)(words * 4);
}

static void begin(void)
{
  tl_setup();
  tl_listen(TL_PORT);
}

START_TEST(tcp_01_truncated)
{
  struct peer p = tl_peer(0);
  u16_t len;

  begin();
  for (len = 0; len < 20; len++) {
    (void)header(seg, &p, TCP_F_SYN, 5);
    tl_raw(&p, seg, len, true);
    tl_silent();
  }
  ck_assert_uint_ge(tl_drops(DROP_TCP_SHORT), 19);
  still_serves();
}
END_TEST

START_TEST(tcp_02_data_offset)
{
  struct peer p = tl_peer(0);
  u8_t words;

  begin();
  for (words = 0; words < 16; words++) {
    (void)header(seg, &p, TCP_F_SYN, words);
    tl_raw(&p, seg, 20, true);
    if (words != 5) {
      tl_silent();
    } else {
      tl_expect(&p, TCP_F_SYN | TCP_F_ACK);
    }
  }
  still_serves();
}
END_TEST

START_TEST(tcp_03_urgent)
{
  static const u16_t pointers[] = { 0, 1, 3, 4, 0xffff };
  struct peer p = tl_peer(0);
  unsigned i;

  begin();
  tl_open(&p);
  for (i = 0; i < LWIP_ARRAYSIZE(pointers); i++) {
    u16_t len = header(seg, &p, TCP_F_ACK | TCP_F_URG, 5);

    be16_put(seg + 18, pointers[i]);
    memcpy(seg + len, "abc", 3);
    tl_raw(&p, seg, (u16_t)(len + 3), true);
    p.seq += 3;
    len = header(seg, &p, TCP_F_ACK | TCP_F_URG, 5); /* without text */
    be16_put(seg + 18, pointers[i]);
    tl_raw(&p, seg, len, true);
    while (tl_take()) {}
  }
  ck_assert_uint_eq(app.got, 15); /* in line: RFC 6093 */
  ck_assert_int_eq(app.pcb->state, ESTABLISHED);
  {
    struct peer q = tl_peer(1);
    u16_t len = header(seg, &q, TCP_F_SYN | TCP_F_URG, 5);

    be16_put(seg + 18, 0xffff);
    tl_raw(&q, seg, len, true);
    tl_expect(&q, TCP_F_SYN | TCP_F_ACK);
  }
  tcp_abort(app.pcb);
  still_serves();
}
END_TEST

START_TEST(tcp_04_urgent_half_open)
{
  static const u8_t ao[] = { 29, 4, 0, 0 };
  struct peer p = tl_peer(0);
  u16_t pointer;

  begin();
  p.opts = ao;
  p.optlen = sizeof ao;
  tl_send(&p, TCP_F_SYN, NULL, 0);
  tl_expect(&p, TCP_F_SYN | TCP_F_ACK);
  for (pointer = 5; pointer > 2; pointer--) {
    u16_t len = header(seg, &p, TCP_F_URG, 5);

    be16_put(seg + 18, pointer);
    tl_raw(&p, seg, len, true);
    tl_silent();
  }
  still_serves();
}
END_TEST

START_TEST(tcp_06_options_cut)
{
  static const u8_t ends[][4] = { { 1, 1, 1, 2 },  { 1, 1, 1, 3 }, { 1, 1, 2, 4 },
                                  { 1, 8, 10, 0 }, { 2, 0, 0, 0 }, { 5, 1, 0, 0 } };
  struct peer p = tl_peer(0);
  unsigned i;

  begin();
  for (i = 0; i < LWIP_ARRAYSIZE(ends); i++) {
    u16_t len = header(seg, &p, TCP_F_SYN, 6);

    memcpy(seg + 20, ends[i], 4);
    tl_raw(&p, seg, len, true);
    tl_silent();
  }
  (void)header(seg, &p, TCP_F_SYN, 15);
  memset(seg + 20, 1, 39);
  seg[59] = 4;
  tl_raw(&p, seg, 60, true);
  tl_silent();
  ck_assert_uint_eq(tl_drops(DROP_TCP_OPTIONS), LWIP_ARRAYSIZE(ends) + 1);
  still_serves();
}
END_TEST

/* MSS 0, 1, 8, 47, 65535; then 2000 octets are asked for. */
START_TEST(tcp_07_tiny_mss)
{
  static const u16_t mss[] = { 0, 1, 8, 47, 65535 };
  static u8_t text[2000];
  unsigned i;

  begin();
  for (i = 0; i < LWIP_ARRAYSIZE(mss); i++) {
    struct peer p = tl_peer(i);
    u8_t o[4] = { 2, 4, 0, 0 };
    unsigned packets = 0, got = 0;

    be16_put(o + 2, mss[i]);
    p.opts = o;
    p.optlen = 4;
    tl_send(&p, TCP_F_SYN, NULL, 0);
    tl_expect(&p, TCP_F_SYN | TCP_F_ACK);
    tl_send(&p, TCP_F_ACK, NULL, 0);
    tcp_nagle_disable(app.pcb);
    ck_assert_int_eq(tcp_write(app.pcb, text, sizeof text, TCP_WRITE_FLAG_COPY), ERR_OK);
    tcp_output(app.pcb);
    while (got < sizeof text) {
      ck_assert(tl_take());
      packets++;
      got += tl_last.r.len;
      p.ack += tl_last.r.len;
      tl_send(&p, TCP_F_ACK, NULL, 0);
    }
    ck_assert_uint_le(packets, 2000 / LWIP_X_TCP_MSS_MIN + 1);
    tcp_abort(app.pcb);
    while (tl_take()) {}
  }
  still_serves();
}
END_TEST

START_TEST(tcp_09_sack_lies)
{
  static const u32_t lies[][2] = { { 200, 100 }, { 0, 0xffffff }, { 0x80000000u, 0x80000010u }, { 0, 0 }, { 10, 20 } };
  struct peer p = tl_peer(0);
  unsigned i, k;
  static u8_t text[3000];

  begin();
  tl_open(&p);
  tcp_write(app.pcb, text, sizeof text, TCP_WRITE_FLAG_COPY);
  tcp_output(app.pcb);
  while (tl_take()) {}
  for (i = 0; i < LWIP_ARRAYSIZE(lies); i++) {
    for (k = 1; k <= 4; k++) {
      u8_t o[36];
      unsigned n;

      memset(o, 1, sizeof o);
      o[2] = 5;
      o[3] = (u8_t)(2 + 8 * k);
      for (n = 0; n < k; n++) {
        be32_put(o + 4 + 8 * n, p.ack + lies[i][0]);
        be32_put(o + 8 + 8 * n, p.ack + lies[i][1]);
      }
      p.opts = o;
      p.optlen = (u8_t)(4 + 8 * k);
      tl_send(&p, TCP_F_ACK, NULL, 0);
      while (tl_take()) {}
    }
  }
  ck_assert_int_eq(app.pcb->state, ESTABLISHED);
  tcp_abort(app.pcb);
  still_serves();
}
END_TEST

START_TEST(tcp_10_all_flags)
{
  struct peer open_ = tl_peer(0), live = tl_peer(1), closed = tl_peer(2);
  unsigned f;

  begin();
  closed.to = 9;
  tl_open(&live);
  for (f = 0; f < 512; f++) {
    u16_t len = header(seg, &open_, (u8_t)f, 5);

    seg[12] |= (u8_t)(f >> 8);
    tl_raw(&open_, seg, len, true);
    open_.port++;
    len = header(seg, &closed, (u8_t)f, 5);
    tl_raw(&closed, seg, len, true);
    live.seq += 50000;
    len = header(seg, &live, (u8_t)f, 5);
    live.seq -= 50000;
    tl_raw(&live, seg, len, true);
    while (tl_take()) {
      ck_assert_uint_ne(tl_last.r.len + 1u, 0);
    }
    lab_now += 10;
  }
  ck_assert_int_eq(app.pcb->state, ESTABLISHED);
  ck_assert_uint_eq(app.accepted, 1);
  tcp_abort(app.pcb);
  still_serves();
}
END_TEST

START_TEST(tcp_12_blind_syn)
{
  struct peer p = tl_peer(0);

  begin();
  tl_open(&p);
  tl_send_at(&p, TCP_F_SYN, p.seq + 100, 0, NULL, 0);
  tl_expect(&p, TCP_F_ACK);
  ck_assert_uint_eq(tl_last.r.ack, p.seq);
  tl_send(&p, TCP_F_ACK, "x", 1);
  ck_assert_uint_eq(app.got, 1);
  tcp_abort(app.pcb);
  still_serves();
}
END_TEST

START_TEST(tcp_13_blind_text)
{
  struct peer p = tl_peer(0);

  begin();
  tl_open(&p);
  tl_send_at(&p, TCP_F_ACK, p.seq, p.ack - 0x10000000, "evil", 4);
  tl_expect(&p, TCP_F_ACK);
  tl_send_at(&p, TCP_F_ACK, p.seq, p.ack + 1, "evil", 4);
  tl_expect(&p, TCP_F_ACK);
  ck_assert_uint_eq(app.got, 0);
  tl_send(&p, TCP_F_ACK, "good", 4);
  ck_assert_int_eq(memcmp(app.text, "good", 4), 0);
  tcp_abort(app.pcb);
  still_serves();
}
END_TEST

START_TEST(tcp_16_out_of_order_flood)
{
  struct peer p = tl_peer(0);
  u32_t i;

  begin();
  tl_open(&p);
  for (i = 400; i > 0; i--) {
    tl_send_at(&p, TCP_F_ACK, p.seq + i, p.ack, "abcdef", (u16_t)(1 + i % 4));
    while (tl_take()) {}
    ck_assert_uint_le(tcp_ooseq_count, PBUF_POOL_SIZE / 4);
  }
  ck_assert_uint_eq(app.got, 0);
  tl_send(&p, TCP_F_ACK, "0123456789", 10);
  ck_assert_uint_ge(app.got, 10);
  tcp_abort(app.pcb);
  ck_assert_uint_eq(tcp_ooseq_count, 0);
  still_serves();
}
END_TEST

/* Eight connections that leave a gap open do not hold the pool for long. */
START_TEST(tcp_16_gaps_are_not_for_ever)
{
  unsigned n, i;

  begin();
  for (n = 0; n < 8; n++) {
    struct peer p = tl_peer(n);

    tl_open(&p);
    for (i = 1; i < 20; i++) {
      tl_send_at(&p, TCP_F_ACK, p.seq + 100 * i, p.ack, "abcdef", 6);
    }
    while (tl_take()) {}
  }
  ck_assert_uint_gt(tcp_ooseq_count, 0);
  lab_wait(20000);
  ck_assert_uint_eq(tcp_ooseq_count, 0);
  while (tcp_active_pcbs != NULL) {
    tcp_abort(tcp_active_pcbs);
    while (tl_take()) {}
  }
  still_serves();
}
END_TEST

START_TEST(tcp_18_optimistic_ack)
{
  static const u32_t ahead[] = { 1, 1000, 1000000000 };
  static u8_t text[1000];
  struct peer p = tl_peer(0);
  tcpwnd_size_t cwnd;
  unsigned i;

  begin();
  tl_open(&p);
  tcp_write(app.pcb, text, sizeof text, TCP_WRITE_FLAG_COPY);
  tcp_output(app.pcb);
  tl_expect(&p, TCP_F_ACK);
  cwnd = app.pcb->cwnd;
  for (i = 0; i < LWIP_ARRAYSIZE(ahead); i++) {
    tl_send_at(&p, TCP_F_ACK, p.seq, p.ack + ahead[i], NULL, 0);
    tl_expect(&p, TCP_F_ACK);
    ck_assert_uint_eq(app.pcb->cwnd, cwnd);
    ck_assert_uint_eq(app.sent, 0);
  }
  tl_send(&p, TCP_F_ACK, NULL, 0);
  ck_assert_uint_eq(app.sent, 1000);
  tcp_abort(app.pcb);
  still_serves();
}
END_TEST

/* Sockstress: the window stays closed, nobody answers probes. */
START_TEST(tcp_19_zero_window)
{
  static u8_t text[1000];
  unsigned n;

  begin();
  for (n = 0; n < 3; n++) {
    struct peer p = tl_peer(n);

    p.wnd = 0;
    tl_open(&p);
    ck_assert_int_eq(tcp_write(app.pcb, text, sizeof text, TCP_WRITE_FLAG_COPY), ERR_OK);
    tcp_output(app.pcb);
    tl_silent();
    if (n == 2) {
      tcp_close(app.pcb);
    }
  }
  for (n = 0; n < 2000 && tcp_active_pcbs != NULL; n++) {
    lab_wait(1000);
    while (tl_take()) {
      ck_assert_uint_le(tl_last.r.len, 1);
    }
  }
  ck_assert_ptr_null(tcp_active_pcbs);
  ck_assert_uint_eq(app.errors, 2);
  ck_assert_uint_eq(tcp_segs_used, 0);
  still_serves();
}
END_TEST

/* Stalled peers are the first to go when pcbs run out, however alive they say they are. */
START_TEST(tcp_19_stalled_give_way)
{
  static u8_t text[1000];
  static struct peer p[MEMP_NUM_TCP_PCB];
  struct peer fresh = tl_peer(700);
  unsigned n, i;

  begin();
  for (n = 0; n < MEMP_NUM_TCP_PCB; n++) {
    p[n] = tl_peer(n);
    p[n].wnd = 0;
    tl_open(&p[n]);
    tcp_write(app.pcb, text, 100, TCP_WRITE_FLAG_COPY);
    tcp_output(app.pcb);
    while (tl_take()) {}
  }
  for (i = 0; i < 300; i++) {
    lab_wait(1000);
    while (tl_take()) {
      struct peer *q = &p[tl_last.r.dport - 40000];

      tl_send_at(q, TCP_F_ACK, q->seq, q->ack, NULL, 0);
    }
  }
  ck_assert_uint_eq(app.errors, 0); /* MUST-37 */
  fresh.ip++;
  tl_send(&fresh, TCP_F_SYN, NULL, 0);
  while (tl_take()) {
    if (tl_last.r.flags & TCP_F_SYN) {
      fresh.ack = tl_last.r.seq + 1;
    }
  }
  tl_send(&fresh, TCP_F_ACK, NULL, 0);
  ck_assert_uint_eq(app.accepted, MEMP_NUM_TCP_PCB + 1);
  ck_assert_uint_eq(app.errors, 1);
}
END_TEST

START_TEST(tcp_21_text_where_it_does_not_belong)
{
  struct peer p = tl_peer(0), q = tl_peer(1);

  begin();
  tl_send(&p, TCP_F_SYN, "abc", 3);
  p.seq -= 3; /* not acknowledged: it comes again */
  tl_expect(&p, TCP_F_SYN | TCP_F_ACK);
  ck_assert_uint_eq(tl_last.r.ack, p.seq);
  tl_send(&p, TCP_F_ACK, "abc", 3);
  ck_assert_uint_eq(app.got, 3);
  tl_send_at(&q, TCP_F_SYN | TCP_F_FIN, q.seq, 0, "abc", 3);
  ck_assert_uint_eq(tcp_syn_count(), 0);
  tl_send(&p, TCP_F_ACK | TCP_F_FIN, "def", 3);
  ck_assert_uint_eq(app.got, 6);
  ck_assert_uint_eq(app.fins, 1);
  tl_send(&p, TCP_F_ACK, "ghi", 3); /* behind the FIN */
  ck_assert_uint_eq(app.got, 6);
  tl_send_at(&p, TCP_F_RST, p.seq - 3, 0, "reason", 6);
  ck_assert_uint_eq(app.errors, 1);
  ck_assert_uint_eq(app.got, 6);
  still_serves();
}
END_TEST

START_TEST(tcp_22_simultaneous_open)
{
  struct peer p = tl_peer(0);

  begin();
  tl_connect(&p);
  tl_send_at(&p, TCP_F_SYN | TCP_F_ACK, p.seq, p.ack + 5, NULL, 0); /* a wrong ACK */
  tl_expect(&p, TCP_F_RST);
  ck_assert_uint_eq(tl_last.r.seq, p.ack + 5);
  tl_send_at(&p, TCP_F_RST, p.seq, 0, NULL, 0); /* no ACK */
  tl_silent();
  tl_send_at(&p, TCP_F_FIN, p.seq, 0, NULL, 0);
  tl_silent();
  ck_assert_int_eq(app.pcb->state, SYN_SENT);
  tl_send(&p, TCP_F_SYN, NULL, 0); /* it crosses ours */
  ck_assert(tl_take());
  ck_assert_uint_eq(tl_last.r.flags, TCP_F_SYN | TCP_F_ACK);
  ck_assert_uint_eq(tl_last.r.seq + 1, p.ack);
  tl_send_at(&p, TCP_F_SYN | TCP_F_ACK, p.seq - 1, p.ack, NULL, 0);
  ck_assert_uint_eq(app.connected, 1);
  ck_assert_int_eq(app.pcb->state, ESTABLISHED);
  tcp_abort(app.pcb);
  still_serves();
}
END_TEST

/* To itself, by the same port: RFC 9293 3.5 calls it a simultaneous open. */
START_TEST(tcp_22_self_connect)
{
  struct tcp_pcb *c = NULL;
  ip_addr_t us = lab_ip(LAB_US);

  begin();
  c = tcp_new();
  tl_attach(c);
  ck_assert_int_eq(tcp_bind(c, &us, 5000), ERR_OK);
  ck_assert_int_eq(tcp_connect(c, &us, 5000, tl_on_connected), ERR_OK);
  lab_wait(100);
#if ENABLE_LOOPBACK
  netif_poll(&lab_nif);
  lab_wait(3000);
  netif_poll(&lab_nif);
  netif_poll(&lab_nif);
#endif
  if (c->prio != 0) {
    tcp_abort(c);
  }
  lab_wait(100000);
  still_serves();
}
END_TEST

START_TEST(tcp_25_checksum)
{
  static const u16_t sums[] = { 0, 0xffff, 0x1234 };
  struct peer p = tl_peer(0);
  unsigned i;

  begin();
  for (i = 0; i < LWIP_ARRAYSIZE(sums); i++) {
    u16_t len = header(seg, &p, TCP_F_SYN, 5);

    be16_put(seg + 16, sums[i]);
    tl_raw(&p, seg, len, false);
    tl_silent();
  }
  ck_assert_uint_eq(tl_drops(DROP_TCP_CHKSUM), 3); /* MUST-3 */
  still_serves();
}
END_TEST

START_TEST(tcp_28_half_closed)
{
  unsigned n;

  begin();
  for (n = 0; n < 20; n++) {
    struct peer p = tl_peer(n);

    tl_open(&p);
    tcp_close(app.pcb);
    tl_expect(&p, TCP_F_FIN | TCP_F_ACK);
    tl_send(&p, TCP_F_ACK, NULL, 0); /* and never a FIN */
    while (tl_take()) {}
  }
  ck_assert_uint_eq(lab_used(MEMP_TCP_PCB), 20);
  lab_wait(21000);
  ck_assert_uint_eq(lab_used(MEMP_TCP_PCB), 0);
  still_serves();
}
END_TEST

/* More than there are pcbs: the half-closed give way. */
START_TEST(tcp_28_more_than_there_are)
{
  unsigned n;

  begin();
  for (n = 0; n < 3 * MEMP_NUM_TCP_PCB; n++) {
    struct peer p = tl_peer(n);

    tl_send(&p, TCP_F_SYN, NULL, 0);
    while (tl_take()) {
      if (tl_last.r.flags & TCP_F_SYN) { /* besides, a reset for the one that goes */
        p.ack = tl_last.r.seq + 1;
      }
    }
    tl_send(&p, TCP_F_ACK, NULL, 0);
    tcp_close(app.pcb);
    while (tl_take()) {
      if (tl_last.r.dport == p.port && (tl_last.r.flags & TCP_F_FIN)) {
        p.ack++;
      }
    }
    tl_send(&p, TCP_F_ACK, NULL, 0);
  }
  ck_assert_uint_eq(app.accepted, 3 * MEMP_NUM_TCP_PCB);
  lab_wait(60000);
  still_serves();
}
END_TEST

/* Resets are rationed. */
/* Text takes buffers until two are left; acknowledgements still come in, and when a buffer is back, text does too. */
START_TEST(the_last_buffers_are_for_acknowledgements)
{
  struct peer p = tl_peer(0);
  struct pbuf *held = NULL, *q;
  u8_t x[100] = { 1 };

  begin();
  tl_open(&p);
  while (lwip_stats.memp[MEMP_PBUF_POOL]->used < PBUF_POOL_SIZE - 2) {
    q = pbuf_alloc(PBUF_RAW, 1, PBUF_POOL);
    q->next = held;
    held = q;
  }
  ck_assert_int_eq(tcp_write(app.pcb, x, 100, 0), ERR_OK);
  ck_assert_int_eq(tcp_output(app.pcb), ERR_OK);
  tl_expect(&p, TCP_F_ACK);
  tl_send_at(&p, TCP_F_ACK | TCP_F_FIN, p.seq, p.ack, x, 100);
  ck_assert_uint_eq(app.sent, 100);
  ck_assert_uint_eq(app.got, 0);
  ck_assert_uint_eq(app.fins, 0);
  ck_assert_uint_eq(tl_drops(DROP_TCP_MEM), 1);
  q = held;
  held = held->next;
  q->next = NULL;
  pbuf_free(q);
  tl_send(&p, TCP_F_ACK | TCP_F_FIN, x, 100);
  ck_assert_uint_eq(app.got, 100);
  ck_assert_uint_eq(app.fins, 1);
  while (held != NULL) {
    q = held;
    held = held->next;
    q->next = NULL;
    pbuf_free(q);
  }
  tcp_abort(app.pcb);
  while (tl_take()) {}
  still_serves();
}
END_TEST

START_TEST(resets_are_limited)
{
  struct peer p = tl_peer(0);
  unsigned i, n = 0;

  begin();
  p.to = 9;
  for (i = 0; i < 1000; i++) {
    tl_send(&p, TCP_F_SYN, NULL, 0);
    while (tl_take()) {
      ck_assert(tl_last.r.flags & TCP_F_RST);
      n++;
    }
  }
  ck_assert_uint_le(n, LWIP_X_TCP_RST_RATE);
  ck_assert_uint_ge(n, LWIP_X_TCP_RST_RATE / 2);
  still_serves();
}
END_TEST

/* ETH-07, RFC 1122 4.2.3.10: nothing for a group. */
START_TEST(groups)
{
  struct peer p = tl_peer(0);
  struct lab_ip ip = { LAB_PEER, LAB_BCAST, 6, 0, 0, 0, NULL, 0 };
  u16_t len;
  static u8_t b[100];

  begin();
  len = header(seg, &p, TCP_F_SYN, 5);
  tl_fill_sum(seg, len, LAB_PEER, LAB_BCAST);
  lab_rx_ip(&ip, seg, len);
  tl_silent();
  ip.dst = LAB_US;
  tl_fill_sum(seg, len, LAB_PEER, LAB_US);
  lab_rx_on(&lab_nif, b, lab_build(b, &ip, seg, len), PBUF_FLAG_LLBCAST, 0);
  tl_silent();
  ck_assert_uint_ge(tl_drops(DROP_TCP_GROUP), 1); /* or IP did not let it pass */
  still_serves();
}
END_TEST

/* The header in pieces, as a driver with small buffers gives it. */
START_TEST(scattered)
{
  struct peer p = tl_peer(0);
  struct lab_ip ip = { LAB_PEER, LAB_US, 6, 0, 0, 0, NULL, 0 };
  static u8_t b[2000];
  u16_t len, piece;

  begin();
  tl_open(&p);
  for (piece = 1; piece < 60; piece++) {
    len = header(seg, &p, TCP_F_ACK, 8);
    memset(seg + 20, 1, 12);
    memcpy(seg + len, "scattered", 9);
    tl_fill_sum(seg, (u16_t)(len + 9), LAB_PEER, LAB_US);
    lab_rx_on(&lab_nif, b, lab_build(b, &ip, seg, (u16_t)(len + 9)), 0, piece);
    p.seq += 9;
    while (tl_take()) {}
  }
  ck_assert_uint_eq(app.got, 59 * 9);
  ck_assert_int_eq(memcmp(app.text + 58 * 9, "scattered", 9), 0);
  tcp_abort(app.pcb);
  still_serves();
}
END_TEST

static void add_tests(TCase *c)
{
  tcase_add_test(c, tcp_01_truncated);
  tcase_add_test(c, tcp_02_data_offset);
  tcase_add_test(c, tcp_03_urgent);
  tcase_add_test(c, tcp_04_urgent_half_open);
  tcase_add_test(c, tcp_06_options_cut);
  tcase_add_test(c, tcp_07_tiny_mss);
  tcase_add_test(c, tcp_09_sack_lies);
  tcase_add_test(c, tcp_10_all_flags);
  tcase_add_test(c, tcp_12_blind_syn);
  tcase_add_test(c, tcp_13_blind_text);
  tcase_add_test(c, tcp_16_out_of_order_flood);
  tcase_add_test(c, tcp_16_gaps_are_not_for_ever);
  tcase_add_test(c, tcp_18_optimistic_ack);
  tcase_add_test(c, tcp_19_zero_window);
  tcase_add_test(c, tcp_19_stalled_give_way);
  tcase_add_test(c, tcp_21_text_where_it_does_not_belong);
  tcase_add_test(c, tcp_22_simultaneous_open);
  tcase_add_test(c, tcp_22_self_connect);
  tcase_add_test(c, tcp_25_checksum);
  tcase_add_test(c, tcp_28_half_closed);
  tcase_add_test(c, tcp_28_more_than_there_are);
  tcase_add_test(c, the_last_buffers_are_for_acknowledgements);
  tcase_add_test(c, resets_are_limited);
  tcase_add_test(c, groups);
  tcase_add_test(c, scattered);
}
LAB_MAIN("tcp_bad_inputs")
