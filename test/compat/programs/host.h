/* The board these programs run on: a clock that the main loop winds, random numbers, and a way to say what failed. */
#ifndef HOST_H
#define HOST_H

#include <stdio.h>
#include <stdlib.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

extern uint32_t host_ms;
/* one turn of a main loop: 1 ms passes, loopback packets are delivered, timeouts ring */
void host_turn(void);

#ifdef __cplusplus
}
#endif

#define EXPECT(what)                                             \
  do {                                                           \
    if (!(what)) {                                               \
      printf("%s:%d: expected %s\n", __FILE__, __LINE__, #what); \
      exit(1);                                                   \
    }                                                            \
  } while (0)

#endif
