/**
 * Network interfaces: one struct netif each, provided by the program or the driver, kept in a list.
 *
 * A driver's init function (given to netif_add()) fills name, output, linkoutput, hwaddr, hwaddr_len,
 * mtu and flags; received packets go to netif->input().  All functions: core context.
 */
#ifndef LWIP_HDR_NETIF_H
#define LWIP_HDR_NETIF_H

#include "lwip/opt.h"

#define ENABLE_LOOPBACK (LWIP_NETIF_LOOPBACK || LWIP_HAVE_LOOPIF)

#include "lwip/err.h"
#include "lwip/ip_addr.h"
#include "lwip/def.h"
#include "lwip/pbuf.h"
#include "lwip/stats.h"
#include "lwip/x_nd6.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Octets of the longest link-layer address. */
#ifndef NETIF_MAX_HWADDR_LEN
#define NETIF_MAX_HWADDR_LEN 6U
#endif

/** Room for a name as netif_index_to_name() writes it: two letters, number, terminating 0. */
#define NETIF_NAMESIZE 6

/* netif.flags */
#define NETIF_FLAG_UP 0x01U        /**< administratively up: netif_set_up() */
#define NETIF_FLAG_BROADCAST 0x02U /**< the link can broadcast; set by the driver */
#define NETIF_FLAG_LINK_UP 0x04U   /**< carrier; netif_set_link_up(), or set by the driver's init */
#define NETIF_FLAG_ETHARP 0x08U    /**< Ethernet with ARP; set by the driver */
#define NETIF_FLAG_ETHERNET 0x10U  /**< Ethernet, with or without ARP (PPPoE); set by the driver */
#define NETIF_FLAG_IGMP 0x20U      /**< may join IPv4 groups; set by the driver's init */
#define NETIF_FLAG_MLD6 0x40U      /**< may join IPv6 groups; set by the driver's init */

#if LWIP_CHECKSUM_CTRL_PER_NETIF
/* netif.chksum_flags: what is done in software; the rest is the hardware's work. */
#define NETIF_CHECKSUM_GEN_IP 0x0001
#define NETIF_CHECKSUM_GEN_UDP 0x0002
#define NETIF_CHECKSUM_GEN_TCP 0x0004
#define NETIF_CHECKSUM_GEN_ICMP 0x0008
#define NETIF_CHECKSUM_GEN_ICMP6 0x0010
#define NETIF_CHECKSUM_CHECK_IP 0x0100
#define NETIF_CHECKSUM_CHECK_UDP 0x0200
#define NETIF_CHECKSUM_CHECK_TCP 0x0400
#define NETIF_CHECKSUM_CHECK_ICMP 0x0800
#define NETIF_CHECKSUM_CHECK_ICMP6 0x1000
#define NETIF_CHECKSUM_ENABLE_ALL 0xFFFF
#define NETIF_CHECKSUM_DISABLE_ALL 0x0000
#endif

struct netif;

/** Arguments of a MAC filter function. */
enum netif_mac_filter_action { NETIF_DEL_MAC_FILTER = 0, NETIF_ADD_MAC_FILTER = 1 };

/* The first slots of netif.client_data belong to the stack. */
enum lwip_internal_netif_client_data_index {
#if LWIP_IPV4
#if LWIP_DHCP
  LWIP_NETIF_CLIENT_DATA_INDEX_DHCP,
#endif
#if LWIP_AUTOIP
  LWIP_NETIF_CLIENT_DATA_INDEX_AUTOIP,
#endif
#if LWIP_IGMP
  LWIP_NETIF_CLIENT_DATA_INDEX_IGMP,
#endif
#endif
#if LWIP_IPV6
#if LWIP_IPV6_DHCP6
  LWIP_NETIF_CLIENT_DATA_INDEX_DHCP6,
#endif
#if LWIP_IPV6_MLD
  LWIP_NETIF_CLIENT_DATA_INDEX_MLD6,
#endif
#endif
  LWIP_NETIF_CLIENT_DATA_INDEX_MAX
};

/** A driver's init: fill in @p netif.  @return ERR_OK, or why netif_add() shall fail */
typedef err_t (*netif_init_fn)(struct netif *netif);
/** Takes @p p if it returns ERR_OK; otherwise the driver frees it. */
typedef err_t (*netif_input_fn)(struct pbuf *p, struct netif *inp);
#if LWIP_IPV4
/** Send an IPv4 packet to the neighbour (or via the gateway to the host) @p ipaddr.  Lends @p p. */
typedef err_t (*netif_output_fn)(struct netif *netif, struct pbuf *p, const ip4_addr_t *ipaddr);
#endif
#if LWIP_IPV6
/** Send an IPv6 packet to the neighbour @p ipaddr.  Lends @p p. */
typedef err_t (*netif_output_ip6_fn)(struct netif *netif, struct pbuf *p, const ip6_addr_t *ipaddr);
#endif
/** Put a whole frame on the wire.  Lends @p p: pbuf_ref() it to keep it. */
typedef err_t (*netif_linkoutput_fn)(struct netif *netif, struct pbuf *p);
typedef void (*netif_status_callback_fn)(struct netif *netif);
#if LWIP_IPV4 && LWIP_IGMP
/** Receive, or no longer receive, the frames of a group. */
typedef err_t (*netif_igmp_mac_filter_fn)(struct netif *netif, const ip4_addr_t *group,
                                          enum netif_mac_filter_action action);
#endif
#if LWIP_IPV6 && LWIP_IPV6_MLD
/** Receive, or no longer receive, the frames of a group. */
typedef err_t (*netif_mld_mac_filter_fn)(struct netif *netif, const ip6_addr_t *group,
                                         enum netif_mac_filter_action action);
#endif

#if LWIP_DHCP || LWIP_AUTOIP || LWIP_IGMP || LWIP_IPV6_MLD || LWIP_IPV6_DHCP6 || (LWIP_NUM_NETIF_CLIENT_DATA > 0)
#if LWIP_NUM_NETIF_CLIENT_DATA > 0
/** A slot of netif.client_data for the caller, the same for every interface.  There are LWIP_NUM_NETIF_CLIENT_DATA. */
u8_t netif_alloc_client_data_id(void);
#endif
#define netif_set_client_data(netif, id, data) netif_get_client_data(netif, id) = (data)
#define netif_get_client_data(netif, id) (netif)->client_data[(id)]
#endif

#if (LWIP_IPV4 && LWIP_ARP && (ARP_TABLE_SIZE > 0x7f)) || (LWIP_IPV6 && (LWIP_ND6_NUM_DESTINATIONS > 0x7f))
typedef u16_t netif_addr_idx_t;
#define NETIF_ADDR_IDX_MAX 0x7FFF
#else
typedef u8_t netif_addr_idx_t;
#define NETIF_ADDR_IDX_MAX 0x7F
#endif

#if LWIP_NETIF_HWADDRHINT
#define LWIP_NETIF_USE_HINTS 1
/** Kept for programs; the ARP table is hashed and needs no hint. */
struct netif_hint {
  netif_addr_idx_t addr_hint;
};
#else
#define LWIP_NETIF_USE_HINTS 0
#endif

/** An interface.  Zero it before the first netif_add(). */
struct netif {
#if !LWIP_SINGLE_NETIF
  struct netif *next; /**< in netif_list */
#endif
  /* What is looked at for every packet comes first: Cortex-M reaches it with short instructions. */
  u8_t hwaddr[NETIF_MAX_HWADDR_LEN];
  u16_t mtu;       /**< octets of the largest IP packet */
  u8_t flags;      /**< NETIF_FLAG_* */
  u8_t num;        /**< unique; the index is one more */
  u8_t hwaddr_len; /**< octets of hwaddr in use */
#if LWIP_IPV6_AUTOCONFIG
  u8_t ip6_autoconfig_enabled;
#endif
#if LWIP_IPV4
  ip_addr_t ip_addr; /**< of type IPv4, like the next two */
  ip_addr_t netmask;
  ip_addr_t gw;
#endif
#if LWIP_IPV6
  ip_addr_t ip6_addr[LWIP_IPV6_NUM_ADDRESSES]; /**< [0] is the link-local one */
  u8_t ip6_addr_state[LWIP_IPV6_NUM_ADDRESSES];
#if LWIP_IPV6_ADDRESS_LIFETIMES
  u32_t ip6_addr_valid_life[LWIP_IPV6_NUM_ADDRESSES]; /**< seconds */
  u32_t ip6_addr_pref_life[LWIP_IPV6_NUM_ADDRESSES];
#endif
#endif
  netif_input_fn input; /**< the driver calls it with every packet received */
#if LWIP_IPV4
  netif_output_fn output; /**< etharp_output() for Ethernet */
#endif
  netif_linkoutput_fn linkoutput;
#if LWIP_IPV6
  netif_output_ip6_fn output_ip6; /**< ethip6_output() for Ethernet */
#endif
#if LWIP_NETIF_STATUS_CALLBACK
  netif_status_callback_fn status_callback; /**< up, down, address changed */
#endif
#if LWIP_NETIF_LINK_CALLBACK
  netif_status_callback_fn link_callback; /**< carrier came or went */
#endif
#if LWIP_NETIF_REMOVE_CALLBACK
  netif_status_callback_fn remove_callback; /**< removed */
#endif
  void *state; /**< the driver's */
#ifdef netif_get_client_data
  void *client_data[LWIP_NETIF_CLIENT_DATA_INDEX_MAX + LWIP_NUM_NETIF_CLIENT_DATA];
#endif
#if LWIP_NETIF_HOSTNAME
  const char *hostname; /**< sent by DHCP; may be NULL */
#endif
#if LWIP_CHECKSUM_CTRL_PER_NETIF
  u16_t chksum_flags; /**< NETIF_CHECKSUM_* */
#endif
#if LWIP_IPV6 && LWIP_ND6_ALLOW_RA_UPDATES
  u16_t mtu6; /**< as a router advertised it */
#endif
  char name[2];
#if LWIP_IPV6_SEND_ROUTER_SOLICIT
  u8_t rs_count; /**< router solicitations still to send */
#endif
#if MIB2_STATS
  u8_t link_type;   /**< enum snmp_ifType */
  u32_t link_speed; /**< bits a second */
  u32_t ts;         /**< time of the last change, hundredths of a second */
  struct stats_mib2_netif_ctrs mib2_counters;
#endif
#if LWIP_IPV4 && LWIP_IGMP
  netif_igmp_mac_filter_fn igmp_mac_filter;
#endif
#if LWIP_IPV6 && LWIP_IPV6_MLD
  netif_mld_mac_filter_fn mld_mac_filter;
#endif
#if LWIP_NETIF_USE_HINTS
  struct netif_hint *hints;
#endif
#if ENABLE_LOOPBACK
  struct pbuf *loop_first; /**< packets to ourselves that wait for netif_poll() */
  struct pbuf *loop_last;
#if LWIP_LOOPBACK_MAX_PBUFS
  u16_t loop_cnt_current;
#endif
#if LWIP_NETIF_LOOPBACK_MULTITHREADING
  u8_t reschedule_poll;
#endif
#endif
  /* Ours. */
#if LWIP_IPV4 && LWIP_ARP
  u32_t x_defended_ms; /**< when the address was last defended, 0: never (RFC 5227) */
#endif
#if LWIP_IPV6
  struct lwip_x_nd6 x_nd6;
#endif
#if LWIP_X_TCP_TSO
  u16_t
    x_tso_max; /**< octets of TCP text the driver takes in one packet and sends as segments (lwip/x_netif.h); 0: one segment */
#endif
#if LWIP_X_VLAN_OFFLOAD
  u8_t x_tags; /**< 1: the driver puts 802.1Q tags on frames (lwip/x_netif.h) */
#endif
};

#if LWIP_CHECKSUM_CTRL_PER_NETIF
#define NETIF_SET_CHECKSUM_CTRL(netif, chksumflags) \
  do {                                              \
    (netif)->chksum_flags = (chksumflags);          \
  } while (0)
#define IF__NETIF_CHECKSUM_ENABLED(netif, chksumflag) \
  if (((netif) == NULL) || (((netif)->chksum_flags & (chksumflag)) != 0))
#else
#define NETIF_SET_CHECKSUM_CTRL(netif, chksumflags)
#define IF__NETIF_CHECKSUM_ENABLED(netif, chksumflag)
#endif

#if LWIP_SINGLE_NETIF
#define NETIF_FOREACH(netif) for ((netif) = netif_default; (netif) != NULL; (netif) = NULL)
#else
/** All interfaces. */
extern struct netif *netif_list;
#define NETIF_FOREACH(netif) for ((netif) = netif_list; (netif) != NULL; (netif) = (netif)->next)
#endif
/** Takes what no other interface's network matches; may be NULL. */
extern struct netif *netif_default;

/** Called by lwip_init(). */
void netif_init(void);

/** netif_add() without addresses: for DHCP, AutoIP or netif_set_addr() later. */
struct netif *netif_add_noaddr(struct netif *netif, void *state, netif_init_fn init, netif_input_fn input);

/**
 * Add an interface.  One that is in the list already is removed first.
 *
 * @param ipaddr, netmask, gw  NULL for any
 * @param state  for the driver: netif->state
 * @param init   the driver's, called once everything else is set
 * @param input  what the driver shall call: netif_input() or ethernet_input(), tcpip_input() with an OS
 * @return netif, or NULL: an argument missing, init failed, or LWIP_SINGLE_NETIF and there is one
 */
#if LWIP_IPV4
struct netif *netif_add(struct netif *netif, const ip4_addr_t *ipaddr, const ip4_addr_t *netmask, const ip4_addr_t *gw,
                        void *state, netif_init_fn init, netif_input_fn input);
/** Set all three at once; NULL for any.  Connections bound to the old address are aborted. */
void netif_set_addr(struct netif *netif, const ip4_addr_t *ipaddr, const ip4_addr_t *netmask, const ip4_addr_t *gw);
#else
struct netif *netif_add(struct netif *netif, void *state, netif_init_fn init, netif_input_fn input);
#endif

/** Take it down and forget it.  Harmless for one that was never added. */
void netif_remove(struct netif *netif);

/** The interface called @p name (two letters and its number, "en0"), or NULL. */
struct netif *netif_find(const char *name);

/** @p netif (NULL: none) takes what matches no other. */
void netif_set_default(struct netif *netif);

#if LWIP_IPV4
/** NULL sets any. */
void netif_set_ipaddr(struct netif *netif, const ip4_addr_t *ipaddr);
void netif_set_netmask(struct netif *netif, const ip4_addr_t *netmask);
void netif_set_gw(struct netif *netif, const ip4_addr_t *gw);
#define netif_ip4_addr(netif) ((const ip4_addr_t *)ip_2_ip4(&((netif)->ip_addr)))
#define netif_ip4_netmask(netif) ((const ip4_addr_t *)ip_2_ip4(&((netif)->netmask)))
#define netif_ip4_gw(netif) ((const ip4_addr_t *)ip_2_ip4(&((netif)->gw)))
#define netif_ip_addr4(netif) ((const ip_addr_t *)&((netif)->ip_addr))
#define netif_ip_netmask4(netif) ((const ip_addr_t *)&((netif)->netmask))
#define netif_ip_gw4(netif) ((const ip_addr_t *)&((netif)->gw))
#endif

#define netif_set_flags(netif, set_flags)                  \
  do {                                                     \
    (netif)->flags = (u8_t)((netif)->flags | (set_flags)); \
  } while (0)
#define netif_clear_flags(netif, clr_flags)                              \
  do {                                                                   \
    (netif)->flags = (u8_t)((netif)->flags & (u8_t)(~(clr_flags)&0xff)); \
  } while (0)
#define netif_is_flag_set(netif, flag) (((netif)->flags & (flag)) != 0)

/** Administratively up or down; packets flow when it is up and has a carrier. */
void netif_set_up(struct netif *netif);
void netif_set_down(struct netif *netif);
#define netif_is_up(netif) (((netif)->flags & NETIF_FLAG_UP) ? (u8_t)1 : (u8_t)0)

#if LWIP_NETIF_STATUS_CALLBACK
/** @p status_callback is called when the interface went up or down or its address changed. */
void netif_set_status_callback(struct netif *netif, netif_status_callback_fn status_callback);
#endif
#if LWIP_NETIF_REMOVE_CALLBACK
/** @p remove_callback is called at the end of netif_remove(). */
void netif_set_remove_callback(struct netif *netif, netif_status_callback_fn remove_callback);
#endif

/** The driver tells that the carrier came (address acquisition and announcements start) or went. */
void netif_set_link_up(struct netif *netif);
void netif_set_link_down(struct netif *netif);
#define netif_is_link_up(netif) (((netif)->flags & NETIF_FLAG_LINK_UP) ? (u8_t)1 : (u8_t)0)

#if LWIP_NETIF_LINK_CALLBACK
/** @p link_callback is called when the carrier came or went. */
void netif_set_link_callback(struct netif *netif, netif_status_callback_fn link_callback);
#endif

#if LWIP_NETIF_HOSTNAME
#define netif_set_hostname(netif, name) \
  do {                                  \
    if ((netif) != NULL) {              \
      (netif)->hostname = name;         \
    }                                   \
  } while (0)
#define netif_get_hostname(netif) (((netif) != NULL) ? ((netif)->hostname) : NULL)
#endif

#if LWIP_IGMP
#define netif_set_igmp_mac_filter(netif, function) \
  do {                                             \
    if ((netif) != NULL) {                         \
      (netif)->igmp_mac_filter = function;         \
    }                                              \
  } while (0)
#define netif_get_igmp_mac_filter(netif) (((netif) != NULL) ? ((netif)->igmp_mac_filter) : NULL)
#endif

#if LWIP_IPV6 && LWIP_IPV6_MLD
#define netif_set_mld_mac_filter(netif, function) \
  do {                                            \
    if ((netif) != NULL) {                        \
      (netif)->mld_mac_filter = function;         \
    }                                             \
  } while (0)
#define netif_get_mld_mac_filter(netif) (((netif) != NULL) ? ((netif)->mld_mac_filter) : NULL)
#define netif_mld_mac_filter(netif, addr, action)         \
  do {                                                    \
    if ((netif) && (netif)->mld_mac_filter) {             \
      (netif)->mld_mac_filter((netif), (addr), (action)); \
    }                                                     \
  } while (0)
#endif

#if ENABLE_LOOPBACK
/** Send a copy of @p p to ourselves.  Lends @p p.  @retval ERR_MEM  no memory, or the queue is full */
err_t netif_loop_output(struct netif *netif, struct pbuf *p);
/** Deliver what waits.  A timer does so too; a program need not call it. */
void netif_poll(struct netif *netif);
#if !LWIP_NETIF_LOOPBACK_MULTITHREADING
/** netif_poll() for every interface. */
void netif_poll_all(void);
#endif
#endif

/** Hand a received packet up: a frame if the interface is an Ethernet, otherwise an IP packet.  Takes @p p. */
err_t netif_input(struct pbuf *p, struct netif *inp);

#if LWIP_IPV6
#define netif_ip_addr6(netif, i) ((const ip_addr_t *)(&((netif)->ip6_addr[i])))
#define netif_ip6_addr(netif, i) ((const ip6_addr_t *)ip_2_ip6(&((netif)->ip6_addr[i])))
/** Put an address into slot @p addr_idx; its state stays. */
void netif_ip6_addr_set(struct netif *netif, s8_t addr_idx, const ip6_addr_t *addr6);
/** As netif_ip6_addr_set(), with the words in network byte order. */
void netif_ip6_addr_set_parts(struct netif *netif, s8_t addr_idx, u32_t i0, u32_t i1, u32_t i2, u32_t i3);
#define netif_ip6_addr_state(netif, i) ((netif)->ip6_addr_state[i])
/** @p state: IP6_ADDR_* */
void netif_ip6_addr_set_state(struct netif *netif, s8_t addr_idx, u8_t state);
/** The slot that holds @p ip6addr in a state other than invalid, or -1. */
s8_t netif_get_ip6_addr_match(struct netif *netif, const ip6_addr_t *ip6addr);
/** Make slot 0 the link-local address with the interface identifier of the hardware address: a modified
 *  EUI-64 if @p from_mac_48bit (RFC 2464 section 4), otherwise the octets as they are. */
void netif_create_ip6_linklocal_address(struct netif *netif, u8_t from_mac_48bit);
/** Put @p ip6addr into a free slot, tentative.  @p chosen_idx may be NULL.  @retval ERR_VAL  no slot free */
err_t netif_add_ip6_address(struct netif *netif, const ip6_addr_t *ip6addr, s8_t *chosen_idx);
#define netif_set_ip6_autoconfig_enabled(netif, action) \
  do {                                                  \
    if (netif) {                                        \
      (netif)->ip6_autoconfig_enabled = (action);       \
    }                                                   \
  } while (0)
#if LWIP_IPV6_ADDRESS_LIFETIMES
/* Seconds that are left; 0 (IP6_ADDR_LIFE_STATIC): no lifetime. */
#define netif_ip6_addr_valid_life(netif, i) \
  (((netif) != NULL) ? lwip_x_ip6_life_left((netif), (netif)->ip6_addr_valid_life[i]) : IP6_ADDR_LIFE_STATIC)
#define netif_ip6_addr_set_valid_life(netif, i, secs)                         \
  do {                                                                        \
    if (netif != NULL) {                                                      \
      lwip_x_ip6_life_set((netif), &(netif)->ip6_addr_valid_life[i], (secs)); \
    }                                                                         \
  } while (0)
#define netif_ip6_addr_pref_life(netif, i) \
  (((netif) != NULL) ? lwip_x_ip6_life_left((netif), (netif)->ip6_addr_pref_life[i]) : IP6_ADDR_LIFE_STATIC)
#define netif_ip6_addr_set_pref_life(netif, i, secs)                         \
  do {                                                                       \
    if (netif != NULL) {                                                     \
      lwip_x_ip6_life_set((netif), &(netif)->ip6_addr_pref_life[i], (secs)); \
    }                                                                        \
  } while (0)
#define netif_ip6_addr_isstatic(netif, i) (netif_ip6_addr_valid_life((netif), (i)) == IP6_ADDR_LIFE_STATIC)
#else
#define netif_ip6_addr_isstatic(netif, i) (1)
#endif
#if LWIP_ND6_ALLOW_RA_UPDATES
#define netif_mtu6(netif) ((netif)->mtu6)
#else
#define netif_mtu6(netif) ((netif)->mtu)
#endif
#endif

#if LWIP_NETIF_USE_HINTS
#define NETIF_SET_HINTS(netif, netifhint) (netif)->hints = (netifhint)
#define NETIF_RESET_HINTS(netif) (netif)->hints = NULL
#else
#define NETIF_SET_HINTS(netif, netifhint)
#define NETIF_RESET_HINTS(netif)
#endif

/** Index 0: no interface. */
#define NETIF_NO_INDEX (0)
#define netif_get_index(netif) ((u8_t)((netif)->num + 1))
/** The index of the interface called @p name, or NETIF_NO_INDEX. */
u8_t netif_name_to_index(const char *name);
/** Write the name of interface @p idx to @p name (NETIF_NAMESIZE octets).  @return name, or NULL if there is none */
char *netif_index_to_name(u8_t idx, char *name);
/** The interface with index @p idx, or NULL. */
struct netif *netif_get_by_index(u8_t idx);

/** Why an extended callback is called: LWIP_NSC_*, possibly several. */
typedef u16_t netif_nsc_reason_t;
#define LWIP_NSC_NONE 0x0000
#define LWIP_NSC_NETIF_ADDED 0x0001   /**< after; args NULL */
#define LWIP_NSC_NETIF_REMOVED 0x0002 /**< before; args NULL */
#define LWIP_NSC_LINK_CHANGED 0x0004
#define LWIP_NSC_STATUS_CHANGED 0x0008 /**< after it went up, before it goes down */
#define LWIP_NSC_IPV4_ADDRESS_CHANGED 0x0010
#define LWIP_NSC_IPV4_GATEWAY_CHANGED 0x0020
#define LWIP_NSC_IPV4_NETMASK_CHANGED 0x0040
#define LWIP_NSC_IPV4_SETTINGS_CHANGED 0x0080 /**< address, mask and gateway are all in place now */
#define LWIP_NSC_IPV6_SET 0x0100
#define LWIP_NSC_IPV6_ADDR_STATE_CHANGED 0x0200

/** More about the change; the member follows from the reason. */
typedef union {
  /** LWIP_NSC_LINK_CHANGED */
  struct link_changed_s {
    u8_t state; /**< 1: carrier */
  } link_changed;
  /** LWIP_NSC_STATUS_CHANGED */
  struct status_changed_s {
    u8_t state; /**< 1: up */
  } status_changed;
  /** LWIP_NSC_IPV4_*: what was before; NULL if it did not change */
  struct ipv4_changed_s {
    const ip_addr_t *old_address;
    const ip_addr_t *old_netmask;
    const ip_addr_t *old_gw;
  } ipv4_changed;
  /** LWIP_NSC_IPV6_SET */
  struct ipv6_set_s {
    s8_t addr_index;
    const ip_addr_t *old_address;
  } ipv6_set;
  /** LWIP_NSC_IPV6_ADDR_STATE_CHANGED */
  struct ipv6_addr_state_changed_s {
    s8_t addr_index;
    u8_t old_state;
    const ip_addr_t *address;
  } ipv6_addr_state_changed;
} netif_ext_callback_args_t;

typedef void (*netif_ext_callback_fn)(struct netif *netif, netif_nsc_reason_t reason,
                                      const netif_ext_callback_args_t *args);

#if LWIP_NETIF_EXT_STATUS_CALLBACK
struct netif_ext_callback;
typedef struct netif_ext_callback {
  netif_ext_callback_fn callback_fn;
  struct netif_ext_callback *next;
} netif_ext_callback_t;

#define NETIF_DECLARE_EXT_CALLBACK(name) static netif_ext_callback_t name;
/** Call @p fn at every change of any interface; lends @p callback until it is removed. */
void netif_add_ext_callback(netif_ext_callback_t *callback, netif_ext_callback_fn fn);
/** Harmless for one that was not added. */
void netif_remove_ext_callback(netif_ext_callback_t *callback);
void netif_invoke_ext_callback(struct netif *netif, netif_nsc_reason_t reason, const netif_ext_callback_args_t *args);
#else
#define NETIF_DECLARE_EXT_CALLBACK(name)
#define netif_add_ext_callback(callback, fn)
#define netif_remove_ext_callback(callback)
#define netif_invoke_ext_callback(netif, reason, args)
#endif

#ifdef __cplusplus
}
#endif

#endif
