/**
 * The MAC of F107, F2, F4 and F7.
 *
 * Registers of the MAC's own clock domain (and DMABMR, DMAOMR) lose a write that follows another one too soon: values are
 * composed first and written once, through stm32_mac_wr(), which waits.
 */
#include "stm32_mac.h"

#if LWIP_X_STM32_ETH && LWIP_X_STM32_ETH_FAMILY <= STM32_ETH_F7

#include "stm32_eth_state.h"
#include "stm32_regs_v1.h"

/** How often to look, SPIN_US apart, whether the DMA has stopped: one frame at 10 Mbit/s takes 1.3 ms. */
#define STOP_TURNS 150u
#define SPIN_US 10u

#if LWIP_X_STM32_ETH_FAMILY == STM32_ETH_F1
#define BUS_MODE V1_DMABMR_CONF
#else
#define BUS_MODE (V1_DMABMR_CONF | V1_DMABMR_EDE)
#endif
#define OPERATION (V1_DMAOMR_DTCEFD | V1_DMAOMR_RSF | V1_DMAOMR_TSF | V1_DMAOMR_OSF)
#define IRQ_FATAL (V1_DMASR_AIS | V1_DMASR_FBES)
#define IRQ_WORK (V1_DMASR_NIS | V1_DMASR_RS | V1_DMASR_TS | V1_DMASR_RBUS)

void stm32_mac_reset(void)
{
  stm32_wr(V1_DMABMR, V1_DMABMR_SR);
}

bool stm32_mac_is_reset(void)
{
  return (stm32_rd(V1_DMABMR) & V1_DMABMR_SR) == 0;
}

void stm32_mac_setup(void)
{
  stm32_mac_wr(V1_DMABMR, BUS_MODE);
  stm32_wr(V1_DMAIER, 0);
  stm32_wr(V1_MACIMR, V1_MACIMR_ALL);
  stm32_wr(V1_MMCRIMR, V1_MMCRIMR_ALL);
  stm32_wr(V1_MMCTIMR, V1_MMCTIMR_ALL);
  stm32_mac_wr(V1_DMAOMR, OPERATION);
  stm32_mac_filter(stm32_eth_state.promiscuous);
}

static u32_t mac_control(enum stm32_eth_mode mode)
{
  const bool fast = mode == STM32_ETH_100HD || mode == STM32_ETH_100FD;
  const bool full = mode == STM32_ETH_10FD || mode == STM32_ETH_100FD;

  return V1_MACCR_KEEP | (fast ? V1_MACCR_100 : 0) | (full ? V1_MACCR_FD : V1_MACCR_ROD) |
         (LWIP_X_STM32_ETH_CHECKSUMS ? V1_MACCR_IPCO : 0);
}

void stm32_mac_start(enum stm32_eth_mode mode, bool pause)
{
  stm32_wr(V1_DMARDLAR, stm32_bus(stm32_rings.rx));
  stm32_wr(V1_DMATDLAR, stm32_bus(stm32_rings.tx));
  stm32_wr(V1_DMASR, V1_DMASR_W1C);
  stm32_mac_wr(V1_MACFCR, V1_MACFCR_ZQPD | (pause ? V1_MACFCR_PAUSE | V1_MACFCR_RFCE | V1_MACFCR_TFCE : 0));
  stm32_dsb();
  stm32_mac_wr(V1_DMAOMR, OPERATION | V1_DMAOMR_ST | V1_DMAOMR_SR);
  stm32_mac_wr(V1_MACCR, mac_control(mode) | V1_MACCR_TE | V1_MACCR_RE);
}

static bool is_stopped(void)
{
  const u32_t status = stm32_rd(V1_DMASR);

  return V1_DMASR_RPS(status) == V1_PS_STOPPED && V1_DMASR_TPS(status) == V1_PS_STOPPED;
}

/** Empty the transmit FIFO; only while nothing moves in it, for at one moment a flush locks the MAC up (errata). */
static bool flush(void)
{
#if LWIP_X_STM32_ETH_FAMILY != STM32_ETH_F1
  if ((stm32_rd(V1_MACDBGR) & V1_DBG_TX_BUSY) != 0) {
    return false;
  }
#endif
  stm32_mac_wr(V1_DMAOMR, OPERATION | V1_DMAOMR_FTF);
  return (stm32_rd(V1_DMAOMR) & V1_DMAOMR_FTF) == 0;
}

bool stm32_mac_stop(void)
{
  const u32_t hclk_hz = stm32_eth_state.config->hclk_hz;
  unsigned turns = STOP_TURNS;

  stm32_mac_wr(V1_DMAOMR, OPERATION);
  while (!is_stopped() && --turns > 0) {
    stm32_spin_us(SPIN_US, hclk_hz);
  }
  stm32_mac_wr(V1_MACCR, stm32_rd(V1_MACCR) & ~(V1_MACCR_TE | V1_MACCR_RE));
  return turns > 0 && flush();
}

void stm32_mac_rx_kick(unsigned i)
{
  LWIP_UNUSED_ARG(i);
  stm32_desc_kick(V1_DMASR, V1_DMASR_RBUS);
  stm32_wr(V1_DMARPDR, 1);
}

void stm32_mac_tx_kick(unsigned i)
{
  LWIP_UNUSED_ARG(i);
  stm32_desc_kick(V1_DMASR, V1_DMASR_TBUS);
  stm32_wr(V1_DMATPDR, 1);
}

bool stm32_mac_rx_halted(void)
{
  const u32_t state = V1_DMASR_RPS(stm32_rd(V1_DMASR));

  return state == V1_RPS_SUSPENDED || state == V1_PS_STOPPED;
}

bool stm32_mac_tx_halted(void)
{
  const u32_t state = V1_DMASR_TPS(stm32_rd(V1_DMASR));

  return state == V1_TPS_SUSPENDED || state == V1_PS_STOPPED;
}

u8_t stm32_mac_irq_take(void)
{
  const u32_t status = stm32_rd(V1_DMASR);

  stm32_wr(V1_DMASR, status & V1_DMASR_W1C);
  return (u8_t)(((status & (V1_DMASR_RS | V1_DMASR_TS | V1_DMASR_RBUS)) != 0 ? STM32_EV_WORK : 0) |
                ((status & V1_DMASR_RBUS) != 0 ? STM32_EV_STARVED : 0) |
                ((status & V1_DMASR_FBES) != 0 ? STM32_EV_FATAL : 0));
}

void stm32_mac_irq_enable(bool work)
{
  stm32_wr(V1_DMAIER, IRQ_FATAL | (work ? IRQ_WORK : 0));
}

void stm32_mac_irq_disable(void)
{
  stm32_wr(V1_DMAIER, 0);
}

void stm32_mac_filter(bool all)
{
  stm32_mac_wr(V1_MACFFR, all ? V1_MACFFR_PM : V1_MACFFR_HPF | V1_MACFFR_HM);
}

#if LWIP_X_STM32_ETH_VLAN
void stm32_mac_vlan(u16_t vid)
{
  stm32_mac_wr(V1_MACVLANTR, V1_MACVLANTR_VID | vid);
}
#endif

u32_t stm32_mac_missed(void)
{
  return V1_MFC(stm32_rd(V1_DMAMFBOCR));
}

void stm32_mac_sleep(enum stm32_eth_mode mode, bool unicast)
{
  stm32_mac_wr(V1_MACPMTCSR, V1_PMT_MAGIC | (unicast ? V1_PMT_WAKE | V1_PMT_UNICAST : 0) | V1_PMT_PD);
  stm32_mac_wr(V1_MACCR, mac_control(mode) | V1_MACCR_RE);
}

bool stm32_mac_wake(void)
{
  const u32_t status = stm32_rd(V1_MACPMTCSR); /* reading clears what came */

  stm32_mac_wr(V1_MACPMTCSR, 0);
  return (status & (V1_PMT_MAGIC_CAME | V1_PMT_WAKE_CAME)) != 0;
}

#endif
