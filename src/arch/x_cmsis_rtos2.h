/**
 * Types of the port to CMSIS-RTOS2 (LWIP_X_PORT_CMSIS_RTOS2): RTX5, FreeRTOS behind ST's or Arm's wrapper, ThreadX behind
 * ST's, and others.
 *
 * Options:
 *   LWIP_CMSIS_OS2_SEM_CB_SIZE, _MUTEX_CB_SIZE, _MQ_CB_SIZE (0)  octets of the kernel's control blocks (osRtxSemaphoreCbSize,
 *                                 sizeof(StaticSemaphore_t), ...): then each object carries its own memory and must not be
 *                                 copied.  0: the kernel gives it
 *   LWIP_X_IRQ_SAVE(), LWIP_X_IRQ_RESTORE(saved)  mask interrupts and undo it; known on Cortex-M (PRIMASK)
 *   LWIP_X_CONTEXT()              not 0 in an interrupt; known on Cortex-M
 *   LWIP_X_THREAD_STACKSIZE (3072), LWIP_X_MBOX_SIZE (16)  what 0 stands for
 */
#ifndef LWIP_ARCH_X_CMSIS_RTOS2_H
#define LWIP_ARCH_X_CMSIS_RTOS2_H

#include "cmsis_os2.h"
#include "arch/x_owner.h"
#include <stddef.h>
#include <stdint.h>

#ifndef LWIP_CMSIS_OS2_SEM_CB_SIZE
#define LWIP_CMSIS_OS2_SEM_CB_SIZE 0
#endif
#ifndef LWIP_CMSIS_OS2_MUTEX_CB_SIZE
#define LWIP_CMSIS_OS2_MUTEX_CB_SIZE 0
#endif
#ifndef LWIP_CMSIS_OS2_MQ_CB_SIZE
#define LWIP_CMSIS_OS2_MQ_CB_SIZE 0
#endif

typedef struct {
  osSemaphoreId_t id;
#if LWIP_CMSIS_OS2_SEM_CB_SIZE
  uint64_t memory[(LWIP_CMSIS_OS2_SEM_CB_SIZE + 7) / 8];
#endif
} sys_sem_t;

typedef struct {
  osMutexId_t id;
  osThreadId_t owner;
  uint32_t depth;
#if LWIP_CMSIS_OS2_MUTEX_CB_SIZE
  uint64_t memory[(LWIP_CMSIS_OS2_MUTEX_CB_SIZE + 7) / 8];
#endif
} sys_mutex_t;

typedef struct {
  osMessageQueueId_t id;
#if LWIP_CMSIS_OS2_MQ_CB_SIZE
  uint64_t memory[(LWIP_CMSIS_OS2_MQ_CB_SIZE + 7) / 8];
#endif
} sys_mbox_t;

typedef osThreadId_t sys_thread_t;
typedef uint32_t sys_prot_t;

#define sys_sem_valid(sem) ((sem)->id != NULL)
#define sys_sem_set_invalid(sem) ((sem)->id = NULL)
#define sys_mutex_valid(mutex) ((mutex)->id != NULL)
#define sys_mutex_set_invalid(mutex) ((mutex)->id = NULL)
#define sys_mbox_valid(mbox) ((mbox)->id != NULL)
#define sys_mbox_set_invalid(mbox) ((mbox)->id = NULL)

#ifdef __cplusplus
extern "C" {
#endif

/* What the checks of LWIP_X_CORE_GUARD ask. */
#define LWIP_X_THREAD_T osThreadId_t
#define LWIP_X_THREAD_SELF() lwip_x_thread_self()
#define LWIP_X_MUTEX_HELD(mutex) (LWIP_X_OWNER_GET((mutex)->owner) == lwip_x_thread_self())
/** Never NULL: before the kernel runs, and in interrupts, a value that is no thread. */
osThreadId_t lwip_x_thread_self(void);

/* LWIP_NETCONN_SEM_PER_THREAD: made when it is first asked for; NULL: no memory. */
#define LWIP_NETCONN_THREAD_SEM_GET() lwip_x_thread_sem()
#define LWIP_NETCONN_THREAD_SEM_ALLOC() ((void)lwip_x_thread_sem())
#define LWIP_NETCONN_THREAD_SEM_FREE() lwip_x_thread_sem_free()
sys_sem_t *lwip_x_thread_sem(void);
void lwip_x_thread_sem_free(void);

#ifdef __cplusplus
}
#endif

#endif
