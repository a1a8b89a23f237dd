/** Router advertisements: RFC 4861 section 6.3.4, RFC 4862 section 5.5, RFC 4191, 8028, 8106; where packets go because of them. */
#include "nd6_lab.h"
#include "lwip/x_dns_search.h"

#define US_G "2001:db8:1::ff:fe00:1"
#define FAR "2001:db8:ffff::1"

static void ra(u16_t life_s, u8_t flags, const char *src, const u8_t *mac)
{
  struct lab_msg m;

  ra_begin(&m, life_s, flags, mac);
  ra_rx(&m, src);
}

/** The interface a packet to @p to would take, and the neighbour: by sending one.  @return index of the solicitation or datagram */
static void check_goes_to(const char *to, const u8_t *mac)
{
  lab_sent = 0;
  ck_assert_int_eq(lab_send(to, 9), ERR_OK);
  ck_assert_uint_ge(lab_sent, 1);
  ck_assert_int_eq(out_datagram(0), 9);
  check_mac(0, mac);
}

/* 5.5.3, 6.3.4: an address is made, probed, used; the prefix is on the link; the rest goes to the router. */
START_TEST(whole)
{
  lab_setup();
  lab_router(86400, 14400);
  ck_assert_uint_ne(ip6_addr_istentative(state_of(US_G)), 0);
  lab_wait(2001);
  ck_assert_uint_eq(state_of(US_G), IP6_ADDR_PREFERRED);
  check_goes_to(FAR, mac_r);
  check_addrs(0, US_G, FAR);
  lab_sent = 0;
  lab_send("2001:db8:1::77", 1);
  check_target(0, "2001:db8:1::77");
}
END_TEST

/* No advertisement, no route (RFC 4943). */
START_TEST(no_router)
{
  lab_setup();
  ck_assert_int_eq(lab_send(FAR, 1), ERR_RTE);
  ck_assert_uint_eq(lab_sent, 0);
}
END_TEST

/* 6.3.4, RFC 4862 5.5.3: prefixes that make no address, or are not on the link. */
static const struct prefix_row {
  const char *what;
  const char *prefix;
  u8_t len, flags;
  u32_t valid_s, preferred_s;
  bool makes_address, on_link;
} prefix_rows[] = {
  { "both", "2001:db8:1::", 64, 0xc0, 86400, 14400, true, true },
  { "autonomous only", "2001:db8:1::", 64, 0x40, 86400, 14400, true, false },
  { "on link only", "2001:db8:1::", 64, 0x80, 86400, 14400, false, true },
  { "neither", "2001:db8:1::", 64, 0, 86400, 14400, false, false },
  { "for ever", "2001:db8:1::", 64, 0xc0, 0xffffffff, 0xffffffff, true, true },
  { "valid 0", "2001:db8:1::", 64, 0xc0, 0, 0, false, false },
  { "preferred for longer than valid", "2001:db8:1::", 64, 0xc0, 100, 200, false, false },
  { "48 bits: no address", "2001:db8:1::", 48, 0xc0, 86400, 14400, false, true },
  { "65 bits: no address", "2001:db8:1::", 65, 0xc0, 86400, 14400, false, true },
  { "127 bits", "2001:db8:1::", 127, 0xc0, 86400, 14400, false, false },
  { "128 bits", "2001:db8:1::", 128, 0xc0, 86400, 14400, false, false },
  { "129 bits", "2001:db8:1::", 129, 0xc0, 86400, 14400, false, false },
  { "255 bits", "2001:db8:1::", 255, 0xc0, 86400, 14400, false, false },
  { "0 bits", "2001:db8:1::", 0, 0xc0, 86400, 14400, false, false },
  { "link-local", "fe80::", 64, 0xc0, 86400, 14400, false, false },
  { "a group", "ff02::", 64, 0xc0, 86400, 14400, false, false },
  { "zeros", "::", 64, 0xc0, 86400, 14400, false, false },
};

START_TEST(prefixes)
{
  const struct prefix_row *r = &prefix_rows[_i];
  struct lab_msg m;
  unsigned i, n = 0;

  lab_setup();
  ra_begin(&m, 0, 0, mac_r);
  ra_prefix(&m, r->prefix, r->len, r->flags, r->valid_s, r->preferred_s);
  ra_rx(&m, LL_R);
  lab_wait(2001);
  for (i = 1; i < LWIP_IPV6_NUM_ADDRESSES; i++) {
    n += !ip6_addr_isinvalid(netif_ip6_addr_state(&lab_nif, i));
  }
  ck_assert_msg(n == r->makes_address, "%s: %u addresses", r->what, n);
  lab_sent = 0;
  lab_send("2001:db8:1::77", 1);
  ck_assert_msg((out_count(135, NULL) == 1) == r->on_link, "%s", r->what);
}
END_TEST

/* RFC 4862 5.5.3 (e): what an advertisement makes of the lifetime that is left. */
static const struct life_row {
  const char *what;
  u32_t left_s, told_s, becomes_s;
} life_rows[] = {
  { "more than two hours: taken", 86400, 10000, 10000 },
  { "more than is left: taken", 3000, 4000, 4000 },
  { "less, and two hours or less are left: ignored", 7000, 100, 7000 },
  { "less, and more are left: two hours", 86400, 100, 7200 },
  { "zero: two hours", 86400, 0, 7200 },
  { "zero, an hour left: ignored", 3600, 0, 3600 },
  { "for ever: taken", 3600, 0xffffffff, 0xffffffff },
  { "for ever becomes two hours", 0xffffffff, 0, 7200 },
};

START_TEST(two_hours)
{
  const struct life_row *r = &life_rows[_i];

  lab_setup();
  lab_router(r->left_s, r->left_s);
  ck_assert_int_ge(slot_of(US_G), 1);
  lab_router(r->told_s, 0);
  ck_assert_msg(netif_ip6_addr_valid_life(&lab_nif, slot_of(US_G)) == r->becomes_s, "%s: %u", r->what,
                (unsigned)netif_ip6_addr_valid_life(&lab_nif, slot_of(US_G)));
  ck_assert_uint_eq(netif_ip6_addr_pref_life(&lab_nif, slot_of(US_G)), 0);
}
END_TEST

/* 5.5.4: deprecated, preferred again, deprecated, gone; on demand, to the second. */
START_TEST(lifetimes)
{
  lab_setup();
  lab_router(10000, 100);
  lab_wait(99000);
  ck_assert_uint_eq(state_of(US_G), IP6_ADDR_PREFERRED);
  ck_assert_uint_eq(netif_ip6_addr_valid_life(&lab_nif, slot_of(US_G)), 10000 - 99);
  lab_wait(2000);
  ck_assert_uint_eq(state_of(US_G), IP6_ADDR_DEPRECATED);
  lab_router(10000, 100);
  lab_wait(1);
  ck_assert_uint_eq(state_of(US_G), IP6_ADDR_PREFERRED);
  lab_wait(9998000);
  ck_assert_uint_eq(state_of(US_G), IP6_ADDR_DEPRECATED);
  lab_wait(3000);
  ck_assert_uint_eq(state_of(US_G), IP6_ADDR_INVALID);
}
END_TEST

/* A lifetime may be longer than the clock of milliseconds. */
START_TEST(long_lifetime)
{
  int days;

  lab_setup();
  lab_router(60 * 86400, 55 * 86400);
  for (days = 0; days < 54; days++) {
    lab_router(60 * 86400 - (u32_t)days * 86400, 55 * 86400 - (u32_t)days * 86400);
    lab_wait(86400000);
    lab_sent = 0;
  }
  ck_assert_uint_eq(state_of(US_G), IP6_ADDR_PREFERRED);
  lab_wait(86400000 + 2000);
  ck_assert_uint_eq(state_of(US_G), IP6_ADDR_DEPRECATED);
  for (days = 0; days < 5; days++) {
    ck_assert_uint_eq(state_of(US_G), IP6_ADDR_DEPRECATED);
    lab_sent = 0;
    lab_wait(86400000);
  }
  ck_assert_uint_eq(state_of(US_G), IP6_ADDR_INVALID);
}
END_TEST

/* The program's own lifetimes (netif.h). */
START_TEST(lifetime_by_hand)
{
  const ip6_addr_t a = a6("2001:db8:9::1");

  lab_setup();
  netif_ip6_addr_set(&lab_nif, 1, &a);
  netif_ip6_addr_set_state(&lab_nif, 1, IP6_ADDR_PREFERRED);
  ck_assert(netif_ip6_addr_isstatic(&lab_nif, 1));
  netif_ip6_addr_set_valid_life(&lab_nif, 1, 20);
  netif_ip6_addr_set_pref_life(&lab_nif, 1, 10);
  lab_wait(5000);
  ck_assert_uint_eq(netif_ip6_addr_valid_life(&lab_nif, 1), 15);
  lab_wait(6000);
  ck_assert_uint_eq(netif_ip6_addr_state(&lab_nif, 1), IP6_ADDR_DEPRECATED);
  lab_wait(10000);
  ck_assert_uint_eq(netif_ip6_addr_state(&lab_nif, 1), IP6_ADDR_INVALID);
}
END_TEST

/* RA-05: who may speak. */
START_TEST(not_link_local)
{
  struct lab_msg m;

  lab_setup();
  ra_begin(&m, 1800, 0, mac_r);
  ra_prefix(&m, "2001:db8:1::", 64, 0xc0, 86400, 14400);
  ra_rx(&m, "2001:db8:1::aa");
  ra_rx(&m, "::");
  ck_assert_int_eq(slot_of(US_G), -1);
  ck_assert_int_eq(lab_send(FAR, 1), ERR_RTE);
}
END_TEST

/* 6.3.4: the parameters, and their bounds. */
START_TEST(parameters)
{
  struct lab_msg m;

  lab_setup();
  ck_assert_uint_eq(netif_mtu6(&lab_nif), 1500);
  ra_begin(&m, 1800, 0, mac_r);
  m.b[4] = 77;
  be32_put(m.b + 8, 60000);
  be32_put(m.b + 12, 500);
  ra_mtu(&m, 1400);
  ra_rx(&m, LL_R);
  ck_assert_uint_eq(netif_mtu6(&lab_nif), 1400);
  ck_assert_uint_eq(lab_nif.x_nd6.hop_limit, 77);
  ck_assert_uint_eq(lab_nif.x_nd6.retrans_ms, 500);
  ck_assert_uint_ge(lab_nif.x_nd6.reachable_ms, 30000);
  ck_assert_uint_lt(lab_nif.x_nd6.reachable_ms, 90000);
  ra_begin(&m, 1800, 0, mac_r); /* unspecified: nothing changes */
  m.b[4] = 0;
  ra_rx(&m, LL_R);
  ra_begin(&m, 1800, 0, mac_r); /* impossible, or to our harm: the same */
  m.b[4] = 1;
  be32_put(m.b + 8, 3600001);
  be32_put(m.b + 12, 1);
  ra_mtu(&m, 1279);
  ra_mtu(&m, 1501);
  ra_mtu(&m, 0);
  ra_mtu(&m, 0xffffffff);
  ra_rx(&m, LL_R);
  ck_assert_uint_eq(netif_mtu6(&lab_nif), 1400);
  ck_assert_uint_eq(lab_nif.x_nd6.hop_limit, 77);
  ck_assert_uint_eq(lab_nif.x_nd6.retrans_ms, 500);
  ck_assert_uint_eq(lab_nif.x_nd6.base_reachable_ms, 60000);
  netif_set_link_down(&lab_nif); /* another link: forgotten */
  ck_assert_uint_eq(netif_mtu6(&lab_nif), 1500);
  ck_assert_uint_eq(lab_nif.x_nd6.hop_limit, 0);
}
END_TEST

/* 6.3.4, 6.3.6: a router whose time is over, by the clock or by its own word. */
START_TEST(router_goes)
{
  lab_setup();
  lab_router(86400, 14400);
  lab_wait(2001);
  check_goes_to(FAR, mac_r);
  ra(0, 0, LL_R, mac_r);
  ck_assert_int_eq(lab_send(FAR, 1), ERR_RTE);
  ra(100, 0, LL_R, mac_r);
  check_goes_to(FAR, mac_r);
  lab_wait(101000);
  ck_assert_int_eq(lab_send(FAR, 1), ERR_RTE);
  ck_assert_uint_ge(out_count(133, NULL), 1); /* and others are asked for */
}
END_TEST

/* 7.2.5: a router that says it is none any more is not used as one. */
START_TEST(router_resigns)
{
  lab_setup();
  lab_router(86400, 14400);
  lab_wait(2001);
  check_goes_to(FAR, mac_r);
  rx_na(LL_R, LL_US, LL_R, mac_r, 0xe0);
  check_goes_to(FAR, mac_r);
  rx_na(LL_R, LL_US, LL_R, mac_r, 0x60);
  ck_assert_int_eq(lab_send(FAR, 1), ERR_RTE);
}
END_TEST

/* 6.3.6: dead gateway detection: the other router takes over, and gives way again when the first is back. */
START_TEST(router_dies)
{
  lab_setup();
  lab_router(86400, 14400);
  ra(1800, 0, LL_R2, mac_r2);
  lab_wait(2001);
  check_goes_to(FAR, mac_r);
  lab_wait(8500); /* DELAY, three probes */
  check_goes_to(FAR, mac_r2);
  lab_wait(8500); /* the other one is dead too: turns */
  lab_sent = 0;
  lab_send(FAR, 3);
  check_target(0, LL_R);
  rx_na(LL_R, LL_US, LL_R, mac_r, 0xe0);
  check_goes_to(FAR, mac_r);
}
END_TEST

/** An advertisement of the prefix we have our address from. */
static void ra_home(u8_t flags, const char *src, const u8_t *mac)
{
  struct lab_msg m;

  ra_begin(&m, 1800, flags, mac);
  ra_prefix(&m, "2001:db8:1::", 64, 0xc0, 86400, 14400);
  ra_rx(&m, src);
}

/* RFC 4191 section 2.1: preferences; the reserved one is medium. */
START_TEST(preferences)
{
  lab_setup();
  ra_home(0, LL_R, mac_r);
  lab_wait(2001);
  ra_home(0x08, LL_R2, mac_r2);
  check_goes_to(FAR, mac_r2);
  ra_home(0x18, LL_R2, mac_r2);
  check_goes_to(FAR, mac_r);
  ra_home(0x18, LL_R, mac_r);
  ra_home(0x10, LL_R2, mac_r2);
  check_goes_to(FAR, mac_r2);
}
END_TEST

/* A full list: only who is preferred gets in. */
START_TEST(too_many_routers)
{
  char addr[40];
  unsigned i;

  lab_setup();
  lab_router(86400, 14400);
  lab_wait(2001);
  for (i = 0; i < 50; i++) {
    snprintf(addr, sizeof addr, "fe80::bad:%x", i + 1);
    ra(1800, 0, addr, mac_evil);
  }
  check_goes_to(FAR, mac_r);
  ra_home(0x08, LL_R2, mac_r2);
  check_goes_to(FAR, mac_r2);
}
END_TEST

/* RFC 4191 section 2.3: routes; the longest wins, then the preferred; a router without a default route has them too (3.1, type C). */
START_TEST(routes)
{
  struct lab_msg m;

  lab_setup();
  lab_router(86400, 14400);
  lab_wait(2001);
  ra_begin(&m, 0, 0, mac_r2);
  ra_route(&m, "2001:db8:ffff::", 48, 0, 1000);
  ra_rx(&m, LL_R2);
  check_goes_to(FAR, mac_r2);
  check_goes_to("2001:db8:eeee::1", mac_r);
  ra_begin(&m, 1800, 0, mac_r);
  ra_route(&m, "2001:db8:ffff::", 64, 0, 1000);
  ra_route(&m, "2001:db8:eeee::", 64, 0x10, 1000); /* reserved preference: ignored */
  ra_rx(&m, LL_R);
  check_goes_to(FAR, mac_r);
  ra_begin(&m, 1800, 0, mac_r);
  ra_route(&m, "2001:db8:ffff::", 64, 0, 0);
  ra_rx(&m, LL_R);
  check_goes_to(FAR, mac_r2);
  lab_wait(1001000);
  ra(1800, 0, LL_R, mac_r);
  check_goes_to(FAR, mac_r);
}
END_TEST

/* A route to the link itself, or to groups, is none. */
START_TEST(routes_to_nowhere)
{
  struct lab_msg m;
  unsigned i;

  lab_setup();
  ra_begin(&m, 1800, 0, mac_r);
  ra_route(&m, "fe80::", 64, 0, 1000);
  ra_route(&m, "ff02::", 16, 0, 1000);
  ra_rx(&m, LL_R);
  for (i = 0; i < LWIP_ND6_NUM_PREFIXES; i++) {
    ck_assert_ptr_null(prefix_list[i].netif);
  }
}
END_TEST

/* RFC 8028: packets go to the router that gave the prefix of their source. */
START_TEST(source_decides)
{
  struct udp_pcb *pcb;
  ip_addr_t to, from;
  struct lab_msg m;
  struct pbuf *p;

  lab_setup();
  lab_router(86400, 14400);
  ra_begin(&m, 1800, 0, mac_r2);
  ra_prefix(&m, "2001:db8:2::", 64, 0xc0, 86400, 14400);
  ra_rx(&m, LL_R2);
  lab_wait(2001);
  pcb = udp_new_ip_type(IPADDR_TYPE_V6);
  ip_addr_copy_from_ip6(from, a6("2001:db8:2::ff:fe00:1"));
  ip_addr_copy_from_ip6(to, a6(FAR));
  ck_assert_int_eq(udp_bind(pcb, &from, 0), ERR_OK);
  p = pbuf_alloc(PBUF_TRANSPORT, 1, PBUF_RAM);
  lab_sent = 0;
  ck_assert_int_eq(udp_sendto(pcb, p, &to, 9), ERR_OK);
  pbuf_free(p);
  ck_assert_uint_eq(lab_sent, 1);
  check_mac(0, mac_r2);
  udp_remove(pcb);
}
END_TEST

static void redirect(const char *src, const char *dst, const char *target, const u8_t *mac)
{
  const struct lab_ip6 ip = { src, US_G, NULL, 0, false, false };
  struct lab_msg m;

  msg_begin(&m, 137, 40);
  msg_target(&m, 8, target);
  msg_target(&m, 24, dst);
  if (mac != NULL) {
    msg_lladdr(&m, 2, mac);
  }
  lab_rx(&ip, m.b, m.len);
}

/* 8.1, 8.3, RD-01 */
START_TEST(redirects)
{
  lab_setup();
  lab_router(86400, 14400);
  lab_wait(2001);
  check_goes_to(FAR, mac_r);
  redirect(LL_PEER, FAR, LL_R2, mac_evil);          /* not our router */
  redirect("2001:db8:1::aa", FAR, LL_R2, mac_evil); /* not link-local */
  redirect(LL_R, ALL_NODES, LL_R2, mac_evil);       /* a group */
  redirect(LL_R, FAR, "2001:db8:1::bad", mac_evil); /* to a station that is not the destination */
  redirect(LL_R, FAR, US_G, mac_evil);              /* to ourselves */
  redirect(LL_R, FAR, LL_US, mac_evil);
  check_goes_to(FAR, mac_r);
  redirect(LL_R, FAR, LL_R2, mac_r2); /* a better router */
  check_goes_to(FAR, mac_r2);
  check_goes_to("2001:db8:ffff::2", mac_r);
  redirect(LL_R, "2001:db8:ffff::2", "2001:db8:ffff::2", mac_peer); /* it is on the link */
  check_goes_to("2001:db8:ffff::2", mac_peer);
  redirect(LL_R, FAR, LL_R, mac_r); /* the former no longer has a say in it */
  check_goes_to(FAR, mac_r2);
  nd6_clear_destination_cache();
  check_goes_to(FAR, mac_r);
}
END_TEST

/* RFC 8106 and RA-04 */
START_TEST(dns_servers)
{
  struct lab_msg m;
  ip_addr_t a, b;

  lab_setup();
  ip_addr_copy_from_ip6(a, a6("2001:db8:1::53"));
  ip_addr_copy_from_ip6(b, a6("fe80::53"));
  ra_begin(&m, 1800, 0, mac_r);
  ra_rdnss(&m, "2001:db8:1::53", 600);
  ra_rx(&m, LL_R);
  ck_assert(ip_addr_eq(dns_getserver(0), &a));
  ra_begin(&m, 1800, 0, mac_r);
  ra_rdnss(&m, "fe80::53", 100);
  ra_rx(&m, LL_R);
  ck_assert(ip_addr_eq(dns_getserver(1), &b));
  ra_begin(&m, 1800, 0, mac_r);
  ra_rdnss(&m, "2001:db8:1::54", 600); /* a third: no room */
  ra_rx(&m, LL_R);
  ck_assert(ip_addr_eq(dns_getserver(0), &a));
  lab_wait(101000);
  ck_assert(ip_addr_isany(dns_getserver(1)));
  ra_begin(&m, 1800, 0, mac_r);
  ra_rdnss(&m, "2001:db8:1::53", 0);
  ra_rx(&m, LL_R);
  ck_assert(ip_addr_isany(dns_getserver(0)));
}
END_TEST

static const u8_t bad_rdnss[][2] = { { 1, 8 }, { 2, 16 }, { 4, 32 } };

START_TEST(bad_dns_servers)
{
  struct lab_msg m;
  u8_t o[32] = { 25, 0, 0, 0, 0, 0, 2, 0, 0x20, 1 };

  lab_setup();
  o[1] = bad_rdnss[_i][0];
  ra_begin(&m, 1800, 0, mac_r);
  msg_add(&m, o, bad_rdnss[_i][1]);
  ra_rx(&m, LL_R);
  ck_assert(_i == 2 || ip_addr_isany(dns_getserver(0)));
}
END_TEST

/* An IPv4 server stays; the link goes, and what routers said with it. */
START_TEST(dns_servers_of_both)
{
  ip_addr_t v4 = IPADDR4_INIT_BYTES(10, 0, 0, 53);
  struct lab_msg m;

  lab_setup();
  dns_setserver(0, &v4);
  ra_begin(&m, 1800, 0, mac_r);
  ra_rdnss(&m, "2001:db8:1::53", 600);
  ra_rdnss(&m, "2001:db8:1::54", 600);
  ra_rx(&m, LL_R);
  ck_assert(ip_addr_eq(dns_getserver(0), &v4));
  ck_assert(IP_IS_V6(dns_getserver(1)));
  netif_set_link_down(&lab_nif);
  ck_assert(ip_addr_eq(dns_getserver(0), &v4));
  ck_assert(ip_addr_isany(dns_getserver(1)));
}
END_TEST

/* --- search domains --- */

/** An option with @p len octets of names, padded to eights. */
static void ra_dnssl(struct lab_msg *m, const char *names, size_t len, u32_t life_s)
{
  u8_t o[256] = { 31 };
  const size_t octets = (8 + len + 7) / 8 * 8;

  o[1] = (u8_t)(octets / 8);
  be32_put(o + 4, life_s);
  memcpy(o + 8, names, len);
  msg_add(m, o, octets);
}

static void rx_dnssl(const char *names, size_t len, u32_t life_s)
{
  struct lab_msg m;

  ra_begin(&m, 1800, 0, mac_r);
  ra_dnssl(&m, names, len, life_s);
  ra_rx(&m, LL_R);
}

#define TWO_NAMES "\3lab\7example\3net\0\4corp\0"

/* RFC 8106 5.2, 5.3.1, 6.1: several in one option, in order, each for its time, and gone when the router says so. */
START_TEST(search_domains)
{
  lab_setup();
  rx_dnssl(TWO_NAMES, sizeof TWO_NAMES - 1, 600);
  ck_assert_str_eq(lwip_x_dns_search(0), "lab.example.net");
  ck_assert_str_eq(lwip_x_dns_search(1), "corp");
  ck_assert_ptr_null(lwip_x_dns_search(2));
  rx_dnssl("\3far\0", 5, 0xffffffff);
  ck_assert_str_eq(lwip_x_dns_search(2), "far");
  rx_dnssl("\4more\0", 6, 600); /* no room: those that were there stay */
  ck_assert_str_eq(lwip_x_dns_search(2), "far");
  rx_dnssl("\3lab\7example\3net\0", 17, 0);
  ck_assert_str_eq(lwip_x_dns_search(0), "corp");
  ck_assert_ptr_null(lwip_x_dns_search(2));
  lab_wait(601000);
  ck_assert_str_eq(lwip_x_dns_search(0), "far");
  ck_assert_ptr_null(lwip_x_dns_search(1));
  netif_set_link_down(&lab_nif);
  ck_assert_ptr_null(lwip_x_dns_search(0));
}
END_TEST

/** Names that are none; what stands in front of them counts. */
static const struct {
  const char *what, *names;
  size_t len;
} bad_names[] = {
  { "nothing", "\0\0\0\0\0\0\0\0", 8 },
  { "no octets at all", "", 0 },
  { "a label past the end", "\77abcdefg", 8 },
  { "a name without an end", "\7abcdefg", 8 },
  { "compressed", "\3abc\300\0", 6 },
  { "a dot in a label", "\3a.c\0", 5 },
  { "a control character", "\3a\nc\0", 5 },
  { "a zero in a label", "\3a\0c\0", 5 },
  { "longer than there is room for", "\76aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgg\3hhh\0", 68 },
};

START_TEST(bad_search_domains)
{
  lab_setup();
  rx_dnssl(bad_names[_i].names, bad_names[_i].len, 600);
  ck_assert_msg(lwip_x_dns_search(0) == NULL, "%s: %s", bad_names[_i].what, lwip_x_dns_search(0));
  lab_no_leak();
}
END_TEST

/* Octets as they come, many of them lengths and letters: what is kept is text of names. */
START_TEST(search_domains_of_noise)
{
  static const char letters[] = "\1\2\3\0abc-._\n\77\300";
  char names[200];
  u32_t n = 4711;
  int round;

  lab_setup();
  for (round = 0; round < 3000; round++) {
    const size_t len = (size_t)round % sizeof names;
    const char *name;
    size_t i;
    u8_t k;
    for (i = 0; i < len; i++) {
      n = n * 1664525u + 1013904223u;
      names[i] = (n >> 28) < 14 ? letters[(n >> 20) % (sizeof letters - 1)] : (char)(n >> 16);
    }
    rx_dnssl(names, len, (n & 1) == 0 ? 600 : 0);
    for (k = 0; (name = lwip_x_dns_search(k)) != NULL; k++) {
      ck_assert_uint_lt(strlen(name), LWIP_X_DNS_SEARCH_LEN);
      ck_assert_uint_eq(strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."),
                        strlen(name));
      ck_assert(name[0] != '.' && name[0] != '\0');
    }
    ck_assert_uint_le(k, LWIP_X_ND6_DNSSL);
  }
  lab_no_leak();
}
END_TEST

/* A cable is pulled and put back: addresses stay, second choice until a router confirms them. */
START_TEST(another_link)
{
  lab_setup();
  lab_router(86400, 14400);
  lab_wait(2001);
  netif_set_link_down(&lab_nif);
  netif_set_link_up(&lab_nif);
  ck_assert_uint_ne(ip6_addr_isvalid(state_of(US_G)), 0);
  lab_wait(2001);
  ck_assert_uint_eq(state_of(US_G), IP6_ADDR_DEPRECATED);
  ck_assert_int_eq(lab_send(FAR, 1), ERR_RTE);
  ck_assert_uint_ge(out_count(133, NULL), 1);
  lab_router(86400, 14400);
  lab_wait(1);
  ck_assert_uint_eq(state_of(US_G), IP6_ADDR_PREFERRED);
}
END_TEST

/* PMTU of one destination (RFC 8201): down, never up, never under 1280, for ten minutes. */
START_TEST(path_mtu)
{
  const ip6_addr_t far = a6(FAR);

  lab_setup();
  lab_router(86400, 14400);
  nd6_learn_mtu(&far, &lab_nif, 1400);
  ck_assert_uint_eq(nd6_get_destination_mtu(&far, &lab_nif), 1400);
  nd6_learn_mtu(&far, &lab_nif, 1450);
  nd6_learn_mtu(&far, &lab_nif, 1000);
  nd6_learn_mtu(&far, &lab_nif, 0);
  ck_assert_uint_eq(nd6_get_destination_mtu(&far, &lab_nif), 1400);
  lab_wait(601000);
  ck_assert_uint_eq(nd6_get_destination_mtu(&far, &lab_nif), 1500);
}
END_TEST

/* Options of all sorts, in one advertisement that has nothing right about it (RA-01, RA-02): nothing but the router is learned. */
START_TEST(hostile_advertisement)
{
  struct lab_msg m;
  u8_t o[8] = { 0 };
  unsigned i;

  lab_setup();
  ra_begin(&m, 1800, 0xc0, mac_r);
  for (i = 0; i < 150; i++) {
    o[0] = (u8_t)i;
    o[1] = 1;
    o[2] = 0xff;
    msg_add(&m, o, 8);
  }
  ra_rx(&m, LL_R);
  for (i = 1; i < LWIP_IPV6_NUM_ADDRESSES; i++) {
    ck_assert(ip6_addr_isinvalid(netif_ip6_addr_state(&lab_nif, i)));
  }
  ck_assert_uint_eq(netif_mtu6(&lab_nif), 1500);
  lab_no_leak();
}
END_TEST

/* Hundreds of prefixes: as many addresses as there is room for, and those that were there stay. */
START_TEST(prefix_flood)
{
  struct lab_msg m;
  char prefix[40];
  unsigned i;

  lab_setup();
  lab_router(86400, 14400);
  lab_wait(2001);
  for (i = 0; i < 300; i++) {
    snprintf(prefix, sizeof prefix, "2001:db8:bad:%x::", i + 1);
    ra_begin(&m, 1800, 0, mac_r);
    ra_prefix(&m, prefix, 64, 0xc0, 86400, 14400);
    ra_rx(&m, LL_R);
    lab_sent = 0;
  }
  lab_wait(2001);
  ck_assert_uint_eq(state_of(US_G), IP6_ADDR_PREFERRED);
  lab_sent = 0;
  lab_send("2001:db8:1::77", 1);
  check_target(0, "2001:db8:1::77");
}
END_TEST

/* Autoconfiguration is asked for by the program. */
START_TEST(not_asked_for)
{
  lab_setup();
  lab_nif.ip6_autoconfig_enabled = 0;
  lab_router(86400, 14400);
  ck_assert_int_eq(slot_of(US_G), -1);
}
END_TEST

static void add_tests(TCase *tc)
{
  tcase_add_test(tc, whole);
  tcase_add_test(tc, no_router);
  tcase_add_loop_test(tc, prefixes, 0, sizeof prefix_rows / sizeof prefix_rows[0]);
  tcase_add_loop_test(tc, two_hours, 0, sizeof life_rows / sizeof life_rows[0]);
  tcase_add_test(tc, lifetimes);
  tcase_add_test(tc, long_lifetime);
  tcase_add_test(tc, lifetime_by_hand);
  tcase_add_test(tc, not_link_local);
  tcase_add_test(tc, parameters);
  tcase_add_test(tc, router_goes);
  tcase_add_test(tc, router_resigns);
  tcase_add_test(tc, router_dies);
  tcase_add_test(tc, preferences);
  tcase_add_test(tc, too_many_routers);
  tcase_add_test(tc, routes);
  tcase_add_test(tc, routes_to_nowhere);
  tcase_add_test(tc, source_decides);
  tcase_add_test(tc, redirects);
  tcase_add_test(tc, dns_servers);
  tcase_add_loop_test(tc, bad_dns_servers, 0, 3);
  tcase_add_test(tc, dns_servers_of_both);
  tcase_add_test(tc, search_domains);
  tcase_add_loop_test(tc, bad_search_domains, 0, LWIP_ARRAYSIZE(bad_names));
  tcase_add_test(tc, search_domains_of_noise);
  tcase_add_test(tc, another_link);
  tcase_add_test(tc, path_mtu);
  tcase_add_test(tc, hostile_advertisement);
  tcase_add_test(tc, prefix_flood);
  tcase_add_test(tc, not_asked_for);
}

LAB_MAIN("nd6_ra")
