/** select and poll. */
#include "suite.h"

void call_poll(struct call *c);
void call_select(struct call *c);

static int select1(int s, int r, int w, int e, int ms, int *which)
{
  fd_set rs, ws, es;
  struct timeval tv = { ms / 1000, (ms % 1000) * 1000 };
  int n;

  FD_ZERO(&rs);
  FD_ZERO(&ws);
  FD_ZERO(&es);
  if (r) {
    FD_SET(s, &rs);
  }
  if (w) {
    FD_SET(s, &ws);
  }
  if (e) {
    FD_SET(s, &es);
  }
  n = select(s + 1, r ? &rs : NULL, w ? &ws : NULL, e ? &es : NULL, &tv);
  *which = (FD_ISSET(s, &rs) ? 1 : 0) | (FD_ISSET(s, &ws) ? 2 : 0) | (FD_ISSET(s, &es) ? 4 : 0);
  return n;
}

CASE46(select_nothing_ready)
{
  int u = udp_bound(fam), which;

  IS(select1(u, 1, 0, 0, 0, &which), 0);
  IS(which, 0);
}

CASE46(select_times_out)
{
  int u = udp_bound(fam), which;
  long t = now_ms();

  IS(select1(u, 1, 0, 0, 60, &which), 0);
  TRUE(now_ms() - t >= 55);
}

CASE46(select_readable)
{
  int s[2], which;

  tcp_pair(fam, s);
  IS(send(s[0], "x", 1, 0), 1);
  IS(select1(s[1], 1, 0, 0, 2000, &which), 1);
  IS(which, 1);
}

CASE46(select_counts_each_set)
{
  int s[2], which;

  tcp_pair(fam, s);
  IS(send(s[0], "x", 1, 0), 1);
  wait_readable(s[1]);
  IS(select1(s[1], 1, 1, 1, 2000, &which), 2);
  IS(which, 3);
}

CASE46(select_writable)
{
  int s[2], u = udp(fam), which;

  tcp_pair(fam, s);
  IS(select1(s[0], 0, 1, 0, 0, &which), 1);
  IS(which, 2);
  IS(select1(u, 0, 1, 0, 0, &which), 1);
}

CASE46(select_eof_is_readable)
{
  int s[2], which;

  tcp_pair(fam, s);
  OK(close(s[1]));
  IS(select1(s[0], 1, 0, 0, 2000, &which), 1);
}

CASE46(select_reset_is_readable_and_writable)
{
  int s[2], which;

  tcp_pair(fam, s);
  reset(s[1]);
  pause_ms(20);
  IS(select1(s[0], 1, 1, 1, 2000, &which), 2);
  IS(which, 3);
}

CASE46(select_listener_readable)
{
  int l = listener(fam, 1), c = tcp(fam), which;
  addr_t a = name_of(l);

  IS(select1(l, 1, 0, 0, 0, &which), 0);
  OK(connect(c, &a.sa, len_of(fam)));
  IS(select1(l, 1, 0, 0, 2000, &which), 1);
}

CASE(select_bad_descriptor)
{
  fd_set r;
  struct timeval tv = { 0, 0 };
  int s = udp(AF_INET);

  FD_ZERO(&r);
  FD_SET(s, &r);
  OK(close(s));
  FAILS(select(s + 1, &r, NULL, NULL, &tv), EBADF);
}

CASE(select_negative_count)
{
  FAILS(select(-1, NULL, NULL, NULL, NULL), EINVAL);
}

CASE(select_negative_timeout)
{
  struct timeval tv = { -1, 0 };

  FAILS(select(0, NULL, NULL, NULL, &tv), EINVAL);
}

CASE(select_is_a_sleep)
{
  struct timeval tv = { 0, 50000 };
  long t = now_ms();

  OK(select(0, NULL, NULL, NULL, &tv));
  TRUE(now_ms() - t >= 45);
}

CASE46(select_many)
{
  int s[4][2], i, top = 0;
  fd_set r;
  struct timeval tv = { 2, 0 };

  FD_ZERO(&r);
  for (i = 0; i < 4; i++) {
    udp_pair(fam, s[i]);
    FD_SET(s[i][1], &r);
    top = s[i][1] > top ? s[i][1] : top;
  }
  IS(send(s[2][0], "x", 1, 0), 1);
  IS(select(top + 1, &r, NULL, NULL, &tv), 1);
  TRUE(FD_ISSET(s[2][1], &r));
  TRUE(!FD_ISSET(s[0][1], &r));
}

CASE46(select_wakes)
{
  int s[2];
  struct call c;

  udp_pair(fam, s);
  call_start(&c, call_select, s[1]);
  TRUE(!call_ends(&c, 30));
  IS(send(s[0], "x", 1, 0), 1);
  MUST(call_ends(&c, 2000));
  IS(c.result, 1);
}

CASE46(poll_nothing)
{
  int u = udp_bound(fam);

  IS(poll1(u, POLLIN, 0), 0);
  OK(poll(NULL, 0, 0));
}

CASE46(poll_times_out)
{
  int u = udp_bound(fam);
  long t = now_ms();

  IS(poll1(u, POLLIN, 60), 0);
  TRUE(now_ms() - t >= 55);
}

CASE46(poll_in_and_out)
{
  int s[2];

  tcp_pair(fam, s);
  IS(poll1(s[0], POLLIN | POLLOUT, 0), POLLOUT);
  IS(send(s[1], "x", 1, 0), 1);
  wait_readable(s[0]);
  IS(poll1(s[0], POLLIN | POLLOUT, 0), POLLIN | POLLOUT);
  IS(poll1(s[0], POLLIN, 0), POLLIN);
}

CASE46(poll_normal_bands)
{
  int s[2];

  tcp_pair(fam, s);
  IS(send(s[1], "x", 1, 0), 1);
  wait_readable(s[0]);
  IS(poll1(s[0], POLLRDNORM | POLLWRNORM, 0), POLLRDNORM | POLLWRNORM);
  IS(poll1(s[0], POLLPRI, 0), 0);
}

CASE46(poll_peer_closed)
{
  int s[2];

  tcp_pair(fam, s);
  OK(close(s[1]));
  wait_readable(s[0]);
  IS(poll1(s[0], POLLIN | POLLOUT, 0), POLLIN | POLLOUT);
}

CASE46(poll_rdhup)
{
  int s[2];

  tcp_pair(fam, s);
  IS(poll1(s[0], POLLRDHUP, 0), 0);
  OK(shutdown(s[1], SHUT_WR));
  IS(poll1(s[0], POLLIN | POLLRDHUP, 2000), POLLIN | POLLRDHUP);
}

CASE46(poll_both_shut)
{
  int s[2];

  tcp_pair(fam, s);
  OK(shutdown(s[0], SHUT_WR));
  OK(shutdown(s[1], SHUT_WR));
  pause_ms(20);
  IS(poll1(s[0], POLLIN | POLLOUT, 0), POLLIN | POLLOUT | POLLHUP);
}

CASE46(poll_reset)
{
  int s[2];

  tcp_pair(fam, s);
  reset(s[1]);
  pause_ms(20);
  IS(poll1(s[0], POLLIN | POLLOUT, 0), POLLIN | POLLOUT | POLLERR | POLLHUP);
  IS(poll1(s[0], 0, 0), POLLERR | POLLHUP);
}

CASE46(poll_after_error_taken)
{
  int s[2];
  char b;

  tcp_pair(fam, s);
  reset(s[1]);
  pause_ms(20);
  FAILS(recv(s[0], &b, 1, 0), ECONNRESET);
  IS(poll1(s[0], POLLIN | POLLOUT, 0), POLLIN | POLLOUT | POLLHUP);
}

CASE46(poll_fresh_tcp)
{
  int s = tcp(fam);

  IS(poll1(s, POLLIN | POLLOUT, 0), POLLOUT | POLLHUP);
}

CASE46(poll_bound_tcp)
{
  int s = tcp(fam);
  addr_t a = lo(fam, 0);

  OK(bind(s, &a.sa, len_of(fam)));
  IS(poll1(s, POLLIN | POLLOUT, 0), POLLOUT | POLLHUP);
}

CASE46(poll_listener)
{
  int l = listener(fam, 1), c = tcp(fam);
  addr_t a = name_of(l);

  IS(poll1(l, POLLIN | POLLOUT, 0), 0);
  OK(connect(c, &a.sa, len_of(fam)));
  IS(poll1(l, POLLIN | POLLOUT, 2000), POLLIN);
}

CASE46(poll_listener_counts_down)
{
  int l = listener(fam, 4), c = tcp(fam), d = tcp(fam);
  addr_t a = name_of(l);

  OK(connect(c, &a.sa, len_of(fam)));
  OK(connect(d, &a.sa, len_of(fam)));
  TRUE(accept(l, NULL, NULL) >= 0);
  IS(poll1(l, POLLIN, 2000), POLLIN);
  TRUE(accept(l, NULL, NULL) >= 0);
  IS(poll1(l, POLLIN, 0), 0);
}

CASE46(poll_udp)
{
  int s[2];

  udp_pair(fam, s);
  IS(poll1(s[1], POLLIN | POLLOUT, 0), POLLOUT);
  IS(send(s[0], "x", 1, 0), 1);
  IS(poll1(s[1], POLLIN, 2000), POLLIN);
  char b;
  IS(recv(s[1], &b, 1, 0), 1);
  IS(poll1(s[1], POLLIN, 0), 0);
}

CASE46(poll_empty_datagram)
{
  int s[2];

  udp_pair(fam, s);
  IS(send(s[0], "", 0, 0), 0);
  IS(poll1(s[1], POLLIN, 2000), POLLIN);
}

CASE46(poll_partly_read_stream)
{
  int s[2];
  char b[4];

  tcp_pair(fam, s);
  IS(send(s[0], "abc", 3, 0), 3);
  IS(recv(s[1], b, 1, 0), 1);
  IS(poll1(s[1], POLLIN, 0), POLLIN);
  IS(recv(s[1], b, 4, 0), 2);
  IS(poll1(s[1], POLLIN, 0), 0);
}

CASE46(poll_peek_leaves_readable)
{
  int s[2];
  char b[4];

  tcp_pair(fam, s);
  IS(send(s[0], "abc", 3, 0), 3);
  IS(recv(s[1], b, 4, MSG_PEEK), 3);
  IS(poll1(s[1], POLLIN, 0), POLLIN);
}

CASE46(poll_shut_for_reading)
{
  int s[2];

  tcp_pair(fam, s);
  OK(shutdown(s[0], SHUT_RD));
  IS(poll1(s[0], POLLIN, 0), POLLIN);
}

CASE46(poll_udp_shut_for_reading)
{
  int s[2];

  udp_pair(fam, s);
  OK(shutdown(s[0], SHUT_RD));
  IS(poll1(s[0], POLLIN, 0), POLLIN);
}

CASE(poll_bad_descriptors)
{
  struct pollfd p[3] = { { 900, POLLIN, 0 }, { -1, POLLIN, 77 }, { 0, POLLOUT, 0 } };

  p[2].fd = udp(AF_INET);
  IS(poll(p, 3, 1000), 2);
  IS(p[0].revents, POLLNVAL);
  IS(p[1].revents, 0);
  IS(p[2].revents, POLLOUT);
}

CASE46(poll_many)
{
  int s[4][2], i;
  struct pollfd p[4];

  for (i = 0; i < 4; i++) {
    udp_pair(fam, s[i]);
    p[i].fd = s[i][1];
    p[i].events = POLLIN;
  }
  IS(send(s[1][0], "x", 1, 0), 1);
  IS(send(s[3][0], "x", 1, 0), 1);
  pause_ms(20);
  IS(poll(p, 4, 1000), 2);
  IS(p[0].revents, 0);
  IS(p[1].revents, POLLIN);
  IS(p[3].revents, POLLIN);
}

CASE46(poll_same_descriptor_twice)
{
  int s[2];
  struct pollfd p[2];

  tcp_pair(fam, s);
  p[0].fd = p[1].fd = s[0];
  p[0].events = POLLIN;
  p[1].events = POLLOUT;
  IS(poll(p, 2, 1000), 1);
  IS(p[0].revents, 0);
  IS(p[1].revents, POLLOUT);
}

CASE46(poll_wakes_for_data)
{
  int s[2];
  struct call c;

  tcp_pair(fam, s);
  call_start(&c, call_poll, s[1]);
  TRUE(!call_ends(&c, 30));
  IS(send(s[0], "x", 1, 0), 1);
  MUST(call_ends(&c, 2000));
  IS(c.arg, POLLIN);
}

CASE46(poll_wakes_for_connection)
{
  int l = listener(fam, 1), d = tcp(fam);
  struct call c;
  addr_t a = name_of(l);

  call_start(&c, call_poll, l);
  TRUE(!call_ends(&c, 30));
  OK(connect(d, &a.sa, len_of(fam)));
  MUST(call_ends(&c, 2000));
  IS(c.arg, POLLIN);
}

CASE46(poll_wakes_for_reset)
{
  int s[2];
  struct call c;

  tcp_pair(fam, s);
  call_start(&c, call_poll, s[1]);
  TRUE(!call_ends(&c, 30));
  reset(s[0]);
  MUST(call_ends(&c, 2000));
  IS(c.arg, POLLIN | POLLERR | POLLHUP);
}

CASE46(poll_wakes_two_threads)
{
  int s[2];
  struct call c, d;

  udp_pair(fam, s);
  call_start(&c, call_poll, s[1]);
  call_start(&d, call_poll, s[1]);
  pause_ms(30);
  IS(send(s[0], "x", 1, 0), 1);
  TRUE(call_ends(&c, 2000));
  TRUE(call_ends(&d, 2000));
}

static void call_poll_out(struct call *c)
{
  struct pollfd p = { c->s, POLLOUT, 0 };

  c->result = poll(&p, 1, 5000);
  c->arg = p.revents;
}

CASE46(poll_wakes_for_room)
{
  int s[2];
  struct call c;
  static char b[65536];

  tcp_pair(fam, s);
  fill(s[0]);
  call_start(&c, call_poll_out, s[0]);
  TRUE(!call_ends(&c, 30));
  while (!call_ends(&c, 0)) {
    if (recv(s[1], b, sizeof b, MSG_DONTWAIT) < 0) {
      pause_ms(5);
    }
  }
  IS(c.arg, POLLOUT);
}

CASE46(poll_timeout_minus_one_wakes)
{
  int s[2];
  struct call c;

  udp_pair(fam, s);
  IS(send(s[0], "x", 1, 0), 1);
  IS(poll1(s[1], POLLIN, -1), POLLIN);
  (void)c;
}
