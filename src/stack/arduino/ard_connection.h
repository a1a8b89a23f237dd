/** The connections behind LwIPClient and LwIPServer: slots with a reference count, and the callbacks that fill them. */
#ifndef LWIP_STACK_ARDUINO_CONNECTION_H
#define LWIP_STACK_ARDUINO_CONNECTION_H

#include "ard_common.h"

#if LWIP_X_ARDUINO

#include "lwip/pbuf.h"
#include "lwip/tcp.h"

/** Connections that sketches can hold at once. */
#ifndef LWIP_X_ARDUINO_CONNECTIONS
#define LWIP_X_ARDUINO_CONNECTIONS MEMP_NUM_TCP_PCB
#endif

struct LwIPConnection {
  struct tcp_pcb *pcb;     /* nullptr: closed, or never opened */
  struct pbuf *in;         /* received and not read */
  struct pbuf *tail;       /* the last pbuf of in, if it has room for more, else nullptr */
  uint8_t *tail_end;       /* where that room ends */
  const LwIPServer *owner; /* the server that holds a reference, or nullptr */
  uint16_t port;           /* the server's port it came in by, 0: we connected */
  uint8_t refs;            /* 0: the slot is free */
  bool opening;            /* connect() is not decided */
  bool ended;              /* the peer will send no more */
};

/** A free slot with one reference, or nullptr. */
LwIPConnection *ard_connection_new();
/** Make @p pcb call back about @p c. */
void ard_connection_attach(LwIPConnection *c, struct tcp_pcb *pcb);
static inline void ard_connection_ref(LwIPConnection *c)
{
  c->refs++;
}
/** Give a reference back; the last one closes. */
void ard_connection_unref(LwIPConnection *c);
void ard_connection_close(LwIPConnection *c);
/** Slot @p i if it is in use, else nullptr. */
LwIPConnection *ard_connection_at(uint8_t i);

static inline uint16_t ard_connection_unread(const LwIPConnection *c)
{
  return c->in != nullptr ? c->in->tot_len : 0;
}
/** Queue what there is room for.  @return octets */
size_t ard_connection_write(LwIPConnection *c, const uint8_t *data, size_t size);
/** Take up to @p size octets out.  @return how many */
size_t ard_connection_read(LwIPConnection *c, uint8_t *buffer, size_t size);

#endif

#endif
