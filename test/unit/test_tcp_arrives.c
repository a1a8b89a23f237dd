/** A segment arrives: the checks of RFC 9293 3.10.7, a row a rule. */
#include "tcp_engine_lab.h"

#define A TCP_F_ACK
#define R TCP_F_RST
#define S TCP_F_SYN
#define F TCP_F_FIN
#define PUSH TCP_F_PSH

struct row {
  const char *what;
  enum tcp_state state;
  u8_t flags;
  u32_t seq, ack;
  u16_t len;
  enum tcp_verdict verdict;
  enum tcp_state then;
  u32_t text; /**< octets delivered */
};

/* In flight: 100 octets from US on (or SYN, or FIN, as the state says). */
/* clang-format off */
static const struct row rows[] = {
  /* first: the sequence number */
  { "the next text",                               ESTABLISHED, A,     PEER,         US,       100, TCP_OK,       ESTABLISHED, 100 },
  { "text with PSH",                               ESTABLISHED, A|PUSH,PEER,         US,       100, TCP_OK,       ESTABLISHED, 100 },
  { "text that begins before the window is cut",   ESTABLISHED, A,     PEER - 50,    US,       100, TCP_OK,       ESTABLISHED, 50  },
  { "text past the window is cut",                 ESTABLISHED, A,     PEER,         US,     10100, TCP_OK,       ESTABLISHED, 10000 },
  { "text at the end of the window waits",         ESTABLISHED, A,     PEER + 9999,  US,         1, TCP_OK,       ESTABLISHED, 0   },
  { "text behind the window is answered",          ESTABLISHED, A,     PEER + 10000, US,         1, TCP_DROP_ACK, ESTABLISHED, 0   },
  { "old text is answered",                        ESTABLISHED, A,     PEER - 100,   US,       100, TCP_DROP_ACK, ESTABLISHED, 0   },
  { "a keepalive probe is answered",               ESTABLISHED, A,     PEER - 1,     US,         0, TCP_DROP_ACK, ESTABLISHED, 0   },
  { "a keepalive probe of one octet is answered",  ESTABLISHED, A,     PEER - 1,     US,         1, TCP_DROP_ACK, ESTABLISHED, 0   },
  { "an ACK alone is not answered",                ESTABLISHED, A,     PEER,         US,         0, TCP_OK,       ESTABLISHED, 0   },
  { "half the sequence space away",                ESTABLISHED, A,     PEER + 0x80000000u, US,  10, TCP_DROP_ACK, ESTABLISHED, 0   },
  /* second: RST (RFC 5961 3.2) */
  { "a reset at RCV.NXT counts",                   ESTABLISHED, R,     PEER,         0,          0, TCP_RESET,    ESTABLISHED, 0   },
  { "a reset with text counts (SHLD-2, TCP-21)",   ESTABLISHED, R,     PEER,         0,         10, TCP_RESET,    ESTABLISHED, 0   },
  { "a reset with an ACK counts",                  ESTABLISHED, R|A,   PEER,         US,         0, TCP_RESET,    ESTABLISHED, 0   },
  { "a reset inside the window is challenged",     ESTABLISHED, R,     PEER + 1,     0,          0, TCP_DROP_ACK, ESTABLISHED, 0   },
  { "a reset outside is ignored",                  ESTABLISHED, R,     PEER - 1,     0,          0, TCP_DROP,     ESTABLISHED, 0   },
  { "a reset far outside is ignored",              ESTABLISHED, R,     PEER + 10000, 0,          0, TCP_DROP,     ESTABLISHED, 0   },
  { "a reset ends FIN-WAIT-2",                     FIN_WAIT_2,  R,     PEER,         0,          0, TCP_RESET,    FIN_WAIT_2,  0   },
  { "a reset does not end TIME-WAIT (RFC 1337)",   TIME_WAIT,   R,     PEER,         0,          0, TCP_DROP,     TIME_WAIT,   0   },
  /* fourth: SYN (RFC 5961 4.2, TCP-12) */
  { "a SYN inside the window is challenged",       ESTABLISHED, S,     PEER,         0,          0, TCP_DROP_ACK, ESTABLISHED, 0   },
  { "a SYN outside is answered",                   ESTABLISHED, S,     PEER - 70000, 0,          0, TCP_DROP_ACK, ESTABLISHED, 0   },
  { "a SYN+ACK is challenged",                     ESTABLISHED, S|A,   PEER,         US,         0, TCP_DROP_ACK, ESTABLISHED, 0   },
  { "a SYN in TIME-WAIT of a pcb is challenged",   TIME_WAIT,   S,     PEER + 1,     0,          0, TCP_DROP_ACK, TIME_WAIT,   0   },
  { "a SYN+RST+FIN",                               ESTABLISHED, S|R|F, PEER + 5,     0,          0, TCP_DROP_ACK, ESTABLISHED, 0   },
  /* fifth: ACK (RFC 5961 5.2, TCP-13, TCP-18) */
  { "no ACK: ignored",                             ESTABLISHED, 0,     PEER,         0,         10, TCP_DROP,     ESTABLISHED, 0   },
  { "a FIN without ACK: ignored",                  ESTABLISHED, F,     PEER,         0,          0, TCP_DROP,     ESTABLISHED, 0   },
  { "all of what is in flight",                    ESTABLISHED, A,     PEER,         US + 100,  10, TCP_OK,       ESTABLISHED, 10  },
  { "more than that is challenged",                ESTABLISHED, A,     PEER,         US + 101,  10, TCP_DROP_ACK, ESTABLISHED, 0   },
  { "a great deal more",                           ESTABLISHED, A,     PEER,   US + 1000000000, 10, TCP_DROP_ACK, ESTABLISHED, 0   },
  { "an old one within MAX.SND.WND",               ESTABLISHED, A,     PEER,         US - 20000,10, TCP_OK,       ESTABLISHED, 10  },
  { "an older one is challenged, its text not used", ESTABLISHED, A,   PEER,         US - 20001,10, TCP_DROP_ACK, ESTABLISHED, 0   },
  /* seventh, eighth: text and FIN by state */
  { "the peer's FIN",                              ESTABLISHED, A|F,   PEER,         US,         0, TCP_OK,       CLOSE_WAIT,  0   },
  { "text and FIN",                                ESTABLISHED, A|F,   PEER,         US,        10, TCP_OK,       CLOSE_WAIT,  10  },
  { "a FIN too early waits",                       ESTABLISHED, A|F,   PEER + 10,    US,         0, TCP_OK,       ESTABLISHED, 0   },
  { "text behind the peer's FIN is not used",      CLOSE_WAIT,  A,     PEER,         US,        10, TCP_OK,       CLOSE_WAIT,  0   },
  { "FIN-WAIT-1, FIN: both cross",                 FIN_WAIT_1,  A|F,   PEER,         US,         0, TCP_OK,       CLOSING,     0   },
  { "FIN-WAIT-1, our FIN acknowledged",            FIN_WAIT_1,  A,     PEER,         US + 101,   0, TCP_OK,       FIN_WAIT_2,  0   },
  { "FIN-WAIT-1, text acknowledged, not the FIN",  FIN_WAIT_1,  A,     PEER,         US + 100,   0, TCP_OK,       FIN_WAIT_1,  0   },
  { "FIN-WAIT-1, ACK of FIN, text and FIN",        FIN_WAIT_1,  A|F,   PEER,         US + 101,  10, TCP_LINGER,   TIME_WAIT,   10  },
  { "FIN-WAIT-2, text",                            FIN_WAIT_2,  A,     PEER,         US,        10, TCP_OK,       FIN_WAIT_2,  10  },
  { "FIN-WAIT-2, FIN",                             FIN_WAIT_2,  A|F,   PEER,         US,         0, TCP_LINGER,   TIME_WAIT,   0   },
  { "CLOSING, the ACK of our FIN",                 CLOSING,     A,     PEER,         US + 101,   0, TCP_LINGER,   TIME_WAIT,   0   },
  { "CLOSING, the FIN again",                      CLOSING,     A|F,   PEER - 1,     US,         0, TCP_DROP_ACK, CLOSING,     0   },
  { "LAST-ACK, the ACK of our FIN: all done",      LAST_ACK,    A,     PEER,         US + 101,   0, TCP_DONE,     LAST_ACK,    0   },
  { "LAST-ACK, of less",                           LAST_ACK,    A,     PEER,         US + 100,   0, TCP_OK,       LAST_ACK,    0   },
  { "TIME-WAIT, the FIN again",                    TIME_WAIT,   A|F,   PEER - 1,     US,         0, TCP_DROP_ACK, TIME_WAIT,   0   },
};
/* clang-format on */

/* What is in flight when the row's segment comes. */
static void put_in_flight(enum tcp_state state)
{
  if (state == FIN_WAIT_2 || state == TIME_WAIT) {
    return;
  }
  ck_assert_int_eq(lab_write(100, TCP_WRITE_FLAG_COPY), ERR_OK);
  if (state == FIN_WAIT_1 || state == CLOSING || state == LAST_ACK) {
    pcb->flags |= TF_FIN;
  }
  ck_assert_uint_eq(lab_push(), 1);
}

START_TEST(checks)
{
  const struct row *r = &rows[_i];
  enum tcp_verdict v;

  lab_connection(r->state);
  put_in_flight(r->state);
  pcb->flags &= (tcpflags_t) ~(TF_ACK_NOW | TF_ACK_DELAY);
  v = lab_arrives(r->flags, r->seq, r->ack, r->len);
  ck_assert_msg(v == r->verdict, "%s: verdict %d", r->what, v);
  ck_assert_msg(pcb->state == r->then, "%s: state %d", r->what, pcb->state);
  ck_assert_msg((v == TCP_DROP_ACK) <= ((pcb->flags & TF_ACK_NOW) != 0), "%s: no ACK", r->what);
  ck_assert_msg(v != TCP_DROP || !(pcb->flags & TF_ACK_NOW), "%s: an ACK", r->what);
  lab_delivered(LWIP_MAX(r->seq, PEER), r->text);
  lab_done();
}
END_TEST

/* 3.10.7.3 */
struct opening_row {
  const char *what;
  u8_t flags;
  u32_t ack;
  enum tcp_verdict verdict;
  enum tcp_state then;
};
/* clang-format off */
static const struct opening_row opening[] = {
  { "SYN+ACK opens",                                S|A, US + 1, TCP_OK,     ESTABLISHED },
  { "SYN+ACK of nothing we sent: reset (TCP-22)",   S|A, US,     TCP_REFUSE, SYN_SENT },
  { "SYN+ACK of more than we sent: reset",          S|A, US + 2, TCP_REFUSE, SYN_SENT },
  { "SYN: simultaneous open (MUST-10)",             S,   0,      TCP_OK,     SYN_RCVD },
  { "RST without ACK is ignored (TCP-22)",          R,   0,      TCP_DROP,   SYN_SENT },
  { "RST with a wrong ACK is ignored",              R|A, US,     TCP_DROP,   SYN_SENT },
  { "RST with the right ACK: refused",              R|A, US + 1, TCP_RESET,  SYN_SENT },
  { "ACK alone is ignored",                         A,   US + 1, TCP_DROP,   SYN_SENT },
  { "FIN is ignored",                               F,   0,      TCP_DROP,   SYN_SENT },
  { "nothing at all is ignored",                    0,   0,      TCP_DROP,   SYN_SENT },
};
/* clang-format on */

START_TEST(syn_sent)
{
  const struct opening_row *r = &opening[_i];
  enum tcp_verdict v;

  lab_connection(SYN_SENT);
  ck_assert_uint_eq(lab_push(), 1);
  ck_assert_uint_eq(pcb->snd_nxt, US + 1);
  v = lab_arrives(r->flags, PEER - 1, r->ack, 0);
  ck_assert_msg(v == r->verdict, "%s: verdict %d", r->what, v);
  ck_assert_msg(pcb->state == r->then, "%s: state %d", r->what, pcb->state);
  if (r->then == ESTABLISHED) {
    ck_assert(ev.what & TCP_EV_CONNECTED);
    ck_assert_uint_eq(pcb->rcv_nxt, PEER);
    ck_assert_uint_eq(pcb->mss, 536); /* MUST-15 */
  }
  lab_done();
}
END_TEST

/* TCP-10: every combination of flags, in every state: no assertion, no state left for a stranger. */
START_TEST(all_flags_in_all_states)
{
  int state, flags;

  for (state = SYN_SENT; state <= TIME_WAIT; state++) {
    for (flags = 0; flags < 256; flags++) {
      lab_connection((enum tcp_state)state);
      (void)lab_push();
      (void)lab_arrives((u8_t)flags, PEER + 20000, US + 5000, 10);
      ck_assert(pcb->state == (enum tcp_state)state || (state == SYN_SENT && pcb->state == SYN_RCVD));
      lab_delivered(0, 0);
      lab_done();
    }
  }
}
END_TEST

/* RFC 5961 section 7: ten a second and connection, roughly. */
START_TEST(challenges_are_limited)
{
  int i, answered = 0;

  lab_connection(ESTABLISHED);
  for (i = 0; i < 1000; i++) {
    answered += lab_arrives(S, PEER + 5, 0, 0) == TCP_DROP_ACK;
    lab_delivered(0, 0);
  }
  ck_assert_int_le(answered, 10);
  ck_assert_int_ge(answered, 6);
  lab_now += 1100;
  ck_assert_int_eq(lab_arrives(S, PEER + 5, 0, 0), TCP_DROP_ACK);
  lab_done();
}
END_TEST

/* TCP-27, RFC 7323 5.3. */
START_TEST(timestamps)
{
  struct tcp_repr r = lab_segment(A, PEER, US, 10);

  lab_connection(ESTABLISHED);
  pcb->flags |= TF_TIMESTAMP;
  pcb->ts_recent = 5000;
  pcb->ts_lastacksent = PEER;
  ck_assert_int_eq(lab_arrives_repr(&r), TCP_DROP); /* 3.2: without one it is dropped */
  lab_delivered(0, 0);
  r.opts = TCP_O_TS;
  r.tsval = 4999;
  ck_assert_int_eq(lab_arrives_repr(&r), TCP_DROP_ACK);
  lab_delivered(0, 0);
  r.tsval = 900000;
  r.ack = US + 77777; /* a forged one with an ACK that cannot be */
  ck_assert_int_eq(lab_arrives_repr(&r), TCP_DROP_ACK);
  lab_delivered(0, 0);
  ck_assert_uint_eq(pcb->ts_recent, 5000);
  r.ack = US;
  r.seq = PEER + 100; /* not at the left edge: RFC 7323 4.3 */
  r.tsval = 5002;
  ck_assert_int_eq(lab_arrives_repr(&r), TCP_OK);
  ck_assert_uint_eq(pcb->ts_recent, 5000);
  r.seq = PEER;
  r.tsval = 5001;
  ck_assert_int_eq(lab_arrives_repr(&r), TCP_OK);
  ck_assert_uint_eq(pcb->ts_recent, 5001);
  lab_delivered(PEER, 10);
  r.flags = R; /* a reset is not checked by its timestamp */
  r.opts = 0;
  r.seq = pcb->rcv_nxt;
  ck_assert_int_eq(lab_arrives_repr(&r), TCP_RESET);
  lab_done();
}
END_TEST

/* RFC 7323 5.5: after 24 days of silence their clock may have wrapped. */
START_TEST(timestamp_too_old_to_matter)
{
  struct tcp_repr r = lab_segment(A, PEER, US, 10);

  lab_connection(ESTABLISHED);
  pcb->flags |= TF_TIMESTAMP;
  pcb->ts_recent = 5000;
  r.opts = TCP_O_TS;
  r.tsval = 4000;
  ck_assert_int_eq(lab_arrives_repr(&r), TCP_DROP_ACK);
  lab_delivered(0, 0);
  pcb->tmr = lab_now - 25u * 24 * 3600 * 1000;
  r.seq = PEER;
  ck_assert_int_eq(lab_arrives_repr(&r), TCP_OK);
  lab_delivered(PEER, 10);
  lab_done();
}
END_TEST

/* TCP-07: the peer's MSS. */
START_TEST(mss_has_a_floor)
{
  static const u16_t in[] = { 0, 1, 8, 47, 64, 536, 1460, 65535 }, out[] = { 64, 64, 64, 64, 64, 536, 1000, 1000 };
  unsigned i;

  for (i = 0; i < LWIP_ARRAYSIZE(in); i++) {
    struct tcp_repr r = lab_segment(S | A, PEER - 1, US + 1, 0);

    lab_connection(SYN_SENT);
    (void)lab_push();
    r.opts = TCP_O_MSS;
    r.mss = in[i];
    ck_assert_int_eq(lab_arrives_repr(&r), TCP_OK);
    ck_assert_uint_eq(pcb->mss, out[i]);
    lab_done();
  }
}
END_TEST

/* TCP-09: SACK blocks that lie change nothing (received ones are not used yet). */
START_TEST(lying_sack)
{
  u8_t blocks[32];
  struct tcp_repr r = lab_segment(A, PEER, US, 0);

  lab_connection(ESTABLISHED);
  put_in_flight(ESTABLISHED);
  memset(blocks, 0xff, sizeof blocks);
  r.opts = TCP_O_SACK;
  r.nsack = 4;
  r.sack = blocks;
  ck_assert_int_eq(lab_arrives_repr(&r), TCP_OK);
  ck_assert_uint_eq(pcb->lastack, US);
  lab_done();
}
END_TEST

/* The short path and the long one do the same. */
START_TEST(short_path_is_the_long_one)
{
  struct tcp_pcb long_way;
  struct tcp_repr r = lab_segment(A | PUSH, PEER, US, 100);

  lab_connection(ESTABLISHED);
  ck_assert_int_eq(lab_arrives_repr(&r), TCP_OK);
  long_way = *pcb;
  lab_delivered(PEER, 100);
  lab_done();
  lab_connection(ESTABLISHED);
  pcb->state = ESTABLISHED;
  memset(&ev, 0, sizeof ev);
  ck_assert(tcp_arrives_as_text(pcb, &r, lab_now));
  long_way.timer = pcb->timer;
  ck_assert_int_eq(memcmp(&long_way, pcb, sizeof long_way), 0);
  lab_done();
}
END_TEST

static void add(TCase *c)
{
  tcase_add_loop_test(c, checks, 0, (int)LWIP_ARRAYSIZE(rows));
  tcase_add_loop_test(c, syn_sent, 0, (int)LWIP_ARRAYSIZE(opening));
  tcase_add_test(c, all_flags_in_all_states);
  tcase_add_test(c, challenges_are_limited);
  tcase_add_test(c, timestamps);
  tcase_add_test(c, timestamp_too_old_to_matter);
  tcase_add_test(c, mss_has_a_floor);
  tcase_add_test(c, lying_sack);
  tcase_add_test(c, short_path_is_the_long_one);
}
LAB_SUITE("tcp_arrives", add)
