/** Between the two sides of getaddrinfo(). */
#ifndef PORTS_UNIX_RUN_RUN_NAME_H
#define PORTS_UNIX_RUN_RUN_NAME_H

#include <stdint.h>

struct run_hints {
  int family, type, protocol, flags; /**< flags: the stack's */
};

struct run_address {
  int family, type, protocol;
  uint32_t len;
  unsigned char addr[32]; /**< as the stack has it */
};

/** @return how many; negative: -1 - (EAI_* of the stack - EAI_NONAME) */
int run_look_up(const char *host, const char *service, const struct run_hints *h, struct run_address *out, int max);

#endif
