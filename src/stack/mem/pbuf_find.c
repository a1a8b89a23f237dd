/** Single octets of a packet, and looking for some. */
#include "lwip/pbuf.h"
#include "lwip/def.h"
#include <string.h>

#define NOWHERE 0xFFFFu

int pbuf_try_get_at(const struct pbuf *p, u16_t offset)
{
  u16_t at;
  const struct pbuf *q = pbuf_skip(LWIP_CONST_CAST(struct pbuf *, p), offset, &at);

  return q == NULL ? -1 : ((const u8_t *)q->payload)[at];
}

u8_t pbuf_get_at(const struct pbuf *p, u16_t offset)
{
  int octet = pbuf_try_get_at(p, offset);

  return octet < 0 ? 0 : (u8_t)octet;
}

void pbuf_put_at(struct pbuf *p, u16_t offset, u8_t data)
{
  struct pbuf *q = pbuf_skip(p, offset, &offset);

  if (q != NULL) {
    ((u8_t *)q->payload)[offset] = data;
  }
}

u16_t pbuf_memcmp(const struct pbuf *p, u16_t offset, const void *s2, u16_t n)
{
  const u8_t *s = (const u8_t *)s2;
  const struct pbuf *q;
  u16_t i;

  if (offset > p->tot_len || n > p->tot_len - offset) {
    return NOWHERE;
  }
  q = pbuf_skip(LWIP_CONST_CAST(struct pbuf *, p), offset, &offset);
  for (i = 0; i < n; i++) {
    while (offset >= q->len) {
      q = q->next;
      offset = 0;
    }
    if (((const u8_t *)q->payload)[offset++] != s[i]) {
      return (u16_t)LWIP_MIN(i + 1u, NOWHERE - 1u);
    }
  }
  return 0;
}

u16_t pbuf_memfind(const struct pbuf *p, const void *mem, u16_t mem_len, u16_t start_offset)
{
  u32_t at;

  for (at = start_offset; at + mem_len <= p->tot_len && at < NOWHERE; at++) {
    if (pbuf_memcmp(p, (u16_t)at, mem, mem_len) == 0) {
      return (u16_t)at;
    }
  }
  return NOWHERE;
}

u16_t pbuf_strstr(const struct pbuf *p, const char *substr)
{
  size_t len = substr == NULL ? 0 : strlen(substr);

  if (len == 0 || len >= NOWHERE) {
    return NOWHERE;
  }
  return pbuf_memfind(p, substr, (u16_t)len, 0);
}
