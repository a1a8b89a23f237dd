/** The stack's sockets for files that include the system's headers; those and lwip/sockets.h cannot be included together. */
#ifndef PORTS_UNIX_RUN_RUN_LWIP_H
#define PORTS_UNIX_RUN_RUN_LWIP_H

#include <stdint.h>

int lwip_socket(int domain, int type, int protocol);
int lwip_x_accept4(int s, void *addr, uint32_t *addrlen, int flags);
int lwip_bind(int s, const void *name, uint32_t namelen);
int lwip_connect(int s, const void *name, uint32_t namelen);
int lwip_listen(int s, int backlog);
int lwip_shutdown(int s, int how);
int lwip_close(int s);
int lwip_x_dup(int s);
int lwip_getpeername(int s, void *name, uint32_t *namelen);
int lwip_getsockname(int s, void *name, uint32_t *namelen);
int lwip_getsockopt(int s, int level, int optname, void *optval, uint32_t *optlen);
int lwip_setsockopt(int s, int level, int optname, const void *optval, uint32_t optlen);
struct pollfd;
int lwip_poll(struct pollfd *fds, unsigned nfds, int timeout);
int lwip_ioctl(int s, long cmd, void *argp);
int lwip_fcntl(int s, int cmd, int val);

#endif
