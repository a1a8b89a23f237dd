/**
 * Which text was received out of order, told to the peer (RFC 2018 section 4).
 *
 * The ranges are those of pcb->ooseq.  What has to be remembered is in which order they grew: each segment of the list has an age, the
 * number of times that another range became the newest one since.  A range is as old as the newest of its segments.
 */
#include "tcp_engine.h"

#if LWIP_TCP && LWIP_TCP_SACK_OUT

enum { AGE_UNIT = 0x10, AGE_MASK = 0xf0 }; /* in tcp_seg.flags; beyond 15 all are the same */

static u8_t age_of(const struct tcp_seg *seg)
{
  return seg->flags & AGE_MASK;
}

/* Does b, behind a in the list, continue it? */
static bool continues(const struct tcp_seg *a, const struct tcp_seg *b)
{
  return a != NULL && a->seq + a->len == b->seq;
}

void tcp_sack_newest(struct tcp_pcb *pcb, struct tcp_seg *seg, const struct tcp_seg *prev)
{
  struct tcp_seg *s = pcb->ooseq;

  if (!(pcb->flags & TF_SACK) || (continues(prev, seg) && age_of(prev) == 0)) {
    return; /* nobody asks, or the newest range has grown */
  }
  for (; s != NULL; s = s->next) {
    if (age_of(s) < AGE_MASK) {
      s->flags = (u8_t)(s->flags + AGE_UNIT);
    }
  }
  seg->flags &= (u8_t)~AGE_MASK;
}

/* The segments behind s that continue its range.  @return the last of them; *age: the range's */
static const struct tcp_seg *end_of_range(const struct tcp_seg *s, u8_t *age)
{
  *age = age_of(s);
  while (s->next != NULL && continues(s, s->next)) {
    s = s->next;
    *age = LWIP_MIN(*age, age_of(s));
  }
  return s;
}

/* Put a block among the n at o, whose ages those are: the newest first, as many as fit.  @return how many there are now */
static u32_t insert(u8_t *o, u8_t *ages, u32_t n, u32_t left, u32_t right, u8_t age)
{
  u32_t i = n;

  if (n < LWIP_TCP_MAX_SACK_NUM) {
    n++;
  } else if (age < ages[--i]) {
    /* the oldest gives way */
  } else {
    return n;
  }
  for (; i > 0 && age < ages[i - 1]; i--) {
    ages[i] = ages[i - 1];
    ne32_put(o + 8 * i, ne32_get(o + 8 * i - 8));
    ne32_put(o + 8 * i + 4, ne32_get(o + 8 * i - 4));
  }
  ages[i] = age;
  be32_put(o + 8 * i, left);
  be32_put(o + 8 * i + 4, right);
  return n;
}

u8_t tcp_sack_emit(const struct tcp_pcb *pcb, u8_t *o)
{
  const struct tcp_seg *s = (pcb->flags & TF_SACK) ? pcb->ooseq : NULL;
  u8_t ages[LWIP_TCP_MAX_SACK_NUM], age;
  u32_t n = 0;

  for (; s != NULL; s = s->next) {
    u32_t left = seq_lt(s->seq, pcb->rcv_nxt) ? pcb->rcv_nxt : s->seq;

    s = end_of_range(s, &age);
    if (left != s->seq + s->len) { /* not just a FIN */
      n = insert(o, ages, n, left, s->seq + s->len, age);
    }
  }
  return (u8_t)n;
}

#endif
