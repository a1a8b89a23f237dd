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
  bool drawn;
  bool have_spare;
  u32_t spare;
  u64_t counter;
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
  if (!boot.drawn) {
    entropy(boot.key, sizeof boot.key);
    boot.drawn = true;
  }
}

u64_t random_prf(u8_t purpose, const void *data, size_t len)
{
  u8_t in[1 + PRF_MAX];

  random_init();
  len = len < PRF_MAX ? len : PRF_MAX;
  in[0] = purpose;
  memcpy(in + 1, data, len);
  return siphash24(boot.key, in, len + 1);
}

/** A hash gives two numbers: the second is kept for the next call. */
u32_t random_u32(void)
{
  u64_t r;

  if (boot.have_spare) {
    boot.have_spare = false;
    return boot.spare;
  }
  boot.counter++;
  r = random_prf(PURPOSE_COUNTER, &boot.counter, sizeof boot.counter);
  boot.spare = (u32_t)(r >> 32);
  boot.have_spare = true;
  return (u32_t)r;
}

/** Multiply instead of divide (Lemire 2019): the few products that would make some results likelier are drawn again. */
u32_t random_below(u32_t n)
{
  u64_t product = (u64_t)random_u32() * n;

  if ((u32_t)product < n) {
    u32_t reject = (0u - n) % n;

    while ((u32_t)product < reject) {
      product = (u64_t)random_u32() * n;
    }
  }
  return (u32_t)(product >> 32);
}
