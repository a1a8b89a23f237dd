/** The names programs made by STM32CubeMX call: those of its ethernetif.c. */
#include "stm32_eth_state.h"
#include "stm32_thread.h"

#if LWIP_X_STM32_ETH && LWIP_X_STM32_ETH_CUBE

static err_t bring_up(struct netif *nif)
{
  if (nif->state == NULL) {
    nif->state = (void *)(uintptr_t)stm32_eth_board();
  }
  return stm32_eth_init(nif);
}

#if NO_SYS

err_t ethernetif_init(struct netif *nif)
{
  return bring_up(nif);
}

void ethernetif_input(struct netif *nif)
{
  while (stm32_eth_poll(nif)) {
    continue;
  }
}

#else

err_t ethernetif_init(struct netif *nif)
{
  const err_t err = bring_up(nif);

  return err == ERR_OK ? stm32_thread_start() : err;
}

void ethernetif_input(void *argument)
{
  LWIP_UNUSED_ARG(argument);
}

#endif

void ethernet_link_check_state(struct netif *nif)
{
  if (nif == stm32_eth_state.nif && stm32_eth_link() == STM32_ETH_AUTO) {
    stm32_eth_phy_irq();
  }
}

#endif
