/** The host side of test/config: every symbol is weak, a test that wants another one defines it. */
#include "test_port.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define WEAK __attribute__((weak))

WEAK int test_context;
WEAK long test_alloc_countdown = -1;
WEAK unsigned long test_allocs;

static uint64_t rand_state = 0x9E3779B97F4A7C15u;

WEAK bool test_alloc_fails(void)
{
  test_allocs++;
  if (test_alloc_countdown < 0) {
    return false;
  }
  return test_alloc_countdown-- == 0;
}

WEAK void test_rand_seed(uint64_t seed)
{
  rand_state = seed * 0x9E3779B97F4A7C15u + 0xD1B54A32D192ED03u;
}

/** splitmix64 (Steele, Lea, Flood 2014). */
WEAK uint32_t test_rand(void)
{
  uint64_t z = rand_state += 0x9E3779B97F4A7C15u;

  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return (uint32_t)((z ^ (z >> 31)) >> 16);
}

WEAK void test_diag(const char *fmt, ...)
{
  va_list ap;

  if (getenv("TEST_VERBOSE") == NULL) {
    return;
  }
  va_start(ap, fmt);
  vfprintf(stderr, fmt, ap);
  va_end(ap);
}

WEAK void test_assert_failed(const char *what, const char *file, int line)
{
  fprintf(stderr, "%s:%d: assertion failed: %s\n", file, line, what);
  fflush(NULL);
  abort();
}
