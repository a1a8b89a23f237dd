/** Queries of three versions (RFC 3376 sections 4.1 and 7.1). */
#include "wire_igmp.h"

/** Max Resp Code to tenths of a second: from 128 on it is a floating-point number (section 4.1.1). */
static u32_t code_value(u8_t code)
{
  if (code < 128) {
    return code;
  }
  return (u32_t)((code & 15) | 16) << (((code >> 4) & 7) + 3);
}

bool igmp_wire_query_parse(const u8_t *h, size_t len, struct igmp_query *q)
{
  if (len < IGMP_WIRE_LEN) {
    return false;
  }
  q->group = ne32_get(h + 4);
  q->has_sources = false;
  if (len == IGMP_WIRE_LEN) {
    q->version = h[1] == 0 ? 1 : 2;
    q->max_ms = h[1] == 0 ? 10000u : h[1] * 100u;
    return true;
  }
  if (len < IGMP_WIRE_V3_QUERY) {
    return false;
  }
  q->version = 3;
  q->max_ms = code_value(h[1]) * 100u;
  q->has_sources = be16_get(h + 10) != 0;
  return (size_t)be16_get(h + 10) * 4u <= len - IGMP_WIRE_V3_QUERY;
}
