/** The multicast filter: 64 bins by hash, counted, since groups share them. */
#include "stm32_filter.h"

#if LWIP_X_STM32_ETH

#include "stm32_eth_state.h"
#include "stm32_mac.h"

static u8_t bins[64];

/** The six upper bits of the CRC, seen from its other end. */
static unsigned hash(const u8_t mac[6])
{
  u32_t crc = 0xFFFFFFFFu;
  unsigned i, bit, bin = 0;

  for (i = 0; i < 6; i++) {
    crc ^= mac[i];
    for (bit = 0; bit < 8; bit++) {
      crc = (crc & 1u) != 0 ? crc >> 1 ^ 0xEDB88320u : crc >> 1;
    }
  }
  crc = ~crc;
  for (i = 0; i < 6; i++) {
    bin = bin << 1 | (crc >> i & 1u);
  }
  return bin;
}

void stm32_filter_apply(void)
{
  u32_t words[2] = { 0, 0 };
  unsigned i;

  for (i = 0; i < 64; i++) {
    words[i / 32] |= (bins[i] != 0 ? 1u : 0u) << i % 32;
  }
  stm32_mac_hash(words);
}

void stm32_eth_group(const u8_t mac[6], enum netif_mac_filter_action action)
{
  u8_t *bin = &bins[hash(mac)];

  if (action == NETIF_ADD_MAC_FILTER && *bin < 255) {
    ++*bin;
  } else if (action == NETIF_DEL_MAC_FILTER && *bin > 0) {
    --*bin;
  }
  if (stm32_eth_state.ready) {
    stm32_filter_apply();
  }
}

#if LWIP_IPV4 && LWIP_IGMP

/** RFC 1112 section 6.4. */
static err_t igmp_group(struct netif *nif, const ip4_addr_t *group, enum netif_mac_filter_action action)
{
  const u8_t mac[6] = { 0x01, 0x00, 0x5E, ip4_addr2(group) & 0x7F, ip4_addr3(group), ip4_addr4(group) };

  LWIP_UNUSED_ARG(nif);
  stm32_eth_group(mac, action);
  return ERR_OK;
}

static void attach_igmp(struct netif *nif)
{
  nif->flags |= NETIF_FLAG_IGMP;
  netif_set_igmp_mac_filter(nif, igmp_group);
}

#else
#define attach_igmp(nif) LWIP_UNUSED_ARG(nif)
#endif

#if LWIP_IPV6 && LWIP_IPV6_MLD

/** RFC 2464 section 7. */
static err_t mld_group(struct netif *nif, const ip6_addr_t *group, enum netif_mac_filter_action action)
{
  const u8_t *a = (const u8_t *)&group->addr[3];
  const u8_t mac[6] = { 0x33, 0x33, a[0], a[1], a[2], a[3] };

  LWIP_UNUSED_ARG(nif);
  stm32_eth_group(mac, action);
  return ERR_OK;
}

static void attach_mld(struct netif *nif)
{
  nif->flags |= NETIF_FLAG_MLD6;
  netif_set_mld_mac_filter(nif, mld_group);
}

#else
#define attach_mld(nif) LWIP_UNUSED_ARG(nif)
#endif

void stm32_filter_attach(struct netif *nif)
{
  attach_igmp(nif);
  attach_mld(nif);
}

#endif
