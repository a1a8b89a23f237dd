/** gethostbyname, and names for addresses (RFC 3493 section 6). */
#include "lwip/opt.h"

#if LWIP_DNS && LWIP_SOCKET

#include "../base/errnos.h"
#include "lwip/api.h"
#include "lwip/def.h"
#include "lwip/dns.h"
#include "lwip/mem.h"
#include "lwip/netdb.h"
#include "lwip/priv/sockets_priv.h"
#include <stdbool.h>
#include <string.h>

#if LWIP_DNS_API_DECLARE_H_ERRNO
int h_errno;
#endif

/* ---- gethostbyname ---- */

/** What a struct hostent points to, in the caller's memory, in front of the name. */
struct parts {
  ip_addr_t addr;
  char *addr_list[2];
  char *aliases[1];
};

#if LWIP_IPV4
#define FIRST_TYPE LWIP_DNS_ADDRTYPE_IPV4
#else
#define FIRST_TYPE LWIP_DNS_ADDRTYPE_IPV6
#endif

/** Is this the name of this very host?  (RFC 6761 section 6.3) */
static bool is_localhost(const char *name)
{
  return lwip_stricmp(name, "localhost") == 0;
}

static err_t look_up(const char *name, ip_addr_t *addr)
{
  if (is_localhost(name)) {
    ip_addr_set_loopback(!LWIP_IPV4, addr);
    return ERR_OK;
  }
  return netconn_gethostbyname_addrtype(name, addr, FIRST_TYPE);
}

static int h_errno_of(err_t err)
{
  return err == ERR_VAL || err == ERR_ARG ? HOST_NOT_FOUND : err == ERR_MEM ? NO_RECOVERY : TRY_AGAIN;
}

static void fill(struct hostent *h, struct parts *parts, char *name)
{
  parts->addr_list[0] = (char *)&parts->addr;
  parts->addr_list[1] = NULL;
  parts->aliases[0] = NULL;
  h->h_name = name;
  h->h_aliases = parts->aliases;
  h->h_addrtype = LWIP_IPV4 ? AF_INET : AF_INET6;
  h->h_length = LWIP_IPV4 ? 4 : 16;
  h->h_addr_list = parts->addr_list;
}

int lwip_gethostbyname_r(const char *name, struct hostent *ret, char *buf, size_t buflen, struct hostent **result,
                         int *h_errnop)
{
  char *at = (char *)LWIP_MEM_ALIGN(buf);
  struct parts *parts = (struct parts *)(void *)at;
  size_t gap = (size_t)(at - buf), len;
  err_t err;
  int unused;

  h_errnop = h_errnop != NULL ? h_errnop : &unused;
  if (result == NULL || name == NULL || ret == NULL || buf == NULL) {
    *h_errnop = NO_RECOVERY;
    return EINVAL;
  }
  *result = NULL;
  len = strlen(name) + 1;
  if (buflen < gap + sizeof(*parts) + len) {
    *h_errnop = NO_RECOVERY;
    return ERANGE;
  }
  err = look_up(name, &parts->addr);
  if (err != ERR_OK) {
    *h_errnop = h_errno_of(err);
    return -1;
  }
  memcpy(at + sizeof(*parts), name, len);
  fill(ret, parts, at + sizeof(*parts));
  *result = ret;
  *h_errnop = 0;
  return 0;
}

struct hostent *lwip_gethostbyname(const char *name)
{
  static struct hostent h;
  static char room[MEM_ALIGNMENT + sizeof(struct parts) + DNS_MAX_NAME_LENGTH + 1];
  struct hostent *result = NULL;

  (void)lwip_gethostbyname_r(name, &h, room, sizeof(room), &result, &h_errno);
  return result;
}

/* ---- getnameinfo ---- */

static int put_port(char *out, socklen_t len, u16_t port)
{
  char text[6];

  lwip_itoa(text, sizeof(text), lwip_ntohs(port));
  if (strlen(text) >= len) {
    return EAI_OVERFLOW;
  }
  memcpy(out, text, strlen(text) + 1);
  return 0;
}

/** The address and port of @p sa.  @return false: not a family of ours */
static bool split(const struct sockaddr *sa, socklen_t len, const void **addr, u16_t *port)
{
#if LWIP_IPV4
  if (sa->sa_family == AF_INET && len >= sizeof(struct sockaddr_in)) {
    const struct sockaddr_in *in = (const struct sockaddr_in *)(const void *)sa;

    *addr = &in->sin_addr;
    *port = in->sin_port;
    return true;
  }
#endif
#if LWIP_IPV6
  if (sa->sa_family == AF_INET6 && len >= sizeof(struct sockaddr_in6)) {
    const struct sockaddr_in6 *in = (const struct sockaddr_in6 *)(const void *)sa;

    *addr = &in->sin6_addr;
    *port = in->sin6_port;
    return true;
  }
#endif
  return false;
}

int lwip_x_getnameinfo(const struct sockaddr *sa, socklen_t salen, char *host, socklen_t hostlen, char *serv,
                       socklen_t servlen, int flags)
{
  const void *addr;
  u16_t port;

  if (sa == NULL || salen < offsetof(struct sockaddr, sa_data) || !split(sa, salen, &addr, &port)) {
    return EAI_FAMILY;
  }
  if (flags & NI_NAMEREQD) {
    return EAI_NONAME;
  }
  if (host != NULL && hostlen > 0 && lwip_inet_ntop(sa->sa_family, addr, host, hostlen) == NULL) {
    return EAI_OVERFLOW;
  }
  return serv != NULL && servlen > 0 ? put_port(serv, servlen, port) : 0;
}

/* ---- Errors ---- */

const char *lwip_x_gai_strerror(int err)
{
  static const char *const text[] = { "Name not known",        "Service not known",    "Name server failed",
                                      "Out of memory",         "Family not supported", "Flags make no sense",
                                      "Socket type not known", "No answer, try again", "Buffer too small" };
  unsigned i = (unsigned)(err - EAI_NONAME);

  return i < LWIP_ARRAYSIZE(text) ? text[i] : err == 0 ? "Success" : "Unknown error";
}

#endif
