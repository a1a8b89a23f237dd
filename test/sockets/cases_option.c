/** getsockopt and setsockopt; names and addresses. */
#include "suite.h"

/** An int option takes @p v and gives it back. */
static void keeps(int s, int level, int name, int v)
{
  OK(setsockopt(s, level, name, &v, sizeof v));
  IS(int_opt(s, level, name), v);
}

CASE46(opt_reuseaddr)
{
  int s = tcp(fam);

  IS(int_opt(s, SOL_SOCKET, SO_REUSEADDR), 0);
  keeps(s, SOL_SOCKET, SO_REUSEADDR, 1);
  keeps(s, SOL_SOCKET, SO_REUSEADDR, 0);
}

CASE46(opt_booleans_are_one)
{
  int s = tcp(fam), v = 77;

  OK(setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &v, sizeof v));
  IS(int_opt(s, SOL_SOCKET, SO_REUSEADDR), 1);
  OK(setsockopt(s, SOL_SOCKET, SO_KEEPALIVE, &v, sizeof v));
  IS(int_opt(s, SOL_SOCKET, SO_KEEPALIVE), 1);
}

CASE46(opt_keepalive)
{
  int s[2];

  tcp_pair(fam, s);
  IS(int_opt(s[0], SOL_SOCKET, SO_KEEPALIVE), 0);
  keeps(s[0], SOL_SOCKET, SO_KEEPALIVE, 1);
  keeps(s[0], IPPROTO_TCP, TCP_KEEPIDLE, 30);
  keeps(s[0], IPPROTO_TCP, TCP_KEEPINTVL, 5);
  keeps(s[0], IPPROTO_TCP, TCP_KEEPCNT, 4);
}

CASE46(opt_keepalive_values_are_checked)
{
  int s = tcp(fam), v = 0;

  FAILS(setsockopt(s, IPPROTO_TCP, TCP_KEEPIDLE, &v, sizeof v), EINVAL);
  FAILS(setsockopt(s, IPPROTO_TCP, TCP_KEEPINTVL, &v, sizeof v), EINVAL);
  FAILS(setsockopt(s, IPPROTO_TCP, TCP_KEEPCNT, &v, sizeof v), EINVAL);
  v = -1;
  FAILS(setsockopt(s, IPPROTO_TCP, TCP_KEEPIDLE, &v, sizeof v), EINVAL);
}

CASE46(opt_keepalive_defaults)
{
  int s = tcp(fam);

  IS(int_opt(s, IPPROTO_TCP, TCP_KEEPIDLE), 7200);
  IS(int_opt(s, IPPROTO_TCP, TCP_KEEPINTVL), 75);
  IS(int_opt(s, IPPROTO_TCP, TCP_KEEPCNT), 9);
}

CASE46(opt_broadcast)
{
  int s = udp(fam);

  IS(int_opt(s, SOL_SOCKET, SO_BROADCAST), 0);
  keeps(s, SOL_SOCKET, SO_BROADCAST, 1);
}

CASE46(opt_nodelay)
{
  int s = tcp(fam);

  IS(int_opt(s, IPPROTO_TCP, TCP_NODELAY), 0);
  keeps(s, IPPROTO_TCP, TCP_NODELAY, 1);
  keeps(s, IPPROTO_TCP, TCP_NODELAY, 0);
}

CASE46(opt_nodelay_on_udp)
{
  int s = udp(fam), v = 1;

  FAILS2(setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &v, sizeof v), EOPNOTSUPP, ENOPROTOOPT);
}

CASE46(opt_type_error_acceptconn_are_read_only)
{
  int s = tcp(fam), v = 1;

  FAILS(setsockopt(s, SOL_SOCKET, SO_TYPE, &v, sizeof v), ENOPROTOOPT);
  FAILS(setsockopt(s, SOL_SOCKET, SO_ERROR, &v, sizeof v), ENOPROTOOPT);
  FAILS(setsockopt(s, SOL_SOCKET, SO_ACCEPTCONN, &v, sizeof v), ENOPROTOOPT);
}

CASE46(opt_unknown)
{
  int s = tcp(fam), v = 1;
  socklen_t n = sizeof v;

  FAILS(setsockopt(s, SOL_SOCKET, 9999, &v, sizeof v), ENOPROTOOPT);
  FAILS(getsockopt(s, SOL_SOCKET, 9999, &v, &n), ENOPROTOOPT);
  FAILS(setsockopt(s, IPPROTO_TCP, 9999, &v, sizeof v), ENOPROTOOPT);
  FAILS(getsockopt(s, IPPROTO_TCP, 9999, &v, &n), ENOPROTOOPT);
  FAILS(setsockopt(s, IPPROTO_IP, 9999, &v, sizeof v), ENOPROTOOPT);
}

CASE46(opt_unknown_level)
{
  int s = udp(fam), v = 1;
  socklen_t n = sizeof v;

  FAILS2(setsockopt(s, 7777, 1, &v, sizeof v), ENOPROTOOPT, EOPNOTSUPP);
  FAILS2(getsockopt(s, 7777, 1, &v, &n), ENOPROTOOPT, EOPNOTSUPP);
}

CASE46(opt_short_argument)
{
  int s = tcp(fam), v = 1;

  FAILS(setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &v, 2), EINVAL);
  FAILS(setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &v, 0), EINVAL);
}

CASE46(opt_short_result_is_cut)
{
  int s = tcp(fam);
  unsigned char v[8] = { 0xAA, 0xAA, 0xAA, 0xAA };
  socklen_t n = 2;

  OK(getsockopt(s, SOL_SOCKET, SO_TYPE, v, &n));
  IS(n, 2);
  IS(v[0], SOCK_STREAM);
  IS(v[2], 0xAA);
}

CASE46(opt_long_room_is_not_filled)
{
  int s = tcp(fam);
  unsigned char v[16];
  socklen_t n = sizeof v;

  memset(v, 0xAA, sizeof v);
  OK(getsockopt(s, SOL_SOCKET, SO_TYPE, v, &n));
  IS(n, 4);
  IS(v[4], 0xAA);
}

CASE46(opt_rcvtimeo)
{
  int s = udp(fam);
  struct timeval tv = { 9, 9 };
  socklen_t n = sizeof tv;

  OK(getsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &tv, &n));
  IS(tv.tv_sec, 0);
  IS(tv.tv_usec, 0);
  tv.tv_sec = 2;
  tv.tv_usec = 500000;
  OK(setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv));
  tv.tv_sec = tv.tv_usec = 0;
  OK(getsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &tv, &n));
  IS(tv.tv_sec, 2);
  IS(tv.tv_usec, 500000);
}

CASE46(opt_sndtimeo)
{
  int s = tcp(fam);
  struct timeval tv = { 1, 500000 };
  socklen_t n = sizeof tv;

  OK(setsockopt(s, SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof tv));
  tv.tv_sec = tv.tv_usec = 0;
  OK(getsockopt(s, SOL_SOCKET, SO_SNDTIMEO, &tv, &n));
  IS(tv.tv_sec, 1);
  IS(tv.tv_usec, 500000);
}

CASE46(opt_timeo_bad_values)
{
  int s = udp(fam);
  struct timeval tv = { 0, 1000000 };

  FAILS(setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv), EDOM);
  FAILS(setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &tv, 2), EINVAL);
}

CASE46(opt_rcvbuf)
{
  int s = udp(fam), v = 8192;

  TRUE(int_opt(s, SOL_SOCKET, SO_RCVBUF) > 0);
  OK(setsockopt(s, SOL_SOCKET, SO_RCVBUF, &v, sizeof v));
  TRUE(int_opt(s, SOL_SOCKET, SO_RCVBUF) >= 8192);
}

CASE46(opt_sndbuf)
{
  int s = tcp(fam), v = 8192;

  TRUE(int_opt(s, SOL_SOCKET, SO_SNDBUF) > 0);
  OK(setsockopt(s, SOL_SOCKET, SO_SNDBUF, &v, sizeof v));
  TRUE(int_opt(s, SOL_SOCKET, SO_SNDBUF) >= 8192);
}

CASE46(opt_sndbuf_limits)
{
  int s[2], v = 5000;
  size_t sum;
  char block[1000];
  ssize_t n;

  tcp_pair(fam, s);
  OK(setsockopt(s[0], SOL_SOCKET, SO_SNDBUF, &v, sizeof v));
  for (sum = 0; sum < 64 * 1024 * 1024; sum += (size_t)n) {
    n = send(s[0], block, sizeof block, MSG_DONTWAIT);
    if (n < 0) {
      TRUE(errno == EAGAIN);
      break;
    }
  }
  TRUE(sum < 64 * 1024 * 1024);
}

CASE46(opt_rcvbuf_limits_datagrams)
{
  int s[2], v = 3000, i, got = 0;
  char block[1000];

  udp_pair(fam, s);
  OK(setsockopt(s[1], SOL_SOCKET, SO_RCVBUF, &v, sizeof v));
  for (i = 0; i < 100; i++) {
    IS(send(s[0], block, sizeof block, 0), sizeof block);
  }
  pause_ms(30);
  while (recv(s[1], block, sizeof block, MSG_DONTWAIT) > 0) {
    got++;
  }
  TRUE(got >= 1 && got < 50);
}

CASE46(opt_rcvlowat_exists)
{
  int s = tcp(fam);

  IS(int_opt(s, SOL_SOCKET, SO_RCVLOWAT), 1);
}

CASE46(opt_oobinline)
{
  int s = tcp(fam);

  IS(int_opt(s, SOL_SOCKET, SO_OOBINLINE), 0);
}

CASE46(opt_dontroute_debug)
{
  int s = udp(fam);

  IS(int_opt(s, SOL_SOCKET, SO_DONTROUTE), 0);
  IS(int_opt(s, SOL_SOCKET, SO_DEBUG), 0);
}

CASE(opt_ttl)
{
  int s = tcp(AF_INET), v = 0;

  TRUE(int_opt(s, IPPROTO_IP, IP_TTL) > 0);
  keeps(s, IPPROTO_IP, IP_TTL, 17);
  FAILS(setsockopt(s, IPPROTO_IP, IP_TTL, &v, sizeof v), EINVAL);
  v = 256;
  FAILS(setsockopt(s, IPPROTO_IP, IP_TTL, &v, sizeof v), EINVAL);
}

CASE(opt_tos)
{
  int s = udp(AF_INET);

  IS(int_opt(s, IPPROTO_IP, IP_TOS), 0);
  keeps(s, IPPROTO_IP, IP_TOS, 0x10);
}

CASE46(opt_maxseg)
{
  int s[2], v = 600;

  tcp_pair(fam, s);
  TRUE(int_opt(s[0], IPPROTO_TCP, TCP_MAXSEG) >= 536);
  int t = tcp(fam);
  OK(setsockopt(t, IPPROTO_TCP, TCP_MAXSEG, &v, sizeof v));
}

CASE46(opt_maxseg_bad)
{
  int s = tcp(fam), v = 1;

  FAILS(setsockopt(s, IPPROTO_TCP, TCP_MAXSEG, &v, sizeof v), EINVAL);
  v = 100000;
  FAILS(setsockopt(s, IPPROTO_TCP, TCP_MAXSEG, &v, sizeof v), EINVAL);
}

CASE46(opt_user_timeout)
{
  int s = tcp(fam), v = -1;

  IS(int_opt(s, IPPROTO_TCP, TCP_USER_TIMEOUT), 0);
  keeps(s, IPPROTO_TCP, TCP_USER_TIMEOUT, 5000);
  FAILS(setsockopt(s, IPPROTO_TCP, TCP_USER_TIMEOUT, &v, sizeof v), EINVAL);
}

CASE46(opt_congestion)
{
  int s = tcp(fam);
  char name[16] = "";
  socklen_t n = sizeof name;

  OK(getsockopt(s, IPPROTO_TCP, TCP_CONGESTION, name, &n));
  TRUE(strlen(name) > 0);
  OK(setsockopt(s, IPPROTO_TCP, TCP_CONGESTION, "reno", 4));
  n = sizeof name;
  OK(getsockopt(s, IPPROTO_TCP, TCP_CONGESTION, name, &n));
  TRUE(strcmp(name, "reno") == 0);
}

CASE46(opt_congestion_cubic)
{
  int s[2];
  char name[16] = "";
  socklen_t n = sizeof name;

  tcp_pair(fam, s);
  OK(setsockopt(s[0], IPPROTO_TCP, TCP_CONGESTION, "cubic", 5));
  OK(getsockopt(s[0], IPPROTO_TCP, TCP_CONGESTION, name, &n));
  TRUE(strcmp(name, "cubic") == 0);
  OK(setsockopt(s[0], IPPROTO_TCP, TCP_CONGESTION, "reno", 5));
  n = 3;
  OK(getsockopt(s[0], IPPROTO_TCP, TCP_CONGESTION, name, &n));
  IS(n, 3);
  TRUE(memcmp(name, "ren", 3) == 0);
  FAILS(setsockopt(s[0], IPPROTO_TCP, TCP_CONGESTION, "reno", 0), EINVAL);
}

CASE46(opt_congestion_unknown)
{
  int s = tcp(fam);

  FAILS(setsockopt(s, IPPROTO_TCP, TCP_CONGESTION, "nonesuch", 8), ENOENT);
}

CASE46(opt_tcp_info)
{
  int s[2];
  struct tcp_info i;
  socklen_t n = sizeof i;

  tcp_pair(fam, s);
  memset(&i, 0, sizeof i);
  OK(getsockopt(s[0], IPPROTO_TCP, TCP_INFO, &i, &n));
  TRUE(n > 0 && n <= sizeof i);
  IS(i.tcpi_state, 1);
  TRUE(i.tcpi_snd_mss >= 500);
  TRUE(i.tcpi_rto > 0);
  TRUE(i.tcpi_snd_cwnd > 0);
  IS(i.tcpi_snd_ssthresh, 0x7fffffff);
}

CASE46(opt_tcp_info_states)
{
  int l = listener(fam, 1), s = tcp(fam);
  struct tcp_info i;
  socklen_t n = sizeof i;

  OK(getsockopt(l, IPPROTO_TCP, TCP_INFO, &i, &n));
  IS(i.tcpi_state, 10);
  n = sizeof i;
  OK(getsockopt(s, IPPROTO_TCP, TCP_INFO, &i, &n));
  IS(i.tcpi_state, 7);
}

CASE46(opt_inherited_by_accept)
{
  int l = listener(fam, 1), c = tcp(fam), s, on = 1;
  addr_t a = name_of(l);

  OK(setsockopt(l, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on));
  OK(setsockopt(l, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on));
  OK(connect(c, &a.sa, len_of(fam)));
  TRUE((s = accept(l, NULL, NULL)) >= 0);
  IS(int_opt(s, SOL_SOCKET, SO_KEEPALIVE), 1);
  IS(int_opt(s, IPPROTO_TCP, TCP_NODELAY), 1);
}

CASE46(opt_linger_short)
{
  int s = tcp(fam);
  struct linger l = { 1, 1 };

  FAILS(setsockopt(s, SOL_SOCKET, SO_LINGER, &l, 4), EINVAL);
}

CASE46(opt_bindtodevice_unknown)
{
  int s = udp(fam);

  FAILS(setsockopt(s, SOL_SOCKET, SO_BINDTODEVICE, "zz9", 4), ENODEV);
}

CASE46(opt_bindtodevice)
{
  int s[2];
  char name[32], b;

  MUST(if_indextoname(1, name) != NULL);
  udp_pair(fam, s);
  OK(setsockopt(s[0], SOL_SOCKET, SO_BINDTODEVICE, name, (socklen_t)strlen(name) + 1));
  IS(send(s[1], "x", 1, 0), 1);
  timeout_ms(s[0], 1000);
  IS(recv(s[0], &b, 1, 0), 1);
}

#if SUITE_IPV6
CASE6(opt_unicast_hops)
{
  int s = udp(AF_INET6), v = 256;

  TRUE(int_opt(s, IPPROTO_IPV6, IPV6_UNICAST_HOPS) > 0);
  keeps(s, IPPROTO_IPV6, IPV6_UNICAST_HOPS, 17);
  FAILS(setsockopt(s, IPPROTO_IPV6, IPV6_UNICAST_HOPS, &v, sizeof v), EINVAL);
  v = -1;
  OK(setsockopt(s, IPPROTO_IPV6, IPV6_UNICAST_HOPS, &v, sizeof v));
  TRUE(int_opt(s, IPPROTO_IPV6, IPV6_UNICAST_HOPS) > 17);
}

CASE6(opt_multicast_hops)
{
  int s = udp(AF_INET6);

  IS(int_opt(s, IPPROTO_IPV6, IPV6_MULTICAST_HOPS), 1);
  keeps(s, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, 5);
  IS(int_opt(s, IPPROTO_IPV6, IPV6_MULTICAST_LOOP), 1);
  IS(int_opt(s, IPPROTO_IPV6, IPV6_MULTICAST_IF), 0);
}

CASE6(opt_join_group6)
{
  int s = udp_bound(AF_INET6);
  struct ipv6_mreq m;
  addr_t g = at(AF_INET6, "ff12::1234", 0);

  memcpy(&m.ipv6mr_multiaddr, &g.in6.sin6_addr, 16);
  m.ipv6mr_interface = 1;
  OK(setsockopt(s, IPPROTO_IPV6, IPV6_JOIN_GROUP, &m, sizeof m));
  FAILS(setsockopt(s, IPPROTO_IPV6, IPV6_JOIN_GROUP, &m, sizeof m), EADDRINUSE);
  OK(setsockopt(s, IPPROTO_IPV6, IPV6_LEAVE_GROUP, &m, sizeof m));
  FAILS(setsockopt(s, IPPROTO_IPV6, IPV6_LEAVE_GROUP, &m, sizeof m), EADDRNOTAVAIL);
}

CASE(opt_ipv6_on_ipv4_socket)
{
  int s = udp(AF_INET), v = 1;

  FAILS(setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, &v, sizeof v), ENOPROTOOPT);
}
#endif

/* ---- Text and addresses ---- */

CASE(inet_pton_ipv4)
{
  struct in_addr a;

  IS(inet_pton(AF_INET, "1.2.3.4", &a), 1);
  IS(a.s_addr, htonl(0x01020304));
  IS(inet_pton(AF_INET, "1.2.3", &a), 0);
  IS(inet_pton(AF_INET, "1.2.3.256", &a), 0);
  IS(inet_pton(AF_INET, "1.2.3.4 ", &a), 0);
  IS(inet_pton(AF_INET, "01.2.3.4", &a), 0);
  IS(inet_pton(AF_INET, "0x1.2.3.4", &a), 0);
  IS(inet_pton(AF_INET, "", &a), 0);
}

CASE(inet_pton_family)
{
  struct in_addr a;

  FAILS(inet_pton(77, "1.2.3.4", &a), EAFNOSUPPORT);
}

CASE(inet_ntop_ipv4)
{
  struct in_addr a = { htonl(0xC0A80101) };
  char t[16];

  TRUE(inet_ntop(AF_INET, &a, t, sizeof t) != NULL && strcmp(t, "192.168.1.1") == 0);
  errno = 0;
  TRUE(inet_ntop(AF_INET, &a, t, 11) == NULL && errno == ENOSPC);
  TRUE(inet_ntop(AF_INET, &a, t, 12) != NULL);
  errno = 0;
  TRUE(inet_ntop(77, &a, t, sizeof t) == NULL && errno == EAFNOSUPPORT);
}

CASE(inet_aton_forms)
{
  struct in_addr a;

  TRUE(inet_aton("10.1", &a) != 0 && a.s_addr == htonl(0x0A000001));
  TRUE(inet_aton("0x7f.1", &a) != 0 && a.s_addr == htonl(0x7f000001));
  IS(inet_aton("300.1.1.1", &a), 0);
  TRUE(inet_addr("1.2.3.4") == htonl(0x01020304));
  TRUE(inet_addr("nonsense") == INADDR_NONE);
  a.s_addr = htonl(0x01020304);
  TRUE(strcmp(inet_ntoa(a), "1.2.3.4") == 0);
}

#if SUITE_IPV6
CASE6(inet_pton_ipv6)
{
  struct in6_addr a;

  IS(inet_pton(AF_INET6, "::1", &a), 1);
  IS(a.s6_addr[15], 1);
  IS(inet_pton(AF_INET6, "2001:db8::ff00:42:8329", &a), 1);
  IS(a.s6_addr[0], 0x20);
  IS(inet_pton(AF_INET6, "::ffff:1.2.3.4", &a), 1);
  IS(a.s6_addr[12], 1);
  IS(inet_pton(AF_INET6, "1::2::3", &a), 0);
  IS(inet_pton(AF_INET6, "12345::", &a), 0);
  IS(inet_pton(AF_INET6, "1.2.3.4", &a), 0);
}

CASE6(inet_ntop_ipv6)
{
  struct in6_addr a;
  char t[48];

  MUST(inet_pton(AF_INET6, "2001:0db8:0:0:0:ff00:42:8329", &a) == 1);
  TRUE(inet_ntop(AF_INET6, &a, t, sizeof t) != NULL && strcmp(t, "2001:db8::ff00:42:8329") == 0);
  MUST(inet_pton(AF_INET6, "::", &a) == 1);
  TRUE(inet_ntop(AF_INET6, &a, t, sizeof t) != NULL && strcmp(t, "::") == 0);
  errno = 0;
  TRUE(inet_ntop(AF_INET6, &a, t, 2) == NULL && errno == ENOSPC);
}
#endif

static int resolve(const char *host, const char *service, int flags, int fam, int type, struct addrinfo **out)
{
  struct addrinfo h;

  memset(&h, 0, sizeof h);
  h.ai_flags = flags;
  h.ai_family = fam;
  h.ai_socktype = type;
  return getaddrinfo(host, service, &h, out);
}

CASE46(gai_numeric_host)
{
  struct addrinfo *r = NULL;
  addr_t want = lo(fam, 80);

  OK(resolve(fam == AF_INET ? "127.0.0.1" : "::1", "80", AI_NUMERICHOST, fam, SOCK_STREAM, &r));
  MUST(r != NULL);
  IS(r->ai_family, fam);
  IS(r->ai_socktype, SOCK_STREAM);
  IS(r->ai_protocol, IPPROTO_TCP);
  IS(r->ai_addrlen, len_of(fam));
  TRUE(same_addr((addr_t *)(void *)r->ai_addr, &want));
  TRUE(r->ai_next == NULL);
  freeaddrinfo(r);
}

CASE46(gai_numeric_by_unspec)
{
  struct addrinfo *r = NULL;

  OK(resolve(fam == AF_INET ? "127.0.0.1" : "::1", "80", 0, AF_UNSPEC, SOCK_DGRAM, &r));
  MUST(r != NULL);
  IS(r->ai_family, fam);
  IS(r->ai_protocol, IPPROTO_UDP);
  freeaddrinfo(r);
}

CASE46(gai_passive)
{
  struct addrinfo *r = NULL;
  addr_t want = any(fam, 8080);

  OK(resolve(NULL, "8080", AI_PASSIVE, fam, SOCK_STREAM, &r));
  MUST(r != NULL);
  TRUE(same_addr((addr_t *)(void *)r->ai_addr, &want));
  freeaddrinfo(r);
}

CASE46(gai_null_host_is_loopback)
{
  struct addrinfo *r = NULL;
  addr_t want = lo(fam, 8080);

  OK(resolve(NULL, "8080", 0, fam, SOCK_STREAM, &r));
  MUST(r != NULL);
  TRUE(same_addr((addr_t *)(void *)r->ai_addr, &want));
  freeaddrinfo(r);
}

CASE(gai_all_types)
{
  struct addrinfo *r = NULL, *a;
  int seen = 0;

  OK(resolve("127.0.0.1", "80", 0, AF_INET, 0, &r));
  for (a = r; a != NULL; a = a->ai_next) {
    seen |= a->ai_socktype == SOCK_STREAM ? 1 : a->ai_socktype == SOCK_DGRAM ? 2 : 0;
  }
  IS(seen, 3);
  freeaddrinfo(r);
}

CASE(gai_nothing_given)
{
  struct addrinfo *r = NULL;

  IS(getaddrinfo(NULL, NULL, NULL, &r), EAI_NONAME);
}

CASE(gai_numeric_host_required)
{
  struct addrinfo *r = NULL;

  IS(resolve("no.such.host.invalid", "80", AI_NUMERICHOST, AF_INET, SOCK_STREAM, &r), EAI_NONAME);
}

CASE(gai_bad_service)
{
  struct addrinfo *r = NULL;

  IS(resolve("127.0.0.1", "no-such-service", AI_NUMERICSERV, AF_INET, SOCK_STREAM, &r), EAI_NONAME);
  TRUE(resolve("127.0.0.1", "no-such-service", 0, AF_INET, SOCK_STREAM, &r) == EAI_SERVICE);
}

CASE(gai_bad_family_and_type)
{
  struct addrinfo *r = NULL;

  IS(resolve("127.0.0.1", "80", 0, 77, SOCK_STREAM, &r), EAI_FAMILY);
  IS(resolve("127.0.0.1", "80", 0, AF_INET, 99, &r), EAI_SOCKTYPE);
}

CASE(gai_bad_flags)
{
  struct addrinfo *r = NULL;

  IS(resolve("127.0.0.1", "80", 0x40000000, AF_INET, SOCK_STREAM, &r), EAI_BADFLAGS);
  IS(resolve(NULL, "80", AI_CANONNAME, AF_INET, SOCK_STREAM, &r), EAI_BADFLAGS);
}

CASE(gai_canonname)
{
  struct addrinfo *r = NULL;

  OK(resolve("127.0.0.1", "80", AI_CANONNAME, AF_INET, SOCK_STREAM, &r));
  MUST(r != NULL && r->ai_canonname != NULL);
  TRUE(strcmp(r->ai_canonname, "127.0.0.1") == 0);
  freeaddrinfo(r);
}

CASE(gai_service_only_numbers_in_range)
{
  struct addrinfo *r = NULL;

  OK(resolve("127.0.0.1", NULL, 0, AF_INET, SOCK_STREAM, &r));
  MUST(r != NULL);
  IS(port_in((addr_t *)(void *)r->ai_addr), 0);
  freeaddrinfo(r);
}

CASE(gai_localhost)
{
  struct addrinfo *r = NULL;
  addr_t want = lo(AF_INET, 80);

  OK(resolve("localhost", "80", 0, AF_INET, SOCK_STREAM, &r));
  MUST(r != NULL);
  TRUE(same_addr((addr_t *)(void *)r->ai_addr, &want));
  freeaddrinfo(r);
}

#if SUITE_IPV6
CASE6(gai_v4mapped)
{
  struct addrinfo *r = NULL;

  OK(resolve("127.0.0.1", "80", AI_V4MAPPED, AF_INET6, SOCK_STREAM, &r));
  MUST(r != NULL);
  IS(r->ai_family, AF_INET6);
  IS(((struct sockaddr_in6 *)(void *)r->ai_addr)->sin6_addr.s6_addr[10], 0xff);
  freeaddrinfo(r);
}

CASE6(gai_wrong_numeric_family)
{
  struct addrinfo *r = NULL;

  TRUE(resolve("127.0.0.1", "80", AI_NUMERICHOST, AF_INET6, SOCK_STREAM, &r) != 0);
  TRUE(resolve("::1", "80", AI_NUMERICHOST, AF_INET, SOCK_STREAM, &r) != 0);
}
#endif

CASE46(gni_numeric)
{
  addr_t a = lo(fam, 8080);
  char host[64], service[16];

  OK(getnameinfo(&a.sa, len_of(fam), host, sizeof host, service, sizeof service, NI_NUMERICHOST | NI_NUMERICSERV));
  TRUE(strcmp(host, fam == AF_INET ? "127.0.0.1" : "::1") == 0);
  TRUE(strcmp(service, "8080") == 0);
}

CASE46(gni_host_or_service_alone)
{
  addr_t a = lo(fam, 8080);
  char text[64];

  OK(getnameinfo(&a.sa, len_of(fam), text, sizeof text, NULL, 0, NI_NUMERICHOST));
  OK(getnameinfo(&a.sa, len_of(fam), NULL, 0, text, sizeof text, NI_NUMERICSERV));
  TRUE(strcmp(text, "8080") == 0);
}

CASE46(gni_errors)
{
  addr_t a = lo(fam, 8080);
  char text[64];

  IS(getnameinfo(&a.sa, 4, text, sizeof text, NULL, 0, NI_NUMERICHOST), EAI_FAMILY);
  IS(getnameinfo(&a.sa, len_of(fam), text, 2, NULL, 0, NI_NUMERICHOST), EAI_OVERFLOW);
  a.sa.sa_family = 77;
  IS(getnameinfo(&a.sa, len_of(fam), text, sizeof text, NULL, 0, NI_NUMERICHOST), EAI_FAMILY);
}

CASE(gethostbyname_numeric)
{
  struct hostent *h = gethostbyname("127.0.0.1");
  struct in_addr a;

  MUST(h != NULL);
  IS(h->h_addrtype, AF_INET);
  IS(h->h_length, 4);
  memcpy(&a, h->h_addr_list[0], 4);
  TRUE(a.s_addr == htonl(0x7f000001));
  TRUE(h->h_addr_list[1] == NULL);
}

CASE(gethostbyname_r_numeric)
{
  struct hostent h, *r = NULL;
  char room[512];
  int e = 0;

  OK(gethostbyname_r("127.0.0.1", &h, room, sizeof room, &r, &e));
  TRUE(r == &h);
  IS(h.h_length, 4);
}

CASE(gethostbyname_r_no_room)
{
  struct hostent h, *r = &h;
  char room[8];
  int e = 0;

  IS(gethostbyname_r("127.0.0.1", &h, room, sizeof room, &r, &e), ERANGE);
  TRUE(r == NULL);
}

CASE(interface_names)
{
  char name[32];

  MUST(if_indextoname(1, name) != NULL);
  IS(if_nametoindex(name), 1);
  IS(if_nametoindex("zz9"), 0);
  errno = 0;
  TRUE(if_indextoname(200, name) == NULL && errno == ENXIO);
}

CASE(gai_strerror_says_something)
{
  TRUE(strlen(gai_strerror(EAI_NONAME)) > 0);
}

/* ---- Options of no kind, and what a listener has ---- */

static int set_int(int s, int level, int name, int value)
{
  return setsockopt(s, level, name, &value, sizeof value);
}

static int get_fails(int s, int level, int name)
{
  int value;
  socklen_t n = sizeof value;

  return getsockopt(s, level, name, &value, &n);
}

CASE46(opt_listener_unknown)
{
  int l = listener(fam, 1);

  FAILS(get_fails(l, IPPROTO_TCP, 999), ENOPROTOOPT);
  FAILS(set_int(l, IPPROTO_TCP, 999, 1), ENOPROTOOPT);
}

CASE46(opt_tcp_unknown)
{
  int s[2], fresh = tcp(fam);

  tcp_pair(fam, s);
  FAILS(get_fails(fresh, IPPROTO_TCP, 999), ENOPROTOOPT);
  FAILS(set_int(fresh, IPPROTO_TCP, 999, 1), ENOPROTOOPT);
  FAILS(get_fails(s[0], IPPROTO_TCP, 999), ENOPROTOOPT);
  FAILS(set_int(s[0], IPPROTO_TCP, 999, 1), ENOPROTOOPT);
  FAILS(set_int(s[0], SOL_SOCKET, 9999, 1), ENOPROTOOPT);
}

CASE46(opt_listener_tells_times)
{
  int l = listener(fam, 1);

  IS(int_opt(l, IPPROTO_TCP, TCP_KEEPIDLE), 7200);
  IS(int_opt(l, IPPROTO_TCP, TCP_KEEPINTVL), 75);
  IS(int_opt(l, IPPROTO_TCP, TCP_KEEPCNT), 9);
  IS(int_opt(l, IPPROTO_TCP, TCP_USER_TIMEOUT), 0);
  TRUE(int_opt(l, IPPROTO_TCP, TCP_MAXSEG) > 0);
}

CASE46(opt_keepalive_inherited)
{
  int l = listener(fam, 1), c = tcp(fam), s;
  addr_t a = name_of(l);

  OK(set_int(l, IPPROTO_TCP, TCP_KEEPIDLE, 77));
  OK(set_int(l, IPPROTO_TCP, TCP_USER_TIMEOUT, 5000));
  OK(connect(c, &a.sa, len_of(fam)));
  TRUE((s = accept(l, NULL, NULL)) >= 0);
  IS(int_opt(s, IPPROTO_TCP, TCP_KEEPIDLE), 77);
  IS(int_opt(s, IPPROTO_TCP, TCP_USER_TIMEOUT), 5000);
}
