/**
 * The hooks of lwip/opt.h as expressions that always exist, so that bodies need no #if: a hook the program does not
 * define is a constant and leaves no code.  Included by .c files only.
 */
#ifndef LWIP_STACK_BASE_HOOKS_H
#define LWIP_STACK_BASE_HOOKS_H

#include "lwip/opt.h"
#include "lwip/def.h"
#include "lwip/err.h"

#ifdef LWIP_HOOK_FILENAME
#include LWIP_HOOK_FILENAME
#endif

/** true: the hook took the packet. */
#ifdef LWIP_HOOK_IP4_INPUT
#define hook_ip4_input(p, nif) (LWIP_HOOK_IP4_INPUT(p, nif) != 0)
#else
#define hook_ip4_input(p, nif) ((void)(p), (void)(nif), 0)
#endif
#ifdef LWIP_HOOK_IP6_INPUT
#define hook_ip6_input(p, nif) (LWIP_HOOK_IP6_INPUT(p, nif) != 0)
#else
#define hook_ip6_input(p, nif) ((void)(p), (void)(nif), 0)
#endif
#ifdef LWIP_HOOK_UNKNOWN_ETH_PROTOCOL
#define hook_unknown_eth(p, nif) (LWIP_HOOK_UNKNOWN_ETH_PROTOCOL(p, nif) == ERR_OK)
#else
#define hook_unknown_eth(p, nif) ((void)(p), (void)(nif), 0)
#endif

/** A netif, or NULL: the usual way. */
#ifdef LWIP_HOOK_IP4_ROUTE_SRC
#define hook_ip4_route(src, dest) LWIP_HOOK_IP4_ROUTE_SRC(src, dest)
#elif defined(LWIP_HOOK_IP4_ROUTE)
#define hook_ip4_route(src, dest) LWIP_HOOK_IP4_ROUTE(dest)
#else
#define hook_ip4_route(src, dest) ((void)(src), (void)(dest), (struct netif *)NULL)
#define HOOK_IP4_ROUTE_IS_NONE true
#endif
#ifndef HOOK_IP4_ROUTE_IS_NONE
#define HOOK_IP4_ROUTE_IS_NONE false
#endif
#ifdef LWIP_HOOK_IP6_ROUTE
#define hook_ip6_route(src, dest) LWIP_HOOK_IP6_ROUTE(src, dest)
#else
#define hook_ip6_route(src, dest) ((void)(src), (void)(dest), (struct netif *)NULL)
#endif

/** 1, 0, or -1: no opinion. */
#ifdef LWIP_HOOK_IP4_CANFORWARD
#define hook_ip4_canforward(p, dest) LWIP_HOOK_IP4_CANFORWARD(p, dest)
#else
#define hook_ip4_canforward(p, dest) ((void)(p), (void)(dest), -1)
#endif

/** The next hop, or NULL: the usual one. */
#ifdef LWIP_HOOK_ETHARP_GET_GW
#define hook_etharp_gw(nif, dest) LWIP_HOOK_ETHARP_GET_GW(nif, dest)
#else
#define hook_etharp_gw(nif, dest) ((void)(nif), (void)(dest), (const ip4_addr_t *)NULL)
#endif
#ifdef LWIP_HOOK_ND6_GET_GW
#define hook_nd6_gw(nif, dest) LWIP_HOOK_ND6_GET_GW(nif, dest)
#else
#define hook_nd6_gw(nif, dest) ((void)(nif), (void)(dest), (const ip6_addr_t *)NULL)
#endif

/** Append options to a message of ours, and look at one of a server's. */
#ifdef LWIP_HOOK_DHCP_APPEND_OPTIONS
#define hook_dhcp_append(nif, dhcp, state, msg, type, len) \
  LWIP_HOOK_DHCP_APPEND_OPTIONS(nif, dhcp, state, msg, type, len)
#else
#define hook_dhcp_append(nif, dhcp, state, msg, type, len) ((void)(len))
#endif

/** May a tagged frame (header, tag behind it) come in?  Without support only priority tags may; VID 0 says no more. */
#if !ETHARP_SUPPORT_VLAN
#define hook_vlan_accepts(nif, frame, tag, vid) ((vid) == 0)
#elif defined(LWIP_HOOK_VLAN_CHECK)
#define hook_vlan_accepts(nif, frame, tag, vid) (LWIP_HOOK_VLAN_CHECK(nif, frame, tag) != 0)
#elif defined(ETHARP_VLAN_CHECK_FN)
#define hook_vlan_accepts(nif, frame, tag, vid) ((vid) == 0 || ETHARP_VLAN_CHECK_FN(frame, tag))
#elif defined(ETHARP_VLAN_CHECK)
#define hook_vlan_accepts(nif, frame, tag, vid) ((vid) == 0 || (vid) == ETHARP_VLAN_CHECK)
#else
#define hook_vlan_accepts(nif, frame, tag, vid) 1
#endif

#endif
