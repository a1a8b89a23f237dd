/** Ancillary data in the system's layout: cmsg(3), ip(7), ipv6(7), socket(7). */
#define _GNU_SOURCE
#include "run_control.h"
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/time.h>

/* ---- Received ---- */

struct out {
  struct msghdr *m;
  size_t done; /**< octets of msg_control in use */
};

static void put(struct out *o, int level, int type, const void *data, size_t len)
{
  size_t left = o->m->msg_controllen - o->done;
  struct cmsghdr h;
  uint8_t *at = (uint8_t *)o->m->msg_control + o->done;

  if (o->m->msg_control == NULL || left < CMSG_LEN(len)) {
    o->m->msg_flags |= MSG_CTRUNC;
    return;
  }
  memset(&h, 0, sizeof h);
  h.cmsg_len = CMSG_LEN(len);
  h.cmsg_level = level;
  h.cmsg_type = type;
  memcpy(at, &h, sizeof h);
  memcpy(at + CMSG_LEN(0), data, len);
  o->done += CMSG_SPACE(len) < left ? CMSG_SPACE(len) : left;
}

static void put_time(struct out *o, const struct run_control *c)
{
  struct timeval tv = { c->sec, c->usec };

  put(o, SOL_SOCKET, SO_TIMESTAMP, &tv, sizeof tv);
}

static void put_info(struct out *o, const struct run_control *c)
{
  struct in6_pktinfo info6;
  struct in_pktinfo info;

  if (c->v6) {
    memcpy(&info6.ipi6_addr, c->addr, sizeof info6.ipi6_addr);
    info6.ipi6_ifindex = c->index;
    put(o, IPPROTO_IPV6, IPV6_PKTINFO, &info6, sizeof info6);
    return;
  }
  info.ipi_ifindex = (int)c->index;
  memcpy(&info.ipi_addr, c->addr, sizeof info.ipi_addr);
  memcpy(&info.ipi_spec_dst, c->local, sizeof info.ipi_spec_dst);
  put(o, IPPROTO_IP, IP_PKTINFO, &info, sizeof info);
}

static void put_tos(struct out *o, const struct run_control *c)
{
  uint8_t octet = (uint8_t)c->tos;

  if (c->v6) {
    put(o, IPPROTO_IPV6, IPV6_TCLASS, &c->tos, sizeof c->tos);
  } else {
    put(o, IPPROTO_IP, IP_TOS, &octet, sizeof octet);
  }
}

void run_control_put(struct msghdr *m, const struct run_control *c)
{
  struct out o = { m, 0 };

  if (c->has & RUN_HAS_TIME) {
    put_time(&o, c);
  }
  if (c->has & RUN_HAS_INFO) {
    put_info(&o, c);
  }
  if (c->has & RUN_HAS_TTL) {
    put(&o, c->v6 ? IPPROTO_IPV6 : IPPROTO_IP, c->v6 ? IPV6_HOPLIMIT : IP_TTL, &c->ttl, sizeof c->ttl);
  }
  if (c->has & RUN_HAS_TOS) {
    put_tos(&o, c);
  }
  m->msg_controllen = o.done;
}

/* ---- To be sent ---- */

static bool get_number(const void *data, size_t len, int *out)
{
  uint8_t octet;

  if (len == sizeof octet) {
    memcpy(&octet, data, sizeof octet);
    *out = octet;
    return true;
  }
  if (len == sizeof *out) {
    memcpy(out, data, sizeof *out);
  }
  return len == sizeof *out;
}

static bool get_info4(struct run_control *c, const void *data, size_t len)
{
  struct in_pktinfo info;

  if (len != sizeof info) {
    return false;
  }
  memcpy(&info, data, sizeof info);
  c->index = (unsigned)info.ipi_ifindex;
  memcpy(c->addr, &info.ipi_spec_dst, sizeof info.ipi_spec_dst);
  return true;
}

static bool get_info6(struct run_control *c, const void *data, size_t len)
{
  struct in6_pktinfo info;

  if (len != sizeof info) {
    return false;
  }
  memcpy(&info, data, sizeof info);
  c->index = info.ipi6_ifindex;
  memcpy(c->addr, &info.ipi6_addr, sizeof c->addr);
  return true;
}

static bool get4(struct run_control *c, int type, const void *data, size_t len)
{
  switch (type) {
    case IP_PKTINFO:
      c->has |= RUN_HAS_INFO;
      return get_info4(c, data, len);
    case IP_TTL:
      c->has |= RUN_HAS_TTL;
      return get_number(data, len, &c->ttl);
    case IP_TOS:
      c->has |= RUN_HAS_TOS;
      return get_number(data, len, &c->tos);
    default:
      return false;
  }
}

static bool get6(struct run_control *c, int type, const void *data, size_t len)
{
  c->v6 = true;
  switch (type) {
    case IPV6_PKTINFO:
      c->has |= RUN_HAS_INFO;
      return get_info6(c, data, len);
    case IPV6_HOPLIMIT:
      c->has |= RUN_HAS_TTL;
      return get_number(data, len, &c->ttl);
    case IPV6_TCLASS:
      c->has |= RUN_HAS_TOS;
      return get_number(data, len, &c->tos);
    default:
      return false;
  }
}

static bool get(struct run_control *c, const struct cmsghdr *h, const void *data)
{
  size_t len = h->cmsg_len - CMSG_LEN(0);

  switch (h->cmsg_level) {
    case IPPROTO_IP:
      return get4(c, h->cmsg_type, data, len);
    case IPPROTO_IPV6:
      return get6(c, h->cmsg_type, data, len);
    default:
      return false;
  }
}

bool run_control_get(const struct msghdr *m, struct run_control *c)
{
  const uint8_t *at = m->msg_control;
  size_t left = at != NULL ? m->msg_controllen : 0;

  memset(c, 0, sizeof *c);
  while (left >= sizeof(struct cmsghdr)) {
    struct cmsghdr h;
    size_t step;

    memcpy(&h, at, sizeof h);
    if (h.cmsg_len < CMSG_LEN(0) || h.cmsg_len > left || !get(c, &h, at + CMSG_LEN(0))) {
      errno = EINVAL;
      return false;
    }
    step = CMSG_ALIGN(h.cmsg_len) < left ? CMSG_ALIGN(h.cmsg_len) : left;
    at += step;
    left -= step;
  }
  return true;
}
