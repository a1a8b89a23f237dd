/** IPv4 fragmentation: what was cut in pieces is whole again when the pieces are put together. */
#include "ip_lab.h"

static u8_t whole[70000];

/** Put the fragments that were sent together in @c whole.  @return octets of payload */
static u32_t collect(void)
{
  u32_t end = 0;
  unsigned i;

  for (i = 0; i < lab_sent; i++) {
    const struct lab_packet *o = &lab_out[i];
    const u8_t hlen = ip4_wire_hlen(o->b);
    const u32_t at = ip4_wire_offset(o->b);
    lab_check_ip(o);
    ck_assert_uint_le(o->len, o->nif->mtu);
    ck_assert_uint_eq(at, end); /* sent in order, without gap or overlap */
    memcpy(whole + at, o->b + hlen, (size_t)(o->len - hlen));
    end = at + o->len - hlen;
    ck_assert_uint_eq((ip4_wire_frag(o->b) & IP4_WIRE_MF) != 0, i + 1 < lab_sent);
    ck_assert_uint_eq(ip4_wire_frag(o->b) & IP4_WIRE_DF, 0);
    ck_assert_uint_eq(ip4_wire_id(o->b), ip4_wire_id(lab_out[0].b));
  }
  return end;
}

/** A chain of @p pieces pbufs, octets counting up. */
static struct pbuf *chain(u16_t len, unsigned pieces)
{
  struct pbuf *p = NULL;
  u32_t at = 0;
  unsigned i;

  for (i = 0; i < pieces; i++) {
    const u16_t n = (u16_t)(i + 1 == pieces ? len - at : len / pieces);
    struct pbuf *q = pbuf_alloc(i == 0 ? PBUF_IP : PBUF_RAW, n, PBUF_RAM);
    u16_t j;
    for (j = 0; j < n; j++) {
      ((u8_t *)q->payload)[j] = (u8_t)((at + j) * 7 + ((at + j) >> 8));
    }
    at += n;
    if (p == NULL) {
      p = q;
    } else {
      pbuf_cat(p, q);
    }
  }
  return p;
}

/* clang-format off */
static const struct { u16_t len; unsigned pieces; u16_t mtu; } cuts[] = {
  {  1481, 1, 1500 }, {  1488, 1, 1500 }, {  2960, 1, 1500 }, {  2961, 1, 1500 }, {  5000, 1, 1500 },
  {  5000, 3, 1500 }, {  5000, 4999, 1500 }, {   600, 2,  576 }, {  1000, 1,   68 }, { 8000, 7, 1006 },
  { 20000, 9, 1500 }, { 65515, 5, 1500 }, {   100, 1,   28 },
};
/* clang-format on */

START_TEST(pieces_fit_and_are_all)
{
  const ip4_addr_t to = lab_ip4(LAB_PEER);
  const u16_t len = cuts[_i].len;
  struct pbuf *p;
  u16_t i;

  lab_setup();
  lab_nif.mtu = cuts[_i].mtu;
  p = chain(len, cuts[_i].pieces);
  ck_assert_int_eq(ip4_output(p, NULL, &to, 64, 0, 99), ERR_OK);
  pbuf_free(p);
  ck_assert_uint_eq(collect(), len);
  for (i = 0; i < len; i++) {
    ck_assert_uint_eq(whole[i], (u8_t)(i * 7 + (i >> 8)));
  }
  lab_no_leak();
}
END_TEST

/* RFC 791: options with the copied flag are in every fragment, the others in the first only. */
START_TEST(options)
{
  static const u8_t opt[8] = { 0x94, 4, 0, 0, 7, 3, 4, 0 };
  const struct lab_ip ip = { LAB_US, LAB_PEER, 99, 77, 0, 0, opt, 8 };
  const ip4_addr_t to = lab_ip4(LAB_PEER);
  static u8_t data[2500], b[2600];
  struct pbuf *p;
  u16_t len;

  lab_setup();
  len = lab_build(b, &ip, data, sizeof data);
  p = pbuf_alloc(PBUF_LINK, len, PBUF_RAM);
  ck_assert_int_eq(pbuf_take(p, b, len), ERR_OK);
  ck_assert_int_eq(ip4_frag(p, &lab_nif, &to), ERR_OK);
  pbuf_free(p);
  ck_assert_uint_eq(lab_sent, 2);
  ck_assert_uint_eq(collect(), sizeof data);
  ck_assert_uint_eq(ip4_wire_hlen(lab_out[0].b), 28);
  ck_assert_uint_eq(ip4_wire_hlen(lab_out[1].b), 24);
  ck_assert_int_eq(memcmp(lab_out[1].b + 20, opt, 4), 0);
}
END_TEST

/* A fragment that is fragmented again keeps its place and its More Fragments. */
START_TEST(fragment_of_a_fragment)
{
  const struct lab_ip ip = { LAB_PEER2, LAB_PEER, 99, 77, IP4_WIRE_MF | 100, 0, NULL, 0 };
  const ip4_addr_t to = lab_ip4(LAB_PEER);
  static u8_t data[1480], b[1600];
  struct pbuf *p;
  u16_t len;

  lab_setup();
  lab_nif.mtu = 576;
  len = lab_build(b, &ip, data, sizeof data);
  p = pbuf_alloc(PBUF_LINK, len, PBUF_RAM);
  ck_assert_int_eq(pbuf_take(p, b, len), ERR_OK);
  ck_assert_int_eq(ip4_frag(p, &lab_nif, &to), ERR_OK);
  pbuf_free(p);
  ck_assert_uint_eq(lab_sent, 3);
  ck_assert_uint_eq(ip4_wire_offset(lab_out[0].b), 800);
  ck_assert_uint_eq(ip4_wire_offset(lab_out[2].b), 800 + 2 * 552);
  ck_assert_uint_ne(ip4_wire_frag(lab_out[2].b) & IP4_WIRE_MF, 0);
}
END_TEST

/* Whatever allocation fails, the error is told and nothing is lost. */
START_TEST(memory_runs_out)
{
  const ip4_addr_t to = lab_ip4(LAB_PEER);
  long fail;

  lab_setup();
  for (fail = 0; fail < 12; fail++) {
    struct pbuf *p = chain(4000, 2);
    err_t err;
    lab_sent = 0;
    test_alloc_countdown = fail;
    err = ip4_output(p, NULL, &to, 64, 0, 99);
    ck_assert(err == ERR_MEM || test_alloc_countdown >= 0);
    test_alloc_countdown = -1;
    pbuf_free(p);
    lab_no_leak();
  }
}
END_TEST

START_TEST(an_mtu_without_room)
{
  const ip4_addr_t to = lab_ip4(LAB_PEER);
  struct pbuf *p;

  lab_setup();
  lab_nif.mtu = 27;
  p = chain(100, 1);
  ck_assert_int_eq(ip4_output(p, NULL, &to, 64, 0, 99), ERR_VAL);
  pbuf_free(p);
}
END_TEST

static struct pbuf *kept[8];
static unsigned keeping;

static err_t keep(struct netif *nif, struct pbuf *p, const ip4_addr_t *to)
{
  (void)nif;
  (void)to;
  pbuf_ref(p);
  kept[keeping++] = p;
  return ERR_OK;
}

/* A driver may keep the pieces longer than the sender keeps the original. */
START_TEST(pieces_outlive_the_original)
{
  const ip4_addr_t to = lab_ip4(LAB_PEER);
  struct pbuf *p;
  unsigned i;

  lab_setup();
  lab_nif.output = keep;
  p = chain(4000, 3);
  ck_assert_int_eq(ip4_output(p, NULL, &to, 64, 0, 99), ERR_OK);
  pbuf_free(p);
  ck_assert_uint_eq(keeping, 3);
  lab_nif.output = lab_output;
  for (i = 0; i < keeping; i++) {
    lab_output(&lab_nif, kept[i], &to);
    pbuf_free(kept[i]);
  }
  ck_assert_uint_eq(collect(), 4000);
  for (i = 0; i < 4000; i++) {
    ck_assert_uint_eq(whole[i], (u8_t)(i * 7 + (i >> 8)));
  }
  lab_no_leak();
}
END_TEST

static void add_tests(TCase *tc)
{
  tcase_add_loop_test(tc, pieces_fit_and_are_all, 0, (int)(sizeof cuts / sizeof cuts[0]));
  tcase_add_test(tc, options);
  tcase_add_test(tc, fragment_of_a_fragment);
  tcase_add_test(tc, memory_runs_out);
  tcase_add_test(tc, an_mtu_without_room);
  tcase_add_test(tc, pieces_outlive_the_original);
}

LAB_MAIN("ip4_frag")
