/** UDP and raw IP: netconns without connections. */
#include "netconn_core.h"

#if LWIP_NETCONN

#include "lwip/igmp.h"
#include "lwip/mld6.h"
#include "lwip/netif.h"

#if LWIP_UDP || LWIP_RAW

static u8_t ip_type_of(const struct netconn *conn)
{
  LWIP_UNUSED_ARG(conn);
  return NETCONNTYPE_ISIPV6(conn->type) ? IPADDR_TYPE_ANY : IPADDR_TYPE_V4;
}

#endif

/* ---- UDP ---- */

#if LWIP_UDP

static void got_udp(void *arg, struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *addr, u16_t port)
{
  LWIP_UNUSED_ARG(pcb);
  netconn_queue_datagram((struct netconn *)arg, p, addr, port);
}

void netconn_udp_refused(struct udp_pcb *pcb)
{
  struct netconn *conn = (struct netconn *)pcb->recv_arg;

  if (pcb->recv != got_udp) {
    return; /* no netconn's */
  }
  conn->pending_err = ERR_RST;
  netconn_event(conn, NETCONN_EVT_ERROR, 0);
  netconn_event(conn, NETCONN_EVT_RCVPLUS, 0);
  netconn_changed(conn, NETCONN_WAITS_RX);
}

static err_t new_udp(struct netconn *conn)
{
  struct udp_pcb *pcb = udp_new_ip_type(ip_type_of(conn));

  if (pcb == NULL) {
    return ERR_MEM;
  }
#if LWIP_UDPLITE
  if (NETCONNTYPE_ISUDPLITE(conn->type)) {
    udp_set_flags(pcb, UDP_FLAGS_UDPLITE);
  }
#endif
  if (NETCONNTYPE_ISUDPNOCHKSUM(conn->type)) {
    udp_set_flags(pcb, UDP_FLAGS_NOCHKSUM);
  }
  conn->pcb.udp = pcb;
  udp_recv(pcb, got_udp, conn);
  return ERR_OK;
}

static err_t send_udp(struct netconn *conn, struct netbuf *b, bool connected)
{
#if LWIP_CHECKSUM_ON_COPY && CHECKSUM_GEN_UDP
  u8_t have = (b->flags & NETBUF_FLAG_CHKSUM) != 0;

  return connected ? udp_send_chksum(conn->pcb.udp, b->p, have, b->toport_chksum)
                   : udp_sendto_chksum(conn->pcb.udp, b->p, &b->addr, b->port, have, b->toport_chksum);
#else
  return connected ? udp_send(conn->pcb.udp, b->p) : udp_sendto(conn->pcb.udp, b->p, &b->addr, b->port);
#endif
}

#endif

/* ---- Raw ---- */

#if LWIP_RAW

/** The packet goes on to its protocol: what waits here is a copy. */
static u8_t got_raw(void *arg, struct raw_pcb *pcb, struct pbuf *p, const ip_addr_t *addr)
{
  struct netconn *conn = (struct netconn *)arg;
  struct pbuf *copy = pbuf_clone(PBUF_RAW, PBUF_RAM, p);

  if (copy != NULL) {
    netconn_queue_datagram(conn, copy, addr, pcb->protocol);
  }
  return 0;
}

static err_t new_raw(struct netconn *conn, u8_t proto)
{
  struct raw_pcb *pcb = raw_new_ip_type(ip_type_of(conn), proto);

  if (pcb == NULL) {
    return ERR_MEM;
  }
#if LWIP_IPV6
  if (NETCONNTYPE_ISIPV6(conn->type) && proto == IP6_NEXTH_ICMP6) { /* RFC 3542 section 3.1 */
    pcb->chksum_reqd = 1;
    pcb->chksum_offset = 2;
  }
#endif
  conn->pcb.raw = pcb;
  raw_recv(pcb, got_raw, conn);
  return ERR_OK;
}

#endif

/* ---- Both ---- */

err_t netconn_dgram_new(struct netconn *conn, u8_t proto)
{
  LWIP_UNUSED_ARG(proto);
  switch (NETCONNTYPE_GROUP(conn->type)) {
#if LWIP_UDP
    case NETCONN_UDP:
      return new_udp(conn);
#endif
#if LWIP_RAW
    case NETCONN_RAW:
      return new_raw(conn, proto);
#endif
    default:
      return ERR_VAL;
  }
}

void netconn_dgram_remove(struct netconn *conn)
{
  if (conn->pcb.ip == NULL) {
    return;
  }
#if LWIP_UDP
  if (netconn_is(conn, NETCONN_UDP)) {
    udp_remove(conn->pcb.udp);
  }
#endif
#if LWIP_RAW
  if (netconn_is(conn, NETCONN_RAW)) {
    raw_remove(conn->pcb.raw);
  }
#endif
  conn->pcb.ip = NULL;
  conn->x_why = ERR_ABRT;
  netconn_event(conn, NETCONN_EVT_RCVPLUS, 0);
  netconn_changed(conn, NETCONN_WAITS_ANY);
}

static err_t step_send(struct api_msg *m)
{
  struct netconn *conn = m->conn;
  struct netbuf *b = m->msg.b;
  bool connected = ip_addr_isany(&b->addr) || IP_IS_ANY_TYPE_VAL(b->addr);

  LWIP_UNUSED_ARG(connected);
  if (conn->pcb.ip == NULL) {
    return ERR_CONN;
  }
  if (conn->pending_err != ERR_OK) {
    err_t err = conn->pending_err;

    conn->pending_err = ERR_OK;
    return err;
  }
  switch (NETCONNTYPE_GROUP(conn->type)) {
#if LWIP_UDP
    case NETCONN_UDP:
      return send_udp(conn, b, connected);
#endif
#if LWIP_RAW
    case NETCONN_RAW:
      return connected ? raw_send(conn->pcb.raw, b->p) : raw_sendto(conn->pcb.raw, b->p, &b->addr);
#endif
    default:
      return ERR_CONN;
  }
}

err_t netconn_send(struct netconn *conn, struct netbuf *buf)
{
  struct api_msg m = { .conn = conn, .step = step_send };

  if (conn == NULL || buf == NULL || buf->p == NULL) {
    return ERR_ARG;
  }
  m.msg.b = buf;
  return netconn_call(&m);
}

err_t netconn_sendto(struct netconn *conn, struct netbuf *buf, const ip_addr_t *addr, u16_t port)
{
  if (buf == NULL || addr == NULL) {
    return ERR_VAL;
  }
  ip_addr_set(&buf->addr, addr);
  buf->port = port;
  return netconn_send(conn, buf);
}

/* ---- Groups ---- */

#if LWIP_IGMP || (LWIP_IPV6 && LWIP_IPV6_MLD)

#if LWIP_IPV4 && LWIP_IGMP

static err_t group4(const struct api_msg *m)
{
  const ip4_addr_t *group = ip_2_ip4(m->msg.jl.multiaddr), *nif = ip_2_ip4(m->msg.jl.netif_addr);

  return m->msg.jl.join ? igmp_joingroup(nif, group) : igmp_leavegroup(nif, group);
}

static err_t group4_netif(const struct api_msg *m, struct netif *nif)
{
  const ip4_addr_t *group = ip_2_ip4(m->msg.jl.multiaddr);

  return m->msg.jl.join ? igmp_joingroup_netif(nif, group) : igmp_leavegroup_netif(nif, group);
}

#else

static err_t group4(const struct api_msg *m)
{
  LWIP_UNUSED_ARG(m);
  return ERR_VAL;
}

static err_t group4_netif(const struct api_msg *m, struct netif *nif)
{
  LWIP_UNUSED_ARG(m);
  LWIP_UNUSED_ARG(nif);
  return ERR_VAL;
}

#endif

#if LWIP_IPV6 && LWIP_IPV6_MLD

static err_t group6(const struct api_msg *m)
{
  const ip6_addr_t *group = ip_2_ip6(m->msg.jl.multiaddr), *nif = ip_2_ip6(m->msg.jl.netif_addr);

  return m->msg.jl.join ? mld6_joingroup(nif, group) : mld6_leavegroup(nif, group);
}

static err_t group6_netif(const struct api_msg *m, struct netif *nif)
{
  const ip6_addr_t *group = ip_2_ip6(m->msg.jl.multiaddr);

  return m->msg.jl.join ? mld6_joingroup_netif(nif, group) : mld6_leavegroup_netif(nif, group);
}

#else

static err_t group6(const struct api_msg *m)
{
  LWIP_UNUSED_ARG(m);
  return ERR_VAL;
}

static err_t group6_netif(const struct api_msg *m, struct netif *nif)
{
  LWIP_UNUSED_ARG(m);
  LWIP_UNUSED_ARG(nif);
  return ERR_VAL;
}

#endif

static err_t may_join(const struct netconn *conn)
{
  if (conn->pcb.ip == NULL) {
    return ERR_CONN;
  }
  return netconn_is(conn, NETCONN_UDP) ? ERR_OK : ERR_VAL;
}

static err_t step_group(struct api_msg *m)
{
  err_t err = may_join(m->conn);

  if (err != ERR_OK) {
    return err;
  }
  return IP_IS_V6(m->msg.jl.multiaddr) ? group6(m) : group4(m);
}

static err_t step_group_netif(struct api_msg *m)
{
  err_t err = may_join(m->conn);
  struct netif *nif = netif_get_by_index(m->msg.jl.if_idx);

  if (err != ERR_OK) {
    return err;
  }
  if (nif == NULL) {
    return ERR_IF;
  }
  return IP_IS_V6(m->msg.jl.multiaddr) ? group6_netif(m, nif) : group4_netif(m, nif);
}

#if LWIP_IPV4 && LWIP_IPV6

static const ip_addr_t *any_like(const ip_addr_t *addr)
{
  return IP_IS_V6(addr) ? IP6_ADDR_ANY : IP4_ADDR_ANY;
}

#else

static const ip_addr_t *any_like(const ip_addr_t *addr)
{
  LWIP_UNUSED_ARG(addr);
  return IP_ADDR_ANY;
}

#endif

err_t netconn_join_leave_group(struct netconn *conn, const ip_addr_t *multiaddr, const ip_addr_t *netif_addr,
                               enum netconn_igmp join_or_leave)
{
  struct api_msg m = { .conn = conn, .step = step_group };

  if (conn == NULL || multiaddr == NULL) {
    return ERR_ARG;
  }
  if (netif_addr == NULL) {
    netif_addr = any_like(multiaddr);
  }
  if (IP_GET_TYPE(multiaddr) != IP_GET_TYPE(netif_addr)) {
    return ERR_VAL;
  }
  m.msg.jl.multiaddr = multiaddr;
  m.msg.jl.netif_addr = netif_addr;
  m.msg.jl.join = join_or_leave == NETCONN_JOIN;
  return netconn_call(&m);
}

err_t netconn_join_leave_group_netif(struct netconn *conn, const ip_addr_t *multiaddr, u8_t if_idx,
                                     enum netconn_igmp join_or_leave)
{
  struct api_msg m = { .conn = conn, .step = step_group_netif };

  if (conn == NULL || multiaddr == NULL) {
    return ERR_ARG;
  }
  m.msg.jl.multiaddr = multiaddr;
  m.msg.jl.if_idx = if_idx;
  m.msg.jl.join = join_or_leave == NETCONN_JOIN;
  return netconn_call(&m);
}

#endif

#endif
