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
    c->end = (uint8_t)below(w, SIM_END_MAX);
    c->ender = (uint8_t)below(w, 2);
    c->nagle = one_in(w, 2);
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

const struct scenario scenarios[] = {
  { "clean", "delay and rate only", build_clean },
  { "loss", "random and bursty loss", build_loss },
  { "reorder", "reordering, jitter, duplicates", build_reorder },
  { "damage", "flipped bits, duplicates", build_damage },
  { "mesh", "three to six nodes, everything at once, UDP beside TCP", build_mesh },
  { "router", "two segments and a forwarding node", build_router },
};
const int n_scenarios = (int)(sizeof(scenarios) / sizeof(scenarios[0]));

const struct scenario *scenario_find(const char *name)
{
  int i;

  for (i = 0; i < n_scenarios; i++) {
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
    scenario_variant[i] = one_in(w, 2) ? VARIANT_DEFAULT : one_in(w, 2) ? VARIANT_SMALL : VARIANT_LARGE;
  }
}

void scenario_build_allocation(struct world *w, long countdown, long every)
{
  struct link_fault f = { 0, 1, 0, 0, 0, 2000, 0, 0, 0, 0 };
  int i;

  memset(w, 0, sizeof(*w));
  w->rng = 4711;
  w->limit_us = 4ull * 3600 * 1000000;
  add_nodes(w, 2);
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
