/** Interfaces: the list, names and indices, states and addresses, and who is told what in which order.
 *  LINK: link/acd.c link/arp_cache.c link/arp_in.c link/arp_out.c link/arp_table.c link/ethernet.c
 *  LINK: link/ethernet_out.c link/ip_text.c link/ip6_text.c link/netif.c link/netif_events.c link/netif_input.c
 *  LINK: link/netif_ip4.c link/netif_ip6.c link/netif_loop.c link/netif_loopif.c link/netif_names.c base/ip4_addr.c
 *  LINK: base/ip4_text.c base/def.c base/core.c base/random.c base/siphash.c base/stats.c base/timer.c
 *  LINK: mem/core_defer.c mem/drop.c mem/heap.c mem/heap_calloc.c mem/mem_guard.c mem/memp.c mem/pbuf.c
 *  LINK: mem/pbuf_copy.c mem/pbuf_ctrl.c mem/pbuf_pull.c mem/pbuf_queue.c mem/pbuf_hold.c
 */
#include "link_bench.h"
#include <stdio.h>

#define ME IP(192, 168, 0, 1)

static struct netif second;

/** What the program's callbacks said, a letter each. */
static char told[64];
static size_t told_n;
static netif_nsc_reason_t reasons[16];
static unsigned reasons_n;
static ip_addr_t old_address;

static void tell(char c)
{
  ck_assert_uint_lt(told_n, sizeof told - 1);
  told[told_n++] = c;
  told[told_n] = '\0';
}

static void on_status(struct netif *nif)
{
  tell(netif_is_up(nif) ? 'U' : 'D');
}

static void on_link(struct netif *nif)
{
  tell(netif_is_link_up(nif) ? 'L' : 'l');
}

static void on_remove(struct netif *nif)
{
  LWIP_UNUSED_ARG(nif);
  tell('R');
}

static void on_ext(struct netif *nif, netif_nsc_reason_t reason, const netif_ext_callback_args_t *args)
{
  LWIP_UNUSED_ARG(nif);
  ck_assert_uint_lt(reasons_n, 16);
  reasons[reasons_n++] = reason;
  tell('x');
  if (reason == LWIP_NSC_STATUS_CHANGED) {
    tell(args->status_changed.state ? '1' : '0');
  } else if (reason == LWIP_NSC_LINK_CHANGED) {
    tell(args->link_changed.state ? '1' : '0');
  } else if (reason & LWIP_NSC_IPV4_ADDRESS_CHANGED) {
    old_address = *args->ipv4_changed.old_address;
  }
}

static netif_ext_callback_t ext, ext2;

static void setup(void)
{
  bench_up();
  netif_set_status_callback(&en, on_status);
  netif_set_link_callback(&en, on_link);
  netif_set_remove_callback(&en, on_remove);
  netif_add_ext_callback(&ext, on_ext);
}

static void teardown(void)
{
  netif_remove_ext_callback(&ext);
  bench_down();
}

static err_t second_init(struct netif *nif)
{
  memcpy(nif->name, "wl", 2);
  return ERR_OK;
}

static err_t failing_init(struct netif *nif)
{
  LWIP_UNUSED_ARG(nif);
  return ERR_IF;
}

static bool listed(const struct netif *nif)
{
  const struct netif *n;

  NETIF_FOREACH(n)
  {
    if (n == nif) {
      return true;
    }
  }
  return false;
}

static void expect_events(const enum link_event *what, unsigned n)
{
  unsigned i;

  ck_assert_uint_eq(events_n, n);
  for (i = 0; i < n; i++) {
    ck_assert_msg(events[i].what == what[i], "event %u is %d", i, events[i].what);
  }
}

START_TEST(add_needs_an_interface_and_its_init)
{
  ck_assert_ptr_null(netif_add_noaddr(NULL, NULL, second_init, netif_input));
  ck_assert_ptr_null(netif_add_noaddr(&second, NULL, NULL, netif_input));
  ck_assert_ptr_null(netif_add_noaddr(&second, NULL, failing_init, netif_input));
  ck_assert(!listed(&second));
}
END_TEST

START_TEST(add_sets_what_the_driver_finds)
{
  int state;

  memset(&second, 0xa5, sizeof second);
  second.hostname = "host";
  ck_assert_ptr_eq(netif_add_noaddr(&second, &state, second_init, netif_input), &second);
  ck_assert_ptr_eq(second.state, &state);
  ck_assert(second.input == netif_input);
  ck_assert_uint_eq(second.flags, 0);
  ck_assert_uint_eq(second.mtu, 0);
  ck_assert(ip4_addr_isany_val(*netif_ip4_addr(&second)));
  ck_assert(ip4_addr_isany_val(*netif_ip4_gw(&second)));
  ck_assert_uint_eq(second.chksum_flags, NETIF_CHECKSUM_ENABLE_ALL);
  ck_assert(second.status_callback == NULL && second.link_callback == NULL);
  ck_assert_str_eq(second.hostname, "host");
  ck_assert_int_eq(second.output(&second, NULL, NULL), ERR_IF);
  second.remove_callback = NULL;
  netif_remove(&second);
}
END_TEST

/** Programs remove what they never added, and add what is there. */
START_TEST(remove_and_add_as_often_as_you_like)
{
  int i;

  memset(&second, 0, sizeof second);
  netif_remove(&second);
  netif_remove(NULL);
  ck_assert(listed(&en));
  for (i = 0; i < 600; i++) {
    events_n = 0;
    told_n = 0;
    reasons_n = 0;
    ck_assert_ptr_eq(netif_add_noaddr(&second, NULL, second_init, netif_input), &second);
    ck_assert_uint_ne(second.num, en.num);
    ck_assert_uint_le(second.num, 254);
  }
  ck_assert(listed(&en) && listed(&second));
  netif_remove(&second);
  netif_remove(&second);
  ck_assert(listed(&en) && !listed(&second));
}
END_TEST

START_TEST(removal_takes_everything_along)
{
  static const enum link_event all[] = { LINK_EV_ADDR_CHANGED, LINK_EV_DOWN, LINK_EV_REMOVED };

  netif_remove(&en);
  expect_events(all, 3);
  ck_assert_uint_eq(events[0].old, ME);
  ck_assert_uint_eq(events[0].now, 0);
  ck_assert_str_eq(told, "xx0DR");
  ck_assert_uint_eq(reasons[0], LWIP_NSC_NETIF_REMOVED);
  ck_assert_ptr_null(netif_default);
  ck_assert_ptr_null(netif_get_by_index(netif_get_index(&en)));
}
END_TEST

START_TEST(names_and_indices)
{
  char name[NETIF_NAMESIZE], expected[NETIF_NAMESIZE];

  en.num = 7;
  ck_assert_ptr_eq(netif_find("en7"), &en);
  ck_assert_ptr_eq(netif_find("en07"), &en);
  ck_assert_ptr_null(netif_find("en8"));
  ck_assert_ptr_null(netif_find("wl7"));
  ck_assert_ptr_null(netif_find("en"));
  ck_assert_ptr_null(netif_find("e"));
  ck_assert_ptr_null(netif_find(""));
  ck_assert_ptr_null(netif_find(NULL));
  ck_assert_ptr_null(netif_find("en7x"));
  ck_assert_ptr_null(netif_find("en263"));
  ck_assert_ptr_null(netif_find("en4294967303"));
  ck_assert_uint_eq(netif_name_to_index("en7"), 8);
  ck_assert_uint_eq(netif_name_to_index("nothing"), NETIF_NO_INDEX);
  ck_assert_ptr_null(netif_index_to_name(NETIF_NO_INDEX, name));
  ck_assert_ptr_null(netif_index_to_name(99, name));
  for (en.num = 0; en.num < 255; en.num++) {
    snprintf(expected, sizeof expected, "en%u", en.num);
    ck_assert_str_eq(netif_index_to_name((u8_t)(en.num + 1), name), expected);
    ck_assert_ptr_eq(netif_find(name), &en);
  }
  en.num = 7;
}
END_TEST

START_TEST(down_and_up)
{
  static const enum link_event down[] = { LINK_EV_DOWN }, up[] = { LINK_EV_UP, LINK_EV_READY };

  netif_set_up(&en);
  ck_assert_uint_eq(events_n, 0); /* it was */
  netif_set_down(&en);
  ck_assert(!netif_is_up(&en));
  expect_events(down, 1);
  ck_assert_str_eq(told, "x0D");
  events_n = 0;
  told_n = 0;
  netif_set_down(&en);
  ck_assert_uint_eq(events_n, 0);
  netif_set_up(&en);
  expect_events(up, 2);
  ck_assert_str_eq(told, "Ux1");
}
END_TEST

START_TEST(the_carrier_comes_and_goes)
{
  static const enum link_event down[] = { LINK_EV_LINK_DOWN }, up[] = { LINK_EV_LINK_UP, LINK_EV_READY };

  netif_set_link_up(&en);
  ck_assert_uint_eq(events_n, 0); /* it was there */
  netif_set_link_down(&en);
  expect_events(down, 1);
  ck_assert_str_eq(told, "lx0");
  events_n = 0;
  told_n = 0;
  netif_set_link_up(&en);
  expect_events(up, 2);
  ck_assert_str_eq(told, "Lx1");
}
END_TEST

START_TEST(ready_needs_all_three)
{
  static const ip4_addr_t ip = { ME };
  static const enum link_event addr[] = { LINK_EV_ADDR_CHANGED }, up[] = { LINK_EV_UP },
                               link[] = { LINK_EV_LINK_UP, LINK_EV_READY };

  netif_set_down(&en);
  netif_set_link_down(&en);
  netif_set_ipaddr(&en, NULL);
  events_n = 0;
  netif_set_ipaddr(&en, &ip);
  expect_events(addr, 1);
  events_n = 0;
  netif_set_up(&en);
  expect_events(up, 1);
  events_n = 0;
  netif_set_link_up(&en);
  expect_events(link, 2);
}
END_TEST

/* clang-format off */
static const struct {
  const char *what;
  u32_t ip, mask, gw;
  netif_nsc_reason_t reason;  /* of the extended callback */
  bool status;                /* is the status callback called? */
} settings[] = {
  { "nothing new",     ME,                  IP(255, 255, 255, 0), IP(192, 168, 0, 254), 0, false },
  { "another address", IP(192, 168, 0, 9),  IP(255, 255, 255, 0), IP(192, 168, 0, 254),
    LWIP_NSC_IPV4_ADDRESS_CHANGED | LWIP_NSC_IPV4_SETTINGS_CHANGED, true },
  { "another mask",    ME,                  IP(255, 255, 0, 0),   IP(192, 168, 0, 254),
    LWIP_NSC_IPV4_NETMASK_CHANGED | LWIP_NSC_IPV4_SETTINGS_CHANGED, false },
  { "another gateway", ME,                  IP(255, 255, 255, 0), IP(192, 168, 0, 253),
    LWIP_NSC_IPV4_GATEWAY_CHANGED | LWIP_NSC_IPV4_SETTINGS_CHANGED, false },
  { "all",             IP(10, 0, 0, 1),     IP(255, 0, 0, 0),     IP(10, 0, 0, 2),
    LWIP_NSC_IPV4_ADDRESS_CHANGED | LWIP_NSC_IPV4_NETMASK_CHANGED | LWIP_NSC_IPV4_GATEWAY_CHANGED |
    LWIP_NSC_IPV4_SETTINGS_CHANGED, true },
  { "none",            0,                   0,                    0,
    LWIP_NSC_IPV4_ADDRESS_CHANGED | LWIP_NSC_IPV4_NETMASK_CHANGED | LWIP_NSC_IPV4_GATEWAY_CHANGED |
    LWIP_NSC_IPV4_SETTINGS_CHANGED, true },
};
/* clang-format on */

START_TEST(addresses_change)
{
  const ip4_addr_t ip = { settings[_i].ip }, mask = { settings[_i].mask }, gw = { settings[_i].gw };
  bool moved = (settings[_i].reason & LWIP_NSC_IPV4_ADDRESS_CHANGED) != 0;

  netif_set_addr(&en, &ip, &mask, &gw);
  ck_assert_uint_eq(netif_ip4_addr(&en)->addr, ip.addr);
  ck_assert_uint_eq(netif_ip4_netmask(&en)->addr, mask.addr);
  ck_assert_uint_eq(netif_ip4_gw(&en)->addr, gw.addr);
  ck_assert_msg(reasons_n == (settings[_i].reason != 0), "%s", settings[_i].what);
  ck_assert_msg(reasons[0] == settings[_i].reason, "%s", settings[_i].what);
  ck_assert_uint_eq(told_n, (settings[_i].status ? 1u : 0u) + reasons_n);
  if (moved) {
    ck_assert_uint_eq(ip_2_ip4(&old_address)->addr, ME);
    ck_assert_int_eq(events[0].what, LINK_EV_ADDR_CHANGED);
    ck_assert_uint_eq(events[0].old, ME);
    ck_assert_uint_eq(events[0].now, ip.addr);
  }
  ck_assert_uint_eq(events_n, moved ? (ip.addr != 0 ? 2 : 1) : 0);
}
END_TEST

START_TEST(one_at_a_time_and_null_is_any)
{
  netif_set_gw(&en, NULL);
  ck_assert_uint_eq(reasons[0], LWIP_NSC_IPV4_GATEWAY_CHANGED);
  netif_set_netmask(&en, NULL);
  ck_assert_uint_eq(reasons[1], LWIP_NSC_IPV4_NETMASK_CHANGED);
  netif_set_ipaddr(&en, NULL);
  ck_assert_uint_eq(reasons[2], LWIP_NSC_IPV4_ADDRESS_CHANGED);
  ck_assert(ip4_addr_isany_val(*netif_ip4_addr(&en)));
  netif_set_addr(NULL, NULL, NULL, NULL);
  netif_set_ipaddr(&en, netif_ip4_addr(&en)); /* its own */
  ck_assert_uint_eq(reasons_n, 3);
}
END_TEST

START_TEST(extended_callbacks_are_a_set)
{
  netif_add_ext_callback(&ext, on_ext);
  netif_add_ext_callback(&ext2, on_ext);
  netif_set_gw(&en, NULL);
  ck_assert_uint_eq(reasons_n, 2);
  netif_remove_ext_callback(&ext2);
  netif_remove_ext_callback(&ext2);
  netif_remove_ext_callback(NULL);
  netif_set_netmask(&en, NULL);
  ck_assert_uint_eq(reasons_n, 3);
}
END_TEST

/** LWIP_NUM_NETIF_CLIENT_DATA slots behind the stack's own. */
START_TEST(client_data)
{
  u8_t a = netif_alloc_client_data_id(), b = netif_alloc_client_data_id();
  int x, y;

  ck_assert_uint_ge(a, LWIP_NETIF_CLIENT_DATA_INDEX_MAX);
  ck_assert_uint_ne(a, b);
  netif_set_client_data(&en, a, &x);
  netif_set_client_data(&en, b, &y);
  ck_assert_ptr_eq(netif_get_client_data(&en, a), &x);
  ck_assert_ptr_eq(netif_get_client_data(&en, b), &y);
}
END_TEST

/** A second context is refused, counted, and harmless. */
START_TEST(another_context_is_refused)
{
  lwip_x_drop_count_t before = lwip_x_drops[DROP_WRONG_CONTEXT];

  ck_assert(core_enter());
  test_context = 16;
  netif_set_down(&en);
  netif_set_gw(&en, NULL);
  ck_assert_ptr_null(netif_add_noaddr(&second, NULL, second_init, netif_input));
  test_context = 0;
  core_leave();
  ck_assert(netif_is_up(&en));
  ck_assert_uint_eq(lwip_x_drops[DROP_WRONG_CONTEXT], before + 3);
}
END_TEST

#if LWIP_IPV6

START_TEST(ip6_link_local_from_the_mac)
{
  netif_create_ip6_linklocal_address(&en, 1);
  ck_assert_str_eq(ip6addr_ntoa(netif_ip6_addr(&en, 0)), "fe80::ff:fe00:1");
  ck_assert(ip6_addr_istentative(netif_ip6_addr_state(&en, 0)));
  netif_create_ip6_linklocal_address(&en, 0);
  ck_assert_str_eq(ip6addr_ntoa(netif_ip6_addr(&en, 0)), "fe80::200:0:1");
}
END_TEST

START_TEST(ip6_addresses_take_free_slots)
{
  ip6_addr_t a;
  s8_t slot;
  int i;

  for (i = 1; i < LWIP_IPV6_NUM_ADDRESSES; i++) {
    IP6_ADDR(&a, PP_HTONL(0x20010db8UL), 0, 0, (u32_t)i);
    ck_assert_int_eq(netif_add_ip6_address(&en, &a, &slot), ERR_OK);
    ck_assert_int_eq(slot, i);
    ck_assert_int_eq(netif_get_ip6_addr_match(&en, &a), i);
    ck_assert_int_eq(netif_add_ip6_address(&en, &a, &slot), ERR_OK);
    ck_assert_int_eq(slot, i);
  }
  IP6_ADDR(&a, PP_HTONL(0x20010db8UL), 0, 0, 99);
  ck_assert_int_eq(netif_add_ip6_address(&en, &a, NULL), ERR_VAL);
  ck_assert_int_eq(netif_get_ip6_addr_match(&en, &a), -1);
  netif_ip6_addr_set_state(&en, 1, IP6_ADDR_PREFERRED);
  ck_assert_uint_eq(reasons[reasons_n - 1], LWIP_NSC_IPV6_ADDR_STATE_CHANGED);
  netif_ip6_addr_set_state(&en, 1, IP6_ADDR_INVALID);
  ck_assert_int_eq(netif_add_ip6_address(&en, &a, &slot), ERR_OK);
  ck_assert_int_eq(slot, 1);
  netif_ip6_addr_set_state(&en, LWIP_IPV6_NUM_ADDRESSES, IP6_ADDR_PREFERRED);
  netif_ip6_addr_set_state(&en, -1, IP6_ADDR_PREFERRED);
}
END_TEST

static void add_ip6(TCase *t)
{
  tcase_add_test(t, ip6_link_local_from_the_mac);
  tcase_add_test(t, ip6_addresses_take_free_slots);
}

#else

static void add_ip6(TCase *t)
{
  LWIP_UNUSED_ARG(t);
}

#endif

int main(void)
{
  Suite *s = suite_create("netif");
  TCase *t = tcase_create("netif");

  tcase_add_checked_fixture(t, setup, teardown);
  tcase_add_test(t, add_needs_an_interface_and_its_init);
  tcase_add_test(t, add_sets_what_the_driver_finds);
  tcase_add_test(t, remove_and_add_as_often_as_you_like);
  tcase_add_test(t, removal_takes_everything_along);
  tcase_add_test(t, names_and_indices);
  tcase_add_test(t, down_and_up);
  tcase_add_test(t, the_carrier_comes_and_goes);
  tcase_add_test(t, ready_needs_all_three);
  tcase_add_loop_test(t, addresses_change, 0, (int)LWIP_ARRAYSIZE(settings));
  tcase_add_test(t, one_at_a_time_and_null_is_any);
  tcase_add_test(t, extended_callbacks_are_a_set);
  tcase_add_test(t, client_data);
  tcase_add_test(t, another_context_is_refused);
  add_ip6(t);
  suite_add_tcase(s, t);
  return run_suite(s);
}
