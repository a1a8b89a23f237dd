/** The DHCPv6 client's public functions. */
#include "lwip/dhcp6.h"

#if LWIP_IPV6 && LWIP_IPV6_DHCP6

#include "dhcp6_client.h"
#include "../base/core.h"
#include "../ip/nd6_host.h"
#include "../mem/timeouts_run.h"
#include "lwip/mem.h"
#include <string.h>

enum { MODE_STATEFUL = 1 };

static void set_data(struct netif *nif, struct dhcp6 *d)
{
  netif_set_client_data(nif, LWIP_NETIF_CLIENT_DATA_INDEX_DHCP6, d);
}

/** The client of @p nif if it is running, else NULL. */
static struct dhcp6 *running(const struct netif *nif)
{
  struct dhcp6 *d = nif != NULL ? netif_dhcp6_data(nif) : NULL;

  return d != NULL && d->state != DHCP6_OFF ? d : NULL;
}

/** The client of @p nif, made if there is none, its port open; NULL: no memory. */
static struct dhcp6 *client(struct netif *nif)
{
  struct dhcp6 *d = netif_dhcp6_data(nif);

  if (d == NULL) {
    d = (struct dhcp6 *)mem_calloc(1, sizeof *d);
    if (d == NULL) {
      return NULL;
    }
    set_data(nif, d);
  }
  d->x_netif = nif;
  return d->pcb_allocated || dhcp6_open_port(d) ? d : NULL;
}

/** Give up leases and tell the server, who may take some time to hear it. */
static void leave(struct netif *nif)
{
  struct dhcp6 *d = running(nif);

  if (d == NULL || d->state == DHCP6_RELEASING) {
    return;
  }
  if (LWIP_IPV6_DHCP6_STATEFUL && DHCP6_IN(d, DHCP6_LEASED) && netif_is_up(nif) && netif_is_link_up(nif)) {
    dhcp6_give_up_leases(d);
    dhcp6_begin(d, DHCP6_RELEASING);
  } else {
    dhcp6_halt(d);
    dhcp6_drop_leases(nif);
  }
}

/** The same, and wait for nothing: the server is told once at most, as the client or its interface is going. */
static void stop(struct netif *nif, bool tell_server)
{
  struct dhcp6 *d = running(nif);

  if (d == NULL) {
    return;
  }
  if (tell_server) {
    leave(nif);
  }
  dhcp6_halt(d);
  dhcp6_drop_leases(nif);
}

static err_t enable(struct netif *nif, u8_t mode)
{
  struct dhcp6 *d;

  if (nif == NULL) {
    return ERR_ARG;
  }
  if (!core_enter()) {
    return ERR_INPROGRESS;
  }
  d = running(nif);
  if (d != NULL && (d->x_mode != mode || d->state == DHCP6_RELEASING)) {
    stop(nif, true);
  }
  d = client(nif);
  if (d != NULL && d->state == DHCP6_OFF) {
    d->x_mode = mode;
    d->x_configured = 0;
    d->state = DHCP6_IDLE;
    nd6_rs_start(nif, 0); /* what a router said before nobody remembers */
  }
  core_leave();
  return d != NULL ? ERR_OK : ERR_MEM;
}

err_t dhcp6_enable_stateless(struct netif *netif)
{
  return enable(netif, 0);
}

err_t dhcp6_enable_stateful(struct netif *netif)
{
  return LWIP_IPV6_DHCP6_STATEFUL ? enable(netif, MODE_STATEFUL) : ERR_VAL;
}

void dhcp6_disable(struct netif *netif)
{
  if (netif != NULL && core_enter()) {
    leave(netif);
    core_leave();
  }
}

void dhcp6_set_struct(struct netif *netif, struct dhcp6 *dhcp6)
{
  if (netif == NULL || dhcp6 == NULL || !core_enter()) {
    return;
  }
  stop(netif, true);
  memset(dhcp6, 0, sizeof *dhcp6);
  set_data(netif, dhcp6);
  core_leave();
}

void dhcp6_x_remove_struct(struct netif *netif)
{
  if (netif != NULL && core_enter()) {
    stop(netif, false);
    set_data(netif, NULL);
    core_leave();
  }
}

void dhcp6_cleanup(struct netif *netif)
{
  if (netif != NULL && netif_dhcp6_data(netif) != NULL && core_enter()) {
    stop(netif, false);
    mem_free(netif_dhcp6_data(netif));
    set_data(netif, NULL);
    core_leave();
  }
}

/** An advertisement says where addresses and parameters come from; it comes often, and starts what is not under way. */
void dhcp6_nd6_ra_trigger(struct netif *netif, u8_t managed_addr_config, u8_t other_config)
{
  struct dhcp6 *d = running(netif);

  if (d == NULL || !DHCP6_IN(d, DHCP6_BIT(DHCP6_IDLE) | DHCP6_BIT(DHCP6_INFORMING))) {
    return;
  }
  if (managed_addr_config && d->x_mode == MODE_STATEFUL) {
    dhcp6_begin(d, DHCP6_SOLICITING);
  } else if (!managed_addr_config && !other_config) {
    if (d->state == DHCP6_INFORMING) {
      dhcp6_rest(d, 0);
    }
  } else if (d->state == DHCP6_IDLE && !d->x_configured) {
    dhcp6_begin(d, DHCP6_INFORMING);
  }
}

void dhcp6_netif_changed(const struct link_change *c)
{
  struct dhcp6 *d = running(c->nif);

  if (d == NULL) {
    return;
  }
  if (c->what == LINK_EV_REMOVED) {
    stop(c->nif, false);
  } else if ((c->what == LINK_EV_UP || c->what == LINK_EV_LINK_UP) && netif_is_up(c->nif) && netif_is_link_up(c->nif)) {
    if (DHCP6_IN(d, DHCP6_LEASED)) {
      dhcp6_begin(d, DHCP6_CONFIRMING); /* still at home? */
    } else {
      d->x_configured = 0;
      dhcp6_rest(d, 0);
    }
  }
}

void dhcp6_tmr(void)
{
  timeouts_poll_by_hand();
}

#endif
