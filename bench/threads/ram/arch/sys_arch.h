/** Handles, as most kernels have them; what is behind them is counted apart. */
#ifndef BENCH_THREADS_RAM_SYS_ARCH_H
#define BENCH_THREADS_RAM_SYS_ARCH_H

typedef void *sys_sem_t;
typedef void *sys_mutex_t;
typedef void *sys_mbox_t;
typedef void *sys_thread_t;
typedef unsigned long sys_prot_t;
#define sys_sem_valid(s) (*(s) != 0)
#define sys_sem_set_invalid(s) (*(s) = 0)
#define sys_mutex_valid(s) (*(s) != 0)
#define sys_mutex_set_invalid(s) (*(s) = 0)
#define sys_mbox_valid(s) (*(s) != 0)
#define sys_mbox_set_invalid(s) (*(s) = 0)
#define LWIP_NETCONN_THREAD_SEM_GET() ((sys_sem_t *)0)
#define LWIP_NETCONN_THREAD_SEM_ALLOC()
#define LWIP_NETCONN_THREAD_SEM_FREE()

#endif
