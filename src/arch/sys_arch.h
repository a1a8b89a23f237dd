/**
 * Types of the operating system for NO_SYS 0, when the program brings no arch/sys_arch.h: those of the port chosen by
 * LWIP_X_PORT_FREERTOS or LWIP_X_PORT_CMSIS_RTOS2, else opaque pointers, which ports/unix fills.
 * With NO_SYS 1 nobody includes this page.
 */
#ifndef LWIP_ARCH_SYS_ARCH_H
#define LWIP_ARCH_SYS_ARCH_H

#include "lwip/opt.h"

#if LWIP_X_PORT_FREERTOS
#include "arch/x_freertos.h"
#elif LWIP_X_PORT_CMSIS_RTOS2
#include "arch/x_cmsis_rtos2.h"
#else

#include <stddef.h>
#include <stdint.h>

struct lwip_x_sem;
struct lwip_x_mutex;
struct lwip_x_mbox;

typedef struct lwip_x_sem *sys_sem_t;
typedef struct lwip_x_mutex *sys_mutex_t;
typedef struct lwip_x_mbox *sys_mbox_t;
typedef void *sys_thread_t;
typedef uint32_t sys_prot_t;

#define sys_sem_valid(sem) (*(sem) != NULL)
#define sys_sem_set_invalid(sem) (*(sem) = NULL)
#define sys_mutex_valid(mutex) (*(mutex) != NULL)
#define sys_mutex_set_invalid(mutex) (*(mutex) = NULL)
#define sys_mbox_valid(mbox) (*(mbox) != NULL)
#define sys_mbox_set_invalid(mbox) (*(mbox) = NULL)

#ifdef __cplusplus
extern "C" {
#endif

/* What the checks of LWIP_X_CORE_GUARD ask: which thread runs, and whether it holds a mutex. */
typedef const void *lwip_x_thread_t;
#define LWIP_X_THREAD_T lwip_x_thread_t
#define LWIP_X_THREAD_SELF() lwip_x_thread_self()
#define LWIP_X_MUTEX_HELD(mutex) lwip_x_mutex_held(mutex)
lwip_x_thread_t lwip_x_thread_self(void);
int lwip_x_mutex_held(const sys_mutex_t *mutex);

/* LWIP_NETCONN_SEM_PER_THREAD: the semaphore of the thread, made when it is first asked for; NULL: no memory. */
#define LWIP_NETCONN_THREAD_SEM_GET() lwip_x_thread_sem()
#define LWIP_NETCONN_THREAD_SEM_ALLOC() ((void)lwip_x_thread_sem())
#define LWIP_NETCONN_THREAD_SEM_FREE() lwip_x_thread_sem_free()
sys_sem_t *lwip_x_thread_sem(void);
void lwip_x_thread_sem_free(void);

#ifdef __cplusplus
}
#endif

#endif

#endif
