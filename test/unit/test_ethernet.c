/** Frames in and out: what is refused before any protocol sees it (bad-inputs ETH-*, VLAN-*), what goes where.
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

/* clang-format off */
static const struct {
  const char *what, *dest, *src;
  u16_t type;
  size_t payload;         /* octets behind the header */
  enum lwip_x_drop drop;  /* DROP_NONE: handed up */
  u8_t flags;             /* of the pbuf handed up */
} frames[] = {
  { "for us",                                US,   PEER, 0x0800, 40, DROP_NONE,       0 },
  { "broadcast",                             ALL,  PEER, 0x0800, 40, DROP_NONE,       PBUF_FLAG_LLBCAST },
  { "an IPv4 group",        "\x01\x00\x5e\x00\x00\x01", PEER, 0x0800, 40, DROP_NONE,  PBUF_FLAG_LLMCAST },
  { "an IPv6 group",        "\x33\x33\x00\x00\x00\x01", PEER, 0x0800, 40, DROP_NONE,  PBUF_FLAG_LLMCAST },
  { "one octet of payload",                  US,   PEER, 0x0800,  1, DROP_NONE,       0 },
  { "ETH-02: no payload, IPv4",              US,   PEER, 0x0800,  0, DROP_ETH_SHORT,  0 },
  { "ETH-02: no payload, ARP",               US,   PEER, 0x0806,  0, DROP_ETH_SHORT,  0 },
  { "ETH-02: no payload, IPv6",              US,   PEER, 0x86dd,  0, DROP_ETH_SHORT,  0 },
  { "ETH-02: no payload, VLAN",              US,   PEER, 0x8100,  0, DROP_ETH_SHORT,  0 },
  { "ETH-02: no payload, PPPoE discovery",   US,   PEER, 0x8863,  0, DROP_ETH_SHORT,  0 },
  { "ETH-02: no payload, PPPoE session",     US,   PEER, 0x8864,  0, DROP_ETH_SHORT,  0 },
  { "ETH-02: no payload, MACsec",            US,   PEER, 0x88e5,  0, DROP_ETH_SHORT,  0 },
  { "ETH-04: from everybody",                US,   ALL,  0x0800, 40, DROP_ETH_SOURCE, 0 },
  { "ETH-04: from a group", US, "\x01\x00\x5e\x00\x00\x01", 0x0800, 40, DROP_ETH_SOURCE, 0 },
  { "ETH-04: from nobody",                   US,   NIL,  0x0800, 40, DROP_ETH_SOURCE, 0 },
  { "ETH-04, ETH-05: from ourselves",        US,   US,   0x0800, 40, DROP_ETH_SOURCE, 0 },
  { "our own broadcast, reflected",          ALL,  US,   0x0806, 40, DROP_ETH_SOURCE, 0 },
  { "ETH-07: unicast for another station",   PEER, EVIL, 0x0800, 40, DROP_ETH_DEST,   0 },
  { "for nobody",                            NIL,  PEER, 0x0800, 40, DROP_ETH_DEST,   0 },
  { "a protocol not spoken",                 US,   PEER, 0x86dd, 40, DROP_ETH_TYPE,   0 },
  { "IEEE 802.3 length, not a type",         US,   PEER, 0x0028, 40, DROP_ETH_TYPE,   0 },
};

/* Tagged frames: tag control information, octets from the tag on. */
static const struct {
  const char *what;
  u16_t tci, type;
  size_t rest;
  enum lwip_x_drop drop;
} tagged[] = {
  { "VLAN-01: 14 octets",                      0,      0x0800,  0, DROP_ETH_SHORT },
  { "VLAN-01: 15 octets",                      0,      0x0800,  1, DROP_ETH_SHORT },
  { "VLAN-01: 16 octets",                      0,      0x0800,  2, DROP_ETH_SHORT },
  { "VLAN-01: 17 octets",                      0,      0x0800,  3, DROP_ETH_SHORT },
  { "a tag and nothing else",                  0,      0x0800,  4, DROP_ETH_SHORT },
  { "VLAN-03: VID 0 is as untagged",           0,      0x0800, 44, DROP_NONE      },
  { "VID 0 with a priority",                   0xe000, 0x0800, 44, DROP_NONE      },
  { "VLAN-03: VID 4095 is reserved",           4095,   0x0800, 44, DROP_ETH_VLAN  },
#if !ETHARP_SUPPORT_VLAN
  { "VLAN-03: VID 1 is not ours",              1,      0x0800, 44, DROP_ETH_VLAN  },
#endif
  { "a tag in a tag",                          0,      0x8100, 44, DROP_ETH_TYPE  },
};
/* clang-format on */

START_TEST(a_frame_is_refused_or_handed_up)
{
  u8_t f[128] = { 0 };
  size_t n = eth(f, frames[_i].dest, frames[_i].src, frames[_i].type);
  lwip_x_drop_count_t before = lwip_x_drops[frames[_i].drop];

  receive(f, n + frames[_i].payload);
  ck_assert_msg(up_n == (frames[_i].drop == DROP_NONE), "%s", frames[_i].what);
  if (up_n != 0) {
    ck_assert_uint_eq(up_len, frames[_i].payload);
    ck_assert_uint_eq(up_flags & (PBUF_FLAG_LLBCAST | PBUF_FLAG_LLMCAST), frames[_i].flags);
  } else {
    ck_assert_msg(lwip_x_drops[frames[_i].drop] == before + 1, "%s", frames[_i].what);
  }
  ck_assert_uint_eq(sent_n, 0);
}
END_TEST

START_TEST(a_tagged_frame_is_refused_or_handed_up)
{
  u8_t f[128] = { 0 };
  size_t n = eth(f, US, PEER, 0x8100);
  lwip_x_drop_count_t before = lwip_x_drops[tagged[_i].drop];

  eth_wire_put_tag(f + n, tagged[_i].tci, tagged[_i].type);
  receive(f, n + tagged[_i].rest);
  ck_assert_msg(up_n == (tagged[_i].drop == DROP_NONE), "%s", tagged[_i].what);
  if (up_n != 0) {
    ck_assert_uint_eq(up_len, tagged[_i].rest - 4);
  } else {
    ck_assert_msg(lwip_x_drops[tagged[_i].drop] == before + 1, "%s", tagged[_i].what);
  }
}
END_TEST

/** ETH-01: cut anywhere in the header. */
START_TEST(a_short_frame_is_dropped)
{
  u8_t f[16];

  eth(f, US, PEER, 0x0800);
  receive(f, (size_t)_i);
  ck_assert_uint_eq(up_n, 0);
  ck_assert_uint_eq(lwip_x_drops[DROP_ETH_SHORT], 1);
}
END_TEST

START_TEST(an_interface_that_is_down_hears_nothing)
{
  u8_t f[64] = { 0 };

  eth(f, US, PEER, 0x0800);
  netif_set_down(&en);
  receive(f, sizeof f);
  ck_assert_uint_eq(up_n, 0);
  ck_assert_uint_eq(lwip_x_drops[DROP_NETIF_DOWN], 1);
}
END_TEST

/** A driver that leaves hwaddr at zero gets what the hardware let through. */
START_TEST(without_an_address_everything_is_taken)
{
  u8_t f[64] = { 0 };

  memset(en.hwaddr, 0, 6);
  eth(f, EVIL, PEER, 0x0800);
  receive(f, sizeof f);
  ck_assert_uint_eq(up_n, 1);
}
END_TEST

/** While another context is inside, the frame waits and is handled when that one leaves. */
START_TEST(a_frame_in_an_interrupt_waits)
{
  u8_t f[64] = { 0 };

  eth(f, US, PEER, 0x0800);
  ck_assert(core_enter());
  test_context = 16;
  receive(f, sizeof f);
  ck_assert_uint_eq(up_n, 0);
  test_context = 0;
  core_leave();
  ck_assert_uint_eq(up_n, 1);
}
END_TEST

START_TEST(output_writes_the_header)
{
  static const struct eth_addr src = ETH_ADDR(2, 3, 4, 5, 6, 7), dst = ETH_ADDR(8, 9, 10, 11, 12, 13);
  struct pbuf *p = pbuf_alloc(PBUF_LINK, 20, PBUF_RAM);

  memset(p->payload, 0x55, 20);
  ck_assert_int_eq(ethernet_output(&en, p, &src, &dst, 0x88cc), ERR_OK);
  pbuf_free(p);
  ck_assert_uint_eq(sent_n, 1);
  ck_assert_uint_eq(sent[0].len, 34);
  ck_assert_mem_eq(sent[0].octets, "\x08\x09\x0a\x0b\x0c\x0d\x02\x03\x04\x05\x06\x07\x88\xcc\x55", 15);
}
END_TEST

START_TEST(output_without_room_is_refused)
{
  static u8_t rom[20];
  struct pbuf *p = pbuf_alloc(PBUF_RAW, 20, PBUF_RAM), *q = pbuf_alloc_reference(rom, sizeof rom, PBUF_ROM);

  ck_assert_int_eq(ethernet_output(&en, p, &ethzero, &ethbroadcast, 0x88cc), ERR_BUF);
  ck_assert_int_eq(ethernet_output(&en, q, &ethzero, &ethbroadcast, 0x88cc), ERR_BUF);
  ck_assert_uint_eq(p->tot_len, 20);
  ck_assert_uint_eq(sent_n, 0);
  pbuf_free(p);
  pbuf_free(q);
}
END_TEST

int main(void)
{
  Suite *s = suite_create("ethernet");
  TCase *t = tcase_create("ethernet");

  tcase_add_checked_fixture(t, setup, teardown);
  tcase_add_loop_test(t, a_frame_is_refused_or_handed_up, 0, (int)LWIP_ARRAYSIZE(frames));
  tcase_add_loop_test(t, a_tagged_frame_is_refused_or_handed_up, 0, (int)LWIP_ARRAYSIZE(tagged));
  tcase_add_loop_test(t, a_short_frame_is_dropped, 1, 14);
  tcase_add_test(t, an_interface_that_is_down_hears_nothing);
  tcase_add_test(t, without_an_address_everything_is_taken);
  tcase_add_test(t, a_frame_in_an_interrupt_waits);
  tcase_add_test(t, output_writes_the_header);
  tcase_add_test(t, output_without_room_is_refused);
  suite_add_tcase(s, t);
  return run_suite(s);
}
