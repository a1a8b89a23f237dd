/**
 * A conversation: an input is a sequence of steps of eight octets.
 *
 *   0: what to do   1: operation, time    2: last octet of the sender's IP    3: of the target's
 *   4: last octet of the sender's MAC     5: flags                            6-7: taken as they are
 */
#include "fuzz_link.h"

enum { RAW_FORMAT = 1, RAW_SPA = 2, RAW_SHA = 4, TO_ALL = 8, CUT = 16 };

static void packet_in(const u8_t *s)
{
  u8_t f[60] = { 0 }, mac[6] = { 2, 0, 0, 0, 1, s[4] };
  u32_t spa = FUZZ_IP(s[2]);
  struct arp_repr r = { mac, 0, FUZZ_IP(s[3]), (u8_t)(1 + s[1] % 2) };

  if ((s[5] & RAW_SPA) != 0) {
    memcpy(&spa, s + 4, sizeof spa);
  }
  if ((s[5] & RAW_SHA) != 0) {
    memcpy(mac, s + 2, sizeof mac);
  }
  r.spa = spa;
  memset(f, 0xff, 6);
  if ((s[5] & TO_ALL) == 0) {
    memcpy(f, fuzz_us, 6);
  }
  memcpy(f + 6, mac, 6);
  be16_put(f + 12, ETH_WIRE_TYPE_ARP);
  arp_wire_emit(f + 14, &r, fuzz_us);
  if ((s[5] & RAW_FORMAT) != 0) {
    f[14 + s[6] % 28] = s[7];
  }
  fuzz_receive(f, (s[5] & CUT) != 0 ? s[6] % sizeof f : sizeof f, 0);
}

static void packet_out(const u8_t *s)
{
  const ip4_addr_t to = { (s[5] & RAW_SPA) != 0 ? ne32_get(s + 4) : FUZZ_IP(s[3]) };
  struct pbuf *p = pbuf_alloc(PBUF_LINK, 20, PBUF_RAM);

  memset(p->payload, 0, 20);
  if (to.addr != netif_ip4_addr(&fuzz_nif)->addr) {
    (void)etharp_output(&fuzz_nif, p, &to);
  }
  pbuf_free(p);
}

static void step(const u8_t *s)
{
  ip4_addr_t a = { FUZZ_IP(s[3]) };
  struct eth_addr mac = { { 2, 0, 0, 0, 1, s[4] } };

  switch (s[0] % 8) {
    case 0:
    case 1:
    case 2:
      packet_in(s);
      break;
    case 3:
    case 4:
      packet_out(s);
      break;
    case 5:
      fuzz_pass((u32_t)s[1] * 100u * (s[2] % 32u));
      break;
    case 6:
      if (etharp_add_static_entry(&a, &mac) == ERR_OK && s[1] % 2 != 0) {
        fuzz_check(etharp_remove_static_entry(&a) == ERR_OK);
      }
      break;
    default:
      if (s[1] % 2 != 0) {
        etharp_tmr();
      } else {
        netif_set_link_down(&fuzz_nif);
        netif_set_link_up(&fuzz_nif);
      }
      break;
  }
}

int LLVMFuzzerTestOneInput(const u8_t *data, size_t size)
{
  fuzz_begin();
  for (; size >= 8; data += 8, size -= 8) {
    step(data);
    fuzz_check_table();
  }
  fuzz_end();
  return 0;
}
