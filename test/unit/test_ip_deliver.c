/** Delivery: what callbacks can ask about the packet they got, and that nothing of it stays behind. */
#include "ip_lab.h"

static unsigned count;

static void on_udp(void *arg, struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *addr, u16_t port)
{
  const ip_addr_t peer = lab_ip(LAB_PEER), us = lab_ip(LAB_US);

  (void)arg;
  (void)pcb;
  (void)port;
  count++;
  ck_assert_ptr_eq(ip_current_netif(), &lab_nif);
  ck_assert_ptr_eq(ip_current_input_netif(), &lab_nif);
  ck_assert_uint_eq(ip_current_header_tot_len(), 24);
  ck_assert_uint_eq(ip_current_header_proto(), 17);
  ck_assert(!ip_current_is_v6());
  ck_assert(ip_addr_eq(ip_current_src_addr(), &peer));
  ck_assert(ip_addr_eq(ip_current_dest_addr(), &us));
  ck_assert(ip_addr_eq(addr, &peer));
  /* the transport header is behind the IP header, and both are in front of the payload (facts: programs look there) */
  ck_assert_uint_eq(udp_wire_dport((const u8_t *)ip_next_header_ptr()), 7000);
  ck_assert_ptr_eq((const u8_t *)ip_next_header_ptr() + 8, p->payload);
  pbuf_free(p);
}

START_TEST(the_current_packet)
{
  static const u8_t opt[4] = { 1, 1, 1, 1 };
  const struct lab_ip ip = { LAB_PEER, LAB_US, 17, 0, 0, 0, opt, 4 };
  struct udp_pcb *pcb;
  u8_t m[16];

  lab_setup();
  pcb = udp_new();
  ck_assert_int_eq(udp_bind(pcb, IP_ADDR_ANY, 7000), ERR_OK);
  udp_recv(pcb, on_udp, NULL);
  lab_rx_ip(&ip, m, lab_udp(m, LAB_PEER, LAB_US, 1, 7000, "x", 1));
  ck_assert_uint_eq(count, 1);
  ck_assert_ptr_null(ip4_current_header());
  ck_assert_ptr_null(ip_current_netif());
  ck_assert_ptr_null(ip_current_input_netif());
}
END_TEST

START_TEST(nobodys_protocol)
{
  const struct lab_ip ip = { LAB_PEER, LAB_US, 99, 0, 0, 0, NULL, 0 };

  lab_setup();
  lab_rx_ip(&ip, "12345678", 8);
  ck_assert_uint_eq(lwip_x_drops[DROP_IP_PROTO], 1);
  ck_assert_uint_eq(lab_sent, 1);
  ck_assert_uint_eq(lab_out[0].b[20], ICMP_WIRE_UNREACH);
  ck_assert_uint_eq(lab_out[0].b[21], ICMP_WIRE_CODE_PROTO);
  lab_no_leak();
}
END_TEST

/* FRAG-11: a reassembled datagram shorter than its transport header. */
START_TEST(short_reassembled)
{
  static const u8_t protos[] = { 1, 2, 6, 17, 136 };
  unsigned i;
  u16_t n;

  lab_setup();
  for (i = 0; i < sizeof protos; i++) {
    for (n = 1; n < 8; n++) {
      struct lab_ip ip = { LAB_PEER, LAB_US, protos[i], (u16_t)(i * 16 + n), IP4_WIRE_MF, 0, NULL, 0 };
      lab_rx_ip(&ip, "\0\0\0\0\0\0\0\0", 8);
      ip.frag = 1;
      lab_rx_ip(&ip, "\0\0\0\0\0\0\0\0", n);
      ip.frag = 0;
      lab_rx_ip(&ip, "\0\0\0\0\0\0\0\0", n);
    }
  }
  lab_no_leak();
}
END_TEST

static void add_tests(TCase *tc)
{
  tcase_add_test(tc, the_current_packet);
  tcase_add_test(tc, nobodys_protocol);
  tcase_add_test(tc, short_reassembled);
}

LAB_MAIN("ip_deliver")
