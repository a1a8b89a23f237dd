/**
 * The simulator: several whole stacks, a virtual clock and bad links in one process.
 *
 * The stack keeps its state in globals, so each node is a private copy of one shared object
 * (sim_node_*.so: the stack, node.c and its applications), loaded with dlopen.  Host and node
 * share the structures below and nothing else.  A seed decides everything: the same seed gives
 * the same run, octet for octet.
 */
#ifndef TEST_SIM_SIM_H
#define TEST_SIM_SIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SIM_NODES_MAX = 6, SIM_CONNS_MAX = 24, SIM_IFACES_MAX = 2, SIM_FRAME_MAX = 1514 };

/* ------------------------------------------------------------------ what the nodes do */

/** How a connection ends; the side that ends it is sim_conn.ender (0 client, 1 server). */
enum sim_end {
  SIM_END_ONE,   /**< ender closes when it has sent and got everything, the other one after its FIN */
  SIM_END_BOTH,  /**< both close as soon as they have sent and got everything */
  SIM_END_HALF,  /**< both shut their sending side when all is queued, and close after the other's FIN */
  SIM_END_ABORT, /**< ender aborts when it has got sim_conn.abort_after octets, or at cut_ms */
  SIM_END_CUT,   /**< ender closes at cut_ms, whatever the other one does */
  SIM_END_MAX
};

/** One end of a connection, as its application sees it. */
struct sim_side {
  uint32_t queued;  /**< octets given to tcp_write() */
  uint32_t acked;   /**< octets the sent callback counted */
  uint32_t got;     /**< octets received, checked */
  uint32_t unread;  /**< received, window not opened yet (a slow reader) */
  uint32_t idle;    /**< polls without progress */
  uint8_t attempts; /**< client: connects tried */
  bool opened, shut, fin_seen, cut, closed, failed;
  int err;
};

struct sim_conn {
  uint32_t id;
  uint8_t client, server; /**< node numbers */
  uint32_t start_ms;
  uint32_t bytes[2]; /**< octets to send: [0] by the client, [1] by the server */
  const uint8_t *data[2];
  uint16_t chunk[2];           /**< octets a tcp_write() */
  bool copy[2];                /**< TCP_WRITE_FLAG_COPY, else lent */
  bool slow[2];                /**< reads only when polled */
  bool nagle, paced, autosize; /**< autosize: the client only */
  uint8_t end, ender;
  uint32_t abort_after;
  uint32_t cut_ms;     /**< 0: not by the clock */
  uint32_t stop_ms[2]; /**< from then on this side has no more to send; 0: never */
  uint32_t window
    [2]; /**< octets the side keeps its receive window at, once the larger one of the beginning is used up; 0: all */
  struct sim_side side[2];
};

struct sim_iface {
  uint8_t mac[6];
  uint32_t ip, mask, gateway; /**< host order */
  uint16_t mtu;
  bool used;
};

struct sim_node_config {
  int number;
  uint64_t rand_seed;
  bool hold_tx;      /**< the driver keeps each pbuf until its frame is on the wire */
  bool zero_copy_rx; /**< received frames are custom pbufs, checked for writes when freed */
  bool udp_echo;
  bool ip6;    /**< the applications speak IPv6: 10.0.S.N is 2001:db8:0:S::N */
  bool damage; /**< two flipped bits in one fragmented datagram may cancel in its checksum: then it is no failure */
  struct sim_iface iface[SIM_IFACES_MAX];
};

/** What the host does for a node. */
struct sim_host {
  uint32_t (*now_ms)(int node);
  /** A frame leaves; @return how long the driver is busy with it, us (for hold_tx) */
  void (*transmit)(int node, int iface, const uint8_t *frame, size_t len);
  void (*fail)(int node, const char *what);
  void (*trace)(int node, const char *text);
};

/** Memory in use; the same numbers must come back when everything has ended. */
struct sim_usage {
  uint32_t heap;
  uint32_t pool[64];
  uint32_t held_frames;
};

/** The one symbol a node exports: sim_node_entry(). */
struct sim_node_api {
  void (*boot)(const struct sim_host *host, const struct sim_node_config *config, struct sim_conn *conns, int n_conns);
  void (*input)(int iface, const uint8_t *frame, size_t len);
  /** Run what is due.  @return ms until the next deadline, UINT32_MAX for none */
  uint32_t (*run)(void);
  uint32_t (*sleeptime)(void);
  void (*listen)(uint16_t port);
  void (*connect)(struct sim_conn *c, uint32_t server_ip, uint16_t server_port);
  /** The side has sent all it wanted to. */
  void (*stop)(struct sim_conn *c, int role);
  /** Its end has come, as c->end says. */
  void (*cut)(struct sim_conn *c, int role);
  /** The driver has put the oldest held frame of @p iface on the wire. */
  void (*sent_frame)(int iface);
  void (*udp_send)(uint32_t to_ip, uint16_t port, uint32_t tag, size_t len);
  void (*usage)(struct sim_usage *u);
  const char *(*pool_name)(int i);
  /** Per event: nothing over its bound. */
  void (*check)(void);
  /** No callback may come any more. */
  void (*shut_listeners)(void);
  void (*fail_allocation)(long countdown, long every);
  unsigned long (*allocations)(void);
  uint32_t (*udp_good)(void);
  /** Packets dropped, by reason, for people. */
  void (*print_drops)(void);
};
typedef const struct sim_node_api *(*sim_node_entry_fn)(void);

#define SIM_PORT 5000
/** Client ports tell the server which connection it is: 20000 + 16 * id + attempt. */
#define SIM_CLIENT_PORT(id, attempt) ((uint16_t)(20000 + 16 * (id) + ((attempt)&15)))
#define SIM_CLIENT_ID(port) (((uint32_t)(port)-20000) / 16)

#endif
