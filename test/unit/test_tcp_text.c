/** Text in order and out of order (RFC 9293 3.10.7.4 seventh, RFC 5681 4.2), and SACK blocks about it (RFC 2018). */
#include "tcp_engine_lab.h"

static u32_t told; /* octets delivered so far */

/* A segment of text; what it delivers must be the next octets of the stream. */
static void text(u32_t at, u16_t len, u8_t more_flags)
{
  (void)lab_arrives((u8_t)(TCP_F_ACK | more_flags), PEER + at, US, len);
  if (ev.what & TCP_EV_TEXT) {
    u16_t n = ev.p->tot_len;

    lab_delivered(PEER + told, n);
    told += n;
  } else {
    lab_delivered(0, 0);
  }
}

static void begin(void)
{
  lab_connection(ESTABLISHED);
  pcb->flags |= TF_SACK;
  told = 0;
}

struct arrival {
  u32_t at;
  u16_t len;
};
struct order_row {
  const char *what;
  u32_t total;
  struct arrival a[8];
};

/* clang-format off */
static const struct order_row orders[] = {
  { "in order",                       300, { { 0, 100 }, { 100, 100 }, { 200, 100 } } },
  { "reversed",                       300, { { 200, 100 }, { 100, 100 }, { 0, 100 } } },
  { "a gap filled last",              400, { { 100, 100 }, { 300, 100 }, { 200, 100 }, { 0, 100 } } },
  { "the same again",                 200, { { 100, 100 }, { 100, 100 }, { 0, 100 }, { 0, 100 } } },
  { "overlapping the one in front",   250, { { 100, 100 }, { 150, 100 }, { 0, 100 } } },
  { "overlapping the one behind",     250, { { 150, 100 }, { 100, 100 }, { 0, 100 } } },
  { "covering several",               500, { { 100, 10 }, { 200, 10 }, { 300, 10 }, { 0, 500 } } },
  { "inside of one",                  300, { { 100, 200 }, { 150, 50 }, { 0, 100 } } },
  { "filling more than the gap",      300, { { 200, 100 }, { 0, 250 } } },
  { "filling the gap with old text",  300, { { 0, 100 }, { 200, 100 }, { 50, 150 } } },
  { "one octet at a time, reversed",    4, { { 3, 1 }, { 2, 1 }, { 1, 1 }, { 0, 1 } } },
};
/* clang-format on */

START_TEST(every_order)
{
  const struct order_row *r = &orders[_i];
  unsigned i;

  begin();
  for (i = 0; i < 8 && r->a[i].len > 0; i++) {
    text(r->a[i].at, r->a[i].len, 0);
  }
  if (told < r->total) { /* what was cut away comes again, as from a real peer */
    text(told, (u16_t)(r->total - told), 0);
  }
  ck_assert_msg(told == r->total, "%s: %u of %u", r->what, (unsigned)told, (unsigned)r->total);
  ck_assert_ptr_null(pcb->ooseq);
  ck_assert_uint_eq(pcb->rcv_nxt, PEER + r->total);
  ck_assert_uint_eq(pcb->rcv_wnd, 10000 - r->total);
  lab_done();
}
END_TEST

START_TEST(fin_out_of_order)
{
  begin();
  text(100, 100, TCP_F_FIN);
  ck_assert(!(ev.what & TCP_EV_FIN));
  text(0, 100, 0);
  ck_assert(ev.what & TCP_EV_FIN);
  ck_assert_uint_eq(told, 200);
  ck_assert_uint_eq(pcb->rcv_nxt, PEER + 201);
  ck_assert_int_eq(pcb->state, CLOSE_WAIT);
  lab_done();
}
END_TEST

START_TEST(fin_alone_out_of_order)
{
  begin();
  text(200, 0, TCP_F_FIN);
  text(100, 100, 0);
  text(250, 50, 0); /* TCP-21: behind the FIN: not used */
  text(0, 100, 0);
  ck_assert(ev.what & TCP_EV_FIN);
  ck_assert_uint_eq(told, 200);
  lab_done();
}
END_TEST

/* RFC 5681 4.2: every segment out of order, and the one that fills the gap, are acknowledged at once. */
START_TEST(duplicate_acks_at_once)
{
  begin();
  text(100, 100, 0);
  ck_assert(pcb->flags & TF_ACK_NOW);
  ck_assert_uint_eq(lab_push(), 1);
  text(200, 100, 0);
  ck_assert(pcb->flags & TF_ACK_NOW);
  (void)lab_push();
  text(0, 100, 0);
  ck_assert(pcb->flags & TF_ACK_NOW);
  lab_done();
}
END_TEST

/* RFC 9293 SHLD-18, SHLD-19. */
START_TEST(every_second_segment)
{
  begin();
  text(0, 100, 0);
  ck_assert(!(pcb->flags & TF_ACK_NOW));
  ck_assert_uint_le(tcp_timer_next(pcb, lab_now), 200);
  text(100, 100, 0);
  ck_assert(pcb->flags & TF_ACK_NOW);
  lab_done();
}
END_TEST

/* TCP-16: 400 octets alone, in reverse order, with overlaps, the gap never filled. */
START_TEST(a_flood_is_bounded)
{
  u32_t i;

  begin();
  for (i = 400; i > 0; i--) {
    text(i * 2, (u16_t)(1 + i % 3), 0);
    ck_assert_uint_le(tcp_ooseq_count, LWIP_MIN(MEMP_NUM_TCP_SEG, PBUF_POOL_SIZE) / 4);
  }
  ck_assert_uint_eq(told, 0);
  text(0, 900, 0); /* the connection works */
  ck_assert_uint_ge(told, 900);
  lab_done();
}
END_TEST

/* SegmentSmack: single octets hold a whole receive buffer each; and one connection does not keep the others from using any. */
START_TEST(others_get_their_share)
{
  const u16_t max = LWIP_MIN(MEMP_NUM_TCP_SEG, PBUF_POOL_SIZE) / 4;
  struct tcp_pcb *first;
  u32_t i;

  begin();
  for (i = 1; i < 400; i++) {
    text(i * 2, 1, 0);
  }
  ck_assert_uint_eq(tcp_ooseq_count, max);
  ck_assert_uint_eq(lwip_stats.memp[MEMP_PBUF_POOL]->used, max);
  first = pcb;
  pcb = tcp_alloc(TCP_PRIO_NORMAL);
  *pcb = *first;
  memset(&pcb->timer, 0, sizeof pcb->timer);
  tcp_timer_of(pcb)->ring = lab_no_ring;
  pcb->ooseq = NULL;
  for (i = 1; i < 400; i++) {
    text(i * 2, 1, 0);
  }
  ck_assert_uint_eq(tcp_ooseq_count, max);
  ck_assert_ptr_nonnull(pcb->ooseq);
  ck_assert_ptr_nonnull(first->ooseq);
  timer_stop(tcp_timer_of(pcb));
  tcp_queue_purge(pcb);
  memp_free(MEMP_TCP_PCB, pcb);
  ck_assert_uint_le(tcp_ooseq_count, max / 2 + 1);
  pcb = first;
  lab_done();
}
END_TEST

/* What waits and never gets what it waits for is given up. */
START_TEST(waiting_ends)
{
  begin();
  text(100, 100, 0);
  ck_assert_ptr_nonnull(pcb->ooseq);
  ck_assert_uint_ne(tcp_timer_next(pcb, lab_now), TCP_NEVER);
  (void)lab_push();
  lab_now += tcp_timer_next(pcb, lab_now);
  memset(&ev, 0, sizeof ev);
  ck_assert_int_eq(tcp_timer_ring(pcb, lab_now, &ev), TCP_OK);
  ck_assert_ptr_null(pcb->ooseq);
  ck_assert_uint_eq(tcp_timer_next(pcb, lab_now), TCP_NEVER);
  lab_done();
}
END_TEST

/* RFC 9293 3.10.7.4: with a closed window the ACK counts, the text does not. */
START_TEST(closed_window)
{
  begin();
  ck_assert_int_eq(lab_write(100, TCP_WRITE_FLAG_COPY), ERR_OK);
  (void)lab_push();
  pcb->rcv_wnd = pcb->rcv_ann_wnd = 0;
  ck_assert_int_eq(lab_arrives(TCP_F_ACK, PEER, US + 100, 10), TCP_OK);
  lab_delivered(0, 0);
  ck_assert_uint_eq(pcb->lastack, US + 100);
  ck_assert(pcb->flags & TF_ACK_NOW);
  ck_assert_int_eq(lab_arrives(TCP_F_RST, PEER, US, 0), TCP_RESET); /* MUST-66 */
  lab_done();
}
END_TEST

/* RFC 9293 3.6.1, SHLD-3: text for a receiver that is closed is answered by a reset. */
START_TEST(text_nobody_wants)
{
  begin();
  pcb->flags |= TF_RXCLOSED;
  ck_assert_int_eq(lab_arrives(TCP_F_ACK, PEER, US, 10), TCP_KILL);
  lab_delivered(0, 0);
  lab_done();
}
END_TEST

/* Refused text is the program's problem: no more is taken until it was. */
START_TEST(refused_text_blocks)
{
  begin();
  pcb->refused_data = pbuf_alloc(PBUF_RAW, 1, PBUF_RAM);
  ck_assert_int_eq(lab_arrives(TCP_F_ACK, PEER, US, 10), TCP_OK);
  lab_delivered(0, 0);
  ck_assert_uint_eq(pcb->rcv_nxt, PEER);
  ck_assert(pcb->flags & TF_ACK_NOW);
  lab_done();
}
END_TEST

/* More than 65535 octets waiting for one gap come in several chains. */
START_TEST(more_than_a_chain_can_hold)
{
  u32_t at;

  begin();
  pcb->rcv_wnd = pcb->rcv_ann_wnd = 80000;
  for (at = 1400; at < 56 * 1400; at += 1400) {
    text(at, 1400, 0);
  }
  text(0, 1400, 0);
  ck_assert_uint_le(told, 65535);
  memset(&ev, 0, sizeof ev);
  ck_assert(tcp_text_more(pcb, &ev, lab_now));
  ck_assert(ev.what & TCP_EV_TEXT);
  told += ev.p->tot_len;
  ck_assert_uint_eq(told, 56 * 1400);
  ck_assert(!tcp_text_more(pcb, &(struct tcp_events){ NULL, 0, 0, 0 }, lab_now));
  lab_done();
}
END_TEST

/* Many random arrivals of one stream: the stream is what comes out. */
START_TEST(random_arrivals)
{
  unsigned i;
  unsigned long x = 12345u + (unsigned)_i * 7919u;

  begin();
  for (i = 0; i < 4000 && told < 9000; i++) {
    u32_t at;
    u16_t len;

    x = x * 6364136223846793005ul + 1442695040888963407ul;
    at = told + (u32_t)(x >> 33) % 900;
    at = at > 50 ? at - 50 : 0;
    len = (u16_t)(1 + (x >> 50) % 200);
    text(at, (u16_t)LWIP_MIN(len, 9500 - at), 0);
    ck_assert_uint_eq(pcb->rcv_nxt, PEER + told);
  }
  ck_assert_uint_ge(told, 9000);
  lab_done();
}
END_TEST

/* ---- SACK ---- */

static void blocks_are(unsigned n, const struct tcp_sack_range *want)
{
  u8_t o[8 * LWIP_TCP_MAX_SACK_NUM];
  unsigned i;

  ck_assert_uint_eq(tcp_sack_emit(pcb, o), n);
  for (i = 0; i < n; i++) {
    ck_assert_uint_eq(be32_get(o + 8 * i) - PEER, want[i].left);
    ck_assert_uint_eq(be32_get(o + 8 * i + 4) - PEER, want[i].right);
  }
}

/* RFC 2018 section 4: the first block holds the newest segment; others follow, the most recently reported first. */
START_TEST(sack_blocks)
{
  begin();
  text(100, 100, 0);
  blocks_are(1, (struct tcp_sack_range[]){ { 100, 200 } });
  text(300, 100, 0);
  blocks_are(2, (struct tcp_sack_range[]){ { 300, 400 }, { 100, 200 } });
  text(500, 100, 0);
  blocks_are(3, (struct tcp_sack_range[]){ { 500, 600 }, { 300, 400 }, { 100, 200 } });
  text(200, 100, 0); /* two become one, and come first */
  blocks_are(2, (struct tcp_sack_range[]){ { 100, 400 }, { 500, 600 } });
  text(0, 50, 0);
  blocks_are(2, (struct tcp_sack_range[]){ { 100, 400 }, { 500, 600 } });
  text(50, 50, 0);
  blocks_are(1, (struct tcp_sack_range[]){ { 500, 600 } });
  text(400, 100, 0);
  blocks_are(0, NULL);
  lab_done();
}
END_TEST

START_TEST(sack_has_room_for_a_few)
{
  u32_t i;

  begin();
  for (i = 1; i <= 10; i++) {
    text(i * 200, 100, 0);
  }
  blocks_are(4, (struct tcp_sack_range[]){ { 2000, 2100 }, { 1800, 1900 }, { 1600, 1700 }, { 1400, 1500 } });
  tcp_free_ooseq(pcb);
  blocks_are(0, NULL);
  lab_done();
}
END_TEST

/* One that had no room is told again when two others have become one. */
START_TEST(sack_comes_back)
{
  u32_t i;

  begin();
  for (i = 1; i <= 5; i++) {
    text(i * 200, 100, 0);
  }
  blocks_are(4, (struct tcp_sack_range[]){ { 1000, 1100 }, { 800, 900 }, { 600, 700 }, { 400, 500 } });
  text(500, 100, 0);
  blocks_are(4, (struct tcp_sack_range[]){ { 400, 700 }, { 1000, 1100 }, { 800, 900 }, { 200, 300 } });
  lab_done();
}
END_TEST

static void add(TCase *c)
{
  tcase_add_loop_test(c, every_order, 0, (int)LWIP_ARRAYSIZE(orders));
  tcase_add_test(c, fin_out_of_order);
  tcase_add_test(c, fin_alone_out_of_order);
  tcase_add_test(c, duplicate_acks_at_once);
  tcase_add_test(c, every_second_segment);
  tcase_add_test(c, a_flood_is_bounded);
  tcase_add_test(c, others_get_their_share);
  tcase_add_test(c, waiting_ends);
  tcase_add_test(c, closed_window);
  tcase_add_test(c, text_nobody_wants);
  tcase_add_test(c, refused_text_blocks);
  tcase_add_test(c, more_than_a_chain_can_hold);
  tcase_add_loop_test(c, random_arrivals, 0, 10);
  tcase_add_test(c, sack_blocks);
  tcase_add_test(c, sack_has_room_for_a_few);
  tcase_add_test(c, sack_comes_back);
}
LAB_SUITE("tcp_text", add)
