/**
 * The DHCP client against a scripted server, with a clock of its own; UDP, conflict detection and the interface's address
 * are fakes that record.  RFC 2131, 2132, 3396, 5227; hostile messages are those of bad-inputs DHCP-01 to DHCP-07.
 */
#include "lwip/autoip.h"
#include "lwip/dhcp.h"
#include "lwip/dns.h"
#include "lwip/init.h"
#include "lwip/mem.h"
#include "lwip/memp.h"
#include "lwip/stats.h"
#include "lwip/sys.h"
#include "base/random.h"
#include "base/timer.h"
#include "link/acd.h"
#include "mem/drop.h"
#include "service/dhcp_client.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

#define SERVER PP_HTONL(0x0A000001u) /* 10.0.0.1 */
#define OFFERED PP_HTONL(0x0A000042u)
#define MASK PP_HTONL(0xFFFFFF00u)

/* The world. */

static u32_t now_ms;
static struct netif nif;
static udp_recv_fn receive;
static int pcbs;

static struct {
  u8_t m[600];
  u16_t len;
  u32_t src, dst;
} sent[64];
static unsigned sent_count;

static struct acd *acd;
static void (*acd_event)(struct acd *, enum acd_event);

static ip_addr_t dns[DNS_MAX_SERVERS];
static u8_t dns_high;
static int autoip_on;
static int address_changes;
static void (*on_address)(void);
static ip4_addr_t ntp[4];
static u8_t ntp_count;

u32_t sys_now(void)
{
  return now_ms;
}

struct netif *netif_list;

static struct udp_pcb the_pcb;

struct udp_pcb *udp_new(void)
{
  if (test_alloc_fails()) {
    return NULL;
  }
  pcbs++;
  memset(&the_pcb, 0, sizeof the_pcb);
  return &the_pcb;
}

err_t udp_bind(struct udp_pcb *pcb, const ip_addr_t *ipaddr, u16_t port)
{
  ck_assert_ptr_eq(pcb, &the_pcb);
  ck_assert(ip_addr_isany(ipaddr));
  ck_assert_uint_eq(port, 68);
  return ERR_OK;
}

void udp_recv(struct udp_pcb *pcb, udp_recv_fn fn, void *arg)
{
  LWIP_UNUSED_ARG(pcb);
  LWIP_UNUSED_ARG(arg);
  receive = fn;
}

void udp_remove(struct udp_pcb *pcb)
{
  ck_assert_ptr_eq(pcb, &the_pcb);
  pcbs--;
}

err_t udp_sendto_if_src(struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *dst, u16_t port, struct netif *netif,
                        const ip_addr_t *src)
{
  ck_assert_ptr_eq(pcb, &the_pcb);
  ck_assert_ptr_eq(netif, &nif);
  ck_assert_uint_eq(port, 67);
  ck_assert_uint_lt(sent_count, 64);
  sent[sent_count].len = pbuf_copy_partial(p, sent[sent_count].m, sizeof sent[0].m, 0);
  sent[sent_count].src = ip_2_ip4(src)->addr;
  sent[sent_count].dst = ip_2_ip4(dst)->addr;
  sent_count++;
  return ERR_OK;
}

void acd_start(struct acd *a, struct netif *n, const ip4_addr_t *addr, void (*fn)(struct acd *, enum acd_event))
{
  ck_assert_ptr_eq(n, &nif);
  acd = a;
  a->addr = *addr;
  acd_event = fn;
}

void acd_stop(struct acd *a)
{
  if (a == acd) {
    acd = NULL;
  }
}

void netif_set_addr(struct netif *n, const ip4_addr_t *ip, const ip4_addr_t *mask, const ip4_addr_t *gw)
{
  ip_addr_copy_from_ip4(n->ip_addr, *ip);
  ip_addr_copy_from_ip4(n->netmask, *mask);
  ip_addr_copy_from_ip4(n->gw, *gw);
  address_changes++;
  if (on_address != NULL) {
    on_address();
  }
}

void dns_setserver(u8_t i, const ip_addr_t *server)
{
  dns_high = (u8_t)LWIP_MAX(dns_high, i + 1);
  if (i < DNS_MAX_SERVERS) {
    dns[i] = *server;
  }
}

void dhcp_set_ntp_servers(u8_t n, const ip4_addr_t *list)
{
  ntp_count = n;
  memcpy(ntp, list, n * sizeof list[0]);
}

err_t autoip_start(struct netif *n)
{
  LWIP_UNUSED_ARG(n);
  autoip_on++;
  return ERR_OK;
}

err_t autoip_stop(struct netif *n)
{
  LWIP_UNUSED_ARG(n);
  autoip_on--;
  return ERR_OK;
}

/** Let @p ms pass, ringing every timer at its time. */
static void pass(u32_t ms)
{
  u32_t end = now_ms + ms;

  for (;;) {
    u32_t sleep = timers_sleep(now_ms);

    if (sleep > end - now_ms) {
      break;
    }
    now_ms += sleep;
    timers_run(now_ms);
  }
  now_ms = end;
}

static void pass_s(u32_t s)
{
  for (; s > 86400; s -= 86400) {
    pass(86400000);
  }
  pass(s * 1000);
}

static struct dhcp *client(void)
{
  return netif_dhcp_data(&nif);
}

static void setup(void)
{
  static const u8_t mac[6] = { 2, 0, 0, 0, 0, 1 };

  now_ms = 0xFFFFF000u; /* the clock wraps soon */
  mem_init();
  memp_init();
  random_init();
  nif.flags = NETIF_FLAG_UP | NETIF_FLAG_LINK_UP | NETIF_FLAG_ETHARP | NETIF_FLAG_BROADCAST;
  nif.mtu = 1500;
  nif.hwaddr_len = 6;
  memcpy(nif.hwaddr, mac, 6);
  nif.hostname = "board";
  netif_list = &nif;
}

/* The server. */

static u8_t reply[1200];
static size_t reply_len;

static void opt(u8_t code, const void *data, u8_t len)
{
  reply_len = (size_t)(dhcp_wire_put_opt(reply + reply_len, code, data, len) - reply);
}

static void opt_word(u8_t code, u32_t host_order)
{
  u8_t b[4];

  be32_put(b, host_order);
  opt(code, b, 4);
}

static void opt_end(void)
{
  reply[reply_len++] = 255;
}

/** Begin an answer to the last message. */
static void begin(u8_t type, u32_t yiaddr)
{
  const u8_t *q = sent[sent_count - 1].m;

  memset(reply, 0, sizeof reply);
  memcpy(reply, q, DHCP_WIRE_OPTIONS);
  memset(reply + 8, 0, 8);
  reply[0] = 2;
  ne32_put(reply + 16, yiaddr);
  reply_len = DHCP_WIRE_OPTIONS;
  opt(DHCP_OPT_TYPE, &type, 1);
}

static void deliver_from(u16_t port, u16_t buffers)
{
  struct pbuf *p = pbuf_alloc(PBUF_TRANSPORT, (u16_t)reply_len, PBUF_RAM);
  ip_addr_t addr;

  ck_assert_ptr_nonnull(p);
  if (buffers > 1) { /* cut in two */
    struct pbuf *q = pbuf_alloc(PBUF_TRANSPORT, (u16_t)(reply_len - 100), PBUF_RAM);

    pbuf_realloc(p, 100);
    pbuf_cat(p, q);
  }
  pbuf_take(p, reply, (u16_t)reply_len);
  ip_addr_set_ip4_u32_val(addr, SERVER);
  receive(NULL, &the_pcb, p, &addr, port);
}

static void deliver(void)
{
  deliver_from(67, 1);
}

static void answer_from(u8_t type, u32_t server, u32_t yiaddr, u32_t lease_s)
{
  begin(type, yiaddr);
  opt(DHCP_OPT_SERVER_ID, &server, 4);
  if (type != DHCP_WIRE_NAK) {
    opt_word(DHCP_OPT_MASK, lwip_ntohl(MASK));
    opt_word(DHCP_OPT_ROUTER, 0x0A0000FE);
    opt_word(DHCP_OPT_LEASE, lease_s);
  }
  opt_end();
  deliver();
}

static void answer(u8_t type)
{
  answer_from(type, SERVER, OFFERED, 3600);
}

/** The value of an option of message @p i, NULL: none. */
static const u8_t *option(unsigned i, u8_t code, u8_t *len)
{
  const u8_t *m = sent[i].m + DHCP_WIRE_OPTIONS;

  for (; *m != 255; m += 2 + m[1]) {
    if (*m == code) {
      *len = m[1];
      return m + 2;
    }
  }
  return NULL;
}

static u8_t type_of(unsigned i)
{
  u8_t len;
  return *option(i, DHCP_OPT_TYPE, &len);
}

static bool has_word(unsigned i, u8_t code, u32_t network_order)
{
  u8_t len;
  const u8_t *v = option(i, code, &len);

  return v != NULL && len == 4 && ne32_get(v) == network_order;
}

static bool has(unsigned i, u8_t code)
{
  u8_t len;
  return option(i, code, &len) != NULL;
}

#define LAST (sent_count - 1)

/** From nothing to an address that is known to be free. */
static void get_lease(u32_t lease_s)
{
  ck_assert_int_eq(dhcp_start(&nif), ERR_OK);
  answer_from(DHCP_WIRE_OFFER, SERVER, OFFERED, lease_s);
  answer_from(DHCP_WIRE_ACK, SERVER, OFFERED, lease_s);
  ck_assert_uint_eq(client()->state, DHCP_CHECKING);
  ck_assert_ptr_nonnull(acd);
  acd_event(acd, ACD_FREE);
  ck_assert_uint_eq(client()->state, DHCP_BOUND);
  ck_assert_uint_eq(netif_ip4_addr(&nif)->addr, OFFERED);
}

static void check_nothing_left(void)
{
  dhcp_cleanup(&nif);
  ck_assert_int_eq(pcbs, 0);
  ck_assert_uint_eq(timers_sleep(now_ms), TIMERS_NEVER);
  ck_assert_uint_eq(lwip_stats.mem.used, 0);
}

/* Tests. */

/** RFC 2131 section 3.1 and table 5. */
START_TEST(lease)
{
  u8_t len;

  ck_assert_int_eq(dhcp_start(&nif), ERR_OK);
  ck_assert_uint_eq(sent_count, 1);
  ck_assert_uint_eq(type_of(0), DHCP_WIRE_DISCOVER);
  ck_assert_uint_eq(client()->state, DHCP_SELECTING);
  ck_assert_uint_eq(sent[0].src, 0);
  ck_assert_uint_eq(sent[0].dst, 0xFFFFFFFF);
  ck_assert_uint_ge(sent[0].len, 300);
  ck_assert_mem_eq(option(0, DHCP_OPT_HOSTNAME, &len), "board", 5);
  ck_assert_mem_eq(option(0, DHCP_OPT_CLIENT_ID, &len), "\1\2\0\0\0\0\1", 7);
  ck_assert_mem_eq(option(0, DHCP_OPT_MAX_SIZE, &len), "\2\x40", 2);
  ck_assert(has(0, DHCP_OPT_PARAMETERS));
  ck_assert(!has(0, DHCP_OPT_SERVER_ID) && !has(0, DHCP_OPT_REQUESTED_IP));
  answer(DHCP_WIRE_OFFER);
  ck_assert_uint_eq(sent_count, 2);
  ck_assert_uint_eq(type_of(1), DHCP_WIRE_REQUEST);
  ck_assert_uint_eq(client()->state, DHCP_REQUESTING);
  ck_assert(has_word(1, DHCP_OPT_SERVER_ID, SERVER));
  ck_assert(has_word(1, DHCP_OPT_REQUESTED_IP, OFFERED));
  ck_assert_uint_eq(be32_get(sent[1].m + 4), be32_get(sent[0].m + 4));
  ck_assert_uint_eq(ne32_get(sent[1].m + 12), 0);
  answer(DHCP_WIRE_ACK);
  ck_assert_uint_eq(client()->state, DHCP_CHECKING);
  ck_assert(!dhcp_supplied_address(&nif));
  ck_assert_uint_eq(acd->addr.addr, OFFERED);
  ck_assert_uint_eq(acd->quick, 1);
  acd_event(acd, ACD_FREE);
  ck_assert(dhcp_supplied_address(&nif));
  ck_assert_uint_eq(netif_ip4_addr(&nif)->addr, OFFERED);
  ck_assert_uint_eq(netif_ip4_netmask(&nif)->addr, MASK);
  ck_assert_uint_eq(netif_ip4_gw(&nif)->addr, PP_HTONL(0x0A0000FEu));
  ck_assert_uint_eq(client()->offered_t0_lease, 3600);
  ck_assert_int_eq(dhcp_release(&nif), ERR_OK);
  ck_assert_uint_eq(type_of(LAST), DHCP_WIRE_RELEASE);
  ck_assert_uint_eq(sent[LAST].dst, SERVER);
  ck_assert_uint_eq(sent[LAST].src, OFFERED);
  ck_assert_uint_eq(ne32_get(sent[LAST].m + 12), OFFERED);
  ck_assert(has_word(LAST, DHCP_OPT_SERVER_ID, SERVER));
  ck_assert(!has(LAST, DHCP_OPT_REQUESTED_IP) && !has(LAST, DHCP_OPT_PARAMETERS));
  ck_assert_uint_eq(netif_ip4_addr(&nif)->addr, 0);
  ck_assert_ptr_null(acd);
  check_nothing_left();
}
END_TEST

/* Messages that must change nothing, wherever the client is waiting; after each an honest server is served. */

/* clang-format off */
static void not_from_67(void)       { deliver_from(1067, 1); }
static void other_xid(void)         { reply[4] ^= 1; deliver(); }
static void other_chaddr(void)      { reply[33] ^= 1; deliver(); }
static void hlen_0(void)            { reply[2] = 0; deliver(); }
static void hlen_16(void)           { reply[2] = 16; deliver(); }
static void hlen_255(void)          { reply[2] = 255; deliver(); }
static void op_1(void)              { reply[0] = 1; deliver(); }
static void htype_0(void)           { reply[1] = 0; deliver(); }
static void other_cookie(void)      { reply[236] ^= 1; deliver(); }
static void no_end(void)            { reply_len--; deliver(); }
static void overload_file(void)     { reply_len--; opt(52, "\1", 1); opt_end(); memset(reply + 108, 0x41, 128); deliver(); }
static void overload_sname(void)    { reply_len--; opt(52, "\2", 1); opt_end(); memset(reply + 44, 0xfe, 64); deliver(); }
static void overload_both(void)     { reply_len--; opt(52, "\3", 1); opt_end(); reply[108] = 52; deliver(); }
static void overload_255(void)      { reply_len--; opt(52, "\xff", 1); opt_end(); reply[108] = 3; reply[109] = 127; deliver(); }
static void long_router(void)       { reply_len--; reply[reply_len++] = 3; reply[reply_len++] = 255; opt_end(); deliver(); }
static void yiaddr_0(void)          { ne32_put(reply + 16, 0); deliver(); }
static void yiaddr_all(void)        { ne32_put(reply + 16, 0xFFFFFFFF); deliver(); }
static void yiaddr_group(void)      { ne32_put(reply + 16, PP_HTONL(0xE0000001u)); deliver(); }
static void yiaddr_loop(void)       { ne32_put(reply + 16, PP_HTONL(0x7F000001u)); deliver(); }
static void yiaddr_net(void)        { ne32_put(reply + 16, PP_HTONL(0x0A000000u)); deliver(); }
static void yiaddr_broadcast(void)  { ne32_put(reply + 16, PP_HTONL(0x0A0000FFu)); deliver(); }
static void type_0(void)            { reply[242] = 0; deliver(); }
static void type_discover(void)     { reply[242] = DHCP_WIRE_DISCOVER; deliver(); }
static void type_255(void)          { reply[242] = 255; deliver(); }
static void no_server_id(void)      { reply[243] = 99; deliver(); }
static void empty(void)             { reply_len = 1; deliver(); }
/* clang-format on */

/** Cut at every length: nothing may come of it. */
static void cut(void)
{
  for (reply_len--; reply_len > 0; reply_len--) {
    deliver();
  }
}

/* clang-format off */
static const struct { const char *what; void (*send)(void); } bad[] = {
  { "not from the server's port", not_from_67 },     { "another transaction", other_xid },
  { "another station", other_chaddr },               { "hlen 0", hlen_0 },
  { "hlen 16", hlen_16 },                            { "hlen 255", hlen_255 },
  { "a request", op_1 },                             { "htype 0", htype_0 },
  { "another cookie", other_cookie },                { "no end option", no_end },
  { "file without end", overload_file },             { "option out of sname", overload_sname },
  { "overload in file", overload_both },             { "overload 255", overload_255 },
  { "a router past the end", long_router },          { "0.0.0.0", yiaddr_0 },
  { "255.255.255.255", yiaddr_all },                 { "a group", yiaddr_group },
  { "127.0.0.1", yiaddr_loop },                      { "the network", yiaddr_net },
  { "its broadcast", yiaddr_broadcast },             { "type 0", type_0 },
  { "a DISCOVER", type_discover },                   { "type 255", type_255 },
  { "no server id", no_server_id },                  { "one octet", empty },
  { "every prefix", cut },
};
/* clang-format on */

static void make(u8_t type)
{
  static const u32_t server = SERVER;

  begin(type, OFFERED);
  opt(DHCP_OPT_SERVER_ID, &server, 4);
  opt_word(DHCP_OPT_MASK, lwip_ntohl(MASK));
  opt_word(DHCP_OPT_LEASE, 3600);
  opt_end();
}

START_TEST(bad_offer)
{
  dhcp_start(&nif);
  make(DHCP_WIRE_OFFER);
  bad[_i].send();
  ck_assert_msg(client()->state == DHCP_SELECTING && sent_count == 1, "%s", bad[_i].what);
  get_lease(3600);
  check_nothing_left();
}
END_TEST

START_TEST(bad_ack)
{
  dhcp_start(&nif);
  answer(DHCP_WIRE_OFFER);
  make(DHCP_WIRE_ACK);
  bad[_i].send();
  ck_assert_msg(client()->state == DHCP_REQUESTING && sent_count == 2, "%s", bad[_i].what);
  answer(DHCP_WIRE_ACK);
  ck_assert_uint_eq(client()->state, DHCP_CHECKING);
  check_nothing_left();
}
END_TEST

/** What fits no state: an ACK nobody asked for, an offer too late, another server's or another address's ACK. */
START_TEST(out_of_place)
{
  dhcp_start(&nif);
  answer(DHCP_WIRE_ACK);
  answer(DHCP_WIRE_NAK);
  ck_assert_uint_eq(client()->state, DHCP_SELECTING);
  answer(DHCP_WIRE_OFFER);
  answer(DHCP_WIRE_OFFER);
  ck_assert_uint_eq(sent_count, 2);
  answer_from(DHCP_WIRE_ACK, SERVER + 1, OFFERED, 3600);
  answer_from(DHCP_WIRE_NAK, SERVER + 1, OFFERED, 3600);
  answer_from(DHCP_WIRE_ACK, SERVER, OFFERED + PP_HTONL(1u), 3600);
  ck_assert_uint_eq(client()->state, DHCP_REQUESTING);
  answer(DHCP_WIRE_ACK);
  answer(DHCP_WIRE_ACK);
  ck_assert_uint_eq(client()->state, DHCP_CHECKING);
  acd_event(acd, ACD_FREE);
  answer(DHCP_WIRE_NAK);
  answer(DHCP_WIRE_ACK);
  ck_assert_uint_eq(client()->state, DHCP_BOUND);
  ck_assert_uint_eq(lwip_x_drops[DROP_DHCP_FORMAT], 9);
  check_nothing_left();
}
END_TEST

/** RFC 2131 section 4.1: 4, 8, 16, 32, 64, 64 s, each give or take one. */
START_TEST(silence)
{
  static const u32_t want_s[] = { 4, 8, 16, 32, 64, 64, 64 };
  size_t i;

  dhcp_start(&nif);
  for (i = 0; i < sizeof want_s / sizeof want_s[0]; i++) {
    u32_t wait = timers_sleep(now_ms);

    ck_assert_uint_ge(wait, want_s[i] * 1000 - 1000);
    ck_assert_uint_le(wait, want_s[i] * 1000 + 1000);
    ck_assert_uint_eq(client()->request_timeout, wait / 500);
    pass(wait);
    ck_assert_uint_eq(sent_count, i + 2);
    ck_assert_uint_eq(type_of(LAST), DHCP_WIRE_DISCOVER);
    ck_assert_uint_eq(be32_get(sent[LAST].m + 4), client()->xid);
    ck_assert_uint_eq(client()->tries, i + 2);
  }
  ck_assert_uint_ge(be16_get(sent[LAST].m + 8), 245); /* secs */
  check_nothing_left();
}
END_TEST

/** A server that offers and then says nothing: back to looking after four tries, with a new transaction. */
START_TEST(silent_after_offer)
{
  u32_t xid;

  dhcp_start(&nif);
  answer(DHCP_WIRE_OFFER);
  xid = client()->xid;
  pass(4 * 64000);
  ck_assert_uint_eq(type_of(1), DHCP_WIRE_REQUEST);
  ck_assert_uint_eq(type_of(4), DHCP_WIRE_REQUEST);
  ck_assert_uint_eq(type_of(5), DHCP_WIRE_DISCOVER);
  ck_assert_uint_ne(be32_get(sent[5].m + 4), xid);
  check_nothing_left();
}
END_TEST

/** RFC 2131 section 4.4.5: T1 to the server, T2 to all, the end. */
START_TEST(renewal)
{
  get_lease(3600);
  sent_count = 0;
  pass_s(1799);
  ck_assert_uint_eq(sent_count, 0);
  pass_s(1);
  ck_assert_uint_eq(client()->state, DHCP_RENEWING);
  ck_assert_uint_eq(sent[0].dst, SERVER);
  ck_assert_uint_eq(sent[0].src, OFFERED);
  ck_assert_uint_eq(ne32_get(sent[0].m + 12), OFFERED);
  ck_assert(!has(0, DHCP_OPT_SERVER_ID) && !has(0, DHCP_OPT_REQUESTED_IP));
  pass_s(3150 - 1800 - 1);
  ck_assert_uint_ge(sent_count, 4); /* half the time each, not under a minute */
  ck_assert_uint_le(sent_count, 7);
  sent_count = 0;
  pass_s(1);
  ck_assert_uint_eq(client()->state, DHCP_REBINDING);
  ck_assert_uint_eq(sent[0].dst, 0xFFFFFFFF);
  ck_assert_uint_eq(ne32_get(sent[0].m + 12), OFFERED);
  ck_assert(dhcp_supplied_address(&nif));
  pass_s(449);
  ck_assert_uint_eq(netif_ip4_addr(&nif)->addr, OFFERED);
  sent_count = 0;
  pass_s(1);
  ck_assert_uint_eq(client()->state, DHCP_SELECTING);
  ck_assert_uint_eq(netif_ip4_addr(&nif)->addr, 0);
  ck_assert_uint_eq(type_of(0), DHCP_WIRE_DISCOVER);
  check_nothing_left();
}
END_TEST

START_TEST(renewed)
{
  get_lease(3600);
  address_changes = 0;
  pass_s(1800);
  answer_from(DHCP_WIRE_ACK, SERVER + 1, OFFERED, 3600);
  ck_assert_uint_eq(client()->state, DHCP_RENEWING); /* only our own server renews */
  answer_from(DHCP_WIRE_ACK, SERVER, OFFERED, 7200);
  ck_assert_uint_eq(client()->state, DHCP_BOUND);
  pass_s(3599);
  ck_assert_uint_eq(client()->state, DHCP_BOUND);
  pass_s(6300 - 3599);
  ck_assert_uint_eq(client()->state, DHCP_REBINDING);
  answer_from(DHCP_WIRE_ACK, SERVER + PP_HTONL(1u), OFFERED, 3600); /* any server rebinds, and is ours then */
  ck_assert_uint_eq(client()->state, DHCP_BOUND);
  ck_assert_uint_eq(ip_2_ip4(&client()->server_ip_addr)->addr, SERVER + PP_HTONL(1u));
  check_nothing_left();
}
END_TEST

START_TEST(refused_renewal)
{
  get_lease(3600);
  pass_s(1800);
  sent_count = 1;
  answer(DHCP_WIRE_NAK);
  ck_assert_uint_eq(client()->state, DHCP_RENEWING); /* sent[0] is of another transaction */
  ck_assert_int_eq(dhcp_renew(&nif), ERR_OK);
  answer(DHCP_WIRE_NAK);
  ck_assert_uint_eq(client()->state, DHCP_SELECTING);
  ck_assert_uint_eq(netif_ip4_addr(&nif)->addr, 0);
  ck_assert_int_eq(dhcp_renew(&nif), ERR_VAL);
  check_nothing_left();
}
END_TEST

/** A server that offers and refuses as fast as it can (DHCP-06). */
START_TEST(nak_storm)
{
  unsigned i;

  dhcp_start(&nif);
  for (i = 0; i < 100; i++) {
    u32_t before = now_ms;

    sent_count = 1;
    ne32_put(sent[0].m + 4, lwip_htonl(client()->xid));
    answer(DHCP_WIRE_OFFER);
    answer(DHCP_WIRE_NAK);
    while (client()->state != DHCP_SELECTING) {
      sent_count = 0;
      pass(timers_sleep(now_ms));
    }
    ck_assert_uint_ge(now_ms - before, 10000);
  }
  check_nothing_left();
}
END_TEST

/* clang-format off */
static const struct { const char *what; u32_t lease, t1, t2; u32_t want_lease, want_t1, want_t2; } times[] = {
  { "defaults",            3600, 0, 0,            3600, 1800, 3150 },
  { "the server's",        3600, 600, 1200,       3600, 600, 1200 },
  { "lease 0",             0, 0, 0,               60, 30, 53 },
  { "lease 1",             1, 0, 0,               60, 30, 53 },
  { "T1 > T2",             3600, 1200, 600,       3600, 1800, 3150 },
  { "T1 = T2",             3600, 600, 600,        3600, 1800, 3150 },
  { "T2 > lease",          3600, 600, 3601,       3600, 1800, 3150 },
  { "T1 > lease",          3600, 9999, 99999,     3600, 1800, 3150 },
  { "T1 = 0",              3600, 0, 1200,         3600, 1800, 3150 },
  { "T1 = 1",              3600, 1, 2,            3600, 1800, 3150 },
  { "for ever",            0xFFFFFFFF, 0, 0,      0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF },
  { "for ever, T1 given",  0xFFFFFFFF, 60, 600,   0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF },
  { "nearly for ever",     0xFFFFFFFE, 0, 0,      0xFFFFFFFE, 0x7FFFFFFF, 0xDFFFFFFF },
};
/* clang-format on */

START_TEST(lease_times)
{
  static const u32_t server = SERVER;

  dhcp_start(&nif);
  answer(DHCP_WIRE_OFFER);
  begin(DHCP_WIRE_ACK, OFFERED);
  opt(DHCP_OPT_SERVER_ID, &server, 4);
  opt_word(DHCP_OPT_LEASE, times[_i].lease);
  opt_word(DHCP_OPT_T1, times[_i].t1);
  opt_word(DHCP_OPT_T2, times[_i].t2);
  opt_end();
  deliver();
  ck_assert_uint_eq(client()->offered_t0_lease, times[_i].want_lease);
  ck_assert_uint_eq(client()->offered_t1_renew, times[_i].want_t1);
  ck_assert_uint_eq(client()->offered_t2_rebind, times[_i].want_t2);
  acd_event(acd, ACD_FREE);
  if (times[_i].want_t1 == 0xFFFFFFFF) {
    ck_assert_uint_eq(timers_sleep(now_ms), TIMERS_NEVER); /* nothing to wait for */
  } else {
    sent_count = 0;
    pass_s(LWIP_MIN(times[_i].want_t1, 100 * 86400u) - 1);
    ck_assert_uint_eq(sent_count, 0);
  }
  check_nothing_left();
}
END_TEST

/** A lease longer than the clock of milliseconds. */
START_TEST(long_lease)
{
  get_lease(200u * 86400);
  sent_count = 0;
  pass_s(100u * 86400 - 1);
  ck_assert_uint_eq(client()->state, DHCP_BOUND);
  pass_s(1);
  ck_assert_uint_eq(client()->state, DHCP_RENEWING);
  check_nothing_left();
}
END_TEST

/* clang-format off */
static const struct { const char *what; u32_t mask, router, want_mask, want_gw; } networks[] = {
  { "as told",                    0xFFFFFF00, 0x0A0000FE, 0xFFFFFF00, 0x0A0000FE },
  { "no mask: by class",          0,          0x0A0000FE, 0xFF000000, 0x0A0000FE },
  { "a mask with holes",          0xFF00FF00, 0x0A0000FE, 0xFF000000, 0x0A0000FE },
  { "router 0.0.0.0",             0xFFFFFF00, 0,          0xFFFFFF00, 0 },
  { "router 255.255.255.255",     0xFFFFFF00, 0xFFFFFFFF, 0xFFFFFF00, 0 },
  { "router a group",             0xFFFFFF00, 0xE0000001, 0xFFFFFF00, 0 },
  { "router the broadcast",       0xFFFFFF00, 0x0A0000FF, 0xFFFFFF00, 0 },
  { "a host mask",                0xFFFFFFFF, 0x0A000001, 0xFFFFFFFF, 0x0A000001 },
  { "a pair mask",                0xFFFFFFFE, 0x0A000043, 0xFFFFFFFE, 0x0A000043 },
};
/* clang-format on */

START_TEST(network)
{
  static const u32_t server = SERVER;

  dhcp_start(&nif);
  answer(DHCP_WIRE_OFFER);
  begin(DHCP_WIRE_ACK, OFFERED);
  opt(DHCP_OPT_SERVER_ID, &server, 4);
  opt_word(DHCP_OPT_MASK, networks[_i].mask);
  opt_word(DHCP_OPT_ROUTER, networks[_i].router);
  opt_end();
  deliver();
  acd_event(acd, ACD_FREE);
  ck_assert_uint_eq(lwip_ntohl(netif_ip4_netmask(&nif)->addr), networks[_i].want_mask);
  ck_assert_uint_eq(lwip_ntohl(netif_ip4_gw(&nif)->addr), networks[_i].want_gw);
  ck_assert_uint_eq(client()->subnet_mask_given, networks[_i].mask == networks[_i].want_mask);
  check_nothing_left();
}
END_TEST

/** DHCP-04: more servers than there is room for, and lists that are no lists. */
START_TEST(server_lists)
{
  static const u8_t lengths[] = { 0, 1, 3, 4, 5, 8, 60, 255 };
  static const u32_t server = SERVER;
  u8_t list[255];
  size_t i;

  memset(list, 7, sizeof list);
  for (i = 0; i < sizeof lengths; i++) {
    dhcp_start(&nif);
    answer(DHCP_WIRE_OFFER);
    memset(dns, 0, sizeof dns);
    dns_high = ntp_count = 0;
    begin(DHCP_WIRE_ACK, OFFERED);
    opt(DHCP_OPT_SERVER_ID, &server, 4);
    opt(DHCP_OPT_DNS, list, lengths[i]);
    opt(DHCP_OPT_NTP, list, lengths[i]);
    opt(DHCP_OPT_ROUTER, list, lengths[i]);
    opt_end();
    deliver();
    ck_assert_uint_eq(client()->state, DHCP_CHECKING);
    ck_assert_uint_eq(dns_high, LWIP_MIN(lengths[i] / 4, LWIP_DHCP_MAX_DNS_SERVERS));
    ck_assert_uint_eq(ntp_count, LWIP_MIN(lengths[i] / 4, LWIP_DHCP_MAX_NTP_SERVERS));
  }
  check_nothing_left();
}
END_TEST

START_TEST(boot_file)
{
  static const u32_t server = SERVER;
  int by_option;

  for (by_option = 0; by_option < 2; by_option++) {
    dhcp_start(&nif);
    answer(DHCP_WIRE_OFFER);
    begin(DHCP_WIRE_ACK, OFFERED);
    opt(DHCP_OPT_SERVER_ID, &server, 4);
    memset(reply + DHCP_WIRE_FILE, 'x', 128);
    ne32_put(reply + 20, SERVER);
    if (by_option) {
      opt(DHCP_OPT_BOOT_FILE, "image", 5);
    }
    opt_end();
    deliver();
    ck_assert_uint_eq(client()->offered_si_addr.addr, SERVER);
    ck_assert_uint_eq(strlen(client()->boot_file_name), by_option ? 5 : 127);
  }
  check_nothing_left();
}
END_TEST

/** RFC 2131 section 3.1, 5 and RFC 5227: a conflict is declined, and the next attempt waits ten seconds. */
START_TEST(conflict)
{
  int when;

  for (when = 0; when < 3; when++) {
    dhcp_start(&nif);
    answer(DHCP_WIRE_OFFER);
    answer(DHCP_WIRE_ACK);
    if (when == 1) {
      acd_event(acd, ACD_FREE);
    }
    sent_count = 0;
    if (when == 2) {
      ip4_addr_t addr;

      addr.addr = OFFERED;
      dhcp_arp_reply(&nif, &addr);
    } else {
      acd_event(acd, when == 0 ? ACD_CONFLICT : ACD_LOST);
    }
    ck_assert_uint_eq(sent_count, 1);
    ck_assert_uint_eq(type_of(0), DHCP_WIRE_DECLINE);
    ck_assert(has_word(0, DHCP_OPT_SERVER_ID, SERVER));
    ck_assert(has_word(0, DHCP_OPT_REQUESTED_IP, OFFERED));
    ck_assert_uint_eq(sent[0].src, 0);
    ck_assert_uint_eq(sent[0].dst, 0xFFFFFFFF);
    ck_assert_uint_eq(netif_ip4_addr(&nif)->addr, 0);
    ck_assert_uint_eq(client()->state, DHCP_BACKING_OFF);
    pass(9999);
    ck_assert_uint_eq(sent_count, 1);
    pass(1);
    ck_assert_uint_eq(sent_count, 2);
    ck_assert_uint_eq(type_of(1), DHCP_WIRE_DISCOVER);
  }
  check_nothing_left();
}
END_TEST

static void link_event(enum link_event what, bool up)
{
  struct link_change c = { &nif, what, NULL, NULL };

  nif.flags = (u8_t)(up ? nif.flags | NETIF_FLAG_LINK_UP : nif.flags & ~NETIF_FLAG_LINK_UP);
  dhcp_netif_changed(&c);
}

/** Without a link the client waits, without any timer, and starts when it comes. */
START_TEST(link_comes_late)
{
  nif.flags &= (u8_t)~NETIF_FLAG_LINK_UP;
  ck_assert_int_eq(dhcp_start(&nif), ERR_OK);
  ck_assert_uint_eq(client()->state, DHCP_INIT);
  ck_assert_uint_eq(sent_count, 0);
  ck_assert_uint_eq(timers_sleep(now_ms), TIMERS_NEVER);
  link_event(LINK_EV_LINK_UP, true);
  ck_assert_uint_eq(sent_count, 1);
  ck_assert_uint_eq(client()->state, DHCP_SELECTING);
  link_event(LINK_EV_LINK_DOWN, false);
  pass(5000);
  ck_assert_uint_eq(client()->state, DHCP_INIT);
  ck_assert_uint_eq(timers_sleep(now_ms), TIMERS_NEVER);
  check_nothing_left();
}
END_TEST

/** RFC 2131 section 3.2: INIT-REBOOT when the link returns; ACK keeps, NAK takes, silence keeps for the lease's time. */
START_TEST(link_returns)
{
  int what;

  for (what = 0; what < 3; what++) {
    sent_count = 0;
    get_lease(3600);
    pass_s(1000);
    link_event(LINK_EV_LINK_DOWN, false);
    pass_s(10);
    sent_count = 0;
    link_event(LINK_EV_LINK_UP, true);
    ck_assert_uint_eq(sent_count, 1);
    ck_assert_uint_eq(client()->state, DHCP_REBOOTING);
    ck_assert_uint_eq(type_of(0), DHCP_WIRE_REQUEST);
    ck_assert(has_word(0, DHCP_OPT_REQUESTED_IP, OFFERED));
    ck_assert(!has(0, DHCP_OPT_SERVER_ID));
    ck_assert_uint_eq(ne32_get(sent[0].m + 12), 0);
    ck_assert_uint_eq(sent[0].dst, 0xFFFFFFFF);
    ck_assert_uint_eq(netif_ip4_addr(&nif)->addr, OFFERED);
    if (what == 0) {
      answer(DHCP_WIRE_ACK);
      ck_assert_uint_eq(client()->state, DHCP_BOUND);
    } else if (what == 1) {
      answer_from(DHCP_WIRE_NAK, SERVER + 7, OFFERED, 0);
      ck_assert_uint_eq(client()->state, DHCP_SELECTING);
      ck_assert_uint_eq(netif_ip4_addr(&nif)->addr, 0);
    } else {
      pass_s(30);
      ck_assert_uint_eq(sent_count, 4);
      ck_assert_uint_eq(client()->state, DHCP_REBINDING);
      ck_assert(dhcp_supplied_address(&nif));
      pass_s(3600 - 1040 - 2);
      ck_assert_uint_eq(netif_ip4_addr(&nif)->addr, OFFERED);
      pass_s(2);
      ck_assert_uint_eq(netif_ip4_addr(&nif)->addr, 0);
    }
  }
  check_nothing_left();
}
END_TEST

/** RFC 2131 section 3.4: parameters without a lease. */
START_TEST(inform)
{
  ip4_addr_t addr, mask;

  addr.addr = OFFERED;
  mask.addr = MASK;
  netif_set_addr(&nif, &addr, &mask, IP4_ADDR_ANY4);
  dhcp_inform(&nif);
  ck_assert_uint_eq(type_of(0), DHCP_WIRE_INFORM);
  ck_assert_uint_eq(ne32_get(sent[0].m + 12), OFFERED);
  ck_assert_uint_eq(sent[0].src, OFFERED);
  begin(DHCP_WIRE_ACK, 0);
  opt_word(DHCP_OPT_DNS, 0x08080808);
  opt_end();
  deliver();
  ck_assert_uint_eq(ip_2_ip4(&dns[0])->addr, PP_HTONL(0x08080808u));
  ck_assert_uint_eq(client()->state, DHCP_PERMANENT);
  ck_assert(!dhcp_supplied_address(&nif));
  ck_assert_uint_eq(timers_sleep(now_ms), TIMERS_NEVER);
  dhcp_stop(&nif);
  ck_assert_uint_eq(sent_count, 1); /* nothing to release */
  ck_assert_uint_eq(netif_ip4_addr(&nif)->addr, OFFERED);
  dhcp_inform(&nif);
  pass_s(600);
  ck_assert_uint_eq(sent_count, 5);
  ck_assert_uint_eq(client()->state, DHCP_PERMANENT);
  check_nothing_left();
}
END_TEST

START_TEST(autoip_meanwhile)
{
  dhcp_start(&nif);
  pass_s(4 + 8 + 16 + 32 + 64 * 3);
  ck_assert_int_eq(autoip_on, 0);
  pass_s(64 * 3);
  ck_assert_int_eq(autoip_on, 1);
  answer(DHCP_WIRE_OFFER);
  answer(DHCP_WIRE_ACK);
  ck_assert_int_eq(autoip_on, 1);
  acd_event(acd, ACD_FREE);
  ck_assert_int_eq(autoip_on, 0);
  check_nothing_left();
}
END_TEST

/** A message in two pbufs is read as one. */
START_TEST(chained)
{
  dhcp_start(&nif);
  make(DHCP_WIRE_OFFER);
  deliver_from(67, 2);
  ck_assert_uint_eq(client()->state, DHCP_REQUESTING);
  check_nothing_left();
}
END_TEST

/** The program may stop the client when it hears of the address. */
static void stop_now(void)
{
  on_address = NULL;
  dhcp_stop(&nif);
}

START_TEST(stopped_in_callback)
{
  dhcp_start(&nif);
  answer(DHCP_WIRE_OFFER);
  answer(DHCP_WIRE_ACK);
  on_address = stop_now;
  acd_event(acd, ACD_FREE);
  ck_assert_uint_eq(client()->state, DHCP_OFF);
  ck_assert_uint_eq(netif_ip4_addr(&nif)->addr, 0);
  check_nothing_left();
}
END_TEST

START_TEST(misuse)
{
  static struct dhcp mine;

  ck_assert_int_eq(dhcp_start(NULL), ERR_ARG);
  nif.flags &= (u8_t)~NETIF_FLAG_UP;
  ck_assert_int_eq(dhcp_start(&nif), ERR_ARG);
  nif.flags |= NETIF_FLAG_UP;
  nif.mtu = 575;
  ck_assert_int_eq(dhcp_start(&nif), ERR_MEM);
  nif.mtu = 576;
  dhcp_stop(&nif);
  dhcp_stop(NULL);
  dhcp_cleanup(&nif);
  dhcp_network_changed(&nif);
  ck_assert_int_eq(dhcp_renew(&nif), ERR_VAL);
  ck_assert_uint_eq(dhcp_supplied_address(&nif), 0);
  dhcp_fine_tmr();
  dhcp_coarse_tmr();
  dhcp_set_struct(&nif, &mine);
  ck_assert_int_eq(dhcp_start(&nif), ERR_OK);
  ck_assert_int_eq(dhcp_start(&nif), ERR_OK); /* again from scratch */
  ck_assert_ptr_eq(client(), &mine);
  ck_assert_int_eq(pcbs, 1);
  dhcp_remove_struct(&nif);
  ck_assert_ptr_null(client());
  check_nothing_left();
}
END_TEST

/** The nth allocation fails, for every n: nothing leaks, and the lease comes in the end. */
START_TEST(memory_runs_out)
{
  long n;

  for (n = 0; n < 8; n++) {
    err_t err;

    sent_count = 0;
    test_alloc_countdown = n;
    err = dhcp_start(&nif);
    if (err != ERR_OK) {
      ck_assert_int_eq(err, ERR_MEM);
      test_alloc_countdown = -1;
      check_nothing_left();
      continue;
    }
    while (sent_count == 0) {
      pass(1000);
    }
    test_alloc_countdown = -1;
    make(DHCP_WIRE_OFFER);
    test_alloc_countdown = n;
    deliver();
    while (client()->state == DHCP_REQUESTING && type_of(LAST) != DHCP_WIRE_REQUEST) {
      pass(1000);
    }
    test_alloc_countdown = -1;
    answer(DHCP_WIRE_ACK);
    ck_assert_uint_eq(client()->state, DHCP_CHECKING);
    check_nothing_left();
  }
}
END_TEST

START_TEST(transactions)
{
  u32_t xid[8];
  int i, j;

  for (i = 0; i < 8; i++) {
    dhcp_start(&nif);
    xid[i] = client()->xid;
    for (j = 0; j < i; j++) {
      ck_assert_uint_ne(xid[i], xid[j]);
      ck_assert_uint_ne(xid[i] - xid[j], (u32_t)(i - j));
    }
  }
  check_nothing_left();
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))

int main(void)
{
  Suite *s = suite_create("dhcp");
  TCase *t = tcase_create("dhcp");
  SRunner *r = srunner_create(s);
  int failed;

  suite_add_tcase(s, t);
  tcase_add_checked_fixture(t, setup, NULL);
  tcase_add_test(t, lease);
  tcase_add_loop_test(t, bad_offer, 0, COUNT(bad));
  tcase_add_loop_test(t, bad_ack, 0, COUNT(bad));
  tcase_add_test(t, out_of_place);
  tcase_add_test(t, silence);
  tcase_add_test(t, silent_after_offer);
  tcase_add_test(t, renewal);
  tcase_add_test(t, renewed);
  tcase_add_test(t, refused_renewal);
  tcase_add_test(t, nak_storm);
  tcase_add_loop_test(t, lease_times, 0, COUNT(times));
  tcase_add_test(t, long_lease);
  tcase_add_loop_test(t, network, 0, COUNT(networks));
  tcase_add_test(t, server_lists);
  tcase_add_test(t, boot_file);
  tcase_add_test(t, conflict);
  tcase_add_test(t, link_comes_late);
  tcase_add_test(t, link_returns);
  tcase_add_test(t, inform);
  tcase_add_test(t, autoip_meanwhile);
  tcase_add_test(t, chained);
  tcase_add_test(t, stopped_in_callback);
  tcase_add_test(t, misuse);
  tcase_add_test(t, memory_runs_out);
  tcase_add_test(t, transactions);
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
