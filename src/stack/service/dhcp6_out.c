/** What the DHCPv6 client sends (RFC 8415 section 18.2, table of appendix B). */
#include "dhcp6_client.h"

#if LWIP_IPV6 && LWIP_IPV6_DHCP6

#include "lwip/udp.h"
#include "lwip/sys.h"
#include "../base/hooks.h"
#include <string.h>

#define SERVER_PORT 547
#define CLIENT_PORT 546

/** Octets of the longest message: identifiers, elapsed time, option requests, rapid commit, addresses. */
#define MESSAGE_MAX                                                                                         \
  (DHCP6_WIRE_HLEN + 4 + DHCP6_WIRE_DUID_MAX + 4 + DHCP6_WIRE_DUID_MAX + 6 + 4 + sizeof requested + 4 + 4 + \
   DHCP6_WIRE_IA_LEN + LWIP_IPV6_NUM_ADDRESSES * (4 + DHCP6_WIRE_ADDR_LEN))

/* Option codes, on the wire. */
static const u8_t requested[] = {
  0, DHCP6_OPT_SOL_MAX_RT, 0, DHCP6_OPT_INF_MAX_RT, 0, DHCP6_OPT_REFRESH,
#if LWIP_DNS
  0, DHCP6_OPT_DNS,
#endif
#if LWIP_DHCP6_GET_NTP_SRV
  0, DHCP6_OPT_SNTP,       0, DHCP6_OPT_NTP,
#endif
};

static struct udp_pcb *port;
static u8_t users;

bool dhcp6_open_port(struct dhcp6 *d)
{
  if (users == 0) {
    port = udp_new_ip_type(IPADDR_TYPE_V6);
    if (port == NULL) {
      return false;
    }
    if (udp_bind(port, IP6_ADDR_ANY, CLIENT_PORT) != ERR_OK) {
      udp_remove(port);
      return false;
    }
    udp_recv(port, dhcp6_recv, NULL);
  }
  users++;
  d->pcb_allocated = 1;
  return true;
}

void dhcp6_close_port(struct dhcp6 *d)
{
  if (d->pcb_allocated) {
    d->pcb_allocated = 0;
    if (--users == 0) {
      udp_remove(port);
    }
  }
}

#if LWIP_X_DHCP6_DUID
size_t dhcp6_duid(const struct netif *nif, u8_t *to)
{
  const u8_t len = lwip_x_dhcp6_duid(nif, to);

  LWIP_ASSERT("a DUID has 1 to DHCP6_X_DUID_MAX octets", len > 0 && len <= DHCP6_X_DUID_MAX);
  return len;
}
#else
/** The first interface that has a hardware address; @p nif if none has. */
static const struct netif *first_netif(const struct netif *nif)
{
  const struct netif *other;

  NETIF_FOREACH(other)
  {
    if (other->hwaddr_len != 0 && (nif->hwaddr_len == 0 || other->num < nif->num)) {
      nif = other;
    }
  }
  return nif;
}

/* A client has one DUID, which stays when its interface goes (RFC 8415 section 11). */
size_t dhcp6_duid(const struct netif *nif, u8_t *to)
{
  static u8_t duid[DHCP6_DUID_OWN], len;

  if (len == 0) {
    nif = first_netif(nif);
    be16_put(duid, DHCP6_DUID_LL);
    be16_put(duid + 2, 1); /* Ethernet */
    memcpy(duid + 4, nif->hwaddr, nif->hwaddr_len);
    len = (u8_t)(4 + nif->hwaddr_len);
  }
  memcpy(to, duid, len);
  return len;
}
#endif

static u8_t *put_elapsed(u8_t *at, const struct dhcp6 *d)
{
  const u32_t hundredths = (sys_now() - d->x_start_ms) / 10;
  u8_t b[2];

  be16_put(b, (u16_t)(d->tries <= 1 ? 0 : LWIP_MIN(hundredths, 0xffffu)));
  return dhcp6_wire_put_opt(at, DHCP6_OPT_ELAPSED, b, 2);
}

#if LWIP_IPV6_DHCP6_STATEFUL

#define BIT(msg) (1u << (msg))

static u8_t *put_address(u8_t *at, const void *addr)
{
  u8_t data[DHCP6_WIRE_ADDR_LEN] = { 0 }; /* the lifetimes are the server's to say */

  memcpy(data, addr, 16);
  return dhcp6_wire_put_opt(at, DHCP6_OPT_ADDR, data, sizeof data);
}

/** The addresses the message is about: none, the one offered, those leased, those found to be taken, or those given up. */
static u8_t *put_ia(u8_t *at, const struct dhcp6 *d, u8_t type)
{
  u8_t *data = dhcp6_wire_begin(at, DHCP6_OPT_IA_NA);
  s8_t slot = -1;
  u8_t gone;

  be32_put(data, dhcp6_iaid(d));
  memset(data + 4, 0, 8);
  at = data + DHCP6_WIRE_IA_LEN;
  if (type == DHCP6_WIRE_REQUEST && d->x_have_offer) {
    at = put_address(at, d->x_offer);
  }
  for (gone = 0; type == DHCP6_WIRE_RELEASE && gone < d->x_gone_n; gone++) {
    at = put_address(at, d->x_gone[gone]);
  }
  while (type != DHCP6_WIRE_SOLICIT && type != DHCP6_WIRE_REQUEST &&
         (slot = dhcp6_leased_slot(d->x_netif, slot)) >= 0) {
    const bool taken = ip6_addr_isduplicated(netif_ip6_addr_state(d->x_netif, slot)) != 0;
    if (taken == (type == DHCP6_WIRE_DECLINE)) {
      at = put_address(at, netif_ip6_addr(d->x_netif, slot)->addr);
    }
  }
  dhcp6_wire_end(data, at);
  return at;
}

static u8_t *put_stateful(u8_t *at, const struct dhcp6 *d, u8_t type)
{
  if ((BIT(type) &
       (BIT(DHCP6_WIRE_REQUEST) | BIT(DHCP6_WIRE_RENEW) | BIT(DHCP6_WIRE_RELEASE) | BIT(DHCP6_WIRE_DECLINE))) != 0) {
    at = dhcp6_wire_put_opt(at, DHCP6_OPT_SERVER_ID, d->x_server, d->x_server_len);
  }
  if (type == DHCP6_WIRE_SOLICIT && LWIP_X_DHCP6_RAPID_COMMIT) {
    at = dhcp6_wire_put_opt(at, DHCP6_OPT_RAPID, "", 0);
  }
  return type == DHCP6_WIRE_INFORMATION ? at : put_ia(at, d, type);
}

#else

static u8_t *put_stateful(u8_t *at, const struct dhcp6 *d, u8_t type)
{
  LWIP_UNUSED_ARG(d);
  LWIP_UNUSED_ARG(type);
  return at;
}

#endif

static struct pbuf *make(const struct dhcp6 *d, u8_t type)
{
  struct pbuf *p = pbuf_alloc(PBUF_TRANSPORT, MESSAGE_MAX, PBUF_RAM);
  u8_t duid[DHCP6_DUID_OWN];
  u8_t *m, *at;

  if (p == NULL) {
    return NULL;
  }
  m = (u8_t *)p->payload;
  at = dhcp6_wire_put(m, type, d->xid);
  at = dhcp6_wire_put_opt(at, DHCP6_OPT_CLIENT_ID, duid, dhcp6_duid(d->x_netif, duid));
  at = put_elapsed(at, d);
  if (type != DHCP6_WIRE_RELEASE && type != DHCP6_WIRE_DECLINE && type != DHCP6_WIRE_CONFIRM) {
    at = dhcp6_wire_put_opt(at, DHCP6_OPT_ORO, requested, sizeof requested);
  }
  at = put_stateful(at, d, type);
  pbuf_realloc(p, (u16_t)(at - m));
  return p;
}

void dhcp6_send(struct dhcp6 *d, u8_t type)
{
  /* All_DHCP_Relay_Agents_and_Servers */
  ip_addr_t servers = IPADDR6_INIT_HOST(0xff020000UL, 0, 0, 0x00010002UL);
  struct pbuf *p = make(d, type);

  if (p != NULL) {
    ip6_addr_assign_zone(ip_2_ip6(&servers), IP6_MULTICAST, d->x_netif);
    (void)udp_sendto_if_src(port, p, &servers, SERVER_PORT, d->x_netif, netif_ip_addr6(d->x_netif, 0));
    pbuf_free(p);
  }
}

#endif
