/** getaddrinfo and gethostbyname by the stack's own resolver. */
#define _GNU_SOURCE
#include "run.h"
#include "run_name.h"
#include <errno.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RESULTS_MAX 16

/** One result in one piece of memory. */
struct result {
  struct addrinfo ai;
  struct sockaddr_storage addr;
  char name[NI_MAXHOST];
};

static int flags_there(int flags)
{
  return ((flags & AI_PASSIVE) ? 0x01 : 0) | ((flags & AI_NUMERICHOST) ? 0x04 : 0) |
         ((flags & AI_NUMERICSERV) ? 0x08 : 0) | ((flags & AI_V4MAPPED) ? 0x10 : 0) | ((flags & AI_ALL) ? 0x20 : 0) |
         ((flags & AI_ADDRCONFIG) ? 0x40 : 0);
}

/** In the order of the stack's numbers. */
static const int errors[] = { EAI_NONAME,   EAI_SERVICE,  EAI_FAIL,  EAI_MEMORY,  EAI_FAMILY,
                              EAI_BADFLAGS, EAI_SOCKTYPE, EAI_AGAIN, EAI_OVERFLOW };

static struct result *make(const struct run_address *a, const char *host, int flags)
{
  struct result *r = calloc(1, sizeof *r);

  if (r == NULL) {
    return NULL;
  }
  memcpy(&r->addr, a->addr, a->len < sizeof r->addr ? a->len : sizeof r->addr);
  r->addr.ss_family = (sa_family_t)a->family;
  r->ai.ai_family = a->family;
  r->ai.ai_socktype = a->type;
  r->ai.ai_protocol = a->protocol;
  r->ai.ai_addrlen = a->len;
  r->ai.ai_addr = (struct sockaddr *)&r->addr;
  if ((flags & AI_CANONNAME) && host != NULL) {
    strncpy(r->name, host, sizeof r->name - 1);
    r->ai.ai_canonname = r->name;
  }
  return r;
}

/** The address of family @p family that /etc/hosts has for a name.  @return false: none */
static bool in_hosts_of(const char *host, int family, char *out, size_t len)
{
  FILE *f = fopen("/etc/hosts", "re");
  char line[512];
  bool found = false;

  while (f != NULL && !found && fgets(line, sizeof line, f) != NULL) {
    char *rest = line, *addr, *name;

    line[strcspn(line, "#\n")] = '\0';
    addr = strtok_r(line, " \t", &rest);
    if (addr == NULL || (strchr(addr, ':') != NULL) != (family == AF_INET6)) {
      continue;
    }
    while (!found && (name = strtok_r(NULL, " \t", &rest)) != NULL) {
      found = strcasecmp(name, host) == 0;
    }
    if (found) {
      snprintf(out, len, "%s", addr);
    }
  }
  if (f != NULL) {
    fclose(f);
  }
  return found;
}

/** Either family if it is the same to the program. */
static bool in_hosts(const char *host, int family, char *out, size_t len)
{
  return (family != AF_INET6 && in_hosts_of(host, AF_INET, out, len)) ||
         (family != AF_INET && in_hosts_of(host, AF_INET6, out, len));
}

int getaddrinfo(const char *host, const char *service, const struct addrinfo *hints, struct addrinfo **out)
{
  struct run_hints h = { 0, 0, 0, 0 };
  struct run_address found[RESULTS_MAX];
  struct addrinfo **link = out;
  char address[64];
  int i, n, flags = hints != NULL ? hints->ai_flags : AI_V4MAPPED | AI_ADDRCONFIG;

  if (hints != NULL) {
    h.family = hints->ai_family;
    h.type = hints->ai_socktype;
    h.protocol = hints->ai_protocol;
  }
  h.flags = flags_there(flags);
  if (host != NULL && in_hosts(host, h.family, address, sizeof address)) {
    host = address;
  }
  run_stack_start();
  *out = NULL;
  n = run_look_up(host, service, &h, found, RESULTS_MAX);
  if (n < 0) {
    return -1 - n < (int)(sizeof errors / sizeof errors[0]) ? errors[-1 - n] : EAI_FAIL;
  }
  for (i = 0; i < n; i++) {
    struct result *r = make(&found[i], host, i == 0 ? flags : 0);

    if (r == NULL) {
      break;
    }
    *link = &r->ai;
    link = &r->ai.ai_next;
  }
  return *out != NULL ? 0 : EAI_MEMORY;
}

void freeaddrinfo(struct addrinfo *ai)
{
  while (ai != NULL) {
    struct addrinfo *next = ai->ai_next;

    free(ai);
    ai = next;
  }
}

struct hostent *gethostbyname(const char *name)
{
  static __thread struct hostent h;
  static __thread char text[NI_MAXHOST], *none, *list[2];
  static __thread struct in_addr addr;
  struct addrinfo hints, *a;

  memset(&hints, 0, sizeof hints);
  hints.ai_family = AF_INET;
  hints.ai_socktype = SOCK_STREAM;
  if (getaddrinfo(name, NULL, &hints, &a) != 0) {
    h_errno = HOST_NOT_FOUND;
    return NULL;
  }
  addr = ((struct sockaddr_in *)(void *)a->ai_addr)->sin_addr;
  freeaddrinfo(a);
  strncpy(text, name, sizeof text - 1);
  list[0] = (char *)&addr;
  h.h_name = text;
  h.h_aliases = &none;
  h.h_addrtype = AF_INET;
  h.h_length = sizeof addr;
  h.h_addr_list = list;
  return &h;
}

/* ---- Interfaces: by the system's names, with the stack's numbers ---- */

unsigned if_nametoindex(const char *ifname)
{
  unsigned index;

  run_stack_start();
  index = strcmp(ifname, "lo") == 0              ? run_stack_loopback()
          : strcmp(ifname, run_stack_tap()) == 0 ? run_stack_index()
                                                 : 0;
  errno = index == 0 ? ENODEV : errno;
  return index;
}

char *if_indextoname(unsigned index, char ifname[IF_NAMESIZE])
{
  run_stack_start();
  if (index == 0 || (index != run_stack_index() && index != run_stack_loopback())) {
    errno = ENXIO;
    return NULL;
  }
  return strcpy(ifname, index == run_stack_index() ? run_stack_tap() : "lo");
}

/* The stack's resolver finds addresses of names only: an address has no name. */

struct hostent *gethostbyaddr(const void *addr, socklen_t len, int type)
{
  (void)addr;
  (void)len;
  (void)type;
  h_errno = HOST_NOT_FOUND;
  return NULL;
}

int gethostbyaddr_r(const void *addr, socklen_t len, int type, struct hostent *h, char *buf, size_t buflen,
                    struct hostent **result, int *error)
{
  (void)h;
  (void)buf;
  (void)buflen;
  *result = gethostbyaddr(addr, len, type);
  *error = HOST_NOT_FOUND;
  return 0;
}

int getnameinfo(const struct sockaddr *sa, socklen_t len, char *host, socklen_t hostlen, char *service,
                socklen_t servicelen, int flags)
{
  if (flags & NI_NAMEREQD) {
    return EAI_NONAME;
  }
  return REAL(getnameinfo)(sa, len, host, hostlen, service, servicelen, flags | NI_NUMERICHOST);
}
