/**
 * Records in elements of the pcb pool; tcp_mini.h says why.
 */
#include "tcp_mini.h"

#include "lwip/memp.h"

#include <string.h>

#if LWIP_TCP

/** An element of the pcb pool with records in it.  Its prio is 0: whoever takes it for a pcb sees that it is none. */
struct tcp_chunk {
  IP_PCB;
  TCP_PCB_COMMON(struct tcp_chunk);
};

static struct tcp_mini *record(const struct tcp_minis *t, struct tcp_chunk *c, unsigned i)
{
  return (struct tcp_mini *)(void *)((u8_t *)c + TCP_MINIS_OFFSET + i * t->size);
}

static unsigned per_chunk(const struct tcp_minis *t)
{
  return (unsigned)TCP_MINIS_PER_CHUNK(t->size);
}

static struct tcp_mini **bucket_for(const struct tcp_minis *t, const ip_addr_t *remote_ip, u16_t remote_port,
                                    u16_t local_port)
{
  return &t->bucket[tcp_hash(remote_ip, remote_port, local_port) >> 16 & (LWIP_X_TCP_HASH - 1)];
}

struct tcp_mini *tcp_mini_find(const struct tcp_minis *t, const struct tcp_ends *e)
{
  struct tcp_mini *m;

  if (t->used == 0) {
    return NULL;
  }
  m = *bucket_for(t, e->remote_ip, e->remote_port, e->local_port);
  while (m != NULL && !(m->remote_port == e->remote_port && m->local_port == e->local_port &&
                        ip_addr_eq(&m->remote_ip, e->remote_ip) && ip_addr_eq(&m->local_ip, e->local_ip))) {
    m = m->next;
  }
  return m;
}

static void forget(struct tcp_minis *t, struct tcp_mini *m)
{
  struct tcp_mini **link = bucket_for(t, &m->remote_ip, m->remote_port, m->local_port);

  while (*link != m) {
    link = &(*link)->next;
  }
  *link = m->next;
  m->local_port = 0;
  t->used--;
}

/* Free the element behind prev. */
static void free_chunk(struct tcp_minis *t, struct tcp_chunk *prev)
{
  struct tcp_chunk *c = prev->next;
  unsigned i;

  for (i = 0; i < per_chunk(t); i++) {
    if (record(t, c, i)->local_port != 0) {
      forget(t, record(t, c, i));
    }
  }
  prev->next = c->next;
  t->chunks--;
  if (t->cur == c) {
    t->cur = t->chunks > 0 ? prev : NULL;
    t->slot = (u8_t)(per_chunk(t) - 1);
  }
  memp_free(MEMP_TCP_PCB, c);
}

bool tcp_mini_shed(struct tcp_minis *t)
{
  if (t->cur == NULL) {
    return false;
  }
  free_chunk(t, t->cur); /* the one behind the newest is the oldest */
  return true;
}

void tcp_mini_remove(struct tcp_minis *t, struct tcp_mini *m)
{
  forget(t, m);
  if (t->used == 0) {
    while (tcp_mini_shed(t)) {}
  }
}

/* One more element for the ring. */
static bool grow(struct tcp_minis *t)
{
  struct tcp_chunk *c;
  unsigned i;

  if (t->chunks >= t->chunks_max) {
    return false;
  }
  c = (struct tcp_chunk *)t->element();
  if (c == NULL) {
    return false;
  }
  c->prio = 0;
  for (i = 0; i < per_chunk(t); i++) {
    record(t, c, i)->local_port = 0;
  }
  if (t->cur == NULL) {
    c->next = c;
  } else {
    c->next = t->cur->next;
    t->cur->next = c;
  }
  t->cur = c;
  t->chunks++;
  return true;
}

/* The next place of the ring, free or not. */
static struct tcp_mini *advance(struct tcp_minis *t)
{
  if (++t->slot >= per_chunk(t)) {
    t->cur = t->cur->next;
    t->slot = 0;
  }
  return record(t, t->cur, t->slot);
}

static struct tcp_mini *place(struct tcp_minis *t)
{
  struct tcp_mini *m = t->cur != NULL ? advance(t) : NULL;

  if (m != NULL && m->local_port == 0) {
    return m;
  }
  if (grow(t)) {
    t->slot = 0;
    return record(t, t->cur, 0);
  }
  if (m != NULL) {
    forget(t, m);
  }
  return m;
}

struct tcp_mini *tcp_mini_new(struct tcp_minis *t, const struct tcp_ends *e)
{
  struct tcp_mini *m = place(t);
  struct tcp_mini **bucket;

  if (m == NULL) {
    return NULL;
  }
  memset(m, 0, t->size);
  ip_addr_copy(m->local_ip, *e->local_ip);
  ip_addr_copy(m->remote_ip, *e->remote_ip);
  m->local_port = e->local_port;
  m->remote_port = e->remote_port;
  bucket = bucket_for(t, e->remote_ip, e->remote_port, e->local_port);
  m->next = *bucket;
  *bucket = m;
  t->used++;
  return m;
}

void tcp_mini_each(struct tcp_minis *t, void (*fn)(struct tcp_mini *m, u32_t now_ms), u32_t now_ms)
{
  unsigned left = t->chunks * per_chunk(t);
  struct tcp_chunk *c = t->cur;
  unsigned i = 0;

  while (left-- > 0 && t->used > 0) {
    struct tcp_mini *m = record(t, c, i);

    if (++i == per_chunk(t)) {
      i = 0;
      c = c->next;
    }
    if (m->local_port != 0) {
      fn(m, now_ms);
    }
  }
}

#endif
