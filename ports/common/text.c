/** Text put together in a buffer. */
#include "text.h"

void text_init(struct text *t, char *buf, size_t size)
{
  t->buf = buf;
  t->size = size;
  t->len = 0;
  t->full = false;
}

void text_char(struct text *t, char c)
{
  if (t->len < t->size) {
    t->buf[t->len++] = c;
  } else {
    t->full = true;
  }
}

void text_put(struct text *t, const char *s)
{
  for (; *s != 0; s++) {
    text_char(t, *s);
  }
}

void text_u32(struct text *t, u32_t v)
{
  char digits[10];
  size_t n = 0;

  do {
    digits[n++] = (char)('0' + v % 10);
    v /= 10;
  } while (v != 0);
  while (n > 0) {
    text_char(t, digits[--n]);
  }
}

void text_hex(struct text *t, u32_t v, unsigned digits)
{
  while (digits-- > 0) {
    text_char(t, "0123456789abcdef"[(v >> (4 * digits)) & 15]);
  }
}

void text_ip(struct text *t, const ip_addr_t *addr)
{
  char s[IPADDR_STRLEN_MAX];

  text_put(t, ipaddr_ntoa_r(addr, s, sizeof s) != NULL ? s : "?");
}

void text_mac(struct text *t, const u8_t mac[6])
{
  int i;

  for (i = 0; i < 6; i++) {
    if (i > 0) {
      text_char(t, ':');
    }
    text_hex(t, mac[i], 2);
  }
}
