/** Whole IPv4 packets: flags, piece length, then length-prefixed packets. */
#include "fuzz_ip.h"

int LLVMFuzzerTestOneInput(const u8_t *data, size_t size)
{
  static u8_t b[65535];

  fuzz_start();
  while (size >= 4) {
    const u8_t flags = data[0];
    const u16_t piece = data[1];
    size_t len = be16_get(data + 2);
    data += 4;
    size -= 4;
    if (len > size) {
      len = size;
    }
    memcpy(b, data, len);
    if ((flags & 1) != 0 && len >= 4) {
      be16_put(b + 2, (u16_t)len);
    }
    if ((flags & 2) != 0 && len >= 20) {
      be32_put(b + 16, FUZZ_US);
    }
    if ((flags & 4) != 0) {
      fuzz_fix_header(b, len);
    }
    fuzz_rx(b, len, piece, (u8_t)(flags & (PBUF_FLAG_LLBCAST | PBUF_FLAG_LLMCAST)));
    fuzz_wait(flags >> 5);
    data += len;
    size -= len;
  }
  fuzz_no_leak();
  return 0;
}
