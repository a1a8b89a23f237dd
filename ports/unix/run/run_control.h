/** Ancillary data in the system's layout. */
#ifndef PORTS_UNIX_RUN_RUN_CONTROL_H
#define PORTS_UNIX_RUN_RUN_CONTROL_H

#include "run_value.h"
#include <sys/socket.h>

/** Write what a packet told to m->msg_control; sets msg_controllen, and MSG_CTRUNC where it is too small. */
void run_control_put(struct msghdr *m, const struct run_control *c);
/** Read m->msg_control.  @return false: errno is EINVAL */
bool run_control_get(const struct msghdr *m, struct run_control *c);

#endif
