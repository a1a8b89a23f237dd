/** One connection of the HTTP server: shared by httpd.c (its life) and http_response.c (what is sent). */
#ifndef LWIP_STACK_APP_HTTP_CONN_H
#define LWIP_STACK_APP_HTTP_CONN_H

#include "http_request.h"
#include "lwip/altcp.h"
#include "lwip/apps/fs.h"
#include "lwip/pbuf.h"

enum http_state {
  HTTP_READING, /**< a request is coming in, or none yet */
  HTTP_SENDING, /**< the answer is being queued */
  HTTP_SENT,    /**< all of it is queued */
  HTTP_CLOSING  /**< our side is, or is about to be, shut down */
};

enum {
  HTTP_CONN_FILE = 0x01,      /**< file is open */
  HTTP_CONN_HEADER = 0x02,    /**< a header must be made and queued in front of the contents */
  HTTP_CONN_KEEP = 0x04,      /**< stays open after this answer */
  HTTP_CONN_LOST = 0x08,      /**< what the peer sends cannot be understood any more: discard it */
  HTTP_CONN_PEER_DONE = 0x10, /**< the peer has sent its FIN */
  HTTP_CONN_FIN_SENT = 0x20,  /**< we have sent ours */
  HTTP_CONN_COPY = 0x40       /**< what is at 'at' will change: TCP must copy it */
};

struct http_conn {
#if LWIP_HTTPD_KILL_OLD_ON_CONNECTIONS_EXCEEDED
  struct http_conn *older, *newer;
#endif
  struct altcp_pcb *pcb;
  struct pbuf *in; /**< received, not parsed yet; the window is opened when it is */
  const char *at;  /**< contents to be queued next... */
  u32_t left;      /**< ...and how many octets of them are in memory */
  u32_t unacked;   /**< octets queued and not acknowledged */
#if LWIP_HTTPD_DYNAMIC_FILE_READ
  char *buf; /**< where the file is read to */
  u16_t buf_len;
#endif
  u16_t status; /**< HTTP status of the answer */
  u8_t state;   /**< enum http_state */
  u8_t flags;   /**< HTTP_CONN_* */
  u8_t retries; /**< polls since something moved */
  struct fs_file file;
  struct http_request req;
};

/** Begin the answer @p v to the request in c->req: find the file.  c is HTTP_SENDING afterwards. */
void http_response_start(struct http_conn *c, enum http_verdict v);

/** Queue as much of the answer as TCP takes now.  @return true: that was all of it */
int http_response_send(struct http_conn *c);

/** Close the file, if one is open.  Nothing may be in flight from its memory. */
void http_response_end(struct http_conn *c);

/** The file has something to read: go on.  @p arg is the connection.  (In httpd.c.) */
void httpd_continue(void *arg);

#endif
