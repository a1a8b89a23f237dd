/** A host between two links: RFC 8200 section 3, RFC 4443 section 3, RFC 4007 section 9. */
#include "nd6_lab.h"
#include "lwip/dhcp6.h"

#define NEAR "2001:db8:1::9" /* on the first link */
#define FAR "2001:db8:2::9"  /* on the second */
#define US_NEAR "2001:db8:1::1"
#define US_FAR "2001:db8:2::1"
#define LL_FAR "fe80::ff:fe00:9"

static const u8_t mac_out[6] = { 2, 0, 0, 0, 1, 1 };
static const u8_t mac_far[6] = { 2, 0, 0, 0, 0, 9 };
static struct netif out_nif;
static u16_t out_mtu = 1500;

void lwip_x_ip6_secret(u8_t key[16])
{
  memset(key, 7, 16);
}

u8_t lwip_x_dhcp6_duid(const struct netif *nif, u8_t *to)
{
  (void)nif;
  *to = 9;
  return 1;
}

static err_t out_init(struct netif *nif)
{
  (void)lab_nif_init(nif);
  memcpy(nif->hwaddr, mac_out, 6);
  nif->mtu = out_mtu;
  return ERR_OK;
}

static void address(struct netif *nif, s8_t slot, const char *text)
{
  ip6_addr_t a = a6(text);

  netif_ip6_addr_set(nif, slot, &a);
  netif_ip6_addr_set_state(nif, slot, IP6_ADDR_PREFERRED);
}

static void setup(void)
{
  lab_setup();
  ck_assert_ptr_nonnull(netif_add(&out_nif, NULL, NULL, NULL, NULL, out_init, netif_input));
  netif_create_ip6_linklocal_address(&out_nif, 1);
  netif_set_up(&out_nif);
  address(&lab_nif, 1, US_NEAR);
  address(&out_nif, 1, US_FAR);
  lab_wait(5000);
  /* Both ends are known to us. */
  rx_ns(NEAR, SN_US, US_NEAR, mac_peer);
  rx_ns(LL_PEER, SN_US, US_NEAR, mac_peer);
  lab_in = &out_nif;
  rx_ns(FAR, SN_US, US_FAR, mac_far);
  lab_in = &lab_nif;
  lab_sent = 0;
}

/** A datagram comes in by the first link.  @return frames sent */
static unsigned pass(const char *src, const char *dst, u8_t hoplim, size_t len)
{
  static u8_t data[1400] = { 0x12, 0x34, 0, 9 };
  const struct lab_ip6 ip = { src, dst, mac_peer, hoplim, false, false };

  be16_put(data + 4, (u16_t)len);
  lab_sent = 0;
  lab_rx_proto(&ip, 17, data, len, 6);
  return lab_sent;
}

/* Out by the other link, the hop limit one less and nothing else changed. */
START_TEST(forwards)
{
  const ip6_addr_t src = a6(NEAR), dst = a6(FAR);
  u8_t expected[40];

  setup();
  ck_assert_uint_eq(pass(NEAR, FAR, 64, 100), 1);
  check_mac(0, mac_far);
  ck_assert_mem_eq(lab_out[0].b + 6, mac_out, 6);
  ip6_wire_emit(expected, 0, 0, 100, 17, 63, src.addr, dst.addr);
  ck_assert_mem_eq(out_ip(0), expected, 40);
  ck_assert_uint_eq(lab_sum6(out_ip(0), out_ip(0) + 40, 100, 17), 0xffff);
  lab_no_leak();
}
END_TEST

/** What is not forwarded, and what the sender is told. */
static const struct {
  const char *what, *src, *dst;
  u8_t hoplim;
  int type, code; /**< of the error, -1: silence */
} refused[] = {
  { "the last hop", NEAR, FAR, 1, 3, 0 },
  { "nowhere to go", NEAR, "2001:db8:9::1", 64, 1, 0 },
  { "back where it came from", NEAR, "2001:db8:1::8", 64, 1, 0 },
  { "link-local source beyond its link", LL_PEER, FAR, 64, 1, 2 },
  { "link-local destination that is not ours", NEAR, LL_FAR, 64, -1, 0 },
  { "nobody as source", "::", FAR, 64, -1, 0 },
  { "::1 as destination", NEAR, "::1", 64, -1, 0 },
  { "a group of a wider scope", NEAR, "ff0e::1234", 64, -1, 0 },
};

START_TEST(refuses)
{
  unsigned n;

  setup();
  n = pass(refused[_i].src, refused[_i].dst, refused[_i].hoplim, 100);
  if (refused[_i].type < 0) {
    ck_assert_msg(n == 0, "%s", refused[_i].what);
  } else {
    ck_assert_msg(n == 1, "%s", refused[_i].what);
    ck_assert_msg(out_icmp(0, NULL)[0] == refused[_i].type && out_icmp(0, NULL)[1] == refused[_i].code, "%s",
                  refused[_i].what);
    ck_assert_mem_eq(lab_out[0].b + 6, mac_us, 6); /* by the link it came from */
    ck_assert_mem_eq(out_icmp(0, NULL) + 8 + 40, "\x12\x34\0\x09", 4);
  }
  lab_no_leak();
}
END_TEST

/* RFC 4443 section 3.2: routers do not fragment. */
START_TEST(too_big)
{
  out_mtu = 1280;
  setup();
  ck_assert_uint_eq(pass(NEAR, FAR, 64, 1240), 1);
  check_mac(0, mac_far);
  ck_assert_uint_eq(pass(NEAR, FAR, 64, 1241), 1);
  check_mac(0, mac_peer);
  ck_assert_uint_eq(out_icmp(0, NULL)[0], 2);
  ck_assert_uint_eq(be32_get(out_icmp(0, NULL) + 4), 1280);
  ck_assert_uint_eq(lab_out[0].len - 14, 1280); /* as much of the packet as fits the least MTU */
  lab_no_leak();
}
END_TEST

/* Our address on the other link is ours here too; its link-local one is not. */
START_TEST(ours_on_another_link)
{
  static const u8_t echo[8] = { 128, 0, 0, 0, 1, 2, 3, 4 };
  const struct lab_ip6 there = { NEAR, US_FAR, mac_peer, 64, false, false };

  setup();
  lab_rx(&there, echo, sizeof echo);
  ck_assert_uint_eq(lab_sent, 1);
  ck_assert_uint_eq(out_icmp(0, NULL)[0], 129);
  check_addrs(0, US_FAR, NEAR);
  check_mac(0, mac_peer);
}
END_TEST

/* A router is in ff02::2, says that it is one, and answers no other router's solicitation. */
START_TEST(is_a_router)
{
  static const u8_t echo[8] = { 128, 0, 0, 0, 1, 2, 3, 4 };
  const struct lab_ip6 all = { NEAR, ALL_ROUTERS, mac_peer, 64, false, false };
  unsigned na = 0;

  setup();
  rx_ns(NEAR, SN_US, US_NEAR, mac_peer);
  ck_assert_uint_eq(out_count(136, &na), 1);
  ck_assert_uint_eq(out_icmp(na, NULL)[4] & 0x80, 0x80);
  lab_sent = 0;
  lab_rx(&all, echo, sizeof echo);
  ck_assert_uint_eq(out_count(129, NULL), LWIP_MULTICAST_PING ? 1 : 0);
}
END_TEST

/* A neighbour behind the other link that is not known yet: it is asked for, and gets the packet then. */
START_TEST(resolves_first)
{
  unsigned ns = 0;

  setup();
  ck_assert_uint_eq(pass(NEAR, "2001:db8:2::77", 64, 100), 1);
  ck_assert_uint_eq(out_count(135, &ns), 1);
  ck_assert_mem_eq(lab_out[ns].b + 6, mac_out, 6);
  lab_in = &out_nif;
  rx_na("2001:db8:2::77", US_FAR, "2001:db8:2::77", mac_far, 0x60);
  lab_in = &lab_nif;
  ck_assert_uint_eq(lab_sent, 2);
  check_mac(1, mac_far);
  ck_assert_uint_eq(out_ip(1)[7], 63);
  lab_no_leak();
}
END_TEST

/* RFC 9131 section 6.1.1: who says where he is need not be asked for; who does not say so makes no entry. */
START_TEST(takes_note)
{
  setup();
  lab_in = &out_nif;
  rx_na("2001:db8:2::78", ALL_ROUTERS, "2001:db8:2::78", NULL, 0);
  ck_assert_uint_eq(nbr_state("2001:db8:2::78"), ND6_NO_ENTRY);
  rx_na("2001:db8:2::77", ALL_ROUTERS, "2001:db8:2::77", mac_far, 0);
  lab_in = &lab_nif;
  ck_assert_uint_eq(nbr_state("2001:db8:2::77"), ND6_STALE);
  ck_assert_uint_eq(pass(NEAR, "2001:db8:2::77", 64, 100), 1);
  check_mac(0, mac_far);
}
END_TEST

/* RFC 6583: somebody scans a /64 behind us: those we talk to stay known, and nothing is kept for ever. */
START_TEST(scan_from_outside)
{
  char dst[IP6ADDR_STRLEN_MAX];
  int i;

  setup();
  for (i = 0; i < 200; i++) {
    snprintf(dst, sizeof dst, "2001:db8:2::1:%x", (unsigned)i);
    (void)pass(NEAR, dst, 64, 60);
    lab_wait(10);
  }
  lab_sent = 0;
  ck_assert_uint_eq(pass(NEAR, FAR, 64, 100), 1);
  check_mac(0, mac_far);
  lab_wait(10000);
  lab_no_leak();
}
END_TEST

static void add_tests(TCase *tc)
{
  tcase_add_test(tc, forwards);
  tcase_add_loop_test(tc, refuses, 0, LWIP_ARRAYSIZE(refused));
  tcase_add_test(tc, too_big);
  tcase_add_test(tc, ours_on_another_link);
  tcase_add_test(tc, is_a_router);
  tcase_add_test(tc, resolves_first);
  tcase_add_test(tc, takes_note);
  tcase_add_test(tc, scan_from_outside);
}

LAB_MAIN("ip6_forward")
