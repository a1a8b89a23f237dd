/**
 * Local ports: which are taken, and a free one that cannot be guessed (RFC 6056).
 */
#include "tcp_core.h"

#include "../base/random.h"

#if LWIP_TCP

enum { PORT_FIRST = 32768, PORT_LAST = 60999, TRIES = 128 };

static bool overlaps(const ip_addr_t *a, const ip_addr_t *b)
{
  return ip_addr_isany(a) || ip_addr_isany(b) || ip_addr_eq(a, b);
}

/* May both have it, because both say so? */
static bool shared(const struct tcp_pcb *a, const struct tcp_pcb *b)
{
  return SO_REUSE && a != NULL && ip_get_option(a, SOF_REUSEADDR) && ip_get_option(b, SOF_REUSEADDR);
}

static bool in_list(const struct tcp_pcb *list, const struct tcp_pcb *pcb, const ip_addr_t *ip, u16_t port)
{
  for (; list != NULL; list = list->next) {
    if (list->local_port == port && list != pcb && overlaps(&list->local_ip, ip) && !shared(pcb, list)) {
      return true;
    }
  }
  return false;
}

bool tcp_port_taken(const struct tcp_pcb *pcb, const ip_addr_t *ip, u16_t port)
{
  return (tcp_listen_on(port) && in_list(tcp_listen_pcbs.pcbs, pcb, ip, port)) ||
         in_list(tcp_bound_pcbs, pcb, ip, port) || in_list(tcp_active_pcbs, pcb, ip, port);
}

/* For one connection its port only has to make the pair of ends unique; for any it has to be nobody's. */
static bool usable(const struct tcp_ends *e)
{
  if (e->remote_ip == NULL) {
    return !tcp_port_taken(NULL, e->local_ip, e->local_port);
  }
  return !tcp_listen_on(e->local_port) && !in_list(tcp_bound_pcbs, NULL, e->local_ip, e->local_port) &&
         tcp_active_find(e) == NULL && tcp_mini_find(e) == NULL;
}

u16_t tcp_port_pick(const struct tcp_ends *e)
{
  struct tcp_ends mine = *e;
  unsigned i;

  for (i = 0; i < TRIES; i++) {
    mine.local_port = (u16_t)(PORT_FIRST + random_below(PORT_LAST - PORT_FIRST + 1));
    if (usable(&mine)) {
      return mine.local_port;
    }
  }
  return 0;
}

#endif
