/** Names and addresses of hosts (RFC 3493 section 6). */
#ifndef LWIP_HDR_NETDB_H
#define LWIP_HDR_NETDB_H

#include "lwip/opt.h"

#if LWIP_DNS && LWIP_SOCKET

#include "lwip/arch.h"
#include "lwip/inet.h"
#include "lwip/sockets.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Set to 0 what another header of the program has already. */
#ifndef LWIP_DNS_API_DECLARE_H_ERRNO
#define LWIP_DNS_API_DECLARE_H_ERRNO 1
#endif
#ifndef LWIP_DNS_API_DEFINE_ERRORS
#define LWIP_DNS_API_DEFINE_ERRORS 1
#endif
#ifndef LWIP_DNS_API_DEFINE_FLAGS
#define LWIP_DNS_API_DEFINE_FLAGS 1
#endif
#ifndef LWIP_DNS_API_DECLARE_STRUCTS
#define LWIP_DNS_API_DECLARE_STRUCTS 1
#endif

#if LWIP_DNS_API_DEFINE_ERRORS
/* What getaddrinfo() and getnameinfo() return. */
#define EAI_NONAME 200  /**< no such host, or nothing was asked for */
#define EAI_SERVICE 201 /**< no such service */
#define EAI_FAIL 202    /**< the name server failed */
#define EAI_MEMORY 203
#define EAI_FAMILY 204
#define EAI_BADFLAGS 205
#define EAI_SOCKTYPE 206
#define EAI_AGAIN 207    /**< no answer */
#define EAI_OVERFLOW 208 /**< a buffer is too small */

/* h_errno */
#define HOST_NOT_FOUND 210
#define NO_DATA 211
#define NO_RECOVERY 212
#define TRY_AGAIN 213
#endif

#if LWIP_DNS_API_DEFINE_FLAGS
#define AI_PASSIVE 0x01     /**< without a name: an address to bind to */
#define AI_CANONNAME 0x02   /**< ai_canonname of the first result: the name asked for */
#define AI_NUMERICHOST 0x04 /**< the name is an address */
#define AI_NUMERICSERV 0x08 /**< the service is a number */
#define AI_V4MAPPED 0x10    /**< AF_INET6: if there is no IPv6 address, IPv4 ones as ::ffff:A.B.C.D */
#define AI_ALL 0x20         /**< with AI_V4MAPPED: both */
#define AI_ADDRCONFIG 0x40  /**< only families of which an interface has an address, other than loopback */
#define NI_NUMERICHOST 0x01 /**< the address as text; always so */
#define NI_NUMERICSERV 0x02 /**< the port as a number; always so */
#define NI_NAMEREQD 0x04    /**< EAI_NONAME: addresses are not turned into names */
#define NI_NOFQDN 0x08
#define NI_DGRAM 0x10
#define NI_MAXHOST 256
#define NI_MAXSERV 8
#endif

#if LWIP_DNS_API_DECLARE_STRUCTS
struct hostent {
  char *h_name;
  char **h_aliases; /**< ends with NULL: there are none */
  int h_addrtype;
  int h_length;       /**< octets of each address */
  char **h_addr_list; /**< addresses in network order, ends with NULL */
#define h_addr h_addr_list[0]
};

struct addrinfo {
  int ai_flags;
  int ai_family;
  int ai_socktype;
  int ai_protocol;
  socklen_t ai_addrlen;
  struct sockaddr *ai_addr;
  char *ai_canonname;
  struct addrinfo *ai_next;
};
#endif

/** Octets of one result with its address and name (MEMP_NETDB). */
#define NETDB_ELEM_SIZE (sizeof(struct addrinfo) + sizeof(struct sockaddr_storage) + DNS_MAX_NAME_LENGTH + 1)

#if LWIP_DNS_API_DECLARE_H_ERRNO
/** Why gethostbyname() failed. */
extern int h_errno;
#endif

/** The address of a host, one of them.  @return NULL: see h_errno.  The result is overwritten by the next call of any thread */
struct hostent *lwip_gethostbyname(const char *name);
/** The same into @p ret and the @p buflen octets at @p buf.  @return 0; else ERANGE (too small) or -1 and *h_errnop, *result is NULL */
int lwip_gethostbyname_r(const char *name, struct hostent *ret, char *buf, size_t buflen, struct hostent **result,
                         int *h_errnop);
/**
 * Addresses to connect or bind to.  Services are numbers ("80") or one of a short list of names.
 * @param res  gives a list, to be freed by lwip_freeaddrinfo()
 * @return 0 or EAI_*
 */
int lwip_getaddrinfo(const char *nodename, const char *servname, const struct addrinfo *hints, struct addrinfo **res);
void lwip_freeaddrinfo(struct addrinfo *ai);
/** Address and port as text.  @return 0 or EAI_* */
int lwip_x_getnameinfo(const struct sockaddr *sa, socklen_t salen, char *host, socklen_t hostlen, char *serv,
                       socklen_t servlen, int flags);
/** EAI_* in words. */
const char *lwip_x_gai_strerror(int err);

#if LWIP_COMPAT_SOCKETS
#define gethostbyname(name) lwip_gethostbyname(name)
#define gethostbyname_r(name, ret, buf, buflen, result, h_errnop) \
  lwip_gethostbyname_r(name, ret, buf, buflen, result, h_errnop)
#define freeaddrinfo(addrinfo) lwip_freeaddrinfo(addrinfo)
#define getaddrinfo(nodname, servname, hints, res) lwip_getaddrinfo(nodname, servname, hints, res)
#define getnameinfo(sa, salen, host, hostlen, serv, servlen, flags) \
  lwip_x_getnameinfo(sa, salen, host, hostlen, serv, servlen, flags)
#define gai_strerror(err) lwip_x_gai_strerror(err)
#endif

#ifdef __cplusplus
}
#endif

#endif
#endif
