/**
 * iperf 2 over TCP (the wire format of iperf 2.0: 24 octets in front of the test's data).
 *
 *   0        4            8       12           16         20        24
 *   | flags  | threads    | port  | buffer len | win/band | amount  | data...
 *
 * A session is a listener, a connection that receives (accepted by a listener) or one that sends.  All of
 * them form one list.  What one session starts for the sake of another (the way back of a two-way test, the
 * connections of a listener) names it as its master, so that lwiperf_abort() finds it; the
 * master may be gone already and is only ever compared.
 *
 * A receiver that is asked for a test the other way connects back to where the request came from, once.
 */
#include "lwip/apps/lwiperf.h"

#if LWIP_TCP && LWIP_CALLBACK_API

#include "../base/bytes.h"
#include "lwip/mem.h"
#include "lwip/sys.h"
#include "lwip/tcp.h"
#include <stdbool.h>
#include <string.h>

/** A test on which nothing moves for so long ends; seconds. */
#ifndef LWIPERF_TCP_MAX_IDLE_SEC
#define LWIPERF_TCP_MAX_IDLE_SEC 10
#endif

/** Look at the data received: it must be the digits 0 to 9 over and over. */
#ifndef LWIPERF_CHECK_RX_DATA
#define LWIPERF_CHECK_RX_DATA 0
#endif

/** The address family that lwiperf_start_tcp_server_default() listens on. */
#ifndef LWIPERF_SERVER_IP_TYPE
#define LWIPERF_SERVER_IP_TYPE IPADDR_TYPE_ANY
#endif

#ifndef LWIPERF_ALLOC
#define LWIPERF_ALLOC(type) mem_malloc(sizeof(type))
#define LWIPERF_FREE(type, item) mem_free(item)
#endif

#define HEADER_LEN 24u
#define FLAG_ANSWER 0x80000000u /**< test the other way, too... */
#define FLAG_NOW 0x00000001u    /**< ...at once, not afterwards */
#define FLAG_UDP 0x20000000u    /**< makes no sense here */
#define THREADS_MAX 64u
#define TIME_MAX 360000u   /**< 10 ms: an hour */
#define DEFAULT_TIME 1000u /**< 10 ms: ten seconds */
#define POLL_PER_SEC 1     /**< polls a second: tcp_poll() intervals are half seconds */

enum session_kind { LISTENER, RECEIVER, SENDER };

struct session {
  struct session *next;
  const struct session *master; /**< on whose behalf, or NULL */
  struct tcp_pcb *pcb;
  lwiperf_report_fn report;
  void *report_arg;
  ip_addr_t local, remote; /**< a listener with a remote accepts nobody else */
  u16_t local_port, remote_port;
  u32_t started_ms;
  u32_t octets; /**< of payload, received or acknowledged */
  u32_t queued; /**< octets given to TCP */
  u32_t amount; /**< to send: octets or, with timed, 10 ms */
  u8_t kind;    /**< enum session_kind */
  u8_t idle;    /**< polls without progress */
  bool timed;
  bool ending;             /**< all is queued */
  bool answered;           /**< the way back was started */
  u8_t header[HEADER_LEN]; /**< received, as far as octets says; to send */
};

static struct session *sessions;

/* ---- The octets sent ---- */

#define D10 "0123456789"
#define D100 D10 D10 D10 D10 D10 D10 D10 D10 D10 D10
#define D500 D100 D100 D100 D100 D100

/** A whole number of tens, at least a segment of Ethernet. */
static const char digits[] = D500 D500 D500;
#define DIGITS_LEN (sizeof digits - 1)

/* ---- Sessions ---- */

static struct session *session_new(enum session_kind kind, const struct session *master, lwiperf_report_fn report,
                                   void *arg)
{
  struct session *s = (struct session *)LWIPERF_ALLOC(struct session);

  if (s != NULL) {
    memset(s, 0, sizeof *s);
    s->kind = (u8_t)kind;
    s->master = master;
    s->report = report;
    s->report_arg = arg;
    s->next = sessions;
    sessions = s;
  }
  return s;
}

static void session_free(struct session *s)
{
  struct session **at = &sessions;

  while (*at != s) {
    at = &(*at)->next;
  }
  *at = s->next;
  LWIPERF_FREE(struct session, s);
}

static void detach(struct tcp_pcb *pcb)
{
  tcp_arg(pcb, NULL);
  tcp_recv(pcb, NULL);
  tcp_sent(pcb, NULL);
  tcp_err(pcb, NULL);
  tcp_poll(pcb, NULL, 0);
}

/** kbit/s, without 64-bit division. */
static u32_t rate(u32_t octets, u32_t ms)
{
  if (ms == 0) {
    return 0;
  }
  return octets / ms * 8 + (octets % ms) * 8 / ms;
}

static void report(const struct session *s, enum lwiperf_report_type how)
{
  u32_t ms = sys_now() - s->started_ms;

  if (s->report != NULL) {
    s->report(s->report_arg, how, &s->local, s->local_port, &s->remote, s->remote_port, s->octets, ms,
              rate(s->octets, ms));
  }
}

/** Give the connection up.  @return for the callback of TCP to return */
static err_t give_up(struct session *s)
{
  struct tcp_pcb *pcb = s->pcb;

  detach(pcb);
  session_free(s);
  tcp_abort(pcb);
  return ERR_ABRT;
}

static err_t fail(struct session *s, enum lwiperf_report_type how)
{
  report(s, how);
  return give_up(s);
}

static err_t finish(struct session *s, enum lwiperf_report_type how)
{
  struct tcp_pcb *pcb = s->pcb;

  report(s, how);
  detach(pcb);
  if (tcp_close(pcb) != ERR_OK) {
    return give_up(s);
  }
  session_free(s);
  return ERR_OK;
}

static void on_err(void *arg, err_t err)
{
  struct session *s = (struct session *)arg;

  (void)err;
  if (s != NULL) {
    report(s, LWIPERF_TCP_ABORTED_REMOTE);
    session_free(s);
  }
}

static void note_addresses(struct session *s)
{
  ip_addr_copy(s->local, s->pcb->local_ip);
  ip_addr_copy(s->remote, s->pcb->remote_ip);
  s->local_port = s->pcb->local_port;
  s->remote_port = s->pcb->remote_port;
  s->started_ms = sys_now();
}

/* ---- Sending ---- */

static bool all_queued(const struct session *s)
{
  return s->timed ? sys_now() - s->started_ms >= s->amount * 10 : s->queued >= s->amount;
}

/** Queue digits as long as TCP takes them.  @return false: TCP refused for another reason than memory */
static bool queue_digits(struct session *s)
{
  u32_t len;
  err_t err;

  while (!all_queued(s)) {
    len = (u32_t)DIGITS_LEN - s->queued % 10;
    len = LWIP_MIN(len, (u32_t)tcp_mss(s->pcb));
    len = LWIP_MIN(len, (u32_t)tcp_sndbuf(s->pcb));
    if (!s->timed) {
      len = LWIP_MIN(len, s->amount - s->queued);
    }
    if (len == 0) {
      return true;
    }
    err = tcp_write(s->pcb, digits + s->queued % 10, (u16_t)len, TCP_WRITE_FLAG_MORE);
    if (err != ERR_OK) {
      return err == ERR_MEM;
    }
    s->queued += len;
  }
  s->ending = true;
  return true;
}

static err_t send_some(struct session *s)
{
  if (!s->ending && !queue_digits(s)) {
    return fail(s, LWIPERF_TCP_ABORTED_LOCAL_TXERROR);
  }
  if (s->ending && s->octets == s->queued) {
    return finish(s, LWIPERF_TCP_DONE_CLIENT);
  }
  return tcp_output(s->pcb) == ERR_CONN ? fail(s, LWIPERF_TCP_ABORTED_LOCAL_TXERROR) : ERR_OK;
}

static err_t sender_sent(void *arg, struct tcp_pcb *pcb, u16_t len)
{
  struct session *s = (struct session *)arg;

  (void)pcb;
  s->idle = 0;
  s->octets += len;
  return send_some(s);
}

/** An iperf server has nothing to say; when it closes, the test is over. */
static err_t sender_recv(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err)
{
  struct session *s = (struct session *)arg;

  (void)err;
  if (p == NULL) {
    return s->ending ? finish(s, LWIPERF_TCP_DONE_CLIENT) : finish(s, LWIPERF_TCP_ABORTED_REMOTE);
  }
  tcp_recved(pcb, p->tot_len);
  pbuf_free(p);
  return ERR_OK;
}

static err_t on_poll(void *arg, struct tcp_pcb *pcb)
{
  struct session *s = (struct session *)arg;

  (void)pcb;
  if (++s->idle > LWIPERF_TCP_MAX_IDLE_SEC * POLL_PER_SEC) {
    return fail(s, LWIPERF_TCP_ABORTED_LOCAL);
  }
  return s->kind == SENDER && s->queued != 0 ? send_some(s) : ERR_OK; /* its header is the first to go */
}

static err_t sender_connected(void *arg, struct tcp_pcb *pcb, err_t err)
{
  struct session *s = (struct session *)arg;

  if (err != ERR_OK) {
    return fail(s, LWIPERF_TCP_ABORTED_REMOTE);
  }
  note_addresses(s);
  s->idle = 0;
  if (tcp_write(pcb, s->header, HEADER_LEN, TCP_WRITE_FLAG_COPY | TCP_WRITE_FLAG_MORE) != ERR_OK) {
    return fail(s, LWIPERF_TCP_ABORTED_LOCAL_TXERROR);
  }
  s->queued = HEADER_LEN;
  return send_some(s);
}

static void attach(struct session *s)
{
  tcp_arg(s->pcb, s);
  tcp_err(s->pcb, on_err);
  tcp_poll(s->pcb, on_poll, 2 / POLL_PER_SEC);
}

/** Connect to @p remote and send.  The header asks for nothing but has its place. */
static struct session *start_sender(const ip_addr_t *remote, u16_t port, u32_t flags, const struct session *like,
                                    const struct session *master)
{
  struct session *s = session_new(SENDER, master, like->report, like->report_arg);

  if (s == NULL) {
    return NULL;
  }
  s->pcb = tcp_new_ip_type(IP_GET_TYPE(remote));
  if (s->pcb == NULL) {
    session_free(s);
    return NULL;
  }
  s->amount = like->amount;
  s->timed = like->timed;
  s->started_ms = sys_now();
  ip_addr_copy(s->remote, *remote);
  s->remote_port = port;
  be32_put(s->header, flags);
  be32_put(s->header + 4, 1);
  be32_put(s->header + 8, LWIPERF_TCP_PORT_DEFAULT);
  be32_put(s->header + 20, s->timed ? 0u - s->amount : s->amount);
  attach(s);
  tcp_recv(s->pcb, sender_recv);
  tcp_sent(s->pcb, sender_sent);
  if (tcp_connect(s->pcb, remote, port, sender_connected) != ERR_OK) {
    give_up(s);
    return NULL;
  }
  return s;
}

/* ---- Receiving ---- */

/** Does the header ask for a test the other way that we are willing to do?  Fills in what to send. */
static bool wants_answer(struct session *s)
{
  const u32_t flags = be32_get(s->header);
  const u32_t amount = be32_get(s->header + 20);

  if (!(flags & FLAG_ANSWER)) {
    return false;
  }
  s->timed = (amount & 0x80000000u) != 0;
  s->amount = s->timed ? 0u - amount : amount;
  return true;
}

static bool answer_possible(const struct session *s)
{
  const u32_t threads = be32_get(s->header + 4);
  const u32_t port = be32_get(s->header + 8);

  return !(be32_get(s->header) & FLAG_UDP) && threads > 0 && threads <= THREADS_MAX && port > 0 && port <= 0xFFFF &&
         s->amount > 0 && (!s->timed || s->amount <= TIME_MAX);
}

/** Connect back, once, and only to where the request came from. */
static void answer(struct session *s)
{
  s->answered = true;
  (void)start_sender(&s->remote, (u16_t)be32_get(s->header + 8), 0, s, s->master);
}

/** The first octets of a connection say what is wanted.  @return false: they are nonsense */
static bool take_header(struct session *s, const struct pbuf *p)
{
  u16_t have = (u16_t)LWIP_MIN(s->octets, HEADER_LEN);
  u16_t got;

  if (have == HEADER_LEN) {
    return true;
  }
  got = pbuf_copy_partial(p, s->header + have, (u16_t)(HEADER_LEN - have), 0);
  if (have + got < HEADER_LEN || !wants_answer(s)) {
    return true;
  }
  if (!answer_possible(s)) {
    return false;
  }
  if (be32_get(s->header) & FLAG_NOW) {
    answer(s);
  }
  return true;
}

/** The digits of @p p, which begins at octet @p at of the connection. */
static bool data_right(const struct pbuf *p, u32_t at)
{
  u16_t i;

  for (i = 0; LWIPERF_CHECK_RX_DATA && i < p->tot_len; i++, at++) {
    if (at >= HEADER_LEN && pbuf_get_at(p, i) != '0' + at % 10) {
      return false;
    }
  }
  return true;
}

/** The listener for the way back of a test of ours has done its work. */
static void close_way_back(const struct session *master)
{
  struct session *s = sessions;

  while (s != NULL && (s->kind != LISTENER || s->master == NULL || s->master != master)) {
    s = s->next;
  }
  if (s != NULL) {
    tcp_close(s->pcb);
    session_free(s);
  }
}

static err_t receiver_end(struct session *s)
{
  close_way_back(s->master);
  if (s->octets >= HEADER_LEN && wants_answer(s) && !s->answered) {
    answer(s);
  }
  return finish(s, LWIPERF_TCP_DONE_SERVER);
}

static err_t receiver_recv(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err)
{
  struct session *s = (struct session *)arg;

  (void)err;
  if (p == NULL) {
    return receiver_end(s);
  }
  s->idle = 0;
  if (!take_header(s, p) || !data_right(p, s->octets)) {
    pbuf_free(p);
    return fail(s, LWIPERF_TCP_ABORTED_LOCAL_DATAERROR);
  }
  s->octets += p->tot_len;
  tcp_recved(pcb, p->tot_len);
  pbuf_free(p);
  return ERR_OK;
}

static err_t on_accept(void *arg, struct tcp_pcb *pcb, err_t err)
{
  struct session *listener = (struct session *)arg;
  struct session *s;

  if (err != ERR_OK || pcb == NULL || listener == NULL) {
    return ERR_VAL;
  }
  if (!ip_addr_isany(&listener->remote) && !ip_addr_cmp(&listener->remote, &pcb->remote_ip)) {
    return ERR_VAL;
  }
  s = session_new(RECEIVER, listener->master != NULL ? listener->master : listener, listener->report,
                  listener->report_arg);
  if (s == NULL) {
    return ERR_MEM;
  }
  s->pcb = pcb;
  note_addresses(s);
  attach(s);
  tcp_recv(pcb, receiver_recv);
  return ERR_OK;
}

static struct session *start_listener(const ip_addr_t *addr, u16_t port, const struct session *master,
                                      lwiperf_report_fn fn, void *arg)
{
  struct session *s = session_new(LISTENER, master, fn, arg);
  struct tcp_pcb *pcb;

  if (s == NULL) {
    return NULL;
  }
  pcb = tcp_new_ip_type(LWIPERF_SERVER_IP_TYPE);
  if (pcb != NULL && tcp_bind(pcb, addr, port) == ERR_OK) {
    s->pcb = tcp_listen_with_backlog(pcb, 1);
  }
  if (s->pcb == NULL) {
    if (pcb != NULL) {
      tcp_close(pcb);
    }
    session_free(s);
    return NULL;
  }
  tcp_arg(s->pcb, s);
  tcp_accept(s->pcb, on_accept);
  return s;
}

static void session_abort(struct session *s)
{
  if (s->kind == LISTENER) {
    tcp_close(s->pcb);
    session_free(s);
  } else {
    give_up(s);
  }
}

/* ---- Public ---- */

void *lwiperf_start_tcp_server(const ip_addr_t *local_addr, u16_t local_port, lwiperf_report_fn report_fn,
                               void *report_arg)
{
  return local_addr != NULL ? start_listener(local_addr, local_port, NULL, report_fn, report_arg) : NULL;
}

void *lwiperf_start_tcp_server_default(lwiperf_report_fn report_fn, void *report_arg)
{
  return start_listener(IP_ANY_TYPE, LWIPERF_TCP_PORT_DEFAULT, NULL, report_fn, report_arg);
}

void *lwiperf_start_tcp_client(const ip_addr_t *remote_addr, u16_t remote_port, enum lwiperf_client_type type,
                               lwiperf_report_fn report_fn, void *report_arg)
{
  struct session like;
  struct session *s;
  struct session *back;
  u32_t flags = 0;

  if (remote_addr == NULL || remote_port == 0) {
    return NULL;
  }
  memset(&like, 0, sizeof like);
  like.report = report_fn;
  like.report_arg = report_arg;
  like.amount = DEFAULT_TIME;
  like.timed = true;
  if (type != LWIPERF_CLIENT) {
    flags = FLAG_ANSWER | (type == LWIPERF_DUAL ? FLAG_NOW : 0);
  }
  s = start_sender(remote_addr, remote_port, flags, &like, NULL);
  if (s == NULL || type == LWIPERF_CLIENT) {
    return s;
  }
  back = start_listener(IP_ANY_TYPE, LWIPERF_TCP_PORT_DEFAULT, s, report_fn, report_arg);
  if (back == NULL) {
    give_up(s);
    return NULL;
  }
  ip_addr_copy(back->remote, *remote_addr);
  return s;
}

void *lwiperf_start_tcp_client_default(const ip_addr_t *remote_addr, lwiperf_report_fn report_fn, void *report_arg)
{
  return lwiperf_start_tcp_client(remote_addr, LWIPERF_TCP_PORT_DEFAULT, LWIPERF_CLIENT, report_fn, report_arg);
}

void lwiperf_abort(void *lwiperf_session)
{
  struct session *s;
  struct session *next;
  struct session *self = NULL;

  for (s = sessions; s != NULL; s = next) {
    next = s->next;
    if (s == lwiperf_session) {
      self = s;
    } else if (s->master == lwiperf_session) {
      session_abort(s);
    }
  }
  if (self != NULL) {
    session_abort(self);
  }
}

#endif
