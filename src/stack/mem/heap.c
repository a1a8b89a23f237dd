/**
 * The heap: a segregated fit, O(1) in all calls.
 *
 * The area is a row of blocks without gaps; each begins with its own size and the size of the block before, in octets, and the
 * lowest bit of its size says that it is in use.  Behind the last one is the top: what was never used, or is free again up to the
 * end; of its header only the size of the block before counts.  Two free blocks are never neighbours.  Free blocks below the top hang
 * in doubly linked lists, whose links (offsets, 0 is none) lie where the octets were, one list from each power of two to the
 * next.  A bit map says which lists are not empty.
 *
 * A request looks at the first few blocks of its own list, then takes the first of the next list that is not empty, in which
 * all are large enough, and else the beginning of the top.  A program that frees in the reverse order of its requests, the
 * usual case, moves the top down and up and touches no list.
 *
 * What is freed must look like a block: in range, aligned, in use, and the block behind it must agree about its size.
 * Everything happens under SYS_ARCH_PROTECT().
 */
#include "lwip/mem.h"

#if !MEM_LIBC_MALLOC && !MEM_USE_POOLS

#include "arch/x_bits.h"
#include "lwip/def.h"
#include "lwip/priv/mem_priv.h"
#include "lwip/stats.h"
#include "lwip/sys.h"
#include "mem_room.h"
#include <stdbool.h>

struct block {
  mem_size_t before; /**< size of the block before; 0: none */
  mem_size_t size;   /**< with this header, a multiple of GRAIN; lowest bit: in use */
};

struct links {
  mem_size_t next, prev; /**< offsets of free blocks */
};

#define IN_USE 1u
#define LOOK_AT_MOST 8

/* Octets that every size is a multiple of. */
#define GRAIN (MEM_ALIGNMENT > 4 ? MEM_ALIGNMENT : 4)
#define ROUND(n) (((n) + GRAIN - 1u) & ~(GRAIN - 1u))
#define HEADER sizeof(struct block)
#define SMALLEST ROUND(HEADER + sizeof(struct links))
/* Offsets: the first header lies so that what follows it is aligned, and not at 0, which means none. */
#define FIRST (HEADER % GRAIN != 0 ? GRAIN - HEADER % GRAIN : GRAIN)
#define SPACE ROUND(MEM_SIZE)
#define END (FIRST + SPACE)

/* The number of lists, for the preprocessor's arithmetic: see list_of(). */
#define LOG2_4(n) ((n) >= 8 ? 3 : (n) >= 4 ? 2 : (n) >= 2 ? 1 : 0)
#define LOG2_8(n) ((n) >= 16 ? 4 + LOG2_4((n) >> 4) : LOG2_4(n))
#define LOG2_16(n) ((n) >= 256 ? 8 + LOG2_8((n) >> 8) : LOG2_8(n))
#define LOG2(n) ((n) >= 65536 ? 16 + LOG2_16((n) >> 16) : LOG2_16(n))
#define LISTS (LOG2(SPACE / GRAIN) + 1)

/* With MEM_OVERFLOW_CHECK: the size asked for, then guard regions around the octets. */
#if MEM_OVERFLOW_CHECK
#define GUARD_BEFORE (LWIP_MEM_ALIGN_SIZE(sizeof(mem_size_t)) + MEM_SANITY_REGION_BEFORE_ALIGNED)
#define GUARDS (GUARD_BEFORE + MEM_SANITY_REGION_AFTER_ALIGNED)
#else
#define GUARD_BEFORE 0u
#define GUARDS 0u
#endif

/** A program that wants the heap elsewhere defines LWIP_RAM_HEAP_POINTER: MEM_SIZE and 16 octets are used there. */
#ifndef LWIP_RAM_HEAP_POINTER
LWIP_DECLARE_MEMORY_ALIGNED(ram_heap, END + HEADER + (GRAIN - MEM_ALIGNMENT));
#define LWIP_RAM_HEAP_POINTER ram_heap
#endif

static struct {
  u8_t *base;     /**< offset 0, aligned to GRAIN; NULL: mem_init() was not called yet */
  mem_size_t top; /**< offset of the header that has nothing behind it but free memory */
  u32_t map;      /**< highest bit: list 0 */
  mem_size_t list[LISTS];
} heap;

static struct block *block_at(size_t at)
{
  return (struct block *)(void *)(heap.base + at);
}

static struct links *links_at(size_t at)
{
  return (struct links *)(void *)(heap.base + at + HEADER);
}

static size_t size_of(const struct block *b)
{
  return b->size & ~(size_t)IN_USE;
}

/** Powers of two of GRAIN. */
static unsigned list_of(size_t size)
{
  return 31 - lwip_x_clz32((u32_t)(size / GRAIN));
}

static u32_t bit_of(unsigned list)
{
  return 0x80000000u >> list;
}

static void insert(size_t at)
{
  unsigned l = list_of(block_at(at)->size);
  struct links *links = links_at(at);

  links->prev = 0;
  links->next = heap.list[l];
  if (links->next != 0) {
    links_at(links->next)->prev = (mem_size_t)at;
  }
  heap.list[l] = (mem_size_t)at;
  heap.map |= bit_of(l);
}

static void take_out(size_t at)
{
  const struct links *links = links_at(at);

  if (links->next != 0) {
    links_at(links->next)->prev = links->prev;
  }
  if (links->prev != 0) {
    links_at(links->prev)->next = links->next;
  } else {
    unsigned l = list_of(block_at(at)->size);

    heap.list[l] = links->next;
    if (links->next == 0) {
      heap.map &= ~bit_of(l);
    }
  }
}

/** The block at @p at is free and this large: tell the next one and put it in its list. */
static void make_free(size_t at, size_t size)
{
  block_at(at)->size = (mem_size_t)size;
  block_at(at + size)->before = (mem_size_t)size;
  insert(at);
}

/** A block in use has this size: tell the next one. */
static void make_used(size_t at, size_t size)
{
  block_at(at)->size = (mem_size_t)(size | IN_USE);
  block_at(at + size)->before = (mem_size_t)size;
}

/** A free block of at least @p size octets below the top.  @return its offset; 0: none */
static size_t find(size_t size)
{
  unsigned l = list_of(size), tries = LOOK_AT_MOST;
  u32_t larger;
  size_t at;

  for (at = heap.list[l]; at != 0 && tries > 0; at = links_at(at)->next, tries--) {
    if (block_at(at)->size >= size) {
      return at;
    }
  }
  larger = heap.map & (bit_of(l) - 1);
  return larger != 0 ? heap.list[lwip_x_clz32(larger)] : 0;
}

/** Take @p size octets of the free block at @p at; the rest stays free if it is worth it. */
static void take_part(size_t at, size_t size)
{
  size_t has = block_at(at)->size;

  take_out(at);
  if (has - size >= SMALLEST) {
    block_at(at + size)->before = (mem_size_t)size;
    make_free(at + size, has - size);
    has = size;
  }
  block_at(at)->size = (mem_size_t)(has | IN_USE);
}

/** Take @p size octets.  @return the offset of the block; 0: there is none */
static size_t take(size_t size)
{
  size_t at = heap.map != 0 ? find(size) : 0;

  if (at != 0) {
    take_part(at, size);
    return at;
  }
  if (size > END - heap.top) {
    return 0;
  }
  at = heap.top;
  heap.top = (mem_size_t)(at + size);
  make_used(at, size);
  return at;
}

/** Octets a block needs for @p size octets of the caller; 0: none is that large. */
static size_t block_size(size_t size)
{
  size_t need;

  if (size == 0 || size > SPACE) {
    return 0;
  }
  need = ROUND(size + GUARDS + HEADER);
  return LWIP_MAX(need, SMALLEST);
}

/** The offset of the block whose octets begin at @p octets.  @return 0: that is no block in use */
static size_t block_of(const u8_t *octets)
{
  size_t at = (size_t)((mem_ptr_t)octets - (mem_ptr_t)heap.base) - HEADER;
  const struct block *b;
  size_t size;

  if (at - FIRST >= (size_t)heap.top - FIRST || (at - FIRST) % GRAIN != 0) {
    return 0;
  }
  b = block_at(at);
  size = size_of(b);
  if ((b->size & IN_USE) == 0 || size > heap.top - at || block_at(at + size)->before != size) {
    return 0;
  }
  return at;
}

#if MEM_OVERFLOW_CHECK

/** The caller's size lies in front of the guard. */
static void *guard(u8_t *octets, size_t size)
{
  mem_size_t keep_size = (mem_size_t)size;
  u8_t *mem = octets + GUARD_BEFORE;

  SMEMCPY(octets, &keep_size, sizeof keep_size);
  mem_overflow_init_raw(mem, size);
  return mem;
}

static void guard_check(u8_t *octets)
{
  mem_size_t size;

  SMEMCPY(&size, octets, sizeof size);
  mem_overflow_check_raw(octets + GUARD_BEFORE, size, "heap", "");
}

#else

static void *guard(u8_t *octets, size_t size)
{
  LWIP_UNUSED_ARG(size);
  return octets;
}

static void guard_check(u8_t *octets)
{
  LWIP_UNUSED_ARG(octets);
}

#endif

/** MEM_SANITY_CHECK: the row is whole. */
static void sanity(void)
{
  size_t at, before = 0;
  bool was_free = false;

  for (at = FIRST; at < heap.top; at += before) {
    const struct block *b = block_at(at);
    bool is_free = (b->size & IN_USE) == 0;

    LWIP_ASSERT("heap: sizes agree", b->before == before);
    LWIP_ASSERT("heap: free blocks are no neighbours", !is_free || !was_free);
    before = size_of(b);
    was_free = is_free;
    LWIP_UNUSED_ARG(was_free);
    LWIP_ASSERT("heap: sizes possible", before >= SMALLEST && before <= heap.top - at);
  }
  LWIP_ASSERT("heap: the top is where it was", at == heap.top && block_at(at)->before == before && !was_free);
}

static void check_all(void)
{
  if (MEM_SANITY_CHECK) {
    sanity();
  }
}

void mem_init(void)
{
  if (heap.base != NULL) {
    return;
  }
  heap.base = (u8_t *)(((mem_ptr_t)LWIP_RAM_HEAP_POINTER + GRAIN - 1) & ~(mem_ptr_t)(GRAIN - 1));
  block_at(FIRST)->before = 0;
  heap.top = FIRST;
  MEM_STATS_AVAIL(avail, (mem_size_t)SPACE);
}

/* Of the blocks below the top only the first few of each list are looked at, and not those of the list of this size, in which
 * some may be too small. */
static size_t give_below_top(size_t need, size_t want)
{
  size_t n = 0, at;
  unsigned l, tries;

  for (l = list_of(need) + 1; l < LISTS && n < want; l++) {
    for (at = heap.list[l], tries = LOOK_AT_MOST; at != 0 && tries > 0 && n < want; at = links_at(at)->next, tries--) {
      n += block_at(at)->size / need;
    }
  }
  return n;
}

u16_t mem_could_give(mem_size_t size, u16_t want)
{
  size_t need = block_size(size), n = 0;
  SYS_ARCH_DECL_PROTECT(lev);

  if (need == 0) {
    return 0;
  }
  SYS_ARCH_PROTECT(lev);
  if (want * need <= END - heap.top) {
    n = want;
  } else {
    n = (END - heap.top) / need;
    n += give_below_top(need, want - n);
  }
  SYS_ARCH_UNPROTECT(lev);
  return (u16_t)LWIP_MIN(n, want);
}

/* The top, or what a request of its size finds first in the list of the largest. */
mem_size_t mem_largest(void)
{
  size_t most;
  SYS_ARCH_DECL_PROTECT(lev);

  SYS_ARCH_PROTECT(lev);
  most = END - heap.top;
  if (heap.map != 0) {
    most = LWIP_MAX(most, block_at(heap.list[lwip_x_clz32(heap.map & (0u - heap.map))])->size);
  }
  SYS_ARCH_UNPROTECT(lev);
  return (mem_size_t)(most > HEADER + GUARDS ? most - HEADER - GUARDS : 0);
}

void *mem_malloc(mem_size_t size)
{
  size_t need = block_size(size), at = 0;
  SYS_ARCH_DECL_PROTECT(lev);

  SYS_ARCH_PROTECT(lev);
  if (need != 0 && !LWIP_X_ALLOC_FAIL()) {
    at = take(need);
  }
  if (at != 0) {
    MEM_STATS_INC_USED(used, size_of(block_at(at)));
  } else {
    MEM_STATS_INC(err);
  }
  check_all();
  SYS_ARCH_UNPROTECT(lev);
  return at != 0 ? guard(heap.base + at + HEADER, size) : NULL;
}

/** Free the block at @p at together with the free ones beside it. */
static void release(size_t at)
{
  struct block *b = block_at(at);
  size_t size = size_of(b), next = at + size;

  b->size = (mem_size_t)size; /* says free even when it becomes the inside of a larger one: a second free is seen */
  if (b->before != 0 && (block_at(at - b->before)->size & IN_USE) == 0) {
    at -= b->before;
    take_out(at);
  }
  if (next == heap.top) {
    heap.top = (mem_size_t)at;
    return;
  }
  if ((block_at(next)->size & IN_USE) == 0) {
    take_out(next);
    next += block_at(next)->size;
  }
  make_free(at, next - at);
}

void mem_free(void *mem)
{
  u8_t *octets;
  size_t at;
  SYS_ARCH_DECL_PROTECT(lev);

  if (mem == NULL) {
    return;
  }
  octets = (u8_t *)mem - GUARD_BEFORE;
  SYS_ARCH_PROTECT(lev);
  at = block_of(octets);
  if (at != 0) {
    guard_check(octets);
    MEM_STATS_DEC_USED(used, size_of(block_at(at)));
    release(at);
  } else {
    MEM_STATS_INC(illegal);
  }
  check_all();
  SYS_ARCH_UNPROTECT(lev);
}

/** Cut the block at @p at to @p size octets; the rest becomes a block of its own, if it is worth it, and is freed. */
static void cut(size_t at, size_t size)
{
  size_t has = size_of(block_at(at)), rest = has - size;

  if (rest == 0 || (rest < SMALLEST && at + has != heap.top)) {
    return;
  }
  MEM_STATS_DEC_USED(used, rest);
  make_used(at, size);
  make_used(at + size, rest);
  release(at + size);
}

void *mem_trim(void *mem, mem_size_t size)
{
  u8_t *octets = (u8_t *)mem - GUARD_BEFORE;
  size_t need = block_size(LWIP_MAX(size, 1)), at;
  SYS_ARCH_DECL_PROTECT(lev);

  SYS_ARCH_PROTECT(lev);
  at = block_of(octets);
  if (at != 0 && need != 0 && need <= size_of(block_at(at))) {
    guard_check(octets);
    cut(at, need);
    guard(octets, size);
  } else {
    mem = NULL;
  }
  check_all();
  SYS_ARCH_UNPROTECT(lev);
  return mem;
}

#endif
