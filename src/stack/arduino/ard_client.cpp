#include "ard_connection.h"

#if LWIP_X_ARDUINO

#include "lwip/x_connect.h"

/* With both versions of IP a name is tried over both; lwip_x_connect() gives TCP's pcb itself where there is no altcp. */
#define RACES (LWIP_IPV6 && LWIP_DNS && LWIP_CALLBACK_API && !LWIP_ALTCP)

LwIPClient::LwIPClient(const LwIPClient &other)
    : Client(other), connection_(other.connection_), timeout_ms_(other.timeout_ms_)
{
  if (connection_ != nullptr) {
    ard_connection_ref(connection_);
  }
}

LwIPClient &LwIPClient::operator=(const LwIPClient &other)
{
  if (other.connection_ != nullptr) {
    ard_connection_ref(other.connection_);
  }
  take(other.connection_);
  timeout_ms_ = other.timeout_ms_;
  return *this;
}

LwIPClient::~LwIPClient()
{
  take(nullptr);
}

/* Takes one reference to connection. */
void LwIPClient::take(LwIPConnection *connection)
{
  if (connection_ != nullptr) {
    ard_connection_unref(connection_);
  }
  connection_ = connection;
}

bool LwIPClient::connectNoWait(const ip_addr_t &ip, uint16_t port)
{
  LwIPConnection *c;
  struct tcp_pcb *pcb;

  take(nullptr);
  c = ard_connection_new();
  if (c == nullptr) {
    return false;
  }
  take(c);
  pcb = tcp_new_ip_type(IP_GET_TYPE(&ip));
  if (pcb == nullptr) {
    take(nullptr);
    return false;
  }
  ard_connection_attach(c, pcb);
  c->opening = true;
  if (tcp_connect(pcb, &ip, port, pcb->connected) != ERR_OK) {
    c->pcb = nullptr;
    tcp_abort(pcb);
    take(nullptr);
    return false;
  }
  return true;
}

bool LwIPClient::connectNoWait(IPAddress ip, uint16_t port)
{
  return connectNoWait(ard_ip(ip), port);
}

int LwIPClient::wait_connected()
{
  ard_wait(timeout_ms_, [this] { return !connecting(); });
  if (connection_ == nullptr || connection_->pcb == nullptr || connection_->opening) {
    abort();
    return 0;
  }
  return 1;
}

int LwIPClient::connect(const ip_addr_t &ip, uint16_t port)
{
  return connectNoWait(ip, port) ? wait_connected() : 0;
}

int LwIPClient::connect(IPAddress ip, uint16_t port)
{
  return connect(ard_ip(ip), port);
}

#if RACES
static err_t on_raced(void *arg, struct altcp_pcb *pcb, err_t)
{
  auto *c = static_cast<LwIPConnection *>(arg);

  c->opening = false;
  if (pcb != nullptr) {
    ard_connection_attach(c, pcb);
  }
  return ERR_OK;
}

int LwIPClient::connect(const char *host, uint16_t port)
{
  LwIPConnection *c;
  struct lwip_x_connect *race;

  take(nullptr);
  c = ard_connection_new();
  if (c == nullptr) {
    return 0;
  }
  take(c);
  race = lwip_x_connect(host, port, nullptr, on_raced, c);
  if (race == nullptr) {
    take(nullptr);
    return 0;
  }
  c->opening = true;
  ard_connection_ref(c); /* it stays ours while we wait, even if a callback lets go of this client */
  if (!ard_wait(timeout_ms_, [c] { return !c->opening; })) {
    lwip_x_connect_abort(race);
    c->opening = false;
  }
  ard_connection_unref(c);
  return wait_connected();
}
#else
int LwIPClient::connect(const char *host, uint16_t port)
{
  ip_addr_t ip;

  return LwIPEthernet.hostByName(host, ip, timeout_ms_) ? connect(ip, port) : 0;
}
#endif

bool LwIPClient::connecting()
{
  return connection_ != nullptr && connection_->opening;
}

size_t LwIPClient::write(uint8_t b)
{
  return write(&b, 1);
}

size_t LwIPClient::write(const uint8_t *data, size_t size)
{
  size_t done = 0;

  if (connection_ == nullptr) {
    return 0;
  }
  ard_wait(timeout_ms_, [&] {
    done += ard_connection_write(connection_, data + done, size - done);
    return done == size || connection_->pcb == nullptr;
  });
  if (done != size) {
    setWriteError();
  }
  return done;
}

int LwIPClient::availableForWrite()
{
  LwIPEthernet.loop();
  return connection_ != nullptr && connection_->pcb != nullptr ? (int)tcp_sndbuf(connection_->pcb) : 0;
}

void LwIPClient::flush()
{
  if (connection_ != nullptr) {
    ard_wait(timeout_ms_, [this] { return connection_->pcb == nullptr || tcp_sndqueuelen(connection_->pcb) == 0; });
  }
}

int LwIPClient::available()
{
  LwIPEthernet.loop();
  return connection_ != nullptr ? ard_connection_unread(connection_) : 0;
}

int LwIPClient::read()
{
  uint8_t b;

  return read(&b, 1) == 1 ? b : -1;
}

int LwIPClient::read(uint8_t *buffer, size_t size)
{
  size_t n;

  if (connection_ == nullptr) {
    return -1;
  }
  if (connection_->in == nullptr) {
    LwIPEthernet.loop();
  }
  n = ard_connection_read(connection_, buffer, size);
  return n == 0 && connection_->ended && connection_->in == nullptr ? -1 : (int)n;
}

int LwIPClient::peek()
{
  return available() > 0 ? pbuf_get_at(connection_->in, 0) : -1;
}

void LwIPClient::stop()
{
  if (connection_ == nullptr) {
    return;
  }
  ard_connection_close(connection_);
  if (connection_->owner != nullptr) {
    connection_->owner = nullptr;
    ard_connection_unref(connection_);
  }
  take(nullptr);
}

void LwIPClient::closeOutput()
{
  if (connection_ != nullptr && connection_->pcb != nullptr) {
    tcp_shutdown(connection_->pcb, 0, 1);
  }
}

void LwIPClient::abort()
{
  if (connection_ != nullptr && connection_->pcb != nullptr) {
    tcp_abort(connection_->pcb); /* on_error() clears pcb */
  }
  stop();
}

uint8_t LwIPClient::connected()
{
  LwIPEthernet.loop();
  return connection_ != nullptr && !connection_->opening &&
         (connection_->in != nullptr || (connection_->pcb != nullptr && !connection_->ended));
}

LwIPClient::operator bool()
{
  return connection_ != nullptr && (connection_->pcb != nullptr || connection_->in != nullptr);
}

bool LwIPClient::remoteIP(ip_addr_t &ip)
{
  if (connection_ == nullptr || connection_->pcb == nullptr) {
    return false;
  }
  ip = connection_->pcb->remote_ip;
  return true;
}

LwIPAddress LwIPClient::remoteAddress()
{
  ip_addr_t ip;

  return remoteIP(ip) ? LwIPAddress(ip) : LwIPAddress();
}

LwIPAddress LwIPClient::localAddress()
{
  return connection_ != nullptr && connection_->pcb != nullptr ? LwIPAddress(connection_->pcb->local_ip)
                                                               : LwIPAddress();
}

IPAddress LwIPClient::remoteIP()
{
  ip_addr_t ip;

  return remoteIP(ip) ? ard_ip(ip) : IPAddress(0, 0, 0, 0);
}

IPAddress LwIPClient::localIP()
{
  return connection_ != nullptr && connection_->pcb != nullptr ? ard_ip(connection_->pcb->local_ip)
                                                               : IPAddress(0, 0, 0, 0);
}

uint16_t LwIPClient::remotePort()
{
  return connection_ != nullptr && connection_->pcb != nullptr ? connection_->pcb->remote_port : 0;
}

uint16_t LwIPClient::localPort()
{
  return connection_ != nullptr && connection_->pcb != nullptr ? connection_->pcb->local_port : 0;
}

void LwIPClient::setNoDelay(bool on)
{
  if (connection_ == nullptr || connection_->pcb == nullptr) {
    return;
  }
  if (on) {
    tcp_nagle_disable(connection_->pcb);
  } else {
    tcp_nagle_enable(connection_->pcb);
  }
}

#endif
