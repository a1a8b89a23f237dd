/** Frames of chance: IP with right and wrong checksums, fragments, other protocols, all lengths. */
#ifndef TEST_TWIN_FRAMES_H
#define TEST_TWIN_FRAMES_H

#include "twin.h"

/** @p received: to @p mac, perhaps with wrong checksums, at least 60 octets; else from it, all right. */
void frame_random(struct twin_frame *f, const uint8_t mac[6], bool received);
/** As the stack hands a frame over: what the MAC can make is 0. */
void frame_open_sums(struct twin_frame *f);

/** The one's complement sum of RFC 1071 over @p len octets, in host order, not inverted. */
unsigned frame_sum(unsigned start, const uint8_t *p, size_t len);

#endif
