/**
 * sys_arch_protect() for bare metal on Cortex-M with SYS_LIGHTWEIGHT_PROT, when the program brings none: weak, by masking
 * interrupts.
 */
#include "lwip/sys.h"

#if NO_SYS && defined(LWIP_X_SYS_PROTECT_CALLED) && defined(LWIP_X_IRQ_SAVE) && defined(__GNUC__)

__attribute__((weak)) sys_prot_t sys_arch_protect(void)
{
  return (sys_prot_t)LWIP_X_IRQ_SAVE();
}

__attribute__((weak)) void sys_arch_unprotect(sys_prot_t pval)
{
  LWIP_X_IRQ_RESTORE((u32_t)pval);
}

#endif
