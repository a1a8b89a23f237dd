/** Scenarios: what a seed becomes.  A new kind of trouble is a new line in the table of scenario.c. */
#ifndef TEST_SIM_SCENARIO_H
#define TEST_SIM_SCENARIO_H

#include "world.h"

struct scenario {
  const char *name;
  const char *text;
  void (*build)(struct world *w);
};
extern const struct scenario scenarios[];
extern const int n_scenarios;

const struct scenario *scenario_find(const char *name);

/** Which shared object each node of @p w uses (default, tiny, small, large, without RACK), chosen by the seed before loading; with an
 *  STM32's MAC only where the scenario says so. */
enum variant {
  VARIANT_DEFAULT,
  VARIANT_TINY,
  VARIANT_SMALL,
  VARIANT_LARGE,
  VARIANT_REPORTS,
  VARIANTS,
  VARIANT_F4 = VARIANTS,
  VARIANT_H7,
  VARIANTS_ALL
};
extern enum variant scenario_variant[SIM_NODES_MAX];

/** Fill @p w from @p seed. */
void scenario_build(const struct scenario *s, uint64_t seed, struct world *w);

/** The scenario of the single loss: small windows, a round trip of @p rtt_ms, frame number @p lost is lost. */
void scenario_build_loss(struct world *w, unsigned long lost, uint32_t rtt_ms);

/** The small scenario of the allocation test: two nodes, one connection, a datagram. */
void scenario_build_allocation(struct world *w, bool ip6, long countdown, long every);

#endif
