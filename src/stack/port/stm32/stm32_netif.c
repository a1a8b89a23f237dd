/** The driver as an interface: init, output, poll, interrupt. */
#include "stm32_eth_state.h"

#if LWIP_X_STM32_ETH

#include "lwip/etharp.h"
#include "lwip/ethip6.h"
#include "lwip/snmp.h"
#include "stm32_filter.h"
#include "stm32_link.h"
#include "stm32_mac.h"
#include "stm32_mpu.h"
#include "stm32_offload.h"
#include "stm32_pool.h"
#include "stm32_rx.h"
#include "stm32_thread.h"
#include "stm32_tx.h"
#include "../../base/core.h"

#if LWIP_X_STM32_ETH_FAMILY == 0
#error "Which STM32 is it?  Set LWIP_X_STM32_ETH_FAMILY to STM32_ETH_F1, _F2, _F4, _F7, _H5, _H7, _H7RS or _N6"
#endif

#define HCLK_MIN_HZ 20000000u
#define MTU 1500u

struct stm32_eth_state stm32_eth_state;
struct stm32_eth_counters stm32_eth_counters;

#if LWIP_X_STM32_ETH_HANDLER == 2
static void (*handler)(void); /* what the vector table must not drag into every program */
#define handler_set(f) (handler = (f))
#else
#define handler_set(f) (void)(f)
#endif

static err_t output(struct netif *nif, struct pbuf *p)
{
  LWIP_UNUSED_ARG(nif);
  if (!stm32_link_runs() || stm32_eth_state.asleep) {
    return ERR_IF;
  }
  MIB2_STATS_NETIF_ADD(nif, ifoutoctets, p->tot_len);
  return stm32_tx_send(p);
}

static void set_address(struct netif *nif, const struct stm32_eth_config *config)
{
  static const u8_t none[NETIF_MAX_HWADDR_LEN];

  nif->hwaddr_len = 6;
  memcpy(nif->hwaddr, config->mac, 6);
  if (memcmp(config->mac, none, 6) == 0) {
    stm32_mac_default_address(nif->hwaddr);
  }
}

static void fill_in(struct netif *nif, const struct stm32_eth_config *config)
{
  nif->name[0] = 's';
  nif->name[1] = 't';
  nif->mtu = MTU;
  nif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET;
  nif->linkoutput = output;
#if LWIP_IPV4
  nif->output = etharp_output;
#endif
#if LWIP_IPV6
  nif->output_ip6 = ethip6_output;
#endif
#if LWIP_X_STM32_ETH_CHECKSUMS
  NETIF_SET_CHECKSUM_CTRL(nif, STM32_SOFTWARE_SUMS);
#endif
  MIB2_INIT_NETIF(nif, snmp_ifType_ethernet_csmacd, 0);
  set_address(nif, config);
}

err_t stm32_eth_init(struct netif *nif)
{
  const struct stm32_eth_config *config = (const struct stm32_eth_config *)nif->state;

  if (config == NULL || config->hclk_hz < HCLK_MIN_HZ || config->mode > STM32_ETH_100FD) {
    return ERR_ARG;
  }
  if (stm32_eth_state.nif != NULL) {
    return ERR_ISCONN;
  }
  if (!stm32_dma_reaches(&stm32_rings, sizeof stm32_rings) || !stm32_pool_init()) {
    return ERR_BUF;
  }
  memset(&stm32_eth_state, 0, sizeof stm32_eth_state);
  stm32_eth_state.nif = nif;
  stm32_eth_state.config = config;
  fill_in(nif, config);
  handler_set(stm32_eth_irq);
  stm32_filter_attach(nif);
  stm32_mpu_setup();
  stm32_link_start();
  return ERR_OK;
}

void stm32_eth_deinit(struct netif *nif)
{
  if (nif != NULL && nif == stm32_eth_state.nif) {
    stm32_link_stop();
    netif_set_link_down(nif);
    stm32_eth_state.nif = NULL;
    stm32_eth_state.ready = false;
  }
}

/** What the interrupt has noted besides frames. */
static void follow_events(void)
{
  if (stm32_eth_state.fatal) {
    stm32_eth_state.fatal = 0;
    stm32_eth_counters.bus_errors++;
    stm32_link_recover();
  }
  if (stm32_eth_state.phy_event) {
    stm32_eth_state.phy_event = 0;
    stm32_link_hurry();
  }
}

static bool poll_rings(struct netif *nif)
{
  bool more;

  stm32_eth_state.work = 0;
  stm32_tx_reclaim();
  more = stm32_rx_take(nif, LWIP_X_STM32_ETH_RX_BUDGET);
  if (stm32_eth_state.starved) {
    stm32_eth_state.starved = 0;
    stm32_rx_kick(); /* it may have found the gap just before that was filled */
  }
  if (more) {
    stm32_eth_state.work = 1;
  } else if (stm32_link_runs()) {
    stm32_mac_irq_enable(true); /* what came meanwhile interrupts at once */
  }
  return more;
}

bool stm32_eth_poll(struct netif *nif)
{
  bool more = true;

  if (nif != stm32_eth_state.nif || stm32_eth_state.asleep) {
    return false;
  }
  if (core_enter()) {
    follow_events();
    more = stm32_link_runs() && poll_rings(nif);
    core_leave();
  }
  return more;
}

bool stm32_eth_pending(void)
{
  return (stm32_eth_state.work | stm32_eth_state.fatal | stm32_eth_state.phy_event) != 0;
}

static void call_for_work(void)
{
  if (stm32_eth_state.config != NULL && stm32_eth_state.config->work != NULL) {
    stm32_eth_state.config->work();
  }
  stm32_thread_wake();
}

/** Until stm32_eth_poll() has done the work it is not interrupted by more. */
void stm32_eth_irq(void)
{
  const u8_t events = stm32_mac_irq_take();

  stm32_dmb(); /* what the DMA has written before it called is seen from now on */
  if ((events & STM32_EV_FATAL) != 0) {
    stm32_eth_state.fatal = 1;
    stm32_mac_irq_disable();
  } else {
    stm32_mac_irq_enable(false);
  }
  if ((events & STM32_EV_STARVED) != 0) {
    stm32_eth_state.starved = 1;
  }
  stm32_eth_state.work = 1;
  call_for_work();
}

#if LWIP_X_STM32_ETH_HANDLER == 2
void ETH_IRQHandler(void);
__attribute__((weak)) void ETH_IRQHandler(void)
{
  if (handler != NULL) {
    handler();
  }
}
#elif LWIP_X_STM32_ETH_HANDLER
void ETH_IRQHandler(void);
void ETH_IRQHandler(void)
{
  stm32_eth_irq();
}
#endif

void stm32_eth_phy_irq(void)
{
  stm32_eth_state.phy_event = 1;
  call_for_work();
}

void stm32_eth_promiscuous(bool all)
{
  stm32_eth_state.promiscuous = all;
  if (stm32_eth_state.ready) {
    stm32_mac_filter(all);
  }
}

void stm32_eth_sleep(bool unicast)
{
  if (stm32_eth_state.nif != NULL && !stm32_eth_state.asleep) {
    stm32_eth_state.asleep = true;
    stm32_link_sleep(unicast);
  }
}

bool stm32_eth_wake(void)
{
  if (stm32_eth_state.nif == NULL || !stm32_eth_state.asleep) {
    return false;
  }
  stm32_eth_state.asleep = false;
  return stm32_link_wake();
}

#endif
