#include "TimerEthernet.h"

#include "lwip/dhcp.h"
#include "lwip/init.h"
#include "lwip/timeouts.h"
#include "netif/ethernet.h"

extern "C" {
#include "board.h"
#include "lan9118.h"
void systick_handler(void);
}

#define SYST_CSR 0xE000E010u
#define SYST_RVR 0xE000E014u
#define SYST_CVR 0xE000E018u

static struct netif nif;
static TimerClient clients[MEMP_NUM_TCP_PCB];
static TimerClient *volatile waiting[MEMP_NUM_TCP_PCB];
static volatile uint32_t ticks;

/* Input and timers, in the interrupt. */
void systick_handler(void)
{
  ticks = ticks + 1;
  lan9118_poll(&nif);
  sys_check_timeouts();
}

uint32_t timerEthernetTicks()
{
  return ticks;
}

/* The clock of the stack: read in the interrupt and outside. */
extern "C" u32_t sys_now(void)
{
  return ticks;
}

bool timerEthernetBegin(unsigned long timeout_ms)
{
  lwip_init();
  if (netif_add(&nif, nullptr, nullptr, nullptr, nullptr, lan9118_init, ethernet_input) == nullptr) {
    return false;
  }
  netif_set_default(&nif);
  netif_set_up(&nif);
  *reg(SYST_RVR) = BOARD_CLOCK_HZ / 1000u - 1;
  *reg(SYST_CVR) = 0;
  *reg(SYST_CSR) = 7;
  dhcp_start(&nif);
  while (ip4_addr_isany_val(*netif_ip4_addr(&nif))) {
    if (ticks > timeout_ms) {
      return false;
    }
    yield();
  }
  return true;
}

/* ---- callbacks, mostly in the interrupt ---- */

static err_t on_recv(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t)
{
  auto *c = static_cast<TimerClient *>(arg);

  if (p == nullptr) {
    c->finished = true;
    return ERR_OK;
  }
  tcp_recved(pcb, p->tot_len); /* at once, read or not, as it is done there */
  if (c->data == nullptr) {
    c->data = p;
  } else {
    pbuf_chain(c->data, p);
    pbuf_free(p);
  }
  return ERR_OK;
}

static void on_error(void *arg, err_t)
{
  auto *c = static_cast<TimerClient *>(arg);

  c->pcb = nullptr;
  c->finished = true;
}

static err_t on_accept(void *, struct tcp_pcb *pcb, err_t err)
{
  if (err != ERR_OK) {
    return err;
  }
  for (TimerClient &c : clients) {
    if (c.pcb == nullptr && c.data == nullptr) {
      c.finished = false;
      c.pcb = pcb;
      tcp_arg(pcb, &c);
      tcp_recv(pcb, on_recv);
      tcp_err(pcb, on_error);
      for (auto &w : waiting) {
        if (w == nullptr) {
          w = &c;
          return ERR_OK;
        }
      }
    }
  }
  tcp_abort(pcb);
  return ERR_ABRT;
}

bool timerServerBegin(uint16_t port)
{
  struct tcp_pcb *pcb = tcp_new();

  if (pcb == nullptr || tcp_bind(pcb, IP_ADDR_ANY, port) != ERR_OK) {
    return false;
  }
  pcb = tcp_listen(pcb);
  tcp_accept(pcb, on_accept);
  return pcb != nullptr;
}

/* ---- the sketch's side ---- */

TimerClient *timerServerAccept()
{
  for (auto &w : waiting) {
    TimerClient *c = w;
    if (c != nullptr) {
      w = nullptr;
      return c;
    }
  }
  return nullptr;
}

/* The queue itself is shared with the interrupt: taking it needs care, and the stack cannot help there. */
int TimerClient::read(uint8_t *buffer, size_t size)
{
  bool last = finished; /* asked first: then nothing comes after what is taken */
  irq_disable_all();
  struct pbuf *p = data;
  data = nullptr;
  irq_enable_all();
  if (p == nullptr) {
    return last ? -1 : 0;
  }
  u16_t n = pbuf_copy_partial(p, buffer, (u16_t)size, 0);
  p = pbuf_free_header(p, n);
  if (p != nullptr) {
    irq_disable_all();
    if (data != nullptr) {
      pbuf_cat(p, data);
    }
    data = p;
    irq_enable_all();
  }
  return n;
}

/* Nothing masks the interrupt here: whatever comes in meanwhile is the stack's to keep out of harm's way. */
size_t TimerClient::write(const uint8_t *from, size_t size)
{
  size_t done = 0;

  while (done < size && pcb != nullptr) {
    u16_t room = tcp_sndbuf(pcb);
    u16_t n = (u16_t)LWIP_MIN(size - done, (size_t)room);
    if (n != 0 && tcp_write(pcb, from + done, n, TCP_WRITE_FLAG_COPY) == ERR_OK) {
      tcp_output(pcb);
      done += n;
    }
  }
  return done;
}

void TimerClient::stop()
{
  struct tcp_pcb *p = pcb;

  if (p != nullptr) {
    tcp_arg(p, nullptr);
    tcp_recv(p, nullptr);
    tcp_err(p, nullptr);
    if (tcp_close(p) != ERR_OK) {
      tcp_abort(p);
    }
  }
  irq_disable_all();
  struct pbuf *rest = data;
  data = nullptr;
  pcb = nullptr;
  irq_enable_all();
  if (rest != nullptr) {
    pbuf_free(rest);
  }
}
