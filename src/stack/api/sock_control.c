/** Ancillary data of sendmsg() and recvmsg() (RFC 3542 section 20). */
#include "sock.h"

#if LWIP_SOCKET

#include "lwip/netbuf.h"
#include "lwip/netif.h"

/* ---- Receiving ---- */

#if LWIP_NETBUF_RECVINFO || LWIP_X_SO_TIMESTAMP

/** Append one item, if there is room. */
static void put(struct sock_call *c, int level, int type, const void *data, size_t len)
{
  struct cmsghdr h;
  u8_t *at = (u8_t *)c->control + c->control_done;
  size_t left = c->control_len - c->control_done;

  if (c->control == NULL || left < CMSG_LEN(len)) {
    c->control_cut = true;
    return;
  }
  h.cmsg_len = (socklen_t)CMSG_LEN(len);
  h.cmsg_level = level;
  h.cmsg_type = type;
  memcpy(at, &h, sizeof(h));
  memcpy(CMSG_DATA(at), data, len);
  c->control_done += (socklen_t)LWIP_MIN(CMSG_SPACE(len), left);
}

#endif

#if LWIP_NETBUF_RECVINFO

static void put_int(struct sock_call *c, int level, int type, int value)
{
  put(c, level, type, &value, sizeof(value));
}

#if LWIP_IPV4

static void put_info4(struct sock_call *c, const struct netbuf *buf)
{
  const struct netif *nif = netif_get_by_index(buf->x_if_idx);
  const ip4_addr_t *dst = ip_2_ip4(&buf->toaddr);
  struct in_pktinfo info;

  info.ipi_ifindex = buf->x_if_idx;
  inet_addr_from_ip4addr(&info.ipi_addr, dst);
  info.ipi_spec_dst = info.ipi_addr;
  if (nif != NULL && (ip4_addr_ismulticast(dst) || ip4_addr_isbroadcast(dst, nif))) {
    inet_addr_from_ip4addr(&info.ipi_spec_dst, netif_ip4_addr(nif));
  }
  put(c, IPPROTO_IP, IP_PKTINFO, &info, sizeof(info));
}

static void put4(struct sock_call *c, const struct netbuf *buf)
{
  if (c->sock->tell & SOCK_TELL_PKTINFO) {
    put_info4(c, buf);
  }
  if (c->sock->tell & SOCK_TELL_TTL) {
    put_int(c, IPPROTO_IP, IP_TTL, buf->x_ttl);
  }
  if (c->sock->tell & SOCK_TELL_TOS) {
    put(c, IPPROTO_IP, IP_TOS, &buf->x_tos, 1);
  }
}

#endif

#if LWIP_IPV6

static void put_info6(struct sock_call *c, const struct netbuf *buf)
{
  struct in6_pktinfo info;
  ip6_addr_t a;

#if LWIP_IPV4
  if (IP_IS_V4_VAL(buf->toaddr)) {
    ip4_2_ipv4_mapped_ipv6(&a, ip_2_ip4(&buf->toaddr));
  } else
#endif
  {
    ip6_addr_copy(a, *ip_2_ip6(&buf->toaddr));
  }
  inet6_addr_from_ip6addr(&info.ipi6_addr, &a);
  info.ipi6_ifindex = buf->x_if_idx;
  put(c, IPPROTO_IPV6, IPV6_PKTINFO, &info, sizeof(info));
}

static void put6(struct sock_call *c, const struct netbuf *buf)
{
  if (c->sock->tell & SOCK_TELL_PKTINFO) {
    put_info6(c, buf);
  }
  if (c->sock->tell & SOCK_TELL_TTL) {
    put_int(c, IPPROTO_IPV6, IPV6_HOPLIMIT, buf->x_ttl);
  }
  if (c->sock->tell & SOCK_TELL_TOS) {
    put_int(c, IPPROTO_IPV6, IPV6_TCLASS, buf->x_tos);
  }
}

#endif

static void put_header(struct sock_call *c, const struct netbuf *buf)
{
#if LWIP_IPV6
  if (c->v6) {
    put6(c, buf);
    return;
  }
#endif
#if LWIP_IPV4
  put4(c, buf);
#endif
}

#else

static void put_header(struct sock_call *c, const struct netbuf *buf)
{
  LWIP_UNUSED_ARG(c);
  LWIP_UNUSED_ARG(buf);
}

#endif

#if LWIP_X_SO_TIMESTAMP

static void put_time(struct sock_call *c, const struct netbuf *buf)
{
  struct timeval tv;

  if (c->sock->tell & SOCK_TELL_TIME) {
    tv.tv_sec = (long)buf->x_sec;
    tv.tv_usec = (long)buf->x_usec;
    put(c, SOL_SOCKET, SCM_TIMESTAMP, &tv, sizeof(tv));
  }
}

#else

static void put_time(struct sock_call *c, const struct netbuf *buf)
{
  LWIP_UNUSED_ARG(c);
  LWIP_UNUSED_ARG(buf);
}

#endif

void sock_control_put(struct sock_call *c, const struct netbuf *buf)
{
  if (c->wants_control && c->sock->tell != 0) {
    put_time(c, buf);
    put_header(c, buf);
  }
}

/* ---- Sending ---- */

/** Where from: an interface and an address of this host, each if it is given.  @return errno, 0 */
static int check_info(unsigned index, const struct sock_control *out)
{
  if (index > 0xFF || (index != 0 && netif_get_by_index((u8_t)index) == NULL)) {
    return ENODEV;
  }
  return out->has_src && !sock_addr_is_ours(&out->src, false) ? EINVAL : 0;
}

/** An int of @p len octets at @p data. */
static bool get_int(const void *data, size_t len, int *value)
{
  u8_t octet;

  if (len == sizeof(octet)) {
    memcpy(&octet, data, sizeof(octet));
    *value = octet;
    return true;
  }
  memcpy(value, data, LWIP_MIN(len, sizeof(*value)));
  return len == sizeof(*value);
}

/** @return false: not a small number */
static bool get_octet(const void *data, size_t len, s16_t *out)
{
  int value = -1;
  bool good = get_int(data, len, &value) && value >= 0 && value <= 0xFF;

  *out = (s16_t)value;
  return good;
}

#if LWIP_IPV4

static int get_info4(const void *data, size_t len, struct sock_control *out)
{
  struct in_pktinfo info;
  struct in_addr a;

  if (len != sizeof(info)) {
    return EINVAL;
  }
  memcpy(&info, data, sizeof(info));
  a = info.ipi_spec_dst.s_addr != 0 ? info.ipi_spec_dst : info.ipi_addr;
  out->if_idx = (u8_t)info.ipi_ifindex;
  out->has_src = a.s_addr != 0;
  inet_addr_to_ip4addr(ip_2_ip4(&out->src), &a);
  IP_SET_TYPE_VAL(out->src, IPADDR_TYPE_V4);
  return check_info(info.ipi_ifindex, out);
}

/** @return errno, 0 */
static int get4(int type, const void *data, size_t len, struct sock_control *out)
{
  bool good = true;

  switch (type) {
    case IP_PKTINFO:
      return get_info4(data, len, out);
    case IP_TTL:
      good = get_octet(data, len, &out->ttl) && out->ttl != 0;
      break;
    case IP_TOS:
      good = get_octet(data, len, &out->tos);
      break;
    default:
      good = false;
      break;
  }
  return good ? 0 : EINVAL;
}

#endif

#if LWIP_IPV6

static int get_info6(const void *data, size_t len, struct sock_control *out)
{
  struct in6_pktinfo info;
  ip6_addr_t a;

  if (len != sizeof(info)) {
    return EINVAL;
  }
  memcpy(&info, data, sizeof(info));
  inet6_addr_to_ip6addr(&a, &info.ipi6_addr);
  ip_addr_copy_from_ip6(out->src, a);
  out->has_src = !ip6_addr_isany(&a);
  out->if_idx = (u8_t)info.ipi6_ifindex;
  return check_info(info.ipi6_ifindex, out);
}

static int get6(int type, const void *data, size_t len, struct sock_control *out)
{
  bool good = true;

  switch (type) {
    case IPV6_PKTINFO:
      return get_info6(data, len, out);
    case IPV6_HOPLIMIT:
      good = get_octet(data, len, &out->ttl);
      break;
    case IPV6_TCLASS:
      good = get_octet(data, len, &out->tos);
      break;
    default:
      good = false;
      break;
  }
  return good ? 0 : EINVAL;
}

#endif

static int get(const struct cmsghdr *h, const void *data, struct sock_control *out)
{
  size_t len = h->cmsg_len - CMSG_LEN(0);

  switch (h->cmsg_level) {
#if LWIP_IPV4
    case IPPROTO_IP:
      return get4(h->cmsg_type, data, len, out);
#endif
#if LWIP_IPV6
    case IPPROTO_IPV6:
      return get6(h->cmsg_type, data, len, out);
#endif
    default:
      LWIP_UNUSED_ARG(data);
      LWIP_UNUSED_ARG(len);
      LWIP_UNUSED_ARG(out);
      return EINVAL;
  }
}

int sock_control_get(const struct sock_call *c, struct sock_control *out)
{
  const u8_t *at = (const u8_t *)c->control;
  size_t left = at != NULL ? c->control_len : 0;

  memset(out, 0, sizeof(*out));
  out->ttl = out->tos = -1;
  while (left >= sizeof(struct cmsghdr)) {
    struct cmsghdr h;
    int error;

    memcpy(&h, at, sizeof(h));
    if (h.cmsg_len < CMSG_LEN(0) || h.cmsg_len > left) {
      return EINVAL;
    }
    error = get(&h, at + CMSG_LEN(0), out);
    if (error != 0) {
      return error;
    }
    at += LWIP_MIN(ALIGN_H(h.cmsg_len), left);
    left -= LWIP_MIN(ALIGN_H(h.cmsg_len), left);
  }
  return 0;
}

#endif
