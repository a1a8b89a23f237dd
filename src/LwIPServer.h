/** A TCP server, as Arduino's Server. */
#ifndef LWIP_SERVER_H
#define LWIP_SERVER_H

#include <Server.h>

#include "LwIPClient.h"

struct tcp_pcb;

class LwIPServer : public Server {
public:
  explicit LwIPServer(uint16_t port) : port_(port)
  {
  }
  LwIPServer(const LwIPServer &) = delete;
  LwIPServer &operator=(const LwIPServer &) = delete;
  ~LwIPServer()
  {
    end();
  }

  /** Listen. */
  void begin() override;
  /** Listen no longer; connections that are open stay so. */
  void end();
  /** @return a new connection, each one once, or a client that is false.  The sketch owns it from now on. */
  LwIPClient accept();
  /**
   * @return a connection with data to read, in turn, or a client that is false.  The server keeps the connection: a
   * sketch may forget the client and get it again with the next data; stop() ends it.
   */
  LwIPClient available();

  /** Write to every connection of this server. */
  size_t write(uint8_t b) override;
  size_t write(const uint8_t *data, size_t size) override;
  using Print::write;

  uint16_t port() const
  {
    return port_;
  }
  /** Is it listening? */
  operator bool() const
  {
    return pcb_ != nullptr;
  }

private:
  uint16_t port_;
  uint8_t next_ = 0; /* whose turn it is in available() */
  struct tcp_pcb *pcb_ = nullptr;
};

#endif
