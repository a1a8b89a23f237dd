/**
 * Ethernet of STM32: one driver for both generations of the MAC (F107, F2, F4, F7; H5, H7, H7RS), without ST's HAL.
 *
 * Board code switches on clocks and pins and chooses RMII or MII (docs/PORTING.md has the bits), then
 *
 *     static struct stm32_eth_config board = { .hclk_hz = 168000000 };
 *     netif_add(&nif, NULL, NULL, NULL, &board, stm32_eth_init, ethernet_input);
 *     netif_set_up(&nif);
 *     for (;;) { stm32_eth_poll(&nif); sys_check_timeouts(); }
 *
 * Nothing here waits: a PHY without a clock, no PHY, no cable are looked at again later, from a timer of the stack.
 * There is one MAC and therefore one interface.  Context, unless something else is said: core context.
 */
#ifndef LWIP_NETIF_STM32_ETH_H
#define LWIP_NETIF_STM32_ETH_H

#include "lwip/opt.h"
#include "lwip/netif.h"
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/** stm32_eth_config.phy: look at all addresses. */
#define STM32_ETH_PHY_FIND 0xFF
/** stm32_eth_config.phy: there is none (a switch chip, another MAC): the link is always up, as stm32_eth_config.mode says. */
#define STM32_ETH_PHY_NONE 0xFE

/** Speed and duplex. */
enum stm32_eth_mode { STM32_ETH_AUTO = 0, STM32_ETH_10HD, STM32_ETH_10FD, STM32_ETH_100HD, STM32_ETH_100FD };

/** What the board is like; lent to the driver for good. */
struct stm32_eth_config {
  u32_t hclk_hz; /**< the AHB clock of the MAC, 20 MHz at least: MDC, delays and the PTP clock are derived from it */
  u8_t mac[6];   /**< all zero: made from the chip's unique number, locally administered */
  u8_t phy;      /**< address of the PHY, 0 to 31, or STM32_ETH_PHY_* */
  u8_t mode;     /**< enum stm32_eth_mode; STM32_ETH_AUTO negotiates */
  void (*work)(void); /**< called in the interrupt when stm32_eth_poll() has something to do; may be NULL */
};

/** For netif_add(); @p netif->state is a const struct stm32_eth_config *.
 *  @retval ERR_ARG  no configuration, or the clock is too slow
 *  @retval ERR_BUF  the DMA cannot reach descriptors or buffers: place them (LWIP_X_STM32_ETH_DESC_ATTR, _BUF_ATTR)
 *  @retval ERR_ISCONN  the MAC has an interface already */
err_t stm32_eth_init(struct netif *netif);

/** Stop the MAC and let go of all packets; call before netif_remove(). */
void stm32_eth_deinit(struct netif *netif);

/** Hand received frames to the stack, at most LWIP_X_STM32_ETH_RX_BUDGET, and free what has been sent.  @return true: there is more to do */
bool stm32_eth_poll(struct netif *netif);

/** Has stm32_eth_poll() something to do?  For a main loop that wants to sleep; call it with interrupts masked.  Any context. */
bool stm32_eth_pending(void);

/** The MAC's interrupt.  Called by ETH_IRQHandler(). */
void stm32_eth_irq(void);

/** The PHY's interrupt line: look at the link now, not at the next turn.  Any context; takes effect in stm32_eth_poll(). */
void stm32_eth_phy_irq(void);

/** The link as it is: STM32_ETH_AUTO while it is down. */
enum stm32_eth_mode stm32_eth_link(void);

/** Registers of the PHY that answers, ID1 << 16 | ID2; 0: none has been found. */
u32_t stm32_eth_phy_id(void);

/** Receive frames to the group @p mac, or no longer.  Counted; IGMP and MLD do it by themselves. */
void stm32_eth_group(const u8_t mac[6], enum netif_mac_filter_action action);

/** Receive every frame there is (bridge, monitor), or only ours. */
void stm32_eth_promiscuous(bool all);

#if LWIP_X_STM32_ETH_VLAN
/**
 * Of tagged frames (IEEE 802.1Q) receive those of VLAN @p vid only, 1 to 4094; 0, as at first: all of them.  Frames without a
 * tag come up in any case, those with a priority alone (VID 0) only if @p vid is 0; whether the stack takes a frame is for
 * LWIP_HOOK_VLAN_CHECK to say.  Promiscuous, everything comes up.  After netif_add().
 *  @retval ERR_ARG  no such VID
 */
err_t stm32_eth_vlan(u16_t vid);
#endif

/** Since start. */
struct stm32_eth_counters {
  u32_t rx_frames;    /**< handed to the stack */
  u32_t rx_copied;    /**< of these, copied because no buffer was free */
  u32_t rx_no_buffer; /**< dropped because none was */
  u32_t rx_refused;   /**< not taken by the stack */
  u32_t rx_bad;       /**< CRC, overrun, too long, in pieces */
#if LWIP_X_STM32_ETH_VLAN
  u32_t rx_other_vlan; /**< F1 to F7: dropped by stm32_eth_vlan(); H5 and H7 drop them uncounted */
#endif
  u32_t rx_missed; /**< lost in the MAC: no descriptor, FIFO full */
  u32_t tx_frames; /**< sent */
  u32_t tx_copied; /**< of these, copied first: out of the DMA's reach, volatile, or in too many pieces */
#if LWIP_X_STM32_ETH_TSO
  u32_t tx_large; /**< packets the MAC cut into segments */
#endif
  u32_t tx_full; /**< refused: no descriptor or no buffer */
  u32_t tx_bad;  /**< not sent: late or excessive collisions, no carrier, underflow */
  u32_t link_changes;
  u32_t stalls;      /**< the DMA had stopped without a reason, and was started again */
  u32_t bus_errors;  /**< the DMA met an address it cannot reach; everything is started again */
  u32_t no_clock;    /**< the MAC did not leave reset: the PHY gives no clock */
  u32_t no_phy;      /**< all addresses asked in vain */
  u32_t mdio_errors; /**< the MDIO did not answer in time */
};
extern struct stm32_eth_counters stm32_eth_counters;

/** Go to sleep until a magic packet (also a unicast one, if @p unicast) comes; the interrupt is EXTI line 19 on F2, F4, F7.
 *  Nothing is sent or handed up until stm32_eth_wake(). */
void stm32_eth_sleep(bool unicast);
/** Go on.  @return true: a packet has woken us */
bool stm32_eth_wake(void);

#if LWIP_X_STM32_ETH_PTP
/** A time, or a difference if the sign is set. */
struct stm32_eth_time {
  u32_t s;  /**< seconds */
  u32_t ns; /**< below 10^9 */
};

/** Start the clock at @p t and stamp frames.  @retval ERR_VAL  the bus clock is too slow */
err_t stm32_eth_ptp_start(const struct stm32_eth_time *t);
/** The time now.  Any context that does not interrupt a setting of the clock. */
void stm32_eth_ptp_get(struct stm32_eth_time *t);
void stm32_eth_ptp_set(const struct stm32_eth_time *t);
/** Put the clock forward by @p t, or back. */
void stm32_eth_ptp_step(const struct stm32_eth_time *t, bool back);
/** Let the clock run @p ppb parts in 10^9 faster than nominal (negative: slower). */
void stm32_eth_ptp_rate(s32_t ppb);
/** When did this packet, as a receive callback gets it, come in?  @return false: it has no stamp (copied, or not from here) */
bool stm32_eth_ptp_received(const struct pbuf *p, struct stm32_eth_time *t);
/** @p sent is called from stm32_eth_poll() for each frame with a PTP event message (UDP port 319 or EtherType 88F7) that has
 *  been sent, with the frame, which is lent, and the time it passed the MII. */
void stm32_eth_ptp_on_sent(void (*sent)(struct pbuf *frame, const struct stm32_eth_time *t));
#endif

#if LWIP_X_STM32_ETH_CUBE
/** The program's, for ethernetif_init() without a configuration in netif->state: switch on clocks and pins, give the rest. */
const struct stm32_eth_config *stm32_eth_board(void);

/* The names programs made by STM32CubeMX use. */
/** stm32_eth_init(), with the configuration of stm32_eth_board() if there is none; with an OS it also starts the receive thread. */
err_t ethernetif_init(struct netif *netif);
#if NO_SYS
/** stm32_eth_poll() until there is nothing more. */
void ethernetif_input(struct netif *netif);
#else
/** Kept for programs that start it as a thread: the driver has its own; this one returns. */
void ethernetif_input(void *argument);
#endif
/** Look at the PHY at the next stm32_eth_poll().  Nobody has to call it. */
void ethernet_link_check_state(struct netif *netif);
#endif

#ifdef __cplusplus
}
#endif
#endif
