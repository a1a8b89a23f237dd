/** Options of the socket suite: those of the other tests with threads, and everything of sockets switched on. */
#ifndef TEST_SOCKETS_LWIPOPTS_H
#define TEST_SOCKETS_LWIPOPTS_H

#include <sys/time.h>

#define MEMP_NUM_NETDB 16
#define LWIP_FIONREAD_LINUXMODE 1
#define LWIP_SOCKET_MAX_MEMBERSHIPS 16
#define LWIP_X_TCP_USER_TIMEOUT 1
#define LWIP_X_TCP_FASTOPEN 1
#define LWIP_X_SO_TIMESTAMP 1
#define LWIP_X_WALL_TIME(sec, usec) \
  do {                              \
    struct timeval wall;            \
    gettimeofday(&wall, NULL);      \
    (sec) = (u32_t)wall.tv_sec;     \
    (usec) = (u32_t)wall.tv_usec;   \
  } while (0)
#define LWIP_ERRNO_STDINCLUDE 1

#include "../config/os/lwipopts.h"

#undef LWIP_COMPAT_SOCKETS
#define LWIP_COMPAT_SOCKETS 1

#endif
