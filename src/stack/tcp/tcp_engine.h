/**
 * The TCP engine: RFC 9293 as a function of (pcb, segment, time).  It knows no wire, no interface and no
 * clock: a segment comes in as a value, what to send is asked for, and the time is an argument.  Two
 * engines can be joined back to back in a test with a lossy queue between them.
 *
 *   tcp_arrives()     what a segment does to a connection: a verdict and a struct tcp_events
 *   tcp_next()        what may be sent now; tcp_sent_it() when it was
 *   tcp_timer_ring()  what the passing of time does; tcp_timer_next() when it does something again
 *
 * Whoever calls the engine acts on the verdict, calls the program back and frees the pcb.
 *
 * Text that is queued lies in one chain of segments: unacked (sent, or empty) goes on into unsent.
 * SYN and FIN have no segment: SYN is sent when SND.NXT is SND.UNA in SYN-SENT and SYN-RECEIVED, the FIN
 * when TF_FIN is set and all text is sent; so closing needs no memory.
 *
 * Timers.  Each pcb has one struct timer, armed at the earliest of its deadlines and never moved later:
 * when it rings too early it is armed again for the real deadline.  Deadlines are made by events:
 *   something sent, or window closed   retransmission or probe (tmr)
 *   text received                      delayed ACK (ack_at)
 *   nothing in flight                  keepalive (tmr + keep_idle), if the program wants it
 *   closed by the program              FIN-WAIT-2, TIME-WAIT
 *   text refused by the program        offered again
 *   tcp_poll()                         polltmr
 *   text out of order                  given up
 *   text that is paced                 may leave
 * An idle connection without keepalive and poll has none.
 */
#ifndef LWIP_STACK_TCP_TCP_ENGINE_H
#define LWIP_STACK_TCP_TCP_ENGINE_H

#include "lwip/tcp.h"

#if LWIP_TCP

#include "../base/seq.h"
#include "../base/timer.h"
#include "../wire/wire_tcp.h"
#include "lwip/priv/tcp_priv.h"
#include "lwip/x_drop.h"
#include <stdbool.h>

/** Times, ms. */
enum {
  TCP_RTO_INITIAL = 1000,        /**< RFC 6298 2.1 */
  TCP_RTO_AFTER_SYN_LOSS = 3000, /**< RFC 6298 5.7 */
  TCP_RTO_MAX = 64000,
  TCP_PERSIST_MAX = 60000,
  TCP_REFUSED_RETRY = 250,
  TCP_NO_MEMORY_RETRY = 50
};

/** The default send MSS, octets (RFC 9293 MUST-15). */
enum { TCP_MSS_DEFAULT4 = 536, TCP_MSS_DEFAULT6 = 1220 };

/** What became of a segment, or of a look at the clock. */
enum tcp_verdict {
  TCP_GO,       /**< (inside the engine) this check passed: to the next */
  TCP_OK,       /**< done; look at the events */
  TCP_DROP,     /**< ignored: ev->reason */
  TCP_DROP_ACK, /**< ignored, ev->reason, and an ACK is due (TF_ACK_NOW is set) */
  TCP_REFUSE,   /**< answer with a reset, <SEQ=SEG.ACK>; the connection stays */
  TCP_DONE,     /**< both sides have closed: free the pcb, quietly */
  TCP_LINGER,   /**< TIME-WAIT begins */
  TCP_RESET,    /**< reset by the peer: tell ERR_RST, free */
  TCP_KILL      /**< give up: send a reset, tell ERR_ABRT, free */
};

/** What the program has to be told. */
enum {
  TCP_EV_TEXT = 0x01,      /**< ev->p is text received in order */
  TCP_EV_FIN = 0x02,       /**< the peer will send no more */
  TCP_EV_CONNECTED = 0x04, /**< the connection is there */
  TCP_EV_POLL = 0x08,
  TCP_EV_RETRY = 0x10, /**< offer refused_data again */
  TCP_EV_ROOM = 0x20   /**< it was refused memory, nothing is on its way that could wake it, and now there is some */
};

struct tcp_events {
  struct pbuf
    *p;        /**< in: the segment's text, or NULL; out, with TCP_EV_TEXT: what to deliver.  Else still the caller's */
  u32_t acked; /**< octets of text newly acknowledged */
  u8_t what;   /**< TCP_EV_* */
  u8_t reason; /**< enum lwip_x_drop: why the segment or its text was not used */
};

/** Something to send. */
struct tcp_send {
  struct tcp_repr r;   /**< seq, len and flags; the rest is up to whoever sends it */
  struct tcp_seg *seg; /**< its text, or NULL */
  u16_t probe_at;      /**< a probe of a closed window, r.len 1: the octet of seg's text */
  bool probe;
#if LWIP_X_TCP_TSO
  u16_t more; /**< segments behind seg that go in the same packet */
#endif
};

/* tcp_state.c */

/** The one place where pcb->state changes, but for tcp_listen(). */
void tcp_enter(struct tcp_pcb *pcb, enum tcp_state state, u32_t now_ms);
/** The peer lives: what keepalive and the limit on a half-closed connection count from. */
void tcp_heard(struct tcp_pcb *pcb, u32_t now_ms);

/* tcp_arrives.c */

/** A segment for @p pcb (not CLOSED, not LISTEN), RFC 9293 3.10.7.3 and .4. */
enum tcp_verdict tcp_arrives(struct tcp_pcb *pcb, const struct tcp_repr *seg, struct tcp_events *ev, u32_t now_ms);

/**
 * The usual case, made short: nothing but the next text of an established connection.
 * @return true: it is taken, tell the program; false: not that simple, nothing was changed, ask tcp_arrives()
 */
bool tcp_arrives_as_text(struct tcp_pcb *pcb, const struct tcp_repr *seg, u32_t now_ms);

/** The engine's part of a connection as the peer's SYN made it: @p pcb in SYN-RECEIVED, with iss and irs. */
void tcp_opened_by_peer(struct tcp_pcb *pcb, u32_t iss, u32_t irs);

/** What the options of the peer's SYN allow; pcb->mss is what this side can do. */
void tcp_negotiate(struct tcp_pcb *pcb, const struct tcp_repr *syn);

/** May another challenge ACK go out (RFC 5961 section 7)?  Counts it. */
bool tcp_challenge(struct tcp_pcb *pcb, u32_t now_ms);

/* tcp_ack.c */

/** SEG.ACK, known to lie in [SND.UNA - MAX.SND.WND, SND.NXT], and SEG.WND.  @return does it acknowledge our FIN? */
bool tcp_acked(struct tcp_pcb *pcb, const struct tcp_repr *seg, struct tcp_events *ev, u32_t now_ms);

/* tcp_text.c */

/** SEG's text and FIN, of a segment that overlaps the window. */
enum tcp_verdict tcp_text(struct tcp_pcb *pcb, const struct tcp_repr *seg, struct tcp_events *ev, u32_t now_ms);

/** Text that waited for a gap to be filled and did not fit into ev->p. */
bool tcp_text_more(struct tcp_pcb *pcb, struct tcp_events *ev, u32_t now_ms);

/** Pbufs that all connections keep out of order. */
extern u16_t tcp_ooseq_count;

/** @p len octets of text were received in order. */
static inline void tcp_text_account(struct tcp_pcb *pcb, u16_t len)
{
  pcb->rcv_nxt += len;
  pcb->rcv_wnd = (tcpwnd_size_t)(pcb->rcv_wnd - len);
  pcb->rcv_ann_wnd = (tcpwnd_size_t)(pcb->rcv_ann_wnd > len ? pcb->rcv_ann_wnd - len : 0);
}

/** Have an ACK sent with the next text, or soon. */
void tcp_ack_soon(struct tcp_pcb *pcb, u32_t now_ms);

/* tcp_sackgen.c */

#if LWIP_TCP_SACK_OUT
/** @p seg of pcb->ooseq, behind @p prev or the first one, is what was received last: its range is the first to be told. */
void tcp_sack_newest(struct tcp_pcb *pcb, struct tcp_seg *seg, const struct tcp_seg *prev);
/** Blocks as they go on the wire. @return how many were written to the 8 * LWIP_TCP_MAX_SACK_NUM octets at @p o */
u8_t tcp_sack_emit(const struct tcp_pcb *pcb, u8_t *o);
#else
static inline void tcp_sack_newest(struct tcp_pcb *pcb, struct tcp_seg *seg, const struct tcp_seg *prev)
{
  (void)pcb, (void)seg, (void)prev;
}
static inline u8_t tcp_sack_emit(const struct tcp_pcb *pcb, u8_t *o)
{
  (void)pcb, (void)o;
  return 0;
}
#endif

/* tcp_rtt.c: RFC 6298 in milliseconds */

/** A round trip was measured. */
void tcp_rtt_sample(struct tcp_pcb *pcb, u32_t rtt_ms);
/** The retransmission timeout, without backoff. */
u32_t tcp_rto(const struct tcp_pcb *pcb);
/** The time after which a loss probe is due (RFC 8985 7.2). */
u32_t tcp_pto(const struct tcp_pcb *pcb);
/** @p ms doubled @p times, at most @p max. */
u32_t tcp_backoff(u32_t ms, u8_t times, u32_t max);

/* tcp_cc.c: NewReno (RFC 5681, 6582) with appropriate byte counting (RFC 3465) */

void tcp_cc_init(struct tcp_pcb *pcb);
/** @p octets were acknowledged, and nothing is being recovered. */
void tcp_cc_acked(struct tcp_pcb *pcb, u32_t octets, u32_t now_ms);
/** Something was marked (RFC 8511): the window shrinks a little.  Only with LWIP_X_TCP_ECN. */
void tcp_cc_marked(struct tcp_pcb *pcb);
/** Something was lost: the window shrinks. */
void tcp_cc_lost(struct tcp_pcb *pcb);
/** A retransmission timeout: it shrinks to one segment. */
void tcp_cc_timeout(struct tcp_pcb *pcb);
/** What was lost has arrived. */
void tcp_cc_recovered(struct tcp_pcb *pcb);

/** What slow start, or the algorithm, keeps in the pcb belongs to a part of the connection's life that is over. */
#if LWIP_X_TCP_CUBIC || LWIP_X_TCP_HYSTART
void tcp_cc_forget(struct tcp_pcb *pcb);
#else
static inline void tcp_cc_forget(struct tcp_pcb *pcb)
{
  (void)pcb;
}
#endif

/** Nothing was sent for longer than a retransmission timeout: begin anew (RFC 5681 4.1). */
void tcp_cc_idle(struct tcp_pcb *pcb);

/* tcp_hystart.c: RFC 9406 */

#if LWIP_X_TCP_HYSTART
/** A round trip was measured. */
void tcp_hystart_rtt(struct tcp_pcb *pcb, u32_t rtt_ms);
/** @return how much of @p octets the window may grow in slow start */
u32_t tcp_hystart_growth(struct tcp_pcb *pcb, u32_t octets);
#else
static inline void tcp_hystart_rtt(struct tcp_pcb *pcb, u32_t rtt_ms)
{
  (void)pcb, (void)rtt_ms;
}
static inline u32_t tcp_hystart_growth(struct tcp_pcb *pcb, u32_t octets)
{
  (void)pcb;
  return octets;
}
#endif

/* tcp_recover.c: what is lost */

/** A duplicate ACK, of a peer without SACK. */
void tcp_recover_dupack(struct tcp_pcb *pcb, u32_t now_ms);
/** SND.UNA moved by @p octets (or 0), and @p delivered octets are known to have arrived since the last ACK. */
void tcp_recover_acked(struct tcp_pcb *pcb, u32_t octets, u32_t delivered, u32_t now_ms);
/** Whatever is in flight counts as lost. */
void tcp_recover_all(struct tcp_pcb *pcb);
/** The segments that were found to be lost are the first ones: recovery begins. */
void tcp_recover_begin(struct tcp_pcb *pcb, u32_t now_ms);
/** It is over, or was never needed; and so is what follows a timeout. */
void tcp_recover_end(struct tcp_pcb *pcb);
/** A retransmission timeout. */
void tcp_recover_timeout(struct tcp_pcb *pcb);
/** A loss probe is due (RFC 8985 7.3; without SACK the first segment is sent again). */
void tcp_recover_probe(struct tcp_pcb *pcb, u32_t now_ms);
/* tcp_board.c: what the peer reported (SACK) */

#if LWIP_X_TCP_SACK
/** Does the peer report what arrives out of order? */
static inline bool tcp_has_board(const struct tcp_pcb *pcb)
{
  return (pcb->flags & TF_SACK) != 0;
}
static inline u32_t tcp_sacked(const struct tcp_pcb *pcb)
{
  return pcb->x_sacked;
}
/** Where the farthest segment that the peer reported ends; SND.UNA if there is none. */
static inline u32_t tcp_board_end(const struct tcp_pcb *pcb)
{
  return pcb->x_far != NULL ? pcb->x_far->seq + pcb->x_far->len : pcb->lastack;
}
/** The blocks of @p seg, whose SEG.ACK was taken already.  @return true: it is a D-SACK, the peer got something twice */
bool tcp_board_note(struct tcp_pcb *pcb, const struct tcp_repr *seg, u32_t old_una, u32_t now_ms);
/** Mark what must be lost by now.  @return true: something new */
bool tcp_board_lost(struct tcp_pcb *pcb, u32_t now_ms);
/** A timeout: if the peer went back on its word (RFC 2018 8), forget all reports. */
void tcp_board_timeout(struct tcp_pcb *pcb);
#else
static inline bool tcp_has_board(const struct tcp_pcb *pcb)
{
  (void)pcb;
  return false;
}
static inline u32_t tcp_sacked(const struct tcp_pcb *pcb)
{
  (void)pcb;
  return 0;
}
static inline bool tcp_board_note(struct tcp_pcb *pcb, const struct tcp_repr *seg, u32_t old_una, u32_t now_ms)
{
  (void)pcb, (void)seg, (void)old_una, (void)now_ms;
  return false;
}
static inline bool tcp_board_lost(struct tcp_pcb *pcb, u32_t now_ms)
{
  (void)pcb, (void)now_ms;
  return false;
}
static inline void tcp_board_timeout(struct tcp_pcb *pcb)
{
  (void)pcb;
}
#endif

/** May the next timeout be a loss probe? */
static inline bool tcp_may_probe(const struct tcp_pcb *pcb)
{
  return LWIP_X_TCP_PROBE && pcb->nrtx == 0 && pcb->unacked != NULL && pcb->sa != 0 && tcp_sacked(pcb) == 0 &&
         !(pcb->flags & (TF_INFR | TF_RTO)) && (LWIP_X_TCP_RACK || !tcp_has_board(pcb));
}

/* tcp_rack.c: RFC 8985 */

/** What pcb->tmr is, when something is in flight. */
enum tcp_timer_kind {
  TCP_TIMER_RTO,
  TCP_TIMER_PROBE,  /**< a loss probe */
  TCP_TIMER_REORDER /**< what was not reported by then is lost */
};

/** pcb->x_tlp */
enum {
  TCP_TLP_NONE,
  TCP_TLP_NEW,
  TCP_TLP_AGAIN,
  TCP_TLP_AGAIN_MEASURED, /**< ... and a round trip was measured since then */
  TCP_TLP_WANTED,
  TCP_TLP_UNMEASURED /**< none is out, and no round trip was measured since the last one */
};

#if LWIP_X_TCP_RACK
/** @p seg arrived, known by an ACK or a report. */
void tcp_rack_delivered(struct tcp_pcb *pcb, const struct tcp_seg *seg, u32_t now_ms);
/** Mark as lost what was sent long enough before something that arrived (6.2).  @return true: something new */
bool tcp_rack_lost(struct tcp_pcb *pcb, u32_t now_ms);
/** An ACK came: what does it say of the loss probe (7.4)?  @p news: it acknowledged or reported something. */
void tcp_tlp_acked(struct tcp_pcb *pcb, bool news, bool dsack, u32_t now_ms);
/** A loss probe is due. */
void tcp_tlp_probe(struct tcp_pcb *pcb, u32_t now_ms);
/** A recovery began, or a D-SACK told of reordering (6.2 step 4). */
void tcp_rack_round(struct tcp_pcb *pcb, bool dsack);
static inline void tcp_timer_is(struct tcp_pcb *pcb, enum tcp_timer_kind kind)
{
  pcb->x_timer = (u8_t)kind;
}
static inline bool tcp_timer_waits_for_reordering(const struct tcp_pcb *pcb)
{
  return pcb->x_timer == TCP_TIMER_REORDER;
}
static inline bool tcp_tlp_wanted(const struct tcp_pcb *pcb)
{
  return pcb->x_tlp == TCP_TLP_WANTED;
}
/** A round trip was measured. */
static inline void tcp_tlp_measured(struct tcp_pcb *pcb)
{
  if (pcb->x_tlp == TCP_TLP_UNMEASURED) {
    pcb->x_tlp = TCP_TLP_NONE;
  } else if (pcb->x_tlp == TCP_TLP_AGAIN) {
    pcb->x_tlp = TCP_TLP_AGAIN_MEASURED;
  }
}
/** Has a loss probe sent something twice? */
static inline bool tcp_tlp_repeats(const struct tcp_pcb *pcb)
{
  return pcb->x_tlp == TCP_TLP_AGAIN || pcb->x_tlp == TCP_TLP_AGAIN_MEASURED;
}
#else
static inline bool tcp_timer_waits_for_reordering(const struct tcp_pcb *pcb)
{
  (void)pcb;
  return false;
}
static inline void tcp_rack_delivered(struct tcp_pcb *pcb, const struct tcp_seg *seg, u32_t now_ms)
{
  (void)pcb, (void)seg, (void)now_ms;
}
static inline void tcp_tlp_acked(struct tcp_pcb *pcb, bool news, bool dsack, u32_t now_ms)
{
  (void)pcb, (void)news, (void)dsack, (void)now_ms;
}
static inline void tcp_tlp_probe(struct tcp_pcb *pcb, u32_t now_ms)
{
  (void)pcb, (void)now_ms;
}
static inline void tcp_rack_round(struct tcp_pcb *pcb, bool dsack)
{
  (void)pcb, (void)dsack;
}
static inline void tcp_timer_is(struct tcp_pcb *pcb, enum tcp_timer_kind kind)
{
  (void)pcb, (void)kind;
}
static inline bool tcp_tlp_wanted(const struct tcp_pcb *pcb)
{
  (void)pcb;
  return false;
}
static inline void tcp_tlp_measured(struct tcp_pcb *pcb)
{
  (void)pcb;
}
static inline bool tcp_tlp_repeats(const struct tcp_pcb *pcb)
{
  (void)pcb;
  return false;
}
#endif

/* tcp_prr.c: RFC 9937 */

#if LWIP_X_TCP_PRR
/** Recovery begins, and ssthresh is what the window shall come down to. */
void tcp_prr_begin(struct tcp_pcb *pcb);
/** It is over: the variables are the congestion control's again. */
void tcp_prr_end(struct tcp_pcb *pcb);
/** @p delivered octets arrived; @p safe: SND.UNA moved and nothing more was found to be lost. */
void tcp_prr_acked(struct tcp_pcb *pcb, u32_t delivered, bool safe);
static inline void tcp_prr_sent(struct tcp_pcb *pcb, u16_t len)
{
  if (pcb->flags & TF_INFR) {
    pcb->x_cc_state.prr.out += len;
  }
}
#else
static inline void tcp_prr_begin(struct tcp_pcb *pcb)
{
  (void)pcb;
}
static inline void tcp_prr_end(struct tcp_pcb *pcb)
{
  (void)pcb;
}
static inline void tcp_prr_acked(struct tcp_pcb *pcb, u32_t delivered, bool safe)
{
  (void)pcb, (void)delivered, (void)safe;
}
static inline void tcp_prr_sent(struct tcp_pcb *pcb, u16_t len)
{
  (void)pcb, (void)len;
}
#endif

/* tcp_undo.c */

#if LWIP_X_TCP_UNDO
/** The window is about to be reduced. */
void tcp_undo_begin(struct tcp_pcb *pcb);
#if LWIP_TCP_TIMESTAMPS
/** The segment at @p seq is sent again: remember when the first one is. */
void tcp_undo_sent_at(struct tcp_pcb *pcb, u32_t seq, u32_t now_ms);
/** An ACK of something new: is it for what was sent before (Eifel detection, RFC 3522)? */
void tcp_undo_echo(struct tcp_pcb *pcb, const struct tcp_repr *seg);
#else
static inline void tcp_undo_sent_at(struct tcp_pcb *pcb, u32_t seq, u32_t now_ms)
{
  (void)pcb, (void)seq, (void)now_ms;
}
static inline void tcp_undo_echo(struct tcp_pcb *pcb, const struct tcp_repr *seg)
{
  (void)pcb, (void)seg;
}
#endif
/** The segment at @p seq is sent again. */
static inline void tcp_undo_sent(struct tcp_pcb *pcb, u32_t seq, u32_t now_ms)
{
  pcb->x_undo_left++;
  tcp_undo_sent_at(pcb, seq, now_ms);
}
/** @p seg arrived: was it the first copy, although it was sent again or given up? */
void tcp_undo_delivered(struct tcp_pcb *pcb, const struct tcp_seg *seg, u32_t now_ms);
/** The peer got something twice. */
void tcp_undo_dsack(struct tcp_pcb *pcb);
/** Undo, if everything sent again was needless. */
void tcp_undo_check(struct tcp_pcb *pcb);
#else
static inline void tcp_undo_begin(struct tcp_pcb *pcb)
{
  (void)pcb;
}
static inline void tcp_undo_sent(struct tcp_pcb *pcb, u32_t seq, u32_t now_ms)
{
  (void)pcb, (void)seq, (void)now_ms;
}
static inline void tcp_undo_echo(struct tcp_pcb *pcb, const struct tcp_repr *seg)
{
  (void)pcb, (void)seg;
}
static inline void tcp_undo_delivered(struct tcp_pcb *pcb, const struct tcp_seg *seg, u32_t now_ms)
{
  (void)pcb, (void)seg, (void)now_ms;
}
static inline void tcp_undo_dsack(struct tcp_pcb *pcb)
{
  (void)pcb;
}
static inline void tcp_undo_check(struct tcp_pcb *pcb)
{
  (void)pcb;
}
#endif

/* tcp_queue.c */

/** tcp_write() once its arguments are checked.  @retval ERR_MEM nothing was queued */
err_t tcp_queue_append(struct tcp_pcb *pcb, const void *text, u16_t len, u8_t apiflags);
/** How many octets it would take. */
tcpwnd_size_t tcp_queue_room(const struct tcp_pcb *pcb);
/** Cut @p seg in two, @p len octets in the first.  @return false: no memory, or the driver still holds it */
bool tcp_queue_split(struct tcp_pcb *pcb, struct tcp_seg *seg, u16_t len);
/** Free what is acknowledged up to @p ack.  @return the round trip of the newest segment in ms; -1: not to be used (Karn) */
s32_t tcp_queue_acked(struct tcp_pcb *pcb, u32_t ack, u32_t now_ms);
/** @p seg, in flight, is lost: to be sent again. */
void tcp_queue_lost(struct tcp_pcb *pcb, struct tcp_seg *seg);
/** The first segment that is lost; there is one. */
struct tcp_seg *tcp_queue_first_lost(const struct tcp_pcb *pcb);
/** @p seg is lost no longer: it was sent again, or arrived. */
void tcp_queue_found(struct tcp_pcb *pcb, struct tcp_seg *seg);
/** The first segment of the queue, or NULL. */
static inline struct tcp_seg *tcp_queue_first(const struct tcp_pcb *pcb)
{
  return pcb->unacked != NULL ? pcb->unacked : pcb->unsent;
}
/** Make the payload of @p seg begin with its text again, after it was sent with headers in front. */
void tcp_seg_strip(struct tcp_seg *seg);
/** Free everything: to send, received out of order, refused. */
void tcp_queue_purge(struct tcp_pcb *pcb);
void tcp_seg_free(struct tcp_seg *seg);
/** NULL: no more for this pcb (@p held: how many it has). */
struct tcp_seg *tcp_seg_alloc(u16_t held);
/** Segments in use by all connections. */
extern u16_t tcp_segs_used;

/* tcp_next.c */

/** What to send now.  @return false: nothing */
bool tcp_next(struct tcp_pcb *pcb, u32_t now_ms, struct tcp_send *s);
/** @p s is on its way. */
void tcp_sent_it(struct tcp_pcb *pcb, const struct tcp_send *s, u32_t now_ms);
/** The window to put into a segment now, not scaled; decides how much is announced (RFC 9293 3.8.6.2.2). */
tcpwnd_size_t tcp_announce(struct tcp_pcb *pcb);
/** The program took @p len octets: @return true if the peer should hear of the wider window now */
bool tcp_window_opened(struct tcp_pcb *pcb, u16_t len);

/* tcp_burst.c */

#if LWIP_X_TCP_TSO
/** Let those of the segments behind s->seg that may go go with it, in one packet of at most @p max octets of text; all have the
 *  length of s->seg, but for the last one that may be shorter. */
void tcp_burst_plan(const struct tcp_pcb *pcb, struct tcp_send *s, u32_t max);
/** They are on their way: s->more of them. */
void tcp_burst_sent(struct tcp_pcb *pcb, const struct tcp_send *s, u32_t now_ms);
#endif

/* tcp_timer.c */

enum { TCP_NEVER = 0x7fffffff };
/** ms from @p now_ms to the next deadline, TCP_NEVER if there is none. */
u32_t tcp_timer_next(const struct tcp_pcb *pcb, u32_t now_ms);
/** ms until a keepalive probe is due if nothing is in flight, 0 or less: it is; TCP_NEVER: the program wants none. */
s32_t tcp_keepalive_left(const struct tcp_pcb *pcb, u32_t now_ms);
/** Time has passed. */
enum tcp_verdict tcp_timer_ring(struct tcp_pcb *pcb, u32_t now_ms, struct tcp_events *ev);
/** Ring at @p at_ms at the latest. */
void tcp_due(struct tcp_pcb *pcb, u32_t at_ms);
/** Start the retransmission timer anew. */
void tcp_timer_restart(struct tcp_pcb *pcb, u32_t now_ms);
/** More is in flight than one segment, whose ACK the peer may keep back: a loss probe is due sooner. */
#if LWIP_X_TCP_RACK
void tcp_timer_hasten(struct tcp_pcb *pcb, u32_t now_ms);
#else
static inline void tcp_timer_hasten(struct tcp_pcb *pcb, u32_t now_ms)
{
  (void)pcb, (void)now_ms;
}
#endif

/* tcp_close.c */

/** The program sends no more.  @return TCP_OK, or TCP_DONE: there is nothing to wait for */
enum tcp_verdict tcp_finish(struct tcp_pcb *pcb, u32_t now_ms);

static inline struct timer *tcp_timer_of(struct tcp_pcb *pcb)
{
  return (struct timer *)(void *)&pcb->timer;
}

/** Is anything sent and not acknowledged, SYN and FIN included? */
static inline bool tcp_in_flight(const struct tcp_pcb *pcb)
{
  return pcb->snd_nxt != pcb->lastack;
}

/**
 * Octets that are on their way, as far as is known (RFC 6675 "pipe"): in flight, not lost, not reported.  Without reports
 * each duplicate ACK says that one segment has arrived (not after a timeout, when it may be one that was sent twice).
 */
static inline u32_t tcp_pipe(const struct tcp_pcb *pcb)
{
  u32_t flight = pcb->snd_nxt - pcb->lastack, gone = pcb->x_lost + tcp_sacked(pcb);

  if (pcb->dupacks != 0 && !(pcb->flags & TF_RTO)) {
    gone += (u32_t)pcb->dupacks * pcb->mss;
  }
  return flight > gone ? flight - gone : 0;
}

/** Was the program refused memory, with nothing queued whose acknowledgement would tell it to try again? */
static inline bool tcp_starves(const struct tcp_pcb *pcb)
{
  return (pcb->flags & (TF_NAGLEMEMERR | TF_FIN)) == TF_NAGLEMEMERR && pcb->x_last == NULL && pcb->state > SYN_RCVD;
}

/** The sequence number behind all text queued, and of our FIN.  Not to be asked once the FIN is acknowledged. */
static inline u32_t tcp_fin_seq(const struct tcp_pcb *pcb)
{
  if (pcb->x_last != NULL) {
    return pcb->x_last->seq + pcb->x_last->len;
  }
  return pcb->lastack + (pcb->state == SYN_SENT || pcb->state == SYN_RCVD);
}

static inline bool tcp_is_v6(const struct tcp_pcb *pcb)
{
  (void)pcb;
  return IP_IS_V6(&pcb->remote_ip);
}

/** Octets of text in the largest segment. */
static inline u16_t tcp_text_max(const struct tcp_pcb *pcb)
{
  return (u16_t)tcp_mss(pcb);
}

/** ms between keepalive probes, and how many without an answer mean that the peer is gone. */
#if LWIP_TCP_KEEPALIVE
static inline u32_t tcp_keep_intvl(const struct tcp_pcb *pcb)
{
  return pcb->keep_intvl;
}
static inline u32_t tcp_keep_cnt(const struct tcp_pcb *pcb)
{
  return pcb->keep_cnt;
}
#else
static inline u32_t tcp_keep_intvl(const struct tcp_pcb *pcb)
{
  (void)pcb;
  return TCP_KEEPINTVL_DEFAULT;
}
static inline u32_t tcp_keep_cnt(const struct tcp_pcb *pcb)
{
  (void)pcb;
  return TCP_KEEPCNT_DEFAULT;
}
#endif

/** The clock behind our timestamps for @p pcb. */
#if LWIP_TCP_TIMESTAMPS
static inline u32_t tcp_ts_now(const struct tcp_pcb *pcb, u32_t now_ms)
{
  return now_ms + pcb->x_ts_offset;
}
#endif

#endif /* LWIP_TCP */

#endif
