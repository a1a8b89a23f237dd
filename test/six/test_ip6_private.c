/** Addresses that do not follow a device: opaque ones (RFC 7217), temporary ones (RFC 8981), used at once (RFC 4429). */
#include "nd6_lab.h"
#include "lwip/dhcp6.h"

#define DAY_S 86400u

static u8_t secret[16] = "a device's own";

void lwip_x_ip6_secret(u8_t key[16])
{
  memcpy(key, secret, sizeof secret);
}

static const ip6_addr_t *our(s8_t slot)
{
  return netif_ip6_addr(&lab_nif, slot);
}

/** The text of an address of ours, as the lab wants it. */
static const char *text(s8_t slot)
{
  static char t[4][IP6ADDR_STRLEN_MAX];
  static unsigned n;
  ip6_addr_t a = *our(slot);

  ip6_addr_clear_zone(&a);
  n = (n + 1) % 4;
  return ip6addr_ntoa_r(&a, t[n], IP6ADDR_STRLEN_MAX);
}

/** The slot with an address of @p prefix from @p origin that is the @p nth, or -1. */
static s8_t slot_from(const char *prefix, u8_t origin, int nth)
{
  const ip6_addr_t p = a6(prefix);
  s8_t i;

  for (i = 0; i < LWIP_IPV6_NUM_ADDRESSES; i++) {
    if (!ip6_addr_isinvalid(netif_ip6_addr_state(&lab_nif, i)) && lab_nif.x_nd6.origin[i] == origin &&
        ip6_addr_net_zoneless_eq(our(i), &p) && nth-- == 0) {
      return i;
    }
  }
  return -1;
}

#define NET1 "2001:db8:1::"
#define NET2 "2001:db8:2::"

static void advertise(const char *prefix, u32_t valid_s, u32_t preferred_s)
{
  struct lab_msg m;

  ra_begin(&m, 1800, 0, mac_r);
  ra_prefix(&m, prefix, 64, 0xc0, valid_s, preferred_s);
  ra_rx(&m, LL_R);
}

static bool same_id(const ip6_addr_t *a, const ip6_addr_t *b)
{
  return a->addr[2] == b->addr[2] && a->addr[3] == b->addr[3];
}

/* --- RFC 7217 --- */

/** The identifiers of fe80::, NET1 and NET2. */
static void identifiers(ip6_addr_t id[3])
{
  static bool before;
  const u8_t num = lab_nif.num;

  if (!before) {
    lab_setup();
  } else { /* as after a start: the interface is added again, the first of its kind */
    netif_remove(&lab_nif);
    memset(&lab_nif, 0, sizeof lab_nif);
    ck_assert_ptr_nonnull(netif_add(&lab_nif, NULL, NULL, NULL, NULL, lab_nif_init, netif_input));
    lab_nif.num = num;
    netif_create_ip6_linklocal_address(&lab_nif, 1);
    lab_nif.ip6_autoconfig_enabled = 1;
    netif_set_up(&lab_nif);
    lab_wait(3500);
  }
  before = true;
  advertise(NET1, 2 * DAY_S, DAY_S);
  advertise(NET2, 2 * DAY_S, DAY_S);
  lab_wait(3500);
  ck_assert_int_ge(slot_from(NET1, LWIP_X_IP6_STABLE, 0), 0);
  ck_assert_int_ge(slot_from(NET2, LWIP_X_IP6_STABLE, 0), 0);
  id[0] = *our(0);
  id[1] = *our(slot_from(NET1, LWIP_X_IP6_STABLE, 0));
  id[2] = *our(slot_from(NET2, LWIP_X_IP6_STABLE, 0));
}

/* Section 4: nothing of the hardware address in it, another one for each prefix, the same when we come back. */
START_TEST(stable)
{
  ip6_addr_t a[3], b[3];
  int i;

  identifiers(a);
  identifiers(b);
  for (i = 0; i < 3; i++) {
    const u8_t *o = (const u8_t *)a[i].addr;
    ck_assert_msg(same_id(&a[i], &b[i]), "address %d is another one after a start", i);
    ck_assert_msg(!same_id(&a[i], &a[(i + 1) % 3]), "addresses %d and %d", i, (i + 1) % 3);
    ck_assert_msg(o[11] != 0xff || o[12] != 0xfe, "EUI-64 in address %d", i);
  }
  secret[3] ^= 1; /* another device */
  identifiers(b);
  for (i = 0; i < 3; i++) {
    ck_assert(!same_id(&a[i], &b[i]));
  }
}
END_TEST

/* Section 6: the address of one prefix is taken: the next one of that prefix, and nothing else changes. */
START_TEST(taken)
{
  ip6_addr_t a[3], b[3], other;
  s8_t slot;

  identifiers(a);
  netif_set_link_down(&lab_nif);
  netif_set_link_up(&lab_nif);
  slot = slot_from(NET1, LWIP_X_IP6_STABLE, 0);
  rx_na(text(slot), ALL_NODES, text(slot), mac_evil, 0x20);
  slot = slot_from(NET1, LWIP_X_IP6_STABLE, 0);
  ck_assert_int_ge(slot, 0);
  other = *our(slot);
  ck_assert(!same_id(&a[1], &other));
  lab_wait(3500);
  ck_assert_uint_eq(netif_ip6_addr_state(&lab_nif, slot), IP6_ADDR_DEPRECATED); /* until it is advertised again */
  advertise(NET1, 2 * DAY_S, DAY_S);
  lab_wait(3500);
  ck_assert_uint_eq(netif_ip6_addr_state(&lab_nif, slot), IP6_ADDR_PREFERRED);
  /* A prefix that is new afterwards gets the identifier it has always had. */
  ck_assert_int_ge(slot_from(NET2, LWIP_X_IP6_STABLE, 0), 0);
  netif_ip6_addr_set_state(&lab_nif, slot_from(NET2, LWIP_X_IP6_STABLE, 0), IP6_ADDR_INVALID);
  advertise(NET2, 2 * DAY_S, DAY_S);
  ck_assert_int_ge(slot_from(NET2, LWIP_X_IP6_STABLE, 0), 0);
  b[2] = *our(slot_from(NET2, LWIP_X_IP6_STABLE, 0));
  ck_assert(same_id(&a[2], &b[2]));
}
END_TEST

/* IDGEN_RETRIES: after three others we stop. */
START_TEST(taken_again_and_again)
{
  ip6_addr_t seen[6];
  int n, i;

  lab_begin();
  netif_create_ip6_linklocal_address(&lab_nif, 1);
  netif_set_up(&lab_nif);
  for (n = 0; !ip6_addr_isduplicated(netif_ip6_addr_state(&lab_nif, 0)); n++) {
    ck_assert_int_lt(n, 5);
    seen[n] = *our(0);
    for (i = 0; i < n; i++) {
      ck_assert(!same_id(&seen[i], &seen[n]));
    }
    lab_wait(500);
    rx_na(text(0), ALL_NODES, text(0), mac_evil, 0x20);
  }
  ck_assert_int_eq(n, 4);
}
END_TEST

/* --- RFC 8981 --- */

static s8_t temporary(int nth)
{
  return slot_from(NET1, LWIP_X_IP6_TEMPORARY, nth);
}

/** The source address a packet to @p dest gets. */
static s8_t source_for(const char *dest)
{
  const ip6_addr_t d = a6(dest);
  const ip_addr_t *src = ip6_select_source_address(&lab_nif, &d);

  ck_assert_ptr_nonnull(src);
  return netif_get_ip6_addr_match(&lab_nif, ip_2_ip6(src));
}

/** Let @p s seconds pass with the router there all the time. */
static void days(u32_t s, u32_t valid_s, u32_t preferred_s)
{
  for (; s > 1000; s -= 1000) {
    advertise(NET1, valid_s, preferred_s);
    lab_sent = 0;
    lab_wait(1000u * 1000u);
  }
  advertise(NET1, valid_s, preferred_s);
  lab_wait(s * 1000u);
  lab_sent = 0;
}

/* Section 3.3, 3.8: for a day less the desync factor, valid for another day; source of what we begin. */
START_TEST(for_a_day)
{
  s8_t t;

  lab_setup();
  advertise(NET1, 7 * DAY_S, 7 * DAY_S);
  lab_wait(3500);
  t = temporary(0);
  ck_assert_int_ge(t, 1);
  ck_assert_int_lt(temporary(1), 0);
  ck_assert_uint_eq(netif_ip6_addr_state(&lab_nif, t), IP6_ADDR_PREFERRED);
  ck_assert_uint_le(netif_ip6_addr_pref_life(&lab_nif, t), DAY_S);
  ck_assert_uint_ge(netif_ip6_addr_pref_life(&lab_nif, t), DAY_S - DAY_S * 4 / 10 - 4);
  ck_assert_uint_le(netif_ip6_addr_valid_life(&lab_nif, t), 2 * DAY_S);
  ck_assert_uint_eq(netif_ip6_addr_valid_life(&lab_nif, t) - netif_ip6_addr_pref_life(&lab_nif, t), DAY_S);
  ck_assert(!same_id(our(t), our(slot_from(NET1, LWIP_X_IP6_STABLE, 0))));
  ck_assert_int_eq(source_for("2001:db8:77::1"), t);
}
END_TEST

/* Section 3.4: no longer than its prefix. */
START_TEST(no_longer_than_the_prefix)
{
  s8_t t;

  lab_setup();
  advertise(NET1, 5000, 3000);
  t = temporary(0);
  ck_assert_int_ge(t, 1);
  ck_assert_uint_eq(netif_ip6_addr_valid_life(&lab_nif, t), 5000);
  ck_assert_uint_eq(netif_ip6_addr_pref_life(&lab_nif, t), 3000);
  lab_wait(3001u * 1000u);
  ck_assert_uint_eq(netif_ip6_addr_state(&lab_nif, t), IP6_ADDR_DEPRECATED);
  lab_wait(2000u * 1000u);
  ck_assert_int_lt(temporary(0), 0);
}
END_TEST

/* A prefix that is hardly preferred gives none (section 3.4, step 5). */
START_TEST(not_for_a_moment)
{
  lab_setup();
  advertise(NET1, 5000, 5);
  ck_assert_int_ge(slot_from(NET1, LWIP_X_IP6_STABLE, 0), 0);
  ck_assert_int_lt(temporary(0), 0);
}
END_TEST

/* Section 3.5, 3.6: another one is there before it is over, and is taken from then on; the old one stays valid for a day. */
START_TEST(gives_way)
{
  ip6_addr_t first;
  u32_t left_s;
  s8_t t, heir;

  lab_setup();
  advertise(NET1, 7 * DAY_S, 7 * DAY_S);
  lab_wait(3500);
  t = temporary(0);
  ck_assert_int_ge(t, 1);
  first = *our(t);
  left_s = netif_ip6_addr_pref_life(&lab_nif, t);
  days(left_s - 10, 7 * DAY_S, 7 * DAY_S);
  ck_assert_int_lt(temporary(1), 0);
  ck_assert_int_eq(source_for("2001:db8:77::1"), t);
  days(11, 7 * DAY_S, 7 * DAY_S);
  ck_assert_int_ge(temporary(1), 1);
  heir = temporary(0) == t ? temporary(1) : temporary(0);
  ck_assert(!same_id(&first, our(heir)));
  ck_assert_uint_eq(netif_ip6_addr_state(&lab_nif, t), IP6_ADDR_DEPRECATED);
  ck_assert_uint_eq(netif_ip6_addr_state(&lab_nif, heir), IP6_ADDR_PREFERRED);
  ck_assert_int_eq(source_for("2001:db8:77::1"), heir);
  /* A router cannot make it younger. */
  days(DAY_S + 10, 7 * DAY_S, 7 * DAY_S);
  ck_assert_int_lt(netif_get_ip6_addr_match(&lab_nif, &first), 0);
}
END_TEST

/* Section 3.4, step 8: taken, another one, three times. */
START_TEST(temporary_taken)
{
  ip6_addr_t before;
  int n;
  s8_t t;

  lab_setup();
  advertise(NET1, 7 * DAY_S, 7 * DAY_S);
  t = temporary(0);
  ck_assert_int_ge(t, 1);
  for (n = 0; n < 3; n++) {
    before = *our(t);
    lab_wait(100);
    rx_na(text(t), ALL_NODES, text(t), mac_evil, 0x20);
    t = temporary(0);
    ck_assert_int_ge(t, 1);
    ck_assert(!ip6_addr_isduplicated(netif_ip6_addr_state(&lab_nif, t)));
    ck_assert(!same_id(&before, our(t)));
  }
  rx_na(text(t), ALL_NODES, text(t), mac_evil, 0x20);
  ck_assert_uint_eq(netif_ip6_addr_state(&lab_nif, t), IP6_ADDR_DUPLICATED);
}
END_TEST

/* --- RFC 4429 --- */

/* Section 3.2, 3.3: of use at once, second to others; an advertisement for it does not insist, and nobody is asked from it. */
START_TEST(optimistic)
{
  unsigned na = 0, ns = 0;
  s8_t slot;

  lab_setup();
  advertise(NET1, 2 * DAY_S, 6); /* no temporary one: hardly preferred */
  advertise(NET1, 2 * DAY_S, DAY_S);
  slot = slot_from(NET1, LWIP_X_IP6_STABLE, 0);
  ck_assert_int_ge(slot, 1);
  ck_assert_uint_eq(netif_ip6_addr_state(&lab_nif, slot), IP6_ADDR_DEPRECATED);
  lab_sent = 0;
  rx_ns(LL_PEER, text(slot), text(slot), mac_peer);
  ck_assert_uint_eq(out_count(136, &na), 1);
  ck_assert_uint_eq(out_icmp(na, NULL)[4], 0xc0); /* a router, solicited, no override */
  lab_sent = 0;
  ck_assert_int_eq(lab_send("2001:db8:1::99", 7), ERR_OK);
  ck_assert_uint_eq(out_count(135, &ns), 1);
  check_addrs(ns, text(0), "ff02::1:ff00:99");
  ck_assert_mem_eq(out_icmp(ns, NULL) + 24, "\1\1\2\0\0\0\0\1", 8);
  lab_wait(1500);
  ck_assert_uint_eq(netif_ip6_addr_state(&lab_nif, slot), IP6_ADDR_PREFERRED);
  rx_ns(LL_PEER, text(slot), text(slot), mac_peer);
  (void)out_count(136, &na);
  ck_assert_uint_eq(out_icmp(na, NULL)[4], 0xe0);
}
END_TEST

/* And gone when it is another's; nothing else is said from it. */
START_TEST(optimistic_but_taken)
{
  char was[IP6ADDR_STRLEN_MAX];
  s8_t slot;

  lab_setup();
  advertise(NET1, 2 * DAY_S, DAY_S);
  slot = slot_from(NET1, LWIP_X_IP6_STABLE, 0);
  strcpy(was, text(slot));
  rx_na(was, ALL_NODES, was, mac_evil, 0x20);
  ck_assert_int_lt(slot_of(was), 0);
  lab_sent = 0;
  rx_ns(LL_PEER, text(0), was, mac_peer);
  ck_assert_uint_eq(out_count(136, NULL), 0);
}
END_TEST

/* --- RFC 9131, RFC 4861 7.2.6 --- */

/** The advertisements of the address in @p slot to @p dst, with flags @p flags; their times are a second apart. */
static unsigned told(s8_t slot, const char *dst, u8_t flags)
{
  const ip6_addr_t d = a6(dst);
  unsigned i, n = 0;
  u32_t before = 0;

  for (i = 0; i < lab_sent; i++) {
    if (is_icmp(i, 136) && memcmp(out_icmp(i, NULL) + 8, our(slot)->addr, 16) == 0) {
      ck_assert_mem_eq(out_ip(i) + 24, d.addr, 16);
      ck_assert_uint_eq(out_icmp(i, NULL)[4], flags);
      ck_assert_mem_eq(out_icmp(i, NULL) + 24, "\2\1\2\0\0\0\0\1", 8);
      ck_assert(n == 0 || lab_out[i].at_ms - before >= 1000);
      before = lab_out[i].at_ms;
      n++;
    }
  }
  return n;
}

/* A new address is told to routers, without override: once while it is optimistic, three times when it is proven. */
START_TEST(tells_routers)
{
  s8_t slot;

  lab_setup();
  advertise(NET1, 2 * DAY_S, DAY_S);
  slot = slot_from(NET1, LWIP_X_IP6_STABLE, 0);
  ck_assert_uint_eq(told(slot, ALL_ROUTERS, 0x80), 1);
  lab_sent = 0;
  lab_wait(20000);
  ck_assert_uint_eq(told(slot, ALL_ROUTERS, 0x80), 3);
  ck_assert_uint_eq(told(0, ALL_ROUTERS, 0x80), 0); /* nothing for a link-local address */
}
END_TEST

/* One that comes back with the link is told to everybody, and insisted on. */
START_TEST(tells_everybody)
{
  lab_setup();
  lab_wait(5000);
  netif_set_link_down(&lab_nif);
  lab_wait(5000);
  lab_sent = 0;
  netif_set_link_up(&lab_nif);
  lab_wait(900);
  ck_assert_uint_eq(told(0, ALL_NODES, 0xa0), 0); /* not yet proven */
  lab_wait(20000);
  ck_assert_uint_eq(told(0, ALL_NODES, 0xa0), 3);
}
END_TEST

/* Nothing is told of an address that went meanwhile. */
START_TEST(tells_nothing)
{
  s8_t slot;

  lab_setup();
  advertise(NET1, 2 * DAY_S, DAY_S);
  slot = slot_from(NET1, LWIP_X_IP6_STABLE, 0);
  lab_wait(1001);
  netif_ip6_addr_set_state(&lab_nif, slot, IP6_ADDR_INVALID);
  lab_sent = 0;
  lab_wait(20000);
  ck_assert_uint_eq(told(slot, ALL_ROUTERS, 0x80), 0);
}
END_TEST

/* --- RFC 8415 section 11 --- */

static const u8_t uuid[18] = { 0, 4, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 };

u8_t lwip_x_dhcp6_duid(const struct netif *nif, u8_t *to)
{
  (void)nif;
  memcpy(to, uuid, sizeof uuid);
  return sizeof uuid;
}

/* The device says who it is. */
START_TEST(own_duid)
{
  struct lab_msg m;
  unsigned i;

  lab_setup();
  ck_assert_int_eq(dhcp6_enable_stateless(&lab_nif), ERR_OK);
  ra_begin(&m, 1800, 0x40, mac_r);
  ra_rx(&m, LL_R);
  lab_wait(1001);
  for (i = 0; i < lab_sent && lab_out[i].b[14 + 6] != 17; i++) {}
  ck_assert_uint_lt(i, lab_sent);
  ck_assert_mem_eq(out_ip(i) + 48 + 4, "\0\1\0\22", 4);
  ck_assert_mem_eq(out_ip(i) + 48 + 8, uuid, sizeof uuid);
}
END_TEST

static void add_tests(TCase *tc)
{
  tcase_add_test(tc, stable);
  tcase_add_test(tc, taken);
  tcase_add_test(tc, taken_again_and_again);
  tcase_add_test(tc, for_a_day);
  tcase_add_test(tc, no_longer_than_the_prefix);
  tcase_add_test(tc, not_for_a_moment);
  tcase_add_test(tc, gives_way);
  tcase_add_test(tc, temporary_taken);
  tcase_add_test(tc, optimistic);
  tcase_add_test(tc, optimistic_but_taken);
  tcase_add_test(tc, tells_routers);
  tcase_add_test(tc, tells_everybody);
  tcase_add_test(tc, tells_nothing);
  tcase_add_test(tc, own_duid);
}

LAB_MAIN("ip6_private")
