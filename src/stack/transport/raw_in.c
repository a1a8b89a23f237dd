/** Raw input: each pcb of the protocol sees the packet until one eats it. */
#include "raw_in.h"

#include "lwip/ip.h"
#include "raw_pcb.h"

#if LWIP_RAW

static bool is_local_match(const struct raw_pcb *pcb, const struct ip_rx *rx)
{
  const bool broadcast = (rx->flags & IP_RX_BROADCAST) != 0;

  if (pcb->netif_idx != NETIF_NO_INDEX && pcb->netif_idx != netif_get_index(rx->inp)) {
    return false;
  }
  if (broadcast && IP_SOF_BROADCAST_RECV && !ip_get_option(pcb, SOF_BROADCAST)) {
    return false;
  }
  if (IP_IS_ANY_TYPE_VAL(pcb->local_ip)) {
    return true;
  }
  if (!IP_ADDR_PCB_VERSION_MATCH_EXACT(pcb, &rx->dst)) {
    return false;
  }
  return broadcast || ip_addr_isany(&pcb->local_ip) || ip_addr_eq(&pcb->local_ip, &rx->dst);
}

static bool is_match(const struct raw_pcb *pcb, const struct ip_rx *rx)
{
  if (pcb->protocol != rx->proto || pcb->recv == NULL || !is_local_match(pcb, rx)) {
    return false;
  }
  return (pcb->flags & RAW_FLAGS_CONNECTED) == 0 || ip_addr_eq(&pcb->remote_ip, &rx->src);
}

enum ip_raw_verdict raw_rx(struct pbuf *p, const struct ip_rx *rx)
{
  enum ip_raw_verdict verdict = IP_RAW_NONE;
  struct raw_walk w;
  struct raw_pcb *pcb;

  raw_walk_begin(&w);
  while (verdict != IP_RAW_TAKEN && (pcb = raw_walk_next(&w)) != NULL) {
    if (is_match(pcb, rx)) {
      const u8_t eaten = pcb->recv(pcb->recv_arg, pcb, p, &rx->src);
      verdict = eaten != 0 ? IP_RAW_TAKEN : IP_RAW_SEEN;
    }
  }
  raw_walk_end(&w);
  return verdict;
}

raw_input_state_t raw_input(struct pbuf *p, struct netif *inp)
{
  struct ip_rx rx;
  enum ip_raw_verdict verdict;

  memset(&rx, 0, sizeof rx);
  rx.nif = inp;
  rx.inp = inp;
  rx.hdr = (const u8_t *)p->payload;
  rx.hlen = ip_data.current_ip_header_tot_len;
  rx.len = (u16_t)(p->tot_len - rx.hlen);
  ip_addr_copy(rx.src, ip_data.current_iphdr_src);
  ip_addr_copy(rx.dst, ip_data.current_iphdr_dest);
  rx.proto = p->len > 9 ? rx.hdr[IP_IS_V6(&rx.dst) ? 6 : 9] : 0;
  rx.flags = (u8_t)(ip_addr_isbroadcast(&rx.dst, inp) ? IP_RX_BROADCAST : 0);
  verdict = raw_rx(p, &rx);
  if (verdict == IP_RAW_TAKEN) {
    return RAW_INPUT_EATEN;
  }
  return verdict == IP_RAW_SEEN ? RAW_INPUT_DELIVERED : RAW_INPUT_NONE;
}

#endif
