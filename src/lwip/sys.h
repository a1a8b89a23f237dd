/**
 * What the stack needs from below: a clock always; critical sections if SYS_LIGHTWEIGHT_PROT; semaphores, mutexes,
 * mailboxes and threads with NO_SYS 0.  The port implements this page.
 *
 * Bare metal on Cortex-M needs the clock only: critical sections mask interrupts in line.
 */
#ifndef LWIP_HDR_SYS_H
#define LWIP_HDR_SYS_H

#include "lwip/opt.h"

#ifdef __cplusplus
extern "C" {
#endif

#if NO_SYS

/* No threads: nothing to wait for. */
typedef u8_t sys_sem_t;
typedef u8_t sys_mutex_t;
typedef u8_t sys_mbox_t;

#define sys_sem_new(s, c) ERR_OK
#define sys_sem_signal(s)
#define sys_sem_wait(s)
#define sys_arch_sem_wait(s, t)
#define sys_sem_free(s)
#define sys_sem_valid(s) 0
#define sys_sem_valid_val(s) 0
#define sys_sem_set_invalid(s)
#define sys_sem_set_invalid_val(s)
#define sys_mutex_new(mu) ERR_OK
#define sys_mutex_lock(mu)
#define sys_mutex_unlock(mu)
#define sys_mutex_free(mu)
#define sys_mutex_valid(mu) 0
#define sys_mutex_set_invalid(mu)
#define sys_mbox_new(m, s) ERR_OK
#define sys_mbox_fetch(m, d)
#define sys_mbox_tryfetch(m, d)
#define sys_mbox_post(m, d)
#define sys_mbox_trypost(m, d)
#define sys_mbox_free(m)
#define sys_mbox_valid(m)
#define sys_mbox_valid_val(m)
#define sys_mbox_set_invalid(m)
#define sys_mbox_set_invalid_val(m)

#define sys_thread_new(n, t, a, s, p)

#define sys_msleep(t)

#else

/** What sys_arch_sem_wait() and sys_arch_mbox_fetch() return when the time is over. */
#define SYS_ARCH_TIMEOUT 0xffffffffUL

/** What sys_arch_mbox_tryfetch() returns when the mailbox is empty. */
#define SYS_MBOX_EMPTY SYS_ARCH_TIMEOUT

#include "lwip/err.h"
#include "arch/sys_arch.h"

/** The body of a thread. */
typedef void (*lwip_thread_fn)(void *arg);

/* Mutexes.  LWIP_COMPAT_MUTEX: the port has none, semaphores do. */
#ifndef LWIP_COMPAT_MUTEX
#define LWIP_COMPAT_MUTEX 0
#endif
#if LWIP_COMPAT_MUTEX
#if defined(LWIP_COMPAT_MUTEX_ALLOWED)
typedef sys_sem_t sys_mutex_t;
#define sys_mutex_new(mutex) sys_sem_new(mutex, 1)
#define sys_mutex_lock(mutex) sys_sem_wait(mutex)
#define sys_mutex_unlock(mutex) sys_sem_signal(mutex)
#define sys_mutex_free(mutex) sys_sem_free(mutex)
#define sys_mutex_valid(mutex) sys_sem_valid(mutex)
#define sys_mutex_set_invalid(mutex) sys_sem_set_invalid(mutex)
#else
#error "LWIP_COMPAT_MUTEX makes priority inversion possible: implement sys_mutex_*, or define LWIP_COMPAT_MUTEX_ALLOWED"
#endif
#else
/** Make a mutex, free.  @retval ERR_MEM none left */
err_t sys_mutex_new(sys_mutex_t *mutex);
/** Wait for the mutex and take it. */
void sys_mutex_lock(sys_mutex_t *mutex);
/** Let go of it. */
void sys_mutex_unlock(sys_mutex_t *mutex);
/** The mutex is no longer needed. */
void sys_mutex_free(sys_mutex_t *mutex);
#ifndef sys_mutex_valid
/** @return 0: never made, freed or invalidated */
int sys_mutex_valid(sys_mutex_t *mutex);
#endif
#ifndef sys_mutex_set_invalid
/** Mark it so. */
void sys_mutex_set_invalid(sys_mutex_t *mutex);
#endif
#endif

/** Make a semaphore with @p count signals in it.  @retval ERR_MEM none left */
err_t sys_sem_new(sys_sem_t *sem, u8_t count);
/** Add a signal. */
void sys_sem_signal(sys_sem_t *sem);
/** Wait @p timeout ms (0: for ever) for a signal and take it.  @return ms waited, or SYS_ARCH_TIMEOUT */
u32_t sys_arch_sem_wait(sys_sem_t *sem, u32_t timeout);
/** The semaphore is no longer needed. */
void sys_sem_free(sys_sem_t *sem);
/** Wait for ever. */
#define sys_sem_wait(sem) sys_arch_sem_wait(sem, 0)
#ifndef sys_sem_valid
/** @return 0: never made, freed or invalidated */
int sys_sem_valid(sys_sem_t *sem);
#endif
#ifndef sys_sem_set_invalid
/** Mark it so. */
void sys_sem_set_invalid(sys_sem_t *sem);
#endif
#ifndef sys_sem_valid_val
#define sys_sem_valid_val(sem) sys_sem_valid(&(sem))
#endif
#ifndef sys_sem_set_invalid_val
#define sys_sem_set_invalid_val(sem) sys_sem_set_invalid(&(sem))
#endif

#ifndef sys_msleep
/** Sleep at least @p ms. */
void sys_msleep(u32_t ms);
#endif

/** Make a mailbox for @p size messages.  @retval ERR_MEM none left */
err_t sys_mbox_new(sys_mbox_t *mbox, int size);
/** Post, waiting while the mailbox is full. */
void sys_mbox_post(sys_mbox_t *mbox, void *msg);
/** Post if there is room.  @retval ERR_MEM full */
err_t sys_mbox_trypost(sys_mbox_t *mbox, void *msg);
/** The same from an interrupt.  @retval ERR_NEED_SCHED of the port: posted, and a higher task woke up */
err_t sys_mbox_trypost_fromisr(sys_mbox_t *mbox, void *msg);
/** Wait @p timeout ms (0: for ever) for a message; @p msg may be NULL.  @return ms waited, or SYS_ARCH_TIMEOUT */
u32_t sys_arch_mbox_fetch(sys_mbox_t *mbox, void **msg, u32_t timeout);
#ifndef sys_arch_mbox_tryfetch
/** Fetch if there is one.  @return 0, or SYS_MBOX_EMPTY */
u32_t sys_arch_mbox_tryfetch(sys_mbox_t *mbox, void **msg);
#endif
/** The mailbox is no longer needed; it is empty. */
void sys_mbox_free(sys_mbox_t *mbox);
#define sys_mbox_fetch(mbox, msg) sys_arch_mbox_fetch(mbox, msg, 0)
#define sys_mbox_tryfetch(mbox, msg) sys_arch_mbox_tryfetch(mbox, msg)
#ifndef sys_mbox_valid
/** @return 0: never made, freed or invalidated */
int sys_mbox_valid(sys_mbox_t *mbox);
#endif
#ifndef sys_mbox_set_invalid
/** Mark it so. */
void sys_mbox_set_invalid(sys_mbox_t *mbox);
#endif
#ifndef sys_mbox_valid_val
#define sys_mbox_valid_val(mbox) sys_mbox_valid(&(mbox))
#endif
#ifndef sys_mbox_set_invalid_val
#define sys_mbox_set_invalid_val(mbox) sys_mbox_set_invalid(&(mbox))
#endif

/** Start a thread; @p stacksize and @p prio are in the port's units. */
sys_thread_t sys_thread_new(const char *name, lwip_thread_fn thread, void *arg, int stacksize, int prio);

#endif

/** Prepare the port; called first by lwip_init().  Bare metal need not have one. */
void sys_init(void);

#ifndef sys_jiffies
/** Ticks of the port's choice; programs use it as a seed. */
u32_t sys_jiffies(void);
#endif

/** Milliseconds since some moment; wraps after 2^32.  The only thing every port must bring. */
u32_t sys_now(void);

/*
 * Critical sections of a few instructions, against interrupts and other threads.
 */
#ifndef SYS_ARCH_PROTECT
#if SYS_LIGHTWEIGHT_PROT

/** Somebody has to bring the functions. */
#define LWIP_X_SYS_PROTECT_CALLED 1

#if NO_SYS && defined(LWIP_X_SYS_PROT_T)
typedef LWIP_X_SYS_PROT_T sys_prot_t;
#endif

#define SYS_ARCH_DECL_PROTECT(lev) sys_prot_t lev
#define SYS_ARCH_PROTECT(lev) lev = sys_arch_protect()
#define SYS_ARCH_UNPROTECT(lev) sys_arch_unprotect(lev)
/** Begin.  May nest.  @return what sys_arch_unprotect() wants back */
sys_prot_t sys_arch_protect(void);
/** End. */
void sys_arch_unprotect(sys_prot_t pval);

#elif NO_SYS && defined(LWIP_X_IRQ_SAVE)

#define SYS_ARCH_DECL_PROTECT(lev) u32_t lev
#define SYS_ARCH_PROTECT(lev) lev = LWIP_X_IRQ_SAVE()
#define SYS_ARCH_UNPROTECT(lev) LWIP_X_IRQ_RESTORE(lev)

#else

#define SYS_ARCH_DECL_PROTECT(lev)
#define SYS_ARCH_PROTECT(lev)
#define SYS_ARCH_UNPROTECT(lev)

#endif
#endif

/** @p code, a statement, inside a critical section. */
#ifndef SYS_ARCH_LOCKED
#define SYS_ARCH_LOCKED(code)         \
  do {                                \
    SYS_ARCH_DECL_PROTECT(old_level); \
    SYS_ARCH_PROTECT(old_level);      \
    code;                             \
    SYS_ARCH_UNPROTECT(old_level);    \
  } while (0)
#endif
#ifndef SYS_ARCH_INC
#define SYS_ARCH_INC(var, val) SYS_ARCH_LOCKED(var += val)
#endif
#ifndef SYS_ARCH_DEC
#define SYS_ARCH_DEC(var, val) SYS_ARCH_LOCKED(var -= val)
#endif
#ifndef SYS_ARCH_GET
#define SYS_ARCH_GET(var, ret) SYS_ARCH_LOCKED(ret = var)
#endif
#ifndef SYS_ARCH_SET
#define SYS_ARCH_SET(var, val) SYS_ARCH_LOCKED(var = val)
#endif

#ifdef __cplusplus
}
#endif
#endif
