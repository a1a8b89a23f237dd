/**
 * Large sends: the MAC repeats the headers, which lie alone in the first pbuf, in front of each piece of the text behind them.
 *
 * A context descriptor with the size of the pieces goes before each such packet, whether it has changed or not: what the MAC
 * knows after a restart is nothing to rely on.
 */
#include "stm32_tso.h"

#if LWIP_X_STM32_ETH && LWIP_X_STM32_ETH_TSO

#include "stm32_eth_state.h"
#include "stm32_regs_v2.h"
#include "stm32_tx.h"
#include "../../wire/wire_eth.h"
#include "lwip/x_netif.h"

#if LWIP_X_STM32_ETH_FAMILY <= STM32_ETH_F7
#error "Only the MAC of H5, H7, H7RS and N6 cuts text into segments: set LWIP_X_STM32_ETH_TSO to 0"
#endif
#if !LWIP_X_TCP_TSO || !LWIP_X_STM32_ETH_CHECKSUMS
#error "LWIP_X_STM32_ETH_TSO needs LWIP_X_TCP_TSO and LWIP_X_STM32_ETH_CHECKSUMS"
#endif

#define TCP_HEADER 20u
#define IP6_HEADER 40u
#define HEADERS_MAX 1023u
#define MSS_MIN 64u
#define MSS_MAX 1460u

static u16_t link_len(const u8_t *h)
{
  return (u16_t)(ETH_WIRE_HLEN + (eth_wire_type(h) == ETH_WIRE_TYPE_VLAN ? ETH_WIRE_TAGLEN : 0u));
}

/** Octets of the IP header at @p h; 0: no such packet.  TCP follows it at once: the MAC looks no farther. */
static unsigned ip_len(const u8_t *h)
{
  switch (h[0] >> 4) {
    case 4:
      return h[9] == 6 ? (h[0] & 15u) * 4u : 0;
    case 6:
      return h[6] == 6 ? IP6_HEADER : 0;
    default:
      return 0;
  }
}

bool stm32_tso_look(const struct pbuf *p, struct stm32_tx_change *change)
{
  const u8_t *h = (const u8_t *)p->payload;
  unsigned at, ip;

  if (p->len < ETH_WIRE_HLEN + ETH_WIRE_TAGLEN + IP6_HEADER || p->len > HEADERS_MAX || p->x_seg_len < MSS_MIN ||
      p->x_seg_len > MSS_MAX) {
    return false;
  }
  at = link_len(h);
  ip = ip_len(h + at);
  if (ip == 0 || p->len < at + ip + TCP_HEADER) {
    return false;
  }
  change->mss = p->x_seg_len;
  change->tcp_words = h[at + ip + 12u] >> 4;
  return p->len == at + ip + change->tcp_words * 4u;
}

static err_t send_one(struct netif *nif, struct pbuf *p)
{
  LWIP_UNUSED_ARG(nif);
  return stm32_tx_send(p);
}

err_t stm32_tso_split(struct pbuf *p)
{
  return lwip_x_tso_split(stm32_eth_state.nif, p, link_len((const u8_t *)p->payload), send_one);
}

void stm32_tso_offer(struct netif *nif)
{
  nif->x_tso_max = (stm32_rd(V2_MACHWF1R) & V2_MACHWF1R_TSOEN) != 0 ? LWIP_X_STM32_ETH_TSO_MAX : 0;
}

#endif
