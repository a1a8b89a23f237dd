/**
 * Which text was received out of order, told to the peer (RFC 2018 section 4).
 *
 * rcv_sacks[] holds disjoint ranges; the first contains the segment received last, the others follow in
 * the order in which they were reported.  Empty entries are at the end.
 */
#include "tcp_engine.h"

#include <string.h>

#if LWIP_TCP && LWIP_TCP_SACK_OUT

static bool valid(const struct tcp_sack_range *r)
{
  return r->left != r->right;
}

/* Take out entry i; the ones behind it close up. */
static void take_out(struct tcp_pcb *pcb, unsigned i)
{
  for (; i + 1 < LWIP_TCP_MAX_SACK_NUM; i++) {
    pcb->rcv_sacks[i] = pcb->rcv_sacks[i + 1];
  }
  pcb->rcv_sacks[i].left = pcb->rcv_sacks[i].right = 0;
}

void tcp_sack_add(struct tcp_pcb *pcb, u32_t left, u32_t right)
{
  unsigned i = 0;

  if (left == right || !(pcb->flags & TF_SACK)) {
    return;
  }
  while (i < LWIP_TCP_MAX_SACK_NUM && valid(&pcb->rcv_sacks[i])) {
    struct tcp_sack_range *r = &pcb->rcv_sacks[i];

    if (seq_gt(left, r->right) || seq_lt(right, r->left)) {
      i++;
      continue;
    }
    left = seq_lt(r->left, left) ? r->left : left;
    right = seq_gt(r->right, right) ? r->right : right;
    take_out(pcb, i);
    i = 0; /* it grew: it may touch one that it did not before */
  }
  for (i = LWIP_TCP_MAX_SACK_NUM - 1; i > 0; i--) {
    pcb->rcv_sacks[i] = pcb->rcv_sacks[i - 1];
  }
  pcb->rcv_sacks[0].left = left;
  pcb->rcv_sacks[0].right = right;
}

void tcp_sack_forget(struct tcp_pcb *pcb, u32_t below, u32_t from)
{
  unsigned i = 0;

  while (i < LWIP_TCP_MAX_SACK_NUM && valid(&pcb->rcv_sacks[i])) {
    struct tcp_sack_range *r = &pcb->rcv_sacks[i];

    if (seq_lt(r->left, below)) {
      r->left = below;
    }
    if (seq_gt(r->right, from)) {
      r->right = from;
    }
    if (seq_geq(r->left, r->right)) {
      take_out(pcb, i);
    } else {
      i++;
    }
  }
}

u8_t tcp_sack_emit(const struct tcp_pcb *pcb, u8_t *o)
{
  u8_t n = 0;

  if (!(pcb->flags & TF_SACK)) {
    return 0;
  }
  while (n < LWIP_TCP_MAX_SACK_NUM && valid(&pcb->rcv_sacks[n])) {
    be32_put(o + 8 * n, pcb->rcv_sacks[n].left);
    be32_put(o + 8 * n + 4, pcb->rcv_sacks[n].right);
    n++;
  }
  return n;
}

#endif
