/** IGMP: joining, leaving, answering queries of three versions (RFC 3376, RFC 2236, RFC 1112). */
#include "ip_lab.h"

#define ALL_SYSTEMS 0xe0000001u
#define ALL_ROUTERS 0xe0000002u
#define V3_ROUTERS 0xe0000016u

static unsigned filters[2];

static err_t on_filter(struct netif *nif, const ip4_addr_t *group, enum netif_mac_filter_action action)
{
  (void)nif;
  (void)group;
  filters[action]++;
  return ERR_OK;
}

static void setup(void)
{
  lab_setup();
  netif_set_igmp_mac_filter(&lab_nif, on_filter);
}

static void join(u32_t group)
{
  const ip4_addr_t g = lab_ip4(group);

  ck_assert_int_eq(igmp_joingroup_netif(&lab_nif, &g), ERR_OK);
}

/** What was sent as its @p i-th packet. */
static void check_out(unsigned i, u32_t to, u8_t type, u32_t group_or_records)
{
  const struct lab_packet *o = &lab_out[i];
  const u8_t *m = o->b + 24;

  ck_assert_uint_gt(lab_sent, i);
  lab_check_ip(o);
  ck_assert_uint_eq(ip4_wire_hlen(o->b), 24);
  ck_assert_int_eq(memcmp(o->b + 20, "\x94\4\0\0", 4), 0); /* router alert (RFC 2113) */
  ck_assert_uint_eq(ip4_wire_ttl(o->b), 1);
  ck_assert_uint_eq(ip4_wire_proto(o->b), 2);
  ck_assert_uint_eq(be32_get(o->b + 16), to);
  ck_assert_uint_eq(lab_sum(m, o->len - 24u), 0xffff);
  ck_assert_uint_eq(m[0], type);
  ck_assert_uint_eq(be32_get(m + 4), group_or_records);
}

static void check_record(unsigned i, unsigned n, u8_t mode, u32_t group)
{
  const u8_t *r = lab_out[i].b + 24 + 8 + 8 * n;

  ck_assert_uint_eq(r[0], mode);
  ck_assert_uint_eq(be16_get(r + 2), 0);
  ck_assert_uint_eq(be32_get(r + 4), group);
}

static void rx_igmp(u32_t src, u32_t dst, u8_t ttl, u8_t type, u8_t code, u32_t group, const u8_t *more, u16_t len)
{
  const struct lab_ip ip = { src, dst, 2, 0, 0, ttl, NULL, 0 };
  u8_t m[1400] = { 0 };

  m[0] = type;
  m[1] = code;
  be32_put(m + 4, group);
  if (len > 0) {
    memcpy(m + 8, more, len);
  }
  be16_put(m + 2, (u16_t)~lab_sum(m, 8u + len));
  lab_rx_ip(&ip, m, (u16_t)(8 + len));
}

static const u8_t v3_tail[4] = { 2, 125, 0, 0 };

static void query3(u32_t group, u8_t code)
{
  rx_igmp(LAB_PEER, group == 0 ? ALL_SYSTEMS : group, 1, 0x11, code, group, v3_tail, 4);
}

/* RFC 3376 5.1: a change is reported at once and once more within a second. */
START_TEST(join_and_leave_v3)
{
  const ip4_addr_t g = lab_ip4(LAB_GROUP);

  setup();
  join(LAB_GROUP);
  ck_assert_uint_eq(filters[NETIF_ADD_MAC_FILTER], 1);
  ck_assert_ptr_nonnull(igmp_lookfor_group(&lab_nif, &g));
  check_out(0, V3_ROUTERS, 0x22, 1);
  check_record(0, 0, 4, LAB_GROUP);
  lab_wait(1001);
  ck_assert_uint_eq(lab_sent, 2);
  check_record(1, 0, 4, LAB_GROUP);
  lab_wait(100000);
  ck_assert_uint_eq(lab_sent, 2);
  join(LAB_GROUP); /* nested: nothing is said */
  ck_assert_int_eq(igmp_leavegroup_netif(&lab_nif, &g), ERR_OK);
  ck_assert_uint_eq(lab_sent, 2);
  ck_assert_int_eq(igmp_leavegroup_netif(&lab_nif, &g), ERR_OK);
  ck_assert_uint_eq(filters[NETIF_DEL_MAC_FILTER], 1);
  ck_assert_ptr_null(igmp_lookfor_group(&lab_nif, &g));
  check_out(2, V3_ROUTERS, 0x22, 1);
  check_record(2, 0, 3, LAB_GROUP);
  lab_wait(1001);
  ck_assert_uint_eq(lab_sent, 4);
  check_record(3, 0, 3, LAB_GROUP);
  ck_assert_int_eq(igmp_leavegroup_netif(&lab_nif, &g), ERR_VAL);
  ck_assert_uint_eq(lab_used(MEMP_IGMP_GROUP), 2); /* 224.0.0.1 here and on the loop */
  ck_assert_uint_eq(timers_sleep(lab_now), TIMERS_NEVER);
}
END_TEST

START_TEST(leave_and_join_again)
{
  const ip4_addr_t g = lab_ip4(LAB_GROUP);

  setup();
  join(LAB_GROUP);
  lab_wait(2000);
  ck_assert_int_eq(igmp_leavegroup_netif(&lab_nif, &g), ERR_OK);
  join(LAB_GROUP);
  check_record(lab_sent - 1, 0, 4, LAB_GROUP);
  lab_wait(2000);
  check_record(lab_sent - 1, 0, 4, LAB_GROUP);
  ck_assert_ptr_nonnull(igmp_lookfor_group(&lab_nif, &g));
}
END_TEST

/* A general query is answered by one report of all groups, within the time asked for. */
START_TEST(general_query_v3)
{
  setup();
  join(LAB_GROUP);
  join(LAB_GROUP + 1);
  join(LAB_GROUP + 2);
  lab_wait(3000);
  lab_sent = 0;
  query3(0, 20);
  ck_assert_uint_eq(lab_sent, 0);
  lab_wait(2001);
  ck_assert_uint_eq(lab_sent, 1);
  check_out(0, V3_ROUTERS, 0x22, 3);
  check_record(0, 0, 2, LAB_GROUP + 2);
  check_record(0, 2, 2, LAB_GROUP);
}
END_TEST

START_TEST(group_query_v3)
{
  setup();
  join(LAB_GROUP);
  join(LAB_GROUP + 1);
  lab_wait(3000);
  lab_sent = 0;
  query3(LAB_GROUP + 1, 10);
  lab_wait(1001);
  ck_assert_uint_eq(lab_sent, 1);
  check_out(0, V3_ROUTERS, 0x22, 1);
  check_record(0, 0, 2, LAB_GROUP + 1);
  query3(ALL_SYSTEMS, 10);
  query3(LAB_GROUP + 9, 10);
  lab_wait(10000);
  ck_assert_uint_eq(lab_sent, 1);
}
END_TEST

/* RFC 3376 7.2.1: an older querier is spoken to in its version, until it has not been heard for long. */
START_TEST(version_2)
{
  const ip4_addr_t g = lab_ip4(LAB_GROUP);

  setup();
  join(LAB_GROUP);
  lab_wait(3000);
  lab_sent = 0;
  rx_igmp(LAB_PEER, ALL_SYSTEMS, 1, 0x11, 100, 0, NULL, 0);
  lab_wait(10001);
  ck_assert_uint_eq(lab_sent, 1);
  check_out(0, LAB_GROUP, 0x16, LAB_GROUP);
  ck_assert_int_eq(igmp_leavegroup_netif(&lab_nif, &g), ERR_OK);
  ck_assert_uint_eq(lab_sent, 2);
  check_out(1, ALL_ROUTERS, 0x17, LAB_GROUP);
  lab_wait(3000);
  ck_assert_uint_eq(lab_sent, 2);
  join(LAB_GROUP);
  check_out(2, LAB_GROUP, 0x16, LAB_GROUP);
  lab_wait(300000);
  lab_sent = 0;
  query3(0, 10);
  lab_wait(1001);
  check_out(0, V3_ROUTERS, 0x22, 1);
}
END_TEST

START_TEST(version_1)
{
  const ip4_addr_t g = lab_ip4(LAB_GROUP);

  setup();
  join(LAB_GROUP);
  lab_wait(3000);
  lab_sent = 0;
  rx_igmp(LAB_PEER, ALL_SYSTEMS, 1, 0x11, 0, 0, NULL, 0);
  lab_wait(10001);
  ck_assert_uint_eq(lab_sent, 1);
  check_out(0, LAB_GROUP, 0x12, LAB_GROUP);
  ck_assert_int_eq(igmp_leavegroup_netif(&lab_nif, &g), ERR_OK); /* there is no leave in version 1 */
  lab_wait(3000);
  ck_assert_uint_eq(lab_sent, 1);
}
END_TEST

/* RFC 2236 3: somebody else's report makes ours needless, and then leaving is told to nobody. */
START_TEST(suppression_v2)
{
  const ip4_addr_t g = lab_ip4(LAB_GROUP);

  setup();
  join(LAB_GROUP);
  lab_wait(3000);
  lab_sent = 0;
  rx_igmp(LAB_PEER, ALL_SYSTEMS, 1, 0x11, 100, 0, NULL, 0);
  rx_igmp(LAB_PEER + 1, LAB_GROUP, 1, 0x16, 0, LAB_GROUP, NULL, 0);
  lab_wait(10001);
  ck_assert_uint_eq(lab_sent, 0);
  ck_assert_int_eq(igmp_leavegroup_netif(&lab_nif, &g), ERR_OK);
  lab_wait(10001);
  ck_assert_uint_eq(lab_sent, 0);
}
END_TEST

/* clang-format off */
static const struct {
  const char *what;
  u32_t src, dst;
  u8_t ttl;
  u8_t more[8];
  u16_t len;              /**< behind the first 8 octets */
  bool answered;
  enum lwip_x_drop why;
} queries[] = {
  { "as it should be",                     LAB_PEER, ALL_SYSTEMS, 1, { 2, 125, 0, 0 },       4, true,  DROP_NONE        },
  { "to our own address",                  LAB_PEER, LAB_US,      1, { 2, 125, 0, 0 },       4, true,  DROP_NONE        },
  { "from 0.0.0.0 (snooping switch)",      0,        ALL_SYSTEMS, 1, { 2, 125, 0, 0 },       4, true,  DROP_NONE        },
  { "from another network (IGMP-03)",      LAB_FAR,  ALL_SYSTEMS, 1, { 2, 125, 0, 0 },       4, false, DROP_IGMP_SOURCE },
  { "through a router",                    LAB_PEER, ALL_SYSTEMS, 2, { 2, 125, 0, 0 },       4, false, DROP_IGMP_SOURCE },
  { "TTL 255",                             LAB_PEER, ALL_SYSTEMS, 255, { 2, 125, 0, 0 },     4, false, DROP_IGMP_SOURCE },
  { "9 octets",                            LAB_PEER, ALL_SYSTEMS, 1, { 2 },                  1, false, DROP_IGMP_SHORT  },
  { "11 octets",                           LAB_PEER, ALL_SYSTEMS, 1, { 2, 125, 0 },          3, false, DROP_IGMP_SHORT  },
  { "65535 sources and none (IGMP-02)",    LAB_PEER, ALL_SYSTEMS, 1, { 2, 125, 0xff, 0xff }, 4, false, DROP_IGMP_SHORT  },
  { "2 sources and one",                   LAB_PEER, ALL_SYSTEMS, 1, { 2, 125, 0, 2, 10, 0, 0, 9 }, 8, false, DROP_IGMP_SHORT },
  { "1 source",                            LAB_PEER, ALL_SYSTEMS, 1, { 2, 125, 0, 1, 10, 0, 0, 9 }, 8, true, DROP_NONE },
};
/* clang-format on */

START_TEST(query_checks)
{
  setup();
  join(LAB_GROUP);
  lab_wait(3000);
  lab_sent = 0;
  rx_igmp(queries[_i].src, queries[_i].dst, queries[_i].ttl, 0x11, 10, 0, queries[_i].more, queries[_i].len);
  lab_wait(1001);
  ck_assert_msg(lab_sent == queries[_i].answered, "%s: %u", queries[_i].what, lab_sent);
  ck_assert_msg(queries[_i].why == DROP_NONE || lwip_x_drops[queries[_i].why] == 1, "%s", queries[_i].what);
  lab_no_leak();
}
END_TEST

START_TEST(a_thousand_sources)
{
  static u8_t more[1384];

  setup();
  join(LAB_GROUP);
  lab_wait(3000);
  lab_sent = 0;
  more[2] = 345 >> 8;
  more[3] = 345 & 255;
  rx_igmp(LAB_PEER, LAB_GROUP, 1, 0x11, 10, LAB_GROUP, more, 4 + 345 * 4);
  lab_wait(1001);
  ck_assert_uint_eq(lab_sent, 1);
  more[2] = 1000 >> 8;
  more[3] = 1000 & 255;
  rx_igmp(LAB_PEER, LAB_GROUP, 1, 0x11, 10, LAB_GROUP, more, 1384);
  ck_assert_uint_eq(lwip_x_drops[DROP_IGMP_SHORT], 1);
}
END_TEST

/* A query that comes in fragments is a query. */
START_TEST(fragmented_query)
{
  u8_t m[16] = { 0x11, 10, 0, 0, 0, 0, 0, 0, 2, 125, 0, 1, 10, 0, 0, 9 };
  struct lab_ip ip = { LAB_PEER, LAB_US, 2, 4, IP4_WIRE_MF, 1, NULL, 0 };

  setup();
  join(LAB_GROUP);
  lab_wait(3000);
  lab_sent = 0;
  be16_put(m + 2, (u16_t)~lab_sum(m, 16));
  lab_rx_ip(&ip, m, 8);
  ip.frag = 1;
  lab_rx_ip(&ip, m + 8, 8);
  lab_wait(1001);
  ck_assert_uint_eq(lab_sent, 1);
  lab_no_leak();
}
END_TEST

/* IGMP-03: a storm of queries makes one answer a group. */
START_TEST(query_storm)
{
  static const u8_t codes[] = { 0, 1, 255 };
  unsigned i;

  setup();
  join(LAB_GROUP);
  join(LAB_GROUP + 1);
  lab_wait(3000);
  lab_sent = 0;
  for (i = 0; i < 300; i++) {
    query3(0, codes[i % 3]);
  }
  lab_wait(5000);
  ck_assert_uint_le(lab_sent, 2);
  ck_assert_uint_ge(lab_sent, 1);
  lab_wait(10000000);
  ck_assert_uint_le(lab_sent, 2);
}
END_TEST

START_TEST(bad_messages)
{
  struct lab_ip ip = { LAB_PEER, ALL_SYSTEMS, 2, 0, 0, 1, NULL, 0 };
  u8_t m[8] = { 0x11, 0, 0, 1, 0, 0, 0, 0 };
  u16_t len;
  unsigned type;

  setup();
  join(LAB_GROUP);
  lab_wait(3000);
  lab_sent = 0;
  for (len = 0; len < 8; len++) {
    lab_rx_ip(&ip, m, len);
  }
  ck_assert_uint_eq(lwip_x_drops[DROP_IGMP_SHORT], 8);
  lab_rx_ip(&ip, m, 8);
  ck_assert_uint_eq(lwip_x_drops[DROP_IGMP_CHKSUM], 1);
  for (type = 0; type < 256; type++) {
    if (type != 0x11) {
      rx_igmp(LAB_PEER, ALL_SYSTEMS, 1, (u8_t)type, 1, LAB_GROUP, NULL, 0);
    }
  }
  lab_wait(10000);
  ck_assert_uint_eq(lab_sent, 0);
  lab_no_leak();
}
END_TEST

START_TEST(link_up_reports_again)
{
  setup();
  join(LAB_GROUP);
  lab_wait(3000);
  netif_set_link_down(&lab_nif);
  lab_sent = 0;
  netif_set_link_up(&lab_nif);
  lab_wait(2000);
  ck_assert_uint_eq(lab_sent, 2);
  check_record(0, 0, 4, LAB_GROUP);
}
END_TEST

START_TEST(without_an_address_nothing_is_said)
{
  const ip4_addr_t none = { 0 }, us = lab_ip4(LAB_US), mask = lab_ip4(0xffffff00u), g = lab_ip4(LAB_GROUP);

  setup();
  netif_set_addr(&lab_nif, &none, &none, &none);
  join(LAB_GROUP);
  lab_wait(5000);
  ck_assert_uint_eq(lab_sent, 0);
  netif_set_addr(&lab_nif, &us, &mask, &none);
  lab_wait(2000);
  ck_assert_uint_eq(lab_sent, 2);
  ck_assert_ptr_nonnull(igmp_lookfor_group(&lab_nif, &g));
}
END_TEST

START_TEST(arguments)
{
  const ip4_addr_t any = { 0 }, us = lab_ip4(LAB_US), other = lab_ip4(LAB_PEER), all = lab_ip4(ALL_SYSTEMS);
  const ip4_addr_t g = lab_ip4(LAB_GROUP);
  unsigned i;

  setup();
  ck_assert_int_eq(igmp_joingroup(&us, &other), ERR_VAL);
  ck_assert_int_eq(igmp_joingroup(&us, &all), ERR_VAL);
  ck_assert_int_eq(igmp_joingroup(&other, &g), ERR_VAL);
  ck_assert_int_eq(igmp_joingroup_netif(NULL, &g), ERR_VAL);
  ck_assert_int_eq(igmp_leavegroup(&us, &g), ERR_VAL);
  ck_assert_int_eq(igmp_joingroup(&us, &g), ERR_OK);
  ck_assert_int_eq(igmp_leavegroup(&us, &g), ERR_OK);
  ck_assert_int_eq(igmp_joingroup(&any, &g), ERR_OK);
  ck_assert_int_eq(igmp_leavegroup(&any, &g), ERR_OK);
  for (i = 0; i < 100; i++) {
    igmp_tmr();
  }
  igmp_init();
}
END_TEST

/* Groups run out: an error, and everything comes back. */
START_TEST(groups_are_bounded)
{
  ip4_addr_t g;
  u32_t i;
  err_t err = ERR_OK;

  setup();
  for (i = 0; err == ERR_OK; i++) {
    g = lab_ip4(LAB_GROUP + i);
    err = igmp_joingroup_netif(&lab_nif, &g);
  }
  ck_assert_int_eq(err, ERR_MEM);
  ck_assert_uint_eq(lab_used(MEMP_IGMP_GROUP), MEMP_NUM_IGMP_GROUP);
  netif_remove(&lab_nif);
  ck_assert_uint_le(lab_used(MEMP_IGMP_GROUP), 1);
  lab_wait(10000);
  ck_assert_uint_eq(timers_sleep(lab_now), TIMERS_NEVER);
}
END_TEST

/* ---- Sources (RFC 3376 sections 3.2, 5.1, 5.2) ---- */

#define S1 0x0a000101u
#define S2 0x0a000102u
#define S3 0x0a000103u
enum { IS_IN = 1, IS_EX, TO_IN, TO_EX, ALLOW, BLOCK };

static err_t source(u32_t s, enum lwip_x_mcast_change change)
{
  const ip4_addr_t g4 = lab_ip4(LAB_GROUP), s4 = lab_ip4(s);
  ip_addr_t group, from;

  ip_addr_copy_from_ip4(group, g4);
  ip_addr_copy_from_ip4(from, s4);
  return lwip_x_mcast_source(&lab_nif, &group, &from, change);
}

/** The last report has one record, with @p n sources: the newest first. */
static void check_sources(u8_t mode, unsigned n, u32_t s1, u32_t s2)
{
  const u8_t *r = lab_out[lab_sent - 1].b + 24 + 8;

  check_out(lab_sent - 1, V3_ROUTERS, 0x22, 1);
  ck_assert_uint_eq(r[0], mode);
  ck_assert_uint_eq(be16_get(r + 2), n);
  ck_assert_uint_eq(be32_get(r + 4), LAB_GROUP);
  ck_assert_uint_eq(lab_out[lab_sent - 1].len, 24 + 8 + 8 + 4 * n);
  if (n > 0) {
    ck_assert_uint_eq(be32_get(r + 8), s1);
  }
  if (n > 1) {
    ck_assert_uint_eq(be32_get(r + 12), s2);
  }
}

/* INCLUDE{} to INCLUDE{A}: ALLOW(A), twice; back: BLOCK(A), twice. */
START_TEST(include_and_forget)
{
  const ip4_addr_t g = lab_ip4(LAB_GROUP);

  setup();
  ck_assert_int_eq(source(S1, LWIP_X_MCAST_INCLUDE), ERR_OK);
  check_sources(ALLOW, 1, S1, 0);
  ck_assert_ptr_nonnull(igmp_lookfor_group(&lab_nif, &g));
  ck_assert_uint_eq(filters[NETIF_ADD_MAC_FILTER], 1);
  ck_assert_int_eq(source(S1, LWIP_X_MCAST_INCLUDE), ERR_OK); /* nested: nothing is said */
  ck_assert_uint_eq(lab_sent, 1);
  lab_wait(1001);
  ck_assert_uint_eq(lab_sent, 2);
  check_sources(ALLOW, 1, S1, 0);
  ck_assert_int_eq(source(S2, LWIP_X_MCAST_INCLUDE), ERR_OK);
  check_sources(ALLOW, 1, S2, 0);
  lab_wait(10000);
  ck_assert_uint_eq(lab_sent, 4);
  query3(0, 10);
  lab_wait(1001);
  check_sources(IS_IN, 2, S2, S1);
  ck_assert_int_eq(source(S1, LWIP_X_MCAST_FORGET), ERR_OK);
  ck_assert_uint_eq(lab_sent, 5);
  ck_assert_int_eq(source(S1, LWIP_X_MCAST_FORGET), ERR_OK);
  check_sources(BLOCK, 1, S1, 0);
  ck_assert_int_eq(source(S1, LWIP_X_MCAST_FORGET), ERR_VAL);
  lab_wait(2000);
  ck_assert_int_eq(source(S2, LWIP_X_MCAST_FORGET), ERR_OK);
  check_sources(BLOCK, 1, S2, 0);
  ck_assert_ptr_null(igmp_lookfor_group(&lab_nif, &g));
  ck_assert_uint_eq(filters[NETIF_DEL_MAC_FILTER], 1);
  lab_wait(2000);
  ck_assert_uint_eq(lab_sent, 9);
  ck_assert_uint_eq(lab_used(MEMP_MCAST_SOURCE), 0);
  ck_assert_uint_eq(lab_used(MEMP_IGMP_GROUP), 2);
  ck_assert_uint_eq(timers_sleep(lab_now), TIMERS_NEVER);
}
END_TEST

/* EXCLUDE{} to EXCLUDE{A}: BLOCK(A); back: ALLOW(A). */
START_TEST(block_and_unblock)
{
  setup();
  ck_assert_int_eq(source(S1, LWIP_X_MCAST_BLOCK), ERR_VAL); /* nobody has joined */
  join(LAB_GROUP);
  lab_wait(2000);
  ck_assert_int_eq(source(S1, LWIP_X_MCAST_BLOCK), ERR_OK);
  check_sources(BLOCK, 1, S1, 0);
  lab_wait(2000);
  query3(LAB_GROUP, 10);
  lab_wait(1001);
  check_sources(IS_EX, 1, S1, 0);
  join(LAB_GROUP); /* a second member that does not block it */
  ck_assert_int_eq(source(S1, LWIP_X_MCAST_BLOCK), ERR_OK);
  ck_assert_int_eq(source(S1, LWIP_X_MCAST_UNBLOCK), ERR_OK);
  ck_assert_int_eq(source(S1, LWIP_X_MCAST_UNBLOCK), ERR_OK);
  check_sources(ALLOW, 1, S1, 0);
  ck_assert_int_eq(source(S1, LWIP_X_MCAST_UNBLOCK), ERR_VAL);
  lab_wait(2000);
  ck_assert_uint_eq(lab_used(MEMP_MCAST_SOURCE), 0);
  query3(LAB_GROUP, 10);
  lab_wait(1001);
  check_sources(IS_EX, 0, 0, 0);
}
END_TEST

/* What one member excludes and another includes is wanted; modes change by TO_EX and TO_IN. */
START_TEST(modes_merge)
{
  const ip4_addr_t g = lab_ip4(LAB_GROUP);

  setup();
  ck_assert_int_eq(source(S1, LWIP_X_MCAST_INCLUDE), ERR_OK);
  lab_wait(2000);
  join(LAB_GROUP);
  check_sources(TO_EX, 0, 0, 0);
  ck_assert_uint_eq(filters[NETIF_ADD_MAC_FILTER], 1);
  ck_assert_int_eq(source(S1, LWIP_X_MCAST_BLOCK), ERR_OK); /* still included by the first */
  ck_assert_int_eq(source(S2, LWIP_X_MCAST_BLOCK), ERR_OK); /* while TO_EX is to be repeated: whole again */
  check_sources(TO_EX, 1, S2, 0);
  lab_wait(5000);
  check_sources(TO_EX, 1, S2, 0);
  ck_assert_int_eq(source(S1, LWIP_X_MCAST_FORGET), ERR_OK);
  check_sources(BLOCK, 1, S1, 0);
  lab_wait(2000);
  ck_assert_int_eq(source(S3, LWIP_X_MCAST_INCLUDE), ERR_OK); /* wanted already */
  check_sources(BLOCK, 1, S1, 0);
  ck_assert_int_eq(source(S1, LWIP_X_MCAST_UNBLOCK), ERR_OK);
  ck_assert_int_eq(source(S2, LWIP_X_MCAST_UNBLOCK), ERR_OK);
  ck_assert_int_eq(igmp_leavegroup_netif(&lab_nif, &g), ERR_OK);
  check_sources(TO_IN, 1, S3, 0);
  ck_assert_ptr_nonnull(igmp_lookfor_group(&lab_nif, &g));
  ck_assert_uint_eq(filters[NETIF_DEL_MAC_FILTER], 0);
  lab_wait(2000);
  ck_assert_uint_eq(lab_used(MEMP_MCAST_SOURCE), 1);
}
END_TEST

/* A query while a change is to be repeated, and a link that comes up, are answered with the whole state. */
START_TEST(sources_whole_state)
{
  setup();
  ck_assert_int_eq(source(S1, LWIP_X_MCAST_INCLUDE), ERR_OK);
  query3(0, 1);
  lab_wait(1001);
  check_sources(TO_IN, 1, S1, 0);
  lab_wait(5000);
  netif_set_link_down(&lab_nif);
  netif_set_link_up(&lab_nif);
  lab_wait(3000);
  check_sources(TO_IN, 1, S1, 0);
}
END_TEST

/* Older queriers know no sources: the group is reported, and left. */
START_TEST(sources_in_version_2)
{
  setup();
  rx_igmp(LAB_PEER, ALL_SYSTEMS, 1, 0x11, 10, 0, NULL, 0);
  lab_sent = 0;
  ck_assert_int_eq(source(S1, LWIP_X_MCAST_INCLUDE), ERR_OK);
  check_out(0, LAB_GROUP, 0x16, LAB_GROUP);
  lab_wait(2000);
  lab_sent = 0;
  ck_assert_int_eq(source(S1, LWIP_X_MCAST_FORGET), ERR_OK);
  check_out(0, ALL_ROUTERS, 0x17, LAB_GROUP);
  lab_wait(2000);
  ck_assert_uint_eq(lab_used(MEMP_MCAST_SOURCE), 0);
  ck_assert_uint_eq(lab_used(MEMP_IGMP_GROUP), 2);
}
END_TEST

START_TEST(sources_are_bounded)
{
  u32_t i;

  setup();
  for (i = 0; i < LWIP_X_MCAST_SOURCES; i++) {
    ck_assert_int_eq(source(S1 + i, LWIP_X_MCAST_INCLUDE), ERR_OK);
  }
  ck_assert_int_eq(source(S1 + i, LWIP_X_MCAST_INCLUDE), ERR_MEM);
  ck_assert_int_eq(source(LAB_GROUP, LWIP_X_MCAST_INCLUDE), ERR_VAL);
  netif_remove(&lab_nif);
  ck_assert_uint_eq(lab_used(MEMP_MCAST_SOURCE), 0);
}
END_TEST

START_TEST(start_and_stop)
{
  const ip4_addr_t all = lab_ip4(ALL_SYSTEMS);

  setup();
  ck_assert_ptr_nonnull(igmp_lookfor_group(&lab_nif, &all));
  ck_assert_ptr_eq(netif_igmp_data(&lab_nif), igmp_lookfor_group(&lab_nif, &all));
  ck_assert_int_eq(igmp_start(&lab_nif), ERR_OK);
  join(LAB_GROUP);
  ck_assert_int_eq(igmp_stop(&lab_nif), ERR_OK);
  ck_assert_ptr_null(netif_igmp_data(&lab_nif));
  ck_assert_uint_eq(filters[NETIF_DEL_MAC_FILTER], 2);
  igmp_report_groups(&lab_nif);
  lab_sent = 0;
  lab_wait(10000);
  ck_assert_uint_eq(lab_sent, 0);
  ck_assert_int_eq(igmp_start(&lab_nif), ERR_OK);
}
END_TEST

static void add_tests(TCase *tc)
{
  tcase_add_test(tc, join_and_leave_v3);
  tcase_add_test(tc, leave_and_join_again);
  tcase_add_test(tc, general_query_v3);
  tcase_add_test(tc, group_query_v3);
  tcase_add_test(tc, version_2);
  tcase_add_test(tc, version_1);
  tcase_add_test(tc, suppression_v2);
  tcase_add_loop_test(tc, query_checks, 0, (int)(sizeof queries / sizeof queries[0]));
  tcase_add_test(tc, a_thousand_sources);
  tcase_add_test(tc, fragmented_query);
  tcase_add_test(tc, query_storm);
  tcase_add_test(tc, bad_messages);
  tcase_add_test(tc, link_up_reports_again);
  tcase_add_test(tc, without_an_address_nothing_is_said);
  tcase_add_test(tc, arguments);
  tcase_add_test(tc, groups_are_bounded);
  tcase_add_test(tc, start_and_stop);
  tcase_add_test(tc, include_and_forget);
  tcase_add_test(tc, block_and_unblock);
  tcase_add_test(tc, modes_merge);
  tcase_add_test(tc, sources_whole_state);
  tcase_add_test(tc, sources_in_version_2);
  tcase_add_test(tc, sources_are_bounded);
}

LAB_MAIN("igmp")
