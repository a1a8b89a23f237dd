/** Two TCP engines back to back: no IP, no interface, a queue between them that loses, duplicates and reorders by seed. */
#include "tcp/tcp_engine.h"
#include "lwip/init.h"
#include "lwip/memp.h"
#include "lwip/sys.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

static u32_t now_ms = 1000;
u32_t sys_now(void);
u32_t sys_now(void)
{
  return now_ms;
}

/* must() writes a message each time it passes; these are asked for every octet. */
#define must(what)               \
  do {                           \
    if (!(what)) {               \
      ck_abort_msg("%s", #what); \
    }                            \
  } while (0)

/* ---- the queue ---- */

struct packet {
  u32_t at;
  struct tcp_repr r;
  u8_t sack[32];
  u8_t text[1500];
  bool used;
};
enum { PACKETS = 512 };
static struct packet wire[2][PACKETS]; /* [to whom] */

struct link {
  unsigned loss, dup, reorder; /* of 1000 */
  unsigned delay;              /* ms */
};
static struct link link_;

static u64_t rng;
static unsigned rnd(unsigned n)
{
  rng ^= rng << 13;
  rng ^= rng >> 7;
  rng ^= rng << 17;
  return (unsigned)((rng >> 11) % n);
}

/* ---- an end ---- */

struct end {
  struct tcp_pcb *pcb;
  int id;
  u32_t to_send, queued, acked; /* octets */
  u32_t got;
  bool close_when_done, close_soon, closed, fin, connected, over;
  enum tcp_verdict how;
  u32_t segments;
};
static struct end ends[2];

static u8_t octet(int from, u32_t i)
{
  return (u8_t)(i * 7 + (i >> 8) * 13 + (i >> 16) + (u32_t)from * 101);
}

static void enqueue(int to, const struct tcp_repr *r, const u8_t *text, u32_t extra)
{
  unsigned i;

  for (i = 0; i < PACKETS; i++) {
    struct packet *p = &wire[to][i];

    if (!p->used) {
      p->used = true;
      p->r = *r;
      if (r->nsack > 0) {
        memcpy(p->sack, r->sack, 8u * r->nsack);
      }
      p->r.sack = p->sack;
      memcpy(p->text, text, r->len);
      p->at = now_ms + link_.delay + extra;
      return;
    }
  }
}

static void emit(struct end *e, const struct tcp_send *s)
{
  struct tcp_pcb *pcb = e->pcb;
  static u8_t text[1500];
  u8_t sack[32];
  struct tcp_repr r;
  u32_t wnd = tcp_announce(pcb);

  memset(&r, 0, sizeof r);
  r.seq = s->r.seq;
  r.ack = (s->r.flags & TCP_F_ACK) ? pcb->rcv_nxt : 0;
  r.flags = s->r.flags;
  r.len = s->r.len;
  r.wnd = (u16_t)LWIP_MIN((s->r.flags & TCP_F_SYN) ? wnd : RCV_WND_SCALE(pcb, wnd), 0xffff);
  if (s->r.flags & TCP_F_SYN) {
    r.opts = TCP_O_MSS | TCP_O_WSCALE | TCP_O_SACK_PERM | TCP_O_TS;
    r.mss = 1460;
    r.wscale = TCP_RCV_SCALE;
  }
  if (pcb->flags & TF_TIMESTAMP || (s->r.flags & TCP_F_SYN)) {
    r.opts |= TCP_O_TS;
    r.tsval = tcp_ts_now(pcb, now_ms);
    r.tsecr = pcb->ts_recent;
  }
  if (s->r.len == 0) {
    r.nsack = tcp_sack_emit(pcb, sack);
    r.sack = sack;
    r.opts |= r.nsack ? TCP_O_SACK : 0;
  }
  if (s->seg != NULL) {
    if (!s->probe) {
      must(s->seg->p->tot_len == s->seg->len);
      must(s->r.len <= tcp_mss(pcb));
    }
    must(pbuf_copy_partial(s->seg->p, text, s->r.len, s->probe ? s->probe_at : 0) == s->r.len);
  }
  e->segments++;
  if (rnd(1000) >= link_.loss) {
    enqueue(!e->id, &r, text, rnd(1000) < link_.reorder ? 1 + rnd(3 * link_.delay + 5) : 0);
    if (rnd(1000) < link_.dup) {
      enqueue(!e->id, &r, text, rnd(50));
    }
  }
}

static void fill(struct end *e)
{
  while (e->queued < e->to_send && !e->closed) {
    u8_t data[2000];
    u32_t n = 1 + rnd(sizeof data), room = tcp_queue_room(e->pcb), i;

    n = LWIP_MIN(n, e->to_send - e->queued);
    n = LWIP_MIN(n, room);
    if (n == 0 || e->pcb->state < SYN_SENT) {
      return;
    }
    for (i = 0; i < n; i++) {
      data[i] = octet(e->id, e->queued + i);
    }
    if (tcp_queue_append(e->pcb, data, (u16_t)n, TCP_WRITE_FLAG_COPY | (rnd(2) ? TCP_WRITE_FLAG_MORE : 0)) != ERR_OK) {
      return;
    }
    e->queued += n;
  }
}

static void push(struct end *e)
{
  struct tcp_send s;

  fill(e);
  if (!e->closed && e->connected && ((e->queued == e->to_send && e->close_when_done && e->fin) || e->close_soon)) {
    e->closed = true;
    e->how = tcp_finish(e->pcb, now_ms);
  }
  while (tcp_next(e->pcb, now_ms, &s)) {
    emit(e, &s);
    tcp_sent_it(e->pcb, &s, now_ms);
  }
  e->pcb->flags &= (tcpflags_t)~TF_NAGLEMEMERR;
}

static void take_text(struct end *e, struct pbuf *p)
{
  struct pbuf *q;
  u16_t i, len = p->tot_len;

  for (q = p; q != NULL; q = q->next) {
    for (i = 0; i < q->len; i++) {
      must(((u8_t *)q->payload)[i] == octet(!e->id, e->got));
      e->got++;
    }
  }
  pbuf_free(p);
  if (tcp_window_opened(e->pcb, len)) {
    e->pcb->flags |= TF_ACK_NOW;
  }
}

static void events(struct end *e, enum tcp_verdict v, struct tcp_events *ev)
{
  if (ev->what & TCP_EV_CONNECTED) {
    must(!e->connected);
    e->connected = true;
  }
  e->acked += ev->acked;
  must(e->acked <= e->queued);
  if (ev->what & TCP_EV_TEXT) {
    take_text(e, ev->p);
    ev->p = NULL;
  }
  if (ev->what & TCP_EV_FIN) {
    must(!e->fin);
    e->fin = true;
  }
  if (ev->p != NULL) {
    pbuf_free(ev->p);
  }
  if (v == TCP_DONE || v == TCP_RESET || v == TCP_KILL) {
    e->over = true;
    e->how = v;
    return;
  }
  if (v == TCP_LINGER) {
    e->how = v;
  }
  push(e);
}

static void invariants(const struct tcp_pcb *pcb)
{
  const struct tcp_seg *s = pcb->unacked != NULL ? pcb->unacked : pcb->unsent, *last = NULL;
  u32_t queued = 0;

  must(seq_leq(pcb->lastack, pcb->snd_nxt));
  must(pcb->rcv_wnd >= pcb->rcv_ann_wnd);
  for (; s != NULL; s = s->next) {
    must(last == NULL || s->seq == last->seq + last->len);
    must(s->len > 0);
    queued += s->len;
    last = s;
  }
  must(last == pcb->x_last);
  must(pcb->x_last != NULL || pcb->snd_queuelen == 0);
  must(queued + pcb->snd_buf >= TCP_SND_BUF); /* the first may be acknowledged in part */
#if TCP_QUEUE_OOSEQ
  for (s = pcb->ooseq, last = NULL; s != NULL; s = s->next) {
    must(last == NULL || seq_geq(s->seq, last->seq + last->len));
    last = s;
  }
#endif
}

static void rang(struct timer *t)
{
  struct tcp_pcb *pcb = container_of(t, struct tcp_pcb, timer);
  struct end *e = &ends[pcb == ends[1].pcb];
  struct tcp_events ev = { NULL, 0, 0, 0 };
  u32_t next;

  events(e, tcp_timer_ring(pcb, now_ms, &ev), &ev);
  next = tcp_timer_next(pcb, now_ms);
  if (!e->over && next != TCP_NEVER) {
    tcp_due(pcb, now_ms + next);
  }
}

static void deliver(struct end *e, struct packet *p)
{
  struct tcp_events ev = { NULL, 0, 0, 0 };
  enum tcp_verdict v;

  p->used = false;
  if (e->over) {
    return;
  }
  ev.p = pbuf_alloc(PBUF_RAW, LWIP_MAX(p->r.len, 1), PBUF_RAM);
  ck_assert_ptr_nonnull(ev.p);
  if (p->r.len > 0) {
    memcpy(ev.p->payload, p->text, p->r.len);
  }
  v = tcp_arrives(e->pcb, &p->r, &ev, now_ms);
  must(v != TCP_GO);
  if (e->how == TCP_LINGER && v == TCP_OK) {
    v = TCP_LINGER;
  }
  events(e, v, &ev);
  if (!e->over) {
    struct tcp_events more = { NULL, 0, 0, 0 };

    while (tcp_text_more(e->pcb, &more, now_ms)) {
      events(e, TCP_OK, &more);
      memset(&more, 0, sizeof more);
    }
    invariants(e->pcb);
  }
}

/* To the next thing that happens. @return false: nothing does any more */
static bool step(void)
{
  u32_t sleep = timers_sleep(now_ms);
  int to;
  unsigned i;

  for (to = 0; to < 2; to++) {
    for (i = 0; i < PACKETS; i++) {
      if (wire[to][i].used) {
        sleep = LWIP_MIN(sleep, time_reached(now_ms, wire[to][i].at) ? 0 : wire[to][i].at - now_ms);
      }
    }
  }
  if (sleep == TIMERS_NEVER) {
    return false;
  }
  now_ms += sleep;
  for (to = 0; to < 2; to++) {
    for (i = 0; i < PACKETS; i++) {
      if (wire[to][i].used && time_reached(now_ms, wire[to][i].at)) {
        deliver(&ends[to], &wire[to][i]);
      }
    }
  }
  timers_run(now_ms);
  return true;
}

static void start(u64_t seed)
{
  int i;

  rng = seed * 0x9E3779B97F4A7C15u + 12345;
  rnd(2), rnd(2);
  memset(wire, 0, sizeof wire);
  memset(ends, 0, sizeof ends);
  for (i = 0; i < 2; i++) {
    ends[i].id = i;
    ends[i].close_when_done = true;
    ends[i].pcb = tcp_alloc(TCP_PRIO_NORMAL);
    ck_assert_ptr_nonnull(ends[i].pcb);
    tcp_timer_of(ends[i].pcb)->ring = rang;
    ends[i].pcb->lastack = ends[i].pcb->snd_nxt = ends[i].pcb->rto_end = (u32_t)rnd(0xffffffffu) * 3 + rnd(100);
    ends[i].pcb->x_ts_offset = rnd(0x7fffffff);
    ends[i].pcb->mss = 1460;
  }
}

static void open_both_ways(bool simultaneous)
{
  int i;

  for (i = 0; i <= simultaneous; i++) {
    tcp_enter(ends[i].pcb, SYN_SENT, now_ms);
    push(&ends[i]);
  }
}

/* The other end is a listener: what the half-open record does, done by hand. */
static void open_passively(void)
{
  struct packet *p;
  unsigned i;

  tcp_enter(ends[0].pcb, SYN_SENT, now_ms);
  push(&ends[0]);
  for (;;) {
    for (i = 0, p = NULL; i < PACKETS && p == NULL; i++) {
      p = wire[1][i].used ? &wire[1][i] : NULL;
    }
    if (p != NULL) {
      break;
    }
    must(step());
  }
  tcp_enter(ends[1].pcb, SYN_RCVD, now_ms);
  tcp_negotiate(ends[1].pcb, &p->r);
  tcp_opened_by_peer(ends[1].pcb, ends[1].pcb->lastack, p->r.seq);
  p->used = false;
  ends[1].pcb->flags |= TF_ACK_NOW;
  tcp_timer_restart(ends[1].pcb, now_ms);
  push(&ends[1]);
}

static void finish(void)
{
  int i;

  for (i = 0; i < 2; i++) {
    timer_stop(tcp_timer_of(ends[i].pcb));
    tcp_queue_purge(ends[i].pcb);
    memp_free(MEMP_TCP_PCB, ends[i].pcb);
  }
  must(tcp_segs_used == 0);
}

static bool ended(const struct end *e)
{
  return e->over || e->pcb->state == TIME_WAIT;
}

/* Run until both ends are through.  @return virtual ms it took */
static u32_t run(u32_t limit_ms)
{
  u32_t begun = now_ms;

  while (!(ended(&ends[0]) && ended(&ends[1]))) {
    ck_assert_msg(step(), "stuck: states %d %d", ends[0].pcb->state, ends[1].pcb->state);
    ck_assert_msg(now_ms - begun < limit_ms, "too long: states %d %d, got %u of %u, %u of %u", ends[0].pcb->state,
                  ends[1].pcb->state, (unsigned)ends[0].got, (unsigned)ends[1].to_send, (unsigned)ends[1].got,
                  (unsigned)ends[0].to_send);
  }
  return now_ms - begun;
}

static void all_arrived(void)
{
  ck_assert_uint_eq(ends[0].got, ends[1].to_send);
  ck_assert_uint_eq(ends[1].got, ends[0].to_send);
  ck_assert(ends[0].fin && ends[1].fin);
  ck_assert(ends[0].how != TCP_RESET && ends[0].how != TCP_KILL);
  ck_assert(ends[1].how != TCP_RESET && ends[1].how != TCP_KILL);
}

START_TEST(clean_link)
{
  start(1);
  link_ = (struct link){ 0, 0, 0, 10 };
  ends[0].to_send = 500000;
  ends[1].to_send = 300000;
  ends[0].close_soon = false;
  open_passively();
  ends[1].close_when_done = true;
  ends[0].fin = false;
  while (ends[0].got < 300000 || ends[1].got < 500000) {
    must(step());
  }
  ends[0].close_soon = true;
  push(&ends[0]);
  run(200000);
  all_arrived();
  ck_assert_uint_lt(ends[0].segments + ends[1].segments, 1300); /* none sent twice; text and delayed ACKs */
  ck_assert_int_eq(ends[0].pcb->state, TIME_WAIT);
  finish();
}
END_TEST

START_TEST(bad_links)
{
  u64_t seed;

  for (seed = (u64_t)_i * 20; seed < (u64_t)_i * 20 + 20; seed++) {
    start(seed + 1);
    link_ = (struct link){ rnd(100), rnd(50), rnd(100), 1 + rnd(60) };
    ends[0].to_send = rnd(3) ? rnd(200000) : 0;
    ends[1].to_send = rnd(3) ? rnd(200000) : 0;
    switch (rnd(3)) {
      case 0:
        open_both_ways(true);
        break;
      default:
        open_passively();
        break;
    }
    while (!(ends[0].connected && ends[1].connected)) {
      must(step());
    }
    while (ends[0].got < ends[1].to_send || ends[1].got < ends[0].to_send) {
      must(step());
    }
    ends[rnd(2)].close_soon = true; /* who closes first */
    if (rnd(3) == 0) {
      ends[0].close_soon = ends[1].close_soon = true;
    }
    push(&ends[0]);
    push(&ends[1]);
    run(3600000);
    all_arrived();
    finish();
  }
}
END_TEST

/* Half of what was to be sent is never queued: the FIN comes after what was. */
START_TEST(close_at_a_random_moment)
{
  u64_t seed;

  for (seed = 1; seed < 60; seed++) {
    unsigned steps;

    start(seed + 1000);
    link_ = (struct link){ rnd(100), rnd(30), rnd(50), 1 + rnd(60) };
    ends[0].to_send = 20000 + rnd(200000);
    ends[1].to_send = 20000 + rnd(200000);
    open_passively();
    for (steps = rnd(300); steps > 0 || !ends[0].connected || !ends[1].connected; steps -= steps > 0) {
      if (!step()) {
        break;
      }
    }
    ends[0].to_send = ends[0].queued;
    ends[0].close_soon = true;
    push(&ends[0]);
    while (!ends[1].fin) {
      must(step());
    }
    ck_assert_uint_eq(ends[1].got, ends[0].to_send);
    while (ends[0].got < ends[1].to_send) { /* half closed, the other way goes on: RFC 9293 3.6 case 1 */
      must(step());
    }
    run(3600000);
    all_arrived();
    finish();
  }
}
END_TEST

/* RFC 9293 3.8.6.1: the window closes, opens, and the update may be lost. */
START_TEST(window_closes_for_a_while)
{
  u64_t seed;

  for (seed = 1; seed < 20; seed++) {
    tcpwnd_size_t keep;

    start(seed + 5000);
    link_ = (struct link){ rnd(200), 0, 0, 10 };
    ends[0].to_send = 50000;
    open_passively();
    while (!ends[0].connected || !ends[1].connected) {
      must(step());
    }
    keep = ends[1].pcb->rcv_wnd;
    ends[1].pcb->rcv_wnd = ends[1].pcb->rcv_ann_wnd = 0; /* as if the program had taken nothing */
    ends[1].pcb->flags |= TF_ACK_NOW;
    push(&ends[1]);
    {
      u32_t until = now_ms + 200000, got = ends[1].got;

      while (!time_reached(now_ms, until)) {
        must(step());
        ends[1].pcb->rcv_wnd = ends[1].pcb->rcv_ann_wnd = 0;
      }
      ck_assert_uint_le(ends[1].got - got, 20000);
      ck_assert(!ends[0].over); /* MUST-37 */
    }
    ends[1].pcb->rcv_wnd = keep;
    while (ends[1].got < 50000) {
      must(step()); /* nobody tells: the probe finds out */
    }
    ends[0].close_soon = true;
    push(&ends[0]);
    run(3600000);
    all_arrived();
    finish();
  }
}
END_TEST

/* RFC 6298, RFC 5681: what the sender does when nobody answers. */
START_TEST(gives_up_in_the_end)
{
  start(77);
  link_ = (struct link){ 0, 0, 0, 10 };
  ends[0].to_send = 100;
  open_passively();
  while (!ends[0].connected || !ends[1].connected) {
    must(step());
  }
  ends[0].to_send = 10000;
  push(&ends[0]);
  link_.loss = 1000;
  ends[0].to_send = 20000;
  push(&ends[0]);
  {
    u32_t begun = now_ms;

    while (!ends[0].over) {
      must(step());
    }
    ck_assert_uint_gt(now_ms - begun, 100000); /* RFC 9293 SHLD-11: R2 at least 100 s */
    ck_assert_int_eq(ends[0].how, TCP_KILL);
    ck_assert_uint_le(ends[0].pcb->cwnd, ends[0].pcb->mss);
  }
  finish();
}
END_TEST

static void setup(void)
{
  lwip_init();
}

int main(void)
{
  Suite *s = suite_create("tcp_pair");
  TCase *c = tcase_create("pair");
  SRunner *r;
  int failed;

  tcase_add_checked_fixture(c, setup, NULL);
  tcase_set_timeout(c, 60);
  tcase_add_test(c, clean_link);
  tcase_add_loop_test(c, bad_links, 0, 8);
  tcase_add_test(c, close_at_a_random_moment);
  tcase_add_test(c, window_closes_for_a_while);
  tcase_add_test(c, gives_up_in_the_end);
  suite_add_tcase(s, c);
  r = srunner_create(s);
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
