/** UDP, as Arduino's UDP. */
#ifndef LWIP_UDP_H
#define LWIP_UDP_H

#include <Udp.h>

#include "LwIPAddress.h"
#include "lwip/pbuf.h"

struct udp_pcb;

/** Datagrams that wait to be read; more are dropped and counted. */
#ifndef LWIP_X_ARDUINO_UDP_QUEUE
#define LWIP_X_ARDUINO_UDP_QUEUE 4
#endif

class LwIPUDP : public UDP {
public:
  LwIPUDP() = default;
  LwIPUDP(const LwIPUDP &) = delete;
  LwIPUDP &operator=(const LwIPUDP &) = delete;
  ~LwIPUDP()
  {
    stop();
  }

  /** Listen on @p port, 0: any free one.  @return 1, or 0: the port is taken, or no memory */
  uint8_t begin(uint16_t port) override;
  /** As begin(), and join the multicast group @p group. */
  uint8_t beginMulticast(IPAddress group, uint16_t port);
  uint8_t beginMulticast(const LwIPAddress &group, uint16_t port);
  void stop() override;

  /** Begin a datagram to ...  @return 1, or 0: no such name, or no memory */
  int beginPacket(IPAddress ip, uint16_t port) override;
  int beginPacket(const char *host, uint16_t port) override;
  int beginPacket(const ip_addr_t &ip, uint16_t port);
  size_t write(uint8_t b) override;
  size_t write(const uint8_t *data, size_t size) override;
  using Print::write;
  /** Send it.  @return 1, or 0: it was not begun, did not fit into memory, or could not be sent */
  int endPacket() override;
  /** All of it in one call.  @return was it sent? */
  bool send(const ip_addr_t &ip, uint16_t port, const void *data, size_t size);

  /** Go on to the next received datagram.  @return its octets, which may be 0; -1: there is none */
  int nextPacket();
  /** As nextPacket(), but 0 also says that there is none, as Arduino has it. */
  int parsePacket() override;
  /** Octets of the datagram not read yet. */
  int available() override;
  int read() override;
  int read(unsigned char *buffer, size_t size) override;
  int read(char *buffer, size_t size) override;
  int peek() override;
  /** Forget the rest of the datagram. */
  void flush() override;

  IPAddress remoteIP() override;
  const ip_addr_t &remoteAddress() const
  {
    return from_;
  }
  uint16_t remotePort() override;
  uint16_t localPort() const;
  /** Datagrams lost because nobody read them in time. */
  uint32_t dropped() const
  {
    return dropped_;
  }

private:
  struct Datagram {
    struct pbuf *data;
    ip_addr_t from;
    uint16_t port;
  };
  bool open();
  void drop_packet();
  static void received(void *me, struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *from, u16_t port);

  struct udp_pcb *pcb_ = nullptr;
  Datagram queue_[LWIP_X_ARDUINO_UDP_QUEUE] = {};
  uint8_t first_ = 0, count_ = 0;
  uint32_t dropped_ = 0;
  struct pbuf *in_ = nullptr; /* what is being read, or NULL */
  ip_addr_t from_ = {};
  uint16_t from_port_ = 0;
  struct pbuf *out_ = nullptr; /* what is being written; its last pbuf has room for more */
  ip_addr_t to_ = {};
  uint16_t to_port_ = 0;
  uint16_t out_len_ = 0;
  bool out_lost_ = false;
};

#endif
