/**
 * Questions that are out.  Each goes to the servers in turn, starting with the one that answered last; a round that
 * nobody answers is repeated after 1, 2, 4 ... seconds, DNS_MAX_RETRIES rounds in all.  Any server that was set may
 * answer at any time, since id, port and question must match anyway.  A query that cannot be sent for want of memory
 * or of a UDP pcb counts as lost, and is tried again like a lost one.
 *
 * One timer serves all: it rings for the earliest query, and a day after the last one to empty the table of what has
 * expired, before the millisecond clock wraps.
 */
#include "dns_client.h"

#if LWIP_DNS

#include "lwip/def.h"
#include "lwip/sys.h"
#include "../base/random.h"
#include "../base/seq.h"
#include "../base/text_len.h"
#include "../base/timer.h"
#include "../wire/wire_dns.h"
#include <string.h>

#ifndef DNS_SERVER_PORT
#define DNS_SERVER_PORT 53
#endif
#ifndef DNS_MQUERY_PORT
#define DNS_MQUERY_PORT 5353
#endif

#define ROUND_MS 1000
#define DAY_MS 86400000u

ip_addr_t dns_servers[DNS_MAX_SERVERS];
static u8_t good_server; /* answered last */

static struct dns_query queries[DNS_MAX_SOURCE_PORTS];
static struct dns_request requests[DNS_MAX_REQUESTS];

static struct timer timer;

u8_t dns_server_count(void)
{
  u8_t i, n = 0;

  for (i = 0; i < DNS_MAX_SERVERS; i++) {
    n = (u8_t)(n + !ip_addr_isany_val(dns_servers[i]));
  }
  return n;
}

/** The server that is set at or after @p i; one is. */
static u8_t server_from(unsigned i)
{
  i %= DNS_MAX_SERVERS;
  while (ip_addr_isany_val(dns_servers[i])) {
    i = (i + 1) % DNS_MAX_SERVERS;
  }
  return (u8_t)i;
}

static bool is_mdns(const struct dns_query *q)
{
  return LWIP_DNS_SUPPORT_MDNS_QUERIES && q->server == DNS_MDNS;
}

#if LWIP_DNS_SUPPORT_MDNS_QUERIES

static bool ends_in_local(const char *name)
{
  size_t len = strlen(name);

  return len > 6 && lwip_stricmp(name + len - 6, ".local") == 0;
}

static const ip_addr_t *mdns_group(const struct dns_query *q)
{
#if LWIP_IPV6 && LWIP_IPV4
  return dns_wants_v4_first(q->entry->addrtype) ? &dns_mquery_v4group : &dns_mquery_v6group;
#elif LWIP_IPV4
  LWIP_UNUSED_ARG(q);
  return &dns_mquery_v4group;
#else
  LWIP_UNUSED_ARG(q);
  return &dns_mquery_v6group;
#endif
}

#else

static bool ends_in_local(const char *name)
{
  LWIP_UNUSED_ARG(name);
  return false;
}

static const ip_addr_t *mdns_group(const struct dns_query *q)
{
  LWIP_UNUSED_ARG(q);
  return NULL;
}

#endif

bool dns_can_ask(const char *name)
{
  return dns_server_count() != 0 || ends_in_local(name);
}

/** A pcb on a port that nobody outside can guess (RFC 5452 section 4.5). */
static struct udp_pcb *open_port(struct dns_query *q)
{
  struct udp_pcb *pcb = udp_new_ip_type(IPADDR_TYPE_ANY);

  if (pcb == NULL) {
    return NULL;
  }
  if (udp_bind(pcb, IP_ANY_TYPE, 0) != ERR_OK) {
    udp_remove(pcb);
    return NULL;
  }
  udp_recv(pcb, dns_recv, q);
  return pcb;
}

static void close_port(struct dns_query *q)
{
  udp_remove(q->pcb);
  q->pcb = NULL;
}

static void transmit(struct dns_query *q)
{
  struct pbuf *p;

  if (q->pcb == NULL) {
    q->pcb = open_port(q);
  }
  p = pbuf_alloc(PBUF_TRANSPORT, dns_wire_query_len(text_len(q->entry->name, DNS_MAX_NAME_LENGTH)), PBUF_RAM);
  if (p == NULL) {
    return;
  }
  dns_wire_put_query((u8_t *)p->payload, q->id, !is_mdns(q), q->entry->name, DNS_QUERY_MIX(q), q->type);
  if (q->pcb == NULL) {
    /* next time */
  } else if (is_mdns(q)) {
    udp_sendto(q->pcb, p, mdns_group(q), DNS_MQUERY_PORT);
  } else {
    udp_sendto(q->pcb, p, &dns_servers[q->server], DNS_SERVER_PORT);
  }
  pbuf_free(p);
}

static void on_timer(struct timer *t);

/** Send @p q to the server it is at, and be back in time for the next one. */
static void ask(struct dns_query *q)
{
  u8_t n = is_mdns(q) ? 1 : dns_server_count();
  unsigned round = q->sent / n;

  q->due_ms = sys_now() + ((u32_t)ROUND_MS << LWIP_MIN(round, 5));
  q->sent++;
  timer_set_by(&timer, q->due_ms, on_timer);
  transmit(q);
}

#if LWIP_X_DNS_0X20
static void mix_case(struct dns_query *q)
{
  q->mix = random_u32();
}
#else
static void mix_case(struct dns_query *q)
{
  LWIP_UNUSED_ARG(q);
}
#endif

static void begin(struct dns_query *q, bool v4)
{
  q->type = v4 ? DNS_WIRE_A : DNS_WIRE_AAAA;
  q->id = (u16_t)random_u32();
  mix_case(q);
  q->server = ends_in_local(q->entry->name) ? DNS_MDNS : server_from(good_server);
  q->sent = 0;
  q->failed = 0;
  ask(q);
}

/** Nobody answered in time. */
static void ask_again(struct dns_query *q)
{
  u8_t n = is_mdns(q) ? 1 : dns_server_count();

  if (q->sent >= DNS_MAX_RETRIES * n) {
    dns_query_end(q, NULL, 0);
    return;
  }
  if (!is_mdns(q)) {
    q->server = server_from(q->server + 1u);
  }
  ask(q);
}

static void on_timer(struct timer *t)
{
  u32_t now_ms = sys_now();
  struct dns_query *q;
  bool any = false;

  LWIP_UNUSED_ARG(t);
  for (q = queries; q < queries + DNS_MAX_SOURCE_PORTS; q++) {
    if (q->entry != NULL && time_reached(now_ms, q->due_ms)) {
      ask_again(q);
    }
  }
  for (q = queries; q < queries + DNS_MAX_SOURCE_PORTS; q++) {
    if (q->entry != NULL) {
      any = true;
      timer_set_by(&timer, q->due_ms, on_timer);
    }
  }
  if (!any && dns_table_purge(now_ms)) {
    timer_set(&timer, DAY_MS, on_timer);
  }
}

struct dns_query *dns_query_start(struct dns_entry *e)
{
  struct dns_query *q;

  for (q = queries; q->entry != NULL;) {
    if (++q == queries + DNS_MAX_SOURCE_PORTS) {
      dns_table_unlink(e);
      return NULL;
    }
  }
  q->entry = e;
  e->u.query = q;
  begin(q, dns_wants_v4_first(e->addrtype));
  return q;
}

bool dns_query_join(struct dns_query *q, dns_found_callback found, void *arg)
{
  struct dns_request *r;

  if (found == NULL) {
    return true;
  }
  for (r = requests; r->found != NULL;) {
    if (++r == requests + DNS_MAX_REQUESTS) {
      return false;
    }
  }
  r->found = found;
  r->arg = arg;
  r->next = q->waiting;
  q->waiting = r;
  return true;
}

void dns_query_refused(struct dns_query *q)
{
  if (is_mdns(q)) {
    return;
  }
  if (++q->failed >= dns_server_count()) {
    dns_query_end(q, NULL, 0);
    return;
  }
  ask_again(q);
}

void dns_query_no_data(struct dns_query *q, u32_t ttl)
{
  bool v4_first = dns_wants_v4_first(q->entry->addrtype);

  if (LWIP_IPV4 && LWIP_IPV6 && q->entry->addrtype >= LWIP_DNS_ADDRTYPE_IPV4_IPV6 &&
      v4_first == (q->type == DNS_WIRE_A) && dns_can_ask(q->entry->name)) {
    close_port(q);
    begin(q, !v4_first);
    return;
  }
  dns_query_end(q, NULL, ttl);
}

void dns_query_end(struct dns_query *q, const ip_addr_t *addr, u32_t ttl)
{
  struct dns_entry *e = q->entry;
  struct dns_request *r;

  if (addr != NULL && !is_mdns(q)) {
    good_server = q->server;
  }
  r = q->waiting;
  close_port(q);
  q->entry = NULL;
  q->waiting = NULL;
  if (ttl == 0) {
    dns_table_unlink(e);
  } else {
    e->state = addr != NULL ? DNS_KNOWN : DNS_NO_SUCH;
    e->u.expires_ms = sys_now() + ttl * 1000u;
  }
  if (addr != NULL) {
    e->addr = *addr;
    addr = &e->addr;
  }
  e->pinned = 1; /* a callback may look up other names; this one must stay legible */
  while (r != NULL) {
    struct dns_request told = *r;

    r->found = NULL;
    told.found(e->name, addr, told.arg);
    r = told.next;
  }
  e->pinned = 0;
}

#endif
