/** What a socket is: for hooks (LWIP_HOOK_SOCKETS_SETSOCKOPT) and debuggers. */
#ifndef LWIP_HDR_SOCKETS_PRIV_H
#define LWIP_HDR_SOCKETS_PRIV_H

#include "lwip/opt.h"

#if LWIP_SOCKET

#include "lwip/err.h"
#include "lwip/sockets.h"
#include "lwip/sys.h"

#ifdef __cplusplus
extern "C" {
#endif

#define NUM_SOCKETS MEMP_NUM_NETCONN

struct netconn;

/** A socket, which may have several descriptors.  Read and written inside the core only. */
struct lwip_sock {
  struct netconn *conn; /**< NULL: the slot is free */
  u8_t refs;            /**< descriptors */
  u8_t pollers;         /**< threads that wait for it in select() or poll() */
  u8_t flags;           /**< SOCK_F_* of stack/api/sock.h */
  u8_t tell;            /**< SOCK_TELL_*: ancillary data wanted */
#if LWIP_X_TCP_FASTOPEN
  u8_t fastopen; /**< TCP_FASTOPEN */
#endif
};

#ifndef set_errno
#define set_errno(err) \
  do {                 \
    if (err) {         \
      errno = (err);   \
    }                  \
  } while (0)
#endif

/** @return the socket of a descriptor, NULL: none.  Context: core */
struct lwip_sock *lwip_socket_dbg_get_socket(int fd);

#ifdef __cplusplus
}
#endif

#endif
#endif
