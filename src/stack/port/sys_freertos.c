/**
 * sys_arch on FreeRTOS, V10 and V11: what lwip/sys.h asks of a port when NO_SYS is 0.  Types and options: arch/x_freertos.h.
 *
 * Everything may be used before the scheduler starts, as far as it need not wait.  What a driver may do in an interrupt:
 * sys_mbox_trypost_fromisr(), sys_sem_signal(), sys_now(), and free pbufs and memory, since critical sections exclude
 * interrupts that may call the kernel.
 */
#include "lwip/sys.h"

#if LWIP_X_PORT_FREERTOS

#include "port_ticks.h"
#include "lwip/debug.h"
#include "lwip/def.h"
#include "lwip/mem.h"
#include "lwip/stats.h"
#include "lwip/tcpip.h"
#include <stdbool.h>

#ifndef LWIP_FREERTOS_THREAD_STACKSIZE_IS_STACKWORDS
#define LWIP_FREERTOS_THREAD_STACKSIZE_IS_STACKWORDS 0
#endif
#ifndef LWIP_FREERTOS_SYS_ARCH_PROTECT_USES_MUTEX
#define LWIP_FREERTOS_SYS_ARCH_PROTECT_USES_MUTEX 0
#endif
#ifndef LWIP_FREERTOS_SYS_ARCH_PROTECT_SANITY_CHECK
#define LWIP_FREERTOS_SYS_ARCH_PROTECT_SANITY_CHECK 0
#endif
#ifndef LWIP_FREERTOS_CHECK_QUEUE_EMPTY_ON_FREE
#define LWIP_FREERTOS_CHECK_QUEUE_EMPTY_ON_FREE 0
#endif
#ifndef LWIP_FREERTOS_CHECK_CORE_LOCKING
#define LWIP_FREERTOS_CHECK_CORE_LOCKING 0
#endif
#ifndef LWIP_FREERTOS_SYS_NOW_FROM_FREERTOS
#define LWIP_FREERTOS_SYS_NOW_FROM_FREERTOS 1
#endif

#if !configUSE_MUTEXES
#error "lwIP needs mutexes: set configUSE_MUTEXES to 1 in FreeRTOSConfig.h"
#endif
#if !INCLUDE_vTaskDelay
#error "sys_msleep() needs vTaskDelay(): set INCLUDE_vTaskDelay to 1 in FreeRTOSConfig.h"
#endif
#if !INCLUDE_vTaskDelete
#error "Threads that end need vTaskDelete(): set INCLUDE_vTaskDelete to 1 in FreeRTOSConfig.h"
#endif
#if !INCLUDE_vTaskSuspend
#error "Waiting for ever needs INCLUDE_vTaskSuspend: set it to 1 in FreeRTOSConfig.h"
#endif
#if defined(configUSE_16_BIT_TICKS) && configUSE_16_BIT_TICKS
#error "Times need ticks of 32 bits: set configUSE_16_BIT_TICKS to 0 in FreeRTOSConfig.h"
#endif
#if defined(configNUMBER_OF_CORES) && configNUMBER_OF_CORES > 1
#error "Masking interrupts keeps out nobody on another core: set configNUMBER_OF_CORES to 1 in FreeRTOSConfig.h"
#endif
#if !configSUPPORT_STATIC_ALLOCATION && defined(configSUPPORT_DYNAMIC_ALLOCATION) && !configSUPPORT_DYNAMIC_ALLOCATION
#error \
  "Objects need memory: set configSUPPORT_STATIC_ALLOCATION or configSUPPORT_DYNAMIC_ALLOCATION to 1 in FreeRTOSConfig.h"
#endif

#ifndef LWIP_FREERTOS_IN_ISR
#ifdef LWIP_X_CONTEXT
#define LWIP_FREERTOS_IN_ISR() (LWIP_X_CONTEXT() != 0)
#else
#define LWIP_FREERTOS_IN_ISR() (xPortIsInsideInterrupt() != pdFALSE)
#endif
#endif

/** Ticks to wait, of ms where 0 is for ever. */
static TickType_t wait_ticks(u32_t ms)
{
  return ms == 0 ? portMAX_DELAY : (TickType_t)port_ms_to_ticks(ms, configTICK_RATE_HZ, (u32_t)portMAX_DELAY - 1);
}

static u32_t waited_ms(TickType_t begun)
{
  return port_ticks_to_ms((u32_t)(xTaskGetTickCount() - begun), configTICK_RATE_HZ);
}

/* ---- Interrupts that may call the kernel ---- */

#ifdef LWIP_X_IRQ_SAVE

/* Cortex-M: BASEPRI (or PRIMASK) is saved and put back, in tasks as in interrupts.  taskENTER_CRITICAL() would leave the
 * interrupts masked when it is used before the scheduler starts. */
static sys_prot_t irq_mask(void)
{
  return (sys_prot_t)taskENTER_CRITICAL_FROM_ISR();
}

static void irq_unmask(sys_prot_t was)
{
  taskEXIT_CRITICAL_FROM_ISR(was);
}

#else

static sys_prot_t irq_mask(void)
{
  if (LWIP_FREERTOS_IN_ISR()) {
    return (sys_prot_t)taskENTER_CRITICAL_FROM_ISR();
  }
  taskENTER_CRITICAL();
  return 0;
}

static void irq_unmask(sys_prot_t was)
{
  if (LWIP_FREERTOS_IN_ISR()) {
    taskEXIT_CRITICAL_FROM_ISR(was);
  } else {
    taskEXIT_CRITICAL();
  }
}

#endif

/** Tasks and interrupts count: not even with LWIP_FREERTOS_SYS_ARCH_PROTECT_USES_MUTEX is this done under a mutex. */
#define COUNT(statement)            \
  do {                              \
    if (SYS_STATS) {                \
      sys_prot_t was_ = irq_mask(); \
      statement;                    \
      irq_unmask(was_);             \
    }                               \
  } while (0)

/* ---- Time ---- */

#if LWIP_FREERTOS_SYS_NOW_FROM_FREERTOS

static u32_t tick_count(void)
{
  return (u32_t)(LWIP_FREERTOS_IN_ISR() ? xTaskGetTickCountFromISR() : xTaskGetTickCount());
}

u32_t sys_now(void)
{
  return port_tick_clock(tick_count(), configTICK_RATE_HZ);
}

#ifndef sys_jiffies
u32_t sys_jiffies(void)
{
  return tick_count();
}
#endif

#endif

void sys_msleep(u32_t ms)
{
  vTaskDelay(wait_ticks(LWIP_MAX(ms, 1)));
}

/* ---- Who am I? ---- */

TaskHandle_t lwip_x_thread_self(void)
{
  static char no_task_yet, interrupt;
  TaskHandle_t self = LWIP_FREERTOS_IN_ISR() ? (TaskHandle_t)(void *)&interrupt : xTaskGetCurrentTaskHandle();

  return self != NULL ? self : (TaskHandle_t)(void *)&no_task_yet;
}

/* ---- Critical sections ---- */

#if LWIP_FREERTOS_SYS_ARCH_PROTECT_USES_MUTEX

static sys_mutex_t critical;

void sys_init(void)
{
  if (!sys_mutex_valid(&critical) && sys_mutex_new(&critical) != ERR_OK) {
    LWIP_ASSERT("sys_init: no memory for a mutex", false);
  }
}

static sys_prot_t mask(void)
{
  LWIP_ASSERT("sys_arch_protect: a mutex does not protect against interrupts", !LWIP_FREERTOS_IN_ISR());
  sys_mutex_lock(&critical);
  return critical.depth - 1;
}

static void unmask(sys_prot_t was)
{
  LWIP_UNUSED_ARG(was);
  sys_mutex_unlock(&critical);
}

#else

void sys_init(void)
{
}

static sys_prot_t mask(void)
{
  return irq_mask();
}

static void unmask(sys_prot_t was)
{
  irq_unmask(was);
}

#endif

#if LWIP_FREERTOS_SYS_ARCH_PROTECT_SANITY_CHECK

static unsigned sections; /**< entered and not left; guarded by being in one */

static void count_section(void)
{
  sections++;
}

static void uncount_section(void)
{
  LWIP_ASSERT("sys_arch_unprotect: without sys_arch_protect", sections > 0);
  sections--;
}

#else

static inline void count_section(void)
{
}

static inline void uncount_section(void)
{
}

#endif

sys_prot_t sys_arch_protect(void)
{
  sys_prot_t was = mask();

  count_section();
  return was;
}

void sys_arch_unprotect(sys_prot_t pval)
{
  uncount_section();
  unmask(pval);
}

/* ---- Mutexes: may be taken again by who has them ---- */

#if configSUPPORT_STATIC_ALLOCATION
#define NEW_MUTEX(m) xSemaphoreCreateMutexStatic(&(m)->memory)
#else
#define NEW_MUTEX(m) xSemaphoreCreateMutex()
#endif

err_t sys_mutex_new(sys_mutex_t *mutex)
{
  mutex->owner = NULL;
  mutex->depth = 0;
  mutex->handle = NEW_MUTEX(mutex);
  if (mutex->handle == NULL) {
    COUNT(SYS_STATS_INC(mutex.err));
    return ERR_MEM;
  }
  COUNT(SYS_STATS_INC_USED(mutex));
  return ERR_OK;
}

void sys_mutex_lock(sys_mutex_t *mutex)
{
  TaskHandle_t self = lwip_x_thread_self();

  if (LWIP_X_OWNER_GET(mutex->owner) != self) {
    (void)xSemaphoreTake(mutex->handle, portMAX_DELAY);
    LWIP_X_OWNER_SET(mutex->owner, self);
  }
  mutex->depth++;
}

void sys_mutex_unlock(sys_mutex_t *mutex)
{
  if (--mutex->depth == 0) {
    LWIP_X_OWNER_SET(mutex->owner, NULL);
    (void)xSemaphoreGive(mutex->handle);
  }
}

void sys_mutex_free(sys_mutex_t *mutex)
{
  vSemaphoreDelete(mutex->handle);
  mutex->handle = NULL;
  COUNT(SYS_STATS_DEC(mutex.used));
}

/* ---- Semaphores ---- */

#define SEM_MOST 255

#if configUSE_COUNTING_SEMAPHORES

#if configSUPPORT_STATIC_ALLOCATION
#define NEW_SEM(s, count) xSemaphoreCreateCountingStatic(SEM_MOST, count, &(s)->memory)
#else
#define NEW_SEM(s, count) xSemaphoreCreateCounting(SEM_MOST, count)
#endif

#else

#if configSUPPORT_STATIC_ALLOCATION
#define NEW_SEM(s, count) with_count(xSemaphoreCreateBinaryStatic(&(s)->memory), count)
#else
#define NEW_SEM(s, count) with_count(xSemaphoreCreateBinary(), count)
#endif

static SemaphoreHandle_t with_count(SemaphoreHandle_t sem, u8_t count)
{
  if (sem != NULL && count > 0) {
    (void)xSemaphoreGive(sem);
  }
  return sem;
}

#endif

err_t sys_sem_new(sys_sem_t *sem, u8_t count)
{
  sem->handle = NEW_SEM(sem, count);
  if (sem->handle == NULL) {
    COUNT(SYS_STATS_INC(sem.err));
    return ERR_MEM;
  }
  COUNT(SYS_STATS_INC_USED(sem));
  return ERR_OK;
}

void sys_sem_free(sys_sem_t *sem)
{
  vSemaphoreDelete(sem->handle);
  sem->handle = NULL;
  COUNT(SYS_STATS_DEC(sem.used));
}

/* A full semaphore stays full. */
void sys_sem_signal(sys_sem_t *sem)
{
  BaseType_t woken = pdFALSE;

  if (!LWIP_FREERTOS_IN_ISR()) {
    (void)xSemaphoreGive(sem->handle);
    return;
  }
  (void)xSemaphoreGiveFromISR(sem->handle, &woken);
  portYIELD_FROM_ISR(woken);
}

u32_t sys_arch_sem_wait(sys_sem_t *sem, u32_t timeout)
{
  TickType_t begun = xTaskGetTickCount();

  if (xSemaphoreTake(sem->handle, wait_ticks(timeout)) != pdTRUE) {
    return SYS_ARCH_TIMEOUT;
  }
  return waited_ms(begun);
}

/* ---- Mailboxes ---- */

#if configSUPPORT_STATIC_ALLOCATION

static QueueHandle_t new_queue(sys_mbox_t *mbox, UBaseType_t n)
{
  mbox->storage = (uint8_t *)mem_malloc((mem_size_t)(n * sizeof(void *)));
  return mbox->storage != NULL ? xQueueCreateStatic(n, sizeof(void *), mbox->storage, &mbox->memory) : NULL;
}

static void free_storage(sys_mbox_t *mbox)
{
  mem_free(mbox->storage);
}

#else

static QueueHandle_t new_queue(sys_mbox_t *mbox, UBaseType_t n)
{
  LWIP_UNUSED_ARG(mbox);
  return xQueueCreate(n, sizeof(void *));
}

static inline void free_storage(sys_mbox_t *mbox)
{
  LWIP_UNUSED_ARG(mbox);
}

#endif

err_t sys_mbox_new(sys_mbox_t *mbox, int size)
{
  mbox->handle = new_queue(mbox, size > 0 ? (UBaseType_t)size : LWIP_X_MBOX_SIZE);
  if (mbox->handle == NULL) {
    COUNT(SYS_STATS_INC(mbox.err));
    return ERR_MEM;
  }
  COUNT(SYS_STATS_INC_USED(mbox));
  return ERR_OK;
}

void sys_mbox_free(sys_mbox_t *mbox)
{
  LWIP_ASSERT("sys_mbox_free: messages are left in it",
              !LWIP_FREERTOS_CHECK_QUEUE_EMPTY_ON_FREE || uxQueueMessagesWaiting(mbox->handle) == 0);
  vQueueDelete(mbox->handle);
  free_storage(mbox);
  mbox->handle = NULL;
  COUNT(SYS_STATS_DEC(mbox.used));
}

void sys_mbox_post(sys_mbox_t *mbox, void *msg)
{
  (void)xQueueSendToBack(mbox->handle, &msg, portMAX_DELAY);
}

err_t sys_mbox_trypost_fromisr(sys_mbox_t *mbox, void *msg)
{
  BaseType_t woken = pdFALSE;

  if (xQueueSendToBackFromISR(mbox->handle, &msg, &woken) != pdTRUE) {
    COUNT(SYS_STATS_INC(mbox.err));
    return ERR_MEM;
  }
  return woken == pdTRUE ? (err_t)ERR_NEED_SCHED : ERR_OK;
}

err_t sys_mbox_trypost(sys_mbox_t *mbox, void *msg)
{
  if (LWIP_FREERTOS_IN_ISR()) {
    err_t err = sys_mbox_trypost_fromisr(mbox, msg);

    portYIELD_FROM_ISR(err == (err_t)ERR_NEED_SCHED);
    return err == (err_t)ERR_NEED_SCHED ? ERR_OK : err;
  }
  if (xQueueSendToBack(mbox->handle, &msg, 0) != pdTRUE) {
    COUNT(SYS_STATS_INC(mbox.err));
    return ERR_MEM;
  }
  return ERR_OK;
}

static u32_t fetch(sys_mbox_t *mbox, void **msg, TickType_t ticks)
{
  TickType_t begun = xTaskGetTickCount();
  void *unwanted;

  if (xQueueReceive(mbox->handle, msg != NULL ? (void *)msg : (void *)&unwanted, ticks) != pdTRUE) {
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

/** What a new task has to do; it may return, which the kernel does not allow. */
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
  vTaskDelete(NULL);
}

static size_t stack_words(int stacksize)
{
  if (stacksize <= 0) {
    return LWIP_X_THREAD_STACKSIZE / sizeof(StackType_t);
  }
  return LWIP_FREERTOS_THREAD_STACKSIZE_IS_STACKWORDS
           ? (size_t)stacksize
           : ((size_t)stacksize + sizeof(StackType_t) - 1) / sizeof(StackType_t);
}

#if defined(configSUPPORT_DYNAMIC_ALLOCATION) && !configSUPPORT_DYNAMIC_ALLOCATION

/** A task's memory from our heap; it stays there when the task ends. */
struct task {
  StaticTask_t tcb;
  StackType_t stack[1];
};

static TaskHandle_t new_task(const char *name, struct start *start, size_t words, UBaseType_t prio)
{
  struct task *t = (struct task *)mem_malloc((mem_size_t)(sizeof(*t) + words * sizeof(StackType_t)));

  return t == NULL ? NULL : xTaskCreateStatic(run, name, (configSTACK_DEPTH_TYPE)words, start, prio, t->stack, &t->tcb);
}

#else

static TaskHandle_t new_task(const char *name, struct start *start, size_t words, UBaseType_t prio)
{
  TaskHandle_t task = NULL;

  return xTaskCreate(run, name, (configSTACK_DEPTH_TYPE)words, start, prio, &task) == pdPASS ? task : NULL;
}

#endif

sys_thread_t sys_thread_new(const char *name, lwip_thread_fn thread, void *arg, int stacksize, int prio)
{
  struct start *start = (struct start *)mem_malloc(sizeof(*start));
  TaskHandle_t task = NULL;

  if (start != NULL) {
    start->fn = thread;
    start->arg = arg;
    task = new_task(name, start, stack_words(stacksize), (UBaseType_t)prio);
  }
  if (task == NULL) {
    mem_free(start);
    LWIP_ASSERT("sys_thread_new: no memory for the task", false);
  }
  return task;
}

/* ---- One semaphore a thread, in a thread-local pointer; without these: port_thread_sem.c ---- */

#if LWIP_NETCONN_SEM_PER_THREAD && configNUM_THREAD_LOCAL_STORAGE_POINTERS > 0

#ifndef LWIP_FREERTOS_TLS_INDEX
#define LWIP_FREERTOS_TLS_INDEX (configNUM_THREAD_LOCAL_STORAGE_POINTERS - 1)
#endif

sys_sem_t *lwip_x_thread_sem(void)
{
  sys_sem_t *sem = (sys_sem_t *)pvTaskGetThreadLocalStoragePointer(NULL, LWIP_FREERTOS_TLS_INDEX);

  if (sem != NULL) {
    return sem;
  }
  sem = (sys_sem_t *)mem_malloc(sizeof(*sem));
  if (sem == NULL || sys_sem_new(sem, 0) != ERR_OK) {
    mem_free(sem);
    return NULL;
  }
  vTaskSetThreadLocalStoragePointer(NULL, LWIP_FREERTOS_TLS_INDEX, sem);
  return sem;
}

void lwip_x_thread_sem_free(void)
{
  sys_sem_t *sem = (sys_sem_t *)pvTaskGetThreadLocalStoragePointer(NULL, LWIP_FREERTOS_TLS_INDEX);

  if (sem != NULL) {
    vTaskSetThreadLocalStoragePointer(NULL, LWIP_FREERTOS_TLS_INDEX, NULL);
    sys_sem_free(sem);
    mem_free(sem);
  }
}

#endif

/* ---- For programs that check the lock by lwIP's own means ---- */

#if LWIP_FREERTOS_CHECK_CORE_LOCKING

static TaskHandle_t tcpip_task;

void sys_mark_tcpip_thread(void)
{
  tcpip_task = lwip_x_thread_self();
}

#if LWIP_TCPIP_CORE_LOCKING

void sys_lock_tcpip_core(void)
{
  sys_mutex_lock(&lock_tcpip_core);
}

void sys_unlock_tcpip_core(void)
{
  lwip_x_core_unlock();
}

void sys_check_core_locking(void)
{
  LWIP_ASSERT("called from an interrupt", !LWIP_FREERTOS_IN_ISR());
  LWIP_ASSERT("called without the core lock", tcpip_task == NULL || LWIP_X_MUTEX_HELD(&lock_tcpip_core));
}

#else

void sys_check_core_locking(void)
{
  LWIP_ASSERT("called from an interrupt", !LWIP_FREERTOS_IN_ISR());
  LWIP_ASSERT("called from another thread", tcpip_task == NULL || tcpip_task == lwip_x_thread_self());
}

#endif

#endif

#endif
