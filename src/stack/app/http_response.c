/**
 * HTTP answers (RFC 9110, RFC 9112): which file, which header, and feeding them to TCP.
 *
 * An answer is a header, made here or brought along by the file, and contents that lie in memory (queued
 * without a copy) or are read piece by piece into c->buf.  The header is made anew each time TCP had no room
 * for it, so that nothing has to be kept; contents are queued from c->at on, c->left octets.
 *
 * The built-in answers to bad requests are a header with a short page behind it, in one piece.
 */
#include "http_conn.h"

#if LWIP_TCP && LWIP_CALLBACK_API

#include "fs_custom.h"
#include "lwip/init.h"
#include "lwip/mem.h"
#include <string.h>

#ifndef HTTP_IS_DATA_VOLATILE
#define HTTP_IS_DATA_VOLATILE(hs) ((u8_t)((hs)->flags & HTTP_CONN_COPY ? TCP_WRITE_FLAG_COPY : 0))
#endif

#ifndef HTTPD_MAX_WRITE_LEN
#define HTTPD_MAX_WRITE_LEN(pcb) 0xFFFFu
#endif

/** Octets of header and built-in page at most, without the name of the server. */
#define HEADER_MAX 288

static const struct {
  u16_t status;
  char text[22];
} reasons[] = {
  { HTTP_OK, "OK" },
  { HTTP_BAD_REQUEST, "Bad Request" },
  { HTTP_NOT_FOUND, "Not Found" },
  { HTTP_NOT_ALLOWED, "Method Not Allowed" },
  { HTTP_URI_TOO_LONG, "URI Too Long" },
  { HTTP_HEADER_TOO_LARGE, "Header Too Large" },
  { HTTP_NOT_IMPLEMENTED, "Not Implemented" },
};

/** The file that stands for a directory. */
static const char defaults[][12] = {
#if LWIP_HTTPD_SSI
  "index.shtml", "index.ssi", "index.shtm",
#endif
  "index.html", "index.htm"
};

/* ---- Text ---- */

static char *put(char *to, const char *s)
{
  size_t n = strlen(s);
  memcpy(to, s, n);
  return to + n;
}

static char *put_u32(char *to, u32_t v)
{
  char digits[11];
  char *d = digits + sizeof digits - 1;

  *d = 0;
  do {
    *--d = (char)('0' + v % 10);
    v /= 10;
  } while (v != 0);
  return put(to, d);
}

static char *put_status(char *to, u16_t status)
{
  size_t i = 0;

  while (i < LWIP_ARRAYSIZE(reasons) - 1 && reasons[i].status != status) {
    i++;
  }
  to = put_u32(to, status);
  *to++ = ' ';
  return put(to, reasons[i].text);
}

/** The type of the contents by the extension of their name.  (Without LWIP_HTTPD_DYNAMIC_HEADERS nobody asks, and it is left out.) */
static inline const char *content_type(const char *path)
{
  static const char types[][2][25] = {
    { "html", "text/html" },     { "htm", "text/html" },         { "shtml", "text/html" },
    { "shtm", "text/html" },     { "ssi", "text/html" },         { "css", "text/css" },
    { "js", "text/javascript" }, { "json", "application/json" }, { "txt", "text/plain" },
    { "xml", "text/xml" },       { "svg", "image/svg+xml" },     { "png", "image/png" },
    { "jpg", "image/jpeg" },     { "gif", "image/gif" },         { "ico", "image/x-icon" },
    { "bmp", "image/bmp" },      { "pdf", "application/pdf" },   { "wasm", "application/wasm" },
    { "woff2", "font/woff2" },
  };
  const char *ext = strrchr(path, '.');
  size_t i;

  for (i = 0; ext != NULL && i < LWIP_ARRAYSIZE(types); i++) {
    if (strcmp(ext + 1, types[i][0]) == 0) {
      return types[i][1];
    }
  }
  return ext == NULL ? "text/plain" : "application/octet-stream";
}

/** Make the header of the answer, with the built-in page if no file is open.  @return its end */
static char *make_header(const struct http_conn *c, char *to)
{
  static const char page[] = "<!DOCTYPE html><title></title><h1></h1>";
  char status[32];
  u32_t len;

  *put_status(status, c->status) = 0;
  to = put(put(to, "HTTP/1.1 "), status);
  to = put(to, "\r\nServer: " HTTPD_SERVER_AGENT "\r\nContent-Type: ");
  if (LWIP_HTTPD_DYNAMIC_HEADERS && (c->flags & HTTP_CONN_FILE)) {
    to = put(to, content_type(c->status == HTTP_OK ? http_request_path(&c->req) : ".html"));
    len = (u32_t)c->file.len;
  } else {
    to = put(to, "text/html");
    len = (u32_t)(sizeof page - 1 + 2 * strlen(status));
  }
  to = put_u32(put(to, "\r\nContent-Length: "), len);
  to = put(to, c->status == HTTP_NOT_ALLOWED ? "\r\nAllow: GET, HEAD" : "");
  to = put(to, c->flags & HTTP_CONN_KEEP ? "\r\nConnection: keep-alive\r\n\r\n" : "\r\nConnection: close\r\n\r\n");
  if (!(c->flags & HTTP_CONN_FILE) && !(c->req.flags & HTTP_REQ_HEAD)) {
    to = put(put(to, "<!DOCTYPE html><title>"), status);
    to = put(put(put(to, "</title><h1>"), status), "</h1>");
  }
  return to;
}

/* ---- Finding the file ---- */

static int try_open(struct http_conn *c, const char *name)
{
  if (fs_open(&c->file, name) != ERR_OK) {
    return 0;
  }
  c->flags |= HTTP_CONN_FILE;
  return 1;
}

/** Open the file of the path; for a directory the first of its default files that exists. */
static int open_path(struct http_conn *c)
{
  char *path = c->req.buf;
  size_t len = strlen(path);
  size_t i;

  if (path[len - 1] == '/' && (len == 1 || LWIP_HTTPD_MAX_REQUEST_URI_LEN > 0)) {
    for (i = 0; i < LWIP_ARRAYSIZE(defaults); i++) { /* the parser left room for header lines, which are read by now */
      memcpy(path + len, defaults[i], sizeof defaults[i]);
      if (try_open(c, path)) {
        return 1;
      }
    }
    path[len] = 0;
  }
  return try_open(c, path);
}

/** Open the program's own page for a status that is not OK, such as /404.html. */
static void open_status_page(struct http_conn *c)
{
  static const char exts[][7] = { ".html", ".htm", ".shtml" };
  char name[12];
  char *end;
  size_t i;

  name[0] = '/';
  end = put_u32(name + 1, c->status);
  for (i = 0; i < LWIP_ARRAYSIZE(exts); i++) {
    memcpy(end, exts[i], sizeof exts[i]);
    if (try_open(c, name)) {
      return;
    }
  }
}

/** Octets of header that the file brings along: up to its first empty line. */
static u32_t included_header(const struct fs_file *file)
{
  int i;

  for (i = 0; i + 4 <= file->len; i++) {
    if (memcmp(file->data + i, "\r\n\r\n", 4) == 0) {
      return (u32_t)i + 4;
    }
  }
  return 0;
}

/** Point at the contents in memory, without those parts that the request does not want. */
static void aim_at_contents(struct http_conn *c)
{
  u32_t header;

  c->at = c->file.data;
  c->left = c->file.data != NULL && c->file.len > 0 ? (u32_t)c->file.len : 0;
  if ((c->file.flags & FS_FILE_FLAGS_HEADER_INCLUDED) && c->left > 0 &&
      (c->req.flags & (HTTP_REQ_HEAD | HTTP_REQ_V09))) {
    header = included_header(&c->file);
    if (c->req.flags & HTTP_REQ_V09) {
      c->at += header;
      c->left -= header;
    } else if (header != 0) {
      c->left = header;
    }
  } else if (c->req.flags & HTTP_REQ_HEAD) {
    c->left = 0;
  }
}

/** Is a header to be made for the open file? */
static int wants_header(const struct http_conn *c)
{
  if (!LWIP_HTTPD_DYNAMIC_HEADERS || (c->file.flags & FS_FILE_FLAGS_HEADER_INCLUDED)) {
    return 0;
  }
  return !(LWIP_HTTPD_OMIT_HEADER_FOR_EXTENSIONLESS_URI && strchr(http_request_path(&c->req), '.') == NULL);
}

void http_response_start(struct http_conn *c, enum http_verdict v)
{
  u8_t keep = 0;

  c->status = (u16_t)v;
  c->left = 0;
  c->state = HTTP_SENDING;
  c->flags = (u8_t)(c->flags & ~(HTTP_CONN_KEEP | HTTP_CONN_HEADER | HTTP_CONN_COPY));
  if (v != HTTP_OK || (c->req.flags & HTTP_REQ_BODY)) {
    c->flags |= HTTP_CONN_LOST;
  }
  if (v == HTTP_OK && !open_path(c)) {
    c->status = HTTP_NOT_FOUND;
  }
  if (c->status != HTTP_OK) {
    open_status_page(c);
  }
  if (!(c->flags & HTTP_CONN_FILE)) {
    c->flags |= HTTP_CONN_HEADER;
    keep = c->status == HTTP_NOT_FOUND;
  } else {
    aim_at_contents(c);
    if (wants_header(c)) {
      c->flags |= HTTP_CONN_HEADER;
      keep = 1;
    } else if (c->file.flags & FS_FILE_FLAGS_HEADER_PERSISTENT) {
      keep = 1;
    }
  }
  if (c->req.flags & HTTP_REQ_V09) {
    c->flags = (u8_t)(c->flags & ~HTTP_CONN_HEADER);
  }
  if (LWIP_HTTPD_SUPPORT_11_KEEPALIVE && keep && (c->req.flags & HTTP_REQ_KEEPALIVE) &&
      !(c->flags & (HTTP_CONN_LOST | HTTP_CONN_PEER_DONE))) {
    c->flags |= HTTP_CONN_KEEP;
  }
}

/* ---- Sending ---- */

/** Queue up to @p len octets, fewer if TCP is short of memory.  @return how many were queued */
static u32_t queue(struct http_conn *c, const char *data, u32_t len, u8_t apiflags)
{
  u32_t max = (u32_t)altcp_sndbuf(c->pcb);

  max = LWIP_MIN(max, HTTPD_MAX_WRITE_LEN(c->pcb));
  if (len > max) {
    len = max;
    apiflags |= TCP_WRITE_FLAG_MORE;
  }
  len = LWIP_MIN(len, 0xFFFFu);
  while (len > 0 && altcp_write(c->pcb, data, (u16_t)len, apiflags) != ERR_OK) {
    if (altcp_sndqueuelen(c->pcb) >= TCP_SND_QUEUELEN) {
      return 0;
    }
    len /= 2;
    apiflags |= TCP_WRITE_FLAG_MORE;
  }
  c->unacked += len;
  return len;
}

/** Queue the header whole.  @return false: no room now */
static int send_header(struct http_conn *c)
{
  char text[HEADER_MAX + sizeof HTTPD_SERVER_AGENT];
  u16_t len = (u16_t)(make_header(c, text) - text);

  if (altcp_sndbuf(c->pcb) < len ||
      altcp_write(c->pcb, text, len, c->left != 0 ? TCP_WRITE_FLAG_COPY | TCP_WRITE_FLAG_MORE : TCP_WRITE_FLAG_COPY) !=
        ERR_OK) {
    return 0;
  }
  c->unacked += len;
  c->flags = (u8_t)(c->flags & ~HTTP_CONN_HEADER);
  return 1;
}

#if LWIP_HTTPD_FS_ASYNC_READ
static int file_ready(struct http_conn *c)
{
  return !(c->flags & HTTP_CONN_FILE) || fs_is_file_ready(&c->file, httpd_continue, c);
}
#else
static inline int file_ready(struct http_conn *c)
{
  (void)c;
  return 1;
}
#endif

#if LWIP_HTTPD_DYNAMIC_FILE_READ

#if LWIP_HTTPD_FS_ASYNC_READ
static int read_some(struct http_conn *c)
{
  return fs_read_async(&c->file, c->buf, c->buf_len, httpd_continue, c);
}
#else
static int read_some(struct http_conn *c)
{
  return fs_read(&c->file, c->buf, c->buf_len);
}
#endif

/** The contents in memory are queued: read more.  @return true: there is no more; false: there may be later, or c->left is set */
static int read_more(struct http_conn *c)
{
  int n = fs_bytes_left(&c->file);

  if (n <= 0 || (c->req.flags & HTTP_REQ_HEAD)) {
    return 1;
  }
  if (c->buf == NULL) {
    c->buf_len = (u16_t)LWIP_MIN((u32_t)n, 2u * altcp_mss(c->pcb));
    c->buf = (char *)mem_malloc(c->buf_len);
    if (c->buf == NULL) {
      return 0; /* the next poll tries again */
    }
  }
  n = read_some(c);
  if (n > 0) {
    c->at = c->buf;
    c->left = (u32_t)n;
    c->flags |= HTTP_CONN_COPY;
  }
  return n <= 0 && n != FS_READ_DELAYED;
}

static void free_buf(struct http_conn *c)
{
  if (c->buf != NULL) {
    mem_free(c->buf);
    c->buf = NULL;
  }
}

#else

static inline int read_more(struct http_conn *c)
{
  (void)c;
  return 1;
}
static inline void free_buf(struct http_conn *c)
{
  (void)c;
}

#endif

int http_response_send(struct http_conn *c)
{
  u32_t n;

  if (!file_ready(c) || ((c->flags & HTTP_CONN_HEADER) && !send_header(c))) {
    return 0;
  }
  if (c->left == 0 && (c->flags & HTTP_CONN_FILE) && read_more(c)) {
    return 1;
  }
  if (c->left != 0) {
    n = queue(c, c->at, c->left, HTTP_IS_DATA_VOLATILE(c));
    c->at += n;
    c->left -= n;
    return c->left == 0 && (!LWIP_HTTPD_DYNAMIC_FILE_READ || fs_bytes_left(&c->file) <= 0);
  }
  return !(c->flags & HTTP_CONN_FILE);
}

void http_response_end(struct http_conn *c)
{
  if (c->flags & HTTP_CONN_FILE) {
    fs_close(&c->file);
    c->flags = (u8_t)(c->flags & ~HTTP_CONN_FILE);
  }
  free_buf(c);
}

#endif
