#include "link.h"

enum { BURST_MAX_US = 300000 };

uint64_t chance_next(uint64_t *state)
{
  uint64_t z = *state += 0x9E3779B97F4A7C15u;

  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

double chance(uint64_t *state)
{
  return (double)(chance_next(state) >> 11) / 9007199254740992.0;
}

uint32_t chance_below(uint64_t *state, uint32_t n)
{
  return (uint32_t)(((chance_next(state) >> 32) * n) >> 32);
}

/** Gilbert's model with the same mean loss when losses come in bursts. */
static bool lost(struct link *l, uint64_t *rng, uint64_t now_us)
{
  const struct link_fault *f = &l->fault;

  if (f->burst <= 1) {
    return chance(rng) < f->loss;
  }
  if (l->in_burst && now_us - l->burst_us < BURST_MAX_US) {
    l->in_burst = chance(rng) < 1 - 1 / f->burst;
  } else {
    l->in_burst = chance(rng) < f->loss / f->burst / (1 - f->loss);
    l->burst_us = now_us;
  }
  return l->in_burst;
}

/** @return false: the queue in front of the link is full */
static bool serialise(struct link *l, uint64_t now_us, size_t len)
{
  if (l->free_us < now_us) {
    l->free_us = now_us;
  }
  if (l->fault.rate <= 0) {
    return true;
  }
  if ((double)(l->free_us - now_us) * l->fault.rate > l->fault.queue) {
    return false;
  }
  l->free_us += (uint64_t)((double)(len + 24) / l->fault.rate) + 1;
  return true;
}

static uint64_t arrival(const struct link *l, uint64_t *rng)
{
  const struct link_fault *f = &l->fault;
  uint64_t t = l->free_us + f->delay_us;

  if (f->jitter_us > 0) {
    t += chance_below(rng, f->jitter_us);
  }
  if (chance(rng) < f->reorder) {
    t += f->reorder_us;
  }
  return t;
}

int link_carry(struct link *l, uint64_t *rng, uint64_t now_us, size_t len, uint64_t at_us[2], bool damage[2])
{
  int n = 1, i;

  if (!serialise(l, now_us, len) || lost(l, rng, now_us)) {
    return 0;
  }
  if (chance(rng) < l->fault.duplicate) {
    n = 2;
  }
  for (i = 0; i < n; i++) {
    at_us[i] = arrival(l, rng);
    damage[i] = chance(rng) < l->fault.corrupt;
  }
  return n;
}

uint64_t link_sent_us(const struct link *l, uint64_t now_us)
{
  return l->free_us > now_us ? l->free_us : now_us + 1;
}
