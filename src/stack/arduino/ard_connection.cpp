/**
 * Received text waits in pbufs until the sketch reads it.  A driver's buffer holds a whole frame: kept for a few octets,
 * the window's worth of small segments would hold all of them, and not even an acknowledgement could come in.  So
 * small segments are gathered in buffers of the heap.
 */
#include "ard_connection.h"

#if LWIP_X_ARDUINO

#define GATHER_BELOW (TCP_MSS * 3 / 4)
#define GATHER_SIZE 512

static LwIPConnection slots[LWIP_X_ARDUINO_CONNECTIONS];

LwIPConnection *ard_connection_new()
{
  for (LwIPConnection &c : slots) {
    if (c.refs == 0) {
      c = LwIPConnection{};
      c.refs = 1;
      return &c;
    }
  }
  return nullptr;
}

LwIPConnection *ard_connection_at(uint8_t i)
{
  return slots[i].refs != 0 ? &slots[i] : nullptr;
}

static void append(LwIPConnection *c, struct pbuf *p)
{
  if (c->in == nullptr) {
    c->in = p;
  } else {
    pbuf_cat(c->in, p);
  }
}

static size_t tail_room(const LwIPConnection *c)
{
  return c->tail != nullptr ? (size_t)(c->tail_end - (static_cast<uint8_t *>(c->tail->payload) + c->tail->len)) : 0;
}

/* An empty buffer for at least len octets at the end of in. */
static bool new_tail(LwIPConnection *c, u16_t len)
{
  struct pbuf *q = pbuf_alloc(PBUF_RAW, LWIP_MAX(len, (u16_t)GATHER_SIZE), PBUF_RAM);

  if (q == nullptr) {
    return false;
  }
  c->tail = q;
  c->tail_end = static_cast<uint8_t *>(q->payload) + q->len;
  q->len = q->tot_len = 0;
  append(c, q);
  return true;
}

/* Copy p to the end of in and free it.  @return false: p is large, or there is no memory; it is still the caller's */
static bool gather(LwIPConnection *c, struct pbuf *p)
{
  u16_t len = p->tot_len;

  if (len >= GATHER_BELOW || (tail_room(c) < len && !new_tail(c, len))) {
    return false;
  }
  pbuf_copy_partial(p, static_cast<uint8_t *>(c->tail->payload) + c->tail->len, len, 0);
  pbuf_free(p);
  c->tail->len = (u16_t)(c->tail->len + len);
  for (struct pbuf *q = c->in; q != nullptr; q = q->next) {
    q->tot_len = (u16_t)(q->tot_len + len);
  }
  return true;
}

static err_t on_recv(void *arg, struct tcp_pcb *, struct pbuf *p, err_t)
{
  auto *c = static_cast<LwIPConnection *>(arg);

  if (p == nullptr) {
    c->ended = true;
  } else if (!gather(c, p)) {
    append(c, p);
    c->tail = nullptr;
  }
  return ERR_OK;
}

static err_t on_connected(void *arg, struct tcp_pcb *, err_t)
{
  static_cast<LwIPConnection *>(arg)->opening = false;
  return ERR_OK;
}

/* The pcb is gone already. */
static void on_error(void *arg, err_t)
{
  auto *c = static_cast<LwIPConnection *>(arg);

  c->pcb = nullptr;
  c->opening = false;
  c->ended = true;
}

void ard_connection_attach(LwIPConnection *c, struct tcp_pcb *pcb)
{
  c->pcb = pcb;
  tcp_arg(pcb, c);
  tcp_recv(pcb, on_recv);
  tcp_err(pcb, on_error);
  pcb->connected = on_connected; /* tcp_connect() sets it again; an accepted one never calls it */
}

void ard_connection_close(LwIPConnection *c)
{
  struct tcp_pcb *pcb = c->pcb;

  if (c->in != nullptr) {
    if (pcb != nullptr) {
      tcp_recved(pcb, c->in->tot_len); /* forgotten, not lost: the close is an orderly one */
    }
    pbuf_free(c->in);
    c->in = c->tail = nullptr;
  }
  c->pcb = nullptr;
  c->opening = false;
  c->ended = true;
  if (pcb != nullptr) {
    tcp_arg(pcb, nullptr);
    tcp_recv(pcb, nullptr);
    tcp_err(pcb, nullptr);
    if (tcp_close(pcb) != ERR_OK) {
      tcp_abort(pcb);
    }
  }
}

void ard_connection_unref(LwIPConnection *c)
{
  if (c->refs == 1) {
    ard_connection_close(c);
  }
  c->refs--;
}

size_t ard_connection_write(LwIPConnection *c, const uint8_t *data, size_t size)
{
  size_t done = 0;

  while (c->pcb != nullptr && done < size) {
    size_t n = LWIP_MIN(size - done, (size_t)tcp_sndbuf(c->pcb));

    n = LWIP_MIN(n, (size_t)0xFFFF);
    if (n == 0 || tcp_write(c->pcb, data + done, (u16_t)n, TCP_WRITE_FLAG_COPY | LWIP_X_TCP_WRITE_OUTPUT) != ERR_OK) {
      break;
    }
    done += n;
  }
  if (c->pcb != nullptr) {
    tcp_output(c->pcb);
  }
  return done;
}

size_t ard_connection_read(LwIPConnection *c, uint8_t *buffer, size_t size)
{
  u16_t n = (u16_t)LWIP_MIN(size, (size_t)ard_connection_unread(c));

  if (n == 0) {
    return 0;
  }
  pbuf_copy_partial(c->in, buffer, n, 0);
  c->in = pbuf_free_header(c->in, n);
  if (c->in == nullptr) {
    c->tail = nullptr;
  }
  if (c->pcb != nullptr) {
    tcp_recved(c->pcb, n);
  }
  return n;
}

#endif
