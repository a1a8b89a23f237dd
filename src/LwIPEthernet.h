/**
 * Arduino's face of the stack: LwIPEthernet (the interface), LwIPClient, LwIPServer and LwIPUDP.
 *
 * They derive from the core's Client, Server and UDP, so every library that takes one of those works.  Nothing waits
 * unless its name or its parameter says how long; nothing needs an interrupt: whatever you call here also moves the
 * network on, and LwIPEthernet.loop() does nothing else.  Call it, or any of the others, as often as loop() turns.
 *
 *   #include <LwIPEthernet.h>
 *   LwIPServer server(80);
 *   void setup() { LwIPEthernet.begin(); server.begin(); }
 *   void loop()  { LwIPClient c = server.accept(); if (c) { c.println("hello"); c.stop(); } }
 *
 * All of it is called from setup() and loop() (one context), never from an interrupt.  The raw API may be used beside
 * it: LwIPEthernet.netif() is the interface.
 */
#ifndef LWIP_ETHERNET_H
#define LWIP_ETHERNET_H

#include <Arduino.h>
#include <IPAddress.h>

#include "LwIP.h"
#include "LwIPAddress.h"
#include "LwIPClient.h"
#include "LwIPDriver.h"
#include "LwIPServer.h"
#include "LwIPUDP.h"

/** The cable. */
enum class LwIPLink : uint8_t {
  Unknown, /**< begin() was not called, or there is no hardware */
  Down,
  Up
};

class LwIPEthernetClass {
public:
  constexpr LwIPEthernetClass() = default;
  LwIPEthernetClass(const LwIPEthernetClass &) = delete;
  LwIPEthernetClass &operator=(const LwIPEthernetClass &) = delete;

  /**
   * Start with an address from DHCP.  Returns at once: waitForLocalIP() waits for the address, onAddress() tells of it.
   * @param mac  6 octets, or nullptr: the driver's own (on STM32 one made from the chip's unique number)
   * @return false: no driver, no hardware, no random numbers (lwip/x_entropy.h), or begun already
   */
  bool begin(const uint8_t *mac = nullptr);
  /**
   * Start with a fixed address.  What is left out is guessed as Arduino does: mask 255.255.255.0, gateway and DNS
   * server the first host of the network.
   */
  bool begin(const uint8_t *mac, IPAddress ip);
  bool begin(const uint8_t *mac, IPAddress ip, IPAddress dns);
  bool begin(const uint8_t *mac, IPAddress ip, IPAddress dns, IPAddress gateway);
  bool begin(const uint8_t *mac, IPAddress ip, IPAddress dns, IPAddress gateway, IPAddress mask);
  /** Give the address back and stop.  Connections are aborted. */
  void end();

  /** Use @p driver instead of the board's own; before begin(). */
  void setDriver(const LwIPDriver &driver);

  /** Move the network on: frames in, timers. */
  void loop();
  /** As loop(); for sketches written for other libraries.  @return 0 */
  int maintain();

  /** Wait up to @p timeout_ms for the cable.  @return is it there? */
  bool waitForLink(uint32_t timeout_ms);
  /** Wait up to @p timeout_ms for an IPv4 address.  @return is it there? */
  bool waitForLocalIP(uint32_t timeout_ms);

  LwIPLink linkStatus() const;
  bool linkUp() const;
  IPAddress localIP() const;
  IPAddress subnetMask() const;
  IPAddress gatewayIP() const;
  /** DNS server number @p i, 0.0.0.0: there is none. */
  IPAddress dnsServerIP(uint8_t i = 0) const;
  void setDnsServerIP(IPAddress ip, uint8_t i = 0);
  /** Copy the MAC address to the 6 octets at @p mac. */
  void macAddress(uint8_t *mac) const;
  /** The name DHCP tells the router; lent, before begin(). */
  void setHostname(const char *name);
#if LWIP_IPV6
  /* begin() makes the link-local address, number 0, and takes the others from routers. */
  /** IPv6 address number @p i; false: there is none, or it is not valid yet. */
  LwIPAddress localIP6(uint8_t i = 0) const;
  /** The same as text, to @p text.  @return false: there is none, or it is not valid yet */
  bool localIP6(uint8_t i, char *text, size_t size) const;
  /** The first address that reaches farther than the link; false: there is none yet. */
  LwIPAddress globalIP6() const;
  /** Add a fixed address; it is checked for duplicates first.  @return false: not IPv6, or no room */
  bool addLocalIP6(const LwIPAddress &ip);
  /** Wait up to @p timeout_ms for globalIP6().  @return is it there? */
  bool waitForGlobalIP6(uint32_t timeout_ms);
#endif

  /**
   * Look a name up, or read an address in text.
   * @return false: unknown, or not within @p timeout_ms
   */
  bool hostByName(const char *name, IPAddress &ip, uint32_t timeout_ms = 5000);
  /** As above, for either family. */
  bool hostByName(const char *name, ip_addr_t &ip, uint32_t timeout_ms = 5000);

  bool hostByName(const char *name, LwIPAddress &ip, uint32_t timeout_ms = 5000);

  /** Receive what is sent to the multicast group @p group.  @return false: no group, no room, or LWIP_IGMP, LWIP_IPV6_MLD is 0 */
  bool joinGroup(const LwIPAddress &group);
  bool leaveGroup(const LwIPAddress &group);

  /** Called when the cable comes or goes.  Inside, do not wait: set a flag, start something. */
  void onLink(void (*callback)(bool up));
  /** Called when the IPv4 address has changed; 0.0.0.0: it is gone. */
  void onAddress(void (*callback)(IPAddress ip));

  /** The interface, for the raw API. */
  struct netif *netif()
  {
    return &netif_;
  }
  /** Is it started? */
  explicit operator bool() const
  {
    return begun_;
  }

private:
  bool start(const uint8_t *mac, const ip4_addr_t *ip, const ip4_addr_t *mask, const ip4_addr_t *gateway);
  static void status_changed(struct netif *nif);
  static void link_changed(struct netif *nif);

  struct netif netif_ = {};
  LwIPDriver driver_ = {};
  const char *hostname_ = nullptr;
  void (*on_link_)(bool) = nullptr;
  void (*on_address_)(IPAddress) = nullptr;
  uint32_t told_ = 0; /* the address onAddress() heard of last */
  bool begun_ = false;
  bool initialised_ = false;
  bool looping_ = false;
};

extern LwIPEthernetClass LwIPEthernet;

#endif
