/** The local host list: names from DNS_LOCAL_HOSTLIST_INIT, and, if it is dynamic, those the program adds. */
#include "dns_local.h"

#if LWIP_DNS && DNS_LOCAL_HOSTLIST

#include "lwip/def.h"
#include "lwip/memp.h"
#include "../base/core.h"
#include <string.h>

#ifdef DNS_LOCAL_HOSTLIST_INIT
static struct local_hostlist_entry fixed[] = DNS_LOCAL_HOSTLIST_INIT;
#define FIXED_COUNT (sizeof fixed / sizeof fixed[0])
#else
static struct local_hostlist_entry fixed[1];
#define FIXED_COUNT 0u
#endif

/* All, the newest first; the fixed names are put there too, so that they can be removed. */
static struct local_hostlist_entry *added;

#if DNS_LOCAL_HOSTLIST_IS_DYNAMIC

/** Put the fixed names into the list, once. */
static void prepare(void)
{
  static bool done;
  size_t i;

  for (i = 0; !done && i != FIXED_COUNT; i++) {
    fixed[i].next = added;
    added = &fixed[i];
  }
  done = true;
}

static bool is_fixed(const struct local_hostlist_entry *e)
{
  return FIXED_COUNT != 0 && e >= fixed && e < fixed + FIXED_COUNT;
}

#else

static void prepare(void)
{
  size_t i;

  for (i = 0; added == NULL && i != FIXED_COUNT; i++) {
    fixed[i].next = i + 1 < FIXED_COUNT ? &fixed[i + 1] : NULL;
  }
  added = FIXED_COUNT != 0 ? fixed : NULL;
}

#endif

static bool family_fits(const ip_addr_t *addr, u8_t addrtype)
{
  LWIP_UNUSED_ARG(addr);
  if (!LWIP_IPV4 || !LWIP_IPV6) {
    return true;
  }
  return addrtype != (IP_IS_V6(addr) ? LWIP_DNS_ADDRTYPE_IPV4 : LWIP_DNS_ADDRTYPE_IPV6);
}

bool dns_local_list_find(const char *name, ip_addr_t *addr, u8_t addrtype)
{
  struct local_hostlist_entry *e;

  prepare();
  for (e = added; e != NULL; e = e->next) {
    if (lwip_stricmp(e->name, name) == 0 && family_fits(&e->addr, addrtype)) {
      *addr = e->addr;
      return true;
    }
  }
  return false;
}

err_t dns_local_lookup(const char *hostname, ip_addr_t *addr, u8_t dns_addrtype)
{
  bool found;

  if (hostname == NULL || addr == NULL || !core_enter()) {
    return ERR_ARG;
  }
  found = dns_local_list_find(hostname, addr, dns_addrtype);
  core_leave();
  return found ? ERR_OK : ERR_ARG;
}

size_t dns_local_iterate(dns_found_callback iterator_fn, void *iterator_arg)
{
  struct local_hostlist_entry *e, *next;
  size_t n = 0;

  if (!core_enter()) {
    return 0;
  }
  prepare();
  for (e = added; e != NULL; e = next, n++) {
    next = e->next; /* the callback may remove e */
    if (iterator_fn != NULL) {
      iterator_fn(e->name, &e->addr, iterator_arg);
    }
  }
  core_leave();
  return n;
}

#if DNS_LOCAL_HOSTLIST_IS_DYNAMIC

int dns_local_removehost(const char *hostname, const ip_addr_t *addr)
{
  struct local_hostlist_entry **at = &added, *e;
  int n = 0;

  if (!core_enter()) {
    return 0;
  }
  prepare();
  while ((e = *at) != NULL) {
    if ((hostname != NULL && lwip_stricmp(e->name, hostname) != 0) || (addr != NULL && !ip_addr_cmp(&e->addr, addr))) {
      at = &e->next;
      continue;
    }
    *at = e->next;
    if (!is_fixed(e)) {
      memp_free(MEMP_LOCALHOSTLIST, e);
    }
    n++;
  }
  core_leave();
  return n;
}

/** A pool element is the entry with its name behind it. */
static err_t add(const char *hostname, size_t len, const ip_addr_t *addr)
{
  struct local_hostlist_entry *e = (struct local_hostlist_entry *)memp_malloc(MEMP_LOCALHOSTLIST);
  char *name;

  if (e == NULL) {
    return ERR_MEM;
  }
  prepare();
  name = (char *)(e + 1);
  memcpy(name, hostname, len + 1);
  e->name = name;
  e->addr = *addr;
  e->next = added;
  added = e;
  return ERR_OK;
}

err_t dns_local_addhost(const char *hostname, const ip_addr_t *addr)
{
  size_t len;
  err_t err;

  if (hostname == NULL || addr == NULL) {
    return ERR_ARG;
  }
  len = strlen(hostname);
  if (len > DNS_LOCAL_HOSTLIST_MAX_NAMELEN) {
    return ERR_ARG;
  }
  if (!core_enter()) {
    return ERR_INPROGRESS;
  }
  err = add(hostname, len, addr);
  core_leave();
  return err;
}

#endif
#endif
