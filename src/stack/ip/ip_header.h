/** Headers put in front of a packet and taken off, in line: each is done once a packet and layer. */
#ifndef LWIP_STACK_IP_IP_HEADER_H
#define LWIP_STACK_IP_IP_HEADER_H

#include "../mem/pbuf_make.h"
#include "lwip/pbuf.h"
#include <stdbool.h>

/** Move the payload @p n octets back, as pbuf_add_header().  @return false: no room there, or none that is known of */
static inline bool ip_header_push(struct pbuf *p, u16_t n)
{
  u8_t *payload = (u8_t *)p->payload - n;

  if ((p->type_internal & PBUF_TYPE_FLAG_STRUCT_DATA_CONTIGUOUS) == 0 || payload < (u8_t *)p + PBUF_STRUCT_SIZE) {
    return false;
  }
  p->payload = payload;
  p->len = (u16_t)(p->len + n);
  p->tot_len = (u16_t)(p->tot_len + n);
  return true;
}

/** Move the payload @p n octets on; they are known to be in the first pbuf. */
static inline void ip_header_pop(struct pbuf *p, u16_t n)
{
  p->payload = (u8_t *)p->payload + n;
  p->len = (u16_t)(p->len - n);
  p->tot_len = (u16_t)(p->tot_len - n);
}

#endif
