/** Sending and receiving on UDP and raw sockets. */
#include "sock.h"

#if LWIP_SOCKET

#include "lwip/netbuf.h"
#include "lwip/netif.h"

/* ---- Receiving ---- */

size_t sock_scatter(struct sock_call *c, const struct pbuf *p, size_t off, size_t len)
{
  size_t left = LWIP_MIN(len, p->tot_len - off);
  size_t sum = 0;
  int i;

  for (i = 0; i < c->iovcnt && left > 0; i++) {
    size_t n = LWIP_MIN(left, c->iov[i].iov_len);

    pbuf_copy_partial(p, c->iov[i].iov_base, (u16_t)n, (u16_t)(off + sum));
    sum += n;
    left -= n;
  }
  return sum;
}

/** Give the first datagram to the caller. */
static err_t deliver(struct sock_call *c)
{
  struct netconn *conn = c->sock->conn;
  struct netbuf *buf = conn->x_rx.first.buf;

  c->done = sock_scatter(c, buf->p, 0, c->len);
  c->cut = c->done < buf->p->tot_len;
  if (c->flags & MSG_TRUNC) {
    c->done = buf->p->tot_len;
  }
  ip_addr_copy(c->addr, buf->addr);
  c->port = sock_is_udp(c->sock) ? buf->port : 0;
  c->has_addr = true;
  sock_control_put(c, buf);
  if (!(c->flags & MSG_PEEK)) {
    netbuf_delete(netconn_take_datagram(conn));
  }
  return ERR_OK;
}

err_t sock_step_recv_dgram(struct api_msg *m)
{
  struct sock_call *c = call_of(m);
  int error;

  if (m->conn->x_rx.len > 0) {
    return deliver(c);
  }
  error = sock_take_error(c->sock);
  if (error != 0) {
    return sock_fail(m, error);
  }
  if (c->sock->flags & SOCK_F_SHUT_RD) {
    return ERR_OK;
  }
  if (netconn_no_wait(m->conn, (c->flags & MSG_DONTWAIT) ? NETCONN_DONTBLOCK : 0)) {
    return ERR_WOULDBLOCK;
  }
#if LWIP_SO_RCVTIMEO
  if (m->waits == 0) { /* later its thread looks at it */
    m->timeout = m->conn->recv_timeout;
  }
#endif
  return netconn_wait_for(m, NETCONN_WAITS_RX);
}

/* ---- Sending ---- */

/** The longest datagram: what the length field of UDP, or of IP, can say. */
#define LONGEST_UDP (0xFFFF - 8)

/** All pieces in one pbuf.  @return NULL: no memory */
static struct pbuf *gather(const struct sock_call *c, pbuf_layer layer)
{
  struct pbuf *p = pbuf_alloc(layer, (u16_t)c->len, PBUF_RAM);
  size_t at = 0;
  int i;

  for (i = 0; p != NULL && i < c->iovcnt; i++) {
    if (c->iov[i].iov_len > 0) {
      memcpy((u8_t *)p->payload + at, c->iov[i].iov_base, c->iov[i].iov_len);
      at += c->iov[i].iov_len;
    }
  }
  return p;
}

static bool is_connected(const struct lwip_sock *sock)
{
#if LWIP_UDP
  if (sock_is_udp(sock)) {
    return (sock->conn->pcb.udp->flags & UDP_FLAGS_CONNECTED) != 0;
  }
#endif
#if LWIP_RAW
  return (sock->conn->pcb.raw->flags & RAW_FLAGS_CONNECTED) != 0;
#else
  return false;
#endif
}

#if LWIP_IPV4 && IP_SOF_BROADCAST

static bool may_broadcast(const struct lwip_sock *sock, const ip_addr_t *to)
{
  const struct netif *nif;

  if (!IP_IS_V4(to) || (sock->conn->pcb.ip->so_options & SOF_BROADCAST)) {
    return true;
  }
  if (ip4_addr_cmp(ip_2_ip4(to), IP4_ADDR_BROADCAST)) {
    return false;
  }
  NETIF_FOREACH(nif)
  {
    if (ip4_addr_isbroadcast(ip_2_ip4(to), nif)) {
      return false;
    }
  }
  return true;
}

#else

static bool may_broadcast(const struct lwip_sock *sock, const ip_addr_t *to)
{
  LWIP_UNUSED_ARG(sock);
  LWIP_UNUSED_ARG(to);
  return true;
}

#endif

#if LWIP_IPV4 && LWIP_IPV6

/** A socket for IPv6 alone reaches no IPv4 address. */
static bool version_fits(const struct lwip_sock *sock, const ip_addr_t *to)
{
  return !IP_IS_V4(to) || !sock_is_v6(sock) || !netconn_get_ipv6only(sock->conn);
}

#else

static bool version_fits(const struct lwip_sock *sock, const ip_addr_t *to)
{
  LWIP_UNUSED_ARG(sock);
  LWIP_UNUSED_ARG(to);
  return true;
}

#endif

/** Find out where to.  @return errno, 0 */
static int destination(struct sock_call *c)
{
  struct netconn *conn = c->sock->conn;

  if (!c->has_addr) {
    if (!is_connected(c->sock)) {
      return EDESTADDRREQ;
    }
    ip_addr_copy(c->addr, conn->pcb.ip->remote_ip);
#if LWIP_UDP
    if (sock_is_udp(c->sock)) {
      c->port = conn->pcb.udp->remote_port;
    }
#endif
  }
  if (sock_is_udp(c->sock) && c->port == 0) {
    return EINVAL;
  }
  if (!version_fits(c->sock, &c->addr)) {
    return ENETUNREACH;
  }
  return may_broadcast(c->sock, &c->addr) ? 0 : EACCES;
}

/** The netif that ancillary data name, by number or by an address of it.  @return false: there is none like that */
static bool netif_asked_for(const struct sock_control *k, struct netif **nif)
{
  *nif = NULL;
  if (k->if_idx != NETIF_NO_INDEX) {
    *nif = netif_get_by_index(k->if_idx);
    return *nif != NULL;
  }
  return true;
}

static err_t send_to(struct sock_call *c, struct pbuf *p, const struct sock_control *k)
{
  struct netconn *conn = c->sock->conn;
  struct netif *nif;

  if (!netif_asked_for(k, &nif)) {
    return ERR_IF;
  }
  if (k->has_src && nif == NULL) {
    nif = ip_route(&k->src, &c->addr);
    if (nif == NULL) {
      return ERR_RTE;
    }
  }
#if LWIP_UDP
  if (sock_is_udp(c->sock)) {
    if (k->has_src) {
      return udp_sendto_if_src(conn->pcb.udp, p, &c->addr, c->port, nif, &k->src);
    }
    return nif != NULL ? udp_sendto_if(conn->pcb.udp, p, &c->addr, c->port, nif)
                       : udp_sendto(conn->pcb.udp, p, &c->addr, c->port);
  }
#endif
#if LWIP_RAW
  if (k->has_src) {
    return raw_sendto_if_src(conn->pcb.raw, p, &c->addr, nif, &k->src);
  }
  return raw_sendto(conn->pcb.raw, p, &c->addr);
#else
  return ERR_VAL;
#endif
}

/** With TTL and TOS of this datagram alone. */
static err_t send_as(struct sock_call *c, struct pbuf *p, const struct sock_control *k)
{
  struct ip_pcb *pcb = c->sock->conn->pcb.ip;
  u8_t ttl = pcb->ttl, tos = pcb->tos;
  err_t err;

  pcb->ttl = k->ttl >= 0 ? (u8_t)k->ttl : ttl;
  pcb->tos = k->tos >= 0 ? (u8_t)k->tos : tos;
  err = send_to(c, p, k);
  pcb->ttl = ttl;
  pcb->tos = tos;
  return err;
}

static err_t send_datagram(struct sock_call *c)
{
  struct sock_control k;
  struct pbuf *p;
  err_t err;

  c->error = sock_control_get(c, &k);
  if (c->error != 0) {
    return ERR_OK;
  }
  p = gather(c, sock_is_udp(c->sock) ? PBUF_TRANSPORT : PBUF_IP);
  if (p == NULL) {
    return ERR_MEM;
  }
  err = send_as(c, p, &k);
  pbuf_free(p);
  if (err == ERR_OK) {
    c->done = c->len;
  }
  return err;
}

/** @return errno, 0 */
static int check(struct sock_call *c)
{
  int error = sock_take_error(c->sock);

  if (error != 0) {
    return error;
  }
  if (c->sock->flags & SOCK_F_SHUT_WR) {
    return EPIPE;
  }
  if (c->flags & MSG_OOB) {
    return EOPNOTSUPP;
  }
  return c->len > LONGEST_UDP ? EMSGSIZE : 0;
}

err_t sock_step_send_dgram(struct api_msg *m)
{
  struct sock_call *c = call_of(m);

  c->error = check(c);
  if (c->error == 0) {
    c->error = destination(c);
  }
  if (c->error != 0) {
    return ERR_OK;
  }
  return send_datagram(c);
}

#endif
