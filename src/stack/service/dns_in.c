/**
 * Answers.  One is believed if it came from a server that was set, to the port and with the id of the query, and
 * repeats the question to the letter (RFC 5452 section 9); then only the records are read that the question leads to,
 * directly or through aliases in the same message.  Anything malformed is dropped and counted, and the query goes on:
 * it may be somebody else's attempt.
 */
#include "dns_client.h"

#if LWIP_DNS

#include "../mem/drop.h"
#include "../wire/wire_dns.h"

#ifndef DNS_SERVER_PORT
#define DNS_SERVER_PORT 53
#endif
#ifndef DNS_MQUERY_PORT
#define DNS_MQUERY_PORT 5353
#endif

#define ALIASES_MAX 8
/** Seconds that "no such name" is believed at most. */
#define NO_SUCH_TTL_MAX 300

enum verdict {
  BAD,     /**< malformed or not ours */
  FOUND,   /**< record in answer.rr */
  NO_DATA, /**< the name has no such record */
  NO_SUCH, /**< the name does not exist */
  REFUSED  /**< the server cannot or will not say */
};

struct answer {
  struct dns_wire w;
  struct dns_wire_rr rr;
  u32_t ttl;    /**< seconds: the least of the records that led here */
  u32_t behind; /**< position behind the answer section */
};

#if LWIP_DNS_SUPPORT_MDNS_QUERIES

/** Is @p addr a neighbour's?  Who is not has nothing to say about .local. */
static bool on_link(const ip_addr_t *addr)
{
#if LWIP_IPV4
  struct netif *nif;

  if (IP_IS_V4(addr)) {
    NETIF_FOREACH(nif)
    {
      if (ip4_addr_netcmp(ip_2_ip4(addr), netif_ip4_addr(nif), netif_ip4_netmask(nif))) {
        return true;
      }
    }
    return false;
  }
#endif
#if LWIP_IPV6
  return ip6_addr_islinklocal(ip_2_ip6(addr));
#else
  return false;
#endif
}

#else

static bool on_link(const ip_addr_t *addr)
{
  LWIP_UNUSED_ARG(addr);
  return false;
}

#endif

static bool is_from_server(const struct dns_query *q, const ip_addr_t *addr, u16_t port)
{
  u8_t i;

  if (LWIP_DNS_SUPPORT_MDNS_QUERIES && q->server == DNS_MDNS) {
    return port == DNS_MQUERY_PORT && on_link(addr);
  }
  for (i = 0; i < DNS_MAX_SERVERS; i++) {
    if (ip_addr_cmp(addr, &dns_servers[i]) && !ip_addr_isany(addr)) {
      return port == DNS_SERVER_PORT;
    }
  }
  return false;
}

/** The most significant bit set means 0 (RFC 2181 section 8). */
static u32_t min_ttl(u32_t ttl, u32_t other)
{
  if (other & 0x80000000u) {
    return 0;
  }
  return LWIP_MIN(ttl, other);
}

/** Read the @p count records at @p pos for @p owner: the address goes to a->rr, an alias is returned. */
static enum verdict read_records(struct answer *a, u32_t pos, u32_t count, u32_t type, u32_t owner, u32_t *alias)
{
  struct dns_wire_rr rr;
  enum verdict v = NO_DATA;

  *alias = 0;
  while (count-- > 0) {
    pos = dns_wire_get_rr(&a->w, pos, &rr);
    if (pos == 0) {
      return BAD;
    }
    if ((rr.klass & ~(u32_t)(LWIP_DNS_SUPPORT_MDNS_QUERIES ? DNS_WIRE_FLUSH : 0)) != DNS_WIRE_IN ||
        (rr.type != type && rr.type != DNS_WIRE_CNAME) || !dns_wire_same_name(&a->w, rr.name, owner)) {
      continue;
    }
    a->ttl = min_ttl(a->ttl, rr.ttl);
    if (rr.type == DNS_WIRE_CNAME) {
      if (dns_wire_skip_name(&a->w, rr.data) != rr.data + rr.data_len) {
        return BAD;
      }
      *alias = rr.data;
    } else if (rr.data_len != (type == DNS_WIRE_A ? 4 : 16)) {
      return BAD;
    } else if (v != FOUND) {
      a->rr = rr;
      v = FOUND;
    }
  }
  a->behind = pos;
  return v;
}

static enum verdict find_address(struct answer *a, u32_t pos, u32_t type)
{
  u32_t owner = DNS_WIRE_HDR, alias;
  unsigned hops;

  a->ttl = DNS_MAX_TTL;
  for (hops = 0; hops <= ALIASES_MAX; hops++) {
    enum verdict v = read_records(a, pos, dns_wire_ancount(&a->w), type, owner, &alias);

    if (v != NO_DATA || alias == 0) {
      return v;
    }
    owner = alias;
  }
  return BAD;
}

/** How long "no" is true: the last field of the zone's SOA record, in the authority section (RFC 2308 section 5). */
static u32_t no_such_ttl(const struct answer *a)
{
  u32_t pos = a->behind, count = dns_wire_nscount(&a->w);
  struct dns_wire_rr rr;

  while (count-- > 0 && (pos = dns_wire_get_rr(&a->w, pos, &rr)) != 0) {
    if (rr.type == DNS_WIRE_SOA && rr.data_len >= 22) {
      return min_ttl(min_ttl(NO_SUCH_TTL_MAX, rr.ttl), be32_get(a->w.m + rr.data + rr.data_len - 4));
    }
  }
  return 0;
}

static enum verdict judge(const struct dns_query *q, struct answer *a)
{
  enum verdict v;
  u32_t pos;

  if (!dns_wire_is_answer(&a->w) || dns_wire_id(&a->w) != q->id) {
    return BAD;
  }
  pos = dns_wire_same_question(&a->w, q->entry->name, DNS_QUERY_MIX(q), q->type);
  if (pos == 0) {
    return BAD;
  }
  if (dns_wire_rcode(&a->w) != 0 && dns_wire_rcode(&a->w) != DNS_WIRE_NO_SUCH_NAME) {
    return REFUSED;
  }
  v = find_address(a, pos, q->type);
  if (v == NO_DATA && dns_wire_truncated(&a->w)) {
    return REFUSED;
  }
  if (v == NO_DATA && dns_wire_rcode(&a->w) != 0) {
    return NO_SUCH;
  }
  return v;
}

static void get_address(const struct answer *a, ip_addr_t *addr)
{
  const u8_t *data = a->w.m + a->rr.data;

#if LWIP_IPV6
  if (a->rr.data_len == 16) {
    ip_addr_set_any(1, addr);
    __builtin_memcpy(ip_2_ip6(addr)->addr, data, 16);
    return;
  }
#endif
#if LWIP_IPV4
  ip_addr_set_ip4_u32_val(*addr, ne32_get(data));
#endif
}

/** Do what @p v asks for; callbacks come last. */
static void act(struct dns_query *q, const struct answer *a, enum verdict v, struct pbuf *p)
{
  ip_addr_t addr;
  u32_t ttl = a->ttl;

  if (v == FOUND) {
    get_address(a, &addr);
  } else if (v == NO_DATA || v == NO_SUCH) {
    ttl = no_such_ttl(a);
  }
  pbuf_free(p);
  switch (v) {
    case FOUND:
      dns_query_end(q, &addr, ttl);
      break;
    case NO_DATA:
      dns_query_no_data(q, ttl);
      break;
    case NO_SUCH:
      dns_query_end(q, NULL, ttl);
      break;
    default:
      dns_query_refused(q);
      break;
  }
}

void dns_recv(void *arg, struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *addr, u16_t port)
{
  struct dns_query *q = (struct dns_query *)arg;
  enum verdict v = BAD;
  struct answer a;

  LWIP_UNUSED_ARG(pcb);
  if (p->next != NULL) {
    p = pbuf_coalesce(p, PBUF_RAW);
  }
  a.w.m = (const u8_t *)p->payload;
  a.w.len = p->len;
  if (p->next == NULL && q->entry != NULL && is_from_server(q, addr, port)) {
    v = judge(q, &a);
  }
  if (v == BAD) {
    drop(p, DROP_DNS_FORMAT);
    return;
  }
  act(q, &a, v, p);
}

#endif
