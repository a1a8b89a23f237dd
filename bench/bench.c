/* Micro-benchmarks of a TCP/IP stack through the lwIP raw API.
 *   bench "<test> key=value ..."      e.g.  bench "tcp_rx n=100 mode=2 iters=2000"
 * Every test warms up, then runs `iters` operations between h_begin() and h_end().
 */
#include "harness.h"
#include "lwip/tcp.h"
#include "lwip/udp.h"
#if LWIP_DNS
#include "lwip/dns.h"
#endif
#include "lwip/inet_chksum.h"
#include "lwip/mem.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef H_HTTPD
#include "lwip/apps/httpd.h"
#include "lwip/apps/fs.h"
#endif

static const char *b_args;
static char b_label[160];
static long b_arg(const char *key, long def)
{
  const char *s = b_args;
  size_t k = strlen(key);
  while (s && *s) {
    while (*s == ' ')
      s++;
    if (!strncmp(s, key, k) && s[k] == '=')
      return strtol(s + k + 1, NULL, 0);
    s = strchr(s, ' ');
  }
  return def;
}
static void b_begin(void)
{
  h_verify = 0;
  h_begin();
}
static void b_end(u32_t ops)
{
  h_end(b_label, ops);
}
static u8_t b_data[65536 + 64];
static u8_t b_frame[1600];

/* which peer is next: 0 always the first opened, 1 always the last opened, 2 round robin, 3 random */
static u32_t b_pick(int mode, u32_t i, u32_t n)
{
  switch (mode) {
    case 0:
      return 0;
    case 1:
      return n - 1;
    case 2:
      return i % n;
    default:
      return h_rand() % n;
  }
}

/* ================= applications (raw API callbacks) ================= */
static struct tcp_pcb *b_last_pcb;
static u32_t b_rx_bytes, b_rx_ops, b_closed;

static err_t b_sink_recv(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err)
{
  (void)arg;
  (void)err;
  if (!p) {
    tcp_close(pcb);
    b_closed++;
    return ERR_OK;
  }
  b_rx_bytes += p->tot_len;
  b_rx_ops++;
  tcp_recved(pcb, p->tot_len);
  pbuf_free(p);
  return ERR_OK;
}
static err_t b_sink_accept(void *arg, struct tcp_pcb *pcb, err_t err)
{
  (void)arg;
  (void)err;
  b_last_pcb = pcb;
  tcp_recv(pcb, b_sink_recv);
  return ERR_OK;
}
/* request/response: 64 bytes in, `arg` bytes out */
static u32_t b_resp_len = 64;
static err_t b_rr_recv(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err)
{
  (void)arg;
  (void)err;
  if (!p) {
    tcp_close(pcb);
    return ERR_OK;
  }
  b_rx_ops++;
  tcp_recved(pcb, p->tot_len);
  pbuf_free(p);
  tcp_write(pcb, b_data, (u16_t)b_resp_len, TCP_WRITE_FLAG_COPY);
  tcp_output(pcb);
  return ERR_OK;
}
static err_t b_rr_accept(void *arg, struct tcp_pcb *pcb, err_t err)
{
  (void)arg;
  (void)err;
  b_last_pcb = pcb;
  tcp_recv(pcb, b_rr_recv);
  return ERR_OK;
}
static err_t b_close_accept(void *arg, struct tcp_pcb *pcb, err_t err)
{ /* the application closes at once */
  (void)arg;
  (void)err;
  tcp_recv(pcb, b_sink_recv);
  tcp_close(pcb);
  b_closed++;
  return ERR_OK;
}
/* a minimal HTTP server on the raw API */
static const char b_http_hdr[] =
  "HTTP/1.1 200 OK\r\nServer: bench\r\nContent-Type: text/html\r\nContent-Length: 512\r\n\r\n";
static int b_http_close;
static err_t b_http_recv(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err)
{
  (void)arg;
  (void)err;
  if (!p) {
    tcp_close(pcb);
    return ERR_OK;
  }
  tcp_recved(pcb, p->tot_len);
  pbuf_free(p);
  b_rx_ops++;
  tcp_write(pcb, b_http_hdr, sizeof(b_http_hdr) - 1, TCP_WRITE_FLAG_MORE);
  tcp_write(pcb, b_data, 512, 0);
  tcp_output(pcb);
  if (b_http_close)
    tcp_close(pcb);
  return ERR_OK;
}
static err_t b_http_accept(void *arg, struct tcp_pcb *pcb, err_t err)
{
  (void)arg;
  (void)err;
  tcp_recv(pcb, b_http_recv);
  return ERR_OK;
}
static const char b_http_get[] = "GET /index.html HTTP/1.1\r\nHost: 10.0.0.2\r\nUser-Agent: bench/1.0\r\nAccept: "
                                 "*/*\r\nConnection: keep-alive\r\n\r\n";
#ifdef H_HTTPD
static char b_page[700];
int fs_open_custom(struct fs_file *file, const char *name)
{
  memset(file, 0, sizeof(*file));
  if (strcmp(name, "/index.html"))
    return 0;
  file->data = b_page;
  file->len = (int)strlen(b_page);
  file->index = file->len;
  file->flags = FS_FILE_FLAGS_HEADER_INCLUDED | FS_FILE_FLAGS_HEADER_PERSISTENT;
  return 1;
}
void fs_close_custom(struct fs_file *file)
{
  (void)file;
}
#endif

static struct tcp_pcb *b_listen(u16_t port, tcp_accept_fn fn)
{
  struct tcp_pcb *l = tcp_new_ip_type(LWIP_IPV6 ? IPADDR_TYPE_ANY : IPADDR_TYPE_V4);
  if (!l || tcp_bind(l, LWIP_IPV6 ? IP_ANY_TYPE : IP4_ADDR_ANY, port) != ERR_OK) {
    printf("bind\n");
    exit(2);
  }
  l = tcp_listen(l);
  if (!l) {
    printf("listen\n");
    exit(2);
  }
  tcp_accept(l, fn);
  return l;
}
static void b_open_n(u32_t n, u16_t lport, int v6)
{
  u32_t i;
  for (i = 0; i < n; i++)
    h_open(&h_peers[i], i, (u16_t)(20000 + (i * 7) % 40000), lport, v6);
}

/* ================= tests ================= */
/* in-order bulk receive. n connections open, mode = which one gets the next segment */
static void t_tcp_rx(void)
{
  u32_t n = (u32_t)b_arg("n", 1), iters = (u32_t)b_arg("iters", 2000), len = (u32_t)b_arg("len", 1460), i, a0;
  int mode = (int)b_arg("mode", 0), v6 = (int)b_arg("v6", 0);
  if (v6 && len > 1440)
    len = 1440;
  h_zero_copy_rx = (int)b_arg("zc", 0);
  h_init(n);
  b_listen(5001, b_sink_accept);
  b_open_n(n, 5001, v6);
  h_verify = 1;
  for (i = 0; i < 64; i++)
    h_send(&h_peers[b_pick(mode, i, n)], F_ACK, b_data, len);
  b_rx_bytes = 0;
  a0 = h_frames_out;
  b_begin();
  for (i = 0; i < iters; i++)
    h_send(&h_peers[b_pick(mode, i, n)], F_ACK, b_data, len);
  b_end(iters);
  if (b_rx_bytes != iters * len)
    printf("!! received %lu of %lu\n", (unsigned long)b_rx_bytes, (unsigned long)(iters * len));
  printf("   acks per segment %.3f\n", (double)(h_frames_out - a0) / iters);
}

/* bulk send: w segments in flight (the peer's window), q bytes queued by the application, peer acks every 2nd */
static struct tcp_pcb *b_tx_pcb;
static u32_t b_tx_quota = 0xffffffffu, b_tx_q, b_tx_flags, b_tx_len, b_tx_unacked;
static void b_tx_fill(struct tcp_pcb *pcb)
{
  while (b_tx_unacked + b_tx_len <= b_tx_q && b_tx_quota >= b_tx_len && tcp_sndbuf(pcb) >= b_tx_len) {
    if (tcp_write(pcb, b_data, (u16_t)b_tx_len, (u8_t)b_tx_flags) != ERR_OK)
      break;
    b_tx_unacked += b_tx_len;
    b_tx_quota -= b_tx_len;
  }
}
static err_t b_tx_sent(void *arg, struct tcp_pcb *pcb, u16_t len)
{
  (void)arg;
  b_tx_unacked -= len;
  b_tx_fill(pcb);
  return ERR_OK;
}
static err_t b_tx_accept(void *arg, struct tcp_pcb *pcb, err_t err)
{
  (void)arg;
  (void)err;
  b_tx_pcb = pcb;
  tcp_sent(pcb, b_tx_sent);
  tcp_recv(pcb, b_sink_recv);
  return ERR_OK;
}
static void t_tcp_tx(void)
{
  u32_t n = (u32_t)b_arg("n", 0), w = (u32_t)b_arg("w", 4), q = (u32_t)b_arg("q", 4),
        iters = (u32_t)b_arg("iters", 2000), last, i;
  int v6 = (int)b_arg("v6", 0), stall = 0, ackevery = (int)b_arg("ack", 2);
  h_peer *p;
  b_tx_len = (u32_t)b_arg("len", v6 ? 1440 : 1460);
  b_tx_flags = b_arg("copy", 1) ? TCP_WRITE_FLAG_COPY : 0;
  b_tx_q = q * b_tx_len;
  h_init(n + 1);
  b_listen(5001, b_sink_accept);
  b_listen(5002, b_tx_accept);
  b_open_n(n, 5001, v6);
  p = &h_peers[n];
  h_peer_init(p, n, 30000, 5002, v6);
  p->wnd = w * b_tx_len;
  h_send(p, F_SYN, NULL, 0);
  h_pump();
  h_send(p, F_ACK, NULL, 0);
  h_verify = 1;
  b_tx_fill(b_tx_pcb);
  tcp_output(b_tx_pcb);
  for (i = 0; i < 2; i++) { /* warm up (slow start), then measure */
    u32_t goal = i ? iters : 600;
    if (i)
      b_begin();
    last = p->seg_in;
    while (p->seg_in - last < goal) {
      /* acknowledge two segments at a time, as a delayed-ack receiver does */
      u32_t step = (u32_t)ackevery * b_tx_len, out = p->rcv_nxt - p->acked, full = p->rcv_nxt;
      if (out == 0) {
        if (++stall > 10) {
          printf("!! stalled\n");
          break;
        }
        h_advance(250);
        continue;
      }
      stall = 0;
      if (out > step)
        p->rcv_nxt = p->acked + step;
      {
        u32_t keep = p->rcv_nxt;
        u32_t L = h_tcp(p, b_frame, F_ACK, p->snd_nxt, keep, NULL, 0);
        p->acked = keep;
        p->rcv_nxt = full;
        h_rx(b_frame, L);
      }
    }
    if (i)
      b_end(p->seg_in - last);
  }
}

/* small request / response on one of n connections */
static void t_tcp_rr(void)
{
  u32_t n = (u32_t)b_arg("n", 1), iters = (u32_t)b_arg("iters", 2000), i;
  int mode = (int)b_arg("mode", 0), v6 = (int)b_arg("v6", 0);
  b_resp_len = (u32_t)b_arg("resp", 64);
  h_init(n);
  b_listen(5003, b_rr_accept);
  b_open_n(n, 5003, v6);
  h_verify = 1;
  for (i = 0; i < 64; i++)
    h_send(&h_peers[b_pick(mode, i, n)], F_ACK | F_PSH, b_data, 64);
  b_rx_ops = 0;
  b_begin();
  for (i = 0; i < iters; i++)
    h_send(&h_peers[b_pick(mode, i, n)], F_ACK | F_PSH, b_data, 64);
  b_end(iters);
  if (b_rx_ops != iters)
    printf("!! %lu of %lu\n", (unsigned long)b_rx_ops, (unsigned long)iters);
}

/* connection set-up and tear-down with n other connections open.
 * kind 0: peer connects, peer closes first; 1: peer connects, stack closes first (TIME_WAIT);
 * kind 2: the stack connects (tcp_connect, ephemeral port), peer closes first */
static int b_conn_ok;
static err_t b_connected(void *arg, struct tcp_pcb *pcb, err_t err)
{
  (void)arg;
  (void)err;
  b_conn_ok++;
  tcp_recv(pcb, b_sink_recv);
  return ERR_OK;
}
static void b_one_conn(int kind, u32_t idx, u16_t port, u16_t lport)
{
  h_peer *p = &h_peers[idx];
  if (kind == 2) {
    struct tcp_pcb *c = tcp_new();
    ip_addr_t a;
    h_peer_init(p, idx, port, 0, 0);
    IP_ADDR4(&a, 10, 1, (u8_t)(idx >> 8), (u8_t)idx);
    tcp_connect(c, &a, port, b_connected);
    h_pump();
    if (!(p->seen & F_SYN)) {
      h_bad++;
      return;
    }
    h_send(p, F_SYN | F_ACK, NULL, 0);
    p->seen = 0;
    h_send(p, F_FIN | F_ACK, NULL, 0);
    h_send(p, F_ACK, NULL, 0);
  } else {
    h_open(p, idx, port, lport, 0);
    if (kind == 0) { /* peer FIN -> stack ACK+FIN -> peer ACK */
      p->seen = 0;
      h_send(p, F_FIN | F_ACK, NULL, 0);
      if (!(p->seen & F_FIN)) {
        h_bad++;
        return;
      }
      h_send(p, F_ACK, NULL, 0);
    } else { /* stack already sent FIN from accept */
      if (!(p->seen & F_FIN)) {
        h_bad++;
        return;
      }
      h_send(p, F_FIN | F_ACK, NULL, 0);
    }
  }
}
static void t_tcp_conn(void)
{
  u32_t n = (u32_t)b_arg("n", 0), iters = (u32_t)b_arg("iters", 500), extra = 512, i, tw = (u32_t)b_arg("tw", 0),
        nl = (u32_t)b_arg("listen", 0);
  int kind = (int)b_arg("kind", 0);
  h_init(n + extra + tw);
  b_listen(5001, b_sink_accept);
  b_listen(5004, b_close_accept);
  for (i = 0; i < nl; i++)
    b_listen((u16_t)(6000 + i), b_sink_accept);
  b_open_n(n, 5001, 0);
  for (i = 0; i < tw; i++)
    b_one_conn(1, n + extra + i, 40000, 5004);
  h_verify = 1;
  for (i = 0; i < 32; i++)
    b_one_conn(kind, n + i % extra, (u16_t)(1000 + i), kind == 1 ? 5004 : 5001);
  b_begin();
  for (i = 0; i < iters; i++)
    b_one_conn(kind, n + i % extra, (u16_t)(2000 + i), kind == 1 ? 5004 : 5001);
  b_end(iters);
}

/* bulk receive on one connection while tw connections sit in TIME_WAIT: does TIME_WAIT cost anything? */
static void t_tcp_rx_tw(void)
{
  u32_t tw = (u32_t)b_arg("tw", 100), iters = (u32_t)b_arg("iters", 2000), i;
  h_init(tw + 1);
  b_listen(5001, b_sink_accept);
  b_listen(5004, b_close_accept);
  b_open_n(1, 5001, 0);
  for (i = 0; i < tw; i++)
    b_one_conn(1, 1 + i, 40000, 5004);
  for (i = 0; i < 64; i++)
    h_send(&h_peers[0], F_ACK, b_data, 1460);
  b_begin();
  for (i = 0; i < iters; i++)
    h_send(&h_peers[0], F_ACK, b_data, 1460);
  b_end(iters);
}

/* SYN flood: n half-open connections already there, then more SYNs */
static void t_syn(void)
{
  u32_t n = (u32_t)b_arg("n", 0), iters = (u32_t)b_arg("iters", 200), i;
  h_init(n + iters + 8);
  b_listen(5001, b_sink_accept);
  for (i = 0; i < n + iters; i++) {
    h_peer_init(&h_peers[i], i, 1234, 5001, 0);
    if (i == n)
      b_begin();
    h_send(&h_peers[i], F_SYN, NULL, 0);
  }
  b_end(iters);
}

/* out-of-order: the first segment of each window is lost, k later ones queue up, then the hole is filled */
static void t_tcp_ooo(void)
{
  u32_t k = (u32_t)b_arg("k", 16), iters = (u32_t)b_arg("iters", 50), i, j, ok = 0;
  h_peer *p;
  int rev = (int)b_arg("rev", 0);
  h_init(1);
  b_listen(5001, b_sink_accept);
  b_open_n(1, 5001, 0);
  p = &h_peers[0];
  b_rx_bytes = 0;
  for (i = 0; i < iters + 4; i++) {
    u32_t base = p->snd_nxt;
    if (i == 4) {
      b_rx_bytes = 0;
      b_begin();
    }
    for (j = 0; j < k; j++) {
      p->snd_nxt = base + 1460 * (rev ? k - j : j + 1);
      h_send(p, F_ACK, b_data, 1460);
    }
    p->snd_nxt = base;
    h_send(p, F_ACK, b_data, 1460);
    p->snd_nxt = base + 1460 * (k + 1);
    ok++;
  }
  b_end(iters * (k + 1));
  if (b_rx_bytes != iters * (k + 1) * 1460)
    printf("!! got %lu of %lu\n", (unsigned long)b_rx_bytes, (unsigned long)(iters * (k + 1) * 1460));
}

/* UDP echo on n sockets */
static void b_udp_recv(void *arg, struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *addr, u16_t port)
{
  (void)arg;
  udp_sendto(pcb, p, addr, port);
  pbuf_free(p);
}
static void t_udp_echo(void)
{
  u32_t n = (u32_t)b_arg("n", 1), iters = (u32_t)b_arg("iters", 2000), len = (u32_t)b_arg("len", 64), i, L;
  int mode = (int)b_arg("mode", 0), v6 = (int)b_arg("v6", 0), conn = (int)b_arg("conn", 0);
  u32_t got;
  h_zero_copy_rx = (int)b_arg("zc", 0);
  h_init(1);
  for (i = 0; i < n; i++) {
    struct udp_pcb *u = udp_new_ip_type(LWIP_IPV6 ? IPADDR_TYPE_ANY : IPADDR_TYPE_V4);
    if (!u || udp_bind(u, LWIP_IPV6 ? IP_ANY_TYPE : IP4_ADDR_ANY, (u16_t)(7000 + i)) != ERR_OK) {
      printf("udp bind\n");
      exit(2);
    }
    udp_recv(u, b_udp_recv, NULL);
    if (conn) {
      ip_addr_t a;
      IP_ADDR4(&a, 10, 1, 0, 0);
      udp_connect(u, &a, 3333);
    }
  }
  h_verify = 1;
  for (i = 0; i < 32; i++) {
    L = h_udp(b_frame, 0, 3333, (u16_t)(7000 + b_pick(mode, i, n)), b_data, len, v6);
    h_rx(b_frame, L);
    h_pump();
  }
  got = h_udp_in;
  b_begin();
  for (i = 0; i < iters; i++) {
    L = h_udp(b_frame, 0, 3333, (u16_t)(7000 + b_pick(mode, i, n)), b_data, len, v6);
    h_rx(b_frame, L);
  }
  b_end(iters);
  if (h_udp_in - got != iters)
    printf("!! %lu of %lu\n", (unsigned long)(h_udp_in - got), (unsigned long)iters);
}
/* UDP send only (udp_send on a connected pcb, pbuf allocated per datagram) */
static void t_udp_tx(void)
{
  u32_t iters = (u32_t)b_arg("iters", 2000), len = (u32_t)b_arg("len", 64), i;
  struct udp_pcb *u = udp_new();
  ip_addr_t a;
  h_init(1);
  u = udp_new();
  IP_ADDR4(&a, 10, 1, 0, 0);
  udp_connect(u, &a, 3333);
  b_begin();
  for (i = 0; i < iters; i++) {
    struct pbuf *p = pbuf_alloc(PBUF_TRANSPORT, (u16_t)len, PBUF_RAM);
    h_copy(p->payload, b_data, len);
    udp_send(u, p);
    pbuf_free(p);
  }
  b_end(iters);
  printf("   sent %lu\n", (unsigned long)h_udp_in);
}
/* ephemeral-port bind with n sockets open */
static void t_udp_bind(void)
{
  u32_t n = (u32_t)b_arg("n", 1), iters = (u32_t)b_arg("iters", 200), i;
  h_init(1);
  for (i = 0; i < n; i++) {
    struct udp_pcb *u = udp_new();
    udp_bind(u, IP4_ADDR_ANY, 0);
  }
  b_begin();
  for (i = 0; i < iters; i++) {
    struct udp_pcb *u = udp_new();
    udp_bind(u, IP4_ADDR_ANY, 0);
    udp_remove(u);
  }
  b_end(iters);
}
static void t_icmp(void)
{
  u32_t iters = (u32_t)b_arg("iters", 2000), len = (u32_t)b_arg("len", 56), i, L, got;
  int v6 = (int)b_arg("v6", 0);
  h_init(1);
  h_verify = 1;
  for (i = 0; i < 32; i++) {
    L = h_icmp(b_frame, 0, 1, (u16_t)i, len, v6);
    h_rx(b_frame, L);
    h_pump();
  }
  L = h_icmp(b_frame, 0, 1, 77, len, v6);
  got = h_icmp_in;
  b_begin();
  for (i = 0; i < iters; i++)
    h_rx(b_frame, L);
  b_end(iters);
  if (h_icmp_in - got != iters)
    printf("!! %lu of %lu\n", (unsigned long)(h_icmp_in - got), (unsigned long)iters);
}
/* frames that are not for us / bring nothing: cost of noise on the wire */
static void t_noise(void)
{
  u32_t iters = (u32_t)b_arg("iters", 2000), i, L;
  int kind = (int)b_arg("kind", 0);
  h_init(1);
  if (kind == 0) {
    L = h_udp(b_frame, 0, 3333, 9, b_data, 64, 0);
  } /* UDP to a closed port -> ICMP unreachable */
  else if (kind == 1) {
    h_peer *p = &h_peers[0];
    h_peer_init(p, 0, 1000, 9, 0);
    L = h_tcp(p, b_frame, F_SYN, 1, 0, NULL, 0);
  } /* SYN to a closed port -> RST */
  else if (kind == 2) {
    memset(b_frame, 0xff, 60);
    memcpy(b_frame + 6, h_mac_gw, 6);
    memcpy(b_frame + 12, "\x08\x06\0\1\x08\0\6\4\0\1", 10);
    memcpy(b_frame + 22, h_mac_gw, 6);
    memcpy(b_frame + 28, "\x0a\0\0\x01", 4);
    memcpy(b_frame + 38, "\x0a\0\0\x63", 4);
    L = 60;
  } /* ARP who-has somebody else */
  else if (kind == 3) {
    memcpy(b_frame, h_mac_stack, 6);
    memcpy(b_frame + 6, h_mac_gw, 6);
    memcpy(b_frame + 12, "\x08\x06\0\1\x08\0\6\4\0\1", 10);
    memcpy(b_frame + 22, h_mac_gw, 6);
    memcpy(b_frame + 28, "\x0a\0\0\x01", 4);
    memset(b_frame + 32, 0, 6);
    memcpy(b_frame + 38, "\x0a\0\0\x02", 4);
    L = 60;
  } /* ARP who-has us -> reply */
  else {
    L = h_udp(b_frame, 0, 3333, 9, b_data, 64, 0);
    b_frame[14 + 19] = 9;
  } /* other IPv4 host's packet (bad header checksum for sw-csum stacks is fixed below) */
  if (kind == 4) {
    u16_t c;
    b_frame[24] = b_frame[25] = 0;
    c = h_csum(b_frame + 14, 20, 0);
    b_frame[24] = (u8_t)(c >> 8);
    b_frame[25] = (u8_t)c;
  }
  b_begin();
  for (i = 0; i < iters; i++)
    h_rx(b_frame, L);
  b_end(iters);
  printf("   frames out per op %.2f\n", (double)h_frames_out / iters);
}

/* HTTP. kind 0: raw-API mini server keep-alive, 1: mini server, one connection per GET;
 *       kind 2: apps/httpd keep-alive, 3: apps/httpd one connection per GET (Connection: close) */
static void b_http_one(int kind, h_peer *p)
{
  u32_t s0 = p->bytes_in;
  int g = 0;
  static const char closeget[] =
    "GET /index.html HTTP/1.1\r\nHost: 10.0.0.2\r\nUser-Agent: bench/1.0\r\nAccept: */*\r\nConnection: close\r\n\r\n";
  if (kind & 1)
    h_send(p, F_ACK | F_PSH, closeget, sizeof(closeget) - 1);
  else
    h_send(p, F_ACK | F_PSH, b_http_get, sizeof(b_http_get) - 1);
  while (p->bytes_in - s0 < 512 && g++ < 8) {
    if (p->rcv_nxt != p->acked)
      h_send(p, F_ACK, NULL, 0);
    else
      break;
  }
  if (p->rcv_nxt != p->acked)
    h_send(p, F_ACK, NULL, 0);
  if (p->bytes_in - s0 < 512)
    h_bad++;
}
static void t_http(void)
{
  u32_t iters = (u32_t)b_arg("iters", 500), n = (u32_t)b_arg("n", 1), i, j;
  int kind = (int)b_arg("kind", 0);
  u16_t port;
  h_init(n + 512);
  b_http_close = kind == 1;
  if (kind < 2) {
    b_listen(8080, b_http_accept);
    port = 8080;
  }
#ifdef H_HTTPD
  else {
    sprintf(b_page, "%s", b_http_hdr);
    {
      size_t k = strlen(b_page);
      memset(b_page + k, 'x', 512);
      b_page[k + 512] = 0;
    }
    httpd_init();
    port = 80;
  }
#else
  else {
    printf("%s: no httpd in this build\n", b_label);
    return;
  }
#endif
  b_open_n(n, port, 0);
  h_verify = 1;
  for (j = 0; j < 2; j++) {
    u32_t m = j ? iters : 40;
    if (j)
      b_begin();
    for (i = 0; i < m; i++) {
      if (kind & 1) {
        h_peer *p = &h_peers[n + i % 512];
        h_open(p, n + i % 512, (u16_t)(2000 + i + 5000 * j), port, 0);
        p->seen = 0;
        b_http_one(kind, p);
        if (!(p->seen & F_FIN)) {
          h_bad++;
        }
        h_send(p, F_FIN | F_ACK, NULL, 0);
      } else
        b_http_one(kind, &h_peers[0]);
    }
    if (j)
      b_end(iters);
  }
}

/* timers: what one simulated second costs with n idle connections */
static void t_timers(void)
{
  u32_t n = (u32_t)b_arg("n", 0), secs = (u32_t)b_arg("iters", 20), i;
  int v6 = (int)b_arg("v6", 0);
  h_init(n + 1);
  b_listen(5001, b_sink_accept);
  b_open_n(n, 5001, v6);
  h_advance(1000);
  b_begin();
  for (i = 0; i < secs * 20; i++)
    h_advance(50);
  b_end(secs);
}
/* sys_check_timeouts with nothing due (the main-loop poll) */
static void t_poll(void)
{
  u32_t iters = (u32_t)b_arg("iters", 5000), i;
  h_init(1);
  h_advance(2000);
  b_begin();
  for (i = 0; i < iters; i++)
    sys_check_timeouts();
  b_end(iters);
}
/* n pending sys_timeouts; add and cancel one with a random deadline */
static u32_t b_fired;
static void b_tmo(void *a)
{
  (void)a;
  b_fired++;
}
static void t_timeout(void)
{
  u32_t n = (u32_t)b_arg("n", 10), iters = (u32_t)b_arg("iters", 500), i;
  int kind = (int)b_arg("kind", 0);
  h_init(1);
  for (i = 0; i < n; i++)
    sys_timeout(100000 + h_rand() % 1000000, b_tmo, (void *)(size_t)(i + 1));
  if (kind == 0) {
    b_begin();
    for (i = 0; i < iters; i++) {
      sys_timeout(100000 + h_rand() % 1000000, b_tmo, &b_fired);
      sys_untimeout(b_tmo, &b_fired);
    }
    b_end(iters);
  } else { /* fire: each expiry includes its re-arm elsewhere in the queue */
    b_begin();
    for (i = 0; i < iters; i++) {
      sys_timeout(1, b_tmo, &b_fired);
      h_now += 1;
      sys_check_timeouts();
    }
    b_end(iters);
    printf("   fired %lu\n", (unsigned long)b_fired);
  }
}
/* UDP send to n on-link neighbours: ARP look-up cost */
static void t_arp(void)
{
  u32_t n = (u32_t)b_arg("n", 1), iters = (u32_t)b_arg("iters", 2000), i;
  int mode = (int)b_arg("mode", 2);
  struct udp_pcb *u;
  u32_t got;
  h_init(1);
  u = udp_new();
  for (i = 0; i < n; i++) {
    ip_addr_t a;
    struct pbuf *p;
    IP_ADDR4(&a, 10, 0, (u8_t)(1 + (i >> 8)), (u8_t)i);
    p = pbuf_alloc(PBUF_TRANSPORT, 32, PBUF_RAM);
    udp_sendto(u, p, &a, 9);
    pbuf_free(p);
    h_pump();
  }
  got = h_udp_in;
  b_begin();
  for (i = 0; i < iters; i++) {
    ip_addr_t a;
    struct pbuf *p;
    u32_t k = b_pick(mode, i, n);
    IP_ADDR4(&a, 10, 0, (u8_t)(1 + (k >> 8)), (u8_t)k);
    p = pbuf_alloc(PBUF_TRANSPORT, 32, PBUF_RAM);
    udp_sendto(u, p, &a, 9);
    pbuf_free(p);
  }
  b_end(iters);
  if (h_udp_in - got != iters)
    printf("!! %lu of %lu\n", (unsigned long)(h_udp_in - got), (unsigned long)iters);
}
/* reassembly of datagrams of m fragments. rev: last fragment first; par: that many datagrams interleaved */
static void t_reass(void)
{
  u32_t m = (u32_t)b_arg("m", 2), iters = (u32_t)b_arg("iters", 50), par = (u32_t)b_arg("par", 1), i, j, d;
  int rev = (int)b_arg("rev", 0);
  u32_t per = 1480, tot = m * per - 8, got;
  u8_t *dg = malloc(tot + 8);
  struct udp_pcb *u;
  u16_t c, id = 1;
  h_init(1);
  u = udp_new();
  udp_bind(u, IP4_ADDR_ANY, 7000);
  udp_recv(u, b_udp_recv, NULL);
  if (tot > 65000) {
    tot = 65000;
  }
  h_udp(b_frame, 0, 3333, 7000, b_data, 8, 0); /* pseudo header etc. */
  memset(dg, 0, tot + 8);
  dg[0] = 3333 >> 8;
  dg[1] = 3333 & 255;
  dg[2] = 7000 >> 8;
  dg[3] = 7000 & 255;
  dg[4] = (u8_t)((tot + 8) >> 8);
  dg[5] = (u8_t)(tot + 8);
  c = 0;
  (void)c; /* UDP checksum 0 = not used */
  h_frames_out = 0;
  b_rx_ops = 0;
  got = h_frames_out;
  b_begin();
  for (i = 0; i < iters; i++, id = (u16_t)(id + par))
    for (j = 0; j < m; j++)
      for (d = 0; d < par; d++) {
        u32_t k = rev ? m - 1 - j : j, off = k * per, len = LWIP_MIN(per, tot + 8 - off);
        u32_t L = h_ipfrag(b_frame, 0, (u16_t)(id + d), off, k != m - 1, dg + off, len);
        h_rx(b_frame, L);
      }
  b_end(iters * m * par);
  printf("   frames out per datagram %.2f\n", (double)(h_frames_out - got) / iters / par);
}
#if LWIP_DNS
/* DNS: n cached names, look-ups of cached names (round robin) */
static ip_addr_t b_dns_addr;
static u32_t b_dns_found;
static void b_dns_cb(const char *name, const ip_addr_t *a, void *arg)
{
  (void)name;
  (void)arg;
  if (a)
    b_dns_found++;
}
static u8_t b_dns_q[600];
static u32_t b_dns_qlen;
static u16_t b_dns_port;
static void b_dns_answer(void)
{ /* the query is in h_last: answer it with an A record 10.9.8.7, TTL 3600 */
  u8_t *q = h_last + 42, r[600];
  u32_t ql = h_last_len - 42, L;
  b_dns_port = (u16_t)((h_last[34] << 8) | h_last[35]);
  (void)b_dns_q;
  (void)b_dns_qlen;
  h_copy(r, q, ql);
  r[2] = 0x81;
  r[3] = 0x80;
  r[7] = 1;
  h_copy(r + ql, "\xc0\x0c\0\1\0\1\0\0\x0e\x10\0\4\x0a\x09\x08\x07", 16);
  L = h_udp(b_frame, 1, 53, b_dns_port, r, ql + 16, 0);
  h_rx(b_frame, L);
}
static void t_dns(void)
{
  u32_t n = (u32_t)b_arg("n", 4), iters = (u32_t)b_arg("iters", 1000), i;
  int kind = (int)b_arg("kind", 0);
  char name[64];
  ip_addr_t srv, a;
  u32_t hit = 0;
  static char names[256][40];
  h_init(2);
  IP_ADDR4(&srv, 10, 1, 0, 1);
  dns_setserver(0, &srv);
  (void)b_dns_addr;
  for (i = 0; i < n; i++) {
    sprintf(name, "host-%lu.some.example.org", (unsigned long)i);
    strcpy(names[i & 255], name);
    dns_gethostbyname(name, &a, b_dns_cb, NULL);
    h_pump();
    b_dns_answer();
  }
  if (b_dns_found != n)
    printf("!! resolved %lu of %lu\n", (unsigned long)b_dns_found, (unsigned long)n);
  b_begin();
  if (kind == 0)
    for (i = 0; i < iters; i++) {
      if (dns_gethostbyname(names[i % n], &a, b_dns_cb, NULL) == ERR_OK)
        hit++;
    }
  else
    for (i = 0; i < iters; i++) { /* full query + answer, table full of other names */
      static const char hx[] = "0123456789abcdef";
      char *s = name;
      *s++ = 'q';
      *s++ = hx[(i >> 8) & 15];
      *s++ = hx[(i >> 4) & 15];
      *s++ = hx[i & 15];
      h_copy(s, ".some.example.org", 18);
      dns_gethostbyname(name, &a, b_dns_cb, NULL);
      b_dns_answer();
      hit++;
    }
  b_end(iters);
  if (hit != iters)
    printf("!! hits %lu of %lu\n", (unsigned long)hit, (unsigned long)iters);
}
#else
static void t_dns(void)
{
  printf("%s: no DNS in this build\n", b_label);
}
#endif
/* Internet checksum */
static volatile u32_t b_sinkv;
static void t_chksum(void)
{
  u32_t len = (u32_t)b_arg("len", 1460), off = (u32_t)b_arg("off", 0), iters = (u32_t)b_arg("iters", 1000), i, s = 0;
  for (i = 0; i < sizeof(b_data); i++)
    b_data[i] = (u8_t)(i * 7 + (i >> 8));
  b_begin();
  for (i = 0; i < iters; i++)
    s += inet_chksum(b_data + off, (u16_t)len);
  b_end(iters);
  b_sinkv = s;
  {
    u16_t want = h_csum(b_data + off, len, 0), is = inet_chksum(b_data + off, (u16_t)len);
    is = lwip_ntohs(is);
    if (want != is)
      printf("!! checksum %04x want %04x\n", is, want);
  }
}
/* buffers: kind 0 pool pbuf 1514, 1 RAM pbuf 64, 2 RAM pbuf 1460, 3 mem_malloc 64, 4 ROM pbuf; hold: others live */
static void t_pbuf(void)
{
  u32_t iters = (u32_t)b_arg("iters", 2000), hold = (u32_t)b_arg("hold", 0), i;
  int kind = (int)b_arg("kind", 0);
  static void *keep[4096];
  h_init(1);
  if (hold > 4096)
    hold = 4096;
  for (i = 0; i < hold; i++)
    keep[i] = pbuf_alloc(PBUF_RAW, (u16_t)(32 + (h_rand() & 255)), PBUF_RAM);
  for (i = 0; i < hold; i += 2)
    pbuf_free(keep[i]); /* leave holes: a fragmented heap */
  b_begin();
  for (i = 0; i < iters; i++) {
    struct pbuf *p;
    if (kind == 3) {
      void *m = mem_malloc(64);
      mem_free(m);
      continue;
    }
    p = kind == 0   ? pbuf_alloc(PBUF_RAW, 1514, PBUF_POOL)
        : kind == 1 ? pbuf_alloc(PBUF_TRANSPORT, 64, PBUF_RAM)
        : kind == 2 ? pbuf_alloc(PBUF_TRANSPORT, 1460, PBUF_RAM)
                    : pbuf_alloc(PBUF_TRANSPORT, 1460, PBUF_ROM);
    pbuf_free(p);
  }
  b_end(iters);
}
/* deliver what the loop interface queued; a build with a tcpip thread (Debian's) has no such call */
static void b_poll_loop(void)
{
#if !LWIP_NETIF_LOOPBACK_MULTITHREADING
  netif_poll_all();
#endif
}
/* TCP through 127.0.0.1: the same stack is both ends, no frame is built by the harness */
static void t_loop(void)
{
  u32_t iters = (u32_t)b_arg("iters", 2000), i, g, w = (u32_t)b_arg("w", 8);
  struct tcp_pcb *c;
  ip_addr_t lo;
  u32_t goal;
  h_init(1);
  b_listen(5001, b_sink_accept);
  b_tx_len = 1460;
  b_tx_flags = b_arg("copy", 1) ? TCP_WRITE_FLAG_COPY : 0;
  b_tx_q = w * 1460;
  c = tcp_new();
  IP_ADDR4(&lo, 127, 0, 0, 1);
  tcp_connect(c, &lo, 5001, b_connected);
  for (g = 0; g < 50 && !b_conn_ok; g++) {
    b_poll_loop();
    h_advance(10);
  }
  if (!b_conn_ok) {
    printf("!! loop connect failed\n");
    return;
  }
  tcp_sent(c, b_tx_sent);
  /* netif_poll runs until the loop queue is empty, so the amount of data must be bounded */
  for (i = 0; i < 2; i++) {
    b_rx_bytes = 0;
    goal = (i ? iters : 300) * 1460;
    b_tx_quota = goal;
    if (i)
      b_begin();
    for (g = 0; b_rx_bytes < goal && g < 1000; g++) {
      b_tx_fill(c);
      tcp_output(c);
      b_poll_loop();
      if (g)
        h_advance(250); /* only a delayed ack may be outstanding */
    }
    if (i)
      b_end(iters);
    if (b_rx_bytes < goal)
      printf("!! only %lu\n", (unsigned long)b_rx_bytes);
  }
  printf("   timer kicks needed %lu\n", (unsigned long)g);
}

static const struct {
  const char *name;
  void (*fn)(void);
} b_tests[] = {
  { "tcp_rx", t_tcp_rx },
  { "tcp_tx", t_tcp_tx },
  { "tcp_rr", t_tcp_rr },
  { "tcp_conn", t_tcp_conn },
  { "tcp_rx_tw", t_tcp_rx_tw },
  { "syn", t_syn },
  { "tcp_ooo", t_tcp_ooo },
  { "udp_echo", t_udp_echo },
  { "udp_tx", t_udp_tx },
  { "udp_bind", t_udp_bind },
  { "icmp", t_icmp },
  { "noise", t_noise },
  { "http", t_http },
  { "timers", t_timers },
  { "poll", t_poll },
  { "timeout", t_timeout },
  { "arp", t_arp },
  { "reass", t_reass },
  { "dns", t_dns },
  { "chksum", t_chksum },
  { "pbuf", t_pbuf },
  { "loop", t_loop },
};
int b_run(const char *cmd)
{
  size_t i, k = strcspn(cmd, " ");
  b_args = cmd + k;
  h_const_data = b_data;
  snprintf(b_label, sizeof(b_label), "%s", cmd);
  for (i = 0; i < sizeof(b_tests) / sizeof(b_tests[0]); i++)
    if (strlen(b_tests[i].name) == k && !strncmp(b_tests[i].name, cmd, k)) {
      b_tests[i].fn();
      return 0;
    }
  printf("no such test: %s\n", cmd);
  return 1;
}
#ifndef H_MCU
int main(int argc, char **argv)
{
  if (argc < 2) {
    size_t i;
    for (i = 0; i < sizeof(b_tests) / sizeof(b_tests[0]); i++)
      puts(b_tests[i].name);
    return 0;
  }
  return b_run(argv[1]);
}
#endif
