/* LINK: app/http_request.c */
/** The HTTP request parser (RFC 9112): every row whole, octet by octet, and cut in two at every place.  The hostile ones
 * are HTTP-01 (request lines), HTTP-02 (paths that climb) and HTTP-04 (headers) of the list of bad inputs. */
#include "app/http_request.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define H "Host: a\r\n"
#define KEEP HTTP_REQ_KEEPALIVE
#define V11 (HTTP_REQ_V11 | HTTP_REQ_HOST)
#define V11K (V11 | KEEP)

struct row {
  const char *why;
  const char *request;
  enum http_verdict verdict;
  const char *path; /**< with HTTP_OK */
  unsigned flags;   /**< with HTTP_OK */
};

/* clang-format off */
static const struct row rows[] = {
  { "the plain case",                       "GET / HTTP/1.1\r\n" H "\r\n",                    HTTP_OK, "/", V11K },
  { "HEAD",                                 "HEAD /a HTTP/1.1\r\n" H "\r\n",                  HTTP_OK, "/a", V11K | HTTP_REQ_HEAD },
  { "1.0 closes",                           "GET /a.html HTTP/1.0\r\n\r\n",                   HTTP_OK, "/a.html", 0 },
  { "1.0 may stay (RFC 9112 9.3)",          "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", HTTP_OK, "/", KEEP },
  { "1.1 may close",                        "GET / HTTP/1.1\r\n" H "Connection: close\r\n\r\n", HTTP_OK, "/", V11 },
  { "close among others",                   "GET / HTTP/1.1\r\n" H "Connection: TE, Close\r\n\r\n", HTTP_OK, "/", V11 },
  { "closed is not close",                  "GET / HTTP/1.1\r\n" H "Connection: closed\r\n\r\n", HTTP_OK, "/", V11K },
  { "close beats keep-alive",               "GET / HTTP/1.1\r\n" H "Connection: keep-alive, close\r\n\r\n", HTTP_OK, "/", V11 },
  { "a later minor version is 1.1",         "GET / HTTP/1.7\r\n" H "\r\n",                    HTTP_OK, "/", V11K },
  { "empty lines in front (RFC 9112 2.2)",  "\r\n\r\nGET / HTTP/1.1\r\n" H "\r\n",            HTTP_OK, "/", V11K },
  { "bare LF (RFC 9112 2.2)",               "GET / HTTP/1.1\nHost: a\n\n",                    HTTP_OK, "/", V11K },
  { "names have no case, values no blanks", "GET / HTTP/1.1\r\nhOsT:a\r\n\r\n",               HTTP_OK, "/", V11K },
  { "an empty Host is a Host",              "GET / HTTP/1.1\r\nHost:\r\n\r\n",                HTTP_OK, "/", V11K },
  { "parameters are cut off",               "GET /a?b=/../c HTTP/1.1\r\n" H "\r\n",           HTTP_OK, "/a", V11K },
  { "absolute form (RFC 9112 3.2.2)",       "GET http://x/y HTTP/1.1\r\n" H "\r\n",           HTTP_OK, "/y", V11K },
  { "absolute form without a path",         "GET HTTP://x HTTP/1.1\r\n" H "\r\n",             HTTP_OK, "/", V11K },
  { "decoded (RFC 3986 2.1)",               "GET /a%20b%2Fc HTTP/1.1\r\n" H "\r\n",           HTTP_OK, "/a b/c", V11K },
  { "dots that do not climb",               "GET /..a/b../... HTTP/1.1\r\n" H "\r\n",         HTTP_OK, "/..a/b../...", V11K },
  { "a body of no length is no body",       "GET / HTTP/1.1\r\n" H "Content-Length: 0\r\n\r\n", HTTP_OK, "/", V11K | HTTP_REQ_LENGTH },
  { "a body",                               "GET / HTTP/1.1\r\n" H "Content-Length: 10\r\n\r\n", HTTP_OK, "/", V11K | HTTP_REQ_LENGTH | HTTP_REQ_BODY },
  { "a body of a length past 64 bits",      "GET / HTTP/1.1\r\n" H "Content-Length: 99999999999999999999999\r\n\r\n", HTTP_OK, "/", V11K | HTTP_REQ_LENGTH | HTTP_REQ_BODY },
  { "Range is not for us",                  "GET / HTTP/1.1\r\n" H "Range: bytes=0-18446744073709551615\r\n\r\n", HTTP_OK, "/", V11K },
  { "HTTP/0.9",                             "GET /old\r\n",                                   HTTP_OK, "/old", HTTP_REQ_V09 },

  { "1.1 without Host (RFC 9112 3.2)",      "GET / HTTP/1.1\r\n\r\n",                         HTTP_BAD_REQUEST, NULL, 0 },
  { "two Hosts",                            "GET / HTTP/1.1\r\n" H H "\r\n",                  HTTP_BAD_REQUEST, NULL, 0 },
  { "no target",                            "GET  HTTP/1.1\r\n" H "\r\n",                     HTTP_BAD_REQUEST, NULL, 0 },
  { "two blanks",                           "GET  / HTTP/1.1\r\n" H "\r\n",                   HTTP_BAD_REQUEST, NULL, 0 },
  { "a blank behind the version",           "GET / HTTP/1.1 \r\n" H "\r\n",                   HTTP_BAD_REQUEST, NULL, 0 },
  { "a blank in the target",                "GET /a b HTTP/1.1\r\n" H "\r\n",                 HTTP_BAD_REQUEST, NULL, 0 },
  { "HTTP/9.9",                             "GET / HTTP/9.9\r\n" H "\r\n",                    HTTP_BAD_REQUEST, NULL, 0 },
  { "HTTP/1.10",                            "GET / HTTP/1.10\r\n" H "\r\n",                   HTTP_BAD_REQUEST, NULL, 0 },
  { "http/1.1",                             "GET / http/1.1\r\n" H "\r\n",                    HTTP_BAD_REQUEST, NULL, 0 },
  { "HEAD of 0.9",                          "HEAD /\r\n",                                     HTTP_BAD_REQUEST, NULL, 0 },
  { "a word",                               "hello\r\n",                                      HTTP_BAD_REQUEST, NULL, 0 },
  { "a method in lower case",               "get / HTTP/1.1\r\n" H "\r\n",                    HTTP_NOT_IMPLEMENTED, NULL, 0 },
  { "a method nobody knows",                "BREW /pot HTTP/1.1\r\n" H "\r\n",                HTTP_NOT_IMPLEMENTED, NULL, 0 },
  { "GET needs a blank",                    "GETS / HTTP/1.1\r\n" H "\r\n",                   HTTP_NOT_IMPLEMENTED, NULL, 0 },
  { "POST is known, not allowed",           "POST / HTTP/1.1\r\n" H "\r\n",                   HTTP_NOT_ALLOWED, NULL, 0 },
  { "PATCH too",                            "PATCH / HTTP/1.1\r\n" H "\r\n",                  HTTP_NOT_ALLOWED, NULL, 0 },
  { "asterisk form",                        "GET * HTTP/1.1\r\n" H "\r\n",                    HTTP_BAD_REQUEST, NULL, 0 },
  { "authority form",                       "GET a:80 HTTP/1.1\r\n" H "\r\n",                 HTTP_BAD_REQUEST, NULL, 0 },
  { "%00",                                  "GET /a%00.html HTTP/1.1\r\n" H "\r\n",           HTTP_BAD_REQUEST, NULL, 0 },
  { "%0a",                                  "GET /a%0ab HTTP/1.1\r\n" H "\r\n",               HTTP_BAD_REQUEST, NULL, 0 },
  { "% alone",                              "GET /% HTTP/1.1\r\n" H "\r\n",                   HTTP_BAD_REQUEST, NULL, 0 },
  { "% and one digit",                      "GET /%4 HTTP/1.1\r\n" H "\r\n",                  HTTP_BAD_REQUEST, NULL, 0 },
  { "%zz",                                  "GET /%zz HTTP/1.1\r\n" H "\r\n",                 HTTP_BAD_REQUEST, NULL, 0 },
  { "a tab",                                "GET /a\tb HTTP/1.1\r\n" H "\r\n",                HTTP_BAD_REQUEST, NULL, 0 },

  { "it climbs",                            "GET /../../etc/passwd HTTP/1.1\r\n" H "\r\n",    HTTP_NOT_FOUND, NULL, 0 },
  { "it climbs at the end",                 "GET /a/.. HTTP/1.1\r\n" H "\r\n",                HTTP_NOT_FOUND, NULL, 0 },
  { "it climbs in disguise",                "GET /..%2f..%2fetc HTTP/1.1\r\n" H "\r\n",       HTTP_NOT_FOUND, NULL, 0 },
  { "it climbs in more disguise",           "GET /%2e%2E/x HTTP/1.1\r\n" H "\r\n",            HTTP_NOT_FOUND, NULL, 0 },
  { "it climbs the other way",              "GET /\\..\\x HTTP/1.1\r\n" H "\r\n",             HTTP_NOT_FOUND, NULL, 0 },
  { "decoded once, not twice",              "GET /%252e%252e/x HTTP/1.1\r\n" H "\r\n",        HTTP_OK, "/%2e%2e/x", V11K },
  { "a fragment is no place of ours",       "GET /a#b HTTP/1.1\r\n" H "\r\n",                 HTTP_OK, "/a#b", V11K },
  { "// is not /",                          "GET //a/./b HTTP/1.1\r\n" H "\r\n",              HTTP_OK, "//a/./b", V11K },

  { "a header without a colon",             "GET / HTTP/1.1\r\n" H "what\r\n\r\n",            HTTP_BAD_REQUEST, NULL, 0 },
  { "a header without a name",              "GET / HTTP/1.1\r\n" H ": what\r\n\r\n",          HTTP_BAD_REQUEST, NULL, 0 },
  { "a blank before the colon (RFC 9112 5.1)", "GET / HTTP/1.1\r\n" H "a : b\r\n\r\n",        HTTP_BAD_REQUEST, NULL, 0 },
  { "a folded header (RFC 9112 5.2)",       "GET / HTTP/1.1\r\n" H "a: b\r\n c\r\n\r\n",      HTTP_BAD_REQUEST, NULL, 0 },
  { "two lengths (RFC 9112 6.3)",           "GET / HTTP/1.1\r\n" H "Content-Length: 1\r\nContent-Length: 1\r\n\r\n", HTTP_BAD_REQUEST, NULL, 0 },
  { "a list of lengths",                    "GET / HTTP/1.1\r\n" H "Content-Length: 1, 1\r\n\r\n", HTTP_BAD_REQUEST, NULL, 0 },
  { "a negative length",                    "GET / HTTP/1.1\r\n" H "Content-Length: -1\r\n\r\n", HTTP_BAD_REQUEST, NULL, 0 },
  { "no length",                            "GET / HTTP/1.1\r\n" H "Content-Length:\r\n\r\n", HTTP_BAD_REQUEST, NULL, 0 },
  { "chunked (RFC 9112 6.1)",               "GET / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\nffffffff\r\n", HTTP_NOT_IMPLEMENTED, NULL, 0 },
  { "an empty line, and then nothing",      "\r\n",                                           HTTP_MORE, NULL, 0 },
  { "not all of it",                        "GET / HTTP/1.1\r\n" H "\r",                      HTTP_MORE, NULL, 0 },
};
/* clang-format on */

/** Feed @p len octets in pieces that end at @p cut, or one by one if it is 0.  @return octets used */
static size_t feed(struct http_request *r, const char *data, size_t len, size_t cut, enum http_verdict *v)
{
  size_t at = 0, n, used;

  http_request_start(r);
  *v = HTTP_MORE;
  while (*v == HTTP_MORE && at < len) {
    n = cut == 0 ? 1 : at < cut ? cut - at : len - at;
    *v = http_request_feed(r, data + at, n, &used);
    ck_assert_msg(used <= n && (*v != HTTP_MORE || used == n), "octets left behind");
    at += used;
  }
  return at;
}

START_TEST(row_is_understood)
{
  const struct row *row = &rows[_i];
  size_t len = strlen(row->request);
  struct http_request r;
  enum http_verdict v;
  size_t cut, used;

  for (cut = 0; cut <= len; cut++) {
    used = feed(&r, row->request, len, cut, &v);
    ck_assert_msg(v == row->verdict, "%s: %d instead of %d (cut %zu)", row->why, v, row->verdict, cut);
    if (v == HTTP_OK) {
      ck_assert_str_eq(http_request_path(&r), row->path);
      ck_assert_msg(r.flags == row->flags, "%s: flags %x instead of %x", row->why, r.flags, row->flags);
      ck_assert_uint_eq(used, len);
    }
  }
}
END_TEST

START_TEST(nul_is_refused)
{
  static const char in_line[] = "GET /a\0b HTTP/1.1\r\n" H "\r\n";
  static const char in_header[] = "GET / HTTP/1.1\r\nHost: a\0b\r\n\r\n";
  struct http_request r;
  enum http_verdict v;

  feed(&r, in_line, sizeof in_line - 1, 0, &v);
  ck_assert_int_eq(v, HTTP_BAD_REQUEST);
  feed(&r, in_header, sizeof in_header - 1, 0, &v);
  ck_assert_int_eq(v, HTTP_BAD_REQUEST);
}
END_TEST

/** Only the first request is taken; the next one begins where @p used says. */
START_TEST(pipelined_requests_are_kept_apart)
{
  static const char two[] = "GET /one HTTP/1.1\r\n" H "\r\nGET /two HTTP/1.1\r\n" H "\r\n";
  struct http_request r;
  enum http_verdict v;
  size_t first = feed(&r, two, sizeof two - 1, sizeof two - 1, &v);

  ck_assert_int_eq(v, HTTP_OK);
  ck_assert_str_eq(http_request_path(&r), "/one");
  feed(&r, two + first, sizeof two - 1 - first, sizeof two, &v);
  ck_assert_int_eq(v, HTTP_OK);
  ck_assert_str_eq(http_request_path(&r), "/two");
}
END_TEST

/** "GET /aaa..." of @p len octets up to the line end. */
static char *long_line(size_t len)
{
  char *s = (char *)malloc(len + 64);

  memset(s, 'a', len);
  memcpy(s, "GET /", 5);
  memcpy(s + len - 9, " HTTP/1.0\r\n\r\n", 14);
  return s;
}

/** The longest line that fits is served, one octet more is refused (RFC 9110 15.5.15), wherever it is cut. */
START_TEST(long_request_lines_are_refused)
{
  const size_t limit = LWIP_X_HTTPD_LINE_LEN - 48;
  struct http_request r;
  enum http_verdict v;
  size_t len;
  char *s;

  for (len = limit - 4; len < limit + 4; len++) {
    s = long_line(len);
    feed(&r, s, strlen(s), 0, &v);
    ck_assert_int_eq(v, len + 1 <= limit ? HTTP_OK : HTTP_URI_TOO_LONG); /* the CR counts */
    free(s);
  }
  s = long_line(4000);
  feed(&r, s, strlen(s), 100, &v);
  ck_assert_int_eq(v, HTTP_URI_TOO_LONG);
  free(s);
}
END_TEST

/** Headers are not stored: many and long ones are no trouble, but there is an end to it (RFC 6585 section 5). */
START_TEST(headers_are_bounded)
{
  static char request[LWIP_X_HTTPD_MAX_HEADER_LEN + 2000];
  struct http_request r;
  enum http_verdict v;
  size_t len, i;

  len = (size_t)sprintf(request, "GET /x HTTP/1.1\r\n" H);
  for (i = 0; i < 300; i++) {
    len += (size_t)sprintf(request + len, "X-Header-%zu: some value\r\n", i);
  }
  len += (size_t)sprintf(request + len, "Long: %03000d\r\n\r\n", 1);
  feed(&r, request, len, 1460, &v);
  ck_assert_int_eq(v, HTTP_OK);
  ck_assert_str_eq(http_request_path(&r), "/x");

  len = (size_t)sprintf(request, "GET /x HTTP/1.1\r\n" H "Long: ");
  memset(request + len, 'y', sizeof request - len);
  feed(&r, request, sizeof request, 1460, &v);
  ck_assert_int_eq(v, HTTP_HEADER_TOO_LARGE);
}
END_TEST

/** A length that is too long to be read to its end could be anything: refused, not guessed at. */
START_TEST(cut_lengths_are_refused)
{
  static char request[2000];
  struct http_request r;
  enum http_verdict v;
  size_t len = (size_t)sprintf(request, "GET / HTTP/1.1\r\n" H "Content-Length: %01000d\r\n\r\n", 0);

  feed(&r, request, len, 0, &v);
  ck_assert_int_eq(v, HTTP_BAD_REQUEST);
}
END_TEST

int main(void)
{
  Suite *s = suite_create("http_request");
  TCase *t = tcase_create("parser");
  SRunner *runner;
  int failed;

  tcase_add_loop_test(t, row_is_understood, 0, (int)(sizeof rows / sizeof rows[0]));
  tcase_add_test(t, nul_is_refused);
  tcase_add_test(t, pipelined_requests_are_kept_apart);
  tcase_add_test(t, long_request_lines_are_refused);
  tcase_add_test(t, headers_are_bounded);
  tcase_add_test(t, cut_lengths_are_refused);
  suite_add_tcase(s, t);
  runner = srunner_create(s);
  srunner_run_all(runner, CK_ENV);
  failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
