/** How netconn and netifapi calls travel into the core: internal, but netifapi.h and ports name parts of it. */
#ifndef LWIP_HDR_API_MSG_H
#define LWIP_HDR_API_MSG_H

#include "lwip/opt.h"

#include <stdbool.h>
#include "lwip/arch.h"
#include "lwip/ip_addr.h"
#include "lwip/err.h"
#include "lwip/sys.h"
#include "lwip/igmp.h"
#include "lwip/api.h"
#include "lwip/netif.h"
#include "lwip/priv/tcpip_priv.h"
#include "lwip/x_timer.h"

#ifdef __cplusplus
extern "C" {
#endif

#if LWIP_NETCONN || LWIP_SOCKET

/* What netconn_shutdown() closes, as bits. */
#define NETCONN_SHUT_RD 1
#define NETCONN_SHUT_WR 2
#define NETCONN_SHUT_RDWR (NETCONN_SHUT_RD | NETCONN_SHUT_WR)

struct netconn_room;

/**
 * A call into the core: a step that is tried at once and, while it says that it has to wait, again whenever something
 * changes.  It lies on the caller's stack (LWIP_MPU_COMPATIBLE: in a pool).
 */
struct api_msg {
  struct api_msg *next;               /**< while it waits: in netconn.current_msg */
  struct netconn *conn;               /**< NULL: a look-up of a name */
  err_t (*step)(struct api_msg *msg); /**< inside the core */
  sys_sem_t *sem;                     /**< what the caller waits for */
#if !LWIP_NETCONN_SEM_PER_THREAD
  sys_sem_t own; /**< that, if somebody else has the netconn's */
#endif
  u32_t timeout; /**< ms, 0: for ever */
  err_t err;     /**< the result */
  u8_t waits;    /**< for what; 0: it is done, or never had to */
  u8_t done;     /**< err is set; guarded by SYS_ARCH_PROTECT() */
#if !LWIP_TCPIP_CORE_LOCKING
  struct tcpip_msg post;    /**< how the stack's thread gets to know this call */
  struct lwip_x_timer late; /**< ... and the end of its time */
#endif
  union {
    struct {
      u8_t proto;
    } n;
    struct {
      const ip_addr_t *ipaddr;
      u16_t port;
      u8_t if_idx;
    } bc;
    struct {
      ip_addr_t *ipaddr;
      u16_t *port;
      u8_t local;
    } ad;
    struct netbuf *b;
    struct {
      const struct netvector *vector;
      size_t off;    /**< octets of the first vector that are queued */
      size_t queued; /**< of all */
      u16_t cnt;     /**< vectors left */
      u8_t flags;
      bool all; /**< all or nothing */
    } w;
    struct {
      union {
        struct pbuf *p;
        struct netbuf *buf;
        struct netconn *conn;
      } got;
      size_t len; /**< netconn_tcp_recvd() */
      u8_t flags;
    } r;
    struct {
      const struct netconn_room *vec;
      size_t off, got;
      u16_t cnt;
      u8_t flags;
    } rd;
    struct {
      u8_t shut;
    } sd;
    struct {
      const ip_addr_t *multiaddr, *netif_addr;
      u8_t if_idx;
      bool join;
    } jl;
    struct {
      u8_t backlog;
    } lb;
    struct {
      const char *name;
      ip_addr_t addr;
      u8_t addrtype;
    } dns;
  } msg;
};

#endif

#if LWIP_NETIF_API

typedef void (*netifapi_void_fn)(struct netif *netif);
typedef err_t (*netifapi_errt_fn)(struct netif *netif);

/** A netifapi call on its way into the core. */
struct netifapi_msg {
  struct tcpip_api_call_data call;
  struct netif *netif;
  union {
    struct {
#if LWIP_IPV4
      const ip4_addr_t *ipaddr, *netmask, *gw;
#endif
      void *state;
      netif_init_fn init;
      netif_input_fn input;
    } add;
    struct {
      netifapi_void_fn voidfunc;
      netifapi_errt_fn errtfunc;
    } common;
    struct {
      char name[NETIF_NAMESIZE];
      u8_t index;
    } ifs;
  } msg;
};

#endif

#ifdef __cplusplus
}
#endif
#endif
