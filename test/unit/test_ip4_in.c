/** IPv4 input: what is taken, what is dropped and why. */
#include "ip_lab.h"
#include "ip/ip4_in.h"

static unsigned got;

static void on_udp(void *arg, struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *addr, u16_t port)
{
  (void)arg;
  (void)pcb;
  (void)addr;
  (void)port;
  got++;
  pbuf_free(p);
}

static void listen_on(u16_t port)
{
  struct udp_pcb *pcb = udp_new();

  ck_assert_ptr_nonnull(pcb);
  ip_set_option(pcb, SOF_BROADCAST);
  ck_assert_int_eq(udp_bind(pcb, IP_ADDR_ANY, port), ERR_OK);
  udp_recv(pcb, on_udp, NULL);
}

/* clang-format off */
/** A good packet (20 + 8 octets, UDP to port 9) with octets changed; the checksum is repaired unless told otherwise. */
static const struct {
  const char *what;
  u16_t len;                    /**< octets received, 0: 28 */
  struct { u8_t at, v; } set[3]; /**< at 0xff: end */
  bool keep_chksum;
  enum lwip_x_drop why;
} headers[] = {
  { "as it should be",                         0, { { 0xff, 0 } },                              false, DROP_NONE        },
  { "1 octet",                                 1, { { 0xff, 0 } },                              true,  DROP_IP4_SHORT   },
  { "19 octets",                              19, { { 0xff, 0 } },                              true,  DROP_IP4_SHORT   },
  { "version 0 (IP4-05)",                      0, { { 0, 0x05 }, { 0xff, 0 } },                 false, DROP_IP4_VERSION },
  { "version 5",                               0, { { 0, 0x55 }, { 0xff, 0 } },                 false, DROP_IP4_VERSION },
  { "version 6",                               0, { { 0, 0x65 }, { 0xff, 0 } },                 false, DROP_IP4_VERSION },
  { "version 15",                              0, { { 0, 0xf5 }, { 0xff, 0 } },                 false, DROP_IP4_VERSION },
  { "IHL 0 (IP4-02)",                          0, { { 0, 0x40 }, { 0xff, 0 } },                 true,  DROP_IP4_HLEN    },
  { "IHL 1",                                   0, { { 0, 0x41 }, { 0xff, 0 } },                 true,  DROP_IP4_HLEN    },
  { "IHL 4",                                   0, { { 0, 0x44 }, { 0xff, 0 } },                 true,  DROP_IP4_HLEN    },
  { "IHL 15 with 28 octets",                   0, { { 0, 0x4f }, { 0xff, 0 } },                 true,  DROP_IP4_HLEN    },
  { "IHL 15 with 20 octets",                  20, { { 0, 0x4f }, { 0xff, 0 } },                 true,  DROP_IP4_HLEN    },
  { "length 65535 (IP4-03)",                   0, { { 2, 0xff }, { 3, 0xff }, { 0xff, 0 } },    false, DROP_IP4_LEN     },
  { "length 1500",                             0, { { 2, 0x05 }, { 3, 0xdc }, { 0xff, 0 } },    false, DROP_IP4_LEN     },
  { "length 60",                               0, { { 3, 60 }, { 0xff, 0 } },                   false, DROP_IP4_LEN     },
  { "length 19, less than the header",         0, { { 3, 19 }, { 0xff, 0 } },                   false, DROP_IP4_LEN     },
  { "length 0",                                0, { { 3, 0 }, { 0xff, 0 } },                    false, DROP_IP4_LEN     },
  { "checksum wrong (IP4-06)",                 0, { { 10, 1 }, { 11, 2 }, { 0xff, 0 } },        true,  DROP_IP4_CHKSUM  },
  { "checksum 0",                              0, { { 10, 0 }, { 11, 0 }, { 0xff, 0 } },        true,  DROP_IP4_CHKSUM  },
  { "checksum ffff",                           0, { { 10, 0xff }, { 11, 0xff }, { 0xff, 0 } },  true,  DROP_IP4_CHKSUM  },
  { "TTL 0: a host delivers (IP4-12)",         0, { { 8, 0 }, { 0xff, 0 } },                    false, DROP_NONE        },
  { "TTL 1",                                   0, { { 8, 1 }, { 0xff, 0 } },                    false, DROP_NONE        },
  { "padding behind the packet (Ethernet)",   46, { { 0xff, 0 } },                              true,  DROP_NONE        },
  { "reserved fragment bit",                   0, { { 6, 0x80 }, { 0xff, 0 } },                 false, DROP_NONE        },
};
/* clang-format on */

START_TEST(header_checks)
{
  const unsigned n = (unsigned)_i;
  const struct lab_ip ip = { LAB_PEER, LAB_US, 17, 0, 0, 0, NULL, 0 };
  u8_t b[64] = { 0 };
  u8_t udp[8];
  unsigned i;

  lab_setup();
  listen_on(9);
  lab_udp(udp, LAB_PEER, LAB_US, 1000, 9, NULL, 0);
  lab_build(b, &ip, udp, 8);
  for (i = 0; i < 3 && headers[n].set[i].at != 0xff; i++) {
    b[headers[n].set[i].at] = headers[n].set[i].v;
  }
  if (!headers[n].keep_chksum) {
    be16_put(b + 10, 0);
    be16_put(b + 10, (u16_t)~lab_sum(b, 20));
  }
  lab_rx(b, headers[n].len == 0 ? 28 : headers[n].len);
  ck_assert_msg(got == (headers[n].why == DROP_NONE), "%s", headers[n].what);
  ck_assert_msg(headers[n].why == DROP_NONE || lwip_x_drops[headers[n].why] == 1, "%s", headers[n].what);
  ck_assert_uint_eq(lab_sent, 0);
  lab_no_leak();
}
END_TEST

/* clang-format off */
static const struct {
  const char *what;
  u32_t src, dst;
  u8_t flags;
  bool taken;
  enum lwip_x_drop why;
} addresses[] = {
  { "from a neighbour",                       LAB_PEER,    LAB_US,     0,                 true,  DROP_NONE       },
  { "from afar",                              LAB_FAR,     LAB_US,     0,                 true,  DROP_NONE       },
  { "LAND: from ourselves (IP4-09)",          LAB_US,      LAB_US,     0,                 false, DROP_IP4_SOURCE },
  { "from our other address",                 LAB_US2,     LAB_US,     0,                 false, DROP_IP4_SOURCE },
  { "from 127.0.0.1",                         0x7f000001u, LAB_US,     0,                 false, DROP_IP4_SOURCE },
  { "from 0.0.0.0 to us",                     0,           LAB_US,     0,                 false, DROP_IP4_SOURCE },
  { "from 0.0.0.0 to everybody (DHCP)",       0,           0xffffffffu, 0,                true,  DROP_NONE       },
  { "from 255.255.255.255",                   0xffffffffu, LAB_US,     0,                 false, DROP_IP4_SOURCE },
  { "from 224.0.0.1",                         0xe0000001u, LAB_US,     0,                 false, DROP_IP4_SOURCE },
  { "from class E",                           0xf0000001u, LAB_US,     0,                 false, DROP_IP4_SOURCE },
  { "from our network's broadcast address",   LAB_BCAST,   LAB_US,     0,                 false, DROP_IP4_SOURCE },
  { "to 255.255.255.255",                     LAB_PEER,    0xffffffffu, PBUF_FLAG_LLBCAST, true, DROP_NONE       },
  { "to our network's broadcast address",     LAB_PEER,    LAB_BCAST,  PBUF_FLAG_LLBCAST, true,  DROP_NONE       },
  { "unicast in a broadcast frame",           LAB_PEER,    LAB_US,     PBUF_FLAG_LLBCAST, false, DROP_IP4_DEST   },
  { "unicast in a multicast frame",           LAB_PEER,    LAB_US,     PBUF_FLAG_LLMCAST, false, DROP_IP4_DEST   },
  { "to 127.0.0.1 from a wire",               LAB_PEER,    0x7f000001u, 0,                false, DROP_IP4_NO_FORWARD },
  { "to 0.0.0.0",                             LAB_PEER,    0,          0,                 false, DROP_IP4_NO_FORWARD },
  { "to a group nobody joined",               LAB_PEER,    LAB_GROUP,  PBUF_FLAG_LLMCAST, false, DROP_IP4_DEST   },
  { "to all systems",                         LAB_PEER,    0xe0000001u, PBUF_FLAG_LLMCAST, true, DROP_NONE       },
  { "to our other interface's address",       LAB_PEER,    LAB_US2,    0,                 true,  DROP_NONE       },
};
/* clang-format on */

START_TEST(address_checks)
{
  const unsigned n = (unsigned)_i;
  struct lab_ip ip = { 0, 0, 17, 0, 0, 0, NULL, 0 };
  u8_t b[64];
  u8_t udp[16];
  u16_t len;

  lab_setup2();
  listen_on(9);
  ip.src = addresses[n].src;
  ip.dst = addresses[n].dst;
  len = lab_udp(udp, ip.src, ip.dst, 1000, 9, "x", 1);
  lab_rx_on(&lab_nif, b, lab_build(b, &ip, udp, len), addresses[n].flags, 0);
  ck_assert_msg(got == addresses[n].taken, "%s", addresses[n].what);
  ck_assert_msg(addresses[n].taken || lwip_x_drops[addresses[n].why] == 1, "%s", addresses[n].what);
  ck_assert_uint_eq(lab_sent, 0);
  lab_no_leak();
}
END_TEST

/* That a source is possible is remembered, until an interface changes in whatever way. */
START_TEST(a_source_is_looked_at_anew_when_an_interface_changes)
{
  enum { SOURCE = 0x0a00007f }; /* ends with 127: half a network's broadcast address */
  const ip4_addr_t source = lab_ip4(SOURCE), us2 = lab_ip4(LAB_US2), half = lab_ip4(0xffffff80u);

  lab_setup2();
  listen_on(9);
  lab_rx_udp(SOURCE, LAB_US, 1000, 9, "x", 1);
  lab_rx_udp(SOURCE, LAB_US, 1000, 9, "x", 1);
  ck_assert_uint_eq(got, 2);
  netif_set_ipaddr(&lab_nif2, &source); /* it is ours now */
  lab_rx_udp(SOURCE, LAB_US, 1000, 9, "x", 1);
  ck_assert_uint_eq(got, 2);
  ck_assert_uint_eq(lwip_x_drops[DROP_IP4_SOURCE], 1);
  netif_set_ipaddr(&lab_nif2, &us2);
  lab_rx_udp(SOURCE, LAB_US, 1000, 9, "x", 1);
  ck_assert_uint_eq(got, 3);
  netif_set_netmask(&lab_nif, &half);
  lab_rx_udp(SOURCE, LAB_US, 1000, 9, "x", 1);
  ck_assert_uint_eq(got, 3);
  ck_assert_uint_eq(lwip_x_drops[DROP_IP4_SOURCE], 2);
  lab_no_leak();
}
END_TEST

/* Nothing impossible is answered either, as a ping would be. */
START_TEST(impossible_sources_are_not_pinged_back)
{
  static const u32_t sources[] = { LAB_US, 0x7f000001u, 0, 0xffffffffu, 0xe0000001u, LAB_BCAST, 0xf1234567u };
  struct lab_ip ip = { 0, LAB_US, 1, 0, 0, 0, NULL, 0 };
  u8_t echo[8] = { 8, 0, 0xf7, 0xff, 0, 0, 0, 0 };
  size_t i;

  lab_setup();
  for (i = 0; i < sizeof sources / sizeof sources[0]; i++) {
    ip.src = sources[i];
    lab_rx_ip(&ip, echo, 8);
  }
  lab_wait(100);
  ck_assert_uint_eq(lab_sent, 0);
}
END_TEST

/* Options: skipped when well formed, the packet dropped otherwise (IP4-08). */
START_TEST(options_in_packets)
{
  static const u8_t good[4] = { 0x82, 4, 1, 1 };
  static const u8_t bad[4] = { 0x82, 0, 1, 1 };
  static const u8_t route[8] = { 131, 7, 4, 10, 0, 0, 9, 0 };
  struct lab_ip ip = { LAB_PEER, LAB_US, 17, 0, 0, 0, good, 4 };
  u8_t udp[8];

  lab_setup();
  listen_on(9);
  lab_udp(udp, LAB_PEER, LAB_US, 1000, 9, NULL, 0);
  lab_rx_ip(&ip, udp, 8);
  ck_assert_uint_eq(got, 1);
  ip.opt = bad;
  lab_rx_ip(&ip, udp, 8);
  ip.opt = route;
  ip.optlen = 8;
  lab_rx_ip(&ip, udp, 8);
  ck_assert_uint_eq(got, 1);
  ck_assert_uint_eq(lwip_x_drops[DROP_IP4_OPTIONS], 2);
}
END_TEST

/* RFC 2131 4.1: an answer may come to an address the client does not have yet. */
START_TEST(dhcp_before_the_address)
{
  const ip4_addr_t none = { 0 };

  lab_setup();
  listen_on(68);
  listen_on(69);
  netif_set_addr(&lab_nif, &none, &none, &none);
  lab_rx_udp(LAB_PEER, 0x0a000063u, 67, 68, "offer", 5);
  ck_assert_uint_eq(got, 1);
  lab_rx_udp(LAB_PEER, 0x0a000063u, 67, 69, "other", 5);
  ck_assert_uint_eq(got, 1);
  lab_rx_udp(LAB_PEER, 0xffffffffu, 67, 68, "offer", 5);
  ck_assert_uint_eq(got, 2);
  lab_rx_udp(LAB_PEER, 0xffffffffu, 67, 69, "other", 5);
  ck_assert_uint_eq(got, 2);
  ck_assert_uint_eq(lab_sent, 0);
}
END_TEST

START_TEST(down_means_deaf)
{
  lab_setup();
  listen_on(9);
  netif_set_down(&lab_nif);
  lab_rx_udp(LAB_PEER, LAB_US, 1000, 9, "x", 1);
  ck_assert_uint_eq(got, 0);
}
END_TEST

/* Drivers may give a packet in pieces of any size: every header is read whole. */
START_TEST(pieces)
{
  const struct lab_ip ip = { LAB_PEER, LAB_US, 17, 0, 0, 0, NULL, 0 };
  u8_t b[300];
  u8_t udp[200];
  u16_t piece, len;

  lab_setup();
  listen_on(9);
  memset(udp, 0x5a, sizeof udp);
  len = lab_build(b, &ip, udp, lab_udp(udp, LAB_PEER, LAB_US, 1000, 9, udp, 180));
  for (piece = 1; piece < len; piece++) {
    lab_rx_on(&lab_nif, b, len, 0, piece);
    ck_assert_uint_eq(got, piece);
  }
  lab_no_leak();
}
END_TEST

/* The hardware checked it: no second look (and the stack does not write to what it received). */
START_TEST(hardware_checksum)
{
  const struct lab_ip ip = { LAB_PEER, LAB_US, 17, 0, 0, 0, NULL, 0 };
  u8_t b[40];
  u8_t udp[8];

  lab_setup();
  listen_on(9);
  lab_udp(udp, LAB_PEER, LAB_US, 1000, 9, NULL, 0);
  lab_build(b, &ip, udp, 8);
  b[10] ^= 0x55;
  NETIF_SET_CHECKSUM_CTRL(&lab_nif, NETIF_CHECKSUM_DISABLE_ALL);
  lab_rx(b, 28);
  ck_assert_uint_eq(got, 1);
}
END_TEST

static void add_tests(TCase *tc)
{
  tcase_add_loop_test(tc, header_checks, 0, (int)(sizeof headers / sizeof headers[0]));
  tcase_add_loop_test(tc, address_checks, 0, (int)(sizeof addresses / sizeof addresses[0]));
  tcase_add_test(tc, a_source_is_looked_at_anew_when_an_interface_changes);
  tcase_add_test(tc, impossible_sources_are_not_pinged_back);
  tcase_add_test(tc, options_in_packets);
  tcase_add_test(tc, dhcp_before_the_address);
  tcase_add_test(tc, down_means_deaf);
  tcase_add_test(tc, pieces);
  tcase_add_test(tc, hardware_checksum);
}

LAB_MAIN("ip4_in")
