/** FreeRTOS over POSIX threads: see FreeRTOS.h. */
#define _GNU_SOURCE
#include "FreeRTOS.h"
#include "queue.h"
#include "semphr.h"
#include "task.h"
#include "../rtos_sim.h"

#include <stdlib.h>
#include <unistd.h>

struct tskTaskControlBlock {
  TaskFunction_t fn;
  void *arg;
  void *tls[configNUM_THREAD_LOCAL_STORAGE_POINTERS + 1];
};

struct QueueDefinition {
  struct sim_queue q;
  TaskHandle_t holder; /**< of a mutex */
  bool is_mutex, is_static;
};

typedef char static_queue_fits[sizeof(struct QueueDefinition) <= sizeof(StaticQueue_t) ? 1 : -1];

static __thread struct tskTaskControlBlock *current;
static __thread struct tskTaskControlBlock outside; /**< the test's own threads are tasks too */

/* ---- Who may call ---- */

static void from_task(const char *what)
{
  if (sim_context() != 0) {
    sim_forbidden(what);
  }
}

static void from_isr(const char *what)
{
  if (sim_context() == 0) {
    sim_forbidden(what);
  }
}

BaseType_t xPortIsInsideInterrupt(void)
{
  return sim_context() != 0;
}

/* ---- Critical sections ---- */

static __thread unsigned nesting;
static __thread uint32_t outer;

void sim_enter_critical(void)
{
  from_task("taskENTER_CRITICAL() in an interrupt");
  if (nesting++ == 0) {
    outer = sim_irq_save();
  }
}

void sim_exit_critical(void)
{
  from_task("taskEXIT_CRITICAL() in an interrupt");
  if (--nesting == 0) {
    sim_irq_restore(outer);
  }
}

UBaseType_t sim_enter_critical_from_isr(void)
{
  return sim_irq_save();
}

void sim_exit_critical_from_isr(UBaseType_t was)
{
  sim_irq_restore((uint32_t)was);
}

void sim_yield_from_isr(BaseType_t woken)
{
  (void)woken;
  from_isr("portYIELD_FROM_ISR() in a task");
}

/* ---- Tasks ---- */

static void *run(void *arg)
{
  current = arg;
  current->fn(current->arg);
  sim_forbidden("a task that returns");
}

static TaskHandle_t start(TaskFunction_t fn, void *arg)
{
  struct tskTaskControlBlock *t;
  pthread_attr_t attr;
  pthread_t thread;

  if (!sim_object_made()) {
    return NULL;
  }
  t = calloc(1, sizeof(*t));
  t->fn = fn;
  t->arg = arg;
  pthread_attr_init(&attr);
  pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
  pthread_create(&thread, &attr, run, t);
  pthread_attr_destroy(&attr);
  return t;
}

BaseType_t xTaskCreate(TaskFunction_t fn, const char *const name, const configSTACK_DEPTH_TYPE depth, void *const arg,
                       UBaseType_t prio, TaskHandle_t *const out)
{
  (void)name;
  (void)prio;
  if (depth < 100) {
    sim_forbidden("a stack of less than 100 words");
  }
  sim_stack_size = depth * sizeof(StackType_t);
  *out = start(fn, arg);
  return *out != NULL ? pdPASS : pdFAIL;
}

TaskHandle_t xTaskCreateStatic(TaskFunction_t fn, const char *const name, const configSTACK_DEPTH_TYPE depth,
                               void *const arg, UBaseType_t prio, StackType_t *const stack, StaticTask_t *const tcb)
{
  TaskHandle_t t;

  (void)stack;
  (void)tcb;
  return xTaskCreate(fn, name, (configSTACK_DEPTH_TYPE)depth, arg, prio, &t) == pdPASS ? t : NULL;
}

void vTaskDelete(TaskHandle_t task)
{
  if (task != NULL || current == NULL) {
    sim_forbidden("deleting another task: not done here");
  }
  free(current);
  current = NULL;
  sim_object_gone();
  pthread_exit(NULL);
}

static uint64_t us_of(TickType_t ticks)
{
  return ticks == portMAX_DELAY ? SIM_FOR_EVER : (uint64_t)ticks * 1000000u / configTICK_RATE_HZ;
}

void vTaskDelay(const TickType_t ticks)
{
  from_task("vTaskDelay() in an interrupt");
  usleep((useconds_t)us_of(ticks));
}

TickType_t xTaskGetTickCount(void)
{
  from_task("xTaskGetTickCount() in an interrupt");
  return sim_ticks(configTICK_RATE_HZ);
}

TickType_t xTaskGetTickCountFromISR(void)
{
  return sim_ticks(configTICK_RATE_HZ);
}

TaskHandle_t xTaskGetCurrentTaskHandle(void)
{
  return current != NULL ? current : &outside;
}

void vTaskSetThreadLocalStoragePointer(TaskHandle_t task, BaseType_t index, void *value)
{
  TaskHandle_t t = task != NULL ? task : xTaskGetCurrentTaskHandle();

  t->tls[index] = value;
}

void *pvTaskGetThreadLocalStoragePointer(TaskHandle_t task, BaseType_t index)
{
  TaskHandle_t t = task != NULL ? task : xTaskGetCurrentTaskHandle();

  return t->tls[index];
}

/* ---- Queues ---- */

static QueueHandle_t make(StaticQueue_t *memory, UBaseType_t size, UBaseType_t item_size, UBaseType_t len)
{
  struct QueueDefinition *q = (struct QueueDefinition *)(void *)memory;

  from_task("making an object in an interrupt");
  if (size == 0) {
    sim_forbidden("a queue of no length");
  }
  if (!sim_object_made()) {
    return NULL;
  }
  if (q == NULL) {
    q = malloc(sizeof(*q));
  }
  sim_queue_init(&q->q, (unsigned)size, (unsigned)item_size, (unsigned)len);
  q->is_static = memory != NULL;
  q->is_mutex = false;
  q->holder = NULL;
  return q;
}

QueueHandle_t xQueueCreate(UBaseType_t len, UBaseType_t item_size)
{
  return make(NULL, len, item_size, 0);
}

QueueHandle_t xQueueCreateStatic(UBaseType_t len, UBaseType_t item_size, uint8_t *storage, StaticQueue_t *queue)
{
  (void)storage;
  return make(queue, len, item_size, 0);
}

void vQueueDelete(QueueHandle_t q)
{
  bool is_static = q->is_static;

  sim_queue_fini(&q->q);
  if (!is_static) {
    free(q);
  }
  sim_object_gone();
}

BaseType_t xQueueSendToBack(QueueHandle_t q, const void *item, TickType_t ticks)
{
  from_task("xQueueSendToBack() in an interrupt");
  return sim_queue_put(&q->q, item, us_of(ticks));
}

BaseType_t xQueueSendToBackFromISR(QueueHandle_t q, const void *item, BaseType_t *woken)
{
  *woken = pdTRUE;
  return sim_queue_put(&q->q, item, 0);
}

BaseType_t xQueueReceive(QueueHandle_t q, void *item, TickType_t ticks)
{
  from_task("xQueueReceive() in an interrupt");
  return sim_queue_get(&q->q, item, us_of(ticks));
}

UBaseType_t uxQueueMessagesWaiting(const QueueHandle_t q)
{
  return sim_queue_len(&q->q);
}

/* ---- Semaphores ---- */

SemaphoreHandle_t xSemaphoreCreateBinary(void)
{
  return make(NULL, 1, 0, 0);
}

SemaphoreHandle_t xSemaphoreCreateBinaryStatic(StaticSemaphore_t *memory)
{
  return make(memory, 1, 0, 0);
}

SemaphoreHandle_t xSemaphoreCreateCounting(UBaseType_t most, UBaseType_t count)
{
  return make(NULL, most, 0, count);
}

SemaphoreHandle_t xSemaphoreCreateCountingStatic(UBaseType_t most, UBaseType_t count, StaticSemaphore_t *memory)
{
  return make(memory, most, 0, count);
}

static SemaphoreHandle_t mutex(StaticSemaphore_t *memory)
{
  SemaphoreHandle_t m = make(memory, 1, 0, 1);

  if (m != NULL) {
    m->is_mutex = true;
  }
  return m;
}

SemaphoreHandle_t xSemaphoreCreateMutex(void)
{
  return mutex(NULL);
}

SemaphoreHandle_t xSemaphoreCreateMutexStatic(StaticSemaphore_t *memory)
{
  return mutex(memory);
}

void vSemaphoreDelete(SemaphoreHandle_t s)
{
  vQueueDelete(s);
}

BaseType_t xSemaphoreTake(SemaphoreHandle_t s, TickType_t ticks)
{
  from_task("xSemaphoreTake() in an interrupt");
  if (!sim_queue_get(&s->q, NULL, us_of(ticks))) {
    return pdFALSE;
  }
  if (s->is_mutex) {
    s->holder = xTaskGetCurrentTaskHandle();
  }
  return pdTRUE;
}

BaseType_t xSemaphoreGive(SemaphoreHandle_t s)
{
  from_task("xSemaphoreGive() in an interrupt");
  if (s->is_mutex) {
    if (s->holder != xTaskGetCurrentTaskHandle()) {
      sim_forbidden("giving a mutex that another task has");
    }
    s->holder = NULL;
  }
  return sim_queue_put(&s->q, NULL, 0);
}

BaseType_t xSemaphoreGiveFromISR(SemaphoreHandle_t s, BaseType_t *woken)
{
  if (s->is_mutex) {
    sim_forbidden("giving a mutex in an interrupt");
  }
  *woken = pdTRUE;
  return sim_queue_put(&s->q, NULL, 0);
}
