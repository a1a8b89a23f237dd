/**
 * RACK-TLP (RFC 8985): a segment is lost if one that was sent sufficiently later has arrived; and the last segments of a
 * flight, behind which nothing is sent, are probed after two round trips instead of waiting for the retransmission timeout.
 *
 * The clock counts milliseconds: where two segments were sent in the same one, sequence numbers say which was later.
 */
#include "tcp_engine.h"

#if LWIP_TCP && LWIP_X_TCP_RACK

enum {
  DUPACKS = 3,
  REO_ROUNDS = 16,            /* recoveries after which reordering is forgotten: 6.2 step 4 */
  RTT_MIN_AGE = 300000 / 1024 /* the path may have become longer: 6.2 step 1, a windowed minimum */
};

/* 6.1: was the first sent after the second? */
static bool sent_after(u32_t ms1, u32_t end1, u32_t ms2, u32_t end2)
{
  return ms1 == ms2 ? seq_gt(end1, end2) : seq_gt(ms1, ms2);
}

/* Was seg sent before the newest one that arrived?  Of one that was sent again in the same millisecond nobody knows. */
static bool sent_before(const struct tcp_pcb *pcb, const struct tcp_seg *seg)
{
  u32_t end = seg->seq + seg->len;

  return sent_after(pcb->x_rack_ms, seg->nrtx == 0 ? pcb->x_rack_end : end, seg->sent_ms, end);
}

static void note_rtt(struct tcp_pcb *pcb, u32_t rtt, u32_t now_ms)
{
  u16_t at = (u16_t)(now_ms >> 10);

  if (pcb->x_rtt_min == 0 || rtt <= pcb->x_rtt_min || (u16_t)(at - pcb->x_rtt_min_at) > RTT_MIN_AGE) {
    pcb->x_rtt_min = (u16_t)LWIP_MAX(rtt, 1u);
    pcb->x_rtt_min_at = at;
  }
}

/* 6.2 steps 1 to 3. */
void tcp_rack_delivered(struct tcp_pcb *pcb, const struct tcp_seg *seg, u32_t now_ms)
{
  u32_t rtt = LWIP_MIN(now_ms - seg->sent_ms, 0xffffu), end = seg->seq + seg->len;

  if (seg->nrtx > 0 && rtt < pcb->x_rtt_min) {
    return; /* it was the first copy that arrived */
  }
  if (seg->nrtx == 0) {
    note_rtt(pcb, rtt, now_ms);
    if (seq_lt(end, tcp_board_end(pcb)) && pcb->x_reo_steps == 0) {
      pcb->x_reo_steps = 1; /* sent once and arrived after a later one: reordering */
      pcb->x_reo_rounds = REO_ROUNDS;
    }
  }
  if (sent_after(seg->sent_ms, end, pcb->x_rack_ms, pcb->x_rack_end) || pcb->x_rack_rtt == 0) {
    pcb->x_rack_ms = seg->sent_ms;
    pcb->x_rack_end = end;
    pcb->x_rack_rtt = (u16_t)LWIP_MAX(rtt, 1u);
  }
}

/* 6.2 step 4: a D-SACK widens the window, once a round trip. */
void tcp_rack_round(struct tcp_pcb *pcb, bool dsack)
{
  if (dsack && pcb->x_reo_steps != 0 && seq_lt(pcb->lastack, pcb->x_dsack_round)) {
    return;
  }
  if (dsack) {
    pcb->x_dsack_round = pcb->snd_nxt;
    pcb->x_reo_steps = (u8_t)(pcb->x_reo_steps + (pcb->x_reo_steps < 255));
    pcb->x_reo_rounds = REO_ROUNDS;
  } else if (pcb->x_reo_rounds > 0 && --pcb->x_reo_rounds == 0) {
    pcb->x_reo_steps = 0;
  }
}

/* 6.2 step 4: how much later a segment may arrive than one sent after it, ms. */
static u32_t reordering_window(const struct tcp_pcb *pcb)
{
  u32_t wnd;

  if (pcb->x_reo_steps == 0) {
    if ((pcb->flags & (TF_INFR | TF_RTO)) || pcb->x_sacked >= DUPACKS * (u32_t)tcp_text_max(pcb)) {
      return 0;
    }
    return (pcb->x_rtt_min + 3u) / 4;
  }
  wnd = (pcb->x_reo_steps * (u32_t)pcb->x_rtt_min + 3) / 4 + 1; /* the clock may just have ticked */
  return LWIP_MIN(wnd, (u32_t)pcb->sa / 2 + 1);
}

/* 6.2 step 5. */
bool tcp_rack_lost(struct tcp_pcb *pcb, u32_t now_ms)
{
  u32_t patience = pcb->x_rack_rtt + reordering_window(pcb), wait = 0;
  struct tcp_seg *seg;
  bool any = false;

  for (seg = pcb->unacked; seg != pcb->unsent && seg != NULL; seg = seg->next) {
    s32_t left = (s32_t)(seg->sent_ms + patience - now_ms);

    if (seg->flags & (TF_SEG_SACKED | TF_SEG_LOST)) {
      continue;
    }
    if (!sent_before(pcb, seg)) {
      if (seg->nrtx == 0) {
        break; /* and so were all behind it that were not sent again, whose turn comes with the next ACK */
      }
    } else if (left <= 0) {
      tcp_queue_lost(pcb, seg);
      any = true;
    } else {
      wait = LWIP_MAX(wait, (u32_t)left);
    }
  }
  if (wait > 0) {
    pcb->tmr = now_ms + wait;
    pcb->x_timer = TCP_TIMER_REORDER;
    tcp_due(pcb, pcb->tmr);
  }
  return any;
}

/* ---- the loss probe, section 7 ---- */

static struct tcp_seg *last_sent(const struct tcp_pcb *pcb)
{
  struct tcp_seg *seg = pcb->unacked;

  while (seg->next != pcb->unsent) {
    seg = seg->next;
  }
  return seg;
}

void tcp_tlp_probe(struct tcp_pcb *pcb, u32_t now_ms)
{
  struct tcp_seg *seg = pcb->unsent;

  (void)now_ms;
  if (pcb->unacked == NULL || pcb->x_tlp != TCP_TLP_NONE) {
    return;
  }
  if (seg != NULL && seg->seq + seg->len - pcb->lastack <= pcb->snd_wnd) {
    pcb->x_tlp = TCP_TLP_WANTED;
    return;
  }
  tcp_queue_lost(pcb, last_sent(pcb));
  pcb->x_tlp = TCP_TLP_AGAIN;
  pcb->x_tlp_end = pcb->snd_nxt;
}

static bool sent_again(const struct tcp_pcb *pcb)
{
  return pcb->x_tlp == TCP_TLP_AGAIN || pcb->x_tlp == TCP_TLP_AGAIN_MEASURED;
}

void tcp_tlp_acked(struct tcp_pcb *pcb, bool news, bool dsack, u32_t now_ms)
{
  if (pcb->x_tlp == TCP_TLP_NONE || pcb->x_tlp == TCP_TLP_UNMEASURED) {
    return;
  }
  if (pcb->x_tlp != TCP_TLP_WANTED && seq_lt(pcb->lastack, pcb->x_tlp_end)) {
    return;
  }
  if (sent_again(pcb) && !dsack && news) {
    if (pcb->lastack == pcb->x_tlp_end) {
      return; /* the ACK of the first copy, or of the probe: the next one tells */
    }
    if (!(pcb->flags & (TF_INFR | TF_RTO))) {
      tcp_recover_begin(pcb, now_ms); /* 7.4.2: the probe filled the gap: there was a loss */
      tcp_recover_end(pcb);
    }
  }
  /* 7.3: not the next one before a round trip was measured, which the ACK of what was sent twice does not do */
  pcb->x_tlp = pcb->x_tlp == TCP_TLP_AGAIN ? TCP_TLP_UNMEASURED : TCP_TLP_NONE;
}

#endif
