/**
 * Types of the FreeRTOS port (LWIP_X_PORT_FREERTOS), V10 and V11.  With configSUPPORT_STATIC_ALLOCATION each object carries
 * its own memory, and so must not be copied; else FreeRTOS's heap gives it.
 *
 * Options, with the names of lwIP's own port:
 *   LWIP_FREERTOS_THREAD_STACKSIZE_IS_STACKWORDS (0)    stack sizes are words, not octets
 *   LWIP_FREERTOS_SYS_ARCH_PROTECT_USES_MUTEX (0)       critical sections by a mutex: nothing of lwIP's in interrupts then
 *   LWIP_FREERTOS_SYS_ARCH_PROTECT_SANITY_CHECK (0)     assert that they nest properly
 *   LWIP_FREERTOS_CHECK_QUEUE_EMPTY_ON_FREE (0)         assert that a mailbox is empty when it is freed
 *   LWIP_FREERTOS_CHECK_CORE_LOCKING (0)                sys_check_core_locking() and its sisters, for lwipopts.h to use
 *   LWIP_FREERTOS_SYS_NOW_FROM_FREERTOS (1)             sys_now() from the kernel's ticks; 0: the program brings it
 * and ours:
 *   LWIP_FREERTOS_TLS_INDEX (the last)                  thread-local pointer for LWIP_NETCONN_SEM_PER_THREAD
 *   LWIP_FREERTOS_IN_ISR()                              is this an interrupt?  Known on Cortex-M
 *   LWIP_X_THREAD_STACKSIZE (3072), LWIP_X_MBOX_SIZE (16)  what 0 stands for
 */
#ifndef LWIP_ARCH_X_FREERTOS_H
#define LWIP_ARCH_X_FREERTOS_H

#include "FreeRTOS.h"
#include "queue.h"
#include "semphr.h"
#include "task.h"
#include "arch/x_owner.h"
#include <stddef.h>
#include <stdint.h>

#ifndef configSUPPORT_STATIC_ALLOCATION
#define configSUPPORT_STATIC_ALLOCATION 0
#endif

/** sys_mbox_trypost_fromisr(): posted, and a task of higher priority wants to run: portYIELD_FROM_ISR(). */
#define ERR_NEED_SCHED 123

typedef struct {
  SemaphoreHandle_t handle;
#if configSUPPORT_STATIC_ALLOCATION
  StaticSemaphore_t memory;
#endif
} sys_sem_t;

typedef struct {
  SemaphoreHandle_t handle;
  TaskHandle_t owner;
  UBaseType_t depth;
#if configSUPPORT_STATIC_ALLOCATION
  StaticSemaphore_t memory;
#endif
} sys_mutex_t;

typedef struct {
  QueueHandle_t handle;
#if configSUPPORT_STATIC_ALLOCATION
  StaticQueue_t memory;
  uint8_t *storage;
#endif
} sys_mbox_t;

typedef TaskHandle_t sys_thread_t;
typedef UBaseType_t sys_prot_t;

#define sys_sem_valid(sem) ((sem)->handle != NULL)
#define sys_sem_set_invalid(sem) ((sem)->handle = NULL)
#define sys_mutex_valid(mutex) ((mutex)->handle != NULL)
#define sys_mutex_set_invalid(mutex) ((mutex)->handle = NULL)
#define sys_mbox_valid(mbox) ((mbox)->handle != NULL)
#define sys_mbox_set_invalid(mbox) ((mbox)->handle = NULL)

#ifdef __cplusplus
extern "C" {
#endif

/* What the checks of LWIP_X_CORE_GUARD ask. */
#define LWIP_X_THREAD_T TaskHandle_t
#define LWIP_X_THREAD_SELF() lwip_x_thread_self()
#define LWIP_X_MUTEX_HELD(mutex) (LWIP_X_OWNER_GET((mutex)->owner) == lwip_x_thread_self())
/** Never NULL: before the first task, and in interrupts, a value that is no task. */
TaskHandle_t lwip_x_thread_self(void);

/* LWIP_NETCONN_SEM_PER_THREAD: made when it is first asked for; NULL: no memory. */
#define LWIP_NETCONN_THREAD_SEM_GET() lwip_x_thread_sem()
#define LWIP_NETCONN_THREAD_SEM_ALLOC() ((void)lwip_x_thread_sem())
#define LWIP_NETCONN_THREAD_SEM_FREE() lwip_x_thread_sem_free()
sys_sem_t *lwip_x_thread_sem(void);
void lwip_x_thread_sem_free(void);

/* For LWIP_ASSERT_CORE_LOCKED(), LWIP_MARK_TCPIP_THREAD(), LOCK_TCPIP_CORE() and UNLOCK_TCPIP_CORE() in lwipopts.h. */
void sys_check_core_locking(void);
void sys_mark_tcpip_thread(void);
void sys_lock_tcpip_core(void);
void sys_unlock_tcpip_core(void);

#ifdef __cplusplus
}
#endif

#endif
