/**
 * The state of the stack as text.
 *
 * It is told once, to a writer that makes either JSON or HTML of it: a state is a list of tables, a table has
 * named columns, a row has as many cells.
 */
#include "state.h"

#include "lwip/dhcp.h"
#include "lwip/dns.h"
#include "lwip/init.h"
#include "lwip/mem.h"
#include "lwip/memp.h"
#include "lwip/netif.h"
#include "lwip/priv/nd6_priv.h"
#include "lwip/priv/tcp_priv.h"
#include "lwip/stats.h"
#include "lwip/sys.h"
#include "lwip/tcp.h"
#include "lwip/udp.h"
#include "lwip/x_drop.h"
#include "port.h"

/** The names of the pools, by memp_t. */
static const char *const pool_names[] = {
#define LWIP_MEMPOOL(name, num, size, desc) #name,
#include "lwip/priv/memp_std.h"
};

static const char *const tcp_states[] = { "CLOSED",      "LISTEN",     "SYN_SENT",   "SYN_RCVD",
                                          "ESTABLISHED", "FIN_WAIT_1", "FIN_WAIT_2", "CLOSE_WAIT",
                                          "CLOSING",     "LAST_ACK",   "TIME_WAIT" };

/* ---- The writer ---- */

struct writer {
  struct text *t;
  bool html;
  unsigned tables, rows, cells; /**< so far: tables, rows of this table, cells of this row */
  const char *const *columns;   /**< of this table, ends with NULL */
};

static void table_begin(struct writer *w, const char *name, const char *const *columns)
{
  struct text *t = w->t;

  w->columns = columns;
  w->rows = 0;
  if (w->html) {
    text_put(t, "<h2>");
    text_put(t, name);
    text_put(t, "</h2><table><tr>");
    for (; *columns != NULL; columns++) {
      text_put(t, "<th>");
      text_put(t, *columns);
    }
  } else {
    text_put(t, w->tables++ > 0 ? ",\n\"" : "{\"");
    text_put(t, name);
    text_put(t, "\":[");
  }
}

static void table_end(struct writer *w)
{
  text_put(w->t, w->html ? "</table>\n" : "]");
}

static void row_begin(struct writer *w)
{
  w->cells = 0;
  if (w->html) {
    text_put(w->t, "\n<tr>");
  } else {
    text_put(w->t, w->rows > 0 ? ",\n{" : "\n{");
  }
  w->rows++;
}

static void row_end(struct writer *w)
{
  text_put(w->t, w->html ? "" : "}");
}

/** What goes in front of a cell: JSON wants its name. */
static void cell(struct writer *w)
{
  if (w->html) {
    text_put(w->t, "<td>");
  } else {
    text_put(w->t, w->cells > 0 ? ",\"" : "\"");
    text_put(w->t, w->columns[w->cells]);
    text_put(w->t, "\":");
  }
  w->cells++;
}

static void quote(struct writer *w)
{
  text_put(w->t, w->html ? "" : "\"");
}

/** Only texts of ours come here: nothing in them needs escaping. */
static void cell_text(struct writer *w, const char *s)
{
  cell(w);
  quote(w);
  text_put(w->t, s);
  quote(w);
}

static void cell_u32(struct writer *w, u32_t v)
{
  cell(w);
  text_u32(w->t, v);
}

static void cell_ip(struct writer *w, const ip_addr_t *addr, int port)
{
  cell(w);
  quote(w);
  text_ip(w->t, addr);
  if (port >= 0) {
    text_char(w->t, ':');
    text_u32(w->t, (u32_t)port);
  }
  quote(w);
}

/* ---- The tables ---- */

static void tell_system(struct writer *w)
{
  static const char *const columns[] = { "board", "stack", "uptime_ms", "asleep_ms", "wakeups", NULL };

  table_begin(w, "system", columns);
  row_begin(w);
  cell_text(w, port_name);
  cell_text(w, "compatible with lwIP " LWIP_VERSION_STRING);
  cell_u32(w, sys_now());
  cell_u32(w, port_asleep_ms());
  cell_u32(w, port_counters.wakeups);
  row_end(w);
  table_end(w);
}

static const char *dhcp_state(struct netif *nif)
{
  if (netif_dhcp_data(nif) == NULL) {
    return "off";
  }
  return dhcp_supplied_address(nif) ? "bound" : "searching";
}

/** Octets of an IPv6 packet at most, which routers may lower; 0: no IPv6. */
static u32_t mtu6(const struct netif *nif)
{
#if LWIP_IPV6
  return netif_mtu6(nif);
#else
  return (void)nif, 0;
#endif
}

static void tell_interfaces(struct writer *w)
{
  static const char *const columns[] = { "name", "address", "netmask",    "gateway",    "mac",
                                         "mtu",  "mtu6",    "up",         "link",       "dhcp",
                                         "rx",   "tx",      "rx_dropped", "tx_dropped", NULL };
  struct netif *nif;
  char name[4];

  table_begin(w, "interfaces", columns);
  NETIF_FOREACH(nif)
  {
    name[0] = nif->name[0];
    name[1] = nif->name[1];
    name[2] = (char)('0' + nif->num % 10);
    name[3] = 0;
    row_begin(w);
    cell_text(w, name);
    cell_ip(w, &nif->ip_addr, -1);
    cell_ip(w, &nif->netmask, -1);
    cell_ip(w, &nif->gw, -1);
    cell(w);
    quote(w);
    text_mac(w->t, nif->hwaddr);
    quote(w);
    cell_u32(w, nif->mtu);
    cell_u32(w, mtu6(nif));
    cell_u32(w, netif_is_up(nif));
    cell_u32(w, netif_is_link_up(nif));
    cell_text(w, dhcp_state(nif));
    cell_u32(w, port_counters.rx_frames);
    cell_u32(w, port_counters.tx_frames);
    cell_u32(w, port_counters.rx_dropped);
    cell_u32(w, port_counters.tx_dropped);
    row_end(w);
  }
  table_end(w);
}

#if LWIP_IPV6
/* ---- IPv6: what neighbour discovery knows ---- */

static void cell_ip6(struct writer *w, const ip6_addr_t *addr)
{
  char s[IP6ADDR_STRLEN_MAX];

  cell_text(w, ip6addr_ntoa_r(addr, s, sizeof s) != NULL ? s : "?");
}

static void tell_addresses6(struct writer *w)
{
  static const char *const columns[] = { "address", "state", NULL };
  struct netif *nif;
  s8_t i;

  table_begin(w, "addresses6", columns);
  NETIF_FOREACH(nif)
  {
    for (i = 0; i < LWIP_IPV6_NUM_ADDRESSES; i++) {
      const u8_t state = netif_ip6_addr_state(nif, i);
      if (!ip6_addr_isinvalid(state)) {
        row_begin(w);
        cell_ip6(w, netif_ip6_addr(nif, i));
        cell_text(w, ip6_addr_ispreferred(state) ? "preferred" : ip6_addr_isvalid(state) ? "deprecated" : "tentative");
        row_end(w);
      }
    }
  }
  table_end(w);
}

static void tell_neighbours6(struct writer *w)
{
  static const char *const columns[] = { "address", "mac", "state", "router", NULL };
  static const char *const states[] = { "", "INCOMPLETE", "REACHABLE", "STALE", "DELAY", "PROBE" };
  unsigned i;

  table_begin(w, "neighbours6", columns);
  for (i = 0; i < LWIP_ND6_NUM_NEIGHBORS; i++) {
    const struct nd6_neighbor_cache_entry *e = &neighbor_cache[i];
    if (e->state != ND6_NO_ENTRY) {
      row_begin(w);
      cell_ip6(w, &e->next_hop_address);
      cell(w);
      quote(w);
      text_mac(w->t, e->lladdr);
      quote(w);
      cell_text(w, states[e->state]);
      cell_u32(w, e->isrouter);
      row_end(w);
    }
  }
  table_end(w);
}

static void tell_routers6(struct writer *w)
{
  static const char *const columns[] = { "router", "flags", NULL };
  unsigned i;

  table_begin(w, "routers6", columns);
  for (i = 0; i < LWIP_ND6_NUM_ROUTERS; i++) {
    if (default_router_list[i].netif != NULL) {
      row_begin(w);
      cell_ip6(w, &default_router_list[i].x_addr);
      cell_u32(w, default_router_list[i].flags);
      row_end(w);
    }
  }
  table_end(w);
}

static void tell_prefixes6(struct writer *w)
{
  static const char *const columns[] = { "prefix", "bits", NULL };
  unsigned i;

  table_begin(w, "prefixes6", columns);
  for (i = 0; i < LWIP_ND6_NUM_PREFIXES; i++) {
    if (prefix_list[i].netif != NULL) {
      row_begin(w);
      cell_ip6(w, &prefix_list[i].prefix);
      cell_u32(w, prefix_list[i].x_len);
      row_end(w);
    }
  }
  table_end(w);
}

/** Destinations with a way or an MTU of their own. */
static void tell_paths6(struct writer *w)
{
  static const char *const columns[] = { "destination", "next_hop", "mtu", NULL };
  unsigned i;

  table_begin(w, "paths6", columns);
  for (i = 0; i < LWIP_ND6_NUM_DESTINATIONS; i++) {
    const struct nd6_destination_cache_entry *d = &destination_cache[i];
    if (!ip6_addr_isany_val(d->destination_addr)) {
      row_begin(w);
      cell_ip6(w, &d->destination_addr);
      cell_ip6(w, &d->next_hop_addr);
      cell_u32(w, d->pmtu);
      row_end(w);
    }
  }
  table_end(w);
}

static void tell_ip6(struct writer *w)
{
  tell_addresses6(w);
  tell_neighbours6(w);
  tell_routers6(w);
  tell_prefixes6(w);
  tell_paths6(w);
}
#else
#define tell_ip6(w) ((void)0)
#endif

static void tell_names(struct writer *w)
{
  static const char *const columns[] = { "server", NULL };
  u8_t i;

  table_begin(w, "name_servers", columns);
  for (i = 0; i < DNS_MAX_SERVERS; i++) {
    if (!ip_addr_isany(dns_getserver(i))) {
      row_begin(w);
      cell_ip(w, dns_getserver(i), -1);
      row_end(w);
    }
  }
  table_end(w);
}

static void tell_tcp_list(struct writer *w, const struct tcp_pcb *pcb)
{
  for (; pcb != NULL; pcb = pcb->next) {
    row_begin(w);
    cell_text(w, tcp_states[pcb->state]);
    cell_ip(w, &pcb->local_ip, pcb->local_port);
    cell_ip(w, &pcb->remote_ip, pcb->remote_port);
    row_end(w);
  }
}

static void tell_connections(struct writer *w)
{
  static const char *const columns[] = { "state", "local", "remote", NULL };
  const struct tcp_pcb_listen *l;
  const struct udp_pcb *u;

  table_begin(w, "connections", columns);
  tell_tcp_list(w, tcp_active_pcbs);
  for (l = tcp_listen_pcbs.listen_pcbs; l != NULL; l = l->next) {
    row_begin(w);
    cell_text(w, "LISTEN");
    cell_ip(w, &l->local_ip, l->local_port);
    cell_text(w, "");
    row_end(w);
  }
  for (u = udp_pcbs; u != NULL; u = u->next) {
    row_begin(w);
    cell_text(w, "UDP");
    cell_ip(w, &u->local_ip, u->local_port);
    cell_ip(w, &u->remote_ip, u->remote_port);
    row_end(w);
  }
  table_end(w);
}

static void tell_pool(struct writer *w, const char *name, const struct stats_mem *m)
{
  row_begin(w);
  cell_text(w, name);
  cell_u32(w, (u32_t)m->used);
  cell_u32(w, (u32_t)m->max);
  cell_u32(w, (u32_t)m->avail);
  cell_u32(w, (u32_t)m->err);
  row_end(w);
}

static void tell_memory(struct writer *w)
{
  static const char *const columns[] = { "name", "used", "high_water", "size", "refused", NULL };
  size_t i;

  table_begin(w, "memory", columns);
  tell_pool(w, "heap", &lwip_stats.mem);
  for (i = 0; i < MEMP_MAX; i++) {
    tell_pool(w, pool_names[i], lwip_stats.memp[i]);
  }
  table_end(w);
}

static void tell_protocol(struct writer *w, const char *name, const struct stats_proto *p)
{
  row_begin(w);
  cell_text(w, name);
  cell_u32(w, (u32_t)p->recv);
  cell_u32(w, (u32_t)p->xmit);
  cell_u32(w, (u32_t)p->drop);
  row_end(w);
}

static void tell_protocols(struct writer *w)
{
  static const char *const columns[] = { "name", "received", "sent", "dropped", NULL };

  table_begin(w, "protocols", columns);
  tell_protocol(w, "link", &lwip_stats.link);
  tell_protocol(w, "ARP", &lwip_stats.etharp);
  tell_protocol(w, "IP", &lwip_stats.ip);
  tell_protocol(w, "ICMP", &lwip_stats.icmp);
#if LWIP_IPV6
  tell_protocol(w, "IPv6", &lwip_stats.ip6);
  tell_protocol(w, "ICMPv6", &lwip_stats.icmp6);
#endif
  tell_protocol(w, "UDP", &lwip_stats.udp);
  tell_protocol(w, "TCP", &lwip_stats.tcp);
  table_end(w);
}

static void tell_drops(struct writer *w)
{
  static const char *const columns[] = { "reason", "packets", NULL };
  unsigned i;

  table_begin(w, "drops", columns);
  for (i = 1; i < DROP_MAX; i++) {
    if (lwip_x_drops[i] != 0) {
      row_begin(w);
      cell_text(w, lwip_x_drop_text(i));
      cell_u32(w, lwip_x_drops[i]);
      row_end(w);
    }
  }
  table_end(w);
}

static void tell(struct writer *w)
{
  tell_system(w);
  tell_interfaces(w);
  tell_ip6(w);
  tell_names(w);
  tell_connections(w);
  tell_memory(w);
  tell_protocols(w);
  tell_drops(w);
}

void state_json(struct text *t)
{
  struct writer w = { t, false, 0, 0, 0, NULL };

  tell(&w);
  text_put(t, "}\n");
}

void state_html(struct text *t)
{
  struct writer w = { t, true, 0, 0, 0, NULL };

  text_put(t, "<!DOCTYPE html><html lang=en><meta charset=utf-8><meta http-equiv=refresh content=5>"
              "<title>Status</title><link rel=stylesheet href=/style.css><h1>Status</h1>\n");
  tell(&w);
  text_put(t, "</html>\n");
}
