/**
 * ICMP errors about our segments, as RFC 5927 wants them: believed only with a sequence number in flight,
 * and never the end of a connection that is established.
 */
#include "tcp_core.h"

#include "../ip/nd6_host.h"
#include "../tcp/tcp_progress.h"
#include "tcp_in.h"
#include "tcp_report.h"

#if LWIP_TCP

enum { PATH_MTU_MIN4 = 552, PATH_MTU_MIN6 = 1280 }; /* no forged message makes us send crumbs */

static void path_narrowed(struct tcp_pcb *pcb, u16_t mtu)
{
  u16_t least = tcp_is_v6(pcb) ? PATH_MTU_MIN6 : PATH_MTU_MIN4;
  u16_t headers = (u16_t)((tcp_is_v6(pcb) ? 40 : 20) + TCP_WIRE_HLEN);
  u32_t now_ms = sys_now();

  mtu = LWIP_MAX(mtu, least);
#if LWIP_IPV6
  if (tcp_is_v6(pcb)) {
    nd6_learn_mtu(ip_2_ip6(&pcb->remote_ip), tcp_route(pcb), mtu);
  }
#endif
  if (mtu - headers >= pcb->mss) {
    return;
  }
  tcp_mss_lower(pcb, (u16_t)(mtu - headers), now_ms);
  tcp_recover_all(pcb); /* what was too big did not arrive; it is cut when it goes out again */
  (void)tcp_push(pcb, now_ms);
}

/* Refused or unreachable, while it is being opened by us. */
static bool ends_opening(const struct tcp_pcb *pcb, const struct ip_error *e)
{
  return pcb->state == SYN_SENT &&
         (e->what == IP_ERR_UNREACH_PROTO || e->what == IP_ERR_UNREACH_PORT || e->what == IP_ERR_ADMIN);
}

void tcp_ip_error(const struct ip_error *err)
{
  struct tcp_ends e = { err->local, err->remote, 0, 0 };
  struct tcp_pcb *pcb;
  u32_t seq;

  if (err->quoted_len < 8) {
    return;
  }
  e.local_port = be16_get(err->quoted);
  e.remote_port = be16_get(err->quoted + 2);
  seq = be32_get(err->quoted + 4);
  pcb = tcp_active_find(&e);
  if (pcb == NULL || !seq_in(seq, pcb->lastack, pcb->snd_nxt)) {
    return;
  }
  if (err->what == IP_ERR_TOO_BIG) {
    path_narrowed(pcb, err->mtu);
  } else if (ends_opening(pcb, err)) {
    tcp_pcb_end(pcb, ERR_RST);
  } else {
    tcp_report_error(pcb, err->what);
  }
}

#endif
