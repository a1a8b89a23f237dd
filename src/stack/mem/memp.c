/**
 * Pools.  The free elements are a ring through their first word and the pool keeps a pointer to the last of it: one pointer is
 * enough to take at the front and give back at the end, so that a freed element is used again last.
 *
 * An element given back is believed if it lies in the pool's memory and is not the one given back just before; anything else is
 * counted as illegal and left alone.  MEMP_SANITY_CHECK looks through the whole ring instead.
 */
#include "lwip/opt.h"

#include "memp_scarce.h"

/* The types the pools are made of. */
#include "lwip/pbuf.h"
#include "../base/hooks.h"
#if LWIP_RAW
#include "lwip/raw.h"
#endif
#if LWIP_UDP
#include "lwip/udp.h"
#endif
#if LWIP_TCP
#include "lwip/tcp.h"
#include "lwip/priv/tcp_priv.h"
#endif
#if LWIP_ALTCP
#include "lwip/altcp.h"
#endif
#if LWIP_IPV4 && (IP_REASSEMBLY || IP_FRAG)
#include "lwip/ip4_frag.h"
#endif
#if LWIP_NETCONN || LWIP_SOCKET
#include "lwip/api.h"
#include "lwip/netbuf.h"
#endif
#if !NO_SYS
#include "lwip/priv/tcpip_priv.h"
#if LWIP_MPU_COMPATIBLE
#include "lwip/netifapi.h"
#include "lwip/priv/api_msg.h"
#include "lwip/priv/sockets_priv.h"
#endif
#endif
#if LWIP_IPV4 && LWIP_ARP
#include "lwip/etharp.h"
#endif
#if LWIP_IGMP
#include "lwip/igmp.h"
#endif
#if LWIP_TIMERS
#include "lwip/timeouts.h"
#endif
#if LWIP_DNS
#include "lwip/dns.h"
#if LWIP_SOCKET
#include "lwip/netdb.h"
#endif
#endif
#if LWIP_IPV6
#include "lwip/ip6_frag.h"
#include "lwip/mld6.h"
#include "lwip/priv/nd6_priv.h"
#endif

#include "lwip/def.h"
#include "lwip/memp.h"
#include "lwip/stats.h"
#include "lwip/sys.h"
#include <stdbool.h>
#include <string.h>

#define LWIP_MEMPOOL(name, num, size, desc) LWIP_MEMPOOL_DECLARE(name, num, size, desc)
#include "lwip/priv/memp_std.h"

const struct memp_desc *const memp_pools[MEMP_MAX] = {
#define LWIP_MEMPOOL(name, num, size, desc) &memp_##name,
#include "lwip/priv/memp_std.h"
};

struct memp;

#if MEMP_STATS

static void stats_begin(const struct memp_desc *desc, mem_size_t num)
{
  desc->stats->avail = num;
}

static void stats_taken(const struct memp_desc *desc)
{
  desc->stats->used++;
  desc->stats->max = LWIP_MAX(desc->stats->max, desc->stats->used);
}

static void stats_given_back(const struct memp_desc *desc)
{
  desc->stats->used--;
}

static void stats_refused(const struct memp_desc *desc)
{
  desc->stats->err++;
}

static void stats_illegal(const struct memp_desc *desc)
{
  desc->stats->illegal++;
}

#if LWIP_STATS_DISPLAY
#define NAME_IN_STATS(i) (lwip_stats.memp[i]->name = memp_pools[i]->desc)
#else
#define NAME_IN_STATS(i) ((void)0)
#endif

static void stats_publish(unsigned i)
{
  lwip_stats.memp[i] = memp_pools[i]->stats;
  NAME_IN_STATS(i);
}

#else

static inline void stats_begin(const struct memp_desc *desc, mem_size_t num)
{
  LWIP_UNUSED_ARG(desc);
  LWIP_UNUSED_ARG(num);
}
static inline void stats_taken(const struct memp_desc *desc)
{
  LWIP_UNUSED_ARG(desc);
}
static inline void stats_given_back(const struct memp_desc *desc)
{
  LWIP_UNUSED_ARG(desc);
}
static inline void stats_refused(const struct memp_desc *desc)
{
  LWIP_UNUSED_ARG(desc);
}
static inline void stats_illegal(const struct memp_desc *desc)
{
  LWIP_UNUSED_ARG(desc);
}
static inline void stats_publish(unsigned i)
{
  LWIP_UNUSED_ARG(i);
}

#endif

/* MEMP_OVERFLOW_CHECK: guards around each element, and who took it last. */
#if MEMP_OVERFLOW_CHECK

static void guard(const struct memp_desc *desc, struct memp *m)
{
  mem_overflow_init_raw((u8_t *)m + MEMP_SIZE, desc->size);
}

static void guard_check(const struct memp_desc *desc, struct memp *m)
{
  mem_overflow_check_raw((u8_t *)m + MEMP_SIZE, desc->size, "pool ", desc->desc);
}

static void taken_at(struct memp *m, const char *file, int line)
{
  m->file = file;
  m->line = line;
}

#else

static inline void guard(const struct memp_desc *desc, struct memp *m)
{
  LWIP_UNUSED_ARG(desc);
  LWIP_UNUSED_ARG(m);
}
static inline void guard_check(const struct memp_desc *desc, struct memp *m)
{
  LWIP_UNUSED_ARG(desc);
  LWIP_UNUSED_ARG(m);
}
static inline void taken_at(struct memp *m, const char *file, int line)
{
  LWIP_UNUSED_ARG(m);
  LWIP_UNUSED_ARG(file);
  LWIP_UNUSED_ARG(line);
}

#endif

#if MEMP_MEM_MALLOC

void memp_init_pool(const struct memp_desc *desc)
{
  stats_begin(desc, 0xFFFF);
}

static struct memp *take(const struct memp_desc *desc)
{
  return (struct memp *)mem_malloc((mem_size_t)(MEMP_SIZE + MEMP_ALIGN_SIZE(desc->size)));
}

static bool give_back(const struct memp_desc *desc, struct memp *m)
{
  LWIP_UNUSED_ARG(desc);
  mem_free(m);
  return false;
}

static bool is_ours(const struct memp_desc *desc, const struct memp *m)
{
  LWIP_UNUSED_ARG(desc);
  return m != NULL;
}

#else

/** desc->size is rounded up already. */
static size_t stride(const struct memp_desc *desc)
{
  return MEMP_SIZE + desc->size + (MEMP_ALIGN_SIZE(0));
}

/** Hang @p m on the end of the ring.  @return true: the ring was empty */
static bool give_back(const struct memp_desc *desc, struct memp *m)
{
  struct memp *last = *desc->tab;

  if (last == NULL) {
    m->next = m;
  } else {
    m->next = last->next;
    last->next = m;
  }
  *desc->tab = m;
  return last == NULL;
}

static struct memp *take(const struct memp_desc *desc)
{
  struct memp *last = *desc->tab, *m;

  if (last == NULL || LWIP_X_ALLOC_FAIL()) {
    return NULL;
  }
  m = last->next;
  last->next = m->next;
  if (m == last) {
    *desc->tab = NULL;
  }
  return m;
}

/** MEMP_SANITY_CHECK: is @p m in the ring? */
static bool is_free(const struct memp_desc *desc, const struct memp *m)
{
  const struct memp *last = *desc->tab, *f = last;

  if (!MEMP_SANITY_CHECK) {
    return m == last;
  }
  if (last == NULL) {
    return false;
  }
  do {
    f = f->next;
  } while (f != m && f != last);
  return f == m;
}

static bool is_ours(const struct memp_desc *desc, const struct memp *m)
{
  size_t at = (size_t)((mem_ptr_t)m - (mem_ptr_t)desc->base);

  return at < desc->num * stride(desc) + MEM_ALIGNMENT - 1 && !is_free(desc, m);
}

void memp_init_pool(const struct memp_desc *desc)
{
  u8_t *m = (u8_t *)LWIP_MEM_ALIGN(desc->base);
  u16_t i;

  *desc->tab = NULL;
  if (MEMP_MEM_INIT) {
    memset(m, 0, desc->num * stride(desc));
  }
  for (i = 0; i < desc->num; i++) {
    guard(desc, (struct memp *)(void *)m);
    give_back(desc, (struct memp *)(void *)m);
    m += stride(desc);
  }
  stats_begin(desc, desc->num);
}

#endif

/** Rings and counters need a lock; the heap has one itself. */
#define NEEDS_LOCK (!MEMP_MEM_MALLOC || MEMP_STATS)

static struct memp *take_counted(const struct memp_desc *desc)
{
  struct memp *m = take(desc);

  if (m != NULL) {
    stats_taken(desc);
  } else {
    stats_refused(desc);
  }
  return m;
}

static struct memp *take_locked(const struct memp_desc *desc)
{
  struct memp *m;
  SYS_ARCH_DECL_PROTECT(lev);

  SYS_ARCH_PROTECT(lev);
  m = take_counted(desc);
  SYS_ARCH_UNPROTECT(lev);
  return m;
}

static void *take_guarded(const struct memp_desc *desc, const char *file, int line)
{
  struct memp *m = NEEDS_LOCK ? take_locked(desc) : take_counted(desc);

  if (m == NULL) {
    return NULL;
  }
  if (!MEMP_MEM_MALLOC) {
    guard_check(desc, m);
  }
  guard(desc, m);
  taken_at(m, file, line);
  return (u8_t *)m + MEMP_SIZE;
}

static bool give_back_counted(const struct memp_desc *desc, struct memp *m)
{
  if (!is_ours(desc, m)) {
    stats_illegal(desc);
    return false;
  }
  guard_check(desc, m);
  stats_given_back(desc);
  return give_back(desc, m);
}

static bool give_back_locked(const struct memp_desc *desc, struct memp *m)
{
  bool was_empty;
  SYS_ARCH_DECL_PROTECT(lev);

  SYS_ARCH_PROTECT(lev);
  was_empty = give_back_counted(desc, m);
  SYS_ARCH_UNPROTECT(lev);
  return was_empty;
}

/** @return true: the pool had been empty */
static bool give_back_guarded(const struct memp_desc *desc, void *mem)
{
  struct memp *m = (struct memp *)(void *)((u8_t *)mem - MEMP_SIZE);

  return NEEDS_LOCK ? give_back_locked(desc, m) : give_back_counted(desc, m);
}

void memp_free_pool(const struct memp_desc *desc, void *mem)
{
  if (desc != NULL && mem != NULL) {
    give_back_guarded(desc, mem);
  }
}

#if MEMP_OVERFLOW_CHECK

void *memp_malloc_pool_fn(const struct memp_desc *desc, const char *file, const int line)
{
  return desc == NULL ? NULL : take_guarded(desc, file, line);
}

void *memp_malloc_fn(memp_t type, const char *file, const int line)
{
  return type >= MEMP_MAX ? NULL : take_guarded(memp_pools[type], file, line);
}

#else

void *memp_malloc_pool(const struct memp_desc *desc)
{
  return desc == NULL ? NULL : take_guarded(desc, NULL, 0);
}

void *memp_malloc(memp_t type)
{
  return type >= MEMP_MAX ? NULL : memp_malloc_pool(memp_pools[type]);
}

#endif

#ifdef LWIP_HOOK_MEMP_AVAILABLE
#define AVAILABLE(type) LWIP_HOOK_MEMP_AVAILABLE(type)
#else
#define AVAILABLE(type) ((void)0)
#endif

void memp_free(memp_t type, void *mem)
{
  if (type >= MEMP_MAX || mem == NULL) {
    return;
  }
  if (give_back_guarded(memp_pools[type], mem)) {
    AVAILABLE(type);
  }
}

void memp_init(void)
{
  static bool ready;
  unsigned i;

  for (i = 0; i < MEMP_MAX && !ready; i++) {
    memp_init_pool(memp_pools[i]);
    stats_publish(i);
  }
  ready = true;
}
