/** Names and numbers of interfaces (RFC 3493 section 4). */
#include "../base/errnos.h"
#include "lwip/if_api.h"
#include "lwip/priv/sockets_priv.h"

#if LWIP_SOCKET

#include "lwip/priv/tcpip_priv.h"
#include <string.h>

/** Not by netifapi: LWIP_NETIF_API may be off. */
struct if_call {
  struct tcpip_api_call_data call;
  char name[NETIF_NAMESIZE];
  unsigned index;
};

static err_t do_name(struct tcpip_api_call_data *c)
{
  struct if_call *i = (struct if_call *)(void *)c;

  return netif_index_to_name((u8_t)i->index, i->name) != NULL ? ERR_OK : ERR_VAL;
}

static err_t do_index(struct tcpip_api_call_data *c)
{
  struct if_call *i = (struct if_call *)(void *)c;

  i->index = netif_name_to_index(i->name);
  return ERR_OK;
}

char *lwip_if_indextoname(unsigned int ifindex, char *ifname)
{
  struct if_call i;

  i.index = ifindex;
  if (ifname == NULL || ifindex > 0xFF || tcpip_api_call(do_name, &i.call) != ERR_OK) {
    set_errno(ENXIO);
    return NULL;
  }
  memcpy(ifname, i.name, sizeof(i.name));
  return ifname;
}

unsigned int lwip_if_nametoindex(const char *ifname)
{
  struct if_call i;

  if (ifname == NULL || strlen(ifname) >= sizeof(i.name)) {
    return 0;
  }
  memcpy(i.name, ifname, strlen(ifname) + 1);
  return tcpip_api_call(do_index, &i.call) == ERR_OK ? i.index : 0;
}

#endif
