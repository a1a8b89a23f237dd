/** Raw input. */
#ifndef LWIP_STACK_TRANSPORT_RAW_IN_H
#define LWIP_STACK_TRANSPORT_RAW_IN_H

#include "../ip/ip_rx.h"

#if LWIP_RAW

/** Offer a packet to the raw pcbs (ip_raw_input).  Lends @p p, payload at the network header, unless it was taken. */
enum ip_raw_verdict raw_rx(struct pbuf *p, const struct ip_rx *rx);

#endif

#endif
