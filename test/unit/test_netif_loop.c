/** Packets to ourselves: queued, delivered by a timer, bounded.
 *  LINK: link/acd.c link/arp_cache.c link/arp_in.c link/arp_out.c link/arp_table.c link/ethernet.c
 *  LINK: link/ethernet_out.c link/ip_text.c link/ip6_text.c link/netif.c link/netif_events.c link/netif_input.c
 *  LINK: link/netif_ip4.c link/netif_ip6.c link/netif_loop.c link/netif_loopif.c link/netif_names.c base/ip4_addr.c
 *  LINK: base/ip4_text.c base/def.c base/core.c base/random.c base/siphash.c base/stats.c base/timer.c
 *  LINK: mem/core_defer.c mem/drop.c mem/heap.c mem/heap_calloc.c mem/mem_guard.c mem/memp.c mem/pbuf.c
 *  LINK: mem/pbuf_copy.c mem/pbuf_ctrl.c mem/pbuf_pull.c mem/pbuf_queue.c mem/pbuf_hold.c
 */
#include "link_bench.h"

static void setup(void)
{
  bench_up();
}

static void teardown(void)
{
  bench_down();
}

/** A packet that looks like IPv4, in two pieces. */
static struct pbuf *packet(void)
{
  struct pbuf *p = pbuf_alloc(PBUF_RAW, 20, PBUF_RAM), *q = pbuf_alloc(PBUF_RAW, 30, PBUF_RAM);

  memset(p->payload, 0x45, 20);
  memset(q->payload, 0x11, 30);
  pbuf_cat(p, q);
  return p;
}

static err_t loop_one(void)
{
  struct pbuf *p = packet();
  err_t err = netif_loop_output(&en, p);

  pbuf_free(p);
  return err;
}

START_TEST(a_packet_comes_back_later)
{
  ck_assert_int_eq(loop_one(), ERR_OK);
  ck_assert_uint_eq(up_n, 0); /* the sender is still inside */
  ck_assert_uint_eq(timers_sleep(clock_ms), 0);
  pass(0);
  ck_assert_uint_eq(up_n, 1);
  ck_assert_uint_eq(up_len, 50);
}
END_TEST

START_TEST(a_program_may_poll)
{
  loop_one();
  loop_one();
  netif_poll(&en);
  ck_assert_uint_eq(up_n, 2);
  loop_one();
  netif_poll_all();
  ck_assert_uint_eq(up_n, 3);
  netif_poll(&en);
  netif_poll(NULL);
  pass(0);
  ck_assert_uint_eq(up_n, 3);
}
END_TEST

START_TEST(polling_in_an_interrupt_waits)
{
  loop_one();
  ck_assert(core_enter());
  test_context = 16;
  netif_poll_all();
  netif_poll(&en);
  ck_assert_uint_eq(up_n, 0);
  test_context = 0;
  core_leave();
  pass(0);
  ck_assert_uint_eq(up_n, 1);
}
END_TEST

START_TEST(what_waits_goes_with_the_interface)
{
  loop_one();
  netif_remove(&en);
  ck_assert_uint_eq(lwip_x_drops[DROP_NETIF_DOWN], 1);
  pass(0);
  ck_assert_uint_eq(up_n, 0);
}
END_TEST

START_TEST(no_memory_is_an_error)
{
  struct pbuf *p = packet();

  test_alloc_countdown = 0;
  ck_assert_int_eq(netif_loop_output(&en, p), ERR_MEM);
  test_alloc_countdown = -1;
  pbuf_free(p);
  ck_assert_uint_eq(lwip_x_drops[DROP_LOOP_FULL], 1);
  pass(0);
}
END_TEST

START_TEST(arguments_are_checked)
{
  struct pbuf *p = packet();

  ck_assert_int_eq(netif_loop_output(NULL, p), ERR_ARG);
  ck_assert_int_eq(netif_loop_output(&en, NULL), ERR_ARG);
  pbuf_free(p);
}
END_TEST

#if LWIP_LOOPBACK_MAX_PBUFS
START_TEST(the_queue_is_bounded)
{
  unsigned i, ok = 0;

  for (i = 0; i < 100; i++) {
    ok += loop_one() == ERR_OK;
  }
  ck_assert_uint_eq(ok, LWIP_LOOPBACK_MAX_PBUFS);
  pass(0);
  ck_assert_uint_eq(up_n, ok);
  ck_assert_int_eq(loop_one(), ERR_OK);
  pass(0);
}
END_TEST

static void add_bounded(TCase *t)
{
  tcase_add_test(t, the_queue_is_bounded);
}
#else
static void add_bounded(TCase *t)
{
  LWIP_UNUSED_ARG(t);
}
#endif

START_TEST(the_loopback_interface)
{
  struct netif *lo;
  struct pbuf *p = packet();
  const ip4_addr_t to = { IP(127, 0, 0, 1) };

  netif_init();
  netif_init();
  lo = netif_find("lo1"); /* en was the first */
  ck_assert_ptr_nonnull(lo);
  ck_assert(netif_is_up(lo) && netif_is_link_up(lo));
  ck_assert_uint_eq(netif_ip4_addr(lo)->addr, to.addr);
  ck_assert_uint_eq(netif_ip4_netmask(lo)->addr, IP(255, 0, 0, 0));
  ck_assert_int_eq(lo->output(lo, p, &to), ERR_OK);
  pbuf_free(p);
  pass(0);
  ck_assert_uint_eq(up_n, 1);
}
END_TEST

START_TEST(what_is_no_ip_goes_nowhere)
{
  struct pbuf *p = pbuf_alloc(PBUF_RAW, 0, PBUF_RAM), *six = pbuf_alloc(PBUF_RAW, 40, PBUF_RAM);

  netif_clear_flags(&en, NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET); /* IP packets come in */
  memset(six->payload, 0x60, 40);
  ck_assert_int_eq(netif_input(p, &en), ERR_OK);
  ck_assert_int_eq(netif_input(six, &en), ERR_OK);
  ck_assert_uint_eq(up_n, 0);
  ck_assert_uint_eq(lwip_x_drops[DROP_ETH_TYPE], 2);
  ck_assert_int_eq(netif_input(packet(), &en), ERR_OK);
  ck_assert_uint_eq(up_n, 1);
}
END_TEST

int main(void)
{
  Suite *s = suite_create("netif_loop");
  TCase *t = tcase_create("netif_loop");

  tcase_add_checked_fixture(t, setup, teardown);
  tcase_add_test(t, a_packet_comes_back_later);
  tcase_add_test(t, a_program_may_poll);
  tcase_add_test(t, polling_in_an_interrupt_waits);
  tcase_add_test(t, what_waits_goes_with_the_interface);
  tcase_add_test(t, no_memory_is_an_error);
  tcase_add_test(t, arguments_are_checked);
  tcase_add_test(t, the_loopback_interface);
  tcase_add_test(t, what_is_no_ip_goes_nowhere);
  add_bounded(t);
  suite_add_tcase(s, t);
  return run_suite(s);
}
