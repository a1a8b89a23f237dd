/** Names, on the stack's side: one address after the other, without structures that differ. */
#include "lwip/netdb.h"
#include "run_name.h"

int run_look_up(const char *host, const char *service, const struct run_hints *h, struct run_address *out, int max)
{
  struct addrinfo hints, *list, *a;
  int err, n = 0;

  memset(&hints, 0, sizeof hints);
  hints.ai_family = h->family;
  hints.ai_socktype = h->type;
  hints.ai_protocol = h->protocol;
  hints.ai_flags = h->flags;
  err = lwip_getaddrinfo(host, service, &hints, &list);
  if (err != 0) {
    return -(err - EAI_NONAME) - 1;
  }
  for (a = list; a != NULL && n < max; a = a->ai_next, n++) {
    out[n].family = a->ai_family;
    out[n].type = a->ai_socktype;
    out[n].protocol = a->ai_protocol;
    out[n].len = a->ai_addrlen;
    memcpy(out[n].addr, a->ai_addr, a->ai_addrlen);
  }
  lwip_freeaddrinfo(list);
  return n;
}
