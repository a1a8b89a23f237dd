/** CMSIS-RTOS2 over POSIX threads: see cmsis_os2.h. */
#define _GNU_SOURCE
#include "cmsis_os2.h"
#include "../rtos_sim.h"

#include <stdlib.h>
#include <unistd.h>

#ifndef SIM_TICK_HZ
#define SIM_TICK_HZ 1000
#endif

struct object {
  struct sim_queue q;
  osThreadId_t owner; /**< of a mutex */
  bool is_static;
};

static __thread char outside; /**< every thread has an address of its own here: its id */

/* ---- Kernel ---- */

uint32_t osKernelGetTickCount(void)
{
  return sim_ticks(SIM_TICK_HZ);
}

uint32_t osKernelGetTickFreq(void)
{
  return SIM_TICK_HZ;
}

static uint64_t us_of(uint32_t ticks)
{
  return ticks == osWaitForever ? SIM_FOR_EVER : (uint64_t)ticks * 1000000u / SIM_TICK_HZ;
}

/** From an interrupt only without waiting. */
static osStatus_t may_call(osThreadId_t id, uint32_t timeout)
{
  return id == NULL || (sim_context() != 0 && timeout != 0) ? osErrorParameter : osOK;
}

static osStatus_t result(bool ok, uint32_t timeout)
{
  if (ok) {
    return osOK;
  }
  return timeout == 0 ? osErrorResource : osErrorTimeout;
}

/* ---- Threads ---- */

struct start {
  osThreadFunc_t func;
  void *argument;
};

static void *run(void *arg)
{
  struct start start = *(struct start *)arg;

  free(arg);
  start.func(start.argument);
  osThreadExit();
}

osThreadId_t osThreadNew(osThreadFunc_t func, void *argument, const osThreadAttr_t *attr)
{
  struct start *start;
  pthread_attr_t detached;
  pthread_t thread;

  if (func == NULL || sim_context() != 0 || attr->priority < osPriorityIdle || attr->priority > osPriorityISR ||
      attr->stack_size < 400 || !sim_object_made()) {
    return NULL;
  }
  sim_stack_size = attr->stack_size;
  start = malloc(sizeof(*start));
  start->func = func;
  start->argument = argument;
  pthread_attr_init(&detached);
  pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
  pthread_create(&thread, &detached, run, start);
  pthread_attr_destroy(&detached);
  return (osThreadId_t)thread;
}

osThreadId_t osThreadGetId(void)
{
  return &outside;
}

void osThreadExit(void)
{
  sim_object_gone();
  pthread_exit(NULL);
}

osStatus_t osDelay(uint32_t ticks)
{
  if (sim_context() != 0) {
    return osErrorISR;
  }
  usleep((useconds_t)us_of(ticks));
  return osOK;
}

/* ---- Objects ---- */

static struct object *make(void *memory, uint32_t memory_size, unsigned size, unsigned item_size, unsigned len)
{
  struct object *o = memory;

  if (sim_context() != 0 || size == 0 || (memory != NULL && memory_size < sizeof(*o)) || !sim_object_made()) {
    return NULL;
  }
  if (o == NULL) {
    o = malloc(sizeof(*o));
  }
  sim_queue_init(&o->q, size, item_size, len);
  o->is_static = memory != NULL;
  o->owner = NULL;
  return o;
}

static osStatus_t unmake(struct object *o)
{
  bool is_static;

  if (o == NULL) {
    return osErrorParameter;
  }
  is_static = o->is_static;
  sim_queue_fini(&o->q);
  if (!is_static) {
    free(o);
  }
  sim_object_gone();
  return osOK;
}

osMutexId_t osMutexNew(const osMutexAttr_t *attr)
{
  return make(attr != NULL ? attr->cb_mem : NULL, attr != NULL ? attr->cb_size : 0, 1, 0, 1);
}

osStatus_t osMutexAcquire(osMutexId_t id, uint32_t timeout)
{
  struct object *o = id;

  if (sim_context() != 0) {
    return osErrorISR;
  }
  if (o == NULL) {
    return osErrorParameter;
  }
  if (!sim_queue_get(&o->q, NULL, us_of(timeout))) {
    return result(false, timeout);
  }
  o->owner = osThreadGetId();
  return osOK;
}

osStatus_t osMutexRelease(osMutexId_t id)
{
  struct object *o = id;

  if (sim_context() != 0) {
    return osErrorISR;
  }
  if (o == NULL || o->owner != osThreadGetId()) {
    return o == NULL ? osErrorParameter : osErrorResource;
  }
  o->owner = NULL;
  sim_queue_put(&o->q, NULL, 0);
  return osOK;
}

osStatus_t osMutexDelete(osMutexId_t id)
{
  return unmake(id);
}

osSemaphoreId_t osSemaphoreNew(uint32_t max_count, uint32_t initial_count, const osSemaphoreAttr_t *attr)
{
  return make(attr != NULL ? attr->cb_mem : NULL, attr != NULL ? attr->cb_size : 0, max_count, 0, initial_count);
}

osStatus_t osSemaphoreAcquire(osSemaphoreId_t id, uint32_t timeout)
{
  struct object *o = id;
  osStatus_t status = may_call(id, timeout);

  return status != osOK ? status : result(sim_queue_get(&o->q, NULL, us_of(timeout)), timeout);
}

osStatus_t osSemaphoreRelease(osSemaphoreId_t id)
{
  struct object *o = id;

  if (o == NULL) {
    return osErrorParameter;
  }
  return sim_queue_put(&o->q, NULL, 0) ? osOK : osErrorResource;
}

osStatus_t osSemaphoreDelete(osSemaphoreId_t id)
{
  return unmake(id);
}

osMessageQueueId_t osMessageQueueNew(uint32_t msg_count, uint32_t msg_size, const osMessageQueueAttr_t *attr)
{
  return make(attr != NULL ? attr->cb_mem : NULL, attr != NULL ? attr->cb_size : 0, msg_count, msg_size, 0);
}

osStatus_t osMessageQueuePut(osMessageQueueId_t id, const void *msg_ptr, uint8_t msg_prio, uint32_t timeout)
{
  struct object *o = id;
  osStatus_t status = msg_ptr == NULL ? osErrorParameter : may_call(id, timeout);

  (void)msg_prio;
  return status != osOK ? status : result(sim_queue_put(&o->q, msg_ptr, us_of(timeout)), timeout);
}

osStatus_t osMessageQueueGet(osMessageQueueId_t id, void *msg_ptr, uint8_t *msg_prio, uint32_t timeout)
{
  struct object *o = id;
  osStatus_t status = msg_ptr == NULL ? osErrorParameter : may_call(id, timeout);

  (void)msg_prio;
  return status != osOK ? status : result(sim_queue_get(&o->q, msg_ptr, us_of(timeout)), timeout);
}

uint32_t osMessageQueueGetCount(osMessageQueueId_t id)
{
  struct object *o = id;

  return o == NULL ? 0 : sim_queue_len(&o->q);
}

osStatus_t osMessageQueueDelete(osMessageQueueId_t id)
{
  return unmake(id);
}
