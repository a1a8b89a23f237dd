/** Forwarding between two interfaces (RFC 1812). */
#include "ip_lab.h"

/* clang-format off */
static const struct {
  const char *what;
  u32_t src, dst;
  u16_t len;            /**< of payload */
  u16_t frag;
  u8_t ttl, flags;
  unsigned out;         /**< packets on the second interface */
  unsigned back;        /**< ICMP on the first */
  u8_t type, code;
  enum lwip_x_drop why;
} cases[] = {
  { "to the other network",               LAB_PEER, LAB_PEER2,   100, 0,           64, 0, 1, 0, 0,  0, DROP_NONE          },
  { "last hop",                           LAB_PEER, LAB_PEER2,   100, 0,            2, 0, 1, 0, 0,  0, DROP_NONE          },
  { "TTL used up: time exceeded",         LAB_PEER, LAB_PEER2,   100, 0,            1, 0, 0, 1, 11, 0, DROP_IP4_TTL       },
  { "back where it came from",            LAB_PEER, LAB_PEER + 1, 100, 0,          64, 0, 0, 0, 0,  0, DROP_IP4_NO_FORWARD },
  { "too big: fragmented",                LAB_PEER, LAB_PEER2,  1400, 0,           64, 0, 3, 0, 0,  0, DROP_NONE          },
  { "too big, DF: tell the MTU",          LAB_PEER, LAB_PEER2,  1400, IP4_WIRE_DF, 64, 0, 0, 1, 3,  4, DROP_IP4_DF        },
  { "a fragment is passed on",            LAB_PEER, LAB_PEER2,   104, IP4_WIRE_MF, 64, 0, 1, 0, 0,  0, DROP_NONE          },
  { "TTL of a later fragment: silence",   LAB_PEER, LAB_PEER2,   104, 5,            1, 0, 0, 0, 0,  0, DROP_IP4_TTL       },
  { "in a broadcast frame",               LAB_PEER, LAB_PEER2,   100, 0,           64, PBUF_FLAG_LLBCAST, 0, 0, 0, 0, DROP_IP4_DEST },
  { "from link-local (RFC 3927 7)",       0xa9fe0101u, LAB_PEER2, 100, 0,          64, 0, 0, 0, 0,  0, DROP_IP4_NO_FORWARD },
  { "to link-local",                      LAB_PEER, 0xa9fe0101u, 100, 0,           64, 0, 0, 0, 0,  0, DROP_IP4_NO_FORWARD },
  { "to class E",                         LAB_PEER, 0xf0000001u, 100, 0,           64, 0, 0, 0, 0,  0, DROP_IP4_NO_FORWARD },
  { "to a group",                         LAB_PEER, LAB_GROUP,   100, 0,           64, 0, 0, 0, 0,  0, DROP_IP4_DEST      },
  { "from a group",                       LAB_GROUP, LAB_PEER2,  100, 0,           64, 0, 0, 0, 0,  0, DROP_IP4_SOURCE    },
  { "from ourselves",                     LAB_US,   LAB_PEER2,   100, 0,           64, 0, 0, 0, 0,  0, DROP_IP4_SOURCE    },
};
/* clang-format on */

START_TEST(decisions)
{
  const struct lab_ip ip = { cases[_i].src, cases[_i].dst, 99, 0x77, cases[_i].frag, cases[_i].ttl, NULL, 0 };
  static u8_t data[1500], b[1600];
  unsigned i, out = 0, back = 0;

  lab_setup2();
  lab_nif2.mtu = 576;
  lab_rx_on(&lab_nif, b, lab_build(b, &ip, data, cases[_i].len), cases[_i].flags, 0);
  for (i = 0; i < lab_sent; i++) {
    lab_check_ip(&lab_out[i]);
    if (lab_out[i].nif == &lab_nif2) {
      out++;
      ck_assert_uint_eq(lab_out[i].to, cases[_i].dst);
      ck_assert_uint_eq(ip4_wire_ttl(lab_out[i].b), cases[_i].ttl - 1);
      ck_assert_uint_eq(be32_get(lab_out[i].b + 12), cases[_i].src);
      ck_assert_uint_eq(ip4_wire_id(lab_out[i].b), 0x77);
    } else {
      back++;
      ck_assert_uint_eq(lab_out[i].b[20], cases[_i].type);
      ck_assert_uint_eq(lab_out[i].b[21], cases[_i].code);
      ck_assert_uint_eq(be32_get(lab_out[i].b + 12), LAB_US);
      ck_assert_uint_eq(icmp_wire_mtu(lab_out[i].b + 20), cases[_i].code == 4 ? 576 : 0);
    }
  }
  ck_assert_msg(out == cases[_i].out && back == cases[_i].back, "%s: %u out, %u back", cases[_i].what, out, back);
  ck_assert_msg(cases[_i].why == DROP_NONE || lwip_x_drops[cases[_i].why] == 1, "%s", cases[_i].what);
  lab_no_leak();
}
END_TEST

/* Who else refers to the packet does not see its TTL change. */
START_TEST(shared_packets_are_copied)
{
  const struct lab_ip ip = { LAB_PEER, LAB_PEER2, 99, 1, 0, 64, NULL, 0 };
  struct pbuf *p;
  u8_t b[64];

  lab_setup2();
  p = lab_pbuf(b, lab_build(b, &ip, "abcd", 4), 0);
  pbuf_ref(p);
  ip4_input(p, &lab_nif);
  ck_assert_uint_eq(lab_sent, 1);
  ck_assert_int_eq(pbuf_memcmp(p, 0, b, 24), 0);
  pbuf_free(p);
  lab_no_leak();
}
END_TEST

START_TEST(no_route)
{
  const struct lab_ip ip = { LAB_PEER, LAB_FAR, 99, 1, 0, 64, NULL, 0 };

  lab_setup2();
  netif_set_default(NULL);
  lab_rx_ip(&ip, "abcd", 4);
  ck_assert_uint_eq(lwip_x_drops[DROP_IP4_NO_ROUTE], 1); /* and the error has a way back */
  ck_assert_uint_eq(lab_sent, 1);
  ck_assert_uint_eq(lab_out[0].b[20], ICMP_WIRE_UNREACH);
  ck_assert_uint_eq(lab_out[0].b[21], ICMP_WIRE_CODE_NET);
}
END_TEST

static void add_tests(TCase *tc)
{
  tcase_add_loop_test(tc, decisions, 0, (int)(sizeof cases / sizeof cases[0]));
  tcase_add_test(tc, shared_packets_are_copied);
  tcase_add_test(tc, no_route);
}

LAB_MAIN("ip4_forward")
