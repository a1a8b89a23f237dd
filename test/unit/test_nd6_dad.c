/** Duplicate address detection: RFC 4862 section 5.4, RFC 7527, RFC 4429; and what begins when a link comes. */
#include "nd6_lab.h"

/** The link comes up; wait for the first probe. */
static void until_probe(void)
{
  lab_begin();
  netif_create_ip6_linklocal_address(&lab_nif, 1);
  netif_set_up(&lab_nif);
  ck_assert_uint_ne(ip6_addr_istentative(netif_ip6_addr_state(&lab_nif, 0)), 0);
  while (out_count(135, NULL) == 0) {
    lab_wait(1);
    ck_assert_uint_le(lab_now, 1000 + 1000);
  }
}

/* 5.4.2: one probe within a second, from no address to the group, with a nonce and no link-layer address; RetransTimer later it is
 * ours, and routers are asked for at once. */
START_TEST(probes)
{
  unsigned ns = 0, rs = 0;
  size_t len;

  until_probe();
  ck_assert_uint_eq(out_count(135, &ns), 1);
  check_addrs(ns, "::", SN_US);
  check_target(ns, LL_US);
  ck_assert_uint_eq(out_ip(ns)[7], 255);
  ck_assert_uint_eq(out_icmp(ns, &len)[24], 14);
  ck_assert_uint_eq(len, 32);
  lab_wait(999);
  ck_assert_uint_ne(ip6_addr_istentative(netif_ip6_addr_state(&lab_nif, 0)), 0);
  ck_assert_uint_eq(out_count(133, NULL), 0);
  lab_wait(2);
  ck_assert_uint_eq(netif_ip6_addr_state(&lab_nif, 0), IP6_ADDR_PREFERRED);
  ck_assert_uint_eq(out_count(133, &rs), 1);
  check_addrs(rs, LL_US, ALL_ROUTERS);
  ck_assert_mem_eq(out_icmp(rs, NULL) + 8, "\1\1\2\0\0\0\0\1", 8);
}
END_TEST

/* 5.4.2, RFC 3810: the group is joined, and said so, before the probe. */
START_TEST(joins_first)
{
  const ip6_addr_t group = a6(SN_US);
  unsigned i, report = LAB_OUT_MAX, probe = 0;

  until_probe();
  ck_assert_ptr_nonnull(mld6_lookfor_group(&lab_nif, &group));
  for (i = 0; i < lab_sent; i++) {
    report = is_icmp(i, 143) && report == LAB_OUT_MAX ? i : report;
    probe = is_icmp(i, 135) ? i : probe;
  }
  ck_assert_uint_lt(report, probe);
  check_addrs(report, "::", "ff02::16");
}
END_TEST

/* A taken address is not used, and nothing is said from it. */
static void check_taken(void)
{
  ck_assert_uint_eq(netif_ip6_addr_state(&lab_nif, 0), IP6_ADDR_DUPLICATED);
  lab_sent = 0;
  lab_wait(20000);
  ck_assert_uint_eq(out_count(133, NULL) + out_count(135, NULL), 0);
  rx_ns(LL_PEER, SN_US, LL_US, mac_peer);
  ck_assert_uint_eq(out_count(136, NULL), 0);
}

START_TEST(taken_says_advertisement)
{
  until_probe();
  rx_na(LL_US, ALL_NODES, LL_US, mac_evil, 0x20);
  check_taken();
}
END_TEST

START_TEST(taken_says_probe)
{
  until_probe();
  rx_ns("::", SN_US, LL_US, NULL);
  check_taken();
}
END_TEST

/* 5.4.3: somebody asks for it, which proves nothing. */
START_TEST(asked_for)
{
  until_probe();
  rx_ns(LL_PEER, SN_US, LL_US, mac_peer);
  ck_assert_uint_eq(out_count(136, NULL), 0);
  lab_wait(1001);
  ck_assert_uint_eq(netif_ip6_addr_state(&lab_nif, 0), IP6_ADDR_PREFERRED);
}
END_TEST

/* RFC 7527: our own probe comes back; it is no duplicate, and three more are sent, each with another nonce. */
START_TEST(loop)
{
  const struct lab_ip6 ip = { "::", SN_US, mac_evil, 0, false, false };
  u8_t nonce[6];
  unsigned ns = 0;
  struct lab_msg m;

  until_probe();
  ck_assert_uint_eq(out_count(135, &ns), 1);
  memcpy(nonce, out_icmp(ns, NULL) + 26, 6);
  msg_begin(&m, 135, 0);
  msg_add(&m, out_icmp(ns, NULL) + m.len, 32);
  lab_rx(&ip, m.b, m.len);
  ck_assert_uint_ne(ip6_addr_istentative(netif_ip6_addr_state(&lab_nif, 0)), 0);
  lab_wait(3999);
  ck_assert_uint_eq(out_count(135, &ns), 4);
  ck_assert_int_ne(memcmp(nonce, out_icmp(ns, NULL) + 26, 6), 0);
  lab_wait(1001);
  ck_assert_uint_eq(netif_ip6_addr_state(&lab_nif, 0), IP6_ADDR_PREFERRED);
}
END_TEST

/* The same with a nonce that is not ours: a duplicate. */
START_TEST(foreign_nonce)
{
  const struct lab_ip6 ip = { "::", SN_US, mac_evil, 0, false, false };
  unsigned ns = 0;
  struct lab_msg m;

  until_probe();
  ck_assert_uint_eq(out_count(135, &ns), 1);
  msg_begin(&m, 135, 0);
  msg_add(&m, out_icmp(ns, NULL), 32);
  m.b[26] ^= 1;
  lab_rx(&ip, m.b, m.len);
  ck_assert_uint_eq(netif_ip6_addr_state(&lab_nif, 0), IP6_ADDR_DUPLICATED);
}
END_TEST

/* An address in use is probed again when the link comes back, and stays in use meanwhile; what is not surely ours is not insisted
 * on (RFC 4429). */
START_TEST(again_on_link_up)
{
  unsigned ns = 0, na = 0;

  lab_setup();
  netif_set_link_down(&lab_nif);
  netif_set_link_up(&lab_nif);
  rx_ns(LL_PEER, SN_US, LL_US, mac_peer);
  ck_assert_uint_eq(out_count(136, &na), 1);
  ck_assert_uint_eq(out_icmp(na, NULL)[4], 0x40);
  lab_sent = 0;
  lab_wait(1001);
  ck_assert_uint_ge(out_count(135, &ns), 1);
  check_addrs(ns, "::", SN_US);
  ck_assert_uint_eq(netif_ip6_addr_state(&lab_nif, 0), IP6_ADDR_PREFERRED);
  lab_wait(1001);
  rx_ns(LL_PEER, SN_US, LL_US, mac_peer);
  ck_assert_uint_eq(out_count(136, &na), 1);
  ck_assert_uint_eq(out_icmp(na, NULL)[4], 0x60);
}
END_TEST

START_TEST(taken_while_we_were_away)
{
  lab_setup();
  netif_set_link_down(&lab_nif);
  netif_set_link_up(&lab_nif);
  lab_wait(1001);
  rx_na(LL_US, ALL_NODES, LL_US, mac_evil, 0x20);
  ck_assert_uint_eq(netif_ip6_addr_state(&lab_nif, 0), IP6_ADDR_DUPLICATED);
  /* and tried again when the link comes the next time */
  netif_set_link_down(&lab_nif);
  netif_set_link_up(&lab_nif);
  lab_wait(2500);
  ck_assert_uint_eq(netif_ip6_addr_state(&lab_nif, 0), IP6_ADDR_PREFERRED);
}
END_TEST

/* Once it is ours, claims are counted and change nothing. */
START_TEST(later_claims)
{
  const u16_t n = (u16_t)lwip_x_drops[DROP_ND6_CONFLICT];

  lab_setup();
  rx_na(LL_US, ALL_NODES, LL_US, mac_evil, 0x20);
  ck_assert_uint_eq(netif_ip6_addr_state(&lab_nif, 0), IP6_ADDR_PREFERRED);
  ck_assert_uint_eq((u16_t)lwip_x_drops[DROP_ND6_CONFLICT] - n, 1);
}
END_TEST

/* A program sets an address by hand, with and without detection. */
START_TEST(by_hand)
{
  const ip6_addr_t a = a6("2001:db8:9::1"), b = a6("2001:db8:9::2"), group = a6("ff02::1:ff00:1");
  s8_t slot = -1;

  lab_setup();
  ck_assert_int_eq(netif_add_ip6_address(&lab_nif, &a, &slot), ERR_OK);
  ck_assert_uint_ne(ip6_addr_istentative(netif_ip6_addr_state(&lab_nif, slot)), 0);
  lab_wait(2001);
  ck_assert_uint_eq(netif_ip6_addr_state(&lab_nif, slot), IP6_ADDR_PREFERRED);
  netif_ip6_addr_set(&lab_nif, (s8_t)(slot + 1), &b);
  netif_ip6_addr_set_state(&lab_nif, (s8_t)(slot + 1), IP6_ADDR_PREFERRED);
  lab_sent = 0;
  lab_wait(5000);
  ck_assert_uint_eq(netif_ip6_addr_state(&lab_nif, (s8_t)(slot + 1)), IP6_ADDR_PREFERRED);
  ck_assert_uint_eq(out_count(135, NULL), 0);
  ck_assert_uint_eq(mld6_lookfor_group(&lab_nif, &group)->use, 2); /* ours and that of the link-local address */
  netif_ip6_addr_set_state(&lab_nif, slot, IP6_ADDR_INVALID);
  ck_assert_uint_eq(mld6_lookfor_group(&lab_nif, &group)->use, 1);
}
END_TEST

/* RFC 7559: solicitations for ever, ever more slowly; until a router answers that is one. */
START_TEST(solicits_routers)
{
  unsigned i, n = 0;
  u32_t at[16];

  lab_begin();
  netif_create_ip6_linklocal_address(&lab_nif, 1);
  netif_set_up(&lab_nif);
  lab_wait(600000);
  for (i = 0; i < lab_sent && n < 16; i++) {
    if (is_icmp(i, 133)) {
      at[n++] = lab_out[i].at_ms;
    }
  }
  ck_assert_uint_ge(n, 7);
  ck_assert_uint_le(n, 9);
  for (i = 1; i < n; i++) {
    const u32_t wait = 4000u << (i - 1);
    ck_assert_uint_ge(at[i] - at[i - 1], wait - wait / 10 - 1);
    ck_assert_uint_le(at[i] - at[i - 1], wait + wait / 10 + 1);
  }
}
END_TEST

START_TEST(stops_soliciting)
{
  struct lab_msg m;

  lab_setup();
  ra_begin(&m, 0, 0, mac_r); /* no default router: go on (RFC 7559 2.1) */
  ra_rx(&m, LL_R);
  lab_wait(10000);
  ck_assert_uint_ge(out_count(133, NULL), 1);
  lab_router(86400, 14400);
  lab_sent = 0;
  lab_wait(1000000);
  ck_assert_uint_eq(out_count(133, NULL), 0);
}
END_TEST

static void add_tests(TCase *tc)
{
  tcase_add_test(tc, probes);
  tcase_add_test(tc, joins_first);
  tcase_add_test(tc, taken_says_advertisement);
  tcase_add_test(tc, taken_says_probe);
  tcase_add_test(tc, asked_for);
  tcase_add_test(tc, loop);
  tcase_add_test(tc, foreign_nonce);
  tcase_add_test(tc, again_on_link_up);
  tcase_add_test(tc, taken_while_we_were_away);
  tcase_add_test(tc, later_claims);
  tcase_add_test(tc, by_hand);
  tcase_add_test(tc, solicits_routers);
  tcase_add_test(tc, stops_soliciting);
}

LAB_MAIN("nd6_dad")
