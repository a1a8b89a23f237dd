/**
 * One-shot timeouts of the program, and the call that makes all timers of the stack run.
 *
 * A NO_SYS program calls sys_check_timeouts() from its main loop; between two calls it may sleep for
 * sys_timeouts_sleeptime() ms.  With an operating system the tcpip thread does both.
 *
 * Context: core thread.  On bare metal with LWIP_X_CORE_GUARD sys_check_timeouts() may be called from an
 * interrupt: it is put off when the main loop is inside the stack.
 */
#ifndef LWIP_TIMEOUTS_H
#define LWIP_TIMEOUTS_H

#include "lwip/opt.h"
#include "lwip/err.h"
#if !NO_SYS
#include "lwip/sys.h"
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** 1: remember the name of each handler, for debug output. */
#ifndef LWIP_DEBUG_TIMERNAMES
#ifdef LWIP_DEBUG
#define LWIP_DEBUG_TIMERNAMES SYS_DEBUG
#else
#define LWIP_DEBUG_TIMERNAMES 0
#endif
#endif

/** sys_timeouts_sleeptime(): nothing is pending, sleep until something else happens. */
#define SYS_TIMEOUTS_SLEEPTIME_INFINITE 0xFFFFFFFF

typedef void (*lwip_cyclic_timer_handler)(void);

/** A periodic function of the stack that a program without LWIP_TIMERS has to call by itself. */
struct lwip_cyclic_timer {
  u32_t interval_ms;
  lwip_cyclic_timer_handler handler;
#if LWIP_DEBUG_TIMERNAMES
  const char *handler_name;
#endif
};

/** The timers of this stack are armed on demand, so that nothing has to be called in turns: kept for programs that walk it. */
extern const struct lwip_cyclic_timer lwip_cyclic_timers[];
/** Entries of lwip_cyclic_timers[]. */
extern const int lwip_num_cyclic_timers;

#if LWIP_TIMERS

typedef void (*sys_timeout_handler)(void *arg);

/** A pending timeout. */
struct sys_timeo {
  struct sys_timeo *next;
  u32_t time; /**< deadline, ms, on the clock of sys_now() */
  sys_timeout_handler h;
  void *arg;
#if LWIP_DEBUG_TIMERNAMES
  const char *handler_name;
#endif
};

/** Kept for programs that call it; nothing has to be prepared. */
void sys_timeouts_init(void);

/**
 * Call @p handler with @p arg once, @p msecs ms from now, from sys_check_timeouts().
 * The same pair may be pending several times.
 *
 * @param msecs  at most 0x7FFFFFFF
 *
 * Without a free element in MEMP_SYS_TIMEOUT an assertion fails and nothing is called.
 */
#if LWIP_DEBUG_TIMERNAMES
void sys_timeout_debug(u32_t msecs, sys_timeout_handler handler, void *arg, const char *handler_name);
#define sys_timeout(msecs, handler, arg) sys_timeout_debug(msecs, handler, arg, #handler)
#else
void sys_timeout(u32_t msecs, sys_timeout_handler handler, void *arg);
#endif

/** Forget one pending timeout with this @p handler and @p arg, the first to come; harmless if there is none. */
void sys_untimeout(sys_timeout_handler handler, void *arg);

/** After a long time without sys_check_timeouts() (sleep): if the first timeout is late, put all off by as much, instead of ringing everything of that time at once. */
void sys_restart_timeouts(void);

/** Run whatever is due, of the program and of the stack. */
void sys_check_timeouts(void);

/** @return ms until sys_check_timeouts() has something to do, 0 if it has now, SYS_TIMEOUTS_SLEEPTIME_INFINITE for nothing at all */
u32_t sys_timeouts_sleeptime(void);

#if LWIP_TESTMODE
/** The list of pending timeouts, in the order of their deadlines; a test may unlink and free them. */
struct sys_timeo **sys_timeouts_get_next_timeout(void);
/** Call the handler of the struct lwip_cyclic_timer at @p arg, and again after its interval. */
void lwip_cyclic_timer(void *arg);
#endif

#endif

#ifdef __cplusplus
}
#endif
#endif
