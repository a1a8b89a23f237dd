/**
 * Which connection a segment is for, in one look.
 *
 * All connections are in one list, tcp_active_pcbs, in which those with the same hash lie side by side.  A
 * table entry points to the link that leads to the first of them.  So a pcb needs no second link, adding
 * and removing cost a step or two, and programs can still walk the list.  Listeners are kept the same way,
 * by port.
 *
 * The hash is keyed: nobody outside can aim many connections at one place.  With few pcbs (LWIP_X_TCP_HASH 1,
 * LWIP_X_TCP_LISTEN_HASH 1) there is no table, and the list is walked.
 */
#include "tcp_core.h"

#include "../base/random.h"

#if LWIP_TCP

struct tcp_pcb *tcp_active_pcbs;
struct tcp_pcb *tcp_bound_pcbs;
struct tcp_pcb *tcp_tw_pcbs;
union tcp_listen_pcbs_t tcp_listen_pcbs;

struct tcp_pcb **const tcp_pcb_lists[NUM_TCP_PCB_LISTS] = { &tcp_listen_pcbs.pcbs, &tcp_bound_pcbs, &tcp_active_pcbs,
                                                            &tcp_tw_pcbs };

struct tcp_pcb *tcp_last_found;

void tcp_unlink(struct tcp_pcb **link, struct tcp_pcb *pcb)
{
  while (*link != NULL && *link != pcb) {
    link = &(*link)->next;
  }
  if (*link != NULL) {
    *link = pcb->next;
    pcb->next = NULL;
  }
}

static struct tcp_pcb **head_of(const struct tcp_pcb *pcb)
{
  return pcb->state == LISTEN ? &tcp_listen_pcbs.pcbs : &tcp_active_pcbs;
}

#if TCP_TABLES

static struct tcp_pcb **active_bucket[LWIP_X_TCP_HASH];
static struct tcp_pcb **listen_bucket[LWIP_X_TCP_LISTEN_HASH];
static u32_t key_ip = 1, key_port = 1; /* odd: multiply-shift hashing */

void tcp_lookup_init(void)
{
  key_ip = random_u32() | 1;
  key_port = random_u32() | 1;
}

static u32_t fold_ip(const ip_addr_t *ip)
{
#if LWIP_IPV6
  if (IP_IS_V6(ip)) {
    const u32_t *a = ip_2_ip6(ip)->addr;

    return a[3] + key_port * (a[2] + key_ip * (a[1] + key_port * a[0]));
  }
#endif
#if LWIP_IPV4
  return ip_2_ip4(ip)->addr;
#else
  return 0;
#endif
}

u32_t tcp_hash(const ip_addr_t *remote_ip, u16_t remote_port, u16_t local_port)
{
  return fold_ip(remote_ip) * key_ip + ((u32_t)remote_port << 16 | local_port) * key_port;
}

static u32_t active_index(const ip_addr_t *remote_ip, u16_t remote_port, u16_t local_port)
{
  return tcp_hash(remote_ip, remote_port, local_port) >> 16 & (LWIP_X_TCP_HASH - 1);
}

/* The table entry for pcb, by its state. */
static struct tcp_pcb ***bucket_of(const struct tcp_pcb *pcb)
{
  if (pcb->state == LISTEN) {
    return &listen_bucket[pcb->local_port & (LWIP_X_TCP_LISTEN_HASH - 1)];
  }
  return &active_bucket[active_index(&pcb->remote_ip, pcb->remote_port, pcb->local_port)];
}

/* The first connection that may have these ends, or the first listener that may have this port. */
static struct tcp_pcb *first_active(const struct tcp_ends *e)
{
  struct tcp_pcb **link = active_bucket[active_index(e->remote_ip, e->remote_port, e->local_port)];

  return link != NULL ? *link : NULL;
}

static struct tcp_pcb *first_listen(u16_t port)
{
  struct tcp_pcb **link = listen_bucket[port & (LWIP_X_TCP_LISTEN_HASH - 1)];

  return link != NULL ? *link : NULL;
}

/* ... and the next. */
static struct tcp_pcb *next_of(const struct tcp_pcb *pcb)
{
  struct tcp_pcb *next = pcb->next;

  return next != NULL && bucket_of(next) == bucket_of(pcb) ? next : NULL;
}

void tcp_list_add(struct tcp_pcb *pcb)
{
  struct tcp_pcb ***bucket = bucket_of(pcb);
  struct tcp_pcb **link = *bucket;

  if (link == NULL) {
    link = *bucket = head_of(pcb);
    if (*link != NULL) {
      *bucket_of(*link) = &pcb->next;
    }
  }
  pcb->next = *link;
  *link = pcb;
}

void tcp_list_remove(struct tcp_pcb *pcb)
{
  struct tcp_pcb ***bucket = bucket_of(pcb), ***after;
  struct tcp_pcb **link = *bucket;
  struct tcp_pcb *next = pcb->next;

  while (link != NULL && *link != pcb) {
    link = *link != NULL ? &(*link)->next : NULL;
  }
  if (link == NULL) {
    return; /* it is in no list */
  }
  if (pcb == tcp_last_found) {
    tcp_last_found = NULL;
  }
  *link = next;
  after = next != NULL ? bucket_of(next) : NULL;
  if (after != bucket) {
    if (after != NULL) {
      *after = link;
    }
    if (link == *bucket) {
      *bucket = NULL; /* it was the only one */
    }
  }
  pcb->next = NULL;
}

#else

void tcp_lookup_init(void)
{
}

static struct tcp_pcb *first_active(const struct tcp_ends *e)
{
  (void)e;
  return tcp_active_pcbs;
}

static struct tcp_pcb *first_listen(u16_t port)
{
  (void)port;
  return tcp_listen_pcbs.pcbs;
}

static struct tcp_pcb *next_of(const struct tcp_pcb *pcb)
{
  return pcb->next;
}

void tcp_list_add(struct tcp_pcb *pcb)
{
  struct tcp_pcb **head = head_of(pcb);

  pcb->next = *head;
  *head = pcb;
}

void tcp_list_remove(struct tcp_pcb *pcb)
{
  if (pcb == tcp_last_found) {
    tcp_last_found = NULL;
  }
  tcp_unlink(head_of(pcb), pcb);
}

#endif

static bool has_ends(const struct tcp_pcb *pcb, const struct tcp_ends *e)
{
  return pcb->remote_port == e->remote_port && pcb->local_port == e->local_port &&
         ip_addr_eq(&pcb->remote_ip, e->remote_ip) && ip_addr_eq(&pcb->local_ip, e->local_ip);
}

struct tcp_pcb *tcp_active_find(const struct tcp_ends *e)
{
  struct tcp_pcb *pcb = first_active(e);

  while (pcb != NULL && !has_ends(pcb, e)) {
    pcb = next_of(pcb);
  }
  if (pcb != NULL) {
    tcp_last_found = pcb;
  }
  return pcb;
}

/* How well a listener fits: 0 not at all, more for a local address or an interface of its own. */
static unsigned listen_fit(const struct tcp_pcb_listen *l, const struct tcp_ends *e, const struct netif *inp)
{
  unsigned fit = 1;

  if (l->local_port != e->local_port || (l->netif_idx != NETIF_NO_INDEX && l->netif_idx != netif_get_index(inp))) {
    return 0;
  }
  fit += l->netif_idx != NETIF_NO_INDEX;
  if (IP_IS_ANY_TYPE_VAL(l->local_ip)) {
    return fit;
  }
  if (IP_IS_V6_VAL(l->local_ip) != IP_IS_V6(e->local_ip)) {
    return 0;
  }
  if (ip_addr_isany(&l->local_ip)) {
    return fit + 2;
  }
  return ip_addr_eq(&l->local_ip, e->local_ip) ? fit + 4 : 0;
}

struct tcp_pcb_listen *tcp_listen_find(const struct tcp_ends *e, const struct netif *inp)
{
  struct tcp_pcb *pcb, *best = NULL;
  unsigned best_fit = 0;

  for (pcb = first_listen(e->local_port); pcb != NULL; pcb = next_of(pcb)) {
    unsigned fit = listen_fit((struct tcp_pcb_listen *)(void *)pcb, e, inp);

    if (fit > best_fit) {
      best_fit = fit;
      best = pcb;
    }
  }
  return (struct tcp_pcb_listen *)(void *)best;
}

bool tcp_listen_on(u16_t port)
{
  const struct tcp_pcb *l = first_listen(port);

  while (l != NULL && l->local_port != port) {
    l = next_of(l);
  }
  return l != NULL;
}

#endif
