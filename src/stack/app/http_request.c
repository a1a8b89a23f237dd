/**
 * HTTP requests (RFC 9112).
 *
 * http_request_feed() collects a line in r->buf and hands it to request_line() or header_line(), which see
 * a NUL-terminated string without the line end.  A request line that does not fit is refused (414); a header
 * line that does not fit is cut: only Connection, Content-Length, Host and Transfer-Encoding mean anything
 * here, and a Content-Length or Transfer-Encoding that does not fit is refused.
 *
 * Whatever could be read in two ways is refused rather than guessed at, since a proxy in front of us may
 * guess the other way: white space before a colon, folded lines, two lengths, NUL.
 */
#include "http_request.h"

#if LWIP_TCP && LWIP_CALLBACK_API

#include <string.h>

/** Room that a request line must leave for header lines: the longest name of interest and a value. */
#define HEADER_ROOM 48

static char lower(char c)
{
  return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/** The rest of @p s behind the lower-case @p word, compared without regard to case; NULL if it begins otherwise. */
static const char *behind_word(const char *s, const char *word)
{
  for (; *word != 0; s++, word++) {
    if (lower(*s) != *word) {
      return NULL;
    }
  }
  return s;
}

static const char *skip_blanks(const char *s)
{
  while (*s == ' ' || *s == '\t') {
    s++;
  }
  return s;
}

const char *http_header_value(const char *line, const char *name)
{
  const char *s = behind_word(line, name);
  return s != NULL && *s == ':' ? skip_blanks(s + 1) : NULL;
}

int http_list_has(const char *list, const char *token)
{
  const char *end;

  for (; list != NULL; list = strchr(list, ',')) {
    list = skip_blanks(*list == ',' ? list + 1 : list);
    end = behind_word(list, token);
    if (end != NULL) {
      end = skip_blanks(end);
      if (*end == 0 || *end == ',') {
        return 1;
      }
    }
  }
  return 0;
}

static int hex_digit(char c)
{
  c = lower(c);
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/** Decode %XX in place (RFC 3986 2.1).  @return false: not two hexadecimal digits, or a control character */
static int decode(char *path)
{
  char *to = path;
  int high, low;

  for (; *path != 0; path++) {
    *to = *path;
    if (*path == '%') {
      high = hex_digit(path[1]);
      low = high < 0 ? -1 : hex_digit(path[2]);
      if (low < 0) {
        return 0;
      }
      *to = (char)(high * 16 + low);
      path += 2;
    }
    if ((unsigned char)*to < ' ') {
      return 0;
    }
    to++;
  }
  *to = 0;
  return 1;
}

/** Does the path climb: a segment "..", or a backslash, which some file systems take for a slash? */
static int climbs(const char *path)
{
  const char *s;

  for (s = path; *s != 0; s++) {
    if (*s == '\\' || (*s == '/' && s[1] == '.' && s[2] == '.' && (s[3] == '/' || s[3] == 0))) {
      return 1;
    }
  }
  return 0;
}

/** Leave the decoded path of the request target @p target (RFC 9112 3.2) at the start of the buffer. */
static enum http_verdict target_to_path(struct http_request *r, const char *target)
{
  const char *s = behind_word(target, "http://");
  char *params;

  if (s != NULL) { /* absolute form: the authority is ours, whatever it says */
    s = strchr(s, '/');
    target = s != NULL ? s : "/";
  }
  if (*target != '/') {
    return HTTP_BAD_REQUEST;
  }
  memmove(r->buf, target, strlen(target) + 1);
  params = strchr(r->buf, '?');
  if (params != NULL) {
    *params = 0;
  }
  if (!decode(r->buf)) {
    return HTTP_BAD_REQUEST;
  }
  r->path = (u16_t)(strlen(r->buf) + 1);
  return climbs(r->buf) ? HTTP_NOT_FOUND : HTTP_MORE;
}

/** "HTTP/1.x": sets the flags.  A bigger version is one we cannot speak. */
static int version(struct http_request *r, const char *v)
{
  if (strncmp(v, "HTTP/1.", 7) != 0 || v[7] < '0' || v[7] > '9' || v[8] != 0) {
    return 0;
  }
  if (v[7] != '0') {
    r->flags |= HTTP_REQ_V11 | HTTP_REQ_KEEPALIVE;
  }
  return 1;
}

/** Methods we know but no file of ours allows; any other is not implemented (RFC 9110 15.5.6, 15.6.2). */
static enum http_verdict method_refused(const char *line)
{
  static const char known[] = "POST PUT DELETE OPTIONS TRACE CONNECT PATCH ";
  const char *m = known;

  for (; *m != 0; m = strchr(m, ' ') + 1) {
    if (strncmp(line, m, (size_t)(strchr(m, ' ') + 1 - m)) == 0) {
      return HTTP_NOT_ALLOWED;
    }
  }
  return strchr(line, ' ') != NULL ? HTTP_NOT_IMPLEMENTED : HTTP_BAD_REQUEST;
}

/** method SP request-target SP HTTP-version, with single spaces (RFC 9112 section 3). */
static enum http_verdict request_line(struct http_request *r)
{
  char *target = r->buf + 4;
  char *end;

  if (strncmp(r->buf, "HEAD ", 5) == 0) {
    r->flags |= HTTP_REQ_HEAD;
    target = r->buf + 5;
  } else if (strncmp(r->buf, "GET ", 4) != 0) {
    return method_refused(r->buf);
  }
  end = strchr(target, ' ');
  if (end != NULL) {
    *end = 0;
    if (!version(r, end + 1)) {
      return HTTP_BAD_REQUEST;
    }
  } else if (LWIP_HTTPD_SUPPORT_V09 && !(r->flags & HTTP_REQ_HEAD)) {
    r->flags |= HTTP_REQ_V09;
  } else {
    return HTTP_BAD_REQUEST;
  }
  return target_to_path(r, target);
}

/** A length of zero is no body; anything but digits, or a second length, is refused (RFC 9112 6.3). */
static enum http_verdict content_length(struct http_request *r, const char *value)
{
  size_t digits = strspn(value, "0123456789");

  if ((r->flags & HTTP_REQ_LENGTH) || digits == 0 || *skip_blanks(value + digits) != 0) {
    return HTTP_BAD_REQUEST;
  }
  r->flags |= HTTP_REQ_LENGTH;
  if (strspn(value, "0") != digits) {
    r->flags |= HTTP_REQ_BODY;
  }
  return HTTP_MORE;
}

static void connection(struct http_request *r, const char *value)
{
  if (http_list_has(value, "close")) {
    r->flags = (u8_t)(r->flags & ~HTTP_REQ_KEEPALIVE);
  } else if (http_list_has(value, "keep-alive")) {
    r->flags |= HTTP_REQ_KEEPALIVE;
  }
}

/** The empty line: all there?  A request of HTTP/1.1 must name its host (RFC 9112 3.2). */
static enum http_verdict header_end(const struct http_request *r)
{
  if ((r->flags & HTTP_REQ_V11) && !(r->flags & HTTP_REQ_HOST)) {
    return HTTP_BAD_REQUEST;
  }
  return HTTP_OK;
}

/** field-name ":" OWS field-value OWS (RFC 9112 section 5). */
static enum http_verdict header_line(struct http_request *r, const char *line)
{
  size_t name = strcspn(line, ": \t");
  const char *value;

  if (name == 0 || line[name] != ':') { /* folded, no name, or a blank in it; a cut line is long enough to have both */
    return r->flags & HTTP_REQ_LINE_CUT ? HTTP_HEADER_TOO_LARGE : HTTP_BAD_REQUEST;
  }
  value = http_header_value(line, "connection");
  if (value != NULL) {
    connection(r, value);
    return HTTP_MORE;
  }
  if (http_header_value(line, "host") != NULL) {
    if (r->flags & HTTP_REQ_HOST) {
      return HTTP_BAD_REQUEST;
    }
    r->flags |= HTTP_REQ_HOST;
    return HTTP_MORE;
  }
  value = http_header_value(line, "content-length");
  if (value != NULL) {
    return r->flags & HTTP_REQ_LINE_CUT ? HTTP_BAD_REQUEST : content_length(r, value);
  }
  return http_header_value(line, "transfer-encoding") != NULL ? HTTP_NOT_IMPLEMENTED : HTTP_MORE;
}

/** Deal with a whole line, without its end: r->line octets behind the path. */
static enum http_verdict line_done(struct http_request *r)
{
  char *line = r->buf + r->path;
  enum http_verdict v;
  u16_t len = r->line;

  if (len > 0 && line[len - 1] == '\r') {
    len--;
  }
  line[len] = 0;
  r->line = 0;
  if (memchr(line, 0, len) != NULL) {
    return HTTP_BAD_REQUEST;
  }
  if (r->path == 0) { /* empty lines in front of a request are forgiven (RFC 9112 2.2) */
    v = len == 0 ? HTTP_MORE : request_line(r);
    return v == HTTP_MORE && (r->flags & HTTP_REQ_V09) ? HTTP_OK : v;
  }
  v = len == 0 ? header_end(r) : header_line(r, line);
  r->flags = (u8_t)(r->flags & ~HTTP_REQ_LINE_CUT);
  return v;
}

/** Append to the present line.  @return false: a request line that does not fit */
static int line_append(struct http_request *r, const char *data, size_t len)
{
  size_t limit = r->path == 0 ? LWIP_X_HTTPD_LINE_LEN - HEADER_ROOM : (size_t)LWIP_X_HTTPD_LINE_LEN - r->path;
  size_t room = limit - r->line;

  if (len > room) {
    if (r->path == 0) {
      return 0;
    }
    r->flags |= HTTP_REQ_LINE_CUT;
    len = room;
  }
  memcpy(r->buf + r->path + r->line, data, len);
  r->line = (u16_t)(r->line + len);
  return 1;
}

void http_request_start(struct http_request *r)
{
  r->total = 0;
  r->path = 0;
  r->line = 0;
  r->flags = 0;
}

enum http_verdict http_request_feed(struct http_request *r, const char *data, size_t len, size_t *used)
{
  enum http_verdict v = HTTP_MORE;
  const char *at = data;
  const char *end;
  size_t n;

  while (v == HTTP_MORE && len > 0) {
    end = memchr(at, '\n', len);
    n = end != NULL ? (size_t)(end - at) : len;
    if (r->total + n > LWIP_X_HTTPD_MAX_HEADER_LEN) {
      v = HTTP_HEADER_TOO_LARGE;
    } else if (!line_append(r, at, n)) {
      v = HTTP_URI_TOO_LONG;
    } else if (end != NULL) {
      n++;
      v = line_done(r);
    }
    r->total = (u16_t)(r->total + n);
    at += n;
    len -= n;
  }
  *used = (size_t)(at - data);
  return v;
}

#endif
