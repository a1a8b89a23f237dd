/** Interface identifiers that tell nobody who we are elsewhere (RFC 7217 section 5), keyed by a secret of the device. */
#include "netif_iid.h"

#if LWIP_IPV6 && LWIP_X_IPV6_STABLE_IID

#include "../base/random.h"
#include "lwip/x_nd6.h"
#include <string.h>

void netif_iid_stable(const struct netif *nif, const u32_t prefix[2], u8_t taken, u8_t id[8])
{
  u8_t key[16], in[12];
  u64_t r;

  lwip_x_ip6_secret(key);
  memcpy(in, prefix, 8);
  in[8] = (u8_t)nif->name[0];
  in[9] = (u8_t)nif->name[1];
  in[10] = nif->num;
  in[11] = taken;
  r = siphash24(key, in, sizeof in);
  memcpy(id, &r, 8);
  id[0] |= 1; /* neither zero nor one of those set aside (RFC 5453), which begin with 0 or with fdff */
  id[1] &= 0xfe;
}

#endif
