/**
 * The resolver against scripted servers, with a clock of its own; UDP is a fake that records.  RFC 1035, 2181, 2308, 5452;
 * hostile answers are those of bad-inputs DNS-01 to DNS-10.
 */
#include "lwip/dns.h"
#include "lwip/mem.h"
#include "lwip/memp.h"
#include "lwip/stats.h"
#include "lwip/sys.h"
#include "lwip/udp.h"
#include "base/random.h"
#include "base/timer.h"
#include "mem/drop.h"
#include "service/dns_client.h"
#include "wire/wire_dns.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One family: what is the same for both, and the messages are half as many. */
#define dns_gethostbyname(name, addr, found, arg) \
  dns_gethostbyname_addrtype(name, addr, found, arg, LWIP_DNS_ADDRTYPE_IPV4)

/* The world. */

static u32_t now_ms;
static struct udp_pcb pcbs[64];
static u8_t pcb_used[64];
static unsigned pcbs_opened, pcbs_open;

static struct {
  u8_t m[400];
  u16_t len;
  struct udp_pcb *pcb;
  u32_t dst;
} sent[256];
static unsigned sent_count;
#define LAST (sent_count - 1)

u32_t sys_now(void)
{
  return now_ms;
}

struct netif *netif_list;

struct udp_pcb *udp_new_ip_type(u8_t type)
{
  unsigned i = pcbs_opened % 64; /* like the pool: freed slots are used last */

  LWIP_UNUSED_ARG(type);
  if (pcb_used[i] || test_alloc_fails()) {
    return NULL;
  }
  memset(&pcbs[i], 0, sizeof pcbs[i]);
  pcb_used[i] = 1;
  pcbs_opened++;
  pcbs_open++;
  return &pcbs[i];
}

err_t udp_bind(struct udp_pcb *pcb, const ip_addr_t *ipaddr, u16_t port)
{
  ck_assert(ip_addr_isany(ipaddr));
  ck_assert_uint_eq(port, 0); /* a port of the transport's choice: RFC 6056 */
  pcb->local_port = 1;
  return ERR_OK;
}

void udp_recv(struct udp_pcb *pcb, udp_recv_fn fn, void *arg)
{
  pcb->recv = fn;
  pcb->recv_arg = arg;
}

void udp_remove(struct udp_pcb *pcb)
{
  if (pcb == NULL) {
    return;
  }
  ck_assert(pcb_used[pcb - pcbs]);
  pcb_used[pcb - pcbs] = 0;
  pcbs_open--;
}

static bool dst_is_group(const ip_addr_t *dst)
{
  return ip_2_ip4(dst)->addr == PP_HTONL(0xE00000FBu);
}

err_t udp_sendto(struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *dst, u16_t port)
{
  ck_assert_uint_eq(port, dst_is_group(dst) ? 5353 : 53);
  ck_assert(pcb_used[pcb - pcbs]);
  ck_assert_uint_lt(sent_count, 256);
  sent[sent_count].len = pbuf_copy_partial(p, sent[sent_count].m, sizeof sent[0].m, 0);
  sent[sent_count].pcb = pcb;
  sent[sent_count].dst = ip_2_ip4(dst)->addr;
  sent_count++;
  return ERR_OK;
}

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

/* The program. */

static ip_addr_t addr;
static unsigned told, told_nothing;
static u32_t told_addr;
static char told_name[300];

static void found(const char *name, const ip_addr_t *ipaddr, void *arg)
{
  told++;
  told_nothing += ipaddr == NULL;
  told_addr = ipaddr != NULL ? ip_2_ip4(ipaddr)->addr : 0;
  strcpy(told_name, name);
  if (arg != NULL) {
    ++*(unsigned *)arg;
  }
}

static err_t ask(const char *name)
{
  return dns_gethostbyname(name, &addr, found, NULL);
}

#define SERVER_A PP_HTONL(0x0A000001u)
#define SERVER_B PP_HTONL(0x0A000002u)
#define ANSWER PP_HTONL(0x01020304u)

static void set_server(u8_t i, u32_t a)
{
  ip_addr_t s;

  ip_addr_set_ip4_u32_val(s, a);
  dns_setserver(i, &s);
}

static void setup(void)
{
  now_ms = 0xFFFFF000u;
  mem_init();
  memp_init();
  random_init();
  dns_init();
  dns_init();
  set_server(0, SERVER_A);
}

static void setup_two(void)
{
  setup();
  set_server(1, SERVER_B);
}

/* The servers. */

static u8_t reply[1500];
static size_t reply_len;

/** Begin an answer to query @p i: its id and question. */
static void begin(unsigned i, u8_t rcode)
{
  memcpy(reply, sent[i].m, sent[i].len);
  reply_len = sent[i].len;
  reply[2] = 0x81;
  reply[3] = (u8_t)(0x80 | rcode);
}

static void put(const char *octets, size_t len)
{
  memcpy(reply + reply_len, octets, len);
  reply_len += len;
}
#define PUT(s) put(s, sizeof(s) - 1)

/** Add a record, and count it at @p count (6: answers, 8: authority). */
static void record(u8_t count, const char *name, size_t name_len, u16_t type, u32_t ttl, const char *data, size_t len)
{
  put(name, name_len);
  be16_put(reply + reply_len, type);
  be16_put(reply + reply_len + 2, DNS_WIRE_IN);
  be32_put(reply + reply_len + 4, ttl);
  be16_put(reply + reply_len + 8, (u16_t)len);
  reply_len += 10;
  put(data, len);
  be16_put(reply + count, (u16_t)(be16_get(reply + count) + 1));
}

#define SELF "\xc0\x0c"
#define IP4 "\1\2\3\4"

static void a_record(u32_t ttl)
{
  record(6, SELF, 2, DNS_WIRE_A, ttl, IP4, 4);
}

static void deliver_from(unsigned i, u32_t server, u16_t port, int chained)
{
  struct pbuf *p = pbuf_alloc(PBUF_TRANSPORT, (u16_t)reply_len, PBUF_RAM);
  ip_addr_t from;

  ck_assert_ptr_nonnull(p);
  if (chained) {
    struct pbuf *q = pbuf_alloc(PBUF_TRANSPORT, (u16_t)(reply_len - 20), PBUF_RAM);

    pbuf_realloc(p, 20);
    pbuf_cat(p, q);
  }
  pbuf_take(p, reply, (u16_t)reply_len);
  ip_addr_set_ip4_u32_val(from, server);
  if (pcb_used[sent[i].pcb - pcbs]) {
    sent[i].pcb->recv(sent[i].pcb->recv_arg, sent[i].pcb, p, &from, port);
  } else {
    pbuf_free(p);
  }
}

static void deliver(void)
{
  deliver_from(LAST, sent[LAST].dst, 53, 0);
}

static void answer(u32_t ttl)
{
  begin(LAST, 0);
  a_record(ttl);
  deliver();
}

static void check_nothing_left(void)
{
  while (timers_sleep(now_ms) != TIMERS_NEVER) {
    pass(timers_sleep(now_ms));
  }
  ck_assert_uint_eq(pcbs_open, 0);
  ck_assert_uint_eq(lwip_stats.mem.used, 0);
}

/* Tests. */

START_TEST(look_up)
{
  static const u8_t query[] = "\1\0\0\1\0\0\0\0\0\0\3www\2ab\0\0\1\0\1";
  size_t i;

  ck_assert_int_eq(ask("www.ab"), ERR_INPROGRESS);
  ck_assert_uint_eq(sent_count, 1);
  ck_assert_uint_eq(sent[0].dst, SERVER_A);
  ck_assert_uint_eq(sent[0].len, 2 + sizeof query - 1);
  for (i = 0; i < sizeof query - 1; i++) { /* but for the case of letters (LWIP_X_DNS_0X20) */
    ck_assert_uint_eq(sent[0].m[2 + i] | (i > 10 ? 0x20 : 0), query[i] | (i > 10 ? 0x20 : 0));
  }
  answer(60);
  ck_assert_uint_eq(told, 1);
  ck_assert_uint_eq(told_addr, ANSWER);
  ck_assert_str_eq(told_name, "www.ab");
  ck_assert_int_eq(ask("www.ab"), ERR_OK); /* from the cache, whatever the case */
  ck_assert_int_eq(ask("WWW.ab."), ERR_OK);
  ck_assert_uint_eq(ip_2_ip4(&addr)->addr, ANSWER);
  pass(59999);
  ck_assert_int_eq(ask("www.ab"), ERR_OK);
  pass(1);
  ck_assert_int_eq(ask("www.ab"), ERR_INPROGRESS); /* the TTL is over */
  answer(60);
  ck_assert_uint_eq(told, 2);
  ck_assert_uint_eq(sent_count, 2);
  check_nothing_left();
}
END_TEST

/* clang-format off */
static const struct { const char *what, *name; err_t err; } names[] = {
  { "a literal address",      "10.1.2.3",  ERR_OK },
  { "this host",              "LocalHost", ERR_OK },
  { "nothing",                "",          ERR_ARG },
  { "a dot",                  ".",         ERR_ARG },
  { "an empty label",         "a..b",      ERR_ARG },
  { "a label of 64",          "1234567890123456789012345678901234567890123456789012345678901234", ERR_ARG },
  { "a name",                 "a",         ERR_INPROGRESS },
};
/* clang-format on */

START_TEST(name)
{
  ck_assert_msg(ask(names[_i].name) == names[_i].err, "%s", names[_i].what);
  check_nothing_left();
}
END_TEST

START_TEST(arguments)
{
  char long_name[260];

  memset(long_name, 'x', sizeof long_name);
  long_name[50] = long_name[100] = long_name[150] = long_name[200] = long_name[255] = '.';
  long_name[259] = 0;
  ck_assert_int_eq(ask(long_name), ERR_ARG);
  ck_assert_int_eq(dns_gethostbyname(NULL, &addr, found, NULL), ERR_ARG);
  ck_assert_int_eq(dns_gethostbyname("a", NULL, found, NULL), ERR_ARG);
  dns_setserver(0, NULL);
  ck_assert_int_eq(ask("a"), ERR_VAL);
  dns_setserver(DNS_MAX_SERVERS, IP_ADDR_BROADCAST); /* ignored */
  ck_assert(ip_addr_isany(dns_getserver(DNS_MAX_SERVERS)));
  ck_assert_int_eq(ask("a"), ERR_VAL);
  dns_tmr();
  check_nothing_left();
}
END_TEST

/** Nobody answers: the servers in turn, with longer pauses, and an end. */
START_TEST(silence)
{
  static const struct {
    u32_t after_ms, dst;
  } want[] = {
    { 0, SERVER_A },    { 1000, SERVER_B }, { 1000, SERVER_A }, { 2000, SERVER_B },
    { 2000, SERVER_A }, { 4000, SERVER_B }, { 4000, SERVER_A }, { 8000, SERVER_B },
  };
  unsigned i;

  ask("a");
  for (i = 0; i < 8; i++) {
    if (i > 0) {
      ck_assert_uint_eq(timers_sleep(now_ms), want[i].after_ms);
      pass(want[i].after_ms);
    }
    ck_assert_uint_eq(sent_count, i + 1);
    ck_assert_uint_eq(sent[i].dst, want[i].dst);
    ck_assert_uint_eq(be16_get(sent[i].m), be16_get(sent[0].m));
  }
  ck_assert_uint_eq(told, 0);
  pass(8000);
  ck_assert_uint_eq(told, 1);
  ck_assert_uint_eq(told_nothing, 1);
  ck_assert_int_eq(ask("a"), ERR_INPROGRESS); /* silence is not remembered */
  check_nothing_left();
}
END_TEST

/** The last server goes while a query is out. */
START_TEST(servers_removed)
{
  ask("a");
  dns_setserver(0, NULL);
  begin(LAST, 0);
  a_record(60);
  deliver_from(LAST, 0, 53, 0);
  ck_assert_uint_eq(told, 0);
  pass(1000);
  ck_assert_uint_eq(told_nothing, 1);
  check_nothing_left();
}
END_TEST

/** A server that answered is asked first the next time. */
START_TEST(good_server_first)
{
  ask("a");
  pass(1000);
  answer(60);
  ask("b");
  ck_assert_uint_eq(sent[LAST].dst, SERVER_B);
  answer(60);
  set_server(1, 0);
  ask("c");
  ck_assert_uint_eq(sent[LAST].dst, SERVER_A);
  answer(60);
  check_nothing_left();
}
END_TEST

/* Answers that must not be believed: dropped, and the query goes on (DNS-01 to DNS-08). */

/* clang-format off */
static void w_id(void)           { reply[1] ^= 1; a_record(60); }
static void w_query(void)        { reply[2] = 1; a_record(60); }
static void w_opcode(void)       { reply[2] = 0xF9; a_record(60); }
static void w_qdcount_0(void)    { reply[5] = 0; a_record(60); }
static void w_qdcount_2(void)    { reply[5] = 2; a_record(60); }
static void w_qdcount_max(void)  { reply[4] = reply[5] = 0xFF; a_record(60); }
static void w_ancount_max(void)  { a_record(60); reply[6] = reply[7] = 0xFF; }
static void w_case(void)         { reply[13] ^= 0x20; a_record(60); }
static void w_name(void)         { reply[13] ^= 1; a_record(60); }
static void w_type(void)         { reply[reply_len - 3] = 28; a_record(60); }
static void w_class(void)        { reply[reply_len - 1] = 3; a_record(60); }
static void w_rdlength_0(void)   { record(6, SELF, 2, DNS_WIRE_A, 60, "", 0); }
static void w_rdlength_3(void)   { record(6, SELF, 2, DNS_WIRE_A, 60, "\1\2\3", 3); }
static void w_rdlength_5(void)   { record(6, SELF, 2, DNS_WIRE_A, 60, "\1\2\3\4\5", 5); }
static void w_rdlength_max(void) { a_record(60); reply[reply_len - 5] = reply[reply_len - 6] = 0xFF; }
static void w_cut(void)          { a_record(60); reply_len--; }
static void w_header(void)       { reply_len = 11; }
static void w_empty(void)        { reply_len = 1; }
static void w_no_records(void)   { reply[7] = 1; }
static void w_self_pointer(void) { char p[2] = { (char)0xC0, (char)reply_len }; record(6, p, 2, DNS_WIRE_A, 60, IP4, 4); }
static void w_loop(void)         { char p[4] = { (char)0xC0, (char)(reply_len + 2), (char)0xC0, (char)reply_len }; record(6, p, 4, DNS_WIRE_A, 60, IP4, 4); }
static void w_forward(void)      { char p[2] = { (char)0xC0, (char)(reply_len + 12) }; record(6, p, 2, DNS_WIRE_A, 60, IP4, 4); }
static void w_past_end(void)     { record(6, "\xc0\xff", 2, DNS_WIRE_A, 60, IP4, 4); }
static void w_ffff(void)         { record(6, "\xff\xff", 2, DNS_WIRE_A, 60, IP4, 4); }
static void w_label_63(void)     { PUT("\x3f" "ab"); reply[7] = 1; }
static void w_half_pointer(void) { PUT("\xc0"); reply[7] = 1; }
static void w_cname_self(void)   { record(6, SELF, 2, DNS_WIRE_CNAME, 60, SELF, 2); }
static void w_cname_long(void)   { record(6, SELF, 2, DNS_WIRE_CNAME, 60, "\1b\0x", 4); a_record(60); }
static void w_cname_short(void)  { record(6, SELF, 2, DNS_WIRE_CNAME, 60, "\1b", 2); }
static void w_cname_empty(void)  { record(6, SELF, 2, DNS_WIRE_CNAME, 60, "", 0); a_record(60); }
/* clang-format on */

static void w_cname_40(void)
{
  char from[4] = "\1A", to[4] = "\1A";
  int i;

  record(6, SELF, 2, DNS_WIRE_CNAME, 60, from, 3);
  for (i = 0; i < 40; i++) {
    from[1] = (char)('A' + i);
    to[1] = (char)('B' + i);
    record(6, from, 3, DNS_WIRE_CNAME, 60, to, 3);
  }
  record(6, to, 3, DNS_WIRE_A, 60, IP4, 4);
}

/** A name of five labels of 63: too long on the wire. */
static void w_long_name(void)
{
  char n[5 * 64 + 1];
  int i;

  memset(n, 'x', sizeof n);
  for (i = 0; i < 5; i++) {
    n[i * 64] = 63;
  }
  n[320] = 0;
  record(6, n, sizeof n, DNS_WIRE_A, 60, IP4, 4);
}

/* clang-format off */
static const struct { const char *what; void (*write)(void); } bad[] = {
  { "another id", w_id },                   { "a query", w_query },
  { "opcode 15", w_opcode },                { "QDCOUNT 0", w_qdcount_0 },
  { "QDCOUNT 2", w_qdcount_2 },             { "QDCOUNT 65535", w_qdcount_max },
  { "ANCOUNT 65535", w_ancount_max },       { "the question's case", w_case },
  { "another question", w_name },           { "another type", w_type },
  { "another class", w_class },             { "RDLENGTH 0", w_rdlength_0 },
  { "RDLENGTH 3", w_rdlength_3 },           { "RDLENGTH 5", w_rdlength_5 },
  { "RDLENGTH 65535", w_rdlength_max },     { "cut", w_cut },
  { "eleven octets", w_header },            { "one octet", w_empty },
  { "ANCOUNT without a record", w_no_records }, { "a pointer to itself", w_self_pointer },
  { "two pointers in a circle", w_loop },   { "a pointer forward", w_forward },
  { "a pointer past the end", w_past_end }, { "a pointer 0xffff", w_ffff },
  { "a label past the end", w_label_63 },   { "half a pointer", w_half_pointer },
  { "an alias of itself", w_cname_self },   { "an alias with a tail", w_cname_long },
  { "an alias without end", w_cname_short }, { "an empty alias", w_cname_empty },
  { "forty aliases", w_cname_40 },          { "a name of 321 octets", w_long_name },
};
/* clang-format on */

START_TEST(bad_answer)
{
  u16_t drops = (u16_t)lwip_x_drops[DROP_DNS_FORMAT];

  ask("ab.cd");
  begin(LAST, 0);
  bad[_i].write();
  deliver();
  ck_assert_msg(told == 0, "%s", bad[_i].what);
  ck_assert_uint_eq((u16_t)lwip_x_drops[DROP_DNS_FORMAT], drops + 1);
  pass(1000);
  ck_assert_uint_eq(sent_count, 2); /* retried */
  answer(60);
  ck_assert_uint_eq(told_addr, ANSWER);
  check_nothing_left();
}
END_TEST

/** An honest answer cut anywhere. */
START_TEST(cut)
{
  size_t len;

  ask("ab.cd");
  begin(LAST, 0);
  record(6, SELF, 2, DNS_WIRE_CNAME, 60, "\1b\0", 3);
  record(6, "\1b\0", 3, DNS_WIRE_A, 60, IP4, 4);
  len = reply_len;
  for (reply_len = 1; reply_len < len; reply_len++) {
    deliver();
    ck_assert_uint_eq(told, 0);
  }
  deliver();
  ck_assert_uint_eq(told_addr, ANSWER);
  check_nothing_left();
}
END_TEST

/** RFC 5452 section 9: from the server and port asked. */
START_TEST(wrong_sender)
{
  ask("a");
  begin(LAST, 0);
  a_record(60);
  deliver_from(LAST, PP_HTONL(0x0A000099u), 53, 0);
  deliver_from(LAST, SERVER_A, 5353, 0);
  deliver_from(LAST, 0, 53, 0);
  ck_assert_uint_eq(told, 0);
  deliver_from(LAST, SERVER_A, 53, 0);
  ck_assert_uint_eq(told, 1);
  check_nothing_left();
}
END_TEST

/* Honest answers of all kinds. */

/* clang-format off */
static void r_other_first(void)  { record(6, "\1z\0", 3, DNS_WIRE_A, 60, "\6\6\6\6", 4); a_record(60); }
static void r_two(void)          { a_record(60); record(6, SELF, 2, DNS_WIRE_A, 60, "\6\6\6\6", 4); }
static void r_aaaa_first(void)   { record(6, SELF, 2, DNS_WIRE_AAAA, 60, "0123456789abcdef", 16); a_record(60); }
static void r_written_out(void)  { record(6, "\2AB\2cd\0", 7, DNS_WIRE_A, 60, IP4, 4); }
static void r_alias(void)        { record(6, SELF, 2, DNS_WIRE_CNAME, 60, "\1b\xc0\x0f", 4); record(6, "\1b\2cd\0", 6, DNS_WIRE_A, 60, IP4, 4); }
static void r_alias_after(void)  { record(6, "\1b\0", 3, DNS_WIRE_A, 60, IP4, 4); record(6, SELF, 2, DNS_WIRE_CNAME, 60, "\1b\0", 3); }
static void r_aliases(void)
{
  record(6, SELF, 2, DNS_WIRE_CNAME, 60, "\1b\0", 3);
  record(6, "\1b\0", 3, DNS_WIRE_CNAME, 60, "\1c\0", 3);
  record(6, "\1c\0", 3, DNS_WIRE_CNAME, 60, "\1d\0", 3);
  record(6, "\1d\0", 3, DNS_WIRE_A, 60, IP4, 4);
}
static void r_truncated(void)    { a_record(60); reply[2] |= 2; }
static void r_edns(void)         { a_record(60); PUT("\0\0\x29\x10\0\0\0\0\0\0\0"); reply[11] = 1; }
/* clang-format on */

/* clang-format off */
static const struct { const char *what; void (*write)(void); } good[] = {
  { "somebody else's record first", r_other_first }, { "two addresses", r_two },
  { "an AAAA first", r_aaaa_first },        { "the name written out", r_written_out },
  { "an alias", r_alias },                  { "an alias, told last", r_alias_after },
  { "three aliases", r_aliases },           { "truncated, with an address", r_truncated },
  { "an OPT record", r_edns },
};
/* clang-format on */

START_TEST(good_answer)
{
  ask("ab.cd");
  begin(LAST, 0);
  good[_i].write();
  deliver();
  ck_assert_msg(told == 1 && told_addr == ANSWER, "%s", good[_i].what);
  check_nothing_left();
}
END_TEST

START_TEST(chained)
{
  ask("ab.cd");
  begin(LAST, 0);
  a_record(60);
  deliver_from(LAST, SERVER_A, 53, 1);
  ck_assert_uint_eq(told_addr, ANSWER);
  check_nothing_left();
}
END_TEST

/** Every record that is not reached from the question is nobody's business (out of bailiwick). */
START_TEST(not_ours)
{
  ask("ab.cd");
  begin(LAST, 0);
  record(6, "\1z\0", 3, DNS_WIRE_A, 60, "\6\6\6\6", 4);
  deliver();
  ck_assert_uint_eq(told_nothing, 1);
  ck_assert_int_eq(ask("z"), ERR_INPROGRESS);
  check_nothing_left();
}
END_TEST

#define SOA_DATA(minimum) "\1m\0\1r\0\0\0\0\1\0\0\0\2\0\0\0\3\0\0\0\4" minimum
static void soa(u32_t ttl)
{
  record(8, SELF, 2, DNS_WIRE_SOA, ttl, SOA_DATA("\0\0\0\x3c"), 26);
}

/* clang-format off */
static const struct {
  const char *what;
  u8_t rcode;
  bool has_soa, truncated;
  u32_t soa_ttl;
  bool ends;       /* the query is over; otherwise the next server is asked */
  u32_t remembers; /* seconds */
} empties[] = {
  { "no such name, not said how long",  3, false, false, 0,    true, 0 },
  { "no such name for a minute",        3, true,  false, 3600, true, 60 },
  { "no such name, TTL of SOA less",    3, true,  false, 10,   true, 10 },
  { "no address",                       0, true,  false, 3600, true, 60 },
  { "no address, not said how long",    0, false, false, 0,    true, 0 },
  { "truncated",                        0, false, true,  0,    false, 0 },
  { "format error",                     1, false, false, 0,    false, 0 },
  { "server failure",                   2, false, false, 0,    false, 0 },
  { "not implemented",                  4, false, false, 0,    false, 0 },
  { "refused",                          5, true,  false, 3600, false, 0 },
  { "code 15",                          15, false, false, 0,   false, 0 },
};
/* clang-format on */

START_TEST(empty_answer)
{
  ask("ab.cd");
  begin(LAST, empties[_i].rcode);
  reply[2] = (u8_t)(reply[2] | (empties[_i].truncated ? 2 : 0));
  if (empties[_i].has_soa) {
    soa(empties[_i].soa_ttl);
  }
  deliver();
  if (!empties[_i].ends) {
    ck_assert_msg(told == 0 && sent_count == 2 && sent[1].dst == SERVER_B, "%s", empties[_i].what);
    begin(LAST, empties[_i].rcode);
    reply[2] = (u8_t)(reply[2] | (empties[_i].truncated ? 2 : 0));
    deliver();
  }
  ck_assert_uint_eq(told, 1);
  ck_assert_uint_eq(told_nothing, 1);
  if (empties[_i].remembers != 0) {
    pass(empties[_i].remembers * 1000 - 1);
    ck_assert_int_eq(ask("ab.cd"), ERR_VAL);
    pass(1);
  }
  ck_assert_msg(ask("ab.cd") == ERR_INPROGRESS, "%s", empties[_i].what);
  check_nothing_left();
}
END_TEST

/** RFC 2181 section 8: a TTL with the first bit set is 0; none is believed longer than a day. */
START_TEST(ttl)
{
  static const struct {
    u32_t ttl, cached_s;
  } table[] = {
    { 0, 0 }, { 1, 1 }, { 86400, 86400 }, { 86401, 86400 }, { 0x7FFFFFFF, 86400 }, { 0x80000000, 0 }, { 0xFFFFFFFF, 0 },
  };
  size_t i;

  for (i = 0; i < sizeof table / sizeof table[0]; i++) {
    ask("a");
    answer(table[i].ttl);
    if (table[i].cached_s != 0) {
      pass(table[i].cached_s * 1000 - 1);
      ck_assert_int_eq(ask("a"), ERR_OK);
      pass(1);
    }
    ck_assert_int_eq(ask("a"), ERR_INPROGRESS);
    answer(0);
  }
  check_nothing_left();
}
END_TEST

/** The least TTL along the aliases counts. */
START_TEST(ttl_of_alias)
{
  ask("ab.cd");
  begin(LAST, 0);
  record(6, SELF, 2, DNS_WIRE_CNAME, 5, "\1b\0", 3);
  record(6, "\1b\0", 3, DNS_WIRE_A, 60, IP4, 4);
  deliver();
  pass(4999);
  ck_assert_int_eq(ask("ab.cd"), ERR_OK);
  pass(1);
  ck_assert_int_eq(ask("ab.cd"), ERR_INPROGRESS);
  check_nothing_left();
}
END_TEST

/** Equal questions share one query (RFC 5452 section 5). */
START_TEST(shared)
{
  unsigned mine[3] = { 0, 0, 0 };
  int i;

  for (i = 0; i < 3; i++) {
    ck_assert_int_eq(dns_gethostbyname(i == 1 ? "AB.cd" : "ab.cd", &addr, found, &mine[i]), ERR_INPROGRESS);
  }
  ck_assert_uint_eq(sent_count, 1);
  answer(60);
  ck_assert_uint_eq(told, 3);
  ck_assert(mine[0] == 1 && mine[1] == 1 && mine[2] == 1);
  check_nothing_left();
}
END_TEST

/** More at once than there is room for: refused, and room again afterwards. */
START_TEST(full)
{
  char n[8] = "a";
  unsigned i;

  for (i = 0; i < DNS_TABLE_SIZE; i++) {
    n[1] = (char)('a' + i);
    ck_assert_int_eq(ask(n), ERR_INPROGRESS);
  }
  ck_assert_int_eq(ask("one.more"), ERR_MEM);
  ck_assert_int_eq(ask(n), ERR_MEM); /* nor for one more callback */
  ck_assert_int_eq(dns_gethostbyname(n, &addr, NULL, NULL), ERR_INPROGRESS);
  pass(60000);
  ck_assert_uint_eq(told, DNS_TABLE_SIZE);
  for (i = 0; i < DNS_TABLE_SIZE; i++) {
    n[1] = (char)('a' + i);
    ck_assert_int_eq(ask(n), ERR_INPROGRESS);
    answer(60);
  }
  check_nothing_left();
}
END_TEST

/** A full cache gives up what was not asked for lately. */
START_TEST(evicted)
{
  char n[16];
  unsigned i;

  ask("kept");
  answer(3600);
  for (i = 0; i < 3 * DNS_TABLE_SIZE; i++) {
    ck_assert_int_eq(ask("kept"), ERR_OK);
    sprintf(n, "n%u", i);
    ck_assert_int_eq(ask(n), ERR_INPROGRESS);
    answer(3600);
  }
  ck_assert_int_eq(ask("kept"), ERR_OK);
  ck_assert_int_eq(ask(n), ERR_OK);
  ck_assert_int_eq(ask("n0"), ERR_INPROGRESS);
  check_nothing_left();
}
END_TEST

/** DNS-10: every query has an id nobody can guess and a port of its own. */
START_TEST(unpredictable)
{
  u16_t id[8];
  char n[4] = "q0";
  unsigned i, j;

  for (i = 0; i < 8; i++) {
    n[1] = (char)('0' + (char)i);
    ask(n);
    id[i] = be16_get(sent[LAST].m);
    for (j = 0; j < i; j++) {
      ck_assert_uint_ne(id[i], id[j]);
      ck_assert_uint_ne((u16_t)(id[i] - id[j]), i - j);
    }
    answer(60);
    ck_assert_uint_eq(pcbs_opened, i + 1);
  }
  check_nothing_left();
}
END_TEST

/** A callback may ask again, for the same name or another. */
static void ask_more(const char *host, const ip_addr_t *ipaddr, void *arg)
{
  found(host, ipaddr, NULL);
  if (arg == NULL) {
    ck_assert_int_eq(dns_gethostbyname(host, &addr, ask_more, &addr), ipaddr != NULL ? ERR_OK : ERR_INPROGRESS);
    ck_assert_int_eq(dns_gethostbyname("other", &addr, found, NULL), ERR_INPROGRESS);
    ck_assert_str_eq(host, "ab.cd");
  }
}

START_TEST(asks_in_callback)
{
  dns_gethostbyname("ab.cd", &addr, ask_more, NULL);
  answer(60);
  ck_assert_uint_eq(sent_count, 2);
  answer(60);
  ck_assert_uint_eq(told, 2);
  check_nothing_left();
}
END_TEST

START_TEST(asks_in_callback_after_failure)
{
  dns_gethostbyname("ab.cd", &addr, ask_more, NULL);
  begin(LAST, 3);
  deliver();
  ck_assert_uint_eq(sent_count, 3);
  check_nothing_left();
}
END_TEST

/** The nth allocation fails, for every n: nothing leaks, and the answer comes in the end. */
START_TEST(memory_runs_out)
{
  char n[8] = "x0";
  long i;

  for (i = 0; i < 6; i++) {
    n[1] = (char)('0' + i);
    told = 0;
    test_alloc_countdown = i;
    ck_assert_int_eq(ask(n), ERR_INPROGRESS);
    while (sent_count == 0) {
      pass(1000);
    }
    test_alloc_countdown = -1;
    answer(60);
    ck_assert_uint_eq(told_addr, ANSWER);
    sent_count = 0;
  }
  check_nothing_left();
}
END_TEST

/** RFC 6762 section 5.1: a one-shot question about .local goes to the neighbours, and only they may answer. */
START_TEST(multicast)
{
  static struct netif nif;
  int i;

  ip_addr_set_ip4_u32_val(nif.ip_addr, PP_HTONL(0x0A000042u));
  ip_addr_set_ip4_u32_val(nif.netmask, PP_HTONL(0xFFFFFF00u));
  netif_list = &nif;
  dns_setserver(0, NULL);
  ck_assert_int_eq(ask("ab.cd"), ERR_VAL);
  ck_assert_int_eq(ask("board.LOCAL"), ERR_INPROGRESS);
  ck_assert(sent[0].dst == PP_HTONL(0xE00000FBu) && sent[0].m[2] == 0);
  begin(LAST, 0);
  a_record(60);
  deliver_from(LAST, PP_HTONL(0x0A000107u), 5353, 0); /* another network */
  deliver_from(LAST, PP_HTONL(0x0A000007u), 53, 0);   /* another port */
  ck_assert_uint_eq(told, 0);
  pass(1000);
  ck_assert_uint_eq(sent_count, 2);
  deliver_from(LAST, PP_HTONL(0x0A000007u), 5353, 0);
  ck_assert_uint_eq(told_addr, ANSWER);
  ask("nobody.local");
  for (i = 0; i < 5; i++) {
    pass(16000);
  }
  ck_assert_uint_eq(sent_count, 2 + DNS_MAX_RETRIES);
  ck_assert_uint_eq(told_nothing, 1);
  netif_list = NULL;
  check_nothing_left();
}
END_TEST

START_TEST(local_list)
{
  ip_addr_t a;
  int i;

  ip_addr_set_ip4_u32_val(a, PP_HTONL(0x0A000007u));
  ck_assert_int_eq(dns_local_addhost("printer", &a), ERR_OK);
  ck_assert_int_eq(ask("PRINTER"), ERR_OK);
  ck_assert_uint_eq(ip_2_ip4(&addr)->addr, PP_HTONL(0x0A000007u));
  ck_assert_int_eq(dns_local_lookup("printer", &addr, LWIP_DNS_ADDRTYPE_IPV4), ERR_OK);
  ck_assert_int_eq(dns_local_lookup("plotter", &addr, LWIP_DNS_ADDRTYPE_IPV4), ERR_ARG);
  ck_assert_uint_eq(dns_local_iterate(found, NULL), 1);
  ck_assert_str_eq(told_name, "printer");
  for (i = 1; i < MEMP_NUM_LOCALHOSTLIST; i++) {
    ck_assert_int_eq(dns_local_addhost("more", &a), ERR_OK);
  }
  ck_assert_int_eq(dns_local_addhost("more", &a), ERR_MEM);
  ck_assert_int_eq(dns_local_removehost("printer", NULL), 1);
  ck_assert_int_eq(dns_local_removehost(NULL, &a), MEMP_NUM_LOCALHOSTLIST - 1);
  ck_assert_uint_eq(dns_local_iterate(NULL, NULL), 0);
  check_nothing_left();
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))

int main(void)
{
  Suite *s = suite_create("dns");
  TCase *t = tcase_create("one server"), *two = tcase_create("two servers");
  SRunner *r = srunner_create(s);
  int failed;

  suite_add_tcase(s, t);
  suite_add_tcase(s, two);
  tcase_add_checked_fixture(t, setup, NULL);
  tcase_add_checked_fixture(two, setup_two, NULL);
  tcase_add_test(t, look_up);
  tcase_add_loop_test(t, name, 0, COUNT(names));
  tcase_add_test(t, arguments);
  tcase_add_loop_test(t, bad_answer, 0, COUNT(bad));
  tcase_add_test(t, cut);
  tcase_add_test(t, wrong_sender);
  tcase_add_loop_test(t, good_answer, 0, COUNT(good));
  tcase_add_test(t, chained);
  tcase_add_test(t, not_ours);
  tcase_add_test(t, servers_removed);
  tcase_add_test(t, ttl);
  tcase_add_test(t, ttl_of_alias);
  tcase_add_test(t, shared);
  tcase_add_test(t, full);
  tcase_add_test(t, evicted);
  tcase_add_test(t, unpredictable);
  tcase_add_test(t, asks_in_callback);
  tcase_add_test(t, asks_in_callback_after_failure);
  tcase_add_test(t, memory_runs_out);
  tcase_add_test(t, multicast);
  tcase_add_test(t, local_list);
  tcase_add_test(two, silence);
  tcase_add_test(two, good_server_first);
  tcase_add_loop_test(two, empty_answer, 0, COUNT(empties));
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
