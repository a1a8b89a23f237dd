/** The CMSDK UART, polled, and a printf that fits on a page. */
#include "console.h"

#include "board.h"
#include <stdarg.h>

#define UART_DATA 0x00u
#define UART_STATE 0x04u /**< bit 0: transmit buffer full */
#define UART_CTRL 0x08u  /**< bit 0: transmitter on */
#define UART_BAUD 0x10u

static void put_char(char c)
{
  if (c == '\n') {
    put_char('\r');
  }
  while (*reg(BOARD_UART0 + UART_STATE) & 1u) {
    continue;
  }
  *reg(BOARD_UART0 + UART_DATA) = (uint8_t)c;
}

void console_init(void)
{
  *reg(BOARD_UART0 + UART_BAUD) = BOARD_CLOCK_HZ / 115200u;
  *reg(BOARD_UART0 + UART_CTRL) = 1u;
}

void console_put(const char *s)
{
  for (; *s != 0; s++) {
    put_char(*s);
  }
}

static void put_number(uint32_t v, uint32_t base, unsigned width, char pad)
{
  char digits[10];
  unsigned n = 0;

  do {
    digits[n++] = "0123456789abcdef"[v % base];
    v /= base;
  } while (v != 0);
  for (; width > n; width--) {
    put_char(pad);
  }
  while (n > 0) {
    put_char(digits[--n]);
  }
}

static void put_signed(int32_t v, unsigned width, char pad)
{
  uint32_t u = (uint32_t)v;

  if (v < 0) {
    put_char('-');
    u = 0u - u;
  }
  put_number(u, 10, width, pad);
}

void console_printf(const char *format, ...)
{
  va_list ap;
  unsigned width;
  char pad;

  va_start(ap, format);
  for (; *format != 0; format++) {
    if (*format != '%') {
      put_char(*format);
      continue;
    }
    format++;
    pad = *format == '0' ? '0' : ' ';
    for (width = 0; *format >= '0' && *format <= '9'; format++) {
      width = width * 10 + (unsigned)(*format - '0');
    }
    while (*format == 'h' || *format == 'l' || *format == 'z') {
      format++;
    }
    switch (*format) {
      case 's':
        console_put(va_arg(ap, const char *));
        break;
      case 'c':
        put_char((char)va_arg(ap, int));
        break;
      case 'd':
      case 'i':
        put_signed(va_arg(ap, int), width, pad);
        break;
      case 'u':
        put_number(va_arg(ap, unsigned), 10, width, pad);
        break;
      case 'x':
      case 'X':
      case 'p':
        put_number(va_arg(ap, unsigned), 16, width, pad);
        break;
      case 0:
        format--;
        break;
      default:
        put_char(*format);
        break;
    }
  }
  va_end(ap);
}

void console_assert_failed(const char *what, const char *file, int line)
{
  irq_disable_all();
  console_printf("ASSERT %s (%s:%d)\n", what, file, line);
  semihost_exit(false);
  for (;;) {
    __asm volatile("wfi");
  }
}
