/**
 * sys_arch on CMSIS-RTOS2: what lwip/sys.h asks of a port when NO_SYS is 0.  Types and options: arch/x_cmsis_rtos2.h.
 *
 * CMSIS-RTOS2 has no critical section that holds against interrupts, so these mask them (PRIMASK).  Its times are kernel ticks.
 * What a driver may do in an interrupt: sys_mbox_trypost_fromisr(), sys_sem_signal(), sys_now(), and free pbufs and memory.
 */
#include "lwip/sys.h"

#if LWIP_X_PORT_CMSIS_RTOS2

#include "port_ticks.h"
#include "lwip/debug.h"
#include "lwip/def.h"
#include "lwip/mem.h"
#include "lwip/stats.h"
#include <stdbool.h>
#include <string.h>

#ifndef LWIP_X_IRQ_SAVE
#error \
  "Critical sections mask interrupts: define LWIP_X_IRQ_SAVE() and LWIP_X_IRQ_RESTORE(saved) in arch/cc.h (Cortex-M has them)"
#endif

static u32_t hz(void)
{
  return osKernelGetTickFreq();
}

/** Ticks to wait, of ms where 0 is for ever. */
static u32_t wait_ticks(u32_t ms)
{
  return ms == 0 ? osWaitForever : port_ms_to_ticks(ms, hz(), osWaitForever - 1);
}

static u32_t waited_ms(u32_t begun)
{
  return port_ticks_to_ms(osKernelGetTickCount() - begun, hz());
}

/** Any thread counts. */
#if SYS_STATS
#define COUNT(statement) SYS_ARCH_LOCKED(statement)
#else
#define COUNT(statement) ((void)0)
#endif

/* ---- Time ---- */

u32_t sys_now(void)
{
  return port_tick_clock(osKernelGetTickCount(), hz());
}

#ifndef sys_jiffies
u32_t sys_jiffies(void)
{
  return osKernelGetTickCount();
}
#endif

void sys_msleep(u32_t ms)
{
  (void)osDelay(wait_ticks(LWIP_MAX(ms, 1)));
}

void sys_init(void)
{
}

/* ---- Who am I? ---- */

#ifdef LWIP_X_CONTEXT
#define IN_ISR() (LWIP_X_CONTEXT() != 0)
#else
#define IN_ISR() false
#endif

osThreadId_t lwip_x_thread_self(void)
{
  static char no_thread_yet, interrupt;
  osThreadId_t self = IN_ISR() ? (osThreadId_t)(void *)&interrupt : osThreadGetId();

  return self != NULL ? self : (osThreadId_t)(void *)&no_thread_yet;
}

/* ---- Critical sections ---- */

sys_prot_t sys_arch_protect(void)
{
  return LWIP_X_IRQ_SAVE();
}

void sys_arch_unprotect(sys_prot_t pval)
{
  LWIP_X_IRQ_RESTORE(pval);
}

/* ---- Mutexes: may be taken again by who has them ---- */

err_t sys_mutex_new(sys_mutex_t *mutex)
{
  osMutexAttr_t attr;

  memset(&attr, 0, sizeof(attr));
  attr.attr_bits = osMutexPrioInherit;
#if LWIP_CMSIS_OS2_MUTEX_CB_SIZE
  attr.cb_mem = mutex->memory;
  attr.cb_size = LWIP_CMSIS_OS2_MUTEX_CB_SIZE;
#endif
  mutex->owner = NULL;
  mutex->depth = 0;
  mutex->id = osMutexNew(&attr);
  if (mutex->id == NULL) {
    COUNT(SYS_STATS_INC(mutex.err));
    return ERR_MEM;
  }
  COUNT(SYS_STATS_INC_USED(mutex));
  return ERR_OK;
}

/* Before the kernel runs it may refuse; then there is nobody to be kept out. */
void sys_mutex_lock(sys_mutex_t *mutex)
{
  osThreadId_t self = lwip_x_thread_self();

  if (LWIP_X_OWNER_GET(mutex->owner) != self) {
    (void)osMutexAcquire(mutex->id, osWaitForever);
    LWIP_X_OWNER_SET(mutex->owner, self);
  }
  mutex->depth++;
}

void sys_mutex_unlock(sys_mutex_t *mutex)
{
  if (--mutex->depth == 0) {
    LWIP_X_OWNER_SET(mutex->owner, NULL);
    (void)osMutexRelease(mutex->id);
  }
}

void sys_mutex_free(sys_mutex_t *mutex)
{
  (void)osMutexDelete(mutex->id);
  mutex->id = NULL;
  COUNT(SYS_STATS_DEC(mutex.used));
}

/* ---- Semaphores ---- */

#define SEM_MOST 255

err_t sys_sem_new(sys_sem_t *sem, u8_t count)
{
  osSemaphoreAttr_t attr;

  memset(&attr, 0, sizeof(attr));
#if LWIP_CMSIS_OS2_SEM_CB_SIZE
  attr.cb_mem = sem->memory;
  attr.cb_size = LWIP_CMSIS_OS2_SEM_CB_SIZE;
#endif
  sem->id = osSemaphoreNew(SEM_MOST, count, &attr);
  if (sem->id == NULL) {
    COUNT(SYS_STATS_INC(sem.err));
    return ERR_MEM;
  }
  COUNT(SYS_STATS_INC_USED(sem));
  return ERR_OK;
}

void sys_sem_free(sys_sem_t *sem)
{
  (void)osSemaphoreDelete(sem->id);
  sem->id = NULL;
  COUNT(SYS_STATS_DEC(sem.used));
}

/* A full semaphore stays full.  Interrupts may do this too. */
void sys_sem_signal(sys_sem_t *sem)
{
  (void)osSemaphoreRelease(sem->id);
}

u32_t sys_arch_sem_wait(sys_sem_t *sem, u32_t timeout)
{
  u32_t begun = osKernelGetTickCount();

  if (osSemaphoreAcquire(sem->id, wait_ticks(timeout)) != osOK) {
    return SYS_ARCH_TIMEOUT;
  }
  return waited_ms(begun);
}

/* ---- Mailboxes ---- */

err_t sys_mbox_new(sys_mbox_t *mbox, int size)
{
  osMessageQueueAttr_t attr;

  memset(&attr, 0, sizeof(attr));
#if LWIP_CMSIS_OS2_MQ_CB_SIZE
  attr.cb_mem = mbox->memory;
  attr.cb_size = LWIP_CMSIS_OS2_MQ_CB_SIZE;
#endif
  mbox->id = osMessageQueueNew(size > 0 ? (uint32_t)size : LWIP_X_MBOX_SIZE, sizeof(void *), &attr);
  if (mbox->id == NULL) {
    COUNT(SYS_STATS_INC(mbox.err));
    return ERR_MEM;
  }
  COUNT(SYS_STATS_INC_USED(mbox));
  return ERR_OK;
}

void sys_mbox_free(sys_mbox_t *mbox)
{
  LWIP_ASSERT("sys_mbox_free: messages are left in it", osMessageQueueGetCount(mbox->id) == 0);
  (void)osMessageQueueDelete(mbox->id);
  mbox->id = NULL;
  COUNT(SYS_STATS_DEC(mbox.used));
}

void sys_mbox_post(sys_mbox_t *mbox, void *msg)
{
  (void)osMessageQueuePut(mbox->id, &msg, 0, osWaitForever);
}

err_t sys_mbox_trypost(sys_mbox_t *mbox, void *msg)
{
  if (osMessageQueuePut(mbox->id, &msg, 0, 0) != osOK) {
    COUNT(SYS_STATS_INC(mbox.err));
    return ERR_MEM;
  }
  return ERR_OK;
}

err_t sys_mbox_trypost_fromisr(sys_mbox_t *mbox, void *msg)
{
  return sys_mbox_trypost(mbox, msg);
}

static u32_t fetch(sys_mbox_t *mbox, void **msg, u32_t ticks)
{
  u32_t begun = osKernelGetTickCount();
  void *unwanted;

  if (osMessageQueueGet(mbox->id, msg != NULL ? (void *)msg : (void *)&unwanted, NULL, ticks) != osOK) {
    return SYS_ARCH_TIMEOUT;
  }
  return waited_ms(begun);
}

u32_t sys_arch_mbox_fetch(sys_mbox_t *mbox, void **msg, u32_t timeout)
{
  return fetch(mbox, msg, wait_ticks(timeout));
}

u32_t sys_arch_mbox_tryfetch(sys_mbox_t *mbox, void **msg)
{
  return fetch(mbox, msg, 0) == SYS_ARCH_TIMEOUT ? SYS_MBOX_EMPTY : 0;
}

/* ---- Threads ---- */

/** What a new thread has to do. */
struct start {
  lwip_thread_fn fn;
  void *arg;
};

static void run(void *arg)
{
  struct start start = *(struct start *)arg;

  mem_free(arg);
  start.fn(start.arg);
#if LWIP_NETCONN_SEM_PER_THREAD
  lwip_x_thread_sem_free();
#endif
  osThreadExit();
}

/** lwIP's default, 1, is the idle thread's priority. */
static osPriority_t priority(int prio)
{
  return prio <= (int)osPriorityIdle ? osPriorityNormal : (osPriority_t)prio;
}

sys_thread_t sys_thread_new(const char *name, lwip_thread_fn thread, void *arg, int stacksize, int prio)
{
  struct start *start = (struct start *)mem_malloc(sizeof(*start));
  osThreadId_t id = NULL;
  osThreadAttr_t attr;

  memset(&attr, 0, sizeof(attr));
  attr.name = name;
  attr.stack_size = stacksize > 0 ? (uint32_t)stacksize : LWIP_X_THREAD_STACKSIZE;
  attr.priority = priority(prio);
  if (start != NULL) {
    start->fn = thread;
    start->arg = arg;
    id = osThreadNew(run, start, &attr);
  }
  if (id == NULL) {
    mem_free(start);
    LWIP_ASSERT("sys_thread_new: no memory for the thread", false);
  }
  return id;
}

#endif
