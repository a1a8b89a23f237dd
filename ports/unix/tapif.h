/**
 * An interface over a Linux TAP device, or over any descriptor that keeps frames apart (a SEQPACKET or
 * datagram socket).
 */
#ifndef PORTS_UNIX_TAPIF_H
#define PORTS_UNIX_TAPIF_H

#include "lwip/netif.h"
#include <stdio.h>

/** The driver's part; netif->state points to it. */
struct tapif {
  int fd;
  u16_t mtu;
  u8_t mac[6];
  FILE *capture;      /**< frames are written here, too; NULL: not */
  struct pbuf *spare; /**< taken for the next frame */
};

/** Open TAP device @p name.  @return its descriptor, non-blocking; -1: errno says why */
int tapif_open(const char *name);

/** For netif_add(): @p netif->state is a struct tapif with fd, mtu and mac filled in. */
err_t tapif_init(struct netif *netif);

/** Take one waiting frame in.  @return false: none was waiting */
int tapif_receive(struct netif *netif);

#endif
