/**
 * Deadlines, on demand: nothing ticks while nothing is pending, and the next deadline is exact.
 * A timer is a member of whatever waits; it needs no memory of its own and arming it cannot fail.
 * All pending timers form one pairing heap: arming costs O(1), ringing and stopping O(log n) amortised.
 *
 * Whoever re-arms often should not move the timer: leave it at the earlier deadline and, when it
 * rings, look at the real one and arm it again (TCP does so for every segment).
 *
 * Context: inside the core (core.h).
 */
#ifndef LWIP_STACK_BASE_TIMER_H
#define LWIP_STACK_BASE_TIMER_H

#include "lwip/arch.h"
#include <stdbool.h>

#define TIMERS_NEVER 0xFFFFFFFFu

struct timer;
/** Called once when the deadline has come; @p t is no longer pending and may be armed or freed here. */
typedef void (*timer_fn)(struct timer *t);

/** All zero: not pending. */
struct timer {
  struct timer *child, *next, *prev; /**< the heap; prev is the parent for a first child, itself for the root */
  u32_t at;                          /**< deadline, ms, on the clock of sys_now() */
  timer_fn ring;
};

static inline bool timer_pending(const struct timer *t)
{
  return t->prev != 0;
}

/** Arm @p t, or move it if it is pending, to ring at @p at_ms (sys_now() + delay; less than 2^31 ms ahead). */
void timer_set_at(struct timer *t, u32_t at_ms, timer_fn ring);

/** Arm @p t, or move it if it would ring later, to ring at @p at_ms. */
void timer_set_by(struct timer *t, u32_t at_ms, timer_fn ring);

/** Arm @p t, or move it, to ring @p delay_ms from now. */
void timer_set(struct timer *t, u32_t delay_ms, timer_fn ring);

/** Not pending afterwards; harmless when it was not. */
void timer_stop(struct timer *t);

/** Ring every timer whose deadline is not after @p now_ms.  A timer armed meanwhile with a deadline that has come waits for the next call. */
void timers_run(u32_t now_ms);

/** @return ms until the next deadline, 0 if it has come, TIMERS_NEVER if nothing is pending */
u32_t timers_sleep(u32_t now_ms);

/** @return the timer with the next deadline, NULL: nothing is pending */
const struct timer *timers_first(void);

/** After a long pause: if the first deadline has passed, move all by as much, so that the first is now and the others keep their distance.
 *  @return by how many ms */
u32_t timers_catch_up(u32_t now_ms);

/** The type that holds a member: container_of(t, struct arp_entry, retry). */
#define container_of(ptr, type, member) ((type *)(void *)((u8_t *)(ptr)-offsetof(type, member)))

#endif
