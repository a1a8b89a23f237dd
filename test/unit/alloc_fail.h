/** Fail the nth allocation of the heap or of a pool, for every n (LWIP_X_ALLOC_FAIL of test/config/full). */
#ifndef TEST_UNIT_ALLOC_FAIL_H
#define TEST_UNIT_ALLOC_FAIL_H

#include "../config/test_port.h"

/**
 * Call @p body with the first allocation failing, then with the second, and so on, until one run needs no more than were let
 * through.  @p body must leave everything as it found it, whatever fails: look for leaks at its end.
 * @return how many different allocations were failed
 */
static inline long alloc_fail_each(void (*body)(void *), void *context)
{
  long n;

  for (n = 0;; n++) {
    test_alloc_countdown = n;
    body(context);
    if (test_alloc_countdown >= 0) {
      test_alloc_countdown = -1;
      return n;
    }
  }
}

/** Fail the allocation after the next @p n ones, once. */
static inline void alloc_fail_after(long n)
{
  test_alloc_countdown = n;
}

/** Fail nothing any more. */
static inline void alloc_fail_stop(void)
{
  test_alloc_countdown = -1;
}

#endif
