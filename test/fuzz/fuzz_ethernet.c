/** One frame, as it is: the first octet says how it is cut into buffers and whether our address is put in front. */
#include "fuzz_link.h"

int LLVMFuzzerTestOneInput(const u8_t *data, size_t size)
{
  static u8_t f[1536];

  if (size < 1 || size - 1 > sizeof f) {
    return 0;
  }
  memcpy(f, data + 1, size - 1);
  if ((data[0] & 0x80) != 0 && size > 7) {
    memcpy(f, fuzz_us, 6);
  }
  fuzz_begin();
  fuzz_receive(f, size - 1, data[0] & 0x7F);
  fuzz_check_table();
  fuzz_end();
  return 0;
}
