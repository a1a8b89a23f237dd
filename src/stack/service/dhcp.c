/** The DHCP client's public functions. */
#include "lwip/dhcp.h"

#if LWIP_DHCP

#include "lwip/mem.h"
#include "dhcp_client.h"
#include "../base/core.h"
#include "../mem/timeouts_run.h"
#include <string.h>

#define MTU_MIN 576

static void set_data(struct netif *nif, struct dhcp *d)
{
  netif_set_client_data(nif, LWIP_NETIF_CLIENT_DATA_INDEX_DHCP, d);
}

/** The client of @p nif if it is running, else NULL. */
static struct dhcp *running(struct netif *nif)
{
  struct dhcp *d = nif != NULL ? netif_dhcp_data(nif) : NULL;

  return d != NULL && d->state != DHCP_OFF ? d : NULL;
}

/** A fresh client for @p nif, with its port open; NULL: no memory. */
static struct dhcp *renew_struct(struct netif *nif)
{
  struct dhcp *d = netif_dhcp_data(nif);

  if (d == NULL) {
    d = (struct dhcp *)mem_malloc(sizeof *d);
    if (d == NULL) {
      return NULL;
    }
    set_data(nif, d);
  } else if (d->state != DHCP_OFF) {
    dhcp_halt(d);
  }
  memset(d, 0, sizeof *d);
  d->x_netif = nif;
  return dhcp_open_port(d) ? d : NULL;
}

static void stop(struct netif *nif, bool tell_server)
{
  struct dhcp *d = running(nif);
  bool leased;

  if (d == NULL) {
    return;
  }
  leased = DHCP_IN(d, DHCP_LEASED | DHCP_BIT(DHCP_REBOOTING));
  if (tell_server && DHCP_IN(d, DHCP_LEASED)) {
    dhcp_send(d, DHCP_WIRE_RELEASE);
  }
  dhcp_halt(d);
  if (leased) {
    dhcp_drop_address(d);
  }
}

static void network_changed(struct netif *nif)
{
  struct dhcp *d = running(nif);

  if (d == NULL) {
    return;
  }
  if (DHCP_IN(d, DHCP_LEASED | DHCP_BIT(DHCP_REBOOTING))) {
    dhcp_reboot(d);
  } else if (DHCP_IN(d, DHCP_BIT(DHCP_INFORMING) | DHCP_BIT(DHCP_PERMANENT))) {
    dhcp_ask_parameters(d);
  } else {
    dhcp_discover(d);
  }
}

void dhcp_netif_changed(const struct link_change *c)
{
  if (c->what == LINK_EV_REMOVED) {
    stop(c->nif, false);
  } else if ((c->what == LINK_EV_UP || c->what == LINK_EV_LINK_UP) && netif_is_up(c->nif) && netif_is_link_up(c->nif)) {
    network_changed(c->nif);
  }
}

void dhcp_set_struct(struct netif *netif, struct dhcp *dhcp)
{
  if (netif_dhcp_data(netif) == dhcp) {
    dhcp_release_and_stop(netif);
  }
  memset(dhcp, 0, sizeof *dhcp);
  set_data(netif, dhcp);
}

void dhcp_x_remove_struct(struct netif *netif)
{
  if (core_enter()) {
    stop(netif, false);
    set_data(netif, NULL);
    core_leave();
  }
}

void dhcp_cleanup(struct netif *netif)
{
  if (netif != NULL && netif_dhcp_data(netif) != NULL && core_enter()) {
    stop(netif, false);
    mem_free(netif_dhcp_data(netif));
    set_data(netif, NULL);
    core_leave();
  }
}

err_t dhcp_start(struct netif *netif)
{
  struct dhcp *d;

  if (netif == NULL || !netif_is_up(netif)) {
    return ERR_ARG;
  }
  if (netif->mtu < MTU_MIN) {
    return ERR_MEM;
  }
  if (!core_enter()) {
    return ERR_INPROGRESS;
  }
  d = renew_struct(netif);
  if (d != NULL) {
    dhcp_discover(d);
  }
  core_leave();
  return d != NULL ? ERR_OK : ERR_MEM;
}

err_t dhcp_renew(struct netif *netif)
{
  struct dhcp *d = running(netif);

  if (d == NULL || !DHCP_IN(d, DHCP_LEASED)) {
    return ERR_VAL;
  }
  if (!core_enter()) {
    return ERR_INPROGRESS;
  }
  dhcp_start_renewing(d);
  core_leave();
  return ERR_OK;
}

void dhcp_release_and_stop(struct netif *netif)
{
  if (core_enter()) {
    stop(netif, true);
    core_leave();
  }
}

err_t dhcp_release(struct netif *netif)
{
  dhcp_release_and_stop(netif);
  return ERR_OK;
}

void dhcp_stop(struct netif *netif)
{
  dhcp_release_and_stop(netif);
}

void dhcp_inform(struct netif *netif)
{
  struct dhcp *d = running(netif);

  if (netif == NULL || (d != NULL && !DHCP_IN(d, DHCP_BIT(DHCP_INFORMING) | DHCP_BIT(DHCP_PERMANENT))) ||
      !core_enter()) {
    return; /* with a lease the parameters come with it */
  }
  d = renew_struct(netif);
  if (d != NULL) {
    dhcp_ask_parameters(d);
  }
  core_leave();
}

void dhcp_network_changed(struct netif *netif)
{
  if (core_enter()) {
    network_changed(netif);
    core_leave();
  }
}

#if DHCP_DOES_ARP_CHECK
void dhcp_arp_reply(struct netif *netif, const ip4_addr_t *addr)
{
  struct dhcp *d = running(netif);

  if (d != NULL && d->state == DHCP_CHECKING && ip4_addr_cmp(addr, &d->offered_ip_addr) && core_enter()) {
    dhcp_decline(d);
    core_leave();
  }
}
#endif

u8_t dhcp_supplied_address(const struct netif *netif)
{
  const struct dhcp *d = netif != NULL ? netif_dhcp_data(netif) : NULL;

  return d != NULL && DHCP_IN(d, DHCP_LEASED);
}

void dhcp_coarse_tmr(void)
{
  timeouts_poll_by_hand();
}

void dhcp_fine_tmr(void)
{
  timeouts_poll_by_hand();
}

#endif
