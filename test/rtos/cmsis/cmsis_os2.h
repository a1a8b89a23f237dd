/**
 * A stand-in for CMSIS-RTOS2 over POSIX threads: as much of its documented API as src/stack/port/sys_cmsis_rtos2.c may use, with
 * the documented errors.
 */
#ifndef TEST_RTOS_CMSIS_OS2_H
#define TEST_RTOS_CMSIS_OS2_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define osWaitForever 0xFFFFFFFFU

typedef enum {
  osOK = 0,
  osError = -1,
  osErrorTimeout = -2,
  osErrorResource = -3,
  osErrorParameter = -4,
  osErrorNoMemory = -5,
  osErrorISR = -6
} osStatus_t;

typedef enum {
  osPriorityNone = 0,
  osPriorityIdle = 1,
  osPriorityLow = 8,
  osPriorityNormal = 24,
  osPriorityHigh = 40,
  osPriorityISR = 56,
  osPriorityError = -1
} osPriority_t;

typedef void *osThreadId_t;
typedef void *osMutexId_t;
typedef void *osSemaphoreId_t;
typedef void *osMessageQueueId_t;
typedef uint32_t TZ_ModuleId_t;
typedef void (*osThreadFunc_t)(void *);

#define osMutexRecursive 1U
#define osMutexPrioInherit 2U

typedef struct {
  const char *name;
  uint32_t attr_bits;
  void *cb_mem;
  uint32_t cb_size;
  void *stack_mem;
  uint32_t stack_size;
  osPriority_t priority;
  TZ_ModuleId_t tz_module;
  uint32_t reserved;
} osThreadAttr_t;

typedef struct {
  const char *name;
  uint32_t attr_bits;
  void *cb_mem;
  uint32_t cb_size;
} osMutexAttr_t;

typedef osMutexAttr_t osSemaphoreAttr_t;

typedef struct {
  const char *name;
  uint32_t attr_bits;
  void *cb_mem;
  uint32_t cb_size;
  void *mq_mem;
  uint32_t mq_size;
} osMessageQueueAttr_t;

uint32_t osKernelGetTickCount(void);
uint32_t osKernelGetTickFreq(void);

osThreadId_t osThreadNew(osThreadFunc_t func, void *argument, const osThreadAttr_t *attr);
osThreadId_t osThreadGetId(void);
void osThreadExit(void) __attribute__((noreturn));
osStatus_t osDelay(uint32_t ticks);

osMutexId_t osMutexNew(const osMutexAttr_t *attr);
osStatus_t osMutexAcquire(osMutexId_t id, uint32_t timeout);
osStatus_t osMutexRelease(osMutexId_t id);
osStatus_t osMutexDelete(osMutexId_t id);

osSemaphoreId_t osSemaphoreNew(uint32_t max_count, uint32_t initial_count, const osSemaphoreAttr_t *attr);
osStatus_t osSemaphoreAcquire(osSemaphoreId_t id, uint32_t timeout);
osStatus_t osSemaphoreRelease(osSemaphoreId_t id);
osStatus_t osSemaphoreDelete(osSemaphoreId_t id);

osMessageQueueId_t osMessageQueueNew(uint32_t msg_count, uint32_t msg_size, const osMessageQueueAttr_t *attr);
osStatus_t osMessageQueuePut(osMessageQueueId_t id, const void *msg_ptr, uint8_t msg_prio, uint32_t timeout);
osStatus_t osMessageQueueGet(osMessageQueueId_t id, void *msg_ptr, uint8_t *msg_prio, uint32_t timeout);
uint32_t osMessageQueueGetCount(osMessageQueueId_t id);
osStatus_t osMessageQueueDelete(osMessageQueueId_t id);

#endif
