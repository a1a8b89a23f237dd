/**
 * The name resolver: A and AAAA records by UDP from the configured servers, with a cache.
 *
 * Every query has its own unpredictable id and source port; an answer counts only if server address, port, id and
 * question match to the letter.  Records are followed from the name asked for through at most a few aliases.
 * Equal questions that are pending share one query.  Answers live in the cache as long as their TTL says, a day at
 * most, "no such name" a few minutes at most.  A truncated answer is used if it holds an address; otherwise it counts
 * as a failure of that server (there is no fall-back to TCP).
 *
 * Context of all functions: core thread, or with the core locked.  RFC 1035, 2181, 2308, 3596, 5452.
 */
#ifndef LWIP_HDR_DNS_H
#define LWIP_HDR_DNS_H

#include "lwip/opt.h"

#if LWIP_DNS

#include "lwip/ip_addr.h"
#include "lwip/err.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Milliseconds between two calls of dns_tmr(), for programs that call it. */
#define DNS_TMR_INTERVAL 1000

/* which addresses dns_gethostbyname_addrtype() looks for */
#define LWIP_DNS_ADDRTYPE_IPV4 0
#define LWIP_DNS_ADDRTYPE_IPV6 1
#define LWIP_DNS_ADDRTYPE_IPV4_IPV6 2 /**< IPv4, and IPv6 if there is none */
#define LWIP_DNS_ADDRTYPE_IPV6_IPV4 3 /**< IPv6, and IPv4 if there is none */
#if LWIP_IPV4 && LWIP_IPV6
#ifndef LWIP_DNS_ADDRTYPE_DEFAULT
#define LWIP_DNS_ADDRTYPE_DEFAULT LWIP_DNS_ADDRTYPE_IPV4_IPV6
#endif
#elif LWIP_IPV4
#define LWIP_DNS_ADDRTYPE_DEFAULT LWIP_DNS_ADDRTYPE_IPV4
#else
#define LWIP_DNS_ADDRTYPE_DEFAULT LWIP_DNS_ADDRTYPE_IPV6
#endif

#if DNS_LOCAL_HOSTLIST
/** A name known without asking; DNS_LOCAL_HOSTLIST_INIT in lwipopts.h is a list of them. */
struct local_hostlist_entry {
  const char *name;
  ip_addr_t addr;
  struct local_hostlist_entry *next;
};
#define DNS_LOCAL_HOSTLIST_ELEM(name, addr_init) \
  {                                              \
    name, addr_init, NULL                        \
  }
#if DNS_LOCAL_HOSTLIST_IS_DYNAMIC
/** Octets of the longest name dns_local_addhost() takes. */
#ifndef DNS_LOCAL_HOSTLIST_MAX_NAMELEN
#define DNS_LOCAL_HOSTLIST_MAX_NAMELEN DNS_MAX_NAME_LENGTH
#endif
#define LOCALHOSTLIST_ELEM_SIZE ((sizeof(struct local_hostlist_entry) + DNS_LOCAL_HOSTLIST_MAX_NAMELEN + 1))
#endif
#endif

#if LWIP_IPV4
/** 224.0.0.251, where names under .local are asked for (LWIP_DNS_SUPPORT_MDNS_QUERIES). */
extern const ip_addr_t dns_mquery_v4group;
#endif
#if LWIP_IPV6
/** ff02::fb. */
extern const ip_addr_t dns_mquery_v6group;
#endif

/**
 * The end of a look-up.
 * @param name          the name asked for; valid during the call
 * @param ipaddr        its address, valid during the call, or NULL: no such name, or nobody answered
 * @param callback_arg  as passed to dns_gethostbyname()
 */
typedef void (*dns_found_callback)(const char *name, const ip_addr_t *ipaddr, void *callback_arg);

/** Called by lwip_init(); harmless when called again. */
void dns_init(void);

/** For programs that set LWIP_TIMERS to 0 and call the timers by hand; does nothing otherwise. */
void dns_tmr(void);

/** Set server @p numdns (less than DNS_MAX_SERVERS, else ignored) to a copy of @p dnsserver; NULL clears it. */
void dns_setserver(u8_t numdns, const ip_addr_t *dnsserver);

/** @return server @p numdns; the address "any" if not set */
const ip_addr_t *dns_getserver(u8_t numdns);

/**
 * Find the address of @p hostname: a literal address, "localhost", the local list, the cache, then the servers.
 *
 * @param hostname      a name of less than DNS_MAX_NAME_LENGTH octets, copied
 * @param addr          the address if ERR_OK is returned
 * @param found         called later, exactly once, if ERR_INPROGRESS is returned; may be NULL (fills the cache)
 * @param callback_arg  passed to @p found
 * @retval ERR_OK          *addr is valid; @p found is not called
 * @retval ERR_INPROGRESS  asked; @p found will be called
 * @retval ERR_ARG         NULL, empty, too long, or not a name
 * @retval ERR_VAL         no server is set, or the name is known not to exist
 * @retval ERR_MEM         too many look-ups at once (DNS_MAX_REQUESTS, DNS_TABLE_SIZE)
 * @retval ERR_WOULDBLOCK  called while another context is inside the stack: try again
 */
err_t dns_gethostbyname(const char *hostname, ip_addr_t *addr, dns_found_callback found, void *callback_arg);

/** The same for addresses of the family @p dns_addrtype (LWIP_DNS_ADDRTYPE_*); with one family built in, that one. */
err_t dns_gethostbyname_addrtype(const char *hostname, ip_addr_t *addr, dns_found_callback found, void *callback_arg,
                                 u8_t dns_addrtype);

#if DNS_LOCAL_HOSTLIST
/** Call @p iterator_fn (may be NULL) for each local name.  @return how many there are */
size_t dns_local_iterate(dns_found_callback iterator_fn, void *iterator_arg);

/** Look in the local list only.  @retval ERR_OK *addr is valid  @retval ERR_ARG not there */
err_t dns_local_lookup(const char *hostname, ip_addr_t *addr, u8_t dns_addrtype);

#if DNS_LOCAL_HOSTLIST_IS_DYNAMIC
/** Forget the local names equal to @p hostname (NULL: every name) with the address @p addr (NULL: every address).
 *  @return how many were forgotten */
int dns_local_removehost(const char *hostname, const ip_addr_t *addr);

/** Add a copy of @p hostname.  @retval ERR_ARG too long  @retval ERR_MEM no room (MEMP_NUM_LOCALHOSTLIST) */
err_t dns_local_addhost(const char *hostname, const ip_addr_t *addr);
#endif
#endif

#ifdef __cplusplus
}
#endif

#endif
#endif
