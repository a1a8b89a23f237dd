/** Unpredictable numbers: one boot key, SipHash-2-4 under it, a counter for numbers nobody has to see again. */
#include "random.h"
#include "lwip/opt.h"
#include "lwip/x_entropy.h"
#include <stdbool.h>
#include <string.h>

/** Octets of input random_prf() takes into account. */
#define PRF_MAX 48

enum { PURPOSE_COUNTER = 0 }; /* RANDOM_ISN and the others begin with 1 */

static struct {
  u8_t key[16];
  u64_t drawn;  /**< numbers random_u32() gave */
  u32_t second; /**< one hash gives two of them */
  bool ready;
} boot;

#ifdef LWIP_RAND
static void entropy(u8_t *to, size_t len)
{
  size_t i;

  for (i = 0; i < len; i += sizeof(u32_t)) {
    u32_t r = (u32_t)LWIP_RAND();

    memcpy(to + i, &r, sizeof r);
  }
}
#else
static void entropy(u8_t *to, size_t len)
{
  lwip_x_entropy(to, len);
}
#endif

void random_init(void)
{
  if (!boot.ready) {
    entropy(boot.key, sizeof boot.key);
    boot.ready = true;
  }
}

u64_t random_prf(u8_t purpose, const void *data, size_t len)
{
  u8_t in[1 + PRF_MAX];

  random_init();
  len = len < PRF_MAX ? len : PRF_MAX;
  in[0] = purpose;
  MEMCPY(in + 1, data, len);
  return siphash24(boot.key, in, len + 1);
}

u32_t random_u32(void)
{
  u64_t pair;

  if ((boot.drawn++ & 1) != 0) {
    return boot.second;
  }
  pair = random_prf(PURPOSE_COUNTER, &boot.drawn, sizeof boot.drawn);
  boot.second = (u32_t)(pair >> 32);
  return (u32_t)pair;
}

/** Multiply instead of divide. */
u32_t random_below(u32_t n)
{
  return (u32_t)(((u64_t)random_u32() * n) >> 32);
}
