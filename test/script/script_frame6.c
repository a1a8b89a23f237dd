/** IPv6 under a script (`option ipv6`): the header around what the other files build and read, ICMPv6, neighbour discovery. */
#include "script.h"
#include <stdio.h>
#include <string.h>

enum { FRAGMENT = 44, ICMP6 = 58, FRAG_HLEN = 8 };

bool over_ip6;
uint8_t peer_ip6[16] = { 0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 };
uint8_t stack_ip6[16] = { 0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2 };
uint8_t peer_ll6[16] = { 0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 };
uint8_t stack_ll6[16] = { 0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2 };
static uint32_t next_id = 500;

void mac_of6(const uint8_t ip[16], uint8_t mac[6])
{
  if (ip[0] != 0xff && memcmp(ip + 8, stack_ip6 + 8, 8) == 0) { /* all its addresses end alike */
    mac_of(stack_ip, mac);
    return;
  }
  if (ip[0] == 0xff) {
    mac[0] = mac[1] = 0x33;
    memcpy(mac + 2, ip + 12, 4);
    return;
  }
  mac[0] = 2;
  mac[1] = 6;
  memcpy(mac + 2, ip + 12, 4);
}

uint32_t pseudo_sum6(const uint8_t src[16], const uint8_t dst[16], uint8_t proto, size_t len)
{
  return (uint32_t)sum16(src, 16, 0) + sum16(dst, 16, 0) + proto + (uint32_t)len;
}

/* ------------------------------------------------------------------ building */

/** What an ICMPv6 error quotes: the header and eight octets of the stack's packet. */
static size_t build_quote6(const struct packet *p, uint8_t *q)
{
  memset(q, 0, 48);
  q[0] = 0x60;
  put16(q + 4, 1200);
  q[6] = p->quote_proto;
  q[7] = 60;
  memcpy(q + 8, p->dst6, 16);
  memcpy(q + 24, peer_ip6, 16);
  put16(q + 40, (uint32_t)p->quote_sport);
  put16(q + 42, (uint32_t)p->quote_dport);
  if (p->quote_proto == 6) {
    put32(q + 44, flow_of((uint16_t)p->quote_sport, (uint16_t)p->quote_dport)->stack_isn + p->quote_seq);
  } else {
    put16(q + 44, 20);
  }
  return 48;
}

static void finish_icmp6(const struct packet *p, uint8_t *c, size_t len)
{
  put16(c + 2, 0);
  put16(c + 2, (uint16_t)~sum16(c, len, pseudo_sum6(p->src6, p->dst6, ICMP6, len)));
}

size_t build_icmp6(const struct packet *p, uint8_t *c)
{
  size_t len = 8, i;

  memset(c, 0, 8);
  c[0] = p->type;
  c[1] = p->code;
  if (p->quote_sport >= 0) {
    put32(c + 4, p->mtu);
    len += build_quote6(p, c + 8);
  } else {
    put16(c + 4, p->id);
    put16(c + 6, p->no);
    for (i = 0; i < p->len; i++) {
      c[8 + i] = octet_at((uint32_t)i);
    }
    len += p->len;
  }
  finish_icmp6(p, c, len);
  return len;
}

static size_t put_lladdr(const struct packet *p, uint8_t *o, uint8_t type)
{
  if (p->no_mac) {
    return 0;
  }
  o[0] = type;
  o[1] = 1;
  mac_of6(p->type == 136 ? p->target6 : p->src6, o + 2);
  if (p->has & HAS_MAC) {
    memcpy(o + 2, p->mac, 6);
  }
  return 8;
}

/** Options of a router advertisement. */
static size_t put_ra_options(const struct packet *p, uint8_t *o)
{
  size_t n = put_lladdr(p, o, 1);

  if (p->has & HAS_MTU) {
    memset(o + n, 0, 8);
    o[n] = 5;
    o[n + 1] = 1;
    put32(o + n + 4, p->mtu);
    n += 8;
  }
  if (p->prefix_len != 0) {
    memset(o + n, 0, 32);
    o[n] = 3;
    o[n + 1] = 4;
    o[n + 2] = p->prefix_len;
    o[n + 3] = 0xc0;
    put32(o + n + 4, p->t1);
    put32(o + n + 8, p->t2);
    memcpy(o + n + 16, p->target6, 16);
    n += 32;
  }
  return n;
}

size_t build_nd(const struct packet *p, uint8_t *c)
{
  size_t len = 8;

  memset(c, 0, 40);
  c[0] = p->type;
  c[1] = p->code;
  if (p->type == 134) {
    c[4] = 64;
    c[5] = p->flags;
    put16(c + 6, p->lease);
    len = 16;
    len += put_ra_options(p, c + len);
  } else if (p->type == 133) {
    len += put_lladdr(p, c + len, 1);
  } else {
    c[4] = p->flags;
    memcpy(c + 8, p->target6, 16);
    len = 24;
    len += put_lladdr(p, c + len, p->type == 136 ? 2 : 1);
  }
  finish_icmp6(p, c, len);
  return len;
}

size_t packet_build6(const struct packet *p, const uint8_t *whole, size_t total, uint8_t proto, uint8_t *f)
{
  uint8_t *ip = f + 14, *to = ip + 40;
  size_t from = 0, len = total, ext = 0;

  mac_of6(p->dst6, f);
  mac_of6(p->src6, f + 6);
  put16(f + 12, 0x86dd);
  if (p->has_frag_range) {
    from = p->frag_a;
    len = p->frag_b - p->frag_a;
    ext = FRAG_HLEN;
    to[0] = proto;
    to[1] = 0;
    put16(to + 2, (uint32_t)from | (from + len < total && !p->nomore ? 1u : 0));
    put32(to + 4, p->ip_id != 0 ? p->ip_id : next_id++);
  }
  memset(ip, 0, 40);
  ip[0] = (uint8_t)(0x60 | p->tos >> 4);
  ip[1] = (uint8_t)(p->tos << 4);
  put16(ip + 4, (uint32_t)(len + ext));
  ip[6] = ext != 0 ? FRAGMENT : proto;
  ip[7] = p->ttl;
  memcpy(ip + 8, p->src6, 16);
  memcpy(ip + 24, p->dst6, 16);
  if (14 + 40 + ext + len > FRAME_MAX) {
    fail("%zu octets are too many for a frame", len);
  }
  memcpy(to + ext, whole + from, len);
  return p->cut ? 14 + p->cut : 14 + 40 + ext + len;
}

/* ------------------------------------------------------------------ reading */

static void read_nd(const uint8_t *c, size_t len, struct packet *p)
{
  size_t o = p->type == 133 ? 8 : 24;

  if (len < o || c[1] != 0 || p->ttl != 255) {
    fail("a message of neighbour discovery of %zu octets, hop limit %u", len, p->ttl);
  }
  p->kind = PK_ND;
  if (p->type != 133) {
    p->flags = c[4];
    memcpy(p->target6, c + 8, 16);
  }
  p->no_mac = true;
  for (; o < len; o += c[o + 1] * 8u) {
    if (o + 8 > len || c[o + 1] == 0 || o + c[o + 1] * 8u > len) {
      fail("malformed options of neighbour discovery");
    }
    if (c[o] == (p->type == 136 ? 2 : 1)) {
      memcpy(p->mac, c + o + 2, 6);
      p->no_mac = false;
    }
  }
}

void read_icmp6(const uint8_t *c, size_t len, struct packet *p)
{
  size_t i;

  if (len < 8 || sum16(c, len, pseudo_sum6(p->src6, p->dst6, ICMP6, len)) != 0xFFFF) {
    fail("ICMPv6 of %zu octets or with a wrong checksum", len);
  }
  p->type = c[0];
  p->code = c[1];
  if (p->type == 133 || p->type == 135 || p->type == 136) {
    read_nd(c, len, p);
    return;
  }
  p->kind = p->type == 143 || p->type == 131 || p->type == 132 ? PK_MLD : PK_ICMP;
  p->id = get16(c + 4);
  p->no = get16(c + 6);
  p->len = (uint32_t)len - 8;
  p->has |= HAS_LEN | HAS_CODE;
  for (i = 0; p->type == 129 && i < p->len; i++) {
    if (c[8 + i] != octet_at((uint32_t)i)) {
      fail("wrong octet %zu in an echo reply", i);
    }
  }
  if (p->type == 2 || p->type == 4) {
    p->mtu = (uint16_t)get32(c + 4); /* or the pointer */
    p->has |= HAS_MTU;
  }
  if (p->type < 128) {
    if (len < 8 + 48) {
      fail("an ICMPv6 error that quotes %zu octets only", len - 8);
    }
    p->quote_proto = c[8 + 6];
    p->quote_sport = get16(c + 8 + 40);
    p->quote_dport = get16(c + 8 + 42);
  }
}

const uint8_t *read_ip6(const uint8_t *ip, size_t len, struct packet *p, size_t *left)
{
  const uint8_t *at = ip + 40;

  if (len < 40 || ip[0] >> 4 != 6 || len != 40u + get16(ip + 4)) {
    fail("an impossible IPv6 header");
  }
  p->v6 = true;
  memcpy(p->src6, ip + 8, 16);
  memcpy(p->dst6, ip + 24, 16);
  p->ttl = ip[7];
  p->tos = (uint8_t)(get16(ip) >> 4);
  p->proto = ip[6];
  p->has |= HAS_SRC | HAS_DST | HAS_TTL;
  if (p->proto == 0) { /* a Router Alert */
    p->proto = at[0];
    at += 8;
  }
  if (p->proto == FRAGMENT) {
    p->proto = at[0];
    p->frag_off = get16(at + 2) & 0xFFF8;
    p->frag_more = (at[3] & 1) != 0;
    if (!p->frag_more && p->frag_off == 0) {
      fail("a fragment that is all of its packet");
    }
    at += FRAG_HLEN;
  }
  *left = len - (size_t)(at - ip);
  return at;
}
