/** Address conflict detection, by RFC 5227.
 *  LINK: link/acd.c link/arp_cache.c link/arp_in.c link/arp_out.c link/arp_table.c link/ethernet.c
 *  LINK: link/ethernet_out.c link/ip_text.c link/ip6_text.c link/netif.c link/netif_events.c link/netif_input.c
 *  LINK: link/netif_ip4.c link/netif_ip6.c link/netif_loop.c link/netif_loopif.c link/netif_names.c base/ip4_addr.c
 *  LINK: base/ip4_text.c base/def.c base/core.c base/random.c base/siphash.c base/stats.c base/timer.c
 *  LINK: mem/core_defer.c mem/drop.c mem/heap.c mem/heap_calloc.c mem/mem_guard.c mem/memp.c mem/pbuf.c
 *  LINK: mem/pbuf_copy.c mem/pbuf_ctrl.c mem/pbuf_pull.c mem/pbuf_queue.c mem/pbuf_hold.c
 */
#include "link_bench.h"
#include "link/acd.h"

#define WANTED IP(192, 168, 0, 77)

static struct acd acd;
static enum acd_event told[16];
static unsigned told_n;

static void on_event(struct acd *a, enum acd_event e)
{
  ck_assert_ptr_eq(a, &acd);
  told[told_n++] = e;
}

/** What an owner does: take the address. */
static void on_event_take(struct acd *a, enum acd_event e)
{
  on_event(a, e);
  if (e == ACD_FREE) {
    netif_set_ipaddr(a->nif, &a->addr);
  }
}

static void on_event_stop(struct acd *a, enum acd_event e)
{
  on_event(a, e);
  acd_stop(a);
}

static void setup(void)
{
  bench_up();
}

static void teardown(void)
{
  acd_stop(&acd);
  bench_down();
}

static void start(void)
{
  const ip4_addr_t a = { WANTED };
  acd_start(&acd, &en, &a, on_event_take);
}

/** Probe, take and announce until all is quiet. */
static void own(void)
{
  start();
  pass(30000);
  ck_assert_uint_eq(acd.state, ACD_WATCHING);
  told_n = 0;
  sent_n = 0;
}

/** Section 2.1.1: three probes, 1 to 2 s apart, the first within 1 s; then 2 s of silence; then two announcements. */
START_TEST(the_whole_course)
{
  u32_t began = clock_ms, last = 0;
  unsigned probes = 0, seen = 0;

  start();
  while (told_n == 0) {
    pass(1);
    if (told_n == 0 && sent_n > seen) {
      expect_arp(seen++, ALL, ARP_WIRE_REQUEST, 0, WANTED);
      if (probes == 0) {
        ck_assert_uint_le(clock_ms - began, LWIP_X_ACD_PROBE_WAIT_MS);
      } else {
        ck_assert_uint_ge(clock_ms - last, LWIP_X_ACD_PROBE_MIN_MS);
        ck_assert_uint_le(clock_ms - last, LWIP_X_ACD_PROBE_MAX_MS);
      }
      probes++;
      last = clock_ms;
    }
  }
  ck_assert_uint_eq(probes, LWIP_X_ACD_PROBE_NUM);
  ck_assert_uint_eq(clock_ms - last, LWIP_X_ACD_ANNOUNCE_WAIT_MS);
  ck_assert_int_eq(told[0], ACD_FREE);
  ck_assert_uint_eq(sent_n, probes + 1);
  expect_arp(probes, ALL, ARP_WIRE_REQUEST, WANTED, WANTED);
  pass(LWIP_X_ACD_ANNOUNCE_INTERVAL_MS);
  expect_arp(probes + 1, ALL, ARP_WIRE_REQUEST, WANTED, WANTED);
  pass(60000);
  ck_assert_uint_eq(sent_n, probes + LWIP_X_ACD_ANNOUNCE_NUM);
  ck_assert_uint_eq(timers_sleep(clock_ms), TIMERS_NEVER);
}
END_TEST

/* clang-format off */
static const struct {
  const char *what;
  u8_t op;
  const char *sha;
  u32_t spa, tpa;
  bool conflict;
} probing[] = {
  { "somebody answers",                    ARP_WIRE_REPLY,   PEER, WANTED,             0,                  true  },
  { "somebody asks in its name",           ARP_WIRE_REQUEST, PEER, WANTED,             IP(192, 168, 0, 1), true  },
  { "somebody else probes for it",         ARP_WIRE_REQUEST, PEER, 0,                  WANTED,             true  },
  { "somebody probes for another",         ARP_WIRE_REQUEST, PEER, 0,                  IP(192, 168, 0, 5), false },
  { "somebody asks for it",                ARP_WIRE_REQUEST, PEER, IP(192, 168, 0, 2), WANTED,             false },
  { "our own probe comes back",            ARP_WIRE_REQUEST, US,   0,                  WANTED,             false },
};
/* clang-format on */

START_TEST(while_probing)
{
  start();
  pass(1500);
  receive_arp(ALL, probing[_i].op, probing[_i].sha, probing[_i].spa, probing[_i].tpa);
  ck_assert_msg(told_n == probing[_i].conflict, "%s", probing[_i].what);
  if (probing[_i].conflict) {
    ck_assert_int_eq(told[0], ACD_CONFLICT);
    ck_assert_uint_eq(acd.state, ACD_OFF);
    pass(30000);
    ck_assert_uint_eq(told_n, 1);
  } else {
    pass(30000);
    ck_assert_int_eq(told[0], ACD_FREE);
  }
}
END_TEST

/** Section 2.4 (b): one conflict is answered, a second within ten seconds is the end. */
START_TEST(defended_once)
{
  own();
  receive_arp(ALL, ARP_WIRE_REPLY, PEER, WANTED, WANTED);
  ck_assert_uint_eq(told_n, 0);
  ck_assert_uint_eq(sent_n, 1);
  pass(LWIP_X_ACD_DEFEND_INTERVAL_MS - 1);
  receive_arp(ALL, ARP_WIRE_REPLY, PEER, WANTED, WANTED);
  ck_assert_uint_eq(told_n, 1);
  ck_assert_int_eq(told[0], ACD_LOST);
  ck_assert_uint_eq(sent_n, 1);
}
END_TEST

START_TEST(rare_conflicts_are_defended_each)
{
  unsigned i;

  own();
  for (i = 0; i < 5; i++) {
    receive_arp(ALL, ARP_WIRE_REPLY, PEER, WANTED, WANTED);
    pass(LWIP_X_ACD_DEFEND_INTERVAL_MS + 1);
  }
  ck_assert_uint_eq(told_n, 0);
  ck_assert_uint_eq(sent_n, 5);
}
END_TEST

START_TEST(the_owner_may_stop_in_the_event)
{
  const ip4_addr_t a = { WANTED };

  acd_start(&acd, &en, &a, on_event_stop);
  pass(30000);
  ck_assert_uint_eq(told_n, 1);
  ck_assert_uint_eq(acd.state, ACD_OFF);
  ck_assert_uint_eq(sent_n, LWIP_X_ACD_PROBE_NUM);
  receive_arp(ALL, ARP_WIRE_REPLY, PEER, WANTED, WANTED);
  ck_assert_uint_eq(told_n, 1);
}
END_TEST

/** Section 2.1.1: after MAX_CONFLICTS a new address at most every RATE_LIMIT_INTERVAL. */
START_TEST(many_conflicts_slow_it_down)
{
  unsigned i;

  for (i = 0; i < LWIP_X_ACD_MAX_CONFLICTS; i++) {
    start();
    pass(1500);
    receive_arp(ALL, ARP_WIRE_REPLY, PEER, WANTED, WANTED);
  }
  ck_assert_uint_eq(told_n, LWIP_X_ACD_MAX_CONFLICTS);
  sent_n = 0;
  start();
  pass(LWIP_X_ACD_RATE_LIMIT_MS - 1);
  ck_assert_uint_eq(sent_n, 0);
  pass(LWIP_X_ACD_PROBE_WAIT_MS + 2);
  ck_assert_uint_eq(sent_n, 1);
}
END_TEST

int main(void)
{
  Suite *s = suite_create("acd");
  TCase *t = tcase_create("acd");

  tcase_add_checked_fixture(t, setup, teardown);
  tcase_add_test(t, the_whole_course);
  tcase_add_loop_test(t, while_probing, 0, (int)LWIP_ARRAYSIZE(probing));
  tcase_add_test(t, defended_once);
  tcase_add_test(t, rare_conflicts_are_defended_each);
  tcase_add_test(t, the_owner_may_stop_in_the_event);
  tcase_add_test(t, many_conflicts_slow_it_down);
  suite_add_tcase(s, t);
  return run_suite(s);
}
