/** Raw output. */
#include "../mem/drop.h"
#include "lwip/inet_chksum.h"
#include "lwip/ip.h"
#include "raw_pcb.h"

#if LWIP_RAW

#if LWIP_MULTICAST_TX_OPTIONS
static u8_t ttl_for(const struct raw_pcb *pcb, const ip_addr_t *dst)
{
  return ip_addr_ismulticast(dst) ? raw_get_multicast_ttl(pcb) : pcb->ttl;
}

static void mark_loop(const struct raw_pcb *pcb, const ip_addr_t *dst, struct pbuf *q)
{
  if ((pcb->flags & RAW_FLAGS_MULTICAST_LOOP) != 0 && ip_addr_ismulticast(dst)) {
    q->flags |= PBUF_FLAG_MCASTLOOP;
  }
}

static struct netif *group_netif(const struct raw_pcb *pcb, const ip_addr_t *dst)
{
  return ip_addr_ismulticast(dst) ? netif_get_by_index(pcb->mcast_ifindex) : NULL;
}
#else
#define ttl_for(pcb, dst) ((pcb)->ttl)
#define mark_loop(pcb, dst, q) ((void)0)
#define group_netif(pcb, dst) ((struct netif *)NULL)
#endif

/** @p p itself if a header fits in front of it, else an empty pbuf with room, chained before it.  @return NULL: no memory */
static struct pbuf *with_room(struct pbuf *p)
{
  struct pbuf *q;

  if (pbuf_add_header(p, PBUF_IP_HLEN) == 0) {
    (void)pbuf_remove_header(p, PBUF_IP_HLEN);
    return p;
  }
  q = pbuf_alloc(PBUF_IP, 0, PBUF_RAM);
  if (q != NULL && p->tot_len != 0) {
    pbuf_chain(q, p);
  }
  return q;
}

#if LWIP_IPV6
/** RFC 3542: the checksum the program asked for, over payload and pseudo header. */
static err_t put_chksum(const struct raw_pcb *pcb, struct pbuf *p, const ip_addr_t *src, const ip_addr_t *dst)
{
  u16_t sum = 0;

  if (!pcb->chksum_reqd || !IP_IS_V6(dst)) {
    return ERR_OK;
  }
  if (pcb->chksum_offset + 2u > p->tot_len) {
    return ERR_VAL;
  }
  (void)pbuf_take_at(p, &sum, sizeof sum, pcb->chksum_offset);
  sum = ip6_chksum_pseudo(p, pcb->protocol, p->tot_len, ip_2_ip6(src), ip_2_ip6(dst));
  return pbuf_take_at(p, &sum, sizeof sum, pcb->chksum_offset);
}
#else
#define put_chksum(pcb, p, src, dst) ERR_OK
#endif

static err_t send_hdrincl(struct raw_pcb *pcb, struct pbuf *p, const ip_addr_t *dst, struct netif *nif,
                          const ip_addr_t *src)
{
  err_t err;

  (void)dst;
  if (p->len < (IP_IS_V6(dst) ? 40 : 20)) {
    return ERR_VAL;
  }
  NETIF_SET_HINTS(nif, &pcb->netif_hints);
  err = ip_output_if_hdrincl(p, src, dst, nif);
  NETIF_RESET_HINTS(nif);
  (void)pcb;
  return err;
}

static err_t send(struct raw_pcb *pcb, struct pbuf *p, const ip_addr_t *dst, struct netif *nif, const ip_addr_t *src)
{
  struct pbuf *q;
  err_t err;

  if (!IP_ADDR_PCB_VERSION_MATCH(pcb, src) || !IP_ADDR_PCB_VERSION_MATCH(pcb, dst)) {
    return ERR_VAL;
  }
  if ((pcb->flags & RAW_FLAGS_HDRINCL) != 0) {
    return send_hdrincl(pcb, p, dst, nif, src);
  }
  if (IP_SOF_BROADCAST && !ip_get_option(pcb, SOF_BROADCAST) && ip_addr_isbroadcast(dst, nif)) {
    return ERR_VAL;
  }
  if (p->tot_len > 0xffffu - PBUF_IP_HLEN) {
    return ERR_MEM;
  }
  err = put_chksum(pcb, p, src, dst);
  q = err == ERR_OK ? with_room(p) : NULL;
  if (q == NULL) {
    return err == ERR_OK ? ERR_MEM : err;
  }
  mark_loop(pcb, dst, q);
  NETIF_SET_HINTS(nif, &pcb->netif_hints);
  err = ip_output_if(q, src, dst, ttl_for(pcb, dst), pcb->tos, pcb->protocol, nif);
  NETIF_RESET_HINTS(nif);
  if (q != p) {
    pbuf_free(q);
  }
  return err;
}

/** The interface for @p dst.  @return NULL: no way there */
static struct netif *route(const struct raw_pcb *pcb, const ip_addr_t *dst)
{
  struct netif *nif;

  if (pcb->netif_idx != NETIF_NO_INDEX) {
    return netif_get_by_index(pcb->netif_idx);
  }
  nif = group_netif(pcb, dst);
  return nif != NULL ? nif : ip_route(&pcb->local_ip, dst);
}

static err_t send_routed(struct raw_pcb *pcb, struct pbuf *p, const ip_addr_t *dst)
{
  struct netif *nif;
  const ip_addr_t *src;

  if (!IP_ADDR_PCB_VERSION_MATCH(pcb, dst)) {
    return ERR_VAL;
  }
  nif = route(pcb, dst);
  if (nif == NULL) {
    return ERR_RTE;
  }
  src = ip_addr_isany(&pcb->local_ip) || ip_addr_ismulticast(&pcb->local_ip) ? ip_netif_get_local_ip(nif, dst)
                                                                             : &pcb->local_ip;
  return src == NULL ? ERR_RTE : send(pcb, p, dst, nif, src);
}

err_t raw_sendto(struct raw_pcb *pcb, struct pbuf *p, const ip_addr_t *ipaddr)
{
  err_t err;

  if (p == NULL || ipaddr == NULL || !raw_enter(pcb)) {
    return ERR_VAL;
  }
  err = send_routed(pcb, p, ipaddr);
  core_leave();
  return err;
}

err_t raw_sendto_if_src(struct raw_pcb *pcb, struct pbuf *p, const ip_addr_t *dst_ip, struct netif *netif,
                        const ip_addr_t *src_ip)
{
  err_t err;

  if (p == NULL || dst_ip == NULL || netif == NULL || src_ip == NULL || !raw_enter(pcb)) {
    return ERR_VAL;
  }
  err = send(pcb, p, dst_ip, netif, src_ip);
  core_leave();
  return err;
}

err_t raw_send(struct raw_pcb *pcb, struct pbuf *p)
{
  return pcb == NULL ? ERR_VAL : raw_sendto(pcb, p, &pcb->remote_ip);
}

#endif
