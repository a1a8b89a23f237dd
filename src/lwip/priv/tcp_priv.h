/**
 * Inside TCP: what programs have come to use of it.  Nothing here is needed to use TCP.
 */
#ifndef LWIP_HDR_TCP_PRIV_H
#define LWIP_HDR_TCP_PRIV_H

#include "lwip/opt.h"

#if LWIP_TCP

#include "lwip/tcp.h"
#include "lwip/mem.h"
#include "lwip/pbuf.h"
#include "lwip/ip.h"
#include "lwip/icmp.h"
#include "lwip/err.h"
#include "lwip/ip6.h"
#include "lwip/ip6_addr.h"
#include "lwip/prot/tcp.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The periods at which lwIP wanted to be called; nothing here ticks, calling is harmless. */
#ifndef TCP_TMR_INTERVAL
#define TCP_TMR_INTERVAL 250
#endif
#ifndef TCP_FAST_INTERVAL
#define TCP_FAST_INTERVAL TCP_TMR_INTERVAL
#endif
#ifndef TCP_SLOW_INTERVAL
#define TCP_SLOW_INTERVAL (2 * TCP_TMR_INTERVAL)
#endif

/** The retransmission timeout, ms. */
u32_t lwip_x_tcp_rto(const struct tcp_pcb *pcb);

/* Times, ms. */
#define TCP_FIN_WAIT_TIMEOUT 20000 /**< in FIN-WAIT-2 after tcp_close() */
#define TCP_SYN_RCVD_TIMEOUT 20000
#define TCP_OOSEQ_TIMEOUT 6U /**< unit: the retransmission timeout */
#ifndef TCP_MSL
#define TCP_MSL 60000UL /**< maximum segment lifetime */
#endif
#ifndef TCP_KEEPIDLE_DEFAULT
#define TCP_KEEPIDLE_DEFAULT 7200000UL
#endif
#ifndef TCP_KEEPINTVL_DEFAULT
#define TCP_KEEPINTVL_DEFAULT 75000UL
#endif
#ifndef TCP_KEEPCNT_DEFAULT
#define TCP_KEEPCNT_DEFAULT 9U
#endif
#define TCP_MAXIDLE (TCP_KEEPCNT_DEFAULT * TCP_KEEPINTVL_DEFAULT)

/* Options on the wire. */
#define LWIP_TCP_OPT_EOL 0
#define LWIP_TCP_OPT_NOP 1
#define LWIP_TCP_OPT_MSS 2
#define LWIP_TCP_OPT_WS 3
#define LWIP_TCP_OPT_SACK_PERM 4
#define LWIP_TCP_OPT_TS 8
#define LWIP_TCP_OPT_LEN_MSS 4
#define LWIP_TCP_OPT_LEN_TS 10
#define LWIP_TCP_OPT_LEN_TS_OUT 12
#define LWIP_TCP_OPT_LEN_WS 3
#define LWIP_TCP_OPT_LEN_WS_OUT 4
#define LWIP_TCP_OPT_LEN_SACK_PERM 2
#define LWIP_TCP_OPT_LEN_SACK_PERM_OUT 4

/** Text in a queue: of the sender, or received out of order.  SYN and FIN need no segment. */
struct tcp_seg {
  struct tcp_seg *next;
  struct pbuf *p; /**< the text; of a sent segment: behind the headers */
  u32_t seq;      /**< of its first octet */
  u32_t sent_ms;  /**< when it was sent last; until then: octets of spare room behind its text */
  u16_t len;      /**< octets of text */
  u8_t flags;     /**< TF_SEG_*; received out of order: in the high half, how new (tcp_sackgen.c) */
  u8_t nrtx;      /**< times it was sent again; received out of order: pbufs */
};
#define TF_SEG_PSH 0x01U    /**< end of what a tcp_write() wrote */
#define TF_SEG_FIN 0x02U    /**< (received) a FIN follows */
#define TF_SEG_LOST 0x04U   /**< to be sent again */
#define TF_SEG_SACKED 0x08U /**< the peer reported it */

/** Listeners, under both of their types. */
union tcp_listen_pcbs_t {
  struct tcp_pcb_listen *listen_pcbs;
  struct tcp_pcb *pcbs;
};

extern struct tcp_pcb *tcp_bound_pcbs;          /**< bound, CLOSED */
extern union tcp_listen_pcbs_t tcp_listen_pcbs; /**< LISTEN */
extern struct tcp_pcb *tcp_active_pcbs;         /**< all other states */
extern struct tcp_pcb *tcp_tw_pcbs;             /**< always NULL: TIME-WAIT needs no pcb once it was closed */

#define NUM_TCP_PCB_LISTS_NO_TIME_WAIT 3
#define NUM_TCP_PCB_LISTS 4
extern struct tcp_pcb **const tcp_pcb_lists[NUM_TCP_PCB_LISTS];

void tcp_init(void);

/* Harmless: kept for programs that call the timers themselves.  Whatever is due is done. */
void tcp_tmr(void);
void tcp_slowtmr(void);
void tcp_fasttmr(void);

/** Would Nagle's algorithm (RFC 9293 3.7.4) let the queue go now? */
#define tcp_do_output_nagle(tpcb) lwip_x_tcp_nagle(tpcb)
int lwip_x_tcp_nagle(const struct tcp_pcb *pcb);
#define tcp_output_nagle(tpcb) (tcp_do_output_nagle(tpcb) ? tcp_output(tpcb) : ERR_OK)

/** End a connection: with a reset to the peer if @p reset.  Takes @p pcb. */
void tcp_abandon(struct tcp_pcb *pcb, int reset);

struct tcp_pcb *tcp_alloc(u8_t prio);
void tcp_free(struct tcp_pcb *pcb);

/** Sequence number for a new connection (RFC 6528). */
u32_t tcp_next_iss(struct tcp_pcb *pcb);

/** The MSS to use towards @p dest by @p outif, not more than @p sendmss. */
u16_t tcp_eff_send_mss_netif(u16_t sendmss, struct netif *outif, const ip_addr_t *dest);
#define tcp_eff_send_mss(sendmss, src, dest) tcp_eff_send_mss_netif(sendmss, ip_route(src, dest), dest)

/** The address @p old_addr of an interface becomes @p new_addr (NULL or any: it is gone). */
void tcp_netif_ip_addr_changed(const ip_addr_t *old_addr, const ip_addr_t *new_addr);

/** Free out-of-order data of @p pcb. */
#if TCP_QUEUE_OOSEQ
void tcp_free_ooseq(struct tcp_pcb *pcb);
#endif

#if TCP_DEBUG || TCP_INPUT_DEBUG || TCP_OUTPUT_DEBUG
void tcp_debug_print(struct tcp_hdr *tcphdr);
void tcp_debug_print_flags(u8_t flags);
void tcp_debug_print_state(enum tcp_state s);
void tcp_debug_print_pcbs(void);
s16_t tcp_pcbs_sane(void);
#else
#define tcp_debug_print(tcphdr)
#define tcp_debug_print_flags(flags)
#define tcp_debug_print_state(s)
#define tcp_debug_print_pcbs()
#define tcp_pcbs_sane() 1
#endif

#ifdef __cplusplus
}
#endif

#endif /* LWIP_TCP */

#endif
