/**
 * A stand-in for FreeRTOS, V10 and V11, over POSIX threads: as much of its documented API as src/stack/port/sys_freertos.c may
 * use, with what the documentation forbids checked.  Configured like FreeRTOSConfig.h, by the test's -D.
 */
#ifndef TEST_RTOS_FREERTOS_H
#define TEST_RTOS_FREERTOS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* FreeRTOSConfig.h */
#define configUSE_MUTEXES 1
#ifndef configUSE_COUNTING_SEMAPHORES
#define configUSE_COUNTING_SEMAPHORES 1
#endif
#ifndef configTICK_RATE_HZ
#define configTICK_RATE_HZ 1000
#endif
#ifndef configNUM_THREAD_LOCAL_STORAGE_POINTERS
#define configNUM_THREAD_LOCAL_STORAGE_POINTERS 0
#endif
#define configUSE_16_BIT_TICKS 0
#define INCLUDE_vTaskDelay 1
#define INCLUDE_vTaskDelete 1
#define INCLUDE_vTaskSuspend 1

typedef long BaseType_t;
typedef unsigned long UBaseType_t;
typedef uint32_t TickType_t;
typedef unsigned long StackType_t;

#ifndef configSTACK_DEPTH_TYPE
#ifdef TEST_FREERTOS_V11
#define configSTACK_DEPTH_TYPE StackType_t
#else
#define configSTACK_DEPTH_TYPE uint16_t
#endif
#endif

#define pdFALSE ((BaseType_t)0)
#define pdTRUE ((BaseType_t)1)
#define pdPASS pdTRUE
#define pdFAIL pdFALSE
#define portMAX_DELAY ((TickType_t)0xffffffffUL)

typedef struct {
  uint64_t room[24];
} StaticQueue_t;
typedef StaticQueue_t StaticSemaphore_t;
typedef struct {
  uint64_t room[8];
} StaticTask_t;

void sim_enter_critical(void);
void sim_exit_critical(void);
UBaseType_t sim_enter_critical_from_isr(void);
void sim_exit_critical_from_isr(UBaseType_t was);
BaseType_t xPortIsInsideInterrupt(void);
void sim_yield_from_isr(BaseType_t woken);
#define portYIELD_FROM_ISR(woken) sim_yield_from_isr(woken)

#endif
