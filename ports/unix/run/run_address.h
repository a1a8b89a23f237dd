/** Addresses and flags: the system's from and to the stack's. */
#ifndef PORTS_UNIX_RUN_RUN_ADDRESS_H
#define PORTS_UNIX_RUN_RUN_ADDRESS_H

#include <string.h>
#include <sys/socket.h>

/* The family is 16 bits here, and 8 bits behind a length there. */

static inline const void *to_stack(const struct sockaddr *sa, socklen_t len, struct sockaddr_storage *room)
{
  uint8_t *b = (uint8_t *)room;

  if (sa == NULL || len < sizeof(sa_family_t)) {
    return sa;
  }
  memcpy(room, sa, len < sizeof *room ? len : sizeof *room);
  b[0] = (uint8_t)len;
  b[1] = (uint8_t)sa->sa_family;
  return room;
}

static inline void from_stack(struct sockaddr *sa, socklen_t room)
{
  const uint8_t *b = (const uint8_t *)sa;

  if (sa != NULL && room >= sizeof(sa_family_t)) {
    sa->sa_family = b[1];
  }
}

#endif
