/** What the programs of this folder share: the start, a case's figures, the marks around what is counted, and failures. */
#ifndef BENCH_THREADS_MARK_H
#define BENCH_THREADS_MARK_H

#include "lwip/sys.h"
#include "lwip/tcpip.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <valgrind/callgrind.h>

/** Operations, octets an operation, and what went wrong. */
static unsigned long n = 1000, len = 1460, bad;

/** Start the stack and wait until @p ready, which signals the semaphore it is given, has run. */
static void h_start_stack(tcpip_init_done_fn ready)
{
  sys_sem_t running;

  sys_sem_new(&running, 0);
  tcpip_init(ready, &running);
  sys_sem_wait(&running);
}

struct bench_case {
  const char *name;
  void (*fn)(void);
};

static void b_expect(int ok)
{
  if (!ok) {
    bad++;
  }
}

static void b_begin(void)
{
  sys_msleep(50);
  CALLGRIND_START_INSTRUMENTATION;
  CALLGRIND_ZERO_STATS;
}

static void b_end(const char *what, unsigned long ops)
{
  CALLGRIND_DUMP_STATS;
  CALLGRIND_STOP_INSTRUMENTATION;
  printf("%s ops %lu bad %lu\n", what, ops, bad);
  fflush(stdout);
}

/** Take n= and len= from a case as "rr n=2000 len=64". */
static void h_figures(const char *what)
{
  const char *at;

  if ((at = strstr(what, " n=")) != NULL) {
    n = strtoul(at + 3, NULL, 10);
  }
  if ((at = strstr(what, " len=")) != NULL) {
    len = strtoul(at + 5, NULL, 10);
  }
}

/** Run the case that @p what begins with.  @return the exit code */
static int h_run(const struct bench_case *cases, size_t count, const char *what)
{
  size_t word = strcspn(what, " "), i;

  for (i = 0; i < count; i++) {
    if (strncmp(what, cases[i].name, word) == 0 && cases[i].name[word] == '\0') {
      cases[i].fn();
    }
  }
  return bad != 0;
}

#endif
