/** ICMPv6 errors about packets of ours: how far they get (RFC 4443 section 2.4, RFC 8201, RFC 5927), and zones (RFC 4007). */
#include "nd6_lab.h"
#include "lwip/tcp.h"

#define US "2001:db8:1:0:0:ff:fe00:1"
#define FAR "2001:db8:7::9"
#define WAY "2001:db8:3::1" /* a router on the way */

enum { UNREACH = 1, TOO_BIG = 2, TIME = 3, PARAM = 4 };

static void setup(void)
{
  lab_setup();
  lab_router(86400, 86400);
  lab_wait(2500);
  ck_assert_uint_eq(state_of(US), IP6_ADDR_PREFERRED);
  lab_sent = 0;
}

/** An error about a packet from @p src to @p dst with @p transport behind its header comes in. */
static void error(u8_t type, u8_t code, u32_t rest, const char *src, const char *dst, u8_t proto, const u8_t *transport,
                  size_t len)
{
  const struct lab_ip6 ip = { WAY, US, mac_r, 60, false, false };
  const ip6_addr_t s = a6(src), d = a6(dst);
  struct lab_msg m;
  u8_t h[40];

  msg_begin(&m, type, 8);
  m.b[1] = code;
  be32_put(m.b + 4, rest);
  ip6_wire_emit(h, 0, 0, 1400, proto, 63, s.addr, d.addr);
  msg_add(&m, h, 40);
  msg_add(&m, transport, len);
  lab_rx(&ip, m.b, m.len);
}

static u16_t mtu_of(const char *dst)
{
  const ip6_addr_t d = a6(dst);

  return nd6_get_destination_mtu(&d, &lab_nif);
}

/* --- UDP --- */

static struct udp_pcb *udp;

static void send_udp(void)
{
  const ip6_addr_t d = a6(FAR);
  struct pbuf *p = pbuf_alloc(PBUF_TRANSPORT, 1400, PBUF_RAM);
  ip_addr_t to;

  ip_addr_copy_from_ip6(to, d);
  udp = udp_new_ip_type(IPADDR_TYPE_V6);
  ck_assert_ptr_nonnull(udp);
  ck_assert_int_eq(udp_bind(udp, IP6_ADDR_ANY, 5000), ERR_OK);
  ck_assert_int_eq(udp_sendto(udp, p, &to, 9), ERR_OK);
  pbuf_free(p);
}

static const u8_t from_5000[8] = { 0x13, 0x88, 0, 9, 5, 0x78, 0, 0 };
static const u8_t from_5001[8] = { 0x13, 0x89, 0, 9, 5, 0x78, 0, 0 };

/** Packets Too Big about a datagram, and what is believed. */
static const struct {
  const char *what, *src, *dst;
  u32_t mtu;
  const u8_t *quoted;
  size_t len;
  u16_t result;
} big_udp[] = {
  { "ours", US, FAR, 1400, from_5000, 8, 1400 },
  { "the least there is", US, FAR, 1280, from_5000, 8, 1280 },
  { "less than any link carries (RFC 8201 section 4)", US, FAR, 1279, from_5000, 8, 1500 },
  { "nothing", US, FAR, 0, from_5000, 8, 1500 },
  { "more than the link carries", US, FAR, 9000, from_5000, 8, 1500 },
  { "of a port nobody has", US, FAR, 1400, from_5001, 8, 1500 },
  { "of another host", "2001:db8:1::66", FAR, 1400, from_5000, 8, 1500 },
  { "cut", US, FAR, 1400, from_5000, 7, 1500 },
};

START_TEST(too_big_for_udp)
{
  setup();
  send_udp();
  error(TOO_BIG, 0, big_udp[_i].mtu, big_udp[_i].src, big_udp[_i].dst, 17, big_udp[_i].quoted, big_udp[_i].len);
  ck_assert_msg(mtu_of(FAR) == big_udp[_i].result, "%s: %u", big_udp[_i].what, mtu_of(FAR));
  ck_assert_uint_eq(mtu_of("2001:db8:7::a"), 1500);
  lab_no_leak();
}
END_TEST

/* RFC 8200 section 4.5, 5: the next datagram goes in pieces that fit. */
START_TEST(cut_to_the_path)
{
  unsigned i;

  setup();
  send_udp();
  error(TOO_BIG, 0, 1280, US, FAR, 17, from_5000, 8);
  udp_remove(udp);
  lab_sent = 0;
  send_udp();
  ck_assert_uint_eq(lab_sent, 2);
  for (i = 0; i < 2; i++) {
    ck_assert_uint_eq(out_ip(i)[6], 44);
    ck_assert_uint_le(ip6_wire_plen(out_ip(i)), 1240);
  }
  lab_no_leak();
}
END_TEST

/** The flow label of a datagram from @p port to @p dst. */
static u32_t label_of(u16_t port, const char *dst)
{
  struct udp_pcb *pcb = udp_new_ip_type(IPADDR_TYPE_V6);
  struct pbuf *p = pbuf_alloc(PBUF_TRANSPORT, 10, PBUF_RAM);
  const ip6_addr_t d = a6(dst);
  ip_addr_t to;

  ip_addr_copy_from_ip6(to, d);
  ck_assert_int_eq(udp_bind(pcb, IP6_ADDR_ANY, port), ERR_OK);
  memset(p->payload, lab_sent & 0xff, 10);
  ck_assert_int_eq(udp_sendto(pcb, p, &to, 9), ERR_OK);
  pbuf_free(p);
  udp_remove(pcb);
  return ip6_wire_flow(out_ip(lab_sent - 1));
}

/* RFC 6437 section 3: the same for all packets of a flow, whatever is in them; other flows have others. */
START_TEST(flow_labels)
{
  u32_t label, others[40];
  int i, j;

  setup();
  label = label_of(5000, FAR);
  ck_assert_uint_ne(label, 0);
  ck_assert_uint_eq(label_of(5000, FAR), label);
  for (i = 0; i < 40; i++) {
    char dst[] = "2001:db8:7::100";

    dst[14] = (char)('0' + i % 10);
    others[i] = i < 30 ? label_of((u16_t)(6000 + i), FAR) : label_of(5000, dst);
    ck_assert_uint_ne(others[i], label);
    for (j = 0; j < i; j++) {
      ck_assert_uint_ne(others[i], others[j]);
    }
  }
}
END_TEST

/* --- TCP --- */

static struct tcp_pcb *tcp;
static err_t tcp_failed;
static bool tcp_opened;

static void on_err(void *arg, err_t err)
{
  (void)arg;
  tcp_failed = err;
  tcp = NULL;
}

static err_t on_connected(void *arg, struct tcp_pcb *pcb, err_t err)
{
  (void)arg;
  (void)pcb;
  tcp_opened = err == ERR_OK;
  return ERR_OK;
}

/** The TCP header of the segment sent last. */
static u8_t *last_segment(void)
{
  ck_assert_uint_gt(lab_sent, 0);
  ck_assert_uint_eq(out_ip(lab_sent - 1)[6], 6);
  return lab_out[lab_sent - 1].b + 14 + 40;
}

static void connect(void)
{
  const ip6_addr_t d = a6(FAR);
  ip_addr_t to;

  ip_addr_copy_from_ip6(to, d);
  tcp_failed = ERR_OK;
  tcp = tcp_new_ip_type(IPADDR_TYPE_V6);
  ck_assert_ptr_nonnull(tcp);
  tcp_err(tcp, on_err);
  ck_assert_int_eq(tcp_connect(tcp, &to, 80, on_connected), ERR_OK);
}

/** A segment of the other end: no text, MSS 1440 if it is a SYN. */
static void rx_tcp(u8_t flags, u32_t seq, u32_t ack, const u8_t *to_us)
{
  const struct lab_ip6 ip = { FAR, US, mac_r, 60, false, false };
  u8_t s[24] = { 0, 80, 0, 0 };

  memcpy(s + 2, to_us, 2);
  be32_put(s + 4, seq);
  be32_put(s + 8, ack);
  s[12] = 0x50;
  s[13] = flags;
  be16_put(s + 14, 60000);
  if ((flags & 2) != 0) {
    s[12] = 0x60;
    be32_put(s + 20, 0x020405a0);
  }
  lab_rx_proto(&ip, 6, s, (flags & 2) != 0 ? 24 : 20, 16);
}

/** A connection with one full segment under way. */
static void established(u8_t segment[8])
{
  static const u8_t text[3000];
  u8_t port[2];

  connect();
  memcpy(port, last_segment(), 2);
  rx_tcp(0x12, 1000, be32_get(last_segment() + 4) + 1, port);
  ck_assert(tcp_opened);
  ck_assert_int_eq(tcp_write(tcp, text, 1400, 0), ERR_OK);
  ck_assert_int_eq(tcp_output(tcp), ERR_OK);
  memcpy(segment, last_segment(), 8);
  ck_assert_uint_gt(ip6_wire_plen(out_ip(lab_sent - 1)), 1300);
}

/** What ends an attempt to connect, and what only may pass (RFC 1122 4.2.3.9, RFC 5927). */
static const struct {
  const char *what;
  u8_t type, code;
  err_t err;
} opening[] = {
  { "no route: wait", UNREACH, 0, ERR_OK },
  { "forbidden", UNREACH, 1, ERR_RST },
  { "address unreachable: wait", UNREACH, 3, ERR_OK },
  { "port unreachable", UNREACH, 4, ERR_RST },
  { "hop limit: wait", TIME, 0, ERR_OK },
  { "TCP is not known there", PARAM, 1, ERR_RST },
  { "a field is wrong: ignored", PARAM, 0, ERR_OK },
  { "an unknown error: ignored", 5, 0, ERR_OK },
};

START_TEST(while_connecting)
{
  setup();
  connect();
  error(opening[_i].type, opening[_i].code, 40, US, FAR, 6, last_segment(), 20);
  ck_assert_msg(tcp_failed == opening[_i].err, "%s: %d", opening[_i].what, tcp_failed);
}
END_TEST

/* The same about a connection that is open ends nothing. */
START_TEST(while_open)
{
  u8_t segment[8];

  setup();
  established(segment);
  error(opening[_i].type, opening[_i].code, 40, US, FAR, 6, segment, 8);
  ck_assert_msg(tcp_failed == ERR_OK, "%s", opening[_i].what);
  ck_assert_int_eq(tcp->state, ESTABLISHED);
}
END_TEST

/* RFC 8201, RFC 5927: the path is narrower: what was lost goes out again, in smaller pieces. */
START_TEST(too_big_for_tcp)
{
  u8_t segment[8];
  unsigned i, n = 0;

  setup();
  established(segment);
  lab_sent = 0;
  error(TOO_BIG, 0, 1300, US, FAR, 6, segment, 8);
  ck_assert_uint_eq(mtu_of(FAR), 1300);
  ck_assert_uint_eq(tcp->mss, 1300 - 60);
  for (i = 0; i < lab_sent; i++) {
    ck_assert_uint_le(ip6_wire_plen(out_ip(i)), 1260);
    n += ip6_wire_plen(out_ip(i)) - 20u;
  }
  ck_assert_uint_ge(n, 1240);
}
END_TEST

/** What is not believed: a sequence number that is not under way, another port, an MTU no link has. */
static const struct {
  const char *what;
  u8_t at, with; /**< this octet of the quotation is changed by that */
  u32_t mtu;
} forged_tcp[] = {
  { "long acknowledged", 4, 0x40, 1300 },   { "not sent yet", 6, 0x80, 1300 }, { "another port of ours", 1, 1, 1300 },
  { "another port of theirs", 3, 1, 1300 }, { "too narrow", 0, 0, 1279 },      { "hardly anything", 0, 0, 68 },
};

START_TEST(forged_for_tcp)
{
  u8_t segment[8];

  setup();
  established(segment);
  segment[forged_tcp[_i].at] ^= forged_tcp[_i].with;
  lab_sent = 0;
  error(TOO_BIG, 0, forged_tcp[_i].mtu, US, FAR, 6, segment, 8);
  ck_assert_msg(mtu_of(FAR) == 1500, "%s", forged_tcp[_i].what);
  ck_assert_uint_eq(tcp->mss, LWIP_MIN(TCP_MSS, 1440));
  ck_assert_uint_eq(lab_sent, 0);
}
END_TEST

/* To a group, from nobody, about an error: no error about any of them reaches anybody. */
START_TEST(to_a_group)
{
  const struct lab_ip6 all = { WAY, ALL_NODES, mac_r, 60, false, false };
  const ip6_addr_t s = a6(US), d = a6(FAR);
  struct lab_msg m;
  u8_t h[40];

  setup();
  connect();
  msg_begin(&m, UNREACH, 8);
  m.b[1] = 4;
  ip6_wire_emit(h, 0, 0, 24, 6, 63, s.addr, d.addr);
  msg_add(&m, h, 40);
  msg_add(&m, last_segment(), 24);
  lab_rx(&all, m.b, m.len);
  ck_assert_int_eq(tcp_failed, ERR_OK);
}
END_TEST

/* --- zones --- */

static struct netif other;
static const u8_t mac_other[6] = { 2, 0, 0, 0, 1, 1 };

static err_t other_init(struct netif *nif)
{
  (void)lab_nif_init(nif);
  memcpy(nif->hwaddr, mac_other, 6);
  return ERR_OK;
}

static void second_link(void)
{
  ck_assert_ptr_nonnull(netif_add(&other, NULL, NULL, NULL, NULL, other_init, netif_input));
  netif_create_ip6_linklocal_address(&other, 1);
  netif_set_up(&other);
  lab_wait(5000);
  lab_sent = 0;
}

/** Send to fe80::ff:fe00:2 in the zone of @p nif (NULL: none said).  @return frames sent */
static unsigned to_peer(const struct netif *nif)
{
  struct udp_pcb *pcb = udp_new_ip_type(IPADDR_TYPE_V6);
  struct pbuf *p = pbuf_alloc(PBUF_TRANSPORT, 1, PBUF_RAM);
  ip6_addr_t d = a6(LL_PEER);
  ip_addr_t to;

  ip6_addr_set_zone(&d, nif != NULL ? netif_get_index(nif) : IP6_NO_ZONE);
  ip_addr_copy_from_ip6(to, d);
  *(u8_t *)p->payload = 0;
  lab_sent = 0;
  (void)udp_sendto(pcb, p, &to, 9);
  pbuf_free(p);
  udp_remove(pcb);
  return lab_sent;
}

/* A link-local destination leaves by its own link, and has its own neighbours there. */
START_TEST(zone_chooses_the_link)
{
  setup();
  second_link();
  ck_assert_uint_eq(to_peer(&other), 1);
  ck_assert_mem_eq(lab_out[0].b + 6, mac_other, 6);
  lab_in = &other;
  rx_na(LL_PEER, "fe80::ff:fe00:101", LL_PEER, mac_evil, 0x60);
  ck_assert_int_eq(out_datagram(lab_sent - 1), 0);
  check_mac(lab_sent - 1, mac_evil);
  ck_assert_uint_eq(to_peer(&lab_nif), 1);
  ck_assert_mem_eq(lab_out[0].b + 6, mac_us, 6);
  ck_assert_uint_eq(out_icmp(0, NULL)[0], 135); /* the neighbour of the other link is not this one's */
  lab_in = &lab_nif;
  rx_na(LL_PEER, LL_US, LL_PEER, mac_peer, 0x60);
  ck_assert_uint_eq(to_peer(NULL), 1); /* the default link */
  check_mac(0, mac_peer);
}
END_TEST

/* RFC 4007 section 9, RFC 4291 2.5.6: our link-local address on one link is not reached by another one. */
START_TEST(link_local_stays_on_its_link)
{
  static const u8_t echo[8] = { 128, 0, 0, 0, 1, 2, 3, 4 };
  const struct lab_ip6 here = { LL_PEER, "fe80::ff:fe00:101", mac_peer, 64, false, false };

  setup();
  second_link();
  lab_rx(&here, echo, sizeof echo);
  ck_assert_uint_eq(out_count(129, NULL), 0);
  lab_in = &other;
  rx_na(LL_PEER, "fe80::ff:fe00:101", LL_PEER, mac_peer, 0x60);
  lab_rx(&here, echo, sizeof echo);
  ck_assert_uint_eq(out_count(135, NULL) + out_count(129, NULL), 1); /* answered, once the neighbour is found */
}
END_TEST

/* An interface that is not there, or went. */
START_TEST(zone_of_nothing)
{
  ip6_addr_t d = a6(LL_PEER);

  setup();
  second_link();
  ip6_addr_set_zone(&d, 77);
  ck_assert_ptr_null(ip6_route(IP6_ADDR_ANY6, &d));
  ip6_addr_set_zone(&d, netif_get_index(&other));
  ck_assert_ptr_eq(ip6_route(IP6_ADDR_ANY6, &d), &other);
  netif_set_down(&other);
  ck_assert_ptr_null(ip6_route(IP6_ADDR_ANY6, &d));
}
END_TEST

static void add_tests(TCase *tc)
{
  tcase_add_loop_test(tc, too_big_for_udp, 0, LWIP_ARRAYSIZE(big_udp));
  tcase_add_test(tc, cut_to_the_path);
  tcase_add_test(tc, flow_labels);
  tcase_add_loop_test(tc, while_connecting, 0, LWIP_ARRAYSIZE(opening));
  tcase_add_loop_test(tc, while_open, 0, LWIP_ARRAYSIZE(opening));
  tcase_add_test(tc, too_big_for_tcp);
  tcase_add_loop_test(tc, forged_for_tcp, 0, LWIP_ARRAYSIZE(forged_tcp));
  tcase_add_test(tc, to_a_group);
  tcase_add_test(tc, zone_chooses_the_link);
  tcase_add_test(tc, link_local_stays_on_its_link);
  tcase_add_test(tc, zone_of_nothing);
}

LAB_MAIN("ip6_errors")
