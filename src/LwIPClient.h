/** A TCP connection, as Arduino's Client. */
#ifndef LWIP_CLIENT_H
#define LWIP_CLIENT_H

#include <Client.h>

#include "LwIPAddress.h"

struct LwIPConnection;

/**
 * Copies stand for the same connection; when the last one is gone, the connection is closed.
 *
 * Received data is acknowledged to the sender's window as it is read: a sketch that reads slowly slows the sender down
 * and loses nothing.
 */
class LwIPClient : public Client {
public:
  LwIPClient() = default;
  /** (For LwIPServer.)  Takes one reference. */
  explicit LwIPClient(LwIPConnection *connection) : connection_(connection)
  {
  }
  LwIPClient(const LwIPClient &other);
  LwIPClient &operator=(const LwIPClient &other);
  ~LwIPClient();

  /**
   * Connect, and wait for it at most connectionTimeout().
   * A name with addresses of both versions of IP is tried over both, IPv6 first (Happy Eyeballs, lwip/x_connect.h).
   * @return 1: connected; 0: refused, no answer, no such name, or no memory
   */
  int connect(IPAddress ip, uint16_t port) override;
  int connect(const char *host, uint16_t port) override;
  int connect(const ip_addr_t &ip, uint16_t port);
  /** Begin to connect and return: connecting() turns false when it is decided.  @return false: it cannot even begin */
  bool connectNoWait(const ip_addr_t &ip, uint16_t port);
  bool connectNoWait(IPAddress ip, uint16_t port);
  bool connecting();

  /** Queue data; waits for room up to connectionTimeout().  @return octets queued, fewer if the connection broke */
  size_t write(uint8_t b) override;
  size_t write(const uint8_t *data, size_t size) override;
  using Print::write;
  /** Octets write() takes without waiting. */
  int availableForWrite();
  /** Wait until all that was written is acknowledged, up to connectionTimeout(). */
  void flush() override;

  /** Octets that can be read now. */
  int available() override;
  /** @return the next octet, -1: none there now */
  int read() override;
  /** @return octets read, 0: none there now, -1: none will come any more */
  int read(uint8_t *buffer, size_t size) override;
  int peek() override;

  /** Close: what was written still goes out, what came in and was not read is forgotten.  Never waits. */
  void stop() override;
  /** Close our direction only: the peer sees the end of our data, we can still read. */
  void closeOutput();
  /** Break the connection (RST). */
  void abort();

  /** 1 while the connection is open, or there is still something to read. */
  uint8_t connected() override;
  /** Is there a connection at all? */
  operator bool() override;
  bool operator==(const LwIPClient &other) const
  {
    return connection_ == other.connection_;
  }
  bool operator!=(const LwIPClient &other) const
  {
    return connection_ != other.connection_;
  }

  IPAddress remoteIP();
  IPAddress localIP();
  /** Any family; @return false: there is no connection */
  bool remoteIP(ip_addr_t &ip);
  /** Any family; false: there is no connection. */
  LwIPAddress remoteAddress();
  LwIPAddress localAddress();
  uint16_t remotePort();
  uint16_t localPort();

  /** true: send each write at once, false (the default): gather small ones while data is in flight (Nagle). */
  void setNoDelay(bool on);
  /** How long connect(), write() and flush() wait, ms.  Default 10000. */
  void setConnectionTimeout(uint32_t timeout_ms)
  {
    timeout_ms_ = timeout_ms;
  }
  uint32_t connectionTimeout() const
  {
    return timeout_ms_;
  }

private:
  int wait_connected();
  void take(LwIPConnection *connection);

  LwIPConnection *connection_ = nullptr;
  uint32_t timeout_ms_ = 10000;
};

#endif
