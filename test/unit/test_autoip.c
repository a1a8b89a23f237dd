/** AutoIP (RFC 3927) over a conflict detection that only records. */
#include "lwip/autoip.h"
#include "lwip/mem.h"
#include "lwip/memp.h"
#include "lwip/stats.h"
#include "lwip/sys.h"
#include "base/timer.h"
#include "link/acd.h"
#include "service/autoip_client.h"
#include <check.h>
#include <string.h>

static struct netif nif;
static struct acd *acd;
static void (*event)(struct acd *, enum acd_event);
static void (*on_address)(void);
static unsigned starts;

u32_t sys_now(void)
{
  return 0;
}

struct netif *netif_list;

void acd_start(struct acd *a, struct netif *n, const ip4_addr_t *addr, void (*fn)(struct acd *, enum acd_event))
{
  ck_assert_ptr_eq(n, &nif);
  acd = a;
  a->nif = n;
  a->addr = *addr;
  event = fn;
  starts++;
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
  if (on_address != NULL) {
    on_address();
  }
}

static void setup(void)
{
  mem_init();
  memp_init();
  nif.flags = NETIF_FLAG_UP | NETIF_FLAG_LINK_UP | NETIF_FLAG_ETHARP;
  nif.hwaddr_len = 6;
  memcpy(nif.hwaddr, "\2\0\0\0\0\1", 6);
}

static u32_t address(void)
{
  return lwip_ntohl(netif_ip4_addr(&nif)->addr);
}

static void stop(void)
{
  ck_assert_int_eq(autoip_stop(&nif), ERR_OK);
  ck_assert_ptr_null(acd);
  ck_assert_uint_eq(address(), 0);
  ck_assert_uint_eq(timers_sleep(0), TIMERS_NEVER);
}

START_TEST(takes_a_free_address)
{
  u32_t first;

  ck_assert_int_eq(autoip_start(&nif), ERR_OK);
  ck_assert_uint_eq(address(), 0);
  ck_assert(!autoip_supplied_address(&nif));
  first = lwip_ntohl(acd->addr.addr);
  ck_assert_uint_ge(first, 0xA9FE0100);
  ck_assert_uint_le(first, 0xA9FEFEFF);
  ck_assert(autoip_accept_packet(&nif, &acd->addr));
  event(acd, ACD_FREE);
  ck_assert_uint_eq(address(), first);
  ck_assert_uint_eq(lwip_ntohl(netif_ip4_netmask(&nif)->addr), 0xFFFF0000);
  ck_assert_uint_eq(netif_ip4_gw(&nif)->addr, 0);
  ck_assert(autoip_supplied_address(&nif));
  stop();
  ck_assert(!autoip_supplied_address(&nif));
  autoip_start(&nif); /* section 2.1: the same address the next time */
  ck_assert_uint_eq(lwip_ntohl(acd->addr.addr), first);
  stop();
}
END_TEST

/** Section 2.1: uniform in 169.254.1.0 - 169.254.254.255 whatever the hardware address; conflicts lead to others. */
START_TEST(candidates)
{
  unsigned i, same = 0;
  u32_t last = 0;

  autoip_start(&nif);
  for (i = 0; i < 300; i++) {
    u32_t a = lwip_ntohl(acd->addr.addr);

    ck_assert_uint_ge(a, 0xA9FE0100);
    ck_assert_uint_le(a, 0xA9FEFEFF);
    same += a == last;
    last = a;
    event(acd, ACD_CONFLICT);
    ck_assert_uint_eq(address(), 0);
  }
  ck_assert_uint_le(same, 1);
  ck_assert_uint_eq(starts, 301);
  stop();
}
END_TEST

/** Section 2.5: an address that cannot be defended is left. */
START_TEST(lost)
{
  ip4_addr_t first;

  autoip_start(&nif);
  first = acd->addr;
  event(acd, ACD_FREE);
  event(acd, ACD_LOST);
  ck_assert_uint_eq(address(), 0);
  ck_assert(!ip4_addr_cmp(&first, &acd->addr));
  event(acd, ACD_FREE);
  ck_assert_uint_ne(address(), 0);
  stop();
}
END_TEST

/** Section 2.4: after the link was away the address is probed for again. */
START_TEST(link_returns)
{
  struct link_change c = { &nif, LINK_EV_LINK_UP, NULL, NULL };
  ip4_addr_t first;

  autoip_netif_changed(&c);
  ck_assert_uint_eq(starts, 0);
  autoip_start(&nif);
  first = acd->addr;
  event(acd, ACD_FREE);
  autoip_netif_changed(&c);
  ck_assert_uint_eq(starts, 2);
  ck_assert_uint_eq(address(), 0);
  ck_assert(ip4_addr_cmp(&first, &acd->addr));
  c.what = LINK_EV_REMOVED;
  autoip_netif_changed(&c);
  ck_assert_ptr_null(acd);
}
END_TEST

static void stop_now(void)
{
  on_address = NULL;
  autoip_stop(&nif);
}

START_TEST(stopped_in_callback)
{
  autoip_start(&nif);
  on_address = stop_now;
  event(acd, ACD_FREE);
  ck_assert_uint_eq(address(), 0);
  ck_assert_ptr_null(acd);
}
END_TEST

START_TEST(misuse)
{
  static struct autoip mine;

  ck_assert_int_eq(autoip_start(NULL), ERR_ARG);
  ck_assert_int_eq(autoip_stop(&nif), ERR_OK);
  autoip_network_changed(&nif);
  autoip_tmr();
  test_alloc_countdown = 0;
  ck_assert_int_eq(autoip_start(&nif), ERR_MEM);
  test_alloc_countdown = -1;
  autoip_set_struct(&nif, &mine);
  ck_assert_int_eq(autoip_start(&nif), ERR_OK);
  ck_assert_ptr_eq(netif_autoip_data(&nif), &mine);
  autoip_remove_struct(&nif);
  ck_assert_ptr_null(netif_autoip_data(&nif));
  ck_assert_ptr_null(acd);
  nif.flags = 0;
  ck_assert_int_eq(autoip_start(&nif), ERR_ARG);
  ck_assert_uint_eq(lwip_stats.mem.used, 0);
}
END_TEST

int main(void)
{
  Suite *s = suite_create("autoip");
  TCase *t = tcase_create("autoip");
  SRunner *r = srunner_create(s);
  int failed;

  suite_add_tcase(s, t);
  tcase_add_checked_fixture(t, setup, NULL);
  tcase_add_test(t, takes_a_free_address);
  tcase_add_test(t, candidates);
  tcase_add_test(t, lost);
  tcase_add_test(t, link_returns);
  tcase_add_test(t, stopped_in_callback);
  tcase_add_test(t, misuse);
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
