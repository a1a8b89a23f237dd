/** The stack's thread: what is asked of it, who may call, and when it wakes. */
#include "os_lab.h"
#include "lwip/mem.h"
#include "lwip/memp.h"
#include "lwip/netifapi.h"
#include "lwip/priv/tcpip_priv.h"
#include "lwip/timeouts.h"
#include "lwip/udp.h"

static sys_sem_t done;
static int calls;

static void setup(void)
{
  lab_start();
  ck_assert_int_eq(sys_sem_new(&done, 0), ERR_OK);
  calls = 0;
}

static void count(void *arg)
{
  calls++;
  if (arg != NULL) {
    sys_sem_signal(&done);
  }
}

START_TEST(callbacks)
{
  struct tcpip_callback_msg *msg;

  ck_assert_int_eq(tcpip_callback(count, NULL), ERR_OK);
  ck_assert_int_eq(tcpip_try_callback(count, NULL), ERR_OK);
  ck_assert_int_eq(tcpip_callback_with_block(count, NULL, 1), ERR_OK);
  ck_assert_int_eq(tcpip_callback(NULL, NULL), ERR_MEM);
  msg = tcpip_callbackmsg_new(count, &done);
  ck_assert_ptr_nonnull(msg);
  ck_assert_int_eq(tcpip_callbackmsg_trycallback(msg), ERR_OK);
  sys_sem_wait(&done);
  ck_assert_int_eq(calls, 4);
  ck_assert_int_eq(tcpip_callbackmsg_trycallback_fromisr(msg), ERR_OK);
  sys_sem_wait(&done);
  tcpip_callbackmsg_delete(msg);
  ck_assert_int_eq(tcpip_callbackmsg_trycallback(NULL), ERR_ARG);
}
END_TEST

static sys_sem_t held, go_on;

/** Keeps the thread until it is told to go on. */
static void hold_up(void *arg)
{
  LWIP_UNUSED_ARG(arg);
  sys_sem_signal(&held);
  sys_sem_wait(&go_on);
}

/** ... from now on: @p hold has left its message already. */
static void thread_is_held(tcpip_callback_fn hold, void *arg)
{
  ck_assert_int_eq(sys_sem_new(&held, 0), ERR_OK);
  ck_assert_int_eq(sys_sem_new(&go_on, 0), ERR_OK);
  ck_assert_int_eq(tcpip_callback(hold, arg), ERR_OK);
  sys_sem_wait(&held);
}

/** No element for another message: an error, not a wait; and it recovers. */
START_TEST(too_many_messages)
{
  int n = 0;

  thread_is_held(hold_up, NULL);
  while (tcpip_try_callback(count, NULL) == ERR_OK) {
    n++;
  }
  ck_assert_int_ge(n, MEMP_NUM_TCPIP_MSG_API - 1);
  ck_assert_int_eq(tcpip_callback(count, NULL), ERR_MEM);
  ck_assert_int_eq(pbuf_free_callback(NULL), ERR_MEM);
  sys_sem_signal(&go_on);
  while (tcpip_try_callback(count, &done) != ERR_OK) {
    sys_msleep(1);
  }
  sys_sem_wait(&done);
  ck_assert_int_eq(calls, n + 1);
  sys_sem_free(&held);
  sys_sem_free(&go_on);
}
END_TEST

static void post_from_inside(void *arg)
{
  (void)arg;
  while (tcpip_callback(count, NULL) == ERR_OK) { /* would wait for itself */
  }
  sys_sem_signal(&done);
}

START_TEST(posting_from_inside)
{
  ck_assert_int_eq(tcpip_callback(post_from_inside, NULL), ERR_OK);
  sys_sem_wait(&done);
}
END_TEST

struct sum_call {
  struct tcpip_api_call_data call;
  int a, b, sum;
};

static err_t do_sum(struct tcpip_api_call_data *c)
{
  struct sum_call *s = (struct sum_call *)(void *)c;
  struct udp_pcb *pcb = udp_new(); /* allowed here */

  ck_assert_ptr_nonnull(pcb);
  udp_remove(pcb);
  s->sum = s->a + s->b;
  return ERR_USE;
}

static void call_from_inside(void *arg)
{
  struct sum_call *s = arg;

  ck_assert_int_eq(tcpip_api_call(do_sum, &s->call), ERR_USE);
  sys_sem_signal(&done);
}

START_TEST(api_calls)
{
  struct sum_call s;

  s.a = 3;
  s.b = 4;
  s.sum = 0;
  ck_assert_int_eq(tcpip_api_call(do_sum, &s.call), ERR_USE);
  ck_assert_int_eq(s.sum, 7);
  s.sum = 0;
  ck_assert_int_eq(tcpip_callback(call_from_inside, &s), ERR_OK);
  sys_sem_wait(&done);
  ck_assert_int_eq(s.sum, 7);
}
END_TEST

/** A raw call from a thread that is not inside is refused and counted, and changes nothing. */
START_TEST(wrong_thread)
{
  u32_t before = lwip_x_drops[DROP_WRONG_CONTEXT];
  struct pbuf *p = pbuf_alloc(PBUF_RAW, 60, PBUF_RAM);

  struct udp_pcb *pcb = udp_new(); /* nothing but memory: anybody may */

  ck_assert_ptr_null(tcp_new());
  ck_assert_int_ne(udp_bind(pcb, NULL, 0), ERR_OK);
  netif_set_down(netif_list);
  ck_assert(netif_is_up(netif_list));
  ck_assert_uint_eq(lwip_x_drops[DROP_WRONG_CONTEXT], before + 3);
  ip_input(p, netif_list); /* takes it */
  ck_assert_uint_eq(lwip_x_drops[DROP_WRONG_CONTEXT], before + 4);
#if LWIP_TCPIP_CORE_LOCKING
  LOCK_TCPIP_CORE();
  LOCK_TCPIP_CORE(); /* again */
  ck_assert_int_eq(udp_bind(pcb, NULL, 0), ERR_OK);
  UNLOCK_TCPIP_CORE();
  udp_remove(pcb);
  UNLOCK_TCPIP_CORE();
  ck_assert_uint_eq(lwip_x_drops[DROP_WRONG_CONTEXT], before + 4);
#endif
}
END_TEST

static u32_t rang_at;

static void ring(void *arg)
{
  rang_at = sys_now();
  count(arg);
}

START_TEST(timeouts)
{
  u32_t begun = sys_now();

  ck_assert_int_eq(tcpip_timeout(30, ring, &done), ERR_OK);
  ck_assert_int_eq(tcpip_timeout(10, count, NULL), ERR_OK);
  ck_assert_int_eq(tcpip_untimeout(count, NULL), ERR_OK);
  sys_sem_wait(&done);
  ck_assert_uint_ge(rang_at - begun, 29);
  ck_assert_int_eq(calls, 1);
}
END_TEST

#if LWIP_TCPIP_CORE_LOCKING

/** The thread sleeps without a deadline; who arms a timer under the lock wakes it. */
START_TEST(a_timer_armed_by_another_thread)
{
  int i;

  for (i = 0; i < 3; i++) {
    sys_msleep(5);
    LOCK_TCPIP_CORE();
    sys_timeout(10000000, count, NULL);
    sys_timeout((u32_t)i, ring, &done);
    UNLOCK_TCPIP_CORE();
    sys_sem_wait(&done); /* else the test's time is over */
  }
}
END_TEST

#endif

static void *freed[3];

static void note_free(struct pbuf *p)
{
  freed[0] = p;
}

static struct pbuf_custom custom;

START_TEST(freeing_there)
{
  struct pbuf *p;
  void *m = mem_malloc(100);

  custom.custom_free_function = note_free;
  p = pbuf_alloced_custom(PBUF_RAW, 10, PBUF_REF, &custom, &custom, 10);
  ck_assert_int_eq(pbuf_free_callback(p), ERR_OK);
  ck_assert_int_eq(mem_free_callback(m), ERR_OK);
  ck_assert_int_eq(tcpip_callback(count, &done), ERR_OK);
  sys_sem_wait(&done);
  ck_assert_ptr_eq(freed[0], p);
}
END_TEST

static err_t take_packet(struct pbuf *p, struct netif *nif)
{
  ck_assert_ptr_eq(nif, netif_list);
  pbuf_free(p);
  count(&done);
  return ERR_OK;
}

static err_t refuse_packet(struct pbuf *p, struct netif *nif)
{
  LWIP_UNUSED_ARG(p);
  LWIP_UNUSED_ARG(nif);
  count(&done);
  return ERR_MEM;
}

START_TEST(packets)
{
  struct pbuf *p = pbuf_alloc(PBUF_RAW, 60, PBUF_RAM);

  ck_assert_int_eq(tcpip_inpkt(p, netif_list, take_packet), ERR_OK);
  sys_sem_wait(&done);
  p = pbuf_alloc(PBUF_RAW, 60, PBUF_RAM);
  ck_assert_int_eq(tcpip_inpkt(p, netif_list, refuse_packet), ERR_OK);
  sys_sem_wait(&done);
  ck_assert_int_eq(tcpip_inpkt(NULL, netif_list, take_packet), ERR_ARG);
  ck_assert_int_eq(tcpip_input(pbuf_alloc(PBUF_RAW, 8, PBUF_RAM), netif_list), ERR_OK); /* no packet: dropped */
  ck_assert_int_eq(tcpip_callback(count, &done), ERR_OK);
  sys_sem_wait(&done);
}
END_TEST

START_TEST(started_again)
{
  tcpip_init(count, &done);
  sys_sem_wait(&done);
  ck_assert_int_eq(calls, 1);
}
END_TEST

/* ---- netifapi ---- */

static struct netif nif;

static err_t nif_init(struct netif *n)
{
  n->name[0] = 't';
  n->name[1] = 's';
  n->mtu = 1500;
  return n->state == &nif ? ERR_IF : ERR_OK;
}

static err_t err_of(struct netif *n)
{
  return n == &nif ? ERR_RTE : ERR_OK;
}

START_TEST(interfaces)
{
  ip4_addr_t ip, mask, gw;
  char name[NETIF_NAMESIZE];
  u8_t idx = 7;

  IP4_ADDR(&ip, 10, 0, 0, 1);
  IP4_ADDR(&mask, 255, 0, 0, 0);
  IP4_ADDR(&gw, 10, 0, 0, 9);
  ck_assert_int_eq(netifapi_netif_add(&nif, &ip, &mask, &gw, &nif, nif_init, tcpip_input), ERR_IF);
  ck_assert_int_eq(netifapi_netif_add(&nif, &ip, &mask, &gw, NULL, nif_init, tcpip_input), ERR_OK);
  ck_assert_int_eq(netifapi_netif_set_up(&nif), ERR_OK);
  ck_assert(netif_is_up(&nif));
  ck_assert_int_eq(netifapi_netif_set_link_up(&nif), ERR_OK);
  ck_assert_int_eq(netifapi_netif_set_default(&nif), ERR_OK);
  ck_assert_ptr_eq(netif_default, &nif);
  IP4_ADDR(&ip, 10, 0, 0, 2);
  ck_assert_int_eq(netifapi_netif_set_addr(&nif, &ip, &mask, &gw), ERR_OK);
  ck_assert(ip4_addr_cmp(netif_ip4_addr(&nif), &ip));
  ck_assert_int_eq(netifapi_netif_index_to_name(netif_get_index(&nif), name), ERR_OK);
  ck_assert_int_eq(netifapi_netif_name_to_index(name, &idx), ERR_OK);
  ck_assert_uint_eq(idx, netif_get_index(&nif));
  ck_assert_int_eq(netifapi_netif_name_to_index("nosuchinterface", &idx), ERR_OK);
  ck_assert_uint_eq(idx, 0);
  ck_assert_int_eq(netifapi_netif_index_to_name(200, name), ERR_OK);
  ck_assert_str_eq(name, "");
  ck_assert_int_eq(netifapi_netif_name_to_index(NULL, &idx), ERR_ARG);
  ck_assert_int_eq(netifapi_netif_common(&nif, NULL, err_of), ERR_RTE);
  ck_assert_int_eq(netifapi_netif_common(&nif, NULL, NULL), ERR_ARG);
  ck_assert_int_eq(netifapi_netif_set_down(&nif), ERR_OK);
  ck_assert_int_eq(netifapi_netif_remove(&nif), ERR_OK);
}
END_TEST

/* Takes the interface away from under what waits when it goes on. */
static void hold_and_remove(void *arg)
{
  hold_up(NULL);
  netif_remove((struct netif *)arg);
}

/* As many packets wait as there are messages for others; what has come by an interface that is gone is dropped and counted. */
START_TEST(packets_of_an_interface_that_goes)
{
  u32_t before = lwip_x_drops[DROP_NETIF_DOWN];
  unsigned n;
  err_t err;

  ck_assert_int_eq(netifapi_netif_add(&nif, NULL, NULL, NULL, NULL, nif_init, tcpip_input), ERR_OK);
  thread_is_held(hold_and_remove, &nif);
  for (n = 0;; n++) {
    struct pbuf *p = pbuf_alloc(PBUF_RAW, 60, PBUF_RAM);

    err = tcpip_input(p, &nif);
    if (err != ERR_OK) {
      pbuf_free(p);
      break;
    }
  }
  ck_assert_int_eq(err, ERR_MEM);
  ck_assert_uint_gt(n, 0);
  ck_assert_uint_le(n, MEMP_NUM_TCPIP_MSG_INPKT);
  sys_sem_signal(&go_on);
  while (tcpip_callback(count, &done) != ERR_OK) {}
  sys_sem_wait(&done);
  ck_assert_uint_eq(lwip_x_drops[DROP_NETIF_DOWN] - before, n);
  sys_sem_free(&held);
  sys_sem_free(&go_on);
}
END_TEST

START_TEST(arp_entries)
{
  ip4_addr_t ip;
  struct eth_addr mac = ETH_ADDR(2, 0, 0, 0, 0, 1);

  IP4_ADDR(&ip, 10, 9, 9, 9);
  ck_assert_int_eq(netifapi_arp_add(&ip, &mac, NETIFAPI_ARP_PERM), ERR_RTE); /* no Ethernet */
  ck_assert_int_eq(netifapi_arp_remove(&ip, NETIFAPI_ARP_PERM), ERR_MEM);
  ck_assert_int_eq(netifapi_arp_add(&ip, &mac, (enum netifapi_arp_entry)9), ERR_ARG);
  ck_assert_int_eq(netifapi_arp_add(NULL, &mac, NETIFAPI_ARP_PERM), ERR_ARG);
}
END_TEST

int main(void)
{
  Suite *s = suite_create("tcpip");
  TCase *tc = tcase_create("thread");

  tcase_add_checked_fixture(tc, setup, NULL);
  tcase_set_timeout(tc, 60);
  tcase_add_test(tc, callbacks);
  tcase_add_test(tc, too_many_messages);
  tcase_add_test(tc, posting_from_inside);
  tcase_add_test(tc, api_calls);
  tcase_add_test(tc, wrong_thread);
  tcase_add_test(tc, timeouts);
#if LWIP_TCPIP_CORE_LOCKING
  tcase_add_test(tc, a_timer_armed_by_another_thread);
#endif
  tcase_add_test(tc, freeing_there);
  tcase_add_test(tc, packets);
  tcase_add_test(tc, started_again);
  tcase_add_test(tc, interfaces);
  tcase_add_test(tc, packets_of_an_interface_that_goes);
  tcase_add_test(tc, arp_entries);
  suite_add_tcase(s, tc);
  return lab_run(s);
}
