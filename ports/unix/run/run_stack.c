/** The stack of a program under lwip-run: made by its first socket, from the options in the environment. */
#define _GNU_SOURCE
#include "run.h"
#include "../pcapfile.h"
#include "../tapif.h"
#include "port.h"
#include "lwip/dhcp.h"
#include "lwip/dns.h"
#include "lwip/netif.h"
#include "lwip/priv/tcp_priv.h"
#include "lwip/sys.h"
#include "lwip/tcpip.h"
#include "lwip/x_entropy.h"
#include "netif/ethernet.h"
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct port_counters port_counters;

#define WAIT_MS 10000
#define TEXT_MAX 1024

static struct tapif tap = { .fd = -1, .mtu = 1500 };
static struct netif nif;
static ip4_addr_t ip, mask, gw;
static bool use_dhcp = true, has_dns, verbose;
static ip6_addr_t ip6;
static bool has_ip6, wait_ip6;
static char name[64] = "";

static void say(const char *what, const char *why)
{
  fprintf(stderr, "lwip-run: %s: %s\n", what, why);
}

/** Give up: the program must not run with half a network. */
static void die(const char *what, const char *why)
{
  say(what, why);
  _exit(125);
}

/* ---- Options ---- */

static void set_dns(const char *text)
{
  static u8_t n;
  ip_addr_t addr;

  if (!ipaddr_aton(text, &addr)) {
    die(text, "not an address");
  }
  dns_setserver(n++, &addr);
  has_dns = true;
}

/** ADDRESS/BITS */
static void set_ip(char *text)
{
  char *slash = strchr(text, '/');
  int bits = slash != NULL ? atoi(slash + 1) : 24;

  if (slash != NULL) {
    *slash = '\0';
  }
  if (!ip4addr_aton(text, &ip) || bits < 1 || bits > 32) {
    die(text, "not an IPv4 address");
  }
  mask.addr = lwip_htonl(0xffffffffu << (32 - bits));
  use_dhcp = false;
}

/** ADDRESS or ADDRESS/64, beside what routers give; "auto": that is worth waiting for. */
static void set_ip6(char *text)
{
  char *slash = strchr(text, '/');

  wait_ip6 = true;
  if (strcmp(text, "auto") == 0) {
    return;
  }
  if (slash != NULL && strcmp(slash, "/64") == 0) {
    *slash = '\0';
  }
  if (!ip6addr_aton(text, &ip6)) {
    die(text, "not an IPv6 address with a prefix of 64 bits, nor auto");
  }
  has_ip6 = true;
}

static void set_mac(const char *text)
{
  unsigned b[6];
  int i;

  if (sscanf(text, "%x:%x:%x:%x:%x:%x", &b[0], &b[1], &b[2], &b[3], &b[4], &b[5]) != 6) {
    die(text, "not an Ethernet address");
  }
  for (i = 0; i < 6; i++) {
    tap.mac[i] = (u8_t)b[i];
  }
}

static void set(const char *option, char *value)
{
  if (strcmp(option, "tap") == 0) {
    snprintf(name, sizeof name, "%s", value);
  } else if (strcmp(option, "fd") == 0) {
    tap.fd = atoi(value);
  } else if (strcmp(option, "ip") == 0) {
    set_ip(value);
  } else if (strcmp(option, "ip6") == 0) {
    set_ip6(value);
  } else if (strcmp(option, "gw") == 0) {
    if (!ip4addr_aton(value, &gw)) {
      die(value, "not an IPv4 address");
    }
  } else if (strcmp(option, "dns") == 0) {
    set_dns(value);
  } else if (strcmp(option, "mac") == 0) {
    set_mac(value);
  } else if (strcmp(option, "pcap") == 0) {
    tap.capture = pcap_open(value);
  } else if (strcmp(option, "verbose") == 0) {
    verbose = true;
  }
}

static void read_options(void)
{
  static char text[TEXT_MAX];
  const char *given = getenv(RUN_ENVIRONMENT);
  char *line, *rest = text;

  lwip_x_entropy(tap.mac, sizeof tap.mac);
  tap.mac[0] = 0x02;
  snprintf(text, sizeof text, "%s", given != NULL ? given : "");
  while ((line = strsep(&rest, "\n")) != NULL) {
    char *equals = strchr(line, '=');

    if (equals != NULL) {
      *equals = '\0';
      set(line, equals + 1);
    }
  }
}

/* ---- The interface ---- */

static void *receive(void *arg)
{
  struct pollfd p = { tap.fd, POLLIN, 0 };

  (void)arg;
  for (;;) {
    if (poll(&p, 1, -1) > 0) {
      while (tapif_receive(&nif)) {
        continue;
      }
    }
  }
  return NULL;
}

/** Signals are the program's own threads' to handle. */
static void start_thread(void *(*body)(void *))
{
  pthread_t thread;

  if (pthread_create(&thread, NULL, body, NULL) != 0) {
    die("thread", "could not be started");
  }
  pthread_detach(thread);
}

static void start_ip6(struct netif *tap_nif)
{
  netif_create_ip6_linklocal_address(tap_nif, 1);
  netif_set_ip6_autoconfig_enabled(tap_nif, 1);
  if (has_ip6 && netif_add_ip6_address(tap_nif, &ip6, NULL) != ERR_OK) {
    die("ip6", "no room for the address");
  }
}

static void add_interface(void)
{
  if (tap.fd < 0) {
    tap.fd = tapif_open(name);
  }
  if (tap.fd < 0) {
    die(name, strerror(errno));
  }
  fcntl(tap.fd, F_SETFL, fcntl(tap.fd, F_GETFL) | O_NONBLOCK);
  if (netif_add(&nif, &ip, &mask, &gw, &tap, tapif_init, tcpip_input) == NULL) {
    die(name, "no interface");
  }
  netif_set_hostname(&nif, "lwip-run");
  netif_set_default(&nif);
  start_ip6(&nif);
  netif_set_up(&nif);
  if (use_dhcp && dhcp_start(&nif) != ERR_OK) {
    die("dhcp", "could not be started");
  }
}

/** The name servers of this host, if nothing better is known. */
static void host_name_servers(void)
{
  FILE *f = fopen("/etc/resolv.conf", "r");
  char line[256], addr[64];

  while (f != NULL && fgets(line, sizeof line, f) != NULL) {
    if (sscanf(line, "nameserver %63s", addr) == 1) {
      set_dns(addr);
    }
  }
  if (f != NULL) {
    fclose(f);
  }
}

static void ready(void *arg)
{
  read_options();
  if (name[0] != '\0' || tap.fd >= 0) {
    add_interface();
  }
  if (!has_dns && !use_dhcp) {
    host_name_servers();
  }
  sys_sem_signal((sys_sem_t *)arg);
}

/** The first address that reaches beyond the link and that nobody else has; NULL: none yet. */
static const ip6_addr_t *global_ip6(void)
{
  int i;

  for (i = 1; i < LWIP_IPV6_NUM_ADDRESSES; i++) {
    if (ip6_addr_isvalid(netif_ip6_addr_state(&nif, i))) {
      return netif_ip6_addr(&nif, i);
    }
  }
  return NULL;
}

/** All the addresses that were asked for. */
static bool has_address(void)
{
  bool has;

  LOCK_TCPIP_CORE();
  has = tap.fd < 0 || (!ip4_addr_isany_val(*netif_ip4_addr(&nif)) && (!wait_ip6 || global_ip6() != NULL));
  UNLOCK_TCPIP_CORE();
  return has;
}

static void say_addresses(void)
{
  LOCK_TCPIP_CORE();
  say("address", ip4addr_ntoa(netif_ip4_addr(&nif)));
  if (global_ip6() != NULL) {
    say("address", ip6addr_ntoa(global_ip6()));
  }
  UNLOCK_TCPIP_CORE();
}

static void start(void)
{
  sys_sem_t sem;
  sigset_t all, before;
  int ms;

  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  sys_sem_new(&sem, 0);
  tcpip_init(ready, &sem);
  sys_sem_wait(&sem);
  sys_sem_free(&sem);
  if (tap.fd >= 0) {
    start_thread(receive);
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  for (ms = 0; !has_address() && ms < WAIT_MS; ms += 10) {
    sys_msleep(10);
  }
  if (!has_address()) {
    say("address", "none after 10 seconds");
  } else if (verbose && tap.fd >= 0) {
    say_addresses();
  }
}

const char *run_stack_tap(void)
{
  return name;
}

unsigned run_stack_index(void)
{
  return tap.fd >= 0 ? netif_get_index(&nif) : NETIF_NO_INDEX;
}

unsigned run_stack_loopback(void)
{
  unsigned index;

  LOCK_TCPIP_CORE();
  index = netif_name_to_index("lo0");
  UNLOCK_TCPIP_CORE();
  return index;
}

uint32_t run_stack_address(unsigned index)
{
  const struct netif *n;
  uint32_t a;

  LOCK_TCPIP_CORE();
  n = index <= 0xFF ? netif_get_by_index((u8_t)index) : NULL;
  a = n != NULL ? netif_ip4_addr(n)->addr : 0;
  UNLOCK_TCPIP_CORE();
  return a;
}

bool run_stack_name(unsigned index, char *out, size_t len)
{
  char text[NETIF_NAMESIZE];
  bool found;

  LOCK_TCPIP_CORE();
  found = index <= 0xFF && netif_index_to_name((u8_t)index, text) != NULL;
  UNLOCK_TCPIP_CORE();
  snprintf(out, len, "%s", found ? text : "");
  return found;
}

static bool started;

static void start_once(void)
{
  start();
  started = true;
}

void run_stack_start(void)
{
  static pthread_once_t once = PTHREAD_ONCE_INIT;

  pthread_once(&once, start_once);
}

/* ---- The end ---- */

/** Does anything wait to be acknowledged? */
static bool is_busy(void)
{
  const struct tcp_pcb *pcb;

  LOCK_TCPIP_CORE();
  for (pcb = tcp_active_pcbs; pcb != NULL && pcb->unsent == NULL && pcb->unacked == NULL; pcb = pcb->next) {
    continue;
  }
  UNLOCK_TCPIP_CORE();
  return pcb != NULL;
}

/** The system sends what a program leaves behind when it ends; here that takes the program. */
static void __attribute__((destructor)) end(void)
{
  int ms;

  if (!started) {
    return;
  }
  run_fd_close_all();
  for (ms = 0; is_busy() && ms < WAIT_MS; ms += 10) {
    sys_msleep(10);
  }
}
