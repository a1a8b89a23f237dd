/** The program's options: its lwipopts.h, or ours if it has none.  Only lwip/arch.h and lwip/opt.h include this page. */
#ifndef LWIP_X_LWIPOPTS_H
#define LWIP_X_LWIPOPTS_H

#ifdef __has_include
#if __has_include("lwipopts.h")
#include "lwipopts.h"
#else
#include "lwip/x_defaults.h"
#endif
#else
#include "lwipopts.h"
#endif

#endif
