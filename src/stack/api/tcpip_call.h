/** Between the stack's thread and who calls into the core without a lock. */
#ifndef LWIP_STACK_API_TCPIP_CALL_H
#define LWIP_STACK_API_TCPIP_CALL_H

#include "lwip/opt.h"
#include <stdbool.h>

#if !NO_SYS

#include "lwip/priv/tcpip_priv.h"

/** Was tcpip_init() called? */
bool tcpip_started(void);

#if !LWIP_TCPIP_CORE_LOCKING
/** Hand @p msg, lent until it is done, to the stack's thread, waiting for room in its mailbox. */
void tcpip_post_call(struct tcpip_msg *msg);
#endif

#endif

#endif
