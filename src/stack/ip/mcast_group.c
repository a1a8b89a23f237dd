/**
 * The groups of an interface are a list in its client data.  A group has at most one report due: an answer to a query, or the
 * repetition of a join or a leave.  One timer serves all; it is set to the earliest report and runs over the few groups there
 * are.  A group that was left stays in the list, invisible, until its leaving has been reported often enough.
 *
 * A membership without sources is EXCLUDE{}.  The sources of the others are merged by mcast_source.c; any query is answered with
 * the whole state of the group, one about certain sources too.
 */
#include "mcast_group.h"

#if MCAST_IGMP || MCAST_MLD6

#include "../base/core.h"
#include "../base/random.h"
#include "../base/seq.h"
#include "../base/timer.h"
#include "lwip/sys.h"
#include <string.h>

/** Longest delay before the repetition of an unsolicited report (RFC 3376 8.11, RFC 3810 9.11; older versions allow 10 s). */
#define REPEAT_MS 1000u

/** ...and before the reports after a link came up: addresses of IPv6 are probed later, when snooping switches know where the groups are. */
enum { IGMP_LINK_UP_MS = 500, MLD6_LINK_UP_MS = 200 };

/** mcast_group.timer counts in these (IGMP_TMR_INTERVAL, MLD6_TMR_INTERVAL), ms. */
#define TICK_MS 100u

static struct timer timer;

/* --- the list --- */

static struct mcast_group *find(bool six, struct netif *nif, const void *addr)
{
  struct mcast_group *g = mcast_first(six, nif);

  while (g != NULL && memcmp(mcast_addr(g), addr, mcast_addr_len(six)) != 0) {
    g = g->next;
  }
  return g;
}

struct mcast_group *mcast_lookup(bool six, struct netif *nif, const void *addr)
{
  struct mcast_group *g = find(six, nif, addr);

  return g != NULL && g->group_state != MCAST_LEAVING ? g : NULL;
}

struct mcast_group *mcast_add(bool six, struct netif *nif, const void *addr)
{
  struct mcast_group *g = (struct mcast_group *)memp_malloc(MCAST_EITHER(six, MEMP_MLD6_GROUP, MEMP_IGMP_GROUP));
  struct mcast_group *first = mcast_first(six, nif);

  if (g == NULL) {
    MCAST_STATS_INC(six, memerr);
    return NULL;
  }
  memset(g, 0, sizeof *g);
  memcpy(mcast_addr(g), addr, MCAST_EITHER(six, sizeof(ip6_addr_t), sizeof(ip4_addr_t)));
  g->group_state = MCAST_IDLE;
  g->x_silent = MCAST_EITHER(six, mld6_is_silent, igmp_is_silent)(g);
  if (first == NULL) {
    netif_set_client_data(nif, mcast_list(six), g);
  } else {
    g->next = first->next;
    first->next = g;
  }
  return g;
}

static void remove_group(bool six, struct netif *nif, struct mcast_group *g)
{
  struct mcast_group *prev = mcast_first(six, nif);

  if (prev == g) {
    netif_set_client_data(nif, mcast_list(six), g->next);
  } else {
    while (prev->next != g) {
      prev = prev->next;
    }
    prev->next = g->next;
  }
  mcast_clear(&MCAST_SOURCES(g));
  memp_free(MCAST_EITHER(six, MEMP_MLD6_GROUP, MEMP_IGMP_GROUP), g);
}

void mcast_stop(bool six, struct netif *nif)
{
  struct mcast_group *g;

  while ((g = mcast_first(six, nif)) != NULL) {
    if (g->group_state != MCAST_LEAVING) {
      MCAST_EITHER(six, mld6_filter, igmp_filter)(nif, g, NETIF_DEL_MAC_FILTER);
    }
    remove_group(six, nif, g);
  }
}

/** Others may know of it. */
static bool is_known(const struct mcast_group *g)
{
  return g->group_state != MCAST_LEAVING && !g->x_silent;
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

bool mcast_is_due(const struct mcast_group *g, u32_t now_ms)
{
  return g->x_pending != MCAST_DUE_NOTHING && time_reached(now_ms, g->x_due_ms);
}

static void run_on(bool six, struct netif *nif, u32_t now_ms)
{
  const struct mcast_group *g;

  mcast_report_due(six, nif, now_ms);
  for (g = mcast_first(six, nif); g != NULL; g = g->next) {
    if (g->x_pending != MCAST_DUE_NOTHING) {
      arm(g->x_due_ms);
    }
  }
}

static void run(u32_t now_ms)
{
  struct netif *nif;

  NETIF_FOREACH(nif)
  {
#if MCAST_IGMP
    run_on(false, nif, now_ms);
#endif
#if MCAST_MLD6
    run_on(true, nif, now_ms);
#endif
  }
}

/** Report @p g at @p due_ms, unless something is due sooner. */
static void schedule(struct mcast_group *g, u8_t what, u32_t due_ms)
{
  if (LWIP_X_MCAST_SOURCES && what == MCAST_DUE_ANSWER && g->x_pending == MCAST_DUE_SOURCES) {
    mcast_settle(&MCAST_SOURCES(g)); /* both at once: the whole state */
    g->x_pending = g->use > 0 ? MCAST_DUE_JOIN : MCAST_DUE_LEAVE;
  }
  if (g->x_pending == MCAST_DUE_NOTHING || what != MCAST_DUE_ANSWER) {
    g->x_pending = what;
    g->x_due_ms = due_ms;
  } else if (seq_lt(due_ms, g->x_due_ms)) {
    g->x_due_ms = due_ms;
  }
  if (g->group_state == MCAST_IDLE) {
    g->group_state = MCAST_DELAYING;
  }
  g->timer = (u16_t)((g->x_due_ms - sys_now()) / TICK_MS);
  arm(g->x_due_ms);
}

u32_t mcast_repeat_at(u32_t now_ms)
{
  return now_ms + 1 + random_below(REPEAT_MS);
}

void mcast_reported(bool six, struct netif *nif, struct mcast_group *g, u32_t again_ms)
{
  if (g->x_resend > 0) {
    g->x_resend--;
    g->x_due_ms = again_ms;
    return;
  }
  g->x_pending = MCAST_DUE_NOTHING;
  if (g->group_state == MCAST_LEAVING) {
    remove_group(six, nif, g);
  } else {
    g->group_state = MCAST_IDLE;
  }
}

void mcast_report_groups(bool six, struct netif *nif)
{
  const u32_t due = sys_now() + 1 + random_below(MCAST_EITHER(six, MLD6_LINK_UP_MS, IGMP_LINK_UP_MS));
  struct mcast_group *g;

  for (g = mcast_first(six, nif); g != NULL; g = g->next) {
    if (is_known(g)) {
      g->x_resend = MCAST_ROBUSTNESS - 1;
      mcast_settle(&MCAST_SOURCES(g));
      schedule(g, g->use > 0 ? MCAST_DUE_JOIN : MCAST_DUE_LEAVE, due);
    }
  }
}

/* --- what others say --- */

/** The newest version answers for all groups in one report; in older ones each draws its own delay, so that others can be quicker. */
void mcast_asked_all(bool six, struct netif *nif, u32_t max_ms)
{
  const u32_t now = sys_now();
  const bool old = MCAST_EITHER(six, mld6_is_v1, igmp_is_old)(nif, now);
  u32_t due = now + 1 + random_below(max_ms);
  struct mcast_group *g;

  for (g = mcast_first(six, nif); g != NULL; g = g->next) {
    if (!is_known(g)) {
      continue;
    }
    schedule(g, MCAST_DUE_ANSWER, due);
    if (old) {
      due = now + 1 + random_below(max_ms);
    }
  }
}

/** A membership others may speak of. */
static struct mcast_group *spoken_of(bool six, struct netif *nif, const void *addr)
{
  struct mcast_group *g = find(six, nif, addr);

  return g != NULL && is_known(g) ? g : NULL;
}

bool mcast_asked(bool six, struct netif *nif, const void *addr, u32_t max_ms)
{
  struct mcast_group *g = spoken_of(six, nif, addr);

  if (g != NULL) {
    schedule(g, MCAST_DUE_ANSWER, sys_now() + 1 + random_below(max_ms));
  }
  return g != NULL;
}

bool mcast_heard(bool six, struct netif *nif, const void *addr)
{
  struct mcast_group *g = spoken_of(six, nif, addr);

  if (g != NULL && g->group_state == MCAST_DELAYING && MCAST_EITHER(six, mld6_is_v1, igmp_is_old)(nif, sys_now())) {
    g->x_pending = MCAST_DUE_NOTHING;
    g->x_resend = 0;
    g->last_reporter_flag = 0;
    g->group_state = MCAST_IDLE;
  }
  return g != NULL;
}

/* --- joining and leaving --- */

/** May groups be reported on @p nif? */
static bool is_ready(bool six, const struct netif *nif)
{
  return netif_is_up(nif) && netif_is_link_up(nif) && MCAST_EITHER(six, true, netif_ip4_addr(nif)->addr != 0);
}

/** A change of membership: told at once, and again. */
static void announce(bool six, struct netif *nif, struct mcast_group *g, u8_t what)
{
  const u32_t now = sys_now();

  if (is_ready(six, nif) && !g->x_silent) {
    g->x_resend = MCAST_ROBUSTNESS - 1;
    schedule(g, what, now);
    run(now);
    return;
  }
  mcast_settle(&MCAST_SOURCES(g));
  g->x_pending = MCAST_DUE_NOTHING;
  g->x_resend = 0;
  if (g->group_state == MCAST_LEAVING) {
    remove_group(six, nif, g);
  }
}

static void begin_membership(bool six, struct netif *nif, struct mcast_group *g)
{
  g->group_state = MCAST_DELAYING;
  MCAST_STATS_INC(six, tx_join);
  MCAST_EITHER(six, mld6_filter, igmp_filter)(nif, g, NETIF_ADD_MAC_FILTER);
}

static void end_membership(bool six, struct netif *nif, struct mcast_group *g)
{
  MCAST_STATS_INC(six, tx_leave);
  MCAST_EITHER(six, mld6_filter, igmp_filter)(nif, g, NETIF_DEL_MAC_FILTER);
  g->group_state = MCAST_LEAVING;
}

err_t mcast_join(bool six, struct netif *nif, const void *addr)
{
  struct mcast_group *g = find(six, nif, addr);

  if (g == NULL) {
    g = mcast_add(six, nif, addr);
  }
  if (g == NULL || g->use == 0xff) {
    return ERR_MEM;
  }
  g->use++;
  if (g->use == 1) {
    if (!mcast_included(MCAST_SOURCES(g))) {
      begin_membership(six, nif, g);
    }
    mcast_settle(&MCAST_SOURCES(g));
    announce(six, nif, g, MCAST_DUE_JOIN);
  }
  return ERR_OK;
}

err_t mcast_leave(bool six, struct netif *nif, const void *addr)
{
  struct mcast_group *g = find(six, nif, addr);

  if (g == NULL || g->use == 0) {
    return ERR_VAL;
  }
  g->use--;
  if (g->use == 0) {
    if (!mcast_included(MCAST_SOURCES(g))) {
      end_membership(six, nif, g);
    }
    mcast_settle(&MCAST_SOURCES(g));
    announce(six, nif, g, MCAST_DUE_LEAVE);
  }
  return ERR_OK;
}

#if LWIP_X_MCAST_SOURCES

static bool is_member(const struct mcast_group *g)
{
  return g->use > 0 || mcast_included(g->x_sources);
}

/** Tell of sources that have come or gone, unless a report of the whole state is due anyway: that is given once more. */
static void announce_sources(bool six, struct netif *nif, struct mcast_group *g)
{
  if (g->x_pending == MCAST_DUE_NOTHING || g->x_pending == MCAST_DUE_SOURCES) {
    announce(six, nif, g, MCAST_DUE_SOURCES);
    return;
  }
  mcast_settle(&g->x_sources);
  announce(six, nif, g, g->use > 0 ? MCAST_DUE_JOIN : MCAST_DUE_LEAVE);
}

static err_t change_source(bool six, struct netif *nif, struct mcast_group *g, const ip_addr_t *source,
                           enum lwip_x_mcast_change change)
{
  const bool was_member = is_member(g);
  const err_t err = mcast_change(&g->x_sources, g->use, source, change);

  if (err != ERR_OK) {
    return err;
  }
  if (is_member(g) && !was_member) {
    begin_membership(six, nif, g);
  } else if (!is_member(g) && was_member) {
    end_membership(six, nif, g);
  }
  if (mcast_changed(g->x_sources, g->use, MCAST_ROBUSTNESS)) {
    announce_sources(six, nif, g);
  } else {
    mcast_sweep(&g->x_sources);
  }
  return ERR_OK;
}

err_t mcast_change_source(bool six, struct netif *nif, const void *addr, const ip_addr_t *source,
                          enum lwip_x_mcast_change change)
{
  struct mcast_group *g = find(six, nif, addr);
  err_t err;

  if (g == NULL) {
    g = change == LWIP_X_MCAST_INCLUDE ? mcast_add(six, nif, addr) : NULL;
    if (g == NULL) {
      return change == LWIP_X_MCAST_INCLUDE ? ERR_MEM : ERR_VAL;
    }
    g->group_state = MCAST_LEAVING; /* nobody sees it yet */
  }
  err = change_source(six, nif, g, source, change);
  if (err != ERR_OK && g->group_state == MCAST_LEAVING && g->x_pending == MCAST_DUE_NOTHING) {
    remove_group(six, nif, g);
  }
  return err;
}

#endif

#endif
