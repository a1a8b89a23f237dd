/**
 * Cortex-M: which context runs, and interrupts off for a few instructions.  Used by lwip/arch.h and lwip/sys.h with any
 * port's arch/cc.h, which may define these macros first.  Other machines get nothing.
 */
#ifndef LWIP_ARCH_X_CORTEX_M_H
#define LWIP_ARCH_X_CORTEX_M_H

#if defined(__GNUC__) && defined(__ARM_ARCH_PROFILE)
#if __ARM_ARCH_PROFILE == 'M'

#include <stdint.h>

static inline uint32_t lwip_x_cortex_m_ipsr(void)
{
  uint32_t ipsr;
  __asm volatile("mrs %0, ipsr" : "=r"(ipsr));
  return ipsr;
}

static inline uint32_t lwip_x_cortex_m_irq_save(void)
{
  uint32_t primask;
  __asm volatile("mrs %0, primask\n\tcpsid i" : "=r"(primask) : : "memory");
  return primask;
}

static inline void lwip_x_cortex_m_irq_restore(uint32_t primask)
{
  __asm volatile("msr primask, %0" : : "r"(primask) : "memory");
}

/** Number of the exception that runs, 0 in thread mode. */
#ifndef LWIP_X_CONTEXT
#define LWIP_X_CONTEXT() lwip_x_cortex_m_ipsr()
#endif

/** Mask interrupts and give what LWIP_X_IRQ_RESTORE() wants back. */
#ifndef LWIP_X_IRQ_SAVE
#define LWIP_X_IRQ_SAVE() lwip_x_cortex_m_irq_save()
#define LWIP_X_IRQ_RESTORE(saved) lwip_x_cortex_m_irq_restore(saved)
#endif

#endif
#elif defined(__ICCARM__)
#if __ARM_ARCH_PROFILE == 'M'

#include <intrinsics.h>
#include <stdint.h>

static inline uint32_t lwip_x_cortex_m_irq_save(void)
{
  uint32_t primask = (uint32_t)__get_PRIMASK();
  __disable_interrupt();
  return primask;
}

#ifndef LWIP_X_CONTEXT
#define LWIP_X_CONTEXT() ((uint32_t)__get_IPSR())
#endif
#ifndef LWIP_X_IRQ_SAVE
#define LWIP_X_IRQ_SAVE() lwip_x_cortex_m_irq_save()
#define LWIP_X_IRQ_RESTORE(saved) __set_PRIMASK(saved)
#endif

#endif
#endif

#endif
