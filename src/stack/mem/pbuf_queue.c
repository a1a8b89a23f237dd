/** Chains of pbufs: joining, cutting, counting. */
#include "lwip/pbuf.h"
#include "pbuf_hook.h"

u16_t pbuf_clen(const struct pbuf *p)
{
  u16_t n = 0;

  for (; p != NULL; p = p->next) {
    n++;
  }
  return n;
}

void pbuf_cat(struct pbuf *head, struct pbuf *tail)
{
  if (head == NULL || tail == NULL) {
    return;
  }
  for (;;) {
    head->tot_len = (u16_t)(head->tot_len + tail->tot_len);
    if (head->next == NULL) {
      break;
    }
    head = head->next;
  }
  head->next = tail;
}

void pbuf_chain(struct pbuf *head, struct pbuf *tail)
{
  pbuf_cat(head, tail);
  pbuf_ref(tail);
}

struct pbuf *pbuf_dechain(struct pbuf *p)
{
  struct pbuf *rest = p->next;

  if (rest == NULL) {
    return NULL;
  }
  rest->tot_len = (u16_t)(p->tot_len - p->len);
  p->next = NULL;
  p->tot_len = p->len;
  return pbuf_free(rest) > 0 ? NULL : rest;
}

/** Dispose of the first pbuf of a chain only.  Somebody else who holds it keeps it with the rest.  @return the rest */
static struct pbuf *shed(struct pbuf *p)
{
  struct pbuf *rest = p->next;

  pbuf_ref(rest);
  pbuf_free(p);
  return rest;
}

struct pbuf *pbuf_free_header(struct pbuf *q, u16_t size)
{
  while (q != NULL && size > 0) {
    if (size < q->len) {
      pbuf_remove_header(q, size);
      break;
    }
    size = (u16_t)(size - q->len);
    q = shed(q);
  }
  return q;
}

#if PBUF_FREES_OOSEQ

void pbuf_free_ooseq(void)
{
  pbuf_free_ooseq_pending = 0;
  if (pbuf_pool_empty_hook != NULL) {
    pbuf_pool_empty_hook();
  }
}

#endif

#if LWIP_TCP && TCP_QUEUE_OOSEQ && LWIP_WND_SCALE

/* In a chain that long tot_len has lost its upper bits: the lengths are added up again. */
void pbuf_split_64k(struct pbuf *p, struct pbuf **rest)
{
  u32_t len = 0;
  struct pbuf *q, *last = NULL;

  *rest = NULL;
  for (q = p; q != NULL && len + q->len <= 0xFFFFu; q = q->next) {
    len += q->len;
    last = q;
  }
  if (q == NULL || last == NULL) {
    return;
  }
  *rest = q;
  last->next = NULL;
  for (q = p; q != NULL; q = q->next) {
    q->tot_len = (u16_t)len;
    len -= q->len;
  }
}

#endif
