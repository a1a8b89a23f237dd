/**
 * The twin as a node's interface.  Its time is the node's, and goes on beside it while the hardware has something to do: a
 * frame takes no time of the node's here, its time is the link's business.
 */
#include "node_twin.h"
#include "../twin/twin.h"
#include "lwip/sys.h"
#include "netif/stm32_eth.h"
#include "test_port.h"
#include <string.h>

enum { HCLK_HZ = 168000000, STEP_US = 20, STEPS_MAX = 20000, TRIES = 50 };

static struct stm32_eth_config board;
static struct netif *interface;
static u32_t last_ms;
static bool inside;

static void in_irq(void)
{
  const int before = test_context;

  test_context = 1;
  stm32_eth_irq();
  test_context = before;
}

static void has_sent(const uint8_t *octets, size_t len)
{
  if (len > SIM_FRAME_MAX) {
    node_fail("a frame over the MTU");
    return;
  }
  node_host->transmit(node_config.number, 0, octets, len);
}

err_t node_twin_setup(struct netif *nif, const struct sim_iface *iface)
{
  err_t err;

  twin_init(node_config.rand_seed, HCLK_HZ);
  phy_init(PHY_LAN8742, 0);
  twin_mem_init(LWIP_X_STM32_ETH_DCACHE);
  twin.irq = in_irq;
  twin.interrupts = true;
  twin.sent = has_sent;
  last_ms = sys_now();
  board.hclk_hz = HCLK_HZ;
  board.phy = STM32_ETH_PHY_FIND;
  memcpy(board.mac, iface->mac, 6);
  nif->state = &board;
  interface = nif;
  err = stm32_eth_init(nif);
  nif->mtu = iface->mtu;
  return err;
}

static bool is_busy(void)
{
  return !mac_idle() || stm32_eth_pending() || twin_irq_line();
}

void node_twin_settle(void)
{
  const u32_t passed_ms = sys_now() - last_ms;
  unsigned steps = 0;

  if (inside) {
    return;
  }
  inside = true;
  last_ms += passed_ms;
  twin_pass_us((uint64_t)passed_ms * 1000);
  do {
    twin_pass_us(STEP_US);
    (void)stm32_eth_poll(interface);
  } while (is_busy() && ++steps < STEPS_MAX);
  if (steps == STEPS_MAX) {
    node_fail("the twin does not come to rest");
  }
  inside = false;
}

/** Without a link, or if the MAC has no room for a while, the frame is lost: links are bad here. */
void node_twin_input(const uint8_t *frame, size_t len)
{
  static struct twin_frame f;
  unsigned tries = 0;

  f.len = (uint16_t)(len < 60 ? 60 : len);
  memset(f.octets, 0, 60);
  memcpy(f.octets, frame, len);
  node_twin_settle();
  while (!twin_receive(&f) && ++tries < TRIES) {
    node_twin_settle();
  }
  node_twin_settle();
}
