#include "ard_common.h"

#if LWIP_X_ARDUINO

#include "lwip/udp.h"

/** A datagram that is being written grows by pbufs of this size. */
#define CHUNK 256

void LwIPUDP::received(void *me, struct udp_pcb *, struct pbuf *p, const ip_addr_t *from, u16_t port)
{
  auto *udp = static_cast<LwIPUDP *>(me);

  if (udp->count_ == LWIP_X_ARDUINO_UDP_QUEUE) {
    udp->dropped_++;
    pbuf_free(p);
    return;
  }
  udp->queue_[(udp->first_ + udp->count_) % LWIP_X_ARDUINO_UDP_QUEUE] = { p, *from, port };
  udp->count_++;
}

bool LwIPUDP::open()
{
  if (pcb_ != nullptr) {
    return true;
  }
  pcb_ = udp_new_ip_type(IPADDR_TYPE_ANY);
  if (pcb_ == nullptr) {
    return false;
  }
  ip_set_option(pcb_, SOF_BROADCAST);
  udp_recv(pcb_, received, this);
  return true;
}

uint8_t LwIPUDP::begin(uint16_t port)
{
  stop();
  if (!open() || udp_bind(pcb_, IP_ANY_TYPE, port) != ERR_OK) {
    stop();
    return 0;
  }
  return 1;
}

uint8_t LwIPUDP::beginMulticast(const LwIPAddress &group, uint16_t port)
{
  if (begin(port) && LwIPEthernet.joinGroup(group)) {
    return 1;
  }
  stop();
  return 0;
}

uint8_t LwIPUDP::beginMulticast(IPAddress group, uint16_t port)
{
  return beginMulticast(LwIPAddress(group), port);
}

void LwIPUDP::drop_packet()
{
  if (in_ != nullptr) {
    pbuf_free(in_);
    in_ = nullptr;
  }
}

void LwIPUDP::stop()
{
  drop_packet();
  for (; count_ > 0; count_--) {
    pbuf_free(queue_[first_].data);
    first_ = (uint8_t)((first_ + 1) % LWIP_X_ARDUINO_UDP_QUEUE);
  }
  if (out_ != nullptr) {
    pbuf_free(out_);
    out_ = nullptr;
  }
  if (pcb_ != nullptr) {
    udp_remove(pcb_);
    pcb_ = nullptr;
  }
}

int LwIPUDP::beginPacket(const ip_addr_t &ip, uint16_t port)
{
  if (out_ != nullptr) {
    pbuf_free(out_);
  }
  out_ = open() ? pbuf_alloc(PBUF_TRANSPORT, CHUNK, PBUF_RAM) : nullptr;
  out_len_ = 0;
  out_lost_ = false;
  to_ = ip;
  to_port_ = port;
  return out_ != nullptr;
}

int LwIPUDP::beginPacket(IPAddress ip, uint16_t port)
{
  return beginPacket(ard_ip(ip), port);
}

int LwIPUDP::beginPacket(const char *host, uint16_t port)
{
  ip_addr_t ip;

  return LwIPEthernet.hostByName(host, ip) ? beginPacket(ip, port) : 0;
}

size_t LwIPUDP::write(uint8_t b)
{
  return write(&b, 1);
}

size_t LwIPUDP::write(const uint8_t *data, size_t size)
{
  if (out_ == nullptr || size > (size_t)(0xFFFF - CHUNK - out_len_)) {
    out_lost_ = true;
    return 0;
  }
  if (out_len_ + size > out_->tot_len) {
    u16_t more = (u16_t)LWIP_MAX((size_t)CHUNK, out_len_ + size - out_->tot_len);
    struct pbuf *p = pbuf_alloc(PBUF_RAW, more, PBUF_RAM);

    if (p == nullptr) {
      out_lost_ = true;
      return 0;
    }
    pbuf_cat(out_, p);
  }
  pbuf_take_at(out_, data, (u16_t)size, out_len_);
  out_len_ = (uint16_t)(out_len_ + size);
  return size;
}

int LwIPUDP::endPacket()
{
  struct pbuf *p = out_;
  bool sent;

  if (p == nullptr) {
    return 0;
  }
  out_ = nullptr;
  pbuf_realloc(p, out_len_);
  sent = !out_lost_ && udp_sendto(pcb_, p, &to_, to_port_) == ERR_OK;
  pbuf_free(p);
  LwIPEthernet.loop();
  return sent;
}

bool LwIPUDP::send(const ip_addr_t &ip, uint16_t port, const void *data, size_t size)
{
  return beginPacket(ip, port) && write(static_cast<const uint8_t *>(data), size) == size && endPacket();
}

int LwIPUDP::nextPacket()
{
  LwIPEthernet.loop();
  drop_packet();
  if (count_ == 0) {
    return -1;
  }
  in_ = queue_[first_].data;
  from_ = queue_[first_].from;
  from_port_ = queue_[first_].port;
  first_ = (uint8_t)((first_ + 1) % LWIP_X_ARDUINO_UDP_QUEUE);
  count_--;
  int size = in_->tot_len;
  if (size == 0) {
    drop_packet();
  }
  return size;
}

int LwIPUDP::parsePacket()
{
  int n = nextPacket();

  return n < 0 ? 0 : n;
}

int LwIPUDP::available()
{
  return in_ != nullptr ? in_->tot_len : 0;
}

int LwIPUDP::read()
{
  unsigned char b;

  return read(&b, 1) == 1 ? b : -1;
}

int LwIPUDP::read(unsigned char *buffer, size_t size)
{
  u16_t n;

  if (in_ == nullptr) {
    return -1;
  }
  n = (u16_t)LWIP_MIN(size, (size_t)in_->tot_len);
  pbuf_copy_partial(in_, buffer, n, 0);
  in_ = pbuf_free_header(in_, n);
  return n;
}

int LwIPUDP::read(char *buffer, size_t size)
{
  return read(reinterpret_cast<unsigned char *>(buffer), size);
}

int LwIPUDP::peek()
{
  return in_ != nullptr ? pbuf_get_at(in_, 0) : -1;
}

void LwIPUDP::flush()
{
  drop_packet();
}

IPAddress LwIPUDP::remoteIP()
{
  return ard_ip(from_);
}

uint16_t LwIPUDP::remotePort()
{
  return from_port_;
}

uint16_t LwIPUDP::localPort() const
{
  return pcb_ != nullptr ? pcb_->local_port : 0;
}

#endif
