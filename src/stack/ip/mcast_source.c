/** The sources of a group. */
#include "mcast_source.h"

#if LWIP_X_MCAST_SOURCES && ((LWIP_IPV4 && LWIP_IGMP) || (LWIP_IPV6 && LWIP_IPV6_MLD))

#include "igmp_internal.h"
#include "lwip/memp.h"
#include "mld6_internal.h"
#include <string.h>

static bool is_wanted(const mcast_source_t *s, u8_t use)
{
  return s->incl > 0 || (use > 0 && s->excl < use);
}

bool mcast_included(const mcast_source_t *list)
{
  for (; list != NULL; list = list->next) {
    if (list->incl > 0) {
      return true;
    }
  }
  return false;
}

void mcast_sweep(mcast_source_t **list)
{
  while (*list != NULL) {
    mcast_source_t *s = *list;

    if (s->incl == 0 && s->excl == 0 && s->resend == 0) {
      *list = s->next;
      memp_free(MEMP_MCAST_SOURCE, s);
    } else {
      list = &s->next;
    }
  }
}

static mcast_source_t *find(mcast_source_t *list, const ip_addr_t *addr)
{
  while (list != NULL && !ip_addr_eq(&list->addr, addr)) {
    list = list->next;
  }
  return list;
}

static mcast_source_t *add(mcast_source_t **list, const ip_addr_t *addr)
{
  mcast_source_t *s = (mcast_source_t *)memp_malloc(MEMP_MCAST_SOURCE);

  if (s != NULL) {
    memset(s, 0, sizeof *s);
    ip_addr_copy(s->addr, *addr);
    s->next = *list;
    *list = s;
  }
  return s;
}

/** The counter that @p change goes up or down. */
static u8_t *counter(mcast_source_t *s, enum lwip_x_mcast_change change)
{
  return change == LWIP_X_MCAST_INCLUDE || change == LWIP_X_MCAST_FORGET ? &s->incl : &s->excl;
}

static err_t count_up(mcast_source_t **list, u8_t use, const ip_addr_t *addr, enum lwip_x_mcast_change change)
{
  mcast_source_t *s = find(*list, addr);

  if (s == NULL) {
    s = add(list, addr);
    if (s == NULL) {
      return ERR_MEM;
    }
    s->was = is_wanted(s, use);
  }
  if (*counter(s, change) == 0xff) {
    return ERR_MEM;
  }
  (*counter(s, change))++;
  return ERR_OK;
}

static err_t count_down(mcast_source_t *s, enum lwip_x_mcast_change change)
{
  if (s == NULL || *counter(s, change) == 0) {
    return ERR_VAL;
  }
  (*counter(s, change))--;
  return ERR_OK;
}

err_t mcast_change(mcast_source_t **list, u8_t use, const ip_addr_t *addr, enum lwip_x_mcast_change change)
{
  mcast_source_t *s;

  if (change == LWIP_X_MCAST_BLOCK && use == 0) {
    return ERR_VAL;
  }
  for (s = *list; s != NULL; s = s->next) {
    s->was = is_wanted(s, use);
  }
  return change == LWIP_X_MCAST_INCLUDE || change == LWIP_X_MCAST_BLOCK ? count_up(list, use, addr, change)
                                                                        : count_down(find(*list, addr), change);
}

bool mcast_changed(mcast_source_t *list, u8_t use, u8_t times)
{
  bool changed = false;

  for (; list != NULL; list = list->next) {
    if (list->was != is_wanted(list, use)) {
      list->resend = times;
      changed = true;
    }
  }
  return changed;
}

void mcast_settle(mcast_source_t **list)
{
  mcast_source_t *s;

  for (s = *list; s != NULL; s = s->next) {
    s->resend = 0;
  }
  mcast_sweep(list);
}

void mcast_told(mcast_source_t **list)
{
  mcast_source_t *s;

  for (s = *list; s != NULL; s = s->next) {
    s->resend = (u8_t)(s->resend > 0 ? s->resend - 1 : 0);
  }
  mcast_sweep(list);
}

void mcast_clear(mcast_source_t **list)
{
  mcast_source_t *s;

  for (s = *list; s != NULL; s = s->next) {
    s->incl = s->excl = 0;
  }
  mcast_settle(list);
}

bool mcast_belongs(const mcast_source_t *s, u8_t use, enum mcast_record record)
{
  switch (record) {
    case MCAST_ALLOW:
      return s->resend > 0 && is_wanted(s, use);
    case MCAST_BLOCK:
      return s->resend > 0 && !is_wanted(s, use);
    case MCAST_IS_INCLUDE:
    case MCAST_TO_INCLUDE:
      return is_wanted(s, use);
    default:
      return !is_wanted(s, use) && s->excl > 0;
  }
}

u16_t mcast_count(const mcast_source_t *list, u8_t use, enum mcast_record record)
{
  u16_t n = 0;

  for (; list != NULL; list = list->next) {
    n = (u16_t)(n + (mcast_belongs(list, use, record) ? 1 : 0));
  }
  return n;
}

/* ---- The API ---- */

err_t lwip_x_mcast_source(struct netif *netif, const ip_addr_t *group, const ip_addr_t *source,
                          enum lwip_x_mcast_change change)
{
  if (netif == NULL || group == NULL || source == NULL || IP_IS_V6(group) != IP_IS_V6(source) ||
      !ip_addr_ismulticast(group) || ip_addr_ismulticast(source)) {
    return ERR_VAL;
  }
#if LWIP_IPV4 && LWIP_IGMP
  if (IP_IS_V4(group)) {
    return igmp_source(netif, ip_2_ip4(group), source, change);
  }
#endif
#if LWIP_IPV6 && LWIP_IPV6_MLD
  if (IP_IS_V6(group)) {
    return mld6_source(netif, ip_2_ip6(group), source, change);
  }
#endif
  return ERR_VAL;
}

#endif
