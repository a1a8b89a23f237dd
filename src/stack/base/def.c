/** Byte order and strings (lwip/def.h): what the port or the compiler does not bring. */
#include "lwip/def.h"

#include <stdbool.h>

#if BYTE_ORDER != BIG_ENDIAN

/* The names are macros too when the compiler has an instruction; programs may still take the address. */
#if !defined lwip_htons || defined LWIP_X_BSWAP16
u16_t(lwip_htons)(u16_t x)
{
  return (u16_t)PP_HTONS(x);
}
#endif

#if !defined lwip_htonl || defined LWIP_X_BSWAP32
u32_t(lwip_htonl)(u32_t x)
{
  return PP_HTONL(x);
}
#endif

#endif

/** Lower case for A to Z only: names on the network know no locale. */
static inline unsigned lower(char c)
{
  unsigned u = (unsigned char)c;
  return u - 'A' < 26u ? u + ('a' - 'A') : u;
}

#ifndef lwip_strnicmp
int lwip_strnicmp(const char *str1, const char *str2, size_t len)
{
  for (; len > 0; len--, str1++, str2++) {
    unsigned a = lower(*str1);
    unsigned b = lower(*str2);
    if (a != b) {
      return a < b ? -1 : 1;
    }
    if (a == 0) {
      return 0;
    }
  }
  return 0;
}
#endif

#ifndef lwip_stricmp
int lwip_stricmp(const char *str1, const char *str2)
{
  return lwip_strnicmp(str1, str2, (size_t)-1);
}
#endif

#ifndef lwip_strnstr
/** Does @p token begin at @p s, within @p n characters? */
static bool begins(const char *s, const char *token, size_t n)
{
  for (; *token != 0; s++, token++, n--) {
    if (n == 0 || *s != *token) {
      return false;
    }
  }
  return true;
}

char *lwip_strnstr(const char *buffer, const char *token, size_t n)
{
  const char *s = buffer;
  for (; n > 0 && *s != 0; s++, n--) {
    if (begins(s, token, n)) {
      return LWIP_CONST_CAST(char *, s);
    }
  }
  return *token == 0 ? LWIP_CONST_CAST(char *, buffer) : NULL;
}
#endif

#ifndef lwip_itoa
void lwip_itoa(char *result, size_t bufsize, int number)
{
  char digits[3 * sizeof(int) + 2];
  size_t at = sizeof digits;
  unsigned n = number < 0 ? 0u - (unsigned)number : (unsigned)number;
  if (bufsize == 0) {
    return;
  }
  digits[--at] = 0;
  do {
    digits[--at] = (char)('0' + n % 10);
    n /= 10;
  } while (n > 0);
  if (number < 0) {
    digits[--at] = '-';
  }
  if (sizeof digits - at > bufsize) {
    result[0] = 0;
    return;
  }
  MEMCPY(result, digits + at, sizeof digits - at);
}
#endif

#ifndef lwip_memcmp_consttime
int lwip_memcmp_consttime(const void *s1, const void *s2, size_t len)
{
  const u8_t *a = (const u8_t *)s1;
  const u8_t *b = (const u8_t *)s2;
  unsigned differ = 0;
  size_t i;
  for (i = 0; i < len; i++) {
    differ |= (unsigned)(a[i] ^ b[i]);
  }
  return (int)differ;
}
#endif
