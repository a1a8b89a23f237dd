/** pbuf_add_header() and pbuf_remove_header() in line, for the path of every packet. */
#ifndef LWIP_STACK_MEM_PBUF_PUSH_H
#define LWIP_STACK_MEM_PBUF_PUSH_H

#include "pbuf_make.h"
#include <stdbool.h>

/** Make room for @p n octets of header in front of @p p.  @return false: there is none */
static inline bool pbuf_push(struct pbuf *p, u16_t n)
{
  if ((p->type_internal & PBUF_TYPE_FLAG_STRUCT_DATA_CONTIGUOUS) == 0 || p->tot_len > 0xFFFFu - n ||
      (mem_ptr_t)p->payload - (mem_ptr_t)p < PBUF_STRUCT_SIZE + n) {
    return false;
  }
  p->payload = (u8_t *)p->payload - n;
  p->len = (u16_t)(p->len + n);
  p->tot_len = (u16_t)(p->tot_len + n);
  return true;
}

/** Step over the first @p n octets; the caller knows that p->len is no less. */
static inline void pbuf_step_over(struct pbuf *p, u16_t n)
{
  p->payload = (u8_t *)p->payload + n;
  p->len = (u16_t)(p->len - n);
  p->tot_len = (u16_t)(p->tot_len - n);
}

#endif
