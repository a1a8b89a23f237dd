/** What will happen when: a binary heap by time, then by order of arrival. */
#ifndef TEST_SIM_EVENT_H
#define TEST_SIM_EVENT_H

#include "sim.h"

enum event_kind { EVENT_FRAME, EVENT_SENT, EVENT_CONNECT, EVENT_DATAGRAM, EVENT_STOP, EVENT_CUT };

struct event {
  uint64_t at_us, order;
  enum event_kind kind;
  int node, iface;
  uint32_t arg;
  size_t len;
  uint8_t *frame; /**< owned by the event */
};

void event_push(uint64_t at_us, enum event_kind kind, int node, int iface, uint32_t arg, const uint8_t *frame,
                size_t len);
bool event_any(void);
uint64_t event_next_us(void);
/** Gives the earliest event; the caller frees its frame. */
struct event event_pop(void);
size_t event_count(void);

#endif
