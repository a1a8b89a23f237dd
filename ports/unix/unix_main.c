/**
 * lwip-tap: the stack as a Linux process, on a TAP device.  See usage() for what it can do.
 *
 * The main loop sleeps in poll() until a frame comes or the stack's next deadline, and not a tick earlier:
 * an idle stack with a static address sleeps until it is spoken to.
 */
#define _GNU_SOURCE
#include "lwip/apps/lwiperf.h"
#include "lwip/autoip.h"
#include "lwip/dhcp.h"
#include "lwip/dns.h"
#include "lwip/igmp.h"
#include "lwip/init.h"
#include "lwip/dhcp6.h"
#include "lwip/mld6.h"
#include "lwip/netif.h"
#include "lwip/stats.h"
#include "lwip/sys.h"
#include "lwip/timeouts.h"
#include "netif/ethernet.h"
#include "pcapfile.h"
#include "port.h"
#include "state.h"
#include "tapif.h"
#include "traffic.h"
#include "webstatus.h"
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** Frames taken in before the timers get their turn. */
#define BURST 64
#define JOBS_MAX 16

struct port_counters port_counters;
const char port_name[] = "Linux, TAP";

/** Something to do once there is an address. */
struct job {
  char kind; /**< option letter */
  char host[64];
  u16_t port;
  unsigned long octets;
};

struct options {
  const char *tap;
  int fd;
  ip4_addr_t ip, mask, gw;
#if LWIP_IPV6
  ip6_addr_t ip6; /**< beside the one of the link; any: none */
#endif
  const char *hostname;
  u16_t mtu;
  u8_t mac[6];
  bool dhcp, dhcp6, autoip, http, echo, iperf, exit_when_done;
  const char *capture;
  unsigned seconds;
  struct job jobs[JOBS_MAX];
  unsigned num_jobs;
};

static struct options opt;
static struct tapif tap;
static struct netif netif_tap;
static u32_t begun_ms, asleep_ms;
static bool jobs_started;
static unsigned lookups;        /**< under way */
static unsigned lookups_failed; /**< that a transfer would have needed */
static volatile sig_atomic_t want_stats, want_stop;

u32_t port_asleep_ms(void)
{
  return asleep_ms;
}

/* ---- The command line ---- */

static void usage(FILE *out)
{
  fputs("lwip-tap: the stack on a TAP device\n"
        "  --tap IF            device (made if you may)          --fd N           a socket that keeps frames apart\n"
        "  --ip A --mask M --gw G   static address               --dhcp, --autoip an address from the network\n"
        "  --ip6 A             static address /64, beside what routers give\n"
        "  --dhcp6             addresses and parameters by DHCPv6 when routers say so\n"
        "  --dns A             name server                       --name NAME      host name told to DHCP\n"
        "  --mac A             Ethernet address                  --mtu N          default 1500\n"
        "  --http              status page on port 80            --echo           echo, discard, chargen (TCP, UDP)\n"
        "  --iperf             iperf 2 server on port 5001       --iperf-to HOST  run an iperf test to HOST:5001\n"
        "  --join GROUP        join a multicast group            --resolve NAME   look a name up\n"
        "  --send HOST:PORT:N  send N octets of pattern          --recv PORT[:N]  accept and check pattern\n"
        "  --fetch HOST:PORT[:N]  connect, check pattern         --serve PORT:N   send N octets to who connects\n"
        "  --pcap FILE         capture all frames                --exit           end when all of that is done\n"
        "  --seconds N         end after N seconds\n"
        "An IPv6 address as HOST goes in brackets: [2001:db8::1]:80:1000.\n"
        "SIGUSR1 prints the state as JSON.  SIGTERM, SIGINT end; the exit code tells whether a transfer failed.\n",
        out);
}

static void die(const char *what, const char *why)
{
  fprintf(stderr, "lwip-tap: %s: %s\n", what, why);
  exit(2);
}

static ip4_addr_t parse_ip(const char *s)
{
  ip4_addr_t a;

  if (!ip4addr_aton(s, &a)) {
    die(s, "not an IPv4 address");
  }
  return a;
}

#if LWIP_IPV6
static void parse_ip6(const char *s)
{
  if (!ip6addr_aton(s, &opt.ip6)) {
    die(s, "not an IPv6 address");
  }
}
#else
static void parse_ip6(const char *s)
{
  die(s, "built without IPv6");
}
#endif

static void parse_mac(const char *s, u8_t mac[6])
{
  unsigned b[6];
  int i;

  if (sscanf(s, "%x:%x:%x:%x:%x:%x", &b[0], &b[1], &b[2], &b[3], &b[4], &b[5]) != 6) {
    die(s, "not an Ethernet address");
  }
  for (i = 0; i < 6; i++) {
    mac[i] = (u8_t)b[i];
  }
}

/** The part of HOST:PORT:OCTETS that is no host goes to *@p numbers.  @return where HOST begins, *@p n octets */
static const char *split_host(const char *arg, size_t *n, const char **numbers)
{
  const char *end = arg[0] == '[' ? strchr(arg, ']') : NULL;
  const char *colon = strchr(end != NULL ? end : arg, ':');

  *numbers = colon != NULL ? colon + 1 : "0";
  if (end != NULL) {
    *n = (size_t)(end - arg) - 1;
    return arg + 1;
  }
  *n = colon != NULL ? (size_t)(colon - arg) : strlen(arg);
  return arg;
}

/** HOST:PORT:OCTETS or, without a host, PORT:OCTETS; what is missing is zero. */
static void add_job(char kind, bool host, const char *arg)
{
  struct job *j = &opt.jobs[opt.num_jobs];
  const char *numbers = arg;
  const char *colon;
  size_t n;

  if (opt.num_jobs++ == JOBS_MAX) {
    die(arg, "too many jobs");
  }
  j->kind = kind;
  if (host) {
    const char *name = split_host(arg, &n, &numbers);
    if (n >= sizeof j->host) {
      die(arg, "name too long");
    }
    memcpy(j->host, name, n);
  }
  j->port = (u16_t)strtoul(numbers, NULL, 10);
  colon = strchr(numbers, ':');
  j->octets = colon != NULL ? strtoul(colon + 1, NULL, 10) : 0;
}

static const struct option long_options[] = {
  { "ip6", 1, NULL, '6' },      { "dhcp6", 0, NULL, 'F' },   { "tap", 1, NULL, 't' },     { "fd", 1, NULL, 'd' },
  { "ip", 1, NULL, 'i' },       { "mask", 1, NULL, 'm' },    { "gw", 1, NULL, 'g' },      { "dhcp", 0, NULL, 'D' },
  { "autoip", 0, NULL, 'A' },   { "dns", 1, NULL, 'n' },     { "name", 1, NULL, 'N' },    { "mac", 1, NULL, 'M' },
  { "mtu", 1, NULL, 'u' },      { "http", 0, NULL, 'H' },    { "echo", 0, NULL, 'e' },    { "iperf", 0, NULL, 'I' },
  { "iperf-to", 1, NULL, 'T' }, { "join", 1, NULL, 'j' },    { "resolve", 1, NULL, 'r' }, { "send", 1, NULL, 's' },
  { "recv", 1, NULL, 'R' },     { "fetch", 1, NULL, 'f' },   { "serve", 1, NULL, 'S' },   { "pcap", 1, NULL, 'p' },
  { "exit", 0, NULL, 'x' },     { "seconds", 1, NULL, 'q' }, { "help", 0, NULL, 'h' },    { NULL, 0, NULL, 0 }
};

static void parse_address_option(int o, const char *arg)
{
  ip_addr_t a;

  switch (o) {
    case 'i':
      opt.ip = parse_ip(arg);
      break;
    case 'm':
      opt.mask = parse_ip(arg);
      break;
    case 'g':
      opt.gw = parse_ip(arg);
      break;
    case '6':
      parse_ip6(arg);
      break;
    case 'n':
      if (!ipaddr_aton(arg, &a)) {
        die(arg, "not an address");
      }
      dns_setserver(0, &a);
      break;
    case 'M':
      parse_mac(arg, opt.mac);
      break;
    default:
      break;
  }
}

static void parse_option(int o, const char *arg)
{
  switch (o) {
    case 't':
      opt.tap = arg;
      break;
    case 'd':
      opt.fd = atoi(arg);
      break;
    case 'F':
      opt.dhcp6 = true;
      break;
    case 'D':
      opt.dhcp = true;
      break;
    case 'A':
      opt.autoip = true;
      break;
    case 'N':
      opt.hostname = arg;
      break;
    case 'u':
      opt.mtu = (u16_t)atoi(arg);
      break;
    case 'H':
      opt.http = true;
      break;
    case 'e':
      opt.echo = true;
      break;
    case 'I':
      opt.iperf = true;
      break;
    case 'T':
    case 'r':
    case 's':
    case 'f':
    case 'j':
      add_job((char)o, true, arg);
      break;
    case 'R':
    case 'S':
      add_job((char)o, false, arg);
      break;
    case 'p':
      opt.capture = arg;
      break;
    case 'x':
      opt.exit_when_done = true;
      break;
    case 'q':
      opt.seconds = (unsigned)atoi(arg);
      break;
    case 'h':
      usage(stdout);
      exit(0);
    case '?':
      usage(stderr);
      exit(2);
    default:
      parse_address_option(o, arg);
      break;
  }
}

static void parse_options(int argc, char **argv)
{
  static const u8_t default_mac[6] = { 0x02, 0x00, 0x00, 0x4C, 0x57, 0x01 };
  int o;

  opt.fd = -1;
  opt.mtu = 1500;
  opt.hostname = "lwip-tap";
  memcpy(opt.mac, default_mac, sizeof default_mac);
  IP4_ADDR(&opt.mask, 255, 255, 255, 0);
  while ((o = getopt_long(argc, argv, "h", long_options, NULL)) != -1) {
    parse_option(o, optarg);
  }
  if (opt.tap == NULL && opt.fd < 0) {
    usage(stderr);
    exit(2);
  }
}

/* ---- Jobs ---- */

static void say(const char *what, const char *arg, const ip_addr_t *addr)
{
  printf("%s %s %s\n", what, arg, addr != NULL ? ipaddr_ntoa(addr) : "FAILED");
  fflush(stdout);
}

static void iperf_report(void *arg, enum lwiperf_report_type type, const ip_addr_t *local_addr, u16_t local_port,
                         const ip_addr_t *remote_addr, u16_t remote_port, u32_t octets, u32_t ms, u32_t kbit)
{
  (void)arg;
  (void)local_addr;
  printf("iperf type %d local port %u peer %s:%u: %lu octets in %lu ms, %lu kbit/s\n", (int)type, local_port,
         ipaddr_ntoa(remote_addr), remote_port, (unsigned long)octets, (unsigned long)ms, (unsigned long)kbit);
  fflush(stdout);
}

#if LWIP_IPV6 && LWIP_IPV6_MLD
static err_t join6(const ip_addr_t *group)
{
  return mld6_joingroup_netif(&netif_tap, ip_2_ip6(group));
}
#else
#define join6(group) ERR_VAL
#endif

static bool join(const ip_addr_t *group)
{
  return (IP_IS_V6(group) ? join6(group) : igmp_joingroup_netif(&netif_tap, ip_2_ip4(group))) == ERR_OK;
}

static void run_host_job(const struct job *j, const ip_addr_t *addr)
{
  switch (j->kind) {
    case 's':
      traffic_send(addr, j->port, j->octets);
      break;
    case 'f':
      traffic_fetch(addr, j->port, j->octets);
      break;
    case 'r':
      say("resolve", j->host, addr);
      break;
    case 'T':
      lwiperf_start_tcp_client(addr, LWIPERF_TCP_PORT_DEFAULT, LWIPERF_CLIENT, iperf_report, NULL);
      break;
    case 'j':
      say("join", j->host, join(addr) ? addr : NULL);
      break;
    default:
      break;
  }
}

static void resolved(const char *name, const ip_addr_t *addr, void *arg)
{
  lookups--;
  if (addr != NULL) {
    run_host_job((const struct job *)arg, addr);
  } else {
    lookups_failed += ((const struct job *)arg)->kind != 'r';
    say("resolve", name, NULL);
  }
}

static void start_job(struct job *j)
{
  ip_addr_t addr;
  err_t err;

  if (j->kind == 'R') {
    traffic_recv(j->port, j->octets);
    return;
  }
  if (j->kind == 'S') {
    traffic_serve(j->port, j->octets);
    return;
  }
  lookups++;
  err = dns_gethostbyname(j->host, &addr, resolved, j);
  if (err != ERR_INPROGRESS) {
    resolved(j->host, err == ERR_OK ? &addr : NULL, j);
  }
}

static void start_jobs(void)
{
  unsigned i;

  jobs_started = true;
  for (i = 0; i < opt.num_jobs; i++) {
    start_job(&opt.jobs[i]);
  }
}

/* ---- The interface ---- */

static void address_changed(struct netif *netif)
{
  char mask[IP4ADDR_STRLEN_MAX], gw[IP4ADDR_STRLEN_MAX];

  ip4addr_ntoa_r(netif_ip4_netmask(netif), mask, sizeof mask);
  ip4addr_ntoa_r(netif_ip4_gw(netif), gw, sizeof gw);
  printf("address %s netmask %s gateway %s\n", ip4addr_ntoa(netif_ip4_addr(netif)), mask, gw);
  fflush(stdout);
}

#if LWIP_IPV6
/** What a program has to do for IPv6: an address on the link, and leave to routers what others there are. */
static void start_ip6(struct netif *nif)
{
  netif_create_ip6_linklocal_address(nif, 1);
  netif_set_ip6_autoconfig_enabled(nif, 1);
  if (!ip6_addr_isany_val(opt.ip6) && netif_add_ip6_address(nif, &opt.ip6, NULL) != ERR_OK) {
    die("ip6", "no room for the address");
  }
  if (opt.dhcp6 && dhcp6_enable_stateful(nif) != ERR_OK) {
    die("dhcp6", "could not be started");
  }
}

/** Is there an address to speak from to more than the link? */
static bool has_ip6(void)
{
  int i;

  for (i = 1; i < LWIP_IPV6_NUM_ADDRESSES; i++) {
    if (ip6_addr_isvalid(netif_ip6_addr_state(&netif_tap, i))) {
      return true;
    }
  }
  return false;
}

#if LWIP_NETIF_EXT_STATUS_CALLBACK
/** Say which IPv6 addresses are good for something. */
static void ip6_changed(struct netif *netif, netif_nsc_reason_t reason, const netif_ext_callback_args_t *args)
{
  if ((reason & LWIP_NSC_IPV6_ADDR_STATE_CHANGED) != 0) {
    const s8_t i = args->ipv6_addr_state_changed.addr_index;
    printf("address6 %s state 0x%02x\n", ip6addr_ntoa(netif_ip6_addr(netif, i)), netif_ip6_addr_state(netif, i));
    fflush(stdout);
  }
}
#endif
#else
#define start_ip6(nif) ((void)0)
#define has_ip6() false
#endif

static void add_interface(void)
{
#if LWIP_IPV6 && LWIP_NETIF_EXT_STATUS_CALLBACK
  static netif_ext_callback_t callback;

  netif_add_ext_callback(&callback, ip6_changed);
#endif
  tap.fd = opt.fd >= 0 ? opt.fd : tapif_open(opt.tap);
  tap.mtu = opt.mtu;
  memcpy(tap.mac, opt.mac, sizeof tap.mac);
  if (tap.fd < 0) {
    die(opt.tap, strerror(errno));
  }
  fcntl(tap.fd, F_SETFL, fcntl(tap.fd, F_GETFL) | O_NONBLOCK);
  if (opt.capture != NULL) {
    tap.capture = pcap_open(opt.capture);
    if (tap.capture == NULL) {
      die(opt.capture, strerror(errno));
    }
  }
  netif_add(&netif_tap, &opt.ip, &opt.mask, &opt.gw, &tap, tapif_init, ethernet_input);
  netif_set_hostname(&netif_tap, opt.hostname);
  netif_set_status_callback(&netif_tap, address_changed);
  netif_set_default(&netif_tap);
  start_ip6(&netif_tap);
  netif_set_up(&netif_tap);
  if (opt.dhcp && dhcp_start(&netif_tap) != ERR_OK) {
    die("dhcp", "could not be started");
  }
  if (opt.autoip && !opt.dhcp && autoip_start(&netif_tap) != ERR_OK) {
    die("autoip", "could not be started");
  }
}

/** What servers lent is given back, so that they know at once. */
static void give_back_leases(void)
{
  if (opt.dhcp) {
    dhcp_release_and_stop(&netif_tap);
  }
#if LWIP_IPV6
  if (opt.dhcp6) {
    dhcp6_disable(&netif_tap);
  }
#endif
}

/* ---- The main loop ---- */

static void on_signal(int number)
{
  if (number == SIGUSR1) {
    want_stats = 1;
  } else {
    want_stop = 1;
  }
}

static void print_state(void)
{
  static char page[65536];
  struct text t;

  text_init(&t, page, sizeof page);
  state_json(&t);
  fwrite(page, 1, t.len, stdout);
  fflush(stdout);
}

/** Milliseconds until the stack or the command line wants something; -1: never. */
static int time_to_sleep(void)
{
  u32_t ms = sys_timeouts_sleeptime();
  u32_t gone = sys_now() - begun_ms;
  u32_t left = opt.seconds * 1000 > gone ? opt.seconds * 1000 - gone : 0;

  if (opt.seconds != 0 && left < ms) {
    ms = left;
  }
  return ms > 0x7FFFFFFF ? -1 : (int)ms;
}

/** A ppoll() that has something to tell at once lets no signal in: under load this does. */
static void let_signals_in(void)
{
  sigset_t none, before;

  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, &before);
  sigprocmask(SIG_SETMASK, &before, NULL);
}

/** Signals are let in only while asleep, so that none is noticed too late. */
static void sleep_and_receive(void)
{
  struct pollfd p = { tap.fd, POLLIN, 0 };
  u32_t before = sys_now();
  int ms = time_to_sleep();
  struct timespec limit = { ms / 1000, (ms % 1000) * 1000000L };
  sigset_t none;
  int i;

  sigemptyset(&none);
  if (ppoll(&p, 1, ms < 0 ? NULL : &limit, &none) < 0 && errno != EINTR) {
    die("poll", strerror(errno));
  }
  asleep_ms += sys_now() - before;
  if (port_counters.wakeups++ % 64 == 0) {
    let_signals_in();
  }
  if (p.revents & (POLLHUP | POLLERR | POLLNVAL)) {
    want_stop = 1;
  }
  for (i = 0; i < BURST && tapif_receive(&netif_tap); i++) {
    continue;
  }
}

static bool finished(void)
{
  if (opt.seconds != 0 && sys_now() - begun_ms >= opt.seconds * 1000) {
    return true;
  }
  return want_stop || (opt.exit_when_done && jobs_started && lookups == 0 && traffic_pending() == 0);
}

static void catch_signals(void)
{
  struct sigaction action;

  memset(&action, 0, sizeof action);
  action.sa_handler = on_signal;
  sigemptyset(&action.sa_mask);
  sigaddset(&action.sa_mask, SIGUSR1);
  sigaddset(&action.sa_mask, SIGTERM);
  sigaddset(&action.sa_mask, SIGINT);
  sigprocmask(SIG_BLOCK, &action.sa_mask, NULL);
  sigaction(SIGUSR1, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  sigaction(SIGINT, &action, NULL);
  signal(SIGPIPE, SIG_IGN);
}

int main(int argc, char **argv)
{
  catch_signals();
  lwip_init();
  begun_ms = sys_now();
  parse_options(argc, argv);
  add_interface();
  if (opt.http) {
    webstatus_start();
  }
  if (opt.echo) {
    echo_start();
  }
  if (opt.iperf) {
    lwiperf_start_tcp_server_default(iperf_report, NULL);
  }
  while (!finished()) {
    if (!jobs_started && (!ip4_addr_isany_val(*netif_ip4_addr(&netif_tap)) || has_ip6())) {
      start_jobs();
    }
    sleep_and_receive();
    netif_poll_all();
    sys_check_timeouts();
    if (want_stats) {
      want_stats = 0;
      print_state();
    }
  }
  give_back_leases();
  if (tap.capture != NULL) {
    fclose(tap.capture);
  }
  return traffic_failed() + lookups_failed > 0;
}
