/** ICMP: echo, errors out and in (RFC 792, RFC 1122 3.2.2, RFC 5927). */
#include "ip_lab.h"
#include "ip/ip4_pmtu.h"

/** An ICMP message with its checksum at @p b.  @return its length */
static u16_t icmp(u8_t *b, u8_t type, u8_t code, u32_t rest, const void *data, u16_t len)
{
  icmp_wire_emit(b, type, code, rest);
  if (len > 0) {
    memmove(b + 8, data, len);
  }
  be16_put(b + 2, (u16_t)~lab_sum(b, 8u + len));
  return (u16_t)(8 + len);
}

static void rx_icmp(u32_t src, u32_t dst, u8_t type, u8_t code, u32_t rest, const void *data, u16_t len)
{
  const struct lab_ip ip = { src, dst, 1, 0, 0, 0, NULL, 0 };
  static u8_t b[4096];

  lab_rx_ip(&ip, b, icmp(b, type, code, rest, data, len));
}

static u8_t pattern[20100];

static void fill(void)
{
  size_t i;

  for (i = 0; i < sizeof pattern; i++) {
    pattern[i] = (u8_t)(i * 3 + (i >> 8));
  }
}

static const u16_t echo_lens[] = { 0, 1, 2, 3, 55, 56, 57, 1000, 1471, 1472 };

START_TEST(echo_is_answered_whole)
{
  const u16_t len = echo_lens[_i];

  lab_setup();
  fill();
  rx_icmp(LAB_PEER, LAB_US, 8, 0, 0x12345678, pattern, len);
  ck_assert_uint_eq(lab_sent, 1);
  lab_check_ip(&lab_out[0]);
  ck_assert_uint_eq(lab_out[0].len, 28 + len);
  ck_assert_uint_eq(lab_out[0].b[20], 0);
  ck_assert_uint_eq(be32_get(lab_out[0].b + 24), 0x12345678);
  ck_assert_int_eq(memcmp(lab_out[0].b + 28, pattern, len), 0);
  ck_assert_uint_eq(lab_sum(lab_out[0].b + 20, 8u + len), 0xffff);
  ck_assert_uint_eq(be32_get(lab_out[0].b + 12), LAB_US);
  ck_assert_uint_eq(be32_get(lab_out[0].b + 16), LAB_PEER);
  lab_no_leak();
}
END_TEST

/* RFC 1624: whatever the checksum was, the reply's is right. */
START_TEST(echo_checksum_is_corrected)
{
  unsigned i;

  lab_setup();
  for (i = 0; i < 0x10000; i += 5) {
    u8_t d[2];
    be16_put(d, (u16_t)i);
    lab_sent = 0;
    rx_icmp(LAB_PEER, LAB_US, 8, 0, 0, d, 2);
    ck_assert_uint_eq(lab_sent, 1);
    ck_assert_uint_eq(lab_sum(lab_out[0].b + 20, 10), 0xffff);
  }
}
END_TEST

/* ICMP-07: 20000 octets in fragments, answered in fragments. */
START_TEST(big_echo)
{
  static u8_t b[20100], back[20100];
  const u16_t len = icmp(b, 8, 0, 7, (fill(), pattern), 20000);
  unsigned i;
  u16_t at;

  lab_setup();
  for (at = 0; at < len; at = (u16_t)(at + 1480)) {
    const u16_t n = (u16_t)(len - at < 1480 ? len - at : 1480);
    const struct lab_ip ip = { LAB_PEER, LAB_US, 1, 9, (u16_t)((at + n < len ? IP4_WIRE_MF : 0) | at / 8), 0, NULL, 0 };
    lab_rx_ip(&ip, b + at, n);
  }
  ck_assert_uint_eq(lab_sent, 14);
  for (i = 0; i < lab_sent; i++) {
    lab_check_ip(&lab_out[i]);
    memcpy(back + ip4_wire_offset(lab_out[i].b), lab_out[i].b + 20, lab_out[i].len - 20u);
  }
  ck_assert_uint_eq(back[0], 0);
  ck_assert_uint_eq(lab_sum(back, len), 0xffff);
  ck_assert_int_eq(memcmp(back + 8, pattern, 20000), 0);
  lab_no_leak();
}
END_TEST

/* In pieces, or held by somebody else too: what was received is not written to. */
START_TEST(echo_of_a_shared_packet)
{
  const struct lab_ip ip = { LAB_PEER, LAB_US, 1, 0, 0, 0, NULL, 0 };
  u8_t b[300], m[200];
  const u16_t len = lab_build(b, &ip, m, icmp(m, 8, 0, 1, "hello", 5));
  struct pbuf *p;
  u16_t piece;

  lab_setup();
  p = lab_pbuf(b, len, 0);
  pbuf_ref(p);
  ip4_input(p, &lab_nif);
  ck_assert_uint_eq(lab_sent, 1);
  ck_assert_uint_eq(lab_sum(lab_out[0].b + 20, lab_out[0].len - 20u), 0xffff);
  p->payload = (u8_t *)p->payload - 20;
  p->len = p->tot_len = len;
  ck_assert_int_eq(memcmp(p->payload, b, len), 0);
  pbuf_free(p);
  for (piece = 1; piece < len; piece++) {
    lab_sent = 0;
    lab_rx_on(&lab_nif, b, len, 0, piece);
    ck_assert_uint_eq(lab_sent, 1);
    ck_assert_uint_eq(lab_sum(lab_out[0].b + 20, lab_out[0].len - 20u), 0xffff);
  }
  lab_no_leak();
}
END_TEST

/* clang-format off */
static const struct {
  const char *what;
  u32_t dst;
  u8_t type, code;
  u16_t len;             /**< of the whole message; from 8 on with a right checksum unless bad */
  bool bad;
  enum lwip_x_drop why;
} quiet[] = {
  { "nothing (ICMP-01)",                       LAB_US,      8, 0,  0, 0, DROP_ICMP_SHORT    },
  { "7 octets, echo",                          LAB_US,      8, 0,  7, 0, DROP_ICMP_SHORT    },
  { "7 octets, unreachable",                   LAB_US,      3, 3,  7, 0, DROP_ICMP_SHORT    },
  { "1 octet, timestamp",                      LAB_US,     13, 0,  1, 0, DROP_ICMP_SHORT    },
  { "echo reply nobody asked for (ICMP-10)",   LAB_US,      0, 0,  8, 0, DROP_NONE          },
  { "source quench (RFC 6633, ICMP-05)",       LAB_US,      4, 0, 40, 0, DROP_ICMP_TYPE     },
  { "redirect",                                LAB_US,      5, 1, 40, 0, DROP_ICMP_TYPE     },
  { "router advertisement",                    LAB_US,      9, 0, 40, 0, DROP_ICMP_TYPE     },
  { "router solicitation",                     LAB_US,     10, 0,  8, 0, DROP_ICMP_TYPE     },
  { "timestamp",                               LAB_US,     13, 0, 20, 0, DROP_ICMP_TYPE     },
  { "information request",                     LAB_US,     15, 0,  8, 0, DROP_ICMP_TYPE     },
  { "address mask",                            LAB_US,     17, 0, 12, 0, DROP_ICMP_TYPE     },
  { "unknown",                                 LAB_US,    200, 0, 40, 0, DROP_ICMP_TYPE     },
  { "echo, wrong checksum (ICMP-08)",          LAB_US,      8, 0, 16, 1, DROP_ICMP_CHKSUM   },
  { "echo to the broadcast address",           LAB_BCAST,   8, 0, 16, 0, DROP_ICMP_GROUP    },
  { "echo to 255.255.255.255",                 0xffffffffu, 8, 0, 16, 0, DROP_ICMP_GROUP    },
  { "echo to a group",                         0xe0000001u, 8, 0, 16, 0, DROP_ICMP_GROUP    },
  { "unreachable without quotation (ICMP-02)", LAB_US,      3, 3,  8, 0, DROP_ICMP_EMBEDDED },
  { "unreachable, wrong checksum",             LAB_US,      3, 3, 40, 1, DROP_ICMP_CHKSUM   },
  { "time exceeded, half a quotation",         LAB_US,     11, 0, 35, 0, DROP_ICMP_EMBEDDED },
};
/* clang-format on */

START_TEST(not_answered)
{
  const struct lab_ip ip = { LAB_PEER, quiet[_i].dst, 1, 0, 0, 0, NULL, 0 };
  u8_t b[64], m[64] = { 0 };

  lab_setup();
  m[0] = quiet[_i].type;
  m[1] = quiet[_i].code;
  if (quiet[_i].len >= 8) {
    be16_put(m + 2, (u16_t)(~lab_sum(m, quiet[_i].len) + (quiet[_i].bad ? 1 : 0)));
  }
  lab_rx(b, lab_build(b, &ip, m, quiet[_i].len));
  ck_assert_msg(lab_sent == 0, "%s", quiet[_i].what);
  ck_assert_msg(quiet[_i].why == DROP_NONE || lwip_x_drops[quiet[_i].why] == 1, "%s", quiet[_i].what);
  lab_no_leak();
}
END_TEST

START_TEST(checksums_0_and_ffff)
{
  static const u16_t sums[] = { 0, 0xffff };
  const struct lab_ip ip = { LAB_PEER, LAB_US, 1, 0, 0, 0, NULL, 0 };
  u8_t b[64], m[16] = { 8, 0, 0, 0, 1, 2, 3, 4 };
  unsigned i;

  lab_setup();
  for (i = 0; i < 2; i++) {
    be16_put(m + 2, sums[i]);
    lab_rx(b, lab_build(b, &ip, m, 16));
  }
  ck_assert_uint_eq(lab_sent, 0);
}
END_TEST

/* What an error quotes, and that it is right. */
START_TEST(port_unreachable)
{
  static u8_t data[600];
  const u8_t *m;

  lab_setup();
  lab_rx_udp(LAB_PEER, LAB_US, 1111, 2222, data, sizeof data);
  ck_assert_uint_eq(lab_sent, 1);
  lab_check_ip(&lab_out[0]);
  m = lab_out[0].b + 20;
  ck_assert_uint_eq(lab_out[0].len, 20 + 8 + 28);
  ck_assert_uint_eq(m[0], 3);
  ck_assert_uint_eq(m[1], 3);
  ck_assert_uint_eq(lab_sum(m, 36), 0xffff);
  ck_assert_uint_eq(be32_get(m + 4), 0);
  ck_assert_uint_eq(be32_get(m + 8 + 12), LAB_PEER);
  ck_assert_uint_eq(udp_wire_dport(m + 28), 2222);
  ck_assert_uint_eq(be32_get(lab_out[0].b + 16), LAB_PEER);
  lab_no_leak();
}
END_TEST

/* clang-format off */
/** RFC 1122 3.2.2: nobody is told. */
static const struct {
  const char *what;
  u32_t src, dst;
  u8_t proto, first;     /**< protocol and first octet of 16 octets of payload */
  u16_t frag;
  u8_t flags;
  unsigned told;
} errors[] = {
  { "unknown protocol: told",          LAB_PEER, LAB_US,      99, 0, 0,           0,                 1 },
  { "in a broadcast frame",            LAB_PEER, LAB_US,      99, 0, 0,           PBUF_FLAG_LLBCAST, 0 },
  { "to the broadcast address",        LAB_PEER, LAB_BCAST,   99, 0, 0,           PBUF_FLAG_LLBCAST, 0 },
  { "to a group",                      LAB_PEER, 0xe0000001u, 99, 0, 0,           PBUF_FLAG_LLMCAST, 0 },
  { "from nobody",                     0,        LAB_US,      99, 0, 0,           0,                 0 },
  { "from the broadcast address",      LAB_BCAST, LAB_US,     99, 0, 0,           0,                 0 },
  { "from a group",                    LAB_GROUP, LAB_US,     99, 0, 0,           0,                 0 },
  { "from class E",                    0xf0000001u, LAB_US,   99, 0, 0,           0,                 0 },
};
/* clang-format on */

START_TEST(who_is_told)
{
  const struct lab_ip ip = { errors[_i].src, errors[_i].dst, errors[_i].proto, 1, errors[_i].frag, 0, NULL, 0 };
  u8_t b[64], m[16] = { 0 };

  lab_setup();
  m[0] = errors[_i].first;
  lab_rx_on(&lab_nif, b, lab_build(b, &ip, m, 16), errors[_i].flags, 0);
  ck_assert_msg(lab_sent == errors[_i].told, "%s", errors[_i].what);
  lab_no_leak();
}
END_TEST

/* ICMP-11: never an error about an error; about a query there may be one.  By the public function, as a program would. */
START_TEST(no_error_about_an_error)
{
  static const struct {
    u8_t type;
    unsigned told;
  } types[] = { { 3, 0 }, { 11, 0 }, { 12, 0 }, { 5, 0 }, { 4, 0 }, { 8, 1 }, { 13, 1 }, { 200, 0 } };
  unsigned i;

  lab_setup();
  for (i = 0; i < sizeof types / sizeof types[0]; i++) {
    const struct lab_ip ip = { LAB_PEER, LAB_US, 1, 0, 0, 0, NULL, 0 };
    u8_t b[64], m[16] = { 0 };
    struct pbuf *p;
    m[0] = types[i].type;
    p = lab_pbuf(b, lab_build(b, &ip, m, 16), 0);
    lab_sent = 0;
    icmp_dest_unreach(p, ICMP_DUR_HOST);
    ck_assert_uint_eq(lab_sent, types[i].told);
    icmp_time_exceeded(p, ICMP_TE_TTL);
    ck_assert_uint_eq(lab_sent, 2 * types[i].told);
    pbuf_free(p);
  }
}
END_TEST

/* secure defaults: errors at most 10 a second, not exactly so many (SAD DNS). */
START_TEST(errors_are_limited)
{
  unsigned second, i, counts[8];
  bool varies = false;

  lab_setup();
  for (second = 0; second < 8; second++) {
    lab_sent = 0;
    for (i = 0; i < 50; i++) {
      lab_rx_udp(LAB_PEER, LAB_US, 1111, (u16_t)(2222 + i), "x", 1);
    }
    counts[second] = lab_sent;
    ck_assert_uint_le(lab_sent, LWIP_X_ICMP_ERROR_RATE);
    ck_assert_uint_gt(lab_sent, 0);
    varies = varies || counts[second] != counts[0];
    lab_now += 1000;
  }
  ck_assert(varies);
  ck_assert_uint_gt(lwip_x_drops[DROP_ICMP_RATE], 0);
}
END_TEST

/* IP4-11: protocols 0 to 255 with nothing and with 8 octets. */
START_TEST(every_protocol)
{
  unsigned proto;

  lab_setup();
  for (proto = 0; proto < 256; proto++) {
    struct lab_ip ip = { LAB_PEER, LAB_US, (u8_t)proto, 0, 0, 0, NULL, 0 };
    lab_rx_ip(&ip, "\0\0\0\0\0\0\0\0", 0);
    lab_rx_ip(&ip, "\0\0\0\0\0\0\0\0", 8);
  }
  ck_assert_uint_le(lab_sent, LWIP_X_ICMP_ERROR_RATE);
  lab_no_leak();
}
END_TEST

/** A quotation of a datagram this stack has sent. */
static u16_t quotation(u8_t *q, u32_t src, u32_t dst, u16_t sport, u16_t dport)
{
  const struct lab_ip ip = { src, dst, 17, 0, 0, 0, NULL, 0 };
  u8_t udp[8];

  udp_wire_emit(udp, sport, dport, 1200);
  lab_build(q, &ip, udp, 8);
  be16_put(q + 2, 1220);
  return 28;
}

/* RFC 1191: too big is believed if it quotes a port we have. */
START_TEST(path_mtu_of_datagrams)
{
  struct udp_pcb *pcb;
  u8_t q[64];
  u16_t len;

  lab_setup();
  pcb = udp_new();
  ck_assert_int_eq(udp_bind(pcb, IP_ADDR_ANY, 5000), ERR_OK);
  len = quotation(q, LAB_US, LAB_FAR, 5001, 9);
  rx_icmp(LAB_PEER, LAB_US, 3, 4, 1000, q, len);
  ck_assert_uint_eq(ip4_pmtu, 0xffff);
  len = quotation(q, LAB_US, LAB_FAR, 5000, 9);
  rx_icmp(LAB_PEER, LAB_US, 3, 4, 1000, q, len);
  ck_assert_uint_eq(ip4_pmtu, 1000);
  udp_remove(pcb);
}
END_TEST

/* clang-format off */
static const struct { const char *what; u8_t at, v; u16_t len; } lies[] = {
  { "embedded version 6",            0, 0x65, 28 },
  { "embedded IHL 0",                0, 0x40, 28 },
  { "embedded IHL 15",               0, 0x4f, 28 },
  { "embedded length too small",     3, 27,   28 },
  { "embedded length 0",             2, 0,    28 },
  { "embedded source not ours",     15, 9,    28 },
  { "embedded later fragment",       7, 3,    28 },
  { "27 octets",                   0xff, 0,   27 },
  { "20 octets",                   0xff, 0,   20 },
  { "19 octets",                   0xff, 0,   19 },
  { "nothing",                     0xff, 0,    0 },
};
/* clang-format on */

START_TEST(embedded_lies)
{
  u8_t q[64];

  lab_setup();
  quotation(q, LAB_US, LAB_FAR, 5000, 9);
  be16_put(q + 2, lies[_i].at == 2 ? 8 : 28);
  if (lies[_i].at != 0xff) {
    q[lies[_i].at] = lies[_i].v;
  }
  rx_icmp(LAB_PEER, LAB_US, 3, 4, 1000, q, lies[_i].len);
  rx_icmp(LAB_PEER, LAB_US, 11, 0, 0, q, lies[_i].len);
  rx_icmp(LAB_PEER, LAB_US, 12, 0, 0, q, lies[_i].len);
  ck_assert_msg(lwip_x_drops[DROP_ICMP_EMBEDDED] == 3, "%s", lies[_i].what);
  ck_assert_uint_eq(lab_sent, 0);
  lab_no_leak();
}
END_TEST

START_TEST(no_memory)
{
  long fail;

  lab_setup();
  for (fail = 0; fail < 4; fail++) {
    const struct lab_ip ip = { LAB_PEER, LAB_US, 99, 0, 0, 0, NULL, 0 };
    u8_t b[64];
    struct pbuf *p = lab_pbuf(b, lab_build(b, &ip, "x", 1), 0);
    lab_now += 1000;
    test_alloc_countdown = fail;
    ip4_input(p, &lab_nif);
    test_alloc_countdown = -1;
    lab_no_leak();
  }
}
END_TEST

/* STM32: the hardware makes ICMP checksums if the field is 0; a fragmented reply it cannot do. */
START_TEST(hardware_checksum)
{
  lab_setup();
  fill();
  NETIF_SET_CHECKSUM_CTRL(&lab_nif, NETIF_CHECKSUM_DISABLE_ALL);
  rx_icmp(LAB_PEER, LAB_US, 8, 0, 1, pattern, 100);
  ck_assert_uint_eq(lab_sent, 1);
  ck_assert_uint_eq(be16_get(lab_out[0].b + 22), 0);
  lab_nif.mtu = 100;
  rx_icmp(LAB_PEER, LAB_US, 8, 0, 1, pattern, 100);
  ck_assert_uint_eq(lab_sent, 3);
  ck_assert_uint_ne(be16_get(lab_out[1].b + 22), 0);
}
END_TEST

static void add_tests(TCase *tc)
{
  tcase_add_loop_test(tc, echo_is_answered_whole, 0, (int)(sizeof echo_lens / sizeof echo_lens[0]));
  tcase_add_test(tc, echo_checksum_is_corrected);
  tcase_add_test(tc, big_echo);
  tcase_add_test(tc, echo_of_a_shared_packet);
  tcase_add_loop_test(tc, not_answered, 0, (int)(sizeof quiet / sizeof quiet[0]));
  tcase_add_test(tc, checksums_0_and_ffff);
  tcase_add_test(tc, port_unreachable);
  tcase_add_loop_test(tc, who_is_told, 0, (int)(sizeof errors / sizeof errors[0]));
  tcase_add_test(tc, no_error_about_an_error);
  tcase_add_test(tc, errors_are_limited);
  tcase_add_test(tc, every_protocol);
  tcase_add_test(tc, path_mtu_of_datagrams);
  tcase_add_loop_test(tc, embedded_lies, 0, (int)(sizeof lies / sizeof lies[0]));
  tcase_add_test(tc, no_memory);
  tcase_add_test(tc, hardware_checksum);
}

LAB_MAIN("icmp")
