/**
 * The HTTP request parser.  The first octet of an input says where it is cut; whole, cut and octet by octet it must mean the
 * same, and a path that is served never climbs.
 */
#include "app/http_request.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** Parse requests until the end, or the first that is refused.  @return a digest of what was understood */
static uint32_t parse_all(const char *s, size_t len, size_t piece)
{
  static struct http_request r;
  enum http_verdict v;
  uint32_t digest = 0;
  size_t at = 0, n, used;
  const char *p;

  http_request_start(&r);
  while (at < len) {
    n = len - at < piece ? len - at : piece;
    v = http_request_feed(&r, s + at, n, &used);
    if (used > n || (v == HTTP_MORE && used != n)) {
      abort();
    }
    at += used;
    digest = digest * 31 + (uint32_t)v;
    if (v == HTTP_OK) {
      p = http_request_path(&r);
      if (strlen(p) >= LWIP_X_HTTPD_LINE_LEN || *p != '/' || strstr(p, "/../") != NULL) {
        abort();
      }
      for (; *p != 0; p++) {
        digest = digest * 31 + (uint8_t)*p;
      }
      digest = digest * 31 + r.flags;
      http_request_start(&r);
    } else if (v != HTTP_MORE) {
      return digest;
    } else {
      digest =
        (digest - (uint32_t)v) * 0xBDEF7BDFu; /* undo: how often more was wanted does not count (31 * 0xBDEF7BDF = 1) */
    }
  }
  return digest;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  const char *s = (const char *)data + 1;
  uint32_t whole;

  if (size < 2) {
    return 0;
  }
  size--;
  whole = parse_all(s, size, size);
  if (whole != parse_all(s, size, 1) || whole != parse_all(s, size, (size_t)data[0] + 1)) {
    abort();
  }
  return 0;
}
