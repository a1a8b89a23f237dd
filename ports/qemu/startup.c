/** Vectors, reset and faults. */
#include "board.h"
#include "console.h"

#include <string.h>

#define NUM_IRQS 32

extern uint32_t stack_top[], data_start[], data_end[], data_load[], bss_start[], bss_end[];

int main(void);
void reset_handler(void);
void fault_handler(void);
void fault_report(uint32_t *frame);
void timer0_handler(void);
void lan9118_handler(void);

/** What the processor pushes when it takes an exception. */
enum { FRAME_R0, FRAME_R1, FRAME_R2, FRAME_R3, FRAME_R12, FRAME_LR, FRAME_PC, FRAME_PSR };

#define BKPT_SEMIHOST 0xBEABu
#define SCB_CFSR 0xE000ED28u

static void unused_handler(void)
{
  fault_report(NULL);
}

/** A program that uses the system timer defines it. */
void systick_handler(void) __attribute__((weak, alias("unused_handler")));

typedef void (*vector)(void);

__attribute__((section(".vectors"), used)) static const struct {
  uint32_t *stack;
  vector exceptions[15];
  vector irqs[NUM_IRQS];
} vectors = {
  .stack = stack_top,
  .exceptions = { reset_handler, fault_handler, fault_handler, fault_handler, fault_handler, fault_handler, NULL, NULL,
                  NULL, NULL, unused_handler, fault_handler, NULL, unused_handler, systick_handler },
  .irqs = { [BOARD_IRQ_TIMER0] = timer0_handler, [BOARD_IRQ_LAN9118] = lan9118_handler },
};

void reset_handler(void)
{
#if defined(__ARM_FP)
  *reg(0xE000ED88u) |= 0xFu << 20; /* CPACR: the floating-point unit, for a compiler that uses it to move data */
#endif
  memcpy(data_start, data_load, (size_t)((uint8_t *)data_end - (uint8_t *)data_start));
  memset(bss_start, 0, (size_t)((uint8_t *)bss_end - (uint8_t *)bss_start));
  main();
  semihost_exit(true);
  for (;;) {
    __asm volatile("wfi");
  }
}

/** A semihosting call nobody answers returns -1; everything else is the end. */
void fault_report(uint32_t *frame)
{
  if (frame != NULL && *(const uint16_t *)(uintptr_t)frame[FRAME_PC] == BKPT_SEMIHOST) {
    frame[FRAME_R0] = 0xFFFFFFFFu;
    frame[FRAME_PC] += 2;
    return;
  }
  if (frame != NULL) {
    console_printf("FAULT pc %08x lr %08x cfsr %08x\n", (unsigned)frame[FRAME_PC], (unsigned)frame[FRAME_LR],
                   (unsigned)*reg(SCB_CFSR));
  } else {
    console_put("FAULT unexpected interrupt\n");
  }
  for (;;) {
    __asm volatile("wfi");
  }
}

__attribute__((naked)) void fault_handler(void)
{
  __asm volatile("mrs r0, msp\n\tb fault_report");
}
