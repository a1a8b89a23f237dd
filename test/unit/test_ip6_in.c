/** IPv6 packets in, and what comes back: echo, errors (RFC 4443), fragments (RFC 8200 4.5, RFC 5722, RFC 7112). */
#include "base/checksum.h"
#include "lwip/inet_chksum.h"
#include "lwip/init.h"
#include "lwip/ip6.h"
#include "lwip/memp.h"
#include "lwip/netif.h"
#include "lwip/stats.h"
#include "lwip/sys.h"
#include "lwip/timeouts.h"
#include "lwip/udp.h"
#include "lwip/x_drop.h"
#include "wire/wire_icmp6.h"
#include "wire/wire_ip6.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#if LWIP_IPV6

enum { OUT_MAX = 64, BIG = 9000 };

static u32_t now = 5000;
static struct netif nif;
static u8_t out[OUT_MAX][1600];
static u16_t out_len[OUT_MAX];
static unsigned sent;

static const u32_t peer[4] = { PP_HTONL(0x20010db8), 0, 0, PP_HTONL(9) };
static const u32_t us[4] = { PP_HTONL(0x20010db8), 0, 0, PP_HTONL(1) };
static const u32_t all_nodes[4] = { PP_HTONL(0xff020000), 0, 0, PP_HTONL(1) };

u32_t sys_now(void);
u32_t sys_now(void)
{
  return now;
}

static err_t output6(struct netif *n, struct pbuf *p, const ip6_addr_t *dest)
{
  (void)n;
  (void)dest;
  ck_assert_uint_lt(sent, OUT_MAX);
  ck_assert_uint_le(p->tot_len, 1500);
  out_len[sent] = pbuf_copy_partial(p, out[sent], sizeof out[0], 0);
  sent++;
  return ERR_OK;
}

static err_t nif_init(struct netif *n)
{
  n->mtu = 1500;
  n->name[0] = 'i';
  n->name[1] = 'p';
  n->output_ip6 = output6;
  n->flags = NETIF_FLAG_LINK_UP;
  return ERR_OK;
}

static void setup(void)
{
  static bool started;

  if (!started) {
    started = true;
    lwip_init();
    netif_add_noaddr(&nif, NULL, nif_init, ip6_input);
    netif_set_default(&nif);
    netif_set_up(&nif);
    netif_ip6_addr_set_parts(&nif, 1, us[0], us[1], us[2], us[3]);
    netif_ip6_addr_set_state(&nif, 1, IP6_ADDR_PREFERRED);
  }
  now += 2000; /* the limit of errors has recovered */
  sent = 0;
}

/* A packet being laid out. */
static u8_t b[BIG + 100];
static size_t n;
static u8_t *nexth;

static void begin(const u32_t src[4], const u32_t dst[4])
{
  ip6_wire_emit(b, 0, 0, 0, 59, 64, src, dst);
  nexth = b + IP6_WIRE_NEXTH_AT;
  n = IP6_WIRE_HLEN;
}

static void add(u8_t type, const void *octets, size_t len)
{
  *nexth = type;
  nexth = b + n;
  memcpy(b + n, octets, len);
  n += len;
}

static void in(void)
{
  struct pbuf *p = pbuf_alloc(PBUF_RAW, (u16_t)n, PBUF_POOL);

  ck_assert_ptr_nonnull(p);
  ip6_wire_plen_put(b, (u16_t)(n - IP6_WIRE_HLEN));
  pbuf_take(p, b, (u16_t)n);
  nif.input(p, &nif);
}

/** The checksum of an ICMPv6 message between two addresses. */
static u16_t sum(const u8_t *m, size_t len, const u32_t src[4], const u32_t dst[4])
{
  u32_t acc = checksum_add(checksum_add(0, src, 16), dst, 16);

  acc = checksum_add32(acc, lwip_htons(58));
  acc = checksum_add32(acc, lwip_htonl((u32_t)len));
  return checksum_finish(checksum_add(acc, m, len));
}

/** An echo request with @p data octets, its checksum for the way to @p dst. */
static u8_t message[BIG];
static size_t make_echo(size_t data, const u32_t dst[4])
{
  size_t i;

  icmp6_wire_emit(message, ICMP6_WIRE_ECHO, 0, 0x00010002);
  for (i = 0; i < data; i++) {
    message[8 + i] = (u8_t)(i * 7);
  }
  icmp6_wire_chksum_put(message, sum(message, data + 8, peer, dst));
  return data + 8;
}

/** Packet @p i that was sent is an ICMPv6 message of this kind, whole and with a right checksum. */
static const u8_t *check_icmp6(unsigned i, u8_t type, u8_t code)
{
  const u8_t *m = out[i] + IP6_WIRE_HLEN;
  u32_t src[4], dst[4];

  ck_assert_uint_gt(sent, i);
  ck_assert_uint_eq(ip6_wire_nexth(out[i]), 58);
  ck_assert_uint_eq(ip6_wire_plen(out[i]) + IP6_WIRE_HLEN, out_len[i]);
  ip6_wire_src(out[i], src);
  ip6_wire_dst(out[i], dst);
  ck_assert_mem_eq(dst, peer, 16);
  ck_assert_mem_eq(src, us, 16);
  ck_assert_uint_eq(sum(m, out_len[i] - IP6_WIRE_HLEN, src, dst), 0);
  ck_assert_uint_eq(m[0], type);
  ck_assert_uint_eq(m[1], code);
  return m;
}

static void check_clean(void)
{
  ck_assert_uint_eq(lwip_stats.memp[MEMP_PBUF_POOL]->used, 0);
  ck_assert_uint_eq(lwip_stats.memp[MEMP_REASSDATA]->used, 0);
}

START_TEST(echo)
{
  const size_t len = make_echo(100, us);
  const u8_t *m;

  begin(peer, us);
  add(58, message, len);
  in();
  m = check_icmp6(0, ICMP6_WIRE_ECHO_REPLY, 0);
  ck_assert_mem_eq(m + 4, message + 4, len - 4);
  check_clean();
}
END_TEST

START_TEST(echo_to_all_nodes_comes_from_our_address)
{
  const size_t len = make_echo(8, all_nodes);

  begin(peer, all_nodes);
  add(58, message, len);
  in();
  ck_assert_uint_eq(sent, LWIP_MULTICAST_PING);
  if (LWIP_MULTICAST_PING) {
    check_icmp6(0, ICMP6_WIRE_ECHO_REPLY, 0);
  }
  check_clean();
}
END_TEST

START_TEST(wrong_checksum)
{
  const size_t len = make_echo(8, us);

  message[9] ^= 1;
  begin(peer, us);
  add(58, message, len);
  in();
  ck_assert_uint_eq(sent, 0);
  check_clean();
}
END_TEST

/** Extension headers that are answered: the code and the octet that is named. */
static const struct {
  const char *what;
  u8_t type, octets[8], code;
  u32_t pointer;
} refused[] = {
  { "unknown option, unicast", 60, { 59, 0, 0xde, 4 }, 2, 42 },
  { "unknown option, everybody", 0, { 59, 0, 0x9e, 4 }, 2, 42 },
  { "routing type 0", 43, { 59, 0, 0, 1 }, 0, 42 },
  { "unknown protocol", 253, { 1, 2, 3, 4 }, 1, 6 },
  { "a first fragment with less than its headers", 44, { 6, 0, 0, 1 }, 3, 0 },
};

START_TEST(refused_with_a_pointer)
{
  const u8_t *m;

  begin(peer, us);
  add(refused[_i].type, refused[_i].octets, 8);
  in();
  ck_assert_msg(sent == 1, "%s: %u answers", refused[_i].what, sent);
  m = check_icmp6(0, ICMP6_WIRE_PARAM, refused[_i].code);
  ck_assert_msg(icmp6_wire_rest(m) == refused[_i].pointer, "%s: pointer %u", refused[_i].what,
                (unsigned)icmp6_wire_rest(m));
  ck_assert_mem_eq(m + 8, b, n); /* the whole packet is quoted */
  check_clean();
}
END_TEST

START_TEST(no_answer_about_groups_but_when_the_option_says_so)
{
  begin(peer, all_nodes);
  add(60, refused[0].octets, 8);
  in();
  ck_assert_uint_eq(sent, 0);
  begin(peer, all_nodes);
  add(60, refused[1].octets, 8);
  in();
  check_icmp6(0, ICMP6_WIRE_PARAM, 2);
  check_clean();
}
END_TEST

START_TEST(no_answer_about_an_error)
{
  u8_t m[64] = { ICMP6_WIRE_UNREACH, 4 };
  static const u8_t options[8] = { 58, 0, 0xde, 4 };

  begin(peer, us);
  add(60, options, 8); /* the problem lies in front of the error */
  add(60, options, 8);
  add(58, m, sizeof m);
  in();
  ck_assert_uint_eq(sent, 0);
  icmp6_wire_chksum_put(m, sum(m, sizeof m, peer, us));
  begin(peer, us);
  add(58, m, sizeof m);
  in();
  ck_assert_uint_eq(sent, 0);
  check_clean();
}
END_TEST

START_TEST(closed_port)
{
  const u8_t datagram[16] = { 0x10, 0, 0x20, 0, 0, 16 };
  u8_t d[16];
  u32_t acc = checksum_add(checksum_add(0, peer, 16), us, 16);
  u16_t s;
  const u8_t *m;

  memcpy(d, datagram, 16);
  acc = checksum_add32(checksum_add32(acc, lwip_htons(17)), lwip_htons(16));
  s = checksum_finish(checksum_add(acc, d, 16));
  memcpy(d + 6, &s, 2);
  begin(peer, us);
  add(17, d, 16);
  in();
  m = check_icmp6(0, ICMP6_WIRE_UNREACH, ICMP6_WIRE_CODE_PORT);
  ck_assert_mem_eq(m + 8, b, n);
  check_clean();
}
END_TEST

START_TEST(errors_are_limited)
{
  int i;

  for (i = 0; i < 3 * LWIP_X_ICMP_ERROR_RATE; i++) {
    begin(peer, us);
    add(253, "12345678", 8);
    in();
  }
  ck_assert_uint_le(sent, LWIP_X_ICMP_ERROR_RATE);
  ck_assert_uint_gt(sent, 0);
  check_clean();
}
END_TEST

/** Octets @p from to @p to of the message as a fragment. */
static void fragment(size_t from, size_t to, size_t end, u32_t id)
{
  u8_t f[8];

  ip6_wire_frag_emit(f, 58, (u16_t)(from | (to < end ? IP6_WIRE_MF : 0)), id);
  begin(peer, us);
  add(44, f, 8);
  memcpy(b + n, message + from, to - from);
  n += to - from;
  in();
}

/** The data of the fragmented reply, put together. */
static size_t collect(u8_t *to)
{
  size_t end = 0;
  unsigned i;

  for (i = 0; i < sent; i++) {
    const u8_t *f = out[i] + IP6_WIRE_HLEN;
    const u16_t len = (u16_t)(out_len[i] - IP6_WIRE_HLEN - IP6_WIRE_FRAG_HLEN);
    ck_assert_uint_eq(ip6_wire_nexth(out[i]), 44);
    ck_assert_uint_eq(ip6_wire_frag(f) & IP6_WIRE_OFFSET, end);
    ck_assert_uint_eq((ip6_wire_frag(f) & IP6_WIRE_MF) != 0, i + 1 < sent);
    ck_assert_uint_eq(ip6_wire_frag_id(f), ip6_wire_frag_id(out[0] + IP6_WIRE_HLEN));
    memcpy(to + end, f + IP6_WIRE_FRAG_HLEN, len);
    end += len;
  }
  return end;
}

/** The order fragments come in: the reply is the same. */
static const u8_t orders[][5] = { { 0, 1, 2, 3, 4 }, { 4, 3, 2, 1, 0 }, { 2, 0, 4, 1, 3 }, { 0, 0, 1, 1, 2 } };

START_TEST(reassembly_in_any_order)
{
  static u8_t back[BIG];
  const size_t len = make_echo(5000, us);
  int i;

  for (i = 0; i < 5; i++) {
    const size_t from = orders[_i][i] * 1024u;
    fragment(from, LWIP_MIN(from + 1024, len), len, 77);
  }
  if (_i == 3) { /* repetitions: the last two are missing still */
    ck_assert_uint_eq(sent, 0);
    fragment(3072, 4096, len, 77);
    fragment(4096, len, len, 77);
  }
  ck_assert_uint_eq(collect(back), len);
  ck_assert_uint_eq(sum(back, len, us, peer), 0);
  ck_assert_uint_eq(back[0], ICMP6_WIRE_ECHO_REPLY);
  ck_assert_mem_eq(back + 4, message + 4, len - 4);
  check_clean();
}
END_TEST

START_TEST(overlap_kills_the_packet)
{
  const size_t len = make_echo(2000, us);

  fragment(0, 1024, len, 78);
  fragment(1016, len, len, 78);
  fragment(1024, len, len, 78); /* would have completed it */
  ck_assert_uint_eq(sent, 0);
  ck_assert_uint_eq(lwip_stats.memp[MEMP_PBUF_POOL]->used, 0);
  now += (IPV6_REASS_MAXAGE + 1) * 1000u;
  sys_check_timeouts();
  check_clean();
}
END_TEST

START_TEST(missing_fragments_are_told_of)
{
  const size_t len = make_echo(2000, us);

  fragment(0, 1024, len, 79);
  now += (IPV6_REASS_MAXAGE - 1) * 1000u;
  sys_check_timeouts();
  ck_assert_uint_eq(sent, 0);
  now += 2000;
  sys_check_timeouts();
  check_icmp6(0, ICMP6_WIRE_TIME, ICMP6_WIRE_CODE_REASS);
  check_clean();
}
END_TEST

START_TEST(fragment_not_in_eights)
{
  const u8_t *m;

  (void)make_echo(2000, us);
  fragment(0, 1023, 2008, 80);
  m = check_icmp6(0, ICMP6_WIRE_PARAM, 0);
  ck_assert_uint_eq(icmp6_wire_rest(m), 4);
  check_clean();
}
END_TEST

/** What a later fragment holds is no header, be its first octet what it may (here that of an error). */
START_TEST(fragment_past_the_end)
{
  const u8_t *m;

  (void)make_echo(100, us);
  message[0] = (u8_t)_i;
  begin(peer, us);
  {
    u8_t f[8];
    ip6_wire_frag_emit(f, 58, 65528, 81);
    add(44, f, 8);
  }
  memcpy(b + n, message, 16);
  n += 16;
  in();
  m = check_icmp6(0, ICMP6_WIRE_PARAM, 0);
  ck_assert_uint_eq(icmp6_wire_rest(m), 42);
  check_clean();
}
END_TEST

/** Addresses no packet can have. */
static const struct {
  const char *what;
  u32_t src[4], dst[4];
} impossible[] = {
  { "from a group", { PP_HTONL(0xff020000), 0, 0, PP_HTONL(5) }, { PP_HTONL(0x20010db8), 0, 0, PP_HTONL(1) } },
  { "from ::1", { 0, 0, 0, PP_HTONL(1) }, { PP_HTONL(0x20010db8), 0, 0, PP_HTONL(1) } },
  { "to ::1", { PP_HTONL(0x20010db8), 0, 0, PP_HTONL(9) }, { 0, 0, 0, PP_HTONL(1) } },
  { "to ::", { PP_HTONL(0x20010db8), 0, 0, PP_HTONL(9) }, { 0, 0, 0, 0 } },
  { "from IPv4 in disguise",
    { 0, 0, PP_HTONL(0xffff), PP_HTONL(0x7f000001) },
    { PP_HTONL(0x20010db8), 0, 0, PP_HTONL(1) } },
  { "to another host", { PP_HTONL(0x20010db8), 0, 0, PP_HTONL(9) }, { PP_HTONL(0x20010db8), 0, 0, PP_HTONL(2) } },
  { "to a group of scope 0", { PP_HTONL(0x20010db8), 0, 0, PP_HTONL(9) }, { PP_HTONL(0xff000000), 0, 0, PP_HTONL(1) } },
};

START_TEST(impossible_addresses)
{
  begin(impossible[_i].src, impossible[_i].dst);
  add(253, "12345678", 8);
  in();
  ck_assert_msg(sent == 0, "%s", impossible[_i].what);
  check_clean();
}
END_TEST

START_TEST(cut_anywhere)
{
  static const u8_t options[8] = { 58, 0, 1, 4 };
  size_t whole, i;

  (void)make_echo(40, us);
  begin(peer, us);
  add(60, options, 8);
  add(58, message, 48);
  whole = n;
  for (i = 0; i < whole; i++) {
    struct pbuf *p = pbuf_alloc(PBUF_RAW, (u16_t)i, PBUF_POOL);
    ip6_wire_plen_put(b, (u16_t)(whole - IP6_WIRE_HLEN));
    pbuf_take(p, b, (u16_t)i);
    nif.input(p, &nif);
  }
  ck_assert_uint_eq(sent, 0);
  check_clean();
}
END_TEST

int main(void)
{
  Suite *s = suite_create("ip6_in");
  TCase *t = tcase_create("in");
  SRunner *r;
  int failed;

  tcase_add_checked_fixture(t, setup, NULL);
  tcase_add_test(t, echo);
  tcase_add_test(t, echo_to_all_nodes_comes_from_our_address);
  tcase_add_test(t, wrong_checksum);
  tcase_add_loop_test(t, refused_with_a_pointer, 0, LWIP_ARRAYSIZE(refused));
  tcase_add_test(t, no_answer_about_groups_but_when_the_option_says_so);
  tcase_add_test(t, no_answer_about_an_error);
  tcase_add_test(t, closed_port);
  tcase_add_test(t, errors_are_limited);
  tcase_add_loop_test(t, reassembly_in_any_order, 0, LWIP_ARRAYSIZE(orders));
  tcase_add_test(t, overlap_kills_the_packet);
  tcase_add_test(t, missing_fragments_are_told_of);
  tcase_add_test(t, fragment_not_in_eights);
  tcase_add_loop_test(t, fragment_past_the_end, 127, 129);
  tcase_add_loop_test(t, impossible_addresses, 0, LWIP_ARRAYSIZE(impossible));
  tcase_add_test(t, cut_anywhere);
  suite_add_tcase(s, t);
  r = srunner_create(s);
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}

#else

int main(void)
{
  return 0;
}

#endif
