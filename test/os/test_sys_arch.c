/**
 * What lwip/sys.h asks of a port; built for each: ports/unix, FreeRTOS and CMSIS-RTOS2 over their stand-ins.
 * Times are checked from below only: a test must not fail on a busy machine.
 */
#include "lwip/mem.h"
#include "lwip/stats.h"
#include "lwip/sys.h"
#include "lwip/tcpip.h"
#include <check.h>
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>
#if LWIP_X_PORT_FREERTOS || LWIP_X_PORT_CMSIS_RTOS2
#include "rtos_sim.h"
#endif

static void setup(void)
{
  sys_init();
  mem_init();
}

static sys_sem_t sem;
static sys_mutex_t mutex;
static sys_mbox_t mbox;

static void *signal_later(void *arg)
{
  sys_msleep(20);
  sys_sem_signal((sys_sem_t *)arg);
  return NULL;
}

START_TEST(semaphore)
{
  pthread_t t;
  u32_t begun;

  sys_sem_set_invalid(&sem);
  ck_assert(!sys_sem_valid(&sem));
  ck_assert_int_eq(sys_sem_new(&sem, 0), ERR_OK);
  ck_assert(sys_sem_valid(&sem));
  begun = sys_now();
  ck_assert_uint_eq(sys_arch_sem_wait(&sem, 30), SYS_ARCH_TIMEOUT);
  ck_assert_uint_ge(sys_now() - begun, 29);
  sys_sem_signal(&sem);
  ck_assert_uint_ne(sys_arch_sem_wait(&sem, 30), SYS_ARCH_TIMEOUT);
  ck_assert_uint_eq(sys_arch_sem_wait(&sem, 1), SYS_ARCH_TIMEOUT);
  pthread_create(&t, NULL, signal_later, &sem);
  ck_assert_uint_ne(sys_arch_sem_wait(&sem, 0), SYS_ARCH_TIMEOUT);
  pthread_join(t, NULL);
  sys_sem_free(&sem);
  ck_assert_int_eq(sys_sem_new(&sem, 1), ERR_OK);
  ck_assert_uint_ne(sys_arch_sem_wait(&sem, 0), SYS_ARCH_TIMEOUT);
  sys_sem_free(&sem);
}
END_TEST

static int shared;

static void *add_many(void *arg)
{
  int i;

  for (i = 0; i < 2000; i++) {
    int was;

    sys_mutex_lock(&mutex);
    sys_mutex_lock(&mutex); /* again */
    was = shared;
    if (i % 500 == 0) {
      sched_yield();
    }
    shared = was + 1;
    sys_mutex_unlock(&mutex);
    sys_mutex_unlock(&mutex);
  }
  return arg;
}

START_TEST(mutual_exclusion)
{
  pthread_t t[4];
  unsigned i;

  ck_assert_int_eq(sys_mutex_new(&mutex), ERR_OK);
  ck_assert(sys_mutex_valid(&mutex));
  ck_assert(!LWIP_X_MUTEX_HELD(&mutex));
  sys_mutex_lock(&mutex);
  ck_assert(LWIP_X_MUTEX_HELD(&mutex));
  sys_mutex_unlock(&mutex);
  ck_assert(!LWIP_X_MUTEX_HELD(&mutex));
  shared = 0;
  for (i = 0; i < 4; i++) {
    pthread_create(&t[i], NULL, add_many, NULL);
  }
  for (i = 0; i < 4; i++) {
    pthread_join(t[i], NULL);
  }
  ck_assert_int_eq(shared, 8000);
  sys_mutex_free(&mutex);
}
END_TEST

START_TEST(mailbox)
{
  void *msg;
  int a, b;

  ck_assert_int_eq(sys_mbox_new(&mbox, 2), ERR_OK);
  ck_assert(sys_mbox_valid(&mbox));
  ck_assert_uint_eq(sys_arch_mbox_tryfetch(&mbox, &msg), SYS_MBOX_EMPTY);
  ck_assert_uint_eq(sys_arch_mbox_fetch(&mbox, &msg, 10), SYS_ARCH_TIMEOUT);
  ck_assert_int_eq(sys_mbox_trypost(&mbox, &a), ERR_OK);
  sys_mbox_post(&mbox, NULL); /* a message like any other */
  ck_assert_int_eq(sys_mbox_trypost(&mbox, &b), ERR_MEM);
  ck_assert_uint_ne(sys_arch_mbox_fetch(&mbox, &msg, 0), SYS_ARCH_TIMEOUT);
  ck_assert_ptr_eq(msg, &a);
  ck_assert_int_eq(sys_mbox_trypost(&mbox, &b), ERR_OK);
  ck_assert_uint_ne(sys_arch_mbox_tryfetch(&mbox, &msg), SYS_MBOX_EMPTY);
  ck_assert_ptr_null(msg);
  ck_assert_uint_ne(sys_arch_mbox_fetch(&mbox, NULL, 5), SYS_ARCH_TIMEOUT); /* thrown away */
  ck_assert_uint_eq(sys_arch_mbox_tryfetch(&mbox, NULL), SYS_MBOX_EMPTY);
  sys_mbox_free(&mbox);
}
END_TEST

START_TEST(mailbox_of_default_size)
{
  ck_assert_int_eq(sys_mbox_new(&mbox, 0), ERR_OK);
  ck_assert_int_eq(sys_mbox_trypost(&mbox, NULL), ERR_OK);
  ck_assert_uint_eq(sys_arch_mbox_tryfetch(&mbox, NULL), 0);
  sys_mbox_free(&mbox);
}
END_TEST

#define MESSAGES 3000

static void *post_many(void *arg)
{
  size_t i;

  for (i = 1; i <= MESSAGES; i++) {
    sys_mbox_post(&mbox, (void *)i);
  }
  return arg;
}

START_TEST(producers_and_consumer)
{
  pthread_t t[3];
  size_t sum = 0, i;

  ck_assert_int_eq(sys_mbox_new(&mbox, 4), ERR_OK);
  for (i = 0; i < 3; i++) {
    pthread_create(&t[i], NULL, post_many, NULL);
  }
  for (i = 0; i < 3 * MESSAGES; i++) {
    void *msg;

    ck_assert_uint_ne(sys_arch_mbox_fetch(&mbox, &msg, 0), SYS_ARCH_TIMEOUT);
    sum += (size_t)msg;
  }
  ck_assert_uint_eq(sum, (size_t)3 * MESSAGES * (MESSAGES + 1) / 2);
  for (i = 0; i < 3; i++) {
    pthread_join(t[i], NULL);
  }
  sys_mbox_free(&mbox);
}
END_TEST

/* A place or a message wakes one that waits for it, never one that waits for the other. */
static void *fetch_many(void *sum)
{
  size_t i;

  for (i = 0; i < MESSAGES; i++) {
    void *msg = NULL;

    (void)sys_arch_mbox_fetch(&mbox, &msg, 0);
    *(size_t *)sum += (size_t)msg;
  }
  return NULL;
}

START_TEST(producers_and_consumers_of_one_place)
{
  pthread_t t[6];
  size_t sum[3] = { 0, 0, 0 }, i;

  ck_assert_int_eq(sys_mbox_new(&mbox, 1), ERR_OK);
  for (i = 0; i < 3; i++) {
    pthread_create(&t[i], NULL, post_many, NULL);
    pthread_create(&t[3 + i], NULL, fetch_many, &sum[i]);
  }
  for (i = 0; i < 6; i++) {
    pthread_join(t[i], NULL);
  }
  ck_assert_uint_eq(sum[0] + sum[1] + sum[2], (size_t)3 * MESSAGES * (MESSAGES + 1) / 2);
  sys_mbox_free(&mbox);
}
END_TEST

static void *add_protected(void *arg)
{
  int i;

  for (i = 0; i < 2000; i++) {
    int was;
    SYS_ARCH_DECL_PROTECT(lev);
    SYS_ARCH_DECL_PROTECT(lev2);

    SYS_ARCH_PROTECT(lev);
    SYS_ARCH_PROTECT(lev2);
    was = shared;
    SYS_ARCH_UNPROTECT(lev2); /* still inside */
    shared = was + 1;
    SYS_ARCH_UNPROTECT(lev);
  }
  return arg;
}

START_TEST(critical_sections_nest)
{
  pthread_t t[4];
  unsigned i;

  shared = 0;
  for (i = 0; i < 4; i++) {
    pthread_create(&t[i], NULL, add_protected, NULL);
  }
  for (i = 0; i < 4; i++) {
    pthread_join(t[i], NULL);
  }
  ck_assert_int_eq(shared, 8000);
}
END_TEST

static void thread_body(void *arg)
{
  *(int *)arg = 42;
  sys_sem_signal(&sem);
}

START_TEST(thread)
{
  int result = 0;

  ck_assert_int_eq(sys_sem_new(&sem, 0), ERR_OK);
  ck_assert(sys_thread_new("a thread", thread_body, &result, 0, 1) != NULL);
  sys_sem_wait(&sem);
  ck_assert_int_eq(result, 42);
  ck_assert(sys_thread_new("a big one", thread_body, &result, 64 * 1024, 1) != NULL);
  sys_sem_wait(&sem);
  sys_msleep(20); /* it has to end, not only to signal */
  sys_sem_free(&sem);
}
END_TEST

#if LWIP_X_PORT_FREERTOS || LWIP_X_PORT_CMSIS_RTOS2

/* FreeRTOS counts words, and so do programs with LWIP_FREERTOS_THREAD_STACKSIZE_IS_STACKWORDS; others say octets. */
#if LWIP_X_PORT_FREERTOS && LWIP_FREERTOS_THREAD_STACKSIZE_IS_STACKWORDS
#define UNIT sizeof(StackType_t)
#else
#define UNIT 1
#endif

START_TEST(stack_of_a_thread)
{
  int result;

  ck_assert_int_eq(sys_sem_new(&sem, 0), ERR_OK);
  ck_assert(sys_thread_new("a thread", thread_body, &result, 5001, 1) != NULL);
  sys_sem_wait(&sem);
  ck_assert_uint_ge(sim_stack_size, 5001 * UNIT); /* rounded up to whole words */
  ck_assert_uint_lt(sim_stack_size, 5001 * UNIT + sizeof(unsigned long));
  sys_msleep(20);
  sys_sem_free(&sem);
}
END_TEST

#endif

#if LWIP_X_PORT_FREERTOS || LWIP_X_PORT_CMSIS_RTOS2

/* lwip_init() and drivers run in main(): what need not wait works, and no interrupt stays masked. */
START_TEST(before_the_scheduler_starts)
{
  void *msg = NULL;
  sys_prot_t outer, inner;

  sim_before_start = true;
  ck_assert_int_eq(sys_sem_new(&sem, 1), ERR_OK);
  ck_assert_uint_ne(sys_arch_sem_wait(&sem, 0), SYS_ARCH_TIMEOUT);
  ck_assert_int_eq(sys_mutex_new(&mutex), ERR_OK);
  sys_mutex_lock(&mutex);
  sys_mutex_unlock(&mutex);
  ck_assert_int_eq(sys_mbox_new(&mbox, 2), ERR_OK);
  ck_assert_int_eq(sys_mbox_trypost(&mbox, &sem), ERR_OK);
  sys_mbox_post(&mbox, &mutex);
  ck_assert_int_eq(sys_mbox_trypost(&mbox, &sem), ERR_MEM);
  ck_assert_uint_ne(sys_arch_mbox_tryfetch(&mbox, &msg), SYS_MBOX_EMPTY);
  ck_assert_ptr_eq(msg, &sem);
  ck_assert_uint_ne(sys_arch_mbox_fetch(&mbox, &msg, 0), SYS_ARCH_TIMEOUT);
  ck_assert_ptr_eq(msg, &mutex);
  ck_assert_uint_eq(sys_arch_mbox_tryfetch(&mbox, &msg), SYS_MBOX_EMPTY);
  outer = sys_arch_protect();
  inner = sys_arch_protect();
  sys_arch_unprotect(inner);
  sys_arch_unprotect(outer);
  ck_assert(!sim_irq_masked());
  (void)sys_now();
  sim_before_start = false;
  sys_mbox_free(&mbox);
  sys_mutex_free(&mutex);
  sys_sem_free(&sem);
}
END_TEST

#endif

START_TEST(time_goes_on)
{
  u32_t begun = sys_now();

  sys_msleep(25);
  ck_assert_uint_ge(sys_now() - begun, 24);
  (void)sys_jiffies();
}
END_TEST

static void *my_sem(void *arg)
{
  sys_sem_t *mine = LWIP_NETCONN_THREAD_SEM_GET();

  ck_assert_ptr_nonnull(mine);
  ck_assert_ptr_eq(mine, LWIP_NETCONN_THREAD_SEM_GET());
  ck_assert_ptr_ne(mine, arg);
  sys_sem_signal(mine);
  ck_assert_uint_ne(sys_arch_sem_wait(mine, 100), SYS_ARCH_TIMEOUT);
  LWIP_NETCONN_THREAD_SEM_FREE();
  LWIP_NETCONN_THREAD_SEM_FREE(); /* harmless */
  return NULL;
}

START_TEST(semaphore_of_each_thread)
{
  sys_sem_t *mine = LWIP_NETCONN_THREAD_SEM_GET();
  pthread_t t[3];
  unsigned i;

  ck_assert_ptr_nonnull(mine);
  for (i = 0; i < 3; i++) {
    pthread_create(&t[i], NULL, my_sem, mine);
  }
  for (i = 0; i < 3; i++) {
    pthread_join(t[i], NULL);
  }
  ck_assert_ptr_eq(mine, LWIP_NETCONN_THREAD_SEM_GET());
  LWIP_NETCONN_THREAD_SEM_FREE();
}
END_TEST

#if LWIP_X_PORT_FREERTOS || LWIP_X_PORT_CMSIS_RTOS2

/* ---- What only a kernel with interrupts has ---- */

#if LWIP_FREERTOS_SYS_ARCH_PROTECT_USES_MUTEX
static void count_interrupt(void)
{
  shared++; /* a mutex is nothing for an interrupt */
}
#else
static void count_interrupt(void)
{
  SYS_ARCH_DECL_PROTECT(lev);

  SYS_ARCH_PROTECT(lev);
  shared++;
  SYS_ARCH_UNPROTECT(lev);
}
#endif

static void in_interrupt(void *arg)
{
  err_t err;

  count_interrupt();
  err = sys_mbox_trypost_fromisr(&mbox, arg);
  ck_assert(err != ERR_MEM);
  sys_sem_signal(&sem);
  (void)sys_now();
  ck_assert_int_eq(sys_mbox_trypost(&mbox, NULL), ERR_OK);
}

START_TEST(interrupts)
{
  void *msg;
  int i;

  shared = 0;
  ck_assert_int_eq(sys_mbox_new(&mbox, 4), ERR_OK);
  ck_assert_int_eq(sys_sem_new(&sem, 0), ERR_OK);
  for (i = 0; i < 20; i++) {
    sim_interrupt(16, in_interrupt, &shared);
    ck_assert_uint_eq(sys_arch_mbox_tryfetch(&mbox, &msg), 0);
    ck_assert_ptr_eq(msg, &shared);
    ck_assert_uint_eq(sys_arch_mbox_tryfetch(&mbox, &msg), 0);
    ck_assert_uint_ne(sys_arch_sem_wait(&sem, 1), SYS_ARCH_TIMEOUT);
  }
  ck_assert_int_eq(shared, 20);
  sys_mbox_free(&mbox);
  sys_sem_free(&sem);
}
END_TEST

static void fill(void *arg)
{
  (void)arg;
  ck_assert_int_eq(sys_mbox_trypost_fromisr(&mbox, NULL), ERR_MEM);
  ck_assert_int_eq(sys_mbox_trypost(&mbox, NULL), ERR_MEM);
}

/** It is counted, whatever critical sections are made of. */
START_TEST(full_mailbox_in_an_interrupt)
{
  STAT_COUNTER before = lwip_stats.sys.mbox.err;

  ck_assert_int_eq(sys_mbox_new(&mbox, 1), ERR_OK);
  ck_assert_int_eq(sys_mbox_trypost(&mbox, NULL), ERR_OK);
  sim_interrupt(16, fill, NULL);
  ck_assert_int_eq(lwip_stats.sys.mbox.err - before, 2);
  (void)sys_arch_mbox_tryfetch(&mbox, NULL);
  sys_mbox_free(&mbox);
}
END_TEST

static void signal_sem(void *arg)
{
  (void)arg;
  sys_sem_signal(&sem);
}

START_TEST(interrupt_wakes_a_thread)
{
  pthread_t t;

  ck_assert_int_eq(sys_sem_new(&sem, 0), ERR_OK);
  sim_interrupt(3, signal_sem, NULL);
  sys_sem_wait(&sem);
  pthread_create(&t, NULL, signal_later, &sem);
  sys_sem_wait(&sem);
  pthread_join(t, NULL);
  sys_sem_free(&sem);
}
END_TEST

/** The n-th object cannot be made: the call says so and leaves nothing behind. */
START_TEST(no_memory_for_objects)
{
  int before = sim_objects;

  sim_object_countdown = 0;
  ck_assert_int_eq(sys_sem_new(&sem, 0), ERR_MEM);
  ck_assert(!sys_sem_valid(&sem));
  sim_object_countdown = 0;
  ck_assert_int_eq(sys_mutex_new(&mutex), ERR_MEM);
  ck_assert(!sys_mutex_valid(&mutex));
  sim_object_countdown = 0;
  ck_assert_int_eq(sys_mbox_new(&mbox, 3), ERR_MEM);
  ck_assert(!sys_mbox_valid(&mbox));
  sim_object_countdown = 0;
  ck_assert_ptr_null(LWIP_NETCONN_THREAD_SEM_GET());
  ck_assert_ptr_nonnull(LWIP_NETCONN_THREAD_SEM_GET());
  LWIP_NETCONN_THREAD_SEM_FREE();
  ck_assert_int_eq(sim_objects, before);
}
END_TEST

#endif

int main(void)
{
  Suite *s = suite_create("sys_arch");
  TCase *tc = tcase_create("contract");
  SRunner *r;
  int failed;

  tcase_add_checked_fixture(tc, setup, NULL);
  tcase_set_timeout(tc, 60);
  tcase_add_test(tc, semaphore);
  tcase_add_test(tc, mutual_exclusion);
  tcase_add_test(tc, mailbox);
  tcase_add_test(tc, mailbox_of_default_size);
  tcase_add_test(tc, producers_and_consumer);
  tcase_add_test(tc, producers_and_consumers_of_one_place);
  tcase_add_test(tc, critical_sections_nest);
  tcase_add_test(tc, thread);
  tcase_add_test(tc, time_goes_on);
  tcase_add_test(tc, semaphore_of_each_thread);
#if LWIP_X_PORT_FREERTOS || LWIP_X_PORT_CMSIS_RTOS2
  tcase_add_test(tc, stack_of_a_thread);
  tcase_add_test(tc, before_the_scheduler_starts);
  tcase_add_test(tc, interrupts);
  tcase_add_test(tc, full_mailbox_in_an_interrupt);
  tcase_add_test(tc, interrupt_wakes_a_thread);
  tcase_add_test(tc, no_memory_for_objects);
#endif
  suite_add_tcase(s, tc);
  r = srunner_create(s);
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
