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

/** Ranges to be told, the newest first. */
struct report {
  struct {
    u32_t left, right;
    u8_t age;
  } of[LWIP_TCP_MAX_SACK_NUM];
  u8_t n;
};

static void insert(struct report *r, u32_t left, u32_t right, u8_t age)
{
  u8_t i;

  if (r->n < LWIP_TCP_MAX_SACK_NUM) {
    r->n++;
  } else if (age >= r->of[r->n - 1].age) {
    return;
  }
  for (i = (u8_t)(r->n - 1); i > 0 && age < r->of[i - 1].age; i--) {
    r->of[i] = r->of[i - 1];
  }
  r->of[i].left = left;
  r->of[i].right = right;
  r->of[i].age = age;
}

u8_t tcp_sack_emit(const struct tcp_pcb *pcb, u8_t *o)
{
  const struct tcp_seg *s = (pcb->flags & TF_SACK) ? pcb->ooseq : NULL;
  struct report r;
  u8_t i;

  r.n = 0;
  for (; s != NULL; s = s->next) {
    u32_t left = seq_lt(s->seq, pcb->rcv_nxt) ? pcb->rcv_nxt : s->seq;
    u8_t age;

    s = end_of_range(s, &age);
    if (left != s->seq + s->len) { /* not just a FIN */
      insert(&r, left, s->seq + s->len, age);
    }
  }
  for (i = 0; i < r.n; i++) {
    be32_put(o + 8 * i, r.of[i].left);
    be32_put(o + 8 * i + 4, r.of[i].right);
  }
  return r.n;
}

#endif
