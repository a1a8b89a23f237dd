/** Options of IPPROTO_IP, IPPROTO_IPV6 and IPPROTO_UDPLITE, other than joining groups. */
#include "sock.h"

#if LWIP_SOCKET

#include "lwip/netif.h"

static void set_tell(struct lwip_sock *sock, u8_t bit, int on)
{
  sock->tell = (u8_t)(on ? sock->tell | bit : sock->tell & ~bit);
#if LWIP_NETBUF_RECVINFO
  if (sock->tell & (SOCK_TELL_PKTINFO | SOCK_TELL_TTL | SOCK_TELL_TOS)) {
    netconn_set_flags(sock->conn, NETCONN_FLAG_PKTINFO);
  } else {
    netconn_clear_flags(sock->conn, NETCONN_FLAG_PKTINFO);
  }
#endif
}

static int tell_set(struct lwip_sock *sock, u8_t bit, int on)
{
  if (!LWIP_NETBUF_RECVINFO || sock_is_tcp(sock)) {
    return ENOPROTOOPT;
  }
  set_tell(sock, bit, on);
  return 0;
}

static int tell_get(const struct lwip_sock *sock, u8_t bit, int *value)
{
  *value = (sock->tell & bit) != 0;
  return LWIP_NETBUF_RECVINFO && !sock_is_tcp(sock) ? 0 : ENOPROTOOPT;
}

/** Most options are an int, but some programs give an octet.  @return false: neither */
static bool take_int(const union sock_value *v, socklen_t len, int *value)
{
  if (len >= sizeof(int)) {
    *value = v->i;
    return true;
  }
  *value = (u8_t)v->text[0];
  return len == 1;
}

static bool is_octet(int value)
{
  return value >= 0 && value <= 0xFF;
}

/* ---- Groups to send to ---- */

#if LWIP_MULTICAST_TX_OPTIONS && LWIP_UDP

static struct udp_pcb *udp_of(const struct lwip_sock *sock)
{
  return sock_is_udp(sock) ? sock->conn->pcb.udp : NULL;
}

static int group_get(const struct lwip_sock *sock, int name, int *value)
{
  const struct udp_pcb *pcb = udp_of(sock);

  if (pcb == NULL) {
    return ENOPROTOOPT;
  }
  *value = name == IP_MULTICAST_TTL ? pcb->mcast_ttl : (pcb->flags & UDP_FLAGS_MULTICAST_LOOP) != 0;
  return 0;
}

static int group_set(const struct lwip_sock *sock, int name, int value)
{
  struct udp_pcb *pcb = udp_of(sock);

  if (pcb == NULL) {
    return ENOPROTOOPT;
  }
  if (name == IP_MULTICAST_TTL) {
    value = value == -1 ? 1 : value;
    if (!is_octet(value)) {
      return EINVAL;
    }
    pcb->mcast_ttl = (u8_t)value;
  } else if (value) {
    udp_set_flags(pcb, UDP_FLAGS_MULTICAST_LOOP);
  } else {
    udp_clear_flags(pcb, UDP_FLAGS_MULTICAST_LOOP);
  }
  return 0;
}

#if LWIP_IPV6

static int group_index_get(const struct lwip_sock *sock, int *value)
{
  const struct udp_pcb *pcb = udp_of(sock);

  *value = pcb != NULL ? pcb->mcast_ifindex : 0;
  return pcb != NULL ? 0 : ENOPROTOOPT;
}

static int group_index_set(const struct lwip_sock *sock, int value)
{
  struct udp_pcb *pcb = udp_of(sock);

  if (pcb == NULL) {
    return ENOPROTOOPT;
  }
  if (value != NETIF_NO_INDEX && (!is_octet(value) || netif_get_by_index((u8_t)value) == NULL)) {
    return ENODEV;
  }
  pcb->mcast_ifindex = (u8_t)value;
  return 0;
}

#endif

#if LWIP_IPV4

static int group_if_get(const struct lwip_sock *sock, union sock_value *v, socklen_t *len)
{
  const struct udp_pcb *pcb = udp_of(sock);

  if (pcb == NULL) {
    return ENOPROTOOPT;
  }
  inet_addr_from_ip4addr(&v->in, &pcb->mcast_ip4);
  *len = sizeof(v->in);
  return 0;
}

static int group_if_set(const struct lwip_sock *sock, const union sock_value *v, socklen_t len)
{
  struct udp_pcb *pcb = udp_of(sock);

  if (pcb == NULL || len < sizeof(v->in)) {
    return pcb == NULL ? ENOPROTOOPT : EINVAL;
  }
  inet_addr_to_ip4addr(&pcb->mcast_ip4, &v->in);
  return 0;
}

#endif

#else

#ifndef IP_MULTICAST_TTL
#define IP_MULTICAST_TTL 5
#define IP_MULTICAST_IF 6
#define IP_MULTICAST_LOOP 7
#endif

static int group_get(const struct lwip_sock *sock, int name, int *value)
{
  LWIP_UNUSED_ARG(sock);
  LWIP_UNUSED_ARG(name);
  LWIP_UNUSED_ARG(value);
  return ENOPROTOOPT;
}

static int group_set(const struct lwip_sock *sock, int name, int value)
{
  LWIP_UNUSED_ARG(sock);
  LWIP_UNUSED_ARG(name);
  LWIP_UNUSED_ARG(value);
  return ENOPROTOOPT;
}

#if LWIP_IPV4

static int group_if_get(const struct lwip_sock *sock, union sock_value *v, socklen_t *len)
{
  LWIP_UNUSED_ARG(sock);
  LWIP_UNUSED_ARG(v);
  LWIP_UNUSED_ARG(len);
  return ENOPROTOOPT;
}

static int group_if_set(const struct lwip_sock *sock, const union sock_value *v, socklen_t len)
{
  LWIP_UNUSED_ARG(sock);
  LWIP_UNUSED_ARG(v);
  LWIP_UNUSED_ARG(len);
  return ENOPROTOOPT;
}

#endif

#endif

/* ---- IPPROTO_IP ---- */

#if LWIP_IPV4

static int ip_int_get(const struct lwip_sock *sock, int name, int *value)
{
  const struct ip_pcb *pcb = sock->conn->pcb.ip;

  switch (name) {
    case IP_TTL:
      *value = pcb != NULL ? pcb->ttl : 0;
      return 0;
    case IP_TOS:
      *value = pcb != NULL ? pcb->tos : 0;
      return 0;
    case IP_PKTINFO:
      return tell_get(sock, SOCK_TELL_PKTINFO, value);
    case IP_RECVTTL:
      return tell_get(sock, SOCK_TELL_TTL, value);
    case IP_RECVTOS:
      return tell_get(sock, SOCK_TELL_TOS, value);
    case IP_MULTICAST_TTL:
    case IP_MULTICAST_LOOP:
      return group_get(sock, name, value);
    default:
      return ENOPROTOOPT;
  }
}

static int ip_int_set(struct lwip_sock *sock, int name, int value)
{
  struct ip_pcb *pcb = sock->conn->pcb.ip;

  switch (name) {
    case IP_TTL:
      if (pcb == NULL || !is_octet(value) || value == 0) {
        return EINVAL;
      }
      pcb->ttl = (u8_t)value;
      return 0;
    case IP_TOS:
      if (pcb == NULL) {
        return EINVAL;
      }
      pcb->tos = (u8_t)value;
      return 0;
    case IP_PKTINFO:
      return tell_set(sock, SOCK_TELL_PKTINFO, value);
    case IP_RECVTTL:
      return tell_set(sock, SOCK_TELL_TTL, value);
    case IP_RECVTOS:
      return tell_set(sock, SOCK_TELL_TOS, value);
    case IP_MULTICAST_TTL:
    case IP_MULTICAST_LOOP:
      return group_set(sock, name, value);
    default:
      return ENOPROTOOPT;
  }
}

int sock_ip_get(struct lwip_sock *sock, int name, union sock_value *v, socklen_t *len)
{
  return name == IP_MULTICAST_IF ? group_if_get(sock, v, len) : ip_int_get(sock, name, &v->i);
}

int sock_ip_set(struct lwip_sock *sock, int name, const union sock_value *v, socklen_t len)
{
  int value;

  if (name == IP_MULTICAST_IF) {
    return group_if_set(sock, v, len);
  }
  return take_int(v, len, &value) ? ip_int_set(sock, name, value) : EINVAL;
}

#else

int sock_ip_get(struct lwip_sock *sock, int name, union sock_value *v, socklen_t *len)
{
  LWIP_UNUSED_ARG(sock);
  LWIP_UNUSED_ARG(name);
  LWIP_UNUSED_ARG(v);
  LWIP_UNUSED_ARG(len);
  return ENOPROTOOPT;
}

int sock_ip_set(struct lwip_sock *sock, int name, const union sock_value *v, socklen_t len)
{
  LWIP_UNUSED_ARG(sock);
  LWIP_UNUSED_ARG(name);
  LWIP_UNUSED_ARG(v);
  LWIP_UNUSED_ARG(len);
  return ENOPROTOOPT;
}

#endif

/* ---- IPPROTO_IPV6 ---- */

#if LWIP_IPV6

#define DEFAULT_HOPS 64

#if LWIP_RAW

/** RFC 3542 section 3.1: an even offset, or -1. */
static int checksum_set(const struct lwip_sock *sock, int value)
{
  struct raw_pcb *pcb = sock->conn->pcb.raw;

  if (!sock_is_raw(sock)) {
    return ENOPROTOOPT;
  }
  if (value < -1 || value > 0xFFFE || (value > 0 && (value & 1)) || pcb->protocol == IPPROTO_ICMPV6) {
    return EINVAL;
  }
  pcb->chksum_reqd = value >= 0;
  pcb->chksum_offset = (u16_t)(value >= 0 ? value : 0);
  return 0;
}

static int checksum_get(const struct lwip_sock *sock, int *value)
{
  const struct raw_pcb *pcb = sock->conn->pcb.raw;

  if (!sock_is_raw(sock)) {
    return ENOPROTOOPT;
  }
  *value = pcb->chksum_reqd ? pcb->chksum_offset : -1;
  return 0;
}

#else

static int checksum_set(const struct lwip_sock *sock, int value)
{
  LWIP_UNUSED_ARG(sock);
  LWIP_UNUSED_ARG(value);
  return ENOPROTOOPT;
}

static int checksum_get(const struct lwip_sock *sock, int *value)
{
  LWIP_UNUSED_ARG(sock);
  LWIP_UNUSED_ARG(value);
  return ENOPROTOOPT;
}

#endif

static bool has_name(const struct lwip_sock *sock)
{
  const struct netconn *conn = sock->conn;

#if LWIP_TCP
  if (sock_is_tcp(sock)) {
    return conn->pcb.tcp == NULL || conn->pcb.tcp->local_port != 0;
  }
#endif
#if LWIP_UDP
  if (sock_is_udp(sock)) {
    return conn->pcb.udp->local_port != 0;
  }
#endif
  return !ip_addr_isany(&conn->pcb.ip->local_ip);
}

/** A pcb of a socket that is to leave IPv4 alone is one for IPv6 only. */
static int v6only_set(struct lwip_sock *sock, int on)
{
  if (has_name(sock)) {
    return EINVAL;
  }
  netconn_set_ipv6only(sock->conn, on);
#if LWIP_IPV4
  IP_SET_TYPE_VAL(sock->conn->pcb.ip->local_ip, on ? IPADDR_TYPE_V6 : IPADDR_TYPE_ANY);
  IP_SET_TYPE_VAL(sock->conn->pcb.ip->remote_ip, on ? IPADDR_TYPE_V6 : IPADDR_TYPE_ANY);
#endif
  return 0;
}

static int hops_set(struct lwip_sock *sock, int value)
{
  if (sock->conn->pcb.ip == NULL || value < -1 || value > 0xFF) {
    return EINVAL;
  }
  sock->conn->pcb.ip->ttl = (u8_t)(value >= 0 ? value : DEFAULT_HOPS);
  return 0;
}

#if LWIP_MULTICAST_TX_OPTIONS && LWIP_UDP

static int ip6_group_get(const struct lwip_sock *sock, int name, int *value)
{
  switch (name) {
    case IPV6_MULTICAST_IF:
      return group_index_get(sock, value);
    case IPV6_MULTICAST_HOPS:
      return group_get(sock, IP_MULTICAST_TTL, value);
    case IPV6_MULTICAST_LOOP:
      return group_get(sock, IP_MULTICAST_LOOP, value);
    default:
      return ENOPROTOOPT;
  }
}

static int ip6_group_set(const struct lwip_sock *sock, int name, int value)
{
  switch (name) {
    case IPV6_MULTICAST_IF:
      return group_index_set(sock, value);
    case IPV6_MULTICAST_HOPS:
      return group_set(sock, IP_MULTICAST_TTL, value);
    case IPV6_MULTICAST_LOOP:
      return group_set(sock, IP_MULTICAST_LOOP, value);
    default:
      return ENOPROTOOPT;
  }
}

#else

static int ip6_group_get(const struct lwip_sock *sock, int name, int *value)
{
  return group_get(sock, name, value);
}

static int ip6_group_set(const struct lwip_sock *sock, int name, int value)
{
  return group_set(sock, name, value);
}

#endif

int sock_ip6_get(struct lwip_sock *sock, int name, union sock_value *v, socklen_t *len)
{
  const struct ip_pcb *pcb = sock->conn->pcb.ip;

  LWIP_UNUSED_ARG(len);
  if (!sock_is_v6(sock)) {
    return ENOPROTOOPT;
  }
  switch (name) {
    case IPV6_V6ONLY:
      v->i = netconn_get_ipv6only(sock->conn);
      return 0;
    case IPV6_UNICAST_HOPS:
      v->i = pcb != NULL ? pcb->ttl : DEFAULT_HOPS;
      return 0;
    case IPV6_TCLASS:
      v->i = pcb != NULL ? pcb->tos : 0;
      return 0;
    case IPV6_CHECKSUM:
      return checksum_get(sock, &v->i);
    case IPV6_RECVPKTINFO:
      return tell_get(sock, SOCK_TELL_PKTINFO, &v->i);
    case IPV6_RECVHOPLIMIT:
      return tell_get(sock, SOCK_TELL_TTL, &v->i);
    case IPV6_RECVTCLASS:
      return tell_get(sock, SOCK_TELL_TOS, &v->i);
    default:
      return ip6_group_get(sock, name, &v->i);
  }
}

int sock_ip6_set(struct lwip_sock *sock, int name, const union sock_value *v, socklen_t len)
{
  if (!sock_is_v6(sock)) {
    return ENOPROTOOPT;
  }
  if (len < sizeof(int)) {
    return EINVAL;
  }
  switch (name) {
    case IPV6_V6ONLY:
      return v6only_set(sock, v->i);
    case IPV6_UNICAST_HOPS:
      return hops_set(sock, v->i);
    case IPV6_TCLASS:
      if (sock->conn->pcb.ip == NULL || v->i < -1 || v->i > 0xFF) {
        return EINVAL;
      }
      sock->conn->pcb.ip->tos = (u8_t)LWIP_MAX(v->i, 0);
      return 0;
    case IPV6_CHECKSUM:
      return checksum_set(sock, v->i);
    case IPV6_RECVPKTINFO:
      return tell_set(sock, SOCK_TELL_PKTINFO, v->i);
    case IPV6_RECVHOPLIMIT:
      return tell_set(sock, SOCK_TELL_TTL, v->i);
    case IPV6_RECVTCLASS:
      return tell_set(sock, SOCK_TELL_TOS, v->i);
    default:
      return ip6_group_set(sock, name, v->i);
  }
}

#endif

/* ---- IPPROTO_UDPLITE ---- */

#if LWIP_UDP && LWIP_UDPLITE

/** RFC 3828: 0 is all, else at least the header. */
enum { UDP_HEADER = 8 };

static u16_t *coverage(struct lwip_sock *sock, int name)
{
  struct udp_pcb *pcb = sock->conn->pcb.udp;

  if (!sock_is_udp(sock) || !NETCONNTYPE_ISUDPLITE(sock->conn->type)) {
    return NULL;
  }
  return name == UDPLITE_SEND_CSCOV ? &pcb->chksum_len_tx : name == UDPLITE_RECV_CSCOV ? &pcb->chksum_len_rx : NULL;
}

int sock_udplite_get(struct lwip_sock *sock, int name, union sock_value *v, socklen_t *len)
{
  const u16_t *octets = coverage(sock, name);

  LWIP_UNUSED_ARG(len);
  if (octets == NULL) {
    return ENOPROTOOPT;
  }
  v->i = *octets;
  return 0;
}

int sock_udplite_set(struct lwip_sock *sock, int name, const union sock_value *v, socklen_t len)
{
  u16_t *octets = coverage(sock, name);

  if (octets == NULL || len < sizeof(int)) {
    return octets == NULL ? ENOPROTOOPT : EINVAL;
  }
  *octets = (u16_t)(v->i != 0 ? LWIP_MIN(LWIP_MAX(v->i, UDP_HEADER), 0xFFFF) : 0);
  return 0;
}

#else

int sock_udplite_get(struct lwip_sock *sock, int name, union sock_value *v, socklen_t *len)
{
  LWIP_UNUSED_ARG(sock);
  LWIP_UNUSED_ARG(name);
  LWIP_UNUSED_ARG(v);
  LWIP_UNUSED_ARG(len);
  return ENOPROTOOPT;
}

int sock_udplite_set(struct lwip_sock *sock, int name, const union sock_value *v, socklen_t len)
{
  LWIP_UNUSED_ARG(sock);
  LWIP_UNUSED_ARG(name);
  LWIP_UNUSED_ARG(v);
  LWIP_UNUSED_ARG(len);
  return ENOPROTOOPT;
}

#endif

#endif
