/**
 * TCP for people.
 */
#include "tcp_core.h"

#include "lwip/debug.h"

#if LWIP_TCP

const char *tcp_debug_state_str(enum tcp_state s)
{
  static const char *const names[] = { "CLOSED",     "LISTEN",     "SYN_SENT", "SYN_RCVD", "ESTABLISHED", "FIN_WAIT_1",
                                       "FIN_WAIT_2", "CLOSE_WAIT", "CLOSING",  "LAST_ACK", "TIME_WAIT" };

  return (unsigned)s < LWIP_ARRAYSIZE(names) ? names[s] : "?";
}

#if TCP_DEBUG || TCP_INPUT_DEBUG || TCP_OUTPUT_DEBUG

void tcp_debug_print_flags(u8_t flags)
{
  static const char letters[] = "FSRPAUEC";
  unsigned i;

  (void)letters;
  for (i = 0; i < 8; i++) {
    if (flags & (1u << i)) {
      LWIP_DEBUGF(TCP_DEBUG, ("%c", letters[i]));
    }
  }
  LWIP_DEBUGF(TCP_DEBUG, ("\n"));
}

void tcp_debug_print_state(enum tcp_state s)
{
  (void)s;
  LWIP_DEBUGF(TCP_DEBUG, ("%s\n", tcp_debug_state_str(s)));
}

void tcp_debug_print(struct tcp_hdr *tcphdr)
{
  (void)tcphdr;
  LWIP_DEBUGF(TCP_DEBUG, ("%u > %u seq %lu ack %lu win %u ", lwip_ntohs(tcphdr->src), lwip_ntohs(tcphdr->dest),
                          (unsigned long)lwip_ntohl(tcphdr->seqno), (unsigned long)lwip_ntohl(tcphdr->ackno),
                          lwip_ntohs(tcphdr->wnd)));
  tcp_debug_print_flags(TCPH_FLAGS(tcphdr));
}

static void print_list(const char *title, const struct tcp_pcb *pcb)
{
  (void)title;
  LWIP_DEBUGF(TCP_DEBUG, ("%s:\n", title));
  for (; pcb != NULL; pcb = pcb->next) {
    LWIP_DEBUGF(TCP_DEBUG, ("  local port %u %s\n", pcb->local_port, tcp_debug_state_str(pcb->state)));
  }
}

void tcp_debug_print_pcbs(void)
{
  print_list("active", tcp_active_pcbs);
  print_list("bound", tcp_bound_pcbs);
  print_list("listening", tcp_listen_pcbs.pcbs);
  LWIP_DEBUGF(TCP_DEBUG, ("half-open: %u, time-wait: %u\n", tcp_syn_count(), tcp_tw_count()));
}

s16_t tcp_pcbs_sane(void)
{
  const struct tcp_pcb *pcb;

  for (pcb = tcp_active_pcbs; pcb != NULL; pcb = pcb->next) {
    if (pcb->prio == 0 || pcb->state == CLOSED || pcb->state == LISTEN) {
      return 0;
    }
  }
  return 1;
}

#endif

#endif
