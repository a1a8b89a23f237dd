/** The Internet checksum (RFC 1071) against a naive sum: all alignments and lengths, the machine's own loops and plain C, chains of
 *  odd pieces, pseudo headers (RFC 9293 3.1, RFC 768), copying.
 *  LINK: base/checksum.c mem/inet_chksum.c base/def.c */
#include "base/bytes.h"
#include "base/checksum.h"
#include "lwip/inet_chksum.h"
#include <check.h>
#include <string.h>
#include "../config/test_port.h"

/* The same source once more with the portable loops. */
#define CHECKSUM_PLAIN_C
#define checksum_add plain_add
#define checksum_copy plain_copy
u32_t plain_add(u32_t sum, const void *data, size_t len);
u32_t plain_copy(u32_t sum, void *to, const void *from, size_t len);
#include "base/checksum.c"
#undef checksum_add
#undef checksum_copy

static const struct {
  const char *name;
  u32_t (*add)(u32_t, const void *, size_t);
  u32_t (*copy)(u32_t, void *, const void *, size_t);
} variants[] = {
  { "this machine's", checksum_add, checksum_copy },
  { "plain C", plain_add, plain_copy },
};

static u8_t data[2100];

static void fill(int kind)
{
  size_t i;

  for (i = 0; i < sizeof data; i++) {
    data[i] = kind == 0 ? 0xFF : kind == 1 ? 0 : (u8_t)test_rand();
  }
}

/** RFC 1071 section 4.1, octets in pairs, most significant first. */
static u16_t naive(u32_t sum, const u8_t *p, size_t len)
{
  size_t i;

  for (i = 0; i < len; i++) {
    sum += (i & 1) != 0 ? p[i] : (u32_t)p[i] << 8;
    sum = (sum & 0xFFFF) + (sum >> 16);
  }
  return (u16_t)sum;
}

static u16_t in_order(u16_t memory_order)
{
  return be16_get((const u8_t *)&memory_order);
}

START_TEST(every_alignment_and_length)
{
  size_t off, len;
  int kind;

  for (kind = 0; kind < 3; kind++) {
    fill(kind);
    for (off = 0; off < 9; off++) {
      for (len = 0; len < 300; len++) {
        u16_t got = in_order(checksum_fold(variants[_i].add(0, data + off, len)));

        ck_assert_msg(got == naive(0, data + off, len), "%s: %zu octets at %zu", variants[_i].name, len, off);
      }
    }
  }
}
END_TEST

static const size_t long_ones[] = { 536, 1459, 1460, 1461, 1480, 2000, 2047 };

START_TEST(long_runs)
{
  size_t i, off;

  fill(2);
  for (i = 0; i < sizeof long_ones / sizeof long_ones[0]; i++) {
    for (off = 0; off < 8; off++) {
      ck_assert_uint_eq(in_order(checksum_fold(variants[_i].add(0, data + off, long_ones[i]))),
                        naive(0, data + off, long_ones[i]));
    }
  }
}
END_TEST

START_TEST(sums_go_on)
{
  static const u32_t starts[] = { 0, 1, 0xFFFF, 0x10000, 0xFFFFFFFFu, 0x12345678u };
  size_t i, off;

  fill(2);
  for (i = 0; i < sizeof starts / sizeof starts[0]; i++) {
    for (off = 0; off < 4; off++) {
      u16_t begin = in_order(checksum_fold(starts[i]));

      ck_assert_uint_eq(in_order(checksum_fold(variants[_i].add(starts[i], data + off, 77))),
                        naive(begin, data + off, 77));
    }
  }
}
END_TEST

START_TEST(copying_sums_and_copies)
{
  static u8_t to[400];
  size_t a, b, len;

  fill(2);
  for (a = 0; a < 5; a++) {
    for (b = 0; b < 5; b++) {
      for (len = 0; len < 90; len++) {
        memset(to, 0xA5, sizeof to);
        ck_assert_uint_eq(in_order(checksum_fold(variants[_i].copy(0, to + 8 + a, data + b, len))),
                          naive(0, data + b, len));
        ck_assert_mem_eq(to + 8 + a, data + b, len);
        ck_assert_uint_eq(to[7 + a], 0xA5);
        ck_assert_uint_eq(to[8 + a + len], 0xA5);
      }
    }
  }
}
END_TEST

START_TEST(the_example_of_rfc_1071)
{
  static const u8_t in[8] = { 0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7 }; /* section 3 */

  ck_assert_uint_eq(in_order((u16_t)~inet_chksum(in, 8)), 0xddf2);
}
END_TEST

START_TEST(a_header_with_its_checksum_sums_to_zero)
{
  u8_t header[20] = { 0x45, 0, 0, 60, 0x12, 0x34, 0x40, 0, 64, 6, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2 };
  u16_t sum = inet_chksum(header, 20);

  memcpy(header + 10, &sum, 2);
  ck_assert_uint_eq(inet_chksum(header, 20), 0);
  header[7] ^= 1;
  ck_assert_uint_ne(inet_chksum(header, 20), 0);
}
END_TEST

/** Cut the first @p len octets into pieces of @p step, at addresses of changing parity. */
static struct pbuf *cut(struct pbuf *p, u16_t len, u16_t step)
{
  static u8_t memory[8400];
  u16_t at = 0, n = 0;

  while (at < len) {
    u16_t here = (u16_t)LWIP_MIN(step, len - at);

    p[n].payload = memory + 4 * at + (n % 3);
    memcpy(p[n].payload, data + at, here);
    p[n].len = here;
    p[n].tot_len = (u16_t)(len - at);
    p[n].next = NULL;
    if (n > 0) {
      p[n - 1].next = &p[n];
    }
    at = (u16_t)(at + here);
    n++;
  }
  return p;
}

START_TEST(chains_of_odd_pieces)
{
  static struct pbuf p[2000];
  u16_t step;

  fill(2);
  for (step = 1; step < 40; step++) {
    ck_assert_uint_eq(in_order((u16_t)~inet_chksum_pbuf(cut(p, 201, step))), naive(0, data, 201));
  }
}
END_TEST

START_TEST(pseudo_headers)
{
  static struct pbuf p[2000];
  ip_addr_t src, dst;
  u8_t whole[12 + 201] = { 192, 168, 0, 1, 10, 1, 2, 3, 0, 17, 0, 201 };
  u16_t step, partial = 50;

  fill(2);
  memcpy(whole + 12, data, 201);
  IP_ADDR4(&src, 192, 168, 0, 1);
  IP_ADDR4(&dst, 10, 1, 2, 3);
  for (step = 1; step < 20; step++) {
    struct pbuf *c = cut(p, 201, step);

    ck_assert_uint_eq(in_order((u16_t)~checksum_pseudo(c, &src, &dst, 17, 201)), naive(0, whole, sizeof whole));
    ck_assert_uint_eq(ip_chksum_pseudo(c, 17, 201, &src, &dst), checksum_pseudo(c, &src, &dst, 17, 201));
    ck_assert_uint_eq(inet_chksum_pseudo(c, 17, 201, ip_2_ip4(&src), ip_2_ip4(&dst)),
                      checksum_pseudo(c, &src, &dst, 17, 201));
    ck_assert_uint_eq(in_order((u16_t)~ip_chksum_pseudo_partial(c, 17, 201, partial, &src, &dst)),
                      naive(0, whole, 12u + partial));
  }
}
END_TEST

int main(void)
{
  Suite *s = suite_create("checksum");
  TCase *t = tcase_create("checksum");
  SRunner *r = srunner_create(s);
  int failed;

  suite_add_tcase(s, t);
  tcase_set_timeout(t, 30);
  tcase_add_loop_test(t, every_alignment_and_length, 0, 2);
  tcase_add_loop_test(t, long_runs, 0, 2);
  tcase_add_loop_test(t, sums_go_on, 0, 2);
  tcase_add_loop_test(t, copying_sums_and_copies, 0, 2);
  tcase_add_test(t, the_example_of_rfc_1071);
  tcase_add_test(t, a_header_with_its_checksum_sums_to_zero);
  tcase_add_test(t, chains_of_odd_pieces);
  tcase_add_test(t, pseudo_headers);
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
