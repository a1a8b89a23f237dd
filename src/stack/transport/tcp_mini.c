/**
 * Records in elements of the pcb pool; tcp_mini.h says why.
 *
 * A ring is closed both ways, so that any element can leave it in one step: next leads to the next older one,
 * and from the oldest to the newest.
 */
#include "tcp_mini.h"

#include "lwip/memp.h"

#if LWIP_TCP

/** An element of the pcb pool with records in it.  Its prio is 0: whoever takes it for a pcb sees that it is none. */
struct tcp_chunk {
  IP_PCB;
  TCP_PCB_COMMON(struct tcp_chunk); /* callback_arg: the next newer one; local_port: records in it */
};

/** Where records begin in an element: behind the members that all pcbs share. */
#define OFFSET ((offsetof(struct tcp_pcb, remote_port) + sizeof(void *) - 1) & ~(sizeof(void *) - 1))
#define SIZE LWIP_MAX(sizeof(struct tcp_syn), sizeof(struct tcp_tw))
#define PER_CHUNK ((sizeof(struct tcp_pcb) - OFFSET) / SIZE)

/* Elements of a kind. */
static unsigned chunks_max(enum tcp_mini_kind kind)
{
  return kind == TCP_MINI_TW ? LWIP_MAX(1, MEMP_NUM_TCP_PCB / 2) : LWIP_MAX(1, LWIP_X_TCP_SYN_MAX / PER_CHUNK);
}

static struct ring {
  struct tcp_chunk *newest;
  u16_t chunks, used; /* used: records */
} rings[TCP_MINI_KINDS];

static struct tcp_mini *buckets[LWIP_X_TCP_HASH];
static struct timer soonest;

u16_t tcp_mini_count(enum tcp_mini_kind kind)
{
  return rings[kind].used;
}

static struct tcp_mini *record(struct tcp_chunk *c, unsigned i)
{
  return (struct tcp_mini *)(void *)((u8_t *)c + OFFSET + i * SIZE);
}

static struct tcp_mini **bucket_for(const ip_addr_t *remote_ip, u16_t remote_port, u16_t local_port)
{
  return &buckets[tcp_hash(remote_ip, remote_port, local_port) >> 16 & (LWIP_X_TCP_HASH - 1)];
}

static s16_t units_left(const struct tcp_mini *m, u32_t now_ms)
{
  return (s16_t)(m->at - tcp_mini_time(now_ms));
}

struct tcp_mini *tcp_mini_find(const struct tcp_ends *e)
{
  struct tcp_mini *m = *bucket_for(e->remote_ip, e->remote_port, e->local_port);

  while (m != NULL && !(m->remote_port == e->remote_port && m->local_port == e->local_port &&
                        ip_addr_eq(&m->remote_ip, e->remote_ip) && ip_addr_eq(&m->local_ip, e->local_ip))) {
    m = m->next;
  }
  if (m != NULL && tcp_mini_kind(m) == TCP_MINI_TW && units_left(m, sys_now()) <= 0) {
    tcp_mini_remove(m);
    m = NULL;
  }
  return m;
}

void tcp_mini_remove(struct tcp_mini *m)
{
  struct ring *r = &rings[tcp_mini_kind(m)];
  struct tcp_mini **link = bucket_for(&m->remote_ip, m->remote_port, m->local_port);
  struct tcp_chunk *c = (struct tcp_chunk *)(void *)((u8_t *)m - (m->place & 0x7f) * SIZE - OFFSET), *newer;

  while (*link != m) {
    link = &(*link)->next;
  }
  *link = m->next;
  m->local_port = 0;
  r->used--;
  if (--c->local_port > 0) {
    return;
  }
  newer = (struct tcp_chunk *)c->callback_arg;
  newer->next = c->next;
  c->next->callback_arg = newer;
  if (r->newest == c) {
    r->newest = newer != c ? c->next : NULL;
  }
  r->chunks--;
  memp_free(MEMP_TCP_PCB, c);
}

/* Call fn for each record of c; it may remove that one, and with the last one c. */
static void visit(struct tcp_chunk *c, void (*fn)(struct tcp_mini *m))
{
  unsigned left = c->local_port, i;

  for (i = 0; left > 0; i++) {
    if (record(c, i)->local_port != 0) {
      left--;
      fn(record(c, i));
    }
  }
}

static struct tcp_chunk *oldest(enum tcp_mini_kind kind)
{
  struct tcp_chunk *newest = rings[kind].newest;

  return newest != NULL ? (struct tcp_chunk *)newest->callback_arg : NULL;
}

bool tcp_mini_shed(enum tcp_mini_kind kind)
{
  struct tcp_chunk *c = oldest(kind);

  if (c == NULL) {
    return false;
  }
  visit(c, tcp_mini_remove);
  return true;
}

/* ---- time ---- */

static void look(struct tcp_mini *m)
{
  u32_t now_ms = sys_now();
  s16_t left = units_left(m, now_ms);

  if (left > 0) {
    tcp_mini_set(m, (u32_t)left * 4, now_ms);
  } else if (tcp_mini_kind(m) == TCP_MINI_TW) {
    tcp_mini_remove(m);
  } else {
    tcp_syn_due(m, now_ms);
  }
}

/* Half-open connections are few; of those that wait the oldest element is enough. */
static void rang(struct timer *t)
{
  struct tcp_chunk *c = rings[TCP_MINI_SYN].newest;
  unsigned n;

  (void)t;
  for (n = rings[TCP_MINI_SYN].chunks; n > 0; n--) {
    struct tcp_chunk *older = c->next;

    visit(c, look);
    c = older;
  }
  do {
    c = oldest(TCP_MINI_TW);
    if (c == NULL) {
      return;
    }
    visit(c, look);
  } while (oldest(TCP_MINI_TW) != c);
}

void tcp_mini_set(struct tcp_mini *m, u32_t ms, u32_t now_ms)
{
  now_ms += ms;
  m->at = tcp_mini_time(now_ms);
  timer_set_by(&soonest, now_ms, rang);
}

/* ---- new ones ---- */

/* An element for the ring; nobody gives way for a connection that is over. */
static struct tcp_chunk *grow(enum tcp_mini_kind kind)
{
  struct ring *r = &rings[kind];
  struct tcp_chunk *c, *last;
  unsigned i;

  if (r->chunks >= chunks_max(kind)) {
    return NULL;
  }
  c = (struct tcp_chunk *)(kind == TCP_MINI_TW ? memp_malloc(MEMP_TCP_PCB) : tcp_pool_element());
  if (c == NULL) {
    return NULL;
  }
  c->prio = 0;
  c->local_port = 0;
  for (i = 0; i < PER_CHUNK; i++) {
    record(c, i)->local_port = 0;
  }
  if (r->newest == NULL) {
    r->newest = c->next = c;
    c->callback_arg = c;
  }
  last = oldest(kind);
  c->next = r->newest;
  c->callback_arg = last;
  r->newest->callback_arg = c;
  last->next = c;
  r->newest = c;
  r->chunks++;
  return c;
}

static bool newest_is_full(enum tcp_mini_kind kind)
{
  return rings[kind].newest == NULL || rings[kind].newest->local_port >= PER_CHUNK;
}

bool tcp_mini_full(enum tcp_mini_kind kind)
{
  return newest_is_full(kind) && rings[kind].chunks >= chunks_max(kind);
}

/* An element with a free place. */
static struct tcp_chunk *with_room(enum tcp_mini_kind kind)
{
  struct tcp_chunk *c;

  if (!newest_is_full(kind)) {
    return rings[kind].newest;
  }
  c = grow(kind);
  if (c == NULL && tcp_mini_shed(kind)) {
    c = grow(kind);
  }
  return c;
}

struct tcp_mini *tcp_mini_new(enum tcp_mini_kind kind, const struct tcp_ends *e)
{
  struct tcp_chunk *c = with_room(kind);
  struct tcp_mini *m, **bucket;
  u8_t i = 0;

  if (c == NULL) {
    return NULL;
  }
  while ((m = record(c, i))->local_port != 0) {
    i++;
  }
  c->local_port++;
  rings[kind].used++;
  ip_addr_copy(m->local_ip, *e->local_ip);
  ip_addr_copy(m->remote_ip, *e->remote_ip);
  m->local_port = e->local_port;
  m->remote_port = e->remote_port;
  m->place = (u8_t)(kind == TCP_MINI_TW ? i | TCP_MINI_WAITS : i);
  bucket = bucket_for(e->remote_ip, e->remote_port, e->local_port);
  m->next = *bucket;
  *bucket = m;
  return m;
}

#endif
