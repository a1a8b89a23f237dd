/** The MAC of H5, H7 and H7RS; N6 has the same with several queues, of which the first is used. */
#include "stm32_mac.h"

#if LWIP_X_STM32_ETH && LWIP_X_STM32_ETH_FAMILY > STM32_ETH_F7

#include "stm32_eth_state.h"
#include "stm32_regs_v2.h"
#include "stm32_vlan.h"

#define STOP_TURNS 150u
#define SPIN_US 10u

/** Octets between the end of a descriptor and the next one, in words of the bus. */
#if LWIP_X_STM32_ETH_FAMILY == STM32_ETH_N6
#define QUEUES 1
#define SKIP ((STM32_DESC_WORDS - 4) / 2)
#else
#define QUEUES 0
#define SKIP (STM32_DESC_WORDS - 4)
#endif

#define RX_QUEUE                                                                                               \
  (V2_MTLRQOMR_DIST | V2_MTLRQOMR_RSF | (LWIP_X_STM32_ETH_PAUSE ? V2_MTLRQOMR_EHFC | V2_MTLRQOMR_LEVELS : 0) | \
   (QUEUES ? V2_MTLRQOMR_QUEUE : 0))
#define TX_QUEUE (V2_MTLTQOMR_TSF | (QUEUES ? V2_MTLTQOMR_QUEUE : 0))
#define TX_CONTROL (V2_DMACTCR_PBL | V2_DMACTCR_OSP | (LWIP_X_STM32_ETH_TSO ? V2_DMACTCR_TSE : 0))
#define RX_CONTROL (V2_DMACRCR_PBL | V2_DMACRCR_RBSZ(STM32_BUF_SIZE))
#define IRQ_FATAL (V2_DMACSR_AIS | V2_DMACSR_FBE | V2_DMACSR_CDE)
#define IRQ_WORK (V2_DMACSR_NIS | V2_DMACSR_RI | V2_DMACSR_TI | V2_DMACSR_RBU)

void stm32_mac_reset(void)
{
  stm32_wr(V2_DMAMR, V2_DMAMR_SWR);
}

bool stm32_mac_is_reset(void)
{
  return (stm32_rd(V2_DMAMR) & V2_DMAMR_SWR) == 0;
}

static void setup_queues(void)
{
  if (QUEUES) {
    stm32_wr(V2_MACRXQC0R, V2_RXQ0_GENERIC);
  }
  stm32_wr(V2_MTLTQOMR, TX_QUEUE);
  stm32_wr(V2_MTLRQOMR, RX_QUEUE);
}

void stm32_mac_setup(void)
{
  stm32_wr(V2_MAC1USTCR, stm32_eth_state.config->hclk_hz / 1000000u - 1u);
  stm32_wr(V2_MACIER, 0);
  stm32_wr(V2_MMCRIMR, V2_MMCRIMR_ALL);
  stm32_wr(V2_MMCTIMR, V2_MMCTIMR_ALL);
  setup_queues();
  stm32_wr(V2_DMACIER, 0);
  stm32_wr(V2_DMASBMR, V2_DMASBMR_AAL | V2_DMASBMR_FB);
  stm32_wr(V2_DMACCR, V2_DMACCR_DSL(SKIP));
  stm32_mac_filter(stm32_eth_state.promiscuous);
}

static u32_t mac_control(enum stm32_eth_mode mode)
{
  const bool fast = mode == STM32_ETH_100HD || mode == STM32_ETH_100FD;
  const bool full = mode == STM32_ETH_10FD || mode == STM32_ETH_100FD;

  return V2_MACCR_KEEP | V2_MACCR_CST | V2_MACCR_ACS | (fast ? V2_MACCR_100 : 0) | (full ? V2_MACCR_FD : V2_MACCR_DO) |
         (LWIP_X_STM32_ETH_CHECKSUMS ? V2_MACCR_IPC : 0);
}

void stm32_mac_start(enum stm32_eth_mode mode, bool pause)
{
  stm32_wr(V2_DMACRDRLR, STM32_RX_DESCS - 1u);
  stm32_wr(V2_DMACTDRLR, STM32_TX_DESCS - 1u);
  stm32_wr(V2_DMACRDLAR, stm32_bus(stm32_rings.rx));
  stm32_wr(V2_DMACTDLAR, stm32_bus(stm32_rings.tx));
  stm32_wr(V2_DMACTDTPR, stm32_bus(stm32_rings.tx));
  stm32_wr(V2_DMACSR, V2_DMACSR_W1C);
  stm32_mac_wr(V2_MACTFCR, pause ? V2_MACTFCR_PAUSE | V2_MACTFCR_DZPQ | V2_MACTFCR_TFE : V2_MACTFCR_DZPQ);
  stm32_mac_wr(V2_MACRFCR, pause ? V2_MACRFCR_RFE : 0);
  stm32_dsb(); /* what the rings say is in memory before either DMA looks */
  stm32_wr(V2_DMACTCR, TX_CONTROL | V2_DMACTCR_ST);
  stm32_wr(V2_DMACRCR, RX_CONTROL | V2_DMACRCR_SR);
  stm32_mac_wr(V2_MACCR, mac_control(mode) | V2_MACCR_TE | V2_MACCR_RE);
}

static bool is_stopped(void)
{
  const u32_t state = stm32_rd(V2_DMADSR);

  return (V2_DMADSR_RPS(state) == V2_PS_STOPPED || V2_DMADSR_RPS(state) == V2_RPS_SUSPENDED) &&
         (V2_DMADSR_TPS(state) == V2_PS_STOPPED || V2_DMADSR_TPS(state) == V2_TPS_SUSPENDED);
}

static bool flush(void)
{
  unsigned turns = STOP_TURNS;

  stm32_wr(V2_MTLTQOMR, TX_QUEUE | V2_MTLTQOMR_FTQ);
  while ((stm32_rd(V2_MTLTQOMR) & V2_MTLTQOMR_FTQ) != 0 && --turns > 0) {
    stm32_spin_us(SPIN_US, stm32_eth_state.config->hclk_hz);
  }
  return turns > 0;
}

bool stm32_mac_stop(void)
{
  unsigned turns = STOP_TURNS;

  stm32_wr(V2_DMACTCR, TX_CONTROL);
  stm32_wr(V2_DMACRCR, RX_CONTROL);
  while (!is_stopped() && --turns > 0) {
    stm32_spin_us(SPIN_US, stm32_eth_state.config->hclk_hz);
  }
  stm32_mac_wr(V2_MACCR, stm32_rd(V2_MACCR) & ~(V2_MACCR_TE | V2_MACCR_RE));
  return turns > 0 && flush();
}

void stm32_mac_rx_kick(unsigned i)
{
  stm32_desc_kick(V2_DMACRDTPR, stm32_bus(&stm32_rings.rx[i]));
}

void stm32_mac_tx_kick(unsigned i)
{
  stm32_desc_kick(V2_DMACTDTPR, stm32_bus(&stm32_rings.tx[i]));
}

bool stm32_mac_rx_halted(void)
{
  const u32_t state = V2_DMADSR_RPS(stm32_rd(V2_DMADSR));

  return state == V2_RPS_SUSPENDED || state == V2_PS_STOPPED;
}

bool stm32_mac_tx_halted(void)
{
  const u32_t state = V2_DMADSR_TPS(stm32_rd(V2_DMADSR));

  return state == V2_TPS_SUSPENDED || state == V2_PS_STOPPED;
}

u8_t stm32_mac_irq_take(void)
{
  const u32_t status = stm32_rd(V2_DMACSR);

  stm32_wr(V2_DMACSR, status & V2_DMACSR_W1C);
  return (u8_t)(((status & (V2_DMACSR_RI | V2_DMACSR_TI | V2_DMACSR_RBU)) != 0 ? STM32_EV_WORK : 0) |
                ((status & V2_DMACSR_RBU) != 0 ? STM32_EV_STARVED : 0) |
                ((status & (V2_DMACSR_FBE | V2_DMACSR_CDE)) != 0 ? STM32_EV_FATAL : 0));
}

void stm32_mac_irq_enable(bool work)
{
  stm32_wr(V2_DMACIER, IRQ_FATAL | (work ? IRQ_WORK : 0));
}

void stm32_mac_irq_disable(void)
{
  stm32_wr(V2_DMACIER, 0);
}

void stm32_mac_filter(bool all)
{
  stm32_mac_wr(V2_MACPFR,
               all ? V2_MACPFR_PR : V2_MACPFR_HPF | V2_MACPFR_HMC | (stm32_vlan_filters() ? V2_MACPFR_VTFE : 0));
}

#if LWIP_X_STM32_ETH_VLAN

void stm32_mac_vlan(u16_t vid)
{
  stm32_mac_wr(V2_MACVTR, V2_MACVTR_REPORT | V2_MACVTR_STRIP | V2_MACVTR_VID | vid);
  stm32_mac_wr(V2_MACVIR, V2_MACVIR_CONTEXT);
}

bool stm32_mac_inserts_tags(void)
{
  return (stm32_rd(V2_MACHWF0R) & V2_MACHWF0R_TAGS) != 0;
}

#endif

/** Reading clears: frames without a descriptor, and those the FIFO had no room for. */
u32_t stm32_mac_missed(void)
{
  const u32_t queue = stm32_rd(V2_MTLRQMPOCR);

  return (stm32_rd(V2_DMACMFCR) & 0x7FFu) + (queue & 0x7FFu) + (queue >> 16 & 0x7FFu);
}

void stm32_mac_sleep(enum stm32_eth_mode mode, bool unicast)
{
  stm32_mac_wr(V2_MACPCSR, V2_PMT_MAGIC | (unicast ? V2_PMT_WAKE | V2_PMT_UNICAST : 0) | V2_PMT_PD);
  stm32_mac_wr(V2_MACCR, mac_control(mode) | V2_MACCR_RE);
}

bool stm32_mac_wake(void)
{
  const u32_t status = stm32_rd(V2_MACPCSR); /* reading clears what came */

  stm32_mac_wr(V2_MACPCSR, 0);
  return (status & (V2_PMT_MAGIC_CAME | V2_PMT_WAKE_CAME)) != 0;
}

#endif
