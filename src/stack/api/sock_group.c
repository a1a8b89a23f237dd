/**
 * Groups that sockets have joined, with or without sources (RFC 3678).
 *
 * One row a membership: without a source it is for all sources but those blocked by further rows; with one, for that.
 * What comes from other sources is dropped here.  With LWIP_X_MCAST_SOURCES the stack below is told of sources, otherwise it
 * knows groups only.
 */
#include "sock.h"

#if LWIP_SOCKET

#if LWIP_UDP && (LWIP_IGMP || LWIP_IPV6_MLD)

#include "../mem/drop.h"
#include "lwip/igmp.h"
#include "lwip/mld6.h"
#include "lwip/netif.h"
#include "lwip/x_mcast.h"

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

static err_t join_group(const struct row *r, bool on)
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

#if LWIP_X_MCAST_SOURCES

static err_t join(const struct row *r, bool on)
{
  struct netif *nif = netif_get_by_index(r->if_idx);

  if (r->kind == ROW_SOURCE) {
    return lwip_x_mcast_source(nif, &r->group, &r->source, on ? LWIP_X_MCAST_INCLUDE : LWIP_X_MCAST_FORGET);
  }
  if (r->kind == ROW_BLOCKED) {
    return lwip_x_mcast_source(nif, &r->group, &r->source, on ? LWIP_X_MCAST_BLOCK : LWIP_X_MCAST_UNBLOCK);
  }
  return join_group(r, on);
}

#else

static err_t join(const struct row *r, bool on)
{
  return r->kind == ROW_BLOCKED ? ERR_OK : join_group(r, on);
}

#endif

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
  if (join(like, true) != ERR_OK) {
    return ENOBUFS;
  }
  *r = *like;
  sock->flags |= SOCK_F_GROUPS;
  if (like->kind != ROW_GROUP) {
    udp_recv(sock->conn->pcb.udp, got_datagram, sock->conn);
  }
  return 0;
}

static void give_back(struct row *r)
{
  (void)join(r, false);
  r->kind = ROW_FREE;
}

/** What a membership blocked goes with it. */
static void give_back_blocked(const struct row *group)
{
  size_t i;

  for (i = 0; i < LWIP_ARRAYSIZE(rows); i++) {
    if (rows[i].kind == ROW_BLOCKED && rows[i].sock == group->sock && rows[i].if_idx == group->if_idx &&
        ip_addr_cmp(&rows[i].group, &group->group)) {
      give_back(&rows[i]);
    }
  }
}

static int take_away(const struct row *like)
{
  struct row *r = find(like);

  if (r == NULL) {
    return EADDRNOTAVAIL;
  }
  if (r->kind == ROW_GROUP) {
    give_back_blocked(r);
  }
  give_back(r);
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

static int change_source(struct lwip_sock *sock, const struct row *r, bool on)
{
  if (has_kind(r, ROW_GROUP) != (r->kind == ROW_BLOCKED)) {
    return EINVAL; /* blocked is what comes from all, chosen is what does not */
  }
  return on ? add(sock, r, EADDRNOTAVAIL) : take_away(r);
}

/* ---- The same for both versions ---- */

#if LWIP_IPV6

static bool is_v6(int level)
{
  return level == IPPROTO_IPV6;
}

#else

static bool is_v6(int level)
{
  LWIP_UNUSED_ARG(level);
  return false;
}

#endif

static u8_t if_by_route(const ip_addr_t *group)
{
#if LWIP_IPV6
  if (IP_IS_V6(group)) {
    return netif_get_index(ip6_route(IP6_ADDR_ANY6, ip_2_ip6(group)));
  }
#endif
#if LWIP_IPV4
  return netif_get_index(ip4_route(ip_2_ip4(group)));
#else
  return NETIF_NO_INDEX;
#endif
}

/** A group and the interface with number @p index; 0: the one with a route to it.  @return errno, 0 */
static int name_any(struct row *r, const struct sockaddr_storage *group, u32_t index, int level)
{
  u16_t port;
  int error =
    sock_addr_get((const struct sockaddr *)(const void *)group, sizeof(*group), is_v6(level), &r->group, &port);

  if (error != 0) {
    return error;
  }
  if (!ip_addr_ismulticast(&r->group)) {
    return EINVAL;
  }
  r->if_idx = index == 0 ? if_by_route(&r->group) : (u8_t)index;
  if (index > 0xFF || netif_get_by_index(r->if_idx) == NULL) {
    return ENODEV;
  }
#if LWIP_IPV6
  if (IP_IS_V6(&r->group)) {
    ip6_addr_assign_zone(ip_2_ip6(&r->group), IP6_MULTICAST, netif_get_by_index(r->if_idx));
  }
#endif
  return 0;
}

static int any_group(struct lwip_sock *sock, int level, int name, const union sock_value *v, socklen_t len)
{
  struct row r;
  int error = begin(&r, sock, ROW_GROUP);

  if (error != 0 || len < sizeof(v->group)) {
    return error != 0 ? error : EINVAL;
  }
  error = name_any(&r, &v->group.gr_group, v->group.gr_interface, level);
  if (error != 0) {
    return error;
  }
  return name == MCAST_JOIN_GROUP ? add(sock, &r, EADDRINUSE) : take_away(&r);
}

static int any_group_source(struct lwip_sock *sock, int level, int name, const union sock_value *v, socklen_t len)
{
  const bool block = name == MCAST_BLOCK_SOURCE || name == MCAST_UNBLOCK_SOURCE;
  struct row r;
  u16_t port;
  int error = begin(&r, sock, block ? ROW_BLOCKED : ROW_SOURCE);

  if (error != 0 || len < sizeof(v->group_source)) {
    return error != 0 ? error : EINVAL;
  }
  error = name_any(&r, &v->group_source.gsr_group, v->group_source.gsr_interface, level);
  if (error == 0) {
    error = sock_addr_get((const struct sockaddr *)(const void *)&v->group_source.gsr_source,
                          sizeof(v->group_source.gsr_source), IP_IS_V6_VAL(r.group), &r.source, &port);
  }
  return error != 0 ? error : change_source(sock, &r, name == MCAST_JOIN_SOURCE_GROUP || name == MCAST_BLOCK_SOURCE);
}

static int set_any(struct lwip_sock *sock, int level, int name, const union sock_value *v, socklen_t len)
{
  if (is_v6(level) && !sock_is_v6(sock)) {
    return ENOPROTOOPT;
  }
  return name == MCAST_JOIN_GROUP || name == MCAST_LEAVE_GROUP ? any_group(sock, level, name, v, len)
                                                               : any_group_source(sock, level, name, v, len);
}

/* ---- IPv4 by address of the interface ---- */

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
  const bool block = name == IP_BLOCK_SOURCE || name == IP_UNBLOCK_SOURCE;
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
  return change_source(sock, &r, name == IP_ADD_SOURCE_MEMBERSHIP || name == IP_BLOCK_SOURCE);
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
  if ((level == IPPROTO_IP || is_v6(level)) && name >= MCAST_JOIN_GROUP && name <= MCAST_LEAVE_SOURCE_GROUP) {
    return set_any(sock, level, name, v, len);
  }
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
      if (rows[i].kind == ROW_GROUP) {
        give_back_blocked(&rows[i]);
      }
      give_back(&rows[i]);
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
