/** IGMP messages, one after the other: an octet of flags, an octet of length, the message; the checksum is made right. */
#include "fuzz_ip.h"

int LLVMFuzzerTestOneInput(const u8_t *data, size_t size)
{
  static u8_t m[256];

  fuzz_start();
  while (size >= 2) {
    const u8_t flags = data[0];
    size_t len = data[1];
    data += 2;
    size -= 2;
    len = len > size ? size : len;
    memcpy(m, data, len);
    if ((flags & 1) == 0 && len >= 4) {
      be16_put(m + 2, 0);
      be16_put(m + 2, fuzz_chksum(m, len));
    }
    fuzz_rx_proto(2, (flags & 2) != 0 ? 0xe9010203u : 0xe0000001u, (flags & 4) != 0 ? 64 : 1, 0, m, len,
                  (u16_t)(flags >> 4));
    fuzz_wait((flags & 8) != 0 ? 700 : 1);
    data += len;
    size -= len;
  }
  fuzz_no_leak();
  return 0;
}
