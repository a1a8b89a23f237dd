/** The start of the stack: every module that has something to do, once, from the bottom up. */
#include "lwip/init.h"
#include "lwip/opt.h"
#include "lwip/dns.h"
#include "lwip/igmp.h"
#include "lwip/mem.h"
#include "lwip/memp.h"
#include "lwip/netif.h"
#include "lwip/pbuf.h"
#include "lwip/priv/tcp_priv.h"
#include "lwip/stats.h"
#include "lwip/sys.h"
#include "../base/random.h"
#include <stdbool.h>

static bool started;

static void init_memory(void)
{
  stats_init();
#if !NO_SYS
  sys_init();
#endif
  mem_init();
  memp_init();
  pbuf_init();
}

static void init_protocols(void)
{
#if LWIP_HAVE_LOOPIF
  netif_init();
#endif
#if LWIP_TCP && !LWIP_X_TCP_ON_USE
  tcp_init();
#endif
#if LWIP_IPV4 && LWIP_IGMP
  igmp_init();
#endif
#if LWIP_DNS
  dns_init();
#endif
}

void lwip_init(void)
{
  if (started) {
    return;
  }
  started = true;
  init_memory();
  random_init();
  init_protocols();
}
