/** The driver on the twin, with frames of chance both ways and a memory of what must come out. */
#ifndef TEST_TWIN_BENCH_H
#define TEST_TWIN_BENCH_H

#include "lwip/netif.h"
#include "lwip/pbuf.h"
#include "netif/stm32_eth.h"
#include "twin.h"

extern struct netif bench_nif;
extern struct stm32_eth_config bench_config;

struct bench_counts {
  unsigned long given, taken; /**< frames given to the MAC's receiver, and that came up */
  unsigned long queued, sent; /**< frames given to the driver, and that came out */
  unsigned long refused;      /**< by the driver: ring full */
  unsigned long checked;      /**< came up marked as checked */
  unsigned long damaged;      /**< given to the MAC with a wrong CRC */
};
extern struct bench_counts bench;
/** Frames may get lost now (link down, reset): what comes out has to be right and in order all the same. */
extern bool bench_lossy;
/** Keep received packets, up to so many, for a while. */
extern unsigned bench_hold;
/** What the program wants on frames it sends, and lets in of tagged ones; negative: no tag, and any. */
extern s32_t bench_tci;
/** Does the MAC take tags off, and put them on? */
#define BENCH_TAGS (LWIP_X_STM32_ETH_VLAN && LWIP_X_STM32_ETH_FAMILY > STM32_ETH_F7)

/** Everything new; the link is not up yet.  @p stack: the whole stack gets the frames, not the bench. */
void bench_boot(uint64_t seed, enum phy_kind kind, unsigned address, bool stack);
/** Let time pass, with the main loop running. */
void bench_run_us(uint64_t us);
/** The same with a main loop that sleeps until the interrupt has noted something. */
void bench_sleep_us(uint64_t us);
/** Frames under way. */
unsigned bench_waiting(void);
/** Octets of the heap that are in use for frames under way. */
unsigned bench_unfreed(void);
/** @return false: no link after @p ms */
bool bench_wait_link(unsigned ms);
/** One frame in, one out, or neither, as chance will have it. */
void bench_random(void);
/** One frame in; @return false: the wire was not ready */
bool bench_receive_random(void);
/** This frame in; @p wanted: it must come up. */
void bench_receive(const struct twin_frame *f, bool wanted);
/** One frame out.  @return what the driver said */
err_t bench_send_random(void);
/** Until everything under way has come out; all must have, unless bench_lossy. */
void bench_drain(void);
/** Give back all that is held and check that nothing leaks. */
void bench_no_leak(void);

/** Fill @p f with a frame of some kind, addressed to us. */
void bench_make_frame(struct twin_frame *f);
/** The same for sending: with checksum fields 0, and in @p wire what must come out. */
void bench_make_sent(struct twin_frame *f, struct twin_frame *wire);

/** Ends the program with exit code 1. */
void bench_fail(const char *fmt, ...) __attribute__((format(printf, 1, 2), noreturn));
#define need(condition, ...)   \
  do {                         \
    if (!(condition)) {        \
      bench_fail(__VA_ARGS__); \
    }                          \
  } while (0)

#endif
