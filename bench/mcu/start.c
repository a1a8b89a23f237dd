/* Cortex-M start-up for QEMU mps2: UART0 for output, semihosting for the command line and exit */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
extern uint32_t __data_start, __data_end, __data_load, __bss_start, __bss_end, __stack_top;
extern char end, __heap_end;
int b_run(const char *cmd);
void Reset_Handler(void);
static void fault(void)
{
  for (;;) {
    register uint32_t r0 __asm__("r0") = 0x18, r1 __asm__("r1") = 0x20023;
    __asm__ volatile("bkpt 0xab" ::"r"(r0), "r"(r1) : "memory");
  }
}
__attribute__((section(".vectors"), used)) void *const vectors[16] = {
  &__stack_top, Reset_Handler, fault, fault, fault, fault, fault, 0, 0, 0, 0, fault, fault, 0, fault, fault
};
static int semi(int op, void *arg)
{
  register int r0 __asm__("r0") = op;
  register void *r1 __asm__("r1") = arg;
  __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
  return r0;
}
static char cmdline[256];
int main(void)
{
  struct {
    char *p;
    int n;
  } a = { cmdline, sizeof(cmdline) };
  char *s;
  setvbuf(stdout, 0, _IOLBF, 256);
  semi(0x15, &a);
  s = strchr(cmdline, ' '); /* skip the program name */
  return b_run(s ? s + 1 : "none");
}
void Reset_Handler(void)
{
  memcpy(&__data_start, &__data_load, (size_t)((char *)&__data_end - (char *)&__data_start));
  memset(&__bss_start, 0, (size_t)((char *)&__bss_end - (char *)&__bss_start));
  *(volatile uint32_t *)0x40004010 = 16;
  *(volatile uint32_t *)0x40004008 = 1;
  main();
  fflush(stdout);
  semi(0x18, (void *)0x20026);
  for (;;)
    ;
}
int _write(int fd, const char *b, int n)
{
  int i;
  (void)fd;
  for (i = 0; i < n; i++) {
    while (*(volatile uint32_t *)0x40004004 & 1)
      ;
    *(volatile uint32_t *)0x40004000 = (uint8_t)b[i];
  }
  return n;
}
void *_sbrk(int n)
{
  static char *p = &end;
  char *o = p;
  if (p + n > &__heap_end)
    return (void *)-1;
  p += n;
  return o;
}
int _close(int f)
{
  (void)f;
  return -1;
}
int _fstat(int f, struct stat *s)
{
  (void)f;
  s->st_mode = S_IFCHR;
  return 0;
}
int _isatty(int f)
{
  (void)f;
  return 1;
}
int _lseek(int f, int o, int w)
{
  (void)f;
  (void)o;
  (void)w;
  return 0;
}
int _read(int f, char *b, int n)
{
  (void)f;
  (void)b;
  (void)n;
  return 0;
}
void _exit(int c)
{
  (void)c;
  fault();
  for (;;)
    ;
}
int _kill(int a, int b)
{
  (void)a;
  (void)b;
  return -1;
}
int _getpid(void)
{
  return 1;
}
