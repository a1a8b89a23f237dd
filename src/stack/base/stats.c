/** The counters of lwip/stats.h and their display. */
#include "lwip/stats.h"
#include "lwip/def.h"
#include "lwip/debug.h"

#if LWIP_STATS

struct stats_ lwip_stats;

#if MEM_STATS && (defined(LWIP_DEBUG) || LWIP_STATS_DISPLAY)
void stats_init(void)
{
  lwip_stats.mem.name = "MEM";
}
#else
void stats_init(void)
{
}
#endif

#if LWIP_STATS_DISPLAY

static void show(const char *what, STAT_COUNTER count)
{
  LWIP_UNUSED_ARG(what);
  LWIP_UNUSED_ARG(count);
  LWIP_PLATFORM_DIAG(("\t%s: %" STAT_COUNTER_F "\n", what, count));
}

static void show_size(const char *what, mem_size_t count)
{
  LWIP_UNUSED_ARG(what);
  LWIP_UNUSED_ARG(count);
  LWIP_PLATFORM_DIAG(("\t%s: %" U32_F "\n", what, (u32_t)count));
}

static void show_title(const char *name)
{
  LWIP_UNUSED_ARG(name);
  LWIP_PLATFORM_DIAG(("\n%s\n", name));
}

void stats_display_proto(struct stats_proto *proto, const char *name)
{
  show_title(name);
  show("xmit", proto->xmit);
  show("recv", proto->recv);
  show("fw", proto->fw);
  show("drop", proto->drop);
  show("chkerr", proto->chkerr);
  show("lenerr", proto->lenerr);
  show("memerr", proto->memerr);
  show("rterr", proto->rterr);
  show("proterr", proto->proterr);
  show("opterr", proto->opterr);
  show("err", proto->err);
  show("cachehit", proto->cachehit);
}

void stats_display_igmp(struct stats_igmp *igmp, const char *name)
{
  show_title(name);
  show("xmit", igmp->xmit);
  show("recv", igmp->recv);
  show("drop", igmp->drop);
  show("chkerr", igmp->chkerr);
  show("lenerr", igmp->lenerr);
  show("memerr", igmp->memerr);
  show("proterr", igmp->proterr);
  show("rx_v1", igmp->rx_v1);
  show("rx_group", igmp->rx_group);
  show("rx_general", igmp->rx_general);
  show("rx_report", igmp->rx_report);
  show("tx_join", igmp->tx_join);
  show("tx_leave", igmp->tx_leave);
  show("tx_report", igmp->tx_report);
}

void stats_display_mem(struct stats_mem *mem, const char *name)
{
  show_title(name);
  show_size("avail", mem->avail);
  show_size("used", mem->used);
  show_size("max", mem->max);
  show("err", mem->err);
  show("illegal", mem->illegal);
}

void stats_display_memp(struct stats_mem *mem, int index)
{
  if (mem != NULL && index >= 0 && index < (int)MEMP_MAX) {
    stats_display_mem(mem, mem->name != NULL ? mem->name : "");
  }
}

static void show_syselem(const char *name, const struct stats_syselem *e)
{
  show_title(name);
  show("used", e->used);
  show("max", e->max);
  show("err", e->err);
}

void stats_display_sys(struct stats_sys *sys)
{
  show_syselem("SYS SEM", &sys->sem);
  show_syselem("SYS MUTEX", &sys->mutex);
  show_syselem("SYS MBOX", &sys->mbox);
}

#if MEMP_STATS
static void show_pools(void)
{
  int i;
  for (i = 0; i < (int)MEMP_MAX; i++) {
    MEMP_STATS_DISPLAY(i);
  }
}
#else
static void show_pools(void)
{
}
#endif

void stats_display(void)
{
  LINK_STATS_DISPLAY();
  ETHARP_STATS_DISPLAY();
  IPFRAG_STATS_DISPLAY();
  IP6_FRAG_STATS_DISPLAY();
  IP_STATS_DISPLAY();
  ND6_STATS_DISPLAY();
  IP6_STATS_DISPLAY();
  IGMP_STATS_DISPLAY();
  MLD6_STATS_DISPLAY();
  ICMP_STATS_DISPLAY();
  ICMP6_STATS_DISPLAY();
  UDP_STATS_DISPLAY();
  TCP_STATS_DISPLAY();
  MEM_STATS_DISPLAY();
  show_pools();
  SYS_STATS_DISPLAY();
}

#endif
#endif
