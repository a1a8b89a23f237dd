/** Datagrams: borders, truncation, addresses, ancillary data, groups, broadcasts; raw sockets. */
#include "suite.h"

CASE46(dgram_sendto_recvfrom)
{
  int r = udp_bound(fam), s = udp_bound(fam);
  addr_t a = name_of(r), from, me = name_of(s);
  socklen_t n = sizeof from;
  char b[8];

  IS(sendto(s, "hello", 5, 0, &a.sa, len_of(fam)), 5);
  memset(&from, 0, sizeof from);
  IS(recvfrom(r, b, 8, 0, &from.sa, &n), 5);
  IS(n, len_of(fam));
  TRUE(same_addr(&from, &me));
  TRUE(memcmp(b, "hello", 5) == 0);
}

CASE46(dgram_keeps_borders)
{
  int s[2];
  char b[16];

  udp_pair(fam, s);
  IS(send(s[0], "one", 3, 0), 3);
  IS(send(s[0], "three", 5, 0), 5);
  IS(recv(s[1], b, 16, 0), 3);
  IS(recv(s[1], b, 16, 0), 5);
}

CASE46(dgram_is_cut)
{
  int s[2];
  char b[16];

  udp_pair(fam, s);
  IS(send(s[0], "abcdef", 6, 0), 6);
  IS(send(s[0], "xy", 2, 0), 2);
  IS(recv(s[1], b, 3, 0), 3);
  TRUE(memcmp(b, "abc", 3) == 0);
  IS(recv(s[1], b, 16, 0), 2);
}

CASE46(dgram_trunc_flag_tells_length)
{
  int s[2];
  char b[16];

  udp_pair(fam, s);
  IS(send(s[0], "abcdef", 6, 0), 6);
  IS(recv(s[1], b, 3, MSG_TRUNC), 6);
}

CASE46(dgram_peek_trunc)
{
  int s[2];
  char b[16];

  udp_pair(fam, s);
  IS(send(s[0], "abcdef", 6, 0), 6);
  IS(recv(s[1], b, 1, MSG_PEEK | MSG_TRUNC), 6);
  IS(recv(s[1], b, 16, 0), 6);
}

CASE46(dgram_recvmsg_trunc)
{
  int s[2];
  char b[3];
  struct iovec v = { b, 3 };
  struct msghdr m;

  udp_pair(fam, s);
  IS(send(s[0], "abcdef", 6, 0), 6);
  memset(&m, 0, sizeof m);
  m.msg_iov = &v;
  m.msg_iovlen = 1;
  IS(recvmsg(s[1], &m, 0), 3);
  IS(m.msg_flags & MSG_TRUNC, MSG_TRUNC);
  IS(send(s[0], "ab", 2, 0), 2);
  IS(recvmsg(s[1], &m, 0), 2);
  IS(m.msg_flags & MSG_TRUNC, 0);
}

CASE46(dgram_empty)
{
  int s[2];
  char b[4];

  udp_pair(fam, s);
  IS(send(s[0], "", 0, 0), 0);
  IS(send(s[0], "x", 1, 0), 1);
  IS(recv(s[1], b, 4, 0), 0);
  IS(recv(s[1], b, 4, 0), 1);
}

CASE46(dgram_empty_by_recv_of_nothing)
{
  int s[2];
  char b[4];

  udp_pair(fam, s);
  IS(send(s[0], "abc", 3, 0), 3);
  IS(recv(s[1], b, 0, 0), 0);
  FAILS(recv(s[1], b, 4, MSG_DONTWAIT), EAGAIN);
}

CASE46(dgram_peek)
{
  int s[2];
  char b[16];

  udp_pair(fam, s);
  IS(send(s[0], "abcdef", 6, 0), 6);
  IS(recv(s[1], b, 3, MSG_PEEK), 3);
  IS(recv(s[1], b, 16, MSG_PEEK), 6);
  IS(recv(s[1], b, 16, 0), 6);
  FAILS(recv(s[1], b, 16, MSG_DONTWAIT), EAGAIN);
}

CASE46(dgram_send_without_destination)
{
  int s = udp(fam);

  FAILS(send(s, "x", 1, 0), EDESTADDRREQ);
  FAILS(write(s, "x", 1), EDESTADDRREQ);
  FAILS(sendto(s, "x", 1, 0, NULL, 0), EDESTADDRREQ);
}

CASE46(dgram_sendto_binds)
{
  int r = udp_bound(fam), s = udp(fam);
  addr_t a = name_of(r), b;

  IS(sendto(s, "x", 1, 0, &a.sa, len_of(fam)), 1);
  b = name_of(s);
  TRUE(port_in(&b) != 0);
}

CASE46(dgram_sendto_over_connect)
{
  int s[2], t = udp_bound(fam);
  addr_t a = name_of(t);
  char b[4];

  udp_pair(fam, s);
  IS(sendto(s[0], "x", 1, 0, &a.sa, len_of(fam)), 1);
  IS(recv(t, b, 4, 0), 1);
  FAILS(recv(s[1], b, 4, MSG_DONTWAIT), EAGAIN);
}

CASE46(dgram_too_long)
{
  int s[2];
  static char big[70000];

  udp_pair(fam, s);
  FAILS(send(s[0], big, 70000, 0), EMSGSIZE);
  FAILS(send(s[0], big, 65536, 0), EMSGSIZE);
}

CASE46(dgram_longer_than_mtu)
{
  int s[2];
  static char big[9000], in[9000];

  udp_pair(fam, s);
  memset(big, 'q', sizeof big);
  IS(send(s[0], big, 9000, 0), 9000);
  IS(recv(s[1], in, 9000, 0), 9000);
  IS(in[8999], 'q');
}

CASE46(dgram_connected_hears_only_peer)
{
  int s[2], t = udp_bound(fam);
  addr_t a;
  char b[8];

  udp_pair(fam, s);
  a = name_of(s[0]);
  IS(sendto(t, "stranger", 8, 0, &a.sa, len_of(fam)), 8);
  IS(send(s[1], "peer", 4, 0), 4);
  IS(recv(s[0], b, 8, 0), 4);
  FAILS(recv(s[0], b, 8, MSG_DONTWAIT), EAGAIN);
}

CASE46(dgram_sendto_port_zero)
{
  int s = udp(fam);
  addr_t a = lo(fam, 0);

  FAILS(sendto(s, "x", 1, 0, &a.sa, len_of(fam)), EINVAL);
}

CASE46(dgram_sendto_short_address)
{
  int s = udp(fam);
  addr_t a = lo(fam, 9);

  FAILS(sendto(s, "x", 1, 0, &a.sa, 4), EINVAL);
}

CASE46(dgram_sendto_other_family)
{
  int s = udp(fam);
  addr_t a = lo(fam, 9);

  a.sa.sa_family = 77;
  FAILS2(sendto(s, "x", 1, 0, &a.sa, len_of(fam)), EAFNOSUPPORT, EINVAL);
}

CASE46(dgram_sendto_nowhere)
{
  int s = udp(fam);
  addr_t a = at(fam, fam == AF_INET ? "192.0.2.1" : "2001:db8::1", 9);

  FAILS(sendto(s, "x", 1, 0, &a.sa, len_of(fam)), ENETUNREACH);
}

CASE(dgram_oob_refused)
{
  int s[2];

  udp_pair(fam, s);
  FAILS(send(s[0], "x", 1, MSG_OOB), EOPNOTSUPP);
}

CASE46(dgram_recv_timeout)
{
  int u = udp_bound(fam);
  char b;
  long t = now_ms();

  timeout_ms(u, 60);
  FAILS(recv(u, &b, 1, 0), EAGAIN);
  TRUE(now_ms() - t >= 55);
}

CASE46(dgram_recv_unbound_times_out)
{
  int u = udp(fam);
  char b;

  timeout_ms(u, 30);
  FAILS(recv(u, &b, 1, 0), EAGAIN);
}

CASE46(dgram_readv_writev)
{
  int s[2];
  char a[2], b[8];
  char one[] = "one", two[] = "two";
  struct iovec w[2] = { { one, 3 }, { two, 3 } };
  struct iovec r[2] = { { a, 2 }, { b, 8 } };

  udp_pair(fam, s);
  IS(writev(s[0], w, 2), 6);
  IS(readv(s[1], r, 2), 6);
  TRUE(memcmp(a, "on", 2) == 0 && memcmp(b, "etwo", 4) == 0);
}

CASE46(dgram_shutdown_read)
{
  int s[2];
  char b;

  udp_pair(fam, s);
  OK(shutdown(s[0], SHUT_RD));
  IS(recv(s[0], &b, 1, 0), 0);
}

CASE46(dgram_shutdown_write)
{
  int s[2];

  udp_pair(fam, s);
  OK(shutdown(s[0], SHUT_WR));
  FAILS(send(s[0], "x", 1, MSG_NOSIGNAL), EPIPE);
}

CASE46(dgram_shutdown_wakes_reader)
{
  int s[2];
  struct call c;
  extern void call_recv(struct call *);

  udp_pair(fam, s);
  call_start(&c, call_recv, s[0]);
  TRUE(!call_ends(&c, 30));
  OK(shutdown(s[0], SHUT_RD));
  MUST(call_ends(&c, 2000));
  IS(c.result, 0);
}

CASE46(dgram_to_itself)
{
  int u = udp_bound(fam);
  addr_t a = name_of(u);
  char b[4];

  OK(connect(u, &a.sa, len_of(fam)));
  IS(send(u, "me", 2, 0), 2);
  IS(recv(u, b, 4, 0), 2);
}

CASE46(dgram_many_wait)
{
  int s[2], i;
  char b[4];

  udp_pair(fam, s);
  for (i = 0; i < 8; i++) {
    b[0] = (char)i;
    IS(send(s[0], b, 1, 0), 1);
  }
  for (i = 0; i < 8; i++) {
    IS(recv(s[1], b, 4, 0), 1);
    IS(b[0], i);
  }
}

/* ---- sendmsg, recvmsg ---- */

CASE46(msg_addresses)
{
  int r = udp_bound(fam), s = udp_bound(fam);
  addr_t a = name_of(r), from, me = name_of(s);
  char one[] = "one", two[] = "two", b[8];
  struct iovec w[2] = { { one, 3 }, { two, 3 } }, v = { b, 8 };
  struct msghdr m;

  memset(&m, 0, sizeof m);
  m.msg_name = &a;
  m.msg_namelen = len_of(fam);
  m.msg_iov = w;
  m.msg_iovlen = 2;
  IS(sendmsg(s, &m, 0), 6);
  memset(&m, 0, sizeof m);
  memset(&from, 0, sizeof from);
  m.msg_name = &from;
  m.msg_namelen = sizeof from;
  m.msg_iov = &v;
  m.msg_iovlen = 1;
  IS(recvmsg(r, &m, 0), 6);
  IS(m.msg_namelen, len_of(fam));
  TRUE(same_addr(&from, &me));
  TRUE(memcmp(b, "onetwo", 6) == 0);
}

CASE46(msg_without_pieces)
{
  int s[2];
  struct msghdr m;
  char b[4];

  udp_pair(fam, s);
  memset(&m, 0, sizeof m);
  IS(sendmsg(s[0], &m, 0), 0);
  IS(recv(s[1], b, 4, 0), 0);
}

CASE46(msg_too_many_pieces)
{
  int s[2];
  char b[4];
  struct iovec v = { b, 4 };
  struct msghdr m;

  udp_pair(fam, s);
  memset(&m, 0, sizeof m);
  m.msg_iov = &v;
  m.msg_iovlen = 100000;
  FAILS(sendmsg(s[0], &m, 0), EMSGSIZE);
  FAILS(recvmsg(s[0], &m, MSG_DONTWAIT), EMSGSIZE);
}

CASE46(msg_stream)
{
  int s[2];
  char one[] = "one", two[] = "two", b[8];
  struct iovec w[2] = { { one, 3 }, { two, 3 } }, v[2] = { { b, 2 }, { b + 2, 6 } };
  struct msghdr m;

  tcp_pair(fam, s);
  memset(&m, 0, sizeof m);
  m.msg_iov = w;
  m.msg_iovlen = 2;
  IS(sendmsg(s[0], &m, 0), 6);
  wait_readable(s[1]);
  m.msg_iov = v;
  m.msg_flags = 0x55;
  IS(recvmsg(s[1], &m, 0), 6);
  IS(m.msg_flags, 0);
  TRUE(memcmp(b, "onetwo", 6) == 0);
}

CASE46(msg_recv_flags_are_cleared)
{
  int s[2];
  char b[8];
  struct iovec v = { b, 8 };
  struct msghdr m;

  udp_pair(fam, s);
  IS(send(s[0], "x", 1, 0), 1);
  memset(&m, 0, sizeof m);
  m.msg_iov = &v;
  m.msg_iovlen = 1;
  m.msg_flags = 0xFFFF;
  m.msg_controllen = 0;
  IS(recvmsg(s[1], &m, 0), 1);
  IS(m.msg_flags, 0);
}

/** Receive with ancillary data.  @return its first header, NULL: none */
static struct cmsghdr *receive_control(int s, struct msghdr *m, void *space, size_t len)
{
  static char b[64];
  static struct iovec v = { b, sizeof b };

  memset(m, 0, sizeof *m);
  m->msg_iov = &v;
  m->msg_iovlen = 1;
  m->msg_control = space;
  m->msg_controllen = (socklen_t)len;
  MUST(recvmsg(s, m, 0) >= 0);
  return CMSG_FIRSTHDR(m);
}

CASE(msg_pktinfo)
{
  int s[2], on = 1;
  union {
    struct cmsghdr align;
    char space[256];
  } u;
  struct msghdr m;
  struct cmsghdr *c;
  struct in_pktinfo info;

  udp_pair(fam, s);
  OK(setsockopt(s[1], IPPROTO_IP, IP_PKTINFO, &on, sizeof on));
  IS(int_opt(s[1], IPPROTO_IP, IP_PKTINFO), 1);
  IS(send(s[0], "x", 1, 0), 1);
  c = receive_control(s[1], &m, &u, sizeof u);
  MUST(c != NULL);
  IS(c->cmsg_level, IPPROTO_IP);
  IS(c->cmsg_type, IP_PKTINFO);
  IS(c->cmsg_len, CMSG_LEN(sizeof info));
  memcpy(&info, CMSG_DATA(c), sizeof info);
  TRUE(info.ipi_addr.s_addr == htonl(0x7f000001));
  TRUE(info.ipi_ifindex != 0);
  IS(m.msg_controllen, CMSG_SPACE(sizeof info));
}

CASE(msg_pktinfo_off_by_default)
{
  int s[2];
  char space[128];
  struct msghdr m;

  udp_pair(fam, s);
  IS(send(s[0], "x", 1, 0), 1);
  TRUE(receive_control(s[1], &m, space, sizeof space) == NULL);
  IS(m.msg_controllen, 0);
}

CASE(msg_pktinfo_without_room)
{
  int s[2], on = 1;
  char space[8];
  struct msghdr m;

  udp_pair(fam, s);
  OK(setsockopt(s[1], IPPROTO_IP, IP_PKTINFO, &on, sizeof on));
  IS(send(s[0], "x", 1, 0), 1);
  TRUE(receive_control(s[1], &m, space, sizeof space) == NULL);
  IS(m.msg_flags & MSG_CTRUNC, MSG_CTRUNC);
}

CASE(msg_pktinfo_chooses_source)
{
  int r = udp_bound(AF_INET), s = udp(AF_INET);
  addr_t a = name_of(r), from;
  socklen_t n = sizeof from;
  union {
    struct cmsghdr align;
    char space[256];
  } u;
  char b[4] = "x";
  struct iovec v = { b, 1 };
  struct msghdr m;
  struct cmsghdr *c;
  struct in_pktinfo info;

  memset(&u, 0, sizeof u);
  memset(&m, 0, sizeof m);
  memset(&info, 0, sizeof info);
  m.msg_name = &a;
  m.msg_namelen = len_of(AF_INET);
  m.msg_iov = &v;
  m.msg_iovlen = 1;
  m.msg_control = &u;
  m.msg_controllen = CMSG_SPACE(sizeof info);
  c = CMSG_FIRSTHDR(&m);
  c->cmsg_level = IPPROTO_IP;
  c->cmsg_type = IP_PKTINFO;
  c->cmsg_len = CMSG_LEN(sizeof info);
#ifdef SUITE_KERNEL
  info.ipi_spec_dst.s_addr = htonl(0x7f000001);
#else
  info.ipi_addr.s_addr = htonl(0x7f000001);
#endif
  memcpy(CMSG_DATA(c), &info, sizeof info);
  IS(sendmsg(s, &m, 0), 1);
  IS(recvfrom(r, b, 4, 0, &from.sa, &n), 1);
  TRUE(from.in.sin_addr.s_addr == htonl(0x7f000001));
}

CASE46(msg_bad_control_length)
{
  int s[2];
  char b = 0;
  union {
    struct cmsghdr align;
    char space[64];
  } u;
  struct iovec v = { &b, 1 };
  struct msghdr m;

  udp_pair(fam, s);
  memset(&u, 0, sizeof u);
  memset(&m, 0, sizeof m);
  m.msg_iov = &v;
  m.msg_iovlen = 1;
  m.msg_control = &u;
  m.msg_controllen = sizeof(struct cmsghdr);
  u.align.cmsg_len = 4;
  u.align.cmsg_level = IPPROTO_IP;
  u.align.cmsg_type = IP_TTL;
  FAILS(sendmsg(s[0], &m, 0), EINVAL);
}

CASE(msg_ttl_and_tos_received)
{
  int s[2], on = 1, ttl = 33, tos = 0x10, seen = 0, value;
  union {
    struct cmsghdr align;
    char space[256];
  } u;
  struct msghdr m;
  struct cmsghdr *c;

  udp_pair(fam, s);
  OK(setsockopt(s[0], IPPROTO_IP, IP_TTL, &ttl, sizeof ttl));
  OK(setsockopt(s[0], IPPROTO_IP, IP_TOS, &tos, sizeof tos));
  OK(setsockopt(s[1], IPPROTO_IP, IP_RECVTTL, &on, sizeof on));
  OK(setsockopt(s[1], IPPROTO_IP, IP_RECVTOS, &on, sizeof on));
  IS(send(s[0], "x", 1, 0), 1);
  for (c = receive_control(s[1], &m, &u, sizeof u); c != NULL; c = CMSG_NXTHDR(&m, c)) {
    if (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_TTL) {
      memcpy(&value, CMSG_DATA(c), sizeof value);
      IS(value, 33);
      seen |= 1;
    } else if (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_TOS) {
      IS(*(unsigned char *)CMSG_DATA(c), 0x10);
      seen |= 2;
    }
  }
  IS(seen, 3);
}

CASE46(msg_timestamp)
{
  int s[2], on = 1;
  union {
    struct cmsghdr align;
    char space[256];
  } u;
  struct msghdr m;
  struct cmsghdr *c;
  struct timeval tv, now;

  udp_pair(fam, s);
  OK(setsockopt(s[1], SOL_SOCKET, SO_TIMESTAMP, &on, sizeof on));
  IS(int_opt(s[1], SOL_SOCKET, SO_TIMESTAMP), 1);
  IS(send(s[0], "x", 1, 0), 1);
  c = receive_control(s[1], &m, &u, sizeof u);
  MUST(c != NULL);
  IS(c->cmsg_level, SOL_SOCKET);
  IS(c->cmsg_type, SO_TIMESTAMP);
  IS(c->cmsg_len, CMSG_LEN(sizeof tv));
  memcpy(&tv, CMSG_DATA(c), sizeof tv);
  gettimeofday(&now, NULL);
  TRUE(now.tv_sec - tv.tv_sec <= 1 && now.tv_sec >= tv.tv_sec);
}

#if SUITE_IPV6
CASE6(msg_pktinfo6)
{
  int s[2], on = 1;
  union {
    struct cmsghdr align;
    char space[256];
  } u;
  struct msghdr m;
  struct cmsghdr *c;
  struct in6_pktinfo info;
  addr_t me = lo(AF_INET6, 0);

  udp_pair(AF_INET6, s);
  OK(setsockopt(s[1], IPPROTO_IPV6, IPV6_RECVPKTINFO, &on, sizeof on));
  IS(send(s[0], "x", 1, 0), 1);
  c = receive_control(s[1], &m, &u, sizeof u);
  MUST(c != NULL);
  IS(c->cmsg_level, IPPROTO_IPV6);
  IS(c->cmsg_type, IPV6_PKTINFO);
  memcpy(&info, CMSG_DATA(c), sizeof info);
  TRUE(memcmp(&info.ipi6_addr, &me.in6.sin6_addr, 16) == 0);
  TRUE(info.ipi6_ifindex != 0);
}

CASE6(msg_hoplimit_received)
{
  int s[2], on = 1, hops = 44, value = 0;
  union {
    struct cmsghdr align;
    char space[256];
  } u;
  struct msghdr m;
  struct cmsghdr *c;

  udp_pair(AF_INET6, s);
  OK(setsockopt(s[0], IPPROTO_IPV6, IPV6_UNICAST_HOPS, &hops, sizeof hops));
  OK(setsockopt(s[1], IPPROTO_IPV6, IPV6_RECVHOPLIMIT, &on, sizeof on));
  IS(send(s[0], "x", 1, 0), 1);
  c = receive_control(s[1], &m, &u, sizeof u);
  MUST(c != NULL);
  IS(c->cmsg_level, IPPROTO_IPV6);
  IS(c->cmsg_type, IPV6_HOPLIMIT);
  memcpy(&value, CMSG_DATA(c), sizeof value);
  IS(value, 44);
}

CASE6(dual_stack_accepts_ipv4)
{
  int l = tcp(AF_INET6), c = tcp(AF_INET), s;
  addr_t a = any(AF_INET6, 0), b, p;

  OK(bind(l, &a.sa, len_of(AF_INET6)));
  OK(listen(l, 1));
  a = name_of(l);
  b = lo(AF_INET, port_in(&a));
  OK(connect(c, &b.sa, len_of(AF_INET)));
  TRUE((s = accept(l, NULL, NULL)) >= 0);
  p = peer_of(s);
  IS(p.sa.sa_family, AF_INET6);
  IS(p.in6.sin6_addr.s6_addr[10], 0xff);
  IS(p.in6.sin6_addr.s6_addr[12], 127);
}

CASE6(v6only_does_not_accept_ipv4)
{
  int l = tcp(AF_INET6), c = tcp(AF_INET), on = 1;
  addr_t a = any(AF_INET6, 0), b;

  IS(int_opt(l, IPPROTO_IPV6, IPV6_V6ONLY), 0);
  OK(setsockopt(l, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on));
  IS(int_opt(l, IPPROTO_IPV6, IPV6_V6ONLY), 1);
  OK(bind(l, &a.sa, len_of(AF_INET6)));
  OK(listen(l, 1));
  a = name_of(l);
  b = lo(AF_INET, port_in(&a));
  FAILS(connect(c, &b.sa, len_of(AF_INET)), ECONNREFUSED);
}

CASE6(v6only_leaves_ipv4_port_free)
{
  int l = udp(AF_INET6), m = udp(AF_INET), on = 1;
  addr_t a = any(AF_INET6, 4500), b = any(AF_INET, 4500);

  OK(setsockopt(l, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on));
  OK(bind(l, &a.sa, len_of(AF_INET6)));
  OK(bind(m, &b.sa, len_of(AF_INET)));
}

CASE6(v6only_after_bind)
{
  int s = udp_bound(AF_INET6), on = 1;

  FAILS(setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on), EINVAL);
}

CASE6(mapped_address_reaches_ipv4)
{
  int r = udp_bound(AF_INET), s = udp(AF_INET6);
  addr_t a = name_of(r), m = at(AF_INET6, "::ffff:127.0.0.1", port_in(&a)), from;
  socklen_t n = sizeof from;
  char b[4];

  IS(sendto(s, "x", 1, 0, &m.sa, len_of(AF_INET6)), 1);
  IS(recvfrom(r, b, 4, 0, &from.sa, &n), 1);
  IS(from.sa.sa_family, AF_INET);
}

CASE6(dual_stack_udp_sees_mapped_source)
{
  int r = udp(AF_INET6), s = udp_bound(AF_INET);
  addr_t a = any(AF_INET6, 0), b, from;
  socklen_t n = sizeof from;
  char c[4];

  OK(bind(r, &a.sa, len_of(AF_INET6)));
  a = name_of(r);
  b = lo(AF_INET, port_in(&a));
  IS(sendto(s, "x", 1, 0, &b.sa, len_of(AF_INET)), 1);
  IS(recvfrom(r, c, 4, 0, &from.sa, &n), 1);
  IS(from.sa.sa_family, AF_INET6);
  IS(from.in6.sin6_addr.s6_addr[10], 0xff);
  IS(from.in6.sin6_addr.s6_addr[15], 1);
}

CASE6(mapped_address_on_v6only)
{
  int s = udp(AF_INET6), on = 1;
  addr_t m = at(AF_INET6, "::ffff:127.0.0.1", 9);

  OK(setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on));
  FAILS(sendto(s, "x", 1, 0, &m.sa, len_of(AF_INET6)), ENETUNREACH);
}

CASE6(ipv4_address_on_ipv6_socket)
{
  int s = tcp(AF_INET6);
  addr_t a = lo(AF_INET, 9);

  FAILS(connect(s, &a.sa, len_of(AF_INET)), EINVAL);
}

CASE6(connect_tcp_mapped)
{
  int l = listener(AF_INET, 1), c = tcp(AF_INET6), s;
  addr_t a = name_of(l), m = at(AF_INET6, "::ffff:127.0.0.1", port_in(&a)), p;

  OK(connect(c, &m.sa, len_of(AF_INET6)));
  TRUE((s = accept(l, NULL, NULL)) >= 0);
  p = name_of(c);
  IS(p.sa.sa_family, AF_INET6);
  IS(p.in6.sin6_addr.s6_addr[11], 0xff);
}
#endif

/* ---- Broadcast, groups ---- */

CASE(broadcast_needs_permission)
{
  int s = udp(AF_INET);
  addr_t a = at(AF_INET, "127.255.255.255", 9);

  FAILS(sendto(s, "x", 1, 0, &a.sa, len_of(AF_INET)), EACCES);
}

CASE(group_join_leave)
{
  int s = udp_bound(AF_INET);
  struct ip_mreq m;

  m.imr_multiaddr.s_addr = htonl(0xE1020304);
  m.imr_interface.s_addr = htonl(0x7f000001);
  OK(setsockopt(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, &m, sizeof m));
  FAILS(setsockopt(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, &m, sizeof m), EADDRINUSE);
  OK(setsockopt(s, IPPROTO_IP, IP_DROP_MEMBERSHIP, &m, sizeof m));
  FAILS(setsockopt(s, IPPROTO_IP, IP_DROP_MEMBERSHIP, &m, sizeof m), EADDRNOTAVAIL);
}

CASE(group_join_not_a_group)
{
  int s = udp_bound(AF_INET);
  struct ip_mreq m;

  m.imr_multiaddr.s_addr = htonl(0x0A000001);
  m.imr_interface.s_addr = htonl(0x7f000001);
  FAILS(setsockopt(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, &m, sizeof m), EINVAL);
}

CASE(group_join_unknown_interface)
{
  int s = udp_bound(AF_INET);
  struct ip_mreq m;

  m.imr_multiaddr.s_addr = htonl(0xE1020304);
  m.imr_interface.s_addr = htonl(0xC0000201);
  FAILS(setsockopt(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, &m, sizeof m), ENODEV);
}

CASE(group_join_short_argument)
{
  int s = udp_bound(AF_INET);
  struct ip_mreq m;

  memset(&m, 0, sizeof m);
  FAILS(setsockopt(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, &m, 2), EINVAL);
}

CASE(group_receives)
{
  int r = udp(AF_INET), s = udp_bound(AF_INET);
  addr_t a = any(AF_INET, 0), to;
  struct ip_mreq m;
  struct in_addr i;
  char b[4];

  OK(bind(r, &a.sa, len_of(AF_INET)));
  a = name_of(r);
  m.imr_multiaddr.s_addr = htonl(0xE1020305);
  m.imr_interface.s_addr = htonl(0x7f000001);
  OK(setsockopt(r, IPPROTO_IP, IP_ADD_MEMBERSHIP, &m, sizeof m));
  i.s_addr = htonl(0x7f000001);
  OK(setsockopt(s, IPPROTO_IP, IP_MULTICAST_IF, &i, sizeof i));
  to = at(AF_INET, "225.2.3.5", port_in(&a));
  IS(sendto(s, "g", 1, 0, &to.sa, len_of(AF_INET)), 1);
  timeout_ms(r, 1000);
  IS(recv(r, b, 4, 0), 1);
}

CASE(group_options)
{
  int s = udp(AF_INET), v;
  unsigned char c = 77;
  struct in_addr i = { 0 };
  socklen_t n = sizeof c;

  IS(int_opt(s, IPPROTO_IP, IP_MULTICAST_TTL), 1);
  IS(int_opt(s, IPPROTO_IP, IP_MULTICAST_LOOP), 1);
  v = 9;
  OK(setsockopt(s, IPPROTO_IP, IP_MULTICAST_TTL, &v, sizeof v));
  IS(int_opt(s, IPPROTO_IP, IP_MULTICAST_TTL), 9);
  c = 7;
  OK(setsockopt(s, IPPROTO_IP, IP_MULTICAST_TTL, &c, sizeof c));
  OK(getsockopt(s, IPPROTO_IP, IP_MULTICAST_TTL, &c, &n));
  IS(n, 1);
  IS(c, 7);
  v = 256;
  FAILS(setsockopt(s, IPPROTO_IP, IP_MULTICAST_TTL, &v, sizeof v), EINVAL);
  v = 0;
  OK(setsockopt(s, IPPROTO_IP, IP_MULTICAST_LOOP, &v, sizeof v));
  IS(int_opt(s, IPPROTO_IP, IP_MULTICAST_LOOP), 0);
  n = sizeof i;
  OK(getsockopt(s, IPPROTO_IP, IP_MULTICAST_IF, &i, &n));
  IS(i.s_addr, 0);
}

CASE(group_source_join_leave)
{
  int s = udp_bound(AF_INET);
  struct ip_mreq_source m;

  memset(&m, 0, sizeof m);
  m.imr_multiaddr.s_addr = htonl(0xE8020304);
  m.imr_interface.s_addr = htonl(0x7f000001);
  m.imr_sourceaddr.s_addr = htonl(0x7f000001);
  OK(setsockopt(s, IPPROTO_IP, IP_ADD_SOURCE_MEMBERSHIP, &m, sizeof m));
  FAILS(setsockopt(s, IPPROTO_IP, IP_ADD_SOURCE_MEMBERSHIP, &m, sizeof m), EADDRNOTAVAIL);
  OK(setsockopt(s, IPPROTO_IP, IP_DROP_SOURCE_MEMBERSHIP, &m, sizeof m));
  FAILS2(setsockopt(s, IPPROTO_IP, IP_DROP_SOURCE_MEMBERSHIP, &m, sizeof m), EADDRNOTAVAIL, EINVAL);
}

CASE(group_source_filters)
{
  int r = udp(AF_INET), s = udp_bound(AF_INET);
  addr_t a = any(AF_INET, 0), to;
  struct ip_mreq_source m;
  struct in_addr i;
  char b[4];

  OK(bind(r, &a.sa, len_of(AF_INET)));
  a = name_of(r);
  memset(&m, 0, sizeof m);
  m.imr_multiaddr.s_addr = htonl(0xE8020306);
  m.imr_interface.s_addr = htonl(0x7f000001);
  m.imr_sourceaddr.s_addr = htonl(0x0A000001);
  OK(setsockopt(r, IPPROTO_IP, IP_ADD_SOURCE_MEMBERSHIP, &m, sizeof m));
  i.s_addr = htonl(0x7f000001);
  OK(setsockopt(s, IPPROTO_IP, IP_MULTICAST_IF, &i, sizeof i));
  to = at(AF_INET, "232.2.3.6", port_in(&a));
  IS(sendto(s, "g", 1, 0, &to.sa, len_of(AF_INET)), 1);
  timeout_ms(r, 100);
  FAILS(recv(r, b, 4, 0), EAGAIN);
  m.imr_sourceaddr.s_addr = htonl(0x7f000001);
  OK(setsockopt(r, IPPROTO_IP, IP_ADD_SOURCE_MEMBERSHIP, &m, sizeof m));
  IS(sendto(s, "g", 1, 0, &to.sa, len_of(AF_INET)), 1);
  timeout_ms(r, 1000);
  IS(recv(r, b, 4, 0), 1);
}

CASE(group_source_blocked)
{
  int r = udp(AF_INET), s = udp_bound(AF_INET);
  addr_t a = any(AF_INET, 0), to;
  struct ip_mreq_source m;
  struct ip_mreq g;
  struct in_addr i;
  char b[4];

  OK(bind(r, &a.sa, len_of(AF_INET)));
  a = name_of(r);
  memset(&m, 0, sizeof m);
  memset(&g, 0, sizeof g);
  g.imr_multiaddr.s_addr = m.imr_multiaddr.s_addr = htonl(0xEF020307);
  g.imr_interface.s_addr = m.imr_interface.s_addr = i.s_addr = htonl(0x7f000001);
  m.imr_sourceaddr.s_addr = htonl(0x7f000001);
  FAILS(setsockopt(r, IPPROTO_IP, IP_BLOCK_SOURCE, &m, sizeof m), EINVAL); /* nothing to block */
  OK(setsockopt(r, IPPROTO_IP, IP_ADD_MEMBERSHIP, &g, sizeof g));
  OK(setsockopt(r, IPPROTO_IP, IP_BLOCK_SOURCE, &m, sizeof m));
  FAILS(setsockopt(r, IPPROTO_IP, IP_BLOCK_SOURCE, &m, sizeof m), EADDRNOTAVAIL);
  OK(setsockopt(s, IPPROTO_IP, IP_MULTICAST_IF, &i, sizeof i));
  to = at(AF_INET, "239.2.3.7", port_in(&a));
  IS(sendto(s, "g", 1, 0, &to.sa, len_of(AF_INET)), 1);
  timeout_ms(r, 100);
  FAILS(recv(r, b, 4, 0), EAGAIN);
  OK(setsockopt(r, IPPROTO_IP, IP_UNBLOCK_SOURCE, &m, sizeof m));
  FAILS(setsockopt(r, IPPROTO_IP, IP_UNBLOCK_SOURCE, &m, sizeof m), EADDRNOTAVAIL);
  IS(sendto(s, "g", 1, 0, &to.sa, len_of(AF_INET)), 1);
  timeout_ms(r, 1000);
  IS(recv(r, b, 4, 0), 1);
}

/* What was blocked is forgotten with the membership. */
CASE(group_source_blocked_until_left)
{
  int s = udp_bound(AF_INET);
  struct ip_mreq_source m;
  struct ip_mreq g;

  memset(&m, 0, sizeof m);
  memset(&g, 0, sizeof g);
  g.imr_multiaddr.s_addr = m.imr_multiaddr.s_addr = htonl(0xEF020308);
  g.imr_interface.s_addr = m.imr_interface.s_addr = htonl(0x7f000001);
  m.imr_sourceaddr.s_addr = htonl(0x7f000001);
  OK(setsockopt(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, &g, sizeof g));
  OK(setsockopt(s, IPPROTO_IP, IP_BLOCK_SOURCE, &m, sizeof m));
  OK(setsockopt(s, IPPROTO_IP, IP_DROP_MEMBERSHIP, &g, sizeof g));
  OK(setsockopt(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, &g, sizeof g));
  OK(setsockopt(s, IPPROTO_IP, IP_BLOCK_SOURCE, &m, sizeof m));
}

/** A group and the loopback interface, for the calls that are the same for both versions (RFC 3678 section 5). */
static void name_group(int fam, struct group_source_req *m, const char *source)
{
  addr_t group = at(fam, fam == AF_INET ? "232.2.3.9" : "ff35::8000:9", 0), from = at(fam, source, 0);

  memset(m, 0, sizeof *m);
  m->gsr_interface = 1;
  memcpy(&m->gsr_group, &group, len_of(fam));
  memcpy(&m->gsr_source, &from, len_of(fam));
}

static int level_of(int fam)
{
  return fam == AF_INET ? IPPROTO_IP : IPPROTO_IPV6;
}

CASE46(mcast_join_leave)
{
  int s = udp_bound(fam);
  struct group_source_req m;
  struct group_req g;

  name_group(fam, &m, fam == AF_INET ? "127.0.0.1" : "::1");
  memset(&g, 0, sizeof g);
  g.gr_interface = m.gsr_interface;
  memcpy(&g.gr_group, &m.gsr_group, sizeof g.gr_group);
  OK(setsockopt(s, level_of(fam), MCAST_JOIN_GROUP, &g, sizeof g));
  FAILS(setsockopt(s, level_of(fam), MCAST_JOIN_GROUP, &g, sizeof g), EADDRINUSE);
  OK(setsockopt(s, level_of(fam), MCAST_BLOCK_SOURCE, &m, sizeof m));
  OK(setsockopt(s, level_of(fam), MCAST_UNBLOCK_SOURCE, &m, sizeof m));
  OK(setsockopt(s, level_of(fam), MCAST_LEAVE_GROUP, &g, sizeof g));
  FAILS(setsockopt(s, level_of(fam), MCAST_LEAVE_GROUP, &g, sizeof g), EADDRNOTAVAIL);
  g.gr_interface = 250;
  FAILS(setsockopt(s, level_of(fam), MCAST_JOIN_GROUP, &g, sizeof g), ENODEV);
  FAILS(setsockopt(s, level_of(fam), MCAST_JOIN_GROUP, &g, 4), EINVAL);
}

CASE46(mcast_source_filters)
{
  int r = udp(fam), s = udp_bound(fam), nif = 1;
  addr_t a = any(fam, 0), to;
  struct group_source_req m;
  struct in_addr i;
  char b[4];

  if (IS_KERNEL && fam == AF_INET6) {
    return; /* needs a multicast route of the loopback interface, and some kernels give nothing back even then */
  }
  OK(bind(r, &a.sa, len_of(fam)));
  a = name_of(r);
  name_group(fam, &m, fam == AF_INET ? "10.0.0.1" : "fd00::1");
  OK(setsockopt(r, level_of(fam), MCAST_JOIN_SOURCE_GROUP, &m, sizeof m));
  i.s_addr = htonl(0x7f000001);
  if (fam == AF_INET) {
    OK(setsockopt(s, IPPROTO_IP, IP_MULTICAST_IF, &i, sizeof i));
  } else {
    OK(setsockopt(s, IPPROTO_IPV6, IPV6_MULTICAST_IF, &nif, sizeof nif));
  }
  to = at(fam, fam == AF_INET ? "232.2.3.9" : "ff35::8000:9", port_in(&a));
  IS(sendto(s, "g", 1, 0, &to.sa, len_of(fam)), 1);
  timeout_ms(r, 100);
  FAILS(recv(r, b, 4, 0), EAGAIN);
  name_group(fam, &m, fam == AF_INET ? "127.0.0.1" : "::1");
  OK(setsockopt(r, level_of(fam), MCAST_JOIN_SOURCE_GROUP, &m, sizeof m));
  IS(sendto(s, "g", 1, 0, &to.sa, len_of(fam)), 1);
  timeout_ms(r, 1000);
  IS(recv(r, b, 4, 0), 1);
  OK(setsockopt(r, level_of(fam), MCAST_LEAVE_SOURCE_GROUP, &m, sizeof m));
  IS(sendto(s, "g", 1, 0, &to.sa, len_of(fam)), 1);
  timeout_ms(r, 100);
  FAILS(recv(r, b, 4, 0), EAGAIN);
}

/* ---- Raw sockets ---- */

CASE(raw_ping)
{
  int s;
  unsigned char m[16] = { 8, 0, 0, 0, 0x12, 0x34, 0, 1, 'p', 'i', 'n', 'g' }, in[128];
  unsigned sum = 0, i;
  addr_t a = lo(AF_INET, 0);
  ssize_t n;

  MUST((s = socket(AF_INET, SOCK_RAW, IPPROTO_ICMP)) >= 0);
  for (i = 0; i < 16; i += 2) {
    sum += (unsigned)(m[i] << 8 | m[i + 1]);
  }
  sum = (sum >> 16) + (sum & 0xFFFF);
  m[2] = (unsigned char)(~sum >> 8);
  m[3] = (unsigned char)~sum;
  IS(sendto(s, m, 16, 0, &a.sa, len_of(AF_INET)), 16);
  timeout_ms(s, 1000);
  do {
    n = recv(s, in, sizeof in, 0);
    MUST(n == 36);
  } while (in[20] == 8);
  IS(in[0], 0x45);
  IS(in[9], 1);
  IS(in[20], 0);
  TRUE(memcmp(in + 24, m + 4, 12) == 0);
}

CASE(raw_type)
{
  int s;

  MUST((s = socket(AF_INET, SOCK_RAW, IPPROTO_ICMP)) >= 0);
  IS(int_opt(s, SOL_SOCKET, SO_TYPE), SOCK_RAW);
  IS(int_opt(s, SOL_SOCKET, SO_PROTOCOL), IPPROTO_ICMP);
}

CASE(raw_without_protocol)
{
  FAILS(socket(AF_INET, SOCK_RAW, 0), EPROTONOSUPPORT);
}

/* ---- Ancillary data that ask for what there is not ---- */

/** Send a datagram to a socket on loopback by interface @p index from address @p src. */
static ssize_t send_by(int fam, unsigned index, const char *src)
{
  int r = udp_bound(fam), s = udp(fam);
  addr_t a = name_of(r), from = at(fam, src, 0);
  union {
    struct cmsghdr align;
    char space[256];
  } u;
  char b[1] = { 'x' };
  struct iovec v = { b, 1 };
  struct msghdr m;
  struct cmsghdr *c;
  struct in_pktinfo info;
  struct in6_pktinfo info6;

  memset(&u, 0, sizeof u);
  memset(&m, 0, sizeof m);
  memset(&info, 0, sizeof info);
  m.msg_name = &a;
  m.msg_namelen = len_of(fam);
  m.msg_iov = &v;
  m.msg_iovlen = 1;
  m.msg_control = &u;
  m.msg_controllen = fam == AF_INET ? CMSG_SPACE(sizeof info) : CMSG_SPACE(sizeof info6);
  c = CMSG_FIRSTHDR(&m);
  c->cmsg_level = fam == AF_INET ? IPPROTO_IP : IPPROTO_IPV6;
  c->cmsg_type = fam == AF_INET ? IP_PKTINFO : IPV6_PKTINFO;
  c->cmsg_len = fam == AF_INET ? CMSG_LEN(sizeof info) : CMSG_LEN(sizeof info6);
  info.ipi_ifindex = (__typeof__(info.ipi_ifindex))index;
  info6.ipi6_ifindex = index;
  if (fam == AF_INET) {
    info.ipi_spec_dst = from.in.sin_addr;
    memcpy(CMSG_DATA(c), &info, sizeof info);
  } else {
    info6.ipi6_addr = from.in6.sin6_addr;
    memcpy(CMSG_DATA(c), &info6, sizeof info6);
  }
  return sendmsg(s, &m, 0);
}

CASE46(msg_pktinfo_no_such_interface)
{
  const char *any_source = fam == AF_INET ? "0.0.0.0" : "::";

  IS(send_by(fam, 1, any_source), 1);
  FAILS(send_by(fam, 77, any_source), ENODEV);
  FAILS(send_by(fam, 256 + 1, any_source), ENODEV);
}

CASE46(msg_pktinfo_foreign_source)
{
  IS(send_by(fam, 0, fam == AF_INET ? "127.0.0.1" : "::1"), 1);
  FAILS2(send_by(fam, 0, fam == AF_INET ? "192.0.2.9" : "2001:db8:9::9"), EINVAL, ENETUNREACH);
  FAILS(send_by(fam, 0, fam == AF_INET ? "224.0.0.9" : "ff02::9"), EINVAL);
}

CASE6(scope_of_no_interface)
{
  int s = udp(AF_INET6);
  addr_t a = at(AF_INET6, "fe80::1", 9);

  a.in6.sin6_scope_id = 256 + 1;
  FAILS2(sendto(s, "x", 1, 0, &a.sa, sizeof a.in6), ENODEV, ENETUNREACH);
  FAILS2(connect(s, &a.sa, sizeof a.in6), ENODEV, ENETUNREACH);
  a = at(AF_INET6, "fe80::1", 9);
  a.in6.sin6_scope_id = 256 + 1;
  FAILS2(bind(s, &a.sa, sizeof a.in6), ENODEV, EINVAL);
}
