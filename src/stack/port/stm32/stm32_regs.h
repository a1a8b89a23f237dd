/** Registers both generations have, at different places. */
#ifndef LWIP_STACK_STM32_REGS_H
#define LWIP_STACK_STM32_REGS_H

#include "stm32_desc.h"

#if LWIP_X_STM32_ETH

/* clang-format off */
#if STM32_V1

#define STM32_HASH_HIGH 0x0008u
#define STM32_HASH_LOW  0x000Cu
#define STM32_MDIO_ADDR 0x0010u
#define STM32_MDIO_DATA 0x0014u
#define STM32_MACA0HR   0x0040u
#define STM32_MACA0LR   0x0044u
#define STM32_MDIO(phy, reg, cr, write) ((u32_t)(phy) << 11 | (u32_t)(reg) << 6 | (u32_t)(cr) << 2 | ((write) ? 2u : 0u))
#define STM32_PTP       0x0700u
#define STM32_PTP_INC_SHIFT 0

#else

#define STM32_HASH_LOW  0x0010u
#define STM32_HASH_HIGH 0x0014u
#define STM32_MDIO_ADDR 0x0200u
#define STM32_MDIO_DATA 0x0204u
#define STM32_MACA0HR   0x0300u
#define STM32_MACA0LR   0x0304u
#define STM32_MDIO(phy, reg, cr, write) ((u32_t)(phy) << 21 | (u32_t)(reg) << 16 | (u32_t)(cr) << 8 | ((write) ? 1u << 2 : 3u << 2))
#define STM32_PTP       0x0B00u
#define STM32_PTP_INC_SHIFT 16

#endif

#define STM32_MDIO_BUSY  1u

/* The clock of IEEE 1588: the same registers in the same order. */
#define STM32_PTP_CONTROL   (STM32_PTP + 0x00u)
#define STM32_PTP_INCREMENT (STM32_PTP + 0x04u)
#define STM32_PTP_SECONDS   (STM32_PTP + 0x08u)
#define STM32_PTP_NANOS     (STM32_PTP + 0x0Cu)
#define STM32_PTP_UP_S      (STM32_PTP + 0x10u)
#define STM32_PTP_UP_NS     (STM32_PTP + 0x14u)
#define STM32_PTP_ADDEND    (STM32_PTP + 0x18u)
#define STM32_PTP_ENABLE    (1u << 0)
#define STM32_PTP_FINE      (1u << 1)
#define STM32_PTP_INIT      (1u << 2)
#define STM32_PTP_UPDATE    (1u << 3)
#define STM32_PTP_ADDREG    (1u << 5)
#define STM32_PTP_ALL       (1u << 8)
#define STM32_PTP_DIGITAL   (1u << 9)
/* clang-format on */

#endif

#endif
