/**
 * The HTTP server: the life of its connections.
 *
 *   READING --request--> SENDING --queued--> SENT --keep--> READING
 *                                              \--else--> CLOSING --acknowledged--> closed
 *
 * serve() walks these states as far as it can; each callback notes what happened and calls it last, for it
 * may free the connection.  While an answer is under way further requests stay in c->in with the window
 * closed over them; what does not fit there stays in TCP.
 *
 * A file of the program's own may vanish when it is closed, so it stays open until all of it is acknowledged.
 * After an answer to a request that could not be read to its end, our side is shut down and the peer's octets
 * are discarded until it closes too (RFC 9112 9.6): closing at once would send a reset that overtakes the answer.
 *
 * A connection on which nothing moves for HTTPD_MAX_RETRIES polls ends.
 */
#include "lwip/apps/httpd.h"

#if LWIP_TCP && LWIP_CALLBACK_API

#include "fs_custom.h"
#include "http_conn.h"
#include "lwip/altcp_tcp.h"
#include "lwip/debug.h"
#include "lwip/mem.h"
#include "lwip/memp.h"
#include <string.h>

#if LWIP_HTTPD_SSI || LWIP_HTTPD_CGI || LWIP_HTTPD_CGI_SSI
#error \
  "This version of httpd has no SSI and no CGI yet: set LWIP_HTTPD_SSI, LWIP_HTTPD_CGI and LWIP_HTTPD_CGI_SSI to 0 and use LWIP_HTTPD_CUSTOM_FILES"
#endif
#if LWIP_HTTPD_SUPPORT_POST
#error "This version of httpd has no POST yet: set LWIP_HTTPD_SUPPORT_POST to 0"
#endif
#if HTTPD_ENABLE_HTTPS
#error "This version has no TLS yet: set HTTPD_ENABLE_HTTPS to 0"
#endif
#if LWIP_HTTPD_TIMING
#error "This version of httpd does not time files: set LWIP_HTTPD_TIMING to 0"
#endif
#if LWIP_HTTPD_FS_ASYNC_READ && !LWIP_HTTPD_DYNAMIC_FILE_READ
#error "LWIP_HTTPD_FS_ASYNC_READ needs LWIP_HTTPD_DYNAMIC_FILE_READ: set it to 1 too"
#endif
#if LWIP_X_HTTPD_LINE_LEN < 80 || LWIP_X_HTTPD_LINE_LEN > 8192
#error "LWIP_X_HTTPD_LINE_LEN must be between 80 and 8192"
#endif
#if LWIP_X_HTTPD_MAX_HEADER_LEN > 60000
#error "LWIP_X_HTTPD_MAX_HEADER_LEN must not be above 60000"
#endif

#if LWIP_HTTPD_SUPPORT_REQUESTLIST
#define QUEUE_MAX LWIP_HTTPD_REQ_QUEUELEN
#else
#define QUEUE_MAX 1
#endif

/* ---- Memory ---- */

#if HTTPD_USE_MEM_POOL
#ifndef MEMP_NUM_PARALLEL_HTTPD_CONNS
#define MEMP_NUM_PARALLEL_HTTPD_CONNS MEMP_NUM_TCP_PCB
#endif
LWIP_MEMPOOL_DECLARE(HTTPD_STATE, MEMP_NUM_PARALLEL_HTTPD_CONNS, sizeof(struct http_conn), "HTTPD_STATE")
#define CONN_POOL_INIT() LWIP_MEMPOOL_INIT(HTTPD_STATE)
#define CONN_ALLOC() ((struct http_conn *)LWIP_MEMPOOL_ALLOC(HTTPD_STATE))
#define CONN_FREE(c) LWIP_MEMPOOL_FREE(HTTPD_STATE, (c))
#else
#define CONN_POOL_INIT()
#define CONN_ALLOC() ((struct http_conn *)mem_malloc(sizeof(struct http_conn)))
#define CONN_FREE(c) mem_free(c)
#endif

static void conn_detach(struct altcp_pcb *pcb)
{
  altcp_arg(pcb, NULL);
  altcp_recv(pcb, NULL);
  altcp_sent(pcb, NULL);
  altcp_err(pcb, NULL);
  altcp_poll(pcb, NULL, 0);
}

#if LWIP_HTTPD_KILL_OLD_ON_CONNECTIONS_EXCEEDED

static struct http_conn *oldest, *newest;

static void conn_list_add(struct http_conn *c)
{
  c->older = newest;
  c->newer = NULL;
  *(newest != NULL ? &newest->newer : &oldest) = c;
  newest = c;
}

static void conn_list_remove(struct http_conn *c)
{
  *(c->older != NULL ? &c->older->newer : &oldest) = c->newer;
  *(c->newer != NULL ? &c->newer->older : &newest) = c->older;
}

#else

static inline void conn_list_add(struct http_conn *c)
{
  (void)c;
}
static inline void conn_list_remove(struct http_conn *c)
{
  (void)c;
}

#endif

/** The pcb is gone, or no longer ours. */
static void conn_free(struct http_conn *c)
{
  conn_list_remove(c);
  if (c->in != NULL) {
    pbuf_free(c->in);
  }
  http_response_end(c);
  CONN_FREE(c);
}

static err_t conn_abort(struct http_conn *c)
{
  conn_detach(c->pcb);
  altcp_abort(c->pcb); /* first: what is queued may point into the file */
  conn_free(c);
  return ERR_ABRT;
}

#if LWIP_HTTPD_KILL_OLD_ON_CONNECTIONS_EXCEEDED

static struct http_conn *conn_alloc(void)
{
  struct http_conn *c = CONN_ALLOC();

  if (c == NULL && oldest != NULL) {
    conn_abort(oldest);
    c = CONN_ALLOC();
  }
  return c;
}

#else

static inline struct http_conn *conn_alloc(void)
{
  return CONN_ALLOC();
}

#endif

/* ---- Callbacks ---- */

static err_t on_recv(void *arg, struct altcp_pcb *pcb, struct pbuf *p, err_t err);
static err_t on_sent(void *arg, struct altcp_pcb *pcb, u16_t len);
static err_t on_poll(void *arg, struct altcp_pcb *pcb);
static void on_err(void *arg, err_t err);

static void conn_attach(struct http_conn *c)
{
  altcp_arg(c->pcb, c);
  altcp_recv(c->pcb, on_recv);
  altcp_sent(c->pcb, on_sent);
  altcp_err(c->pcb, on_err);
  altcp_poll(c->pcb, on_poll, HTTPD_POLL_INTERVAL);
}

/** Close for good; without memory for that now, a later poll tries again. */
static err_t conn_close(struct http_conn *c)
{
  conn_detach(c->pcb);
  if (altcp_close(c->pcb) == ERR_OK) {
    conn_free(c);
    return ERR_OK;
  }
  if (LWIP_HTTPD_ABORT_ON_CLOSE_MEM_ERROR) {
    return conn_abort(c);
  }
  conn_attach(c);
  c->state = HTTP_CLOSING;
  return ERR_OK;
}

static void discard_input(struct http_conn *c)
{
  if (c->in != NULL) {
    altcp_recved(c->pcb, c->in->tot_len);
    pbuf_free(c->in);
    c->in = NULL;
  }
}

/** The last answer is queued: see it through, then close. */
static err_t finish(struct http_conn *c)
{
  discard_input(c);
  if (!(c->flags & HTTP_CONN_LOST) && !((c->flags & HTTP_CONN_FILE) && fs_is_custom(&c->file) && c->unacked != 0)) {
    return conn_close(c);
  }
  c->state = HTTP_CLOSING;
  if (!(c->flags & HTTP_CONN_FIN_SENT)) {
    if (altcp_shutdown(c->pcb, 0, 1) != ERR_OK) {
      return ERR_OK; /* the next poll tries again */
    }
    c->flags |= HTTP_CONN_FIN_SENT;
  }
  if (c->unacked != 0 || ((c->flags & HTTP_CONN_LOST) && !(c->flags & HTTP_CONN_PEER_DONE))) {
    return ERR_OK;
  }
  return conn_close(c);
}

/** Feed what was received to the parser, up to the end of one request, and open the window by that much. */
static enum http_verdict read_request(struct http_conn *c)
{
  enum http_verdict v = HTTP_MORE;
  u16_t taken = 0;
  size_t used;

  while (v == HTTP_MORE && c->in != NULL) {
    v = http_request_feed(&c->req, (const char *)c->in->payload, c->in->len, &used);
    taken = (u16_t)(taken + used);
    c->in = pbuf_free_header(c->in, (u16_t)used);
  }
  altcp_recved(c->pcb, taken);
  return v;
}

/** The answer is queued and the connection stays.  @return false: wait until all is acknowledged */
static int next_request(struct http_conn *c)
{
  if ((c->flags & HTTP_CONN_FILE) && fs_is_custom(&c->file) && c->unacked != 0) {
    return 0;
  }
  http_response_end(c);
  http_request_start(&c->req);
  c->state = HTTP_READING;
  return 1;
}

/** Go on as far as possible.  May free @p c.  @return ERR_ABRT if the pcb was aborted */
static err_t serve(struct http_conn *c)
{
  enum http_verdict v;

  for (;;) {
    if (c->state == HTTP_READING) {
      v = c->in != NULL ? read_request(c) : HTTP_MORE;
      if (v == HTTP_MORE) {
        return c->flags & HTTP_CONN_PEER_DONE ? conn_close(c) : ERR_OK;
      }
      if (!LWIP_HTTPD_SUPPORT_EXTSTATUS && v != HTTP_OK) {
        return conn_close(c);
      }
      http_response_start(c, v);
    }
    if (c->state == HTTP_SENDING) {
      if (!http_response_send(c)) {
        return ERR_OK;
      }
      c->state = HTTP_SENT;
    }
    if (c->state == HTTP_CLOSING || !(c->flags & HTTP_CONN_KEEP)) {
      return finish(c);
    }
    if (!next_request(c)) {
      return ERR_OK;
    }
  }
}

static err_t on_recv(void *arg, struct altcp_pcb *pcb, struct pbuf *p, err_t err)
{
  struct http_conn *c = (struct http_conn *)arg;

  (void)pcb;
  (void)err;
  if (p == NULL) {
    c->flags |= HTTP_CONN_PEER_DONE;
    return serve(c);
  }
  if (c->in != NULL && pbuf_clen(c->in) >= QUEUE_MAX) {
    return ERR_MEM; /* TCP keeps it and offers it again */
  }
  if (c->in != NULL) {
    pbuf_cat(c->in, p);
  } else {
    c->in = p;
  }
  return serve(c);
}

static err_t on_sent(void *arg, struct altcp_pcb *pcb, u16_t len)
{
  struct http_conn *c = (struct http_conn *)arg;

  (void)pcb;
  c->retries = 0;
  c->unacked = len < c->unacked ? c->unacked - len : 0;
  return serve(c);
}

static err_t on_poll(void *arg, struct altcp_pcb *pcb)
{
  struct http_conn *c = (struct http_conn *)arg;

  (void)pcb;
  if (++c->retries >= HTTPD_MAX_RETRIES) {
    return c->state == HTTP_READING ? conn_close(c) : conn_abort(c);
  }
  return serve(c);
}

static void on_err(void *arg, err_t err)
{
  struct http_conn *c = (struct http_conn *)arg;

  (void)err;
  if (c != NULL) {
    conn_free(c);
  }
}

static err_t on_accept(void *arg, struct altcp_pcb *pcb, err_t err)
{
  struct http_conn *c;

  (void)arg;
  if (err != ERR_OK || pcb == NULL) {
    return ERR_VAL;
  }
  altcp_setprio(pcb, HTTPD_TCP_PRIO);
  c = conn_alloc();
  if (c == NULL) {
    return ERR_MEM;
  }
  memset(c, 0, offsetof(struct http_conn, req));
  c->pcb = pcb;
  c->state = HTTP_READING;
  http_request_start(&c->req);
  conn_list_add(c);
  conn_attach(c);
  return ERR_OK;
}

#if LWIP_HTTPD_FS_ASYNC_READ
void httpd_continue(void *arg)
{
  struct http_conn *c = (struct http_conn *)arg;
  struct altcp_pcb *pcb = c->pcb;

  if (serve(c) == ERR_OK) {
    altcp_output(pcb);
  }
}
#endif

void httpd_init(void)
{
  struct altcp_pcb *pcb;
  err_t err;

  CONN_POOL_INIT();
  pcb = altcp_tcp_new_ip_type(IPADDR_TYPE_ANY);
  LWIP_ASSERT("httpd: no pcb", pcb != NULL);
  altcp_setprio(pcb, HTTPD_TCP_PRIO);
  err = altcp_bind(pcb, IP_ANY_TYPE, HTTPD_SERVER_PORT);
  LWIP_ASSERT("httpd: port taken", err == ERR_OK);
  (void)err;
  pcb = altcp_listen(pcb);
  LWIP_ASSERT("httpd: no listening pcb", pcb != NULL);
  altcp_accept(pcb, on_accept);
}

#endif
