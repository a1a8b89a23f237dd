/**
 * IGMP: membership of groups (RFC 3376; versions 2 and 1 towards older queriers).
 *
 * The groups of an interface are a list in its client data.  The first entry is 224.0.0.1, which is never
 * reported; its timers say until when older queriers are thought to be there.  A group has at most one report
 * due: an answer to a query, or the repetition of a join or a leave.  One timer serves all; it is set to the earliest
 * report and runs over the few groups there are.  A group that was left stays in the list, invisible, until its
 * leaving has been reported often enough.
 *
 * A membership without sources is EXCLUDE{}.  The sources of the others are merged by mcast_source.c; any query is answered with
 * the whole state of the group, one about certain sources too.
 */
#include "igmp_host.h"

#include "../base/core.h"
#include "../base/random.h"
#include "../base/seq.h"
#include "../base/timer.h"
#include "igmp_internal.h"
#include "../mem/timeouts_run.h"
#include "lwip/ip.h"
#include "lwip/memp.h"
#include "lwip/stats.h"
#include "lwip/sys.h"

#if LWIP_IPV4 && LWIP_IGMP

/** Longest delay before the repetition of an unsolicited report (RFC 3376 8.11; RFC 2236 8.10 allows 10 s). */
#define REPEAT_MS 1000u
/** ...and before the reports after a link came up. */
#define LINK_UP_MS 500u

static struct timer timer;

static void filter(struct netif *nif, const struct igmp_group *g, enum netif_mac_filter_action action)
{
  if (nif->igmp_mac_filter != NULL) {
    (void)nif->igmp_mac_filter(nif, &g->group_address, action);
  }
}

static bool is_ready(const struct netif *nif)
{
  return netif_is_up(nif) && netif_is_link_up(nif) && netif_ip4_addr(nif)->addr != 0;
}

static struct igmp_group *find(struct netif *nif, const ip4_addr_t *addr)
{
  struct igmp_group *g = netif_igmp_data(nif);

  while (g != NULL && !ip4_addr_eq(&g->group_address, addr)) {
    g = g->next;
  }
  return g;
}

/** A new group behind the first one.  @return NULL: no memory */
static struct igmp_group *add(struct netif *nif, const ip4_addr_t *addr)
{
  struct igmp_group *head = netif_igmp_data(nif);
  struct igmp_group *g = (struct igmp_group *)memp_malloc(MEMP_IGMP_GROUP);

  if (g == NULL) {
    IGMP_STATS_INC(igmp.memerr);
    return NULL;
  }
  memset(g, 0, sizeof *g);
  ip4_addr_copy(g->group_address, *addr);
  g->group_state = IGMP_STATE_IDLE;
  if (head == NULL) {
    netif_set_client_data(nif, LWIP_NETIF_CLIENT_DATA_INDEX_IGMP, g);
  } else {
    g->next = head->next;
    head->next = g;
  }
  return g;
}

/** Forget @p g, which is not the first. */
static void remove_group(struct netif *nif, struct igmp_group *g)
{
  struct igmp_group *prev = netif_igmp_data(nif);

  while (prev->next != g) {
    prev = prev->next;
  }
  prev->next = g->next;
  mcast_clear(&MCAST_SOURCES(g));
  memp_free(MEMP_IGMP_GROUP, g);
}

bool igmp_is_due(const struct igmp_group *g, u32_t now_ms)
{
  return g->pending != IGMP_DUE_NOTHING && time_reached(now_ms, g->due_ms);
}

static void ring(struct timer *t)
{
  (void)t;
  igmp_run(sys_now());
}

static void arm(u32_t due_ms)
{
  timer_set_by(&timer, due_ms, ring);
}

void igmp_schedule(struct igmp_group *g, u8_t what, u32_t due_ms)
{
  if (LWIP_X_MCAST_SOURCES && what == IGMP_DUE_ANSWER && g->pending == IGMP_DUE_SOURCES) {
    mcast_settle(&MCAST_SOURCES(g)); /* both at once: the whole state */
    g->pending = g->use > 0 ? IGMP_DUE_JOIN : IGMP_DUE_LEAVE;
  }
  if (g->pending == IGMP_DUE_NOTHING || what != IGMP_DUE_ANSWER) {
    g->pending = what;
    g->due_ms = due_ms;
  } else if (seq_lt(due_ms, g->due_ms)) {
    g->due_ms = due_ms;
  }
  if (g->group_state == IGMP_STATE_IDLE) {
    g->group_state = IGMP_STATE_DELAYING;
  }
  g->timer = (u16_t)((g->due_ms - sys_now()) / IGMP_TMR_INTERVAL);
  arm(g->due_ms);
}

void igmp_reported(struct netif *nif, struct igmp_group *g, u32_t now_ms)
{
  if (g->resend > 0) {
    g->resend--;
    g->due_ms = now_ms + 1 + random_below(REPEAT_MS);
    return;
  }
  g->pending = IGMP_DUE_NOTHING;
  if (g->group_state == IGMP_STATE_LEAVING) {
    remove_group(nif, g);
  } else {
    g->group_state = IGMP_STATE_IDLE;
  }
}

static void run_on(struct netif *nif, u32_t now_ms)
{
  struct igmp_group *g = netif_igmp_data(nif);

  if (g == NULL) {
    return;
  }
  igmp_report_due(nif, g, now_ms);
  for (g = g->next; g != NULL; g = g->next) {
    if (g->pending != IGMP_DUE_NOTHING) {
      arm(g->due_ms);
    }
  }
}

void igmp_run(u32_t now_ms)
{
  struct netif *nif;

  NETIF_FOREACH(nif)
  {
    run_on(nif, now_ms);
  }
}

/** A change of membership: told at once, and again. */
static void announce(struct netif *nif, struct igmp_group *g, u8_t what)
{
  const u32_t now = sys_now();

  if (!is_ready(nif)) {
    mcast_settle(&MCAST_SOURCES(g));
    g->pending = IGMP_DUE_NOTHING;
    g->resend = 0;
    if (g->group_state == IGMP_STATE_LEAVING) {
      remove_group(nif, g);
    }
    return;
  }
  g->resend = IGMP_ROBUSTNESS - 1;
  igmp_schedule(g, what, now);
  igmp_run(now);
}

static void begin_membership(struct netif *nif, struct igmp_group *g)
{
  g->group_state = IGMP_STATE_DELAYING;
  IGMP_STATS_INC(igmp.tx_join);
  filter(nif, g, NETIF_ADD_MAC_FILTER);
}

static void end_membership(struct netif *nif, struct igmp_group *g)
{
  IGMP_STATS_INC(igmp.tx_leave);
  filter(nif, g, NETIF_DEL_MAC_FILTER);
  g->group_state = IGMP_STATE_LEAVING;
}

static err_t join(struct netif *nif, const ip4_addr_t *addr)
{
  struct igmp_group *g;

  if (netif_igmp_data(nif) == NULL && igmp_start(nif) != ERR_OK) {
    return ERR_MEM;
  }
  g = find(nif, addr);
  if (g != NULL && g->use > 0) {
    if (g->use == 0xff) {
      return ERR_MEM;
    }
    g->use++;
    return ERR_OK;
  }
  if (g == NULL) {
    g = add(nif, addr);
  }
  if (g == NULL) {
    return ERR_MEM;
  }
  if (!mcast_included(MCAST_SOURCES(g))) {
    begin_membership(nif, g);
  }
  g->use = 1;
  mcast_settle(&MCAST_SOURCES(g));
  announce(nif, g, IGMP_DUE_JOIN);
  return ERR_OK;
}

static err_t leave(struct netif *nif, const ip4_addr_t *addr)
{
  struct igmp_group *g = find(nif, addr);

  if (g == NULL || g->use == 0) {
    return ERR_VAL;
  }
  g->use--;
  if (g->use > 0) {
    return ERR_OK;
  }
  if (!mcast_included(MCAST_SOURCES(g))) {
    end_membership(nif, g);
  }
  mcast_settle(&MCAST_SOURCES(g));
  announce(nif, g, IGMP_DUE_LEAVE);
  return ERR_OK;
}

#if LWIP_X_MCAST_SOURCES

static bool is_member(const struct igmp_group *g)
{
  return g->use > 0 || mcast_included(g->x_sources);
}

/** Tell of sources that have come or gone, unless a report of the whole state is due anyway: that is given once more. */
static void announce_sources(struct netif *nif, struct igmp_group *g)
{
  if (g->pending == IGMP_DUE_NOTHING || g->pending == IGMP_DUE_SOURCES) {
    announce(nif, g, IGMP_DUE_SOURCES);
    return;
  }
  mcast_settle(&g->x_sources);
  announce(nif, g, g->use > 0 ? IGMP_DUE_JOIN : IGMP_DUE_LEAVE);
}

static err_t change_source(struct netif *nif, struct igmp_group *g, const ip_addr_t *source,
                           enum lwip_x_mcast_change change)
{
  const bool was_member = is_member(g);
  const err_t err = mcast_change(&g->x_sources, g->use, source, change);

  if (err != ERR_OK) {
    return err;
  }
  if (is_member(g) && !was_member) {
    begin_membership(nif, g);
  } else if (!is_member(g) && was_member) {
    end_membership(nif, g);
  }
  if (mcast_changed(g->x_sources, g->use, IGMP_ROBUSTNESS)) {
    announce_sources(nif, g);
  } else {
    mcast_sweep(&g->x_sources);
  }
  return ERR_OK;
}

static err_t source_on(struct netif *nif, const ip4_addr_t *addr, const ip_addr_t *source,
                       enum lwip_x_mcast_change change)
{
  struct igmp_group *g;
  err_t err;

  if (netif_igmp_data(nif) == NULL && igmp_start(nif) != ERR_OK) {
    return ERR_MEM;
  }
  g = find(nif, addr);
  if (g == NULL) {
    g = change == LWIP_X_MCAST_INCLUDE ? add(nif, addr) : NULL;
    if (g == NULL) {
      return change == LWIP_X_MCAST_INCLUDE ? ERR_MEM : ERR_VAL;
    }
    g->group_state = IGMP_STATE_LEAVING; /* nobody sees it yet */
  }
  err = change_source(nif, g, source, change);
  if (err != ERR_OK && g->group_state == IGMP_STATE_LEAVING && g->pending == IGMP_DUE_NOTHING) {
    remove_group(nif, g);
  }
  return err;
}

#endif

/** May a program join it?  224.0.0.1 is the stack's. */
static bool is_joinable(const ip4_addr_t *addr)
{
  return addr != NULL && ip4_addr_ismulticast(addr) && addr->addr != IGMP_ALL_SYSTEMS;
}

/** Do @p one on every interface with IGMP and the address @p ifaddr (any: all). */
static err_t on_each(const ip4_addr_t *ifaddr, const ip4_addr_t *addr, err_t (*one)(struct netif *, const ip4_addr_t *))
{
  struct netif *nif;
  err_t err = ERR_VAL;
  bool failed = false;

  if (!is_joinable(addr)) {
    return ERR_VAL;
  }
  if (!core_enter()) {
    return ERR_INPROGRESS;
  }
  NETIF_FOREACH(nif)
  { /* no break: with LWIP_SINGLE_NETIF this is no loop */
    if (!failed && netif_is_flag_set(nif, NETIF_FLAG_IGMP) &&
        (ip4_addr_isany(ifaddr) || ip4_addr_eq(netif_ip4_addr(nif), ifaddr))) {
      err = one(nif, addr);
      failed = err != ERR_OK;
    }
  }
  core_leave();
  return err;
}

static err_t on_one(struct netif *nif, const ip4_addr_t *addr, err_t (*one)(struct netif *, const ip4_addr_t *))
{
  err_t err;

  if (nif == NULL || !is_joinable(addr) || !netif_is_flag_set(nif, NETIF_FLAG_IGMP)) {
    return ERR_VAL;
  }
  if (!core_enter()) {
    return ERR_INPROGRESS;
  }
  err = one(nif, addr);
  core_leave();
  return err;
}

#if LWIP_X_MCAST_SOURCES

err_t igmp_source(struct netif *nif, const ip4_addr_t *group, const ip_addr_t *source, enum lwip_x_mcast_change change)
{
  err_t err;

  if (!is_joinable(group) || !netif_is_flag_set(nif, NETIF_FLAG_IGMP)) {
    return ERR_VAL;
  }
  if (!core_enter()) {
    return ERR_INPROGRESS;
  }
  err = source_on(nif, group, source, change);
  core_leave();
  return err;
}

#endif

err_t igmp_joingroup(const ip4_addr_t *ifaddr, const ip4_addr_t *groupaddr)
{
  return on_each(ifaddr, groupaddr, join);
}

err_t igmp_joingroup_netif(struct netif *netif, const ip4_addr_t *groupaddr)
{
  return on_one(netif, groupaddr, join);
}

err_t igmp_leavegroup(const ip4_addr_t *ifaddr, const ip4_addr_t *groupaddr)
{
  return on_each(ifaddr, groupaddr, leave);
}

err_t igmp_leavegroup_netif(struct netif *netif, const ip4_addr_t *groupaddr)
{
  return on_one(netif, groupaddr, leave);
}

struct igmp_group *igmp_lookfor_group(struct netif *ifp, const ip4_addr_t *addr)
{
  struct igmp_group *g = find(ifp, addr);

  return g != NULL && g->group_state != IGMP_STATE_LEAVING ? g : NULL;
}

err_t igmp_start(struct netif *netif)
{
  const ip4_addr_t all = { IGMP_ALL_SYSTEMS };
  struct igmp_group *g;

  if (netif_igmp_data(netif) != NULL) {
    return ERR_OK;
  }
  g = add(netif, &all);
  if (g == NULL) {
    return ERR_MEM;
  }
  g->use = 1;
  filter(netif, g, NETIF_ADD_MAC_FILTER);
  return ERR_OK;
}

err_t igmp_stop(struct netif *netif)
{
  struct igmp_group *g = netif_igmp_data(netif);

  netif_set_client_data(netif, LWIP_NETIF_CLIENT_DATA_INDEX_IGMP, NULL);
  while (g != NULL) {
    struct igmp_group *next = g->next;
    if (g->group_state != IGMP_STATE_LEAVING) {
      filter(netif, g, NETIF_DEL_MAC_FILTER);
    }
    mcast_clear(&MCAST_SOURCES(g));
    memp_free(MEMP_IGMP_GROUP, g);
    g = next;
  }
  return ERR_OK;
}

void igmp_report_groups(struct netif *netif)
{
  struct igmp_group *g = netif_igmp_data(netif);
  const u32_t due = sys_now() + 1 + random_below(LINK_UP_MS);

  if (g == NULL) {
    return;
  }
  for (g = g->next; g != NULL; g = g->next) {
    if (g->group_state != IGMP_STATE_LEAVING) {
      g->resend = IGMP_ROBUSTNESS - 1;
      mcast_settle(&MCAST_SOURCES(g));
      igmp_schedule(g, g->use > 0 ? IGMP_DUE_JOIN : IGMP_DUE_LEAVE, due);
    }
  }
}

void igmp_netif_changed(const struct link_change *c)
{
  if (c->what == LINK_EV_ADDED && netif_is_flag_set(c->nif, NETIF_FLAG_IGMP)) {
    (void)igmp_start(c->nif);
  } else if (c->what == LINK_EV_REMOVED && netif_igmp_data(c->nif) != NULL) {
    (void)igmp_stop(c->nif);
  } else if (c->what == LINK_EV_READY) {
    igmp_report_groups(c->nif);
  }
}

void igmp_init(void)
{
}

void igmp_tmr(void)
{
  timeouts_poll_by_hand();
}

#endif
