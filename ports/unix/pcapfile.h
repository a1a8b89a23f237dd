/** Write frames to a capture file that tcpdump and Wireshark read. */
#ifndef PORTS_UNIX_PCAPFILE_H
#define PORTS_UNIX_PCAPFILE_H

#include "lwip/pbuf.h"
#include <stdio.h>

/** @return NULL: the file could not be made; errno says why */
FILE *pcap_open(const char *path);

/** Append @p p with the time of day.  @p file may be NULL: then nothing. */
void pcap_write(FILE *file, const struct pbuf *p);

#endif
