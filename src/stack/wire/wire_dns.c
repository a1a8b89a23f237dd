/** DNS names, questions and records (RFC 1035 section 4.1). */
#include "wire_dns.h"
#include "lwip/opt.h"
#include <string.h>

#define POINTER 0xC0
#define NAME_WIRE_MAX 255

static u8_t lower(u8_t c)
{
  return (u8_t)(c - 'A') < 26 ? (u8_t)(c | 0x20) : c;
}

/** @p c with its case flipped if it is a letter and bit @p i of @p mix says so. */
static u8_t mixed(u8_t c, size_t i, u32_t mix)
{
  if (LWIP_X_DNS_0X20 && (mix >> (i & 31)) & 1 && (u8_t)(lower(c) - 'a') < 26) {
    return c ^ 0x20;
  }
  return c;
}

/** Octet @p i of the text @p name on the wire, whose labels come with their lengths in front and a zero behind. */
static u8_t name_octet(const char *name, size_t i, u32_t mix)
{
  u8_t n = 0;

  if (i != 0 && name[i - 1] != '.') {
    return mixed((u8_t)name[i - 1], i - 1, mix);
  }
  while (name[i] != 0 && name[i] != '.') {
    i++;
    n++;
  }
  return n;
}

/** Is octet @p i the zero behind the last label? */
static bool is_last_octet(const char *name, size_t i)
{
  return i > 0 && name[i - 1] == 0;
}

/**
 * The position of the label at @p pos once its pointers are followed; 0 if they lead out or not backwards.
 * @param limit  in: pointers must lead to before here; out: the last pointer's target
 */
static u32_t follow(const struct dns_wire *w, u32_t pos, u32_t *limit)
{
  while (pos < w->len && (w->m[pos] & POINTER) == POINTER) {
    if (pos + 1 >= w->len) {
      return 0;
    }
    pos = be16_get(w->m + pos) & 0x3FFF;
    if (pos >= *limit || pos < DNS_WIRE_HDR) {
      return 0;
    }
    *limit = pos;
  }
  if (pos >= w->len || w->m[pos] > DNS_WIRE_LABEL_MAX || pos + w->m[pos] >= w->len) {
    return 0;
  }
  return pos;
}

bool dns_wire_name_ok(const char *name, size_t len)
{
  size_t i, label = 0;

  for (i = 0; i < len; i++) {
    if (name[i] != '.') {
      label++;
    } else if (label == 0) {
      return false;
    } else {
      label = 0;
    }
    if (label > DNS_WIRE_LABEL_MAX) {
      return false;
    }
  }
  return label != 0 && len <= DNS_WIRE_NAME_MAX;
}

void dns_wire_put_query(u8_t *m, u16_t id, bool recurse, const char *name, u32_t mix, u32_t type)
{
  size_t i = 0;

  memset(m, 0, DNS_WIRE_HDR);
  be16_put(m, id);
  m[2] = recurse;
  m[5] = 1;
  m += DNS_WIRE_HDR;
  do {
    m[i] = name_octet(name, i, mix);
  } while (!is_last_octet(name, i++));
  be32_put(m + i, (type << 16) | DNS_WIRE_IN);
}

u32_t dns_wire_same_question(const struct dns_wire *w, const char *name, u32_t mix, u32_t type)
{
  const u8_t *q = w->m + DNS_WIRE_HDR;
  size_t i = 0;

  do {
    if (DNS_WIRE_HDR + i + 4 >= w->len || q[i] != name_octet(name, i, mix)) {
      return 0;
    }
  } while (!is_last_octet(name, i++));
  return be32_get(q + i) == ((type << 16) | DNS_WIRE_IN) ? (u32_t)(DNS_WIRE_HDR + i + 4) : 0;
}

u32_t dns_wire_skip_name(const struct dns_wire *w, u32_t pos)
{
  u32_t limit = pos, behind = 0, total = 0;

  for (;;) {
    u32_t at = follow(w, pos, &limit);

    if (at == 0) {
      return 0;
    }
    if (at != pos && behind == 0) {
      behind = pos + 2;
    }
    total += w->m[at] + 1u;
    if (total > NAME_WIRE_MAX) {
      return 0;
    }
    pos = at + w->m[at] + 1;
    if (w->m[at] == 0) {
      return behind != 0 ? behind : pos;
    }
  }
}

bool dns_wire_same_name(const struct dns_wire *w, u32_t a, u32_t b)
{
  for (;;) {
    u32_t any_a = a, any_b = b, i, n;

    a = follow(w, a, &any_a);
    b = follow(w, b, &any_b);
    if (a == 0 || b == 0 || w->m[a] != w->m[b]) {
      return false;
    }
    n = w->m[a];
    if (n == 0 || a == b) {
      return true;
    }
    for (i = 1; i <= n; i++) {
      if (lower(w->m[a + i]) != lower(w->m[b + i])) {
        return false;
      }
    }
    a += n + 1;
    b += n + 1;
  }
}

u32_t dns_wire_get_rr(const struct dns_wire *w, u32_t pos, struct dns_wire_rr *rr)
{
  const u8_t *f;

  rr->name = pos;
  pos = dns_wire_skip_name(w, pos);
  if (pos == 0 || pos + 10 > w->len) {
    return 0;
  }
  f = w->m + pos;
  rr->type = be16_get(f);
  rr->klass = be16_get(f + 2);
  rr->ttl = be32_get(f + 4);
  rr->data_len = be16_get(f + 8);
  rr->data = pos + 10;
  pos = rr->data + rr->data_len;
  return pos <= w->len ? pos : 0;
}
