/** Octets into and out of packets, and packets made from others. */
#include "pbuf_fill.h"
#include "lwip/def.h"
#include "lwip/inet_chksum.h"
#include <string.h>

/** The pbuf that holds the octet at @p *offset, or at the end of the packet the last one; @p *offset becomes the place in it. */
static const struct pbuf *seek(const struct pbuf *p, u16_t *offset)
{
  while (p != NULL && *offset >= p->len) {
    *offset = (u16_t)(*offset - p->len);
    p = p->next;
  }
  return p;
}

static u8_t *octets_at(const struct pbuf *p, u16_t offset)
{
  return (u8_t *)p->payload + offset;
}

struct pbuf *pbuf_skip(struct pbuf *in, u16_t in_offset, u16_t *out_offset)
{
  const struct pbuf *p = seek(in, &in_offset);

  if (out_offset != NULL) {
    *out_offset = in_offset;
  }
  return LWIP_CONST_CAST(struct pbuf *, p);
}

u16_t pbuf_copy_partial(const struct pbuf *p, void *dataptr, u16_t len, u16_t offset)
{
  u8_t *to = (u8_t *)dataptr;
  u16_t left = len;

  if (to == NULL) {
    return 0;
  }
  for (p = seek(p, &offset); p != NULL && left > 0; p = p->next) {
    u16_t n = (u16_t)LWIP_MIN(left, p->len - offset);

    MEMCPY(to, octets_at(p, offset), n);
    to += n;
    left = (u16_t)(left - n);
    offset = 0;
  }
  return (u16_t)(len - left);
}

void *pbuf_get_contiguous(const struct pbuf *p, void *buffer, size_t bufsize, u16_t len, u16_t offset)
{
  u16_t in_offset = offset;
  const struct pbuf *q = seek(p, &in_offset);

  if (q == NULL) {
    return NULL;
  }
  if (q->len - in_offset >= len) {
    return octets_at(q, in_offset);
  }
  if (buffer == NULL || bufsize < len) {
    return NULL;
  }
  return pbuf_copy_partial(p, buffer, len, offset) == len ? buffer : NULL;
}

/** Write over octets that are known to be there. */
static void put(struct pbuf *p, const u8_t *from, u16_t left, u16_t offset)
{
  for (; left > 0; p = p->next) {
    u16_t n = (u16_t)LWIP_MIN(left, p->len - offset);

    MEMCPY(octets_at(p, offset), from, n);
    from += n;
    left = (u16_t)(left - n);
    offset = 0;
  }
}

err_t pbuf_take(struct pbuf *buf, const void *dataptr, u16_t len)
{
  return pbuf_take_at(buf, dataptr, len, 0);
}

err_t pbuf_take_at(struct pbuf *buf, const void *dataptr, u16_t len, u16_t offset)
{
  struct pbuf *p;

  if (buf == NULL || dataptr == NULL) {
    return ERR_ARG;
  }
  if (offset > buf->tot_len || len > buf->tot_len - offset) {
    return ERR_MEM;
  }
  p = pbuf_skip(buf, offset, &offset);
  put(p, (const u8_t *)dataptr, len, offset);
  return ERR_OK;
}

err_t pbuf_copy(struct pbuf *p_to, const struct pbuf *p_from)
{
  return p_from == NULL ? ERR_ARG : pbuf_copy_partial_pbuf(p_to, p_from, p_from->tot_len, 0);
}

err_t pbuf_copy_partial_pbuf(struct pbuf *p_to, const struct pbuf *p_from, u16_t copy_len, u16_t offset)
{
  if (p_to == NULL || p_from == NULL || copy_len > p_from->tot_len) {
    return ERR_ARG;
  }
  if (offset > p_to->tot_len || copy_len > p_to->tot_len - offset) {
    return ERR_ARG;
  }
  for (; copy_len > 0; p_from = p_from->next) {
    u16_t n = LWIP_MIN(copy_len, p_from->len);

    pbuf_take_at(p_to, octets_at(p_from, 0), n, offset);
    offset = (u16_t)(offset + n);
    copy_len = (u16_t)(copy_len - n);
  }
  return ERR_OK;
}

void pbuf_fill(struct pbuf *to, u16_t skip, const struct pbuf *from, u16_t at)
{
  for (; to != NULL; to = to->next) {
    at = (u16_t)(at + pbuf_copy_partial(from, octets_at(to, skip), (u16_t)(to->len - skip), at));
    skip = 0;
  }
}

struct pbuf *pbuf_clone(pbuf_layer l, pbuf_type type, struct pbuf *p)
{
  struct pbuf *copy = pbuf_alloc(l, p->tot_len, type);

  if (copy != NULL) {
    pbuf_fill(copy, 0, p, 0);
  }
  return copy;
}

struct pbuf *pbuf_coalesce(struct pbuf *p, pbuf_layer layer)
{
  struct pbuf *whole;

  if (p->next == NULL) {
    return p;
  }
  whole = pbuf_clone(layer, PBUF_RAM, p);
  if (whole == NULL) {
    return p;
  }
  pbuf_free(p);
  return whole;
}

#if LWIP_CHECKSUM_ON_COPY

err_t pbuf_fill_chksum(struct pbuf *p, u16_t start_offset, const void *dataptr, u16_t len, u16_t *chksum)
{
  u32_t sum;

  if (p == NULL || dataptr == NULL || chksum == NULL || start_offset > p->len || len > p->len - start_offset) {
    return ERR_ARG;
  }
  sum = LWIP_CHKSUM_COPY(octets_at(p, start_offset), dataptr, len);
  if ((start_offset & 1) != 0) {
    sum = SWAP_BYTES_IN_WORD(sum);
  }
  sum = FOLD_U32T(sum + *chksum);
  *chksum = (u16_t)sum;
  return ERR_OK;
}

#endif
