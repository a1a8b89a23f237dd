/**
 * TAP driver.  Frames are read straight into pool pbufs and written straight from them; one pbuf is kept for
 * the next frame, so that a read that finds nothing costs no allocation.
 */
#define _GNU_SOURCE
#include "tapif.h"

#include "lwip/etharp.h"
#include "lwip/ethip6.h"
#include "lwip/pbuf.h"
#include "lwip/snmp.h"
#include "lwip/stats.h"
#include "netif/ethernet.h"
#include "pcapfile.h"
#include "port.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/uio.h>
#include <unistd.h>

#define ETH_HEADER 14
#define IOV_MAX_ 32

int tapif_open(const char *name)
{
  struct ifreq ifr;
  int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);

  if (fd < 0) {
    return -1;
  }
  memset(&ifr, 0, sizeof ifr);
  ifr.ifr_flags = IFF_TAP | IFF_NO_PI;
  strncpy(ifr.ifr_name, name, IFNAMSIZ - 1);
  if (ioctl(fd, TUNSETIFF, &ifr) < 0) {
    close(fd);
    return -1;
  }
  return fd;
}

static int gather(const struct pbuf *p, struct iovec *iov)
{
  int n = 0;

  for (; p != NULL && n < IOV_MAX_; p = p->next, n++) {
    iov[n].iov_base = p->payload;
    iov[n].iov_len = p->len;
  }
  return p == NULL ? n : -1;
}

static err_t transmit(struct netif *netif, struct pbuf *p)
{
  struct tapif *tap = (struct tapif *)netif->state;
  struct iovec iov[IOV_MAX_];
  int n = gather(p, iov);
  struct pbuf *flat = NULL;
  ssize_t sent;

  pcap_write(tap->capture, p);
  if (n < 0) {
    flat = pbuf_clone(PBUF_RAW, PBUF_RAM, p);
    n = flat != NULL ? gather(flat, iov) : -1;
  }
  sent = n > 0 ? writev(tap->fd, iov, n) : -1;
  if (flat != NULL) {
    pbuf_free(flat);
  }
  if (sent < 0) {
    port_counters.tx_dropped++;
    LINK_STATS_INC(link.drop);
    return errno == EAGAIN || errno == ENOBUFS ? ERR_WOULDBLOCK : ERR_IF;
  }
  port_counters.tx_frames++;
  LINK_STATS_INC(link.xmit);
  return ERR_OK;
}

err_t tapif_init(struct netif *netif)
{
  const struct tapif *tap = (const struct tapif *)netif->state;

  netif->name[0] = 't';
  netif->name[1] = 'p';
  netif->mtu = tap->mtu;
  netif->hwaddr_len = ETH_HWADDR_LEN;
  memcpy(netif->hwaddr, tap->mac, ETH_HWADDR_LEN);
  netif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_IGMP | NETIF_FLAG_LINK_UP;
  netif->output = etharp_output;
#if LWIP_IPV6
  netif->flags |= NETIF_FLAG_MLD6;
  netif->output_ip6 = ethip6_output;
#endif
  netif->linkoutput = transmit;
  return ERR_OK;
}

/** No pbuf: read the frame all the same, or poll() would not stop telling of it. */
static int discard(const struct tapif *tap)
{
  char scratch[64];

  if (read(tap->fd, scratch, sizeof scratch) <= 0) {
    return 0;
  }
  port_counters.rx_dropped++;
  LINK_STATS_INC(link.memerr);
  LINK_STATS_INC(link.drop);
  return 1;
}

int tapif_receive(struct netif *netif)
{
  struct tapif *tap = (struct tapif *)netif->state;
  struct iovec iov[IOV_MAX_];
  struct pbuf *p = tap->spare;
  ssize_t len;
  int n;

  if (p == NULL) {
    p = pbuf_alloc(PBUF_RAW, (u16_t)(tap->mtu + ETH_HEADER + 4), PBUF_POOL);
    if (p == NULL) {
      return discard(tap);
    }
  }
  n = gather(p, iov);
  len = readv(tap->fd, iov, n);
  if (len <= 0) {
    tap->spare = p;
    return 0;
  }
  tap->spare = NULL;
  pbuf_realloc(p, (u16_t)len);
  pcap_write(tap->capture, p);
  port_counters.rx_frames++;
  LINK_STATS_INC(link.recv);
  if (netif->input(p, netif) != ERR_OK) {
    pbuf_free(p);
  }
  return 1;
}
