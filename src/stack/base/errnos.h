/**
 * The errno values, to be included before lwip/errno.h: the numbers must be those the program compares with, so the configured
 * ones, else the C library's, else ours.
 */
#ifndef LWIP_STACK_BASE_ERRNOS_H
#define LWIP_STACK_BASE_ERRNOS_H

#include "lwip/opt.h"

#if !defined LWIP_PROVIDE_ERRNO && !defined LWIP_ERRNO_STDINCLUDE && !defined LWIP_ERRNO_INCLUDE
#ifdef __has_include
#if __has_include(<errno.h>)
#define LWIP_ERRNO_STDINCLUDE
#endif
#endif
#ifndef LWIP_ERRNO_STDINCLUDE
#define LWIP_PROVIDE_ERRNO
#endif
#endif
#include "lwip/errno.h"

#endif
