/**
 * Link supervision.
 *
 * A chain of small steps, each the answer to a question asked of the PHY in the step before:
 *
 *   reset -> is_reset -> id1 -> id2 -> advertised -> look_again -> status -> quick / partner -> look_again -> ...
 *     ^                   ^ next address                 ^  no link  |           up
 *     | bus error, stall                                 +-----------+
 *
 * The timer calls the next step when the MDIO has the answer.  While the link is up each look at the status also looks
 * whether the DMAs still move.
 */
#include "stm32_link.h"

#if LWIP_X_STM32_ETH

#include "stm32_eth_state.h"
#include "stm32_filter.h"
#include "stm32_mac.h"
#include "stm32_mdio.h"
#include "stm32_phy.h"
#include "stm32_ptp.h"
#include "stm32_rx.h"
#include "stm32_tso.h"
#include "stm32_tx.h"
#include "stm32_vlan.h"
#include "../../base/timer.h"
#include "lwip/snmp.h"

#define MDIO_MS 1u
#define MDIO_TURNS 10u /**< a transaction takes 30 us */
#define RESET_MS 10u
#define RESET_TURNS 50u
#define HURRIED_LOOKS 2u /**< the first one may only tell that the link was lost before */
#define RESCAN_MS 500u   /**< between two searches for a PHY */
#define RX_STALL_TURNS 2u
#define TX_STALL_TURNS 5u /**< a PAUSE may last 0.3 s */
#define ADDRESSES 32u

/** Take the answer, ask the next question.  @return ms until there may be an answer */
typedef u32_t (*step_fn)(u16_t answer);

static struct timer timer;
static step_fn next;
static bool asked;   /**< next waits for the MDIO */
static u8_t hurried; /**< looks at the link that must not wait */
static u8_t turns;   /**< waited for whatever it is */
static u8_t phy;     /**< address asked now */
static u8_t rx_turns, tx_turns;
static u16_t upper_id;
static u16_t partner;
static u32_t phy_id; /**< 0: not found */
static bool reset_pending;
static bool flows;               /**< the DMAs run */
static bool both_pause;          /**< both ends know PAUSE frames */
static enum stm32_eth_mode mode; /**< STM32_ETH_AUTO: no link */

static u32_t is_reset(u16_t answer);
static u32_t status(u16_t answer);

static u32_t ask(u8_t reg, step_fn then)
{
  stm32_mdio_read(phy, reg);
  next = then;
  asked = true;
  turns = 0;
  return MDIO_MS;
}

static u32_t tell(u8_t reg, u16_t value, step_fn then)
{
  stm32_mdio_write(phy, reg, value);
  next = then;
  asked = true;
  turns = 0;
  return MDIO_MS;
}

static u32_t later(u32_t ms, step_fn then)
{
  next = then;
  asked = false;
  return ms;
}

/* ---- Frames flow, or do not ---- */

static void go(void)
{
  stm32_rx_start();
  stm32_tx_start();
  stm32_mac_start(mode, both_pause);
  stm32_rx_kick();
  stm32_mac_irq_enable(true);
  rx_turns = 0;
  tx_turns = 0;
  flows = true;
}

/** @return false: only a reset helps */
static bool halt(void)
{
  bool stopped = true;

  if (flows) {
    flows = false;
    stm32_mac_irq_disable();
    stopped = stm32_mac_stop();
    stm32_eth_counters.rx_missed += stm32_mac_missed();
    if (stopped) {
      stm32_rx_stop();
      stm32_tx_stop();
    }
  }
  return stopped;
}

/** Frames no longer flow; the rings are taken back when the reset is over. */
static u32_t reset(void)
{
  if (flows) {
    flows = false;
    stm32_mac_irq_disable();
  }
  stm32_ptp_save();
  stm32_eth_state.ready = false;
  if (!reset_pending) {
    stm32_mac_reset();
  }
  reset_pending = true;
  turns = 0;
  return later(MDIO_MS, is_reset);
}

/* ---- Up and down ---- */

static u32_t watch(void);

static u32_t look_again(u16_t answer)
{
  LWIP_UNUSED_ARG(answer);
  hurried = (u8_t)(hurried - (hurried != 0));
  return stm32_eth_state.config->phy == STM32_ETH_PHY_NONE ? watch() : ask(PHY_BMSR, status);
}

static void note_speed(struct netif *nif)
{
  LWIP_UNUSED_ARG(nif);
#if MIB2_STATS
  nif->link_speed = mode == STM32_ETH_100HD || mode == STM32_ETH_100FD ? 100000000u : 10000000u;
#endif
}

static u32_t came_up(enum stm32_eth_mode m)
{
  if (m == STM32_ETH_AUTO) {
    return later(LWIP_X_STM32_ETH_LINK_MS, look_again);
  }
  mode = m;
  go();
  stm32_eth_counters.link_changes++;
  note_speed(stm32_eth_state.nif);
  netif_set_link_up(stm32_eth_state.nif);
  return later(LWIP_X_STM32_ETH_LINK_MS, look_again);
}

static u32_t went_down(void)
{
  const bool stopped = halt();

  mode = STM32_ETH_AUTO;
  stm32_eth_counters.link_changes++;
  netif_set_link_down(stm32_eth_state.nif);
  return stopped ? later(LWIP_X_STM32_ETH_LINK_MS, look_again) : reset();
}

/* ---- The watch over the DMAs ---- */

static u32_t restart(void)
{
  stm32_eth_counters.stalls++;
  return reset();
}

/** The DMA has descriptors and does not run: a kick may help, or has been lost.  @return true: it did not help */
static bool rx_stalls(void)
{
  if (stm32_rx_any() || !stm32_mac_rx_halted()) {
    rx_turns = 0;
    return false;
  }
  stm32_rx_kick();
  return ++rx_turns > RX_STALL_TURNS;
}

static bool tx_stalls(void)
{
  stm32_tx_reclaim();
  if (!stm32_tx_is_stuck()) {
    tx_turns = 0;
    return false;
  }
  if (stm32_mac_tx_halted()) {
    stm32_tx_kick();
  }
  return ++tx_turns > TX_STALL_TURNS;
}

static u32_t watch(void)
{
  if (flows) {
    if (rx_stalls() || tx_stalls()) {
      return restart();
    }
    stm32_eth_counters.rx_missed += stm32_mac_missed();
  }
  return later(LWIP_X_STM32_ETH_LINK_MS, look_again);
}

/* ---- What the partner can ---- */

static u32_t partner_kind(u16_t aner)
{
  const bool negotiates = (aner & PHY_ANER_PARTNER) != 0;

  both_pause = LWIP_X_STM32_ETH_PAUSE && negotiates && (partner & PHY_AN_PAUSE) != 0;
  return came_up(stm32_phy_common(PHY_AN_ALL, partner, negotiates));
}

static u32_t partner_abilities(u16_t anlpar)
{
  partner = anlpar;
  return ask(PHY_ANER, partner_kind);
}

static u32_t quick(u16_t value)
{
  const enum stm32_eth_mode m = stm32_phy_quick_mode(phy_id, value);

  return m != STM32_ETH_AUTO ? came_up(m) : ask(PHY_ANLPAR, partner_abilities);
}

static u32_t ask_mode(void)
{
  const u8_t reg = LWIP_X_STM32_ETH_PAUSE ? 0 : stm32_phy_quick_reg(phy_id);

  if (stm32_eth_state.config->mode != STM32_ETH_AUTO) {
    return came_up((enum stm32_eth_mode)stm32_eth_state.config->mode);
  }
  return reg != 0 ? ask(reg, quick) : ask(PHY_ANLPAR, partner_abilities);
}

/* ---- The PHY ---- */

static u32_t find(u8_t first);

/** The link bit is low once for each time the link was lost, even if it is back. */
static u32_t status(u16_t bmsr)
{
  const bool link = (bmsr & PHY_BMSR_LINK) != 0;
  const bool done = (bmsr & PHY_BMSR_DONE) != 0 || stm32_eth_state.config->mode != STM32_ETH_AUTO;

  if (bmsr == 0xFFFF || bmsr == 0) { /* nobody answers any more */
    u32_t ms = mode != STM32_ETH_AUTO ? went_down() : RESCAN_MS;

    phy_id = 0;
    return reset_pending ? ms : later(RESCAN_MS, is_reset);
  }
  if (mode == STM32_ETH_AUTO) {
    return link && done ? ask_mode() : later(LWIP_X_STM32_ETH_LINK_MS, look_again);
  }
  return link ? watch() : went_down();
}

static u32_t advertised(u16_t answer)
{
  static const u16_t control[] = { PHY_BMCR_AUTO | PHY_BMCR_RESTART, 0, PHY_BMCR_FULL, PHY_BMCR_100,
                                   PHY_BMCR_100 | PHY_BMCR_FULL };

  LWIP_UNUSED_ARG(answer);
  return tell(PHY_BMCR, control[stm32_eth_state.config->mode], look_again);
}

static u32_t nobody(void)
{
  const u8_t wanted = stm32_eth_state.config->phy;

  if (wanted == STM32_ETH_PHY_FIND && phy != 0) {
    return find((u8_t)((phy + 1u) % ADDRESSES));
  }
  stm32_eth_counters.no_phy++;
  return later(RESCAN_MS, is_reset);
}

static u32_t id2(u16_t answer)
{
  if (answer == 0 || answer == 0xFFFF) {
    return nobody();
  }
  phy_id = (u32_t)upper_id << 16 | answer;
  return tell(PHY_ANAR, PHY_AN_ALL | (LWIP_X_STM32_ETH_PAUSE ? PHY_AN_PAUSE : 0), advertised);
}

static u32_t id1(u16_t answer)
{
  if (answer == 0xFFFF) {
    return nobody();
  }
  upper_id = answer;
  return ask(PHY_ID2, id2);
}

static u32_t find(u8_t at)
{
  phy = at;
  return ask(PHY_ID1, id1);
}

/** Address 0 comes last: some PHYs answer there besides at their own. */
static u32_t find_phy(void)
{
  const u8_t wanted = stm32_eth_state.config->phy;

  return find(wanted == STM32_ETH_PHY_FIND ? 1 : wanted);
}

/* ---- Reset ---- */

static void set_up(void)
{
  reset_pending = false;
  stm32_eth_state.ready = true;
  stm32_rx_stop();
  stm32_tx_stop();
  stm32_mac_setup();
  stm32_mac_address(stm32_eth_state.nif->hwaddr);
  stm32_filter_apply();
  stm32_vlan_apply();
  stm32_ptp_restart();
  stm32_tso_offer(stm32_eth_state.nif);
}

static u32_t is_reset(u16_t answer)
{
  LWIP_UNUSED_ARG(answer);
  if (reset_pending && !stm32_mac_is_reset()) {
    if (++turns >= RESET_TURNS) {
      stm32_eth_counters.no_clock++;
      turns = 0;
    }
    return later(RESET_MS, is_reset);
  }
  if (reset_pending) {
    set_up();
  }
  if (mode != STM32_ETH_AUTO) { /* we were up before */
    go();
    return later(LWIP_X_STM32_ETH_LINK_MS, look_again);
  }
  if (stm32_eth_state.config->phy == STM32_ETH_PHY_NONE) {
    return came_up((enum stm32_eth_mode)stm32_eth_state.config->mode);
  }
  return phy_id != 0 ? ask(PHY_BMSR, status) : find_phy();
}

/* ---- The timer ---- */

/** Nothing new may be asked before the MDIO is done with the last. */
static u32_t no_answer(void)
{
  if (++turns < MDIO_TURNS) {
    return MDIO_MS;
  }
  turns = 0;
  stm32_eth_counters.mdio_errors++;
  return RESCAN_MS;
}

/** Is a look at the link what comes next, and must it not wait? */
static bool must_hurry(void)
{
  return hurried != 0 && !asked && next == look_again;
}

static void tick(struct timer *t)
{
  u16_t answer = 0;
  u32_t ms;

  if (asked && !stm32_mdio_done(&answer)) {
    ms = no_answer();
  } else {
    asked = false;
    ms = next(answer);
  }
  timer_set(t, must_hurry() ? 0 : ms, tick);
}

void stm32_link_start(void)
{
  mode = STM32_ETH_AUTO;
  phy_id = 0;
  flows = false;
  timer_set(&timer, reset(), tick);
}

void stm32_link_stop(void)
{
  timer_stop(&timer);
  if (!halt()) {
    stm32_mac_reset();
  }
  stm32_rx_stop();
  stm32_tx_stop();
  mode = STM32_ETH_AUTO;
}

bool stm32_link_runs(void)
{
  return flows;
}

void stm32_link_sleep(bool unicast)
{
  timer_stop(&timer);
  (void)halt();
  stm32_mac_sleep(mode, unicast);
}

bool stm32_link_wake(void)
{
  const bool woken = stm32_mac_wake();

  timer_set(&timer, reset(), tick);
  return woken;
}

void stm32_link_recover(void)
{
  timer_set(&timer, reset(), tick);
}

void stm32_link_hurry(void)
{
  hurried = HURRIED_LOOKS;
  if (must_hurry()) {
    timer_set(&timer, 0, tick);
  }
}

enum stm32_eth_mode stm32_eth_link(void)
{
  return mode;
}

u32_t stm32_eth_phy_id(void)
{
  return phy_id;
}

#endif
