/** The DHCPv6 client against a server written line by line: RFC 8415 section 18.2, and what hostile servers send. */
#include "nd6_lab.h"
#include "lwip/dhcp6.h"
#include "service/dhcp6_client.h"
#include "wire/wire_dhcp6.h"

#define ADDR "2001:db8:5::77"
#define ADDR2 "2001:db8:5::78"
#define SERVERS "ff02::1:2"

static const u8_t duid_us[] = { 0, 3, 0, 1, 2, 0, 0, 0, 0, 1 };
static const u8_t duid_a[] = { 0, 3, 0, 1, 2, 0, 0, 0, 0, 0xaa };
static const u8_t duid_b[] = { 0, 3, 0, 1, 2, 0, 0, 0, 0, 0xbb };

static ip_addr_t ntp[4];
static u8_t ntp_n;

void dhcp6_set_ntp_servers(u8_t n, const ip_addr_t *servers)
{
  ntp_n = n;
  memcpy(ntp, servers, n * sizeof ntp[0]);
}

/* --- what the client said --- */

static struct dhcp6_span said; /**< options of the last message */
static u32_t xid;

/** The last message sent is one of @p type; or 0: none was sent. */
static void expect(u8_t type)
{
  unsigned i, last = LAB_OUT_MAX;

  for (i = 0; i < lab_sent; i++) {
    const u8_t *h = lab_out[i].b + 14;
    if (h[6] == 17 && be16_get(h + 42) == 547) {
      last = i;
    }
  }
  if (type == 0) {
    ck_assert_uint_eq(last, LAB_OUT_MAX);
    return;
  }
  ck_assert_msg(last != LAB_OUT_MAX, "nothing was sent");
  check_addrs(last, LL_US, SERVERS);
  ck_assert_uint_eq(be16_get(out_ip(last) + 40), 546);
  ck_assert_uint_eq(lab_sum6(out_ip(last), out_ip(last) + 40, ip6_wire_plen(out_ip(last)), 17), 0xffff);
  ck_assert_uint_eq(out_ip(last)[48], type);
  xid = be32_get(out_ip(last) + 48) & 0xffffff;
  said.at = out_ip(last) + 52;
  said.len = ip6_wire_plen(out_ip(last)) - 12u;
  ck_assert_uint_eq(dhcp6_wire_find(said, 1, 10).len, 10);
  ck_assert_mem_eq(dhcp6_wire_find(said, 1, 10).at, duid_us, 10);
  ck_assert_uint_eq(dhcp6_wire_find(said, 8, 2).len, 2);
}

/** The address in the IA of the last message, or none (NULL). */
static void expect_addr(const char *addr)
{
  struct dhcp6_span o = dhcp6_wire_find(said, 3, 12);
  struct dhcp6_ia ia;

  ck_assert(dhcp6_wire_ia(o, &ia));
  o = dhcp6_wire_find(ia.options, 5, 24);
  ck_assert_msg((o.at != NULL) == (addr != NULL), "an address, or none");
  if (addr != NULL) {
    const ip6_addr_t a = a6(addr);
    ck_assert_mem_eq(o.at, a.addr, 16);
  }
}

static void expect_server(const u8_t *duid)
{
  const struct dhcp6_span o = dhcp6_wire_find(said, 2, 0);

  ck_assert((o.at != NULL) == (duid != NULL));
  if (duid != NULL) {
    ck_assert_uint_eq(o.len, 10);
    ck_assert_mem_eq(o.at, duid, 10);
  }
}

/* --- what servers say --- */

struct reply {
  u8_t b[1200];
  u8_t *at;
};

static void begin(struct reply *r, u8_t type, const u8_t *server)
{
  r->at = dhcp6_wire_put(r->b, type, xid);
  r->at = dhcp6_wire_put_opt(r->at, 1, duid_us, sizeof duid_us);
  r->at = dhcp6_wire_put_opt(r->at, 2, server, 10);
}

static void add_u8(struct reply *r, u16_t code, u8_t v)
{
  r->at = dhcp6_wire_put_opt(r->at, code, &v, 1);
}

static void add_u32(struct reply *r, u16_t code, u32_t v)
{
  u8_t b[4];

  be32_put(b, v);
  r->at = dhcp6_wire_put_opt(r->at, code, b, 4);
}

static void add_status(struct reply *r, u16_t status)
{
  u8_t b[2];

  be16_put(b, status);
  r->at = dhcp6_wire_put_opt(r->at, 13, b, 2);
}

static void add_addr(struct reply *r, u16_t code, const char *addr)
{
  const ip6_addr_t a = a6(addr);

  r->at = dhcp6_wire_put_opt(r->at, code, a.addr, 16);
}

/** An IA with @p addr (NULL: none) and @p status. */
static void add_ia(struct reply *r, const char *addr, u32_t t1, u32_t t2, u32_t preferred_s, u32_t valid_s,
                   u16_t status)
{
  u8_t *data = dhcp6_wire_begin(r->at, 3);

  be32_put(data, lab_nif.num);
  be32_put(data + 4, t1);
  be32_put(data + 8, t2);
  r->at = data + 12;
  if (addr != NULL) {
    const ip6_addr_t a = a6(addr);
    u8_t b[24];
    memcpy(b, a.addr, 16);
    be32_put(b + 16, preferred_s);
    be32_put(b + 20, valid_s);
    r->at = dhcp6_wire_put_opt(r->at, 5, b, 24);
  }
  if (status != 0) {
    add_status(r, status);
  }
  dhcp6_wire_end(data, r->at);
}

static void rx(const void *m, size_t len)
{
  const struct lab_ip6 ip = { LL_R, LL_US, mac_r, 0, false, false };
  u8_t b[1400];

  be16_put(b, 547);
  be16_put(b + 2, 546);
  be16_put(b + 4, (u16_t)(8 + len));
  memcpy(b + 8, m, len);
  lab_rx_proto(&ip, 17, b, 8 + len, 6);
}

static void end(struct reply *r)
{
  lab_sent = 0;
  rx(r->b, (size_t)(r->at - r->b));
}

static void ra(u8_t flags)
{
  struct lab_msg m;

  ra_begin(&m, 1800, flags, mac_r);
  ra_rx(&m, LL_R);
}

static const struct dhcp6 *client(void)
{
  return netif_dhcp6_data(&lab_nif);
}

static void setup(void)
{
  lab_setup();
  ra(0);
  ck_assert_int_eq(dhcp6_enable_stateful(&lab_nif), ERR_OK);
  lab_wait(5000);
  lab_sent = 0;
}

static void advertise(const u8_t *server, const char *addr, int preference)
{
  struct reply r;

  begin(&r, 2, server);
  add_ia(&r, addr, 0, 0, 3600, 7200, 0);
  if (preference >= 0) {
    add_u8(&r, 7, (u8_t)preference);
  }
  end(&r);
}

static void reply(const u8_t *server, const char *addr, u32_t t1, u32_t t2, u32_t preferred_s, u32_t valid_s)
{
  struct reply r;

  begin(&r, 7, server);
  add_ia(&r, addr, t1, t2, preferred_s, valid_s, 0);
  add_addr(&r, 23, "2001:db8:5::53");
  end(&r);
}

/** With a lease of @p addr: T1 1000 s, T2 2000 s, preferred 3000 s, valid 4000 s. */
static void leased(void)
{
  setup();
  ra(0x80);
  lab_wait(1000);
  expect(1);
  advertise(duid_a, ADDR, 255);
  expect(3);
  reply(duid_a, ADDR, 1000, 2000, 3000, 4000);
  ck_assert_uint_eq(client()->state, DHCP6_X_STATE_BOUND);
  lab_wait(3000);
  ck_assert_uint_eq(state_of(ADDR), IP6_ADDR_PREFERRED);
  lab_sent = 0;
}

/* 18.2.1, 18.2.2, 18.2.10: solicit within a second, request, reply, duplicate detection. */
START_TEST(whole)
{
  setup();
  lab_wait(100000);
  expect(0); /* no router said so */
  ra(0x80);
  lab_wait(1000);
  expect(1);
  expect_server(NULL);
  expect_addr(NULL);
  ck_assert_ptr_nonnull(dhcp6_wire_find(said, 14, 0).at);
  ck_assert_ptr_nonnull(dhcp6_wire_find(said, 6, 2).at);
  advertise(duid_a, ADDR, 255);
  expect(3);
  expect_server(duid_a);
  expect_addr(ADDR);
  reply(duid_a, ADDR, 1000, 2000, 3000, 4000);
  ck_assert_uint_ne(ip6_addr_istentative(state_of(ADDR)), 0);
  ck_assert_uint_eq(netif_ip6_addr_valid_life(&lab_nif, slot_of(ADDR)), 4000);
  lab_wait(2001);
  ck_assert_uint_eq(state_of(ADDR), IP6_ADDR_PREFERRED);
  ck_assert(IP_IS_V6(dns_getserver(0)) && !ip_addr_isany(dns_getserver(0)));
}
END_TEST

/* 18.2.1, 15: advertisements are collected for the first second, the most preferred is taken. */
START_TEST(best_advertisement)
{
  setup();
  ra(0x80);
  lab_wait(1000);
  expect(1);
  advertise(duid_a, ADDR, -1);
  advertise(duid_b, ADDR2, 7);
  advertise(duid_a, ADDR, 3);
  expect(0);
  lab_wait(1101);
  expect(3);
  expect_server(duid_b);
  expect_addr(ADDR2);
}
END_TEST

/* 15: solicitations back off, by a tenth more or less. */
START_TEST(backs_off)
{
  u32_t at[10];
  unsigned i, n = 0;

  setup();
  ra(0x80);
  lab_wait(130000);
  for (i = 0; i < lab_sent && n < 10; i++) {
    if (lab_out[i].b[14 + 6] == 17) {
      at[n++] = lab_out[i].at_ms;
    }
  }
  ck_assert_uint_ge(n, 6);
  for (i = 1; i < n; i++) {
    const double low = i == 1 ? 1.0 : 0.9 * (at[i - 1] - at[i - 2]) * 2, wait = at[i] - at[i - 1];
    ck_assert_msg(wait >= (i == 1 ? 1001 : low - 2), "wait %u: %g", i, wait);
    ck_assert_msg(i == 1 ? wait <= 1100 : wait <= 1.1 * 2 * (at[i - 1] - at[i - 2]) + 2, "wait %u: %g", i, wait);
  }
}
END_TEST

/* 18.2.1: a reply at once, if the server says that it means it. */
START_TEST(rapid_commit)
{
  struct reply r;

  setup();
  ra(0x80);
  lab_wait(1000);
  expect(1);
  reply(duid_a, ADDR, 0, 0, 3000, 4000); /* without the option: ignored */
  ck_assert_int_eq(slot_of(ADDR), -1);
  begin(&r, 7, duid_a);
  add_ia(&r, ADDR, 0, 0, 3000, 4000, 0);
  r.at = dhcp6_wire_put_opt(r.at, 14, "", 0);
  end(&r);
  ck_assert_int_ge(slot_of(ADDR), 1);
  ck_assert_uint_eq(client()->state, DHCP6_X_STATE_BOUND);
  lab_wait(1499000); /* T1 was left to us: half of the preferred lifetime */
  ck_assert_uint_eq(client()->state, DHCP6_X_STATE_BOUND);
  lab_wait(2000);
  ck_assert_uint_eq(client()->state, DHCP6_X_STATE_RENEWING);
}
END_TEST

/* 18.2.4, 18.2.5: renew at T1, from our server; rebind at T2, from any; then it is over. */
START_TEST(renew_rebind_lose)
{
  leased();
  lab_wait(990000);
  expect(0);
  lab_wait(10000);
  expect(5);
  expect_server(duid_a);
  expect_addr(ADDR);
  reply(duid_b, ADDR, 1000, 2000, 3000, 4000); /* not he who was asked */
  ck_assert_uint_eq(client()->state, DHCP6_X_STATE_RENEWING);
  reply(duid_a, ADDR, 1000, 2000, 3000, 4000);
  ck_assert_uint_eq(client()->state, DHCP6_X_STATE_BOUND);
  ck_assert_uint_eq(netif_ip6_addr_valid_life(&lab_nif, slot_of(ADDR)), 4000);
  lab_wait(1001000);
  expect(5);
  lab_wait(1010000 + 600000);
  expect(6);
  expect_server(NULL);
  expect_addr(ADDR);
  lab_wait(500000);
  ck_assert_uint_eq(state_of(ADDR), IP6_ADDR_DEPRECATED);
  lab_wait(1600000);
  ck_assert_int_eq(slot_of(ADDR), -1);
  expect(1);
}
END_TEST

START_TEST(rebound_elsewhere)
{
  leased();
  lab_wait(2620000);
  expect(6);
  reply(duid_b, ADDR, 1000, 2000, 3000, 4000);
  ck_assert_uint_eq(client()->state, DHCP6_X_STATE_BOUND);
  lab_wait(1001000);
  expect(5);
  expect_server(duid_b);
}
END_TEST

/* 18.2.10.1: the server has forgotten us. */
START_TEST(no_binding)
{
  struct reply r;

  leased();
  lab_wait(1001000);
  expect(5);
  begin(&r, 7, duid_a);
  add_ia(&r, NULL, 0, 0, 0, 0, 3);
  end(&r);
  expect(3);
  expect_server(duid_a);
  reply(duid_a, ADDR2, 1000, 2000, 3000, 4000);
  ck_assert_int_ge(slot_of(ADDR2), 1);
}
END_TEST

/* 18.2.10.1: no addresses, or none for this link: begin again; what went wrong for no reason: ask again. */
START_TEST(refusals)
{
  static const u16_t status[] = { 2, 4, 1 };
  struct reply r;

  setup();
  ra(0x80);
  lab_wait(1000);
  expect(1);
  advertise(duid_a, ADDR, 255);
  expect(3);
  begin(&r, 7, duid_a);
  add_ia(&r, NULL, 0, 0, 0, 0, status[_i]);
  end(&r);
  ck_assert_uint_eq(client()->state, _i == 2 ? DHCP6_X_STATE_REQUESTING : DHCP6_X_STATE_SOLICITING);
  ck_assert_int_eq(slot_of(ADDR), -1);
}
END_TEST

/* 18.2.9: an advertisement without addresses is none; but its SOL_MAX_RT counts (21.24). */
START_TEST(no_addresses_advertised)
{
  struct reply r;

  setup();
  ra(0x80);
  lab_wait(1000);
  expect(1);
  begin(&r, 2, duid_a);
  add_status(&r, 2);
  add_u32(&r, 82, 60);
  end(&r);
  ck_assert_uint_eq(client()->state, DHCP6_X_STATE_SOLICITING);
  ck_assert_uint_eq(client()->x_sol_max_ms, 60000);
}
END_TEST

/* 18.2.8, RFC 4862: the address is another's: decline it, and start over. */
START_TEST(declines)
{
  struct reply r;

  setup();
  ra(0x80);
  lab_wait(1000);
  expect(1);
  advertise(duid_a, ADDR, 255);
  expect(3);
  reply(duid_a, ADDR, 1000, 2000, 3000, 4000);
  lab_wait(1001);
  lab_sent = 0;
  rx_na(ADDR, ALL_NODES, ADDR, mac_evil, 0x20);
  expect(9);
  expect_server(duid_a);
  expect_addr(ADDR);
  begin(&r, 7, duid_a);
  end(&r);
  ck_assert_int_eq(slot_of(ADDR), -1);
  lab_wait(1000);
  expect(1);
}
END_TEST

/* 18.2.7: given back when no longer wanted. */
START_TEST(releases)
{
  struct reply r;

  leased();
  dhcp6_disable(&lab_nif);
  expect(8);
  expect_server(duid_a);
  expect_addr(ADDR);
  ck_assert_int_eq(slot_of(ADDR), -1);
  xid ^= 1;
  begin(&r, 7, duid_a);
  end(&r); /* about something else */
  ck_assert_uint_eq(client()->state, DHCP6_X_STATE_RELEASING);
  xid ^= 1;
  begin(&r, 7, duid_a);
  add_status(&r, 3);
  end(&r);
  ck_assert_uint_eq(client()->state, DHCP6_STATE_OFF);
  dhcp6_cleanup(&lab_nif);
  ck_assert_uint_eq(lwip_stats.memp[MEMP_UDP_PCB]->used, 0);
  ck_assert_uint_eq(lwip_stats.mem.used, 0);
}
END_TEST

/* 18.2.3: another link, perhaps. */
START_TEST(confirms)
{
  struct reply r;

  leased();
  netif_set_link_down(&lab_nif);
  netif_set_link_up(&lab_nif);
  lab_wait(1001);
  expect(4);
  expect_server(NULL);
  expect_addr(ADDR);
  begin(&r, 7, duid_b);
  add_status(&r, 0);
  end(&r);
  ck_assert_uint_eq(client()->state, DHCP6_X_STATE_BOUND);
  netif_set_link_down(&lab_nif);
  netif_set_link_up(&lab_nif);
  lab_wait(15000); /* nobody answers: it holds */
  ck_assert_uint_eq(client()->state, DHCP6_X_STATE_BOUND);
  ck_assert_int_ge(slot_of(ADDR), 1);
  netif_set_link_down(&lab_nif);
  netif_set_link_up(&lab_nif);
  lab_wait(1001);
  expect(4);
  begin(&r, 7, duid_b);
  add_status(&r, 4);
  end(&r);
  ck_assert_int_eq(slot_of(ADDR), -1);
  lab_wait(1000);
  expect(1);
}
END_TEST

/* 18.2.6: parameters only, once, and again after a day or as the server says; RA-07: flags that flicker start nothing twice. */
START_TEST(stateless)
{
  struct reply r;
  unsigned i;

  lab_setup();
  ck_assert_int_eq(dhcp6_enable_stateless(&lab_nif), ERR_OK);
  ra(0x40);
  lab_wait(1000);
  expect(11);
  ck_assert_ptr_null(dhcp6_wire_find(said, 3, 0).at);
  begin(&r, 7, duid_a);
  add_addr(&r, 23, "2001:db8:5::53");
  add_addr(&r, 31, "2001:db8:5::123");
  add_u32(&r, 32, 700);
  end(&r);
  ck_assert(!ip_addr_isany(dns_getserver(0)));
  ck_assert_uint_eq(ntp_n, 1);
  for (i = 0; i < 200; i++) {
    ra(i & 1 ? 0xc0 : 0);
  }
  lab_wait(600000);
  expect(0);
  lab_wait(102000);
  expect(11);
}
END_TEST

/* RFC 5908: NTP servers by address, before those of RFC 4075. */
START_TEST(ntp_servers)
{
  struct reply r;
  u8_t *data;

  lab_setup();
  ck_assert_int_eq(dhcp6_enable_stateless(&lab_nif), ERR_OK);
  ra(0x40);
  lab_wait(1000);
  expect(11);
  begin(&r, 7, duid_a);
  add_addr(&r, 31, "2001:db8:5::1");
  data = dhcp6_wire_begin(r.at, 56);
  r.at = dhcp6_wire_put_opt(data, 3, "\3ntp\0", 5);
  add_addr(&r, 1, "2001:db8:5::2");
  add_addr(&r, 1, "2001:db8:5::3");
  add_addr(&r, 1, "2001:db8:5::4");
  dhcp6_wire_end(data, r.at);
  end(&r);
  ck_assert_uint_eq(ntp_n, 2);
  ck_assert_uint_eq(ip_2_ip6(&ntp[0])->addr[3], PP_HTONL(2));
  ck_assert_uint_eq(ip_2_ip6(&ntp[1])->addr[3], PP_HTONL(3));
}
END_TEST

/* A reply that is not for us, or for another question: ignored; then an honest one still counts. */
START_TEST(not_ours)
{
  struct reply r;

  setup();
  ra(0x80);
  lab_wait(1000);
  expect(1);
  advertise(duid_a, ADDR, 255);
  expect(3);
  begin(&r, 7, duid_a); /* other transaction */
  r.b[3] ^= 1;
  add_ia(&r, ADDR, 0, 0, 3000, 4000, 0);
  end(&r);
  begin(&r, 7, duid_a); /* other client */
  r.b[4 + 4 + 9] ^= 1;
  add_ia(&r, ADDR, 0, 0, 3000, 4000, 0);
  end(&r);
  begin(&r, 7, duid_b); /* other server */
  add_ia(&r, ADDR, 0, 0, 3000, 4000, 0);
  end(&r);
  begin(&r, 10, duid_a); /* reconfigure */
  end(&r);
  begin(&r, 7, duid_a); /* other IA */
  add_ia(&r, ADDR, 0, 0, 3000, 4000, 0);
  r.b[4 + 14 + 14 + 4 + 3] ^= 1;
  end(&r);
  reply(duid_a, "ff02::1", 0, 0, 3000, 4000); /* no address for a host */
  ck_assert_int_eq(slot_of(ADDR), -1);
  ck_assert_int_eq(slot_of("ff02::1"), -1);
}
END_TEST

/* DHCP6-01: a good reply cut anywhere does nothing and reads nothing that is not there. */
START_TEST(cut)
{
  struct reply r;
  size_t len, n;

  setup();
  ra(0x80);
  lab_wait(1000);
  expect(1);
  advertise(duid_a, ADDR, 255);
  expect(3);
  begin(&r, 7, duid_a);
  add_addr(&r, 23, "2001:db8:5::53");
  add_ia(&r, ADDR, 1000, 2000, 3000, 4000, 0);
  n = (size_t)(r.at - r.b);
  for (len = 0; len < n; len++) {
    if (len == n - (16 + 4 + 24)) {
      continue; /* whole options: an answer without addresses */
    }
    rx(r.b, len);
    ck_assert_int_eq(slot_of(ADDR), -1);
    ck_assert_uint_eq(client()->state, DHCP6_X_STATE_REQUESTING);
  }
  end(&r);
  ck_assert_int_ge(slot_of(ADDR), 1);
}
END_TEST

/* DHCP6-02: every length field with every evil value: nothing is read that is not there. */
START_TEST(lengths_lie)
{
  static const u16_t lies[] = { 0, 1, 11, 13, 255, 0xffff };
  struct reply r;
  size_t at, n;
  unsigned i;

  setup();
  ra(0x80);
  lab_wait(1000);
  expect(1);
  advertise(duid_a, ADDR, 255);
  expect(3);
  begin(&r, 7, duid_a);
  add_addr(&r, 23, "2001:db8:5::53");
  add_ia(&r, ADDR, 1000, 500, 3000, 4000, 0); /* T1 > T2: no IA */
  n = (size_t)(r.at - r.b);
  for (at = 6; at + 2 <= n; at += 2) {
    for (i = 0; i < sizeof lies / sizeof lies[0]; i++) {
      struct reply bad = r;
      be16_put(bad.b + at, lies[i]);
      rx(bad.b, n);
    }
  }
  lab_wait(400000);
  lab_no_leak();
}
END_TEST

/* DHCP6-03: an address for less than no time, or preferred for longer than valid. */
START_TEST(impossible_lifetimes)
{
  setup();
  ra(0x80);
  lab_wait(1000);
  expect(1);
  advertise(duid_a, ADDR, 255);
  expect(3);
  reply(duid_a, ADDR, 0, 0, 4000, 3000);
  ck_assert_int_eq(slot_of(ADDR), -1);
  ck_assert_uint_eq(client()->state, DHCP6_X_STATE_SOLICITING);
}
END_TEST

/* A lease of seconds does not make us ask more often than every five. */
START_TEST(short_lease)
{
  setup();
  ra(0x80);
  lab_wait(1000);
  expect(1);
  advertise(duid_a, ADDR, 255);
  expect(3);
  reply(duid_a, ADDR, 1, 1, 2, 10000);
  lab_wait(4000);
  ck_assert_uint_eq(client()->state, DHCP6_X_STATE_BOUND);
}
END_TEST

/* 18.2.7, 15: nobody answers: four times, and that was all; the addresses in each of them. */
START_TEST(releases_again)
{
  unsigned i, n = 0;
  u32_t at[8];

  leased();
  dhcp6_disable(&lab_nif);
  lab_wait(100000);
  for (i = 0; i < lab_sent && n < 8; i++) {
    if (lab_out[i].b[14 + 6] == 17) {
      ck_assert_uint_eq(out_ip(i)[48], 8);
      at[n++] = lab_out[i].at_ms;
    }
  }
  ck_assert_uint_eq(n, 4);
  ck_assert_uint_ge(at[3] - at[0], 900 + 1800 - 180 + 3600 - 720);
  ck_assert_uint_le(at[3] - at[0], 7000 + 1500);
  expect(8);
  expect_addr(ADDR);
  ck_assert_uint_eq(client()->state, DHCP6_STATE_OFF);
  dhcp6_cleanup(&lab_nif);
  ck_assert_uint_eq(lwip_stats.mem.used, 0);
}
END_TEST

/* What becomes of a client that releases: begun anew, without a link, freed. */
START_TEST(releases_and)
{
  leased();
  dhcp6_disable(&lab_nif);
  dhcp6_disable(&lab_nif);
  if (_i == 0) {
    ck_assert_int_eq(dhcp6_enable_stateful(&lab_nif), ERR_OK);
    lab_sent = 0;
    ra(0x80);
    lab_wait(1001);
    expect(1);
  } else if (_i == 1) {
    netif_set_link_down(&lab_nif);
    lab_sent = 0;
    lab_wait(20000);
    ck_assert_uint_eq(client()->state, DHCP6_STATE_OFF);
    expect(0);
  } else {
    dhcp6_cleanup(&lab_nif);
    ck_assert_uint_eq(lwip_stats.memp[MEMP_UDP_PCB]->used, 0);
    ck_assert_uint_eq(lwip_stats.mem.used, 0);
    lab_sent = 0;
    lab_wait(20000);
    expect(0);
  }
}
END_TEST

/* 18.2.8: a Decline is repeated, too, four times; then all begins anew. */
START_TEST(declines_again)
{
  unsigned i, n = 0;

  setup();
  ra(0x80);
  lab_wait(1000);
  expect(1);
  advertise(duid_a, ADDR, 255);
  expect(3);
  reply(duid_a, ADDR, 1000, 2000, 3000, 4000);
  lab_wait(1000);
  rx_na(ADDR, ALL_NODES, ADDR, mac_evil, 0x20);
  expect(9);
  expect_addr(ADDR);
  lab_wait(30000);
  for (i = 0; i < lab_sent; i++) {
    n += lab_out[i].b[14 + 6] == 17 && lab_out[i].b[14 + 48] == 9;
  }
  ck_assert_uint_eq(n, 4);
  expect(1);
}
END_TEST

/* 18.2.4, 18.2.5, 15 (MRD): the server is asked until T2, whatever the wait; all servers until the lease ends. */
START_TEST(asks_no_longer_than_it_has)
{
  leased();
  lab_wait(997500 + 999000);
  expect(5);
  lab_sent = 0;
  lab_wait(3500);
  expect(6);
  lab_sent = 0;
  lab_wait(1995000);
  expect(6);
  lab_sent = 0;
  lab_wait(6000);
  expect(1);
}
END_TEST

START_TEST(by_own_memory)
{
  static struct dhcp6 mine;

  lab_setup();
  dhcp6_set_struct(&lab_nif, &mine);
  ck_assert_int_eq(dhcp6_enable_stateless(&lab_nif), ERR_OK);
  ck_assert_ptr_eq(client(), &mine);
  ck_assert_uint_eq(lwip_stats.mem.used, 0);
  dhcp6_remove_struct(&lab_nif);
  ck_assert_ptr_null(client());
  ck_assert_int_eq(dhcp6_enable_stateful(NULL), ERR_ARG);
  dhcp6_disable(&lab_nif);
  dhcp6_cleanup(&lab_nif);
  dhcp6_tmr();
}
END_TEST

/* The interface goes with a lease: nothing is sent, nothing is kept. */
START_TEST(removed)
{
  leased();
  lab_sent = 0;
  netif_remove(&lab_nif);
  expect(0);
  ck_assert_uint_eq(client()->state, DHCP6_STATE_OFF);
  lab_sent = 0;
  lab_wait(10000000);
  ck_assert_uint_eq(lab_sent, 0);
}
END_TEST

/* RFC 8415 section 11: one client, one DUID, whichever interface asks, and after the first has gone. */
START_TEST(one_duid)
{
  struct netif other;
  u8_t duid[DHCP6_DUID_OWN];

  lab_setup();
#if LWIP_IPV4
  ck_assert_ptr_nonnull(netif_add(&other, NULL, NULL, NULL, NULL, lab_nif_init, netif_input));
#else
  ck_assert_ptr_nonnull(netif_add(&other, NULL, lab_nif_init, netif_input));
#endif
  other.hwaddr[5] = 0x77;
  ck_assert_uint_eq(dhcp6_duid(&other, duid), sizeof duid_us);
  ck_assert_mem_eq(duid, duid_us, sizeof duid_us);
  netif_remove(&lab_nif);
  ck_assert_uint_eq(dhcp6_duid(&other, duid), sizeof duid_us);
  ck_assert_mem_eq(duid, duid_us, sizeof duid_us);
}
END_TEST

static void add_tests(TCase *tc)
{
  tcase_add_test(tc, whole);
  tcase_add_test(tc, best_advertisement);
  tcase_add_test(tc, backs_off);
  tcase_add_test(tc, rapid_commit);
  tcase_add_test(tc, renew_rebind_lose);
  tcase_add_test(tc, rebound_elsewhere);
  tcase_add_test(tc, no_binding);
  tcase_add_loop_test(tc, refusals, 0, 3);
  tcase_add_test(tc, no_addresses_advertised);
  tcase_add_test(tc, declines);
  tcase_add_test(tc, releases);
  tcase_add_test(tc, releases_again);
  tcase_add_loop_test(tc, releases_and, 0, 3);
  tcase_add_test(tc, declines_again);
  tcase_add_test(tc, asks_no_longer_than_it_has);
  tcase_add_test(tc, confirms);
  tcase_add_test(tc, stateless);
  tcase_add_test(tc, ntp_servers);
  tcase_add_test(tc, not_ours);
  tcase_add_test(tc, cut);
  tcase_add_test(tc, lengths_lie);
  tcase_add_test(tc, impossible_lifetimes);
  tcase_add_test(tc, short_lease);
  tcase_add_test(tc, by_own_memory);
  tcase_add_test(tc, removed);
  tcase_add_test(tc, one_duid);
}

LAB_MAIN("dhcp6")
