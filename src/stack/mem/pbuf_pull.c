/** The rare case of pbuf_pull(): the header lies in several pieces. */
#include "pbuf_pull.h"
#include "drop.h"
#include "lwip/def.h"

/** Let go of the first @p n octets of a chain, but of no pbuf: what lay there may still be looked at. */
static void consume(struct pbuf *p, u16_t n)
{
  for (; n > 0; p = p->next) {
    u16_t here = LWIP_MIN(n, p->len);

    p->tot_len = (u16_t)(p->tot_len - (n - here));
    pbuf_remove_header(p, here);
    n = (u16_t)(n - here);
  }
}

struct pbuf *pbuf_pull_slow(struct pbuf *p, u16_t n)
{
  struct pbuf *head = n <= p->tot_len ? pbuf_alloc(PBUF_IP, n, PBUF_RAM) : NULL;

  if (head == NULL) {
    drop(p, DROP_PULL);
    return NULL;
  }
  pbuf_copy_partial(p, head->payload, n, 0);
  head->flags = p->flags & (u8_t)~PBUF_FLAG_IS_CUSTOM;
  head->if_idx = p->if_idx;
  consume(p, n);
  pbuf_cat(head, p);
  return head;
}
