/**
 * Buffers that size themselves.  A connection begins with little; TCP_WND and TCP_SND_BUF are the most it may get.
 *
 * Receiving: what the program took during a round trip is what the path and the program can do with this window.  Twice that has to
 * fit, so that the peer's window can double in slow start as well (dynamic right-sizing).  The round trip is the smoothed one, or
 * that of the handshake.
 *
 * Sending: two congestion windows, one in flight and one to be sent when it is acknowledged, if the program fills what it has.
 *
 * All connections together may grow by a share of the memory, so that promises to peers are kept; what a connection uses a quarter
 * of it gives back, as octets are taken or acknowledged: a window never shrinks from the right.
 */
#include "tcp_size.h"

#if LWIP_TCP && LWIP_X_TCP_AUTOSIZE

enum { UNKNOWN_RTT = 100 }; /* ms */

/* Octets that connections have grown by. */
static u32_t rcv_grown, snd_grown;

static u32_t grow(u32_t *grown, u32_t shared, u32_t octets)
{
  u32_t left = shared > *grown ? shared - *grown : 0, more = LWIP_MIN(octets, left);

  *grown += more;
  return more;
}

static u32_t rcv_most(const struct tcp_pcb *pcb)
{
#if LWIP_WND_SCALE
  return (pcb->flags & TF_WND_SCALE) ? TCP_WND : LWIP_MIN((u32_t)TCP_WND, (u32_t)0xffff);
#else
  (void)pcb;
  return TCP_WND;
#endif
}

void tcp_size_init(struct tcp_pcb *pcb)
{
  pcb->x_rcv_size = pcb->rcv_wnd;
  pcb->x_snd_size = pcb->snd_buf;
  pcb->x_autosize = LWIP_X_TCP_AUTOSIZE > 1;
}

u32_t tcp_size_scaled(struct tcp_pcb *pcb)
{
  if (!pcb->x_autosize) {
    pcb->x_rcv_size = TCP_WND;
  }
  return pcb->x_rcv_size;
}

/* Take back what is not used: at most octets. */
static u32_t give_back(tcpwnd_size_t *size, tcpwnd_size_t *extra, u32_t *grown, u32_t octets)
{
  u32_t less = LWIP_MIN(octets, (u32_t)*extra);

  *size = (tcpwnd_size_t)(*size - less);
  *extra = (tcpwnd_size_t)(*extra - less);
  *grown -= less;
  return less;
}

u16_t tcp_size_read(struct tcp_pcb *pcb, u16_t len, u32_t now_ms)
{
  u32_t rtt = pcb->sa != 0 ? ((u32_t)pcb->sa + 1) / 2 : UNKNOWN_RTT, took = now_ms - pcb->x_rcv_since, want, more;

  pcb->x_rcv_read += len;
  if (!pcb->x_autosize || took < rtt) {
    return len;
  }
  want = LWIP_MIN(pcb->x_rcv_read / took * 2 * rtt, rcv_most(pcb));
  pcb->x_rcv_read = 0;
  pcb->x_rcv_since = now_ms;
  if (want > pcb->x_rcv_size) {
    more = grow(&rcv_grown, LWIP_X_TCP_WND_SHARED, want - pcb->x_rcv_size);
    pcb->x_rcv_extra = (tcpwnd_size_t)(pcb->x_rcv_extra + more);
    pcb->x_rcv_size = (tcpwnd_size_t)(pcb->x_rcv_size + more);
    pcb->rcv_wnd = (tcpwnd_size_t)(pcb->rcv_wnd + more);
  } else if (want < pcb->x_rcv_size / 4) {
    len = (u16_t)(len - give_back(&pcb->x_rcv_size, &pcb->x_rcv_extra, &rcv_grown, len));
  }
  return len;
}

static void grow_snd(struct tcp_pcb *pcb, u32_t octets)
{
  u32_t more = grow(&snd_grown, LWIP_X_TCP_SND_BUF_SHARED, octets);

  pcb->x_snd_extra = (tcpwnd_size_t)(pcb->x_snd_extra + more);
  pcb->x_snd_size = (tcpwnd_size_t)(pcb->x_snd_size + more);
  pcb->snd_buf = (tcpwnd_size_t)(pcb->snd_buf + more);
}

u32_t tcp_size_acked(struct tcp_pcb *pcb, u32_t octets)
{
  u32_t want = LWIP_MIN(2u * pcb->cwnd, (u32_t)TCP_SND_BUF);

  if (!pcb->x_autosize) {
    return octets;
  }
  if (want > pcb->x_snd_size && pcb->snd_buf < pcb->x_snd_size / 2) {
    grow_snd(pcb, want - pcb->x_snd_size);
  } else if (want < pcb->x_snd_size / 4) {
    return octets - give_back(&pcb->x_snd_size, &pcb->x_snd_extra, &snd_grown, octets);
  }
  return octets;
}

void tcp_size_fix(struct tcp_pcb *pcb, u32_t snd_buf)
{
  pcb->x_autosize = 0;
  snd_buf = LWIP_MIN(snd_buf, (u32_t)TCP_SND_BUF);
  if (snd_buf > pcb->x_snd_size) {
    grow_snd(pcb, snd_buf - pcb->x_snd_size);
  }
}

void tcp_size_leave(struct tcp_pcb *pcb)
{
  rcv_grown -= pcb->x_rcv_extra;
  snd_grown -= pcb->x_snd_extra;
  pcb->x_rcv_extra = pcb->x_snd_extra = 0;
}

#endif
