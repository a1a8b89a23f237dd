/** Messages, groups and TCP_INFO on the stack's side, as run_value.h has them. */
#include "lwip/sockets.h"
#include "run_value.h"

/* More than everything there is to be told of a packet. */
#define CONTROL_ROOM 256

union control {
  struct cmsghdr align;
  u8_t room[CONTROL_ROOM];
};

/* ---- Receiving ---- */

static void get_info4(struct run_control *c, const void *data)
{
  struct in_pktinfo info;

  memcpy(&info, data, sizeof info);
  c->has |= RUN_HAS_INFO;
  c->index = info.ipi_ifindex;
  memcpy(c->addr, &info.ipi_addr, sizeof info.ipi_addr);
  memcpy(c->local, &info.ipi_spec_dst, sizeof c->local);
}

static void get_info6(struct run_control *c, const void *data)
{
  struct in6_pktinfo info;

  memcpy(&info, data, sizeof info);
  c->has |= RUN_HAS_INFO;
  c->index = info.ipi6_ifindex;
  memcpy(c->addr, &info.ipi6_addr, sizeof c->addr);
}

static void get_time(struct run_control *c, const void *data)
{
  struct timeval tv;

  memcpy(&tv, data, sizeof tv);
  c->has |= RUN_HAS_TIME;
  c->sec = tv.tv_sec;
  c->usec = tv.tv_usec;
}

/** An octet of IP_TOS, an int of all others. */
static int get_number(const struct cmsghdr *h, const void *data)
{
  u8_t octet;
  int number = 0;

  if (h->cmsg_len == CMSG_LEN(sizeof octet)) {
    memcpy(&octet, data, sizeof octet);
    return octet;
  }
  memcpy(&number, data, sizeof number);
  return number;
}

static void get_ip(struct run_control *c, const struct cmsghdr *h, const void *data)
{
  switch (h->cmsg_type) {
    case IP_PKTINFO:
      get_info4(c, data);
      break;
    case IP_TTL:
      c->has |= RUN_HAS_TTL;
      c->ttl = get_number(h, data);
      break;
    case IP_TOS:
      c->has |= RUN_HAS_TOS;
      c->tos = get_number(h, data);
      break;
    default:
      break;
  }
}

static void get_ip6(struct run_control *c, const struct cmsghdr *h, const void *data)
{
  c->v6 = true;
  switch (h->cmsg_type) {
    case IPV6_PKTINFO:
      get_info6(c, data);
      break;
    case IPV6_HOPLIMIT:
      c->has |= RUN_HAS_TTL;
      c->ttl = get_number(h, data);
      break;
    case IPV6_TCLASS:
      c->has |= RUN_HAS_TOS;
      c->tos = get_number(h, data);
      break;
    default:
      break;
  }
}

static void get_control(struct run_control *c, struct msghdr *m)
{
  struct cmsghdr *h;

  for (h = CMSG_FIRSTHDR(m); h != NULL; h = CMSG_NXTHDR(m, h)) {
    if (h->cmsg_level == SOL_SOCKET) {
      get_time(c, CMSG_DATA(h));
    } else if (h->cmsg_level == IPPROTO_IP) {
      get_ip(c, h, CMSG_DATA(h));
    } else {
      get_ip6(c, h, CMSG_DATA(h));
    }
  }
}

ssize_t run_receive(int s, struct run_message *message, int flags)
{
  union control control;
  struct msghdr m = { message->name, message->namelen, message->iov, message->iovlen, &control, sizeof control, 0 };
  ssize_t n;

  if (message->control == NULL) {
    m.msg_control = NULL;
    m.msg_controllen = 0;
  }
  n = lwip_recvmsg(s, &m, flags);
  if (n < 0) {
    return n;
  }
  message->namelen = m.msg_namelen;
  message->flags = m.msg_flags;
  if (message->control != NULL) {
    memset(message->control, 0, sizeof *message->control);
    get_control(message->control, &m);
  }
  return n;
}

/* ---- Sending ---- */

static void put(struct msghdr *m, int level, int type, const void *data, size_t len)
{
  struct cmsghdr *h = (struct cmsghdr *)(void *)((u8_t *)m->msg_control + m->msg_controllen);

  h->cmsg_len = (socklen_t)CMSG_LEN(len);
  h->cmsg_level = level;
  h->cmsg_type = type;
  memcpy(CMSG_DATA(h), data, len);
  m->msg_controllen += (socklen_t)CMSG_SPACE(len);
}

static void put_info(struct msghdr *m, const struct run_control *c)
{
  struct in6_pktinfo info6;
  struct in_pktinfo info;

  if (c->v6) {
    memcpy(&info6.ipi6_addr, c->addr, sizeof c->addr);
    info6.ipi6_ifindex = c->index;
    put(m, IPPROTO_IPV6, IPV6_PKTINFO, &info6, sizeof info6);
    return;
  }
  memset(&info, 0, sizeof info);
  info.ipi_ifindex = c->index;
  memcpy(&info.ipi_spec_dst, c->addr, sizeof info.ipi_spec_dst);
  put(m, IPPROTO_IP, IP_PKTINFO, &info, sizeof info);
}

static void put_control(struct msghdr *m, const struct run_control *c)
{
  int level = c->v6 ? IPPROTO_IPV6 : IPPROTO_IP;

  if (c->has & RUN_HAS_INFO) {
    put_info(m, c);
  }
  if (c->has & RUN_HAS_TTL) {
    put(m, level, c->v6 ? IPV6_HOPLIMIT : IP_TTL, &c->ttl, sizeof c->ttl);
  }
  if (c->has & RUN_HAS_TOS) {
    put(m, level, c->v6 ? IPV6_TCLASS : IP_TOS, &c->tos, sizeof c->tos);
  }
}

ssize_t run_transmit(int s, const struct run_message *message, int flags)
{
  union control control;
  struct msghdr m = { message->name, message->namelen, message->iov, message->iovlen, &control, 0, 0 };

  if (message->control != NULL) {
    put_control(&m, message->control);
  }
  return lwip_sendmsg(s, &m, flags);
}

/* ---- Groups ---- */

int run_group_set(int s, int level, int name, const struct run_group *g)
{
  struct group_source_req source;
  struct group_req group;

  if (!g->has_source) {
    group.gr_interface = g->index;
    memcpy(&group.gr_group, g->group, sizeof group.gr_group);
    return lwip_setsockopt(s, level, name, &group, sizeof group);
  }
  source.gsr_interface = g->index;
  memcpy(&source.gsr_group, g->group, sizeof source.gsr_group);
  memcpy(&source.gsr_source, g->source, sizeof source.gsr_source);
  return lwip_setsockopt(s, level, name, &source, sizeof source);
}

/* ---- TCP_INFO ---- */

int run_tcp_info(int s, struct run_tcp_info *out)
{
  struct tcp_info i;
  socklen_t len = sizeof i;

  if (lwip_getsockopt(s, IPPROTO_TCP, TCP_INFO, &i, &len) < 0) {
    return -1;
  }
  out->state = i.tcpi_state;
  out->retransmits = i.tcpi_retransmits;
  out->probes = i.tcpi_probes;
  out->backoff = i.tcpi_backoff;
  out->options = i.tcpi_options;
  out->snd_wscale = i.tcpi_snd_wscale;
  out->rcv_wscale = i.tcpi_rcv_wscale;
  out->rto = i.tcpi_rto;
  out->snd_mss = i.tcpi_snd_mss;
  out->unacked = i.tcpi_unacked;
  out->pmtu = i.tcpi_pmtu;
  out->rtt = i.tcpi_rtt;
  out->rttvar = i.tcpi_rttvar;
  out->snd_ssthresh = i.tcpi_snd_ssthresh;
  out->snd_cwnd = i.tcpi_snd_cwnd;
  out->advmss = i.tcpi_advmss;
  out->rcv_space = i.tcpi_rcv_space;
  out->snd_wnd = i.tcpi_snd_wnd;
  out->rcv_wnd = i.tcpi_rcv_wnd;
  return 0;
}
