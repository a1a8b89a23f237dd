/**
 * The receive thread: it sleeps on a mailbox into which the interrupt posts, and works with the core locked, so that the
 * driver has one context here, too.  Made of the functions of lwip/sys.h only: it runs with every port's sys_arch.
 */
#include "stm32_thread.h"

#if LWIP_X_STM32_ETH && !NO_SYS

#include "lwip/sys.h"
#include "lwip/tcpip.h"

#if !LWIP_TCPIP_CORE_LOCKING
#error "The receive thread of STM32 works with the core locked: set LWIP_TCPIP_CORE_LOCKING to 1"
#endif

static sys_mbox_t mbox;

static void run(void *arg)
{
  struct netif *nif = (struct netif *)arg;
  bool more;
  void *msg;

  for (;;) {
    (void)sys_arch_mbox_fetch(&mbox, &msg, 0);
    do {
      LOCK_TCPIP_CORE();
      more = stm32_eth_poll(nif);
      UNLOCK_TCPIP_CORE();
    } while (more);
  }
}

err_t stm32_thread_start(struct netif *nif)
{
  if (sys_mbox_valid(&mbox)) {
    return ERR_OK;
  }
  if (sys_mbox_new(&mbox, 1) != ERR_OK) {
    return ERR_MEM;
  }
  (void)sys_thread_new("stm32_eth", run, nif, LWIP_X_STM32_ETH_THREAD_STACK, LWIP_X_STM32_ETH_THREAD_PRIO);
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
