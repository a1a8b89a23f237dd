/** Queries of multicast listener discovery. */
#include "wire_mld6.h"

/** Above 2^15 the code is a floating-point number (RFC 3810 section 5.1.3). */
static u32_t max_delay(u16_t code)
{
  return code < 0x8000u ? code : ((code & 0xfffu) | 0x1000u) << (((code >> 12) & 7) + 3);
}

bool mld6_wire_query_parse(const u8_t *m, size_t len, struct mld6_query *q)
{
  if (len == MLD6_WIRE_LEN) {
    q->version = 1;
    q->max_ms = be16_get(m + 4);
    return true;
  }
  if (len < MLD6_WIRE_QUERY2_LEN || len < MLD6_WIRE_QUERY2_LEN + (size_t)be16_get(m + 26) * 16) {
    return false;
  }
  q->version = 2;
  q->max_ms = max_delay(be16_get(m + 4));
  return true;
}
