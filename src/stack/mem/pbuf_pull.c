/** The rare case of pbuf_pull(): the header lies in several pieces. */
#include "pbuf_pull.h"
#include "drop.h"
#include "pbuf_make.h"
#include "lwip/def.h"
#include <string.h>

/** Octets in front of the payload that belong to the pbuf's memory: headers already parsed, if anything. */
static u16_t octets_in_front(const struct pbuf *p)
{
  if ((p->type_internal & PBUF_TYPE_FLAG_STRUCT_DATA_CONTIGUOUS) == 0) {
    return 0;
  }
  return (u16_t)LWIP_MIN((mem_ptr_t)p->payload - ((mem_ptr_t)p + PBUF_STRUCT_SIZE), (mem_ptr_t)PBUF_IP);
}

/** Let go of the first @p n octets of a chain, but of no pbuf: what lies in front of the payload may still be looked at. */
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
  u16_t front = octets_in_front(p);
  struct pbuf *head = n <= PBUF_PULL_MAX && n <= p->tot_len ? pbuf_alloc(PBUF_IP, n, PBUF_RAM) : NULL;

  if (head == NULL) {
    drop(p, DROP_PULL);
    return NULL;
  }
  MEMCPY((u8_t *)head->payload - front, (const u8_t *)p->payload - front, front);
  pbuf_copy_partial(p, head->payload, n, 0);
  head->flags = p->flags & (u8_t) ~(PBUF_FLAG_IS_CUSTOM | PBUF_FLAG_X_RESERVE);
  head->if_idx = p->if_idx;
  consume(p, n);
  pbuf_cat(head, p);
  return head;
}
