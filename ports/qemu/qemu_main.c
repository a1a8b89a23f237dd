/**
 * The firmware: the example program on an emulated board.
 *
 * Arguments, by semihosting: seed=HEX (qemu_sys.c), ip=A.B.C.D mask=A.B.C.D gw=A.B.C.D for a static address
 * instead of DHCP.
 */
#include "board.h"
#include "console.h"
#include "lan9118.h"
#include "lwip/apps/lwiperf.h"
#include "lwip/dhcp.h"
#include "lwip/init.h"
#include "lwip/netif.h"
#include "lwip/timeouts.h"
#include "netif/ethernet.h"
#include "port.h"
#include "qemu_sys.h"
#include "webstatus.h"
#include <string.h>

#if defined(BOARD_AN500)
const char port_name[] = "QEMU mps2-an500, Cortex-M7";
#elif defined(BOARD_AN386)
const char port_name[] = "QEMU mps2-an386, Cortex-M4";
#else
const char port_name[] = "QEMU mps2-an385, Cortex-M3";
#endif

struct port_counters port_counters;

static struct netif ethernet;

u32_t port_asleep_ms(void)
{
  return board_asleep_ms();
}

/** @return the address given as an argument, any if there is none */
static ip4_addr_t address_argument(const char *name)
{
  char text[IP4ADDR_STRLEN_MAX];
  const char *s = argument(name);
  ip4_addr_t a;
  size_t n;

  ip4_addr_set_any(&a);
  if (s != NULL) {
    n = strcspn(s, " ");
    if (n < sizeof text) {
      memcpy(text, s, n);
      text[n] = 0;
      ip4addr_aton(text, &a);
    }
  }
  return a;
}

#if LWIP_IPV6
static void ip6_changed(struct netif *netif, netif_nsc_reason_t reason, const netif_ext_callback_args_t *args)
{
  s8_t i;

  if ((reason & LWIP_NSC_IPV6_ADDR_STATE_CHANGED) == 0 || netif_is_link_up(netif) == 0) {
    return;
  }
  i = args->ipv6_addr_state_changed.addr_index;
  if (ip6_addr_ispreferred(netif_ip6_addr_state(netif, i))) {
    console_printf("ready: http://[%s]/\n", ip6addr_ntoa(netif_ip6_addr(netif, i)));
  }
}

/** An address of the link, and what others a router gives. */
static void start_ip6(struct netif *netif)
{
  static netif_ext_callback_t callback;

  netif_add_ext_callback(&callback, ip6_changed);
  netif_create_ip6_linklocal_address(netif, 1);
  netif_set_ip6_autoconfig_enabled(netif, 1);
}
#else
#define start_ip6(netif) ((void)0)
#endif

static void status_changed(struct netif *netif)
{
  if (netif_is_link_up(netif) && !ip4_addr_isany_val(*netif_ip4_addr(netif))) {
    console_printf("ready: http://%s/\n", ip4addr_ntoa(netif_ip4_addr(netif)));
  }
}

static void link_changed(struct netif *netif)
{
  console_printf("link %s\n", netif_is_link_up(netif) ? "up" : "down");
}

static void iperf_report(void *arg, enum lwiperf_report_type type, const ip_addr_t *local_addr, u16_t local_port,
                         const ip_addr_t *remote_addr, u16_t remote_port, u32_t octets, u32_t ms, u32_t kbit)
{
  (void)arg;
  (void)local_addr;
  (void)local_port;
  (void)remote_port;
  console_printf("iperf with %s ended (%d): %u octets in %u ms, %u kbit/s\n", ipaddr_ntoa(remote_addr), (int)type,
                 (unsigned)octets, (unsigned)ms, (unsigned)kbit);
}

static void network_start(void)
{
  ip4_addr_t ip = address_argument("ip"), mask = address_argument("mask"), gw = address_argument("gw");

  if (netif_add(&ethernet, &ip, &mask, &gw, NULL, lan9118_init, ethernet_input) == NULL) {
    console_put("no Ethernet controller\n");
    return;
  }
  netif_set_hostname(&ethernet, "lwip-qemu");
  netif_set_status_callback(&ethernet, status_changed);
  netif_set_link_callback(&ethernet, link_changed);
  netif_set_default(&ethernet);
  start_ip6(&ethernet);
  netif_set_up(&ethernet);
  if (ip4_addr_isany_val(ip)) {
    dhcp_start(&ethernet);
  }
}

int main(void)
{
  board_init();
  console_printf("STM32duino LwIP on %s\n", port_name);
  if (!entropy_is_good()) {
    console_put("WARNING: no seed= argument, secrets are weak (see ports/qemu/qemu_sys.c)\n");
  }
  irq_enable_all();
  lwip_init();
  network_start();
  webstatus_start();
  echo_start();
  lwiperf_start_tcp_server_default(iperf_report, NULL);
  for (;;) {
    lan9118_poll(&ethernet);
    sys_check_timeouts();
    board_sleep(sys_timeouts_sleeptime(), lan9118_pending);
    port_counters.wakeups++;
  }
}
