/** Multicast listener discovery: RFC 3810, and RFC 2710 towards older queriers. */
#include "nd6_lab.h"

#define GROUP "ff05::1234"
#define V2_ROUTERS "ff02::16"

static unsigned filters[2];

static err_t on_filter(struct netif *nif, const ip6_addr_t *group, enum netif_mac_filter_action action)
{
  (void)nif;
  (void)group;
  filters[action]++;
  return ERR_OK;
}

static void setup(void)
{
  lab_setup();
  lab_router(86400, 14400);
  lab_wait(5000);
  lab_sent = 0;
  netif_set_mld_mac_filter(&lab_nif, on_filter);
}

static void join(const char *group)
{
  const ip6_addr_t g = a6(group);

  ck_assert_int_eq(mld6_joingroup_netif(&lab_nif, &g), ERR_OK);
}

static err_t leave(const char *group)
{
  const ip6_addr_t g = a6(group);

  return mld6_leavegroup_netif(&lab_nif, &g);
}

/** What was sent as number @p i: hop limit 1, router alert, link-local. */
static const u8_t *check_out(unsigned i, const char *to, u8_t type, size_t len)
{
  size_t n;
  const u8_t *m = out_icmp(i, &n);

  check_addrs(i, LL_US, to);
  ck_assert_uint_eq(out_ip(i)[7], 1);
  ck_assert_uint_eq(out_ip(i)[6], 0);
  ck_assert_uint_eq(m[0], type);
  ck_assert_uint_eq(n, len);
  return m;
}

static void check_record(unsigned i, unsigned n, u8_t mode, const char *group)
{
  const ip6_addr_t g = a6(group);
  const u8_t *r = out_icmp(i, NULL) + 8 + 20 * n;

  ck_assert_uint_eq(r[0], mode);
  ck_assert_uint_eq(r[1], 0);
  ck_assert_uint_eq(be16_get(r + 2), 0);
  ck_assert_mem_eq(r + 4, g.addr, 16);
}

static void rx_query(const char *group, u16_t delay, size_t len)
{
  const bool general = strcmp(group, "::") == 0;
  const struct lab_ip6 ip = { LL_R, general ? ALL_NODES : group, mac_r, 1, true, false };
  struct lab_msg m;

  msg_begin(&m, 130, len);
  be16_put(m.b + 4, delay);
  msg_target(&m, 8, group);
  lab_rx(&ip, m.b, m.len);
}

/* RFC 3810 6.1: a change is reported at once and once more within a second. */
START_TEST(join_and_leave)
{
  const ip6_addr_t g = a6(GROUP);

  setup();
  join(GROUP);
  ck_assert_uint_eq(filters[NETIF_ADD_MAC_FILTER], 1);
  ck_assert_ptr_nonnull(mld6_lookfor_group(&lab_nif, &g));
  check_out(0, V2_ROUTERS, 143, 28);
  ck_assert_uint_eq(be16_get(out_icmp(0, NULL) + 6), 1);
  check_record(0, 0, 4, GROUP);
  lab_wait(1001);
  ck_assert_uint_eq(lab_sent, 2);
  check_record(1, 0, 4, GROUP);
  lab_wait(20000);
  ck_assert_uint_eq(lab_sent, 2);
  join(GROUP); /* nested: nothing is said */
  ck_assert_int_eq(leave(GROUP), ERR_OK);
  ck_assert_uint_eq(lab_sent, 2);
  ck_assert_int_eq(leave(GROUP), ERR_OK);
  ck_assert_uint_eq(filters[NETIF_DEL_MAC_FILTER], 1);
  ck_assert_ptr_null(mld6_lookfor_group(&lab_nif, &g));
  check_out(2, V2_ROUTERS, 143, 28);
  check_record(2, 0, 3, GROUP);
  lab_wait(1001);
  ck_assert_uint_eq(lab_sent, 4);
  check_record(3, 0, 3, GROUP);
  ck_assert_int_eq(leave(GROUP), ERR_VAL);
  ck_assert_uint_eq(lab_used(MEMP_MLD6_GROUP), 1); /* our solicited-node group */
}
END_TEST

START_TEST(leave_and_join_again)
{
  setup();
  join(GROUP);
  lab_wait(2000);
  ck_assert_int_eq(leave(GROUP), ERR_OK);
  join(GROUP);
  check_record(lab_sent - 1, 0, 4, GROUP);
  lab_wait(5000);
  check_record(lab_sent - 1, 0, 4, GROUP);
  ck_assert_uint_eq(lab_used(MEMP_MLD6_GROUP), 2);
}
END_TEST

/* 6, 6.2: a general query is answered with all groups in one report, within its delay; but all nodes and what stays here. */
START_TEST(general_query)
{
  setup();
  join(GROUP);
  join("ff02::77");
  join(ALL_NODES);
  join("ff01::77");
  lab_wait(5000);
  lab_sent = 0;
  rx_query("::", 3000, 28);
  ck_assert_uint_eq(lab_sent, 0);
  lab_wait(3001);
  ck_assert_uint_eq(lab_sent, 1);
  check_out(0, V2_ROUTERS, 143, 8 + 3 * 20);
  check_record(0, 0, 2, SN_US);
  check_record(0, 1, 2, "ff02::77");
  check_record(0, 2, 2, GROUP);
}
END_TEST

START_TEST(group_query)
{
  setup();
  join(GROUP);
  lab_wait(5000);
  lab_sent = 0;
  rx_query(GROUP, 1000, 28);
  lab_wait(1001);
  ck_assert_uint_eq(lab_sent, 1);
  check_record(0, 0, 2, GROUP);
  join("ff01::77");
  rx_query("ff01::77", 1000, 28); /* nobody's business */
  rx_query("ff02::99", 1000, 28); /* not ours */
  lab_wait(2000);
  ck_assert_uint_eq(lab_sent, 1);
}
END_TEST

/* RFC 3810 section 8.2.1: after a version 1 query reports and dones of version 1, for 260 s. */
START_TEST(older_querier)
{
  setup();
  join(GROUP);
  lab_wait(5000);
  lab_sent = 0;
  rx_query("::", 1000, 24);
  lab_wait(1001);
  ck_assert_uint_eq(lab_sent, 2);
  ck_assert_uint_eq(out_icmp(0, NULL)[0], 131);
  ck_assert_uint_eq(out_icmp(1, NULL)[0], 131);
  lab_sent = 0;
  ck_assert_int_eq(leave(GROUP), ERR_OK);
  check_out(0, ALL_ROUTERS, 132, 24);
  check_target(0, GROUP);
  lab_wait(10000);
  ck_assert_uint_eq(lab_sent, 1);
  join(GROUP);
  check_out(1, GROUP, 131, 24);
  check_target(1, GROUP);
  lab_wait(260000);
  lab_sent = 0;
  join("ff05::77");
  check_out(0, V2_ROUTERS, 143, 28);
}
END_TEST

/* RFC 2710 section 4: somebody else reported it; and then nobody has to be told that we leave. */
START_TEST(suppressed)
{
  const struct lab_ip6 ip = { LL_PEER, GROUP, NULL, 1, true, false };
  struct lab_msg m;

  setup();
  rx_query("::", 1, 24);
  join(GROUP);
  lab_wait(12000);
  lab_sent = 0;
  rx_query(GROUP, 5000, 24);
  msg_begin(&m, 131, 24);
  msg_target(&m, 8, GROUP);
  lab_rx(&ip, m.b, m.len);
  lab_wait(6000);
  ck_assert_uint_eq(lab_sent, 0);
  ck_assert_int_eq(leave(GROUP), ERR_OK);
  lab_wait(6000);
  ck_assert_uint_eq(lab_sent, 0);
  ck_assert_uint_eq(lab_used(MEMP_MLD6_GROUP), 1);
}
END_TEST

/* MLD-01, and what RFC 3810 6.2 ignores. */
static const struct bad_row {
  const char *what;
  struct lab_ip6 ip;
  u16_t delay, sources;
  u8_t len;
} bad_rows[] = {
  { "hop limit 2", { LL_R, ALL_NODES, NULL, 2, 1, 0 }, 100, 0, 28 },
  { "no router alert", { LL_R, ALL_NODES, NULL, 1, 0, 0 }, 100, 0, 28 },
  { "not link-local", { "2001:db8:1::aa", ALL_NODES, NULL, 1, 1, 0 }, 100, 0, 28 },
  { "from nobody", { "::", ALL_NODES, NULL, 1, 1, 0 }, 100, 0, 28 },
  { "23 octets", { LL_R, ALL_NODES, NULL, 1, 1, 0 }, 100, 0, 23 },
  { "8 octets", { LL_R, ALL_NODES, NULL, 1, 1, 0 }, 100, 0, 8 },
  { "25 octets", { LL_R, ALL_NODES, NULL, 1, 1, 0 }, 100, 0, 25 },
  { "27 octets", { LL_R, ALL_NODES, NULL, 1, 1, 0 }, 100, 0, 27 },
  { "sources that are not there", { LL_R, ALL_NODES, NULL, 1, 1, 0 }, 100, 65535, 44 },
};

START_TEST(bad_queries)
{
  const struct bad_row *r = &bad_rows[_i];
  struct lab_msg m;

  setup();
  msg_begin(&m, 130, r->len);
  be16_put(m.b + 4, r->delay);
  be16_put(m.b + 26, r->sources);
  lab_rx(&r->ip, m.b, m.len);
  lab_wait(5000);
  ck_assert_msg(lab_sent == 0, "%s: answered", r->what);
}
END_TEST

static const u16_t delays[] = { 0, 1, 0x7fff, 0x8000, 0xffff };

/* No division by zero, and no answer later than the code says (5.1.3). */
START_TEST(delay_codes)
{
  setup();
  rx_query("::", delays[_i], 28);
  lab_wait(_i == 0 ? 2 : _i == 1 ? 3 : _i == 2 ? 32768 : _i == 3 ? 32769 : 8387585);
  ck_assert_uint_eq(out_count(143, NULL), 1);
}
END_TEST

START_TEST(bad_arguments)
{
  ip6_addr_t unicast, g, other, us;

  setup();
  unicast = a6(LL_PEER);
  g = a6(GROUP);
  other = a6("fe80::99");
  us = a6(LL_US);
  ck_assert_int_eq(mld6_joingroup_netif(NULL, &g), ERR_VAL);
  ck_assert_int_eq(mld6_joingroup_netif(&lab_nif, NULL), ERR_VAL);
  ck_assert_int_eq(mld6_joingroup_netif(&lab_nif, &unicast), ERR_VAL);
  ck_assert_int_eq(mld6_joingroup(&other, &g), ERR_VAL);
  ck_assert_int_eq(mld6_leavegroup(&us, &g), ERR_VAL);
  ck_assert_int_eq(mld6_joingroup(&us, &g), ERR_OK);
  ck_assert_int_eq(mld6_joingroup(IP6_ADDR_ANY6, &g), ERR_OK);
  ck_assert_int_eq(mld6_leavegroup(&us, &g), ERR_OK);
  ck_assert_int_eq(mld6_leavegroup(&us, &g), ERR_OK);
}
END_TEST

/* No group is free: an error, and all is as it was. */
START_TEST(no_memory)
{
  char group[40];
  ip6_addr_t g;
  unsigned i;

  setup();
  for (i = 0; i < 200; i++) {
    snprintf(group, sizeof group, "ff05::%x", i + 1);
    g = a6(group);
    if (mld6_joingroup_netif(&lab_nif, &g) != ERR_OK) {
      break;
    }
    lab_sent = 0;
  }
  ck_assert_uint_lt(i, 200);
  ck_assert_int_eq(mld6_joingroup_netif(&lab_nif, &g), ERR_MEM);
  mld6_stop(&lab_nif);
  ck_assert_uint_eq(lab_used(MEMP_MLD6_GROUP), 0);
}
END_TEST

/* Reports when the link comes back, and again. */
START_TEST(link_up)
{
  unsigned last = 0;

  setup();
  join(GROUP);
  lab_wait(5000);
  netif_set_link_down(&lab_nif);
  lab_sent = 0;
  netif_set_link_up(&lab_nif);
  lab_wait(2000);
  ck_assert_uint_ge(out_count(143, &last), 2);
  ck_assert_uint_eq(be16_get(out_icmp(last, NULL) + 6), 2);
}
END_TEST

/* Down, nothing is sent; and nothing is left to be sent. */
START_TEST(down)
{
  setup();
  netif_set_down(&lab_nif);
  lab_sent = 0;
  join(GROUP);
  ck_assert_int_eq(leave(GROUP), ERR_OK);
  lab_wait(5000);
  ck_assert_uint_eq(lab_sent, 0);
  mld6_tmr();
}
END_TEST

/* ---- Sources (RFC 3810 sections 4.2, 6.1, 6.2) ---- */

#define S1 "2001:db8:9::1"
#define S2 "2001:db8:9::2"
enum { IS_IN = 1, IS_EX, TO_IN, TO_EX, ALLOW, BLOCK };

static err_t source(const char *s, enum lwip_x_mcast_change change)
{
  const ip6_addr_t g6 = a6(GROUP), s6 = a6(s);
  ip_addr_t group, from;

  ip_addr_copy_from_ip6(group, g6);
  ip_addr_copy_from_ip6(from, s6);
  return lwip_x_mcast_source(&lab_nif, &group, &from, change);
}

/** The last report has one record, with at most one source. */
static void check_source(u8_t mode, const char *s)
{
  const ip6_addr_t g = a6(GROUP);
  const u8_t *r = check_out(lab_sent - 1, V2_ROUTERS, 143, 28 + (s != NULL ? 16 : 0)) + 8;

  ck_assert_uint_eq(r[0], mode);
  ck_assert_uint_eq(be16_get(r + 2), s != NULL ? 1 : 0);
  ck_assert_mem_eq(r + 4, g.addr, 16);
  if (s != NULL) {
    const ip6_addr_t s6 = a6(s);

    ck_assert_mem_eq(r + 20, s6.addr, 16);
  }
}

START_TEST(sources)
{
  const ip6_addr_t g = a6(GROUP);

  setup();
  ck_assert_int_eq(source(S1, LWIP_X_MCAST_INCLUDE), ERR_OK);
  check_source(ALLOW, S1);
  ck_assert_ptr_nonnull(mld6_lookfor_group(&lab_nif, &g));
  lab_wait(1001);
  ck_assert_uint_eq(lab_sent, 2);
  check_source(ALLOW, S1);
  join(GROUP);
  check_source(TO_EX, NULL);
  lab_wait(2000);
  ck_assert_int_eq(source(S2, LWIP_X_MCAST_BLOCK), ERR_OK);
  check_source(BLOCK, S2);
  ck_assert_int_eq(source(S2, LWIP_X_MCAST_UNBLOCK), ERR_OK);
  check_source(ALLOW, S2);
  lab_wait(2000);
  ck_assert_int_eq(leave(GROUP), ERR_OK);
  check_source(TO_IN, S1);
  lab_wait(2000);
  rx_query(GROUP, 10, 28);
  lab_wait(1001);
  check_source(IS_IN, S1);
  ck_assert_int_eq(source(S1, LWIP_X_MCAST_FORGET), ERR_OK);
  check_source(BLOCK, S1);
  ck_assert_ptr_null(mld6_lookfor_group(&lab_nif, &g));
  ck_assert_uint_eq(filters[NETIF_ADD_MAC_FILTER], 1);
  ck_assert_uint_eq(filters[NETIF_DEL_MAC_FILTER], 1);
  lab_wait(2000);
  ck_assert_int_eq(source(S1, LWIP_X_MCAST_FORGET), ERR_VAL);
  ck_assert_uint_eq(lab_used(MEMP_MCAST_SOURCE), 0);
  ck_assert_uint_eq(lab_used(MEMP_MLD6_GROUP), 1);
}
END_TEST

/* Version 1 knows no sources: the group is reported, and left. */
START_TEST(sources_in_version_1)
{
  setup();
  rx_query("::", 10, 24);
  lab_wait(1001);
  lab_sent = 0;
  ck_assert_int_eq(source(S1, LWIP_X_MCAST_INCLUDE), ERR_OK);
  check_out(0, GROUP, 131, 24);
  lab_wait(2000);
  lab_sent = 0;
  ck_assert_int_eq(source(S1, LWIP_X_MCAST_FORGET), ERR_OK);
  check_out(0, "ff02::2", 132, 24);
  lab_wait(2000);
  ck_assert_uint_eq(lab_used(MEMP_MCAST_SOURCE), 0);
}
END_TEST

static void add_tests(TCase *tc)
{
  tcase_add_test(tc, join_and_leave);
  tcase_add_test(tc, leave_and_join_again);
  tcase_add_test(tc, general_query);
  tcase_add_test(tc, group_query);
  tcase_add_test(tc, older_querier);
  tcase_add_test(tc, suppressed);
  tcase_add_loop_test(tc, bad_queries, 0, sizeof bad_rows / sizeof bad_rows[0]);
  tcase_add_loop_test(tc, delay_codes, 0, 5);
  tcase_add_test(tc, bad_arguments);
  tcase_add_test(tc, no_memory);
  tcase_add_test(tc, link_up);
  tcase_add_test(tc, down);
  tcase_add_test(tc, sources);
  tcase_add_test(tc, sources_in_version_1);
}

LAB_MAIN("mld6")
