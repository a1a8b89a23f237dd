/**
 * What servers say.  A message counts only if it comes from port 67, is well-formed, and carries the transaction and
 * hardware address of a client of ours; then only if it fits the client's state.  Nothing is changed before all of
 * that is known.
 */
#include "dhcp_client.h"

#if LWIP_DHCP

#include "lwip/def.h"
#include "lwip/dns.h"
#include "../base/hooks.h"
#include "../mem/drop.h"
#include <string.h>

#define SERVER_PORT 67
#define LEASE_MIN_S 60u

/** Can the unicast address @p addr (network order) be a host's in a network of mask @p mask (network order)? */
static bool is_host(u32_t addr, u32_t mask)
{
  u8_t first = (u8_t)(lwip_ntohl(addr) >> 24);
  u32_t host = addr & ~mask;

  if (first == 0 || first == 127 || first >= 224) {
    return false;
  }
  return (mask | PP_HTONL(1)) == 0xFFFFFFFFu || (host != 0 && host != ~mask);
}

/** Is @p mask (network order) ones, then zeros, and not empty? */
static bool is_mask(u32_t mask)
{
  u32_t zeros = ~lwip_ntohl(mask);

  return mask != 0 && (zeros & (zeros + 1)) == 0;
}

/** The mask of the address's class, for servers that tell none. */
static u32_t class_mask(u32_t addr)
{
  u8_t first = (u8_t)(lwip_ntohl(addr) >> 24);

  return first < 128 ? PP_HTONL(0xFF000000u) : first < 192 ? PP_HTONL(0xFFFF0000u) : PP_HTONL(0xFFFFFF00u);
}

static u32_t mask_of(const struct dhcp_repr *r)
{
  return is_mask(r->word[DHCP_MASK]) ? r->word[DHCP_MASK] : class_mask(r->yiaddr);
}

static bool address_is_good(const struct dhcp_repr *r)
{
  return is_host(r->yiaddr, mask_of(r));
}

/* Taking over what an acknowledgement says. */

#if LWIP_DNS
static void take_dns(const struct dhcp_repr *r)
{
  u8_t list[4 * LWIP_DHCP_MAX_DNS_SERVERS];
  size_t n = LWIP_MIN(dhcp_wire_get(r, DHCP_OPT_DNS, list, sizeof list), sizeof list) / 4, i;
  ip_addr_t server;

  for (i = 0; i < n; i++) {
    ip_addr_set_ip4_u32_val(server, ne32_get(list + 4 * i));
    dns_setserver((u8_t)i, &server); /* ignores what it has no room for */
  }
}
#else
static void take_dns(const struct dhcp_repr *r)
{
  LWIP_UNUSED_ARG(r);
}
#endif

#if LWIP_DHCP_GET_NTP_SRV
static void take_ntp(const struct dhcp_repr *r)
{
  ip4_addr_t list[LWIP_DHCP_MAX_NTP_SERVERS];
  size_t n = LWIP_MIN(dhcp_wire_get(r, DHCP_OPT_NTP, (u8_t *)list, sizeof list), sizeof list) / 4;

  if (n != 0) {
    dhcp_set_ntp_servers((u8_t)n, list);
  }
}
#else
static void take_ntp(const struct dhcp_repr *r)
{
  LWIP_UNUSED_ARG(r);
}
#endif

#if LWIP_DHCP_BOOTP_FILE
/** From option 67, or from the field if that does not hold options. */
static void take_boot_file(struct dhcp *d, const struct dhcp_repr *r)
{
  size_t len = sizeof d->boot_file_name - 1;

  d->offered_si_addr.addr = r->siaddr;
  memset(d->boot_file_name, 0, sizeof d->boot_file_name);
  if (dhcp_wire_get(r, DHCP_OPT_BOOT_FILE, (u8_t *)d->boot_file_name, len) == 0 && !(r->overload & 1)) {
    memcpy(d->boot_file_name, r->m + DHCP_WIRE_FILE, len);
  }
}
#else
static void take_boot_file(struct dhcp *d, const struct dhcp_repr *r)
{
  LWIP_UNUSED_ARG(d);
  LWIP_UNUSED_ARG(r);
}
#endif

#ifdef LWIP_HOOK_DHCP_PARSE_OPTION
/** Is the option one that is handled here, or form? */
static bool is_known(u8_t code)
{
  static const u8_t known[] = {
    DHCP_OPT_MASK, DHCP_OPT_ROUTER, DHCP_OPT_DNS,       DHCP_OPT_LEASE, DHCP_OPT_OVERLOAD,
    DHCP_OPT_TYPE, DHCP_OPT_T1,     DHCP_OPT_SERVER_ID, DHCP_OPT_T2,
  };

  return memchr(known, code, sizeof known) != NULL || (LWIP_DHCP_GET_NTP_SRV && code == DHCP_OPT_NTP);
}

static void offer_to_hook(struct dhcp *d, const struct dhcp_repr *r, struct pbuf *p)
{
  struct dhcp_opt o;

  memset(&o, 0, sizeof o);
  while (dhcp_wire_next(r, &o) == DHCP_WIRE_OPTION) {
    if (!is_known(o.code)) {
      LWIP_HOOK_DHCP_PARSE_OPTION(d->x_netif, d, d->state, (struct dhcp_msg *)p->payload, r->type, o.code, o.len, p,
                                  (u16_t)(o.data - r->m));
    }
  }
}
#else
static void offer_to_hook(struct dhcp *d, const struct dhcp_repr *r, struct pbuf *p)
{
  LWIP_UNUSED_ARG(d);
  LWIP_UNUSED_ARG(r);
  LWIP_UNUSED_ARG(p);
}
#endif

/** T1 < T2 < lease, whatever the server says (RFC 2131 section 4.4.5 has the defaults). */
static void take_times(struct dhcp *d, const struct dhcp_repr *r)
{
  u32_t t0 = LWIP_MAX(lwip_ntohl(r->word[DHCP_LEASE]), LEASE_MIN_S);
  u32_t t1 = lwip_ntohl(r->word[DHCP_T1]), t2 = lwip_ntohl(r->word[DHCP_T2]);

  if (t0 == DHCP_FOREVER) {
    t1 = t2 = t0;
  } else if (t1 < LEASE_MIN_S / 2 || t1 >= t2 || t2 >= t0) {
    t1 = t0 / 2;
    t2 = t0 - t0 / 8;
  }
  d->offered_t0_lease = t0;
  d->offered_t1_renew = t1;
  d->offered_t2_rebind = t2;
}

static void take_lease(struct dhcp *d, const struct dhcp_repr *r)
{
  d->subnet_mask_given = is_mask(r->word[DHCP_MASK]);
  d->offered_sn_mask.addr = mask_of(r);
  d->offered_gw_addr.addr = is_host(r->word[DHCP_ROUTER], d->offered_sn_mask.addr) ? r->word[DHCP_ROUTER] : 0;
  ip_addr_set_ip4_u32_val(d->server_ip_addr, r->word[DHCP_SERVER_ID]);
  take_times(d, r);
}

static void take_parameters(struct dhcp *d, const struct dhcp_repr *r, struct pbuf *p)
{
  take_dns(r);
  take_ntp(r);
  take_boot_file(d, r);
  offer_to_hook(d, r, p);
}

/* Verdicts: does the message fit? */

/** Is it the answer to a request, from the server that was asked if there was one? */
static bool is_answer(const struct dhcp *d, const struct dhcp_repr *r)
{
  if (DHCP_IN(d, DHCP_BIT(DHCP_REQUESTING) | DHCP_BIT(DHCP_RENEWING))) {
    return r->word[DHCP_SERVER_ID] == ip_2_ip4(&d->server_ip_addr)->addr;
  }
  return DHCP_IN(d, DHCP_BIT(DHCP_REBOOTING) | DHCP_BIT(DHCP_REBINDING));
}

static bool on_offer(struct dhcp *d, const struct dhcp_repr *r, struct pbuf *p)
{
  if (d->state != DHCP_SELECTING || r->word[DHCP_SERVER_ID] == 0 || !address_is_good(r)) {
    return false;
  }
  d->offered_ip_addr.addr = r->yiaddr;
  take_lease(d, r);
  offer_to_hook(d, r, p);
  dhcp_request(d);
  return true;
}

static bool on_ack(struct dhcp *d, const struct dhcp_repr *r, struct pbuf *p)
{
  u8_t state = d->state;

  if (state == DHCP_INFORMING) {
    take_parameters(d, r, p);
    dhcp_rest(d);
    return true;
  }
  if (!is_answer(d, r) || r->yiaddr != dhcp_address(d) || !address_is_good(r) || r->word[DHCP_SERVER_ID] == 0) {
    return false;
  }
  take_lease(d, r);
  take_parameters(d, r, p);
  if (state == DHCP_REQUESTING) {
    dhcp_check(d);
  } else {
    dhcp_bind(d);
  }
  return true;
}

static bool on_nak(struct dhcp *d, const struct dhcp_repr *r)
{
  if (!is_answer(d, r)) {
    return false;
  }
  dhcp_refused(d);
  return true;
}

/** The client that is waiting for this message; NULL: none is. */
static struct dhcp *client_of(const struct dhcp_repr *r)
{
  struct netif *nif;

  NETIF_FOREACH(nif)
  {
    struct dhcp *d = netif_dhcp_data(nif);

    if (d != NULL && d->state != DHCP_OFF && d->xid == r->xid && dhcp_wire_is_for(r, nif->hwaddr, nif->hwaddr_len)) {
      return d;
    }
  }
  return NULL;
}

static bool handle(struct pbuf *p)
{
  struct dhcp_repr r;
  struct dhcp *d;

  if (p->next != NULL || !dhcp_wire_parse((const u8_t *)p->payload, p->len, &r)) {
    return false;
  }
  d = client_of(&r);
  if (d == NULL) {
    return false;
  }
  switch (r.type) {
    case DHCP_WIRE_OFFER:
      return on_offer(d, &r, p);
    case DHCP_WIRE_ACK:
      return on_ack(d, &r, p);
    case DHCP_WIRE_NAK:
      return on_nak(d, &r);
    default:
      return false;
  }
}

void dhcp_recv(void *arg, struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *addr, u16_t port)
{
  LWIP_UNUSED_ARG(arg);
  LWIP_UNUSED_ARG(pcb);
  LWIP_UNUSED_ARG(addr);
  if (p->next != NULL) {
    p = pbuf_coalesce(p, PBUF_RAW);
  }
  if (port == SERVER_PORT && handle(p)) {
    pbuf_free(p);
  } else {
    drop(p, DROP_DHCP_FORMAT);
  }
}

#endif
