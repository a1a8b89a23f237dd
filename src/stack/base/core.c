/**
 * One word says who is inside: the context above, the depth of nesting below; 0: nobody.
 *
 * Interrupts nest like calls: one that comes between any two instructions here has entered and left again (and the word is
 * as before) when the next instruction runs.  So it is enough that the word is read once and written whole:
 *
 * - core_enter() reads 0; an interrupt may now enter and leave; then the word is written: nobody is inside, as was read.
 * - core_leave() writes 0 first and looks for deferred work afterwards.  An interrupt before the write defers, and the work is
 *   seen; one after the write enters by itself, and does what was deferred as it leaves.
 *
 * The queue itself has several writers (interrupts of different priority) and is filled and emptied with interrupts masked.
 */
#include "core.h"

#if CORE_GUARDED && NO_SYS

#include "trace.h"
#include "lwip/x_drop.h"

#define DEPTH_MASK 0xFFu
#define CONTEXT_SHIFT 8

volatile u32_t core_word;

/** Nobody is inside, or the caller's own context. */
static inline bool is_open(u32_t was, u32_t me)
{
  return was == 0 || (was ^ me) <= DEPTH_MASK;
}

static inline u32_t caller(void)
{
  return (u32_t)LWIP_X_CONTEXT() << CONTEXT_SHIFT;
}

bool core_enter(void)
{
  u32_t was = core_word, me = caller();

  if (is_open(was, me)) {
    core_word = (was | me) + 1;
    return true;
  }
  lwip_x_drops[DROP_WRONG_CONTEXT]++;
  TRACE(TRACE_REFUSED, NULL, me >> CONTEXT_SHIFT);
  return false;
}

void core_leave(void)
{
  u32_t was = core_word;

  if ((was & DEPTH_MASK) > 1) {
    core_word = was - 1;
    return;
  }
  core_word = 0;
  if (core_deferred != 0) {
    core_run_deferred(was);
  }
}

bool core_busy(void)
{
  return !is_open(core_word, caller());
}

void core_input(struct pbuf *p, struct netif *nif, void (*input)(struct pbuf *, struct netif *))
{
  u32_t was = core_word, me = caller();

  if (!is_open(was, me)) {
    core_defer_input(p, nif, input);
    return;
  }
  core_word = (was | me) + 1;
  input(p, nif);
  core_leave();
}

bool core_inside(void)
{
  return core_word != 0;
}

#endif
