/**
 * The emulated boards: mps2-an385 (Cortex-M3), mps2-an386 (Cortex-M4F), mps2-an500 (Cortex-M7).
 * They differ in where the Ethernet controller lies.
 */
#ifndef PORTS_QEMU_BOARD_H
#define PORTS_QEMU_BOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BOARD_CLOCK_HZ 25000000u

#define BOARD_UART0 0x40004000u
#define BOARD_TIMER0 0x40000000u
#define BOARD_TIMER1 0x40001000u
#if defined(BOARD_AN500)
#define BOARD_LAN9118 0xA0000000u
#else
#define BOARD_LAN9118 0x40200000u
#endif

#define BOARD_IRQ_TIMER0 8
#define BOARD_IRQ_LAN9118 13

/** A 32-bit register. */
static inline volatile uint32_t *reg(uint32_t address)
{
  return (volatile uint32_t *)(uintptr_t)address;
}

static inline void irq_disable_all(void)
{
  __asm volatile("cpsid i" ::: "memory");
}

static inline void irq_enable_all(void)
{
  __asm volatile("cpsie i" ::: "memory");
}

void board_init(void);

/** Let the interrupt @p irq through. */
void board_irq_enable(unsigned irq);

/** Ticks of BOARD_CLOCK_HZ since boot; wraps every 171 s. */
uint32_t board_ticks(void);

/** Milliseconds since boot.  Call it at least every 171 s, from the main loop only. */
uint32_t board_now_ms(void);

/**
 * Sleep up to @p ms (0xFFFFFFFF: for ever) or until an interrupt, unless @p busy() says that there is something
 * to do; it is asked with interrupts off, so that nothing gets lost in between.
 */
void board_sleep(uint32_t ms, bool (*busy)(void));

/** Milliseconds spent asleep since boot. */
uint32_t board_asleep_ms(void);

/* ---- Semihosting: the emulator's way to give arguments.  Without it these find nothing. ---- */

/** The command line, "" if there is none. */
const char *semihost_cmdline(void);

/** Seconds since 1970 of the host, 0 if it does not tell. */
uint32_t semihost_time(void);

/** Leave the emulator with success or failure; returns if that is impossible. */
void semihost_exit(bool ok);

#endif
