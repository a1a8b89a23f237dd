/** Streams: send, recv and their flags, shutdown, linger, resets, closing while somebody waits. */
#include "suite.h"

/** Calls for other threads. */
void call_accept(struct call *c);
void call_recv(struct call *c);
void call_send(struct call *c);
void call_poll(struct call *c);
void call_select(struct call *c);

void call_accept(struct call *c)
{
  c->result = accept(c->s, NULL, NULL);
  c->err = errno;
}

void call_recv(struct call *c)
{
  char b[16];

  c->result = recv(c->s, b, sizeof b, 0);
  c->err = errno;
}

/** Send for ever. */
void call_send(struct call *c)
{
  static char block[65536];

  do {
    c->result = send(c->s, block, sizeof block, MSG_NOSIGNAL);
  } while (c->result > 0);
  c->err = errno;
}

void call_poll(struct call *c)
{
  struct pollfd p = { c->s, POLLIN, 0 };

  c->result = poll(&p, 1, 5000);
  c->err = errno;
  c->arg = p.revents;
}

void call_select(struct call *c)
{
  fd_set r;
  struct timeval tv = { 5, 0 };

  FD_ZERO(&r);
  FD_SET(c->s, &r);
  c->result = select(c->s + 1, &r, NULL, NULL, &tv);
  c->err = errno;
}

CASE46(stream_there_and_back)
{
  int s[2];
  char b[16];

  tcp_pair(fam, s);
  IS(send(s[0], "ping", 4, 0), 4);
  IS(recv(s[1], b, 16, 0), 4);
  TRUE(memcmp(b, "ping", 4) == 0);
  IS(send(s[1], "pong!", 5, 0), 5);
  IS(recv(s[0], b, 16, 0), 5);
  TRUE(memcmp(b, "pong!", 5) == 0);
}

CASE46(stream_has_no_borders)
{
  int s[2];
  char b[16];

  tcp_pair(fam, s);
  nodelay(s[0]);
  IS(send(s[0], "abc", 3, 0), 3);
  IS(send(s[0], "defg", 4, 0), 4);
  pause_ms(20);
  IS(recv(s[1], b, 5, 0), 5);
  TRUE(memcmp(b, "abcde", 5) == 0);
  IS(recv(s[1], b, 16, 0), 2);
}

CASE46(stream_read_write)
{
  int s[2];
  char b[16];

  tcp_pair(fam, s);
  IS(write(s[0], "hello", 5), 5);
  IS(read(s[1], b, 16), 5);
}

CASE46(stream_readv_writev)
{
  int s[2];
  char a[3], b[8];
  char one[] = "one", two[] = "twotwo";
  struct iovec w[3] = { { one, 3 }, { NULL, 0 }, { two, 6 } };
  struct iovec r[2] = { { a, 3 }, { b, 8 } };

  tcp_pair(fam, s);
  IS(writev(s[0], w, 3), 9);
  wait_readable(s[1]);
  IS(readv(s[1], r, 2), 9);
  TRUE(memcmp(a, "one", 3) == 0 && memcmp(b, "twotwo", 6) == 0);
}

CASE46(stream_iov_count)
{
  int s[2];
  char a[3];
  struct iovec v = { a, 3 };

  tcp_pair(fam, s);
  FAILS(readv(s[0], &v, -1), EINVAL);
  FAILS(writev(s[0], &v, -1), EINVAL);
  IS(writev(s[0], &v, 0), 0);
}

CASE46(stream_empty_send)
{
  int s[2];
  char b;

  tcp_pair(fam, s);
  IS(send(s[0], "", 0, 0), 0);
  FAILS(recv(s[1], &b, 1, MSG_DONTWAIT), EAGAIN);
}

CASE46(stream_empty_recv)
{
  int s[2];
  char b;

  tcp_pair(fam, s);
  IS(send(s[0], "x", 1, 0), 1);
  wait_readable(s[1]);
  IS(recv(s[1], &b, 0, 0), 0);
  IS(recv(s[1], &b, 1, 0), 1);
}

CASE46(stream_dontwait)
{
  int s[2];
  char b;

  tcp_pair(fam, s);
  FAILS(recv(s[0], &b, 1, MSG_DONTWAIT), EAGAIN);
  nonblock(s[0]);
  FAILS(recv(s[0], &b, 1, 0), EAGAIN);
  FAILS(read(s[0], &b, 1), EAGAIN);
}

CASE46(stream_peek)
{
  int s[2];
  char b[8] = "";

  tcp_pair(fam, s);
  IS(send(s[0], "abcdef", 6, 0), 6);
  wait_readable(s[1]);
  IS(recv(s[1], b, 3, MSG_PEEK), 3);
  IS(recv(s[1], b, 8, MSG_PEEK), 6);
  IS(recv(s[1], b, 2, 0), 2);
  IS(recv(s[1], b, 8, MSG_PEEK), 4);
  TRUE(memcmp(b, "cdef", 4) == 0);
  IS(recv(s[1], b, 8, 0), 4);
  FAILS(recv(s[1], b, 8, MSG_PEEK | MSG_DONTWAIT), EAGAIN);
}

/** Wait until @p octets can be received, for at most two seconds. */
static void wait_for_octets(int s, int octets)
{
  long end = now_ms() + 2000;
  int n = 0;

  while (n < octets && now_ms() < end) {
    MUST(ioctl(s, FIONREAD, &n) == 0);
    pause_ms(1);
  }
}

CASE46(stream_peek_over_segments)
{
  int s[2];
  char b[8];

  tcp_pair(fam, s);
  nodelay(s[0]);
  IS(send(s[0], "abc", 3, 0), 3);
  wait_for_octets(s[1], 3);
  IS(send(s[0], "def", 3, 0), 3);
  wait_for_octets(s[1], 6);
  IS(recv(s[1], b, 8, MSG_PEEK), 6);
  TRUE(memcmp(b, "abcdef", 6) == 0);
  IS(recv(s[1], b, 8, 0), 6);
}

static void send_later(struct call *c)
{
  pause_ms(40);
  c->result = send(c->s, "later", 5, 0);
}

CASE46(stream_waitall)
{
  int s[2];
  char b[8];
  struct call c;

  tcp_pair(fam, s);
  IS(send(s[0], "abc", 3, 0), 3);
  call_start(&c, send_later, s[0]);
  IS(recv(s[1], b, 8, MSG_WAITALL), 8);
  TRUE(memcmp(b, "abclater", 8) == 0);
  TRUE(call_ends(&c, 1000));
}

CASE46(stream_waitall_ends_with_fin)
{
  int s[2];
  char b[8];

  tcp_pair(fam, s);
  IS(send(s[0], "abc", 3, 0), 3);
  OK(shutdown(s[0], SHUT_WR));
  IS(recv(s[1], b, 8, MSG_WAITALL), 3);
  IS(recv(s[1], b, 8, MSG_WAITALL), 0);
}

CASE46(stream_waitall_times_out_with_part)
{
  int s[2];
  char b[8];

  tcp_pair(fam, s);
  timeout_ms(s[1], 60);
  IS(send(s[0], "abc", 3, 0), 3);
  IS(recv(s[1], b, 8, MSG_WAITALL), 3);
}

CASE46(stream_waitall_nonblocking_gives_what_is_there)
{
  int s[2];
  char b[8];

  tcp_pair(fam, s);
  IS(send(s[0], "abc", 3, 0), 3);
  wait_readable(s[1]);
  IS(recv(s[1], b, 8, MSG_WAITALL | MSG_DONTWAIT), 3);
}

CASE46(stream_trunc_discards)
{
  int s[2];
  char b[8] = "zzzzzzz";

  tcp_pair(fam, s);
  IS(send(s[0], "abcdef", 6, 0), 6);
  wait_readable(s[1]);
  IS(recv(s[1], b, 4, MSG_TRUNC), 4);
  IS(b[0], 'z');
  IS(recv(s[1], b, 8, 0), 2);
  TRUE(memcmp(b, "ef", 2) == 0);
}

CASE46(stream_recv_timeout)
{
  int s[2];
  char b;
  long t = now_ms();

  tcp_pair(fam, s);
  timeout_ms(s[0], 60);
  FAILS(recv(s[0], &b, 1, 0), EAGAIN);
  TRUE(now_ms() - t >= 55);
}

CASE46(stream_recvfrom_has_no_address)
{
  int s[2];
  addr_t a;
  socklen_t n = sizeof a;
  char b;

  tcp_pair(fam, s);
  IS(send(s[0], "x", 1, 0), 1);
  memset(&a, 0x55, sizeof a);
  IS(recvfrom(s[1], &b, 1, 0, &a.sa, &n), 1);
  IS(n, 0);
}

CASE46(stream_sendto_ignores_address)
{
  int s[2];
  addr_t a = lo(fam, 9);
  char b;

  tcp_pair(fam, s);
  IS(sendto(s[0], "x", 1, 0, &a.sa, len_of(fam)), 1);
  IS(recv(s[1], &b, 1, 0), 1);
}

CASE46(stream_oob_recv_refused)
{
  int s[2];
  char b;

  tcp_pair(fam, s);
  FAILS(recv(s[0], &b, 1, MSG_OOB), EINVAL);
}

CASE46(stream_oob_send)
{
  int s[2];

  tcp_pair(fam, s);
  IS(send(s[0], "x", 1, MSG_OOB), 1);
}

CASE46(stream_more_is_sent_with_the_rest)
{
  int s[2];
  char b[8];

  tcp_pair(fam, s);
  IS(send(s[0], "ab", 2, MSG_MORE), 2);
  IS(send(s[0], "cd", 2, 0), 2);
  IS(recv(s[1], b, 4, MSG_WAITALL), 4);
  TRUE(memcmp(b, "abcd", 4) == 0);
}

CASE46(stream_big)
{
  int s[2];
  struct call c;
  char *out = malloc(300000), *in = malloc(300000);
  size_t i, n = 0;
  ssize_t r;
  extern void call_send_big(struct call *);

  for (i = 0; i < 300000; i++) {
    out[i] = (char)(i * 7 + i / 251);
  }
  tcp_pair(fam, s);
  c.arg = (long)(intptr_t)out;
  call_start(&c, call_send_big, s[0]);
  while (n < 300000 && (r = recv(s[1], in + n, 300000 - n, 0)) > 0) {
    n += (size_t)r;
  }
  IS(n, 300000);
  TRUE(memcmp(in, out, 300000) == 0);
  TRUE(call_ends(&c, 3000));
  IS(c.result, 300000);
  free(out);
  free(in);
}

void call_send_big(struct call *c);
void call_send_big(struct call *c)
{
  c->result = send(c->s, (char *)(intptr_t)c->arg, 300000, 0);
  c->err = errno;
}

CASE46(stream_waitall_big)
{
  int s[2];
  struct call c;
  char *out = calloc(1, 300000), *in = malloc(300000);

  out[299999] = 'z';
  tcp_pair(fam, s);
  c.arg = (long)(intptr_t)out;
  call_start(&c, call_send_big, s[0]);
  IS(recv(s[1], in, 300000, MSG_WAITALL), 300000);
  IS(in[299999], 'z');
  TRUE(call_ends(&c, 3000));
  free(out);
  free(in);
}

CASE46(stream_full)
{
  int s[2];
  static char block[4096];

  tcp_pair(fam, s);
  TRUE(fill(s[0]) >= 4096);
  FAILS(send(s[0], block, 4096, MSG_DONTWAIT), EAGAIN);
  nonblock(s[0]);
  FAILS(send(s[0], block, 1, 0), EAGAIN);
  IS(poll1(s[0], POLLOUT, 0), 0);
}

CASE46(stream_nonblocking_send_takes_part)
{
  int s[2];
  size_t big = 64 * 1024 * 1024;
  char *block = calloc(1, big);
  ssize_t n;

  tcp_pair(fam, s);
  nonblock(s[0]);
  n = send(s[0], block, big, 0);
  TRUE(n > 0 && (size_t)n < big);
}

CASE46(stream_drains)
{
  int s[2];
  size_t sum, got = 0;
  static char b[65536];
  ssize_t n;

  tcp_pair(fam, s);
  sum = fill(s[0]);
  OK(shutdown(s[0], SHUT_WR));
  while ((n = recv(s[1], b, sizeof b, 0)) > 0) {
    got += (size_t)n;
  }
  IS(n, 0);
  IS(got, sum);
}

CASE46(stream_becomes_writable)
{
  int s[2];
  size_t sum, got = 0;
  static char b[65536];

  tcp_pair(fam, s);
  sum = fill(s[0]);
  IS(poll1(s[0], POLLOUT, 0), 0);
  while (got < sum) {
    ssize_t n = recv(s[1], b, sizeof b, 0);
    MUST(n > 0);
    got += (size_t)n;
  }
  IS(poll1(s[0], POLLOUT, 2000), POLLOUT);
  TRUE(send(s[0], b, 1, MSG_DONTWAIT) == 1);
}

CASE46(stream_send_timeout)
{
  int s[2];
  struct timeval tv = { 0, 60000 };
  static char b[65536];
  long t;

  tcp_pair(fam, s);
  fill(s[0]);
  OK(setsockopt(s[0], SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof tv));
  t = now_ms();
  while (send(s[0], b, sizeof b, 0) > 0) { /* a little room may have been left */
    t = now_ms();
  }
  TRUE(errno == EAGAIN);
  TRUE(now_ms() - t >= 50);
}

/* ---- shutdown ---- */

CASE46(shutdown_write_is_eof_for_peer)
{
  int s[2];
  char b[8];

  tcp_pair(fam, s);
  IS(send(s[0], "bye", 3, 0), 3);
  OK(shutdown(s[0], SHUT_WR));
  IS(recv(s[1], b, 8, 0), 3);
  IS(recv(s[1], b, 8, 0), 0);
  IS(recv(s[1], b, 8, 0), 0);
}

CASE46(shutdown_write_then_send)
{
  int s[2];

  tcp_pair(fam, s);
  OK(shutdown(s[0], SHUT_WR));
  FAILS(send(s[0], "x", 1, MSG_NOSIGNAL), EPIPE);
  FAILS(write(s[0], "x", 1), EPIPE);
}

CASE46(shutdown_write_still_receives)
{
  int s[2];
  char b[8];

  tcp_pair(fam, s);
  OK(shutdown(s[0], SHUT_WR));
  IS(send(s[1], "answer", 6, 0), 6);
  IS(recv(s[0], b, 8, 0), 6);
}

CASE46(shutdown_read_is_eof)
{
  int s[2];
  char b;

  tcp_pair(fam, s);
  OK(shutdown(s[0], SHUT_RD));
  IS(recv(s[0], &b, 1, 0), 0);
  IS(send(s[0], "x", 1, 0), 1);
  IS(recv(s[1], &b, 1, 0), 1);
}

CASE46(shutdown_read_gives_what_was_there)
{
  int s[2];
  char b[8];

  tcp_pair(fam, s);
  IS(send(s[1], "abc", 3, 0), 3);
  wait_readable(s[0]);
  OK(shutdown(s[0], SHUT_RD));
  IS(recv(s[0], b, 8, 0), 3);
  IS(recv(s[0], b, 8, 0), 0);
}

CASE46(shutdown_both)
{
  int s[2];
  char b;

  tcp_pair(fam, s);
  OK(shutdown(s[0], SHUT_RDWR));
  IS(recv(s[0], &b, 1, 0), 0);
  FAILS(send(s[0], &b, 1, MSG_NOSIGNAL), EPIPE);
  IS(recv(s[1], &b, 1, 0), 0);
}

CASE46(shutdown_twice)
{
  int s[2];

  tcp_pair(fam, s);
  OK(shutdown(s[0], SHUT_WR));
  OK(shutdown(s[0], SHUT_WR));
}

CASE46(shutdown_not_connected)
{
  int s = tcp(fam), u = udp(fam);

  FAILS(shutdown(s, SHUT_RD), ENOTCONN);
  FAILS(shutdown(s, SHUT_WR), ENOTCONN);
  FAILS(shutdown(u, SHUT_RDWR), ENOTCONN);
}

CASE46(shutdown_bad_how)
{
  int s[2];

  tcp_pair(fam, s);
  FAILS(shutdown(s[0], 3), EINVAL);
  FAILS(shutdown(s[0], -1), EINVAL);
}

CASE46(shutdown_wakes_reader)
{
  int s[2];
  struct call c;

  tcp_pair(fam, s);
  call_start(&c, call_recv, s[0]);
  TRUE(!call_ends(&c, 30));
  OK(shutdown(s[0], SHUT_RD));
  MUST(call_ends(&c, 2000));
  IS(c.result, 0);
}

CASE46(shutdown_wakes_writer)
{
  int s[2];
  struct call c;

  tcp_pair(fam, s);
  call_start(&c, call_send, s[0]);
  TRUE(!call_ends(&c, 60));
  OK(shutdown(s[0], SHUT_WR));
  MUST(call_ends(&c, 2000));
  TRUE(c.result == -1 && c.err == EPIPE);
}

CASE46(shutdown_listener_wakes_accept)
{
  int l = listener(fam, 1);
  struct call c;

  call_start(&c, call_accept, l);
  TRUE(!call_ends(&c, 30));
  OK(shutdown(l, SHUT_RD));
  MUST(call_ends(&c, 2000));
  TRUE(c.result == -1 && c.err == EINVAL);
}

CASE46(shutdown_both_ends_in_order)
{
  int s[2];
  char b[4];

  tcp_pair(fam, s);
  OK(shutdown(s[0], SHUT_WR));
  IS(recv(s[1], b, 4, 0), 0);
  IS(send(s[1], "z", 1, 0), 1);
  OK(shutdown(s[1], SHUT_WR));
  IS(recv(s[0], b, 4, 0), 1);
  IS(recv(s[0], b, 4, 0), 0);
  OK(close(s[0]));
  OK(close(s[1]));
}

CASE46(peername_after_both_shutdown)
{
  int s[2];
  addr_t a;
  socklen_t n = sizeof a;

  tcp_pair(fam, s);
  OK(shutdown(s[0], SHUT_WR));
  OK(getpeername(s[0], &a.sa, &n));
}

/* ---- close, linger, reset ---- */

CASE46(close_is_eof_for_peer)
{
  int s[2];
  char b[8];

  tcp_pair(fam, s);
  IS(send(s[0], "last", 4, 0), 4);
  OK(close(s[0]));
  IS(recv(s[1], b, 8, 0), 4);
  IS(recv(s[1], b, 8, 0), 0);
}

CASE46(close_with_unread_data_resets)
{
  int s[2];
  char b;

  tcp_pair(fam, s);
  IS(send(s[0], "unread", 6, 0), 6);
  wait_readable(s[1]);
  OK(close(s[1]));
  pause_ms(20);
  FAILS(recv(s[0], &b, 1, 0), ECONNRESET);
}

CASE46(send_to_closed_peer)
{
  int s[2];

  tcp_pair(fam, s);
  OK(close(s[1]));
  pause_ms(20);
  IS(send(s[0], "x", 1, MSG_NOSIGNAL), 1);
  pause_ms(20);
  FAILS(send(s[0], "x", 1, MSG_NOSIGNAL), EPIPE);
}

CASE46(linger_zero_resets)
{
  int s[2];
  char b;

  tcp_pair(fam, s);
  reset(s[0]);
  pause_ms(20);
  FAILS(recv(s[1], &b, 1, 0), ECONNRESET);
  IS(recv(s[1], &b, 1, 0), 0);
}

CASE46(reset_fails_send_once_with_its_error)
{
  int s[2];

  tcp_pair(fam, s);
  reset(s[0]);
  pause_ms(20);
  FAILS(send(s[1], "x", 1, MSG_NOSIGNAL), ECONNRESET);
  FAILS(send(s[1], "x", 1, MSG_NOSIGNAL), EPIPE);
}

CASE46(reset_by_so_error)
{
  int s[2];

  tcp_pair(fam, s);
  reset(s[0]);
  pause_ms(20);
  IS(int_opt(s[1], SOL_SOCKET, SO_ERROR), ECONNRESET);
  IS(int_opt(s[1], SOL_SOCKET, SO_ERROR), 0);
}

CASE46(reset_wakes_reader)
{
  int s[2];
  struct call c;

  tcp_pair(fam, s);
  call_start(&c, call_recv, s[1]);
  TRUE(!call_ends(&c, 30));
  reset(s[0]);
  MUST(call_ends(&c, 2000));
  TRUE(c.result == -1 && c.err == ECONNRESET);
}

CASE46(reset_wakes_writer)
{
  int s[2];
  struct call c;

  tcp_pair(fam, s);
  call_start(&c, call_send, s[1]);
  TRUE(!call_ends(&c, 60));
  reset(s[0]);
  MUST(call_ends(&c, 2000));
  TRUE(c.result == -1 && c.err == ECONNRESET);
}

CASE46(reset_peername)
{
  int s[2];
  addr_t a;
  socklen_t n = sizeof a;

  tcp_pair(fam, s);
  reset(s[0]);
  pause_ms(20);
  FAILS(getpeername(s[1], &a.sa, &n), ENOTCONN);
}

CASE46(linger_option)
{
  int s = tcp(fam);
  struct linger l = { -1, -1 };
  socklen_t n = sizeof l;

  OK(getsockopt(s, SOL_SOCKET, SO_LINGER, &l, &n));
  IS(n, sizeof l);
  IS(l.l_onoff, 0);
  l.l_onoff = 1;
  l.l_linger = 3;
  OK(setsockopt(s, SOL_SOCKET, SO_LINGER, &l, sizeof l));
  l.l_onoff = l.l_linger = 0;
  OK(getsockopt(s, SOL_SOCKET, SO_LINGER, &l, &n));
  IS(l.l_onoff, 1);
  IS(l.l_linger, 3);
}

CASE46(linger_waits_for_delivery)
{
  int s[2];
  struct linger l = { 1, 5 };
  long t;
  char b[8];

  tcp_pair(fam, s);
  OK(setsockopt(s[0], SOL_SOCKET, SO_LINGER, &l, sizeof l));
  IS(send(s[0], "data", 4, 0), 4);
  t = now_ms();
  OK(close(s[0]));
  TRUE(now_ms() - t < 2000);
  IS(recv(s[1], b, 8, 0), 4);
  IS(recv(s[1], b, 8, 0), 0);
}

CASE46(linger_gives_up)
{
  int s[2];
  struct linger l = { 1, 1 };
  long t;

  tcp_pair(fam, s);
  fill(s[0]);
  OK(setsockopt(s[0], SOL_SOCKET, SO_LINGER, &l, sizeof l));
  t = now_ms();
  OK(close(s[0]));
  t = now_ms() - t;
  TRUE(t >= 900 && t < 5000);
}

CASE46(close_without_linger_does_not_wait)
{
  int s[2];
  long t;

  tcp_pair(fam, s);
  fill(s[0]);
  t = now_ms();
  OK(close(s[0]));
  TRUE(now_ms() - t < 500);
}

CASE46(close_delivers_in_the_background)
{
  int s[2];
  size_t sum, got = 0;
  static char b[65536];
  ssize_t n;

  tcp_pair(fam, s);
  sum = fill(s[0]);
  OK(close(s[0]));
  while ((n = recv(s[1], b, sizeof b, 0)) > 0) {
    got += (size_t)n;
  }
  IS(n, 0);
  IS(got, sum);
}

/* POSIX leaves open what close() means for a thread that waits; ours wakes it. */

CASE46(close_wakes_reader)
{
  int s[2];
  struct call c;

  tcp_pair(fam, s);
  call_start(&c, call_recv, s[0]);
  TRUE(!call_ends(&c, 30));
  OK(close(s[0]));
  MUST(call_ends(&c, 500));
  TRUE(c.result == -1 && c.err == EBADF);
}

CASE46(close_wakes_accept)
{
  int l = listener(fam, 1);
  struct call c;

  call_start(&c, call_accept, l);
  TRUE(!call_ends(&c, 30));
  OK(close(l));
  MUST(call_ends(&c, 500));
  TRUE(c.result == -1 && c.err == EBADF);
}

CASE46(close_wakes_udp_reader)
{
  int u = udp_bound(fam);
  struct call c;

  call_start(&c, call_recv, u);
  TRUE(!call_ends(&c, 30));
  OK(close(u));
  MUST(call_ends(&c, 500));
  TRUE(c.result == -1 && c.err == EBADF);
}

CASE46(close_wakes_poll)
{
  int u = udp_bound(fam);
  struct call c;

  call_start(&c, call_poll, u);
  TRUE(!call_ends(&c, 30));
  OK(close(u));
  MUST(call_ends(&c, 500));
  IS(c.result, 1);
  IS(c.arg, POLLNVAL);
}

CASE46(close_wakes_writer)
{
  int s[2];
  struct call c;

  tcp_pair(fam, s);
  call_start(&c, call_send, s[0]);
  TRUE(!call_ends(&c, 60));
  OK(close(s[0]));
  MUST(call_ends(&c, 500));
  TRUE(c.result == -1 && c.err == EBADF);
}

CASE46(two_readers_share_a_stream)
{
  int s[2];
  struct call c, d;

  tcp_pair(fam, s);
  call_start(&c, call_recv, s[1]);
  call_start(&d, call_recv, s[1]);
  pause_ms(30);
  IS(send(s[0], "x", 1, 0), 1);
  pause_ms(50);
  IS(c.done + d.done, 1);
  IS(send(s[0], "y", 1, 0), 1);
  TRUE(call_ends(&c, 2000));
  TRUE(call_ends(&d, 2000));
  IS(c.result, 1);
  IS(d.result, 1);
}

CASE46(two_readers_see_the_end)
{
  int s[2];
  struct call c, d;

  tcp_pair(fam, s);
  call_start(&c, call_recv, s[1]);
  call_start(&d, call_recv, s[1]);
  pause_ms(30);
  OK(close(s[0]));
  TRUE(call_ends(&c, 2000));
  TRUE(call_ends(&d, 2000));
  IS(c.result, 0);
  IS(d.result, 0);
}

CASE46(reader_and_writer_at_once)
{
  int s[2];
  struct call r, w;
  static char b[65536];
  ssize_t n;
  size_t sum = 0;

  tcp_pair(fam, s);
  call_start(&r, call_recv, s[0]);
  call_start(&w, call_send, s[0]);
  while (sum < 400000) {
    MUST((n = recv(s[1], b, sizeof b, 0)) > 0);
    sum += (size_t)n;
  }
  IS(send(s[1], "z", 1, 0), 1);
  MUST(call_ends(&r, 2000));
  IS(r.result, 1);
  OK(shutdown(s[0], SHUT_WR));
  MUST(call_ends(&w, 2000));
}
