/** Whole IPv6 packets, with fragments: flags, piece length, then length-prefixed packets; nothing may leak. */
#include "lwip/init.h"
#include "lwip/ip6.h"
#include "lwip/memp.h"
#include "lwip/netif.h"
#include "lwip/stats.h"
#include "lwip/sys.h"
#include "lwip/timeouts.h"
#include "wire/wire_ip6.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const u8_t *data, size_t size);

static u32_t now = 1000;
static struct netif nif;

u32_t sys_now(void);
u32_t sys_now(void)
{
  return now;
}

static err_t output6(struct netif *n, struct pbuf *p, const ip6_addr_t *dest)
{
  (void)n;
  (void)dest;
  if (p->tot_len > 1500) {
    abort();
  }
  return ERR_OK;
}

static err_t init(struct netif *n)
{
  n->mtu = 1500;
  n->output_ip6 = output6;
  n->flags = NETIF_FLAG_LINK_UP;
  return ERR_OK;
}

static void start(void)
{
  static int started;

  if (!started) {
    started = 1;
    lwip_init();
    netif_add_noaddr(&nif, NULL, init, ip6_input);
    netif_set_default(&nif);
    netif_set_up(&nif);
    netif_ip6_addr_set_parts(&nif, 1, PP_HTONL(0x20010db8), 0, 0, PP_HTONL(1));
    netif_ip6_addr_set_state(&nif, 1, IP6_ADDR_PREFERRED);
  }
}

/** The packet in pieces of @p piece octets (0: one). */
static void receive(const u8_t *b, u16_t len, u16_t piece)
{
  struct pbuf *p = NULL;
  u16_t at = 0;

  do {
    const u16_t n = piece != 0 && len - at > piece ? piece : (u16_t)(len - at);
    struct pbuf *q = pbuf_alloc(PBUF_RAW, n, PBUF_RAM);
    if (q == NULL) {
      abort();
    }
    memcpy(q->payload, b + at, n);
    if (p == NULL) {
      p = q;
    } else {
      pbuf_cat(p, q);
    }
    at = (u16_t)(at + n);
  } while (at < len);
  nif.input(p, &nif);
}

int LLVMFuzzerTestOneInput(const u8_t *data, size_t size)
{
  static const u32_t us[4] = { PP_HTONL(0x20010db8), 0, 0, PP_HTONL(1) };
  static u8_t b[2048];

  start();
  while (size >= 4) {
    const u8_t flags = data[0];
    const u16_t piece = data[1];
    size_t len = (size_t)((data[2] << 8 | data[3]) & 2047);
    data += 4;
    size -= 4;
    len = len > size ? size : len;
    memcpy(b, data, len);
    if (len >= IP6_WIRE_HLEN && (flags & 1) != 0) {
      ip6_wire_plen_put(b, (u16_t)(len - IP6_WIRE_HLEN));
      b[0] = 0x60;
    }
    if (len >= IP6_WIRE_HLEN && (flags & 2) != 0) {
      ip6_wire_addr_put(b + 24, us);
    }
    receive(b, (u16_t)len, piece);
    now += (u32_t)(flags >> 4) * 1000u;
    sys_check_timeouts();
    data += len;
    size -= len;
  }
  now += (IPV6_REASS_MAXAGE + 1) * 1000u;
  sys_check_timeouts();
  if (lwip_stats.memp[MEMP_REASSDATA]->used != 0 || lwip_stats.memp[MEMP_PBUF_POOL]->used != 0) {
    abort();
  }
  return 0;
}
