/** lwip-run: start a program with its sockets on our stack. */
#define _GNU_SOURCE
#include "run.h"
#include <errno.h>
#include <getopt.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef RUN_LIBRARY_DIR
#define RUN_LIBRARY_DIR "/usr/local/lib"
#endif
#define RUN_LIBRARY "liblwip-run.so"

static void usage(FILE *out)
{
  fputs("lwip-run [OPTIONS] PROGRAM ARGS: run a program with its sockets on this stack\n"
        "  --tap IF         a TAP device (made if you may)     --fd N      a socket that keeps frames apart\n"
        "  --ip A/BITS      address; without it DHCP is asked  --gw A      gateway\n"
        "  --dns A          name server (may be given twice)   --mac A     Ethernet address\n"
        "  --ip6 A/64      IPv6 address, beside those of routers; auto: wait until a router gave one\n"
        "  --pcap FILE      capture all frames                 --verbose   say the address\n"
        "Without --tap and --fd there is the loopback interface only.\n"
        "The program must be dynamically linked and must not fork to use sockets.\n",
        out);
}

static const struct option options[] = {
  { "tap", 1, NULL, 0 }, { "fd", 1, NULL, 0 },     { "ip", 1, NULL, 0 },   { "gw", 1, NULL, 0 },
  { "dns", 1, NULL, 0 }, { "mac", 1, NULL, 0 },    { "pcap", 1, NULL, 0 }, { "verbose", 0, NULL, 0 },
  { "ip6", 1, NULL, 0 }, { "help", 0, NULL, 'h' }, { NULL, 0, NULL, 0 },
};

/** Beside this program, in ../lib, or where it was installed. */
static void find_library(char *out, size_t len)
{
  static const char *const places[] = { "%s/" RUN_LIBRARY, "%s/../lib/" RUN_LIBRARY, RUN_LIBRARY_DIR "/" RUN_LIBRARY };
  char self[PATH_MAX];
  ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
  const char *folder;
  size_t i;

  self[n > 0 ? n : 0] = '\0';
  folder = dirname(self);
  for (i = 0; i < sizeof places / sizeof places[0]; i++) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-extra-args"
    snprintf(out, len, places[i], folder);
#pragma GCC diagnostic pop
    if (access(out, R_OK) == 0) {
      return;
    }
  }
  fprintf(stderr, "lwip-run: no " RUN_LIBRARY " here\n");
  exit(125);
}

int main(int argc, char **argv)
{
  char text[1024] = "", library[PATH_MAX + 64];
  int o, which = 0;

  while ((o = getopt_long(argc, argv, "+h", options, &which)) != -1) {
    size_t at = strlen(text);

    if (o != 0) {
      usage(o == 'h' ? stdout : stderr);
      return o == 'h' ? 0 : 125;
    }
    snprintf(text + at, sizeof text - at, "%s=%s\n", options[which].name, optarg != NULL ? optarg : "1");
  }
  if (optind == argc) {
    usage(stderr);
    return 125;
  }
  find_library(library, sizeof library);
  setenv(RUN_ENVIRONMENT, text, 1);
  setenv("LD_PRELOAD", library, 1);
  execvp(argv[optind], argv + optind);
  fprintf(stderr, "lwip-run: %s: %s\n", argv[optind], strerror(errno));
  return errno == ENOENT ? 127 : 126;
}
