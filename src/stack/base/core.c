/**
 * One word says who is inside: the context above, the depth of nesting below; 0: nobody.
 *
 * Interrupts nest like calls: one that comes between any two instructions here has entered and left again (and the word is
 * as before) when the next instruction runs.  So it is enough that the word is read once and written whole:
 *
 * - core_enter() reads 0; an interrupt may now enter and leave; then the word is written: nobody is inside, as was read.
 * - core_leave() writes 0 first and looks for deferred work afterwards.  An interrupt before the write defers, and the work is
 *   seen; one after the write enters by itself.  While work waits, core_busy() says yes even though nobody is inside, so that
 *   a frame that comes between the write and the look queues up behind the earlier ones.  (Not to the main loop, context 0:
 *   it cannot be between its own two steps.)
 *
 * The queue itself has several writers (interrupts of different priority) and is filled and emptied with interrupts masked.
 */
#include "core.h"

#if CORE_GUARDED && NO_SYS

#include "trace.h"
#include "lwip/x_drop.h"

#define DEPTH_MASK 0xFFu
#define CONTEXT_SHIFT 8

static volatile u32_t inside;

static u32_t caller(void)
{
  return (u32_t)LWIP_X_CONTEXT() << CONTEXT_SHIFT;
}

bool core_enter(void)
{
  u32_t was = inside, me = caller();

  if (was == 0) {
    inside = me + 1;
    return true;
  }
  if ((was & ~(u32_t)DEPTH_MASK) == me) {
    inside = was + 1;
    return true;
  }
  lwip_x_drops[DROP_WRONG_CONTEXT]++;
  TRACE(TRACE_REFUSED, NULL, me >> CONTEXT_SHIFT);
  return false;
}

void core_leave(void)
{
  u32_t was = inside;

  if ((was & DEPTH_MASK) > 1) {
    inside = was - 1;
    return;
  }
  inside = 0;
  while (core_deferred != 0) {
    inside = was;
    core_run_deferred();
    inside = 0;
  }
}

bool core_busy(void)
{
  u32_t was = inside, me = caller();

  if (was != 0) {
    return (was & ~(u32_t)DEPTH_MASK) != me;
  }
  return core_deferred != 0 && me != 0;
}

void core_input(struct pbuf *p, struct netif *nif, void (*input)(struct pbuf *, struct netif *))
{
  if (core_busy()) {
    core_defer_input(p, nif, input);
    return;
  }
  inside = inside == 0 ? caller() + 1 : inside + 1; /* as core_enter(), which cannot fail now */
  input(p, nif);
  core_leave();
}

bool core_inside(void)
{
  return inside != 0;
}

#endif
