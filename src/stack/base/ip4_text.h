/** Pieces of the text form of addresses that both families use. */
#ifndef LWIP_STACK_BASE_IP4_TEXT_H
#define LWIP_STACK_BASE_IP4_TEXT_H

#include "lwip/arch.h"
#include <stdbool.h>

/** May an address end in front of @p c: the end of the text, or white space? */
bool ip_text_ends(char c);

/** Write four octets in dotted decimals and a terminating 0 to @p to (16 chars).  @return where the 0 is */
char *ip4_text_write(char *to, const u8_t *octets);

#endif
