/** The classic pcap format (draft-ietf-opsawg-pcap), in the byte order of this machine, link type Ethernet. */
#include "pcapfile.h"

#include <stdint.h>
#include <sys/time.h>

#define MAGIC 0xA1B2C3D4u
#define LINK_ETHERNET 1u

FILE *pcap_open(const char *path)
{
  const uint32_t header[6] = { MAGIC, 2 | 4 << 16, 0, 0, 65535, LINK_ETHERNET };
  FILE *file = fopen(path, "wb");

  if (file != NULL) {
    fwrite(header, sizeof header, 1, file);
  }
  return file;
}

void pcap_write(FILE *file, const struct pbuf *p)
{
  struct timeval now;
  uint32_t header[4];
  const struct pbuf *q;

  if (file == NULL) {
    return;
  }
  gettimeofday(&now, NULL);
  header[0] = (uint32_t)now.tv_sec;
  header[1] = (uint32_t)now.tv_usec;
  header[2] = p->tot_len;
  header[3] = p->tot_len;
  fwrite(header, sizeof header, 1, file);
  for (q = p; q != NULL; q = q->next) {
    fwrite(q->payload, q->len, 1, file);
  }
}
