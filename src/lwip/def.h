/** Small things everybody needs: minimum and maximum, byte order, strings. */
#ifndef LWIP_HDR_DEF_H
#define LWIP_HDR_DEF_H

#include "lwip/arch.h"
#include "lwip/opt.h"

#if LWIP_PERF
#include "arch/perf.h"
#else
#define PERF_START
#define PERF_STOP(x)
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define LWIP_MAX(x, y) (((x) > (y)) ? (x) : (y))
#define LWIP_MIN(x, y) (((x) < (y)) ? (x) : (y))

/** Number of elements of an array. */
#define LWIP_ARRAYSIZE(x) (sizeof(x) / sizeof((x)[0]))

/** Four octets, @p a the highest. */
#define LWIP_MAKEU32(a, b, c, d) \
  (((u32_t)((a)&0xff) << 24) | ((u32_t)((b)&0xff) << 16) | ((u32_t)((c)&0xff) << 8) | (u32_t)((d)&0xff))

#ifndef NULL
#ifdef __cplusplus
#define NULL 0
#else
#define NULL ((void *)0)
#endif
#endif

/* Byte order.  lwip_* are for values at run time, PP_* for constants (initialisers, case labels).  A port may define
 * lwip_htons and lwip_htonl itself. */
#if BYTE_ORDER == BIG_ENDIAN

#define lwip_htons(x) ((u16_t)(x))
#define lwip_ntohs(x) ((u16_t)(x))
#define lwip_htonl(x) ((u32_t)(x))
#define lwip_ntohl(x) ((u32_t)(x))
#define PP_HTONS(x) ((u16_t)(x))
#define PP_NTOHS(x) ((u16_t)(x))
#define PP_HTONL(x) ((u32_t)(x))
#define PP_NTOHL(x) ((u32_t)(x))

#else

#ifndef lwip_htons
u16_t lwip_htons(u16_t x);
#ifdef __GNUC__
#define LWIP_X_BSWAP16(x) __builtin_bswap16(x) /* one instruction on Arm and x86 */
#define lwip_htons(x) LWIP_X_BSWAP16(x)
#endif
#endif
#define lwip_ntohs(x) lwip_htons(x)

#ifndef lwip_htonl
u32_t lwip_htonl(u32_t x);
#ifdef __GNUC__
#define LWIP_X_BSWAP32(x) __builtin_bswap32(x)
#define lwip_htonl(x) LWIP_X_BSWAP32(x)
#endif
#endif
#define lwip_ntohl(x) lwip_htonl(x)

#define PP_HTONS(x) ((u16_t)((((x) & (u16_t)0x00ffU) << 8) | (((x) & (u16_t)0xff00U) >> 8)))
#define PP_NTOHS(x) PP_HTONS(x)
#define PP_HTONL(x)                                                                                                \
  ((((x) & (u32_t)0x000000ffUL) << 24) | (((x) & (u32_t)0x0000ff00UL) << 8) | (((x) & (u32_t)0x00ff0000UL) >> 8) | \
   (((x) & (u32_t)0xff000000UL) >> 24))
#define PP_NTOHL(x) PP_HTONL(x)

#endif

/* The short names, unless the program has them from elsewhere. */
#ifndef LWIP_DONT_PROVIDE_BYTEORDER_FUNCTIONS
#ifndef htons
#define htons(x) lwip_htons(x)
#endif
#ifndef ntohs
#define ntohs(x) lwip_ntohs(x)
#endif
#ifndef htonl
#define htonl(x) lwip_htonl(x)
#endif
#ifndef ntohl
#define ntohl(x) lwip_ntohl(x)
#endif
#endif

/* Strings.  A port with library functions of the same meaning may define the names to them. */

/** Write @p number in decimal and a terminating zero into @p bufsize octets at @p result; what does not fit gives "". */
#ifndef lwip_itoa
void lwip_itoa(char *result, size_t bufsize, int number);
#endif

/** Compare at most @p len characters without regard to the case of A to Z.  @return 0: the same */
#ifndef lwip_strnicmp
int lwip_strnicmp(const char *str1, const char *str2, size_t len);
#endif

/** Compare without regard to the case of A to Z.  @return 0: the same */
#ifndef lwip_stricmp
int lwip_stricmp(const char *str1, const char *str2);
#endif

/** Find @p token in the first @p n characters at @p buffer, or before a zero.  @return its start, or NULL */
#ifndef lwip_strnstr
char *lwip_strnstr(const char *buffer, const char *token, size_t n);
#endif

/** Compare @p len octets in a time that depends on @p len only, for secrets.  @return 0: the same.  (From lwIP 2.2.) */
#ifndef lwip_memcmp_consttime
int lwip_memcmp_consttime(const void *s1, const void *s2, size_t len);
#endif

#ifdef __cplusplus
}
#endif
#endif
