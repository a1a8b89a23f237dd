/**
 * Congestion control: slow start, congestion avoidance, fast retransmit and recovery (RFC 5681, 6582), counted
 * in octets acknowledged (RFC 3465), so that an ACK split in many opens the window no faster.
 */
#include "tcp_engine.h"

#if LWIP_TCP

enum { IW_SEGMENTS = 10, IW_OCTETS = 14600 }; /* RFC 6928 */

static u32_t flight(const struct tcp_pcb *pcb)
{
  return pcb->snd_nxt - pcb->lastack;
}

static void set_cwnd(struct tcp_pcb *pcb, u32_t octets)
{
  pcb->cwnd = (tcpwnd_size_t)LWIP_MIN(octets, (u32_t)(tcpwnd_size_t)-1);
}

/* RFC 5681 equation 4. */
static void halve(struct tcp_pcb *pcb)
{
  u32_t half = LWIP_MIN(flight(pcb), (u32_t)pcb->cwnd) / 2;

  pcb->ssthresh = (tcpwnd_size_t)LWIP_MAX(half, 2u * pcb->mss);
  pcb->bytes_acked = 0;
}

void tcp_cc_init(struct tcp_pcb *pcb)
{
  set_cwnd(pcb, LWIP_MIN((u32_t)IW_SEGMENTS * pcb->mss, LWIP_MAX(2u * pcb->mss, (u32_t)IW_OCTETS)));
  if (pcb->sa == 0 && pcb->sv != 0) {
    set_cwnd(pcb, pcb->mss); /* the SYN was lost: RFC 5681 3.1 */
  }
  pcb->ssthresh = (tcpwnd_size_t)-1;
}

static void congestion_avoidance(struct tcp_pcb *pcb, u32_t octets)
{
  u32_t sum = pcb->bytes_acked + octets;

  if (sum >= pcb->cwnd) {
    sum = 0;
    set_cwnd(pcb, (u32_t)pcb->cwnd + pcb->mss);
  }
  pcb->bytes_acked = (tcpwnd_size_t)sum;
}

void tcp_cc_acked(struct tcp_pcb *pcb, u32_t octets)
{
  if (pcb->cwnd < pcb->ssthresh) {
    /* L = 2 segments, but 1 while recovering from a timeout: RFC 3465 2.2, 2.3. */
    u32_t limit = (pcb->flags & TF_RTO) ? pcb->mss : 2u * pcb->mss;

    set_cwnd(pcb, pcb->cwnd + LWIP_MIN(octets, limit));
  } else {
    congestion_avoidance(pcb, octets);
  }
}

void tcp_cc_timeout(struct tcp_pcb *pcb)
{
  if (pcb->nrtx <= 1) { /* further timeouts of the same segment say nothing new */
    halve(pcb);
  }
  pcb->cwnd = pcb->mss;
}

void tcp_cc_lost(struct tcp_pcb *pcb)
{
  halve(pcb);
  pcb->cwnd = pcb->ssthresh; /* of what tcp_pipe() counts: nothing has to be inflated */
}

void tcp_cc_recovered(struct tcp_pcb *pcb)
{
  u32_t settle = LWIP_MAX(flight(pcb), (u32_t)pcb->mss) + pcb->mss; /* no burst: RFC 6582 3.2 step 3 (1) */

  set_cwnd(pcb, LWIP_MIN((u32_t)pcb->ssthresh, settle));
}

#endif
