/** getaddrinfo (RFC 3493 section 6.1). */
#include "lwip/opt.h"

#if LWIP_DNS && LWIP_SOCKET

#include "../base/errnos.h"
#include "lwip/api.h"
#include "lwip/def.h"
#include "lwip/dns.h"
#include "lwip/memp.h"
#include "lwip/netdb.h"
#include "lwip/netif.h"
#include "lwip/priv/sockets_priv.h"
#include "lwip/tcpip.h"
#include "sock.h"
#include <string.h>

#define FLAGS_KNOWN (AI_PASSIVE | AI_CANONNAME | AI_NUMERICHOST | AI_NUMERICSERV | AI_V4MAPPED | AI_ALL | AI_ADDRCONFIG)

/** Addresses of one name: one of each family. */
#define ADDRS_MAX 2

/** One result as it comes from the pool: address and name lie behind. */
struct result {
  struct addrinfo ai;
  struct sockaddr_storage addr;
};

/** What is asked for, step by step turned into results. */
struct question {
  const char *name;
  struct addrinfo hints;
  u16_t port;
  ip_addr_t addrs[ADDRS_MAX];
  unsigned num_addrs;
  struct addrinfo *first, **link;
};

/* ---- Services ---- */

struct service {
  const char name[8];
  u16_t port;
};

static const struct service services[] = {
  { "echo", 7 },    { "discard", 9 }, { "ftp", 21 },  { "ssh", 22 },  { "telnet", 23 }, { "smtp", 25 },
  { "domain", 53 }, { "tftp", 69 },   { "http", 80 }, { "ntp", 123 }, { "snmp", 161 },  { "https", 443 },
};

static int service_by_name(struct question *q, const char *name)
{
  size_t i;

  for (i = 0; i < LWIP_ARRAYSIZE(services); i++) {
    if (strncmp(services[i].name, name, sizeof(services[i].name)) == 0) {
      q->port = services[i].port;
      return 0;
    }
  }
  return EAI_SERVICE;
}

static int find_service(struct question *q, const char *text)
{
  unsigned long port = 0;
  const char *s;

  if (text == NULL) {
    return 0;
  }
  for (s = text; lwip_isdigit(*s) && port <= 0xFFFF; s++) {
    port = port * 10 + (unsigned long)(*s - '0');
  }
  if (s == text || *s != '\0') {
    return (q->hints.ai_flags & AI_NUMERICSERV) ? EAI_NONAME : service_by_name(q, text);
  }
  if (port > 0xFFFF) {
    return EAI_SERVICE;
  }
  q->port = (u16_t)port;
  return 0;
}

/* ---- Families ---- */

/** Are IPv4 addresses to look like IPv6 ones? */
static bool maps(const struct question *q)
{
  return LWIP_IPV6 && q->hints.ai_family == AF_INET6 && (q->hints.ai_flags & AI_V4MAPPED);
}

static bool wants(const struct question *q, int family)
{
  return q->hints.ai_family == AF_UNSPEC || q->hints.ai_family == family;
}

static void add_addr(struct question *q, const ip_addr_t *addr)
{
  if (q->num_addrs < ADDRS_MAX) {
    ip_addr_copy(q->addrs[q->num_addrs++], *addr);
  }
}

/** Of the address: AF_INET or AF_INET6. */
static int family_of(const ip_addr_t *addr)
{
  LWIP_UNUSED_ARG(addr);
  return IP_IS_V6(addr) ? AF_INET6 : AF_INET;
}

/** Which families have an address with a way out?  (AI_ADDRCONFIG) */
struct families {
  struct tcpip_api_call_data call;
  bool v4, v6;
};

static bool has_global6(const struct netif *nif)
{
#if LWIP_IPV6
  u8_t i;

  for (i = 0; i < LWIP_IPV6_NUM_ADDRESSES; i++) {
    if (ip6_addr_isvalid(netif_ip6_addr_state(nif, i)) && !ip6_addr_islinklocal(netif_ip6_addr(nif, i)) &&
        !ip6_addr_isloopback(netif_ip6_addr(nif, i))) {
      return true;
    }
  }
#else
  LWIP_UNUSED_ARG(nif);
#endif
  return false;
}

static bool has_global4(const struct netif *nif)
{
#if LWIP_IPV4
  return !ip4_addr_isany(netif_ip4_addr(nif)) && !ip4_addr_isloopback(netif_ip4_addr(nif));
#else
  LWIP_UNUSED_ARG(nif);
  return false;
#endif
}

static err_t look_at_netifs(struct tcpip_api_call_data *call)
{
  struct families *f = (struct families *)(void *)call;
  const struct netif *nif;

  NETIF_FOREACH(nif)
  {
    f->v4 = f->v4 || has_global4(nif);
    f->v6 = f->v6 || has_global6(nif);
  }
  return ERR_OK;
}

/* ---- Addresses ---- */

static void add_own(struct question *q, bool v6)
{
  ip_addr_t addr;

  LWIP_UNUSED_ARG(v6);
  if (q->hints.ai_flags & AI_PASSIVE) {
    ip_addr_set_any(v6, &addr);
  } else {
    ip_addr_set_loopback(v6, &addr);
  }
  add_addr(q, &addr);
}

/** No name: addresses of this host. */
static void own_addresses(struct question *q)
{
  if (LWIP_IPV6 && wants(q, AF_INET6)) {
    add_own(q, true);
  }
  if (LWIP_IPV4 && wants(q, AF_INET)) {
    add_own(q, false);
  }
}

static err_t ask(struct question *q, u8_t type)
{
  ip_addr_t addr;
  err_t err = netconn_gethostbyname_addrtype(q->name, &addr, type);

  LWIP_UNUSED_ARG(type);
  if (err == ERR_OK) {
    add_addr(q, &addr);
  }
  return err;
}

static int eai_of(err_t err)
{
  switch (err) {
    case ERR_OK:
      return 0;
    case ERR_VAL:
    case ERR_ARG:
      return EAI_NONAME;
    case ERR_MEM:
      return EAI_MEMORY;
    case ERR_TIMEOUT:
      return EAI_AGAIN;
    default:
      return EAI_FAIL;
  }
}

/** Ask for each family that is wanted: IPv6 first if there is a way out by it (RFC 6724 section 2.1). */
static int ask_all(struct question *q)
{
  struct families have = { .v4 = false };
  bool config = (q->hints.ai_flags & AI_ADDRCONFIG) != 0;
  bool mapped = maps(q);
  bool all = mapped && (q->hints.ai_flags & AI_ALL);
  err_t err = ERR_VAL, err4;

  (void)tcpip_api_call(look_at_netifs, &have.call);
  if (LWIP_IPV6 && wants(q, AF_INET6) && (have.v6 || !config)) {
    err = ask(q, LWIP_DNS_ADDRTYPE_IPV6);
  }
  if (LWIP_IPV4 && (wants(q, AF_INET) || (mapped && (all || q->num_addrs == 0))) && (have.v4 || !config)) {
    err4 = ask(q, LWIP_DNS_ADDRTYPE_IPV4);
    err = err == ERR_OK ? err : err4;
  }
  if (q->num_addrs == 2 && !have.v6) {
    ip_addr_t first = q->addrs[0];

    q->addrs[0] = q->addrs[1];
    q->addrs[1] = first;
  }
  return q->num_addrs > 0 ? 0 : eai_of(err);
}

/** A name that is an address.  @return EAI_NONAME: it is none, or of a family that is not wanted */
static int numeric(struct question *q)
{
  ip_addr_t addr;

  if (!ipaddr_aton(q->name, &addr)) {
    return EAI_NONAME;
  }
  if (!wants(q, family_of(&addr)) && !(maps(q) && family_of(&addr) == AF_INET)) {
    return EAI_FAMILY;
  }
  add_addr(q, &addr);
  return 0;
}

static int find_addresses(struct question *q)
{
  int err;

  if (q->name == NULL || lwip_stricmp(q->name, "localhost") == 0) {
    own_addresses(q);
    return 0;
  }
  err = numeric(q);
  if (err != EAI_NONAME || (q->hints.ai_flags & AI_NUMERICHOST)) {
    return err == EAI_FAMILY ? EAI_NONAME : err;
  }
  return ask_all(q);
}

/* ---- Results ---- */

struct kind {
  int type, protocol;
};

static const struct kind kinds[] = {
#if LWIP_TCP
  { SOCK_STREAM, IPPROTO_TCP },
#endif
#if LWIP_UDP
  { SOCK_DGRAM, IPPROTO_UDP },
#endif
#if LWIP_RAW
  { SOCK_RAW, 0 },
#endif
};

/** Does a kind fit the hints? */
static bool fits(const struct question *q, const struct kind *k)
{
  return (q->hints.ai_socktype == 0 || q->hints.ai_socktype == k->type) &&
         (q->hints.ai_protocol == 0 || k->protocol == 0 || q->hints.ai_protocol == k->protocol);
}

/** @return false: the pool is empty */
static bool add_result(struct question *q, const ip_addr_t *addr, const struct kind *k)
{
  struct result *r = (struct result *)memp_malloc(MEMP_NETDB);
  bool v6 = LWIP_IPV6 && (family_of(addr) == AF_INET6 || q->hints.ai_family == AF_INET6);
  size_t len;

  if (r == NULL) {
    return false;
  }
  memset(r, 0, sizeof(*r));
  r->ai.ai_flags = q->hints.ai_flags;
  r->ai.ai_family = v6 ? AF_INET6 : AF_INET;
  r->ai.ai_socktype = k->type;
  r->ai.ai_protocol = k->protocol != 0 ? k->protocol : q->hints.ai_protocol;
  r->ai.ai_addr = (struct sockaddr *)(void *)&r->addr;
  r->ai.ai_addrlen = sizeof(r->addr);
  sock_addr_put(r->ai.ai_addr, &r->ai.ai_addrlen, v6, addr, q->port);
  if ((q->hints.ai_flags & AI_CANONNAME) && q->first == NULL && q->name != NULL) {
    len = LWIP_MIN(strlen(q->name), DNS_MAX_NAME_LENGTH);
    r->ai.ai_canonname = (char *)(r + 1);
    memcpy(r->ai.ai_canonname, q->name, len);
    r->ai.ai_canonname[len] = '\0';
  }
  *q->link = &r->ai;
  q->link = &r->ai.ai_next;
  return true;
}

/** As many as the pool has; one at least. */
static int make_results(struct question *q)
{
  bool room = true;
  unsigned a;
  size_t k;

  for (a = 0; a < q->num_addrs; a++) {
    for (k = 0; k < LWIP_ARRAYSIZE(kinds) && room; k++) {
      if (fits(q, &kinds[k])) {
        room = add_result(q, &q->addrs[a], &kinds[k]);
      }
    }
  }
  return q->first != NULL ? 0 : EAI_MEMORY;
}

/* ---- The call ---- */

static int check_hints(const struct question *q)
{
  const struct addrinfo *h = &q->hints;
  bool known = false;
  size_t k;

  if (h->ai_flags & ~FLAGS_KNOWN || ((h->ai_flags & AI_CANONNAME) && q->name == NULL)) {
    return EAI_BADFLAGS;
  }
  if (h->ai_family != AF_UNSPEC && sock_addr_len(h->ai_family) == 0) {
    return EAI_FAMILY;
  }
  for (k = 0; k < LWIP_ARRAYSIZE(kinds); k++) {
    known = known || fits(q, &kinds[k]);
  }
  return known ? 0 : EAI_SOCKTYPE;
}

int lwip_getaddrinfo(const char *nodename, const char *servname, const struct addrinfo *hints, struct addrinfo **res)
{
  struct question q;
  int err;

  if (res == NULL) {
    return EAI_FAIL;
  }
  *res = NULL;
  if (nodename == NULL && servname == NULL) {
    return EAI_NONAME;
  }
  memset(&q, 0, sizeof(q));
  q.name = nodename;
  q.link = &q.first;
  if (hints != NULL) {
    q.hints = *hints;
  }
  err = check_hints(&q);
  if (err == 0) {
    err = find_service(&q, servname);
  }
  if (err == 0) {
    err = nodename != NULL && strlen(nodename) > DNS_MAX_NAME_LENGTH ? EAI_NONAME : find_addresses(&q);
  }
  if (err == 0) {
    err = make_results(&q);
  }
  *res = q.first;
  return err;
}

void lwip_freeaddrinfo(struct addrinfo *ai)
{
  while (ai != NULL) {
    struct addrinfo *next = ai->ai_next;

    memp_free(MEMP_NETDB, ai);
    ai = next;
  }
}

#endif
