/**
 * What a port brings, for a sketch that brings nothing: the clock, and on STM32 the random number generator.  Weak: a
 * sketch or a library that defines them wins.
 *
 * A chip without a generator gets no entropy from here, and a sketch for it does not link until it says where its
 * unguessable numbers come from (lwip/x_entropy.h).
 */
#include "ard_common.h"

#if defined(ARDUINO)

/* The program is wrong, and goes no farther: a fault, where a debugger or the core's handler finds it. */
extern "C" __attribute__((weak)) void lwip_x_assert_failed(const char *what);
extern "C" __attribute__((weak)) void lwip_x_assert_failed(const char *)
{
  __builtin_trap();
}

#endif

#if LWIP_X_ARDUINO

#include "lwip/sys.h"
#include "lwip/x_entropy.h"

extern "C" __attribute__((weak)) u32_t sys_now(void)
{
  return (u32_t)millis();
}

#if defined(ARDUINO_ARCH_STM32) && defined(RNG) && !defined(LWIP_RAND)

/** A word takes some 40 cycles of the generator's clock. */
#define PATIENCE 100000u

/* A generator without its 48 MHz clock, or one that has failed its own test, gives nothing: better no network than a
   guessable one. */
static bool next_word(uint32_t *word)
{
  for (uint32_t n = 0; n < PATIENCE; n++) {
    uint32_t sr = RNG->SR;

    if (sr & (RNG_SR_SECS | RNG_SR_CECS)) {
      return false;
    }
    if (sr & RNG_SR_DRDY) {
      *word = RNG->DR;
      return true;
    }
  }
  return false;
}

static bool failed;

extern "C" __attribute__((weak)) void lwip_x_entropy(void *buf, size_t len)
{
  auto *to = static_cast<uint8_t *>(buf);
  uint32_t word = 0;

  __HAL_RCC_RNG_CLK_ENABLE();
  RNG->CR |= RNG_CR_RNGEN;
  for (size_t i = 0; i < len; i++) {
    if (i % sizeof word == 0 && !next_word(&word)) {
      failed = true;
      return;
    }
    to[i] = (uint8_t)(word >> 8 * (i % sizeof word));
  }
}

bool ard_has_entropy()
{
  uint32_t probe;

  lwip_x_entropy(&probe, sizeof probe);
  return !failed;
}

#else

bool ard_has_entropy()
{
  return true;
}

#endif

#endif
