/**
 * The machine and the compiler: what the port's arch/cc.h says, and sensible answers where it is silent.
 *
 * A port brings its own arch/cc.h on an include path before ours and defines there what differs; everything below is
 * guarded.  Types need <stdint.h>; a port without it sets LWIP_NO_STDINT_H and brings u8_t .. s64_t and mem_ptr_t.
 */
/* The options first, whichever header a file begins with; outside the guard, because lwipopts.h may want this page. */
#include "lwip/x_lwipopts.h"

#ifndef LWIP_HDR_ARCH_H
#define LWIP_HDR_ARCH_H

#ifndef LITTLE_ENDIAN
#define LITTLE_ENDIAN 1234
#endif
#ifndef BIG_ENDIAN
#define BIG_ENDIAN 4321
#endif

#include "arch/cc.h"

#ifndef BYTE_ORDER
#ifdef __BYTE_ORDER__
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define BYTE_ORDER BIG_ENDIAN
#endif
#endif
#endif
#ifndef BYTE_ORDER
#define BYTE_ORDER LITTLE_ENDIAN
#endif

/* The context that is running, for LWIP_X_CORE_GUARD: a number that differs between the main loop and each interrupt. */
#include "arch/x_cortex_m.h"

/** A function in a header of which the library holds one copy, for whoever does not inline it: C99's inline. */
#ifdef __GNUC_GNU_INLINE__
#define LWIP_X_INLINE static inline
#else
#define LWIP_X_INLINE inline
#endif

/** Print; @p x is the argument list of printf in parentheses. */
#ifndef LWIP_PLATFORM_DIAG
#include <stdio.h>
#define LWIP_PLATFORM_DIAG(x) \
  do {                        \
    printf x;                 \
  } while (0)
#endif

/** An assertion failed: say so and stop. */
#ifndef LWIP_PLATFORM_ASSERT
#include <stdio.h>
#include <stdlib.h>
#define LWIP_PLATFORM_ASSERT(x)                                                  \
  do {                                                                           \
    printf("Assertion \"%s\" failed at line %d in %s\n", x, __LINE__, __FILE__); \
    fflush(NULL);                                                                \
    abort();                                                                     \
  } while (0)
#endif

/** 1: the compiler has no <stddef.h>. */
#ifndef LWIP_NO_STDDEF_H
#define LWIP_NO_STDDEF_H 0
#endif
#if !LWIP_NO_STDDEF_H
#include <stddef.h>
#endif

/** 1: the compiler has no <stdint.h>. */
#ifndef LWIP_NO_STDINT_H
#define LWIP_NO_STDINT_H 0
#endif
#if !LWIP_NO_STDINT_H
#include <stdint.h>
typedef uint8_t u8_t;
typedef int8_t s8_t;
typedef uint16_t u16_t;
typedef int16_t s16_t;
typedef uint32_t u32_t;
typedef int32_t s32_t;
/** 0: no 64-bit integers.  Ours needs them (SipHash). */
#ifndef LWIP_HAVE_INT64
#define LWIP_HAVE_INT64 1
#endif
#if LWIP_HAVE_INT64
typedef uint64_t u64_t;
typedef int64_t s64_t;
#endif
/** An integer that holds a pointer. */
typedef uintptr_t mem_ptr_t;
#endif

/** 1: the compiler has no <inttypes.h>; the port then defines X8_F and its sisters. */
#ifndef LWIP_NO_INTTYPES_H
#define LWIP_NO_INTTYPES_H 0
#endif
#if !LWIP_NO_INTTYPES_H
#include <inttypes.h>
#ifndef X8_F
#define X8_F "02" PRIx8
#endif
#ifndef U16_F
#define U16_F PRIu16
#endif
#ifndef S16_F
#define S16_F PRId16
#endif
#ifndef X16_F
#define X16_F PRIx16
#endif
#ifndef U32_F
#define U32_F PRIu32
#endif
#ifndef S32_F
#define S32_F PRId32
#endif
#ifndef X32_F
#define X32_F PRIx32
#endif
#ifndef SZT_F
#define SZT_F PRIuPTR
#endif
#endif

/** 1: the compiler has no <limits.h>. */
#ifndef LWIP_NO_LIMITS_H
#define LWIP_NO_LIMITS_H 0
#endif
#if !LWIP_NO_LIMITS_H
#include <limits.h>
#endif

/** Largest u32_t, for the preprocessor too. */
#define LWIP_UINT32_MAX 0xffffffff

/** ssize_t: the system's, where there is one. */
#ifndef LWIP_NO_UNISTD_H
#define LWIP_NO_UNISTD_H 0
#endif
#ifdef SSIZE_MAX
#if !LWIP_NO_UNISTD_H
#include <unistd.h>
#endif
#else
#if defined(__has_include) && !LWIP_NO_UNISTD_H
#if __has_include(<sys/types.h>)
#include <sys/types.h>
#define LWIP_X_HAVE_SSIZE_T 1
#endif
#endif
#ifndef LWIP_X_HAVE_SSIZE_T
typedef int ssize_t;
#endif
#define SSIZE_MAX INT_MAX
#endif

/** 1: the compiler has no <ctype.h>, or its tables are too big. */
#ifndef LWIP_NO_CTYPE_H
#define LWIP_NO_CTYPE_H 0
#endif
#if LWIP_NO_CTYPE_H
#define lwip_in_range(c, lo, up) ((u8_t)(c) >= (lo) && (u8_t)(c) <= (up))
#define lwip_isdigit(c) lwip_in_range((c), '0', '9')
#define lwip_isxdigit(c) (lwip_isdigit(c) || lwip_in_range((c), 'a', 'f') || lwip_in_range((c), 'A', 'F'))
#define lwip_islower(c) lwip_in_range((c), 'a', 'z')
#define lwip_isupper(c) lwip_in_range((c), 'A', 'Z')
#define lwip_isspace(c) ((c) == ' ' || (c) == '\f' || (c) == '\n' || (c) == '\r' || (c) == '\t' || (c) == '\v')
#define lwip_tolower(c) (lwip_isupper(c) ? (c) - 'A' + 'a' : (c))
#define lwip_toupper(c) (lwip_islower(c) ? (c) - 'a' + 'A' : (c))
#else
#include <ctype.h>
#define lwip_isdigit(c) isdigit((unsigned char)(c))
#define lwip_isxdigit(c) isxdigit((unsigned char)(c))
#define lwip_islower(c) islower((unsigned char)(c))
#define lwip_isupper(c) isupper((unsigned char)(c))
#define lwip_isspace(c) isspace((unsigned char)(c))
#define lwip_tolower(c) tolower((unsigned char)(c))
#define lwip_toupper(c) toupper((unsigned char)(c))
#endif

/* Casts with their reason in the name.  A port that checks them may replace each. */
#ifndef LWIP_CONST_CAST
#define LWIP_CONST_CAST(target_type, val) ((target_type)((ptrdiff_t)val))
#endif
#ifndef LWIP_ALIGNMENT_CAST
#define LWIP_ALIGNMENT_CAST(target_type, val) LWIP_CONST_CAST(target_type, val)
#endif
#ifndef LWIP_PTR_NUMERIC_CAST
#define LWIP_PTR_NUMERIC_CAST(target_type, val) LWIP_CONST_CAST(target_type, val)
#endif
#ifndef LWIP_PACKED_CAST
#define LWIP_PACKED_CAST(target_type, val) LWIP_CONST_CAST(target_type, val)
#endif

/** Static memory of @p size octets, aligned or with room to align it: use it through LWIP_MEM_ALIGN(). */
#ifndef LWIP_DECLARE_MEMORY_ALIGNED
#if defined __GNUC__ && !defined LWIP_MEM_ALIGN_BUFFER
#define LWIP_DECLARE_MEMORY_ALIGNED(variable_name, size) \
  u8_t variable_name[size] __attribute__((aligned(MEM_ALIGNMENT)))
#else
#define LWIP_DECLARE_MEMORY_ALIGNED(variable_name, size) u8_t variable_name[LWIP_MEM_ALIGN_BUFFER(size)]
#endif
#endif
/** @p size rounded up to MEM_ALIGNMENT. */
#ifndef LWIP_MEM_ALIGN_SIZE
#define LWIP_MEM_ALIGN_SIZE(size) (((size) + MEM_ALIGNMENT - 1U) & ~(MEM_ALIGNMENT - 1U))
#endif
/** Octets that surely hold @p size aligned ones. */
#ifndef LWIP_MEM_ALIGN_BUFFER
#define LWIP_MEM_ALIGN_BUFFER(size) (((size) + MEM_ALIGNMENT - 1U))
#endif
/** The first aligned address from @p addr on. */
#ifndef LWIP_MEM_ALIGN
#define LWIP_MEM_ALIGN(addr) ((void *)(((mem_ptr_t)(addr) + MEM_ALIGNMENT - 1) & ~(mem_ptr_t)(MEM_ALIGNMENT - 1)))
#endif

/* Behind `enum`: no larger than its values need, which Arm's ABI for microcontrollers says anyway. */
#ifndef LWIP_X_SMALL_ENUM
#if defined __GNUC__
#define LWIP_X_SMALL_ENUM __attribute__((packed))
#else
#define LWIP_X_SMALL_ENUM
#endif
#endif

/* Packed structures, of lwip/prot/ and of applications.  PACK_STRUCT_USE_INCLUDES: arch/bpstruct.h and arch/epstruct.h
 * are included around them, for compilers that pack by pragma. */
#ifndef PACK_STRUCT_BEGIN
#define PACK_STRUCT_BEGIN
#endif
#ifndef PACK_STRUCT_END
#define PACK_STRUCT_END
#endif
#ifndef PACK_STRUCT_STRUCT
#if defined(__GNUC__) || defined(__clang__)
#define PACK_STRUCT_STRUCT __attribute__((packed))
#else
#define PACK_STRUCT_STRUCT
#endif
#endif
#ifndef PACK_STRUCT_FIELD
#define PACK_STRUCT_FIELD(x) x
#endif
/** A member of one octet: packing it makes some compilers complain. */
#ifndef PACK_STRUCT_FLD_8
#define PACK_STRUCT_FLD_8(x) PACK_STRUCT_FIELD(x)
#endif
/** A member that is a packed structure itself. */
#ifndef PACK_STRUCT_FLD_S
#define PACK_STRUCT_FLD_S(x) PACK_STRUCT_FIELD(x)
#endif

/* What only a port can bring; the definitions are for the documentation. */
#ifdef __DOXYGEN__
/** 32 random bits from hardware, u32_t: the seed of everything that must not be guessed.  lwip_x_entropy() is the other
 *  way to bring them (lwip/x_entropy.h); with neither the program does not link. */
#define LWIP_RAND() ((u32_t)rand())
/** lwip/errno.h defines the numbers and declares errno. */
#define LWIP_PROVIDE_ERRNO
/** Packed structures by arch/bpstruct.h and arch/epstruct.h. */
#define PACK_STRUCT_USE_INCLUDES
#endif

#ifndef LWIP_UNUSED_ARG
#define LWIP_UNUSED_ARG(x) (void)x
#endif

#endif
