/** Text on the board's serial line. */
#ifndef PORTS_QEMU_CONSOLE_H
#define PORTS_QEMU_CONSOLE_H

void console_init(void);
void console_put(const char *s);

/** printf() for %s %c %d %i %u %x %X %p %%, with 0, a width, and the lengths h l z, which all mean 32 bits here. */
void console_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** Say what happened and stop. */
void console_assert_failed(const char *what, const char *file, int line) __attribute__((noreturn));

#endif
