/**
 * sys_arch on POSIX threads: what lwip/sys.h asks of a port when NO_SYS is 0, for Linux with glibc.
 *
 * Mutexes may be taken again by who has them.  Waiting goes by the monotonic clock.  The port takes its memory from malloc(),
 * since it has to work before the stack's heap does.
 */
#define _GNU_SOURCE
#include "lwip/sys.h"

#if !NO_SYS

#include "arch/x_owner.h"
#include "lwip/stats.h"
#include <errno.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/** Any thread counts. */
#if SYS_STATS
#define COUNT(statement) SYS_ARCH_LOCKED(statement)
#else
#define COUNT(statement) ((void)0)
#endif

/* ---- Time ---- */

static void deadline(struct timespec *t, u32_t ms)
{
  clock_gettime(CLOCK_MONOTONIC, t);
  t->tv_sec += (time_t)(ms / 1000);
  t->tv_nsec += (long)(ms % 1000) * 1000000;
  if (t->tv_nsec >= 1000000000) {
    t->tv_nsec -= 1000000000;
    t->tv_sec++;
  }
}

void sys_msleep(u32_t ms)
{
  struct timespec t;

  deadline(&t, ms);
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) == EINTR) {}
}

void sys_init(void)
{
}

/* ---- Who am I? ---- */

static __thread char self;

lwip_x_thread_t lwip_x_thread_self(void)
{
  return &self;
}

/* ---- A lock of one word, for what is taken several times a packet ("Futexes are tricky", Drepper 2011: mutex 2) ---- */

#define FREE 0
#define TAKEN 1
#define WANTED 2 /**< taken, and perhaps somebody sleeps */

static void futex(int *word, int op, int value)
{
  (void)syscall(SYS_futex, word, op | FUTEX_PRIVATE_FLAG, value, NULL, NULL, 0);
}

static inline void lock(int *word)
{
  int was = FREE;

  if (__atomic_compare_exchange_n(word, &was, TAKEN, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) {
    return;
  }
  while (__atomic_exchange_n(word, WANTED, __ATOMIC_ACQUIRE) != FREE) {
    futex(word, FUTEX_WAIT, WANTED);
  }
}

static inline void unlock(int *word)
{
  if (__atomic_exchange_n(word, FREE, __ATOMIC_RELEASE) == WANTED) {
    futex(word, FUTEX_WAKE, 1);
  }
}

/* ---- Critical sections: one lock for all, taken by the outermost ---- */

static int critical;
static __thread unsigned critical_depth;

sys_prot_t sys_arch_protect(void)
{
  if (critical_depth++ == 0) {
    lock(&critical);
  }
  return 0;
}

void sys_arch_unprotect(sys_prot_t pval)
{
  LWIP_UNUSED_ARG(pval);
  if (--critical_depth == 0) {
    unlock(&critical);
  }
}

/* ---- Mutexes ---- */

struct lwip_x_mutex {
  int word;
  lwip_x_thread_t owner; /**< read by others, who only want to know whether it is them */
  unsigned depth;
};

static bool owned_by_me(const struct lwip_x_mutex *m)
{
  return LWIP_X_OWNER_GET(m->owner) == &self;
}

int lwip_x_mutex_held(const sys_mutex_t *mutex)
{
  return *mutex != NULL && owned_by_me(*mutex);
}

err_t sys_mutex_new(sys_mutex_t *mutex)
{
  struct lwip_x_mutex *m = calloc(1, sizeof(*m));

  *mutex = m;
  if (m == NULL) {
    COUNT(SYS_STATS_INC(mutex.err));
    return ERR_MEM;
  }
  COUNT(SYS_STATS_INC_USED(mutex));
  return ERR_OK;
}

void sys_mutex_free(sys_mutex_t *mutex)
{
  free(*mutex);
  COUNT(SYS_STATS_DEC(mutex.used));
}

void sys_mutex_lock(sys_mutex_t *mutex)
{
  struct lwip_x_mutex *m = *mutex;

  if (!owned_by_me(m)) {
    lock(&m->word);
    LWIP_X_OWNER_SET(m->owner, &self);
  }
  m->depth++;
}

void sys_mutex_unlock(sys_mutex_t *mutex)
{
  struct lwip_x_mutex *m = *mutex;

  if (--m->depth == 0) {
    LWIP_X_OWNER_SET(m->owner, NULL);
    unlock(&m->word);
  }
}

/* ---- Semaphores: a count and how many wait for it, in one word, so that who adds to it need not look again at what may be
 *      freed by then ---- */

struct counter {
  uint64_t word; /**< low half: the count, high half: those who wait */
};
#define ONE ((uint64_t)1)
#define ONE_WAITS ((uint64_t)1 << 32)

/** The half of the word that waiting threads watch. */
static uint32_t *count_of(struct counter *c)
{
  const union {
    uint16_t word;
    uint8_t first;
  } order = { 1 };

  return (uint32_t *)(void *)&c->word + (order.first == 1 ? 0 : 1);
}

static inline bool try_down(struct counter *c, uint64_t take)
{
  uint64_t was = __atomic_load_n(&c->word, __ATOMIC_RELAXED);

  while ((uint32_t)was != 0) {
    if (__atomic_compare_exchange_n(&c->word, &was, was - take, true, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) {
      return true;
    }
  }
  return false;
}

static inline void up(struct counter *c)
{
  if (__atomic_fetch_add(&c->word, ONE, __ATOMIC_RELEASE) >= ONE_WAITS) {
    (void)syscall(SYS_futex, count_of(c), FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 1, NULL, NULL, 0);
  }
}

/** Sleep until the count is not 0, or @p until.  @return false: too late */
static bool sleep_until(struct counter *c, const struct timespec *until)
{
  return syscall(SYS_futex, count_of(c), FUTEX_WAIT_BITSET | FUTEX_PRIVATE_FLAG, 0, until, NULL,
                 FUTEX_BITSET_MATCH_ANY) == 0 ||
         errno != ETIMEDOUT;
}

/** @param until  on the monotonic clock; NULL: for ever.  @return false: too late */
static bool down(struct counter *c, const struct timespec *until)
{
  bool early = true;

  __atomic_fetch_add(&c->word, ONE_WAITS, __ATOMIC_RELAXED);
  while (!try_down(c, ONE_WAITS + ONE)) {
    if (!early) {
      __atomic_fetch_sub(&c->word, ONE_WAITS, __ATOMIC_RELAXED);
      return false;
    }
    early = sleep_until(c, until);
  }
  return true;
}

static u32_t wait_until(struct counter *c, u32_t timeout)
{
  u32_t begun = sys_now();
  struct timespec t;

  deadline(&t, timeout);
  return down(c, &t) ? sys_now() - begun : SYS_ARCH_TIMEOUT;
}

/** @param timeout  ms, 0: for ever */
static u32_t wait_for(struct counter *c, u32_t timeout)
{
  if (try_down(c, ONE)) {
    return 0;
  }
  if (timeout == 0) {
    (void)down(c, NULL);
    return 0;
  }
  return wait_until(c, timeout);
}

struct lwip_x_sem {
  struct counter count;
};

err_t sys_sem_new(sys_sem_t *sem, u8_t count)
{
  struct lwip_x_sem *s = malloc(sizeof(*s));

  *sem = s;
  if (s == NULL) {
    COUNT(SYS_STATS_INC(sem.err));
    return ERR_MEM;
  }
  s->count.word = count;
  COUNT(SYS_STATS_INC_USED(sem));
  return ERR_OK;
}

void sys_sem_free(sys_sem_t *sem)
{
  free(*sem);
  COUNT(SYS_STATS_DEC(sem.used));
}

void sys_sem_signal(sys_sem_t *sem)
{
  up(&(*sem)->count);
}

u32_t sys_arch_sem_wait(sys_sem_t *sem, u32_t timeout)
{
  return wait_for(&(*sem)->count, timeout);
}

/* ---- One semaphore a thread ---- */

static pthread_key_t thread_sem_key;
static pthread_once_t thread_sem_once = PTHREAD_ONCE_INIT;
static __thread sys_sem_t thread_sem;

static void thread_sem_end(void *sem)
{
  sys_sem_t s = sem;

  sys_sem_free(&s);
}

static void thread_sem_begin(void)
{
  pthread_key_create(&thread_sem_key, thread_sem_end);
}

sys_sem_t *lwip_x_thread_sem(void)
{
  if (thread_sem == NULL) {
    pthread_once(&thread_sem_once, thread_sem_begin);
    if (sys_sem_new(&thread_sem, 0) != ERR_OK) {
      return NULL;
    }
    pthread_setspecific(thread_sem_key, thread_sem); /* so that it goes when the thread does */
  }
  return &thread_sem;
}

void lwip_x_thread_sem_free(void)
{
  if (thread_sem != NULL) {
    pthread_setspecific(thread_sem_key, NULL);
    sys_sem_free(&thread_sem);
    thread_sem = NULL;
  }
}

/* ---- Mailboxes: a ring behind a lock; who waits sleeps on the count of messages, with a bit for each of the two reasons ---- */

#define FOR_MESSAGE 1
#define FOR_PLACE 2

struct lwip_x_mbox {
  int lock;
  uint32_t count; /**< messages in the ring; written with the lock, watched without */
  unsigned first, size;
  unsigned readers, writers; /**< that may sleep */
  void *ring[];
};

#define MBOX_DEFAULT_SIZE 128

err_t sys_mbox_new(sys_mbox_t *mbox, int size)
{
  unsigned n = size > 0 ? (unsigned)size : MBOX_DEFAULT_SIZE;
  struct lwip_x_mbox *m = calloc(1, sizeof(*m) + n * sizeof(m->ring[0]));

  *mbox = m;
  if (m == NULL) {
    COUNT(SYS_STATS_INC(mbox.err));
    return ERR_MEM;
  }
  m->size = n;
  COUNT(SYS_STATS_INC_USED(mbox));
  return ERR_OK;
}

void sys_mbox_free(sys_mbox_t *mbox)
{
  struct lwip_x_mbox *m = *mbox;

  LWIP_ASSERT("sys_mbox_free: messages are left in it", m->count == 0);
  free(m);
  COUNT(SYS_STATS_DEC(mbox.used));
}

static void set_count(struct lwip_x_mbox *m, uint32_t count)
{
  __atomic_store_n(&m->count, count, __ATOMIC_RELAXED);
}

/** Leave the lock, and wake one of those who sleep for @p why.  The mailbox may be gone by then: a word's address is enough to wake. */
static void leave(struct lwip_x_mbox *m, unsigned sleepers, int why)
{
  uint32_t *word = &m->count;

  unlock(&m->lock);
  if (sleepers != 0) {
    (void)syscall(SYS_futex, word, FUTEX_WAKE_BITSET | FUTEX_PRIVATE_FLAG, 1, NULL, NULL, why);
  }
}

/** With the lock, which is left meanwhile: sleep while the count is @p count, or until @p until.  @return false: too late */
static bool sleep_while(struct lwip_x_mbox *m, uint32_t count, unsigned *sleepers, int why,
                        const struct timespec *until)
{
  bool early;

  (*sleepers)++;
  unlock(&m->lock);
  early = syscall(SYS_futex, &m->count, FUTEX_WAIT_BITSET | FUTEX_PRIVATE_FLAG, count, until, NULL, why) == 0 ||
          errno != ETIMEDOUT;
  lock(&m->lock);
  (*sleepers)--;
  return early;
}

/** With the lock, which it leaves; there is a place. */
static void put(struct lwip_x_mbox *m, void *msg)
{
  unsigned at = m->first + m->count;

  m->ring[at < m->size ? at : at - m->size] = msg;
  set_count(m, m->count + 1);
  leave(m, m->readers, FOR_MESSAGE);
}

/** With the lock, which it leaves; there is a message. */
static void take(struct lwip_x_mbox *m, void **msg)
{
  if (msg != NULL) {
    *msg = m->ring[m->first];
  }
  m->first = m->first + 1 < m->size ? m->first + 1 : 0;
  set_count(m, m->count - 1);
  leave(m, m->writers, FOR_PLACE);
}

void sys_mbox_post(sys_mbox_t *mbox, void *msg)
{
  struct lwip_x_mbox *m = *mbox;

  lock(&m->lock);
  while (m->count == m->size) {
    (void)sleep_while(m, m->size, &m->writers, FOR_PLACE, NULL);
  }
  put(m, msg);
}

err_t sys_mbox_trypost(sys_mbox_t *mbox, void *msg)
{
  struct lwip_x_mbox *m = *mbox;

  lock(&m->lock);
  if (m->count == m->size) {
    unlock(&m->lock);
    COUNT(SYS_STATS_INC(mbox.err));
    return ERR_MEM;
  }
  put(m, msg);
  return ERR_OK;
}

err_t sys_mbox_trypost_fromisr(sys_mbox_t *mbox, void *msg)
{
  return sys_mbox_trypost(mbox, msg);
}

u32_t sys_arch_mbox_tryfetch(sys_mbox_t *mbox, void **msg)
{
  struct lwip_x_mbox *m = *mbox;

  if (__atomic_load_n(&m->count, __ATOMIC_RELAXED) == 0) {
    return SYS_MBOX_EMPTY;
  }
  lock(&m->lock);
  if (m->count == 0) {
    unlock(&m->lock);
    return SYS_MBOX_EMPTY;
  }
  take(m, msg);
  return 0;
}

/** Take a message, sleeping until one is there, or until @p until (NULL: for ever).  @return false: too late */
static bool fetch(struct lwip_x_mbox *m, void **msg, const struct timespec *until)
{
  bool early = true;

  lock(&m->lock);
  while (m->count == 0) {
    if (!early) {
      unlock(&m->lock);
      return false;
    }
    early = sleep_while(m, 0, &m->readers, FOR_MESSAGE, until);
  }
  take(m, msg);
  return true;
}

u32_t sys_arch_mbox_fetch(sys_mbox_t *mbox, void **msg, u32_t timeout)
{
  u32_t begun;
  struct timespec until;

  if (timeout == 0) {
    (void)fetch(*mbox, msg, NULL);
    return 0;
  }
  begun = sys_now();
  deadline(&until, timeout);
  return fetch(*mbox, msg, &until) ? sys_now() - begun : SYS_ARCH_TIMEOUT;
}

/* ---- Threads ---- */

struct start {
  lwip_thread_fn fn;
  void *arg;
};

static void *run(void *arg)
{
  struct start start = *(struct start *)arg;

  free(arg);
  start.fn(start.arg);
  return NULL;
}

static bool start_detached(const char *name, struct start *start, int stacksize)
{
  pthread_attr_t attr;
  pthread_t thread;
  int rc;

  pthread_attr_init(&attr);
  pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
  if (stacksize > 0) {
    (void)pthread_attr_setstacksize(&attr, (size_t)stacksize); /* too small: the system's default */
  }
  rc = pthread_create(&thread, &attr, run, start);
  pthread_attr_destroy(&attr);
#ifdef __linux__
  if (rc == 0 && name != NULL) {
    (void)pthread_setname_np(thread, name);
  }
#else
  LWIP_UNUSED_ARG(name);
#endif
  return rc == 0;
}

sys_thread_t sys_thread_new(const char *name, lwip_thread_fn thread, void *arg, int stacksize, int prio)
{
  struct start *start = malloc(sizeof(*start));

  LWIP_UNUSED_ARG(prio); /* the system's scheduler knows better */
  if (start == NULL) {
    return NULL;
  }
  start->fn = thread;
  start->arg = arg;
  if (!start_detached(name, start, stacksize)) {
    free(start);
    return NULL;
  }
  return start; /* a handle to compare with NULL; the thread has freed what it pointed to */
}

#endif
