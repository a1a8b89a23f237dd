/** The side under test: the kernel, or our stack. */
#ifndef TEST_SOCKETS_SUITE_SIDE_H
#define TEST_SOCKETS_SUITE_SIDE_H

#include <stdbool.h>

/** Once, before the first case. */
void side_prepare(void);
/** In the process of a case, before it. */
void side_start(void);
/** After it; may fail the process, e.g. when something leaked. */
void side_stop(bool failed);

#endif
