/** LWIP_TESTMODE: the timeouts of the program as a list in the order of their deadlines, which tests look into and change. */
#include "timeouts_run.h"

#if TIMEOUTS_OURS && LWIP_TESTMODE

#include "../base/core.h"
#include "../base/seq.h"
#include "lwip/def.h"
#include "lwip/memp.h"
#include "lwip/sys.h"

static struct sys_timeo *list;

struct sys_timeo **sys_timeouts_get_next_timeout(void)
{
  return &list;
}

static struct sys_timeo *add(u32_t msecs, sys_timeout_handler handler, void *arg)
{
  struct sys_timeo *t = (struct sys_timeo *)memp_malloc(MEMP_SYS_TIMEOUT), **link = &list;

  LWIP_ASSERT("sys_timeout: MEMP_NUM_SYS_TIMEOUT is too small", t != NULL);
  if (t == NULL) {
    return NULL;
  }
  t->time = sys_now() + LWIP_MIN(msecs, 0x7FFFFFFFu);
  t->h = handler;
  t->arg = arg;
  while (*link != NULL && seq_leq((*link)->time, t->time)) {
    link = &(*link)->next;
  }
  t->next = *link;
  *link = t;
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

void sys_untimeout(sys_timeout_handler handler, void *arg)
{
  struct sys_timeo **link = &list, *t;

  while ((t = *link) != NULL && (t->h != handler || t->arg != arg)) {
    link = &t->next;
  }
  if (t != NULL) {
    *link = t->next;
    memp_free(MEMP_SYS_TIMEOUT, t);
  }
}

void timeouts_list_run(u32_t now_ms)
{
  struct sys_timeo *t;

  while ((t = list) != NULL && time_reached(now_ms, t->time)) {
    sys_timeout_handler handler = t->h;
    void *arg = t->arg;

    list = t->next;
    memp_free(MEMP_SYS_TIMEOUT, t);
    handler(arg);
  }
}

u32_t timeouts_list_sleep(u32_t now_ms)
{
  if (list == NULL) {
    return TIMERS_NEVER;
  }
  return time_reached(now_ms, list->time) ? 0 : list->time - now_ms;
}

void timeouts_list_catch_up(u32_t now_ms)
{
  struct sys_timeo *t;
  u32_t late_ms;

  if (list == NULL || !time_reached(now_ms, list->time)) {
    return;
  }
  late_ms = now_ms - list->time;
  for (t = list; t != NULL; t = t->next) {
    t->time += late_ms;
  }
}

void lwip_cyclic_timer(void *arg)
{
  const struct lwip_cyclic_timer *cyclic = (const struct lwip_cyclic_timer *)arg;

  cyclic->handler();
  add(cyclic->interval_ms, lwip_cyclic_timer, arg);
}

#endif
