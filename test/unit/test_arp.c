/** ARP (RFC 826, RFC 1122 section 2.3.2): who gets into the table and stays, what is asked and answered, and what an attacker
 *  on the wire achieves (bad-inputs ARP-*).
 *  LINK: link/acd.c link/arp_cache.c link/arp_in.c link/arp_out.c link/arp_table.c link/ethernet.c
 *  LINK: link/ethernet_out.c link/ip_text.c link/ip6_text.c link/netif.c link/netif_events.c link/netif_input.c
 *  LINK: link/netif_ip4.c link/netif_ip6.c link/netif_loop.c link/netif_loopif.c link/netif_names.c base/ip4_addr.c
 *  LINK: base/ip4_text.c base/def.c base/core.c base/random.c base/siphash.c base/stats.c base/timer.c
 *  LINK: mem/core_defer.c mem/drop.c mem/heap.c mem/heap_calloc.c mem/mem_guard.c mem/memp.c mem/pbuf.c
 *  LINK: mem/pbuf_copy.c mem/pbuf_ctrl.c mem/pbuf_pull.c mem/pbuf_queue.c mem/pbuf_hold.c
 */
#include "link_bench.h"

#define ME IP(192, 168, 0, 1)
#define GW IP(192, 168, 0, 254)
#define HIM IP(192, 168, 0, 2)

static void setup(void)
{
  bench_up();
}

static void teardown(void)
{
  bench_down();
}

/** Make @p mac known as the station with @p ip, by asking. */
static void resolve(u32_t ip, const char *mac)
{
  ck_assert_int_eq(send_to(ip, 20, 1), ERR_OK);
  receive_arp(US, ARP_WIRE_REPLY, mac, ip, ME);
  ck_assert_mem_eq(known(ip), mac, 6);
  sent_n = 0;
}

/* --- sending --- */

START_TEST(a_packet_waits_for_the_answer)
{
  ck_assert_int_eq(send_to(HIM, 20, 7), ERR_OK);
  ck_assert_uint_eq(sent_n, 1);
  expect_arp(0, ALL, ARP_WIRE_REQUEST, ME, HIM);
  receive_arp(US, ARP_WIRE_REPLY, PEER, HIM, ME);
  ck_assert_uint_eq(sent_n, 2);
  expect_ip(1, PEER, 7);
  ck_assert_int_eq(send_to(HIM, 20, 8), ERR_OK);
  expect_ip(2, PEER, 8);
}
END_TEST

/* clang-format off */
static const struct {
  const char *what;
  u32_t dest;
  const char *mac;  /* sent at once to this one, or */
  u32_t asked;      /* this one is asked for, or neither: */
  err_t err;
} routes[] = {
  { "limited broadcast",              IP(255, 255, 255, 255), ALL, 0, ERR_OK },
  { "broadcast of our network",       IP(192, 168, 0, 255),   ALL, 0, ERR_OK },
  { "a group: its low 23 bits",       IP(239, 255, 1, 2),     "\x01\x00\x5e\x7f\x01\x02", 0, ERR_OK },
  { "all hosts",                      IP(224, 0, 0, 1),       "\x01\x00\x5e\x00\x00\x01", 0, ERR_OK },
  { "a neighbour",                    HIM,                    NULL, HIM, ERR_OK },
  { "elsewhere: the gateway",         IP(8, 8, 8, 8),         NULL, GW, ERR_OK },
  { "link-local is never routed",     IP(169, 254, 3, 4),     NULL, IP(169, 254, 3, 4), ERR_OK },
};
/* clang-format on */

START_TEST(the_next_hop)
{
  ck_assert_int_eq(send_to(routes[_i].dest, 20, 3), routes[_i].err);
  ck_assert_uint_eq(sent_n, 1);
  if (routes[_i].mac != NULL) {
    expect_ip(0, routes[_i].mac, 3);
  } else {
    expect_arp(0, ALL, ARP_WIRE_REQUEST, ME, routes[_i].asked);
  }
}
END_TEST

START_TEST(without_a_gateway_there_is_no_way_out)
{
  netif_set_gw(&en, NULL);
  ck_assert_int_eq(send_to(IP(8, 8, 8, 8), 20, 3), ERR_RTE);
  ck_assert_uint_eq(sent_n, 0);
}
END_TEST

/** RFC 1122 2.3.2.1: one request a second for one address, however many packets wait; and an end to it. */
START_TEST(requests_are_one_a_second_and_end)
{
  unsigned i;

  for (i = 0; i < 20; i++) {
    send_to(HIM, 20, (u8_t)i);
    pass(50);
  }
  ck_assert_uint_eq(sent_n, 2);
  pass(60000);
  ck_assert_uint_eq(sent_n, LWIP_X_ARP_REQUESTS);
  ck_assert_uint_eq(timers_sleep(clock_ms), TIMERS_NEVER);
  ck_assert_uint_eq(lwip_x_drops[DROP_ARP_UNRESOLVED], KEPT);
  ck_assert_ptr_null(known(HIM));
}
END_TEST

/** RFC 1122 2.3.2.2: at least the latest packets are kept, and leave in order. */
START_TEST(the_latest_packets_are_kept)
{
  u8_t i;

  for (i = 0; i < KEPT + 2; i++) {
    ck_assert_int_eq(send_to(HIM, 20, i), ERR_OK);
  }
  receive_arp(US, ARP_WIRE_REPLY, PEER, HIM, ME);
  ck_assert_uint_eq(sent_n, 1 + KEPT);
  for (i = 0; i < KEPT; i++) {
    expect_ip(1u + i, PEER, (u8_t)(i + 2));
  }
}
END_TEST

/** All that waits for anybody is bounded too. */
START_TEST(queues_are_bounded_together)
{
  unsigned i;

  for (i = 0; i < 100; i++) {
    send_to(IP(192, 168, 0, 2 + i % 4), 20, 0);
  }
  ck_assert_uint_le(waiting(), LWIP_X_ARP_QUEUE_TOTAL);
  pass(60000);
}
END_TEST

START_TEST(what_may_change_is_copied)
{
  static u8_t mine[20] = { 1 };
  const ip4_addr_t to = { HIM };
  struct pbuf *p = pbuf_alloc(PBUF_LINK, 1, PBUF_RAM), *ref = pbuf_alloc(PBUF_RAW, sizeof mine, PBUF_REF);

  *(u8_t *)p->payload = 9;
  ref->payload = mine;
  pbuf_cat(p, ref);
  ck_assert_int_eq(etharp_output(&en, p, &to), ERR_OK);
  pbuf_free(p);
  mine[0] = 2;
  receive_arp(US, ARP_WIRE_REPLY, PEER, HIM, ME);
  expect_ip(1, PEER, 9);
  ck_assert_uint_eq(sent[1].octets[15], 1);
}
END_TEST

START_TEST(out_of_memory_is_an_error_and_leaks_nothing)
{
  test_alloc_countdown = _i;
  send_to(HIM, 20, 1);
  test_alloc_countdown = -1;
  pass(60000);
}
END_TEST

/** The next hop is chosen for each packet, whatever the last one did. */
START_TEST(the_gateway_may_change)
{
  const ip4_addr_t other = { IP(192, 168, 0, 253) };

  resolve(GW, PEER);
  resolve(other.addr, EVIL);
  send_to(IP(8, 8, 8, 8), 20, 1);
  expect_ip(0, PEER, 1);
  netif_set_gw(&en, &other);
  send_to(IP(8, 8, 8, 8), 20, 2);
  expect_ip(1, EVIL, 2);
}
END_TEST

/* --- ageing --- */

START_TEST(an_idle_table_has_no_deadline)
{
  resolve(HIM, PEER);
  pass(1001);
  ck_assert_uint_eq(timers_sleep(clock_ms), TIMERS_NEVER);
  ck_assert_uint_eq(sent_n, 0);
}
END_TEST

/** RFC 1122 2.3.2.1 (2): a neighbour in use is asked by unicast before he is forgotten. */
START_TEST(a_neighbour_in_use_is_asked_in_time)
{
  resolve(HIM, PEER);
  pass(ARP_REFRESH_MS - 1);
  send_to(HIM, 20, 1);
  ck_assert_uint_eq(sent_n, 1);
  expect_ip(0, PEER, 1);
  pass(1);
  send_to(HIM, 20, 2);
  ck_assert_uint_eq(sent_n, 3);
  expect_arp(1, PEER, ARP_WIRE_REQUEST, ME, HIM);
  expect_ip(2, PEER, 2);
  send_to(HIM, 20, 3);
  ck_assert_uint_eq(sent_n, 4);
  receive_arp(US, ARP_WIRE_REPLY, PEER, HIM, ME);
  pass(ARP_REFRESH_MS - 1);
  sent_n = 0;
  send_to(HIM, 20, 4);
  ck_assert_uint_eq(sent_n, 1);
}
END_TEST

/** He alone is asked, twice; then everybody is, and packets wait; then he is forgotten. */
START_TEST(a_silent_neighbour_is_forgotten)
{
  unsigned alone = 0, all = 0, i;

  resolve(HIM, PEER);
  pass(ARP_REFRESH_MS);
  for (i = 0; i < 2 + LWIP_X_ARP_REQUESTS; i++) {
    ck_assert_int_eq(known(HIM) != NULL, i < 2);
    send_to(HIM, 20, 1);
    pass(1000);
  }
  for (i = 0; i < sent_n; i++) {
    if (sent[i].octets[13] == 0x06) {
      expect_arp(i, all == 0 && memcmp(sent[i].octets, ALL, 6) != 0 ? PEER : ALL, ARP_WIRE_REQUEST, ME, HIM);
      alone += sent[i].octets[0] == 0x02;
      all += sent[i].octets[0] == 0xff;
    }
  }
  ck_assert_uint_eq(alone, 2);
  ck_assert_uint_eq(all, LWIP_X_ARP_REQUESTS);
  ck_assert_ptr_null(known(HIM));
}
END_TEST

START_TEST(the_old_are_forgotten)
{
  resolve(HIM, PEER);
  pass(ARP_MAXAGE_MS);
  ck_assert_ptr_null(known(HIM));
  send_to(HIM, 20, 1);
  ck_assert_uint_eq(sent_n, 1);
  expect_arp(0, ALL, ARP_WIRE_REQUEST, ME, HIM);
  receive_arp(US, ARP_WIRE_REPLY, EVIL, HIM, ME);
  expect_ip(1, EVIL, 1);
}
END_TEST

/* --- receiving --- */

START_TEST(a_request_is_answered_and_remembered)
{
  receive_arp(ALL, ARP_WIRE_REQUEST, PEER, HIM, ME);
  ck_assert_uint_eq(sent_n, 1);
  expect_arp(0, PEER, ARP_WIRE_REPLY, ME, HIM);
  ck_assert_mem_eq(known(HIM), PEER, 6);
}
END_TEST

/** RFC 5227 2.1.1: a probe for our address must be answered, or the prober takes it. */
START_TEST(a_probe_is_answered_and_not_remembered)
{
  receive_arp(ALL, ARP_WIRE_REQUEST, PEER, 0, ME);
  ck_assert_uint_eq(sent_n, 1);
  expect_arp(0, PEER, ARP_WIRE_REPLY, ME, 0);
  ck_assert_ptr_null(known(0));
}
END_TEST

/** ARP-01: cut anywhere. */
START_TEST(a_short_packet_is_dropped)
{
  u8_t f[64];

  arp(f, ALL, ARP_WIRE_REQUEST, PEER, HIM, ME);
  receive(f, 14u + (size_t)_i);
  ck_assert_uint_eq(sent_n, 0);
  ck_assert_uint_eq(lwip_x_drops[DROP_ARP_SHORT], 1);
}
END_TEST

/** ARP-09: the packet ends where it says, the frame where it likes. */
START_TEST(padding_is_ignored)
{
  static const size_t pads[] = { 0, 1, 4, 18, 100, 1486 };
  u8_t f[FRAME_MAX] = { 0 };
  size_t n = arp(f, ALL, ARP_WIRE_REQUEST, PEER, HIM, ME);

  receive(f, n + pads[_i]);
  ck_assert_uint_eq(sent_n, 1);
}
END_TEST

/* clang-format off */
static const struct {
  const char *what;
  unsigned at;     /* octets into the packet */
  u16_t value;
} lies[] = {
  { "ARP-03: hardware 0",          0, 0 },
  { "ARP-03: hardware 6",          0, 6 },
  { "ARP-03: hardware 65535",      0, 65535 },
  { "ARP-03: protocol 0",          2, 0 },
  { "ARP-03: protocol IPv6",       2, 0x86dd },
  { "lengths 0 and 0",             4, 0 },
  { "lengths 255 and 255",         4, 0xffff },
  { "lengths 6 and 16",            4, 0x0610 },
  { "ARP-03: operation 0",         6, 0 },
  { "ARP-03: operation 3, RARP",   6, 3 },
  { "ARP-03: operation 10",        6, 10 },
  { "operation 0x0101",            6, 0x0101 },
  { "ARP-03: operation 65535",     6, 65535 },
};
/* clang-format on */

START_TEST(what_is_no_arp_is_dropped)
{
  u8_t f[64];
  size_t n = arp(f, ALL, ARP_WIRE_REQUEST, PEER, HIM, ME);

  be16_put(f + 14 + lies[_i].at, lies[_i].value);
  receive(f, n);
  ck_assert_msg(sent_n == 0, "%s", lies[_i].what);
  ck_assert_ptr_null(known(HIM));
  ck_assert_uint_eq(lwip_x_drops[DROP_ARP_FORMAT], 1);
}
END_TEST

/* clang-format off */
static const struct {
  const char *what;
  u8_t op;
  const char *sha;
  u32_t spa;
  unsigned answers;
} senders[] = {
  { "ARP-06: from 255.255.255.255",   ARP_WIRE_REQUEST, PEER, IP(255, 255, 255, 255), 0 },
  { "ARP-06: reply of the same",      ARP_WIRE_REPLY,   PEER, IP(255, 255, 255, 255), 0 },
  { "ARP-06: from a group",           ARP_WIRE_REQUEST, PEER, IP(224, 0, 0, 1),       0 },
  { "ARP-06: reply of a group",       ARP_WIRE_REPLY,   PEER, IP(224, 0, 0, 1),       0 },
  { "ARP-06: from 127.0.0.1",         ARP_WIRE_REQUEST, PEER, IP(127, 0, 0, 1),       0 },
  { "ARP-06: reply of 127.0.0.1",     ARP_WIRE_REPLY,   PEER, IP(127, 0, 0, 1),       0 },
  { "ARP-06: reply of 0.0.0.0",       ARP_WIRE_REPLY,   PEER, 0,                      0 },
  { "reserved, 240/4",                ARP_WIRE_REQUEST, PEER, IP(240, 0, 0, 1),       0 },
  { "the network's broadcast",        ARP_WIRE_REQUEST, PEER, IP(192, 168, 0, 255),   0 },
  { "ARP-10: off-link, answered",     ARP_WIRE_REQUEST, PEER, IP(8, 8, 8, 8),         1 },
  { "ARP-10: reply of an off-link",   ARP_WIRE_REPLY,   PEER, IP(8, 8, 8, 8),         0 },
  { "ARP-04: unsolicited reply",      ARP_WIRE_REPLY,   PEER, HIM,                    0 },
};
/* clang-format on */

START_TEST(who_is_not_remembered)
{
  receive_arp(ALL, senders[_i].op, senders[_i].sha, senders[_i].spa, ME);
  ck_assert_msg(sent_n == senders[_i].answers, "%s", senders[_i].what);
  ck_assert_msg(known(senders[_i].spa) == NULL, "%s", senders[_i].what);
}
END_TEST

/** The hardware address inside may differ from the frame's, but must be a station's and not ours. */
START_TEST(impossible_hardware_addresses)
{
  static const char *const macs[] = { ALL, NIL, "\x01\x00\x5e\x00\x00\x01", US };
  u8_t f[64];
  size_t n = arp(f, ALL, ARP_WIRE_REQUEST, PEER, HIM, ME);

  memcpy(f + 14 + 8, macs[_i], 6);
  receive(f, n);
  ck_assert_uint_eq(sent_n, 0);
  ck_assert_ptr_null(known(HIM));
  ck_assert_uint_eq(lwip_x_drops[DROP_ARP_SENDER], 1);
}
END_TEST

START_TEST(a_request_for_others_is_not_ours)
{
  receive_arp(ALL, ARP_WIRE_REQUEST, PEER, HIM, IP(192, 168, 0, 3));
  ck_assert_uint_eq(sent_n, 0);
  ck_assert_ptr_null(known(HIM));
}
END_TEST

/* --- attacks --- */

/** ARP-04: the true gateway, still there, answers the question and nothing changes. */
START_TEST(a_claim_is_checked_with_the_old_station)
{
  resolve(GW, PEER);
  receive_arp(US, ARP_WIRE_REPLY, EVIL, GW, ME);
  ck_assert_uint_eq(sent_n, 1);
  expect_arp(0, PEER, ARP_WIRE_REQUEST, ME, GW);
  send_to(IP(8, 8, 8, 8), 20, 5);
  expect_ip(1, PEER, 5);
  receive_arp(US, ARP_WIRE_REPLY, EVIL, GW, ME);
  receive_arp(US, ARP_WIRE_REPLY, PEER, GW, ME);
  ck_assert_uint_eq(sent_n, 2);
  ck_assert_mem_eq(known(GW), PEER, 6);
  pass(60000);
  ck_assert_mem_eq(known(GW), PEER, 6);
  ck_assert_uint_eq(sent_n, 2);
}
END_TEST

/** ... and if he is gone, whoever answers next is believed: a replaced router is found within three seconds. */
START_TEST(a_claim_wins_when_the_old_station_is_gone)
{
  resolve(GW, PEER);
  receive_arp(ALL, ARP_WIRE_REQUEST, EVIL, GW, GW);
  pass(1999);
  ck_assert_mem_eq(known(GW), PEER, 6);
  pass(1);
  ck_assert_ptr_null(known(GW));
  ck_assert_uint_eq(sent_n, 3);
  expect_arp(2, ALL, ARP_WIRE_REQUEST, ME, GW);
  send_to(IP(8, 8, 8, 8), 20, 5);
  receive_arp(US, ARP_WIRE_REPLY, EVIL, GW, ME);
  ck_assert_mem_eq(known(GW), EVIL, 6);
  expect_ip(3, EVIL, 5);
}
END_TEST

/** A storm of claims costs two requests a round. */
START_TEST(a_storm_of_claims_is_cheap)
{
  unsigned i;

  resolve(GW, PEER);
  for (i = 0; i < 200; i++) {
    receive_arp(US, ARP_WIRE_REPLY, EVIL, GW, ME);
    pass(5);
  }
  ck_assert_uint_le(sent_n, 2);
}
END_TEST

/** Strangers' questions neither push out the gateway nor who was used a moment ago. */
START_TEST(strangers_fill_what_is_free)
{
  unsigned i;

  resolve(GW, PEER);
  resolve(HIM, PEER);
  for (i = 3; i < 200; i++) {
    char mac[] = "\x02\x00\x00\x00\x01\x00";
    mac[5] = (char)i;
    receive_arp(ALL, ARP_WIRE_REQUEST, mac, IP(192, 168, 0, i), ME);
  }
  ck_assert_uint_eq(sent_n, 197);
  ck_assert_mem_eq(known(GW), PEER, 6);
  ck_assert_mem_eq(known(HIM), PEER, 6);
}
END_TEST

/** Unanswered requests hold half of the table at most; a scan of ours drops packets, not neighbours. */
START_TEST(the_unresolved_hold_half_of_the_table)
{
  unsigned i, pending = 0;

  resolve(GW, PEER);
  resolve(HIM, PEER);
  for (i = 10; i < 200; i++) {
    send_to(IP(192, 168, 0, i), 20, 0);
    pass(20);
  }
  for (i = 0; i < ARP_TABLE_SIZE; i++) {
    pending += arp_table[i].state == ARP_PENDING;
  }
  ck_assert_uint_le(pending, (ARP_TABLE_SIZE + 1) / 2);
  ck_assert_mem_eq(known(GW), PEER, 6);
  ck_assert_mem_eq(known(HIM), PEER, 6);
  pass(60000);
}
END_TEST

/** The least recently used goes, the gateway never. */
START_TEST(the_table_keeps_who_is_used)
{
  unsigned i;

  resolve(GW, PEER);
  resolve(HIM, PEER);
  for (i = 10; i < 10 + 3 * ARP_TABLE_SIZE; i++) {
    pass(5000);
    send_to(HIM, 20, 0);
    resolve(IP(192, 168, 0, i), EVIL);
  }
  ck_assert_mem_eq(known(HIM), PEER, 6);
  ck_assert_mem_eq(known(IP(192, 168, 0, 9 + 3 * ARP_TABLE_SIZE)), EVIL, 6);
  ck_assert_mem_eq(known(GW), PEER, 6);
  ck_assert_ptr_null(known(IP(192, 168, 0, 10)));
}
END_TEST

/* --- conflicts --- */

/** ARP-07, RFC 5227 2.4 (c): defended at most once in ten seconds. */
START_TEST(our_address_is_defended_with_measure)
{
  unsigned i;

  for (i = 0; i < 200; i++) {
    receive_arp(ALL, i % 2 != 0 ? ARP_WIRE_REQUEST : ARP_WIRE_REPLY, EVIL, ME, ME);
    pass(100);
  }
  ck_assert_uint_eq(sent_n, 2);
  expect_arp(0, ALL, ARP_WIRE_REQUEST, ME, ME);
  ck_assert_uint_eq(lwip_x_drops[DROP_ACD_CONFLICT], 200);
  ck_assert_ptr_null(known(ME));
}
END_TEST

/* --- the interface --- */

START_TEST(the_address_is_announced_when_it_comes_up)
{
  static const ip4_addr_t other = { IP(192, 168, 0, 9) };

  netif_set_link_down(&en);
  ck_assert_uint_eq(sent_n, 0);
  netif_set_link_up(&en);
  ck_assert_uint_eq(sent_n, 1);
  expect_arp(0, ALL, ARP_WIRE_REQUEST, ME, ME);
  netif_set_ipaddr(&en, &other);
  ck_assert_uint_eq(sent_n, 2);
  expect_arp(1, ALL, ARP_WIRE_REQUEST, other.addr, other.addr);
}
END_TEST

START_TEST(neighbours_are_forgotten_with_the_carrier)
{
  resolve(HIM, PEER);
  send_to(IP(192, 168, 0, 3), 20, 0);
  netif_set_link_down(&en);
  ck_assert_ptr_null(known(HIM));
  ck_assert_uint_eq(waiting(), 0);
  pass(60000);
}
END_TEST

/* --- the public functions --- */

START_TEST(static_entries_stay)
{
  struct eth_addr mac = ETH_ADDR(2, 0, 0, 0, 0, 2);
  ip4_addr_t him = { HIM }, far = { IP(8, 8, 8, 8) };

  ck_assert_int_eq(etharp_add_static_entry(&far, &mac), ERR_RTE);
  ck_assert_int_eq(etharp_add_static_entry(&him, &mac), ERR_OK);
  pass(ARP_MAXAGE_MS * 2);
  receive_arp(US, ARP_WIRE_REPLY, EVIL, HIM, ME);
  ck_assert_mem_eq(known(HIM), PEER, 6);
  send_to(HIM, 20, 1);
  ck_assert_uint_eq(sent_n, 1);
  expect_ip(0, PEER, 1);
  netif_set_link_down(&en);
  ck_assert_mem_eq(known(HIM), PEER, 6);
  ck_assert_int_eq(etharp_remove_static_entry(&far), ERR_MEM);
  ck_assert_int_eq(etharp_remove_static_entry(&him), ERR_OK);
  ck_assert_ptr_null(known(HIM));
}
END_TEST

START_TEST(a_static_entry_releases_what_waits)
{
  struct eth_addr mac = ETH_ADDR(2, 0, 0, 0, 0, 2);
  ip4_addr_t him = { HIM };

  send_to(HIM, 20, 4);
  ck_assert_int_eq(etharp_add_static_entry(&him, &mac), ERR_OK);
  expect_ip(1, PEER, 4);
  ck_assert_int_eq(etharp_remove_static_entry(&him), ERR_OK);
  resolve(HIM, PEER);
  ck_assert_int_eq(etharp_remove_static_entry(&him), ERR_ARG);
}
END_TEST

START_TEST(query_asks_and_queues)
{
  ip4_addr_t him = { HIM }, group = { IP(224, 0, 0, 5) }, all = { IPADDR_BROADCAST };

  ck_assert_int_eq(etharp_query(&en, &group, NULL), ERR_ARG);
  ck_assert_int_eq(etharp_query(&en, &all, NULL), ERR_ARG);
  ck_assert_int_eq(etharp_query(&en, &him, NULL), ERR_OK);
  ck_assert_uint_eq(sent_n, 1);
  expect_arp(0, ALL, ARP_WIRE_REQUEST, ME, HIM);
  receive_arp(US, ARP_WIRE_REPLY, PEER, HIM, ME);
  ck_assert_uint_eq(sent_n, 1);
  ck_assert_mem_eq(known(HIM), PEER, 6);
}
END_TEST

START_TEST(the_table_can_be_read)
{
  ip4_addr_t *ip;
  struct netif *nif;
  struct eth_addr *mac;
  size_t i;
  unsigned n = 0;

  resolve(HIM, PEER);
  for (i = 0; i <= ARP_TABLE_SIZE; i++) {
    if (etharp_get_entry(i, &ip, &nif, &mac)) {
      ck_assert_uint_eq(ip->addr, HIM);
      ck_assert_ptr_eq(nif, &en);
      ck_assert_mem_eq(mac->addr, PEER, 6);
      n++;
    }
  }
  ck_assert_uint_eq(n, 1);
  etharp_cleanup_netif(&en);
  ck_assert_ptr_null(known(HIM));
}
END_TEST

/** Programs call it by hand, at any rate. */
START_TEST(the_old_timer_function_is_harmless)
{
  unsigned i;

  send_to(HIM, 20, 1);
  for (i = 0; i < 1000; i++) {
    etharp_tmr();
  }
  ck_assert_uint_eq(sent_n, 1);
  pass(60000);
  etharp_tmr();
  ck_assert_uint_eq(sent_n, LWIP_X_ARP_REQUESTS);
}
END_TEST

int main(void)
{
  Suite *s = suite_create("arp");
  TCase *t = tcase_create("arp");

  tcase_add_checked_fixture(t, setup, teardown);
  tcase_add_test(t, a_packet_waits_for_the_answer);
  tcase_add_loop_test(t, the_next_hop, 0, (int)LWIP_ARRAYSIZE(routes));
  tcase_add_test(t, without_a_gateway_there_is_no_way_out);
  tcase_add_test(t, requests_are_one_a_second_and_end);
  tcase_add_test(t, the_latest_packets_are_kept);
  tcase_add_test(t, queues_are_bounded_together);
  tcase_add_test(t, what_may_change_is_copied);
  tcase_add_loop_test(t, out_of_memory_is_an_error_and_leaks_nothing, 1, 6);
  tcase_add_test(t, the_gateway_may_change);
  tcase_add_test(t, an_idle_table_has_no_deadline);
  tcase_add_test(t, a_neighbour_in_use_is_asked_in_time);
  tcase_add_test(t, a_silent_neighbour_is_forgotten);
  tcase_add_test(t, the_old_are_forgotten);
  tcase_add_test(t, a_request_is_answered_and_remembered);
  tcase_add_test(t, a_probe_is_answered_and_not_remembered);
  tcase_add_loop_test(t, a_short_packet_is_dropped, 1, ARP_WIRE_LEN);
  tcase_add_loop_test(t, padding_is_ignored, 0, 6);
  tcase_add_loop_test(t, what_is_no_arp_is_dropped, 0, (int)LWIP_ARRAYSIZE(lies));
  tcase_add_loop_test(t, who_is_not_remembered, 0, (int)LWIP_ARRAYSIZE(senders));
  tcase_add_loop_test(t, impossible_hardware_addresses, 0, 4);
  tcase_add_test(t, a_request_for_others_is_not_ours);
  tcase_add_test(t, a_claim_is_checked_with_the_old_station);
  tcase_add_test(t, a_claim_wins_when_the_old_station_is_gone);
  tcase_add_test(t, a_storm_of_claims_is_cheap);
  tcase_add_test(t, strangers_fill_what_is_free);
  tcase_add_test(t, the_unresolved_hold_half_of_the_table);
  tcase_add_test(t, the_table_keeps_who_is_used);
  tcase_add_test(t, our_address_is_defended_with_measure);
  tcase_add_test(t, the_address_is_announced_when_it_comes_up);
  tcase_add_test(t, neighbours_are_forgotten_with_the_carrier);
  tcase_add_test(t, static_entries_stay);
  tcase_add_test(t, a_static_entry_releases_what_waits);
  tcase_add_test(t, query_asks_and_queues);
  tcase_add_test(t, the_table_can_be_read);
  tcase_add_test(t, the_old_timer_function_is_harmless);
  suite_add_tcase(s, t);
  return run_suite(s);
}
