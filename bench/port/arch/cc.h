/* Port header shared by every stack under test (x86-64 Linux and bare Cortex-M). */
#ifndef BENCH_ARCH_CC_H
#define BENCH_ARCH_CC_H
#include <stdint.h>
#include <stddef.h>
#include <sys/types.h>
#ifdef __ARM_EABI__
#include <machine/endian.h>
#else
#include <endian.h>
#endif
#define LWIP_PLATFORM_DIAG(x) \
  do {                        \
    h_diag x;                 \
  } while (0)
#define LWIP_PLATFORM_ASSERT(x) h_assert_fail(x, __FILE__, __LINE__)
void h_diag(const char *fmt, ...);
void h_assert_fail(const char *what, const char *file, int line);
uint32_t h_rand(void);
#define LWIP_RAND() h_rand()
#define LWIP_NO_UNISTD_H 0
#define LWIP_TIMEVAL_PRIVATE 0
#include <sys/time.h>
#define LWIP_ERRNO_STDINCLUDE 1
#endif
