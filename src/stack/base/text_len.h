/** The length of a text that may be too long, or have no end: the program gave it. */
#ifndef LWIP_STACK_BASE_TEXT_LEN_H
#define LWIP_STACK_BASE_TEXT_LEN_H

#include <stddef.h>

/** @return characters of @p text, at most @p max, of which no more are looked at */
static inline size_t text_len(const char *text, size_t max)
{
  size_t n = 0;

  while (n < max && text[n] != 0) {
    n++;
  }
  return n;
}

#endif
