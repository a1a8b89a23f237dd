/**
 * Types of the operating system for NO_SYS 0, when no port brings its own arch/sys_arch.h: opaque pointers.
 * With NO_SYS 1 nobody includes this page.
 */
#ifndef LWIP_ARCH_SYS_ARCH_H
#define LWIP_ARCH_SYS_ARCH_H

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

#endif
