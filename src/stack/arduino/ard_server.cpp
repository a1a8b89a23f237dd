#include "ard_connection.h"

#if LWIP_X_ARDUINO

/* A new connection waits in its slot, held by the server, until accept() or available() finds it. */
static err_t on_accept(void *arg, struct tcp_pcb *pcb, err_t err)
{
  auto *server = static_cast<LwIPServer *>(arg);
  LwIPConnection *c;

  if (err != ERR_OK || pcb == nullptr) {
    return ERR_VAL;
  }
  c = ard_connection_new();
  if (c == nullptr) {
    tcp_abort(pcb);
    return ERR_ABRT;
  }
  ard_connection_attach(c, pcb);
  c->owner = server;
  c->port = server->port();
  ip_set_option(pcb, SOF_KEEPALIVE); /* a peer that vanished does not keep its slot for ever */
  return ERR_OK;
}

void LwIPServer::begin()
{
  struct tcp_pcb *pcb, *listener;

  if (pcb_ != nullptr) {
    return;
  }
  pcb = tcp_new_ip_type(IPADDR_TYPE_ANY);
  if (pcb == nullptr) {
    return;
  }
  listener = tcp_bind(pcb, IP_ANY_TYPE, port_) == ERR_OK ? tcp_listen(pcb) : nullptr;
  if (listener == nullptr) {
    tcp_abort(pcb);
    return;
  }
  tcp_arg(listener, this);
  tcp_accept(listener, on_accept);
  pcb_ = listener;
}

/* What accept() has not given away goes with the server. */
void LwIPServer::end()
{
  if (pcb_ == nullptr) {
    return;
  }
  tcp_close(pcb_);
  pcb_ = nullptr;
  for (uint8_t i = 0; i < LWIP_X_ARDUINO_CONNECTIONS; i++) {
    LwIPConnection *c = ard_connection_at(i);

    if (c != nullptr && c->owner == this) {
      c->owner = nullptr;
      ard_connection_unref(c);
    }
  }
}

static bool over(const LwIPConnection *c)
{
  return c->in == nullptr && (c->pcb == nullptr || c->ended);
}

/* Slot i if this server holds it; one where nothing can happen any more is let go. */
static LwIPConnection *mine(const LwIPServer *server, uint8_t i)
{
  LwIPConnection *c = ard_connection_at(i);

  if (c == nullptr || c->owner != server) {
    return nullptr;
  }
  if (over(c)) {
    c->owner = nullptr;
    ard_connection_unref(c);
    return nullptr;
  }
  return c;
}

LwIPClient LwIPServer::accept()
{
  LwIPEthernet.loop();
  for (uint8_t i = 0; i < LWIP_X_ARDUINO_CONNECTIONS; i++) {
    LwIPConnection *c = mine(this, i);

    if (c != nullptr) {
      c->owner = nullptr;
      return LwIPClient(c); /* takes the server's reference */
    }
  }
  return LwIPClient();
}

LwIPClient LwIPServer::available()
{
  LwIPEthernet.loop();
  for (uint8_t n = 0; n < LWIP_X_ARDUINO_CONNECTIONS; n++) {
    uint8_t i = (uint8_t)((next_ + n) % LWIP_X_ARDUINO_CONNECTIONS);
    LwIPConnection *c = mine(this, i);

    if (c != nullptr && c->in != nullptr) {
      next_ = (uint8_t)(i + 1);
      ard_connection_ref(c);
      return LwIPClient(c);
    }
  }
  return LwIPClient();
}

size_t LwIPServer::write(uint8_t b)
{
  return write(&b, 1);
}

/* As much as each has room for: one slow reader must not hold the others up. */
size_t LwIPServer::write(const uint8_t *data, size_t size)
{
  for (uint8_t i = 0; i < LWIP_X_ARDUINO_CONNECTIONS; i++) {
    LwIPConnection *c = ard_connection_at(i);

    if (c != nullptr && c->port == port_ && c->pcb != nullptr) {
      ard_connection_write(c, data, size);
    }
  }
  return size;
}

#endif
