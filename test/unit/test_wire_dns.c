/** LINK: wire/wire_dns.c
 *  Names, questions and records of DNS (RFC 1035 section 4.1), the malformed ones first of all (bad-inputs DNS-01, -02, -04). */
#include "wire/wire_dns.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

/** Octets of a message behind a header, as a string with its length. */
#define BYTES(s) s, sizeof(s) - 1

static u8_t message[1024];

/** Put @p tail behind an empty header, in a buffer of exactly that size, so that the sanitizer sees a step outside. */
static struct dns_wire wire(const char *tail, size_t len)
{
  struct dns_wire w;
  u8_t *m = (u8_t *)malloc(DNS_WIRE_HDR + len);

  memset(m, 0, DNS_WIRE_HDR);
  memcpy(m + DNS_WIRE_HDR, tail, len);
  w.m = m;
  w.len = (u16_t)(DNS_WIRE_HDR + len);
  return w;
}

static void unwire(struct dns_wire *w)
{
  free((void *)(uintptr_t)w->m);
}

/* clang-format off */
static const struct {
  const char *what, *tail;
  size_t len;
  u16_t at, behind; /* positions; behind 0: malformed */
} names[] = {
  { "the root",                               BYTES("\0"),                       12, 13 },
  { "one label",                              BYTES("\1a\0"),                    12, 15 },
  { "two labels",                             BYTES("\3www\1a\0"),               12, 19 },
  { "a pointer back",                         BYTES("\1a\0\xc0\x0c"),            15, 17 },
  { "a label, then a pointer back",           BYTES("\1a\0\1b\xc0\x0c"),         15, 19 },
  { "a pointer to a pointer back",            BYTES("\1a\0\xc0\x0c\xc0\x0f"),    17, 19 },
  { "a pointer to itself",                    BYTES("\xc0\x0c"),                 12, 0 },
  { "two pointers in a circle",               BYTES("\xc0\x0e\xc0\x0c"),         12, 0 },
  { "the other of the two",                   BYTES("\xc0\x0e\xc0\x0c"),         14, 0 },
  { "a label and a pointer to itself",        BYTES("\1a\xc0\x0c"),              12, 0 },
  { "a pointer into the labels before it",    BYTES("\1a\1b\xc0\x0e"),           12, 0 },
  { "a pointer forward",                      BYTES("\xc0\x0e\1a\0"),            12, 0 },
  { "a pointer past the end",                 BYTES("\1a\0\xc0\xff"),            15, 0 },
  { "a pointer to 0x3fff",                    BYTES("\1a\0\xff\xff"),            15, 0 },
  { "a pointer into the header",              BYTES("\1a\0\xc0\x00"),            15, 0 },
  { "half a pointer",                         BYTES("\1a\0\xc0"),                15, 0 },
  { "a label longer than the message",        BYTES("\x3f""abc"),                12, 0 },
  { "no end",                                 BYTES("\1a"),                      12, 0 },
  { "no end after two labels",                BYTES("\1a\1b"),                   12, 0 },
  { "a label type of 01",                     BYTES("\x41""a\0"),                12, 0 },
  { "a label type of 10",                     BYTES("\x81""a\0"),                12, 0 },
  { "nothing",                                BYTES(""),                         12, 0 },
};
/* clang-format on */

START_TEST(name)
{
  struct dns_wire w = wire(names[_i].tail, names[_i].len);

  ck_assert_msg(dns_wire_skip_name(&w, names[_i].at) == names[_i].behind, "%s", names[_i].what);
  unwire(&w);
}
END_TEST

/** 255 octets are a name, 256 are not, pointers or no (RFC 1035 section 3.1). */
START_TEST(name_length)
{
  char tail[300];
  size_t n = 0, i;
  struct dns_wire w;

  for (i = 0; i < 126; i++) { /* 126 labels of one octet: 252, and the root: 253 */
    tail[n++] = 1;
    tail[n++] = 'x';
  }
  tail[n++] = 0;
  memcpy(tail + n, "\1y\xc0\x0c", 4);        /* 255 in all */
  memcpy(tail + n + 4, "\1y\1z\xc0\x0c", 6); /* 257 */
  w = wire(tail, n + 10);
  ck_assert_uint_eq(dns_wire_skip_name(&w, DNS_WIRE_HDR), DNS_WIRE_HDR + n);
  ck_assert_uint_eq(dns_wire_skip_name(&w, (u16_t)(DNS_WIRE_HDR + n)), DNS_WIRE_HDR + n + 4);
  ck_assert_uint_eq(dns_wire_skip_name(&w, (u16_t)(DNS_WIRE_HDR + n + 4)), 0);
  unwire(&w);
}
END_TEST

/* clang-format off */
static const struct { const char *what, *tail; size_t len; u16_t a, b; bool same; } pairs[] = {
  { "itself",                 BYTES("\1a\0"),                       12, 12, true },
  { "another spelling",       BYTES("\2ab\0\2AB\0"),                12, 16, true },
  { "through a pointer",      BYTES("\2ab\0\xc0\x0c"),              12, 16, true },
  { "a tail through a pointer", BYTES("\1w\2ab\0\1W\xc0\x0e"),      12, 18, true },
  { "another letter",         BYTES("\2ab\0\2ac\0"),                12, 16, false },
  { "a longer one",           BYTES("\2ab\0\2ab\1c\0"),             12, 16, false },
  { "other labels, same letters", BYTES("\2ab\0\1a\1b\0"),          12, 16, false },
  { "not letters: @ and `",   BYTES("\1@\0\1`\0"),                  12, 15, false },
};
/* clang-format on */

START_TEST(same_name)
{
  struct dns_wire w = wire(pairs[_i].tail, pairs[_i].len);

  ck_assert_msg(dns_wire_same_name(&w, pairs[_i].a, pairs[_i].b) == pairs[_i].same, "%s", pairs[_i].what);
  ck_assert_msg(dns_wire_same_name(&w, pairs[_i].b, pairs[_i].a) == pairs[_i].same, "%s, swapped", pairs[_i].what);
  unwire(&w);
}
END_TEST

/* clang-format off */
static const struct { const char *what, *tail; size_t len; u16_t behind; } records[] = {
  { "an address",                 BYTES("\0\0\1\0\1\0\0\0\5\0\4\1\2\3\4"),     27 },
  { "with more behind it",        BYTES("\0\0\1\0\1\0\0\0\5\0\4\1\2\3\4xx"),   27 },
  { "no data",                    BYTES("\0\0\1\0\1\0\0\0\5\0\0"),             23 },
  { "data cut by one",            BYTES("\0\0\1\0\1\0\0\0\5\0\4\1\2\3"),       0 },
  { "RDLENGTH of 65535",          BYTES("\0\0\1\0\1\0\0\0\5\xff\xff\1\2\3\4"), 0 },
  { "header cut",                 BYTES("\0\0\1\0\1\0\0\0\5\0"),               0 },
  { "name cut",                   BYTES("\3ab"),                               0 },
  { "nothing",                    BYTES(""),                                   0 },
};
/* clang-format on */

START_TEST(record)
{
  struct dns_wire w = wire(records[_i].tail, records[_i].len);
  struct dns_wire_rr rr;

  ck_assert_msg(dns_wire_get_rr(&w, DNS_WIRE_HDR, &rr) == records[_i].behind, "%s", records[_i].what);
  if (records[_i].behind != 0) {
    ck_assert_uint_eq(rr.type, DNS_WIRE_A);
    ck_assert_uint_eq(rr.klass, DNS_WIRE_IN);
    ck_assert_uint_eq(rr.ttl, 5);
    ck_assert_uint_eq(rr.data, 23);
  }
  unwire(&w);
}
END_TEST

/* clang-format off */
static const struct { const char *what, *name; bool ok; } texts[] = {
  { "one label",       "a",         true },
  { "several",         "www.ab.c",  true },
  { "underscore",      "_ab._tcp.local", true },
  { "empty",           "",          false },
  { "a dot",           ".",         false },
  { "first empty",     ".a",        false },
  { "middle empty",    "a..b",      false },
  { "last empty",      "a.",        false },
  { "63 octets",       "123456789012345678901234567890123456789012345678901234567890123.b", true },
  { "64 octets",       "1234567890123456789012345678901234567890123456789012345678901234.b", false },
};
/* clang-format on */

START_TEST(text)
{
  ck_assert_msg(dns_wire_name_ok(texts[_i].name, strlen(texts[_i].name)) == texts[_i].ok, "%s", texts[_i].what);
}
END_TEST

START_TEST(query_octets)
{
  static const u8_t want[] = "\x12\x34\1\0\0\1\0\0\0\0\0\0\3www\2ab\0\0\x1c\0\1";

  ck_assert_uint_eq(dns_wire_query_len(6), sizeof want - 1);
  dns_wire_put_query(message, 0x1234, true, "www.ab", 0, DNS_WIRE_AAAA);
  ck_assert_mem_eq(message, want, sizeof want - 1);
}
END_TEST

/** The question must come back to the letter; with mixed case, that case (RFC 5452 section 9.1, 0x20). */
START_TEST(question_comes_back)
{
  static const char *others[] = { "www.a", "www.abc", "ww.ab", "www-ab", "www.ac", "www", "wwww.ab", "WWW.ab" };
  struct dns_wire w;
  u32_t mix;
  size_t i;

  for (mix = 0; mix < 256; mix++) {
    dns_wire_put_query(message, 1, true, "www.ab", mix, DNS_WIRE_A);
    w.m = message;
    w.len = dns_wire_query_len(6);
    ck_assert_uint_eq(dns_wire_same_question(&w, "www.ab", mix, DNS_WIRE_A), w.len);
    ck_assert_uint_eq(dns_wire_same_question(&w, "www.ab", mix, DNS_WIRE_AAAA), 0);
    ck_assert_uint_eq(dns_wire_same_question(&w, "www.ab", mix ^ 1, DNS_WIRE_A), 0);
    for (i = 0; mix == 0 && i < sizeof others / sizeof others[0]; i++) {
      ck_assert_msg(dns_wire_same_question(&w, others[i], 0, DNS_WIRE_A) == 0, "%s", others[i]);
    }
    for (; w.len > DNS_WIRE_HDR; w.len--) {
      ck_assert(w.len == dns_wire_query_len(6) || dns_wire_same_question(&w, "www.ab", mix, DNS_WIRE_A) == 0);
    }
  }
}
END_TEST

START_TEST(header)
{
  static const struct {
    const char *what;
    u8_t flags1, qdcount;
    bool is;
  } table[] = {
    { "a response", 0x81, 1, true }, { "truncated", 0x83, 1, true },    { "our query, echoed", 0x01, 1, false },
    { "opcode 15", 0xF9, 1, false }, { "no question", 0x81, 0, false }, { "two questions", 0x81, 2, false },
  };
  struct dns_wire w = { message, DNS_WIRE_HDR };
  size_t i;

  for (i = 0; i < sizeof table / sizeof table[0]; i++) {
    memset(message, 0, DNS_WIRE_HDR);
    message[2] = table[i].flags1;
    message[5] = table[i].qdcount;
    ck_assert_msg(dns_wire_is_answer(&w) == table[i].is, "%s", table[i].what);
  }
  message[2] = 0x81;
  message[5] = 1;
  for (w.len = 0; w.len < DNS_WIRE_HDR; w.len++) {
    ck_assert(!dns_wire_is_answer(&w));
  }
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))

int main(void)
{
  Suite *s = suite_create("wire_dns");
  TCase *t = tcase_create("wire_dns");
  SRunner *r = srunner_create(s);
  int failed;

  suite_add_tcase(s, t);
  tcase_add_loop_test(t, name, 0, COUNT(names));
  tcase_add_test(t, name_length);
  tcase_add_loop_test(t, same_name, 0, COUNT(pairs));
  tcase_add_loop_test(t, record, 0, COUNT(records));
  tcase_add_loop_test(t, text, 0, COUNT(texts));
  tcase_add_test(t, query_octets);
  tcase_add_test(t, question_comes_back);
  tcase_add_test(t, header);
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
