/**
 * CUBIC (RFC 9438): after a loss the window climbs back to where it was, fast at first, lingers there, and then looks for more,
 * by time and not by round trips; and nowhere slower than NewReno.
 *
 * Whole numbers of 32 bits: time in units of 1/64 s (K^3 of 6,500 segments fits, and the cube of 20 s), windows in octets.
 */
#include "tcp_engine.h"

#include "lwip/x_tcp_cc.h"

#if LWIP_TCP && LWIP_X_TCP_CUBIC

enum {
  BETA_TENTHS = 7,          /* beta 0.7, 4.6 */
  CUBE_PER_SEGMENT = 655360 /* 64^3 / C, C = 0.4 segments/s^3 (5.1) */
};

static u32_t units(u32_t ms)
{
  return LWIP_MIN(ms, 20000u) * 8 / 125;
}

/* The largest r with r^3 <= x, bit by bit. */
static u32_t cube_root(u32_t x)
{
  u32_t r = 0;
  int s;

  for (s = 30; s >= 0; s -= 3) {
    u32_t b;

    r *= 2;
    b = 3 * r * (r + 1) + 1;
    if ((x >> s) >= b) {
      x -= b << s;
      r++;
    }
  }
  return r;
}

/* 4.2: the epoch begins with the first ACK in congestion avoidance. */
static void begin(struct tcp_pcb *pcb, u32_t now_ms)
{
  struct lwip_x_tcp_cubic_state *c = &pcb->x_cc_state.cubic;
  u32_t short_of = c->w_max > pcb->cwnd ? (c->w_max - pcb->cwnd) / pcb->mss : 0;
  u32_t k = cube_root(LWIP_MIN(short_of, 6500u) * CUBE_PER_SEGMENT);

  c->at_ms = now_ms + k * 125 / 8;
  c->at_ms += c->at_ms == 0;
  c->w_est = pcb->cwnd;
  c->w_max = LWIP_MAX(c->w_max, pcb->cwnd);
}

/* Equation 1, octets. */
static u32_t w_cubic(const struct tcp_pcb *pcb, u32_t ms)
{
  const struct lwip_x_tcp_cubic_state *c = &pcb->x_cc_state.cubic;
  s32_t d = (s32_t)(ms - c->at_ms);
  u32_t a = units((u32_t)(d < 0 ? -d : d));
  u32_t off = (a * a * a >> 10) * pcb->mss / (CUBE_PER_SEGMENT >> 10);

  if (d >= 0) {
    return c->w_max + off;
  }
  return c->w_max > off ? c->w_max - off : 0;
}

/* 4.3: what NewReno with the same reduction would have: alpha = 3 * 0.3 / 1.7 = 9/17 segments a round trip, and a whole one
 * beyond the window that was reduced last (cwnd_prior: ssthresh / beta). */
static void grow_estimate(struct tcp_pcb *pcb, u32_t octets)
{
  struct lwip_x_tcp_cubic_state *c = &pcb->x_cc_state.cubic;
  u32_t n = LWIP_MIN(octets, 0xffffu) * pcb->mss / LWIP_MAX((u32_t)pcb->cwnd, 1u);

  if (c->w_est / 10 * BETA_TENTHS < pcb->ssthresh) {
    n = n * 9 / 17;
  }
  c->w_est += LWIP_MAX(n, 1u);
}

static void cubic_acked(struct tcp_pcb *pcb, u32_t octets, u32_t now_ms)
{
  struct lwip_x_tcp_cubic_state *c = &pcb->x_cc_state.cubic;
  u32_t cwnd = pcb->cwnd, target;

  if (c->at_ms == 0) {
    begin(pcb, now_ms);
  }
  grow_estimate(pcb, octets);
  if (w_cubic(pcb, now_ms) < c->w_est) {
    cwnd = LWIP_MAX(cwnd, c->w_est);
  } else {
    target = w_cubic(pcb, now_ms + (u32_t)pcb->sa / 2); /* 4.4: where it should be in a round trip */
    target = LWIP_MIN(target, cwnd + cwnd / 2);
    if (target > cwnd) {
      cwnd += LWIP_MAX((target - cwnd) / LWIP_MAX(cwnd / LWIP_MAX(octets, 1u), 1u), 1u);
    }
  }
  pcb->cwnd = (tcpwnd_size_t)LWIP_MIN(cwnd, (u32_t)(tcpwnd_size_t)-1);
}

/* 4.6, and fast convergence, 4.7. */
static u32_t cubic_reduced(struct tcp_pcb *pcb, u32_t window)
{
  struct lwip_x_tcp_cubic_state *c = &pcb->x_cc_state.cubic;

  c->w_max = window < c->w_max ? window / 20 * (10 + BETA_TENTHS) : window;
  c->at_ms = 0;
  return window / 10 * BETA_TENTHS;
}

const struct lwip_x_tcp_cc lwip_x_tcp_cubic = { "cubic", cubic_acked, cubic_reduced };

#endif
