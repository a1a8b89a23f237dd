/** The host side: nodes, switch, clock; a scenario is built into a struct world and run. */
#ifndef TEST_SIM_WORLD_H
#define TEST_SIM_WORLD_H

#include "link.h"
#include "sim.h"

struct world {
  uint64_t seed, rng;
  int n_nodes, n_conns;
  const struct sim_node_api *node[SIM_NODES_MAX];
  struct sim_node_config config[SIM_NODES_MAX];
  uint32_t clock_offset_ms[SIM_NODES_MAX]; /**< each node's clock starts elsewhere, some shortly before it wraps */
  struct link up[SIM_NODES_MAX][SIM_IFACES_MAX], down[SIM_NODES_MAX][SIM_IFACES_MAX];
  int segment[SIM_NODES_MAX][SIM_IFACES_MAX]; /**< which switch the interface hangs on */
  struct sim_conn conns[SIM_CONNS_MAX];
  uint32_t datagrams;              /**< UDP datagrams to send */
  uint64_t limit_us;               /**< virtual time at which everything must have ended */
  long fail_countdown, fail_every; /**< of allocations, node 0 and 1 */
  unsigned long lose_frame;        /**< lose this one, whatever the links do; 0: none */
  uint64_t stall_us;               /**< longest time that the octets of an open connection may stand still; 0: any */
  /* results */
  uint64_t now_us, hash;
  unsigned long frames, lost;
  char failure[256];
  bool verbose;
};

extern struct world *world;

/** Load @p n copies of a node's shared object.  @return false and a message on stderr */
bool world_load(const char *path, const struct sim_node_api **api);

/** Boot, run to the end, check.  @return true: nothing wrong, world->failure is empty */
bool world_run(struct world *w);

void world_fail(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
