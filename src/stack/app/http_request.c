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

/** Is @p token (in lower case) an element of the comma-separated list @p list? */
static int list_has(const char *list, const char *token)
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

static enum http_verdict connection(struct http_request *r, const char *value)
{
  if (list_has(value, "close")) {
    r->flags = (u8_t)(r->flags & ~HTTP_REQ_KEEPALIVE);
  } else if (list_has(value, "keep-alive")) {
    r->flags |= HTTP_REQ_KEEPALIVE;
  }
  return HTTP_MORE;
}

/** The empty line: all there?  A request of HTTP/1.1 must name its host (RFC 9112 3.2). */
static enum http_verdict header_end(const struct http_request *r)
{
  if ((r->flags & HTTP_REQ_V11) && !(r->flags & HTTP_REQ_HOST)) {
    return HTTP_BAD_REQUEST;
  }
  return HTTP_OK;
}

/** The header lines that mean something here. */
enum header { HEADER_OTHER, HEADER_HOST, HEADER_CONNECTION, HEADER_LENGTH, HEADER_CODING };

static enum header header_of(const char *line, size_t name_len)
{
  static const struct {
    u8_t len;
    char name[18];
  } headers[] = { [HEADER_HOST] = { 4, "host" },
                  [HEADER_CONNECTION] = { 10, "connection" },
                  [HEADER_LENGTH] = { 14, "content-length" },
                  [HEADER_CODING] = { 17, "transfer-encoding" } };
  size_t i = HEADER_CODING;

  while (i != HEADER_OTHER && (headers[i].len != name_len || behind_word(line, headers[i].name) == NULL)) {
    i--;
  }
  return (enum header)i;
}

static enum http_verdict host(struct http_request *r)
{
  if (r->flags & HTTP_REQ_HOST) {
    return HTTP_BAD_REQUEST;
  }
  r->flags |= HTTP_REQ_HOST;
  return HTTP_MORE;
}

/** field-name ":" OWS field-value OWS (RFC 9112 section 5). */
static enum http_verdict header_line(struct http_request *r, const char *line)
{
  const char *colon = line;
  const char *value;

  while ((unsigned char)*colon > ' ' && *colon != ':') {
    colon++;
  }
  if (colon == line || *colon != ':') { /* folded, no name, or a blank in it; a cut line is long enough to have both */
    return r->flags & HTTP_REQ_LINE_CUT ? HTTP_HEADER_TOO_LARGE : HTTP_BAD_REQUEST;
  }
  value = skip_blanks(colon + 1);
  switch (header_of(line, (size_t)(colon - line))) {
    case HEADER_HOST:
      return host(r);
    case HEADER_CONNECTION:
      return connection(r, value);
    case HEADER_LENGTH:
      return r->flags & HTTP_REQ_LINE_CUT ? HTTP_BAD_REQUEST : content_length(r, value);
    case HEADER_CODING:
      return HTTP_NOT_IMPLEMENTED;
    default:
      return HTTP_MORE;
  }
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
  if (r->path == 0) { /* empty lines in front of a request are forgiven (RFC 9112 2.2) */
    v = len == 0 ? HTTP_MORE : request_line(r);
    return v == HTTP_MORE && (r->flags & HTTP_REQ_V09) ? HTTP_OK : v;
  }
  v = len == 0 ? header_end(r) : header_line(r, line);
  r->flags = (u8_t)(r->flags & ~HTTP_REQ_LINE_CUT);
  return v;
}

/** The end of the part of the buffer that the present line may fill; a request line leaves room for header lines. */
static char *line_limit(struct http_request *r)
{
  return r->buf + (r->path == 0 ? LWIP_X_HTTPD_LINE_LEN - HEADER_ROOM : LWIP_X_HTTPD_LINE_LEN);
}

/** Deal with an octet that is not simply copied.  @return false: the line is refused, *v says how */
static int line_odd_octet(struct http_request *r, char c, int full, enum http_verdict *v)
{
  if (c == 0) {
    *v = HTTP_BAD_REQUEST;
  } else if (full && r->path == 0) {
    *v = HTTP_URI_TOO_LONG;
  } else if (full) {
    r->flags |= HTTP_REQ_LINE_CUT;
  }
  return *v == HTTP_MORE;
}

/**
 * Append what belongs to the present line: up to the line feed or @p end.
 * @return where it stopped; *v is set if the line is refused
 */
static const char *line_append(struct http_request *r, const char *at, const char *end, enum http_verdict *v)
{
  char *const limit = line_limit(r);
  char *to = r->buf + r->path + r->line;
  const char *stop;

  for (;;) {
    for (stop = end - at < limit - to ? end : at + (limit - to); at != stop && (unsigned char)*at > '\n'; at++) {
      *to++ = *at; /* nearly all of a request passes through here */
    }
    if (at == end || *at == '\n' || !line_odd_octet(r, *at, to == limit, v)) {
      break;
    }
    if (to != limit) {
      *to++ = *at;
    }
    at++;
  }
  r->line = (u16_t)(to - r->buf - r->path);
  return at;
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
  const char *const end = data + len;
  const char *at = data;
  const char *line;
  enum http_verdict v = HTTP_MORE;

  while (v == HTTP_MORE && at != end) {
    line = at;
    at = line_append(r, at, end, &v);
    if (r->total + (u32_t)(at - line) > LWIP_X_HTTPD_MAX_HEADER_LEN) {
      v = HTTP_HEADER_TOO_LARGE;
    } else if (v == HTTP_MORE && at != end) {
      at++;
      v = line_done(r);
    }
    r->total = (u16_t)(r->total + (at - line));
  }
  *used = (size_t)(at - data);
  return v;
}

#endif
