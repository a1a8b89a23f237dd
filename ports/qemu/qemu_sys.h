/** Arguments and entropy of the firmware. */
#ifndef PORTS_QEMU_QEMU_SYS_H
#define PORTS_QEMU_QEMU_SYS_H

#include <stdbool.h>

/** The value of @p name in the command line ("name=value"), ended by a blank or the end; NULL: not there. */
const char *argument(const char *name);

/** Was there a seed of 128 bits or more?  Otherwise secrets can be guessed by somebody who tries hard. */
bool entropy_is_good(void);

#endif
