/* Test harness: one netif kept in memory, a virtual clock, and a minimal scripted
 * TCP/UDP/ICMP peer that builds and reads frames by itself.
 *
 * Only the public lwIP raw API is used, so the same files compile against any
 * API-compatible stack.  Every function here starts with h_ (harness) or b_
 * (benchmark application); the profilers leave those names out, so what is
 * reported is the stack's own cost (plus the libc functions the stack calls).
 */
#ifndef HARNESS_H
#define HARNESS_H
#include "lwip/opt.h"
#include "lwip/init.h"
#include "lwip/netif.h"
#include "lwip/pbuf.h"
#include "lwip/ip.h"
#include "lwip/ip_addr.h"
#include "lwip/timeouts.h"
#include "lwip/etharp.h"
#include "netif/ethernet.h"

#if LWIP_IPV6
#include "lwip/ip6_addr.h"
#include "lwip/ethip6.h"
#endif

/* TCP header flags */
#define F_FIN 0x01
#define F_SYN 0x02
#define F_RST 0x04
#define F_PSH 0x08
#define F_ACK 0x10

/* One scripted TCP peer. idx selects its address: 10.1.(idx>>8).(idx&255) / fd00::1:idx */
typedef struct h_peer {
  u32_t idx;
  u16_t port, lport; /* peer's port, stack's port */
  u8_t v6;
  u32_t snd_nxt;        /* next sequence number this peer sends */
  u32_t rcv_nxt;        /* next byte expected from the stack */
  u32_t acked;          /* last ack sent to the stack */
  u32_t una;            /* last ack received from the stack */
  u32_t wnd;            /* window advertised to the stack (bytes, unscaled) */
  u8_t wscale;          /* scale in effect for this peer's window */
  u8_t seen;            /* OR of the TCP flags received since last cleared */
  u32_t seg_in, ack_in; /* data segments / pure acks received */
  u32_t bytes_in;
  u32_t rwnd; /* window the stack advertised, scaled */
  u8_t rscale;
  int drop_next; /* pretend the next n data segments were lost */
} h_peer;

extern struct netif h_netif;
extern u32_t h_now; /* virtual clock, ms */
extern h_peer *h_peers;
extern u32_t h_npeers;
extern u32_t h_frames_out, h_bytes_out;
extern u32_t h_bad;       /* checksum or format errors seen in verify mode */
extern int h_verify;      /* 1: linearise and check every frame the stack sends */
extern u8_t h_last[1600]; /* the first bytes of the last frame sent by the stack */
extern u32_t h_last_len;
extern u32_t h_udp_in, h_icmp_in;
extern int h_zero_copy_rx;
extern const void *h_const_data; /* the payload whose sum may be remembered */

void h_init(u32_t npeers);
void h_link_init(int stage);
/* deliver a frame to the stack */
void h_rx(const u8_t *frame, u32_t len);
/* a delayed frame (ARP / ND replies) is sent by h_pump */
void h_pump(void);
void h_advance(u32_t ms); /* move the clock and run sys_check_timeouts */

/* frame builders: return the frame length; fast variants patch a template */
u32_t h_tcp(h_peer *p, u8_t *f, u8_t flags, u32_t seq, u32_t ack, const void *data, u32_t len);
u32_t h_udp(u8_t *f, u32_t idx, u16_t sport, u16_t dport, const void *data, u32_t len, int v6);
u32_t h_icmp(u8_t *f, u32_t idx, u16_t id, u16_t seq, u32_t len, int v6);
u32_t h_ipfrag(u8_t *f, u32_t idx, u16_t id, u32_t off, int more, const u8_t *data, u32_t len);
u16_t h_csum(const void *d, u32_t len, u32_t init);

/* scripted peer actions */
void h_send(h_peer *p, u8_t flags, const void *data, u32_t len);
void h_open(h_peer *p, u32_t idx, u16_t port, u16_t lport, int v6); /* peer connects to the stack */
void h_peer_init(h_peer *p, u32_t idx, u16_t port, u16_t lport, int v6);
h_peer *h_peer_of(u32_t idx);

/* measuring */
void h_begin(void);
void h_end(const char *label, u32_t ops);
u32_t h_rand(void);
void h_copy(void *d, const void *s, u32_t n);

#define H_MYIP4 "10.0.0.2"
extern const u8_t h_mac_stack[6], h_mac_gw[6];
#endif
