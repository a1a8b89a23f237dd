/** The Internet checksum over pbufs and with pseudo headers: RFC 1071, RFC 9293 3.1, RFC 8200 8.1, RFC 3828 3.1. */
#include "lwip/inet_chksum.h"
#include "../base/checksum.h"
#include "lwip/def.h"
#include <stdbool.h>

u32_t checksum_add_pbuf(u32_t sum, const struct pbuf *p, u16_t len)
{
  bool odd = false;

  for (; p != NULL && len > 0; p = p->next) {
    u16_t n = LWIP_MIN(p->len, len);

    sum = checksum_add(sum, p->payload, n);
    if ((n & 1) != 0) {
      sum = checksum_odd(sum);
      odd = !odd;
    }
    len = (u16_t)(len - n);
  }
  return odd ? checksum_odd(sum) : sum;
}

/** The rest of a pseudo header, behind the sum of its addresses, and the packet. */
static u16_t finish(u32_t sum, const struct pbuf *p, u8_t proto, u16_t proto_len, u16_t chksum_len)
{
  sum = checksum_add32(sum, lwip_htons(proto));
  sum = checksum_add32(sum, lwip_htons(proto_len));
  return checksum_finish(checksum_add_pbuf(sum, p, chksum_len));
}

#if LWIP_IPV4

static u32_t addresses4(const ip4_addr_t *src, const ip4_addr_t *dst)
{
  return checksum_add32(ip4_addr_get_u32(src), ip4_addr_get_u32(dst));
}

u16_t inet_chksum_pseudo_partial(struct pbuf *p, u8_t proto, u16_t proto_len, u16_t chksum_len, const ip4_addr_t *src,
                                 const ip4_addr_t *dest)
{
  return finish(addresses4(src, dest), p, proto, proto_len, chksum_len);
}

u16_t inet_chksum_pseudo(struct pbuf *p, u8_t proto, u16_t proto_len, const ip4_addr_t *src, const ip4_addr_t *dest)
{
  return finish(addresses4(src, dest), p, proto, proto_len, p->tot_len);
}

#endif

#if LWIP_IPV6

/** Eight aligned words, whose carries gather above them. */
static u32_t addresses6(const ip6_addr_t *src, const ip6_addr_t *dst)
{
  const u32_t *s = src->addr, *d = dst->addr;
  const u64_t sum = (u64_t)s[0] + s[1] + s[2] + s[3] + d[0] + d[1] + d[2] + d[3];

  return checksum_add32((u32_t)sum, (u32_t)(sum >> 32));
}

u16_t ip6_chksum_pseudo_partial(struct pbuf *p, u8_t proto, u16_t proto_len, u16_t chksum_len, const ip6_addr_t *src,
                                const ip6_addr_t *dest)
{
  return finish(addresses6(src, dest), p, proto, proto_len, chksum_len);
}

u16_t ip6_chksum_pseudo(struct pbuf *p, u8_t proto, u16_t proto_len, const ip6_addr_t *src, const ip6_addr_t *dest)
{
  return finish(addresses6(src, dest), p, proto, proto_len, p->tot_len);
}

#endif

#if LWIP_IPV4 && LWIP_IPV6

static u32_t addresses(const ip_addr_t *src, const ip_addr_t *dst)
{
  return IP_IS_V6(dst) ? addresses6(ip_2_ip6(src), ip_2_ip6(dst)) : addresses4(ip_2_ip4(src), ip_2_ip4(dst));
}

#elif LWIP_IPV4

static u32_t addresses(const ip_addr_t *src, const ip_addr_t *dst)
{
  return addresses4(src, dst);
}

#elif LWIP_IPV6

static u32_t addresses(const ip_addr_t *src, const ip_addr_t *dst)
{
  return addresses6(src, dst);
}

#endif

#if LWIP_IPV4 || LWIP_IPV6

u16_t checksum_pseudo(const struct pbuf *p, const ip_addr_t *src, const ip_addr_t *dst, u8_t proto, u16_t len)
{
  return finish(addresses(src, dst), p, proto, len, len);
}

u16_t ip_chksum_pseudo(struct pbuf *p, u8_t proto, u16_t proto_len, const ip_addr_t *src, const ip_addr_t *dest)
{
  return finish(addresses(src, dest), p, proto, proto_len, p->tot_len);
}

u16_t ip_chksum_pseudo_partial(struct pbuf *p, u8_t proto, u16_t proto_len, u16_t chksum_len, const ip_addr_t *src,
                               const ip_addr_t *dest)
{
  return finish(addresses(src, dest), p, proto, proto_len, chksum_len);
}

#endif

u16_t inet_chksum(const void *dataptr, u16_t len)
{
  return checksum_finish(checksum_add(0, dataptr, len));
}

u16_t inet_chksum_pbuf(struct pbuf *p)
{
  return checksum_finish(checksum_add_pbuf(0, p, p->tot_len));
}

#if LWIP_CHKSUM_COPY_ALGORITHM
u16_t lwip_chksum_copy(void *dst, const void *src, u16_t len)
{
  return checksum_fold(checksum_copy(0, dst, src, len));
}
#endif
