/* What a checksum could cost: prototypes to compare with inet_chksum (instructions only; each verified against the reference).
 *   bench-style main: "c32" portable C, 32-bit words into a 64-bit sum, 8 words a turn
 *                     "asm" Thumb-2 ldm/adcs (ARM) or add/adc (x86-64)
 *                     "copy" copy and checksum in one pass (asm)      "c32copy" the same in C */
#include "harness.h"
#include <stdio.h>
#include <string.h>
static u8_t b_src[2048] __attribute__((aligned(8))), b_dst[2048] __attribute__((aligned(8)));
static u16_t p_fold(u64_t s)
{
  s = (s & 0xffffffffu) + (s >> 32);
  s = (s & 0xffffffffu) + (s >> 32);
  s = (s & 0xffff) + (s >> 16);
  s = (s & 0xffff) + (s >> 16);
  return (u16_t)s;
}
__attribute__((noinline)) u16_t p_c32(const void *d, u32_t n)
{
  const u32_t *p = d;
  u64_t s = 0;
  while (n >= 32) {
    s += p[0];
    s += p[1];
    s += p[2];
    s += p[3];
    s += p[4];
    s += p[5];
    s += p[6];
    s += p[7];
    p += 8;
    n -= 32;
  }
  while (n >= 4) {
    s += *p++;
    n -= 4;
  }
  {
    const u8_t *q = (const u8_t *)p;
    u32_t t = 0;
    if (n & 2) {
      t = *(const u16_t *)(const void *)q;
      q += 2;
    }
    if (n & 1)
      t += *q;
    s += t;
  }
  return p_fold(s);
}
__attribute__((noinline)) u16_t p_c32copy(void *o, const void *d, u32_t n)
{
  const u32_t *p = d;
  u32_t *w = o;
  u64_t s = 0;
#define ST(i)       \
  {                 \
    u32_t v = p[i]; \
    w[i] = v;       \
    s += v;         \
  }
  while (n >= 32) {
    ST(0) ST(1) ST(2) ST(3) ST(4) ST(5) ST(6) ST(7) p += 8;
    w += 8;
    n -= 32;
  }
  while (n >= 4) {
    ST(0) p++;
    w++;
    n -= 4;
  }
  return p_fold(s);
}
#ifdef __ARM_EABI__
__attribute__((noinline)) u16_t p_asm(const void *d, u32_t n)
{
  u32_t s = 0, end = (u32_t)d + (n & ~31u);
  const u32_t *p = d;
  u64_t r;
  __asm__ volatile(
    "adds %0, %0, #0\n"
    "1: teq %1, %2\n beq 2f\n ldmia %1!, {r3,r4,r5,r6}\n adcs %0, r3\n adcs %0, r4\n adcs %0, r5\n adcs %0, r6\n"
    " ldmia %1!, {r3,r4,r5,r6}\n adcs %0, r3\n adcs %0, r4\n adcs %0, r5\n adcs %0, r6\n b 1b\n2: adc %0, %0, #0\n"
    : "+r"(s), "+r"(p)
    : "r"(end)
    : "r3", "r4", "r5", "r6", "cc", "memory");
  r = s;
  n &= 31;
  while (n >= 4) {
    r += *p++;
    n -= 4;
  }
  {
    const u8_t *q = (const u8_t *)p;
    u32_t t = 0;
    if (n & 2) {
      t = *(const u16_t *)(const void *)q;
      q += 2;
    }
    if (n & 1)
      t += *q;
    r += t;
  }
  return p_fold(r);
}
__attribute__((noinline)) u16_t p_copy(void *o, const void *d, u32_t n)
{
  u32_t s = 0, end = (u32_t)d + (n & ~31u);
  const u32_t *p = d;
  u32_t *w = o;
  u64_t r;
  __asm__ volatile("adds %0, %0, #0\n"
                   "1: teq %1, %3\n beq 2f\n ldmia %1!, {r4,r5,r6,r8}\n adcs %0, r4\n adcs %0, r5\n adcs %0, r6\n adcs "
                   "%0, r8\n stmia %2!, {r4,r5,r6,r8}\n"
                   " ldmia %1!, {r4,r5,r6,r8}\n adcs %0, r4\n adcs %0, r5\n adcs %0, r6\n adcs %0, r8\n stmia %2!, "
                   "{r4,r5,r6,r8}\n b 1b\n2: adc %0, %0, #0\n"
                   : "+r"(s), "+r"(p), "+r"(w)
                   : "r"(end)
                   : "r4", "r5", "r6", "r8", "cc", "memory");
  r = s;
  n &= 31;
  while (n >= 4) {
    u32_t v = *p++;
    *w++ = v;
    r += v;
    n -= 4;
  }
  return p_fold(r);
}
#else
__attribute__((noinline)) u16_t p_asm(const void *d, u32_t n)
{
  unsigned long long s = 0;
  const u64_t *p = d;
  u32_t k = n / 64;
  if (k)
    __asm__ volatile("1: addq (%1), %0\n adcq 8(%1), %0\n adcq 16(%1), %0\n adcq 24(%1), %0\n adcq 32(%1), %0\n adcq "
                     "40(%1), %0\n adcq 48(%1), %0\n adcq 56(%1), %0\n adcq $0, %0\n lea 64(%1), %1\n dec %2\n jnz 1b\n"
                     : "+r"(s), "+r"(p), "+r"(k)::"cc", "memory");
  n &= 63;
  {
    const u32_t *q = (const u32_t *)p;
    u64_t r = (s & 0xffffffffu) + (s >> 32);
    while (n >= 4) {
      r += *q++;
      n -= 4;
    }
    {
      const u8_t *z = (const u8_t *)q;
      u32_t t = 0;
      if (n & 2) {
        t = *(const u16_t *)(const void *)z;
        z += 2;
      }
      if (n & 1)
        t += *z;
      r += t;
    }
    return p_fold(r);
  }
}
u16_t p_copy(void *o, const void *d, u32_t n)
{
  return p_c32copy(o, d, n);
}
#endif
int b_run(const char *cmd)
{
  u32_t len = 1460, i, it = 500;
  volatile u16_t v = 0;
  u16_t want;
  const char *l = strstr(cmd, "len=");
  char k = cmd[0];
  if (l) {
    len = 0;
    for (l += 4; *l >= '0' && *l <= '9'; l++)
      len = len * 10 + (u32_t)(*l - '0');
  }
  for (i = 0; i < sizeof(b_src); i++)
    b_src[i] = (u8_t)(i * 31 + (i >> 5));
  want = (u16_t)~h_csum(b_src, len, 0);
  want = (u16_t)((want << 8) | (want >> 8));
  h_begin();
  for (i = 0; i < it; i++) {
    if (!strncmp(cmd, "c32copy", 7))
      v = p_c32copy(b_dst, b_src, len);
    else if (k == 'a')
      v = p_asm(b_src, len);
    else if (!strncmp(cmd, "copy", 4))
      v = p_copy(b_dst, b_src, len);
    else if (!strncmp(cmd, "mem", 3)) {
      memcpy(b_dst, b_src + (cmd[3] == '1' ? 2 : 0), len);
      __asm__ volatile("" ::: "memory");
    } else
      v = p_c32(b_src, len);
  }
  h_end(cmd, it);
  if (k != 'm' && v != want)
    printf("!! %04x want %04x\n", v, want);
  return 0;
}
#ifndef H_MCU
int main(int argc, char **argv)
{
  return b_run(argc > 1 ? argv[1] : "c32");
}
#endif
