/** Values that both sides of lwip-run understand: the system's structures and the stack's differ, and exclude each other. */
#ifndef PORTS_UNIX_RUN_RUN_VALUE_H
#define PORTS_UNIX_RUN_RUN_VALUE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct iovec;

/* run_control.has */
#define RUN_HAS_TIME 0x01
#define RUN_HAS_INFO 0x02
#define RUN_HAS_TTL 0x04
#define RUN_HAS_TOS 0x08

/** Ancillary data: what a packet's header says, or is to say. */
struct run_control {
  unsigned has;     /**< RUN_HAS_* */
  bool v6;          /**< of IPv6 */
  unsigned index;   /**< of the interface */
  uint8_t addr[16]; /**< IPv4: the first 4.  Received: destination; to be sent: source */
  uint8_t local[4]; /**< IPv4, received: the interface's own if the destination is a group */
  int ttl, tos;     /**< hop limit and traffic class, too */
  long sec, usec;   /**< of day, received */
};

/** A message: what sendmsg() and recvmsg() know of it, addresses as the stack has them. */
struct run_message {
  void *name;
  uint32_t namelen;
  struct iovec *iov;
  int iovlen;
  int flags;
  struct run_control *control; /**< NULL: none wanted, none given */
};

ssize_t run_receive(int s, struct run_message *m, int flags);
ssize_t run_transmit(int s, const struct run_message *m, int flags);

/** A multicast group, perhaps with a source. */
struct run_group {
  uint32_t index;
  bool has_source;
  uint8_t group[32], source[32]; /**< addresses as the stack has them */
};

/** @p name: MCAST_*, whose numbers are the same on both sides. */
int run_group_set(int s, int level, int name, const struct run_group *g);

/** TCP_INFO: struct tcp_info of lwip/sockets.h, member by member. */
struct run_tcp_info {
  uint32_t state, retransmits, probes, backoff, options, snd_wscale, rcv_wscale;
  uint32_t rto, snd_mss, unacked, pmtu, rtt, rttvar, snd_ssthresh, snd_cwnd, advmss, rcv_space, snd_wnd, rcv_wnd;
};

int run_tcp_info(int s, struct run_tcp_info *out);

#endif
