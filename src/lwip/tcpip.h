/**
 * The stack's own thread (NO_SYS 0): start it, hand packets to it, have it call functions.
 */
#ifndef LWIP_HDR_TCPIP_H
#define LWIP_HDR_TCPIP_H

#include "lwip/opt.h"

#if !NO_SYS

#include "lwip/err.h"
#include "lwip/timeouts.h"
#include "lwip/netif.h"
#include "lwip/sys.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The core lock: who holds it may call the raw API from any thread.  It may be taken again by who has it. */
#if LWIP_TCPIP_CORE_LOCKING
extern sys_mutex_t lock_tcpip_core;
#ifndef LOCK_TCPIP_CORE
#define LOCK_TCPIP_CORE() sys_mutex_lock(&lock_tcpip_core)
#define UNLOCK_TCPIP_CORE() lwip_x_core_unlock()
#endif
/** Let go of the core, and wake the stack's thread if a timer is due earlier than it knows. */
void lwip_x_core_unlock(void);
#else
#define LOCK_TCPIP_CORE()
#define UNLOCK_TCPIP_CORE()
#endif

struct pbuf;
struct netif;

/** Called in the stack's thread once the stack runs. */
typedef void (*tcpip_init_done_fn)(void *arg);
/** Called in the stack's thread. */
typedef void (*tcpip_callback_fn)(void *ctx);

/** A message that is used again and again, made by tcpip_callbackmsg_new(). */
struct tcpip_callback_msg;

/** Start the stack and its thread.  @p tcpip_init_done may be NULL. */
void tcpip_init(tcpip_init_done_fn tcpip_init_done, void *arg);

/** Hand @p p, received by @p inp, to @p input_fn in the stack's thread.  @retval ERR_MEM the caller keeps @p p */
err_t tcpip_inpkt(struct pbuf *p, struct netif *inp, netif_input_fn input_fn);
/** The same for ethernet_input() or ip_input(), by the netif's flags: what drivers pass to netif_add(). */
err_t tcpip_input(struct pbuf *p, struct netif *inp);

/** Call @p function there, waiting for room in the mailbox. */
err_t tcpip_callback(tcpip_callback_fn function, void *ctx);
/** The same without waiting.  @retval ERR_MEM no room */
err_t tcpip_try_callback(tcpip_callback_fn function, void *ctx);
/** The older name of both. */
#define tcpip_callback_with_block(function, ctx, block) \
  ((block != 0) ? tcpip_callback(function, ctx) : tcpip_try_callback(function, ctx))

/** Make a message, once, that an interrupt may send. */
struct tcpip_callback_msg *tcpip_callbackmsg_new(tcpip_callback_fn function, void *ctx);
void tcpip_callbackmsg_delete(struct tcpip_callback_msg *msg);
err_t tcpip_callbackmsg_trycallback(struct tcpip_callback_msg *msg);
err_t tcpip_callbackmsg_trycallback_fromisr(struct tcpip_callback_msg *msg);

/** pbuf_free() and mem_free() there. */
err_t pbuf_free_callback(struct pbuf *p);
err_t mem_free_callback(void *m);

#if LWIP_TCPIP_TIMEOUT && LWIP_TIMERS
/** sys_timeout() and sys_untimeout() there. */
err_t tcpip_timeout(u32_t msecs, sys_timeout_handler h, void *arg);
err_t tcpip_untimeout(sys_timeout_handler h, void *arg);
#endif

#ifdef TCPIP_THREAD_TEST
/** Take one message, for tests without threads.  @return 0: none */
int tcpip_thread_poll_one(void);
#endif

#ifdef __cplusplus
}
#endif

#endif
#endif
