/** Control packets: from the heap as long as it lasts, then from the buffers for reception. */
#include "pbuf_ctrl.h"

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
