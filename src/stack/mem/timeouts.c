/**
 * The timeouts of the program: elements of MEMP_SYS_TIMEOUT in one list, the earliest first, and one timer of the stack that
 * rings for the first of them.  A program has a handful; the stack itself waits with timers of its own (base/timer.h).
 */
#include "timeouts_run.h"

#if TIMEOUTS_OURS

#include "../base/core.h"
#include "../base/seq.h"
#include "lwip/def.h"
#include "lwip/memp.h"
#include "lwip/sys.h"

static struct sys_timeo *list; /**< to come */
static struct sys_timeo *due;  /**< being run: what a handler adds is not among them */
static struct timer timer;

static void ring(struct timer *t);

/** The timer follows the first of the list. */
static void arm(void)
{
  if (list != NULL) {
    timer_set_at(&timer, list->time, ring);
  } else {
    timer_stop(&timer);
  }
}

/** Move what is due to the end of its list, which is empty unless a handler made the timers run. */
static void take_due(u32_t now_ms)
{
  struct sys_timeo **end = &due;

  while (*end != NULL) {
    end = &(*end)->next;
  }
  *end = list;
  while (*end != NULL && time_reached(now_ms, (*end)->time)) {
    end = &(*end)->next;
  }
  list = *end;
  *end = NULL;
}

static void ring(struct timer *t)
{
  LWIP_UNUSED_ARG(t);
  take_due(sys_now());
  arm();
  while (due != NULL) {
    struct sys_timeo *first = due;
    sys_timeout_handler handler = first->h;
    void *arg = first->arg;

    due = first->next;
    memp_free(MEMP_SYS_TIMEOUT, first);
    handler(arg);
  }
}

/** Behind those that are due at the same time. */
static void insert(struct sys_timeo *t)
{
  struct sys_timeo **link = &list;

  while (*link != NULL && seq_leq((*link)->time, t->time)) {
    link = &(*link)->next;
  }
  t->next = *link;
  *link = t;
  arm();
}

static struct sys_timeo *add(u32_t msecs, sys_timeout_handler handler, void *arg)
{
  struct sys_timeo *t;

  LWIP_ASSERT_CORE_LOCKED();
  if (!core_enter()) {
    return NULL;
  }
  t = (struct sys_timeo *)memp_malloc(MEMP_SYS_TIMEOUT);
  LWIP_ASSERT("sys_timeout: MEMP_NUM_SYS_TIMEOUT is too small", t != NULL);
  if (t != NULL) {
    t->time = sys_now() + LWIP_MIN(msecs, 0x7FFFFFFFu);
    t->h = handler;
    t->arg = arg;
    insert(t);
  }
  core_leave();
  return t;
}

#if LWIP_DEBUG_TIMERNAMES

void sys_timeout_debug(u32_t msecs, sys_timeout_handler handler, void *arg, const char *handler_name)
{
  struct sys_timeo *t = add(msecs, handler, arg);

  if (t != NULL) {
    t->handler_name = handler_name;
  }
}

#else

void sys_timeout(u32_t msecs, sys_timeout_handler handler, void *arg)
{
  add(msecs, handler, arg);
}

#endif

/** Forget the first that matches.  @return false: there is none */
static bool forget(struct sys_timeo **link, sys_timeout_handler handler, const void *arg)
{
  struct sys_timeo *t;

  while ((t = *link) != NULL && (t->h != handler || t->arg != arg)) {
    link = &t->next;
  }
  if (t == NULL) {
    return false;
  }
  *link = t->next;
  memp_free(MEMP_SYS_TIMEOUT, t);
  return true;
}

void sys_untimeout(sys_timeout_handler handler, void *arg)
{
  LWIP_ASSERT_CORE_LOCKED();
  if (!core_enter()) {
    return;
  }
  if (!forget(&due, handler, arg) && forget(&list, handler, arg)) {
    arm();
  }
  core_leave();
}

void sys_restart_timeouts(void)
{
  struct sys_timeo *t;
  u32_t late_ms;

  if (!core_enter()) {
    return;
  }
  late_ms = timers_catch_up(sys_now());
  for (t = list; t != NULL; t = t->next) {
    t->time += late_ms;
  }
  core_leave();
}

#if LWIP_TESTMODE

struct sys_timeo **sys_timeouts_get_next_timeout(void)
{
  return &list;
}

void lwip_cyclic_timer(void *arg)
{
  const struct lwip_cyclic_timer *cyclic = (const struct lwip_cyclic_timer *)arg;

  cyclic->handler();
  add(cyclic->interval_ms, lwip_cyclic_timer, arg);
}

#endif

#endif
