/**
 * An HTTP request as it comes in (RFC 9112): octets in, a parsed request out.  Knows no connection and no pbuf.
 *
 * A request is parsed line by line in one buffer: first the request line, of which the path stays there as
 * a string, then each header line behind the path.  Nothing else is kept, so a request may have more header
 * lines than there is memory, and may come one octet at a time.
 */
#ifndef LWIP_STACK_APP_HTTP_REQUEST_H
#define LWIP_STACK_APP_HTTP_REQUEST_H

#include "lwip/apps/httpd_opts.h"
#include "lwip/arch.h"
#include <stddef.h>

/** What http_request_feed() thinks of the octets so far; the numbers from 400 on are HTTP status codes. */
enum http_verdict {
  HTTP_MORE = 0,
  HTTP_OK = 200,
  HTTP_BAD_REQUEST = 400,
  HTTP_NOT_FOUND = 404,
  HTTP_NOT_ALLOWED = 405,
  HTTP_TOO_LARGE = 413,
  HTTP_URI_TOO_LONG = 414,
  HTTP_HEADER_TOO_LARGE = 431,
  HTTP_NOT_IMPLEMENTED = 501
};

enum {
  HTTP_REQ_HEAD = 0x01,      /**< only the header is wanted */
  HTTP_REQ_V09 = 0x02,       /**< HTTP/0.9: only the contents are wanted */
  HTTP_REQ_V11 = 0x04,       /**< HTTP/1.1 or later */
  HTTP_REQ_KEEPALIVE = 0x08, /**< the connection may stay open */
  HTTP_REQ_BODY = 0x10,      /**< a body follows */
  HTTP_REQ_HOST = 0x20,      /**< the Host line was seen */
  HTTP_REQ_LENGTH = 0x40,    /**< a Content-Length line was seen */
  HTTP_REQ_LINE_CUT = 0x80   /**< the present header line is longer than the buffer */
};

struct http_request {
  u16_t total; /**< octets of request seen so far */
  u16_t path;  /**< octets of path with its NUL at the start of buf; 0: the request line is not complete */
  u16_t line;  /**< octets of the present line, behind the path */
  u8_t flags;  /**< HTTP_REQ_* */
  char buf[LWIP_X_HTTPD_LINE_LEN + 1];
};

/** Be ready for the next request. */
void http_request_start(struct http_request *r);

/**
 * Take in octets of a request.  Borrows @p data.
 * @param used set to the octets that belonged to the request (and were taken in); with a status code other
 *             than HTTP_OK the connection has lost its place and must close after the answer
 * @return HTTP_MORE, or how to answer
 */
enum http_verdict http_request_feed(struct http_request *r, const char *data, size_t len, size_t *used);

/** The path asked for, decoded, without parameters; no ".." in it. */
static inline const char *http_request_path(const struct http_request *r)
{
  return r->buf;
}

#endif
