/** socket, bind, getsockname, getpeername, listen, close, fcntl, ioctl: what needs no peer. */
#include "suite.h"

CASE46(socket_stream)
{
  int s;

  TRUE((s = socket(fam, SOCK_STREAM, 0)) >= FIRST_FD);
  IS(int_opt(s, SOL_SOCKET, SO_TYPE), SOCK_STREAM);
  OK(close(s));
}

CASE46(socket_dgram)
{
  int s;

  TRUE((s = socket(fam, SOCK_DGRAM, 0)) >= FIRST_FD);
  IS(int_opt(s, SOL_SOCKET, SO_TYPE), SOCK_DGRAM);
  OK(close(s));
}

CASE46(socket_protocol_fits_type)
{
  int s;

  TRUE((s = socket(fam, SOCK_STREAM, IPPROTO_TCP)) >= 0);
  OK(close(s));
  TRUE((s = socket(fam, SOCK_DGRAM, IPPROTO_UDP)) >= 0);
  OK(close(s));
}

CASE46(socket_protocol_does_not_fit_type)
{
  FAILS(socket(fam, SOCK_STREAM, IPPROTO_UDP), EPROTONOSUPPORT);
  FAILS(socket(fam, SOCK_DGRAM, IPPROTO_TCP), EPROTONOSUPPORT);
}

CASE(socket_unknown_family)
{
  FAILS(socket(77, SOCK_STREAM, 0), EAFNOSUPPORT);
  FAILS(socket(AF_UNSPEC, SOCK_STREAM, 0), EAFNOSUPPORT);
  FAILS(socket(-1, SOCK_STREAM, 0), EAFNOSUPPORT);
}

CASE46(socket_unknown_type)
{
  FAILS2(socket(fam, 0, 0), EINVAL, ESOCKTNOSUPPORT);
  FAILS(socket(fam, 99, 0), EINVAL);
}

CASE46(socket_nonblock_flag)
{
  int s;
  char c;

  TRUE((s = socket(fam, SOCK_DGRAM | SOCK_NONBLOCK, 0)) >= 0);
  TRUE((fcntl(s, F_GETFL, 0) & O_NONBLOCK) != 0);
  FAILS(recv(s, &c, 1, 0), EAGAIN);
}

CASE46(socket_cloexec_flag_is_taken)
{
  int s;

  TRUE((s = socket(fam, SOCK_STREAM | SOCK_CLOEXEC, 0)) >= 0);
  OK(close(s));
}

CASE46(socket_numbers_are_used_again_lowest_first)
{
  int a = tcp(fam), b = tcp(fam), c;

  TRUE(b > a);
  OK(close(a));
  c = tcp(fam);
  IS(c, a);
}

CASE46(socket_domain_and_protocol)
{
  int s = tcp(fam), u = udp(fam);

  IS(int_opt(s, SOL_SOCKET, SO_DOMAIN), fam);
  IS(int_opt(s, SOL_SOCKET, SO_PROTOCOL), IPPROTO_TCP);
  IS(int_opt(u, SOL_SOCKET, SO_PROTOCOL), IPPROTO_UDP);
}

/* ---- Wrong descriptors ---- */

CASE46(bad_descriptor_addresses)
{
  addr_t a = lo(fam, 9);
  socklen_t n = sizeof a;

  FAILS(bind(-1, &a.sa, len_of(fam)), EBADF);
  FAILS(bind(900, &a.sa, len_of(fam)), EBADF);
  FAILS(connect(-1, &a.sa, len_of(fam)), EBADF);
  FAILS(getsockname(900, &a.sa, &n), EBADF);
  FAILS(getpeername(900, &a.sa, &n), EBADF);
}

CASE(bad_descriptor_listen_accept)
{
  FAILS(listen(900, 1), EBADF);
  FAILS(accept(900, NULL, NULL), EBADF);
  FAILS(accept(-1, NULL, NULL), EBADF);
}

CASE(bad_descriptor_input_output)
{
  char c = 0;
  struct iovec v = { &c, 1 };
  struct msghdr m;

  memset(&m, 0, sizeof m);
  m.msg_iov = &v;
  m.msg_iovlen = 1;
  FAILS(send(900, &c, 1, 0), EBADF);
  FAILS(recv(900, &c, 1, 0), EBADF);
  FAILS(read(900, &c, 1), EBADF);
  FAILS(write(900, &c, 1), EBADF);
  FAILS(readv(900, &v, 1), EBADF);
  FAILS(writev(900, &v, 1), EBADF);
  FAILS(sendto(900, &c, 1, 0, NULL, 0), EBADF);
  FAILS(recvfrom(900, &c, 1, 0, NULL, NULL), EBADF);
  FAILS(sendmsg(900, &m, 0), EBADF);
  FAILS(recvmsg(900, &m, 0), EBADF);
}

CASE(bad_descriptor_rest)
{
  int v = 0;
  socklen_t n = sizeof v;

  FAILS(close(900), EBADF);
  FAILS(close(-1), EBADF);
  FAILS(shutdown(900, SHUT_RD), EBADF);
  FAILS(getsockopt(900, SOL_SOCKET, SO_TYPE, &v, &n), EBADF);
  FAILS(setsockopt(900, SOL_SOCKET, SO_REUSEADDR, &v, n), EBADF);
  FAILS(fcntl(900, F_GETFL, 0), EBADF);
  FAILS(ioctl(900, FIONREAD, &v), EBADF);
}

CASE46(closed_descriptor)
{
  int s = tcp(fam);
  char c;

  OK(close(s));
  FAILS(close(s), EBADF);
  FAILS(recv(s, &c, 1, 0), EBADF);
}

/* ---- bind ---- */

CASE46(bind_chooses_a_port)
{
  int s = tcp(fam);
  addr_t a = lo(fam, 0);

  OK(bind(s, &a.sa, len_of(fam)));
  a = name_of(s);
  TRUE(port_in(&a) != 0);
  IS(a.sa.sa_family, fam);
}

CASE46(bind_given_port)
{
  int s = udp(fam);
  addr_t a = lo(fam, 4321), b;

  OK(bind(s, &a.sa, len_of(fam)));
  b = name_of(s);
  TRUE(same_addr(&a, &b));
}

CASE46(bind_any)
{
  int s = tcp(fam);
  addr_t a = any(fam, 4322), b;

  OK(bind(s, &a.sa, len_of(fam)));
  b = name_of(s);
  TRUE(same_addr(&a, &b));
}

CASE46(bind_twice)
{
  int s = tcp(fam);
  addr_t a = lo(fam, 0);

  OK(bind(s, &a.sa, len_of(fam)));
  FAILS(bind(s, &a.sa, len_of(fam)), EINVAL);
}

CASE46(bind_twice_udp)
{
  int s = udp(fam);
  addr_t a = lo(fam, 0);

  OK(bind(s, &a.sa, len_of(fam)));
  FAILS(bind(s, &a.sa, len_of(fam)), EINVAL);
}

CASE46(bind_port_in_use)
{
  int s = udp_bound(fam), t = udp(fam);
  addr_t a = name_of(s);

  FAILS(bind(t, &a.sa, len_of(fam)), EADDRINUSE);
}

CASE46(bind_port_in_use_tcp)
{
  int s = listener(fam, 1), t = tcp(fam);
  addr_t a = name_of(s);

  FAILS(bind(t, &a.sa, len_of(fam)), EADDRINUSE);
}

CASE46(bind_any_over_specific)
{
  int s = udp_bound(fam), t = udp(fam);
  addr_t a = name_of(s), b = any(fam, port_in(&a));

  FAILS(bind(t, &b.sa, len_of(fam)), EADDRINUSE);
}

CASE46(bind_tcp_and_udp_ports_are_apart)
{
  int s = udp_bound(fam), t = tcp(fam);
  addr_t a = name_of(s);

  OK(bind(t, &a.sa, len_of(fam)));
}

CASE46(bind_again_after_close)
{
  int s = listener(fam, 1), t = tcp(fam);
  addr_t a = name_of(s);

  OK(close(s));
  OK(bind(t, &a.sa, len_of(fam)));
}

CASE46(bind_foreign_address)
{
  int s = tcp(fam);
  addr_t a = at(fam, fam == AF_INET ? "192.0.2.77" : "2001:db8::77", 0);

  FAILS(bind(s, &a.sa, len_of(fam)), EADDRNOTAVAIL);
}

CASE46(bind_short_address)
{
  int s = tcp(fam);
  addr_t a = lo(fam, 0);

  FAILS(bind(s, &a.sa, 4), EINVAL);
  FAILS(bind(s, &a.sa, 1), EINVAL);
}

CASE46(bind_other_family)
{
  int s = tcp(fam);
  addr_t a = lo(fam, 0);

  a.sa.sa_family = 77;
  FAILS(bind(s, &a.sa, len_of(fam)), EAFNOSUPPORT);
}

CASE46(bind_reuseaddr_udp)
{
  int s = udp(fam), t = udp(fam), on = 1;
  addr_t a = lo(fam, 0);

  OK(setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on));
  OK(setsockopt(t, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on));
  OK(bind(s, &a.sa, len_of(fam)));
  a = name_of(s);
  OK(bind(t, &a.sa, len_of(fam)));
}

CASE46(bind_reuseaddr_needs_both)
{
  int s = udp(fam), t = udp(fam), on = 1;
  addr_t a = lo(fam, 0);

  OK(bind(s, &a.sa, len_of(fam)));
  a = name_of(s);
  OK(setsockopt(t, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on));
  FAILS(bind(t, &a.sa, len_of(fam)), EADDRINUSE);
}

CASE46(bind_reuseaddr_tcp_listener)
{
  int s = tcp(fam), t = tcp(fam), on = 1;
  addr_t a = lo(fam, 0);

  OK(setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on));
  OK(setsockopt(t, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on));
  OK(bind(s, &a.sa, len_of(fam)));
  OK(listen(s, 1));
  a = name_of(s);
  FAILS(bind(t, &a.sa, len_of(fam)), EADDRINUSE);
}

CASE46(bind_reuseport)
{
  int s = udp(fam), t = udp(fam), on = 1;
  addr_t a = lo(fam, 0);

  OK(setsockopt(s, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on));
  OK(setsockopt(t, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on));
  IS(int_opt(s, SOL_SOCKET, SO_REUSEPORT), 1);
  OK(bind(s, &a.sa, len_of(fam)));
  a = name_of(s);
  OK(bind(t, &a.sa, len_of(fam)));
}

/* ---- Names ---- */

CASE46(name_of_a_fresh_socket)
{
  int s = tcp(fam);
  addr_t a = name_of(s), b = any(fam, 0);

  TRUE(same_addr(&a, &b));
}

CASE46(name_is_cut)
{
  int s = udp_bound(fam);
  unsigned char small[32];
  socklen_t n = 4;

  memset(small, 0xAA, sizeof small);
  OK(getsockname(s, (struct sockaddr *)small, &n));
  IS(n, len_of(fam));
  IS(small[4], 0xAA);
}

CASE46(peer_of_a_fresh_socket)
{
  int s = tcp(fam), u = udp_bound(fam);
  addr_t a;
  socklen_t n = sizeof a;

  FAILS(getpeername(s, &a.sa, &n), ENOTCONN);
  FAILS(getpeername(u, &a.sa, &n), ENOTCONN);
}

CASE46(names_of_a_connection)
{
  int s[2];
  addr_t a, b;

  tcp_pair(fam, s);
  a = name_of(s[0]);
  b = peer_of(s[1]);
  TRUE(same_addr(&a, &b));
  a = peer_of(s[0]);
  b = name_of(s[1]);
  TRUE(same_addr(&a, &b));
}

/* ---- listen ---- */

CASE46(listen_binds)
{
  int s = tcp(fam);
  addr_t a;

  OK(listen(s, 5));
  a = name_of(s);
  TRUE(port_in(&a) != 0);
}

CASE46(listen_again)
{
  int s = listener(fam, 1);

  OK(listen(s, 8));
}

CASE46(listen_on_udp)
{
  int s = udp(fam);

  FAILS(listen(s, 1), EOPNOTSUPP);
}

CASE46(listen_when_connected)
{
  int s[2];

  tcp_pair(fam, s);
  FAILS(listen(s[0], 1), EINVAL);
}

CASE46(listen_acceptconn)
{
  int s = tcp(fam);

  IS(int_opt(s, SOL_SOCKET, SO_ACCEPTCONN), 0);
  OK(listen(s, 1));
  IS(int_opt(s, SOL_SOCKET, SO_ACCEPTCONN), 1);
}

CASE46(listen_backlog_zero_and_negative)
{
  int s = tcp(fam);

  OK(listen(s, 0));
  OK(listen(s, -1));
}

/* ---- fcntl, ioctl ---- */

CASE46(fcntl_nonblocking)
{
  int s = tcp(fam);

  IS(fcntl(s, F_GETFL, 0) & O_NONBLOCK, 0);
  OK(fcntl(s, F_SETFL, O_NONBLOCK));
  IS(fcntl(s, F_GETFL, 0) & O_NONBLOCK, O_NONBLOCK);
  OK(fcntl(s, F_SETFL, 0));
  IS(fcntl(s, F_GETFL, 0) & O_NONBLOCK, 0);
}

CASE46(fcntl_access_mode)
{
  int s = tcp(fam);

  IS(fcntl(s, F_GETFL, 0) & O_RDWR, O_RDWR);
}

CASE(fcntl_unknown_command)
{
  int s = tcp(fam);

  FAILS(fcntl(s, 7777, 0), EINVAL);
}

CASE46(ioctl_fionbio)
{
  int s = udp_bound(fam), on = 1, off = 0;
  char c;

  OK(ioctl(s, FIONBIO, &on));
  FAILS(recv(s, &c, 1, 0), EAGAIN);
  OK(ioctl(s, FIONBIO, &off));
  IS(fcntl(s, F_GETFL, 0) & O_NONBLOCK, 0);
}

CASE(ioctl_unknown)
{
  int s = tcp(fam), v = 0;

  FAILS(ioctl(s, 0x7777, &v), ENOTTY);
}

CASE46(ioctl_fionread_stream)
{
  int s[2], v = -1;

  tcp_pair(fam, s);
  OK(ioctl(s[1], FIONREAD, &v));
  IS(v, 0);
  IS(send(s[0], "hello", 5, 0), 5);
  wait_readable(s[1]);
  OK(ioctl(s[1], FIONREAD, &v));
  IS(v, 5);
  char b[2];
  IS(recv(s[1], b, 2, 0), 2);
  OK(ioctl(s[1], FIONREAD, &v));
  IS(v, 3);
}

CASE46(ioctl_fionread_is_next_datagram)
{
  int s[2], v = -1;

  udp_pair(fam, s);
  IS(send(s[0], "one", 3, 0), 3);
  IS(send(s[0], "four", 4, 0), 4);
  wait_readable(s[1]);
  pause_ms(20);
  OK(ioctl(s[1], FIONREAD, &v));
  IS(v, 3);
}

CASE(ioctl_fionread_of_a_listener)
{
  int s = listener(fam, 1), v;

  FAILS(ioctl(s, FIONREAD, &v), EINVAL);
}

CASE46(null_pointers)
{
  int s = tcp(fam);
  socklen_t n = 8;

  FAILS(getsockname(s, NULL, &n), EFAULT);
  FAILS(bind(s, NULL, len_of(fam)), EFAULT);
  FAILS(connect(s, NULL, len_of(fam)), EFAULT);
}
