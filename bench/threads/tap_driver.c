/** A TAP driver in the plainest shape: a thread that reads, copies and hands on; a frame is written from where it lies. */
#define _GNU_SOURCE
#include "tap_driver.h"

#include "lwip/etharp.h"
#include "lwip/pbuf.h"
#include "lwip/sys.h"
#include "netif/ethernet.h"
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/uio.h>
#include <unistd.h>

#define FRAME_MAX 1514
#define PARTS_MAX 32

static int fd;

static void h_open(const char *name)
{
  struct ifreq ifr = { .ifr_flags = IFF_TAP | IFF_NO_PI };

  strncpy(ifr.ifr_name, name, IFNAMSIZ - 1);
  fd = open("/dev/net/tun", O_RDWR);
  if (fd < 0 || ioctl(fd, TUNSETIFF, &ifr) < 0) {
    perror(name);
    exit(2);
  }
}

static err_t h_transmit(struct netif *netif, struct pbuf *p)
{
  struct iovec parts[PARTS_MAX];
  int count = 0;

  (void)netif;
  for (; p != NULL && count < PARTS_MAX; p = p->next, count++) {
    parts[count].iov_base = p->payload;
    parts[count].iov_len = p->len;
  }
  return p == NULL && writev(fd, parts, count) > 0 ? ERR_OK : ERR_IF;
}

static void h_reader(void *arg)
{
  static char frame[FRAME_MAX];
  struct netif *netif = arg;
  ssize_t length;

  while ((length = read(fd, frame, sizeof(frame))) > 0) {
    /* Of the heap: the PBUF_POOL of Debian's liblwip gives 616 octets where it promises 1536. */
    struct pbuf *p = pbuf_alloc(PBUF_RAW, (u16_t)length, PBUF_RAM);

    if (p != NULL && (pbuf_take(p, frame, (u16_t)length) != ERR_OK || netif->input(p, netif) != ERR_OK)) {
      pbuf_free(p);
    }
  }
}

err_t h_tap_init(struct netif *netif)
{
  static const u8_t mac[ETH_HWADDR_LEN] = { 2, 0, 0, 0, 7, 2 };

  h_open("tap0");
  netif->name[0] = 't';
  netif->name[1] = 'p';
  netif->mtu = 1500;
  netif->hwaddr_len = ETH_HWADDR_LEN;
  memcpy(netif->hwaddr, mac, ETH_HWADDR_LEN);
  netif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_LINK_UP;
  netif->output = etharp_output;
  netif->linkoutput = h_transmit;
  sys_thread_new("reader", h_reader, netif, 0, 0);
  return ERR_OK;
}
