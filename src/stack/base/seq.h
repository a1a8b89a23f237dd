/** Arithmetic modulo 2^32: sequence numbers (RFC 9293 section 3.4) and the millisecond clock. */
#ifndef LWIP_STACK_BASE_SEQ_H
#define LWIP_STACK_BASE_SEQ_H

#include "lwip/arch.h"
#include <stdbool.h>

static inline bool seq_lt(u32_t a, u32_t b)
{
  return (s32_t)(a - b) < 0;
}

static inline bool seq_leq(u32_t a, u32_t b)
{
  return (s32_t)(a - b) <= 0;
}

static inline bool seq_gt(u32_t a, u32_t b)
{
  return (s32_t)(a - b) > 0;
}

static inline bool seq_geq(u32_t a, u32_t b)
{
  return (s32_t)(a - b) >= 0;
}

/** low <= a < high */
static inline bool seq_in(u32_t a, u32_t low, u32_t high)
{
  return a - low < high - low;
}

/** Has the clock @p now (ms) reached @p at? */
static inline bool time_reached(u32_t now, u32_t at)
{
  return (s32_t)(now - at) >= 0;
}

#endif
