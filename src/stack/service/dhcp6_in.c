/**
 * What DHCPv6 servers say.  A message counts only if it is well-formed, carries the transaction and the DUID of the client of the
 * interface it came in by, and fits that client's state; nothing is changed before all of that is known.  Reconfigure
 * is not accepted: it makes sense only with authentication.
 */
#include "dhcp6_client.h"

#if LWIP_IPV6 && LWIP_IPV6_DHCP6

#include "dns_from6.h"
#include "lwip/ip.h"
#include "lwip/udp.h"
#include "../ip/nd6_host.h"
#include "../mem/drop.h"
#include <string.h>

#define REFRESH_DEFAULT_S 86400u /* IRT_DEFAULT */
#define REFRESH_MIN_S 600u       /* IRT_MINIMUM */
#define MAX_RT_LEAST_S 60u
#define MAX_RT_MOST_S 86400u

/* --- parameters --- */

static void take_dns(const struct dhcp6 *d, const struct dhcp6_repr *r)
{
  const struct dhcp6_span o = dhcp6_wire_find(r->options, DHCP6_OPT_DNS, 16);
  ip6_addr_t addr;
  size_t i;

  for (i = 0; i < LWIP_DHCP6_MAX_DNS_SERVERS && (i + 1) * 16 <= o.len; i++) {
    nd6_addr_get(&addr, o.at + i * 16, d->x_netif);
    dns_from6(&addr, true);
  }
}

#if LWIP_DHCP6_GET_NTP_SRV

#define NTP_SUBOPTION_ADDR 1

static void add_ntp(const struct dhcp6 *d, ip_addr_t *servers, u8_t *n, const u8_t *from)
{
  if (*n < LWIP_DHCP6_MAX_NTP_SERVERS) {
    IP_SET_TYPE(&servers[*n], IPADDR_TYPE_V6);
    nd6_addr_get(ip_2_ip6(&servers[*n]), from, d->x_netif);
    (*n)++;
  }
}

/** Time servers by their addresses: NTP (RFC 5908), or what it was before (RFC 4075). */
static void take_ntp(const struct dhcp6 *d, const struct dhcp6_repr *r)
{
  struct dhcp6_span ntp = dhcp6_wire_find(r->options, DHCP6_OPT_NTP, 0);
  const struct dhcp6_span sntp = dhcp6_wire_find(r->options, DHCP6_OPT_SNTP, 16);
  ip_addr_t servers[LWIP_DHCP6_MAX_NTP_SERVERS];
  struct dhcp6_span data;
  size_t i;
  u16_t code;
  u8_t n = 0;

  memset(servers, 0, sizeof servers);
  while (ntp.at != NULL && dhcp6_wire_next(&ntp, &code, &data)) {
    if (code == NTP_SUBOPTION_ADDR && data.len == 16) {
      add_ntp(d, servers, &n, data.at);
    }
  }
  for (i = 0; n == 0 && sntp.at != NULL && (i + 1) * 16 <= sntp.len; i++) {
    add_ntp(d, servers, &n, sntp.at + i * 16);
  }
  if (n != 0) {
    dhcp6_set_ntp_servers(n, servers);
  }
}

#else

static void take_ntp(const struct dhcp6 *d, const struct dhcp6_repr *r)
{
  LWIP_UNUSED_ARG(d);
  LWIP_UNUSED_ARG(r);
}

#endif

static void take_parameters(struct dhcp6 *d, const struct dhcp6_repr *r)
{
  take_dns(d, r);
  take_ntp(d, r);
  d->x_configured = 1;
}

/** The value of a longest wait, ms, or 0 if it is not told or out of bounds (section 21.24). */
static u32_t max_rt(const struct dhcp6_repr *r, u16_t code)
{
  const struct dhcp6_span o = dhcp6_wire_find(r->options, code, 4);
  const u32_t s = o.at != NULL ? be32_get(o.at) : 0;

  return s >= MAX_RT_LEAST_S && s <= MAX_RT_MOST_S ? s * 1000u : 0;
}

static u32_t refresh_time(const struct dhcp6_repr *r)
{
  const struct dhcp6_span o = dhcp6_wire_find(r->options, DHCP6_OPT_REFRESH, 4);

  return o.at != NULL ? LWIP_MAX(be32_get(o.at), REFRESH_MIN_S) : REFRESH_DEFAULT_S;
}

/* --- verdicts --- */

#if LWIP_IPV6_DHCP6_STATEFUL

static void note_server(struct dhcp6 *d, const struct dhcp6_repr *r)
{
  d->x_server_len = (u8_t)r->server.len;
  memcpy(d->x_server, r->server.at, r->server.len);
}

static bool is_from_ours(const struct dhcp6 *d, const struct dhcp6_repr *r)
{
  return r->server.len == d->x_server_len && memcmp(r->server.at, d->x_server, d->x_server_len) == 0;
}

/** The best advertisement of the first wait is taken, after it the first. */
static bool on_advertise(struct dhcp6 *d, const struct dhcp6_repr *r)
{
  const u8_t *addr = dhcp6_offered(d, r);

  if (d->state != DHCP6_SOLICITING) {
    return false;
  }
  d->x_sol_max_ms = max_rt(r, DHCP6_OPT_SOL_MAX_RT);
  if (r->status != DHCP6_WIRE_SUCCESS || addr == NULL) {
    return false;
  }
  if (!d->x_have_offer || r->preference > d->x_preference) {
    d->x_have_offer = 1;
    d->x_preference = r->preference;
    memcpy(d->x_offer, addr, 16);
    note_server(d, r);
  }
  if (r->preference == 255 || d->tries > 1) {
    dhcp6_begin(d, DHCP6_REQUESTING);
  }
  return true;
}

/** Addresses from it, or why not. */
static void take_addresses(struct dhcp6 *d, const struct dhcp6_repr *r)
{
  const u16_t status = r->status != DHCP6_WIRE_SUCCESS ? r->status : dhcp6_take_ia(d, r);

  if (status == DHCP6_WIRE_SUCCESS) {
    note_server(d, r);
    take_parameters(d, r);
    dhcp6_bind(d);
  } else if (status == DHCP6_WIRE_NO_BINDING && d->state != DHCP6_REQUESTING) {
    d->x_have_offer = 0;
    note_server(d, r);
    dhcp6_begin(d, DHCP6_REQUESTING); /* it forgot us: ask anew (section 18.2.10.1) */
  } else if (status != DHCP6_WIRE_UNSPEC_FAIL && status != DHCP6_WIRE_USE_MULTICAST) {
    dhcp6_drop_leases(d->x_netif);
    dhcp6_begin(d, DHCP6_SOLICITING);
  }
}

static bool on_stateful_reply(struct dhcp6 *d, const struct dhcp6_repr *r)
{
  switch (d->state) {
    case DHCP6_SOLICITING:
      if (!LWIP_X_DHCP6_RAPID_COMMIT || !r->rapid || dhcp6_offered(d, r) == NULL) {
        return false;
      }
      break;
    case DHCP6_REQUESTING:
    case DHCP6_RENEWING:
      if (!is_from_ours(d, r)) {
        return false;
      }
      break;
    case DHCP6_REBINDING:
      break;
    case DHCP6_CONFIRMING:
      if (r->status == DHCP6_WIRE_SUCCESS) {
        dhcp6_bind(d);
      } else {
        dhcp6_drop_leases(d->x_netif);
        dhcp6_begin(d, DHCP6_SOLICITING);
      }
      return true;
    case DHCP6_RELEASING:
      dhcp6_halt(d); /* whatever it says (section 18.2.10.2) */
      return true;
    case DHCP6_DECLINING:
      dhcp6_drop_leases(d->x_netif);
      dhcp6_begin(d, DHCP6_SOLICITING);
      return true;
    default:
      return false;
  }
  take_addresses(d, r);
  return true;
}

#else

static bool on_advertise(struct dhcp6 *d, const struct dhcp6_repr *r)
{
  LWIP_UNUSED_ARG(d);
  LWIP_UNUSED_ARG(r);
  return false;
}

static bool on_stateful_reply(struct dhcp6 *d, const struct dhcp6_repr *r)
{
  LWIP_UNUSED_ARG(d);
  LWIP_UNUSED_ARG(r);
  return false;
}

#endif

static bool on_reply(struct dhcp6 *d, const struct dhcp6_repr *r)
{
  if (d->state != DHCP6_INFORMING) {
    return on_stateful_reply(d, r);
  }
  d->x_inf_max_ms = max_rt(r, DHCP6_OPT_INF_MAX_RT);
  if (r->status != DHCP6_WIRE_SUCCESS) {
    return false;
  }
  take_parameters(d, r);
  dhcp6_rest(d, refresh_time(r));
  return true;
}

/** Does @p r answer what @p d asked? */
static bool is_for(const struct dhcp6 *d, const struct dhcp6_repr *r)
{
  u8_t duid[DHCP6_DUID_OWN];
  const size_t len = dhcp6_duid(d->x_netif, duid);

  return d->state > DHCP6_IDLE && r->xid == d->xid && r->client.len == len && memcmp(r->client.at, duid, len) == 0;
}

static bool handle(const struct pbuf *p)
{
  struct netif *nif = ip_current_input_netif();
  struct dhcp6 *d = nif != NULL ? netif_dhcp6_data(nif) : NULL;
  struct dhcp6_repr r;

  if (p->next != NULL || d == NULL || !dhcp6_wire_parse((const u8_t *)p->payload, p->len, &r) || !is_for(d, &r)) {
    return false;
  }
  if (r.type == DHCP6_WIRE_ADVERTISE) {
    return on_advertise(d, &r);
  }
  return r.type == DHCP6_WIRE_REPLY && on_reply(d, &r);
}

void dhcp6_recv(void *arg, struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *addr, u16_t port)
{
  LWIP_UNUSED_ARG(arg);
  LWIP_UNUSED_ARG(pcb);
  LWIP_UNUSED_ARG(addr);
  LWIP_UNUSED_ARG(port);
  if (p->next != NULL) {
    p = pbuf_coalesce(p, PBUF_RAW);
  }
  drop(p, handle(p) ? DROP_NONE : DROP_DHCP6_FORMAT);
}

#endif
