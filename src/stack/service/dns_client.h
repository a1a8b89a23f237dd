/** The resolver inside: names, the queries that are out, and who waits for them. */
#ifndef LWIP_STACK_SERVICE_DNS_CLIENT_H
#define LWIP_STACK_SERVICE_DNS_CLIENT_H

#include "lwip/dns.h"

#if LWIP_DNS

#include "lwip/udp.h"
#include <stdbool.h>

/** Seconds an address is believed at most. */
#ifndef DNS_MAX_TTL
#define DNS_MAX_TTL 86400
#endif
/** Callbacks that can wait at once. */
#ifndef DNS_MAX_REQUESTS
#define DNS_MAX_REQUESTS DNS_TABLE_SIZE
#endif
/** Queries that can be out at once; each has a UDP pcb of its own. */
#ifndef DNS_MAX_SOURCE_PORTS
#define DNS_MAX_SOURCE_PORTS DNS_MAX_REQUESTS
#endif

enum dns_state {
  DNS_FREE,
  DNS_ASKING, /**< entry.query is asking */
  DNS_KNOWN,  /**< entry.addr, until entry.expires_ms */
  DNS_NO_SUCH /**< the name or its address does not exist, until entry.expires_ms */
};

/** Many names are found by a hash, few by a walk. */
#define DNS_HASHED (DNS_TABLE_SIZE > 16)

#if DNS_TABLE_SIZE < 255
typedef u8_t dns_link;
#else
typedef u16_t dns_link;
#endif

struct dns_query;

/** A name. */
struct dns_entry {
  ip_addr_t addr;
  union {
    u32_t expires_ms;
    struct dns_query *query;
  } u;
#if DNS_HASHED
  u16_t hash;
  dns_link next; /**< in its bucket: 1 + index, 0: last */
#endif
  u8_t state;    /**< enum dns_state */
  u8_t addrtype; /**< asked for, LWIP_DNS_ADDRTYPE_* */
  u8_t touched;  /**< looked up since the clock's hand passed */
  u8_t pinned;   /**< its name is being told to callbacks */
  char name[DNS_MAX_NAME_LENGTH];
};

/** Somebody who waits. */
struct dns_request {
  struct dns_request *next;
  dns_found_callback found; /**< NULL: slot free */
  void *arg;
};

/** A question that is out. */
struct dns_query {
  struct dns_entry *entry; /**< NULL: slot free */
  struct udp_pcb *pcb;     /**< NULL: none could be had yet */
  struct dns_request *waiting;
  u32_t due_ms; /**< when to ask again */
#if LWIP_X_DNS_0X20
  u32_t mix; /**< case of the letters */
#endif
  u16_t id;
  u8_t type;   /**< DNS_WIRE_A or DNS_WIRE_AAAA */
  u8_t server; /**< asked last: index, or DNS_MDNS */
  u8_t sent;   /**< queries sent */
  u8_t failed; /**< servers that said they cannot */
};
enum { DNS_MDNS = 0xFF };

#if LWIP_X_DNS_0X20
#define DNS_QUERY_MIX(q) ((q)->mix)
#else
#define DNS_QUERY_MIX(q) 0u
#endif

static inline bool dns_wants_v4_first(u8_t addrtype)
{
  return LWIP_IPV4 && (!LWIP_IPV6 || !(addrtype & 1));
}

/* dns_table.c */
/** Draw the key of the hash. */
void dns_table_seed(void);
/** The entry of @p name that answers a look-up for @p addrtype, or is asking for just that; NULL: none. */
struct dns_entry *dns_table_find(const char *name, size_t len, u8_t addrtype);
/** Give an entry for @p name, evicting an old one; NULL: all are in use. */
struct dns_entry *dns_table_add(const char *name, size_t len, u8_t addrtype);
/** No look-up finds @p e any more. */
void dns_table_unlink(struct dns_entry *e);
/** Drop what has expired.  @return is anything left? */
bool dns_table_purge(u32_t now_ms);

/* dns_query.c */
extern ip_addr_t dns_servers[DNS_MAX_SERVERS];
/** How many servers are set? */
u8_t dns_server_count(void);
/** Is there anybody to ask for @p name? */
bool dns_can_ask(const char *name);
/** Ask for the name of @p e.  @return NULL: too many queries are out, and @p e is free again */
struct dns_query *dns_query_start(struct dns_entry *e);
/** Have @p found called when @p q ends.  @return false: no room */
bool dns_query_join(struct dns_query *q, dns_found_callback found, void *arg);
/** The server asked last cannot help: ask the next, or give up after one round. */
void dns_query_refused(struct dns_query *q);
/** There is no record of this type: try the other family if that was asked for, else end. */
void dns_query_no_data(struct dns_query *q, u32_t ttl);
/** Tell everybody @p addr (NULL: no such name) and remember it for @p ttl seconds (0: not at all).  Ends @p q. */
void dns_query_end(struct dns_query *q, const ip_addr_t *addr, u32_t ttl);

/* dns_in.c: udp_recv_fn, arg is the query.  Takes p. */
void dns_recv(void *arg, struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *addr, u16_t port);

#endif
#endif
