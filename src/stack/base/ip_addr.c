/** The functions of lwip/ip_addr.h and lwip/ip6_addr.h, for whoever does not inline them. */
#include "lwip/ip_addr.h"

#if LWIP_IPV6

extern inline int lwip_x_ip6_same(const ip6_addr_t *a, const ip6_addr_t *b);
extern inline int lwip_x_ip6_eq(const ip6_addr_t *a, const ip6_addr_t *b);
extern inline int lwip_x_ip6_isany(const ip6_addr_t *a);

#if LWIP_IPV4

extern inline void lwip_x_ip_set_ip4_u32(ip_addr_t *a, u32_t v);
extern inline void lwip_x_ip_set_ip4_u32_if(ip_addr_t *a, u32_t v);
extern inline u32_t lwip_x_ip_get_ip4_u32(const ip_addr_t *a);
extern inline void lwip_x_ip_set_ip6(ip_addr_t *a, const ip6_addr_t *v);
extern inline void lwip_x_ip_set(ip_addr_t *a, const ip_addr_t *v);
extern inline int lwip_x_ip_eq(const ip_addr_t *a, const ip_addr_t *b);
extern inline int lwip_x_ip_isany(const ip_addr_t *a);

#endif

#endif
