/** Fragments: five octets say id, source, place, length and what else; the payload is made up. */
#include "fuzz_ip.h"

int LLVMFuzzerTestOneInput(const u8_t *data, size_t size)
{
  static u8_t b[2048];

  fuzz_start();
  for (; size >= 5; data += 5, size -= 5) {
    const u8_t hlen = (u8_t)(20 + (data[4] & 3) * 4);
    const u16_t len = (u16_t)(data[3] * ((data[4] & 4) != 0 ? 8 : 1) % 1400);
    const u16_t frag = (u16_t)(((data[4] & 8) != 0 ? IP4_WIRE_MF : 0) | ((data[4] & 16) != 0 ? data[2] : data[2] * 32));
    memset(b, 1, sizeof b); /* options: no operation */
    ip4_wire_emit(b, hlen, 0, (u16_t)(hlen + len), data[0] & 7, frag, 64, (data[0] & 8) != 0 ? 1 : 17,
                  lwip_htonl(FUZZ_PEER + (data[1] & 3)), PP_HTONL(FUZZ_US));
    ip4_wire_chksum_put(b, hlen);
    fuzz_rx(b, (size_t)hlen + len, data[1] & 0xfc, 0);
    if ((data[4] & 0xe0) == 0xe0) {
      fuzz_wait(5000);
    }
  }
  fuzz_no_leak();
  return 0;
}
