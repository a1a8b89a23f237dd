/* LINK: app/httpd.c app/http_request.c app/http_response.c app/fs.c mem/pbuf.c mem/pbuf_copy.c mem/pbuf_queue.c mem/pbuf_ctrl.c mem/memp.c mem/heap.c mem/heap_calloc.c mem/mem_guard.c base/stats.c base/def.c base/ip4_addr.c base/ip4_text.c link/ip_text.c link/ip6_text.c */
/**
 * The HTTP server over a fake connection that takes as much, and acknowledges as late, as a test wants.
 * HTTP-05 and HTTP-07 of the hostile inputs; RFC 9110, 9112.
 */
#include "lwip/altcp.h"
#include "lwip/altcp_tcp.h"
#include "lwip/apps/fs.h"
#include "lwip/apps/httpd.h"
#include "lwip/mem.h"
#include "lwip/memp.h"
#include "lwip/stats.h"
#include "mem/drop.h"
#include "mem/pbuf_hook.h"
#include "test_port.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lwip/netif.h"

/* No interfaces here: no zones by name. */
u8_t netif_name_to_index(const char *name)
{
  (void)name;
  return NETIF_NO_INDEX;
}

#define GET(path) "GET " path " HTTP/1.1\r\nHost: a\r\n\r\n"
#define MSS 100

/* ---- The fake connection ---- */

struct conn {
  struct altcp_pcb pcb; /**< first, so that the one is the other */
  char out[65536];      /**< what was queued... */
  size_t queued, acked; /**< ...and acknowledged of it, octets */
  size_t window;        /**< octets that may be queued and not acknowledged */
  size_t recved;        /**< the window was opened by so many octets */
  bool shut, closed, aborted, attached;
  bool refuse_writes, refuse_close;
  struct pbuf *refused; /**< the callback did not want it */
};

/** Queued without a copy and not acknowledged: must not change. */
struct lent {
  const struct conn *c;
  const char *data;
  size_t at, len;
};

static struct altcp_pcb listener;
static struct lent lent[256];
static unsigned num_lent;

static struct conn *of(struct altcp_pcb *pcb)
{
  return (struct conn *)(void *)pcb;
}

struct altcp_pcb *altcp_tcp_new_ip_type(u8_t ip_type)
{
  (void)ip_type;
  return &listener;
}

err_t altcp_bind(struct altcp_pcb *pcb, const ip_addr_t *addr, u16_t port)
{
  (void)pcb;
  (void)addr;
  return port == 80 ? ERR_OK : ERR_USE;
}

struct altcp_pcb *altcp_listen_with_backlog_and_err(struct altcp_pcb *pcb, u8_t backlog, err_t *err)
{
  (void)backlog;
  (void)err;
  return pcb;
}

void altcp_setprio(struct altcp_pcb *pcb, u8_t prio)
{
  (void)pcb;
  (void)prio;
}

void altcp_arg(struct altcp_pcb *pcb, void *arg)
{
  pcb->arg = arg;
}

void altcp_accept(struct altcp_pcb *pcb, altcp_accept_fn fn)
{
  pcb->accept = fn;
}

void altcp_recv(struct altcp_pcb *pcb, altcp_recv_fn fn)
{
  pcb->recv = fn;
}

void altcp_sent(struct altcp_pcb *pcb, altcp_sent_fn fn)
{
  pcb->sent = fn;
}

void altcp_err(struct altcp_pcb *pcb, altcp_err_fn fn)
{
  pcb->err = fn;
}

void altcp_poll(struct altcp_pcb *pcb, altcp_poll_fn fn, u8_t interval)
{
  pcb->poll = fn;
  pcb->pollinterval = interval;
}

u16_t altcp_mss(struct altcp_pcb *pcb)
{
  (void)pcb;
  return MSS;
}

u16_t altcp_sndbuf(struct altcp_pcb *pcb)
{
  return (u16_t)LWIP_MIN(of(pcb)->window - (of(pcb)->queued - of(pcb)->acked), 0xFFFFu);
}

u16_t altcp_sndqueuelen(struct altcp_pcb *pcb)
{
  return of(pcb)->refuse_writes ? TCP_SND_QUEUELEN : 0;
}

err_t altcp_write(struct altcp_pcb *pcb, const void *data, u16_t len, u8_t flags)
{
  struct conn *c = of(pcb);

  ck_assert(!c->closed && !c->aborted && !c->shut);
  if (c->refuse_writes || len > altcp_sndbuf(pcb)) {
    return ERR_MEM;
  }
  ck_assert(c->queued + len <= sizeof c->out);
  memcpy(c->out + c->queued, data, len);
  if (!(flags & TCP_WRITE_FLAG_COPY)) {
    ck_assert(num_lent < LWIP_ARRAYSIZE(lent));
    lent[num_lent++] = (struct lent){ c, data, c->queued, len };
  }
  c->queued += len;
  return ERR_OK;
}

err_t altcp_output(struct altcp_pcb *pcb)
{
  (void)pcb;
  return ERR_OK;
}

void altcp_recved(struct altcp_pcb *pcb, u16_t len)
{
  of(pcb)->recved += len;
}

err_t altcp_shutdown(struct altcp_pcb *pcb, int rx, int tx)
{
  ck_assert(!rx && tx && !of(pcb)->shut);
  of(pcb)->shut = true;
  return ERR_OK;
}

err_t altcp_close(struct altcp_pcb *pcb)
{
  if (of(pcb)->refuse_close) {
    return ERR_MEM;
  }
  ck_assert(!of(pcb)->closed);
  ck_assert(pcb->err == NULL); /* a closed pcb lives on and must not call back */
  of(pcb)->closed = true;
  return ERR_OK;
}

static void forget_lent(const struct conn *c)
{
  unsigned i;

  for (i = 0; i < num_lent; i++) {
    if (lent[i].c == c) {
      lent[i--] = lent[--num_lent];
    }
  }
}

void altcp_abort(struct altcp_pcb *pcb)
{
  ck_assert(!of(pcb)->closed && !of(pcb)->aborted);
  of(pcb)->aborted = true;
  forget_lent(of(pcb));
  if (pcb->err != NULL) {
    pcb->err(pcb->arg, ERR_ABRT);
  }
}

/** What was lent and is not acknowledged must still be there (AddressSanitizer sees it if not). */
static void check_lent(void)
{
  unsigned i;

  for (i = 0; i < num_lent; i++) {
    ck_assert(memcmp(lent[i].data, lent[i].c->out + lent[i].at, lent[i].len) == 0);
  }
}

/* ---- Files of the program ---- */

static int opened, closed_files, states;
static fs_wait_cb waiting;
static void *waiting_arg;
static bool ready;

int fs_open_custom(struct fs_file *file, const char *name)
{
  memset(file, 0, sizeof *file);
  if (strcmp(name, "/memory.txt") == 0) {
    file->len = 1000;
    file->index = file->len;
    file->pextension = malloc(1000);
    memset(file->pextension, 'm', 1000);
    file->data = (const char *)file->pextension;
  } else if (strcmp(name, "/pieces.txt") == 0 || strcmp(name, "/late.txt") == 0) {
    file->len = 777;
    file->pextension = malloc(name[1] == 'l' ? 2 : 1);
    *(char *)file->pextension = name[1];
  } else if (strcmp(name, "/own.html") == 0) {
    file->data = "HTTP/1.0 200 OK\r\nX: y\r\n\r\nown";
    file->len = (int)strlen(file->data);
    file->index = file->len;
    file->flags = FS_FILE_FLAGS_HEADER_INCLUDED;
  } else {
    return 0;
  }
  opened++;
  return 1;
}

void fs_close_custom(struct fs_file *file)
{
  closed_files++;
  check_lent();
  free(file->pextension);
}

static bool is_late(const struct fs_file *file)
{
  return file->pextension != NULL && file->data == NULL && *(char *)file->pextension == 'l';
}

u8_t fs_canread_custom(struct fs_file *file)
{
  return !is_late(file) || ready;
}

u8_t fs_wait_read_custom(struct fs_file *file, fs_wait_cb callback_fn, void *callback_arg)
{
  (void)file;
  waiting = callback_fn;
  waiting_arg = callback_arg;
  return 1;
}

int fs_read_async_custom(struct fs_file *file, char *buffer, int count, fs_wait_cb callback_fn, void *callback_arg)
{
  int i, n = LWIP_MIN(count, file->len - file->index);

  if (is_late(file) && !ready) {
    waiting = callback_fn;
    waiting_arg = callback_arg;
    return FS_READ_DELAYED;
  }
  if (n == 0) {
    return FS_READ_EOF;
  }
  for (i = 0; i < n; i++) {
    buffer[i] = (char)('a' + (file->index + i) % 26);
  }
  file->index += n;
  if (is_late(file)) {
    ready = false;
  }
  return n;
}

void *fs_state_init(struct fs_file *file, const char *name)
{
  (void)file;
  (void)name;
  states++;
  return &states;
}

void fs_state_free(struct fs_file *file, void *state)
{
  (void)file;
  ck_assert_ptr_eq(state, &states);
  states--;
}

/* ---- The rest of the stack that is linked in ---- */

void drop_count(enum lwip_x_drop reason)
{
  (void)reason;
}

u32_t sys_now(void)
{
  return 0;
}

#if PBUF_FREES_OOSEQ
void (*const pbuf_pool_empty_hook)(void) = NULL;
#endif

/* ---- Playing the peer ---- */

static struct conn conns[24];
static unsigned num_conns;

static struct conn *open_conn(void)
{
  struct conn *c = &conns[num_conns++];

  memset(c, 0, sizeof *c);
  c->window = 8 * MSS;
  if (listener.accept(NULL, &c->pcb, ERR_OK) != ERR_OK) {
    c->aborted = true;
  }
  return c;
}

static bool alive(const struct conn *c)
{
  return !c->closed && !c->aborted;
}

static void send_data(struct conn *c, const char *data, size_t len)
{
  struct pbuf *p = pbuf_alloc(PBUF_RAW, (u16_t)len, PBUF_POOL);

  ck_assert_ptr_nonnull(p);
  pbuf_take(p, data, (u16_t)len);
  if (c->pcb.recv(c->pcb.arg, &c->pcb, p, ERR_OK) == ERR_MEM) {
    ck_assert_ptr_null(c->refused);
    c->refused = p;
  }
}

static void send_text(struct conn *c, const char *s)
{
  send_data(c, s, strlen(s));
}

static void send_fin(struct conn *c)
{
  if (alive(c) && c->pcb.recv != NULL) {
    c->pcb.recv(c->pcb.arg, &c->pcb, NULL, ERR_OK);
  }
}

/** Acknowledge up to @p len octets; TCP offers what was refused again. */
static void ack(struct conn *c, size_t len)
{
  size_t n = LWIP_MIN(len, c->queued - c->acked);
  struct pbuf *p = c->refused;
  unsigned i;

  c->acked += n;
  check_lent();
  for (i = 0; i < num_lent; i++) {
    if (lent[i].c == c && lent[i].at + lent[i].len <= c->acked) {
      lent[i--] = lent[--num_lent];
    }
  }
  if (n > 0 && alive(c) && c->pcb.sent != NULL) {
    c->pcb.sent(c->pcb.arg, &c->pcb, (u16_t)n);
  }
  if (p != NULL && alive(c)) {
    c->refused = NULL;
    if (c->pcb.recv(c->pcb.arg, &c->pcb, p, ERR_OK) == ERR_MEM) {
      c->refused = p;
    }
  }
}

static void ack_all(struct conn *c, size_t step)
{
  int guard = 0;

  while (c->acked < c->queued && ++guard < 100000) {
    ack(c, step);
  }
}

static void tick(struct conn *c)
{
  if (alive(c) && c->pcb.poll != NULL) {
    c->pcb.poll(c->pcb.arg, &c->pcb);
  }
}

static void reset(struct conn *c)
{
  if (alive(c)) {
    c->aborted = true;
    forget_lent(c);
    if (c->pcb.err != NULL) {
      c->pcb.err(c->pcb.arg, ERR_RST);
    }
  }
  if (c->refused != NULL) {
    pbuf_free(c->refused);
    c->refused = NULL;
  }
}

static unsigned count(const struct conn *c, const char *what)
{
  char *text = (char *)calloc(1, c->queued + 1);
  unsigned n = 0;
  const char *s;

  memcpy(text, c->out, c->queued);
  for (s = strstr(text, what); s != NULL; s = strstr(s + 1, what)) {
    n++;
  }
  free(text);
  return n;
}

static void start(void)
{
  mem_init();
  memp_init();
  httpd_init();
  num_conns = 0;
}

/** Nothing may be left over. */
static void end(void)
{
  unsigned i;

  for (i = 0; i < num_conns; i++) {
    reset(&conns[i]);
  }
  ck_assert_int_eq(opened, closed_files);
  ck_assert_int_eq(states, 0);
  ck_assert_uint_eq(lwip_stats.mem.used, 0);
  ck_assert_uint_eq(lwip_stats.memp[MEMP_PBUF_POOL]->used, 0);
}

/* ---- Tests ---- */

static const char *const many[] = { "/", "/index.html", "/nothing", "/memory.txt", "/pieces.txt", "/404.html" };

START_TEST(a_page_and_the_connection_stays)
{
  struct conn *c = open_conn();

  send_text(c, GET("/"));
  ack_all(c, 10000);
  ck_assert(alive(c) && !c->shut);
  ck_assert_uint_eq(count(c, "HTTP/1.1 200 OK\r\n"), 1);
  ck_assert_uint_eq(count(c, "It works</h1>"), 1);
  ck_assert_uint_eq(c->recved, strlen(GET("/")));
  send_text(c, GET("/index.html"));
  ack_all(c, 10000);
  ck_assert_uint_eq(count(c, "HTTP/1.1 200 OK\r\n"), 2);
}
END_TEST

START_TEST(close_is_obeyed)
{
  struct conn *c = open_conn();

  send_text(c, "GET /memory.txt HTTP/1.0\r\n\r\n");
  ack_all(c, 10000);
  ck_assert_uint_eq(count(c, "Connection: close"), 1);
  ck_assert_uint_eq(count(c, "m"), 1000 + 0);
  ck_assert(c->closed);
}
END_TEST

START_TEST(octet_by_octet)
{
  static const char request[] = GET("/") GET("/memory.txt");
  struct conn *c = open_conn();
  size_t i;

  for (i = 0; i < sizeof request - 1; i++) {
    send_data(c, request + i, 1);
    ack_all(c, 10000);
  }
  ack_all(c, 10000);
  ck_assert_uint_eq(count(c, "200 OK"), 2);
  ck_assert_uint_eq(c->recved, sizeof request - 1);
}
END_TEST

/** Twenty requests in one segment are answered in order, whatever window the peer has. */
START_TEST(pipelined)
{
  char all[2048] = "";
  struct conn *c = open_conn();
  int i;

  c->window = (size_t)(_i == 0 ? 1 : _i) * 300; /* a header has to fit */
  for (i = 0; i < 20; i++) {
    strcat(all, i % 2 ? GET("/memory.txt") : GET("/nothing"));
  }
  send_data(c, all, strlen(all));
  ack_all(c, 37);
  ck_assert_uint_eq(count(c, "HTTP/1.1 200 OK"), 10);
  ck_assert_uint_eq(count(c, "HTTP/1.1 404 Not Found"), 10);
  ck_assert_uint_eq(c->recved, strlen(all));
  ck_assert(alive(c));
}
END_TEST

/** Requests in many segments during a long answer: a few are kept, the rest is left to TCP. */
START_TEST(requests_during_an_answer)
{
  struct conn *c = open_conn();
  int i;

  c->window = 400;
  for (i = 0; i < 12 && c->refused == NULL; i++) {
    send_text(c, GET("/memory.txt"));
  }
  ck_assert_int_eq(i, 1 + LWIP_HTTPD_REQ_QUEUELEN + 1);
  ck_assert_uint_eq(c->recved, strlen(GET("/memory.txt")));
  ack_all(c, 100);
  ck_assert_uint_eq(count(c, "200 OK"), (unsigned)i);
}
END_TEST

START_TEST(head_has_no_contents)
{
  struct conn *c = open_conn();

  send_text(c, "HEAD /memory.txt HTTP/1.1\r\nHost: a\r\n\r\n");
  ack_all(c, 1000);
  ck_assert_uint_eq(count(c, "Content-Length: 1000\r\n"), 1);
  ck_assert_uint_eq(count(c, "mmm"), 0);
  send_text(c, "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n"); /* brings its own header along */
  ack_all(c, 1000);
  ck_assert_uint_eq(count(c, "200 OK"), 2);
  ck_assert_uint_eq(count(c, "<"), 0);
  send_text(c, "HEAD /pieces.txt HTTP/1.1\r\nHost: a\r\n\r\n");
  ack_all(c, 1000);
  ck_assert_uint_eq(count(c, "abc"), 0);
  ck_assert_uint_eq(count(c, "Content-Length: 777\r\n"), 1);
  ck_assert(alive(c));
}
END_TEST

struct refusal {
  const char *request, *status, *also;
};
static const struct refusal refusals[] = {
  { "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello", "405 Method Not Allowed", "Allow: GET, HEAD\r\n" },
  { "what\r\n", "400 Bad Request", "Connection: close" },
  { "get / HTTP/1.1\r\n\r\n", "501 Not Implemented", "" },
  { "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "501 Not Implemented", "" },
};

/** The answer comes, our side is shut down, and the rest of what the peer sends is read, so that no reset overtakes the
 *  answer (RFC 9112 9.6). */
START_TEST(bad_requests_are_answered)
{
  const struct refusal *r = &refusals[_i];
  struct conn *c = open_conn();

  send_text(c, r->request);
  send_text(c, "and much more of it");
  ack_all(c, 1000);
  ck_assert_uint_eq(count(c, r->status), 3); /* status line, title, heading */
  ck_assert(*r->also == 0 || count(c, r->also) == 1);
  ck_assert(c->shut && alive(c));
  ck_assert_uint_eq(c->recved, strlen(r->request) + strlen("and much more of it"));
  send_fin(c);
  ck_assert(c->closed);
}
END_TEST

/** A body nobody wants is not mistaken for the next request. */
START_TEST(a_body_ends_the_connection)
{
  struct conn *c = open_conn();

  send_text(c, "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\n" GET("/memory.txt"));
  ack_all(c, 1000);
  ck_assert_uint_eq(count(c, "200 OK"), 1);
  ck_assert(c->shut);
  send_fin(c);
  ck_assert(c->closed);
}
END_TEST

START_TEST(pages_for_what_is_not_there)
{
  struct conn *c = open_conn();

  send_text(c, GET("/nothing")); /* the default files have a 404.html, which brings its header along */
  ack_all(c, 1000);
  ck_assert_uint_eq(count(c, "HTTP/1.1 404 Not Found\r\n"), 1);
  ck_assert_uint_eq(count(c, "There is no such page."), 1);
  ck_assert(alive(c));
}
END_TEST

START_TEST(http_0_9_gets_contents_only)
{
  struct conn *c = open_conn();

  send_text(c, "GET /own.html\r\n");
  ack_all(c, 1000);
  ck_assert(c->queued == 3 && memcmp(c->out, "own", 3) == 0);
  ck_assert(c->closed);
}
END_TEST

/** A file of the program's own goes away only when the peer has all of it. */
START_TEST(files_stay_open_until_acknowledged)
{
  struct conn *c = open_conn();

  c->window = 4000;
  send_text(c, _i ? "GET /memory.txt HTTP/1.0\r\n\r\n" : GET("/memory.txt"));
  while (c->queued < 1000) {
    ack(c, 1);
  }
  ack(c, c->queued - c->acked - 1);
  ck_assert_int_eq(closed_files, 0);
  ck_assert(alive(c));
  ack(c, 1);
  ack_all(c, 1000);
  ck_assert_int_eq(closed_files, 1);
  ck_assert_int_eq(c->closed, _i);
}
END_TEST

START_TEST(files_read_in_pieces)
{
  struct conn *c = open_conn();

  send_text(c, GET("/pieces.txt"));
  ack_all(c, 50);
  ck_assert_uint_eq(count(c, "Content-Length: 777\r\n"), 1);
  ck_assert_uint_eq(count(c, "abcdefghijklmnopqrstuvwxyz"), 777 / 26);
  ck_assert(alive(c));
}
END_TEST

START_TEST(files_that_take_their_time)
{
  struct conn *c = open_conn();
  int rounds;

  ready = false;
  send_text(c, GET("/late.txt"));
  ck_assert_uint_eq(c->queued, 0);
  ck_assert(waiting != NULL);
  for (rounds = 0; rounds < 50; rounds++) {
    ready = true;
    waiting(waiting_arg);
    ack_all(c, 1000);
  }
  ck_assert_uint_eq(count(c, "abcdefghijklmnopqrstuvwxyz"), 777 / 26);
  ck_assert(alive(c));
}
END_TEST

START_TEST(idle_connections_end)
{
  struct conn *c = open_conn();
  int i;

  send_text(c, "GET / HT");
  for (i = 1; i < HTTPD_MAX_RETRIES; i++) {
    tick(c);
    ck_assert(alive(c));
  }
  tick(c);
  ck_assert(c->closed);
}
END_TEST

/** A peer that does not take the answer is dropped, one that takes it slowly is not. */
START_TEST(stalled_peers_are_dropped)
{
  struct conn *slow = open_conn();
  struct conn *stalled = open_conn();
  int i;

  send_text(slow, GET("/memory.txt"));
  send_text(stalled, GET("/memory.txt"));
  for (i = 0; i < HTTPD_MAX_RETRIES; i++) {
    tick(slow);
    ack(slow, 1);
    tick(stalled);
  }
  ck_assert(alive(slow));
  ck_assert(stalled->aborted);
}
END_TEST

/** A request and the end of the connection: served, then closed. */
START_TEST(request_and_fin)
{
  struct conn *c = open_conn();

  send_text(c, GET("/memory.txt"));
  send_fin(c);
  ack_all(c, 10);
  ck_assert_uint_eq(count(c, "m"), 1000);
  ck_assert(c->closed);
}
END_TEST

START_TEST(fin_before_the_request_is_complete)
{
  struct conn *c = open_conn();

  send_text(c, "GET / HTTP");
  send_fin(c);
  ck_assert(c->closed);
  ck_assert_uint_eq(c->queued, 0);
}
END_TEST

/** The connection is reset after each possible number of acknowledged octets: nothing leaks (end() looks). */
START_TEST(resets_leak_nothing)
{
  unsigned i;
  size_t at;

  for (i = 0; i < LWIP_ARRAYSIZE(many); i++) {
    for (at = 0; at < 1300; at += 7) {
      char request[64];
      struct conn *c = open_conn();

      sprintf(request, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", many[i]);
      send_text(c, request);
      ack(c, at);
      ack(c, at);
      reset(c);
      num_conns = 0;
    }
  }
}
END_TEST

/** Each allocation fails once: the server gets on as soon as there is memory again. */
START_TEST(memory_runs_out)
{
  long n;

  for (n = 0; n < 12; n++) {
    struct conn *c;
    struct conn *again;

    test_alloc_countdown = n;
    c = open_conn();
    if (alive(c)) {
      struct pbuf *p = pbuf_alloc(PBUF_RAW, 48, PBUF_POOL);
      if (p != NULL) {
        pbuf_take(p, "GET /pieces.txt HTTP/1.1\r\nConnection: a\r\nHost: a\r\n\r\n", 48);
        c->pcb.recv(c->pcb.arg, &c->pcb, p, ERR_OK);
        ack_all(c, 100);
        tick(c);
        ack_all(c, 100);
      }
    }
    test_alloc_countdown = -1;
    reset(c);
    again = open_conn();
    send_text(again, GET("/"));
    ack_all(again, 1000);
    ck_assert_uint_eq(count(again, "200 OK"), 1);
    reset(again);
    num_conns = 0;
  }
}
END_TEST

START_TEST(tcp_has_no_room_for_a_while)
{
  struct conn *c = open_conn();

  c->refuse_writes = true;
  send_text(c, GET("/memory.txt"));
  ck_assert_uint_eq(c->queued, 0);
  c->refuse_writes = false;
  tick(c);
  ack_all(c, 1000);
  ck_assert_uint_eq(count(c, "m"), 1000);
}
END_TEST

START_TEST(close_is_tried_again)
{
  struct conn *c = open_conn();

  c->refuse_close = true;
  send_text(c, "GET / HTTP/1.0\r\n\r\n");
  ack_all(c, 1000);
  ck_assert(alive(c));
  c->refuse_close = false;
  tick(c);
  ck_assert(c->closed);
}
END_TEST

/** With LWIP_HTTPD_KILL_OLD_ON_CONNECTIONS_EXCEEDED the oldest connection makes room. */
START_TEST(the_oldest_makes_room)
{
  struct conn *c = NULL;
  int i;

  for (i = 0; i < MEMP_NUM_PARALLEL_HTTPD_CONNS + 2; i++) {
    c = open_conn();
    send_text(c, GET("/memory.txt"));
  }
  ck_assert(conns[0].aborted && conns[1].aborted && alive(&conns[2]));
  ack_all(c, 1000);
  ck_assert_uint_eq(count(c, "m"), 1000);
}
END_TEST

int main(void)
{
  Suite *s = suite_create("httpd");
  TCase *t = tcase_create("server");
  SRunner *runner;
  int failed;

  tcase_add_checked_fixture(t, start, end);
  tcase_add_test(t, a_page_and_the_connection_stays);
  tcase_add_test(t, close_is_obeyed);
  tcase_add_test(t, octet_by_octet);
  tcase_add_loop_test(t, pipelined, 0, 5);
  tcase_add_test(t, requests_during_an_answer);
  tcase_add_test(t, head_has_no_contents);
  tcase_add_loop_test(t, bad_requests_are_answered, 0, (int)LWIP_ARRAYSIZE(refusals));
  tcase_add_test(t, a_body_ends_the_connection);
  tcase_add_test(t, pages_for_what_is_not_there);
  tcase_add_test(t, http_0_9_gets_contents_only);
  tcase_add_loop_test(t, files_stay_open_until_acknowledged, 0, 2);
  tcase_add_test(t, files_read_in_pieces);
  tcase_add_test(t, files_that_take_their_time);
  tcase_add_test(t, idle_connections_end);
  tcase_add_test(t, stalled_peers_are_dropped);
  tcase_add_test(t, request_and_fin);
  tcase_add_test(t, fin_before_the_request_is_complete);
  tcase_add_test(t, resets_leak_nothing);
  tcase_add_test(t, memory_runs_out);
  tcase_add_test(t, tcp_has_no_room_for_a_while);
  tcase_add_test(t, close_is_tried_again);
  tcase_add_test(t, the_oldest_makes_room);
  suite_add_tcase(s, t);
  runner = srunner_create(s);
  srunner_run_all(runner, CK_ENV);
  failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
