/**
 * An Ethernet library in the manner of STM32Ethernet 1.x: SysTick calls the driver and sys_check_timeouts() every
 * millisecond; the sketch's calls go straight to the raw API, with nothing to keep the two apart.
 */
#ifndef TIMERETHERNET_H
#define TIMERETHERNET_H

#include <Arduino.h>
#include <LwIP.h>

#include "lwip/tcp.h"

/** Start the interface with DHCP and the interrupt; waits for the address. */
bool timerEthernetBegin(unsigned long timeout_ms);
/** Milliseconds counted by the interrupt. */
uint32_t timerEthernetTicks();

/** A connection, as EthernetClient keeps it: a queue of pbufs that the callback fills in the interrupt. */
struct TimerClient {
  struct tcp_pcb *volatile pcb;
  struct pbuf *volatile data;
  volatile bool finished;

  int read(uint8_t *buffer, size_t size);
  size_t write(const uint8_t *data, size_t size);
  void stop();
};

/** Listen on @p port; accept() gives the next connection, or nullptr. */
bool timerServerBegin(uint16_t port);
TimerClient *timerServerAccept();

#endif
