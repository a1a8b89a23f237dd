/**
 * Memory as the processor and the DMA see it.
 *
 * The processor's view is the memory of this process.  Stores to descriptors wait in a buffer first and reach that view in any
 * order a barrier does not forbid.  With a cache, the DMA has a memory of its own: a line of the processor's view that differs
 * from what it was when last fetched or written back is dirty; evicting it writes it to the DMA's memory, evicting any other
 * makes the processor see what is there.  Without a cache both are one, but a word the DMA has written after the last barrier
 * may still be read as it was (the processor reads ahead).
 *
 * The DMA reaches the writable data of this program, but for what a test declares unreachable.
 */
#include "twin.h"
#include "twin_hw.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUS_BASE 0x20000000u
#define NO_ASAN __attribute__((no_sanitize("address")))

enum { STORES = 64, RANGES = 256, OLD = 64 };

#ifdef TWIN_SHARED /* one of several in a process: the data of this shared object */
extern char _DYNAMIC[] __attribute__((visibility("hidden"))), _end[] __attribute__((visibility("hidden")));
#define DATA_START _DYNAMIC
#else
extern char __data_start[], _end[];
#define DATA_START __data_start
#endif

static struct store {
  volatile u32_t *at;
  u32_t value;
  unsigned epoch;
} stores[STORES];
static unsigned n_stores, epoch, frozen;

/** Words the DMA has written since the last barrier, and what they were. */
static struct old {
  const volatile u32_t *at;
  u32_t value;
} olds[OLD];
static unsigned n_old;

static bool cached;
static uint8_t *base, *dram, *synced;
static uint8_t *stored; /**< by line: a descriptor word was stored, even if it did not change */
static size_t size;
static bool broken;
static struct range {
  const uint8_t *p;
  size_t len;
} uncached, unreachable, seen[RANGES];
static unsigned n_seen;

static bool within(const struct range *r, const uint8_t *p)
{
  return r->len != 0 && p >= r->p && p < r->p + r->len;
}

static bool is_cached(const uint8_t *p)
{
  return cached && p >= base && p < base + size && !within(&uncached, p);
}

static uint8_t *host(uint32_t bus)
{
  return base + (bus - BUS_BASE);
}

static bool reachable(const uint8_t *p, size_t len)
{
  const uint8_t *end = p + len;

  if (p < (uint8_t *)DATA_START || end > (uint8_t *)_end || end < p) {
    return false;
  }
  return unreachable.len == 0 || end <= unreachable.p || p >= unreachable.p + unreachable.len;
}

static NO_ASAN void copy(uint8_t *to, const uint8_t *from, size_t len)
{
  size_t i;

  for (i = 0; i < len; i++) {
    ((volatile uint8_t *)to)[i] = from[i];
  }
}

static NO_ASAN bool same(const uint8_t *a, const uint8_t *b, size_t len)
{
  size_t i;

  for (i = 0; i < len && a[i] == b[i]; i++) {}
  return i == len;
}

void twin_mem_init(bool with_cache)
{
  cached = with_cache;
  n_stores = 0;
  frozen = 0;
  epoch = 0;
  broken = false;
  n_old = 0;
  n_seen = 0;
  uncached.len = 0;
  unreachable.len = 0;
  base = (uint8_t *)((uintptr_t)DATA_START & ~(uintptr_t)(LINE - 1));
  size = ((size_t)((uint8_t *)_end - base) + LINE - 1) & ~(size_t)(LINE - 1);
  if (cached && dram == NULL) {
    dram = calloc(size, 1); /* its last line ends behind the data */
    synced = calloc(size, 1);
    stored = calloc(size / LINE, 1);
  }
  twin_mem_sync();
}

void twin_mem_sync(void)
{
  if (cached) {
    memset(stored, 0, size / LINE);
    copy(dram, base, (size_t)((uint8_t *)_end - base));
    copy(synced, base, (size_t)((uint8_t *)_end - base));
  }
}

void twin_mem_uncached(const void *p, size_t len)
{
  uncached = (struct range){ p, len };
}

void twin_mem_unreachable(const void *p, size_t len)
{
  unreachable = (struct range){ p, len };
}

u32_t twin_bus(const volatile void *p)
{
  return BUS_BASE + (u32_t)((const volatile uint8_t *)p - base);
}

/** What the driver believes; the DMA has its own opinion in reachable(). */
bool twin_reaches(const volatile void *p, u32_t len)
{
  return reachable((const uint8_t *)(uintptr_t)p, len);
}

/* ---- lines ---- */

static uint8_t *line_of(const uint8_t *p)
{
  return base + ((size_t)(p - base) & ~(size_t)(LINE - 1));
}

static bool is_dirty(const uint8_t *line)
{
  return stored[(size_t)(line - base) / LINE] || !same(line, synced + (line - base), LINE);
}

static void write_back(uint8_t *line)
{
  stored[(size_t)(line - base) / LINE] = 0;
  copy(dram + (line - base), line, LINE);
  copy(synced + (line - base), line, LINE);
}

static void fetch(uint8_t *line)
{
  stored[(size_t)(line - base) / LINE] = 0;
  copy(line, dram + (line - base), LINE);
  copy(synced + (line - base), line, LINE);
}

static void evict(uint8_t *line)
{
  twin.evictions++;
  if (is_dirty(line)) {
    write_back(line);
  } else {
    fetch(line);
  }
}

/** Somewhere the DMA has been told of. */
static void evict_any(void)
{
  const struct range *r;

  if (n_seen > 0) {
    r = &seen[twin_chance(n_seen)];
    evict(line_of(r->p + twin_chance((uint32_t)r->len)));
  }
}

static void note_range(const uint8_t *p, size_t len)
{
  unsigned i;

  for (i = 0; i < n_seen; i++) {
    if (seen[i].p == p && seen[i].len >= len) {
      return;
    }
  }
  seen[n_seen < RANGES ? n_seen++ : twin_chance(RANGES)] = (struct range){ p, len };
}

/* ---- the processor's side ---- */

static void forget_old(const volatile u32_t *word)
{
  unsigned i;

  for (i = 0; i < n_old; i++) {
    if (olds[i].at == word) {
      olds[i--] = olds[--n_old];
    }
  }
}

static void commit(unsigned i)
{
  forget_old(stores[i].at);
  *stores[i].at = stores[i].value;
  if (is_cached((const uint8_t *)(uintptr_t)stores[i].at)) {
    stored[(size_t)((const uint8_t *)(uintptr_t)stores[i].at - base) / LINE] = 1;
  }
  memmove(&stores[i], &stores[i + 1], (--n_stores - i) * sizeof stores[0]);
}

/** Any of the oldest epoch, but two stores to one word stay in order. */
static void commit_any(void)
{
  unsigned n = 0, i, k;

  while (n < n_stores && stores[n].epoch == stores[0].epoch) {
    n++;
  }
  if (n == 0) {
    return;
  }
  k = twin_chance(n);
  for (i = 0; i < k && stores[i].at != stores[k].at; i++) {}
  commit(i);
}

static void drain(void)
{
  while (n_stores > 0) {
    commit(0);
  }
}

void twin_mem_point(void)
{
  unsigned i;

  if (frozen > 0) {
    frozen--;
  } else if (twin_chance(16) == 0) {
    /* stores may take their time, and sometimes much of it, unless a barrier waits for them */
    frozen = twin_chance(twin_chance(32) == 0 ? 2000 : 40);
  } else {
    for (i = twin_chance(3); i > 0; i--) {
      commit_any();
    }
  }
  if (cached && twin_chance(3) == 0) {
    evict_any();
  }
}

u32_t twin_desc_get(const volatile u32_t *word)
{
  unsigned i;

  twin_point();
  for (i = n_stores; i > 0; i--) {
    if (stores[i - 1].at == word) {
      return stores[i - 1].value;
    }
  }
  for (i = 0; i < n_old; i++) {
    if (olds[i].at == word && twin_chance(2)) {
      return olds[i].value;
    }
  }
  return *word;
}

void twin_desc_put(volatile u32_t *word, u32_t value)
{
  twin_point();
  if (!reachable((const uint8_t *)(uintptr_t)word, 4)) {
    twin_fault("descriptor word outside of what the DMA reaches");
  }
  if (n_stores == STORES) {
    commit(0);
  }
  stores[n_stores++] = (struct store){ word, value, epoch };
  twin_point();
}

void twin_dmb(void)
{
  twin_point();
  epoch++;
  n_old = 0;
  twin_point();
}

void twin_dsb(void)
{
  twin_point();
  epoch++;
  drain();
  n_old = 0;
  twin_point();
}

/* Where there is a cache, both begin and end with a barrier; where there is none they do nothing. */

void twin_clean(const volatile void *p, u32_t len)
{
  uint8_t *at = (uint8_t *)(uintptr_t)p;
  const uint8_t *end = at + len;

  if (!cached) {
    return;
  }
  drain();
  epoch++;
  twin_point();
  if (is_cached(at)) {
    for (at = line_of(at); at < end; at += LINE) {
      if (is_dirty(at)) {
        write_back(at);
      }
    }
  }
  twin_point();
}

void twin_invalidate(const volatile void *p, u32_t len)
{
  uint8_t *from = (uint8_t *)(uintptr_t)p, *at;
  const uint8_t *end = from + len;

  if (!cached) {
    return;
  }
  drain();
  epoch++;
  n_old = 0;
  twin_point();
  if (is_cached(from)) {
    for (at = line_of(from); at < end; at += LINE) {
      if (is_dirty(at) && (at < from || at + LINE > end)) {
        twin_fault("invalidating a line destroys what the processor wrote beside the range");
      }
      fetch(at);
    }
  }
  twin_point();
}

/* ---- the DMA's side ---- */

void twin_break_bus(void)
{
  broken = true;
}

static bool buffer_reachable(const uint8_t *p, size_t len)
{
  const bool now_broken = broken;

  broken = false;
  return !now_broken && reachable(p, len);
}

bool twin_dma_read(uint32_t bus, void *to, size_t len)
{
  const uint8_t *p = host(bus);

  if (!buffer_reachable(p, len)) {
    return false;
  }
  if (!is_cached(p)) {
    memcpy(to, p, len);
    return true;
  }
  note_range(p, len);
  if (!same(p, dram + (p - base), len)) {
    twin_fault("the DMA reads what the processor has only in its cache (%zu octets)", len);
  }
  copy(to, dram + (p - base), len);
  return true;
}

bool twin_dma_write(uint32_t bus, const void *from, size_t len)
{
  uint8_t *p = host(bus), *at;

  if (!buffer_reachable(p, len)) {
    return false;
  }
  if (!is_cached(p)) {
    memcpy(p, from, len);
    return true;
  }
  note_range(p, len);
  for (at = line_of(p); at < p + len; at += LINE) {
    if (is_dirty(at)) {
      twin_fault("the DMA writes under a dirty line of the cache, which may be written back over it");
    }
  }
  copy(dram + (p - base), from, len);
  return true;
}

bool twin_dma_read_words(uint32_t bus, uint32_t *to, unsigned n)
{
  const uint8_t *p = host(bus);

  if (bus % 4 != 0 || !reachable(p, n * 4)) {
    return false;
  }
  if (is_cached(p)) {
    note_range(p, n * 4);
    copy((uint8_t *)to, dram + (p - base), n * 4);
  } else {
    memcpy(to, p, n * 4);
  }
  return true;
}

bool twin_dma_write_word(uint32_t bus, uint32_t value)
{
  u32_t *word = (u32_t *)(void *)host(bus);
  unsigned i;

  if (bus % 4 != 0 || !reachable((uint8_t *)word, 4)) {
    return false;
  }
  for (i = 0; i < n_stores; i++) {
    if (stores[i].at == word) {
      twin_fault("the processor writes to a descriptor while the DMA does");
    }
  }
  if (is_cached((uint8_t *)word)) {
    return twin_dma_write(bus, &value, 4);
  }
  if (n_old < OLD) {
    olds[n_old++] = (struct old){ word, *word };
  }
  *word = value;
  return true;
}
