/** Packets that wait for the address of a neighbour. */
#include "pbuf_hold.h"

struct pbuf *pbuf_hold(struct pbuf *p)
{
  const struct pbuf *q;

  for (q = p; q != NULL; q = q->next) {
    if (PBUF_NEEDS_COPY(q)) {
      return pbuf_clone(PBUF_LINK, PBUF_RAM, p);
    }
  }
  pbuf_ref(p);
  return p;
}
