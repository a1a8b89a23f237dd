/** TCP headers: parse what comes, emit what was parsed, parse it again. */
#include "wire/wire_tcp.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const u8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const u8_t *data, size_t size)
{
  u8_t *exact = (u8_t *)malloc(size > 0 ? size : 1); /* so that reading past the end is seen */
  struct tcp_repr r, again;
  u8_t out[60];
  u8_t hlen, n, i;

  memcpy(exact, data, size);
  hlen = tcp_wire_parse(exact, size, &r);
  if (hlen != 0) {
    if (hlen < 20 || hlen > 60 || hlen > size) {
      abort();
    }
    n = tcp_wire_emit(out, &r);
    if (n != tcp_wire_len(&r) || tcp_wire_parse(out, n, &again) != n) {
      abort();
    }
    if (again.seq != r.seq || again.ack != r.ack || again.flags != r.flags || again.wnd != r.wnd ||
        again.nsack > r.nsack || ((again.opts ^ r.opts) & ~(TCP_O_SACK | TCP_O_FASTOPEN)) != 0) {
      abort();
    }
    for (i = 0; i < again.nsack; i++) {
      if (tcp_wire_sack_left(&again, i) != tcp_wire_sack_left(&r, i)) {
        abort();
      }
    }
  }
  free(exact);
  return 0;
}
