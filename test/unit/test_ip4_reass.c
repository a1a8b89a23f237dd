/** IPv4 reassembly among friends and strangers (RFC 791, 815, 1858, 5722). */
#include "ip_lab.h"

#define MANY (MEMP_NUM_REASSDATA + 5)

static u8_t data[66000];
static u8_t got[66000];
static u32_t got_len;
static unsigned got_count;

static u8_t on_raw(void *arg, struct raw_pcb *pcb, struct pbuf *p, const ip_addr_t *addr)
{
  const u8_t *h = (const u8_t *)p->payload;
  const u8_t hlen = ip4_wire_hlen(h);

  (void)arg;
  (void)pcb;
  (void)addr;
  /* the header is that of a whole datagram */
  ck_assert_uint_eq(ip4_wire_len(h), p->tot_len);
  ck_assert(!ip4_wire_is_fragment(h));
  got_count++;
  got_len = (u32_t)p->tot_len - hlen;
  ck_assert_uint_eq(pbuf_copy_partial(p, got, (u16_t)got_len, hlen), got_len);
  pbuf_free(p);
  return 1;
}

static void setup(void)
{
  struct raw_pcb *pcb;
  size_t i;

  lab_setup();
  for (i = 0; i < sizeof data; i++) {
    data[i] = (u8_t)(i * 11 + (i >> 8));
  }
  pcb = raw_new(200);
  ck_assert_ptr_nonnull(pcb);
  raw_recv(pcb, on_raw, NULL);
}

/** Receive octets [at, at + len) of @c data as a fragment. */
static void frag(u32_t src, u16_t id, u32_t at, u16_t len, bool more)
{
  const struct lab_ip ip = { src, LAB_US, 200, id, (u16_t)((more ? IP4_WIRE_MF : 0) | (at / 8)), 0, NULL, 0 };

  lab_rx_ip(&ip, data + at, len);
}

/* clang-format off */
struct piece { u16_t at, len; bool more; };
static const struct {
  const char *what;
  unsigned n;
  struct piece p[6];
  unsigned whole;          /**< datagrams delivered */
  u32_t len;
  enum lwip_x_drop why;    /**< counted, DROP_NONE: nothing has to be */
} cases[] = {
  { "two in order",            2, { { 0, 16, 1 }, { 16, 5, 0 } },                                  1, 21, DROP_NONE },
  { "two in reverse order",    2, { { 16, 5, 0 }, { 0, 16, 1 } },                                  1, 21, DROP_NONE },
  { "middle last",             3, { { 0, 16, 1 }, { 24, 5, 0 }, { 16, 8, 1 } },                    1, 29, DROP_NONE },
  { "first last",              3, { { 16, 8, 1 }, { 24, 5, 0 }, { 0, 16, 1 } },                    1, 29, DROP_NONE },
  { "one missing",             2, { { 0, 16, 1 }, { 24, 5, 0 } },                                  0, 0,  DROP_NONE },
  { "last missing",            2, { { 0, 16, 1 }, { 16, 8, 1 } },                                  0, 0,  DROP_NONE },
  { "a repetition (links do that)", 3, { { 0, 16, 1 }, { 0, 16, 1 }, { 16, 5, 0 } },               1, 21, DROP_NONE },
  { "the last repeated",       3, { { 16, 5, 0 }, { 16, 5, 0 }, { 0, 16, 1 } },                    1, 21, DROP_NONE },
  { "the last may have 1 octet", 2, { { 0, 8, 1 }, { 8, 1, 0 } },                                  1, 9,  DROP_NONE },
  { "teardrop: inside the first (FRAG-02)", 3, { { 0, 40, 1 }, { 24, 4, 0 }, { 40, 8, 0 } },       0, 0,  DROP_FRAG_OVERLAP },
  { "overlap at the head",     3, { { 16, 16, 1 }, { 8, 16, 1 }, { 32, 8, 0 } },                   0, 0,  DROP_FRAG_OVERLAP },
  { "overlap at the tail",     3, { { 0, 16, 1 }, { 8, 16, 1 }, { 24, 8, 0 } },                    0, 0,  DROP_FRAG_OVERLAP },
  { "overlap around",          3, { { 8, 8, 1 }, { 0, 24, 1 }, { 24, 8, 0 } },                     0, 0,  DROP_FRAG_OVERLAP },
  { "dead: the rest is dropped", 4, { { 0, 16, 1 }, { 8, 16, 1 }, { 0, 16, 1 }, { 16, 8, 0 } },    0, 0,  DROP_FRAG_OVERLAP },
  { "two ends",                3, { { 16, 8, 0 }, { 24, 8, 0 }, { 0, 16, 1 } },                    0, 0,  DROP_FRAG_OVERLAP },
  { "past the end",            3, { { 16, 8, 0 }, { 24, 8, 1 }, { 0, 16, 1 } },                    0, 0,  DROP_FRAG_OVERLAP },
  { "end before what is there", 2, { { 16, 8, 1 }, { 8, 8, 0 } },                                  0, 0,  DROP_FRAG_OVERLAP },
  { "13 octets with more (FRAG-05)", 2, { { 0, 13, 1 }, { 16, 8, 0 } },                            0, 0,  DROP_FRAG_SIZE },
  { "first without octets (FRAG-04)", 2, { { 0, 0, 1 }, { 0, 8, 1 } },                             0, 0,  DROP_FRAG_SIZE },
  { "middle without octets",   3, { { 0, 16, 1 }, { 16, 0, 1 }, { 16, 8, 0 } },                    1, 24, DROP_FRAG_SIZE },
  { "only a last, empty",      1, { { 16, 0, 0 } },                                                0, 0,  DROP_FRAG_SIZE },
  { "tiny first (FRAG-07)",    2, { { 0, 8, 1 }, { 8, 40, 0 } },                                   1, 48, DROP_NONE },
};
/* clang-format on */

START_TEST(sequences)
{
  unsigned i;

  setup();
  for (i = 0; i < cases[_i].n; i++) {
    frag(LAB_PEER, 7, cases[_i].p[i].at, cases[_i].p[i].len, cases[_i].p[i].more);
  }
  ck_assert_msg(got_count == cases[_i].whole, "%s: %u", cases[_i].what, got_count);
  ck_assert_msg(got_len == cases[_i].len && memcmp(got, data, got_len) == 0, "%s", cases[_i].what);
  ck_assert_msg(cases[_i].why == DROP_NONE || lwip_x_drops[cases[_i].why] > 0, "%s", cases[_i].what);
  /* a fresh datagram is accepted */
  frag(LAB_PEER, 8, 0, 16, true);
  frag(LAB_PEER, 8, 16, 9, false);
  ck_assert_uint_eq(got_count, cases[_i].whole + 1);
  ck_assert_uint_eq(got_len, 25);
  lab_wait((IP_REASS_MAXAGE + 1) * 1000);
  lab_no_leak();
}
END_TEST

/* FRAG-01, ping of death: no datagram grows past 65535 octets, header included. */
START_TEST(ping_of_death)
{
  setup();
  frag(LAB_PEER, 7, 8189 * 8, 200, false);
  ck_assert_uint_eq(lwip_x_drops[DROP_FRAG_SIZE], 1);
  frag(LAB_PEER, 7, 8191 * 8, 8, false);
  ck_assert_uint_eq(lwip_x_drops[DROP_FRAG_SIZE], 2);
  ck_assert_uint_eq(lab_used(MEMP_REASSDATA), 0);
}
END_TEST

static const u16_t orders[] = { 0, 1, 2, 3, 4, 5, 6, 7 };

/* Fragments in any order, in pieces of any size. */
START_TEST(any_order)
{
  u16_t at[12], order[12];
  unsigned n, i;

  setup();
  test_rand_seed((uint64_t)orders[_i] + 1);
  for (n = 2; n <= 12; n++) {
    for (i = 0; i < n; i++) {
      const unsigned j = test_rand() % (i + 1);
      at[i] = (u16_t)(i * 104);
      order[i] = order[j];
      order[j] = (u16_t)i;
    }
    got_len = 0;
    for (i = 0; i < n; i++) {
      frag(LAB_PEER, (u16_t)n, at[order[i]], order[i] + 1u == n ? 33 : 104, order[i] + 1u < n);
    }
    ck_assert_uint_eq(got_len, (n - 1) * 104 + 33);
    ck_assert_int_eq(memcmp(got, data, got_len), 0);
  }
  lab_no_leak();
}
END_TEST

/* The largest datagram there can be. */
START_TEST(whole_64k)
{
  u32_t at;

  setup();
  for (at = 0; at < 65515; at += 1480) {
    const u16_t n = (u16_t)(65515 - at < 1480 ? 65515 - at : 1480);
    frag(LAB_PEER, 9, at, n, at + n < 65515);
  }
  ck_assert_uint_eq(got_len, 65515);
  ck_assert_int_eq(memcmp(got, data, got_len), 0);
  lab_no_leak();
}
END_TEST

/* Fragments of different datagrams do not mix: id, source and protocol tell them apart. */
START_TEST(keys)
{
  setup();
  frag(LAB_PEER, 7, 0, 16, true);
  frag(LAB_PEER, 8, 16, 5, false);
  frag(LAB_PEER + 1, 7, 16, 5, false);
  ck_assert_uint_eq(got_count, 0);
  frag(LAB_PEER, 7, 16, 5, false);
  ck_assert_uint_eq(got_count, 1);
}
END_TEST

/* FRAG-08: header lengths may differ; the first fragment's header is the datagram's. */
START_TEST(different_headers)
{
  static const u8_t opt[40] = { 1, 1, 1, 1 };
  const struct lab_ip first = { LAB_PEER, LAB_US, 200, 3, IP4_WIRE_MF, 0, opt, 40 };

  setup();
  lab_rx_ip(&first, data, 24);
  frag(LAB_PEER, 3, 24, 100, false);
  ck_assert_uint_eq(got_len, 124);
  ck_assert_int_eq(memcmp(got, data, 124), 0);
}
END_TEST

/* FRAG-10, Rose attack: first and last only, many times.  Memory is bounded and others still get through. */
START_TEST(rose)
{
  unsigned i;

  setup();
  for (i = 0; i < 200; i++) {
    frag(LAB_PEER, (u16_t)(1000 + i), 0, 1400, true);
    frag(LAB_PEER, (u16_t)(1000 + i), 8000 * 8, 100, false);
    ck_assert_uint_le(lab_used(MEMP_REASSDATA), MEMP_NUM_REASSDATA);
    ck_assert_uint_le(lab_used(MEMP_PBUF_POOL), IP_REASS_MAX_PBUFS);
  }
  ck_assert_uint_eq(lab_sent, 0); /* eviction is silent */
  frag(LAB_PEER + 5, 1, 0, 16, true);
  frag(LAB_PEER + 5, 1, 16, 5, false);
  ck_assert_uint_eq(got_count, 1);
  lab_wait((IP_REASS_MAXAGE + 1) * 1000);
  lab_no_leak();
}
END_TEST

/* A flood from one source costs the flooder's own datagrams, not those of others. */
START_TEST(fair_share)
{
  unsigned i;

  setup();
  for (i = 0; i < MEMP_NUM_REASSDATA; i++) {
    frag(LAB_PEER, (u16_t)i, 0, 16, true);
  }
  frag(LAB_PEER + 1, 1, 0, 16, true); /* the flooder's oldest goes */
  for (i = 0; i < 50; i++) {
    frag(LAB_PEER, (u16_t)(100 + i), 0, 16, true);
  }
  frag(LAB_PEER + 1, 1, 16, 5, false);
  ck_assert_uint_eq(got_count, 1);
}
END_TEST

/* Pbufs are limited too, whatever the number of datagrams. */
START_TEST(pbuf_limit)
{
  unsigned i;

  setup();
  for (i = 0; i < 3 * IP_REASS_MAX_PBUFS; i++) {
    frag(LAB_PEER, 7, i * 16, 8, true);
    ck_assert_uint_le(lab_used(MEMP_PBUF_POOL), IP_REASS_MAX_PBUFS);
  }
  ck_assert_uint_gt(lwip_x_drops[DROP_FRAG_MEM], 0);
  lab_wait((IP_REASS_MAXAGE + 1) * 1000);
  lab_no_leak();
}
END_TEST

/* RFC 792: time exceeded, code 1, only if the first fragment is there; and nothing ticks when nothing waits. */
START_TEST(timeout)
{
  setup();
  ck_assert_uint_eq(timers_sleep(lab_now), TIMERS_NEVER);
  frag(LAB_PEER, 7, 16, 8, true);
  frag(LAB_PEER, 8, 0, 16, true);
  lab_wait(IP_REASS_MAXAGE * 1000 - 1);
  ck_assert_uint_eq(lab_sent, 0);
  lab_wait(2);
  ck_assert_uint_eq(lab_sent, 1);
  lab_check_ip(&lab_out[0]);
  ck_assert_uint_eq(lab_out[0].b[20], ICMP_WIRE_TIME);
  ck_assert_uint_eq(lab_out[0].b[21], 1);
  ck_assert_uint_eq(ip4_wire_id(lab_out[0].b + 28), 8);
  ck_assert_uint_eq(lab_sum(lab_out[0].b + 20, lab_out[0].len - 20u), 0xffff);
  ck_assert_uint_eq(lwip_x_drops[DROP_FRAG_TIMEOUT], 2);
  ck_assert_uint_eq(timers_sleep(lab_now), TIMERS_NEVER);
  lab_no_leak();
}
END_TEST

START_TEST(no_memory)
{
  long fail;

  setup();
  for (fail = 0; fail < 6; fail++) {
    const struct lab_ip ip = { LAB_PEER, LAB_US, 200, (u16_t)fail, IP4_WIRE_MF, 0, NULL, 0 };
    u8_t b[64];
    struct pbuf *p = lab_pbuf(b, lab_build(b, &ip, data, 16), 0);
    test_alloc_countdown = fail;
    ip4_input(p, &lab_nif);
    test_alloc_countdown = -1;
  }
  lab_wait((IP_REASS_MAXAGE + 1) * 1000);
  lab_no_leak();
}
END_TEST

/* A driver may give a fragment in pieces, and pieces without octets behind it. */
START_TEST(in_pieces)
{
  u16_t piece;

  setup();
  for (piece = 1; piece < 60; piece++) {
    const struct lab_ip one = { LAB_PEER, LAB_US, 200, piece, IP4_WIRE_MF, 0, NULL, 0 };
    const struct lab_ip two = { LAB_PEER, LAB_US, 200, piece, 4, 0, NULL, 0 };
    struct pbuf *p, *empty;
    u8_t b[64];
    lab_rx_on(&lab_nif, b, lab_build(b, &two, data + 32, 4), 0, piece);
    p = lab_pbuf(b, lab_build(b, &one, data, 32), piece);
    empty = pbuf_alloc(PBUF_RAW, 0, PBUF_POOL);
    pbuf_cat(p, empty);
    ip4_input(p, &lab_nif);
    ck_assert_uint_eq(got_count, piece);
    ck_assert_uint_eq(got_len, 36);
    ck_assert_int_eq(memcmp(got, data, 36), 0);
    lab_no_leak();
  }
}
END_TEST

/* The public functions: ip4_reass() as lwIP has it, ip_reass_tmr() harmless. */
START_TEST(public_functions)
{
  const struct lab_ip one = { LAB_PEER, LAB_US, 200, 5, IP4_WIRE_MF, 0, NULL, 0 };
  const struct lab_ip two = { LAB_PEER, LAB_US, 200, 5, 2, 0, NULL, 0 };
  struct pbuf *p;
  u8_t b[64];
  unsigned i;

  setup();
  ip_reass_init();
  ck_assert_ptr_null(ip4_reass(lab_pbuf(b, lab_build(b, &one, data, 16), 0)));
  for (i = 0; i < 100; i++) {
    ip_reass_tmr();
  }
  p = ip4_reass(lab_pbuf(b, lab_build(b, &two, data + 16, 4), 0));
  ck_assert_ptr_nonnull(p);
  ck_assert_uint_eq(p->tot_len, 40);
  pbuf_free(p);
  lab_no_leak();
}
END_TEST

static void add_tests(TCase *tc)
{
  tcase_add_loop_test(tc, sequences, 0, (int)(sizeof cases / sizeof cases[0]));
  tcase_add_test(tc, ping_of_death);
  tcase_add_loop_test(tc, any_order, 0, (int)(sizeof orders / sizeof orders[0]));
  tcase_add_test(tc, whole_64k);
  tcase_add_test(tc, keys);
  tcase_add_test(tc, different_headers);
  tcase_add_test(tc, rose);
  tcase_add_test(tc, fair_share);
  tcase_add_test(tc, pbuf_limit);
  tcase_add_test(tc, timeout);
  tcase_add_test(tc, no_memory);
  tcase_add_test(tc, in_pieces);
  tcase_add_test(tc, public_functions);
}

LAB_MAIN("ip4_reass")
