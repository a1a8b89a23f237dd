/**
 * The port to a compiler when the program brings none: GCC, Clang, Arm Compiler 6 and IAR, on Cortex-M and on hosts.
 * A program's own arch/cc.h, earlier on the include path, replaces this one; lwip/arch.h fills what it leaves out.
 */
#ifndef LWIP_ARCH_CC_H
#define LWIP_ARCH_CC_H

#include <stdint.h>

#ifdef __has_include
#if defined(__linux__) && __has_include(<endian.h>)
#include <endian.h>
#endif
#endif

/** NO_SYS with SYS_LIGHTWEIGHT_PROT: what sys_arch_protect() returns.  lwip/sys.h makes sys_prot_t of it. */
#define LWIP_X_SYS_PROT_T uint32_t

#if defined(__ICCARM__)
#define PACK_STRUCT_BEGIN __packed
#define PACK_STRUCT_STRUCT
#elif defined(__GNUC__) || defined(__clang__)
#define PACK_STRUCT_STRUCT __attribute__((packed))
#endif

#endif
