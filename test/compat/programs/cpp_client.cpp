// What an Arduino library makes of the raw API: a class, static trampolines, a string of received text.
#include <cstring>
#include <string>

#include "host.h"
#include "lwip/init.h"
#include "lwip/tcp.h"
#include "lwip/udp.h"

namespace {

class Client {
public:
  bool connect(const ip_addr_t &to, u16_t port)
  {
    pcb_ = tcp_new();
    if (pcb_ == nullptr) {
      return false;
    }
    tcp_arg(pcb_, this);
    tcp_recv(pcb_, [](void *me, tcp_pcb *, pbuf *p, err_t) { return static_cast<Client *>(me)->received(p); });
    tcp_err(pcb_, [](void *me, err_t) { static_cast<Client *>(me)->pcb_ = nullptr; });
    return tcp_connect(pcb_, &to, port, [](void *me, tcp_pcb *, err_t) {
             static_cast<Client *>(me)->connected = true;
             return static_cast<err_t>(ERR_OK);
           }) == ERR_OK;
  }
  bool write(const std::string &s)
  {
    return tcp_write(pcb_, s.data(), static_cast<u16_t>(s.size()), TCP_WRITE_FLAG_COPY) == ERR_OK &&
           tcp_output(pcb_) == ERR_OK;
  }
  void stop()
  {
    if (pcb_ != nullptr) {
      tcp_arg(pcb_, nullptr);
      tcp_recv(pcb_, nullptr);
      tcp_err(pcb_, nullptr);
      if (tcp_close(pcb_) != ERR_OK) {
        tcp_abort(pcb_);
      }
      pcb_ = nullptr;
    }
  }
  bool connected = false;
  std::string text;

private:
  err_t received(pbuf *p)
  {
    if (p == nullptr) {
      stop();
      return ERR_OK;
    }
    for (pbuf *q = p; q != nullptr; q = q->next) {
      text.append(static_cast<const char *>(q->payload), q->len);
    }
    tcp_recved(pcb_, p->tot_len);
    pbuf_free(p);
    return ERR_OK;
  }
  tcp_pcb *pcb_ = nullptr;
};

err_t shout(void *, tcp_pcb *pcb, pbuf *p, err_t)
{
  if (p == nullptr) {
    return tcp_close(pcb);
  }
  std::string s(p->tot_len, ' ');
  pbuf_copy_partial(p, &s[0], p->tot_len, 0);
  for (char &c : s) {
    c = static_cast<char>(lwip_toupper(c));
  }
  tcp_recved(pcb, p->tot_len);
  pbuf_free(p);
  return tcp_write(pcb, s.data(), static_cast<u16_t>(s.size()), TCP_WRITE_FLAG_COPY);
}

} // namespace

int main()
{
  lwip_init();
  tcp_pcb *listener = tcp_new();
  EXPECT(tcp_bind(listener, IP_ADDR_ANY, 2323) == ERR_OK);
  listener = tcp_listen(listener);
  tcp_accept(listener, [](void *, tcp_pcb *pcb, err_t) {
    tcp_recv(pcb, shout);
    return static_cast<err_t>(ERR_OK);
  });
  ip_addr_t to;
  IP_ADDR4(&to, 127, 0, 0, 1);
  Client c;
  EXPECT(c.connect(to, 2323));
  for (int i = 0; i < 1000 && !c.connected; i++) {
    host_turn();
  }
  EXPECT(c.connected);
  EXPECT(c.write("hello"));
  for (int i = 0; i < 1000 && c.text.size() < 5; i++) {
    host_turn();
  }
  EXPECT(c.text == "HELLO");
  c.stop();
  std::printf("%s\n", c.text.c_str());
  return 0;
}
