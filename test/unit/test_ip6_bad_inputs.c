/**
 * Fragments that lie, by the rows FRAG6-* of the list of known attacks, in virtual time: what they held is free again when
 * it has to be, and meanwhile others are served.  test/interop/bad6.py replays these and the other rows of IPv6.
 */
#include "nd6_lab.h"
#include "lwip/ip4_frag.h"

#if LWIP_IPV6

enum { DATA = 1000, MESSAGE = 8 + DATA };

static u8_t message[MESSAGE];
static mem_size_t idle; /* octets of heap in use: the frames of this laboratory lie there */

/** An echo request of ours from LL_PEER, which is known. */
static void setup(void)
{
  u8_t h[40];
  const ip6_addr_t src = a6(LL_PEER), dst = a6(LL_US);
  int i;

  lab_setup();
  rx_ns(LL_PEER, LL_US, LL_US, mac_peer);
  lab_sent = 0;
  message[0] = 128;
  for (i = 8; i < MESSAGE; i++) {
    message[i] = (u8_t)i;
  }
  idle = lwip_stats.mem.used;
  ip6_wire_emit(h, 0, 0, 0, 0, 0, src.addr, dst.addr);
  be16_put(message + 2, (u16_t)~lab_sum6(h, message, MESSAGE, 58));
}

/** @p len octets at @p data come in as the part at octet @p at of packet @p id. */
static void part_of(u8_t nexth, u32_t id, u16_t at, bool more, const void *data, size_t len)
{
  static const struct lab_ip6 ip = { LL_PEER, LL_US, NULL, 64, false, false };
  u8_t f[8 + MESSAGE];

  ip6_wire_frag_emit(f, nexth, (u16_t)(at | (more ? IP6_WIRE_MF : 0)), id);
  memcpy(f + 8, data, len);
  lab_rx_proto(&ip, 44, f, 8 + len, 0);
}

/** The octets from @p from to @p to of the message. */
static void part(u32_t id, u16_t from, u16_t to)
{
  part_of(58, id, from, to < MESSAGE, message + from, (size_t)(to - from));
}

/** A datagram that is as it should be is answered, alone. */
static void still_serves(void)
{
  const unsigned before = lab_sent;

  part(9999, 504, MESSAGE);
  part(9999, 0, 504);
  ck_assert_uint_eq(lab_sent, before + 1);
  ck_assert_uint_eq(*out_icmp(before, NULL), 129);
  lab_sent = before;
}

/** All that was held is free when fragments have become too old. */
static void ends_clean(void)
{
  lab_wait((IPV6_REASS_MAXAGE + 5) * 1000u); /* and whoever is to be told does not answer */
  lab_no_leak();
  ck_assert_uint_eq(lwip_stats.mem.used, idle);
  ck_assert_uint_eq(lab_used(MEMP_REASSDATA), 0);
}

/** FRAG6-02: what overlaps is given up, whatever the place. */
static const struct {
  const char *what;
  u16_t from, to;
} overlaps[] = {
  { "the head", 0, 8 },
  { "the head and more", 0, 408 },
  { "the seam", 392, 408 },
  { "inside", 200, 248 },
  { "all of a part", 400, 800 },
  { "the tail", 792, MESSAGE },
  { "everything", 0, MESSAGE - 8 },
};

START_TEST(overlap)
{
  const bool repetition = _i == 4; /* nothing new: the repetition of a part is left out */

  part(1, 0, 400);
  part(1, 400, 800);
  part(1, overlaps[_i].from, overlaps[_i].to);
  ck_assert_uint_eq(lwip_stats.mem.used == idle, !repetition);
  still_serves();
  part(1, 800, MESSAGE);
  ck_assert_uint_eq(lab_sent, repetition ? 1 : 0);
  lab_sent = 0;
  ends_clean();
  ck_assert_uint_eq(out_count(3, NULL), 0); /* nobody is told of a packet that was given up */
}
END_TEST

/** FRAG6-01: empty ones, and such as are not in eights. */
START_TEST(empty_and_odd)
{
  part_of(58, 2, 0, true, message, 0);
  part_of(58, 2, 80, true, message, 0);
  part_of(58, 2, MESSAGE, false, message, 0);
  ck_assert_uint_eq(lab_used(MEMP_REASSDATA), 0);
  part_of(58, 3, 0, true, message, 13);
  part_of(58, 3, 8, true, message, 7);
  ck_assert_uint_eq(out_count(4, NULL), 2); /* both that are not in eights; who is empty may be an error */
  ck_assert_uint_eq(lab_used(MEMP_REASSDATA), 0);
  still_serves();
  ends_clean();
}
END_TEST

/** FRAG6-04: the first part does not hold all headers. */
static const struct {
  u8_t nexth;
  u8_t len;
  u8_t octets[16];
} split[] = {
  { 60, 8, { 6, 1, 1, 12 } },     /* in the middle of options */
  { 60, 16, { 6, 1, 0x1e, 12 } }, /* behind them */
  { 6, 8, { 3, 0xe8, 0, 80 } },   /* in the middle of TCP's header */
  { 43, 8, { 6, 2, 0, 0 } },      /* in the middle of a source route */
};

START_TEST(headers_split)
{
  part_of(split[_i].nexth, 4, 0, true, split[_i].octets, split[_i].len);
  ck_assert_uint_eq(lab_sent, 1);
  ck_assert_uint_eq(out_icmp(0, NULL)[0], 4);
  ck_assert_uint_eq(out_icmp(0, NULL)[1], 3);
  ck_assert_uint_eq(lab_used(MEMP_REASSDATA), 0);
  still_serves();
  ends_clean();
}
END_TEST

/** FRAG6-05: fragments of fragments, to any depth. */
START_TEST(nested)
{
  u8_t f[80];
  int i;

  memset(f, 0, sizeof f);
  for (i = 0; i < 10; i++) {
    ip6_wire_frag_emit(f + 8 * i, i < 9 ? 44 : 58, 0, 5);
  }
  part_of(44, 5, 0, false, f, sizeof f);
  part_of(44, 5, 0, true, f, sizeof f);
  part_of(0, 6, 0, false, f, 8);
  part_of(0, 6, 8, false, f, 8);
  ck_assert_uint_eq(out_count(129, NULL), 0);
  still_serves();
  ends_clean();
}
END_TEST

/** First parts of very many packets, and later parts of as many others: little is held, and others are served. */
START_TEST(flood)
{
  u32_t id;

  for (id = 100; id < 400; id++) {
    part(id, 0, 400);
    part(id + 1000, 400, 800);
    ck_assert_uint_le(lab_used(MEMP_REASSDATA), MEMP_NUM_REASSDATA);
    ck_assert_uint_le(lwip_stats.mem.used - idle, IP_REASS_MAX_PBUFS * 600u);
  }
  still_serves();
  ends_clean();
}
END_TEST

static void add_tests(TCase *tc)
{
  tcase_add_checked_fixture(tc, setup, NULL);
  tcase_add_loop_test(tc, overlap, 0, sizeof overlaps / sizeof overlaps[0]);
  tcase_add_test(tc, empty_and_odd);
  tcase_add_loop_test(tc, headers_split, 0, sizeof split / sizeof split[0]);
  tcase_add_test(tc, nested);
  tcase_add_test(tc, flood);
}

LAB_MAIN("ip6_bad_inputs")

#else

int main(void)
{
  return 0;
}

#endif
