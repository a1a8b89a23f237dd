#include "ard_common.h"

#if LWIP_X_ARDUINO

#include "lwip/dhcp.h"
#include "lwip/igmp.h"
#include "lwip/init.h"
#include "lwip/mld6.h"
#include "lwip/timeouts.h"
#include "netif/ethernet.h"

#if defined(LWIP_X_ARDUINO_DRIVER)
#include LWIP_X_ARDUINO_DRIVER
#elif LWIP_X_ARDUINO_STM32
#include "LwIPSTM32.h"
#else
static inline LwIPDriver lwip_x_arduino_driver()
{
  return {};
}
#endif

#if LWIP_DHCP
static bool lease_begin(struct netif *nif)
{
  return dhcp_start(nif) == ERR_OK;
}

static void lease_end(struct netif *nif)
{
  dhcp_release_and_stop(nif);
}
#else
static bool lease_begin(struct netif *)
{
  return true;
}

static void lease_end(struct netif *)
{
}
#endif

#if LWIP_NETIF_HOSTNAME
static void name_is(struct netif *nif, const char *name)
{
  netif_set_hostname(nif, name);
}
#else
static void name_is(struct netif *, const char *)
{
}
#endif

#if LWIP_NETIF_STATUS_CALLBACK
static void watch_status(struct netif *nif, netif_status_callback_fn changed)
{
  netif_set_status_callback(nif, changed);
}
#else
static void watch_status(struct netif *, netif_status_callback_fn)
{
}
#endif

#if LWIP_NETIF_LINK_CALLBACK
static void watch_link(struct netif *nif, netif_status_callback_fn changed)
{
  netif_set_link_callback(nif, changed);
}
#else
static void watch_link(struct netif *, netif_status_callback_fn)
{
}
#endif

#if LWIP_IPV6
static void configure_ip6(struct netif *nif)
{
  netif_create_ip6_linklocal_address(nif, 1);
  netif_set_ip6_autoconfig_enabled(nif, 1);
}
#else
static void configure_ip6(struct netif *)
{
}
#endif

/* Nothing is constructed at run time, so that a sketch that does not use it does not carry it. */
LwIPEthernetClass LwIPEthernet;

/* The interface went up or down, or an address of any kind changed. */
void LwIPEthernetClass::status_changed(struct netif *nif)
{
  uint32_t now = ip4_addr_get_u32(netif_ip4_addr(nif));

  if (now == LwIPEthernet.told_) {
    return;
  }
  LwIPEthernet.told_ = now;
  if (LwIPEthernet.on_address_ != nullptr) {
    LwIPEthernet.on_address_(LwIPEthernet.localIP());
  }
}

void LwIPEthernetClass::link_changed(struct netif *nif)
{
  if (LwIPEthernet.on_link_ != nullptr) {
    LwIPEthernet.on_link_(netif_is_link_up(nif));
  }
}

bool LwIPEthernetClass::start(const uint8_t *mac, const ip4_addr_t *ip, const ip4_addr_t *mask, const ip4_addr_t *gw)
{
  if (driver_.init == nullptr) {
    driver_ = lwip_x_arduino_driver();
  }
  if (begun_ || driver_.init == nullptr || !ard_has_entropy()) {
    return false;
  }
  if (!initialised_) {
    lwip_init();
    initialised_ = true;
  }
  netif_.hwaddr_len = 0;
  if (mac != nullptr) {
    memcpy(netif_.hwaddr, mac, ETH_HWADDR_LEN);
    netif_.hwaddr_len = ETH_HWADDR_LEN;
  }
  if (netif_add(&netif_, ip, mask, gw, driver_.state, driver_.init, ethernet_input) == nullptr) {
    return false;
  }
  begun_ = true;
  name_is(&netif_, hostname_);
  watch_status(&netif_, status_changed);
  watch_link(&netif_, link_changed);
  netif_set_default(&netif_);
  configure_ip6(&netif_);
  netif_set_up(&netif_);
  return true;
}

bool LwIPEthernetClass::begin(const uint8_t *mac)
{
  return start(mac, nullptr, nullptr, nullptr) && lease_begin(&netif_);
}

bool LwIPEthernetClass::begin(const uint8_t *mac, IPAddress ip)
{
  return begin(mac, ip, IPAddress(ip[0], ip[1], ip[2], 1));
}

bool LwIPEthernetClass::begin(const uint8_t *mac, IPAddress ip, IPAddress dns)
{
  return begin(mac, ip, dns, IPAddress(ip[0], ip[1], ip[2], 1));
}

bool LwIPEthernetClass::begin(const uint8_t *mac, IPAddress ip, IPAddress dns, IPAddress gateway)
{
  return begin(mac, ip, dns, gateway, IPAddress(255, 255, 255, 0));
}

bool LwIPEthernetClass::begin(const uint8_t *mac, IPAddress ip, IPAddress dns, IPAddress gateway, IPAddress mask)
{
  ip_addr_t a = ard_ip(ip), m = ard_ip(mask), g = ard_ip(gateway);

  if (!start(mac, ip_2_ip4(&a), ip_2_ip4(&m), ip_2_ip4(&g))) {
    return false;
  }
  setDnsServerIP(dns);
  return true;
}

void LwIPEthernetClass::end()
{
  if (!begun_) {
    return;
  }
  lease_end(&netif_);
  netif_set_down(&netif_);
  if (driver_.stop != nullptr) {
    driver_.stop(&netif_);
  }
  netif_remove(&netif_);
  begun_ = false;
}

void LwIPEthernetClass::setDriver(const LwIPDriver &driver)
{
  if (!begun_) {
    driver_ = driver;
  }
}

/* Reached again from a callback, it has nothing to do: the outer one is at it. */
void LwIPEthernetClass::loop()
{
  if (!begun_ || looping_) {
    return;
  }
  looping_ = true;
  driver_.poll(&netif_);
  sys_check_timeouts();
  looping_ = false;
  yield();
}

int LwIPEthernetClass::maintain()
{
  loop();
  return 0;
}

bool LwIPEthernetClass::waitForLink(uint32_t timeout_ms)
{
  return ard_wait(timeout_ms, [this] { return linkUp(); });
}

bool LwIPEthernetClass::waitForLocalIP(uint32_t timeout_ms)
{
  return ard_wait(timeout_ms, [this] { return linkUp() && !ip4_addr_isany(netif_ip4_addr(&netif_)); });
}

LwIPLink LwIPEthernetClass::linkStatus() const
{
  if (!begun_) {
    return LwIPLink::Unknown;
  }
  return netif_is_link_up(&netif_) ? LwIPLink::Up : LwIPLink::Down;
}

bool LwIPEthernetClass::linkUp() const
{
  return linkStatus() == LwIPLink::Up;
}

IPAddress LwIPEthernetClass::localIP() const
{
  return ard_ip(*netif_ip_addr4(&netif_));
}

IPAddress LwIPEthernetClass::subnetMask() const
{
  return ard_ip(*netif_ip_netmask4(&netif_));
}

IPAddress LwIPEthernetClass::gatewayIP() const
{
  return ard_ip(*netif_ip_gw4(&netif_));
}

void LwIPEthernetClass::macAddress(uint8_t *mac) const
{
  memcpy(mac, netif_.hwaddr, ETH_HWADDR_LEN);
}

void LwIPEthernetClass::setHostname(const char *name)
{
  hostname_ = name;
}

#if LWIP_IPV6
LwIPAddress LwIPEthernetClass::localIP6(uint8_t i) const
{
  if (i >= LWIP_IPV6_NUM_ADDRESSES || !ip6_addr_isvalid(netif_ip6_addr_state(&netif_, i))) {
    return LwIPAddress();
  }
  return *netif_ip_addr6(&netif_, i);
}

bool LwIPEthernetClass::localIP6(uint8_t i, char *text, size_t size) const
{
  LwIPAddress ip = localIP6(i);

  return ip && ip.toString(text, size) != nullptr;
}

LwIPAddress LwIPEthernetClass::globalIP6() const
{
  for (uint8_t i = 0; i < LWIP_IPV6_NUM_ADDRESSES; i++) {
    LwIPAddress ip = localIP6(i);

    if (ip && !ip6_addr_islinklocal(netif_ip6_addr(&netif_, i))) {
      return ip;
    }
  }
  return LwIPAddress();
}

bool LwIPEthernetClass::addLocalIP6(const LwIPAddress &ip)
{
  const ip_addr_t &a = ip;

  return begun_ && ip && ip.isV6() && netif_add_ip6_address(&netif_, ip_2_ip6(&a), nullptr) == ERR_OK;
}

bool LwIPEthernetClass::waitForGlobalIP6(uint32_t timeout_ms)
{
  return ard_wait(timeout_ms, [this] { return linkUp() && globalIP6(); });
}
#endif

#if LWIP_IGMP
static bool group4(struct netif *nif, const ip_addr_t &group, bool join)
{
  return (join ? igmp_joingroup_netif : igmp_leavegroup_netif)(nif, ip_2_ip4(&group)) == ERR_OK;
}
#else
static bool group4(struct netif *, const ip_addr_t &, bool)
{
  return false;
}
#endif

#if LWIP_IPV6 && LWIP_IPV6_MLD
static bool group6(struct netif *nif, const ip_addr_t &group, bool join)
{
  return (join ? mld6_joingroup_netif : mld6_leavegroup_netif)(nif, ip_2_ip6(&group)) == ERR_OK;
}
#else
static bool group6(struct netif *, const ip_addr_t &, bool)
{
  return false;
}
#endif

bool LwIPEthernetClass::joinGroup(const LwIPAddress &group)
{
  return (group.isV6() ? group6 : group4)(&netif_, group, true);
}

bool LwIPEthernetClass::leaveGroup(const LwIPAddress &group)
{
  return (group.isV6() ? group6 : group4)(&netif_, group, false);
}

void LwIPEthernetClass::onLink(void (*callback)(bool up))
{
  on_link_ = callback;
}

void LwIPEthernetClass::onAddress(void (*callback)(IPAddress ip))
{
  on_address_ = callback;
}

#endif
