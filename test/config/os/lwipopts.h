/**
 * Everything that is built, with threads: the options of the tests of sys_arch, the stack's thread, netconns and sockets.
 * The port is ports/unix, or one of src/stack/port.  TEST_OS_MESSAGES: without the core lock; TEST_OS_SEM_PER_CONN: a semaphore in each netconn.
 */
#ifndef TEST_CONFIG_OS_LWIPOPTS_H
#define TEST_CONFIG_OS_LWIPOPTS_H

#define NO_SYS 0

/* The RTOS ports run over the stand-ins of test/rtos; TEST_NOT_CORTEX_M: critical sections as on other machines. */
#if defined LWIP_X_PORT_FREERTOS || defined LWIP_X_PORT_CMSIS_RTOS2
#include <stdint.h>
unsigned sim_context(void);
uint32_t sim_irq_save(void);
void sim_irq_restore(uint32_t was);
#define LWIP_X_CONTEXT() sim_context()
#ifndef TEST_NOT_CORTEX_M
#define LWIP_X_IRQ_SAVE() sim_irq_save()
#define LWIP_X_IRQ_RESTORE(was) sim_irq_restore(was)
#endif
#endif

#define LWIP_X_ALLOC_FAIL() test_alloc_fails()
#include "../full/lwipopts.h"

#undef SYS_LIGHTWEIGHT_PROT
#undef LWIP_NETCONN
#undef LWIP_SOCKET
#define SYS_LIGHTWEIGHT_PROT 1
#define LWIP_NETCONN 1
#ifdef TEST_OS_NO_SOCKET
#define LWIP_SOCKET 0
#else
#define LWIP_SOCKET 1
#endif
#define LWIP_COMPAT_SOCKETS 0
#define LWIP_NETIF_API 1
#define LWIP_TCPIP_TIMEOUT 1

#ifdef TEST_OS_MESSAGES
#define LWIP_TCPIP_CORE_LOCKING 0
#else
#define LWIP_TCPIP_CORE_LOCKING 1
#endif
#ifdef TEST_OS_SEM_PER_CONN
#define LWIP_NETCONN_SEM_PER_THREAD 0
#else
#define LWIP_NETCONN_SEM_PER_THREAD 1
#endif

#define LWIP_SO_SNDTIMEO 1
#define LWIP_SO_RCVTIMEO 1
#define LWIP_SO_RCVBUF 1
#define LWIP_SO_LINGER 1
#define LWIP_NETBUF_RECVINFO 1

#define MEMP_NUM_NETCONN 64
#define MEMP_NUM_NETBUF 64
#define MEMP_NUM_TCPIP_MSG_API 32
#define MEMP_NUM_TCPIP_MSG_INPKT 64
#define DEFAULT_UDP_RECVMBOX_SIZE 32
#define DEFAULT_RAW_RECVMBOX_SIZE 32

#endif
