/** The domains a router wants short names to be completed with (RFC 8106 section 5.2), for programs that want that too. */
#ifndef LWIP_X_DNS_SEARCH_H
#define LWIP_X_DNS_SEARCH_H

#include "lwip/opt.h"

#if LWIP_IPV6 && LWIP_X_ND6_DNSSL

#include "lwip/arch.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Octets of the longest domain that is kept, its final zero included; longer ones are passed over. */
#ifndef LWIP_X_DNS_SEARCH_LEN
#define LWIP_X_DNS_SEARCH_LEN 64
#endif

/**
 * The @p n-th domain, from 0, without a final dot; in the order routers said them.  The stack itself completes no names: who looks up
 * "printer" has to ask for "printer.", this text, and so on, and should do so only for names without a dot (RFC 1535).
 * @return NULL: there are no more.  The text stays until the core runs again
 *
 * Context: core thread, or with the core locked.
 */
const char *lwip_x_dns_search(u8_t n);

#ifdef __cplusplus
}
#endif

#endif
#endif
