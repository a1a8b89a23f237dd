/** Byte order and strings (lwip/def.h). LINK: base/def.c */
#include <check.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include "lwip/def.h"

/* RFC 1700: the first octet on the wire is the most significant one. */
START_TEST(byte_order)
{
  const u8_t two[] = { 0x12, 0x34 };
  const u8_t four[] = { 0x12, 0x34, 0x56, 0x78 };
  u16_t (*function16)(u16_t) = lwip_htons;
  u32_t (*function32)(u32_t) = lwip_htonl;
  u16_t n16;
  u32_t n32;

  memcpy(&n16, two, sizeof n16);
  memcpy(&n32, four, sizeof n32);
  ck_assert_uint_eq(lwip_ntohs(n16), 0x1234);
  ck_assert_uint_eq(lwip_ntohl(n32), 0x12345678);
  ck_assert_uint_eq(lwip_htons(0x1234), n16);
  ck_assert_uint_eq(PP_HTONS(0x1234), n16);
  ck_assert_uint_eq(PP_HTONL(0x12345678UL), n32);
  ck_assert_uint_eq(function16(0x1234), n16);
  ck_assert_uint_eq(function32(0x12345678), n32);
  ck_assert_uint_eq(LWIP_MAKEU32(0x12, 0x34, 0x56, 0x78), 0x12345678);
}
END_TEST

static const struct {
  const char *a, *b;
  size_t n;
  int sign;
} compared[] = {
  { "Host", "hOST", 99, 0 }, { "host", "hosts", 99, -1 }, { "hosts", "host", 99, 1 },
  { "hosts", "host", 4, 0 }, { "", "", 99, 0 },           { "a", "", 99, 1 },
  { "abc", "xyz", 0, 0 },    { "[", "{", 99, -1 },       /* 0x5B and 0x7B differ like cases, but are no letters */
  { "@", "`", 99, -1 },      { "\xC4", "\xE4", 99, -1 }, /* nor are umlauts: names are octets (RFC 4343) */
};

START_TEST(compare)
{
  const int got = lwip_strnicmp(compared[_i].a, compared[_i].b, compared[_i].n);

  ck_assert_int_eq((got > 0) - (got < 0), compared[_i].sign);
  if (compared[_i].n == 99) {
    ck_assert_int_eq(lwip_stricmp(compared[_i].a, compared[_i].b), got);
  }
}
END_TEST

static const struct {
  const char *buffer, *token;
  size_t n;
  int at; /* -1: nowhere */
} searched[] = {
  { "GET / HTTP", "HTTP", 10, 6 },
  { "GET / HTTP", "HTTP", 9, -1 }, /* the end of the token is past n */
  { "GET / HTTP", "http", 10, -1 },
  { "aaab", "aab", 4, 1 },
  { "ab\0ab", "b\0", 5, 1 },
  { "xx\0yy", "yy", 5, -1 }, /* behind the zero */
  { "abc", "", 3, 0 },
  { "abc", "", 0, 0 },
  { "", "a", 5, -1 },
  { "abc", "abc", 3, 0 },
  { "abc", "abcd", 9, -1 },
};

START_TEST(search)
{
  const char *buffer = searched[_i].buffer;
  const char *got = lwip_strnstr(buffer, searched[_i].token, searched[_i].n);

  if (searched[_i].at < 0) {
    ck_assert_ptr_null(got);
  } else {
    ck_assert_ptr_eq(got, buffer + searched[_i].at);
  }
}
END_TEST

/* Not one octet past n is read: the buffer ends there, and the sanitizer watches. */
START_TEST(search_stays_inside)
{
  char *exact = malloc(4);

  memcpy(exact, "abcd", 4);
  ck_assert_ptr_null(lwip_strnstr(exact, "de", 4));
  ck_assert_ptr_null(lwip_strnstr(exact, "abcde", 4));
  free(exact);
}
END_TEST

static const struct {
  int number;
  size_t room;
  const char *text;
} printed[] = {
  { 0, 2, "0" },
  { 0, 1, "" },
  { 7, 99, "7" },
  { -1, 3, "-1" },
  { -1, 2, "" },
  { 12345, 6, "12345" },
  { 12345, 5, "" },
  { INT_MAX, 99, "2147483647" },
  { INT_MIN, 12, "-2147483648" },
  { INT_MIN, 11, "" },
};

START_TEST(number)
{
  char *exact = malloc(printed[_i].room);

  memset(exact, 'x', printed[_i].room);
  lwip_itoa(exact, printed[_i].room, printed[_i].number);
  ck_assert_str_eq(exact, printed[_i].text);
  free(exact);
}
END_TEST

START_TEST(number_without_room)
{
  char untouched = 'x';

  lwip_itoa(&untouched, 0, 1);
  ck_assert_int_eq(untouched, 'x');
}
END_TEST

START_TEST(secrets)
{
  ck_assert_int_eq(lwip_memcmp_consttime("secret", "secret", 6), 0);
  ck_assert_int_ne(lwip_memcmp_consttime("secret", "Secret", 6), 0);
  ck_assert_int_ne(lwip_memcmp_consttime("secret", "secreT", 6), 0);
  ck_assert_int_eq(lwip_memcmp_consttime("secret", "secreT", 5), 0);
  ck_assert_int_eq(lwip_memcmp_consttime("a", "b", 0), 0);
}
END_TEST

int main(void)
{
  Suite *s = suite_create("def");
  TCase *t = tcase_create("def");
  SRunner *r = srunner_create(s);
  int failed;

  suite_add_tcase(s, t);
  tcase_add_test(t, byte_order);
  tcase_add_loop_test(t, compare, 0, LWIP_ARRAYSIZE(compared));
  tcase_add_loop_test(t, search, 0, LWIP_ARRAYSIZE(searched));
  tcase_add_test(t, search_stays_inside);
  tcase_add_loop_test(t, number, 0, LWIP_ARRAYSIZE(printed));
  tcase_add_test(t, number_without_room);
  tcase_add_test(t, secrets);
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
