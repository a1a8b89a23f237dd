/** Text put together in a buffer, without printf: what does not fit is left out and full says so. */
#ifndef PORTS_COMMON_TEXT_H
#define PORTS_COMMON_TEXT_H

#include "lwip/ip_addr.h"
#include <stdbool.h>
#include <stddef.h>

struct text {
  char *buf;
  size_t size, len;
  bool full;
};

void text_init(struct text *t, char *buf, size_t size);
void text_char(struct text *t, char c);
void text_put(struct text *t, const char *s);
void text_u32(struct text *t, u32_t v);
/** @p digits hexadecimal digits. */
void text_hex(struct text *t, u32_t v, unsigned digits);
void text_ip(struct text *t, const ip_addr_t *addr);
void text_mac(struct text *t, const u8_t mac[6]);

#endif
