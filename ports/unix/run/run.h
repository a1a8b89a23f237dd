/**
 * lwip-run: a library that is loaded before the C library and takes a program's sockets to our stack.
 *
 * Each socket of ours has a descriptor of the system, too, that nobody else can have: an eventfd without events.  What a
 * program does with it comes here by the names of the C library's functions; everything else goes on to the C library.
 *
 *   run_main.c    lwip-run itself: options into the environment, then the program
 *   run_stack.c   the stack: started by the first socket
 *   run_fd.c      which descriptors are ours
 *   run_socket.c  socket, close, dup, bind, connect, accept, fcntl, ...
 *   run_message.c send, recv and their sisters; run_control.c: ancillary data
 *   run_option.c  getsockopt, setsockopt
 *   run_poll.c    poll, select, epoll over both kinds of descriptors
 *   run_name.c    getaddrinfo and its sisters
 *
 * The system's headers and lwip/sockets.h cannot be included together: run_*_stack.c include the latter, and run_value.h and
 * run_name.h are in between.
 */
#ifndef PORTS_UNIX_RUN_RUN_H
#define PORTS_UNIX_RUN_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Options travel in this variable, separated by newlines, as they stood on the command line. */
#define RUN_ENVIRONMENT "LWIP_RUN_OPTIONS"

/** Start the stack, once; returns when there is an address, or after ten seconds. */
void run_stack_start(void);
/** The TAP device's name as the system has it, and the number of the stack's interface; 0: there is none. */
const char *run_stack_tap(void);
unsigned run_stack_index(void);
unsigned run_stack_loopback(void);
/** The IPv4 address of interface number @p index, in network order; 0: none. */
uint32_t run_stack_address(unsigned index);
/** The stack's own name of interface number @p index.  @return false: there is no such */
bool run_stack_name(unsigned index, char *out, size_t len);

/** The stack's socket behind descriptor @p fd.  @return -1: not ours */
int run_socket_of(int fd);
/** A descriptor for socket @p s.  @return -1: errno says why */
int run_fd_for(int s);
/** Descriptor @p at (dup2) from now on is socket @p s. */
void run_fd_set(int at, int s);
/** Descriptor @p fd is not ours any more.  @return the socket */
int run_fd_forget(int fd);
/** Close all sockets: the program ends. */
void run_fd_close_all(void);

/* What is noted of a descriptor of ours. */
#define RUN_CORKED 0x01  /**< TCP_CORK is on */
#define RUN_NODELAY 0x02 /**< and TCP_NODELAY will be when it is off */
void run_fd_note(int fd, unsigned what, bool on);
bool run_fd_noted(int fd, unsigned what);

/** The function @p name of the C library. */
void *run_real(const char *name);
#define REAL(name)                                \
  __extension__({                                 \
    static __typeof__(&name) real_;               \
    if (real_ == NULL) {                          \
      real_ = (__typeof__(&name))run_real(#name); \
    }                                             \
    real_;                                        \
  })

/** Told by the stack, inside its core: something happened to some socket. */
void run_socket_event(void);
/** An epoll descriptor or a socket is closed. */
void run_poll_closed(int fd);

#endif
