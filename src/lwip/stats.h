/**
 * Counters (LWIP_STATS).  All in lwip_stats, one member a part of the stack; each part has its own *_STATS option.
 * Why packets were dropped is told more exactly by lwip/x_drop.h, which is always there.
 */
#ifndef LWIP_HDR_STATS_H
#define LWIP_HDR_STATS_H

#include "lwip/opt.h"

#include "lwip/mem.h"
#include "lwip/memp.h"

#ifdef __cplusplus
extern "C" {
#endif

#if LWIP_STATS

/** 1: counters are 32 bits wide. */
#ifndef LWIP_STATS_LARGE
#define LWIP_STATS_LARGE 0
#endif

#if LWIP_STATS_LARGE
#define STAT_COUNTER u32_t
#define STAT_COUNTER_F U32_F
#else
#define STAT_COUNTER u16_t
#define STAT_COUNTER_F U16_F
#endif

/** Packets of a protocol. */
struct stats_proto {
  STAT_COUNTER xmit;     /**< sent */
  STAT_COUNTER recv;     /**< received */
  STAT_COUNTER fw;       /**< forwarded */
  STAT_COUNTER drop;     /**< dropped */
  STAT_COUNTER chkerr;   /**< with a wrong checksum */
  STAT_COUNTER lenerr;   /**< with an impossible length */
  STAT_COUNTER memerr;   /**< lost for want of memory */
  STAT_COUNTER rterr;    /**< without a route */
  STAT_COUNTER proterr;  /**< of a protocol nobody wants */
  STAT_COUNTER opterr;   /**< with wrong options */
  STAT_COUNTER err;      /**< wrong otherwise */
  STAT_COUNTER cachehit; /**< sent with a remembered route or neighbour */
};

/** Messages of IGMP and MLD. */
struct stats_igmp {
  STAT_COUNTER xmit;       /**< sent */
  STAT_COUNTER recv;       /**< received */
  STAT_COUNTER drop;       /**< dropped */
  STAT_COUNTER chkerr;     /**< with a wrong checksum */
  STAT_COUNTER lenerr;     /**< with an impossible length */
  STAT_COUNTER memerr;     /**< lost for want of memory */
  STAT_COUNTER proterr;    /**< not understood */
  STAT_COUNTER rx_v1;      /**< received: version 1 */
  STAT_COUNTER rx_group;   /**< received: query for a group */
  STAT_COUNTER rx_general; /**< received: general query */
  STAT_COUNTER rx_report;  /**< received: report */
  STAT_COUNTER tx_join;    /**< sent: report on joining */
  STAT_COUNTER tx_leave;   /**< sent: leave */
  STAT_COUNTER tx_report;  /**< sent: report as an answer */
};

/** The heap (octets) or a pool (elements). */
struct stats_mem {
#if defined(LWIP_DEBUG) || LWIP_STATS_DISPLAY
  const char *name;
#endif
  STAT_COUNTER err;     /**< requests refused */
  mem_size_t avail;     /**< how much there is */
  mem_size_t used;      /**< how much is taken now */
  mem_size_t max;       /**< and was at most */
  STAT_COUNTER illegal; /**< frees of what was not taken */
};

struct stats_syselem {
  STAT_COUNTER used; /**< now */
  STAT_COUNTER max;  /**< at most */
  STAT_COUNTER err;  /**< could not be made */
};

/** Things of the operating system. */
struct stats_sys {
  struct stats_syselem sem;
  struct stats_syselem mutex;
  struct stats_syselem mbox;
};

/** Counters of the MIB-II (RFC 1213), under its names. */
struct stats_mib2 {
  /* IP */
  u32_t ipinhdrerrors;
  u32_t ipinaddrerrors;
  u32_t ipinunknownprotos;
  u32_t ipindiscards;
  u32_t ipindelivers;
  u32_t ipoutrequests;
  u32_t ipoutdiscards;
  u32_t ipoutnoroutes;
  u32_t ipreasmoks;
  u32_t ipreasmfails;
  u32_t ipfragoks;
  u32_t ipfragfails;
  u32_t ipfragcreates;
  u32_t ipreasmreqds;
  u32_t ipforwdatagrams;
  u32_t ipinreceives;
  /* TCP */
  u32_t tcpactiveopens;
  u32_t tcppassiveopens;
  u32_t tcpattemptfails;
  u32_t tcpestabresets;
  u32_t tcpoutsegs;
  u32_t tcpretranssegs;
  u32_t tcpinsegs;
  u32_t tcpinerrs;
  u32_t tcpoutrsts;
  /* UDP */
  u32_t udpindatagrams;
  u32_t udpnoports;
  u32_t udpinerrors;
  u32_t udpoutdatagrams;
  /* ICMP */
  u32_t icmpinmsgs;
  u32_t icmpinerrors;
  u32_t icmpindestunreachs;
  u32_t icmpintimeexcds;
  u32_t icmpinparmprobs;
  u32_t icmpinsrcquenchs;
  u32_t icmpinredirects;
  u32_t icmpinechos;
  u32_t icmpinechoreps;
  u32_t icmpintimestamps;
  u32_t icmpintimestampreps;
  u32_t icmpinaddrmasks;
  u32_t icmpinaddrmaskreps;
  u32_t icmpoutmsgs;
  u32_t icmpouterrors;
  u32_t icmpoutdestunreachs;
  u32_t icmpouttimeexcds;
  u32_t icmpoutechos;
  u32_t icmpoutechoreps;
};

/** Counters of the MIB-II's interface table: a member of struct netif. */
struct stats_mib2_netif_ctrs {
  u32_t ifinoctets;        /**< octets received, link headers included */
  u32_t ifinucastpkts;     /**< frames received: unicast */
  u32_t ifinnucastpkts;    /**< group and broadcast */
  u32_t ifindiscards;      /**< thrown away, though correct */
  u32_t ifinerrors;        /**< wrong */
  u32_t ifinunknownprotos; /**< of a protocol nobody wants */
  u32_t ifoutoctets;       /**< octets sent */
  u32_t ifoutucastpkts;    /**< frames sent: unicast */
  u32_t ifoutnucastpkts;   /**< group and broadcast */
  u32_t ifoutdiscards;     /**< not sent, though correct */
  u32_t ifouterrors;       /**< not sent for an error */
};

struct stats_ {
#if LINK_STATS
  struct stats_proto link;
#endif
#if ETHARP_STATS
  struct stats_proto etharp;
#endif
#if IPFRAG_STATS
  struct stats_proto ip_frag;
#endif
#if IP_STATS
  struct stats_proto ip;
#endif
#if ICMP_STATS
  struct stats_proto icmp;
#endif
#if IGMP_STATS
  struct stats_igmp igmp;
#endif
#if UDP_STATS
  struct stats_proto udp;
#endif
#if TCP_STATS
  struct stats_proto tcp;
#endif
#if MEM_STATS
  struct stats_mem mem;
#endif
#if MEMP_STATS
  /** By memp_t. */
  struct stats_mem *memp[MEMP_MAX];
#endif
#if SYS_STATS
  struct stats_sys sys;
#endif
#if IP6_STATS
  struct stats_proto ip6;
#endif
#if ICMP6_STATS
  struct stats_proto icmp6;
#endif
#if IP6_FRAG_STATS
  struct stats_proto ip6_frag;
#endif
#if MLD6_STATS
  struct stats_igmp mld6;
#endif
#if ND6_STATS
  struct stats_proto nd6;
#endif
#if MIB2_STATS
  struct stats_mib2 mib2;
#endif
};

/** All counters. */
extern struct stats_ lwip_stats;

/** Called by lwip_init(). */
void stats_init(void);

#define STATS_INC(x) ++lwip_stats.x
#define STATS_DEC(x) --lwip_stats.x
#define STATS_GET(x) lwip_stats.x
#define STATS_INC_USED(x, y, type)                     \
  do {                                                 \
    lwip_stats.x.used = (type)(lwip_stats.x.used + y); \
    if (lwip_stats.x.max < lwip_stats.x.used) {        \
      lwip_stats.x.max = lwip_stats.x.used;            \
    }                                                  \
  } while (0)

#else

#define stats_init()
#define STATS_INC(x)
#define STATS_DEC(x)
#define STATS_INC_USED(x, y, type)

#endif

/* One trio a part: count TCP_STATS_INC(tcp.recv), print TCP_STATS_DISPLAY(); nothing when the part's option is off. */

#if TCP_STATS
#define TCP_STATS_INC(x) STATS_INC(x)
#define TCP_STATS_DISPLAY() stats_display_proto(&lwip_stats.tcp, "TCP")
#else
#define TCP_STATS_INC(x)
#define TCP_STATS_DISPLAY()
#endif

#if UDP_STATS
#define UDP_STATS_INC(x) STATS_INC(x)
#define UDP_STATS_DISPLAY() stats_display_proto(&lwip_stats.udp, "UDP")
#else
#define UDP_STATS_INC(x)
#define UDP_STATS_DISPLAY()
#endif

#if ICMP_STATS
#define ICMP_STATS_INC(x) STATS_INC(x)
#define ICMP_STATS_DISPLAY() stats_display_proto(&lwip_stats.icmp, "ICMP")
#else
#define ICMP_STATS_INC(x)
#define ICMP_STATS_DISPLAY()
#endif

#if IGMP_STATS
#define IGMP_STATS_INC(x) STATS_INC(x)
#define IGMP_STATS_DISPLAY() stats_display_igmp(&lwip_stats.igmp, "IGMP")
#else
#define IGMP_STATS_INC(x)
#define IGMP_STATS_DISPLAY()
#endif

#if IP_STATS
#define IP_STATS_INC(x) STATS_INC(x)
#define IP_STATS_DISPLAY() stats_display_proto(&lwip_stats.ip, "IP")
#else
#define IP_STATS_INC(x)
#define IP_STATS_DISPLAY()
#endif

#if IPFRAG_STATS
#define IPFRAG_STATS_INC(x) STATS_INC(x)
#define IPFRAG_STATS_DISPLAY() stats_display_proto(&lwip_stats.ip_frag, "IP_FRAG")
#else
#define IPFRAG_STATS_INC(x)
#define IPFRAG_STATS_DISPLAY()
#endif

#if ETHARP_STATS
#define ETHARP_STATS_INC(x) STATS_INC(x)
#define ETHARP_STATS_DISPLAY() stats_display_proto(&lwip_stats.etharp, "ETHARP")
#else
#define ETHARP_STATS_INC(x)
#define ETHARP_STATS_DISPLAY()
#endif

#if LINK_STATS
#define LINK_STATS_INC(x) STATS_INC(x)
#define LINK_STATS_DISPLAY() stats_display_proto(&lwip_stats.link, "LINK")
#else
#define LINK_STATS_INC(x)
#define LINK_STATS_DISPLAY()
#endif

#if MEM_STATS
#define MEM_STATS_AVAIL(x, y) lwip_stats.mem.x = y
#define MEM_STATS_INC(x) STATS_INC(mem.x)
#define MEM_STATS_INC_USED(x, y) STATS_INC_USED(mem, y, mem_size_t)
#define MEM_STATS_DEC_USED(x, y) lwip_stats.mem.x = (mem_size_t)((lwip_stats.mem.x) - (y))
#define MEM_STATS_DISPLAY() stats_display_mem(&lwip_stats.mem, "HEAP")
#else
#define MEM_STATS_AVAIL(x, y)
#define MEM_STATS_INC(x)
#define MEM_STATS_INC_USED(x, y)
#define MEM_STATS_DEC_USED(x, y)
#define MEM_STATS_DISPLAY()
#endif

#if MEMP_STATS
#define MEMP_STATS_DEC(x, i) STATS_DEC(memp[i]->x)
#define MEMP_STATS_DISPLAY(i) stats_display_memp(lwip_stats.memp[i], i)
#define MEMP_STATS_GET(x, i) STATS_GET(memp[i]->x)
#else
#define MEMP_STATS_DEC(x, i)
#define MEMP_STATS_DISPLAY(i)
#define MEMP_STATS_GET(x, i) 0
#endif

#if SYS_STATS
#define SYS_STATS_INC(x) STATS_INC(sys.x)
#define SYS_STATS_DEC(x) STATS_DEC(sys.x)
#define SYS_STATS_INC_USED(x) STATS_INC_USED(sys.x, 1, STAT_COUNTER)
#define SYS_STATS_DISPLAY() stats_display_sys(&lwip_stats.sys)
#else
#define SYS_STATS_INC(x)
#define SYS_STATS_DEC(x)
#define SYS_STATS_INC_USED(x)
#define SYS_STATS_DISPLAY()
#endif

#if IP6_STATS
#define IP6_STATS_INC(x) STATS_INC(x)
#define IP6_STATS_DISPLAY() stats_display_proto(&lwip_stats.ip6, "IPv6")
#else
#define IP6_STATS_INC(x)
#define IP6_STATS_DISPLAY()
#endif

#if ICMP6_STATS
#define ICMP6_STATS_INC(x) STATS_INC(x)
#define ICMP6_STATS_DISPLAY() stats_display_proto(&lwip_stats.icmp6, "ICMPv6")
#else
#define ICMP6_STATS_INC(x)
#define ICMP6_STATS_DISPLAY()
#endif

#if IP6_FRAG_STATS
#define IP6_FRAG_STATS_INC(x) STATS_INC(x)
#define IP6_FRAG_STATS_DISPLAY() stats_display_proto(&lwip_stats.ip6_frag, "IPv6 FRAG")
#else
#define IP6_FRAG_STATS_INC(x)
#define IP6_FRAG_STATS_DISPLAY()
#endif

#if MLD6_STATS
#define MLD6_STATS_INC(x) STATS_INC(x)
#define MLD6_STATS_DISPLAY() stats_display_igmp(&lwip_stats.mld6, "MLDv1")
#else
#define MLD6_STATS_INC(x)
#define MLD6_STATS_DISPLAY()
#endif

#if ND6_STATS
#define ND6_STATS_INC(x) STATS_INC(x)
#define ND6_STATS_DISPLAY() stats_display_proto(&lwip_stats.nd6, "ND")
#else
#define ND6_STATS_INC(x)
#define ND6_STATS_DISPLAY()
#endif

#if MIB2_STATS
#define MIB2_STATS_INC(x) STATS_INC(x)
#else
#define MIB2_STATS_INC(x)
#endif

/* Print counters through LWIP_PLATFORM_DIAG(). */
#if LWIP_STATS_DISPLAY
/** Everything. */
void stats_display(void);
void stats_display_proto(struct stats_proto *proto, const char *name);
void stats_display_igmp(struct stats_igmp *igmp, const char *name);
void stats_display_mem(struct stats_mem *mem, const char *name);
void stats_display_memp(struct stats_mem *mem, int index);
void stats_display_sys(struct stats_sys *sys);
#else
#define stats_display()
#define stats_display_proto(proto, name)
#define stats_display_igmp(igmp, name)
#define stats_display_mem(mem, name)
#define stats_display_memp(mem, index)
#define stats_display_sys(sys)
#endif

#ifdef __cplusplus
}
#endif
#endif
