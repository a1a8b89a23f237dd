/**
 * The MAC and its DMA, as far as the rest of the driver cares: reset, set up, start, stop, events.  stm32_mac_v1.c or
 * stm32_mac_v2.c is behind it, whichever the family needs.
 */
#ifndef LWIP_STACK_STM32_MAC_H
#define LWIP_STACK_STM32_MAC_H

#include "stm32_desc.h"

#if LWIP_X_STM32_ETH

/** Begin a reset of everything; it ends only if the PHY's clocks run. */
void stm32_mac_reset(void);
bool stm32_mac_is_reset(void);

/** After a reset: everything but stm32_mac_start(). */
void stm32_mac_setup(void);

/** The rings are ready and the link has @p mode: go.  @p pause: both ends know PAUSE frames. */
void stm32_mac_start(enum stm32_eth_mode mode, bool pause);
/** Stop both directions; the rings are ours afterwards.  @return false: the DMA does not end, only a reset helps */
bool stm32_mac_stop(void);

/** Descriptors up to, and not including, @p i are the DMA's. */
void stm32_mac_rx_kick(unsigned i);
void stm32_mac_tx_kick(unsigned i);
/** Does the receive DMA wait for a descriptor, or not run at all? */
bool stm32_mac_rx_halted(void);
bool stm32_mac_tx_halted(void);

/* Events. */
#define STM32_EV_WORK 0x01u    /**< something was received or sent */
#define STM32_EV_STARVED 0x02u /**< the receive DMA found no descriptor */
#define STM32_EV_FATAL 0x04u   /**< bus error: the DMA has stopped */
/** Take the events that have come, and forget them.  In the interrupt. */
u8_t stm32_mac_irq_take(void);
/** Interrupt for fatal events, and for the others if @p work. */
void stm32_mac_irq_enable(bool work);
void stm32_mac_irq_disable(void);

/** Receive by hash and address, or everything. */
void stm32_mac_filter(bool all);
#if LWIP_X_STM32_ETH_VLAN
/** Compare tags with @p vid, 0: with none.  Second generation: take them off; stm32_mac_filter() makes it drop others. */
void stm32_mac_vlan(u16_t vid);
/** Second generation: does it put tags on? */
bool stm32_mac_inserts_tags(void);
#endif
/** Frames lost in the MAC since the last call. */
u32_t stm32_mac_missed(void);

/** Stopped: receive only to look for a wake-up packet. */
void stm32_mac_sleep(enum stm32_eth_mode mode, bool unicast);
/** No longer.  @return true: one came */
bool stm32_mac_wake(void);

/* ---- The same in both generations: stm32_mac.c ---- */

/** A write to a register of the MAC's clock domain: the next write to it must not come too soon (errata). */
void stm32_mac_wr(u32_t reg, u32_t value);
/** Our address, to filter by. */
void stm32_mac_address(const u8_t mac[6]);
/** 64 bits, one a hash value. */
void stm32_mac_hash(const u32_t low_high[2]);
/** An address nobody else has, unless one was configured. */
void stm32_mac_default_address(u8_t mac[6]);

#endif
#endif
