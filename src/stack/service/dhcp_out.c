/** What the DHCP client sends (RFC 2131 table 5). */
#include "dhcp_client.h"

#if LWIP_DHCP

#include "lwip/ip.h"
#include "lwip/sys.h"
#include "../base/hooks.h"
#include "../base/text_len.h"
#include <string.h>

#define SERVER_PORT 67
#define CLIENT_PORT 68

/** Octets of options: room for LWIP_HOOK_DHCP_APPEND_OPTIONS as struct dhcp_msg promises it. */
#if defined(DHCP_OPTIONS_LEN) && DHCP_OPTIONS_LEN > 68
#define OPTIONS_MAX DHCP_OPTIONS_LEN
#else
#define OPTIONS_MAX 68
#endif

/** The two options that are always the same: how long an answer may be, and what is to be in it. */
static const u8_t wishes[] = {
  DHCP_OPT_MAX_SIZE,
  2,
  576 >> 8,
  576 & 0xFF,
  DHCP_OPT_PARAMETERS,
  3 + (LWIP_DNS != 0) + (LWIP_DHCP_GET_NTP_SRV != 0) + (LWIP_DHCP_BOOTP_FILE != 0),
  DHCP_OPT_MASK,
  DHCP_OPT_ROUTER,
  DHCP_OPT_BROADCAST,
#if LWIP_DNS
  DHCP_OPT_DNS,
#endif
#if LWIP_DHCP_GET_NTP_SRV
  DHCP_OPT_NTP,
#endif
#if LWIP_DHCP_BOOTP_FILE
  DHCP_OPT_BOOT_FILE,
#endif
};

static struct udp_pcb *port;
static u8_t users;

bool dhcp_open_port(struct dhcp *d)
{
  if (users == 0) {
    port = udp_new();
    if (port == NULL) {
      return false;
    }
    ip_set_option(port, SOF_BROADCAST);
    if (udp_bind(port, IP4_ADDR_ANY, CLIENT_PORT) != ERR_OK) {
      udp_remove(port);
      return false;
    }
    udp_recv(port, dhcp_recv, NULL);
  }
  users++;
  d->pcb_allocated = 1;
  return true;
}

void dhcp_close_port(struct dhcp *d)
{
  if (d->pcb_allocated) {
    d->pcb_allocated = 0;
    if (--users == 0) {
      udp_remove(port);
    }
  }
}

/** Octets of a host name in a message. */
#define HOSTNAME_MAX 63
/** ... and of the option with it. */
#define HOSTNAME_OPTION (LWIP_NETIF_HOSTNAME ? 2 + HOSTNAME_MAX : 0)

#if LWIP_NETIF_HOSTNAME
/** @return position behind the name, cut to what fits */
static u8_t *put_hostname(u8_t *at, const struct netif *nif)
{
  size_t len = nif->hostname != NULL ? text_len(nif->hostname, HOSTNAME_MAX) : 0;

  return len != 0 ? dhcp_wire_put_opt(at, DHCP_OPT_HOSTNAME, nif->hostname, (u8_t)len) : at;
}
#else
static u8_t *put_hostname(u8_t *at, const struct netif *nif)
{
  LWIP_UNUSED_ARG(nif);
  return at;
}
#endif

/** The options table 5 wants for @p type in this state. */
static u8_t *put_options(const struct dhcp *d, u8_t *at, u8_t type)
{
  bool declines = type == DHCP_WIRE_DECLINE;

  at = dhcp_wire_put_opt(at, DHCP_OPT_TYPE, &type, 1);
  at = dhcp_wire_put_client_id(at, d->x_netif->hwaddr, d->x_netif->hwaddr_len);
  if (declines || type == DHCP_WIRE_RELEASE || d->state == DHCP_REQUESTING) {
    at = dhcp_wire_put_opt(at, DHCP_OPT_SERVER_ID, &ip_2_ip4(&d->server_ip_addr)->addr, 4);
  }
  if (declines || DHCP_IN(d, DHCP_BIT(DHCP_REQUESTING) | DHCP_BIT(DHCP_REBOOTING))) {
    at = dhcp_wire_put_opt(at, DHCP_OPT_REQUESTED_IP, &d->offered_ip_addr.addr, 4);
  }
  if (declines || type == DHCP_WIRE_RELEASE) {
    return at;
  }
  MEMCPY(at, wishes, sizeof wishes);
  return put_hostname(at + sizeof wishes, d->x_netif);
}

/** Our own address if the server may use it already; network order. */
static u32_t client_address(const struct dhcp *d, u8_t type)
{
  if (type == DHCP_WIRE_DECLINE) {
    return 0;
  }
  return DHCP_IN(d, DHCP_LEASED | DHCP_BIT(DHCP_INFORMING)) ? netif_ip4_addr(d->x_netif)->addr : 0;
}

static struct pbuf *make(struct dhcp *d, u8_t type, u32_t ciaddr)
{
  struct pbuf *p = pbuf_alloc(PBUF_TRANSPORT, DHCP_WIRE_OPTIONS + OPTIONS_MAX + HOSTNAME_OPTION, PBUF_RAM);
  u8_t *m, *end;
  u32_t secs;
  u16_t len;

  if (p == NULL) {
    return NULL;
  }
  m = (u8_t *)p->payload;
  memset(m, 0, p->len);
  secs = (sys_now() - d->x_start_ms) / 1000u;
  dhcp_wire_put(m, d->xid, (u16_t)LWIP_MIN(secs, 0xFFFFu), ciaddr, d->x_netif->hwaddr, d->x_netif->hwaddr_len);
  end = put_options(d, m + DHCP_WIRE_OPTIONS, type);
  len = (u16_t)(end - m - DHCP_WIRE_OPTIONS);
  hook_dhcp_append(d->x_netif, d, d->state, (struct dhcp_msg *)p->payload, type, &len);
  m[DHCP_WIRE_OPTIONS + len] = DHCP_OPT_END;
  pbuf_realloc(p, (u16_t)LWIP_MAX(DHCP_WIRE_OPTIONS + len + 1, DHCP_WIRE_LEN_MIN));
  return p;
}

void dhcp_send(struct dhcp *d, u8_t type)
{
  u32_t ciaddr = client_address(d, type);
  bool unicast = type == DHCP_WIRE_RELEASE || d->state == DHCP_RENEWING;
  struct pbuf *p = make(d, type, ciaddr);
  ip_addr_t src;

  if (p == NULL) {
    return;
  }
  ip_addr_set_ip4_u32_val(src, ciaddr);
  udp_sendto_if_src(port, p, unicast ? &d->server_ip_addr : IP_ADDR_BROADCAST, SERVER_PORT, d->x_netif, &src);
  pbuf_free(p);
}

#endif
