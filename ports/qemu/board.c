/**
 * Clock, sleep and semihosting.
 *
 * CMSDK timer 1 counts down freely and is the clock; timer 0 rings once, at the end of a sleep.  Nothing ticks.
 */
#include "board.h"

#include "console.h"

#define TIMER_CTRL 0x00u /**< bit 0: run, bit 3: interrupt */
#define TIMER_VALUE 0x04u
#define TIMER_RELOAD 0x08u
#define TIMER_CLEAR 0x0Cu

#define NVIC_ISER 0xE000E100u

#define TICKS_PER_MS (BOARD_CLOCK_HZ / 1000u)

/** The longest sleep, ms: well below the clock's wrap. */
#define SLEEP_MAX 60000u

enum { SYS_GET_CMDLINE = 0x15, SYS_TIME = 0x11, SYS_EXIT = 0x18 };

static uint32_t last_ticks, rest_ticks, now_ms, asleep_ticks, asleep_ms;

void board_irq_enable(unsigned irq)
{
  *reg(NVIC_ISER + irq / 32 * 4) = 1u << irq % 32;
}

uint32_t board_ticks(void)
{
  return ~*reg(BOARD_TIMER1 + TIMER_VALUE);
}

uint32_t board_now_ms(void)
{
  uint32_t ticks = board_ticks();

  rest_ticks += ticks - last_ticks;
  last_ticks = ticks;
  now_ms += rest_ticks / TICKS_PER_MS;
  rest_ticks %= TICKS_PER_MS;
  return now_ms;
}

uint32_t board_asleep_ms(void)
{
  return asleep_ms;
}

/** Timer 0 only has to wake us. */
void timer0_handler(void)
{
  *reg(BOARD_TIMER0 + TIMER_CTRL) = 0;
  *reg(BOARD_TIMER0 + TIMER_CLEAR) = 1;
}

static void alarm_set(uint32_t ms)
{
  *reg(BOARD_TIMER0 + TIMER_CTRL) = 0;
  *reg(BOARD_TIMER0 + TIMER_CLEAR) = 1;
  *reg(BOARD_TIMER0 + TIMER_RELOAD) = ms * TICKS_PER_MS;
  *reg(BOARD_TIMER0 + TIMER_VALUE) = ms * TICKS_PER_MS;
  *reg(BOARD_TIMER0 + TIMER_CTRL) = 1u | 1u << 3;
}

void board_sleep(uint32_t ms, bool (*busy)(void))
{
  uint32_t before;

  if (ms == 0) {
    return;
  }
  irq_disable_all();
  if (!busy()) {
    before = board_ticks();
    alarm_set(ms < SLEEP_MAX ? ms : SLEEP_MAX);
    __asm volatile("dsb\n\twfi" ::: "memory"); /* an interrupt wakes us though it is masked */
    asleep_ticks += board_ticks() - before;
    asleep_ms += asleep_ticks / TICKS_PER_MS;
    asleep_ticks %= TICKS_PER_MS;
  }
  irq_enable_all();
}

void board_init(void)
{
  *reg(BOARD_TIMER1 + TIMER_RELOAD) = 0xFFFFFFFFu;
  *reg(BOARD_TIMER1 + TIMER_VALUE) = 0xFFFFFFFFu;
  *reg(BOARD_TIMER1 + TIMER_CTRL) = 1u;
  board_irq_enable(BOARD_IRQ_TIMER0);
  console_init();
}

/* ---- Semihosting ---- */

/** Without an emulator that listens, the breakpoint faults and the fault handler puts -1 into r0. */
static int semihost(int operation, void *arg)
{
  register int r0 __asm__("r0") = operation;
  register void *r1 __asm__("r1") = arg;

  __asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
  return r0;
}

const char *semihost_cmdline(void)
{
  static char line[256];
  struct {
    char *buf;
    int len;
  } arg = { line, sizeof line - 1 };

  if (semihost(SYS_GET_CMDLINE, &arg) != 0) {
    line[0] = 0;
  }
  return line;
}

uint32_t semihost_time(void)
{
  int t = semihost(SYS_TIME, NULL);

  return t == -1 ? 0 : (uint32_t)t;
}

void semihost_exit(bool ok)
{
  uintptr_t reason = ok ? 0x20026u : 0x20023u; /* application exit, run-time error */

  (void)semihost(SYS_EXIT, (void *)reason);
}
