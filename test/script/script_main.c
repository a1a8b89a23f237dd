/**
 * script FILE...: run every `test` of the files, each in a process of its own; -v prints the packets,
 * -t WORD only the tests whose name contains it.  Ends with `N passed, N failed`.
 */
#include "script.h"
#include <arpa/inet.h>
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct line *current;
bool verbose;

void say(const char *fmt, ...)
{
  va_list ap;

  if (!verbose) {
    return;
  }
  printf("  %9.3f ", (double)now_us / 1e6);
  va_start(ap, fmt);
  vprintf(fmt, ap);
  va_end(ap);
  printf("\n");
}

void fail(const char *fmt, ...)
{
  va_list ap;

  if (current != NULL) {
    printf("%s:%d: ", current->file, current->number);
  }
  va_start(ap, fmt);
  vprintf(fmt, ap);
  va_end(ap);
  printf("\n");
  fflush(stdout);
  _exit(1);
}

/* ------------------------------------------------------------------ words */

const char *line_next(struct line *l)
{
  return l->at < l->n ? l->word[l->at++] : NULL;
}

bool line_take(struct line *l, const char *w)
{
  if (l->at < l->n && strcmp(l->word[l->at], w) == 0) {
    l->at++;
    return true;
  }
  return false;
}

uint32_t line_number(struct line *l)
{
  const char *w = line_next(l);
  char *end;
  long long v;

  if (w == NULL) {
    fail("a number is missing");
  }
  v = strtoll(w, &end, 0);
  if (*end != '\0') {
    fail("'%s' is no number", w);
  }
  return (uint32_t)v;
}

uint32_t line_address(struct line *l)
{
  const char *w = line_next(l);
  unsigned a, b, c, d;

  if (w == NULL || sscanf(w, "%u.%u.%u.%u", &a, &b, &c, &d) != 4) {
    fail("'%s' is no address", w != NULL ? w : "");
  }
  return a << 24 | b << 16 | c << 8 | d;
}

void line_address6(struct line *l, uint8_t to[16])
{
  const char *w = line_next(l);

  if (w == NULL || inet_pton(AF_INET6, w, to) != 1) {
    fail("'%s' is no IPv6 address", w != NULL ? w : "");
  }
}

uint64_t seconds_us(const char *text)
{
  return (uint64_t)(strtod(text, NULL) * 1e6 + 0.5);
}

/** Words are apart by blanks and commas; "->", "<" and ">" are words of their own; # begins a comment. */
static void split(struct line *l, const char *raw)
{
  static const char *const alone[] = { "->", "<", ">" };
  size_t o = 0;
  int i;

  l->n = l->at = 0;
  while (*raw != '\0' && *raw != '\n' && *raw != '#' && o + 4 < sizeof(l->text) && l->n < WORDS_MAX) {
    size_t len = strcspn(raw, " \t\r\n,#<>");

    if (isspace((unsigned char)*raw) || *raw == ',') {
      raw++;
      continue;
    }
    for (i = 0; i < 3; i++) {
      if (strncmp(raw, alone[i], strlen(alone[i])) == 0) {
        len = strlen(alone[i]);
        break;
      }
    }
    if (i == 3) {
      const char *arrow = strstr(raw, "->");

      if (arrow != NULL && (size_t)(arrow - raw) < len) {
        len = (size_t)(arrow - raw);
      }
    }
    memcpy(l->text + o, raw, len);
    l->text[o + len] = '\0';
    l->word[l->n++] = l->text + o;
    o += len + 1;
    raw += len;
  }
}

/* ------------------------------------------------------------------ verbs about packets */

static void show(const char *what, const struct packet *p)
{
  char text[400];

  packet_print(p, text, sizeof(text));
  say("%s %s", what, text);
}

static void run_in(struct line *l)
{
  struct packet p;
  uint8_t frame[FRAME_MAX];
  size_t len;

  packet_parse(l, &p);
  len = packet_build(&p, frame);
  show("in ", &p);
  stack_input(frame, len);
}

static void run_hex(struct line *l)
{
  uint8_t frame[FRAME_MAX];
  size_t n = 0;
  const char *w;

  while ((w = line_next(l)) != NULL) {
    unsigned v;
    int used;

    while (*w != '\0' && n < sizeof(frame) && sscanf(w, "%2x%n", &v, &used) == 1) {
      frame[n++] = (uint8_t)v;
      w += used;
    }
  }
  stack_input(frame, n);
}

static void expect_out(struct line *l, uint64_t earliest, uint64_t latest)
{
  struct packet want, got;
  struct sent *s = sent_first();
  char why[200], text[400], asked[400];

  packet_parse(l, &want);
  packet_print(&want, asked, sizeof(asked));
  if (s == NULL) {
    fail("expected: %s\n    but nothing was sent", asked);
  }
  packet_read(s->frame, s->len, &got);
  packet_print(&got, text, sizeof(text));
  if (!packet_match(&want, &got, why, sizeof(why))) {
    fail("expected: %s\n    got:      %s\n    differs:  %s", asked, text, why);
  }
  if (s->at_us < earliest || s->at_us > latest) {
    fail("%s\n    was sent at %.3f s, expected between %.3f and %.3f", text, (double)s->at_us / 1e6,
         (double)earliest / 1e6, (double)latest / 1e6);
  }
  sent_drop();
}

/** none [for SECONDS]: nothing has been (or will be) sent. */
static void run_none(struct line *l)
{
  struct packet got;
  char text[400];

  if (line_take(l, "for")) {
    const char *w = line_next(l);

    stack_advance(seconds_us(w != NULL ? w : "0"), false);
  }
  if (sent_first() != NULL) {
    packet_read(sent_first()->frame, sent_first()->len, &got);
    packet_print(&got, text, sizeof(text));
    fail("expected nothing, got at %.3f s: %s", (double)sent_first()->at_us / 1e6, text);
  }
}

/** option no-address | option manual-arp | option ipv6: before anything else. */
static bool with_address = true, booted;

static void run_option(struct line *l)
{
  if (line_take(l, "no-address")) {
    with_address = false;
  } else if (line_take(l, "manual-arp")) {
    arp_manual = true;
  } else if (line_take(l, "ipv6")) {
    over_ip6 = true;
  } else {
    fail("unknown option");
  }
}

static void boot_once(void)
{
  if (!booted) {
    booted = true;
    stack_boot(with_address);
  }
}

/* ------------------------------------------------------------------ time in front of a verb */

struct when {
  bool given, range;
  uint64_t low_us, high_us;
};

/** "+0.2", "+0.2..0.5" or "@1.5" in front of the verb. */
static struct when read_when(struct line *l)
{
  struct when w = { false, false, 0, 0 };
  const char *t = l->word[0], *dots;

  if (l->n == 0 || (t[0] != '+' && t[0] != '@')) {
    return w;
  }
  l->at = 1;
  w.given = true;
  w.low_us = seconds_us(t + 1);
  if (t[0] == '@') {
    w.low_us = w.low_us > now_us ? w.low_us - now_us : 0;
  }
  w.high_us = w.low_us;
  dots = strstr(t, "..");
  if (dots != NULL) {
    w.range = true;
    w.high_us = seconds_us(dots + 2);
  }
  return w;
}

static void run_line(struct line *l);

/** Run a line of our own making. */
static void run_text(const struct line *from, const char *fmt, unsigned local, unsigned remote)
{
  struct line l;
  char text[200];

  snprintf(text, sizeof(text), fmt, local, remote);
  l.file = from->file;
  l.number = from->number;
  split(&l, text);
  run_line(&l);
}

/** accepted LOCAL REMOTE: somebody has connected to us, the handshake is over. */
static void run_accepted(struct line *l)
{
  unsigned local = line_number(l), remote = line_number(l);

  if (!line_take(l, "again")) {
    run_text(l, "listen %u", local, remote);
  }
  run_text(l, "in tcp %u->%u S seq 0 win 65535 < mss 1460 >", remote, local);
  run_text(l, "out tcp %u->%u S. seq 0 ack 1", local, remote);
  run_text(l, "in tcp %u->%u . seq 1 ack 1", remote, local);
}

/** connected LOCAL REMOTE: we have connected, the handshake is over. */
static void run_connected(struct line *l)
{
  unsigned local = line_number(l), remote = line_number(l);

  run_text(l, "connect %u %u", local, remote);
  run_text(l, "out tcp %u->%u S seq 0", local, remote);
  run_text(l, "in tcp %u->%u S. seq 0 ack 1 win 65535 < mss 1460 >", remote, local);
  run_text(l, "out tcp %u->%u . seq 1 ack 1", local, remote);
}

static void run_line(struct line *l)
{
  struct when w = read_when(l);
  uint64_t from = now_us;
  const char *verb = line_next(l);

  if (verb != NULL && strcmp(verb, "option") == 0) {
    run_option(l);
    return;
  }
  boot_once();
  from = now_us;
  if (w.range && verb != NULL && strcmp(verb, "out") == 0) {
    if (sent_first() == NULL) {
      stack_advance(w.high_us, true);
    }
    expect_out(l, from + w.low_us, from + w.high_us + 1000);
    return;
  }
  if (w.given) {
    stack_advance(w.low_us, false);
  }
  if (verb == NULL) {
    return;
  }
  if (strcmp(verb, "in") == 0) {
    run_in(l);
  } else if (strcmp(verb, "hex") == 0) {
    run_hex(l);
  } else if (strcmp(verb, "out") == 0) {
    expect_out(l, w.given ? now_us - 1000 : 0, now_us);
  } else if (strcmp(verb, "none") == 0) {
    run_none(l);
  } else if (strcmp(verb, "accepted") == 0) {
    run_accepted(l);
  } else if (strcmp(verb, "connected") == 0) {
    run_connected(l);
  } else if (strcmp(verb, "forget") == 0) {
    stack_forget();
  } else if (strcmp(verb, "expect") == 0) {
    if (!api_expect(l)) {
      fail("unknown expectation");
    }
  } else if (!api_run(l, verb)) {
    fail("unknown verb '%s'", verb);
  }
  if (l->at < l->n) {
    fail("'%s' is not understood here", l->word[l->at]);
  }
}

/* ------------------------------------------------------------------ tests */

struct test {
  char name[160];
  const char *file;
  long offset;
  int number;
};

/** Runs in the child: from the line after `test` to the next `test` or the end. */
static int run_test(const struct test *t)
{
  static struct line l;
  char raw[512];
  FILE *f = fopen(t->file, "r");
  int number = t->number;

  if (f == NULL || fseek(f, t->offset, SEEK_SET) != 0) {
    return 1;
  }
  current = &l;
  l.file = t->file;
  while (fgets(raw, sizeof(raw), f) != NULL) {
    l.number = ++number;
    split(&l, raw);
    if (l.n > 0 && strcmp(l.word[0], "test") == 0) {
      break;
    }
    if (l.n > 0) {
      run_line(&l);
    }
  }
  fclose(f);
  boot_once();
  if (sent_first() != NULL) {
    struct line none = l;

    none.at = none.n;
    run_none(&none);
  }
  stack_check_leaks();
  return 0;
}

static unsigned passed, failed;

static void run_in_child(const struct test *t)
{
  int status;
  pid_t pid;

  if (verbose) {
    printf("--- %s\n", t->name);
  }
  fflush(NULL);
  pid = fork();
  if (pid == 0) {
    alarm(20);
    status = run_test(t);
    fflush(NULL);
    _exit(status);
  }
  waitpid(pid, &status, 0);
  if (status == 0) {
    passed++;
    printf("ok   %s\n", t->name);
    return;
  }
  failed++;
  printf("FAIL %s: %s%s\n", t->file, t->name, WIFSIGNALED(status) ? " (killed by a signal)" : "");
}

static void run_file(const char *file, const char *word)
{
  FILE *f = fopen(file, "r");
  char raw[512];
  int number = 0;

  if (f == NULL) {
    perror(file);
    failed++;
    return;
  }
  while (fgets(raw, sizeof(raw), f) != NULL) {
    struct test t;

    number++;
    if (strncmp(raw, "test ", 5) != 0) {
      continue;
    }
    raw[strcspn(raw, "\n")] = '\0';
    snprintf(t.name, sizeof(t.name), "%.150s", raw + 5);
    t.file = file;
    t.offset = ftell(f);
    t.number = number;
    if (word == NULL || strstr(t.name, word) != NULL) {
      run_in_child(&t);
    }
  }
  fclose(f);
}

int main(int argc, char **argv)
{
  const char *word = NULL;
  int o;

  while ((o = getopt(argc, argv, "vt:")) != -1) {
    if (o == 'v') {
      verbose = true;
    } else if (o == 't') {
      word = optarg;
    } else {
      return 2;
    }
  }
  for (; optind < argc; optind++) {
    run_file(argv[optind], word);
  }
  printf("%u passed, %u failed\n", passed, failed);
  return failed != 0;
}
