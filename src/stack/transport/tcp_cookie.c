/**
 * SYN cookies: when there are as many half-open connections as may be, the next ones cost no memory at all.
 *
 *   sequence number   | 27 bits: a keyed hash of the rest and of both ends | 2: time | 3: MSS |
 *   timestamp         | our clock | 1: ECN | 1: SACK | 4: window scale, 15: none |        (RFC 7323, if the peer has it)
 *
 * Time is in units of 64 s; a cookie is good for one to two of them, and none is believed unless one was sent so
 * lately.  What the timestamp says needs no hash: who changes it harms his own connection.
 */
#include "tcp_cookie.h"

#include "../base/random.h"
#include "../mem/drop.h"
#include "lwip/ip.h"
#include "tcp_mini.h"

#include <string.h>

#if LWIP_TCP && LWIP_X_TCP_SYN_COOKIES

enum { LOW = 0x1f };                                          /* of the sequence number: time and MSS */
enum { NO_SCALE = 15, SACK = 0x10, ECN = 0x20, TOLD = 0x3f }; /* of the timestamp */

static const u16_t mss_table[] = { LWIP_X_TCP_MSS_MIN, 536, 1024, 1220, 1360, 1400, 1440, 1460 };

static u32_t last_sent; /* the unit of time in which a cookie went out last, plus 1 */

static u32_t unit(u32_t now_ms)
{
  return now_ms >> 16;
}

bool tcp_cookie_wanted(void)
{
  return tcp_mini_full(TCP_MINI_SYN);
}

static u32_t cookie(const struct tcp_ends *e, u32_t irs, u32_t when, u32_t mss_index)
{
  u8_t in[16];

  be32_put(in, irs);
  be32_put(in + 4, when << 3 | mss_index);
  be32_put(in + 8, (u32_t)tcp_prf(e));
  be32_put(in + 12, (u32_t)(tcp_prf(e) >> 32));
  return ((u32_t)random_prf(RANDOM_COOKIE, in, sizeof in) & ~(u32_t)LOW) | (when & 3) << 3 | mss_index;
}

static u32_t index_of(u16_t mss)
{
  u32_t i = LWIP_ARRAYSIZE(mss_table) - 1;

  while (i > 0 && mss_table[i] > mss) {
    i--;
  }
  return i;
}

#if LWIP_TCP_TIMESTAMPS
static bool offers_ecn(const struct tcp_repr *syn)
{
  const u8_t both = TCP_F_ECE | TCP_F_CWR;

  return LWIP_X_TCP_ECN && (syn->flags & both) == both;
}
#endif

void tcp_cookie_send(struct tcp_pcb_listen *l, const struct tcp_ends *e, const struct tcp_repr *seg, struct netif *inp,
                     u32_t now_ms)
{
  u16_t mss = seg->opts & TCP_O_MSS ? seg->mss : TCP_MSS_DEFAULT4;
  struct tcp_repr r;

  last_sent = unit(now_ms) + 1;
  tcp_control_init(&r, TCP_F_SYN | TCP_F_ACK, cookie(e, seg->seq, unit(now_ms), index_of(mss)), seg->seq + 1);
  r.opts = TCP_O_MSS;
  r.mss = tcp_eff_send_mss_netif(TCP_MSS, inp, e->remote_ip);
#if LWIP_TCP_TIMESTAMPS
  if (seg->opts & TCP_O_TS) {
    bool scale = LWIP_WND_SCALE && (seg->opts & TCP_O_WSCALE);
    bool sack = TCP_WIRE_SACK && (seg->opts & TCP_O_SACK_PERM);

    r.opts = (u8_t)(r.opts | TCP_O_TS | (scale ? TCP_O_WSCALE : 0) | (sack ? TCP_O_SACK_PERM : 0));
    r.wscale = TCP_RCV_SCALE;
    r.tsecr = seg->tsval;
    r.tsval = ((now_ms + tcp_ts_offset(e)) & ~(u32_t)TOLD) | (sack ? SACK : 0u) | (scale ? seg->wscale : NO_SCALE);
    if (offers_ecn(seg)) {
      r.tsval |= ECN;
      r.flags |= TCP_F_ECE;
    }
  }
#endif
  (void)tcp_send_control(e, NULL, l->ttl, l->tos, &r);
}

/* Is this number one that we gave lately? */
static bool is_ours(const struct tcp_ends *e, u32_t irs, u32_t iss, u32_t now_ms)
{
  u32_t when = unit(now_ms);

  when -= (when - (iss >> 3)) & 3; /* the latest with these two bits */
  return last_sent != 0 && unit(now_ms) - when <= 1 && unit(now_ms) - (last_sent - 1) <= 1 &&
         cookie(e, irs, when, iss & 7) == iss;
}

struct tcp_pcb *tcp_cookie_open(struct tcp_pcb_listen *l, const struct tcp_ends *e, const struct tcp_repr *seg,
                                struct netif *inp, u32_t now_ms)
{
  struct tcp_pcb *pcb;
  struct tcp_syn s;

  if ((seg->flags & (TCP_F_SYN | TCP_F_ACK | TCP_F_RST)) != TCP_F_ACK ||
      !is_ours(e, seg->seq - 1, seg->ack - 1, now_ms)) {
    return NULL;
  }
  if (tcp_backlog_full(l)) {
    drop_count(DROP_TCP_BACKLOG);
    return NULL;
  }
  memset(&s, 0, sizeof s);
  s.irs = seg->seq - 1;
  s.iss = seg->ack - 1;
  s.mss = mss_table[s.iss & 7];
  s.nrtx = 1; /* the round trip is not known */
  s.netif_idx = netif_get_index(inp);
  s.m.at = tcp_mini_time(now_ms);
  s.m.opts = TCP_O_MSS;
#if LWIP_TCP_TIMESTAMPS
  if (seg->opts & TCP_O_TS) {
    u8_t scale = seg->tsecr & 0x0f;

    s.tsval = seg->tsval;
    s.m.opts |= TCP_O_TS;
    if (TCP_WIRE_SACK && (seg->tsecr & SACK)) {
      s.m.opts |= TCP_O_SACK_PERM;
    }
    if (LWIP_WND_SCALE && scale != NO_SCALE) {
      s.m.opts = (u8_t)(s.m.opts | TCP_O_WSCALE | scale << 4);
    }
#if LWIP_X_TCP_ECN
    s.ecn = (seg->tsecr & ECN) ? TCP_F_ECE : 0;
#endif
  }
#endif
  pcb = tcp_syn_open(&s, e, l, inp, now_ms);
  if (pcb != NULL) { /* the round trip is not known, that is all: no SYN was lost */
    pcb->sv = 0;
    tcp_cc_init(pcb);
  }
  return pcb;
}

#endif
