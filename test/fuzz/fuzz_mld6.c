/** MLD messages, one after the other: an octet of flags, one of length, the message; groups are joined and left between them. */
#include "fuzz_nd6.h"

int LLVMFuzzerTestOneInput(const u8_t *data, size_t size)
{
  u8_t src[16], dst[16], m[8 + 256];
  ip6_addr_t group;
  unsigned steps = 0;

  fuzz_begin();
  IP6_ADDR(&group, PP_HTONL(0xff050000UL), 0, 0, PP_HTONL(0x1234UL));
  while (size >= 2 && steps++ < 60) {
    const u8_t flags = data[0];
    size_t len = data[1];
    data += 2;
    size -= 2;
    len = len > size ? size : len;
    fuzz_addr(src, (flags & 1) != 0 ? 5 : 7);
    fuzz_addr(dst, 2);
    if ((flags & 2) != 0) {
      mld6_joingroup_netif(&fuzz_nif, &group);
    }
    if ((flags & 4) != 0) {
      mld6_leavegroup_netif(&fuzz_nif, &group);
    }
    memcpy(m, "\x3a\0\5\2\0\0\1\0", 8);
    memcpy(m + 8, data, len);
    fuzz_rx(src, dst, (flags & 8) != 0 ? 2 : 1, 0, 58, m, 8 + len, 8, 2);
    fuzz_pass((flags & 16) != 0 ? 1200 : (flags & 32) != 0 ? 270000 : 1);
    data += len;
    size -= len;
  }
  while (mld6_leavegroup_netif(&fuzz_nif, &group) == ERR_OK) {}
  fuzz_end();
  return 0;
}
