/**
 * Groups that sockets have joined, with or without sources (RFC 3678).
 *
 * One row a membership: without a source it is for all sources but those blocked by further rows; with one, for that.
 * The stack below knows groups only; what comes from other sources is dropped here.
 */
#include "sock.h"

#if LWIP_SOCKET

#if LWIP_UDP && (LWIP_IGMP || LWIP_IPV6_MLD)

#include "../mem/drop.h"
#include "lwip/igmp.h"
#include "lwip/mld6.h"
#include "lwip/netif.h"

enum row_kind {
  ROW_FREE,
  ROW_GROUP,  /**< all sources */
  ROW_SOURCE, /**< this source */
  ROW_BLOCKED /**< not this source */
};

struct row {
  u8_t kind;
  u8_t if_idx;
  s16_t sock;
  ip_addr_t group, source;
};

static struct row rows[LWIP_SOCKET_MAX_MEMBERSHIPS];

/* ---- The table ---- */

static struct row *find(const struct row *like)
{
  size_t i;

  for (i = 0; i < LWIP_ARRAYSIZE(rows); i++) {
    struct row *r = &rows[i];

    if (r->kind == like->kind && r->sock == like->sock && r->if_idx == like->if_idx &&
        ip_addr_cmp(&r->group, &like->group) && (r->kind == ROW_GROUP || ip_addr_cmp(&r->source, &like->source))) {
      return r;
    }
  }
  return NULL;
}

static struct row *free_row(void)
{
  size_t i;

  for (i = 0; i < LWIP_ARRAYSIZE(rows); i++) {
    if (rows[i].kind == ROW_FREE) {
      return &rows[i];
    }
  }
  return NULL;
}

static bool has_kind(const struct row *like, enum row_kind kind)
{
  struct row r = *like;
  size_t i;

  for (i = 0; i < LWIP_ARRAYSIZE(rows); i++) {
    if (rows[i].kind == kind && rows[i].sock == r.sock && rows[i].if_idx == r.if_idx &&
        ip_addr_cmp(&rows[i].group, &r.group)) {
      return true;
    }
  }
  return false;
}

/* ---- The stack below ---- */

static err_t join(const struct row *r, bool on)
{
  struct netif *nif = netif_get_by_index(r->if_idx);

#if LWIP_IGMP
  if (IP_IS_V4_VAL(r->group)) {
    return on ? igmp_joingroup_netif(nif, ip_2_ip4(&r->group)) : igmp_leavegroup_netif(nif, ip_2_ip4(&r->group));
  }
#endif
#if LWIP_IPV6_MLD
  if (IP_IS_V6_VAL(r->group)) {
    return on ? mld6_joingroup_netif(nif, ip_2_ip6(&r->group)) : mld6_leavegroup_netif(nif, ip_2_ip6(&r->group));
  }
#endif
  LWIP_UNUSED_ARG(nif);
  LWIP_UNUSED_ARG(on);
  return ERR_VAL;
}

static bool admits(int sock, const ip_addr_t *dst, const ip_addr_t *src)
{
  bool any = false, all = false, named = false;
  size_t i;

  for (i = 0; i < LWIP_ARRAYSIZE(rows); i++) {
    const struct row *r = &rows[i];

    if (r->kind == ROW_FREE || r->sock != sock || !ip_addr_cmp(&r->group, dst)) {
      continue;
    }
    if (r->kind == ROW_BLOCKED && ip_addr_cmp(&r->source, src)) {
      return false;
    }
    any = true;
    all = all || r->kind == ROW_GROUP;
    named = named || (r->kind == ROW_SOURCE && ip_addr_cmp(&r->source, src));
  }
  return !any || all || named;
}

/** The receive callback of a socket that is particular about sources. */
static void got_datagram(void *arg, struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *addr, u16_t port)
{
  struct netconn *conn = (struct netconn *)arg;

  LWIP_UNUSED_ARG(pcb);
  if (ip_addr_ismulticast(ip_current_dest_addr()) && !admits(conn->socket, ip_current_dest_addr(), addr)) {
    drop(p, DROP_SOCKET_SOURCE);
    return;
  }
  netconn_queue_datagram(conn, p, addr, port);
}

/* ---- What programs ask for ---- */

static int add(struct lwip_sock *sock, const struct row *like, int error_if_there)
{
  struct row *r = find(like);

  if (r != NULL) {
    return error_if_there;
  }
  r = free_row();
  if (r == NULL) {
    return ENOBUFS;
  }
  if (like->kind != ROW_BLOCKED && join(like, true) != ERR_OK) {
    return ENOBUFS;
  }
  *r = *like;
  sock->flags |= SOCK_F_GROUPS;
  if (like->kind != ROW_GROUP) {
    udp_recv(sock->conn->pcb.udp, got_datagram, sock->conn);
  }
  return 0;
}

static int take_away(const struct row *like)
{
  struct row *r = find(like);

  if (r == NULL) {
    return EADDRNOTAVAIL;
  }
  if (r->kind != ROW_BLOCKED) {
    (void)join(r, false);
  }
  r->kind = ROW_FREE;
  return 0;
}

/** Begin a row.  @return errno, 0 */
static int begin(struct row *r, const struct lwip_sock *sock, enum row_kind kind)
{
  memset(r, 0, sizeof(*r));
  r->kind = (u8_t)kind;
  r->sock = (s16_t)sock_index(sock);
  return sock_is_udp(sock) ? 0 : ENOPROTOOPT;
}

#if LWIP_IGMP

/** The interface with an address; 0.0.0.0: the one with a route to the group. */
static u8_t if_of_address(const ip4_addr_t *addr, const ip4_addr_t *group)
{
  struct netif *nif;

  if (ip4_addr_isany(addr)) {
    return netif_get_index(ip4_route(group));
  }
  NETIF_FOREACH(nif)
  {
    if (ip4_addr_cmp(netif_ip4_addr(nif), addr)) {
      return netif_get_index(nif);
    }
  }
  return NETIF_NO_INDEX;
}

/** Group and interface.  @return errno, 0 */
static int name4(struct row *r, const struct in_addr *group, const struct in_addr *nif)
{
  ip4_addr_t g, i;

  inet_addr_to_ip4addr(&g, group);
  inet_addr_to_ip4addr(&i, nif);
  ip_addr_copy_from_ip4(r->group, g);
  if (!ip4_addr_ismulticast(&g)) {
    return EINVAL;
  }
  r->if_idx = if_of_address(&i, &g);
  return r->if_idx == NETIF_NO_INDEX ? ENODEV : 0;
}

static int any_source(struct lwip_sock *sock, int name, const union sock_value *v, socklen_t len)
{
  struct row r;
  int error = begin(&r, sock, ROW_GROUP);

  if (error != 0 || len < sizeof(v->mreq)) {
    return error != 0 ? error : EINVAL;
  }
  error = name4(&r, &v->mreq.imr_multiaddr, &v->mreq.imr_interface);
  if (error != 0) {
    return error;
  }
  return name == IP_ADD_MEMBERSHIP ? add(sock, &r, EADDRINUSE) : take_away(&r);
}

static int one_source(struct lwip_sock *sock, int name, const union sock_value *v, socklen_t len)
{
  bool block = name == IP_BLOCK_SOURCE || name == IP_UNBLOCK_SOURCE;
  struct row r;
  ip4_addr_t source;
  int error = begin(&r, sock, block ? ROW_BLOCKED : ROW_SOURCE);

  if (error != 0 || len < sizeof(v->source)) {
    return error != 0 ? error : EINVAL;
  }
  error = name4(&r, &v->source.imr_multiaddr, &v->source.imr_interface);
  if (error != 0) {
    return error;
  }
  inet_addr_to_ip4addr(&source, &v->source.imr_sourceaddr);
  ip_addr_copy_from_ip4(r.source, source);
  if (has_kind(&r, ROW_GROUP) != block) {
    return EINVAL; /* blocked is what comes from all, chosen is what does not */
  }
  return name == IP_ADD_SOURCE_MEMBERSHIP || name == IP_BLOCK_SOURCE ? add(sock, &r, EADDRNOTAVAIL) : take_away(&r);
}

static int set4(struct lwip_sock *sock, int name, const union sock_value *v, socklen_t len)
{
  switch (name) {
    case IP_ADD_MEMBERSHIP:
    case IP_DROP_MEMBERSHIP:
      return any_source(sock, name, v, len);
    case IP_ADD_SOURCE_MEMBERSHIP:
    case IP_DROP_SOURCE_MEMBERSHIP:
    case IP_BLOCK_SOURCE:
    case IP_UNBLOCK_SOURCE:
      return one_source(sock, name, v, len);
    default:
      return ENOPROTOOPT;
  }
}

#else

static int set4(struct lwip_sock *sock, int name, const union sock_value *v, socklen_t len)
{
  LWIP_UNUSED_ARG(sock);
  LWIP_UNUSED_ARG(name);
  LWIP_UNUSED_ARG(v);
  LWIP_UNUSED_ARG(len);
  return ENOPROTOOPT;
}

#endif

#if LWIP_IPV6_MLD

static int set6(struct lwip_sock *sock, int name, const union sock_value *v, socklen_t len)
{
  struct row r;
  ip6_addr_t group;
  int error;

  if (name != IPV6_JOIN_GROUP && name != IPV6_LEAVE_GROUP) {
    return ENOPROTOOPT;
  }
  error = begin(&r, sock, ROW_GROUP);
  if (error != 0 || len < sizeof(v->mreq6) || !sock_is_v6(sock)) {
    return error != 0 ? error : EINVAL;
  }
  inet6_addr_to_ip6addr(&group, &v->mreq6.ipv6mr_multiaddr);
  if (!ip6_addr_ismulticast(&group)) {
    return EINVAL;
  }
  r.if_idx = (u8_t)v->mreq6.ipv6mr_interface;
  if (v->mreq6.ipv6mr_interface == 0) {
    r.if_idx = netif_get_index(ip6_route(IP6_ADDR_ANY6, &group));
  }
  if (v->mreq6.ipv6mr_interface > 0xFF || netif_get_by_index(r.if_idx) == NULL) {
    return ENODEV;
  }
  ip6_addr_assign_zone(&group, IP6_MULTICAST, netif_get_by_index(r.if_idx));
  ip_addr_copy_from_ip6(r.group, group);
  return name == IPV6_JOIN_GROUP ? add(sock, &r, EADDRINUSE) : take_away(&r);
}

#elif LWIP_IPV6

static int set6(struct lwip_sock *sock, int name, const union sock_value *v, socklen_t len)
{
  LWIP_UNUSED_ARG(sock);
  LWIP_UNUSED_ARG(name);
  LWIP_UNUSED_ARG(v);
  LWIP_UNUSED_ARG(len);
  return ENOPROTOOPT;
}

#endif

int sock_group_set(struct lwip_sock *sock, int level, int name, const union sock_value *v, socklen_t len)
{
  if (level == IPPROTO_IP) {
    return set4(sock, name, v, len);
  }
#if LWIP_IPV6
  if (level == IPPROTO_IPV6) {
    return set6(sock, name, v, len);
  }
#endif
  return ENOPROTOOPT;
}

void sock_group_drop(struct lwip_sock *sock)
{
  size_t i;

  if (!(sock->flags & SOCK_F_GROUPS)) {
    return;
  }
  for (i = 0; i < LWIP_ARRAYSIZE(rows); i++) {
    if (rows[i].kind != ROW_FREE && rows[i].sock == sock_index(sock)) {
      struct row r = rows[i];

      (void)take_away(&r);
    }
  }
}

#else

int sock_group_set(struct lwip_sock *sock, int level, int name, const union sock_value *v, socklen_t len)
{
  LWIP_UNUSED_ARG(sock);
  LWIP_UNUSED_ARG(level);
  LWIP_UNUSED_ARG(name);
  LWIP_UNUSED_ARG(v);
  LWIP_UNUSED_ARG(len);
  return ENOPROTOOPT;
}

void sock_group_drop(struct lwip_sock *sock)
{
  LWIP_UNUSED_ARG(sock);
}

#endif

#endif
