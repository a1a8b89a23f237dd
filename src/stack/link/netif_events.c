/** Who is told when an interface changes, and by what callbacks. */
#include "netif_events.h"

#include "../base/core.h"
#include "netif_recent.h"

void netif_tell_addr(struct netif *nif, enum link_event what, const ip_addr_t *old, const ip_addr_t *now)
{
  const struct link_change c = { nif, what, old, now };
  const link_observer_fn *fn;

  netif_recent_forget();
  for (fn = link_observers; *fn != NULL; fn++) {
    (*fn)(&c);
  }
}

#if LWIP_NETIF_STATUS_CALLBACK
void netif_tell_status(struct netif *nif)
{
  if (nif->status_callback != NULL) {
    nif->status_callback(nif);
  }
}

void netif_set_status_callback(struct netif *netif, netif_status_callback_fn status_callback)
{
  if (netif != NULL) {
    netif->status_callback = status_callback;
  }
}
#endif

#if LWIP_NETIF_LINK_CALLBACK
void netif_tell_link(struct netif *nif)
{
  if (nif->link_callback != NULL) {
    nif->link_callback(nif);
  }
}

void netif_set_link_callback(struct netif *netif, netif_status_callback_fn link_callback)
{
  if (netif != NULL) {
    netif->link_callback = link_callback;
  }
}
#endif

#if LWIP_NETIF_REMOVE_CALLBACK
void netif_tell_removed(struct netif *nif)
{
  if (nif->remove_callback != NULL) {
    nif->remove_callback(nif);
  }
}

void netif_set_remove_callback(struct netif *netif, netif_status_callback_fn remove_callback)
{
  if (netif != NULL) {
    netif->remove_callback = remove_callback;
  }
}
#endif

#if LWIP_NETIF_EXT_STATUS_CALLBACK

static netif_ext_callback_t *ext_callbacks;

/** Where @p callback is linked in, or the end of the list. */
static netif_ext_callback_t **ext_find(const netif_ext_callback_t *callback)
{
  netif_ext_callback_t **at = &ext_callbacks;

  while (*at != NULL && *at != callback) {
    at = &(*at)->next;
  }
  return at;
}

void netif_add_ext_callback(netif_ext_callback_t *callback, netif_ext_callback_fn fn)
{
  if (callback == NULL || fn == NULL || !core_enter()) {
    return;
  }
  callback->callback_fn = fn;
  if (*ext_find(callback) == NULL) {
    callback->next = ext_callbacks;
    ext_callbacks = callback;
  }
  core_leave();
}

void netif_remove_ext_callback(netif_ext_callback_t *callback)
{
  netif_ext_callback_t **at;

  if (callback == NULL || !core_enter()) {
    return;
  }
  at = ext_find(callback);
  if (*at != NULL) {
    *at = callback->next;
    callback->next = NULL;
  }
  core_leave();
}

void netif_invoke_ext_callback(struct netif *netif, netif_nsc_reason_t reason, const netif_ext_callback_args_t *args)
{
  netif_ext_callback_t *c, *next;

  for (c = ext_callbacks; c != NULL; c = next) {
    next = c->next; /* it may remove itself */
    c->callback_fn(netif, reason, args);
  }
}

void netif_tell_ext_up(struct netif *nif, netif_nsc_reason_t why, bool up)
{
  netif_ext_callback_args_t args;

  /* The same octet in both members, whichever the reason is. */
  args.status_changed.state = up;
  netif_invoke_ext_callback(nif, why, &args);
}

#endif
