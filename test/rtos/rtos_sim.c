#define _GNU_SOURCE
#include "rtos_sim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- Interrupts ---- */

static pthread_mutex_t irq = PTHREAD_MUTEX_INITIALIZER;
static __thread unsigned masked;
static __thread unsigned context;

void sim_forbidden(const char *what)
{
  fprintf(stderr, "the kernel forbids: %s\n", what);
  fflush(NULL);
  abort();
}

uint32_t sim_irq_save(void)
{
  uint32_t was = masked;

  if (masked == 0) {
    pthread_mutex_lock(&irq);
  }
  masked = 1;
  return was;
}

void sim_irq_restore(uint32_t was)
{
  if (!masked) {
    sim_forbidden("unmasking interrupts that are not masked");
  }
  masked = was;
  if (masked == 0) {
    pthread_mutex_unlock(&irq);
  }
}

bool sim_irq_masked(void)
{
  return masked != 0;
}

unsigned sim_context(void)
{
  return context;
}

struct interrupt {
  unsigned number;
  void (*fn)(void *);
  void *arg;
};

static void *run_interrupt(void *arg)
{
  struct interrupt *i = arg;
  uint32_t was = sim_irq_save();

  context = i->number;
  i->fn(i->arg);
  sim_irq_restore(was);
  return NULL;
}

void sim_interrupt(unsigned number, void (*fn)(void *), void *arg)
{
  struct interrupt i = { number, fn, arg };
  pthread_t t;

  pthread_create(&t, NULL, run_interrupt, &i);
  pthread_join(t, NULL);
}

void sim_interrupt_here(unsigned number, void (*fn)(void))
{
  uint32_t was = sim_irq_save();
  unsigned before = context;

  context = number;
  fn();
  context = before;
  sim_irq_restore(was);
}

/* ---- Time ---- */

uint32_t sim_tick_offset;

static uint64_t now_us(void)
{
  struct timespec t;

  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000u + (uint64_t)t.tv_nsec / 1000u;
}

static uint64_t begun_us;

static void __attribute__((constructor)) begin(void)
{
  begun_us = now_us();
}

uint32_t sim_ticks(uint32_t hz)
{
  return (uint32_t)((now_us() - begun_us) * hz / 1000000u) + sim_tick_offset;
}

/* ---- Memory ---- */

size_t sim_stack_size;
bool sim_before_start;
int sim_objects;
long sim_object_countdown = -1;

bool sim_object_made(void)
{
  if (sim_object_countdown >= 0 && sim_object_countdown-- == 0) {
    return false;
  }
  __atomic_add_fetch(&sim_objects, 1, __ATOMIC_RELAXED);
  return true;
}

void sim_object_gone(void)
{
  __atomic_sub_fetch(&sim_objects, 1, __ATOMIC_RELAXED);
}

/* ---- Queues ---- */

void sim_queue_init(struct sim_queue *q, unsigned size, unsigned item_size, unsigned len)
{
  pthread_condattr_t attr;

  memset(q, 0, sizeof(*q));
  q->size = size;
  q->item_size = item_size;
  q->len = len;
  q->items = item_size > 0 ? calloc(size, item_size) : NULL;
  pthread_mutex_init(&q->lock, NULL);
  pthread_condattr_init(&attr);
  pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
  pthread_cond_init(&q->changed, &attr);
  pthread_condattr_destroy(&attr);
}

void sim_queue_fini(struct sim_queue *q)
{
  free(q->items);
  pthread_cond_destroy(&q->changed);
  pthread_mutex_destroy(&q->lock);
}

/** Wait, with the lock, until there are others than @p bad items in it. */
static bool await(struct sim_queue *q, unsigned bad, uint64_t us)
{
  struct timespec t;
  uint64_t until = now_us() + (us == SIM_FOR_EVER ? 0 : us);

  if (q->len != bad || us == 0) {
    return q->len != bad;
  }
  if (sim_irq_masked()) {
    sim_forbidden("waiting with interrupts masked");
  }
  if (sim_before_start) {
    sim_forbidden("waiting before the scheduler has started");
  }
  t.tv_sec = (time_t)(until / 1000000u);
  t.tv_nsec = (long)(until % 1000000u) * 1000;
  while (q->len == bad) {
    if (us == SIM_FOR_EVER) {
      pthread_cond_wait(&q->changed, &q->lock);
    } else if (pthread_cond_timedwait(&q->changed, &q->lock, &t) != 0) {
      break;
    }
  }
  return q->len != bad;
}

bool sim_queue_put(struct sim_queue *q, const void *item, uint64_t us)
{
  bool ok;

  pthread_mutex_lock(&q->lock);
  ok = await(q, q->size, us);
  if (ok) {
    if (q->item_size > 0) {
      memcpy(q->items + (size_t)((q->first + q->len) % q->size) * q->item_size, item, q->item_size);
    }
    q->len++;
    pthread_cond_broadcast(&q->changed);
  }
  pthread_mutex_unlock(&q->lock);
  return ok;
}

bool sim_queue_get(struct sim_queue *q, void *item, uint64_t us)
{
  bool ok;

  pthread_mutex_lock(&q->lock);
  ok = await(q, 0, us);
  if (ok) {
    if (q->item_size > 0) {
      memcpy(item, q->items + (size_t)q->first * q->item_size, q->item_size);
      q->first = (q->first + 1) % q->size;
    }
    q->len--;
    pthread_cond_broadcast(&q->changed);
  }
  pthread_mutex_unlock(&q->lock);
  return ok;
}

unsigned sim_queue_len(struct sim_queue *q)
{
  unsigned len;

  pthread_mutex_lock(&q->lock);
  len = q->len;
  pthread_mutex_unlock(&q->lock);
  return len;
}
