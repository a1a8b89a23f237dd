/** Bad links: each interface hangs on a switch by a link of its own, with its own faults in each direction. */
#ifndef TEST_SIM_LINK_H
#define TEST_SIM_LINK_H

#include "sim.h"

struct link_fault {
  double loss, burst; /**< probability; mean length of a burst of losses, 1 for independent ones */
  double duplicate, reorder, corrupt;
  uint32_t delay_us, jitter_us, reorder_us;
  double rate;    /**< octets a microsecond, 0: no limit */
  uint32_t queue; /**< octets waiting before frames are dropped at the tail */
};

struct link {
  struct link_fault fault;
  uint64_t free_us;
  uint64_t burst_us; /**< since when the burst lasts: a burst is a time on the medium, not a fate of the next frames */
  bool in_burst;
};

/** SplitMix64; all chance in a run comes from here. */
uint64_t chance_next(uint64_t *state);
double chance(uint64_t *state); /**< [0, 1) */
uint32_t chance_below(uint64_t *state, uint32_t n);

/** The fate of one frame: arrival times of its copies in @p at_us, @return how many (0: lost).  @p damage tells
 *  which copies carry a flipped bit. */
int link_carry(struct link *l, uint64_t *rng, uint64_t now_us, size_t len, uint64_t at_us[2], bool damage[2]);

/** When the frame has left the sender, us: what its driver waits for. */
uint64_t link_sent_us(const struct link *l, uint64_t now_us);

#endif
