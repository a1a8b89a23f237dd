/**
 * Messages of DHCPv6 servers into a client: an octet of repairs, one of length, the options.  Repairs make the type, the transaction
 * and the client's identifier fit, so that mutation reaches what lies behind them.
 */
#include "fuzz_nd6.h"

enum { ADVERTISE = 1, WITH_CLIENT = 2, WITH_SERVER = 4, RAW = 8, SECOND = 16, HOUR = 32, LINK = 64, STATELESS = 128 };

static void receive(u8_t flags, const u8_t *data, size_t len)
{
  static const u8_t client[14] = { 0, 1, 0, 10, 0, 3, 0, 1, 2, 0, 0, 0, 0, 1 };
  static const u8_t server[14] = { 0, 2, 0, 10, 0, 3, 0, 1, 2, 0, 0, 0, 0, 2 };
  u8_t m[8 + 4 + 28 + 600], src[16], dst[16], *at = m + 8;

  if ((flags & RAW) == 0) {
    be32_put(at, ((flags & ADVERTISE) != 0 ? 0x02000000u : 0x07000000u) | (fuzz_xid & 0xffffffu));
    at += 4;
  }
  if ((flags & WITH_CLIENT) != 0) {
    memcpy(at, client, sizeof client);
    at += sizeof client;
  }
  if ((flags & WITH_SERVER) != 0) {
    memcpy(at, server, sizeof server);
    at += sizeof server;
  }
  memcpy(at, data, len);
  at += len;
  be16_put(m, 547);
  be16_put(m + 2, 546);
  be16_put(m + 4, (u16_t)(at - m));
  fuzz_addr(src, 7);
  fuzz_addr(dst, 1);
  fuzz_rx(src, dst, 64, 17, 17, m, (size_t)(at - m), 0, 6);
}

int LLVMFuzzerTestOneInput(const u8_t *data, size_t size)
{
  unsigned steps = 0;

  fuzz_begin();
  fuzz_check((size > 0 && (data[0] & STATELESS) != 0 ? dhcp6_enable_stateless : dhcp6_enable_stateful)(&fuzz_nif) ==
             ERR_OK);
  fuzz_pass(3000);
  dhcp6_nd6_ra_trigger(&fuzz_nif, 1, 1);
  fuzz_pass(1000);
  while (size >= 2 && steps++ < 40) {
    const u8_t flags = data[0];
    size_t len = data[1] * 2u;
    data += 2;
    size -= 2;
    len = len > size ? size : len;
    receive(flags, data, len);
    fuzz_pass((flags & SECOND) != 0 ? 1100 : (flags & HOUR) != 0 ? 3600000 : 1);
    if ((flags & LINK) != 0) {
      netif_set_link_down(&fuzz_nif);
      netif_set_link_up(&fuzz_nif);
      dhcp6_nd6_ra_trigger(&fuzz_nif, 1, 1);
      fuzz_pass(1000);
    }
    data += len;
    size -= len;
  }
  fuzz_end();
  return 0;
}
