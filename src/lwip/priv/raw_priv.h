/** The verdicts of raw input, for programs that name them. */
#ifndef LWIP_HDR_RAW_PRIV_H
#define LWIP_HDR_RAW_PRIV_H

#include "lwip/opt.h"

#if LWIP_RAW

#include "lwip/raw.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum raw_input_state {
  RAW_INPUT_NONE = 0, /**< no pcb wanted the packet */
  RAW_INPUT_EATEN,    /**< a pcb took it */
  RAW_INPUT_DELIVERED /**< pcbs saw it and left it */
} raw_input_state_t;

/** Offer @p p, payload at the IP header, to the raw pcbs.  Lends @p p unless the answer is RAW_INPUT_EATEN. */
raw_input_state_t raw_input(struct pbuf *p, struct netif *inp);

/** An address of this host changes: pcbs bound to @p old_addr move to @p new_addr. */
void raw_netif_ip_addr_changed(const ip_addr_t *old_addr, const ip_addr_t *new_addr);

#ifdef __cplusplus
}
#endif

#endif /* LWIP_RAW */

#endif
