/**
 * Congestion control: slow start and what all algorithms share, and NewReno (RFC 5681, 6582), counted in octets acknowledged
 * (RFC 3465), so that an ACK split in many opens the window no faster.
 *
 * With LWIP_X_TCP_CUBIC each connection has a table of two operations (lwip/x_tcp_cc.h); without, they are called directly.
 */
#include "tcp_ecn.h"

#include "lwip/x_tcp_cc.h"

#if LWIP_TCP

enum { IW_SEGMENTS = 10, IW_OCTETS = 14600 }; /* RFC 6928 */
enum { LIMITED_STEP = 50 };                   /* segments: max_ssthresh / 2 of RFC 3742 */

static u32_t flight(const struct tcp_pcb *pcb)
{
  return pcb->snd_nxt - pcb->lastack;
}

static void set_cwnd(struct tcp_pcb *pcb, u32_t octets)
{
  pcb->cwnd = (tcpwnd_size_t)LWIP_MIN(octets, (u32_t)(tcpwnd_size_t)-1);
}

static u32_t initial_window(const struct tcp_pcb *pcb)
{
  return LWIP_MIN((u32_t)IW_SEGMENTS * pcb->mss, LWIP_MAX(2u * pcb->mss, (u32_t)IW_OCTETS));
}

/* ---- NewReno ---- */

static tcpwnd_size_t *bytes_acked(struct tcp_pcb *pcb)
{
#if LWIP_X_TCP_CUBIC || LWIP_X_TCP_HYSTART || LWIP_X_TCP_PRR
  return &pcb->x_cc_state.bytes_acked;
#else
  return &pcb->bytes_acked;
#endif
}

static void newreno_acked(struct tcp_pcb *pcb, u32_t octets, u32_t now_ms)
{
  u32_t sum = *bytes_acked(pcb) + octets;

  (void)now_ms;
  if (sum >= pcb->cwnd) {
    sum = LWIP_MIN(sum - pcb->cwnd, (u32_t)pcb->cwnd);
    set_cwnd(pcb, (u32_t)pcb->cwnd + pcb->mss);
  }
  *bytes_acked(pcb) = (tcpwnd_size_t)sum;
}

/* RFC 5681 equation 4. */
static u32_t newreno_reduced(struct tcp_pcb *pcb, u32_t window)
{
  *bytes_acked(pcb) = 0;
  return window / 2;
}

#if LWIP_X_TCP_CUBIC || LWIP_X_TCP_HYSTART
void tcp_cc_forget(struct tcp_pcb *pcb)
{
  memset(&pcb->x_cc_state, 0, sizeof pcb->x_cc_state);
}
#endif

#if LWIP_X_TCP_CUBIC

const struct lwip_x_tcp_cc lwip_x_tcp_newreno = { "newreno", newreno_acked, newreno_reduced };

static void choose(struct tcp_pcb *pcb)
{
  if (pcb->x_cc == NULL) {
    pcb->x_cc = &lwip_x_tcp_cubic;
  }
}

static void avoid(struct tcp_pcb *pcb, u32_t octets, u32_t now_ms)
{
  pcb->x_cc->acked(pcb, octets, now_ms);
}

/* RFC 9438 4.2: time in which the window is not used does not count.  CUBIC's goes on from where the window is then. */
static void hold(struct tcp_pcb *pcb)
{
  if (pcb->x_cc == &lwip_x_tcp_cubic && pcb->ssthresh != (tcpwnd_size_t)-1) {
    pcb->x_cc_state.cubic.at_ms = 0;
  }
}

static u32_t reduced(struct tcp_pcb *pcb, u32_t window)
{
  return pcb->x_cc->reduced(pcb, window);
}

#else

static void choose(struct tcp_pcb *pcb)
{
  (void)pcb;
}

static void avoid(struct tcp_pcb *pcb, u32_t octets, u32_t now_ms)
{
  newreno_acked(pcb, octets, now_ms);
}

static void hold(struct tcp_pcb *pcb)
{
  (void)pcb;
}

static u32_t reduced(struct tcp_pcb *pcb, u32_t window)
{
  return newreno_reduced(pcb, window);
}

#endif

/* ---- what they share ---- */

void tcp_cc_init(struct tcp_pcb *pcb)
{
  choose(pcb);
  set_cwnd(pcb, initial_window(pcb));
  if (pcb->sa == 0 && pcb->sv != 0) {
    set_cwnd(pcb, pcb->mss); /* the SYN was lost: RFC 5681 3.1 */
  }
  pcb->ssthresh = (tcpwnd_size_t)-1;
}

/* Limited slow start (RFC 3742): beyond 100 segments at most 50 more in a round trip, or the last doubling would fill any queue
 * on the way, in bursts, before the window is half of what the path takes. */
static u32_t limited(const struct tcp_pcb *pcb, u32_t octets)
{
  u32_t step = (u32_t)LIMITED_STEP * pcb->mss;

  if (!LWIP_X_TCP_LARGE || pcb->cwnd <= 2 * step) {
    return octets;
  }
  return LWIP_MAX(octets * (step / 64) / (pcb->cwnd / 64), 1u);
}

void tcp_cc_acked(struct tcp_pcb *pcb, u32_t octets, u32_t now_ms)
{
  if (2 * (flight(pcb) + octets) < pcb->cwnd) {
    hold(pcb);
    return; /* half of the window is not used: it says nothing about the path (RFC 7661) */
  }
  if (tcp_ecn_heard(pcb)) {
    return; /* RFC 3168 6.1.2 */
  }
  if (pcb->cwnd >= pcb->ssthresh) {
    avoid(pcb, octets, now_ms);
    return;
  }
  /* L = 2 segments, but 1 while recovering from a timeout: RFC 3465 2.2, 2.3. */
  octets = LWIP_MIN(octets, (pcb->flags & TF_RTO) ? pcb->mss : 2u * pcb->mss);
  set_cwnd(pcb, pcb->cwnd + limited(pcb, tcp_hystart_growth(pcb, octets)));
}

static void reduce(struct tcp_pcb *pcb)
{
  u32_t ssthresh;

  if (pcb->ssthresh == (tcpwnd_size_t)-1) {
    tcp_cc_forget(pcb); /* slow start had its own there */
  }
  ssthresh = reduced(pcb, LWIP_MIN(flight(pcb), (u32_t)pcb->cwnd));
  pcb->ssthresh = (tcpwnd_size_t)LWIP_MAX(ssthresh, 2u * pcb->mss);
}

void tcp_cc_timeout(struct tcp_pcb *pcb)
{
  if (pcb->nrtx <= 1) { /* further timeouts of the same segment say nothing new */
    reduce(pcb);
    tcp_cc_forget(pcb); /* what it was before is no aim any more: RFC 9438 4.8 */
  }
  pcb->cwnd = pcb->mss;
}

void tcp_cc_lost(struct tcp_pcb *pcb)
{
  reduce(pcb);
  pcb->cwnd = pcb->ssthresh; /* of what tcp_pipe() counts: nothing has to be inflated */
}

#if LWIP_X_TCP_ECN

/* RFC 8511 3: in hundredths; of an algorithm that is not ours nothing is known. */
static u32_t marked_share(const struct tcp_pcb *pcb)
{
#if LWIP_X_TCP_CUBIC
  if (pcb->x_cc != &lwip_x_tcp_newreno) {
    return pcb->x_cc == &lwip_x_tcp_cubic ? 85 : 0;
  }
#endif
  (void)pcb;
  return 80;
}

void tcp_cc_marked(struct tcp_pcb *pcb)
{
  u32_t share = LWIP_MIN(flight(pcb), (u32_t)pcb->cwnd) / 100 * marked_share(pcb);

  reduce(pcb);
  pcb->ssthresh = (tcpwnd_size_t)LWIP_MAX((u32_t)pcb->ssthresh, share);
  pcb->cwnd = LWIP_MIN(pcb->cwnd, pcb->ssthresh);
}

#endif

void tcp_cc_recovered(struct tcp_pcb *pcb)
{
  u32_t settle = LWIP_MAX(flight(pcb), (u32_t)pcb->mss) + pcb->mss; /* no burst: RFC 6582 3.2 step 3 (1) */

  set_cwnd(pcb, LWIP_MIN((u32_t)pcb->ssthresh, settle));
}

void tcp_cc_idle(struct tcp_pcb *pcb)
{
  hold(pcb);
  set_cwnd(pcb, LWIP_MIN((u32_t)pcb->cwnd, initial_window(pcb)));
}

#endif
