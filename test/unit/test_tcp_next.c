/** What may be sent now: windows, Nagle, silly windows, probes (RFC 9293 3.7.4, 3.8.6). */
#include "tcp_engine_lab.h"

static struct tcp_send s;

static bool next(void)
{
  bool yes = tcp_next(pcb, lab_now, &s);

  if (yes) {
    tcp_sent_it(pcb, &s, lab_now);
  }
  return yes;
}

static void ring(void)
{
  u32_t wait = tcp_timer_next(pcb, lab_now);

  ck_assert_uint_ne(wait, TCP_NEVER);
  lab_now += wait;
  memset(&ev, 0, sizeof ev);
  ck_assert_int_eq(tcp_timer_ring(pcb, lab_now, &ev), TCP_OK);
}

static void window(u16_t wnd, u32_t ack)
{
  struct tcp_repr r = lab_segment(TCP_F_ACK, PEER, US + ack, 0);

  r.wnd = wnd;
  (void)lab_arrives_repr(&r);
  lab_delivered(0, 0);
}

/* SHLD-7, MUST-17 */
START_TEST(nagle)
{
  lab_connection(ESTABLISHED);
  ck_assert_int_eq(lab_write(10, TCP_WRITE_FLAG_COPY), ERR_OK);
  ck_assert(next()); /* nothing in flight: at once */
  ck_assert(s.r.flags & TCP_F_PSH);
  ck_assert_int_eq(lab_write(10, TCP_WRITE_FLAG_COPY), ERR_OK);
  ck_assert(!next());
  ck_assert_int_eq(lab_write(990, TCP_WRITE_FLAG_COPY), ERR_OK);
  ck_assert(next()); /* a full one */
  ck_assert_uint_eq(s.r.len, 1000);
  ck_assert_int_eq(lab_write(10, TCP_WRITE_FLAG_COPY), ERR_OK);
  ck_assert(!next());
  tcp_nagle_disable(pcb);
  ck_assert(next());
  tcp_nagle_enable(pcb);
  ck_assert_int_eq(lab_write(10, TCP_WRITE_FLAG_COPY), ERR_OK);
  ck_assert(!next());
  window(20000, 1010);
  ck_assert(!next()); /* something still is in flight */
  window(20000, 1020);
  ck_assert(next());
  lab_done();
}
END_TEST

START_TEST(the_window_limits)
{
  lab_connection(ESTABLISHED);
  pcb->snd_wnd = 2500;
  ck_assert_int_eq(lab_write(5000, TCP_WRITE_FLAG_COPY), ERR_OK);
  ck_assert(next() && next());
  ck_assert(!next()); /* 500 left: not worth a segment (MUST-38) */
  window(2500, 1000);
  ck_assert(next());
  ck_assert(!next());
  lab_done();
}
END_TEST

/* MUST-34, SHLD-15: a window that shrinks. */
START_TEST(the_window_shrinks)
{
  lab_connection(ESTABLISHED);
  ck_assert_int_eq(lab_write(5000, TCP_WRITE_FLAG_COPY), ERR_OK);
  ck_assert(next() && next());
  window(500, 0); /* less than what is in flight */
  ck_assert(!next());
  window(20000, 2000);
  ck_assert(next());
  lab_done();
}
END_TEST

/* MUST-35, MUST-36, SHLD-29, SHLD-30 */
START_TEST(closed_window_is_probed)
{
  u32_t waits[4];
  int i;

  lab_connection(ESTABLISHED);
  pcb->snd_wnd = 0;
  ck_assert_int_eq(lab_write(1000, TCP_WRITE_FLAG_COPY), ERR_OK);
  ck_assert(!next());
  for (i = 0; i < 4; i++) {
    waits[i] = tcp_timer_next(pcb, lab_now);
    ring();
    ck_assert(next());
    ck_assert(s.probe);
    ck_assert_uint_eq(s.r.len, 1);
    ck_assert_uint_eq(s.r.seq, US);
    ck_assert(!next());
    window(0, 0);
  }
  ck_assert_uint_eq(waits[0], 1000);
  ck_assert_uint_ge(waits[1], 2000);
  ck_assert_uint_ge(waits[2], 4000);
  ck_assert_uint_ge(waits[3], 8000);
  window(0, 1); /* the octet was taken, the window is still closed */
  ck_assert(!next());
  ring();
  ck_assert(next());
  ck_assert_uint_eq(s.r.seq, US + 1);
  ck_assert_uint_eq(s.probe_at, 1);
  window(20000, 2);
  ck_assert(next());
  ck_assert(!s.probe);
  ck_assert_uint_eq(s.r.seq + s.r.len, US + 1000);
  window(20000, 1000);
  ck_assert_uint_eq(tcp_timer_next(pcb, lab_now), TCP_NEVER);
  lab_done();
}
END_TEST

/* MUST-37: as long as probes are answered; TCP-19: not for ever if they are not. */
START_TEST(probing_ends_only_without_answer)
{
  int i;
  enum tcp_verdict v = TCP_OK;

  lab_connection(ESTABLISHED);
  pcb->snd_wnd = 0;
  ck_assert_int_eq(lab_write(1000, TCP_WRITE_FLAG_COPY), ERR_OK);
  ck_assert(!next());
  for (i = 0; i < 100; i++) {
    ring();
    ck_assert(next());
    window(0, 0);
  }
  for (i = 0; i < 100 && v == TCP_OK; i++) {
    lab_now += tcp_timer_next(pcb, lab_now);
    v = tcp_timer_ring(pcb, lab_now, &ev);
    (void)next();
  }
  ck_assert_int_eq(v, TCP_KILL);
  ck_assert_int_le(i, TCP_MAXRTX + 1);
  lab_done();
}
END_TEST

/* TCP-19: nobody here cares any more. */
START_TEST(an_orphan_probes_for_some_minutes)
{
  u32_t begun = lab_now;
  enum tcp_verdict v = TCP_OK;

  lab_connection(ESTABLISHED);
  pcb->snd_wnd = 0;
  ck_assert_int_eq(lab_write(1000, TCP_WRITE_FLAG_COPY), ERR_OK);
  pcb->flags |= TF_X_ORPHAN;
  ck_assert_int_eq(tcp_finish(pcb, lab_now), TCP_OK);
  ck_assert(!next());
  while (v == TCP_OK) {
    lab_now += tcp_timer_next(pcb, lab_now);
    v = tcp_timer_ring(pcb, lab_now, &ev);
    (void)next();
    window(0, 0);
  }
  ck_assert_int_eq(v, TCP_KILL);
  ck_assert_uint_le(lab_now - begun, 300000);
  lab_done();
}
END_TEST

/* RFC 9293 3.8.6.2.1 (4): the override timeout. */
START_TEST(a_window_smaller_than_the_segment)
{
  lab_connection(ESTABLISHED);
  ck_assert_int_eq(lab_write(1000, TCP_WRITE_FLAG_COPY), ERR_OK);
  pcb->snd_wnd = 300;
  ck_assert(!next());
  ring();
  ck_assert(next());
  ck_assert(!s.probe);
  ck_assert_uint_eq(s.r.len, 300);
  window(300, 300);
  ck_assert(!next());
  ring();
  ck_assert(next());
  ck_assert_uint_eq(s.r.len, 300);
  ck_assert_uint_eq(s.r.seq, US + 300);
  lab_done();
}
END_TEST

START_TEST(fin_goes_with_the_last_text)
{
  lab_connection(ESTABLISHED);
  ck_assert_int_eq(lab_write(1500, TCP_WRITE_FLAG_COPY), ERR_OK);
  ck_assert_int_eq(tcp_finish(pcb, lab_now), TCP_OK);
  ck_assert(next());
  ck_assert(!(s.r.flags & TCP_F_FIN));
  ck_assert(next());
  ck_assert(s.r.flags & TCP_F_FIN);
  ck_assert_uint_eq(pcb->snd_nxt, US + 1501);
  ck_assert(!next());
  ring(); /* lost: everything again */
  ck_assert(next());
  ck_assert_uint_eq(s.r.seq, US);
  window(20000, 1000);
  ck_assert(next());
  ck_assert(s.r.flags & TCP_F_FIN);
  window(20000, 1501);
  ck_assert_int_eq(pcb->state, FIN_WAIT_2);
  ck_assert(!next());
  lab_done();
}
END_TEST

START_TEST(fin_alone_is_sent_again)
{
  lab_connection(CLOSE_WAIT);
  ck_assert_int_eq(tcp_finish(pcb, lab_now), TCP_OK);
  ck_assert(next());
  ck_assert_uint_eq(s.r.flags, TCP_F_FIN | TCP_F_ACK);
  ck_assert(!next());
  ring();
  ck_assert(next());
  ck_assert_uint_eq(s.r.flags, TCP_F_FIN | TCP_F_ACK);
  ck_assert_uint_eq(s.r.seq, US);
  lab_done();
}
END_TEST

/* All text arrived, the FIN did not: it is not waited for a second timeout. */
START_TEST(fin_lost_behind_text)
{
  lab_connection(ESTABLISHED);
  ck_assert_int_eq(lab_write(1000, TCP_WRITE_FLAG_COPY), ERR_OK);
  ck_assert(next());
  ck_assert_int_eq(tcp_finish(pcb, lab_now), TCP_OK);
  ck_assert(next());
  ring();
  ck_assert(next());
  window(20000, 1000);
  ck_assert(next());
  ck_assert(s.r.flags & TCP_F_FIN);
  lab_done();
}
END_TEST

START_TEST(fin_waits_for_the_window)
{
  lab_connection(ESTABLISHED);
  pcb->snd_wnd = 0;
  ck_assert_int_eq(tcp_finish(pcb, lab_now), TCP_OK);
  ck_assert(!next());
  ring();
  ck_assert(next());
  ck_assert(s.probe && (s.r.flags & TCP_F_FIN));
  window(100, 0);
  ck_assert(next());
  ck_assert(!s.probe && (s.r.flags & TCP_F_FIN));
  lab_done();
}
END_TEST

/* Closed before the handshake was done: RFC 9293 3.10.4. */
START_TEST(fin_after_the_handshake)
{
  lab_connection(SYN_RCVD);
  pcb->snd_nxt = US + 1;
  ck_assert_int_eq(lab_write(10, TCP_WRITE_FLAG_COPY), ERR_OK);
  ck_assert_int_eq(tcp_finish(pcb, lab_now), TCP_OK);
  ck_assert_int_eq(lab_arrives(TCP_F_ACK, PEER, US + 1, 0), TCP_OK);
  ck_assert_int_eq(pcb->state, FIN_WAIT_1);
  ck_assert(next());
  ck_assert_uint_eq(s.r.seq, US + 1);
  ck_assert_uint_eq(s.r.len, 10);
  ck_assert(s.r.flags & TCP_F_FIN);
  lab_done();
}
END_TEST

START_TEST(text_written_before_the_handshake)
{
  lab_connection(SYN_SENT);
  ck_assert(next());
  ck_assert_int_eq(lab_write(10, TCP_WRITE_FLAG_COPY), ERR_OK);
  ck_assert_uint_eq(pcb->unsent->seq, US + 1);
  ck_assert(!next());
  ck_assert_int_eq(lab_arrives(TCP_F_SYN | TCP_F_ACK, PEER - 1, US + 1, 0), TCP_OK);
  ck_assert(next());
  ck_assert_uint_eq(s.r.seq, US + 1);
  lab_done();
}
END_TEST

/* SHLD-14 and the receiver's half of silly windows, MUST-39. */
START_TEST(announcing)
{
  lab_connection(ESTABLISHED);
  pcb->rcv_wnd = 5000;
  pcb->rcv_ann_wnd = 5000;
  ck_assert_uint_eq(tcp_announce(pcb), 5000);
  pcb->rcv_wnd = 5100; /* 100 more: not worth telling */
  ck_assert_uint_eq(tcp_announce(pcb), 5000);
  pcb->rcv_wnd = 5000 + TCP_MSS;
  ck_assert_uint_eq(tcp_announce(pcb), 5000 + TCP_MSS);
  lab_done();
}
END_TEST

START_TEST(window_updates)
{
  lab_connection(ESTABLISHED);
  pcb->rcv_wnd = pcb->rcv_ann_wnd = 0;
  ck_assert(!tcp_window_opened(pcb, 100));
  ck_assert(tcp_window_opened(pcb, (u16_t)TCP_WND_UPDATE_THRESHOLD));
  (void)tcp_announce(pcb);
  ck_assert(!tcp_window_opened(pcb, 1));
  ck_assert(tcp_window_opened(pcb, 65535));
  ck_assert(tcp_window_opened(pcb, 65535)); /* no more than there is */
  ck_assert_uint_le(pcb->rcv_wnd, TCP_WND);
  lab_done();
}
END_TEST

static void add(TCase *c)
{
  tcase_add_test(c, nagle);
  tcase_add_test(c, the_window_limits);
  tcase_add_test(c, the_window_shrinks);
  tcase_add_test(c, closed_window_is_probed);
  tcase_add_test(c, probing_ends_only_without_answer);
  tcase_add_test(c, an_orphan_probes_for_some_minutes);
  tcase_add_test(c, a_window_smaller_than_the_segment);
  tcase_add_test(c, fin_goes_with_the_last_text);
  tcase_add_test(c, fin_alone_is_sent_again);
  tcase_add_test(c, fin_lost_behind_text);
  tcase_add_test(c, fin_waits_for_the_window);
  tcase_add_test(c, fin_after_the_handshake);
  tcase_add_test(c, text_written_before_the_handshake);
  tcase_add_test(c, announcing);
  tcase_add_test(c, window_updates);
}
LAB_SUITE("tcp_next", add)
