/**
 * Messages of neighbour discovery into a live stack, one after the other: an octet of flags, one of addresses, one of length,
 * the message.  Between them the program sends, and time passes.  Whatever came in, the tables keep their promises and
 * everything is given back in the end.
 */
#include "fuzz_nd6.h"

static void check_tables(void)
{
  unsigned i, incomplete = 0;

  for (i = 0; i < LWIP_ND6_NUM_NEIGHBORS; i++) {
    const struct nd6_neighbor_cache_entry *e = &neighbor_cache[i];
    incomplete += e->state == ND6_INCOMPLETE;
    fuzz_check(e->state <= ND6_PROBE && (e->state == ND6_INCOMPLETE || e->q == NULL));
    fuzz_check(e->state < ND6_REACHABLE || ((e->lladdr[0] & 1) == 0 && memcmp(e->lladdr, "\0\0\0\0\0\0", 6) != 0));
    fuzz_check(e->state == ND6_NO_ENTRY || !ip6_addr_ismulticast(&e->next_hop_address));
  }
  for (i = 0; i < LWIP_ND6_NUM_PREFIXES; i++) {
    fuzz_check(prefix_list[i].netif == NULL ||
               (prefix_list[i].x_len <= 128 && !ip6_addr_islinklocal(&prefix_list[i].prefix)));
  }
  for (i = 0; i < LWIP_ND6_NUM_ROUTERS; i++) {
    fuzz_check(default_router_list[i].netif == NULL || ip6_addr_islinklocal(&default_router_list[i].x_addr));
  }
  fuzz_check(fuzz_nif.mtu6 >= 1280 && fuzz_nif.mtu6 <= 1500);
  fuzz_check(fuzz_nif.x_nd6.hop_limit == 0 || fuzz_nif.x_nd6.hop_limit >= 32);
  for (i = 0; i < LWIP_IPV6_NUM_ADDRESSES; i++) {
    fuzz_check(ip6_addr_isinvalid(netif_ip6_addr_state(&fuzz_nif, i)) ||
               !ip6_addr_ismulticast(netif_ip6_addr(&fuzz_nif, i)));
  }
}

static void send_to(u8_t which)
{
  static struct udp_pcb *pcb;
  struct pbuf *p = pbuf_alloc(PBUF_TRANSPORT, 4, PBUF_RAM);
  ip_addr_t to;
  ip6_addr_t a;

  if (pcb == NULL) {
    pcb = udp_new_ip_type(IPADDR_TYPE_V6);
  }
  ip6_addr_set_zero(&a);
  fuzz_addr((u8_t *)a.addr, which);
  ip6_addr_assign_zone(&a, IP6_UNKNOWN, &fuzz_nif);
  ip_addr_copy_from_ip6(to, a);
  memset(p->payload, 0, 4);
  (void)udp_sendto(pcb, p, &to, 9);
  pbuf_free(p);
}

int LLVMFuzzerTestOneInput(const u8_t *data, size_t size)
{
  u8_t src[16], dst[16];
  unsigned steps = 0;

  fuzz_begin();
  fuzz_pass(3000);
  while (size >= 3 && steps++ < 40) {
    const u8_t flags = data[0], who = data[1];
    size_t len = (size_t)data[2] * 2;
    data += 3;
    size -= 3;
    len = len > size ? size : len;
    fuzz_addr(src, who & 7);
    fuzz_addr(dst, (who >> 3) & 7);
    if ((flags & 0x80) != 0) {
      send_to(who & 7);
    }
    fuzz_rx(src, dst, (flags & 1) != 0 ? 64 : 255, (flags & 2) != 0 ? 44 : 58, 58, data, len, (flags & 2) != 0 ? 8 : 0,
            (flags & 4) != 0 ? 0 : 2);
    fuzz_pass((flags & 8) != 0 ? 1200 : (flags & 16) != 0 ? 40000 : (flags & 32) != 0 ? 4000000 : 1);
    check_tables();
    data += len;
    size -= len;
  }
  fuzz_end();
  return 0;
}
