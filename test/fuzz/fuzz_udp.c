/** UDP and UDP-Lite datagrams to the echo port, with a right checksum unless the first octet says otherwise. */
#include "fuzz_ip.h"

int LLVMFuzzerTestOneInput(const u8_t *data, size_t size)
{
  static u8_t m[12 + 2000];
  u8_t flags, proto;

  fuzz_start();
  if (size < 1) {
    return 0;
  }
  flags = data[0];
  proto = (flags & 1) != 0 ? 136 : 17;
  data++;
  size--;
  size = size > 2000 ? 2000 : size;
  memcpy(m + 12, data, size);
  if ((flags & 2) == 0 && size >= 8) {
    be16_put(m + 12 + 2, 7);
    be32_put(m, FUZZ_PEER);
    be32_put(m + 4, FUZZ_US);
    be16_put(m + 8, proto);
    be16_put(m + 10, (u16_t)size);
    be16_put(m + 18, 0);
    be16_put(m + 18, fuzz_chksum(m, 12 + size));
  }
  fuzz_rx_proto(proto, (flags & 4) != 0 ? 0x0a0000ffu : FUZZ_US, 64, 0, m + 12, size, (u16_t)(flags >> 3));
  fuzz_no_leak();
  return 0;
}
