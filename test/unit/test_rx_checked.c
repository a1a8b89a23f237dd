/** PBUF_FLAG_X_CHECKED: what the hardware has found right is believed, everything else and everything put together is checked. */
#include "ip_lab.h"
#include "lwip/tcp.h"

enum { ICMP = 1, TCP = 6, UDP = 17 };

static const struct {
  const char *name;
  u8_t proto;
  u16_t offset; /**< of the octet to spoil, from the IP header on */
  enum lwip_x_drop reason;
} cases[] = {
  { "IP header", ICMP, 8, DROP_IP4_CHKSUM },
  { "ICMP", ICMP, 30, DROP_ICMP_CHKSUM },
  { "UDP", UDP, 30, DROP_UDP_CHKSUM },
  { "TCP", TCP, 34, DROP_TCP_CHKSUM },
};
#define CASES (sizeof cases / sizeof cases[0])

/** Build a packet with right checksums at @p b: an echo request, a datagram to port 7, a SYN to port 80.  @return its length */
static u16_t build(u8_t *b, u8_t proto)
{
  static const u8_t fields[] = { [ICMP] = 2, [UDP] = 6, [TCP] = 16 };
  const u16_t len = proto == TCP ? 20 : 16;
  u32_t sum =
    proto == ICMP ? 0 : (LAB_PEER >> 16) + (LAB_PEER & 0xffff) + (LAB_US >> 16) + (LAB_US & 0xffff) + proto + len;
  u8_t *h = b + 20;
  unsigned i;

  memset(b, 0, 20u + len);
  b[0] = 0x45;
  be16_put(b + 2, (u16_t)(20 + len));
  b[8] = 64;
  b[9] = proto;
  be32_put(b + 12, LAB_PEER);
  be32_put(b + 16, LAB_US);
  be16_put(b + 10, (u16_t)~lab_sum(b, 20));
  if (proto == ICMP) {
    h[0] = 8;
  } else {
    be16_put(h, 5000);
    be16_put(h + 2, proto == UDP ? 7 : 80);
  }
  if (proto == UDP) {
    be16_put(h + 4, len);
  } else if (proto == TCP) {
    h[12] = 0x50;
    h[13] = 2; /* SYN */
    be16_put(h + 14, 1000);
  }
  for (i = 0; i < len; i += 2) {
    sum += be16_get(h + i);
  }
  sum = (sum & 0xffff) + (sum >> 16);
  sum = (sum & 0xffff) + (sum >> 16);
  be16_put(h + fields[proto], (u16_t)~sum);
  return (u16_t)(20 + len);
}

static void give(const u8_t *b, u16_t len, bool checked)
{
  struct pbuf *p = pbuf_alloc(PBUF_RAW, len, PBUF_POOL);

  ck_assert_ptr_nonnull(p);
  ck_assert_int_eq(pbuf_take(p, b, len), ERR_OK);
  if (checked) {
    p->flags |= PBUF_FLAG_X_CHECKED;
  }
  ck_assert_int_eq(lab_nif.input(p, &lab_nif), ERR_OK);
}

static unsigned datagrams;

static void count(void *arg, struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *addr, u16_t port)
{
  (void)arg;
  (void)pcb;
  (void)addr;
  (void)port;
  datagrams++;
  pbuf_free(p);
}

static void start(void)
{
  struct udp_pcb *udp;
  struct tcp_pcb *tcp;

  lab_setup();
  udp = udp_new();
  tcp = tcp_new();
  ck_assert_int_eq(udp_bind(udp, IP4_ADDR_ANY, 7), ERR_OK);
  udp_recv(udp, count, NULL);
  ck_assert_int_eq(tcp_bind(tcp, IP4_ADDR_ANY, 80), ERR_OK);
  ck_assert_ptr_nonnull(tcp_listen(tcp));
}

/** Answered (ICMP, TCP) or delivered (UDP). */
static bool arrived(void)
{
  const bool yes = lab_sent > 0 || datagrams > 0;

  lab_sent = 0;
  datagrams = 0;
  return yes;
}

START_TEST(a_wrong_sum_is_found_unless_the_hardware_says_otherwise)
{
  u8_t b[64];
  u16_t len;
  u32_t before;

  start();
  len = build(b, cases[_i].proto);
  give(b, len, false);
  ck_assert_msg(arrived(), "%s: right, but not taken", cases[_i].name);
  b[cases[_i].offset] ^= 1;
  before = lwip_x_drops[cases[_i].reason];
  give(b, len, false);
  ck_assert_msg(!arrived(), "%s: wrong and taken", cases[_i].name);
  ck_assert_uint_eq(lwip_x_drops[cases[_i].reason], before + 1);
  give(b, len, true);
  ck_assert_msg(arrived(), "%s: marked and not believed", cases[_i].name);
}
END_TEST

/** No MAC sees a datagram that comes in fragments as a whole, whatever it says of each. */
START_TEST(what_is_put_together_is_checked)
{
  u8_t b[64], part[64];
  const u32_t before = lwip_x_drops[DROP_ICMP_CHKSUM];
  unsigned i;

  start();
  (void)build(b, ICMP);
  b[30] ^= 1;
  for (i = 0; i < 2; i++) {
    memcpy(part, b, 20);
    memcpy(part + 20, b + 20 + 8 * i, 8);
    be16_put(part + 2, 28);
    be16_put(part + 6, i == 0 ? 0x2000 : 0x0001);
    be16_put(part + 10, 0);
    be16_put(part + 10, (u16_t)~lab_sum(part, 20));
    give(part, 28, true);
  }
  ck_assert(!arrived());
  ck_assert_uint_eq(lwip_x_drops[DROP_ICMP_CHKSUM], before + 1);
}
END_TEST

int main(void)
{
  Suite *s = suite_create("rx_checked");
  TCase *t = tcase_create("all");
  SRunner *r;
  int failed;

  tcase_add_loop_test(t, a_wrong_sum_is_found_unless_the_hardware_says_otherwise, 0, (int)CASES);
  tcase_add_test(t, what_is_put_together_is_checked);
  suite_add_tcase(s, t);
  r = srunner_create(s);
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
