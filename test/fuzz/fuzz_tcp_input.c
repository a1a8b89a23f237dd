/**
 * Segments into a listener and a live connection, and what a program does in between.  The input is a list of
 * records: what to do, and a few octets that move sequence and acknowledgement numbers around where it matters.
 */
#include "fuzz_ip.h"
#include "lwip/tcp.h"
#include "transport/tcp_core.h"

enum { PORT = 80, PEER_PORT = 4000 };

static struct tcp_pcb *listener, *live;
static u8_t deed; /* what the next callback does */

static err_t act(struct tcp_pcb *pcb)
{
  switch (deed & 7) {
    case 1:
      tcp_abort(pcb);
      live = NULL;
      return ERR_ABRT;
    case 2:
      tcp_close(pcb);
      live = NULL;
      return ERR_OK;
    case 3:
      tcp_abort(pcb);
      live = NULL;
      return ERR_OK;
    case 4:
      (void)tcp_write(pcb, "written in a callback", 21, 0);
      return ERR_OK;
    case 5:
      tcp_shutdown(pcb, 0, 1);
      return ERR_OK;
    default:
      return ERR_OK;
  }
}

static err_t on_recv(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err)
{
  (void)arg, (void)err;
  if (p != NULL) {
    if (deed & 8) {
      return ERR_MEM;
    }
    if (!(deed & 16)) {
      tcp_recved(pcb, p->tot_len);
    }
    pbuf_free(p);
  }
  return act(pcb);
}

static err_t on_sent(void *arg, struct tcp_pcb *pcb, u16_t len)
{
  (void)arg, (void)len;
  return act(pcb);
}

static err_t on_poll(void *arg, struct tcp_pcb *pcb)
{
  (void)arg;
  return act(pcb);
}

static void on_err(void *arg, err_t err)
{
  (void)arg, (void)err;
  live = NULL;
}

static void attach(struct tcp_pcb *pcb)
{
  if (live != NULL && live != pcb) {
    tcp_abort(live);
  }
  live = pcb;
  tcp_recv(pcb, on_recv);
  tcp_sent(pcb, on_sent);
  tcp_err(pcb, on_err);
  tcp_poll(pcb, on_poll, 3);
}

static err_t on_accept(void *arg, struct tcp_pcb *pcb, err_t err)
{
  (void)arg, (void)err;
  attach(pcb);
  return act(pcb);
}

static err_t on_connected(void *arg, struct tcp_pcb *pcb, err_t err)
{
  (void)arg, (void)err;
  return act(pcb);
}

/* A segment with its checksum right: o has 12 octets of how. */
static void segment(const u8_t *o, const u8_t *text, size_t len)
{
  static u8_t m[12 + 60 + 2000];
  u8_t *h = m + 12;
  size_t hlen = 20 + (o[0] & 3) * 4u;
  u32_t seq = live != NULL ? live->rcv_nxt : 0x10000000u;
  u32_t ack = live != NULL ? live->snd_nxt : 0;

  len = len > 1400 ? 1400 : len;
  memset(m, 0, 12 + 60);
  be16_put(h, (u16_t)(live != NULL && live->remote_port != 0 ? live->remote_port : PEER_PORT + (o[0] >> 6)));
  be16_put(h + 2, (u16_t)(live != NULL && live->local_port != 0 ? live->local_port : PORT));
  be32_put(h + 4, seq + (u32_t)(s32_t)(s16_t)be16_get(o + 2));
  be32_put(h + 8, ack + (u32_t)(s32_t)(s16_t)be16_get(o + 4));
  h[12] = (u8_t)(hlen << 2);
  h[13] = o[1];
  be16_put(h + 14, be16_get(o + 6));
  memcpy(h + 20, o + 8, hlen - 20 < 4 ? hlen - 20 : 4);
  if (hlen > 24) {
    memset(h + 24, 1, hlen - 24);
  }
  memcpy(h + hlen, text, len);
  be32_put(m, FUZZ_PEER);
  be32_put(m + 4, FUZZ_US);
  be16_put(m + 8, 6);
  be16_put(m + 10, (u16_t)(hlen + len));
  be16_put(h + 16, fuzz_chksum(m, 12 + hlen + len));
  fuzz_rx_proto(6, FUZZ_US, 64, 0, h, hlen + len, (o[0] & 32) ? 33 : 0);
}

static void program(u8_t what, const u8_t *o)
{
  static const u8_t text[3000];
  ip_addr_t to;

  switch (what & 7) {
    case 0:
      deed = o[0];
      break;
    case 1:
      fuzz_now += be16_get(o);
      timers_run(fuzz_now);
      break;
    case 2:
      if (live != NULL) {
        (void)tcp_write(live, text, (u16_t)(be16_get(o) % sizeof text), o[2] & 3);
      }
      break;
    case 3:
      (void)tcp_output(live);
      break;
    case 4:
      tcp_recved(live, be16_get(o));
      break;
    case 5:
      if (live == NULL && (live = tcp_new()) != NULL) {
        memset(&to, 0, sizeof to);
        ip_addr_set_ip4_u32_val(to, lwip_htonl(FUZZ_PEER));
        attach(live);
        if (tcp_connect(live, &to, PEER_PORT, on_connected) != ERR_OK) {
          tcp_abort(live);
        }
      }
      break;
    case 6:
      (void)tcp_shutdown(live, o[0] & 1, o[0] & 2);
      if ((o[0] & 3) == 3) {
        live = NULL;
      }
      break;
    default:
      if (live != NULL) {
        live->so_options |= SOF_KEEPALIVE;
        live->keep_idle = 1000;
      }
      break;
  }
}

static void end(void)
{
  int i;

  deed = 0;
  while (tcp_active_pcbs != NULL) {
    tcp_abort(tcp_active_pcbs);
  }
  tcp_close(listener);
  live = NULL;
  for (i = 0; i < 20; i++) {
    fuzz_now += 20000;
    timers_run(fuzz_now);
  }
  if (tcp_segs_used != 0 || tcp_ooseq_count != 0 || tcp_syn_count() != 0 || tcp_tw_count() != 0 ||
      lwip_stats.memp[MEMP_TCP_PCB]->used != 0) {
    abort();
  }
  fuzz_no_leak();
}

int LLVMFuzzerTestOneInput(const u8_t *data, size_t size)
{
  fuzz_start();
  live = NULL;
  deed = 0;
  listener = tcp_new();
  if (tcp_bind(listener, NULL, PORT) != ERR_OK || (listener = tcp_listen(listener)) == NULL) {
    abort();
  }
  tcp_accept(listener, on_accept);
  while (size >= 13) {
    size_t len = data[0] & 0x80 ? (size_t)(data[0] & 0x7f) : 0;

    if ((data[0] & 0xc0) == 0x40) {
      program(data[0], data + 1);
      data += 5;
      size -= 5;
      continue;
    }
    len = len * 11 > size - 13 ? size - 13 : len * 11;
    segment(data + 1, data + 13, len);
    data += 13 + len;
    size -= 13 + len;
  }
  end();
  return 0;
}
