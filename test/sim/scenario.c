#include "scenario.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DATA_MAX = 4 * 1024 * 1024 };

enum variant scenario_variant[SIM_NODES_MAX];
static uint8_t *data; /**< what everybody sends: each direction from an offset of its own */

static uint32_t below(struct world *w, uint32_t n)
{
  return chance_below(&w->rng, n);
}

/** Log-uniform: as often between 10 and 100 as between 100 and 1000. */
static uint32_t spread(struct world *w, uint32_t low, uint32_t high)
{
  double x = low;
  double factor = (double)high / low;
  double u = chance(&w->rng);

  /* exp(u log factor) without libm: repeated halving of the exponent is exact enough here */
  while (factor > 1.0001 && u > 1e-6) {
    double root = 1, step = factor;
    int i;

    for (i = 0; i < 20; i++) {
      root = (root + step / root) / 2;
    }
    u *= 2;
    if (u >= 1) {
      x *= root;
      u -= 1;
    }
    factor = root;
  }
  return (uint32_t)x;
}

static bool one_in(struct world *w, uint32_t n)
{
  return below(w, n) == 0;
}

static void make_data(void)
{
  uint64_t state = 1;
  size_t i;

  if (data != NULL) {
    return;
  }
  data = malloc(2 * DATA_MAX);
  if (data == NULL) {
    abort();
  }
  for (i = 0; i < 2 * DATA_MAX; i++) {
    data[i] = (uint8_t)(chance_next(&state) >> 32);
  }
}

static void add_iface(struct world *w, int node, int iface, int segment)
{
  struct sim_iface *i = &w->config[node].iface[iface];

  i->used = true;
  i->mac[0] = 2;
  i->mac[4] = (uint8_t)iface;
  i->mac[5] = (uint8_t)(node + 1);
  i->ip = 0x0A000000u | (uint32_t)segment << 8 | (uint32_t)(node + 1);
  i->mask = 0xFFFFFF00u;
  i->mtu = 1500;
  w->segment[node][iface] = segment;
}

static void add_nodes(struct world *w, int n)
{
  int i;

  w->n_nodes = n;
  for (i = 0; i < n; i++) {
    w->config[i].number = i;
    w->config[i].rand_seed = chance_next(&w->rng);
    w->config[i].hold_tx = one_in(w, 3);
    w->config[i].zero_copy_rx = one_in(w, 2);
    /* a third of the clocks wraps within two minutes */
    w->clock_offset_ms[i] = one_in(w, 3) ? UINT32_MAX - below(w, 120000) : (uint32_t)chance_next(&w->rng);
    add_iface(w, i, 0, 0);
  }
}

static void add_conns(struct world *w, int n, uint32_t max_octets)
{
  int i, d;

  make_data();
  w->n_conns = n;
  for (i = 0; i < n; i++) {
    struct sim_conn *c = &w->conns[i];

    c->id = (uint32_t)i;
    c->client = (uint8_t)below(w, (uint32_t)w->n_nodes);
    c->server = (uint8_t)((c->client + 1 + below(w, (uint32_t)w->n_nodes - 1)) % (uint32_t)w->n_nodes);
    c->start_ms = below(w, 5000);
    c->end = (uint8_t)below(w, SIM_END_CUT);
    c->ender = (uint8_t)below(w, 2);
    c->nagle = one_in(w, 2);
    c->paced = (w->seed + (uint64_t)i) % 3 == 0;
    c->autosize = (w->seed + (uint64_t)i) % 4 == 1;
    for (d = 0; d < 2; d++) {
      c->bytes[d] = one_in(w, 5) ? below(w, 3) : spread(w, 1, max_octets);
      c->data[d] = data + below(w, DATA_MAX);
      c->chunk[d] = (uint16_t)spread(w, 1, 20000);
      if (c->bytes[d] / c->chunk[d] > 5000) {
        c->chunk[d] = (uint16_t)(1 + c->bytes[d] / 5000);
      }
      c->copy[d] = one_in(w, 2);
      c->slow[d] = one_in(w, 6);
    }
    c->abort_after = below(w, c->bytes[!c->ender] + 1);
  }
}

/** Closes and aborts at random moments, windows of any size. */
static void trouble_conns(struct world *w)
{
  int i, d;

  for (i = 0; i < w->n_conns; i++) {
    struct sim_conn *c = &w->conns[i];

    if (c->end == SIM_END_CUT || (c->end == SIM_END_ABORT && one_in(w, 2))) {
      c->cut_ms = spread(w, 1, 100000);
      c->abort_after = UINT32_MAX;
    }
    for (d = 0; d < 2; d++) {
      c->stop_ms[d] = one_in(w, 4) ? spread(w, 1, 60000) : 0;
      c->window[d] = one_in(w, 2) ? spread(w, 1, DATA_MAX) : 0;
    }
  }
}

static void every_link(struct world *w, const struct link_fault *f)
{
  int i, j;

  for (i = 0; i < w->n_nodes; i++) {
    w->config[i].damage = f->corrupt > 0;
    for (j = 0; j < SIM_IFACES_MAX; j++) {
      w->up[i][j].fault = *f;
      w->down[i][j].fault.delay_us = 1;
    }
  }
}

/** What can be carried in a reasonable time decides how much is sent. */
static uint32_t octets_for(const struct link_fault *f, uint32_t most)
{
  double seconds = 40;

  if (f->rate > 0 && f->rate * 1e6 * seconds < most) {
    most = (uint32_t)(f->rate * 1e6 * seconds);
  }
  if (f->loss > 0.03 && most > 200000) {
    most = 200000;
  }
  return most < 2000 ? 2000 : most;
}

static struct link_fault clean(struct world *w)
{
  struct link_fault f = { 0, 1, 0, 0, 0, 0, 0, 0, 0, 0 };

  f.delay_us = spread(w, 10, 250000);
  if (one_in(w, 2)) {
    f.rate = (double)spread(w, 10000, 1000000000) / 8e6;
    f.queue = spread(w, 6000, 500000);
    if (f.queue > f.rate * 2e6) { /* two seconds of it: a longer one outlives half-open connections */
      f.queue = (uint32_t)(f.rate * 2e6);
    }
    if (f.queue < 3100) {
      f.queue = 3100;
    }
  }
  return f;
}

static void build_clean(struct world *w)
{
  struct link_fault f = clean(w);

  add_nodes(w, 2);
  every_link(w, &f);
  add_conns(w, 1 + (int)below(w, 4), octets_for(&f, 1000000));
}

static void build_loss(struct world *w)
{
  struct link_fault f = clean(w);

  f.loss = chance(&w->rng) * (one_in(w, 3) ? 0.2 : 0.05);
  f.burst = one_in(w, 3) ? 1 + chance(&w->rng) * 3 : 1;
  add_nodes(w, 2);
  every_link(w, &f);
  add_conns(w, 1 + (int)below(w, 4), octets_for(&f, 400000));
}

static void build_reorder(struct world *w)
{
  struct link_fault f = clean(w);

  f.reorder = chance(&w->rng) * 0.3;
  f.reorder_us = spread(w, 100, 100000);
  f.jitter_us = one_in(w, 2) ? spread(w, 10, 50000) : 0;
  f.duplicate = chance(&w->rng) * 0.1;
  add_nodes(w, 2);
  every_link(w, &f);
  add_conns(w, 1 + (int)below(w, 4), octets_for(&f, 400000));
}

static void build_damage(struct world *w)
{
  struct link_fault f = clean(w);

  f.corrupt = chance(&w->rng) * 0.08;
  f.duplicate = chance(&w->rng) * 0.05;
  add_nodes(w, 2);
  every_link(w, &f);
  add_conns(w, 1 + (int)below(w, 4), octets_for(&f, 300000));
}

static struct link_fault anything(struct world *w)
{
  struct link_fault f = clean(w);

  f.loss = chance(&w->rng) * 0.1;
  f.burst = 1 + chance(&w->rng) * 2;
  f.duplicate = chance(&w->rng) * 0.05;
  f.reorder = chance(&w->rng) * 0.1;
  f.reorder_us = spread(w, 100, 50000);
  f.corrupt = chance(&w->rng) * 0.02;
  return f;
}

static void build_mesh(struct world *w)
{
  struct link_fault f;
  int i;

  add_nodes(w, 3 + (int)below(w, SIM_NODES_MAX - 3));
  f = anything(w);
  every_link(w, &f);
  for (i = 0; i < w->n_nodes; i++) {
    w->up[i][0].fault = anything(w);
    w->up[i][0].fault.rate = 0;
  }
  w->datagrams = below(w, 200);
  add_conns(w, 4 + (int)below(w, 8), 60000);
}

/** The last node forwards between two segments; the others have it as their gateway. */
static void build_router(struct world *w)
{
  struct link_fault f = anything(w);
  int router, i;

  add_nodes(w, 3 + (int)below(w, 2));
  router = w->n_nodes - 1;
  w->config[router].zero_copy_rx = false; /* forwarding rewrites TTL and addresses in place */
  add_iface(w, router, 1, 1);
  for (i = 1; i < router; i += 2) {
    add_iface(w, i, 0, 1);
  }
  for (i = 0; i < router; i++) {
    w->config[i].iface[0].gateway = 0x0A000000u | (uint32_t)w->segment[i][0] << 8 | (uint32_t)(router + 1);
  }
  f.loss /= 2;
  every_link(w, &f);
  for (i = 0; i < SIM_IFACES_MAX; i++) {
    w->up[router][i].fault.corrupt = 0; /* two flipped bits in one segment may cancel in its checksum */
  }
  w->datagrams = below(w, 100);
  add_conns(w, 1 + (int)below(w, 5), octets_for(&f, 60000));
}

/** One direction of a link, anywhere in the whole range. */
static struct link_fault wild(struct world *w)
{
  struct link_fault f = clean(w);

  f.delay_us = one_in(w, 4) ? below(w, 500000) : spread(w, 1, 500000);
  f.loss = one_in(w, 3) ? 0 : chance(&w->rng) * (one_in(w, 2) ? 0.2 : 0.03);
  f.burst = one_in(w, 2) ? 1 + chance(&w->rng) * 4 : 1;
  f.duplicate = one_in(w, 2) ? chance(&w->rng) * 0.1 : 0;
  f.reorder = one_in(w, 2) ? chance(&w->rng) * 0.3 : 0;
  f.reorder_us = spread(w, 100, 200000);
  f.jitter_us = one_in(w, 3) ? spread(w, 10, 50000) : 0;
  f.corrupt = one_in(w, 2) ? chance(&w->rng) * 0.05 : 0;
  return f;
}

/** Each direction of each link for itself.  @return the worst of each, to decide how much can be carried */
static struct link_fault wild_links(struct world *w)
{
  struct link_fault worst = { 0, 1, 0, 0, 0, 0, 0, 0, 0, 0 };
  int i, j;

  for (i = 0; i < w->n_nodes; i++) {
    w->config[i].damage = true;
    for (j = 0; j < SIM_IFACES_MAX; j++) {
      struct link_fault f = wild(w);

      w->up[i][j].fault = f;
      w->down[i][j].fault.delay_us = 1;
      worst.loss = f.loss > worst.loss ? f.loss : worst.loss;
      if (f.rate > 0 && (worst.rate <= 0 || f.rate < worst.rate)) {
        worst.rate = f.rate;
      }
    }
  }
  return worst;
}

static void wild_conns(struct world *w, const struct link_fault *worst, int most)
{
  uint32_t octets = octets_for(worst, one_in(w, 6) ? DATA_MAX : 300000);
  int i, n = 1 + (int)below(w, (uint32_t)most);

  add_conns(w, n, worst->loss > 0.1 && octets > 60000 ? 60000 : octets);
  for (i = 0; i < n; i++) {
    w->conns[i].end = (uint8_t)below(w, SIM_END_MAX);
  }
  trouble_conns(w);
}

static void build_wild(struct world *w)
{
  struct link_fault worst;

  add_nodes(w, 2);
  worst = wild_links(w);
  wild_conns(w, &worst, 4);
}

static void build_switch(struct world *w)
{
  struct link_fault worst;

  add_nodes(w, 3 + (int)below(w, SIM_NODES_MAX - 2));
  worst = wild_links(w);
  w->datagrams = below(w, 100);
  wild_conns(w, &worst, 10);
}

/** What leads on from @p iface of @p node: the interface @p to_iface of @p to. */
static void gateway(struct world *w, int node, int to, int to_iface)
{
  w->config[node].iface[0].gateway = w->config[to].iface[to_iface].ip;
}

/** A router is a node as the others, but what it forwards it may write to, and what it damages could cancel out. */
static void make_router(struct world *w, int node, int outer_segment)
{
  int i;

  w->config[node].zero_copy_rx = false;
  add_iface(w, node, 1, outer_segment);
  for (i = 0; i < SIM_IFACES_MAX; i++) {
    w->up[node][i].fault.corrupt = 0;
    w->up[node][i].fault.loss /= 2;
  }
}

/** Hosts on segments 0 and 2, between them two routers, whose link may take only small packets. */
static void build_chain(struct world *w)
{
  struct link_fault worst;
  int left, right, i;
  uint16_t mtu;

  add_nodes(w, 4 + (int)below(w, SIM_NODES_MAX - 3));
  left = w->n_nodes - 2;
  right = w->n_nodes - 1;
  worst = wild_links(w);
  mtu = one_in(w, 3) ? (uint16_t)(600 + below(w, 900)) : 1500;
  for (i = left; i <= right; i++) {
    add_iface(w, i, 0, 1);
    make_router(w, i, i == left ? 0 : 2);
    w->config[i].iface[0].mtu = mtu;
  }
  gateway(w, left, right, 0);
  gateway(w, right, left, 0);
  for (i = 0; i < left; i++) {
    add_iface(w, i, 0, i % 2 == 0 ? 0 : 2);
    gateway(w, i, i % 2 == 0 ? left : right, 1);
    w->up[i][0].fault.loss /= 2;
  }
  w->datagrams = below(w, 60);
  wild_conns(w, &worst, 6);
}

static void speak_ip6(struct world *w)
{
  int i;

  for (i = 0; i < w->n_nodes; i++) {
    w->config[i].ip6 = true;
  }
}

/** IPv6 over loss, reordering and damage: neighbours are lost and found again as well. */
static void build_ip6(struct world *w)
{
  struct link_fault f = anything(w);

  f.loss = chance(&w->rng) * (one_in(w, 3) ? 0.2 : 0.05);
  f.reorder = chance(&w->rng) * 0.3;
  f.corrupt = chance(&w->rng) * 0.08;
  add_nodes(w, 2 + (int)below(w, 3));
  speak_ip6(w);
  every_link(w, &f);
  w->datagrams = one_in(w, 2) ? below(w, 100) : 0;
  add_conns(w, 1 + (int)below(w, 4), octets_for(&f, 200000));
}

/** STM32's driver on the twins of its MACs at both ends of bad links. */
static void build_twin(struct world *w)
{
  struct link_fault f = anything(w);

  f.corrupt = chance(&w->rng) * 0.05;
  add_nodes(w, 2 + (int)below(w, 2));
  every_link(w, &f);
  w->datagrams = below(w, 60);
  add_conns(w, 1 + (int)below(w, 4), octets_for(&f, 150000));
}

const struct scenario scenarios[] = {
  { "clean", "delay and rate only", build_clean },
  { "loss", "random and bursty loss", build_loss },
  { "reorder", "reordering, jitter, duplicates", build_reorder },
  { "damage", "flipped bits, duplicates", build_damage },
  { "mesh", "three to six nodes, everything at once, UDP beside TCP", build_mesh },
  { "router", "two segments and a forwarding node", build_router },
  { "wild", "the whole range of each parameter; closes and aborts at any moment", build_wild },
  { "switch", "the same, three to six nodes", build_switch },
  { "chain", "the same, over two routers", build_chain },
  { "ip6", "IPv6: loss, reordering, flipped bits, two to four nodes", build_ip6 },
  /* only by name */
  { "twin", "loss, reordering, flipped bits; STM32's driver on the twins of its MACs", build_twin },
};
enum { N_SCENARIOS = sizeof(scenarios) / sizeof(scenarios[0]) };
const int n_scenarios = N_SCENARIOS - 1;

const struct scenario *scenario_find(const char *name)
{
  int i;

  for (i = 0; i < N_SCENARIOS; i++) {
    if (strcmp(scenarios[i].name, name) == 0) {
      return &scenarios[i];
    }
  }
  return NULL;
}

void scenario_build(const struct scenario *s, uint64_t seed, struct world *w)
{
  int i;

  memset(w, 0, sizeof(*w));
  w->seed = seed;
  w->rng = seed * 0x9E3779B97F4A7C15u + 1;
  w->fail_countdown = -1;
  w->limit_us = 4ull * 3600 * 1000000;
  s->build(w);
  for (i = 0; i < SIM_NODES_MAX; i++) {
    scenario_variant[i] = (enum variant)below(w, VARIANTS);
    if (s->build == build_twin) {
      scenario_variant[i] = i == 0 || one_in(w, 2) ? (enum variant)(VARIANT_F4 + below(w, 2)) : scenario_variant[i];
    }
  }
}

enum { RTO_MIN_MS = 1000, MORE_MS = 2 }; /* without SACK and timestamps; clocks tick in milliseconds */

void scenario_build_loss(struct world *w, unsigned long lost, uint32_t rtt_ms)
{
  struct link_fault f = { 0, 1, 0, 0, 0, 0, 0, 0, 0, 0 };
  int i;

  memset(w, 0, sizeof(*w));
  w->rng = 4711;
  w->limit_us = 4ull * 3600 * 1000000;
  w->fail_countdown = -1;
  w->lose_frame = lost;
  w->stall_us = 1000ull * (2 * rtt_ms + RTO_MIN_MS + MORE_MS);
  f.delay_us = rtt_ms * 500;
  add_nodes(w, 2);
  every_link(w, &f);
  add_conns(w, 3, 20000);
  for (i = 0; i < 3; i++) { /* one that sends, one that receives, one that does both */
    w->conns[i].client = 0;
    w->conns[i].server = 1;
    w->conns[i].bytes[0] = i == 1 ? 0 : 16000;
    w->conns[i].bytes[1] = i == 0 ? 0 : 13000;
    w->conns[i].chunk[0] = w->conns[i].chunk[1] = 2000;
    w->conns[i].end = SIM_END_BOTH;
    w->conns[i].slow[0] = w->conns[i].slow[1] = false;
  }
  scenario_variant[0] = scenario_variant[1] = VARIANT_SMALL;
}

void scenario_build_allocation(struct world *w, bool ip6, long countdown, long every)
{
  struct link_fault f = { 0, 1, 0, 0, 0, 2000, 0, 0, 0, 0 };
  int i;

  memset(w, 0, sizeof(*w));
  w->rng = 4711;
  w->limit_us = 4ull * 3600 * 1000000;
  add_nodes(w, 2);
  if (ip6) {
    speak_ip6(w);
  }
  every_link(w, &f);
  add_conns(w, 2, 20000);
  for (i = 0; i < 2; i++) {
    w->conns[i].client = (uint8_t)i;
    w->conns[i].server = (uint8_t)!i;
    w->conns[i].bytes[0] = 12000;
    w->conns[i].bytes[1] = 9000;
    w->conns[i].chunk[0] = 3000;
    w->conns[i].chunk[1] = 700;
    w->conns[i].end = (uint8_t)(i ? SIM_END_HALF : SIM_END_ONE);
    w->conns[i].slow[0] = w->conns[i].slow[1] = false;
    scenario_variant[i] = VARIANT_DEFAULT;
  }
  w->fail_countdown = countdown;
  w->fail_every = every;
}
