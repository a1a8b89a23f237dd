/**
 * Random numbers nobody outside can guess: SipHash-2-4 in counter mode under a 128-bit key that is
 * drawn once from the port's entropy.  The port gives lwip_x_entropy(), or LWIP_RAND() in
 * arch/cc.h or lwipopts.h; with neither the program does not link.
 */
#ifndef LWIP_STACK_BASE_RANDOM_H
#define LWIP_STACK_BASE_RANDOM_H

#include "lwip/arch.h"
#include <stddef.h>

/** Draw the boot key.  Harmless when called again. */
void random_init(void);

/** 32 unpredictable bits. */
u32_t random_u32(void);

/** In [0, n), n > 0; no value is likelier than another by more than one in 2^32 / n. */
u32_t random_below(u32_t n);

/**
 * A keyed function of @p len octets at @p data: the same for the same input until the next boot,
 * unpredictable without the key.  @p purpose separates uses (RANDOM_ISN, ...).
 */
u64_t random_prf(u8_t purpose, const void *data, size_t len);

enum {
  RANDOM_ISN = 1,
  RANDOM_PORT,
  RANDOM_TS_OFFSET,
  RANDOM_IP_ID,
  RANDOM_HASH,
  RANDOM_COOKIE,
  RANDOM_ND6_NONCE,
  RANDOM_FASTOPEN
};

/** SipHash-2-4 (Aumasson, Bernstein 2012) of @p len octets under the 16 octets at @p key. */
u64_t siphash24(const u8_t key[16], const void *data, size_t len);

#endif
