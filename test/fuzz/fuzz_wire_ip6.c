/** The chain of IPv6 headers: never past the end, and what it says fits what is there. */
#include "wire/wire_ip6.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const u8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const u8_t *data, size_t size)
{
  enum ip6_wire_chain what;
  struct ip6_chain c, again;
  u8_t *exact; /* so that reading past the end is seen */

  if (size < IP6_WIRE_HLEN || size > 2000) {
    return 0;
  }
  exact = (u8_t *)malloc(size);
  memcpy(exact, data, size);
  what = ip6_wire_walk(exact, size, size, &c);
  if (c.hlen > size || c.hlen < IP6_WIRE_HLEN || c.hlen > IP6_WIRE_HLEN + IP6_WIRE_EXT_MAX || c.at >= size) {
    abort();
  }
  if ((what == IP6_CHAIN_WHOLE || what == IP6_CHAIN_FRAGMENT) && exact[c.nexth_at] != c.nexth) {
    abort();
  }
  if (c.frag != 0 && exact[c.frag_at] != IP6_WIRE_FRAGMENT) {
    abort();
  }
  /* Nothing behind the headers counts, and nothing that is not contiguous is read. */
  if (what == IP6_CHAIN_WHOLE && c.frag == 0 &&
      (ip6_wire_walk(exact, size, c.hlen, &again) != what || again.hlen != c.hlen)) {
    abort();
  }
  free(exact);
  return 0;
}
