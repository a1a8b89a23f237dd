/** IPv4 output: header, ids, routes, loop. */
#include "ip_lab.h"
#include "ip/ip4_out.h"
#include "ip/ip4_pmtu.h"

static struct pbuf *payload(u16_t len)
{
  struct pbuf *p = pbuf_alloc(PBUF_IP, len, PBUF_RAM);

  ck_assert_ptr_nonnull(p);
  memset(p->payload, 0x33, len);
  return p;
}

static err_t send_to(u32_t dst, u16_t len)
{
  struct pbuf *p = payload(len);
  const ip4_addr_t to = lab_ip4(dst);
  const err_t err = ip4_output(p, NULL, &to, 33, 0x28, 99);

  pbuf_free(p);
  return err;
}

START_TEST(header_of_an_atomic_datagram)
{
  lab_setup();
  ck_assert_int_eq(send_to(LAB_PEER, 100), ERR_OK);
  ck_assert_uint_eq(lab_sent, 1);
  lab_check_ip(&lab_out[0]);
  ck_assert_uint_eq(lab_out[0].len, 120);
  ck_assert_uint_eq(lab_out[0].to, LAB_PEER);
  ck_assert_uint_eq(ip4_wire_tos(lab_out[0].b), 0x28);
  ck_assert_uint_eq(ip4_wire_ttl(lab_out[0].b), 33);
  ck_assert_uint_eq(ip4_wire_proto(lab_out[0].b), 99);
  ck_assert_uint_eq(be32_get(lab_out[0].b + 12), LAB_US);
  ck_assert_uint_eq(be32_get(lab_out[0].b + 16), LAB_PEER);
  /* RFC 6864 4.1: an atomic datagram's id carries nothing */
  ck_assert_uint_eq(ip4_wire_id(lab_out[0].b), 0);
  ck_assert_uint_eq(ip4_wire_frag(lab_out[0].b), IP4_WIRE_DF);
  lab_no_leak();
}
END_TEST

/* RFC 6864 4.3, RFC 7739 5.2: ids of what may be fragmented repeat by chance only and tell nothing about what else was sent. */
START_TEST(ids_of_fragmented_datagrams)
{
  unsigned i, small_steps = 0, repeated = 0;
  u16_t last;

  lab_setup();
  last = ip4_id_next();
  for (i = 0; i < 1000; i++) {
    const u16_t id = ip4_id_next();
    small_steps += (u16_t)(id - last) < 64;
    repeated += id == last;
    last = id;
  }
  ck_assert_uint_lt(small_steps, 10); /* one is to be expected */
  ck_assert_uint_lt(repeated, 2);
}
END_TEST

/* clang-format off */
static const struct {
  const char *what;
  u32_t dst;
  int nif;        /**< 0: no route, 1, 2 */
} routes[] = {
  { "neighbour",                       LAB_PEER,     1 },
  { "neighbour of the second",         LAB_PEER2,    2 },
  { "far away: default",               LAB_FAR,      1 },
  { "broadcast: default",              0xffffffffu,  1 },
  { "broadcast of the second's net",   0x0a0100ffu,  2 },
  { "group: default",                  LAB_GROUP,    1 },
  { "nobody",                          0,            0 },
};
/* clang-format on */

START_TEST(routing)
{
  const ip4_addr_t to = lab_ip4(routes[_i].dst);
  struct netif *nif;

  lab_setup2();
  nif = ip4_route(&to);
  ck_assert_msg(nif == (routes[_i].nif == 0   ? NULL
                        : routes[_i].nif == 1 ? &lab_nif
                                              : &lab_nif2),
                "%s", routes[_i].what);
}
END_TEST

START_TEST(routes_need_link_and_address)
{
  const ip4_addr_t near2 = lab_ip4(LAB_PEER2);
  const ip4_addr_t far = lab_ip4(LAB_FAR);
  const ip4_addr_t none = { 0 };

  lab_setup2();
  netif_set_link_down(&lab_nif2);
  ck_assert_ptr_eq(ip4_route(&near2), &lab_nif); /* not attached any more: default */
  netif_set_down(&lab_nif);
  ck_assert_ptr_null(ip4_route(&near2));
  ck_assert_int_eq(send_to(LAB_FAR, 10), ERR_RTE);
  ck_assert_uint_eq(lwip_x_drops[DROP_IP4_NO_ROUTE], 1);
  netif_set_up(&lab_nif);
  ck_assert_ptr_eq(ip4_route(&far), &lab_nif);
  netif_set_addr(&lab_nif, &none, &none, &none);
  ck_assert_ptr_null(ip4_route(&far));
}
END_TEST

/* The answer is kept, until an interface changes in whatever way. */
START_TEST(a_route_is_looked_up_anew_when_an_interface_changes)
{
  const ip4_addr_t far = lab_ip4(LAB_FAR), near2 = lab_ip4(LAB_PEER2), wide = lab_ip4(0xff000000u);
  const ip4_addr_t us = lab_ip4(LAB_US), us2 = lab_ip4(LAB_FAR + 1), net = lab_ip4(0xffffff00u);

  lab_setup2();
  ck_assert_ptr_eq(ip4_route(&far), &lab_nif);
  netif_set_default(&lab_nif2);
  ck_assert_ptr_eq(ip4_route(&far), &lab_nif2);
  netif_set_default(&lab_nif);
  ck_assert_ptr_eq(ip4_route(&far), &lab_nif);
  netif_set_addr(&lab_nif2, &us2, &net, NULL);
  ck_assert_ptr_eq(ip4_route(&far), &lab_nif2); /* attached now */
  netif_set_link_down(&lab_nif2);
  ck_assert_ptr_eq(ip4_route(&far), &lab_nif);
  netif_set_link_up(&lab_nif2);
  ck_assert_ptr_eq(ip4_route(&far), &lab_nif2);
  lab_nif2.flags &= (u8_t)~NETIF_FLAG_LINK_UP; /* as a driver may do that knows no functions */
  ck_assert_ptr_eq(ip4_route(&far), &lab_nif);
  lab_nif2.flags |= NETIF_FLAG_LINK_UP;
  netif_set_ipaddr(&lab_nif2, &us);
  ck_assert_ptr_eq(ip4_route(&near2), &lab_nif);
  netif_set_default(NULL);
  ck_assert_ptr_null(ip4_route(&near2));
  netif_set_netmask(&lab_nif2, &wide);
  ck_assert_ptr_eq(ip4_route(&near2), &lab_nif2);
  netif_remove(&lab_nif2);
  ck_assert_ptr_null(ip4_route(&near2));
}
END_TEST

START_TEST(point_to_point_peer)
{
  const ip4_addr_t us = lab_ip4(0xc0a80901u), mask = lab_ip4(0xffffffffu), peer = lab_ip4(0xc0a80902u);

  lab_setup2();
  lab_nif2.flags &= (u8_t)~NETIF_FLAG_BROADCAST;
  netif_set_addr(&lab_nif2, &us, &mask, &peer);
  ck_assert_ptr_eq(ip4_route(&peer), &lab_nif2);
}
END_TEST

START_TEST(default_multicast_netif)
{
  const ip4_addr_t group = lab_ip4(LAB_GROUP), peer = lab_ip4(LAB_PEER);

  lab_setup2();
  ip4_set_default_multicast_netif(&lab_nif2);
  ck_assert_ptr_eq(ip4_route(&group), &lab_nif2);
  ck_assert_ptr_eq(ip4_route(&peer), &lab_nif);
  netif_remove(&lab_nif2);
  ck_assert_ptr_eq(ip4_route(&group), &lab_nif);
}
END_TEST

/* To our own address: nothing leaves the host. */
START_TEST(own_address_loops)
{
  const u32_t before = lwip_stats.ip.recv;

  lab_setup();
  ck_assert_int_eq(send_to(LAB_US, 10), ERR_OK);
  ck_assert_int_eq(send_to(0x7f000001u, 10), ERR_OK);
  ck_assert_uint_eq(lab_sent, 0);
  lab_wait(10);
  /* they came back; protocol 99 is nobody's, and says so to ourselves */
  ck_assert_uint_ge(lwip_stats.ip.recv, before + 2);
  ck_assert_uint_eq(lab_sent, 0);
  ck_assert_uint_eq(lwip_x_drops[DROP_IP_PROTO], 2);
}
END_TEST

START_TEST(header_included)
{
  const struct lab_ip ip = { LAB_US, LAB_PEER, 77, 5, 0, 9, NULL, 0 };
  struct pbuf *p;
  u8_t b[64];
  u16_t len;

  lab_setup();
  len = lab_build(b, &ip, "abc", 3);
  p = payload(len);
  ck_assert_int_eq(pbuf_take(p, b, len), ERR_OK);
  ck_assert_int_eq(ip4_output(p, NULL, LWIP_IP_HDRINCL, 0, 0, 0), ERR_OK);
  pbuf_free(p);
  ck_assert_uint_eq(lab_sent, 1);
  ck_assert_int_eq(memcmp(lab_out[0].b, b, len), 0);
  p = payload(10);
  ck_assert_int_eq(ip4_output(p, NULL, LWIP_IP_HDRINCL, 0, 0, 0), ERR_BUF);
  pbuf_free(p);
}
END_TEST

START_TEST(options_are_padded)
{
  const ip4_addr_t to = lab_ip4(LAB_PEER);
  u8_t opt[5] = { 0x82, 5, 1, 2, 3 };
  struct pbuf *p;

  lab_setup();
  p = pbuf_alloc(PBUF_TRANSPORT, 4, PBUF_RAM);
  memset(p->payload, 7, 4);
  ck_assert_int_eq(ip4_output_if_opt(p, NULL, &to, 1, 0, 2, &lab_nif, opt, 5), ERR_OK);
  pbuf_free(p);
  lab_check_ip(&lab_out[0]);
  ck_assert_uint_eq(ip4_wire_hlen(lab_out[0].b), 28);
  ck_assert_int_eq(memcmp(lab_out[0].b + 20, "\x82\5\1\2\3\0\0\0\7\7\7\7", 12), 0);
  p = pbuf_alloc(PBUF_TRANSPORT, 4, PBUF_RAM);
  ck_assert_int_eq(ip4_output_if_opt(p, NULL, &to, 1, 0, 2, &lab_nif, opt, 41), ERR_VAL);
  pbuf_free(p);
}
END_TEST

START_TEST(no_room_for_the_header)
{
  static u8_t data[8];
  const ip4_addr_t to = lab_ip4(LAB_PEER);
  struct pbuf *p;

  lab_setup();
  p = pbuf_alloc_reference(data, 8, PBUF_REF);
  ck_assert_int_eq(ip4_output(p, NULL, &to, 1, 0, 99), ERR_BUF);
  pbuf_free(p);
  ck_assert_uint_eq(lab_sent, 0);
}
END_TEST

/* The hardware fills the checksum in: the field stays 0. */
START_TEST(hardware_checksum)
{
  lab_setup();
  NETIF_SET_CHECKSUM_CTRL(&lab_nif, NETIF_CHECKSUM_DISABLE_ALL);
  ck_assert_int_eq(send_to(LAB_PEER, 10), ERR_OK);
  ck_assert_uint_eq(be16_get(lab_out[0].b + 10), 0);
}
END_TEST

/* RFC 1191: a path narrower than the link gets fragments without DF, until it is forgotten. */
START_TEST(narrow_path)
{
  lab_setup();
  ip4_pmtu_learn(1000);
  ck_assert_int_eq(send_to(LAB_FAR, 900), ERR_OK);
  ck_assert_uint_eq(ip4_wire_frag(lab_out[0].b), IP4_WIRE_DF);
  ck_assert_int_eq(send_to(LAB_FAR, 1200), ERR_OK);
  ck_assert_uint_eq(lab_sent, 3);
  ck_assert_uint_le(lab_out[1].len, 1000);
  ck_assert_uint_eq(ip4_wire_frag(lab_out[1].b), IP4_WIRE_MF);
  lab_now += 11 * 60 * 1000;
  ck_assert_int_eq(send_to(LAB_FAR, 1200), ERR_OK);
  ck_assert_uint_eq(lab_sent, 4);
  ck_assert_uint_eq(ip4_pmtu, 0xffff);
}
END_TEST

START_TEST(forged_paths)
{
  lab_setup();
  ip4_pmtu_learn(1400);
  ip4_pmtu_learn(1450); /* wider than what is known: no news */
  ck_assert_uint_eq(ip4_pmtu, 1400);
  ip4_pmtu_learn(68);
  ck_assert_uint_eq(ip4_pmtu, IP4_PMTU_MIN);
  ip4_pmtu_learn(0);
  ck_assert_uint_eq(ip4_pmtu, IP4_PMTU_MIN);
}
END_TEST

static void add_tests(TCase *tc)
{
  tcase_add_test(tc, header_of_an_atomic_datagram);
  tcase_add_test(tc, ids_of_fragmented_datagrams);
  tcase_add_loop_test(tc, routing, 0, (int)(sizeof routes / sizeof routes[0]));
  tcase_add_test(tc, routes_need_link_and_address);
  tcase_add_test(tc, a_route_is_looked_up_anew_when_an_interface_changes);
  tcase_add_test(tc, point_to_point_peer);
  tcase_add_test(tc, default_multicast_netif);
  tcase_add_test(tc, own_address_loops);
  tcase_add_test(tc, header_included);
  tcase_add_test(tc, options_are_padded);
  tcase_add_test(tc, no_room_for_the_header);
  tcase_add_test(tc, hardware_checksum);
  tcase_add_test(tc, narrow_path);
  tcase_add_test(tc, forged_paths);
}

LAB_MAIN("ip4_out")
