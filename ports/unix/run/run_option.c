/** getsockopt and setsockopt: the system's numbers and structures for the stack's. */
#define _GNU_SOURCE
#include "run.h"
#include "run_address.h"
#include "run_lwip.h"
#include "run_value.h"
#include <errno.h>
#include <linux/tcp.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

struct option {
  int level, here, there;
};

#define SOL_THERE 0xfff
#define NODELAY_THERE 0x01
#define MULTICAST_IF_THERE 6
#define BINDTODEVICE_THERE 0x100b

/* Those whose values are the same on both sides. */
static const struct option options[] = {
  { SOL_SOCKET, SO_DEBUG, 0x0001 },
  { SOL_SOCKET, SO_REUSEADDR, 0x0004 },
  { SOL_SOCKET, SO_TYPE, 0x1008 },
  { SOL_SOCKET, SO_ERROR, 0x1007 },
  { SOL_SOCKET, SO_DONTROUTE, 0x0010 },
  { SOL_SOCKET, SO_BROADCAST, 0x0020 },
  { SOL_SOCKET, SO_SNDBUF, 0x1001 },
  { SOL_SOCKET, SO_RCVBUF, 0x1002 },
  { SOL_SOCKET, SO_KEEPALIVE, 0x0008 },
  { SOL_SOCKET, SO_OOBINLINE, 0x0100 },
  { SOL_SOCKET, SO_NO_CHECK, 0x100a },
  { SOL_SOCKET, SO_LINGER, 0x0080 },
  { SOL_SOCKET, SO_REUSEPORT, 0x0200 },
  { SOL_SOCKET, SO_RCVLOWAT, 0x1004 },
  { SOL_SOCKET, SO_SNDLOWAT, 0x1003 },
  { SOL_SOCKET, SO_RCVTIMEO, 0x1006 },
  { SOL_SOCKET, SO_SNDTIMEO, 0x1005 },
  { SOL_SOCKET, SO_ACCEPTCONN, 0x0002 },
  { SOL_SOCKET, SO_PROTOCOL, 0x100d },
  { SOL_SOCKET, SO_DOMAIN, 0x100c },
  { SOL_SOCKET, SO_TIMESTAMP, 0x100e },
  { IPPROTO_TCP, TCP_NODELAY, NODELAY_THERE },
  { IPPROTO_TCP, TCP_MAXSEG, 0x06 },
  { IPPROTO_TCP, TCP_KEEPIDLE, 0x03 },
  { IPPROTO_TCP, TCP_KEEPINTVL, 0x04 },
  { IPPROTO_TCP, TCP_KEEPCNT, 0x05 },
  { IPPROTO_TCP, TCP_USER_TIMEOUT, 0x07 },
  { IPPROTO_TCP, TCP_CONGESTION, 0x08 },
  { IPPROTO_TCP, TCP_FASTOPEN, 0x0a },
  { IPPROTO_TCP, TCP_FASTOPEN_CONNECT, 0x0b },
  { IPPROTO_IP, IP_TOS, 1 },
  { IPPROTO_IP, IP_TTL, 2 },
  { IPPROTO_IP, IP_PKTINFO, 8 },
  { IPPROTO_IP, IP_RECVTTL, 12 },
  { IPPROTO_IP, IP_RECVTOS, 13 },
  { IPPROTO_IP, IP_MULTICAST_IF, MULTICAST_IF_THERE },
  { IPPROTO_IP, IP_MULTICAST_TTL, 5 },
  { IPPROTO_IP, IP_MULTICAST_LOOP, 7 },
  { IPPROTO_IP, IP_ADD_MEMBERSHIP, 3 },
  { IPPROTO_IP, IP_DROP_MEMBERSHIP, 4 },
  { IPPROTO_IP, IP_UNBLOCK_SOURCE, 37 },
  { IPPROTO_IP, IP_BLOCK_SOURCE, 38 },
  { IPPROTO_IP, IP_ADD_SOURCE_MEMBERSHIP, 39 },
  { IPPROTO_IP, IP_DROP_SOURCE_MEMBERSHIP, 40 },
  { IPPROTO_IPV6, IPV6_CHECKSUM, 7 },
  { IPPROTO_IPV6, IPV6_V6ONLY, 27 },
  { IPPROTO_IPV6, IPV6_UNICAST_HOPS, 16 },
  { IPPROTO_IPV6, IPV6_MULTICAST_IF, 17 },
  { IPPROTO_IPV6, IPV6_MULTICAST_HOPS, 18 },
  { IPPROTO_IPV6, IPV6_MULTICAST_LOOP, 19 },
  { IPPROTO_IPV6, IPV6_JOIN_GROUP, 12 },
  { IPPROTO_IPV6, IPV6_LEAVE_GROUP, 13 },
  { IPPROTO_IPV6, IPV6_RECVPKTINFO, 49 },
  { IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 51 },
  { IPPROTO_IPV6, IPV6_RECVTCLASS, 66 },
  { IPPROTO_IPV6, IPV6_TCLASS, 67 },
};

/** @return false: errno is ENOPROTOOPT */
static bool translate(int *level, int *name)
{
  size_t i;

  for (i = 0; i < COUNT(options); i++) {
    if (options[i].level == *level && options[i].here == *name) {
      *level = *level == SOL_SOCKET ? SOL_THERE : *level;
      *name = options[i].there;
      return true;
    }
  }
  errno = ENOPROTOOPT;
  return false;
}

static int set_int(int s, int level, int there, int value)
{
  return lwip_setsockopt(s, level, there, &value, sizeof value);
}

/* ---- TCP_INFO ---- */

static int tcp_info_get(int s, void *value, socklen_t *len)
{
  struct run_tcp_info there;
  struct tcp_info i;

  if (run_tcp_info(s, &there) < 0) {
    return -1;
  }
  memset(&i, 0, sizeof i);
  i.tcpi_state = (__u8)there.state;
  i.tcpi_retransmits = (__u8)there.retransmits;
  i.tcpi_probes = (__u8)there.probes;
  i.tcpi_backoff = (__u8)there.backoff;
  i.tcpi_options = (__u8)there.options;
  i.tcpi_snd_wscale = there.snd_wscale & 15;
  i.tcpi_rcv_wscale = there.rcv_wscale & 15;
  i.tcpi_rto = there.rto;
  i.tcpi_snd_mss = there.snd_mss;
  i.tcpi_unacked = there.unacked;
  i.tcpi_pmtu = there.pmtu;
  i.tcpi_rtt = there.rtt;
  i.tcpi_rttvar = there.rttvar;
  i.tcpi_snd_ssthresh = there.snd_ssthresh;
  i.tcpi_snd_cwnd = there.snd_cwnd;
  i.tcpi_advmss = there.advmss;
  i.tcpi_rcv_space = there.rcv_space;
  i.tcpi_snd_wnd = there.snd_wnd;
  *len = *len < sizeof i ? *len : (socklen_t)sizeof i;
  memcpy(value, &i, *len);
  return 0;
}

/* ---- TCP_CORK: the stack has none.  Segments that are not full wait as Nagle has them wait, and say that more follows. ---- */

static int nodelay(int s)
{
  int on = 0;
  socklen_t len = sizeof on;

  (void)lwip_getsockopt(s, IPPROTO_TCP, NODELAY_THERE, &on, &len);
  return on;
}

static int uncork(int fd, int s)
{
  bool was = run_fd_noted(fd, RUN_NODELAY);

  run_fd_note(fd, RUN_CORKED | RUN_NODELAY, false);
  if (set_int(s, IPPROTO_TCP, NODELAY_THERE, 1) < 0) { /* out with what waits */
    return -1;
  }
  return was ? 0 : set_int(s, IPPROTO_TCP, NODELAY_THERE, 0);
}

static int cork_set(int fd, int s, int on)
{
  bool is = run_fd_noted(fd, RUN_CORKED);

  if (is == (on != 0)) {
    return 0;
  }
  if (is) {
    return uncork(fd, s);
  }
  run_fd_note(fd, RUN_NODELAY, nodelay(s));
  if (set_int(s, IPPROTO_TCP, NODELAY_THERE, 0) < 0) {
    return -1;
  }
  run_fd_note(fd, RUN_CORKED, true);
  return 0;
}

static int int_out(int value, void *to, socklen_t *len)
{
  *len = *len < sizeof value ? *len : (socklen_t)sizeof value;
  memcpy(to, &value, *len);
  return 0;
}

static int tcp_get(int fd, int s, int name, void *value, socklen_t *len)
{
  switch (name) {
    case TCP_INFO:
      return tcp_info_get(s, value, len);
    case TCP_CORK:
      return int_out(run_fd_noted(fd, RUN_CORKED), value, len);
    default:
      return int_out(run_fd_noted(fd, RUN_NODELAY), value, len);
  }
}

static int tcp_set(int fd, int s, int name, int on)
{
  if (name == TCP_CORK) {
    return cork_set(fd, s, on);
  }
  run_fd_note(fd, RUN_NODELAY, on != 0);
  return 0;
}

/** An option of TCP that is answered here; TCP_NODELAY only under the cork. */
static bool is_tcp_here(int fd, int level, int name)
{
  return level == IPPROTO_TCP &&
         (name == TCP_INFO || name == TCP_CORK || (name == TCP_NODELAY && run_fd_noted(fd, RUN_CORKED)));
}

/* ---- Groups ---- */

/** MCAST_*: addresses have to be rewritten. */
static int group_set(int s, int level, int name, const void *value, socklen_t len)
{
  struct run_group g = { .has_source = len >= sizeof(struct group_source_req) };
  struct group_source_req r;
  struct sockaddr_storage room;

  if (len < sizeof(struct group_req)) {
    errno = EINVAL;
    return -1;
  }
  memset(&r, 0, sizeof r);
  memcpy(&r, value, len < sizeof r ? len : sizeof r);
  g.index = r.gsr_interface;
  memcpy(g.group, to_stack((struct sockaddr *)&r.gsr_group, sizeof(struct sockaddr_in6), &room), sizeof g.group);
  memcpy(g.source, to_stack((struct sockaddr *)&r.gsr_source, sizeof(struct sockaddr_in6), &room), sizeof g.source);
  return run_group_set(s, level, name, &g);
}

/** struct ip_mreqn: the interface by its number. */
static int member_set(int s, int name, const struct ip_mreqn *m)
{
  struct sockaddr_in group = { .sin_family = AF_INET, .sin_addr = m->imr_multiaddr };
  struct run_group g = { .index = (uint32_t)m->imr_ifindex };
  struct sockaddr_storage room;

  memcpy(g.group, to_stack((struct sockaddr *)&group, sizeof group, &room), sizeof group);
  return run_group_set(s, IPPROTO_IP, name == IP_ADD_MEMBERSHIP ? MCAST_JOIN_GROUP : MCAST_LEAVE_GROUP, &g);
}

static bool by_number(const void *value, socklen_t len, struct ip_mreqn *m)
{
  if (len < sizeof *m) {
    return false;
  }
  memcpy(m, value, sizeof *m);
  return m->imr_ifindex != 0;
}

static int multicast_if_set(int s, const struct ip_mreqn *m)
{
  struct in_addr a = { run_stack_address((unsigned)m->imr_ifindex) };

  if (a.s_addr == 0) {
    errno = ENODEV;
    return -1;
  }
  return lwip_setsockopt(s, IPPROTO_IP, MULTICAST_IF_THERE, &a, sizeof a);
}

/** IP_MULTICAST_IF takes a struct in_addr, ip_mreq or ip_mreqn. */
static int multicast_if(int s, const void *value, socklen_t len)
{
  struct ip_mreqn m;

  if (by_number(value, len, &m)) {
    return multicast_if_set(s, &m);
  }
  if (len >= sizeof(struct ip_mreq)) {
    value = (const uint8_t *)value + offsetof(struct ip_mreq, imr_interface);
    len = sizeof(struct in_addr);
  }
  return lwip_setsockopt(s, IPPROTO_IP, MULTICAST_IF_THERE, value, len);
}

static int ip_set(int s, int name, const void *value, socklen_t len)
{
  struct ip_mreqn m;

  if (name == IP_MULTICAST_IF) {
    return multicast_if(s, value, len);
  }
  if ((name == IP_ADD_MEMBERSHIP || name == IP_DROP_MEMBERSHIP) && by_number(value, len, &m)) {
    return member_set(s, name, &m);
  }
  return lwip_setsockopt(s, IPPROTO_IP, name == IP_ADD_MEMBERSHIP ? 3 : 4, value, len);
}

static bool is_ip_here(int level, int name)
{
  return level == IPPROTO_IP && (name == IP_MULTICAST_IF || name == IP_ADD_MEMBERSHIP || name == IP_DROP_MEMBERSHIP);
}

static bool is_group(int level, int name)
{
  return (level == IPPROTO_IP || level == IPPROTO_IPV6) && name >= MCAST_JOIN_GROUP && name <= MCAST_LEAVE_SOURCE_GROUP;
}

/** The stack has names of its own for interfaces. */
static int device_set(int s, const void *value, socklen_t len)
{
  char name[IFNAMSIZ] = "", there[IFNAMSIZ] = "";

  memcpy(name, value, len < sizeof name - 1 ? len : sizeof name - 1);
  if (name[0] != '\0' && !run_stack_name(if_nametoindex(name), there, sizeof there)) {
    errno = ENODEV;
    return -1;
  }
  return lwip_setsockopt(s, SOL_THERE, BINDTODEVICE_THERE, there, (socklen_t)strlen(there));
}

/* ---- Both calls ---- */

int getsockopt(int fd, int level, int name, void *value, socklen_t *len)
{
  int s = run_socket_of(fd);

  if (s < 0) {
    return REAL(getsockopt)(fd, level, name, value, len);
  }
  if (is_tcp_here(fd, level, name) && value != NULL && len != NULL) {
    return tcp_get(fd, s, name, value, len);
  }
  return translate(&level, &name) ? lwip_getsockopt(s, level, name, value, len) : -1;
}

int setsockopt(int fd, int level, int name, const void *value, socklen_t len)
{
  int s = run_socket_of(fd), on;

  if (s < 0) {
    return REAL(setsockopt)(fd, level, name, value, len);
  }
  if (value == NULL) {
    errno = EFAULT;
    return -1;
  }
  if (is_tcp_here(fd, level, name) && name != TCP_INFO && len >= sizeof on) {
    memcpy(&on, value, sizeof on);
    return tcp_set(fd, s, name, on);
  }
  if (is_group(level, name)) {
    return group_set(s, level, name, value, len);
  }
  if (is_ip_here(level, name)) {
    return ip_set(s, name, value, len);
  }
  if (level == SOL_SOCKET && name == SO_BINDTODEVICE) {
    return device_set(s, value, len);
  }
  return translate(&level, &name) ? lwip_setsockopt(s, level, name, value, len) : -1;
}
