/** For the tests of the TCP engine: one connection as a value, segments as rows. */
#ifndef TEST_UNIT_TCP_ENGINE_LAB_H
#define TEST_UNIT_TCP_ENGINE_LAB_H

#include "tcp/tcp_engine.h"
#include "lwip/init.h"
#include "lwip/memp.h"
#include "lwip/sys.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

/* Sequence numbers of the connection under test: we sent up to US, the peer up to PEER. */
#define US 1000u
#define PEER 5000u

static u32_t lab_now = 100000;
static struct tcp_pcb *pcb;
static struct tcp_events ev;

u32_t sys_now(void);
u32_t sys_now(void)
{
  return lab_now;
}

static inline void lab_no_ring(struct timer *t)
{
  (void)t;
}

/** A connection in @p state, nothing in flight, both windows open. */
static inline void lab_connection(enum tcp_state state)
{
  lwip_init();
  pcb = tcp_alloc(TCP_PRIO_NORMAL);
  ck_assert_ptr_nonnull(pcb);
  tcp_timer_of(pcb)->ring = lab_no_ring;
  pcb->state = state;
  pcb->mss = 1000;
  pcb->lastack = pcb->snd_nxt = pcb->rto_end = US;
  pcb->rcv_nxt = PEER;
  pcb->snd_wl1 = PEER - 1;
  pcb->rcv_wnd = pcb->rcv_ann_wnd = 10000;
  pcb->snd_wnd = pcb->snd_wnd_max = 20000;
  pcb->tmr = lab_now;
  tcp_cc_init(pcb);
}

/** Text "abc..." beginning at PEER, so that each octet tells its sequence number. */
static inline u8_t lab_octet(u32_t seq)
{
  return (u8_t)('a' + (seq - PEER) % 26);
}

static inline struct tcp_repr lab_segment(u8_t flags, u32_t seq, u32_t ack, u16_t len)
{
  struct tcp_repr r;

  memset(&r, 0, sizeof r);
  r.flags = flags;
  r.seq = seq;
  r.ack = ack;
  r.len = len;
  r.wnd = 20000;
  return r;
}

static inline enum tcp_verdict lab_arrives_repr(const struct tcp_repr *r)
{
  u16_t i;

  memset(&ev, 0, sizeof ev);
  ev.p = pbuf_alloc(PBUF_RAW, LWIP_MAX(r->len, 1), PBUF_POOL);
  ck_assert_ptr_nonnull(ev.p);
  for (i = 0; i < r->len; i++) {
    pbuf_put_at(ev.p, i, lab_octet(r->seq + ((r->flags & TCP_F_SYN) != 0) + i));
  }
  return tcp_arrives(pcb, r, &ev, lab_now);
}

static inline enum tcp_verdict lab_arrives(u8_t flags, u32_t seq, u32_t ack, u16_t len)
{
  struct tcp_repr r = lab_segment(flags, seq, ack, len);

  return lab_arrives_repr(&r);
}

/** What was delivered by the last segment is the text from @p seq on, @p len octets; then it is gone. */
static inline void lab_delivered(u32_t seq, u32_t len)
{
  u32_t i;

  if (len == 0) {
    ck_assert(!(ev.what & TCP_EV_TEXT));
  } else {
    ck_assert(ev.what & TCP_EV_TEXT);
    ck_assert_uint_eq(ev.p->tot_len, len);
    for (i = 0; i < len; i++) {
      if (pbuf_get_at(ev.p, (u16_t)i) != lab_octet(seq + i)) {
        ck_abort_msg("octet %u", (unsigned)i);
      }
    }
  }
  if (ev.p != NULL) {
    pbuf_free(ev.p);
    ev.p = NULL;
  }
}

static inline void lab_done(void)
{
  if (ev.p != NULL) {
    pbuf_free(ev.p);
  }
  timer_stop(tcp_timer_of(pcb));
  tcp_queue_purge(pcb);
  memp_free(MEMP_TCP_PCB, pcb);
  ck_assert_uint_eq(tcp_segs_used, 0);
  ck_assert_uint_eq(tcp_ooseq_count, 0);
  ck_assert_uint_eq(lwip_stats.memp[MEMP_PBUF_POOL]->used, 0);
  ck_assert_uint_eq(lwip_stats.memp[MEMP_PBUF]->used, 0);
}

static inline err_t lab_write(u16_t len, u8_t flags)
{
  static u8_t data[65535];

  return tcp_queue_append(pcb, data, len, flags);
}

/** Send everything that may be sent; @return segments */
static inline unsigned lab_push(void)
{
  struct tcp_send s;
  unsigned n = 0;

  while (tcp_next(pcb, lab_now, &s)) {
    tcp_sent_it(pcb, &s, lab_now);
    n++;
    ck_assert_uint_lt(n, 1000);
  }
  return n;
}

#define LAB_SUITE(name, add)                          \
  int main(void)                                      \
  {                                                   \
    Suite *s = suite_create(name);                    \
    TCase *c = tcase_create(name);                    \
    SRunner *r;                                       \
    int failed;                                       \
    tcase_set_timeout(c, 60);                         \
    add(c);                                           \
    suite_add_tcase(s, c);                            \
    r = srunner_create(s);                            \
    srunner_run_all(r, CK_ENV);                       \
    failed = srunner_ntests_failed(r);                \
    srunner_free(r);                                  \
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE; \
  }

#endif
