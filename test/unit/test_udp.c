/** UDP and UDP-Lite: who gets a datagram, what is sent, and what becomes of nonsense (RFC 768, RFC 1122 4.1, RFC 3828). */
#include "ip_lab.h"

struct sink {
  unsigned count;
  u32_t src;
  u16_t port, len;
  u8_t data[2000];
};
static struct sink sinks[8];

static void on_udp(void *arg, struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *addr, u16_t port)
{
  struct sink *s = (struct sink *)arg;

  (void)pcb;
  s->count++;
  s->src = lwip_ntohl(ip_2_ip4(addr)->addr);
  s->port = port;
  s->len = p->tot_len;
  pbuf_copy_partial(p, s->data, sizeof s->data, 0);
  pbuf_free(p);
}

static struct udp_pcb *open_on(unsigned sink, u32_t ip, u16_t port)
{
  const ip_addr_t a = lab_ip(ip);
  struct udp_pcb *pcb = udp_new();

  ck_assert_ptr_nonnull(pcb);
  ck_assert_int_eq(udp_bind(pcb, &a, port), ERR_OK);
  udp_recv(pcb, on_udp, &sinks[sink]);
  return pcb;
}

static struct pbuf *data(const char *s)
{
  const u16_t len = (u16_t)strlen(s);
  struct pbuf *p = pbuf_alloc(PBUF_TRANSPORT, len, PBUF_RAM);

  ck_assert_ptr_nonnull(p);
  pbuf_take(p, s, len);
  return p;
}

static err_t send_str(struct udp_pcb *pcb, const char *s, u32_t dst, u16_t port)
{
  const ip_addr_t to = lab_ip(dst);
  struct pbuf *p = data(s);
  const err_t err = udp_sendto(pcb, p, &to, port);

  pbuf_free(p);
  return err;
}

START_TEST(receives)
{
  lab_setup();
  open_on(0, 0, 7000);
  lab_rx_udp(LAB_PEER, LAB_US, 1234, 7000, "hello", 5);
  ck_assert_uint_eq(sinks[0].count, 1);
  ck_assert_uint_eq(sinks[0].src, LAB_PEER);
  ck_assert_uint_eq(sinks[0].port, 1234);
  ck_assert_uint_eq(sinks[0].len, 5);
  ck_assert_int_eq(memcmp(sinks[0].data, "hello", 5), 0);
  lab_rx_udp(LAB_PEER, LAB_US, 1234, 7000, NULL, 0); /* UDP-07: nothing is a datagram too */
  ck_assert_uint_eq(sinks[0].count, 2);
  ck_assert_uint_eq(sinks[0].len, 0);
  lab_no_leak();
}
END_TEST

START_TEST(sends)
{
  struct udp_pcb *pcb;
  const u8_t *h;

  lab_setup();
  pcb = open_on(0, 0, 7000);
  pcb->ttl = 5;
  pcb->tos = 0x10;
  ck_assert_int_eq(send_str(pcb, "hello", LAB_PEER, 99), ERR_OK);
  ck_assert_uint_eq(lab_sent, 1);
  lab_check_ip(&lab_out[0]);
  h = lab_out[0].b + 20;
  ck_assert_uint_eq(udp_wire_sport(h), 7000);
  ck_assert_uint_eq(udp_wire_dport(h), 99);
  ck_assert_uint_eq(udp_wire_len(h), 13);
  ck_assert(lab_udp_ok(&lab_out[0]));
  ck_assert_int_eq(memcmp(h + 8, "hello", 5), 0);
  ck_assert_uint_eq(ip4_wire_ttl(lab_out[0].b), 5);
  ck_assert_uint_eq(ip4_wire_tos(lab_out[0].b), 0x10);
  lab_no_leak();
}
END_TEST

/* A checksum that comes out as 0 is sent as ffff (RFC 768). */
START_TEST(checksum_zero_is_ffff)
{
  struct udp_pcb *pcb;
  unsigned i, seen = 0;

  lab_setup();
  pcb = open_on(0, 0, 7000);
  for (i = 0; i < 0x10000; i++) {
    struct pbuf *p = pbuf_alloc(PBUF_TRANSPORT, 2, PBUF_RAM);
    const ip_addr_t to = lab_ip(LAB_PEER);
    be16_put((u8_t *)p->payload, (u16_t)i);
    lab_sent = 0;
    udp_sendto(pcb, p, &to, 99);
    pbuf_free(p);
    ck_assert_uint_ne(udp_wire_chksum(lab_out[0].b + 20), 0);
    seen += udp_wire_chksum(lab_out[0].b + 20) == 0xffff;
  }
  ck_assert_uint_ge(seen, 1);
}
END_TEST

START_TEST(without_checksum)
{
  struct udp_pcb *pcb;

  lab_setup();
  pcb = open_on(0, 0, 7000);
  udp_set_flags(pcb, UDP_FLAGS_NOCHKSUM);
  ck_assert_int_eq(send_str(pcb, "hello", LAB_PEER, 99), ERR_OK);
  ck_assert_uint_eq(udp_wire_chksum(lab_out[0].b + 20), 0);
}
END_TEST

/* No headroom: the header goes into a pbuf of its own, and the program's pbuf is its own again afterwards. */
START_TEST(sends_references)
{
  static char text[] = "constant";
  const ip_addr_t to = lab_ip(LAB_PEER);
  struct udp_pcb *pcb;
  struct pbuf *p;

  lab_setup();
  pcb = open_on(0, 0, 7000);
  p = pbuf_alloc_reference(text, 8, PBUF_ROM);
  ck_assert_int_eq(udp_sendto(pcb, p, &to, 99), ERR_OK);
  ck_assert_int_eq(udp_sendto(pcb, p, &to, 99), ERR_OK);
  ck_assert_uint_eq(p->ref, 1);
  ck_assert_ptr_eq(p->payload, text);
  pbuf_free(p);
  ck_assert_uint_eq(lab_sent, 2);
  ck_assert(lab_udp_ok(&lab_out[1]));
  ck_assert_int_eq(memcmp(lab_out[1].b + 28, "constant", 8), 0);
  lab_no_leak();
}
END_TEST

/* More than the MTU: fragments, whose checksum no hardware could have made. */
START_TEST(sends_big)
{
  const ip_addr_t to = lab_ip(LAB_PEER);
  struct udp_pcb *pcb;
  struct pbuf *p;
  static u8_t whole[6000];
  unsigned i;

  lab_setup();
  NETIF_SET_CHECKSUM_CTRL(&lab_nif, NETIF_CHECKSUM_ENABLE_ALL & ~NETIF_CHECKSUM_GEN_UDP);
  pcb = open_on(0, 0, 7000);
  p = pbuf_alloc(PBUF_TRANSPORT, 5000, PBUF_RAM);
  memset(p->payload, 0x77, 5000);
  ck_assert_int_eq(udp_sendto(pcb, p, &to, 99), ERR_OK);
  pbuf_free(p);
  ck_assert_uint_eq(lab_sent, 4);
  for (i = 0; i < 4; i++) {
    memcpy(whole + ip4_wire_offset(lab_out[i].b), lab_out[i].b + 20, lab_out[i].len - 20u);
  }
  {
    static u8_t b[6000];
    lab_udp(b, LAB_US, LAB_PEER, 7000, 99, whole + 8, 5000);
    ck_assert_uint_eq(udp_wire_chksum(b), udp_wire_chksum(whole));
  }
  ck_assert_int_eq(send_str(pcb, "small", LAB_PEER, 99), ERR_OK);
  ck_assert_uint_eq(udp_wire_chksum(lab_out[4].b + 20), 0); /* left to the hardware */
  lab_no_leak();
}
END_TEST

START_TEST(too_long)
{
  const ip_addr_t to = lab_ip(LAB_PEER);
  struct udp_pcb *pcb;
  struct pbuf *p;

  lab_setup();
  pcb = open_on(0, 0, 7000);
  p = pbuf_alloc(PBUF_RAW, 65508, PBUF_RAM);
  ck_assert_ptr_nonnull(p);
  ck_assert_int_eq(udp_sendto(pcb, p, &to, 99), ERR_MEM);
  pbuf_free(p);
  ck_assert_uint_eq(lab_sent, 0);
}
END_TEST

/* clang-format off */
/** A datagram of 12 octets, one of these things changed (UDP-01, UDP-02, UDP-04). */
static const struct {
  const char *what;
  u16_t len;              /**< octets received */
  u16_t udp_len;
  bool bad_sum, no_sum;
  u16_t sport, dport;
  bool taken;
  unsigned told;
  enum lwip_x_drop why;
} nonsense[] = {
  { "as it should be",          12, 12,     0, 0, 1000, 7000, 1, 0, DROP_NONE         },
  { "nothing",                   0, 12,     0, 0, 1000, 7000, 0, 0, DROP_UDP_SHORT    },
  { "1 octet",                   1, 12,     0, 0, 1000, 7000, 0, 0, DROP_UDP_SHORT    },
  { "7 octets",                  7, 12,     0, 0, 1000, 7000, 0, 0, DROP_UDP_SHORT    },
  { "length 0",                 12, 0,      0, 1, 1000, 7000, 0, 0, DROP_UDP_LEN      },
  { "length 7",                 12, 7,      0, 1, 1000, 7000, 0, 0, DROP_UDP_LEN      },
  { "length 13",                12, 13,     0, 1, 1000, 7000, 0, 0, DROP_UDP_LEN      },
  { "length 65535",             12, 65535,  0, 1, 1000, 7000, 0, 0, DROP_UDP_LEN      },
  { "length 10: the rest is ignored", 12, 10, 0, 1, 1000, 7000, 1, 0, DROP_NONE       },
  { "wrong checksum",           12, 12,     1, 0, 1000, 7000, 0, 0, DROP_UDP_CHKSUM   },
  { "no checksum",              12, 12,     0, 1, 1000, 7000, 1, 0, DROP_NONE         },
  { "source port 0",            12, 12,     0, 0,    0, 7000, 1, 0, DROP_NONE         },
  { "destination port 0",       12, 12,     0, 0, 1000,    0, 0, 0, DROP_UDP_NO_PORT  },
  { "closed port",              12, 12,     0, 0, 1000, 7001, 0, 1, DROP_UDP_NO_PORT  },
  { "closed port, wrong checksum", 12, 12,  1, 0, 1000, 7001, 0, 0, DROP_UDP_CHKSUM   },
  { "closed port, from port 0", 12, 12,     0, 0,    0, 7001, 0, 0, DROP_UDP_NO_PORT  },
};
/* clang-format on */

START_TEST(nonsense_is_dropped)
{
  const struct lab_ip ip = { LAB_PEER, LAB_US, 17, 0, 0, 0, NULL, 0 };
  u8_t b[64], m[64];

  lab_setup();
  open_on(0, 0, 7000);
  lab_udp(m, LAB_PEER, LAB_US, nonsense[_i].sport, nonsense[_i].dport, "data", 4);
  be16_put(m + 4, nonsense[_i].udp_len);
  if (nonsense[_i].bad_sum) {
    m[6] ^= 0x10;
  }
  if (nonsense[_i].no_sum) {
    be16_put(m + 6, 0);
  }
  lab_rx(b, lab_build(b, &ip, m, nonsense[_i].len));
  ck_assert_msg(sinks[0].count == nonsense[_i].taken, "%s", nonsense[_i].what);
  ck_assert_msg(lab_sent == nonsense[_i].told, "%s", nonsense[_i].what);
  ck_assert_msg(nonsense[_i].why == DROP_NONE || lwip_x_drops[nonsense[_i].why] == 1, "%s", nonsense[_i].what);
  lab_no_leak();
}
END_TEST

/* UDP-05: a datagram from our own address and echo port to it. */
START_TEST(no_ping_pong)
{
  lab_setup();
  open_on(0, 0, 7);
  lab_rx_udp(LAB_US, LAB_US, 7, 7, "x", 1);
  ck_assert_uint_eq(sinks[0].count, 0);
  ck_assert_uint_eq(lwip_x_drops[DROP_IP4_SOURCE], 1);
}
END_TEST

/* The most particular pcb gets it, whatever the order they were made in. */
START_TEST(the_best_pcb)
{
  const ip_addr_t peer = lab_ip(LAB_PEER);
  struct udp_pcb *any, *bound, *conn;
  int order = _i;

  lab_setup();
  any = udp_new();
  bound = udp_new();
  conn = udp_new();
  ip_set_option(any, SOF_REUSEADDR);
  ip_set_option(bound, SOF_REUSEADDR);
  ip_set_option(conn, SOF_REUSEADDR);
  for (; order < _i + 3; order++) {
    const ip_addr_t us = lab_ip(LAB_US);
    if (order % 3 == 0) {
      ck_assert_int_eq(udp_bind(any, IP_ADDR_ANY, 7000), ERR_OK);
    } else if (order % 3 == 1) {
      ck_assert_int_eq(udp_bind(bound, &us, 7000), ERR_OK);
    } else {
      ck_assert_int_eq(udp_bind(conn, IP_ADDR_ANY, 7000), ERR_OK);
      ck_assert_int_eq(udp_connect(conn, &peer, 1234), ERR_OK);
    }
  }
  udp_recv(any, on_udp, &sinks[0]);
  udp_recv(bound, on_udp, &sinks[1]);
  udp_recv(conn, on_udp, &sinks[2]);
  lab_rx_udp(LAB_PEER, LAB_US, 1234, 7000, "c", 1);
  ck_assert_uint_eq(sinks[2].count, 1);
  lab_rx_udp(LAB_PEER, LAB_US, 1235, 7000, "b", 1);
  ck_assert_uint_eq(sinks[1].count, 1);
  lab_rx_udp(LAB_PEER + 1, LAB_US, 1234, 7000, "b", 1);
  ck_assert_uint_eq(sinks[1].count, 2);
  udp_disconnect(conn);
  udp_remove(bound);
  lab_rx_udp(LAB_PEER + 1, LAB_US, 1234, 7000, "a", 1);
  ck_assert_uint_eq(sinks[0].count + sinks[2].count, 2);
}
END_TEST

/* clang-format off */
static const struct {
  const char *what;
  u32_t local;
  u8_t options;
  u32_t dst;
  bool taken;
} locals[] = {
  { "any, unicast",                            0,           0,             LAB_US,      true  },
  { "bound, unicast",                          LAB_US,      0,             LAB_US,      true  },
  { "bound to the other address",              LAB_US2,     0,             LAB_US,      false },
  { "any, broadcast, not allowed",             0,           0,             LAB_BCAST,   false },
  { "any, broadcast",                          0,           SOF_BROADCAST, LAB_BCAST,   true  },
  { "bound, broadcast of its net",             LAB_US,      SOF_BROADCAST, LAB_BCAST,   true  },
  { "bound, limited broadcast",                LAB_US,      SOF_BROADCAST, 0xffffffffu, true  },
  { "bound elsewhere, broadcast",              LAB_US2,     SOF_BROADCAST, LAB_BCAST,   false },
  { "any, group",                              0,           0,             LAB_GROUP,   true  },
  { "bound to the group",                      LAB_GROUP,   0,             LAB_GROUP,   true  },
  { "bound to our address, group",             LAB_US,      0,             LAB_GROUP,   false },
};
/* clang-format on */

START_TEST(local_addresses)
{
  const ip4_addr_t group = lab_ip4(LAB_GROUP);
  struct udp_pcb *pcb;

  lab_setup2();
  ck_assert_int_eq(igmp_joingroup_netif(&lab_nif, &group), ERR_OK);
  pcb = open_on(0, locals[_i].local, 7000);
  ip_set_option(pcb, locals[_i].options);
  lab_rx_udp(LAB_PEER, locals[_i].dst, 1234, 7000, "x", 1);
  ck_assert_msg(sinks[0].count == locals[_i].taken, "%s", locals[_i].what);
}
END_TEST

START_TEST(bound_to_an_interface)
{
  struct udp_pcb *pcb;

  lab_setup2();
  pcb = open_on(0, 0, 7000);
  udp_bind_netif(pcb, &lab_nif2);
  lab_rx_udp(LAB_PEER, LAB_US, 1234, 7000, "x", 1);
  ck_assert_uint_eq(sinks[0].count, 0);
  ck_assert_int_eq(send_str(pcb, "x", LAB_FAR, 9), ERR_OK);
  ck_assert_ptr_eq(lab_out[lab_sent - 1].nif, &lab_nif2);
  udp_bind_netif(pcb, NULL);
  lab_rx_udp(LAB_PEER, LAB_US, 1234, 7000, "x", 1);
  ck_assert_uint_eq(sinks[0].count, 1);
  udp_bind_netif(pcb, &lab_nif2);
  netif_remove(&lab_nif2);
  ck_assert_uint_eq(pcb->netif_idx, NETIF_NO_INDEX);
}
END_TEST

/* SO_REUSE_RXTOALL: everybody who shares the port gets a copy of what is sent to all. */
START_TEST(broadcast_to_all)
{
  struct udp_pcb *pcb[3];
  unsigned i;

  lab_setup();
  for (i = 0; i < 3; i++) {
    pcb[i] = udp_new();
    ip_set_option(pcb[i], SOF_REUSEADDR | SOF_BROADCAST);
    ck_assert_int_eq(udp_bind(pcb[i], IP_ADDR_ANY, 7000), ERR_OK);
    udp_recv(pcb[i], on_udp, &sinks[i]);
  }
  lab_rx_udp(LAB_PEER, LAB_BCAST, 1234, 7000, "all", 3);
  ck_assert_uint_eq(sinks[0].count, SO_REUSE_RXTOALL ? 1 : 0);
  ck_assert_uint_eq(sinks[1].count, SO_REUSE_RXTOALL ? 1 : 0);
  ck_assert_uint_eq(sinks[2].count, 1);
  lab_rx_udp(LAB_PEER, LAB_US, 1234, 7000, "one", 3);
  ck_assert_uint_eq(sinks[0].count + sinks[1].count + sinks[2].count, SO_REUSE_RXTOALL ? 4 : 2);
  lab_no_leak();
}
END_TEST

static struct udp_pcb *victims[4];

static void on_udp_remove_all(void *arg, struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *addr, u16_t port)
{
  unsigned i;

  (void)arg;
  (void)pcb;
  (void)addr;
  (void)port;
  sinks[0].count++;
  pbuf_free(p);
  for (i = 0; i < 4; i++) {
    udp_remove(victims[i]);
    victims[i] = NULL;
  }
}

/* A callback may remove its pcb and all others while a broadcast is being handed round. */
START_TEST(removed_in_the_callback)
{
  unsigned i;

  lab_setup();
  for (i = 0; i < 4; i++) {
    victims[i] = udp_new();
    ip_set_option(victims[i], SOF_REUSEADDR | SOF_BROADCAST);
    ck_assert_int_eq(udp_bind(victims[i], IP_ADDR_ANY, 7000), ERR_OK);
    udp_recv(victims[i], on_udp_remove_all, NULL);
  }
  lab_rx_udp(LAB_PEER, LAB_BCAST, 1234, 7000, "all", 3);
  ck_assert_uint_eq(sinks[0].count, 1);
  ck_assert_ptr_null(udp_pcbs);
  lab_no_leak();
}
END_TEST

START_TEST(binding)
{
  const ip_addr_t us = lab_ip(LAB_US), us2 = lab_ip(LAB_US2);
  struct udp_pcb *a, *b;

  lab_setup2();
  a = udp_new();
  b = udp_new();
  ck_assert_int_eq(udp_bind(a, &us, 7000), ERR_OK);
  ck_assert_int_eq(udp_bind(b, &us, 7000), ERR_USE);
  ck_assert_int_eq(udp_bind(b, IP_ADDR_ANY, 7000), ERR_USE);
  ck_assert_int_eq(udp_bind(b, &us2, 7000), ERR_OK);
  ck_assert_int_eq(udp_bind(b, &us, 7001), ERR_OK); /* again, elsewhere */
  ck_assert_int_eq(udp_bind(a, &us, 7000), ERR_OK); /* where it is */
  ip_set_option(a, SOF_REUSEADDR);
  ck_assert_int_eq(udp_bind(b, &us, 7000), ERR_USE); /* both have to want it */
  ip_set_option(b, SOF_REUSEADDR);
  ck_assert_int_eq(udp_bind(b, &us, 7000), ERR_OK);
  ck_assert_int_eq(udp_bind(a, NULL, 7005), ERR_OK);
  ck_assert(ip_addr_isany(&a->local_ip));
  udp_remove(a);
  udp_remove(b);
  ck_assert_ptr_null(udp_pcbs);
  ck_assert_int_eq(udp_bind(NULL, &us, 1), ERR_ARG);
  udp_remove(NULL);
}
END_TEST

/* RFC 6056: ephemeral ports are from the dynamic range, free, and not in a row. */
START_TEST(ephemeral_ports)
{
  struct udp_pcb *pcb[MEMP_NUM_UDP_PCB];
  unsigned i, j, n = 0, steps = 0;

  lab_setup();
  while (n < MEMP_NUM_UDP_PCB && (pcb[n] = udp_new()) != NULL) {
    ck_assert_int_eq(udp_bind(pcb[n], IP_ADDR_ANY, 0), ERR_OK);
    ck_assert_uint_ge(pcb[n]->local_port, 0xc000);
    n++;
  }
  ck_assert_uint_ge(n, 8);
  for (i = 0; i < n; i++) {
    for (j = 0; j < i; j++) {
      ck_assert_uint_ne(pcb[i]->local_port, pcb[j]->local_port);
    }
    steps += i > 0 && pcb[i]->local_port - pcb[i - 1]->local_port == 1;
  }
  ck_assert_uint_lt(steps, 3);
  while (n > 0) {
    udp_remove(pcb[--n]);
  }
  ck_assert_ptr_null(udp_pcbs);
}
END_TEST

/* The list programs walk holds exactly the bound pcbs, whatever comes and goes. */
START_TEST(the_list)
{
  struct udp_pcb *pcb[8] = { 0 };
  unsigned round;

  lab_setup();
  for (round = 0; round < 3000; round++) {
    const unsigned i = test_rand() % 8;
    struct udp_pcb *walk, *const *at = &udp_pcbs;
    unsigned n = 0, live = 0, j;
    if (pcb[i] == NULL) {
      pcb[i] = udp_new();
      ck_assert_ptr_nonnull(pcb[i]);
      ck_assert_int_eq(udp_bind(pcb[i], IP_ADDR_ANY, (u16_t)(test_rand() % 3 == 0 ? 0 : 7000 + i)), ERR_OK);
    } else if (test_rand() % 2 == 0) {
      ck_assert_int_eq(udp_bind(pcb[i], IP_ADDR_ANY, (u16_t)(8000 + test_rand() % 5000 * 8 + i)), ERR_OK);
    } else {
      udp_remove(pcb[i]);
      pcb[i] = NULL;
    }
    for (walk = udp_pcbs; walk != NULL; walk = walk->next) {
      ck_assert_ptr_eq(walk->x_at, at);
      at = &walk->next;
      n++;
    }
    for (j = 0; j < 8; j++) {
      live += pcb[j] != NULL;
    }
    ck_assert_uint_eq(n, live);
    for (j = 0; j < 8; j++) {
      if (pcb[j] != NULL) {
        const unsigned before = sinks[j].count;
        udp_recv(pcb[j], on_udp, &sinks[j]);
        lab_rx_udp(LAB_PEER, LAB_US, 1, pcb[j]->local_port, "x", 1);
        ck_assert_uint_eq(sinks[j].count, before + 1);
      }
    }
  }
}
END_TEST

START_TEST(connected_sending)
{
  const ip_addr_t peer = lab_ip(LAB_PEER);
  struct udp_pcb *pcb;
  struct pbuf *p;

  lab_setup();
  pcb = udp_new();
  p = data("x");
  ck_assert_int_ne(udp_send(pcb, p), ERR_OK); /* nowhere */
  pbuf_free(p);
  ck_assert_int_eq(udp_connect(pcb, &peer, 4000), ERR_OK);
  ck_assert_uint_ge(pcb->local_port, 0xc000);
  p = data("y");
  ck_assert_int_eq(udp_send(pcb, p), ERR_OK);
  pbuf_free(p);
  ck_assert_uint_eq(udp_wire_dport(lab_out[lab_sent - 1].b + 20), 4000);
  udp_recv(pcb, on_udp, &sinks[0]);
  lab_rx_udp(LAB_PEER, LAB_US, 4001, pcb->local_port, "x", 1);
  ck_assert_uint_eq(sinks[0].count, 0);
  lab_rx_udp(LAB_PEER, LAB_US, 4000, pcb->local_port, "x", 1);
  ck_assert_uint_eq(sinks[0].count, 1);
  udp_disconnect(pcb);
  lab_rx_udp(LAB_PEER, LAB_US, 4001, pcb->local_port, "x", 1);
  ck_assert_uint_eq(sinks[0].count, 2);
}
END_TEST

/* An unbound pcb gets a port when it first sends. */
START_TEST(sending_binds)
{
  struct udp_pcb *pcb;

  lab_setup();
  pcb = udp_new();
  ck_assert_int_eq(send_str(pcb, "x", LAB_PEER, 9), ERR_OK);
  ck_assert_uint_ge(pcb->local_port, 0xc000);
  udp_recv(pcb, on_udp, &sinks[0]);
  lab_rx_udp(LAB_PEER, LAB_US, 9, pcb->local_port, "y", 1);
  ck_assert_uint_eq(sinks[0].count, 1);
}
END_TEST

START_TEST(sending_fails_well)
{
  const ip_addr_t us2 = lab_ip(LAB_US2);
  struct udp_pcb *pcb;

  lab_setup();
  pcb = open_on(0, 0, 7000);
  ck_assert_int_eq(send_str(pcb, "x", LAB_BCAST, 9), ERR_VAL); /* IP_SOF_BROADCAST */
  ip_set_option(pcb, SOF_BROADCAST);
  ck_assert_int_eq(send_str(pcb, "x", LAB_BCAST, 9), ERR_OK);
  ck_assert_int_eq(send_str(pcb, "x", 0xffffffffu, 9), ERR_OK);
  ck_assert_int_eq(send_str(pcb, "x", 0, 9), ERR_RTE);
  ck_assert_int_eq(send_str(NULL, "x", LAB_PEER, 9), ERR_ARG);
  ip_addr_copy(pcb->local_ip, us2); /* an address that is gone */
  ck_assert_int_eq(send_str(pcb, "x", LAB_PEER, 9), ERR_RTE);
  netif_set_down(&lab_nif);
  ip_addr_set_zero_ip4(&pcb->local_ip);
  ck_assert_int_eq(send_str(pcb, "x", LAB_PEER, 9), ERR_RTE);
}
END_TEST

START_TEST(memory_fails)
{
  static char text[] = "constant";
  const ip_addr_t to = lab_ip(LAB_PEER);
  struct udp_pcb *pcb;
  struct pbuf *p;

  lab_setup();
  pcb = open_on(0, 0, 7000);
  p = pbuf_alloc_reference(text, 8, PBUF_ROM);
  test_alloc_countdown = 0;
  ck_assert_int_eq(udp_sendto(pcb, p, &to, 9), ERR_MEM);
  test_alloc_countdown = 0;
  ck_assert_ptr_null(udp_new());
  test_alloc_countdown = -1;
  ck_assert_uint_eq(p->ref, 1);
  pbuf_free(p);
  lab_no_leak();
}
END_TEST

/* A pcb that was removed is known as such: an error, a count, no harm. */
START_TEST(stale_pcb)
{
  const ip_addr_t peer = lab_ip(LAB_PEER);
  struct udp_pcb *pcb;

  lab_setup();
  pcb = open_on(0, 0, 7000);
  udp_remove(pcb);
  ck_assert_int_eq(udp_bind(pcb, IP_ADDR_ANY, 7000), ERR_ARG);
  ck_assert_int_eq(udp_connect(pcb, &peer, 7000), ERR_ARG);
  ck_assert_int_eq(send_str(pcb, "x", LAB_PEER, 1), ERR_ARG);
  udp_recv(pcb, on_udp, NULL);
  udp_disconnect(pcb);
  udp_remove(pcb);
  ck_assert_uint_eq(lwip_x_drops[DROP_STALE_PCB], 6);
  ck_assert_uint_eq(lab_used(MEMP_UDP_PCB), 0);
}
END_TEST

/* Another context is inside: refused and counted. */
START_TEST(wrong_context)
{
  struct udp_pcb *pcb;

  lab_setup();
  pcb = open_on(0, 0, 7000);
  ck_assert(core_enter());
  test_context = 5;
  ck_assert_int_eq(send_str(pcb, "x", LAB_PEER, 1), ERR_INPROGRESS);
  ck_assert_uint_gt(lwip_x_drops[DROP_WRONG_CONTEXT], 0);
  test_context = 0;
  core_leave();
  ck_assert_uint_eq(lab_sent, 0);
}
END_TEST

START_TEST(groups)
{
  const ip4_addr_t us2 = lab_ip4(LAB_US2);
  struct udp_pcb *pcb;
  const ip4_addr_t group = lab_ip4(LAB_GROUP);

  lab_setup2();
  ck_assert_int_eq(igmp_joingroup_netif(&lab_nif, &group), ERR_OK);
  lab_wait(5000);
  lab_sent = 0;
  pcb = open_on(0, 0, 7000);
  udp_set_multicast_ttl(pcb, 3);
  ck_assert_int_eq(send_str(pcb, "x", LAB_GROUP, 7000), ERR_OK);
  ck_assert_uint_eq(ip4_wire_ttl(lab_out[0].b), 3);
  ck_assert_ptr_eq(lab_out[0].nif, &lab_nif);
  udp_set_multicast_netif_index(pcb, netif_get_index(&lab_nif2));
  ck_assert_int_eq(send_str(pcb, "x", LAB_GROUP, 7000), ERR_OK);
  ck_assert_ptr_eq(lab_out[1].nif, &lab_nif2);
  udp_set_multicast_netif_index(pcb, NETIF_NO_INDEX);
  udp_set_multicast_netif_addr(pcb, &us2);
  ck_assert_int_eq(send_str(pcb, "x", LAB_GROUP, 7000), ERR_OK);
  ck_assert_ptr_eq(lab_out[2].nif, &lab_nif2);
  ck_assert_uint_eq(sinks[0].count, 0);
  /* and to ourselves, if asked for */
  udp_set_multicast_netif_addr(pcb, IP4_ADDR_ANY4);
  udp_set_flags(pcb, UDP_FLAGS_MULTICAST_LOOP);
  ck_assert_int_eq(send_str(pcb, "loop", LAB_GROUP, 7000), ERR_OK);
  lab_wait(10);
  ck_assert_uint_eq(sinks[0].count, 1);
  ck_assert_uint_eq(sinks[0].len, 4);
  ck_assert_uint_eq(lab_sent, 4);
  lab_no_leak();
}
END_TEST

START_TEST(to_ourselves)
{
  struct udp_pcb *pcb;

  lab_setup();
  pcb = open_on(0, 0, 7000);
  ck_assert_int_eq(send_str(pcb, "me", LAB_US, 7000), ERR_OK);
  ck_assert_int_eq(send_str(pcb, "me", 0x7f000001u, 7000), ERR_OK);
  ck_assert_uint_eq(sinks[0].count, 0);
  lab_wait(10);
  ck_assert_uint_eq(sinks[0].count, 2);
  ck_assert_uint_eq(lab_sent, 0);
  lab_no_leak();
}
END_TEST

START_TEST(address_changes)
{
  const ip_addr_t us = lab_ip(LAB_US), now = lab_ip(LAB_US + 40);
  const ip4_addr_t now4 = lab_ip4(LAB_US + 40), none = { 0 };
  struct udp_pcb *pcb;

  lab_setup();
  pcb = open_on(0, LAB_US, 7000);
  netif_set_ipaddr(&lab_nif, &now4);
  ck_assert(ip_addr_eq(&pcb->local_ip, &now));
  lab_rx_udp(LAB_PEER, LAB_US + 40, 1, 7000, "x", 1);
  ck_assert_uint_eq(sinks[0].count, 1);
  netif_set_ipaddr(&lab_nif, &none); /* gone for a while: it keeps what it has */
  ck_assert(ip_addr_eq(&pcb->local_ip, &now));
  udp_netif_ip_addr_changed(&now, &us);
  ck_assert(ip_addr_eq(&pcb->local_ip, &us));
}
END_TEST

START_TEST(no_callback)
{
  struct udp_pcb *pcb;

  lab_setup();
  pcb = udp_new();
  ck_assert_int_eq(udp_bind(pcb, IP_ADDR_ANY, 7000), ERR_OK);
  lab_rx_udp(LAB_PEER, LAB_US, 1, 7000, "x", 1);
  ck_assert_uint_eq(lwip_x_drops[DROP_UDP_NO_RECV], 1);
  ck_assert_uint_eq(lab_sent, 0);
  lab_no_leak();
}
END_TEST

#if LWIP_UDPLITE
/** A UDP-Lite datagram whose checksum covers the first @p covered octets. */
static void rx_lite(u16_t field, u16_t covered, u8_t flip_at)
{
  const struct lab_ip ip = { LAB_PEER, LAB_US, 136, 0, 0, 0, NULL, 0 };
  u8_t m[28] = { 0 }, pseudo[12], b[64];
  u32_t sum;

  udp_wire_emit(m, 1, 7000, field);
  memset(m + 8, 0x41, 20);
  be32_put(pseudo, LAB_PEER);
  be32_put(pseudo + 4, LAB_US);
  be16_put(pseudo + 8, 136);
  be16_put(pseudo + 10, 28);
  sum = (u32_t)lab_sum(pseudo, 12) + lab_sum(m, covered);
  sum = (sum & 0xffff) + (sum >> 16);
  be16_put(m + 6, (u16_t)~sum);
  if (flip_at != 0) {
    m[flip_at] ^= 1;
  }
  lab_rx(b, lab_build(b, &ip, m, 28));
}

/* RFC 3828 3.1: what is not covered may be damaged, what is covered may not. */
START_TEST(udplite)
{
  struct udp_pcb *pcb;

  lab_setup();
  pcb = open_on(0, 0, 7000);
  udp_set_flags(pcb, UDP_FLAGS_UDPLITE);
  rx_lite(0, 28, 0);
  rx_lite(28, 28, 0);
  rx_lite(12, 12, 0);
  rx_lite(12, 12, 20);
  rx_lite(8, 8, 9);
  ck_assert_uint_eq(sinks[0].count, 5);
  ck_assert_uint_eq(sinks[0].len, 20);
  rx_lite(12, 12, 10);
  rx_lite(0, 28, 27);
  ck_assert_uint_eq(lwip_x_drops[DROP_UDP_CHKSUM], 2);
  rx_lite(7, 7, 0);
  rx_lite(29, 28, 0);
  ck_assert_uint_eq(lwip_x_drops[DROP_UDP_LEN], 2);
  pcb->chksum_len_rx = 16;
  rx_lite(12, 12, 0);
  ck_assert_uint_eq(lwip_x_drops[DROP_UDP_LEN], 3);
  ck_assert_uint_eq(sinks[0].count, 5);
  pcb->chksum_len_tx = 12;
  ck_assert_int_eq(send_str(pcb, "longer than that", LAB_PEER, 9), ERR_OK);
  ck_assert_uint_eq(ip4_wire_proto(lab_out[0].b), 136);
  ck_assert_uint_eq(udp_wire_len(lab_out[0].b + 20), 12);
  lab_no_leak();
}
END_TEST
#endif

static void add_tests(TCase *tc)
{
  tcase_add_test(tc, receives);
  tcase_add_test(tc, sends);
  tcase_add_test(tc, checksum_zero_is_ffff);
  tcase_add_test(tc, without_checksum);
  tcase_add_test(tc, sends_references);
  tcase_add_test(tc, sends_big);
  tcase_add_test(tc, too_long);
  tcase_add_loop_test(tc, nonsense_is_dropped, 0, (int)(sizeof nonsense / sizeof nonsense[0]));
  tcase_add_test(tc, no_ping_pong);
  tcase_add_loop_test(tc, the_best_pcb, 0, 3);
  tcase_add_loop_test(tc, local_addresses, 0, (int)(sizeof locals / sizeof locals[0]));
  tcase_add_test(tc, bound_to_an_interface);
  tcase_add_test(tc, broadcast_to_all);
  tcase_add_test(tc, removed_in_the_callback);
  tcase_add_test(tc, binding);
  tcase_add_test(tc, ephemeral_ports);
  tcase_add_test(tc, the_list);
  tcase_add_test(tc, connected_sending);
  tcase_add_test(tc, sending_binds);
  tcase_add_test(tc, sending_fails_well);
  tcase_add_test(tc, memory_fails);
  tcase_add_test(tc, stale_pcb);
  tcase_add_test(tc, wrong_context);
  tcase_add_test(tc, groups);
  tcase_add_test(tc, to_ourselves);
  tcase_add_test(tc, address_changes);
  tcase_add_test(tc, no_callback);
#if LWIP_UDPLITE
  tcase_add_test(tc, udplite);
#endif
}

LAB_MAIN("udp")
