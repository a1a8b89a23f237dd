/* A NO_SYS application on the lwIP raw API over a Linux TAP device (or a Unix socket, for the loss relay).
 * Services: TCP sink 5001, TCP source 5002, UDP echo 7, mini HTTP server 8080, apps/httpd 80, lwiperf 5003.
 * Same source for every API-compatible stack.
 *   tapbench -i tap0            TAP device (already configured in this netns)
 *   tapbench -u relay.sock      Unix SEQPACKET socket on which the relay listens
 */
#define _GNU_SOURCE
#include "lwip/opt.h"
#include "lwip/init.h"
#include "lwip/netif.h"
#include "lwip/tcp.h"
#include "lwip/udp.h"
#include "lwip/timeouts.h"
#include "lwip/etharp.h"
#include "netif/ethernet.h"
#include "lwip/apps/httpd.h"
#include "lwip/apps/fs.h"
#ifdef WITH_LWIPERF
#include "lwip/apps/lwiperf.h"
#endif
#ifdef USE_CONTRIB_TAPIF
#include "netif/tapif.h"
int tapif_select(struct netif *netif);
#endif
#include <stdio.h>
#include <stdlib.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>
#include <fcntl.h>
#include <poll.h>
#include <time.h>
#include <errno.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/resource.h>
#include <linux/if.h>
#include <linux/if_tun.h>

static struct netif nif;
static int fd = -1;
static unsigned long n_rx, n_tx, n_txdrop, n_nobuf;

void h_diag(const char *fmt, ...)
{
  va_list ap;
  va_start(ap, fmt);
  vfprintf(stderr, fmt, ap);
  va_end(ap);
}
void h_assert_fail(const char *w, const char *f, int l)
{
  fprintf(stderr, "ASSERT %s %s:%d\n", w, f, l);
  abort();
}
uint32_t h_rand(void)
{
  static uint32_t s;
  if (!s)
    s = (uint32_t)time(NULL) ^ (uint32_t)getpid() * 2654435761u;
  s ^= s << 13;
  s ^= s >> 17;
  s ^= s << 5;
  return s;
}
u32_t sys_now(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (u32_t)(t.tv_sec * 1000 + t.tv_nsec / 1000000);
}
u32_t sys_jiffies(void)
{
  return sys_now();
}

/* ---- driver ---- */
static err_t drv_output(struct netif *n, struct pbuf *p)
{
  u8_t buf[1600];
  ssize_t w;
  (void)n;
  pbuf_copy_partial(p, buf, p->tot_len, 0);
  w = write(fd, buf, p->tot_len);
  n_tx++;
  if (w < 0) {
    n_txdrop++;
    return ERR_IF;
  }
  return ERR_OK;
}
static int drv_input(void)
{
  u8_t buf[1600];
  ssize_t n = read(fd, buf, sizeof(buf));
  struct pbuf *p;
  if (n <= 0)
    return 0;
  n_rx++;
  p = pbuf_alloc(PBUF_RAW, (u16_t)n, PBUF_POOL);
  if (!p) {
    n_nobuf++;
    return 1;
  }
  pbuf_take(p, buf, (u16_t)n);
  if (nif.input(p, &nif) != ERR_OK)
    pbuf_free(p);
  return 1;
}
static err_t drv_init(struct netif *n)
{
  static const u8_t mac[6] = { 2, 0x12, 0x34, 0x56, 0x78, 0xab };
  n->name[0] = 't';
  n->name[1] = 'p';
  n->mtu = 1500;
  n->hwaddr_len = 6;
  memcpy(n->hwaddr, mac, 6);
  n->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_LINK_UP;
  n->output = etharp_output;
  n->linkoutput = drv_output;
  return ERR_OK;
}
static void open_tap(const char *name)
{
  struct ifreq ifr;
  memset(&ifr, 0, sizeof(ifr));
  fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK);
  ifr.ifr_flags = IFF_TAP | IFF_NO_PI;
  strncpy(ifr.ifr_name, name, IFNAMSIZ - 1);
  if (fd < 0 || ioctl(fd, TUNSETIFF, &ifr) < 0) {
    perror("tap");
    exit(1);
  }
}
static void open_unix(const char *path)
{ /* SEQPACKET: keeps frame boundaries and is limited by bytes, not by net.unix.max_dgram_qlen */
  struct sockaddr_un a;
  int sz = 8 << 20;
  fd = socket(AF_UNIX, SOCK_SEQPACKET, 0);
  memset(&a, 0, sizeof(a));
  a.sun_family = AF_UNIX;
  strcpy(a.sun_path, path);
  setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &sz, sizeof(sz));
  if (connect(fd, (struct sockaddr *)&a, sizeof(a))) {
    perror("connect");
    exit(1);
  }
  fcntl(fd, F_SETFL, O_NONBLOCK);
}

/* ---- services ---- */
static u8_t data[65536];
static err_t sink_recv(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err)
{
  (void)arg;
  (void)err;
  if (!p) {
    tcp_close(pcb);
    return ERR_OK;
  }
  tcp_recved(pcb, p->tot_len);
  pbuf_free(p);
  return ERR_OK;
}
static err_t sink_accept(void *arg, struct tcp_pcb *pcb, err_t err)
{
  (void)arg;
  (void)err;
  tcp_recv(pcb, sink_recv);
  return ERR_OK;
}
static void src_fill(struct tcp_pcb *pcb)
{
  for (;;) {
    tcpwnd_size_t room = tcp_sndbuf(pcb);
    u16_t n = (u16_t)LWIP_MIN(room, 4 * TCP_MSS);
    if (n < TCP_MSS)
      break;
    n = (u16_t)(n - n % TCP_MSS);
    if (tcp_write(pcb, data, n, SRC_FLAGS) != ERR_OK)
      break;
  }
}
static err_t src_sent(void *arg, struct tcp_pcb *pcb, u16_t len)
{
  (void)arg;
  (void)len;
  src_fill(pcb);
  return ERR_OK;
}
static err_t src_accept(void *arg, struct tcp_pcb *pcb, err_t err)
{
  (void)arg;
  (void)err;
  tcp_recv(pcb, sink_recv);
  tcp_sent(pcb, src_sent);
  src_fill(pcb);
  tcp_output(pcb);
  return ERR_OK;
}
static void echo_recv(void *arg, struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *a, u16_t port)
{
  (void)arg;
  udp_sendto(pcb, p, a, port);
  pbuf_free(p);
}
static const char hdr[] = "HTTP/1.1 200 OK\r\nServer: bench\r\nContent-Type: text/html\r\nContent-Length: 512\r\n\r\n";
static const char hdr_close[] =
  "HTTP/1.1 200 OK\r\nServer: bench\r\nContent-Type: text/html\r\nContent-Length: 512\r\nConnection: close\r\n\r\n";
static err_t http_recv(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err)
{
  char req[512];
  u16_t n;
  int close_it;
  (void)arg;
  (void)err;
  if (!p) {
    tcp_close(pcb);
    return ERR_OK;
  }
  n = pbuf_copy_partial(p, req, sizeof(req) - 1, 0);
  req[n] = 0;
  close_it = strstr(req, "Connection: close") != NULL;
  tcp_recved(pcb, p->tot_len);
  pbuf_free(p);
  if (close_it)
    tcp_write(pcb, hdr_close, sizeof(hdr_close) - 1, TCP_WRITE_FLAG_MORE);
  else
    tcp_write(pcb, hdr, sizeof(hdr) - 1, TCP_WRITE_FLAG_MORE);
  tcp_write(pcb, data, 512, 0);
  tcp_output(pcb);
  if (close_it)
    tcp_close(pcb);
  return ERR_OK;
}
static err_t http_accept(void *arg, struct tcp_pcb *pcb, err_t err)
{
  (void)arg;
  (void)err;
  tcp_recv(pcb, http_recv);
  return ERR_OK;
}
static char page[700], page_close[700];
int fs_open_custom(struct fs_file *file, const char *name)
{
  memset(file, 0, sizeof(*file));
  if (!strcmp(name, "/close.html")) {
    file->data = page_close;
    file->len = (int)strlen(page_close);
    file->index = file->len;
    file->flags = FS_FILE_FLAGS_HEADER_INCLUDED;
    return 1;
  }
  if (strcmp(name, "/index.html"))
    return 0;
  file->data = page;
  file->len = (int)strlen(page);
  file->index = file->len;
  file->flags = FS_FILE_FLAGS_HEADER_INCLUDED | FS_FILE_FLAGS_HEADER_PERSISTENT;
  return 1;
}
void fs_close_custom(struct fs_file *file)
{
  (void)file;
}
static void listen_on(u16_t port, tcp_accept_fn fn)
{
  struct tcp_pcb *l = tcp_new();
  tcp_bind(l, IP_ADDR_ANY, port);
  l = tcp_listen(l);
  tcp_accept(l, fn);
}
static volatile sig_atomic_t want_stats, stop;
static void on_usr1(int s)
{
  (void)s;
  want_stats = 1;
}
static void on_term(int s)
{
  (void)s;
  stop = 1;
}

int main(int argc, char **argv)
{
  ip4_addr_t ip, mask, gw;
  int i, o;
  struct udp_pcb *u;
  const char *tap = NULL;
  char *un = NULL;
  while ((o = getopt(argc, argv, "i:u:")) != -1) {
    if (o == 'i')
      tap = optarg;
    else if (o == 'u')
      un = optarg;
  }
  signal(SIGUSR1, on_usr1);
  signal(SIGTERM, on_term);
  signal(SIGPIPE, SIG_IGN);
  for (i = 0; i < (int)sizeof(data); i++)
    data[i] = (u8_t)("abcdefghijklmnopqrstuvwxyz012345"[i & 31]);
  sprintf(page, "%s", hdr);
  {
    size_t k = strlen(page);
    memset(page + k, 'x', 512);
    page[k + 512] = 0;
  }
  sprintf(page_close, "%s", hdr_close);
  {
    size_t k = strlen(page_close);
    memset(page_close + k, 'x', 512);
    page_close[k + 512] = 0;
  }
  lwip_init();
  IP4_ADDR(&ip, 10, 0, 0, 2);
  IP4_ADDR(&mask, 255, 255, 255, 0);
  IP4_ADDR(&gw, 10, 0, 0, 1);
#ifdef USE_CONTRIB_TAPIF
  setenv("PRECONFIGURED_TAPIF", tap, 1);
  netif_add(&nif, &ip, &mask, &gw, NULL, tapif_init, ethernet_input);
#else
  if (un)
    open_unix(un);
  else
    open_tap(tap);
  netif_add(&nif, &ip, &mask, &gw, NULL, drv_init, ethernet_input);
#endif
  netif_set_default(&nif);
  netif_set_up(&nif);
  listen_on(5001, sink_accept);
  listen_on(5002, src_accept);
  listen_on(8080, http_accept);
  httpd_init();
#ifdef WITH_LWIPERF
  lwiperf_start_tcp_server(IP_ADDR_ANY, 5003, NULL, NULL);
#endif
  u = udp_new();
  udp_bind(u, IP_ADDR_ANY, 7);
  udp_recv(u, echo_recv, NULL);
  while (!stop) {
#ifdef USE_CONTRIB_TAPIF
    tapif_select(&nif);
#else
    struct pollfd p = { fd, POLLIN, 0 };
    u32_t ms = sys_timeouts_sleeptime();
    int k;
    if (!drv_input()) {
      poll(&p, 1, ms > 1000 ? 1000 : (int)ms);
    } else
      for (k = 0; k < 64 && drv_input(); k++)
        ;
#endif
    sys_check_timeouts();
    if (want_stats) {
      struct rusage r;
      want_stats = 0;
      getrusage(RUSAGE_SELF, &r);
      fprintf(stderr, "rx %lu tx %lu txdrop %lu nobuf %lu user %ld.%03ld sys %ld.%03ld\n", n_rx, n_tx, n_txdrop,
              n_nobuf, (long)r.ru_utime.tv_sec, (long)r.ru_utime.tv_usec / 1000, (long)r.ru_stime.tv_sec,
              (long)r.ru_stime.tv_usec / 1000);
    }
  }
  return 0;
}
