/**
 * sim: run seeds, each in a process of its own, and sum up.
 *
 *   sim --seeds A-B [--scenario NAME] [-j JOBS] [-v]      seeds over all scenarios, or one
 *   sim --allocations                                     fail the nth allocation, for all n
 *   sim --losses                                          lose the nth frame, for all n: small windows never stall for long
 *   sim --fail N,K [-v]                                   fail number N (-1: none), and one in K (0: none)
 *   sim --twice N                                         N seeds run twice must give the same run
 *   sim --list
 */
#include "scenario.h"
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const variant_file[VARIANTS_ALL] = { "sim_node.so",       "sim_node_tiny.so",    "sim_node_small.so",
                                                        "sim_node_large.so", "sim_node_reports.so", "sim_node_f4.so",
                                                        "sim_node_h7.so" };
static char folder[512];
static unsigned wall_limit = 120; /* seconds a seed may take on the wall clock */

/** What a seed's process leaves behind, in shared memory. */
struct outcome {
  uint64_t hash;
  unsigned long allocations, frames;
  double seconds;
  char failure[256];
};

static struct world the_world;

static bool load_all(struct world *w)
{
  char path[600];
  int i;

  for (i = 0; i < w->n_nodes; i++) {
    snprintf(path, sizeof(path), "%s/%s", folder, variant_file[scenario_variant[i]]);
    if (!world_load(path, &w->node[i])) {
      return false;
    }
  }
  return true;
}

static void run_here(struct world *w, struct outcome *o)
{
  int i;

  alarm(wall_limit);
  if (!load_all(w)) {
    snprintf(o->failure, sizeof(o->failure), "cannot load the nodes");
    return;
  }
  world_run(w);
  memcpy(o->failure, w->failure, sizeof(o->failure));
  o->hash = w->hash;
  o->frames = w->frames;
  o->seconds = (double)w->now_us / 1e6;
  for (i = 0; i < w->n_nodes; i++) {
    o->allocations += w->node[i]->allocations();
  }
}

/** A job is a seed of a scenario, a frame to lose, or an allocation to fail. */
struct job {
  const struct scenario *s;
  uint64_t seed;
  unsigned long lost;
  uint32_t rtt_ms; /* 0: nothing is to be lost */
  long countdown, every;
  bool ip6; /**< the scenario of allocations over IPv6 */
};

static void describe(const struct job *j, char *text, size_t len)
{
  if (j->s != NULL) {
    snprintf(text, len, "--scenario %s --seeds %" PRIu64 "-%" PRIu64, j->s->name, j->seed, j->seed);
  } else if (j->rtt_ms != 0) {
    snprintf(text, len, "--losses (frame %lu of a round trip of %u ms)", j->lost, (unsigned)j->rtt_ms);
  } else {
    snprintf(text, len, "--allocations (number %ld fails, one in %ld%s)", j->countdown, j->every,
             j->ip6 ? ", IPv6" : "");
  }
}

static void build(const struct job *j, struct world *w)
{
  if (j->s != NULL) {
    scenario_build(j->s, j->seed, w);
  } else if (j->rtt_ms != 0) {
    scenario_build_loss(w, j->lost, j->rtt_ms);
  } else {
    scenario_build_allocation(w, j->ip6, j->countdown, j->every);
  }
}

static pid_t start(const struct job *j, struct outcome *o, bool verbose)
{
  pid_t pid;

  memset(o, 0, sizeof(*o));
  snprintf(o->failure, sizeof(o->failure), "the process died");
  fflush(NULL);
  pid = fork();
  if (pid == 0) {
    build(j, &the_world);
    the_world.verbose = verbose;
    run_here(&the_world, o);
    fflush(NULL);
    _exit(0);
  }
  return pid;
}

static unsigned long n_good, n_bad;

static void judge(const struct job *j, struct outcome *o, int status)
{
  char what[128];

  if (WIFSIGNALED(status)) {
    snprintf(o->failure, sizeof(o->failure), "killed by signal %d%s", WTERMSIG(status),
             WTERMSIG(status) == SIGALRM ? " (too slow)" : "");
  }
  if (o->failure[0] == '\0') {
    n_good++;
    return;
  }
  n_bad++;
  describe(j, what, sizeof(what));
  printf("FAIL %s: %s\n", what, o->failure);
  fflush(stdout);
}

/** Run all jobs, @p width at a time. */
static void run_jobs(const struct job *jobs, size_t n, int width, bool verbose, struct outcome *outcomes)
{
  struct outcome *shared =
    mmap(NULL, sizeof(*shared) * (size_t)width, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  pid_t *pid = calloc((size_t)width, sizeof(*pid));
  size_t *which = calloc((size_t)width, sizeof(*which));
  size_t next = 0, done = 0;
  int i, status;

  if (shared == MAP_FAILED || pid == NULL || which == NULL) {
    abort();
  }
  while (done < n) {
    for (i = 0; i < width && next < n; i++) {
      if (pid[i] == 0) {
        which[i] = next;
        pid[i] = start(&jobs[next++], &shared[i], verbose);
      }
    }
    {
      pid_t ended = wait(&status);

      for (i = 0; i < width; i++) {
        if (pid[i] == ended) {
          judge(&jobs[which[i]], &shared[i], status);
          if (outcomes != NULL) {
            outcomes[which[i]] = shared[i];
          }
          pid[i] = 0;
          done++;
        }
      }
    }
    if (isatty(1)) {
      printf("\r%zu of %zu ", done, n);
      fflush(stdout);
    }
  }
  if (isatty(1)) {
    printf("\r");
  }
  munmap(shared, sizeof(*shared) * (size_t)width);
  free(pid);
  free(which);
}

static void run_seeds(const struct scenario *s, uint64_t from, uint64_t to, int width, bool verbose)
{
  size_t n = (size_t)(to - from + 1), i;
  struct job *jobs = calloc(n, sizeof(*jobs));

  if (jobs == NULL) {
    abort();
  }
  for (i = 0; i < n; i++) {
    jobs[i].s = s != NULL ? s : &scenarios[(from + i) % (uint64_t)n_scenarios];
    jobs[i].seed = from + i;
  }
  run_jobs(jobs, n, width, verbose, NULL);
  free(jobs);
}

/** First a run without a loss, to know how many frames there are. */
static void run_losses(uint32_t rtt_ms, int width, bool verbose)
{
  struct job first = { .rtt_ms = rtt_ms };
  struct outcome o;
  struct job *jobs;
  size_t i;

  run_jobs(&first, 1, 1, verbose, &o);
  jobs = calloc(o.frames, sizeof(*jobs));
  if (o.failure[0] != '\0' || jobs == NULL) {
    free(jobs);
    return;
  }
  for (i = 0; i < o.frames; i++) {
    jobs[i].rtt_ms = rtt_ms;
    jobs[i].lost = i + 1;
  }
  run_jobs(jobs, o.frames, width, verbose, NULL);
  free(jobs);
}

/** First a run without failures, to know how many allocations there are; then one run for each; then one in k. */
static void run_allocations(int width, bool ip6, bool verbose)
{
  struct job first = { .countdown = -1, .ip6 = ip6 };
  struct outcome o;
  struct job *jobs;
  size_t n, i;

  run_jobs(&first, 1, 1, verbose, &o);
  if (o.failure[0] != '\0') {
    return;
  }
  n = (size_t)o.allocations;
  printf("%zu allocations in the scenario%s\n", n, ip6 ? " over IPv6" : "");
  jobs = calloc(n + 30, sizeof(*jobs));
  if (jobs == NULL) {
    abort();
  }
  for (i = 0; i < n; i++) {
    jobs[i].countdown = (long)i;
  }
  for (i = 0; i < 30; i++) {
    jobs[n + i].countdown = -1;
    jobs[n + i].every = (long)i + 3;
  }
  for (i = 0; i < n + 30; i++) {
    jobs[i].ip6 = ip6;
  }
  run_jobs(jobs, n + 30, width, verbose, NULL);
  free(jobs);
}

static void run_one_failure(const char *which, bool verbose)
{
  struct job j = { .countdown = -1 };
  int ip6 = 0;

  sscanf(which, "%ld,%ld,%d", &j.countdown, &j.every, &ip6);
  j.ip6 = ip6 != 0;
  run_jobs(&j, 1, 1, verbose, NULL);
}

static void run_twice(uint64_t n, int width)
{
  struct job *jobs = calloc(2 * n, sizeof(*jobs));
  struct outcome *o = calloc(2 * n, sizeof(*o));
  uint64_t i;

  if (jobs == NULL || o == NULL) {
    abort();
  }
  for (i = 0; i < 2 * n; i++) {
    jobs[i].s = &scenarios[i / 2 % (uint64_t)n_scenarios];
    jobs[i].seed = 1000000 + i / 2;
  }
  run_jobs(jobs, 2 * n, width, false, o);
  for (i = 0; i < n; i++) {
    if (o[2 * i].hash != o[2 * i + 1].hash) {
      printf("FAIL seed %" PRIu64 ": two runs differ\n", jobs[2 * i].seed);
      n_bad++;
    }
  }
  free(jobs);
  free(o);
}

static int usage(void)
{
  fprintf(stderr,
          "usage: sim --seeds A-B [--scenario NAME] [-j JOBS] [-v] | --allocations | --losses | --twice N | --list\n");
  return 2;
}

static void list(void)
{
  int i;

  for (i = 0; i < n_scenarios; i++) {
    printf("%-10s %s\n", scenarios[i].name, scenarios[i].text);
  }
}

int main(int argc, char **argv)
{
  const struct scenario *s = NULL;
  uint64_t from = 0, to = 0, twice = 0;
  bool allocations = false, losses = false, verbose = false;
  int width = (int)sysconf(_SC_NPROCESSORS_ONLN), i;
  ssize_t n = readlink("/proc/self/exe", folder, sizeof(folder) - 1);

  if (n > 0) {
    folder[n] = '\0';
    *strrchr(folder, '/') = '\0';
  }
  for (i = 1; i < argc; i++) {
    if (strcmp(argv[i], "--list") == 0) {
      list();
      return 0;
    } else if (strcmp(argv[i], "--allocations") == 0) {
      allocations = true;
    } else if (strcmp(argv[i], "--losses") == 0) {
      losses = true;
    } else if (strcmp(argv[i], "-v") == 0) {
      verbose = true;
    } else if (i + 1 == argc) {
      return usage();
    } else if (strcmp(argv[i], "--seeds") == 0) {
      int k = sscanf(argv[++i], "%" SCNu64 "-%" SCNu64, &from, &to);

      to = k == 1 ? from : to;
    } else if (strcmp(argv[i], "--scenario") == 0) {
      s = scenario_find(argv[++i]);
      if (s == NULL) {
        return usage();
      }
    } else if (strcmp(argv[i], "--twice") == 0) {
      twice = strtoull(argv[++i], NULL, 0);
    } else if (strcmp(argv[i], "--fail") == 0) {
      run_one_failure(argv[++i], verbose);
    } else if (strcmp(argv[i], "--wall") == 0) {
      wall_limit = (unsigned)atoi(argv[++i]);
    } else if (strcmp(argv[i], "-j") == 0) {
      width = atoi(argv[++i]);
    } else {
      return usage();
    }
  }
  if (to >= from && to > 0) {
    run_seeds(s, from, to, width, verbose);
  }
  if (twice > 0) {
    run_twice(twice, width);
  }
  if (losses) {
    run_losses(4, width, verbose);
    run_losses(100, width, verbose);
  }
  if (allocations) {
    run_allocations(width, false, verbose);
    run_allocations(width, true, verbose);
  }
  printf("%lu passed, %lu failed\n", n_good, n_bad);
  return n_bad != 0;
}
