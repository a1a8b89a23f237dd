/** Ethernet with ETH_PAD_SIZE and the VLAN hooks: frames begin two octets later, and a program says which tags go out and in.
 *  LINK: link/acd.c link/arp_cache.c link/arp_in.c link/arp_table.c link/ip_text.c link/ip6_text.c link/netif.c
 *  LINK: link/netif_events.c link/netif_input.c link/netif_ip4.c link/netif_ip6.c link/netif_loop.c link/netif_loopif.c
 *  LINK: link/netif_names.c base/ip4_addr.c base/ip4_text.c base/def.c base/core.c base/random.c base/siphash.c
 *  LINK: base/stats.c base/timer.c mem/core_defer.c mem/drop.c mem/heap.c mem/heap_calloc.c mem/mem_guard.c mem/memp.c
 *  LINK: mem/pbuf.c mem/pbuf_copy.c mem/pbuf_ctrl.c mem/pbuf_pull.c mem/pbuf_queue.c mem/pbuf_hold.c
 */
struct netif;
struct pbuf;
struct eth_addr;
struct eth_hdr;
struct eth_vlan_hdr;
static int tag_out(const struct eth_addr *dest, int type);
static int tag_in(const struct eth_vlan_hdr *tag);

#define ETH_PAD_SIZE 2
#define ETHARP_SUPPORT_VLAN 1
#define LWIP_HOOK_VLAN_SET(nif, p, src, dest, type) tag_out(dest, type)
#define LWIP_HOOK_VLAN_CHECK(nif, frame, tag) tag_in(tag)
#include "link/ethernet.c"
#include "link/ethernet_out.c"
#include "link/arp_out.c"
#include "link_bench.h"

#define PAD ETH_PAD_SIZE

static int vid_out = -1, vid_in;

static int tag_out(const struct eth_addr *dest, int type)
{
  ck_assert_ptr_nonnull(dest);
  return type == 0x0800 ? vid_out : -1;
}

static int tag_in(const struct eth_vlan_hdr *tag)
{
  return (eth_wire_vid((const u8_t *)tag)) == vid_in;
}

static void setup(void)
{
  bench_up();
}

static void teardown(void)
{
  bench_down();
}

/** The frame @p f with padding in front comes in. */
static void receive_padded(const u8_t *f, size_t len)
{
  u8_t padded[PAD + 128] = { 0 };

  memcpy(padded + PAD, f, len);
  receive(padded, PAD + len);
}

static void learn_peer(void)
{
  u8_t f[64];

  receive_padded(f, arp(f, US, ARP_WIRE_REQUEST, PEER, IP(192, 168, 0, 2), IP(192, 168, 0, 1)));
  ck_assert_ptr_nonnull(known(IP(192, 168, 0, 2)));
}

START_TEST(padding_goes_in_and_out)
{
  struct arp_repr r;
  u8_t f[128] = { 0 };

  learn_peer();
  ck_assert_uint_eq(sent_n, 1);
  ck_assert_uint_eq(sent[0].len, PAD + 14 + ARP_WIRE_LEN);
  ck_assert_mem_eq(sent[0].octets + PAD, PEER US "\x08\x06", 14);
  ck_assert_int_eq(arp_wire_parse(sent[0].octets + PAD + 14, ARP_WIRE_LEN, &r), ARP_WIRE_OK);
  ck_assert_uint_eq(r.op, ARP_WIRE_REPLY);
  receive_padded(f, eth(f, US, PEER, 0x0800) + 40);
  ck_assert_uint_eq(up_n, 1);
  ck_assert_uint_eq(up_len, 40);
  ck_assert_int_eq(send_to(IP(192, 168, 0, 2), 30, 7), ERR_OK);
  ck_assert_uint_eq(sent[1].len, PAD + 14 + 30);
  ck_assert_mem_eq(sent[1].octets + PAD, PEER US "\x08\x00\x07", 15);
}
END_TEST

START_TEST(a_padded_frame_may_be_short)
{
  u8_t f[64] = { 0 };
  size_t n;

  eth(f, US, PEER, 0x0800);
  for (n = 0; n <= PAD + 14; n++) {
    receive(f, n);
  }
  ck_assert_uint_eq(up_n, 0);
  ck_assert_uint_eq(lwip_x_drops[DROP_ETH_SHORT], PAD + 14 + 1);
}
END_TEST

START_TEST(the_program_tags)
{
  learn_peer();
  vid_out = 0x2005;
  ck_assert_int_eq(send_to(IP(192, 168, 0, 2), 30, 7), ERR_OK);
  ck_assert_uint_eq(sent[1].len, PAD + 14 + 4 + 30);
  ck_assert_mem_eq(sent[1].octets + PAD, PEER US "\x81\x00\x20\x05\x08\x00\x07", 19);
}
END_TEST

START_TEST(no_room_for_a_tag_is_an_error)
{
  struct pbuf *p = pbuf_alloc(PBUF_RAW, 30, PBUF_RAM);
  const ip4_addr_t to = { IP(192, 168, 0, 2) };

  learn_peer();
  vid_out = 5;
  ck_assert_int_eq(etharp_output(&en, p, &to), ERR_BUF);
  pbuf_free(p);
}
END_TEST

START_TEST(the_program_says_which_tags_come_in)
{
  u8_t f[128] = { 0 };

  eth(f, US, PEER, 0x8100);
  f[14] = 0x60;
  f[15] = 7;
  f[16] = 0x08;
  vid_in = 7;
  receive_padded(f, 18 + 40);
  ck_assert_uint_eq(up_n, 1);
  ck_assert_uint_eq(up_len, 40);
  vid_in = 8;
  receive_padded(f, 18 + 40);
  ck_assert_uint_eq(up_n, 1);
  ck_assert_uint_eq(lwip_x_drops[DROP_ETH_VLAN], 1);
}
END_TEST

int main(void)
{
  Suite *s = suite_create("eth_options");
  TCase *t = tcase_create("eth_options");

  suite_add_tcase(s, t);
  tcase_add_checked_fixture(t, setup, teardown);
  tcase_add_test(t, padding_goes_in_and_out);
  tcase_add_test(t, a_padded_frame_may_be_short);
  tcase_add_test(t, the_program_tags);
  tcase_add_test(t, no_room_for_a_tag_is_an_error);
  tcase_add_test(t, the_program_says_which_tags_come_in);
  return run_suite(s);
}
