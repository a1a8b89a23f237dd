/**
 * The names the resolver knows or is asking for: a fixed table, a large one searched by a hash (seeded at boot, so that a
 * stranger who chooses names cannot aim at one bucket), evicted by a clock: a hand goes round and takes the first entry that is
 * neither asking nor looked up since it passed.
 */
#include "dns_client.h"

#if LWIP_DNS

#include "lwip/def.h"
#include "lwip/sys.h"
#include "../base/random.h"
#include "../base/seq.h"
#include <string.h>

static struct dns_entry table[DNS_TABLE_SIZE];
static dns_link hand;

#if DNS_HASHED

static dns_link bucket[DNS_TABLE_SIZE];
static u32_t seed;

void dns_table_seed(void)
{
  while (seed == 0) {
    seed = random_u32();
  }
}

/** FNV-1a over the name with bit 5 set, which folds the case of letters. */
static u16_t hash_of(const char *name, size_t len)
{
  u32_t h = seed;
  size_t i;

  for (i = 0; i < len; i++) {
    h = (h ^ ((u8_t)name[i] | 0x20u)) * 16777619u;
  }
  return (u16_t)(h >> 16);
}

static struct dns_entry *at_link(dns_link link)
{
  return link != 0 ? &table[link - 1] : NULL;
}

/** The entries that may have a name with this hash: the first, and the next. */
static struct dns_entry *first_of(u16_t hash)
{
  return at_link(bucket[hash % DNS_TABLE_SIZE]);
}

static struct dns_entry *next_of(const struct dns_entry *e)
{
  return at_link(e->next);
}

static void into_bucket(struct dns_entry *e, u16_t hash)
{
  dns_link *head = &bucket[hash % DNS_TABLE_SIZE];

  e->hash = hash;
  e->next = *head;
  *head = (dns_link)(e - table + 1);
}

static void out_of_bucket(const struct dns_entry *e)
{
  dns_link *at = &bucket[e->hash % DNS_TABLE_SIZE];
  dns_link self = (dns_link)(e - table + 1);

  while (*at != 0 && *at != self) {
    at = &table[*at - 1].next;
  }
  if (*at == self) {
    *at = e->next;
  }
}

#else

void dns_table_seed(void)
{
}

static u16_t hash_of(const char *name, size_t len)
{
  return (void)name, (void)len, 0;
}

static struct dns_entry *first_of(u16_t hash)
{
  return (void)hash, table;
}

static struct dns_entry *next_of(struct dns_entry *e)
{
  return e + 1 < table + DNS_TABLE_SIZE ? e + 1 : NULL;
}

static void into_bucket(struct dns_entry *e, u16_t hash)
{
  (void)e, (void)hash;
}

static void out_of_bucket(const struct dns_entry *e)
{
  (void)e;
}

#endif

/** May an address of the family of @p addr answer a look-up for @p addrtype? */
static bool family_fits(const ip_addr_t *addr, u8_t addrtype)
{
  LWIP_UNUSED_ARG(addr);
  if (!LWIP_IPV4 || !LWIP_IPV6) {
    return true;
  }
  return addrtype != (IP_IS_V6(addr) ? LWIP_DNS_ADDRTYPE_IPV4 : LWIP_DNS_ADDRTYPE_IPV6);
}

static bool answers(const struct dns_entry *e, u8_t addrtype)
{
  if (e->state == DNS_KNOWN) {
    return family_fits(&e->addr, addrtype);
  }
  return e->addrtype == addrtype;
}

static bool expired(const struct dns_entry *e, u32_t now_ms)
{
  return e->state >= DNS_KNOWN && time_reached(now_ms, e->u.expires_ms);
}

void dns_table_unlink(struct dns_entry *e)
{
  out_of_bucket(e);
  e->state = DNS_FREE;
  e->touched = 0;
}

static bool has_name(const struct dns_entry *e, const char *name, size_t len)
{
  return e->state != DNS_FREE && lwip_strnicmp(e->name, name, len) == 0 && e->name[len] == 0;
}

struct dns_entry *dns_table_find(const char *name, size_t len, u8_t addrtype)
{
  u32_t now_ms = sys_now();
  struct dns_entry *e, *next;

  for (e = first_of(hash_of(name, len)); e != NULL; e = next) {
    next = next_of(e);
    if (!has_name(e, name, len)) {
      continue;
    }
    if (expired(e, now_ms)) {
      if (!e->pinned) {
        dns_table_unlink(e);
      }
    } else if (answers(e, addrtype)) {
      e->touched = 1;
      return e;
    }
  }
  return NULL;
}

static struct dns_entry *evict(void)
{
  unsigned n;

  for (n = 0; n < 2 * DNS_TABLE_SIZE; n++) {
    struct dns_entry *e = &table[hand];

    hand = (dns_link)((hand + 1u) % DNS_TABLE_SIZE);
    if (e->state == DNS_ASKING || e->pinned) {
      continue;
    }
    if (!e->touched) {
      dns_table_unlink(e);
      return e;
    }
    e->touched = 0;
  }
  return NULL;
}

struct dns_entry *dns_table_add(const char *name, size_t len, u8_t addrtype)
{
  struct dns_entry *e = evict();

  if (e == NULL) {
    return NULL;
  }
  MEMCPY(e->name, name, len);
  e->name[len] = 0;
  e->addrtype = addrtype;
  e->state = DNS_ASKING;
  into_bucket(e, hash_of(name, len));
  return e;
}

bool dns_table_purge(u32_t now_ms)
{
  bool left = false;
  unsigned i;

  for (i = 0; i < DNS_TABLE_SIZE; i++) {
    if (expired(&table[i], now_ms)) {
      dns_table_unlink(&table[i]);
    }
    left = left || table[i].state != DNS_FREE;
  }
  return left;
}

#endif
