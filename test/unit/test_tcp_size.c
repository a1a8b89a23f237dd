/** Buffers that size themselves: growing with what the program takes and with the congestion window, sharing, giving back. */
#include "tcp/tcp_size.h"
#include "lwip/x_tcp.h"
#include "tcp_engine_lab.h"

enum { RTT = 50, START = 4000 };

/* An established connection with small buffers, its round trip measured; with window scaling. */
static void begin(void)
{
  lab_connection(ESTABLISHED);
  tcp_size_init(pcb);
  pcb->flags |= TF_WND_SCALE;
  pcb->rcv_wnd = pcb->rcv_ann_wnd = pcb->x_rcv_size = START;
  pcb->snd_buf = pcb->x_snd_size = START;
  pcb->x_autosize = 1;
  pcb->sa = 2 * RTT;
  pcb->x_rcv_since = lab_now;
}

/* The peer fills the window, and the program takes it, once in ms; a round trip is measured by what comes at its end. */
static void round_trip(u32_t octets, u32_t ms)
{
  u16_t half = (u16_t)(octets / 2);

  lab_now += ms / 2;
  pcb->rcv_wnd = pcb->rcv_ann_wnd = (tcpwnd_size_t)(pcb->rcv_wnd - 2u * half);
  (void)tcp_window_opened(pcb, tcp_size_read(pcb, half, lab_now));
  lab_now += ms - ms / 2;
  (void)tcp_window_opened(pcb, tcp_size_read(pcb, half, lab_now));
}

/* What the window allows in each round trip: it doubles until it is TCP_WND, and all of it is free again each time. */
START_TEST(window_doubles)
{
  u32_t before;
  int i;

  begin();
  for (i = 0; i < 12 && pcb->x_rcv_size < TCP_WND; i++) {
    before = LWIP_MIN((u32_t)pcb->x_rcv_size, 100000u);
    round_trip(before, RTT);
    ck_assert_uint_le(pcb->x_rcv_size, TCP_WND);
    ck_assert_uint_ge(pcb->x_rcv_size, LWIP_MIN(before * 2 - 2 * RTT, (u32_t)TCP_WND));
    ck_assert_uint_eq(pcb->rcv_wnd, pcb->x_rcv_size);
    ck_assert_uint_eq(TCP_WND_MAX(pcb), pcb->x_rcv_size);
  }
  ck_assert_uint_eq(pcb->x_rcv_size, TCP_WND);
  tcp_size_leave(pcb);
  lab_done();
}
END_TEST

/* Less than half a window in a round trip: it is large enough.  rows: slow peer, long time, not switched on */
START_TEST(window_stays)
{
  int i;

  begin();
  pcb->x_autosize = _i != 2;
  for (i = 0; i < 20; i++) {
    round_trip(_i == 0 ? START / 2 - 200 : START, _i == 1 ? RTT * 3 : RTT);
  }
  ck_assert_uint_eq(pcb->x_rcv_size, START);
  ck_assert_uint_eq(pcb->rcv_wnd, START);
  lab_done();
}
END_TEST

/* Without window scaling 65535 is the end. */
START_TEST(window_without_scaling)
{
  int i;

  begin();
  pcb->flags &= (tcpflags_t)~TF_WND_SCALE;
  for (i = 0; i < 12; i++) {
    round_trip(LWIP_MIN((u32_t)pcb->x_rcv_size, 100000u), RTT);
  }
  ck_assert_uint_eq(pcb->x_rcv_size, LWIP_MIN((u32_t)TCP_WND, 0xffffu));
  tcp_size_leave(pcb);
  lab_done();
}
END_TEST

/* Small windows are told of in quarters. */
START_TEST(window_updates)
{
  begin();
  pcb->rcv_wnd = pcb->rcv_ann_wnd = 0;
  ck_assert(!tcp_window_opened(pcb, START / 4 - 1));
  ck_assert(tcp_window_opened(pcb, 1));
  lab_done();
}
END_TEST

/* All grow by LWIP_X_TCP_WND_SHARED at most; who stops reading much gives it back as it reads, who ends at once. */
START_TEST(window_shared)
{
  struct tcp_pcb *all[200];
  u32_t extra = 0, was;
  unsigned n = 0, i;

  for (i = 0; i < 30; i++) {
    begin();
    all[n++] = pcb;
    while (pcb->x_rcv_size < TCP_WND) {
      was = pcb->x_rcv_size;
      round_trip(LWIP_MIN(was, 100000u), RTT);
      if (pcb->x_rcv_size == was) {
        break;
      }
    }
    extra += pcb->x_rcv_size - START;
    if (pcb->x_rcv_size < TCP_WND) {
      break;
    }
  }
  ck_assert_uint_eq(extra, LWIP_X_TCP_WND_SHARED);
  pcb = all[0];
  for (i = 0; i < 2000 && pcb->x_rcv_size > START; i++) {
    pcb->rcv_wnd = (tcpwnd_size_t)(pcb->rcv_wnd - 500);
    pcb->rcv_ann_wnd = LWIP_MIN(pcb->rcv_ann_wnd, pcb->rcv_wnd);
    lab_now += 1000;
    (void)tcp_window_opened(pcb, tcp_size_read(pcb, 500, lab_now));
    ck_assert_uint_eq(pcb->rcv_wnd, pcb->x_rcv_size);
    ck_assert_uint_ge(pcb->rcv_wnd, pcb->rcv_ann_wnd); /* never taken back */
  }
  ck_assert_uint_lt(pcb->x_rcv_size, START + 4 * 500);
  pcb = all[n - 1];
  was = pcb->x_rcv_size;
  pcb->x_rcv_since = lab_now;
  round_trip(LWIP_MIN(was, 100000u), RTT);
  ck_assert_uint_gt(pcb->x_rcv_size, was);
  while (n > 0) {
    pcb = all[--n];
    tcp_size_leave(pcb);
    tcp_size_leave(pcb); /* twice does no harm */
    timer_stop(tcp_timer_of(pcb));
    memp_free(MEMP_TCP_PCB, pcb);
  }
}
END_TEST

/* The program fills the buffer: it becomes two congestion windows. */
START_TEST(send_buffer_follows_cwnd)
{
  u32_t room;

  begin();
  pcb->cwnd = 10000;
  ck_assert_int_eq(lab_write(START, TCP_WRITE_FLAG_COPY), ERR_OK);
  ck_assert_uint_eq(pcb->snd_buf, 0);
  room = tcp_size_acked(pcb, 1000);
  ck_assert_uint_eq(room, 1000);
  ck_assert_uint_eq(pcb->x_snd_size, 20000);
  ck_assert_uint_eq(pcb->snd_buf, 16000);
  ck_assert_uint_ge(tcp_queue_room(pcb), 15000); /* and it is no lie */
  ck_assert_int_eq(lab_write((u16_t)tcp_queue_room(pcb), TCP_WRITE_FLAG_COPY), ERR_OK);
  pcb->cwnd = 4 * TCP_SND_BUF;
  (void)tcp_size_acked(pcb, 1000);
  ck_assert_uint_le(pcb->x_snd_size, TCP_SND_BUF);
  tcp_size_leave(pcb);
  lab_done();
}
END_TEST

/* A program that does not fill it needs no more; a window that collapsed gives back what is acknowledged. */
START_TEST(send_buffer_stays_and_shrinks)
{
  u32_t was, room;

  begin();
  pcb->cwnd = 10000;
  ck_assert_int_eq(lab_write(1000, TCP_WRITE_FLAG_COPY), ERR_OK);
  ck_assert_uint_eq(tcp_size_acked(pcb, 1000), 1000);
  ck_assert_uint_eq(pcb->x_snd_size, START);
  ck_assert_int_eq(lab_write(3000, TCP_WRITE_FLAG_COPY), ERR_OK);
  (void)tcp_size_acked(pcb, 1000);
  ck_assert_uint_eq(pcb->x_snd_size, 20000);
  pcb->cwnd = 1000;
  was = pcb->x_snd_size;
  room = tcp_size_acked(pcb, 1500);
  ck_assert_uint_eq(room, 0);
  ck_assert_uint_eq(pcb->x_snd_size, was - 1500);
  tcp_size_fix(pcb, 30000);
  ck_assert_uint_eq(pcb->x_snd_size, LWIP_MIN(30000u, (u32_t)TCP_SND_BUF));
  ck_assert_uint_eq(tcp_size_acked(pcb, 10), 10);
  tcp_size_leave(pcb);
  lab_done();
}
END_TEST

START_TEST(calls)
{
  lwip_init();
  pcb = tcp_new();
  ck_assert_int_eq(lwip_x_tcp_autosize(NULL, TCP_WND, TCP_SND_BUF), ERR_ARG);
  ck_assert_int_eq(lwip_x_tcp_autosize(pcb, TCP_MSS - 1, TCP_SND_BUF), ERR_VAL);
  ck_assert_int_eq(lwip_x_tcp_autosize(pcb, TCP_MSS, TCP_SND_BUF + 1), ERR_VAL);
  ck_assert_int_eq(lwip_x_tcp_autosize(pcb, TCP_MSS, TCP_MSS), ERR_VAL);
  ck_assert_int_eq(lwip_x_tcp_autosize(pcb, 2 * TCP_MSS, 3 * TCP_MSS), ERR_OK);
  ck_assert_uint_eq(pcb->rcv_wnd, 2 * TCP_MSS);
  ck_assert_uint_eq(tcp_sndbuf(pcb), 3 * TCP_MSS);
  ck_assert_int_eq(lwip_x_tcp_autosize_end(pcb, 4 * TCP_MSS), ERR_OK);
  ck_assert_uint_eq(tcp_sndbuf(pcb), 4 * TCP_MSS);
  tcp_abort(pcb);
}
END_TEST

static void add(TCase *c)
{
  tcase_add_test(c, window_doubles);
  tcase_add_loop_test(c, window_stays, 0, 3);
  tcase_add_test(c, window_without_scaling);
  tcase_add_test(c, window_updates);
  tcase_add_test(c, window_shared);
  tcase_add_test(c, send_buffer_follows_cwnd);
  tcase_add_test(c, send_buffer_stays_and_shrinks);
  tcase_add_test(c, calls);
}
LAB_SUITE("tcp_size", add)
