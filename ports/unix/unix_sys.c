/** What the stack asks of a Unix system without threads: the clock and entropy. */
#define _GNU_SOURCE
#include "lwip/sys.h"
#include "lwip/x_entropy.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>

u32_t sys_now(void)
{
  struct timespec t;

  clock_gettime(CLOCK_MONOTONIC, &t);
  return (u32_t)t.tv_sec * 1000u + (u32_t)(t.tv_nsec / 1000000);
}

u32_t sys_jiffies(void)
{
  return sys_now();
}

void lwip_x_entropy(void *buf, size_t len)
{
  ssize_t n;

  do {
    n = getrandom(buf, len, 0);
  } while (n < 0 && errno == EINTR);
  if (n != (ssize_t)len) {
    perror("getrandom");
    abort();
  }
}
