/** Happy Eyeballs (RFC 8305) with a resolver and connections that do what the test says. */
#include "base/timer.h"
#include "lwip/dns.h"
#include "lwip/mem.h"
#include "lwip/stats.h"
#include "lwip/sys.h"
#include "lwip/x_connect.h"

#include <check.h>
#include <string.h>

#if LWIP_IPV4 && LWIP_IPV6

static u32_t now;

u32_t sys_now(void);
u32_t sys_now(void)
{
  return now;
}

/* The resolver. */
static dns_found_callback found6, found4;
static void *arg6, *arg4;

err_t dns_gethostbyname_addrtype(const char *hostname, ip_addr_t *addr, dns_found_callback found, void *callback_arg,
                                 u8_t dns_addrtype)
{
  (void)hostname;
  (void)addr;
  if (dns_addrtype == LWIP_DNS_ADDRTYPE_IPV6) {
    found6 = found;
    arg6 = callback_arg;
  } else {
    found4 = found;
    arg4 = callback_arg;
  }
  return ERR_INPROGRESS;
}

/* The connections: [0] IPv6, [1] IPv4. */
static struct altcp_pcb pcbs[2];
static struct {
  unsigned connects, aborts;
  u32_t at;
  altcp_connected_fn connected;
  altcp_err_fn err;
  void *arg;
} seen[2];

struct altcp_pcb *altcp_new_ip_type(altcp_allocator_t *allocator, u8_t ip_type)
{
  (void)allocator;
  return &pcbs[ip_type == IPADDR_TYPE_V6 ? 0 : 1];
}
void altcp_arg(struct altcp_pcb *conn, void *arg)
{
  seen[conn - pcbs].arg = arg;
}
void altcp_err(struct altcp_pcb *conn, altcp_err_fn err)
{
  seen[conn - pcbs].err = err;
}
err_t altcp_connect(struct altcp_pcb *conn, const ip_addr_t *ipaddr, u16_t port, altcp_connected_fn connected)
{
  ck_assert_uint_eq(port, 80);
  ck_assert_int_eq(IP_IS_V6(ipaddr), conn == &pcbs[0]);
  seen[conn - pcbs].connects++;
  seen[conn - pcbs].at = now;
  seen[conn - pcbs].connected = connected;
  return ERR_OK;
}
void altcp_abort(struct altcp_pcb *conn)
{
  seen[conn - pcbs].aborts++;
}

/* The program. */
static unsigned dones;
static struct altcp_pcb *got;
static err_t got_err;

static err_t done(void *arg, struct altcp_pcb *conn, err_t err)
{
  ck_assert_ptr_eq(arg, &dones);
  dones++;
  got = conn;
  got_err = err;
  return ERR_OK;
}

static struct lwip_x_connect *c;

static void setup(void)
{
  static bool started;

  if (!started) {
    mem_init();
    started = true;
  }
  memset(seen, 0, sizeof seen);
  now = 1000;
  c = lwip_x_connect("example.org", 80, NULL, done, &dones);
  ck_assert_ptr_nonnull(c);
}

static void run(u32_t ms)
{
  while (ms-- > 0) {
    timers_run(now);
    now++;
  }
  timers_run(now);
}

static void answer6(bool exists)
{
  ip_addr_t a = IPADDR6_INIT_HOST(0x20010db8, 0, 0, 1);
  found6("example.org", exists ? &a : NULL, arg6);
}

static void answer4(bool exists)
{
  ip_addr_t a = IPADDR4_INIT_BYTES(192, 0, 2, 1);
  found4("example.org", exists ? &a : NULL, arg4);
}

/** All memory is back once both look-ups have answered. */
static void check_gone(void)
{
  ck_assert_uint_eq(lwip_stats.mem.used, 0);
  ck_assert_uint_eq(timers_sleep(now), TIMERS_NEVER);
}

START_TEST(six_first_and_alone)
{
  answer6(true);
  ck_assert_uint_eq(seen[0].connects, 1);
  answer4(true);
  run(249);
  ck_assert_uint_eq(seen[1].connects, 0);
  seen[0].connected(seen[0].arg, &pcbs[0], ERR_OK);
  ck_assert_ptr_eq(got, &pcbs[0]);
  ck_assert_int_eq(got_err, ERR_OK);
  ck_assert_ptr_null(seen[0].arg);
  run(1000);
  ck_assert_uint_eq(seen[1].connects, 0);
  ck_assert_uint_eq(dones, 1);
  check_gone();
}
END_TEST

START_TEST(four_after_250_ms)
{
  answer4(true);
  answer6(true); /* within the 50 ms: still first */
  ck_assert_uint_eq(seen[0].connects, 1);
  run(250);
  ck_assert_uint_eq(seen[1].connects, 1);
  seen[1].connected(seen[1].arg, &pcbs[1], ERR_OK);
  ck_assert_ptr_eq(got, &pcbs[1]);
  ck_assert_uint_eq(seen[0].aborts, 1);
  ck_assert_uint_eq(seen[1].aborts, 0);
  check_gone();
}
END_TEST

START_TEST(four_when_six_is_late)
{
  answer4(true);
  run(49);
  ck_assert_uint_eq(seen[1].connects, 0);
  run(1);
  ck_assert_uint_eq(seen[1].connects, 1);
  answer6(true);
  ck_assert_uint_eq(seen[0].connects, 0); /* four has its head start now */
  run(250);
  ck_assert_uint_eq(seen[0].connects, 1);
  seen[0].connected(seen[0].arg, &pcbs[0], ERR_OK);
  ck_assert_uint_eq(seen[1].aborts, 1);
  check_gone();
}
END_TEST

START_TEST(four_at_once_without_six)
{
  answer6(false);
  answer4(true);
  ck_assert_uint_eq(seen[1].connects, 1);
  seen[1].connected(seen[1].arg, &pcbs[1], ERR_OK);
  check_gone();
}
END_TEST

START_TEST(four_at_once_when_six_fails)
{
  answer4(true);
  answer6(true);
  run(10);
  seen[0].err(seen[0].arg, ERR_RST);
  ck_assert_uint_eq(seen[1].connects, 1);
  seen[1].err(seen[1].arg, ERR_ABRT);
  ck_assert_uint_eq(dones, 1);
  ck_assert_ptr_null(got);
  ck_assert_int_eq(got_err, ERR_ABRT);
  check_gone();
}
END_TEST

START_TEST(no_such_name)
{
  answer6(false);
  ck_assert_uint_eq(dones, 0);
  answer4(false);
  ck_assert_uint_eq(dones, 1);
  ck_assert_int_eq(got_err, ERR_VAL);
  check_gone();
}
END_TEST

START_TEST(given_up_while_looking)
{
  answer4(true);
  run(60);
  lwip_x_connect_abort(c);
  ck_assert_uint_eq(seen[1].aborts, 1);
  answer6(true); /* too late; only the memory goes */
  run(1000);
  ck_assert_uint_eq(dones, 0);
  ck_assert_uint_eq(seen[0].connects, 0);
  check_gone();
}
END_TEST

int main(void)
{
  Suite *s = suite_create("x_connect");
  TCase *t = tcase_create("eyeballs");
  SRunner *r;
  int failed;

  tcase_add_checked_fixture(t, setup, NULL);
  tcase_add_test(t, six_first_and_alone);
  tcase_add_test(t, four_after_250_ms);
  tcase_add_test(t, four_when_six_is_late);
  tcase_add_test(t, four_at_once_without_six);
  tcase_add_test(t, four_at_once_when_six_fails);
  tcase_add_test(t, no_such_name);
  tcase_add_test(t, given_up_while_looking);
  suite_add_tcase(s, t);
  r = srunner_create(s);
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}

#else

int main(void)
{
  return 0; /* one family: nothing to choose */
}

#endif
