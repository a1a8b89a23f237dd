/**
 * The receive thread: it sleeps on a mailbox into which the interrupt posts, and works with the core locked, so that the
 * driver has one context here, too.  Made of the functions of lwip/sys.h only: it runs with every port's sys_arch.
 */
#include "stm32_thread.h"

#if LWIP_X_STM32_ETH && !NO_SYS

#include "lwip/sys.h"
#include "lwip/tcpip.h"
#include "stm32_eth_state.h"

#if !LWIP_TCPIP_CORE_LOCKING
#error "The receive thread of STM32 works with the core locked: set LWIP_TCPIP_CORE_LOCKING to 1"
#endif

static sys_mbox_t mbox;

/** Whichever interface there is now: it may not be the one there was at the start. */
static bool poll(void)
{
  bool more;

  LOCK_TCPIP_CORE();
  more = stm32_eth_state.nif != NULL && stm32_eth_poll(stm32_eth_state.nif);
  UNLOCK_TCPIP_CORE();
  return more;
}

/** Polls before it waits: what came before there was a mailbox is not posted, and interrupts no more until it is done. */
static void run(void *arg)
{
  void *msg;

  LWIP_UNUSED_ARG(arg);
  for (;;) {
    while (poll()) {}
    (void)sys_arch_mbox_fetch(&mbox, &msg, 0);
  }
}

err_t stm32_thread_start(void)
{
  if (sys_mbox_valid(&mbox)) {
    return ERR_OK;
  }
  if (sys_mbox_new(&mbox, 1) != ERR_OK) {
    return ERR_MEM;
  }
  (void)sys_thread_new("stm32_eth", run, NULL, LWIP_X_STM32_ETH_THREAD_STACK, LWIP_X_STM32_ETH_THREAD_PRIO);
  return ERR_OK;
}

/** Full is as good as posted. */
void stm32_thread_wake(void)
{
  if (sys_mbox_valid(&mbox) && sys_mbox_trypost_fromisr(&mbox, &mbox) == LWIP_X_STM32_ETH_NEED_SCHED) {
    LWIP_X_STM32_ETH_YIELD();
  }
}

#endif
