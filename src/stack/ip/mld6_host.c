/**
 * Multicast listener discovery: membership of groups (RFC 3810; version 1 towards older queriers).
 *
 * The groups of an interface are a list in its client data.  A group has at most one report due: an answer to a query, or the
 * repetition of a join or a leave.  One timer serves all; it is set to the earliest report and runs over the few groups there
 * are.  A group that was left stays in the list, invisible, until its leaving has been reported often enough.
 *
 * A membership without sources is EXCLUDE{}.  The sources of the others are merged by mcast_source.c; any query is answered with
 * the whole state of the group, one about certain sources too.
 */
#include "mld6_internal.h"

#if LWIP_IPV6 && LWIP_IPV6_MLD

#include "../base/core.h"
#include "../base/random.h"
#include "../base/seq.h"
#include "../base/timer.h"
#include "../mem/timeouts_run.h"
#include "ip_zone.h"
#include "lwip/memp.h"
#include "lwip/stats.h"
#include "lwip/sys.h"

/** Longest delay before the repetition of an unsolicited report (RFC 3810 section 9.11; version 1 allows 10 s). */
#define REPEAT_MS 1000u
/** ...and before the reports after a link came up: addresses are probed later, when snooping switches know where the groups are. */
#define LINK_UP_MS 200u

static struct timer timer;

static bool is_ready(const struct netif *nif)
{
  return netif_is_up(nif) && netif_is_link_up(nif);
}

static struct mld_group *find(struct netif *nif, const ip6_addr_t *addr)
{
  struct mld_group *g = netif_mld6_data(nif);

  while (g != NULL && !ip6_addr_zoneless_eq(&g->group_address, addr)) {
    g = g->next;
  }
  return g;
}

static struct mld_group *add(struct netif *nif, const ip6_addr_t *addr)
{
  struct mld_group *g = (struct mld_group *)memp_malloc(MEMP_MLD6_GROUP);

  if (g == NULL) {
    MLD6_STATS_INC(mld6.memerr);
    return NULL;
  }
  memset(g, 0, sizeof *g);
  ip6_addr_copy(g->group_address, *addr);
  ip6_zone_assign(&g->group_address, nif);
  g->group_state = MLD6_STATE_IDLE;
  g->next = netif_mld6_data(nif);
  netif_set_client_data(nif, LWIP_NETIF_CLIENT_DATA_INDEX_MLD6, g);
  return g;
}

static void remove_group(struct netif *nif, struct mld_group *g)
{
  struct mld_group *prev = netif_mld6_data(nif);

  if (prev == g) {
    netif_set_client_data(nif, LWIP_NETIF_CLIENT_DATA_INDEX_MLD6, g->next);
  } else {
    while (prev->next != g) {
      prev = prev->next;
    }
    prev->next = g->next;
  }
  mcast_clear(&MCAST_SOURCES(g));
  memp_free(MEMP_MLD6_GROUP, g);
}

bool mld6_is_due(const struct mld_group *g, u32_t now_ms)
{
  return g->x_pending != MLD6_DUE_NOTHING && time_reached(now_ms, g->x_due_ms);
}

/* --- the timer --- */

static void run(u32_t now_ms);

static void ring(struct timer *t)
{
  (void)t;
  run(sys_now());
}

static void arm(u32_t due_ms)
{
  timer_set_by(&timer, due_ms, ring);
}

static void run(u32_t now_ms)
{
  const struct mld_group *g;
  struct netif *nif;

  NETIF_FOREACH(nif)
  {
    mld6_report_due(nif, now_ms);
    for (g = netif_mld6_data(nif); g != NULL; g = g->next) {
      if (g->x_pending != MLD6_DUE_NOTHING) {
        arm(g->x_due_ms);
      }
    }
  }
}

void mld6_schedule(struct mld_group *g, u8_t what, u32_t due_ms)
{
  if (LWIP_X_MCAST_SOURCES && what == MLD6_DUE_ANSWER && g->x_pending == MLD6_DUE_SOURCES) {
    mcast_settle(&MCAST_SOURCES(g)); /* both at once: the whole state */
    g->x_pending = g->use > 0 ? MLD6_DUE_JOIN : MLD6_DUE_LEAVE;
  }
  if (g->x_pending == MLD6_DUE_NOTHING || what != MLD6_DUE_ANSWER) {
    g->x_pending = what;
    g->x_due_ms = due_ms;
  } else if (seq_lt(due_ms, g->x_due_ms)) {
    g->x_due_ms = due_ms;
  }
  if (g->group_state == MLD6_STATE_IDLE) {
    g->group_state = MLD6_STATE_DELAYING;
  }
  g->timer = (u16_t)((g->x_due_ms - sys_now()) / MLD6_TMR_INTERVAL);
  arm(g->x_due_ms);
}

u32_t mld6_repeat_at(u32_t now_ms)
{
  return now_ms + 1 + random_below(REPEAT_MS);
}

void mld6_reported(struct netif *nif, struct mld_group *g, u32_t again_ms)
{
  if (g->x_resend > 0) {
    g->x_resend--;
    g->x_due_ms = again_ms;
    return;
  }
  g->x_pending = MLD6_DUE_NOTHING;
  if (g->group_state == MLD6_STATE_LEAVING) {
    remove_group(nif, g);
  } else {
    g->group_state = MLD6_STATE_IDLE;
  }
}

/* --- joining and leaving --- */

/** All nodes, and groups that do not leave the interface, are nobody's business (RFC 3810 section 6). */
static bool is_reported(const struct mld_group *g)
{
  return !ip6_addr_isallnodes_linklocal(&g->group_address) &&
         ip6_addr_multicast_scope(&g->group_address) > IP6_MULTICAST_SCOPE_INTERFACE_LOCAL;
}

/** A change of membership: told at once, and again. */
static void announce(struct netif *nif, struct mld_group *g, u8_t what)
{
  const u32_t now = sys_now();

  if (is_ready(nif) && is_reported(g)) {
    g->x_resend = MLD6_ROBUSTNESS - 1;
    mld6_schedule(g, what, now);
    run(now);
    return;
  }
  mcast_settle(&MCAST_SOURCES(g));
  g->x_pending = MLD6_DUE_NOTHING;
  g->x_resend = 0;
  if (g->group_state == MLD6_STATE_LEAVING) {
    remove_group(nif, g);
  }
}

static void begin_membership(struct netif *nif, struct mld_group *g)
{
  g->group_state = MLD6_STATE_DELAYING;
  MLD6_STATS_INC(mld6.tx_join);
  netif_mld_mac_filter(nif, &g->group_address, NETIF_ADD_MAC_FILTER);
}

static void end_membership(struct netif *nif, struct mld_group *g)
{
  MLD6_STATS_INC(mld6.tx_leave);
  netif_mld_mac_filter(nif, &g->group_address, NETIF_DEL_MAC_FILTER);
  g->group_state = MLD6_STATE_LEAVING;
}

static err_t join(struct netif *nif, const ip6_addr_t *addr)
{
  struct mld_group *g = find(nif, addr);

  if (g == NULL) {
    g = add(nif, addr);
  }
  if (g == NULL || g->use == 0xff) {
    return ERR_MEM;
  }
  g->use++;
  if (g->use == 1) {
    if (!mcast_included(MCAST_SOURCES(g))) {
      begin_membership(nif, g);
    }
    mcast_settle(&MCAST_SOURCES(g));
    announce(nif, g, MLD6_DUE_JOIN);
  }
  return ERR_OK;
}

static err_t leave(struct netif *nif, const ip6_addr_t *addr)
{
  struct mld_group *g = find(nif, addr);

  if (g == NULL || g->use == 0) {
    return ERR_VAL;
  }
  g->use--;
  if (g->use == 0) {
    if (!mcast_included(MCAST_SOURCES(g))) {
      end_membership(nif, g);
    }
    mcast_settle(&MCAST_SOURCES(g));
    announce(nif, g, MLD6_DUE_LEAVE);
  }
  return ERR_OK;
}

#if LWIP_X_MCAST_SOURCES

static bool is_member(const struct mld_group *g)
{
  return g->use > 0 || mcast_included(g->x_sources);
}

/** Tell of sources that have come or gone, unless a report of the whole state is due anyway: that is given once more. */
static void announce_sources(struct netif *nif, struct mld_group *g)
{
  if (g->x_pending == MLD6_DUE_NOTHING || g->x_pending == MLD6_DUE_SOURCES) {
    announce(nif, g, MLD6_DUE_SOURCES);
    return;
  }
  mcast_settle(&g->x_sources);
  announce(nif, g, g->use > 0 ? MLD6_DUE_JOIN : MLD6_DUE_LEAVE);
}

static err_t change_source(struct netif *nif, struct mld_group *g, const ip_addr_t *source,
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
  if (mcast_changed(g->x_sources, g->use, MLD6_ROBUSTNESS)) {
    announce_sources(nif, g);
  } else {
    mcast_sweep(&g->x_sources);
  }
  return ERR_OK;
}

static err_t source_on(struct netif *nif, const ip6_addr_t *addr, const ip_addr_t *source,
                       enum lwip_x_mcast_change change)
{
  struct mld_group *g = find(nif, addr);
  err_t err;

  if (g == NULL) {
    g = change == LWIP_X_MCAST_INCLUDE ? add(nif, addr) : NULL;
    if (g == NULL) {
      return change == LWIP_X_MCAST_INCLUDE ? ERR_MEM : ERR_VAL;
    }
    g->group_state = MLD6_STATE_LEAVING; /* nobody sees it yet */
  }
  err = change_source(nif, g, source, change);
  if (err != ERR_OK && g->group_state == MLD6_STATE_LEAVING && g->x_pending == MLD6_DUE_NOTHING) {
    remove_group(nif, g);
  }
  return err;
}

err_t mld6_source(struct netif *nif, const ip6_addr_t *group, const ip_addr_t *source, enum lwip_x_mcast_change change)
{
  err_t err;

  if (!core_enter()) {
    return ERR_INPROGRESS;
  }
  err = source_on(nif, group, source, change);
  core_leave();
  return err;
}

#endif

typedef err_t (*change_fn)(struct netif *nif, const ip6_addr_t *addr);

static err_t on_one(struct netif *nif, const ip6_addr_t *addr, change_fn change)
{
  err_t err;

  if (nif == NULL || addr == NULL || !ip6_addr_ismulticast(addr)) {
    return ERR_VAL;
  }
  if (!core_enter()) {
    return ERR_INPROGRESS;
  }
  err = change(nif, addr);
  core_leave();
  return err;
}

/** Do @p change on every interface with the address @p srcaddr (any: all). */
static err_t on_each(const ip6_addr_t *srcaddr, const ip6_addr_t *addr, change_fn change)
{
  struct netif *nif;
  err_t err = ERR_VAL;
  bool failed = false;

  NETIF_FOREACH(nif) /* no break: with LWIP_SINGLE_NETIF this is no loop */
  {
    if (!failed && netif_is_flag_set(nif, NETIF_FLAG_MLD6) &&
        (ip6_addr_isany(srcaddr) || netif_get_ip6_addr_match(nif, srcaddr) >= 0)) {
      err = on_one(nif, addr, change);
      failed = err != ERR_OK;
    }
  }
  return err;
}

err_t mld6_joingroup(const ip6_addr_t *srcaddr, const ip6_addr_t *groupaddr)
{
  return on_each(srcaddr, groupaddr, join);
}

err_t mld6_joingroup_netif(struct netif *netif, const ip6_addr_t *groupaddr)
{
  return on_one(netif, groupaddr, join);
}

err_t mld6_leavegroup(const ip6_addr_t *srcaddr, const ip6_addr_t *groupaddr)
{
  return on_each(srcaddr, groupaddr, leave);
}

err_t mld6_leavegroup_netif(struct netif *netif, const ip6_addr_t *groupaddr)
{
  return on_one(netif, groupaddr, leave);
}

struct mld_group *mld6_lookfor_group(struct netif *ifp, const ip6_addr_t *addr)
{
  struct mld_group *g = find(ifp, addr);

  return g != NULL && g->group_state != MLD6_STATE_LEAVING ? g : NULL;
}

err_t mld6_stop(struct netif *netif)
{
  struct mld_group *g;

  while ((g = netif_mld6_data(netif)) != NULL) {
    if (g->group_state != MLD6_STATE_LEAVING) {
      netif_mld_mac_filter(netif, &g->group_address, NETIF_DEL_MAC_FILTER);
    }
    remove_group(netif, g);
  }
  return ERR_OK;
}

void mld6_report_groups(struct netif *netif)
{
  const u32_t due = sys_now() + 1 + random_below(LINK_UP_MS);
  struct mld_group *g;

  for (g = netif_mld6_data(netif); g != NULL; g = g->next) {
    if (g->group_state != MLD6_STATE_LEAVING && is_reported(g)) {
      g->x_resend = MLD6_ROBUSTNESS - 1;
      mcast_settle(&MCAST_SOURCES(g));
      mld6_schedule(g, g->use > 0 ? MLD6_DUE_JOIN : MLD6_DUE_LEAVE, due);
    }
  }
}

void mld6_netif_changed(const struct link_change *c)
{
  if (c->what == LINK_EV_REMOVED) {
    (void)mld6_stop(c->nif);
  } else if ((c->what == LINK_EV_UP || c->what == LINK_EV_LINK_UP) && is_ready(c->nif)) {
    mld6_report_groups(c->nif);
  }
}

void mld6_tmr(void)
{
  timeouts_poll_by_hand();
}

#endif
