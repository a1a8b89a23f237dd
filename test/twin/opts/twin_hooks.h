/** What the stack asks the bench about tags. */
#ifndef TEST_TWIN_HOOKS_H
#define TEST_TWIN_HOOKS_H

#include "lwip/arch.h"

s32_t bench_tag_out(void);
int bench_tag_in(const void *tag);

#endif
