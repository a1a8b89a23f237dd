/* A small application that uses what the configuration offers, so that --gc-sections keeps exactly that. */
#include "lwip/init.h"
#include "lwip/netif.h"
#include "lwip/pbuf.h"
#include "lwip/udp.h"
#include "lwip/dhcp.h"
#include "lwip/etharp.h"
#include "lwip/timeouts.h"
#include "netif/ethernet.h"
#if LWIP_TCP
#include "lwip/tcp.h"
#endif
#if LWIP_DNS
#include "lwip/dns.h"
#endif
#if LWIP_RAW
#include "lwip/raw.h"
#endif
#if LWIP_IPV6
#include "lwip/ethip6.h"
#endif
#if SIZE_ALL + 0
#include "lwip/tcpip.h"
#include "lwip/sockets.h"
#include "lwip/netdb.h"
#include "lwip/netifapi.h"
#include "lwip/api.h"
#include "lwip/autoip.h"
#include "lwip/igmp.h"
#include "lwip/dhcp6.h"
#include "lwip/apps/httpd.h"
#include "lwip/apps/mqtt.h"
#include "lwip/apps/sntp.h"
#include "lwip/apps/mdns.h"
#include "lwip/apps/snmp.h"
#include "lwip/apps/snmp_mib2.h"
#include "lwip/apps/tftp_server.h"
#include "lwip/apps/smtp.h"
#include "lwip/apps/netbiosns.h"
#include "lwip/apps/lwiperf.h"
#include "lwip/apps/http_client.h"
#endif
extern volatile int hw_rx_len;
extern unsigned char hw_rx[1536], hw_tx[1536];
extern volatile int hw_tx_go;
static struct netif nif;
static err_t out(struct netif *n, struct pbuf *p)
{
  (void)n;
  pbuf_copy_partial(p, hw_tx, p->tot_len, 0);
  hw_tx_go = p->tot_len;
  return ERR_OK;
}
static void link_cb(struct netif *n)
{
  (void)n;
  hw_tx_go = 0;
}
static err_t init(struct netif *n)
{
  n->mtu = 1500;
  n->hwaddr_len = 6;
  n->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_LINK_UP;
#if LWIP_IPV4
  n->output = etharp_output;
#endif
  n->linkoutput = out;
#if LWIP_IPV6
  n->output_ip6 = ethip6_output;
  n->flags |= NETIF_FLAG_MLD6;
#endif
  return ERR_OK;
}
static void udp_r(void *a, struct udp_pcb *u, struct pbuf *p, const ip_addr_t *ad, u16_t port)
{
  (void)a;
  udp_sendto(u, p, ad, port);
  pbuf_free(p);
}
#if LWIP_TCP
static void terr(void *a, err_t e)
{
  (void)a;
  hw_tx_go = e;
}
static err_t tpoll(void *a, struct tcp_pcb *p)
{
  (void)a;
  tcp_abort(p);
  return ERR_ABRT;
}
static err_t tsent(void *a, struct tcp_pcb *p, u16_t l)
{
  (void)a;
  (void)p;
  hw_tx_go = l;
  return ERR_OK;
}
static err_t trecv(void *a, struct tcp_pcb *t, struct pbuf *p, err_t e)
{
  (void)a;
  (void)e;
  if (!p) {
    tcp_close(t);
    return ERR_OK;
  }
  tcp_recved(t, p->tot_len);
  tcp_write(t, p->payload, p->len, TCP_WRITE_FLAG_COPY);
  tcp_output(t);
  pbuf_free(p);
  return ERR_OK;
}
static err_t tacc(void *a, struct tcp_pcb *p, err_t e)
{
  (void)e;
  tcp_arg(p, a);
  tcp_recv(p, trecv);
  tcp_sent(p, tsent);
  tcp_err(p, terr);
  tcp_poll(p, tpoll, 4);
  tcp_nagle_disable(p);
  return ERR_OK;
}
#endif
#if LWIP_DNS
static void found(const char *n, const ip_addr_t *a, void *arg)
{
  (void)n;
  (void)arg;
#if LWIP_TCP
  if (a) {
    struct tcp_pcb *c = tcp_new();
    tcp_connect(c, a, 80, tacc);
    tcp_shutdown(c, 0, 1);
  }
#endif
}
#endif
#if LWIP_RAW
static u8_t rawr(void *arg, struct raw_pcb *pcb, struct pbuf *p, const ip_addr_t *addr)
{
  (void)arg;
  (void)pcb;
  (void)addr;
  hw_tx_go = p->len;
  return 0;
}
#endif
#if SIZE_ALL + 0
static void sock_use(void)
{
  struct sockaddr_in a;
  char b[16];
  int s = lwip_socket(AF_INET, SOCK_STREAM, 0);
  fd_set f;
  struct timeval tv = { 1, 0 };
  struct addrinfo *ai;
  lwip_getaddrinfo("example.org", "80", 0, &ai);
  lwip_gethostbyname("x");
  a.sin_family = AF_INET;
  lwip_bind(s, (struct sockaddr *)&a, sizeof(a));
  lwip_listen(s, 4);
  lwip_accept(s, 0, 0);
  lwip_connect(s, ai->ai_addr, ai->ai_addrlen);
  FD_ZERO(&f);
  FD_SET(s, &f);
  lwip_select(s + 1, &f, 0, 0, &tv);
  lwip_send(s, b, 16, 0);
  lwip_recv(s, b, 16, 0);
  lwip_sendto(s, b, 1, 0, (struct sockaddr *)&a, sizeof(a));
  lwip_recvfrom(s, b, 1, 0, 0, 0);
  lwip_setsockopt(s, SOL_SOCKET, SO_REUSEADDR, b, 4);
  lwip_getsockopt(s, SOL_SOCKET, SO_ERROR, b, (socklen_t *)b);
  lwip_ioctl(s, FIONREAD, b);
  lwip_fcntl(s, F_GETFL, 0);
  lwip_shutdown(s, 2);
  lwip_close(s);
  struct pollfd pf;
  lwip_poll(&pf, 1, 5);
}
static void mqc(mqtt_client_t *c, void *a, mqtt_connection_status_t s)
{
  (void)a;
  (void)s;
  mqtt_subscribe(c, "t", 1, 0, 0);
  mqtt_publish(c, "t", "x", 1, 1, 0, 0, 0);
}
static void *topen(const char *f, const char *m, u8_t w)
{
  (void)f;
  (void)m;
  (void)w;
  return 0;
}
static void tclose(void *h)
{
  (void)h;
}
static int tread(void *h, void *b, int n)
{
  (void)h;
  (void)b;
  return n;
}
static int twrite(void *h, struct pbuf *p)
{
  (void)h;
  (void)p;
  return 0;
}
static const struct tftp_context tc = { topen, tclose, tread, twrite };
static const struct mqtt_connect_client_info_t ci = { "id", 0, 0, 60, 0, 0, 0, 0 };
static void txt(struct mdns_service *s, void *a)
{
  (void)a;
  mdns_resp_add_service_txtitem(s, "path=/", 6);
}
static const char *cgi(int i, int n, char *p[], char *v[])
{
  (void)i;
  (void)n;
  (void)p;
  (void)v;
  return "/index.html";
}
static const tCGI cgis[] = { { "/c", cgi } };
static u16_t ssi(int i, char *b, int n)
{
  (void)i;
  (void)b;
  (void)n;
  return 0;
}
static const char *tags[] = { "t" };
err_t httpd_post_begin(void *c, const char *u, const char *h, u16_t hl, int cl, char *r, u16_t rl, u8_t *pa)
{
  (void)c;
  (void)u;
  (void)h;
  (void)hl;
  (void)cl;
  (void)r;
  (void)rl;
  (void)pa;
  return ERR_VAL;
}
err_t httpd_post_receive_data(void *c, struct pbuf *p)
{
  (void)c;
  pbuf_free(p);
  return ERR_OK;
}
void httpd_post_finished(void *c, char *r, u16_t l)
{
  (void)c;
  (void)r;
  (void)l;
}
static void apps(void)
{
  ip_addr_t a;
  static mqtt_client_t *m;
  static httpc_connection_t hc;
  httpc_state_t *hs;
  ip_addr_set_any(0, &a);
  httpd_init();
  http_set_cgi_handlers(cgis, 1);
  http_set_ssi_handler(ssi, tags, 1);
  m = mqtt_client_new();
  mqtt_client_connect(m, &a, 1883, mqc, 0, &ci);
  sntp_setservername(0, "pool.ntp.org");
  sntp_init();
  mdns_resp_init();
  mdns_resp_add_netif(&nif, "dev", 255);
  mdns_resp_add_service(&nif, "d", "_http", DNSSD_PROTO_TCP, 80, 3600, txt, 0);
  snmp_init();
  tftp_init(&tc);
  smtp_set_server_addr("x");
  smtp_send_mail("a", "b", "s", "x", 0, 0);
  netbiosns_init();
  netbiosns_set_name("x");
  lwiperf_start_tcp_server_default(0, 0);
  httpc_get_file(&a, 80, "/", &hc, 0, 0, &hs);
  igmp_joingroup_netif(&nif, ip_2_ip4(&a));
  autoip_start(&nif);
  dhcp6_enable_stateless(&nif);
  netifapi_netif_set_up(&nif);
  sock_use();
}
#endif
int main(void)
{
  struct udp_pcb *u;
#if SIZE_ALL + 0
  tcpip_init(0, 0);
#else
  lwip_init();
#endif
#if LWIP_IPV4
  netif_add(&nif, IP4_ADDR_ANY4, IP4_ADDR_ANY4, IP4_ADDR_ANY4, 0, init, (SIZE_ALL + 0) ? netif_input : ethernet_input);
#else
  netif_add(&nif, 0, init, ethernet_input);
#endif
#if LWIP_NETIF_LINK_CALLBACK
  netif_set_link_callback(&nif, link_cb);
  netif_set_status_callback(&nif, link_cb);
#endif
  netif_set_default(&nif);
  netif_set_up(&nif);
  netif_set_link_up(&nif);
#if LWIP_IPV6
  netif_create_ip6_linklocal_address(&nif, 1);
#if LWIP_IPV6_AUTOCONFIG
  netif_set_ip6_autoconfig_enabled(&nif, 1);
#endif
#if LWIP_IPV6_DHCP6_STATEFUL
  dhcp6_enable_stateful(&nif);
#elif LWIP_IPV6_DHCP6
  dhcp6_enable_stateless(&nif);
#endif
#endif
#if LWIP_DHCP
  dhcp_start(&nif);
#endif
  u = udp_new();
  udp_bind(u, IP_ADDR_ANY, 7);
  udp_recv(u, udp_r, 0);
  {
    ip_addr_t a = *IP_ADDR_ANY;
    struct pbuf *p = pbuf_alloc(PBUF_TRANSPORT, 64, PBUF_RAM);
    udp_connect(u, &a, 9);
    udp_send(u, p);
    pbuf_free(p);
    udp_disconnect(u);
  }
#if LWIP_TCP
  {
    struct tcp_pcb *l = tcp_new();
    tcp_bind(l, IP_ADDR_ANY, 80);
    l = tcp_listen(l);
    tcp_accept(l, tacc);
  }
#endif
#if LWIP_RAW
  {
    struct raw_pcb *r = raw_new(IP_PROTO_ICMP);
    struct pbuf *p = pbuf_alloc(PBUF_IP, 64, PBUF_RAM);
    raw_recv(r, rawr, 0);
    raw_bind(r, IP_ADDR_ANY);
    raw_sendto(r, p, IP_ADDR_ANY);
    pbuf_free(p);
  }
#endif
#if LWIP_DNS
  {
    ip_addr_t a;
    dns_gethostbyname("example.org", &a, found, 0);
  }
#endif
#if SIZE_ALL + 0
  apps();
#endif
  for (;;) {
    if (hw_rx_len) {
      struct pbuf *p = pbuf_alloc(PBUF_RAW, (u16_t)hw_rx_len, PBUF_POOL);
      if (p) {
        pbuf_take(p, hw_rx, (u16_t)hw_rx_len);
        if (nif.input(p, &nif) != ERR_OK)
          pbuf_free(p);
      }
      hw_rx_len = 0;
    }
#if !SIZE_ALL
    sys_check_timeouts();
#endif
    if (hw_tx_go == 12345) {
#if LWIP_DHCP
      dhcp_release_and_stop(&nif);
#endif
      netif_set_link_down(&nif);
      netif_set_down(&nif);
      netif_remove(&nif);
      udp_remove(u);
    }
  }
}
