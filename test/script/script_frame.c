/** A struct packet becomes a frame (the peer sends it), a frame becomes a struct packet (the stack sent it). */
#include "script.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { FLOWS = 64, PEER_ISN = 1000000 };

uint32_t dhcp_xid;
uint16_t dns_id;
static uint16_t dns_port = 53;
static char dns_asked[sizeof(((struct packet *)0)->name)]; /* the name in the letters of the last query */
static struct flow flows[FLOWS];
static int n_flows;
static uint16_t next_ip_id = 100;

/** Ones' complement sum (RFC 1071), folded, not inverted. */
uint16_t sum16(const uint8_t *d, size_t n, uint32_t start)
{
  uint32_t s = start;

  for (; n > 1; n -= 2, d += 2) {
    s += get16(d);
  }
  if (n) {
    s += (uint32_t)d[0] << 8;
  }
  while (s >> 16) {
    s = (s & 0xFFFF) + (s >> 16);
  }
  return (uint16_t)s;
}

static uint32_t pseudo_sum(const struct packet *p, uint8_t proto, size_t len)
{
  if (p->v6) {
    return pseudo_sum6(p->src6, p->dst6, proto, len);
  }
  return (p->src >> 16) + (p->src & 0xFFFF) + (p->dst >> 16) + (p->dst & 0xFFFF) + proto + (uint32_t)len;
}

struct flow *flow_of(uint16_t local, uint16_t remote)
{
  int i;

  for (i = 0; i < n_flows; i++) {
    if (flows[i].local == local && flows[i].remote == remote) {
      return &flows[i];
    }
  }
  if (n_flows == FLOWS) {
    fail("too many connections for the script's memory");
  }
  flows[n_flows].local = local;
  flows[n_flows].remote = remote;
  flows[n_flows].peer_isn = PEER_ISN;
  return &flows[n_flows++];
}

/* ------------------------------------------------------------------ building */

/** The cookie the stack made last. */
static uint8_t our_cookie[8];

static size_t build_cookie(const struct packet *p, uint8_t *o)
{
  size_t n = (size_t)p->cookie_len + 2;

  o[0] = 34;
  o[1] = (uint8_t)n;
  memcpy(o + 2, p->cookie_ours || p->cookie_wrong ? our_cookie : p->cookie, p->cookie_len);
  if (p->cookie_wrong) {
    o[2] ^= 1;
  }
  for (; n % 4 != 0; n++) {
    o[n] = 1;
  }
  return n;
}

static size_t build_options(const struct packet *p, const struct flow *f, uint8_t *o)
{
  size_t n = 0;
  int i;

  if (p->has & HAS_MSS) {
    o[n] = 2;
    o[n + 1] = 4;
    put16(o + n + 2, p->mss);
    n += 4;
  }
  if (p->has & HAS_WSCALE) {
    o[n] = 1;
    o[n + 1] = 3;
    o[n + 2] = 3;
    o[n + 3] = p->wscale;
    n += 4;
  }
  if (p->has & HAS_SACKOK) {
    o[n] = o[n + 1] = 1;
    o[n + 2] = 4;
    o[n + 3] = 2;
    n += 4;
  }
  if (p->has & HAS_TS) {
    o[n] = o[n + 1] = 1;
    o[n + 2] = 8;
    o[n + 3] = 10;
    put32(o + n + 4, p->ts);
    put32(o + n + 8, p->has & HAS_ECR ? p->ecr : f->last_ts);
    n += 12;
  }
  if (p->n_sack > 0) {
    o[n] = o[n + 1] = 1;
    o[n + 2] = 5;
    o[n + 3] = (uint8_t)(2 + 8 * p->n_sack);
    n += 4;
    for (i = 0; i < p->n_sack; i++, n += 8) {
      put32(o + n, f->stack_isn + p->sack[i][0]);
      put32(o + n + 4, f->stack_isn + p->sack[i][1]);
    }
  }
  if (p->has & HAS_COOKIE) {
    n += build_cookie(p, o + n);
  }
  return n;
}

/** @return octets written at @p t */
static size_t build_tcp(const struct packet *p, uint8_t *t)
{
  struct flow *f = flow_of(p->dport, p->sport);
  size_t hlen = 20 + build_options(p, f, t + 20), i;

  put16(t, p->sport);
  put16(t + 2, p->dport);
  put32(t + 4, f->peer_isn + p->seq);
  put32(t + 8, p->has & HAS_ACK ? f->stack_isn + p->ack : 0);
  t[12] = (uint8_t)(hlen << 2);
  t[13] = p->flags;
  put16(t + 14, p->win);
  put16(t + 16, 0);
  put16(t + 18, p->urg);
  for (i = 0; i < p->len; i++) {
    t[hlen + i] = octet_at(p->seq + (p->flags & 2) / 2 + (uint32_t)i);
  }
  put16(t + 16, (uint16_t)~sum16(t, hlen + p->len, pseudo_sum(p, 6, hlen + p->len)));
  return hlen + p->len;
}

static void finish_udp(const struct packet *p, uint8_t *u, size_t len)
{
  uint16_t s;

  put16(u + 4, (uint32_t)len);
  put16(u + 6, 0);
  s = (uint16_t)~sum16(u, len, pseudo_sum(p, 17, len));
  put16(u + 6, p->sum0 ? 0 : s == 0 ? 0xFFFF : s);
}

static size_t build_udp(const struct packet *p, uint8_t *u)
{
  size_t i;

  put16(u, p->sport);
  put16(u + 2, p->dport);
  for (i = 0; i < p->len; i++) {
    u[8 + i] = octet_at((uint32_t)i);
  }
  finish_udp(p, u, 8 + p->len);
  return 8 + p->len;
}

/** What an ICMP error quotes: the IP header and eight octets of the stack's packet. */
static size_t build_quote(const struct packet *p, uint8_t *q)
{
  memset(q, 0, 28);
  q[0] = 0x45;
  put16(q + 2, 40);
  q[8] = 60;
  q[9] = p->quote_proto;
  put32(q + 12, p->dst);
  put32(q + 16, peer_ip);
  put16(q + 10, (uint16_t)~sum16(q, 20, 0));
  put16(q + 20, (uint32_t)p->quote_sport);
  put16(q + 22, (uint32_t)p->quote_dport);
  if (p->quote_proto == 6) {
    put32(q + 24, flow_of((uint16_t)p->quote_sport, (uint16_t)p->quote_dport)->stack_isn + p->quote_seq);
  } else {
    put16(q + 24, 20);
  }
  return 28;
}

static size_t build_icmp(const struct packet *p, uint8_t *c)
{
  size_t len = 8, i;

  memset(c, 0, 8);
  c[0] = p->type;
  c[1] = p->code;
  if (p->quote_sport >= 0) {
    put16(c + 6, p->mtu);
    len += build_quote(p, c + 8);
  } else {
    put16(c + 4, p->id);
    put16(c + 6, p->no);
    for (i = 0; i < p->len; i++) {
      c[8 + i] = octet_at((uint32_t)i);
    }
    len += p->len;
  }
  put16(c + 2, (uint16_t)~sum16(c, len, 0));
  return len;
}

static uint8_t *dhcp_option(uint8_t *o, uint8_t code, uint32_t v)
{
  o[0] = code;
  o[1] = 4;
  put32(o + 2, v);
  return o + 6;
}

static size_t build_dhcp(const struct packet *p, uint8_t *u)
{
  uint8_t *d = u + 8, *o = d + 240;

  memset(d, 0, 300);
  put16(u, 67);
  put16(u + 2, 68);
  d[0] = 2;
  d[1] = 1;
  d[2] = 6;
  put32(d + 4, p->badxid ? ~dhcp_xid : dhcp_xid);
  put32(d + 16, p->yiaddr);
  mac_of(stack_ip, d + 28);
  put32(d + 236, 0x63825363);
  o[0] = 53;
  o[1] = 1;
  o[2] = p->type;
  o = dhcp_option(o + 3, 54, p->server);
  o = dhcp_option(o, 1, 0xFFFFFF00u);
  o = dhcp_option(o, 3, peer_ip);
  o = dhcp_option(o, 6, peer_ip);
  o = dhcp_option(o, 51, p->lease ? p->lease : 3600);
  if (p->t1) {
    o = dhcp_option(o, 58, p->t1);
  }
  if (p->t2) {
    o = dhcp_option(o, 59, p->t2);
  }
  *o++ = 255;
  {
    size_t len = (size_t)(o - u) < 308 ? 308 : (size_t)(o - u);

    finish_udp(p, u, len);
    return len;
  }
}

static size_t build_igmp(const struct packet *p, uint8_t *g)
{
  memset(g, 0, 8);
  g[0] = p->type;
  g[1] = p->code ? p->code : 100;
  put32(g + 4, p->target);
  put16(g + 2, (uint16_t)~sum16(g, 8, 0));
  return 8;
}

static uint8_t *put_name(uint8_t *o, const char *name)
{
  while (*name != '\0') {
    size_t n = strcspn(name, ".");

    *o++ = (uint8_t)n;
    memcpy(o, name, n);
    o += n;
    name += n + (name[n] == '.');
  }
  *o++ = 0;
  return o;
}

static size_t build_dns(const struct packet *p, uint8_t *u)
{
  uint8_t *d = u + 8, *o;

  put16(u, 53);
  put16(u + 2, dns_port);
  memset(d, 0, 12);
  put16(d, p->badxid ? dns_id ^ 1u : dns_id);
  put16(d + 2, 0x8180);
  put16(d + 4, 1);
  put16(d + 6, 1);
  o = put_name(d + 12, strcasecmp(p->name, dns_asked) == 0 ? dns_asked : p->name);
  put32(o, 0x00010001);
  put16(o + 4, 0xC00C);
  put32(o + 6, 0x00010001);
  put32(o + 10, p->lease);
  put16(o + 14, 4);
  put32(o + 16, p->yiaddr);
  o += 20;
  finish_udp(p, u, (size_t)(o - u));
  return (size_t)(o - u);
}

static size_t build_arp(const struct packet *p, uint8_t *f)
{
  uint8_t mac[6];

  mac_of(p->sender, mac);
  if (p->has & HAS_MAC) {
    memcpy(mac, p->mac, 6);
  }
  mac_of(stack_ip, f);
  if (p->broadcast) {
    memset(f, 0xFF, 6);
  }
  memcpy(f + 6, mac, 6);
  put16(f + 12, 0x0806);
  put16(f + 14, 1);
  put16(f + 16, 0x0800);
  f[18] = 6;
  f[19] = 4;
  put16(f + 20, p->type);
  memcpy(f + 22, mac, 6);
  put32(f + 28, p->sender);
  memset(f + 32, 0, 6);
  if (p->type == 2) {
    mac_of(stack_ip, f + 32);
  }
  put32(f + 38, p->target);
  memset(f + 42, 0, 18);
  return p->cut ? 14 + p->cut : 60;
}

static size_t build_payload(const struct packet *p, uint8_t *d, uint8_t *proto)
{
  switch (p->kind) {
    case PK_TCP:
      *proto = 6;
      return build_tcp(p, d);
    case PK_UDP:
      *proto = 17;
      return build_udp(p, d);
    case PK_ICMP:
      *proto = p->v6 ? 58 : 1;
      return p->v6 ? build_icmp6(p, d) : build_icmp(p, d);
    case PK_ND:
      *proto = 58;
      return build_nd(p, d);
    case PK_DHCP:
      *proto = 17;
      return build_dhcp(p, d);
    case PK_IGMP:
      *proto = 2;
      return build_igmp(p, d);
    case PK_DNS:
      *proto = 17;
      return build_dns(p, d);
    default:
      fail("this packet cannot be sent");
  }
}

/** Where the checksum of the payload is. */
static size_t sum_offset(const struct packet *p)
{
  switch (p->kind) {
    case PK_TCP:
      return 16;
    case PK_ICMP:
    case PK_IGMP:
    case PK_ND:
      return 2;
    default:
      return 6;
  }
}

static void ethernet_for(const struct packet *p, uint8_t *f)
{
  mac_of(stack_ip, f);
  if (p->broadcast) {
    memset(f, 0xFF, 6);
  } else if (p->dst >> 28 == 14) {
    static const uint8_t group[3] = { 0x01, 0x00, 0x5E };

    memcpy(f, group, 3);
    f[3] = (uint8_t)(p->dst >> 16 & 0x7F);
    put16(f + 4, p->dst & 0xFFFF);
  }
  mac_of(p->src, f + 6);
  put16(f + 12, 0x0800);
}

size_t packet_build(const struct packet *p, uint8_t *f)
{
  static uint8_t whole[66000];
  uint8_t *ip = f + 14, proto;
  size_t len, from = 0, total;

  if (p->kind == PK_ARP) {
    return build_arp(p, f);
  }
  len = total = build_payload(p, whole, &proto);
  if (p->badsum) {
    whole[sum_offset(p)] ^= 0x5A;
  }
  if (p->v6) {
    return packet_build6(p, whole, total, proto, f);
  }
  if (p->has_frag_range) {
    from = p->frag_a;
    len = p->frag_b - p->frag_a;
  }
  if (len + 34 > FRAME_MAX || from + len > sizeof(whole)) {
    fail("%zu octets are too many for a frame", len);
  }
  ethernet_for(p, f);
  memset(ip, 0, 20);
  ip[0] = 0x45;
  ip[1] = p->tos;
  put16(ip + 2, (uint32_t)len + 20);
  put16(ip + 4, p->ip_id ? p->ip_id : next_ip_id++);
  put16(ip + 6, (uint32_t)(from / 8) | (p->has_frag_range && from + len < total && !p->nomore ? 0x2000u : 0) |
                  (p->df ? 0x4000u : 0));
  ip[8] = p->ttl;
  ip[9] = proto;
  put32(ip + 12, p->src);
  put32(ip + 16, p->dst);
  put16(ip + 10, (uint16_t)~sum16(ip, 20, 0));
  memcpy(ip + 20, whole + from, len);
  return p->cut ? 14 + p->cut : len + 34;
}

/* ------------------------------------------------------------------ reading */

static void read_tcp_option(const uint8_t *o, struct packet *p, const struct flow *f)
{
  int i;

  switch (o[0]) {
    case 2:
      p->mss = get16(o + 2);
      p->has |= HAS_MSS;
      break;
    case 3:
      p->wscale = o[2];
      p->has |= HAS_WSCALE;
      break;
    case 4:
      p->has |= HAS_SACKOK;
      break;
    case 5:
      for (i = 0; i < (o[1] - 2) / 8 && i < 4; i++) {
        p->sack[i][0] = get32(o + 2 + 8 * i) - f->peer_isn;
        p->sack[i][1] = get32(o + 6 + 8 * i) - f->peer_isn;
        p->n_sack++;
      }
      p->has |= HAS_SACK;
      break;
    case 8:
      p->ts = get32(o + 2);
      p->ecr = get32(o + 6);
      p->has |= HAS_TS;
      break;
    case 34:
      p->cookie_len = (uint8_t)(o[1] - 2);
      memcpy(p->cookie, o + 2, p->cookie_len <= 16 ? p->cookie_len : 16);
      if ((p->flags & 16) && p->cookie_len == 8) {
        memcpy(our_cookie, p->cookie, 8);
      }
      p->has |= HAS_COOKIE;
      break;
    default:
      break;
  }
}

static void read_tcp(const uint8_t *t, size_t len, struct packet *p)
{
  size_t hlen = (size_t)(t[12] >> 4) * 4, o = 20, i;
  struct flow *f;

  if (len < 20 || hlen < 20 || hlen > len) {
    fail("a TCP header of %zu octets in %zu", hlen, len);
  }
  if (sum16(t, len, pseudo_sum(p, 6, len)) != 0xFFFF) {
    fail("a wrong TCP checksum");
  }
  p->kind = PK_TCP;
  p->sport = get16(t);
  p->dport = get16(t + 2);
  p->flags = t[13];
  f = flow_of(p->sport, p->dport);
  if ((p->flags & 2) && (!f->known || get32(t + 4) != f->stack_isn)) {
    f->known = true;
    f->stack_isn = get32(t + 4);
  }
  p->seq = f->known ? get32(t + 4) - f->stack_isn : get32(t + 4);
  p->ack = p->flags & 16 ? get32(t + 8) - f->peer_isn : 0;
  p->win = get16(t + 14);
  p->urg = get16(t + 18);
  p->len = (uint32_t)(len - hlen);
  p->has |= HAS_SEQ | HAS_ACK | HAS_WIN | HAS_LEN;
  if (p->flags & 32) {
    p->has |= HAS_URG;
  }
  while (o < hlen && t[o] != 0) {
    if (t[o] == 1) {
      o++;
      continue;
    }
    if (o + 1 >= hlen || t[o + 1] < 2 || o + t[o + 1] > hlen) {
      fail("malformed TCP options");
    }
    read_tcp_option(t + o, p, f);
    o += t[o + 1];
  }
  if (p->has & HAS_TS) {
    f->last_ts = p->ts;
  }
  for (i = 0; i < p->len; i++) {
    if (t[hlen + i] != octet_at(p->seq + (p->flags & 2) / 2 + (uint32_t)i)) {
      fail("wrong octet at sequence number %u", (unsigned)(p->seq + i));
    }
  }
}

static void read_dhcp(const uint8_t *d, size_t len, struct packet *p)
{
  size_t o = 240;

  if (len < 240 || get32(d + 236) != 0x63825363) {
    fail("a DHCP message of %zu octets or without its cookie", len);
  }
  p->kind = PK_DHCP;
  dhcp_xid = get32(d + 4);
  p->ciaddr = get32(d + 12);
  p->has |= HAS_CIADDR;
  while (o + 1 < len && d[o] != 255) {
    if (d[o] == 0) {
      o++;
      continue;
    }
    if (d[o] == 53) {
      p->type = d[o + 2];
    } else if (d[o] == 50) {
      p->requested = get32(d + o + 2);
      p->has |= HAS_REQUESTED;
    } else if (d[o] == 54) {
      p->server = get32(d + o + 2);
      p->has |= HAS_SERVER;
    }
    o += 2u + d[o + 1];
  }
  if (o >= len) {
    fail("DHCP options without an end");
  }
}

static void read_dns(const uint8_t *d, size_t len, struct packet *p)
{
  size_t o = 12, n = 0;

  p->kind = PK_DNS;
  dns_id = get16(d);
  dns_port = p->sport;
  while (o < len && d[o] != 0 && n + d[o] + 1u < sizeof(p->name) && o + d[o] < len) {
    memcpy(p->name + n, d + o + 1, d[o]);
    n += d[o];
    o += d[o] + 1u;
    p->name[n++] = '.';
  }
  if (n > 0) {
    p->name[n - 1] = '\0';
  }
  /* a query may mix the case of its letters, and wants the answer to do as it does (LWIP_X_DNS_0X20) */
  memcpy(dns_asked, p->name, sizeof(dns_asked));
  for (n = 0; p->name[n] != '\0'; n++) {
    p->name[n] = (char)tolower((unsigned char)p->name[n]);
  }
}

static void read_udp(const uint8_t *u, size_t len, struct packet *p)
{
  size_t i;

  if (len < 8 || get16(u + 4) != len) {
    fail("a UDP length of %u in %zu octets", get16(u + 4), len);
  }
  if (get16(u + 6) != 0 && sum16(u, len, pseudo_sum(p, 17, len)) != 0xFFFF) {
    fail("a wrong UDP checksum");
  }
  p->sum0 = get16(u + 6) == 0;
  p->kind = PK_UDP;
  p->sport = get16(u);
  p->dport = get16(u + 2);
  p->len = (uint32_t)len - 8;
  p->has |= HAS_LEN;
  if (p->dport == 67) {
    read_dhcp(u + 8, len - 8, p);
    return;
  }
  if (p->dport == 53) {
    read_dns(u + 8, len - 8, p);
    return;
  }
  for (i = 0; i < p->len; i++) {
    if (u[8 + i] != octet_at((uint32_t)i)) {
      fail("wrong octet %zu in a datagram", i);
    }
  }
}

static void read_icmp(const uint8_t *c, size_t len, struct packet *p)
{
  size_t i;

  if (len < 8 || sum16(c, len, 0) != 0xFFFF) {
    fail("ICMP of %zu octets or with a wrong checksum", len);
  }
  p->kind = PK_ICMP;
  p->type = c[0];
  p->code = c[1];
  p->id = get16(c + 4);
  p->no = get16(c + 6);
  p->len = (uint32_t)len - 8;
  p->has |= HAS_LEN | HAS_CODE;
  if (p->type == 3 && p->code == 4) {
    p->mtu = get16(c + 6);
    p->has |= HAS_MTU;
  }
  for (i = 0; p->type == 0 && i < p->len; i++) {
    if (c[8 + i] != octet_at((uint32_t)i)) {
      fail("wrong octet %zu in an echo reply", i);
    }
  }
  if (p->type == 3 || p->type == 11) {
    if (len < 8 + 28) {
      fail("an ICMP error that quotes %zu octets only", len - 8);
    }
    p->quote_proto = c[8 + 9];
    p->quote_sport = get16(c + 8 + 20);
    p->quote_dport = get16(c + 8 + 22);
  }
}

static void read_igmp(const uint8_t *g, size_t len, struct packet *p)
{
  if (len < 8 || sum16(g, len, 0) != 0xFFFF) {
    fail("IGMP of %zu octets or with a wrong checksum", len);
  }
  p->kind = PK_IGMP;
  p->type = g[0];
  p->target = get32(g + 4);
  if (p->type == 0x22 && len >= 16) {
    p->target = get32(g + 12);
  }
}

static void read_payload(const uint8_t *d, size_t len, struct packet *p)
{
  if (p->frag_off != 0 || p->frag_more) {
    p->kind = PK_OTHER;
    p->len = (uint32_t)len;
    p->frag_a = p->frag_off;
    p->frag_b = p->frag_off + (uint32_t)len;
    p->has |= HAS_FRAG;
    if (p->proto == 17 || p->proto == 1 || p->proto == 58) {
      p->kind = p->proto == 17 ? PK_UDP : PK_ICMP;
      if (p->frag_off == 0) {
        p->sport = get16(d);
        p->dport = get16(d + 2);
        p->type = d[0];
        p->has |= HAS_PORTS;
      }
    }
    return;
  }
  p->has |= HAS_PORTS;
  if (p->proto == 6) {
    read_tcp(d, len, p);
  } else if (p->proto == 17) {
    read_udp(d, len, p);
  } else if (p->proto == 1) {
    read_icmp(d, len, p);
  } else if (p->proto == 58 && p->v6) {
    read_icmp6(d, len, p);
  } else if (p->proto == 2) {
    read_igmp(d, len, p);
  } else {
    p->kind = PK_OTHER;
    p->len = (uint32_t)len;
  }
}

static void read_ip(const uint8_t *ip, size_t len, struct packet *p)
{
  size_t hlen = (size_t)(ip[0] & 15) * 4, total = get16(ip + 2);

  if (len < 20 || ip[0] >> 4 != 4 || hlen < 20 || total < hlen || total > len) {
    fail("an impossible IPv4 header");
  }
  if (sum16(ip, hlen, 0) != 0xFFFF) {
    fail("a wrong IPv4 header checksum");
  }
  p->src = get32(ip + 12);
  p->dst = get32(ip + 16);
  p->ttl = ip[8];
  p->tos = ip[1];
  p->proto = ip[9];
  p->ip_id = get16(ip + 4);
  p->df = (ip[6] & 0x40) != 0;
  p->frag_off = (uint16_t)((get16(ip + 6) & 0x1FFF) * 8);
  p->frag_more = (ip[6] & 0x20) != 0;
  p->has |= HAS_SRC | HAS_DST | HAS_TTL;
  read_payload(ip + hlen, total - hlen, p);
}

void packet_read(const uint8_t *f, size_t len, struct packet *p)
{
  memset(p, 0, sizeof(*p));
  if (len < 14) {
    fail("a frame of %zu octets", len);
  }
  if (get16(f + 12) == 0x0806) {
    if (len < 42) {
      fail("an ARP packet of %zu octets", len - 14);
    }
    p->kind = PK_ARP;
    p->type = f[21];
    memcpy(p->mac, f + 22, 6);
    p->sender = get32(f + 28);
    p->target = get32(f + 38);
    p->broadcast = (f[0] & 1) != 0;
    return;
  }
  if (get16(f + 12) == 0x86dd) {
    const uint8_t *d = read_ip6(f + 14, len - 14, p, &len);

    read_payload(d, len, p);
    return;
  }
  if (get16(f + 12) != 0x0800) {
    fail("a frame of type %04x", get16(f + 12));
  }
  p->broadcast = f[0] == 0xFF;
  read_ip(f + 14, len - 14, p);
}

/* ------------------------------------------------------------------ comparing */

struct difference {
  uint32_t has;
  const char *name;
  size_t offset, size;
};
#define FIELD(h, n)                                                    \
  {                                                                    \
    h, #n, offsetof(struct packet, n), sizeof(((struct packet *)0)->n) \
  }
static const struct difference compared[] = {
  FIELD(HAS_SEQ, seq),
  FIELD(HAS_ACK, ack),
  FIELD(HAS_WIN, win),
  FIELD(HAS_LEN, len),
  FIELD(HAS_URG, urg),
  FIELD(HAS_SRC, src), /* of IPv6: same_addresses6() */
  FIELD(HAS_DST, dst),
  FIELD(HAS_TTL, ttl),
  FIELD(HAS_MSS, mss),
  FIELD(HAS_WSCALE, wscale),
  FIELD(HAS_ID, id),
  FIELD(HAS_MTU, mtu),
  FIELD(HAS_CODE, code),
  FIELD(HAS_TOS, tos),
  FIELD(HAS_YIADDR, yiaddr),
  FIELD(HAS_CIADDR, ciaddr),
  FIELD(HAS_SERVER, server),
  FIELD(HAS_DF, df),
  FIELD(HAS_REQUESTED, requested),
  FIELD(HAS_SUM0, sum0),
};

static uint32_t field(const struct packet *p, const struct difference *d)
{
  const uint8_t *at = (const uint8_t *)p + d->offset;
  uint16_t half;
  uint32_t word;

  if (d->size == 1) {
    return *at;
  }
  if (d->size == 2) {
    memcpy(&half, at, 2);
    return half;
  }
  memcpy(&word, at, 4);
  return word;
}

static bool same_fields(const struct packet *want, const struct packet *got, char *why, size_t size)
{
  size_t i;

  for (i = 0; i < sizeof(compared) / sizeof(compared[0]); i++) {
    const struct difference *d = &compared[i];

    if (want->kind == PK_ICMP && d->has == HAS_SEQ) {
      continue;
    }
    if (want->kind == PK_IGMP && d->has == HAS_REQUESTED) {
      continue;
    }
    if (want->v6 && (d->has == HAS_SRC || d->has == HAS_DST)) {
      continue;
    }
    if ((want->has & d->has) && (got->has & HAS_FRAG) && d->has == HAS_LEN) {
      continue;
    }
    if ((want->has & d->has) && field(want, d) != field(got, d)) {
      snprintf(why, size, "%s is %u, not %u", d->name, (unsigned)field(got, d), (unsigned)field(want, d));
      return false;
    }
  }
  return true;
}

static const char *same_cookie(const struct packet *want, const struct packet *got)
{
  const uint8_t *cookie = want->cookie_ours ? our_cookie : want->cookie;

  if ((want->has & HAS_NOCOOKIE) && (got->has & HAS_COOKIE)) {
    return "a Fast Open option where none was expected";
  }
  if ((want->has & HAS_COOKIE) &&
      (want->cookie_len != got->cookie_len || memcmp(cookie, got->cookie, want->cookie_len) != 0)) {
    return "the cookie";
  }
  return NULL;
}

static const char *same_tcp(const struct packet *want, const struct packet *got)
{
  uint32_t options = HAS_MSS | HAS_WSCALE | HAS_SACKOK | HAS_TS | HAS_SACK | HAS_COOKIE;
  int i;

  if (want->flags != got->flags) {
    return "flags";
  }
  if ((want->has & HAS_NOOPTS) && (got->has & options)) {
    return "options where none were expected";
  }
  if ((want->has & options) & ~got->has) {
    return "an option is missing";
  }
  if ((want->has & HAS_ECR) && want->ecr != got->ecr) {
    return "timestamp echo";
  }
  for (i = 0; i < want->n_sack; i++) {
    if (want->n_sack != got->n_sack || want->sack[i][0] != got->sack[i][0] || want->sack[i][1] != got->sack[i][1]) {
      return "SACK blocks";
    }
  }
  return same_cookie(want, got);
}

static const char *same_nd(const struct packet *want, const struct packet *got)
{
  if (want->type != got->type) {
    return "type";
  }
  if (want->type != 133 && memcmp(want->target6, got->target6, 16) != 0) {
    return "target";
  }
  if (want->type == 136 && want->flags != got->flags) {
    return "flags";
  }
  if (want->no_mac && !got->no_mac) {
    return "a link-layer address where none was expected";
  }
  return (want->has & HAS_MAC) && (got->no_mac || memcmp(want->mac, got->mac, 6) != 0) ? "hardware address" : NULL;
}

static const char *same_other(const struct packet *want, const struct packet *got)
{
  switch (want->kind) {
    case PK_TCP:
      return same_tcp(want, got);
    case PK_ICMP:
      if ((want->has & HAS_SEQ) && want->no != got->no) {
        return "sequence number";
      }
      if (want->quote_sport >= 0 && (want->quote_sport != got->quote_sport || want->quote_dport != got->quote_dport)) {
        return "the quoted ports";
      }
      return want->type != got->type && got->frag_off == 0 ? "type" : NULL;
    case PK_ARP:
      if ((want->has & HAS_MAC) && memcmp(want->mac, got->mac, 6) != 0) {
        return "hardware address";
      }
      return want->type != got->type       ? "operation"
             : want->sender != got->sender ? "sender"
             : want->target != got->target ? "target"
                                           : NULL;
    case PK_DHCP:
      return want->type != got->type ? "message type" : NULL;
    case PK_IGMP:
      if ((want->has & HAS_REQUESTED) && want->target != got->target) {
        return "group";
      }
      return want->type != got->type ? "type" : NULL;
    case PK_ND:
      return same_nd(want, got);
    case PK_DNS:
      return strcmp(want->name, got->name) != 0 ? "name" : NULL;
    default:
      return NULL;
  }
}

static bool same_addresses6(const struct packet *want, const struct packet *got)
{
  return (!(want->has & HAS_SRC) || memcmp(want->src6, got->src6, 16) == 0) &&
         (!(want->has & HAS_DST) || memcmp(want->dst6, got->dst6, 16) == 0);
}

bool packet_match(const struct packet *want, const struct packet *got, char *why, size_t size)
{
  const char *other;

  if (want->kind != got->kind) {
    snprintf(why, size, "another kind of packet");
    return false;
  }
  if ((want->has & HAS_PORTS) && (got->has & HAS_PORTS) && (want->sport != got->sport || want->dport != got->dport)) {
    snprintf(why, size, "ports");
    return false;
  }
  if ((want->has & HAS_FRAG) != (got->has & HAS_FRAG) ||
      ((want->has & HAS_FRAG) && (want->frag_a != got->frag_a || want->frag_b != got->frag_b))) {
    snprintf(why, size, "fragment");
    return false;
  }
  if (want->v6 != got->v6 || (want->v6 && !same_addresses6(want, got))) {
    snprintf(why, size, "addresses");
    return false;
  }
  if (!same_fields(want, got, why, size)) {
    return false;
  }
  other = same_other(want, got);
  if (other != NULL) {
    snprintf(why, size, "%s", other);
    return false;
  }
  return true;
}
