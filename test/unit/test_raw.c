/** Raw pcbs: who sees a packet, who eats it, what is sent. */
#include "ip_lab.h"
#include "lwip/priv/raw_priv.h"

static unsigned seen[4];
static u8_t appetite[4]; /**< what each callback answers */
static struct raw_pcb *victim;

static u8_t on_raw(void *arg, struct raw_pcb *pcb, struct pbuf *p, const ip_addr_t *addr)
{
  const unsigned i = (unsigned)(uintptr_t)arg;

  (void)pcb;
  ck_assert_uint_eq(ip4_wire_version((const u8_t *)p->payload), 4);
  ck_assert(ip_addr_eq(addr, ip_current_src_addr()));
  seen[i]++;
  if (victim != NULL) {
    raw_remove(victim);
    victim = NULL;
  }
  if (appetite[i] != 0) {
    pbuf_free(p);
  }
  return appetite[i];
}

static struct raw_pcb *open_for(unsigned i, u8_t proto)
{
  struct raw_pcb *pcb = raw_new(proto);

  ck_assert_ptr_nonnull(pcb);
  raw_recv(pcb, on_raw, (void *)(uintptr_t)i);
  return pcb;
}

static void rx(u8_t proto)
{
  const struct lab_ip ip = { LAB_PEER, LAB_US, proto, 0, 0, 0, NULL, 0 };

  lab_rx_ip(&ip, "12345678", 8);
}

/* The youngest is asked first; the first that eats ends it; nobody's protocol seen by a raw pcb is no error. */
START_TEST(eating)
{
  lab_setup();
  open_for(0, 99);
  open_for(1, 99);
  open_for(2, 98);
  rx(99);
  ck_assert(seen[0] == 1 && seen[1] == 1 && seen[2] == 0);
  ck_assert_uint_eq(lab_sent, 0);
  appetite[1] = 1;
  rx(99);
  ck_assert(seen[0] == 1 && seen[1] == 2);
  rx(97);
  ck_assert_uint_eq(lab_sent, 1); /* protocol unreachable */
  lab_no_leak();
}
END_TEST

/* A raw pcb sees what UDP gets, too. */
START_TEST(before_the_others)
{
  lab_setup();
  open_for(0, 17);
  lab_rx_udp(LAB_PEER, LAB_US, 1, 2, "x", 1);
  ck_assert_uint_eq(seen[0], 1);
  ck_assert_uint_eq(lab_sent, 1); /* port unreachable: it was left to UDP */
  appetite[0] = 1;
  lab_rx_udp(LAB_PEER, LAB_US, 1, 2, "x", 1);
  ck_assert_uint_eq(lab_sent, 1);
  lab_no_leak();
}
END_TEST

START_TEST(matching)
{
  const ip_addr_t us = lab_ip(LAB_US), us2 = lab_ip(LAB_US2), peer = lab_ip(LAB_PEER), far = lab_ip(LAB_FAR);
  const struct lab_ip all = { LAB_PEER, LAB_BCAST, 99, 0, 0, 0, NULL, 0 };
  struct raw_pcb *pcb;

  lab_setup2();
  pcb = open_for(0, 99);
  ck_assert_int_eq(raw_bind(pcb, &us), ERR_OK);
  rx(99);
  ck_assert_uint_eq(seen[0], 1);
  ck_assert_int_eq(raw_bind(pcb, &us2), ERR_OK);
  rx(99);
  ck_assert_uint_eq(seen[0], 1);
  ck_assert_int_eq(raw_bind(pcb, IP_ADDR_ANY), ERR_OK);
  ck_assert_int_eq(raw_connect(pcb, &far), ERR_OK);
  rx(99);
  ck_assert_uint_eq(seen[0], 1);
  ck_assert_int_eq(raw_connect(pcb, &peer), ERR_OK);
  rx(99);
  ck_assert_uint_eq(seen[0], 2);
  raw_disconnect(pcb);
  raw_bind_netif(pcb, &lab_nif2);
  rx(99);
  ck_assert_uint_eq(seen[0], 2);
  raw_bind_netif(pcb, NULL);
  lab_rx_ip(&all, "x", 1);
  ck_assert_uint_eq(seen[0], 2); /* IP_SOF_BROADCAST_RECV */
  ip_set_option(pcb, SOF_BROADCAST);
  lab_rx_ip(&all, "x", 1);
  ck_assert_uint_eq(seen[0], 3);
  raw_recv(pcb, NULL, NULL);
  rx(99);
  ck_assert_uint_eq(seen[0], 3);
  ck_assert_int_eq(raw_bind(pcb, NULL), ERR_VAL);
  ck_assert_int_eq(raw_connect(pcb, NULL), ERR_VAL);
}
END_TEST

/* A callback may remove any pcb, its own and the next one included. */
START_TEST(removing_in_the_callback)
{
  struct raw_pcb *a, *b, *c;

  lab_setup();
  a = open_for(0, 99);
  b = open_for(1, 99);
  c = open_for(2, 99);
  victim = b;
  rx(99);
  ck_assert(seen[2] == 1 && seen[1] == 0 && seen[0] == 1);
  victim = c;
  rx(99);
  ck_assert(seen[2] == 2 && seen[0] == 2);
  raw_remove(a);
  rx(99);
  ck_assert_uint_eq(seen[0], 2);
  raw_remove(a);
  ck_assert_uint_eq(lwip_x_drops[DROP_STALE_PCB], 1);
  ck_assert_uint_eq(lab_used(MEMP_RAW_PCB), 0);
}
END_TEST

static struct pbuf *data(pbuf_layer layer)
{
  struct pbuf *p = pbuf_alloc(layer, 4, PBUF_RAM);

  ck_assert_ptr_nonnull(p);
  pbuf_take(p, "data", 4);
  return p;
}

START_TEST(sending)
{
  static char text[] = "text";
  const ip_addr_t peer = lab_ip(LAB_PEER), us = lab_ip(LAB_US), all = lab_ip(LAB_BCAST), none = lab_ip(0);
  struct raw_pcb *pcb;
  struct pbuf *p;

  lab_setup2();
  pcb = open_for(0, 99);
  p = data(PBUF_IP);
  ck_assert_int_eq(raw_sendto(pcb, p, &peer), ERR_OK);
  pbuf_free(p);
  lab_check_ip(&lab_out[0]);
  ck_assert_uint_eq(ip4_wire_proto(lab_out[0].b), 99);
  ck_assert_uint_eq(be32_get(lab_out[0].b + 12), LAB_US);
  ck_assert_int_eq(memcmp(lab_out[0].b + 20, "data", 4), 0);
  p = pbuf_alloc_reference(text, 4, PBUF_ROM);
  ck_assert_int_eq(raw_sendto(pcb, p, &peer), ERR_OK);
  ck_assert_uint_eq(p->ref, 1);
  ck_assert_int_eq(raw_sendto(pcb, p, &all), ERR_VAL);
  ck_assert_int_eq(raw_sendto(pcb, p, &none), ERR_RTE);
  ck_assert_int_eq(raw_sendto(pcb, NULL, &peer), ERR_VAL);
  ck_assert_int_eq(raw_sendto(NULL, p, &peer), ERR_VAL);
  ck_assert_int_eq(raw_sendto_if_src(pcb, p, &peer, &lab_nif2, &us), ERR_OK);
  ck_assert_ptr_eq(lab_out[lab_sent - 1].nif, &lab_nif2);
  ck_assert_int_eq(raw_connect(pcb, &peer), ERR_OK);
  ck_assert_int_eq(raw_send(pcb, p), ERR_OK);
  ck_assert_uint_eq(lab_sent, 4);
  test_alloc_countdown = 0;
  ck_assert_int_eq(raw_send(pcb, p), ERR_MEM);
  test_alloc_countdown = -1;
  pbuf_free(p);
  lab_no_leak();
}
END_TEST

START_TEST(header_included)
{
  const struct lab_ip ip = { LAB_US, LAB_PEER, 50, 1, 0, 9, NULL, 0 };
  const ip_addr_t peer = lab_ip(LAB_PEER);
  struct raw_pcb *pcb;
  struct pbuf *p;
  u8_t b[32];
  u16_t len;

  lab_setup();
  pcb = open_for(0, 99);
  raw_set_flags(pcb, RAW_FLAGS_HDRINCL);
  len = lab_build(b, &ip, "abc", 3);
  p = pbuf_alloc(PBUF_LINK, len, PBUF_RAM);
  pbuf_take(p, b, len);
  ck_assert_int_eq(raw_sendto(pcb, p, &peer), ERR_OK);
  pbuf_free(p);
  ck_assert_int_eq(memcmp(lab_out[0].b, b, len), 0);
  p = data(PBUF_LINK);
  ck_assert_int_eq(raw_sendto(pcb, p, &peer), ERR_VAL);
  pbuf_free(p);
}
END_TEST

START_TEST(pcbs_are_bounded)
{
  unsigned n = 0;

  lab_setup();
  while (raw_new(1) != NULL) {
    n++;
  }
  ck_assert_uint_eq(n, MEMP_NUM_RAW_PCB);
}
END_TEST

static void add_tests(TCase *tc)
{
  tcase_add_test(tc, eating);
  tcase_add_test(tc, before_the_others);
  tcase_add_test(tc, matching);
  tcase_add_test(tc, removing_in_the_callback);
  tcase_add_test(tc, sending);
  tcase_add_test(tc, header_included);
  tcase_add_test(tc, pcbs_are_bounded);
}

LAB_MAIN("raw")
