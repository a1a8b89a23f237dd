/**
 * A connection, seen from outside; and limits of one's own for it (lwip/x_tcp.h).
 */
#include "../base/core.h"
#include "../tcp/tcp_ecn.h"
#include "lwip/priv/tcp_priv.h"
#include "lwip/x_tcp.h"
#include "tcp_core.h"

#include <string.h>

#if LWIP_TCP

u32_t lwip_x_tcp_rto(const struct tcp_pcb *pcb)
{
  return tcp_rto(pcb);
}

#if LWIP_X_TCP_USER_TIMEOUT

err_t lwip_x_tcp_user_timeout(struct tcp_pcb *pcb, u32_t ms)
{
  u32_t now_ms = sys_now();
  err_t err = tcp_enter_connection(pcb);

  if (err == ERR_OK) {
    pcb->x_user_timeout = LWIP_MIN(ms, LWIP_X_TCP_USER_TIMEOUT_MAX);
    if (pcb->state != CLOSED) {
      tcp_due(pcb, now_ms + tcp_timer_next(pcb, now_ms));
    }
    core_leave();
  }
  return err;
}

#endif

#if LWIP_X_TCP_ECN

err_t lwip_x_tcp_ecn(struct tcp_pcb *pcb, int on)
{
  err_t err = tcp_enter_connection(pcb);

  if (err != ERR_OK) {
    return err;
  }
  if (pcb->state != CLOSED) {
    err = ERR_VAL;
  } else {
    pcb->x_ecn = on ? TCP_ECN_WANTED : 0;
  }
  core_leave();
  return err;
}

#endif

#if LWIP_X_TCP_INFO

static void fill_in(const struct tcp_pcb *pcb, struct lwip_x_tcp_info *i)
{
  i->rtt_ms = (u32_t)pcb->sa / 2;
  i->rttvar_ms = pcb->sa != 0 ? (u32_t)pcb->sv / 2 : 0;
  i->rto_ms = tcp_backoff(tcp_rto(pcb), pcb->nrtx, TCP_RTO_MAX);
  i->cwnd = pcb->cwnd;
  i->ssthresh = pcb->ssthresh;
  i->snd_wnd = pcb->snd_wnd;
  i->rcv_wnd = pcb->rcv_wnd;
  i->in_flight = pcb->snd_nxt - pcb->lastack;
  i->queued = (u32_t)LWIP_X_TCP_SND_SIZE(pcb) - pcb->snd_buf;
  i->lost = pcb->x_lost;
  i->sacked = tcp_sacked(pcb);
  i->resent = pcb->x_resent;
  i->delivered = pcb->x_delivered;
  i->delivery_rate = pcb->x_rate;
#if LWIP_X_TCP_RACK
  i->rtt_min_ms = pcb->x_rtt_min;
#endif
  i->mss = tcp_text_max(pcb);
  i->retransmits = pcb->nrtx;
  i->probes = pcb->keep_cnt_sent;
  i->options = (u8_t)(((pcb->flags & TF_TIMESTAMP) ? LWIP_X_TCP_INFO_TIMESTAMPS : 0) |
                      ((pcb->flags & TF_SACK) ? LWIP_X_TCP_INFO_SACK : 0) |
                      ((pcb->flags & TF_WND_SCALE) ? LWIP_X_TCP_INFO_WSCALE : 0));
#if LWIP_X_TCP_ECN
  i->options = (u8_t)(i->options | ((pcb->x_ecn & TCP_ECN_ON) ? LWIP_X_TCP_INFO_ECN : 0));
#endif
#if LWIP_WND_SCALE
  i->snd_wscale = pcb->snd_scale;
  i->rcv_wscale = pcb->rcv_scale;
#endif
}

err_t lwip_x_tcp_info(struct tcp_pcb *pcb, struct lwip_x_tcp_info *info)
{
  err_t err = info != NULL ? tcp_enter_api(pcb) : ERR_ARG;

  if (err != ERR_OK) {
    return err;
  }
  memset(info, 0, sizeof *info);
  info->state = pcb->state;
  if (pcb->state != LISTEN) {
    fill_in(pcb, info);
  }
  core_leave();
  return ERR_OK;
}

#endif

#endif
