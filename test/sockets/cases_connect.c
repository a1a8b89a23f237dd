/** connect and accept: the ways a connection begins, or does not. */
#include "suite.h"

CASE46(connect_accept)
{
  int l = listener(fam, 1), c = tcp(fam), s;
  addr_t a = name_of(l), peer, me;
  socklen_t n = sizeof peer;

  OK(connect(c, &a.sa, len_of(fam)));
  memset(&peer, 0, sizeof peer);
  TRUE((s = accept(l, &peer.sa, &n)) >= 0);
  IS(n, len_of(fam));
  me = name_of(c);
  TRUE(same_addr(&peer, &me));
}

CASE46(connect_refused)
{
  int l = tcp(fam), c = tcp(fam);
  addr_t a = lo(fam, 0);

  OK(bind(l, &a.sa, len_of(fam)));
  a = name_of(l);
  FAILS(connect(c, &a.sa, len_of(fam)), ECONNREFUSED);
  IS(int_opt(c, SOL_SOCKET, SO_ERROR), 0);
}

CASE46(connect_again_after_refusal)
{
  int l = tcp(fam), c = tcp(fam);
  addr_t a = lo(fam, 0);

  OK(bind(l, &a.sa, len_of(fam)));
  a = name_of(l);
  FAILS(connect(c, &a.sa, len_of(fam)), ECONNREFUSED);
  OK(listen(l, 1));
  OK(connect(c, &a.sa, len_of(fam)));
}

CASE46(connect_when_connected)
{
  int s[2];
  addr_t a;

  tcp_pair(fam, s);
  a = peer_of(s[0]);
  FAILS(connect(s[0], &a.sa, len_of(fam)), EISCONN);
}

CASE46(connect_a_listener)
{
  int l = listener(fam, 1), m = listener(fam, 1);
  addr_t a = name_of(m);

  FAILS(connect(l, &a.sa, len_of(fam)), EISCONN);
}

CASE46(connect_short_address)
{
  int c = tcp(fam);
  addr_t a = lo(fam, 9);

  FAILS(connect(c, &a.sa, 4), EINVAL);
}

CASE46(connect_other_family)
{
  int c = tcp(fam);
  addr_t a = lo(fam, 9);

  a.sa.sa_family = 77;
  FAILS(connect(c, &a.sa, len_of(fam)), EAFNOSUPPORT);
}

CASE46(connect_nowhere)
{
  int c = tcp(fam);
  addr_t a = at(fam, fam == AF_INET ? "192.0.2.1" : "2001:db8::1", 9);

  FAILS(connect(c, &a.sa, len_of(fam)), ENETUNREACH);
}

CASE46(connect_keeps_bound_port)
{
  int l = listener(fam, 1), c = tcp(fam);
  addr_t a = lo(fam, 0), b;

  OK(bind(c, &a.sa, len_of(fam)));
  a = name_of(c);
  b = name_of(l);
  OK(connect(c, &b.sa, len_of(fam)));
  b = name_of(c);
  TRUE(same_addr(&a, &b));
}

CASE46(connect_any_is_this_host)
{
  int l = listener(fam, 1), c = tcp(fam);
  addr_t a = name_of(l), b = any(fam, port_in(&a));

  OK(connect(c, &b.sa, len_of(fam)));
}

CASE46(connect_nonblocking)
{
  int l = listener(fam, 1), c = tcp(fam), r;
  addr_t a = name_of(l);

  nonblock(c);
  r = connect(c, &a.sa, len_of(fam));
  TRUE(r == 0 || errno == EINPROGRESS);
  IS(poll1(c, POLLOUT, 2000), POLLOUT);
  IS(int_opt(c, SOL_SOCKET, SO_ERROR), 0);
  if (r != 0) {
    r = connect(c, &a.sa, len_of(fam));
    TRUE(r == 0 || errno == EISCONN);
  }
  FAILS(connect(c, &a.sa, len_of(fam)), EISCONN);
  IS(send(c, "x", 1, 0), 1);
}

CASE46(connect_nonblocking_refused)
{
  int l = tcp(fam), c = tcp(fam), r, ev;
  addr_t a = lo(fam, 0);

  OK(bind(l, &a.sa, len_of(fam)));
  a = name_of(l);
  nonblock(c);
  r = connect(c, &a.sa, len_of(fam));
  TRUE(r == -1 && (errno == EINPROGRESS || errno == ECONNREFUSED));
  if (r == -1 && errno == EINPROGRESS) {
    ev = poll1(c, POLLOUT, 2000);
    TRUE((ev & POLLOUT) != 0);
    TRUE((ev & POLLERR) != 0);
    TRUE((ev & POLLHUP) != 0);
    IS(int_opt(c, SOL_SOCKET, SO_ERROR), ECONNREFUSED);
    IS(int_opt(c, SOL_SOCKET, SO_ERROR), 0);
  }
}

CASE46(connect_nonblocking_refused_told_by_recv)
{
  int l = tcp(fam), c = tcp(fam);
  addr_t a = lo(fam, 0);
  char b;

  OK(bind(l, &a.sa, len_of(fam)));
  a = name_of(l);
  nonblock(c);
  FAILS2(connect(c, &a.sa, len_of(fam)), EINPROGRESS, ECONNREFUSED);
  if (poll1(c, POLLOUT, 2000) & POLLERR) {
    FAILS(recv(c, &b, 1, 0), ECONNREFUSED);
    IS(recv(c, &b, 1, 0), 0);
  }
}

CASE46(io_before_connect)
{
  int c = tcp(fam);
  char b = 0;

  FAILS2(send(c, &b, 1, MSG_NOSIGNAL), EPIPE, ENOTCONN);
  FAILS(recv(c, &b, 1, 0), ENOTCONN);
  FAILS(recv(c, &b, 1, MSG_DONTWAIT), ENOTCONN);
}

CASE46(accept_nonblocking)
{
  int l = listener(fam, 1);

  nonblock(l);
  FAILS(accept(l, NULL, NULL), EAGAIN);
}

CASE46(accept_not_listening)
{
  int c = tcp(fam), u = udp(fam);

  FAILS(accept(c, NULL, NULL), EINVAL);
  FAILS(accept(u, NULL, NULL), EOPNOTSUPP);
}

CASE46(accept_times_out)
{
  int l = listener(fam, 1);
  long t = now_ms();

  timeout_ms(l, 60);
  FAILS(accept(l, NULL, NULL), EAGAIN);
  TRUE(now_ms() - t >= 50);
}

CASE46(accept_in_order)
{
  int l = listener(fam, 4), c[3], s, i;
  addr_t a = name_of(l), me, peer;

  for (i = 0; i < 3; i++) {
    c[i] = tcp(fam);
    MUST(connect(c[i], &a.sa, len_of(fam)) == 0);
  }
  for (i = 0; i < 3; i++) {
    TRUE((s = accept(l, NULL, NULL)) >= 0);
    me = name_of(c[i]);
    peer = peer_of(s);
    TRUE(same_addr(&me, &peer));
  }
}

CASE46(accept_blocking_wakes)
{
  int l = listener(fam, 1), c = tcp(fam);
  struct call call;
  addr_t a = name_of(l);
  extern void call_accept(struct call *);

  call_start(&call, call_accept, l);
  TRUE(!call_ends(&call, 30));
  OK(connect(c, &a.sa, len_of(fam)));
  TRUE(call_ends(&call, 2000));
  TRUE(call.result >= 0);
}

CASE46(accept4_nonblocking_child)
{
  int l = listener(fam, 1), c = tcp(fam), s;
  addr_t a = name_of(l);
  char b;

  OK(connect(c, &a.sa, len_of(fam)));
  TRUE((s = accept4(l, NULL, NULL, SOCK_NONBLOCK)) >= 0);
  TRUE((fcntl(s, F_GETFL, 0) & O_NONBLOCK) != 0);
  FAILS(recv(s, &b, 1, 0), EAGAIN);
}

CASE46(accept4_bad_flags)
{
  int l = listener(fam, 1);

  FAILS(accept4(l, NULL, NULL, 3), EINVAL);
}

CASE46(accept_child_is_blocking)
{
  int l = listener(fam, 1), c = tcp(fam), s;
  addr_t a = name_of(l);

  OK(connect(c, &a.sa, len_of(fam)));
  wait_readable(l);
  nonblock(l);
  TRUE((s = accept(l, NULL, NULL)) >= 0);
  IS(fcntl(s, F_GETFL, 0) & O_NONBLOCK, 0);
}

CASE46(accept_address_is_cut)
{
  int l = listener(fam, 1), c = tcp(fam);
  addr_t a = name_of(l);
  unsigned char small[32];
  socklen_t n = 2;

  OK(connect(c, &a.sa, len_of(fam)));
  memset(small, 0xAA, sizeof small);
  TRUE(accept(l, (struct sockaddr *)small, &n) >= 0);
  IS(n, len_of(fam));
  IS(small[2], 0xAA);
}

CASE46(accept_data_before_accept)
{
  int l = listener(fam, 1), c = tcp(fam), s;
  addr_t a = name_of(l);
  char b[8];

  OK(connect(c, &a.sa, len_of(fam)));
  IS(send(c, "early", 5, 0), 5);
  OK(shutdown(c, SHUT_WR));
  TRUE((s = accept(l, NULL, NULL)) >= 0);
  IS(recv(s, b, 8, MSG_WAITALL), 5);
  IS(recv(s, b, 8, 0), 0);
}

CASE46(accept_peer_gone_before_accept)
{
  int l = listener(fam, 1), c = tcp(fam), s;
  addr_t a = name_of(l);
  char b;

  OK(connect(c, &a.sa, len_of(fam)));
  OK(close(c));
  pause_ms(20);
  TRUE((s = accept(l, NULL, NULL)) >= 0);
  IS(recv(s, &b, 1, 0), 0);
}

CASE46(accept_peer_reset_before_accept)
{
  int l = listener(fam, 1), c = tcp(fam), s;
  addr_t a = name_of(l);
  char b;

  OK(connect(c, &a.sa, len_of(fam)));
  reset(c);
  pause_ms(20);
  TRUE((s = accept(l, NULL, NULL)) >= 0);
  FAILS(recv(s, &b, 1, 0), ECONNRESET);
}

CASE46(close_listener_resets_waiting)
{
  int l = listener(fam, 1), c = tcp(fam);
  addr_t a = name_of(l);
  char b;

  OK(connect(c, &a.sa, len_of(fam)));
  pause_ms(10);
  OK(close(l));
  FAILS(recv(c, &b, 1, 0), ECONNRESET);
}

CASE46(connect_after_listener_closed)
{
  int l = listener(fam, 1), c = tcp(fam);
  addr_t a = name_of(l);

  OK(close(l));
  FAILS(connect(c, &a.sa, len_of(fam)), ECONNREFUSED);
}

CASE46(many_connections)
{
  int l = listener(fam, 16), c[12], s[12], i;
  addr_t a = name_of(l);
  char b;

  for (i = 0; i < 12; i++) {
    c[i] = tcp(fam);
    MUST(connect(c[i], &a.sa, len_of(fam)) == 0);
    MUST((s[i] = accept(l, NULL, NULL)) >= 0);
  }
  for (i = 0; i < 12; i++) {
    b = (char)('a' + i);
    IS(send(c[i], &b, 1, 0), 1);
  }
  for (i = 0; i < 12; i++) {
    IS(recv(s[i], &b, 1, 0), 1);
    IS(b, 'a' + i);
  }
}

/* ---- Datagram sockets ---- */

CASE46(connect_udp)
{
  int r = udp_bound(fam), s = udp(fam);
  addr_t a = name_of(r), p;

  OK(connect(s, &a.sa, len_of(fam)));
  p = peer_of(s);
  TRUE(same_addr(&a, &p));
  p = name_of(s);
  TRUE(port_in(&p) != 0);
}

CASE46(connect_udp_again)
{
  int r = udp_bound(fam), t = udp_bound(fam), s = udp(fam);
  addr_t a = name_of(r), b = name_of(t), p;

  OK(connect(s, &a.sa, len_of(fam)));
  OK(connect(s, &b.sa, len_of(fam)));
  p = peer_of(s);
  TRUE(same_addr(&b, &p));
}

CASE46(disconnect_udp)
{
  int r = udp_bound(fam), s = udp(fam);
  addr_t a = name_of(r), none;
  socklen_t n = sizeof none;

  OK(connect(s, &a.sa, len_of(fam)));
  memset(&none, 0, sizeof none);
  none.sa.sa_family = AF_UNSPEC;
  OK(connect(s, &none.sa, sizeof none.sa));
  FAILS(getpeername(s, &none.sa, &n), ENOTCONN);
  FAILS(send(s, "x", 1, 0), EDESTADDRREQ);
}

CASE46(udp_refused_is_told)
{
  int r = udp_bound(fam), s = udp(fam);
  addr_t a = name_of(r);
  char b;

  OK(close(r));
  OK(connect(s, &a.sa, len_of(fam)));
  IS(send(s, "x", 1, 0), 1);
  timeout_ms(s, 1000);
  FAILS(recv(s, &b, 1, 0), ECONNREFUSED);
  FAILS(recv(s, &b, 1, MSG_DONTWAIT), EAGAIN);
}

CASE46(udp_refused_by_so_error)
{
  int r = udp_bound(fam), s = udp(fam);
  addr_t a = name_of(r);

  OK(close(r));
  OK(connect(s, &a.sa, len_of(fam)));
  IS(send(s, "x", 1, 0), 1);
  TRUE((poll1(s, POLLIN, 1000) & POLLERR) != 0);
  IS(int_opt(s, SOL_SOCKET, SO_ERROR), ECONNREFUSED);
  IS(int_opt(s, SOL_SOCKET, SO_ERROR), 0);
}

CASE46(udp_unconnected_hears_no_refusal)
{
  int r = udp_bound(fam), s = udp(fam);
  addr_t a = name_of(r);
  char b;

  OK(close(r));
  IS(sendto(s, "x", 1, 0, &a.sa, len_of(fam)), 1);
  timeout_ms(s, 50);
  FAILS(recv(s, &b, 1, 0), EAGAIN);
}

/* ---- Fast Open (RFC 7413): whatever the other side does about it, what is written arrives once ---- */

/* A listener that takes text from SYNs: the second connection has a cookie, if anybody gives one. */
static int fast_listener(int fam)
{
  int l = listener(fam, 5), on = 5;

  OK(setsockopt(l, IPPROTO_TCP, TCP_FASTOPEN, &on, sizeof on));
  return l;
}

CASE46(fastopen_sendto)
{
  int l = fast_listener(fam), i;
  addr_t a = name_of(l);

  for (i = 0; i < 3; i++) {
    int c = tcp(fam), s;
    char b[16];

    IS(sendto(c, "GET /", 5, MSG_FASTOPEN, &a.sa, len_of(fam)), 5);
    TRUE((s = accept(l, NULL, NULL)) >= 0);
    IS(recv(s, b, 5, MSG_WAITALL), 5);
    TRUE(memcmp(b, "GET /", 5) == 0);
    IS(send(s, "yes", 3, 0), 3);
    IS(recv(c, b, 3, MSG_WAITALL), 3);
    IS(send(c, "more", 4, 0), 4);
    IS(recv(s, b, 4, MSG_WAITALL), 4);
    OK(close(c));
    IS(recv(s, b, 1, 0), 0);
    OK(close(s));
  }
}

CASE46(fastopen_sendmsg_much)
{
  static char data[30000], got[30000];
  int l = fast_listener(fam), i;
  addr_t a = name_of(l);

  for (i = 0; i < 2; i++) {
    int c = tcp(fam), s;
    struct iovec v[2] = { { data, 10000 }, { data + 10000, 5000 } };
    struct msghdr h;

    memset(data, 'a' + i, sizeof data);
    memset(&h, 0, sizeof h);
    h.msg_name = &a;
    h.msg_namelen = len_of(fam);
    h.msg_iov = v;
    h.msg_iovlen = 2;
    TRUE(sendmsg(c, &h, MSG_FASTOPEN) > 0);
    OK(shutdown(c, SHUT_WR));
    TRUE((s = accept(l, NULL, NULL)) >= 0);
    TRUE(recv(s, got, 100, MSG_WAITALL) == 100);
    TRUE(memcmp(got, data, 100) == 0);
  }
}

CASE46(fastopen_connect)
{
  int l = fast_listener(fam), i;
  addr_t a = name_of(l);

  for (i = 0; i < 3; i++) {
    int c = tcp(fam), s, on = 1;
    char b[8];

    OK(setsockopt(c, IPPROTO_TCP, TCP_FASTOPEN_CONNECT, &on, sizeof on));
    IS(int_opt(c, IPPROTO_TCP, TCP_FASTOPEN_CONNECT), 1);
    OK(connect(c, &a.sa, len_of(fam)));
    IS(send(c, "hello", 5, 0), 5);
    TRUE((s = accept(l, NULL, NULL)) >= 0);
    IS(recv(s, b, 5, MSG_WAITALL), 5);
    TRUE(memcmp(b, "hello", 5) == 0);
    OK(close(c));
    OK(close(s));
  }
}

CASE46(fastopen_refused)
{
  int l = tcp(fam), c = tcp(fam);
  addr_t a = lo(fam, 0);

  OK(bind(l, &a.sa, len_of(fam)));
  a = name_of(l);
  FAILS(sendto(c, "x", 1, MSG_FASTOPEN, &a.sa, len_of(fam)), ECONNREFUSED);
}

CASE46(fastopen_when_connected)
{
  int s[2];
  addr_t a;

  tcp_pair(fam, s);
  a = peer_of(s[0]);
  FAILS(sendto(s[0], "x", 1, MSG_FASTOPEN, &a.sa, len_of(fam)), EISCONN);
}

CASE46(fastopen_options)
{
  int c = tcp(fam), s[2], v = 2;

  FAILS(setsockopt(c, IPPROTO_TCP, TCP_FASTOPEN_CONNECT, &v, sizeof v), EINVAL);
  v = -1;
  FAILS(setsockopt(c, IPPROTO_TCP, TCP_FASTOPEN, &v, sizeof v), EINVAL);
  IS(int_opt(c, IPPROTO_TCP, TCP_FASTOPEN_CONNECT), 0);
  tcp_pair(fam, s);
  v = 1;
  FAILS(setsockopt(s[0], IPPROTO_TCP, TCP_FASTOPEN_CONNECT, &v, sizeof v), EINVAL);
  FAILS(setsockopt(s[0], IPPROTO_TCP, TCP_FASTOPEN, &v, sizeof v), EINVAL);
}

CASE46(fastopen_without_waiting)
{
  int l = fast_listener(fam), c = tcp(fam), s;
  addr_t a = name_of(l);
  ssize_t n;
  char b;

  nonblock(c);
  n = sendto(c, "x", 1, MSG_FASTOPEN, &a.sa, len_of(fam));
  TRUE(n == 1 || (n == -1 && errno == EINPROGRESS)); /* with a cookie, or without */
  TRUE((s = accept(l, NULL, NULL)) >= 0);
  if (n == -1) {
    TRUE((poll1(c, POLLOUT, 1000) & POLLOUT) != 0);
    IS(send(c, "x", 1, 0), 1);
  }
  IS(recv(s, &b, 1, 0), 1);
}
