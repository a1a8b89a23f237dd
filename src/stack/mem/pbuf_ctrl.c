/**
 * Control packets: from the heap as long as it lasts, then from the buffers for reception.
 *
 * TCP sends one for every other segment it receives.  The pbuf of the last one is kept: the heap is left alone, and it is there
 * when the heap is exhausted.
 */
#include "pbuf_ctrl.h"

#include "pbuf_make.h"

/** Octets in the pbuf that is kept, behind the room for headers below: a TCP header with all that a SYN of ours may have. */
enum { KEPT_LEN = 20 + 12 + (LWIP_TCP_TIMESTAMPS ? 12 : 0), KEPT_ROOM = LWIP_MEM_ALIGN_SIZE((size_t)PBUF_IP) };

/** NULL: none; its reference count is 0 while it waits. */
static struct pbuf *kept;

struct pbuf *pbuf_alloc_ctrl(pbuf_layer layer, u16_t len)
{
  struct pbuf *p = pbuf_alloc(layer, len, PBUF_RAM);

  if (p == NULL) {
    p = pbuf_alloc(layer, len, PBUF_POOL);
  }
  if (p != NULL && p->next != NULL) {
    pbuf_free(p); /* in pieces: writers want one */
    p = NULL;
  }
  return p;
}

/** One that can be kept, if there is memory and none is kept yet. */
static struct pbuf *make_kept(void)
{
  struct pbuf *p = kept == NULL ? pbuf_alloc(PBUF_IP, KEPT_LEN, PBUF_RAM) : NULL;

  if (p != NULL) {
    kept = p;
  }
  return p;
}

struct pbuf *pbuf_ctrl_take(u16_t len)
{
  struct pbuf *p = kept;

  if (len <= KEPT_LEN && ((p != NULL && p->ref == 0) || (p = make_kept()) != NULL)) {
    pbuf_make(p, (u8_t *)p + PBUF_STRUCT_SIZE + KEPT_ROOM, len, len, PBUF_RAM);
    return p;
  }
  return pbuf_alloc_ctrl(PBUF_IP, len);
}

void pbuf_ctrl_done(struct pbuf *p)
{
  if (p == kept && p->ref == 1) {
    p->ref = 0;
    return;
  }
  if (p == kept) {
    kept = NULL; /* whoever still has it frees it */
  }
  pbuf_free(p);
}

void pbuf_ctrl_forget(void)
{
  struct pbuf *p = kept;

  if (p != NULL && p->ref == 0) {
    kept = NULL;
    p->ref = 1;
    pbuf_free(p);
  }
}
