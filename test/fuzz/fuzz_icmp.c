/** ICMP messages with a right checksum unless the first octet says otherwise. */
#include "fuzz_ip.h"

int LLVMFuzzerTestOneInput(const u8_t *data, size_t size)
{
  static u8_t m[2000];
  u8_t flags;

  fuzz_start();
  if (size < 1) {
    return 0;
  }
  flags = data[0];
  data++;
  size--;
  size = size > sizeof m ? sizeof m : size;
  memcpy(m, data, size);
  if ((flags & 1) == 0 && size >= 4) {
    be16_put(m + 2, 0);
    be16_put(m + 2, fuzz_chksum(m, size));
  }
  fuzz_rx_proto(1, (flags & 2) != 0 ? 0xffffffffu : FUZZ_US, 64, 0, m, size, (u16_t)(flags >> 3));
  fuzz_no_leak();
  return 0;
}
