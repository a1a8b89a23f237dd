/** The receive thread of STM32's driver: nothing that calls for it is lost, whenever it comes.  The driver itself is a stand-in. */
#define LWIP_X_STM32_ETH 1
#define LWIP_X_STM32_ETH_FAMILY STM32_ETH_F4
#define LWIP_X_STM32_ETH_CHECKSUMS 0
#define LWIP_X_STM32_ETH_HW "../../../../test/twin/twin_hw.h"
#include "../../src/stack/port/stm32/stm32_thread.c"
#include "os_lab.h"

enum { PATIENCE_MS = 5000 };

struct stm32_eth_state stm32_eth_state;
static struct netif one, other;
static sys_sem_t done;              /* signalled when a poll has left nothing to do */
static struct netif *volatile last; /* polled */
static volatile unsigned left;      /* polls that have more to do after them */
static volatile bool comes_late;    /* something comes just after the ring was found empty */

bool stm32_eth_poll(struct netif *nif)
{
  last = nif;
  if (left > 0) {
    left--;
    return true;
  }
  if (comes_late) {
    comes_late = false;
    left = 1;
    stm32_thread_wake();
    return false;
  }
  sys_sem_signal(&done);
  return false;
}

static void expect_poll(struct netif *nif)
{
  ck_assert_uint_ne(sys_arch_sem_wait(&done, PATIENCE_MS), SYS_ARCH_TIMEOUT);
  ck_assert_ptr_eq(last, nif);
  ck_assert_uint_eq(left, 0);
}

START_TEST(woken_at_any_time)
{
  unsigned i;

  lab_start();
  ck_assert_int_eq(sys_sem_new(&done, 0), ERR_OK);
  stm32_eth_state.nif = &one;
  left = 2;
  stm32_thread_wake(); /* there is no thread yet */
  ck_assert_int_eq(stm32_thread_start(), ERR_OK);
  expect_poll(&one);
  for (i = 0; i < 200; i++) {
    left = i % 4;
    comes_late = i % 3 == 0;
    stm32_thread_wake();
    expect_poll(&one);
  }

  LOCK_TCPIP_CORE(); /* another interface takes its place */
  stm32_eth_state.nif = &other;
  UNLOCK_TCPIP_CORE();
  ck_assert_int_eq(stm32_thread_start(), ERR_OK);
  stm32_thread_wake();
  expect_poll(&other);
}
END_TEST

int main(void)
{
  Suite *s = suite_create("stm32_thread");
  TCase *tc = tcase_create("thread");

  tcase_add_test(tc, woken_at_any_time);
  tcase_set_timeout(tc, 60);
  suite_add_tcase(s, tc);
  return lab_run(s);
}
