/** Neighbours: resolution, the states of RFC 4861 section 7.3.2 and the table of appendix C, the queue, the cache under attack. */
#include "nd6_lab.h"

#define PEER_G "2001:db8:1::2"
#define US_G "2001:db8:1::ff:fe00:1"

/** With a router, an address of its prefix, and nothing going on. */
static void setup(void)
{
  lab_setup();
  lab_router(86400, 14400);
  lab_wait(3000);
  ck_assert_uint_eq(state_of(US_G), IP6_ADDR_PREFERRED);
  lab_sent = 0;
}

/** Bring LL_PEER into @p state. */
static void peer_in(u8_t state)
{
  lab_send(LL_PEER, 1);
  if (state != ND6_INCOMPLETE) {
    rx_na(LL_PEER, LL_US, LL_PEER, mac_peer, 0x60);
  }
  if (state > ND6_REACHABLE) {
    lab_wait(46000);
  }
  if (state > ND6_STALE) {
    lab_send(LL_PEER, 1);
  }
  if (state == ND6_PROBE) {
    lab_wait(5000);
  }
  ck_assert_uint_eq(nbr_state(LL_PEER), state);
}

/* 7.2.2: the first solicitation at once, to the solicited-node group, with our link-layer address; what waits goes out in order. */
START_TEST(resolves)
{
  setup();
  ck_assert_int_eq(lab_send(LL_PEER, 1), ERR_OK);
  ck_assert_int_eq(lab_send(LL_PEER, 2), ERR_OK);
  ck_assert_uint_eq(lab_sent, 1);
  check_addrs(0, LL_US, "ff02::1:ff00:2");
  check_mac(0, (const u8_t *)"\x33\x33\xff\x00\x00\x02");
  check_target(0, LL_PEER);
  ck_assert_uint_eq(out_icmp(0, NULL)[0], 135);
  ck_assert_uint_eq(out_ip(0)[7], 255);
  ck_assert_mem_eq(out_icmp(0, NULL) + 24, "\1\1\2\0\0\0\0\1", 8);
  rx_na(LL_PEER, LL_US, LL_PEER, mac_peer, 0x60);
  ck_assert_uint_eq(lab_sent, 3);
  ck_assert_int_eq(out_datagram(1), 1);
  ck_assert_int_eq(out_datagram(2), 2);
  check_mac(1, mac_peer);
  ck_assert_uint_eq(nbr_state(LL_PEER), ND6_REACHABLE);
  lab_no_leak();
}
END_TEST

/* 7.2.2, 10: three solicitations, a second apart; then the packets are dropped and nothing is left. */
START_TEST(gives_up)
{
  const u16_t drops = (u16_t)lwip_x_drops[DROP_ND6_UNRESOLVED];

  setup();
  lab_send(LL_PEER, 1);
  lab_wait(10000);
  ck_assert_uint_eq(out_count(135, NULL), 3);
  ck_assert_uint_eq(lab_out[1].at_ms - lab_out[0].at_ms, 1000);
  ck_assert_uint_eq(lab_out[2].at_ms - lab_out[1].at_ms, 1000);
  ck_assert_uint_eq(nbr_state(LL_PEER), ND6_NO_ENTRY);
  ck_assert_uint_eq((u16_t)lwip_x_drops[DROP_ND6_UNRESOLVED] - drops, 1);
  lab_no_leak();
}
END_TEST

/* A full queue gives up its oldest (7.2.2). */
START_TEST(queue_keeps_the_latest)
{
  int i;

  setup();
  for (i = 1; i <= LWIP_X_ND6_QUEUE_LEN + 2; i++) {
    lab_send(LL_PEER, (u8_t)i);
  }
  rx_na(LL_PEER, LL_US, LL_PEER, mac_peer, 0x60);
  ck_assert_uint_eq(lab_sent, 1 + LWIP_X_ND6_QUEUE_LEN);
  ck_assert_int_eq(out_datagram(1), 3);
  lab_no_leak();
}
END_TEST

/* What a neighbour advertisement does in each state: appendix C, and 7.2.5.  Flags: S 0x40, O 0x20. */
static const struct na_row {
  const char *what;
  u8_t state;
  u8_t flags;
  const u8_t *mac; /**< NULL: no option */
  u8_t to;
  bool new_mac; /**< the entry has @c mac afterwards */
} na_rows[] = {
  { "INCOMPLETE, no address: nothing", ND6_INCOMPLETE, 0x60, NULL, ND6_INCOMPLETE, false },
  { "INCOMPLETE, unsolicited: STALE, and at once used", ND6_INCOMPLETE, 0x00, mac_peer, ND6_DELAY, true },
  { "INCOMPLETE, solicited: REACHABLE", ND6_INCOMPLETE, 0x40, mac_peer, ND6_REACHABLE, true },
  { "STALE, solicited, same: REACHABLE", ND6_STALE, 0x40, mac_peer, ND6_REACHABLE, true },
  { "STALE, solicited, no address: REACHABLE", ND6_STALE, 0x40, NULL, ND6_REACHABLE, false },
  { "STALE, unsolicited, same: unchanged", ND6_STALE, 0x20, mac_peer, ND6_STALE, true },
  { "REACHABLE, another, no override: STALE", ND6_REACHABLE, 0x40, mac_evil, ND6_STALE, false },
  { "STALE, another, no override: unchanged", ND6_STALE, 0x40, mac_evil, ND6_STALE, false },
  { "PROBE, another, no override: unchanged", ND6_PROBE, 0x40, mac_evil, ND6_PROBE, false },
  { "REACHABLE, another, override, solicited: REACHABLE", ND6_REACHABLE, 0x60, mac_evil, ND6_REACHABLE, true },
  { "REACHABLE, another, override, unsolicited: STALE", ND6_REACHABLE, 0x20, mac_evil, ND6_STALE, true },
  { "REACHABLE, same, override, unsolicited: unchanged", ND6_REACHABLE, 0x20, mac_peer, ND6_REACHABLE, true },
  { "DELAY, solicited: REACHABLE", ND6_DELAY, 0x40, mac_peer, ND6_REACHABLE, true },
  { "PROBE, solicited: REACHABLE", ND6_PROBE, 0x60, mac_peer, ND6_REACHABLE, true },
};

START_TEST(na_in_each_state)
{
  const struct na_row *r = &na_rows[_i];
  const ip6_addr_t peer = a6(LL_PEER);
  unsigned i;

  setup();
  peer_in(r->state);
  rx_na(LL_PEER, LL_US, LL_PEER, r->mac, r->flags);
  ck_assert_msg(nbr_state(LL_PEER) == r->to, "%s: it is %u", r->what, nbr_state(LL_PEER));
  for (i = 0; r->mac != NULL && i < LWIP_ND6_NUM_NEIGHBORS; i++) {
    if (ip6_addr_zoneless_eq(&neighbor_cache[i].next_hop_address, &peer)) {
      ck_assert_msg((memcmp(neighbor_cache[i].lladdr, r->mac, 6) == 0) == r->new_mac, "%s", r->what);
    }
  }
}
END_TEST

/* 7.2.5: nobody asked, so nobody is remembered. */
START_TEST(na_makes_no_entry)
{
  setup();
  rx_na(LL_PEER, ALL_NODES, LL_PEER, mac_peer, 0x20);
  ck_assert_uint_eq(nbr_state(LL_PEER), ND6_NO_ENTRY);
}
END_TEST

/* 7.3.3: REACHABLE for half to one and a half of 30 s, then STALE, and the clock stops; used: DELAY for 5 s, then three probes to it
 * alone, then nothing is left. */
START_TEST(unreachable_neighbour)
{
  unsigned last;

  setup();
  peer_in(ND6_REACHABLE);
  lab_wait(14900);
  ck_assert_uint_eq(nbr_state(LL_PEER), ND6_REACHABLE);
  lab_wait(30200);
  ck_assert_uint_eq(nbr_state(LL_PEER), ND6_STALE);
  lab_wait(100000);
  ck_assert_uint_eq(nbr_state(LL_PEER), ND6_STALE);
  lab_sent = 0;
  lab_send(LL_PEER, 7);
  ck_assert_int_eq(out_datagram(0), 7);
  ck_assert_uint_eq(nbr_state(LL_PEER), ND6_DELAY);
  lab_wait(4999);
  ck_assert_uint_eq(lab_sent, 1);
  lab_wait(1);
  ck_assert_uint_eq(nbr_state(LL_PEER), ND6_PROBE);
  ck_assert_uint_eq(out_count(135, &last), 1);
  check_addrs(last, LL_US, LL_PEER);
  check_mac(last, mac_peer);
  lab_send(LL_PEER, 8); /* packets still go out */
  ck_assert_int_eq(out_datagram(lab_sent - 1), 8);
  lab_wait(3000);
  ck_assert_uint_eq(out_count(135, NULL), 3);
  ck_assert_uint_eq(nbr_state(LL_PEER), ND6_NO_ENTRY);
}
END_TEST

/* 7.3.1: progress of the upper layers is as good as an answer. */
START_TEST(hint)
{
  const ip6_addr_t peer = a6(LL_PEER);

  setup();
  peer_in(ND6_DELAY);
  nd6_reachability_hint(&peer);
  ck_assert_uint_eq(nbr_state(LL_PEER), ND6_REACHABLE);
  lab_wait(10000);
  lab_sent = 0;
  nd6_reachability_hint(&peer);
  lab_wait(14000);
  ck_assert_uint_eq(nbr_state(LL_PEER), ND6_REACHABLE);
  ck_assert_uint_eq(lab_sent, 0);
}
END_TEST

/* 7.2.3, 7.2.4: a solicitation is answered, and makes the asker known, STALE. */
START_TEST(answers)
{
  setup();
  rx_ns(LL_PEER, SN_US, LL_US, mac_peer);
  ck_assert_uint_eq(lab_sent, 1);
  check_addrs(0, LL_US, LL_PEER);
  check_mac(0, mac_peer);
  check_target(0, LL_US);
  ck_assert_uint_eq(out_icmp(0, NULL)[0], 136);
  ck_assert_uint_eq(out_icmp(0, NULL)[4], 0x60); /* solicited, override, no router */
  ck_assert_mem_eq(out_icmp(0, NULL) + 24, "\2\1\2\0\0\0\0\1", 8);
  /* sending the answer was a use of it (7.3.3) */
  ck_assert_uint_eq(nbr_state(LL_PEER), ND6_DELAY);
}
END_TEST

/* Somebody probes for our address: everybody hears that it is ours (RFC 4862 5.4.3 by way of RFC 4861 7.2.4). */
START_TEST(defends)
{
  setup();
  rx_ns("::", SN_US, LL_US, NULL);
  ck_assert_uint_eq(lab_sent, 1);
  check_addrs(0, LL_US, ALL_NODES);
  ck_assert_uint_eq(out_icmp(0, NULL)[4], 0x20);
  ck_assert_uint_eq(netif_ip6_addr_state(&lab_nif, 0), IP6_ADDR_PREFERRED);
}
END_TEST

/* What must not be heard: 4.6, 7.1.1, 7.1.2, RFC 6980. */
static const struct bad_row {
  const char *what;
  struct lab_ip6 ip;
  u8_t type, code, flags;
  const char *target;
  u8_t opt[16];
  u8_t opt_len;
} bad_rows[] = {
  { "hop limit 254", { LL_PEER, LL_US, NULL, 254, 0, 0 }, 135, 0, 0, LL_US, { 1, 1, 2, 0, 0, 0, 0, 2 }, 8 },
  { "code 1", { LL_PEER, LL_US, NULL, 0, 0, 0 }, 135, 1, 0, LL_US, { 1, 1, 2, 0, 0, 0, 0, 2 }, 8 },
  { "in a fragment", { LL_PEER, LL_US, NULL, 0, 0, 1 }, 135, 0, 0, LL_US, { 1, 1, 2, 0, 0, 0, 0, 2 }, 8 },
  { "an option of length 0", { LL_PEER, LL_US, NULL, 0, 0, 0 }, 135, 0, 0, LL_US, { 1, 0, 2, 0, 0, 0, 0, 2 }, 8 },
  { "and behind a good one",
    { LL_PEER, LL_US, NULL, 0, 0, 0 },
    135,
    0,
    0,
    LL_US,
    { 1, 1, 2, 0, 0, 0, 0, 2, 9, 0 },
    16 },
  { "an option past the end", { LL_PEER, LL_US, NULL, 0, 0, 0 }, 135, 0, 0, LL_US, { 1, 2, 2, 0, 0, 0, 0, 2 }, 8 },
  { "an option of 255", { LL_PEER, LL_US, NULL, 0, 0, 0 }, 135, 0, 0, LL_US, { 1, 255, 2, 0, 0, 0, 0, 2 }, 8 },
  { "an octet too many", { LL_PEER, LL_US, NULL, 0, 0, 0 }, 135, 0, 0, LL_US, { 1, 1, 2, 0, 0, 0, 0, 2, 1 }, 9 },
  { "two octets too many", { LL_PEER, LL_US, NULL, 0, 0, 0 }, 135, 0, 0, LL_US, { 1, 1, 2, 0, 0, 0, 0, 2, 1, 1 }, 10 },
  { "target a group", { LL_PEER, LL_US, NULL, 0, 0, 0 }, 135, 0, 0, ALL_NODES, { 1, 1, 2, 0, 0, 0, 0, 2 }, 8 },
  { "target nobody", { LL_PEER, LL_US, NULL, 0, 0, 0 }, 135, 0, 0, "::", { 1, 1, 2, 0, 0, 0, 0, 2 }, 8 },
  { "target another", { LL_PEER, LL_US, NULL, 0, 0, 0 }, 135, 0, 0, LL_R, { 1, 1, 2, 0, 0, 0, 0, 2 }, 8 },
  { "from nobody with an address", { "::", SN_US, NULL, 0, 0, 0 }, 135, 0, 0, LL_US, { 1, 1, 2, 0, 0, 0, 0, 2 }, 8 },
  { "from nobody to us alone", { "::", LL_US, NULL, 0, 0, 0 }, 135, 0, 0, LL_US, { 0 }, 0 },
  { "from nobody to all", { "::", ALL_NODES, NULL, 0, 0, 0 }, 135, 0, 0, LL_US, { 0 }, 0 },
  { "NA: solicited to all",
    { LL_PEER, ALL_NODES, NULL, 0, 0, 0 },
    136,
    0,
    0x60,
    LL_PEER,
    { 2, 1, 2, 0, 0, 0, 0, 2 },
    8 },
  { "NA: target a group", { LL_PEER, LL_US, NULL, 0, 0, 0 }, 136, 0, 0x60, ALL_NODES, { 2, 1, 2, 0, 0, 0, 0, 2 }, 8 },
  { "RS: we are no router", { LL_PEER, ALL_NODES, NULL, 0, 0, 0 }, 133, 0, 0, LL_US, { 0 }, 0 },
};

START_TEST(bad_messages)
{
  const struct bad_row *r = &bad_rows[_i];
  struct lab_msg m;

  setup();
  if (r->type == 136) {
    lab_send(LL_PEER, 1);
    lab_sent = 0;
  }
  msg_begin(&m, r->type, 24);
  m.b[1] = r->code;
  m.b[4] = r->flags;
  msg_target(&m, 8, r->target);
  msg_add(&m, r->opt, r->opt_len);
  lab_rx(&r->ip, m.b, m.len);
  ck_assert_msg(lab_sent == 0, "%s: answered", r->what);
  ck_assert_msg(nbr_state(LL_PEER) == (r->type == 136 ? ND6_INCOMPLETE : ND6_NO_ENTRY), "%s: it is in state %u",
                r->what, nbr_state(LL_PEER));
  /* and afterwards all is as it was */
  rx_ns(LL_R2, SN_US, LL_US, mac_r2);
  ck_assert_uint_eq(out_count(136, NULL), 1);
}
END_TEST

/* Cut anywhere, nothing is read that is not there (ND-02). */
START_TEST(cut_messages)
{
  const struct lab_ip6 ip = { LL_PEER, LL_US, NULL, 0, false, false };
  struct lab_msg m;
  size_t len;

  setup();
  for (len = 8; len < 32; len++) {
    msg_begin(&m, 135, 24);
    msg_target(&m, 8, LL_US);
    msg_lladdr(&m, 1, mac_peer);
    lab_rx(&ip, m.b, len);
    if (len == 24) { /* whole, without options */
      lab_sent = 0;
    }
    ck_assert_uint_eq(out_count(136, NULL), 0);
  }
}
END_TEST

/* ND-05, ND-08: no group, no zero, not ourselves is another station. */
START_TEST(group_is_no_station)
{
  static const u8_t group[6] = { 0x33, 0x33, 0, 0, 0, 1 }, all[6] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff }, none[6];
  const u8_t *const macs[] = { group, all, none, mac_us };
  unsigned i;

  setup();
  lab_send(LL_PEER, 1);
  for (i = 0; i < 4; i++) {
    struct lab_msg m;
    const struct lab_ip6 ip = { LL_PEER, LL_US, NULL, 0, false, false };
    msg_begin(&m, 136, 24);
    m.b[4] = 0x60;
    msg_target(&m, 8, LL_PEER);
    msg_lladdr(&m, 2, macs[i]);
    lab_rx(&ip, m.b, m.len);
    ck_assert_uint_eq(nbr_state(LL_PEER), ND6_INCOMPLETE);
  }
}
END_TEST

static void addr_of(char *to, unsigned i)
{
  snprintf(to, 40, "2001:db8:1::bad:%x", i + 1);
}

/* RFC 6583: a scan of our prefix does not push out those we talk to, and costs a bounded number of questions. */
START_TEST(scan)
{
  char to[40];
  unsigned i;

  setup();
  peer_in(ND6_REACHABLE);
  lab_sent = 0;
  for (i = 0; i < 300; i++) {
    addr_of(to, i);
    lab_send(to, 1);
    lab_wait(10);
  }
  ck_assert_uint_eq(nbr_state(LL_PEER), ND6_REACHABLE);
  ck_assert_uint_ne(nbr_state(LL_R), ND6_NO_ENTRY);
  ck_assert_uint_lt(lab_sent, 40);
  lab_wait(5000);
  lab_no_leak();
}
END_TEST

/* Strangers who make themselves known do not push out whom we talked to a moment ago, nor a router. */
START_TEST(crowd)
{
  char from[40];
  u8_t mac[6] = { 2, 1, 1, 1, 0, 0 };
  unsigned i;

  setup();
  peer_in(ND6_REACHABLE);
  lab_sent = 0;
  for (i = 0; i < 200; i++) {
    addr_of(from, i);
    mac[5] = (u8_t)i;
    rx_ns(from, SN_US, LL_US, mac);
  }
  ck_assert_uint_eq(out_count(136, NULL), 200); /* each had his answer */
  ck_assert_uint_eq(nbr_state(LL_PEER), ND6_REACHABLE);
  ck_assert_uint_ne(nbr_state(LL_R), ND6_NO_ENTRY);
  lab_wait(60000);
  lab_no_leak();
}
END_TEST

/* The interface goes: nothing waits, nobody is remembered, no timer is left. */
START_TEST(removed)
{
  setup();
  lab_send(LL_PEER, 1);
  netif_remove(&lab_nif);
  lab_no_leak();
  lab_wait(1);
  ck_assert_uint_eq(nbr_state(LL_PEER), ND6_NO_ENTRY);
  lab_sent = 0;
  lab_wait(100000000);
  ck_assert_uint_eq(lab_sent, 0);
  ck_assert_uint_eq(lab_used(MEMP_MLD6_GROUP), 0);
}
END_TEST

/* Nothing ticks when nothing is pending. */
START_TEST(sleeps)
{
  lab_setup();
  lab_wait(1);
  netif_set_down(&lab_nif);
  lab_wait(20000);
  ck_assert_uint_eq(timers_sleep(lab_now), TIMERS_NEVER);
  nd6_tmr();
}
END_TEST

static void add_tests(TCase *tc)
{
  tcase_add_test(tc, resolves);
  tcase_add_test(tc, gives_up);
  tcase_add_test(tc, queue_keeps_the_latest);
  tcase_add_loop_test(tc, na_in_each_state, 0, sizeof na_rows / sizeof na_rows[0]);
  tcase_add_test(tc, na_makes_no_entry);
  tcase_add_test(tc, unreachable_neighbour);
  tcase_add_test(tc, hint);
  tcase_add_test(tc, answers);
  tcase_add_test(tc, defends);
  tcase_add_loop_test(tc, bad_messages, 0, sizeof bad_rows / sizeof bad_rows[0]);
  tcase_add_test(tc, cut_messages);
  tcase_add_test(tc, group_is_no_station);
  tcase_add_test(tc, scan);
  tcase_add_test(tc, crowd);
  tcase_add_test(tc, removed);
  tcase_add_test(tc, sleeps);
}

LAB_MAIN("nd6_nud")
