/**
 * Runs the cases, each in a process of its own, several at a time: a case that hangs is killed, one that crashes hurts
 * nobody.  Prints `ok NAME` or `FAIL NAME` with the checks that failed indented below.
 *
 *   suite [-j N] [-t SECONDS] [WORD ...]     cases whose names contain a word; all without     -l lists them
 */
#include "suite.h"
#include "suite_side.h"
#include <signal.h>
#include <sys/wait.h>

#undef read
#undef write
#undef close
#undef poll
ssize_t read(int fd, void *buf, size_t n);
int close(int fd);
int pipe(int fd[2]);
int dup2(int a, int b);
pid_t fork(void);
void _exit(int status) __attribute__((noreturn));
int getopt(int argc, char *const argv[], const char *options);
extern char *optarg;
extern int optind;

#define CASES_MAX 1000
#define JOBS_MAX 64

static struct suite_case *cases[CASES_MAX];
static int num_cases;
static bool failed;

void suite_register(struct suite_case *c)
{
  if (num_cases < CASES_MAX) {
    cases[num_cases++] = c;
  }
}

static const char *err_name(int e)
{
  const char *name = strerrorname_np(e);

  return e == 0 ? "-" : name != NULL ? name : "?";
}

bool suite_check(bool good, const char *file, int line, const char *what, long got, int err, long want, int want_err)
{
  const char *slash = strrchr(file, '/');

  if (!good) {
    failed = true;
    printf("    %s:%d: %s: %ld %s, wanted %ld %s\n", slash ? slash + 1 : file, line, what, got, err_name(err), want,
           err_name(want_err));
    fflush(stdout);
  }
  return good;
}

void suite_give_up(void)
{
  fflush(stdout);
  _exit(1);
}

/** A case that is running. */
struct job {
  pid_t pid;
  int out;
  const struct suite_case *c;
  long deadline;
  bool killed;
};

static void start(struct job *j, const struct suite_case *c, long limit_ms)
{
  int p[2];

  if (pipe(p) != 0 || (j->pid = fork()) < 0) {
    perror("suite");
    exit(2);
  }
  if (j->pid == 0) {
    dup2(p[1], 1);
    close(p[0]);
    close(p[1]);
    side_start();
    c->body(c->fam);
    fflush(stdout);
    side_stop(failed);
    _exit(failed);
  }
  close(p[1]);
  j->out = p[0];
  j->c = c;
  j->deadline = now_ms() + limit_ms;
  j->killed = false;
}

static bool finish(struct job *j, int status)
{
  bool good = WIFEXITED(status) && WEXITSTATUS(status) == 0;
  char text[8192];
  ssize_t n;

  printf("%s %s\n", good ? "ok" : "FAIL", j->c->name);
  while ((n = read(j->out, text, sizeof text)) > 0) {
    fwrite(text, 1, (size_t)n, stdout);
  }
  if (j->killed) {
    printf("    did not end in time\n");
  } else if (WIFSIGNALED(status)) {
    printf("    died by signal %d\n", WTERMSIG(status));
  } else if (WEXITSTATUS(status) > 1) {
    printf("    exit code %d\n", WEXITSTATUS(status));
  }
  fflush(stdout);
  close(j->out);
  return good;
}

static bool wanted(const char *name, int n, char **words)
{
  int i;

  for (i = 0; i < n; i++) {
    if (strstr(name, words[i]) != NULL) {
      return true;
    }
  }
  return n == 0;
}

static int by_name(const void *a, const void *b)
{
  return strcmp((*(struct suite_case *const *)a)->name, (*(struct suite_case *const *)b)->name);
}

/** Take one job that has ended.  @return its index, -1: none yet */
static int reap(struct job *jobs, int n, int *status)
{
  int i;
  pid_t pid = waitpid(-1, status, WNOHANG);

  for (i = 0; i < n; i++) {
    if (pid > 0 && jobs[i].pid == pid) {
      return i;
    }
    if (!jobs[i].killed && now_ms() > jobs[i].deadline) {
      jobs[i].killed = true;
      kill(jobs[i].pid, SIGKILL);
    }
  }
  return -1;
}

int main(int argc, char **argv)
{
  struct job jobs[JOBS_MAX];
  int running = 0, next = 0, good = 0, bad = 0, most = 8, limit = 20, o, i, status;
  bool list = false;

  signal(SIGPIPE, SIG_IGN);
  while ((o = getopt(argc, argv, "j:t:l")) != -1) {
    if (o == 'j') {
      most = atoi(optarg) < JOBS_MAX ? atoi(optarg) : JOBS_MAX;
    } else if (o == 't') {
      limit = atoi(optarg);
    } else {
      list = true;
    }
  }
  side_prepare();
  qsort(cases, (size_t)num_cases, sizeof cases[0], by_name);
  fflush(stdout);
  while (next < num_cases || running > 0) {
    while (next < num_cases && running < most) {
      const struct suite_case *c = cases[next++];

      if (!wanted(c->name, argc - optind, argv + optind)) {
        continue;
      }
      if (list) {
        puts(c->name);
        continue;
      }
      fflush(stdout);
      start(&jobs[running++], c, limit * 1000L);
    }
    i = reap(jobs, running, &status);
    if (i >= 0) {
      if (finish(&jobs[i], status)) {
        good++;
      } else {
        bad++;
      }
      jobs[i] = jobs[--running];
    } else if (running > 0) {
      pause_ms(1);
    }
  }
  printf("%d passed, %d failed\n", good, bad);
  return bad != 0;
}
