/** Big-endian octets, read and written one at a time: no alignment, no byte order of the machine. */
#ifndef LWIP_STACK_BASE_BYTES_H
#define LWIP_STACK_BASE_BYTES_H

#include "lwip/arch.h"

static inline u16_t be16_get(const u8_t *b)
{
  return (u16_t)((b[0] << 8) | b[1]);
}

static inline u32_t be32_get(const u8_t *b)
{
  return ((u32_t)b[0] << 24) | ((u32_t)b[1] << 16) | ((u32_t)b[2] << 8) | b[3];
}

/* A store of the whole value where the machine can do that: the compiler does not find it in octets. */
#if defined(__GNUC__) && BYTE_ORDER == LITTLE_ENDIAN

static inline void be16_put(u8_t *b, u16_t v)
{
  v = __builtin_bswap16(v);
  __builtin_memcpy(b, &v, sizeof v);
}

static inline void be32_put(u8_t *b, u32_t v)
{
  v = __builtin_bswap32(v);
  __builtin_memcpy(b, &v, sizeof v);
}

#else

static inline void be16_put(u8_t *b, u16_t v)
{
  b[0] = (u8_t)(v >> 8);
  b[1] = (u8_t)v;
}

static inline void be32_put(u8_t *b, u32_t v)
{
  b[0] = (u8_t)(v >> 24);
  b[1] = (u8_t)(v >> 16);
  b[2] = (u8_t)(v >> 8);
  b[3] = (u8_t)v;
}

#endif

/** Read a value that stays in network order (an address), wherever it lies. */
static inline u32_t ne32_get(const u8_t *b)
{
  u32_t v;
  __builtin_memcpy(&v, b, sizeof v);
  return v;
}

/** Write a value that is in network order already. */
static inline void ne32_put(u8_t *b, u32_t v)
{
  __builtin_memcpy(b, &v, sizeof v);
}

#endif
