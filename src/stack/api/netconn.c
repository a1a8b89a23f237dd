/** Netconns: made, deleted, bound; their addresses and errors. */
#include "netconn_core.h"
#include "tcpip_call.h"

#if LWIP_NETCONN

#include "lwip/memp.h"
#include "lwip/netif.h"
#include "lwip/tcpip.h"
#include <string.h>

/* ---- Make ---- */

#if LWIP_NETCONN_SEM_PER_THREAD

static inline err_t make_sem(struct netconn *conn)
{
  LWIP_UNUSED_ARG(conn);
  return ERR_OK;
}

#else

static err_t make_sem(struct netconn *conn)
{
  return sys_sem_new(&conn->op_completed, 0);
}

#endif

struct netconn *netconn_alloc(enum netconn_type t, netconn_callback callback)
{
  struct netconn *conn = (struct netconn *)memp_malloc(MEMP_NETCONN);

  if (conn == NULL) {
    return NULL;
  }
  memset(conn, 0, sizeof(*conn));
  conn->type = t;
  conn->callback = callback;
  conn->x_why = ERR_CONN;
#if LWIP_SOCKET
  conn->socket = -1;
#endif
#if LWIP_SO_RCVBUF
  conn->recv_bufsize = RECV_BUFSIZE_DEFAULT;
#endif
#if LWIP_SO_LINGER
  conn->linger = -1;
#endif
  if (make_sem(conn) != ERR_OK) {
    memp_free(MEMP_NETCONN, conn);
    return NULL;
  }
  return conn;
}

#if LWIP_TCP

static err_t new_tcp(struct netconn *conn)
{
  conn->pcb.tcp = tcp_new_ip_type(NETCONNTYPE_ISIPV6(conn->type) ? IPADDR_TYPE_ANY : IPADDR_TYPE_V4);
  if (conn->pcb.tcp == NULL) {
    return ERR_MEM;
  }
  netconn_tcp_attach(conn);
  return ERR_OK;
}

#else

static err_t new_tcp(struct netconn *conn)
{
  LWIP_UNUSED_ARG(conn);
  return ERR_VAL;
}

#endif

static err_t step_new(struct api_msg *m)
{
  return netconn_is(m->conn, NETCONN_TCP) ? new_tcp(m->conn) : netconn_dgram_new(m->conn, m->msg.n.proto);
}

struct netconn *netconn_new_with_proto_and_callback(enum netconn_type t, u8_t proto, netconn_callback callback)
{
  struct api_msg m = { .conn = tcpip_started() ? netconn_alloc(t, callback) : NULL, .step = step_new };

  if (m.conn == NULL) {
    return NULL;
  }
  m.msg.n.proto = proto;
  if (netconn_call(&m) != ERR_OK) {
    netconn_release(m.conn);
    return NULL;
  }
  return m.conn;
}

/* ---- Delete ---- */

static u32_t linger_ms(const struct netconn *conn)
{
#if LWIP_SO_LINGER
  return conn->linger > 0 ? (u32_t)conn->linger * 1000u : 0;
#else
  LWIP_UNUSED_ARG(conn);
  return 0;
#endif
}

static err_t step_prepare_delete(struct api_msg *m)
{
  err_t err = ERR_OK;

  netconn_note(m->conn, NETCONN_FLAG_MBOXINVALID);
  if (netconn_is(m->conn, NETCONN_TCP)) {
    err = netconn_step_close(m);
  } else {
    netconn_dgram_remove(m->conn);
  }
  if (err == NETCONN_PENDING) {
    return err;
  }
  netconn_queue_clear(m->conn);
  return err == ERR_CONN ? ERR_OK : err; /* there was nothing to close: fine */
}

err_t netconn_prepare_delete(struct netconn *conn)
{
  struct api_msg m = { .conn = conn, .step = step_prepare_delete };

  if (conn == NULL) {
    return ERR_OK;
  }
  m.timeout = linger_ms(conn);
  m.msg.sd.shut = NETCONN_SHUT_RDWR;
  return netconn_call(&m);
}

err_t netconn_delete(struct netconn *conn)
{
  err_t err;

  if (conn == NULL) {
    return ERR_OK;
  }
  err = netconn_prepare_delete(conn);
  netconn_release(conn);
  return err;
}

err_t netconn_close(struct netconn *conn)
{
  struct api_msg m = { .conn = conn, .step = netconn_step_close };

  if (conn == NULL) {
    return ERR_ARG;
  }
  m.timeout = linger_ms(conn);
  m.msg.sd.shut = NETCONN_SHUT_RDWR;
  return netconn_call(&m);
}

/* ---- Addresses ---- */

#if LWIP_IPV4 && LWIP_IPV6

/** "Any" of a netconn for both versions is any of both. */
const ip_addr_t *netconn_any_of_both(const struct netconn *conn, const ip_addr_t *addr)
{
  bool both = NETCONNTYPE_ISIPV6(conn->type) && !(conn->flags & NETCONN_FLAG_IPV6_V6ONLY);

  return both && IP_IS_V6_VAL(*addr) && ip_addr_isany_val(*addr) ? IP_ANY_TYPE : addr;
}

static const ip_addr_t *any_for(const struct netconn *conn)
{
  return NETCONNTYPE_ISIPV6(conn->type) ? IP6_ADDR_ANY : IP4_ADDR_ANY;
}

#else

const ip_addr_t *netconn_any_of_both(const struct netconn *conn, const ip_addr_t *addr)
{
  LWIP_UNUSED_ARG(conn);
  return addr;
}

static const ip_addr_t *any_for(const struct netconn *conn)
{
  LWIP_UNUSED_ARG(conn);
  return IP_ADDR_ANY;
}

#endif

err_t netconn_step_bind(struct api_msg *m)
{
  struct netconn *conn = m->conn;
  const ip_addr_t *addr = m->msg.bc.ipaddr;

  if (conn->pcb.ip == NULL) {
    return ERR_VAL;
  }
  switch (NETCONNTYPE_GROUP(conn->type)) {
#if LWIP_TCP
    case NETCONN_TCP:
      return tcp_bind(conn->pcb.tcp, addr, m->msg.bc.port);
#endif
#if LWIP_UDP
    case NETCONN_UDP:
      return udp_bind(conn->pcb.udp, addr, m->msg.bc.port);
#endif
#if LWIP_RAW
    case NETCONN_RAW:
      return raw_bind(conn->pcb.raw, addr);
#endif
    default:
      return ERR_VAL;
  }
}

err_t netconn_bind(struct netconn *conn, const ip_addr_t *addr, u16_t port)
{
  struct api_msg m = { .conn = conn, .step = netconn_step_bind };

  if (conn == NULL) {
    return ERR_ARG;
  }
  m.msg.bc.ipaddr = netconn_any_of_both(conn, addr != NULL ? addr : any_for(conn));
  m.msg.bc.port = port;
  return netconn_call(&m);
}

static err_t step_bind_if(struct api_msg *m)
{
  struct netconn *conn = m->conn;
  const struct netif *nif = netif_get_by_index(m->msg.bc.if_idx);

  if (nif == NULL && m->msg.bc.if_idx != NETIF_NO_INDEX) {
    return ERR_IF;
  }
  if (conn->pcb.ip == NULL) {
    return ERR_VAL;
  }
  switch (NETCONNTYPE_GROUP(conn->type)) {
#if LWIP_TCP
    case NETCONN_TCP:
      tcp_bind_netif(conn->pcb.tcp, nif);
      return ERR_OK;
#endif
#if LWIP_UDP
    case NETCONN_UDP:
      udp_bind_netif(conn->pcb.udp, nif);
      return ERR_OK;
#endif
#if LWIP_RAW
    case NETCONN_RAW:
      raw_bind_netif(conn->pcb.raw, nif);
      return ERR_OK;
#endif
    default:
      return ERR_VAL;
  }
}

err_t netconn_bind_if(struct netconn *conn, u8_t if_idx)
{
  struct api_msg m = { .conn = conn, .step = step_bind_if };

  if (conn == NULL) {
    return ERR_ARG;
  }
  m.msg.bc.if_idx = if_idx;
  return netconn_call(&m);
}

/** The ports of a connected UDP pcb or a TCP connection; a raw pcb has a protocol.  @return false: there is no such end */
static bool port_of(const struct netconn *conn, bool local, u16_t *port)
{
  switch (NETCONNTYPE_GROUP(conn->type)) {
#if LWIP_TCP
    case NETCONN_TCP:
      if (!local && (conn->pcb.tcp->state == CLOSED || conn->pcb.tcp->state == LISTEN)) {
        return false;
      }
      *port = local ? conn->pcb.tcp->local_port : conn->pcb.tcp->remote_port;
      return true;
#endif
#if LWIP_UDP
    case NETCONN_UDP:
      if (!local && !(conn->pcb.udp->flags & UDP_FLAGS_CONNECTED)) {
        return false;
      }
      *port = local ? conn->pcb.udp->local_port : conn->pcb.udp->remote_port;
      return true;
#endif
#if LWIP_RAW
    case NETCONN_RAW:
      if (!local && !(conn->pcb.raw->flags & RAW_FLAGS_CONNECTED)) {
        return false;
      }
      *port = conn->pcb.raw->protocol;
      return true;
#endif
    default:
      return false;
  }
}

static err_t step_getaddr(struct api_msg *m)
{
  const struct netconn *conn = m->conn;
  bool local = m->msg.ad.local != 0;

  if (conn->pcb.ip == NULL || !port_of(conn, local, m->msg.ad.port)) {
    return ERR_CONN;
  }
  ip_addr_copy(*m->msg.ad.ipaddr, *(local ? &conn->pcb.ip->local_ip : &conn->pcb.ip->remote_ip));
  return ERR_OK;
}

err_t netconn_getaddr(struct netconn *conn, ip_addr_t *addr, u16_t *port, u8_t local)
{
  struct api_msg m = { .conn = conn, .step = step_getaddr };

  if (conn == NULL || addr == NULL || port == NULL) {
    return ERR_ARG;
  }
  m.msg.ad.ipaddr = addr;
  m.msg.ad.port = port;
  m.msg.ad.local = local;
  return netconn_call(&m);
}

/* ---- Connect ---- */

static err_t step_connect(struct api_msg *m)
{
  struct netconn *conn = m->conn;

  switch (NETCONNTYPE_GROUP(conn->type)) {
#if LWIP_TCP
    case NETCONN_TCP:
      return netconn_step_connect_tcp(m);
#endif
#if LWIP_UDP
    case NETCONN_UDP:
      return conn->pcb.udp == NULL ? ERR_VAL : udp_connect(conn->pcb.udp, m->msg.bc.ipaddr, m->msg.bc.port);
#endif
#if LWIP_RAW
    case NETCONN_RAW:
      return conn->pcb.raw == NULL ? ERR_VAL : raw_connect(conn->pcb.raw, m->msg.bc.ipaddr);
#endif
    default:
      return ERR_VAL;
  }
}

err_t netconn_connect(struct netconn *conn, const ip_addr_t *addr, u16_t port)
{
  struct api_msg m = { .conn = conn, .step = step_connect };

  if (conn == NULL) {
    return ERR_ARG;
  }
  m.msg.bc.ipaddr = addr != NULL ? addr : any_for(conn);
  m.msg.bc.port = port;
  return netconn_call(&m);
}

static err_t step_disconnect(struct api_msg *m)
{
  struct netconn *conn = m->conn;

  if (conn->pcb.ip == NULL) {
    return ERR_VAL;
  }
  switch (NETCONNTYPE_GROUP(conn->type)) {
#if LWIP_UDP
    case NETCONN_UDP:
      udp_disconnect(conn->pcb.udp);
      return ERR_OK;
#endif
#if LWIP_RAW
    case NETCONN_RAW:
      raw_disconnect(conn->pcb.raw);
      return ERR_OK;
#endif
    default:
      return ERR_VAL;
  }
}

err_t netconn_disconnect(struct netconn *conn)
{
  struct api_msg m = { .conn = conn, .step = step_disconnect };

  return conn == NULL ? ERR_ARG : netconn_call(&m);
}

/* ---- Errors ---- */

static err_t step_err(struct api_msg *m)
{
  err_t err = m->conn->pending_err;

  m->conn->pending_err = ERR_OK;
  return err;
}

err_t netconn_err(struct netconn *conn)
{
  struct api_msg m = { .conn = conn, .step = step_err };

  return conn == NULL ? ERR_OK : netconn_call(&m);
}

#endif
