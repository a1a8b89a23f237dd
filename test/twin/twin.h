/**
 * A twin of STM32's Ethernet: MAC registers, DMA, caches, PHY and wire in software, written from the facts of the reference
 * manuals, not from the driver.  It is stricter than silicon: whatever a manual or an erratum forbids ends the test, and
 * whatever may happen between two accesses of the processor does happen, by seed:
 *
 *   - stores to descriptors become visible in any order that barriers allow (twin_mem.c)
 *   - a DMA moves by small steps between any two of them (twin_v1.c, twin_v2.c)
 *   - cache lines are written back and fetched again at any time (twin_mem.c)
 *   - the interrupt comes in at any of these points (twin.c)
 *
 * Time is virtual and moves by accesses and waiting.
 */
#ifndef TEST_TWIN_TWIN_H
#define TEST_TWIN_TWIN_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FRAME_ROOM = 2048, LINE = 32 };

struct twin_frame {
  uint16_t len; /**< without CRC */
  bool damaged; /**< arrives with a wrong CRC */
  bool bad_sum; /**< an IP or transport checksum is wrong; the MAC finds out by itself, this is for the test */
  uint8_t octets[FRAME_ROOM];
};

struct twin {
  uint64_t rng, now_ns;
  uint32_t hclk_hz;
  bool quiet;      /**< no adversary: steps are orderly (for tests of one thing) */
  bool interrupts; /**< the NVIC lets the MAC's interrupt through */
  bool in_irq;
  unsigned depth; /**< of hooks, so that none happens inside another */
  void (*irq)(void);
  /* MAC to wire: called when a frame has been sent */
  void (*sent)(const uint8_t *octets, size_t len);
  /* what the world is like */
  bool clock_stopped; /**< the PHY gives no clock: reset does not end */
  bool rx_dead;       /**< the receive DMA suspends and stays so whatever is written: only a reset helps */
  bool rx_lose_kick;  /**< the next demand of the receive DMA is lost */
  bool rx_deaf;       /**< all of them are */
  bool tx_dead;
  bool tx_deaf; /**< demands of the transmit DMA are lost */
  bool mdio_dead;
  /* counted */
  unsigned long hooks, irqs, tx_frames, rx_frames, rx_missed, bus_errors, evictions, resets;
};
extern struct twin twin;

/** Something forbidden: ends the program with exit code 3. */
void twin_fault(const char *fmt, ...) __attribute__((format(printf, 1, 2), noreturn));

uint32_t twin_chance(uint32_t n); /**< 0 to n - 1 */

void twin_init(uint64_t seed, uint32_t hclk_hz);
/** A point between two accesses: anything may happen. */
void twin_point(void);
/** Let @p us pass, the DMA working. */
void twin_pass_us(uint64_t us);

/* ---- wire: twin.c ---- */
/** @return false: the MAC's FIFO is full (or nothing listens): try later */
bool twin_receive(const struct twin_frame *frame);
bool twin_fifo_empty(void);
/** Does the MAC want frames with this destination?  As the filter registers say. */
bool twin_listens(const uint8_t *dest);
/** For the MAC models. */
const struct twin_frame *twin_fifo_first(void);
void twin_fifo_drop(void);
/** The MAC works only at the speed and duplex the PHY has. */
bool twin_mode_fits(void);
/** When a frame of @p len octets that follows what ends at @p from_ns has left the MAC: in time, or early by chance. */
uint64_t twin_wire_end_ns(uint64_t from_ns, size_t len);
void twin_fifo_flush(void);
bool twin_irq_line(void);

/* ---- memory: twin_mem.c ---- */
void twin_mem_init(bool cached);
/** Uncached in spite of the cache (MPU). */
void twin_mem_uncached(const void *p, size_t len);
/** Beyond the DMA, like DTCM. */
void twin_mem_unreachable(const void *p, size_t len);
/** The next access of a DMA to a buffer meets nothing. */
void twin_break_bus(void);
void twin_mem_point(void);
/** @return false: bus error */
bool twin_dma_read(uint32_t bus, void *to, size_t len);
bool twin_dma_write(uint32_t bus, const void *from, size_t len);
/** A descriptor: read whole, in one burst; written word by word. */
bool twin_dma_read_words(uint32_t bus, uint32_t *to, unsigned n);
bool twin_dma_write_word(uint32_t bus, uint32_t value);
/** The cache no longer knows stale things of anything: between tests. */
void twin_mem_sync(void);

/* ---- MAC: twin_v1.c or twin_v2.c ---- */
void mac_init(void);
uint32_t mac_read(uint32_t offset);
void mac_write(uint32_t offset, uint32_t value);
/** One small step of one of the DMAs. */
void mac_step(void);
bool mac_irq(void);
bool mac_rx_on(void);
bool mac_idle(void); /**< neither DMA has anything to do */
bool mac_accepts(const uint8_t *dest);
bool mac_accepts_tag(const uint8_t *frame); /**< the VLAN filter */
int mac_speed(void);                        /**< 10 or 100 */
bool mac_full(void);
bool mac_sleeping(void);
void mac_magic(void); /**< a magic packet arrives */
void mac_missed(void);
/** The time of its clock, ns; 0: it does not run. */
uint64_t mac_ptp_ns(void);

/* ---- what both generations have: twin_common.c ---- */
unsigned twin_hash(const uint8_t *mac);
bool twin_filter(const uint8_t *dest, const uint8_t own[6], bool promiscuous, bool all_multicast, bool hash_multicast,
                 uint32_t hash_low, uint32_t hash_high);
/** VLANs: has the frame a tag, and is its VID, or with @p whole all of it, @p wanted (VID 0: any)? */
bool twin_is_tagged(const uint8_t *frame);
bool twin_tag_matches(const uint8_t *frame, uint16_t wanted, bool whole);
/** Take the tag off, or put one on. */
uint16_t twin_tag_take(uint8_t *frame, size_t len);
void twin_tag_put(uint8_t *frame, size_t len, uint16_t tci);
/** Software reset: it takes its time, and does not end without the PHY's clock. */
struct twin_reset {
  uint64_t end_ns; /**< 0: none is going on */
  bool was;        /**< since power on */
};
void twin_reset_begin(struct twin_reset *r);
bool twin_reset_lasts(struct twin_reset *r);
/** A register that may be written, with the bits that exist, and whether writes have to be spaced. */
struct twin_known {
  uint16_t reg;
  uint32_t bits;
  bool spaced;
};
/** @return the entry; a write of anything else is a violation */
const struct twin_known *twin_reg_known(const struct twin_known *known, size_t n, uint32_t offset, uint32_t value);
void twin_reg_check_read(uint32_t offset, uint32_t size);
/** The station address, from its two registers. */
void twin_address(uint8_t address[6], uint32_t high, uint32_t low);
/** The 1588 clock. */
struct twin_clock {
  bool on;
  uint32_t addend, increment;
  uint64_t ns_at, base_ns; /**< virtual time when it was at base */
};
uint64_t twin_clock_now(const struct twin_clock *c);
void twin_clock_settle(struct twin_clock *c);
void twin_ptp_command(struct twin_clock *c, uint32_t control, uint32_t up_s, uint32_t up_ns, uint32_t addend);
/** MDIO: a transaction takes 64 periods of MDC, which may be 2.5 MHz at most. */
void twin_mdio_start(unsigned phy, unsigned reg, bool write, uint16_t value, unsigned divider);
bool twin_mdio_busy(void);
uint16_t twin_mdio_value(void);

/* ---- checksums: twin_sum.c ---- */
enum twin_sum_verdict { SUM_NOT_IP, SUM_BYPASSED, SUM_GOOD, SUM_BAD_PAYLOAD, SUM_BAD_HEADER };
struct twin_sum_status {
  enum twin_sum_verdict verdict;
  bool v6;
  unsigned type; /**< 1 UDP, 2 TCP, 3 ICMP, 0 other */
};
struct twin_sum_status twin_sum_check(const uint8_t *f, size_t len);
/** What the MAC does to a frame with insertion mode 1, 2 or 3. */
void twin_sum_insert(uint8_t *f, size_t len, unsigned mode);

/* ---- PHY: twin_phy.c ---- */
enum phy_kind {
  PHY_LAN8720,
  PHY_LAN8742,
  PHY_DP83848,
  PHY_KSZ8081,
  PHY_RTL8201,
  PHY_IP101,
  PHY_UNKNOWN_KIND,
  PHY_KINDS
};
struct twin_phy {
  enum phy_kind kind;
  unsigned address;
  uint64_t ready_ns; /**< answers from then on */
  bool cable;
  uint16_t partner; /**< abilities of the other end; 0: it does not negotiate, and is 100 half or 10 half as: */
  bool partner_100;
  unsigned negotiation_ms;
};
extern struct twin_phy phy;
void phy_init(enum phy_kind kind, unsigned address);
void phy_set_cable(bool in);
uint16_t phy_read(unsigned address, unsigned reg);
void phy_write(unsigned address, unsigned reg, uint16_t value);
/** Has it a link, and which? */
bool phy_link(int *speed, bool *full);

#endif
