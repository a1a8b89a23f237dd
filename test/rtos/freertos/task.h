#ifndef TEST_RTOS_TASK_H
#define TEST_RTOS_TASK_H

#include "FreeRTOS.h"

typedef struct tskTaskControlBlock *TaskHandle_t;
typedef void (*TaskFunction_t)(void *);

#define taskENTER_CRITICAL() sim_enter_critical()
#define taskEXIT_CRITICAL() sim_exit_critical()
#define taskENTER_CRITICAL_FROM_ISR() sim_enter_critical_from_isr()
#define taskEXIT_CRITICAL_FROM_ISR(was) sim_exit_critical_from_isr(was)

BaseType_t xTaskCreate(TaskFunction_t fn, const char *const name, const configSTACK_DEPTH_TYPE depth, void *const arg,
                       UBaseType_t prio, TaskHandle_t *const out);
TaskHandle_t xTaskCreateStatic(TaskFunction_t fn, const char *const name, const configSTACK_DEPTH_TYPE depth,
                               void *const arg, UBaseType_t prio, StackType_t *const stack, StaticTask_t *const tcb);
void vTaskDelete(TaskHandle_t task);
void vTaskDelay(const TickType_t ticks);
TickType_t xTaskGetTickCount(void);
TickType_t xTaskGetTickCountFromISR(void);
TaskHandle_t xTaskGetCurrentTaskHandle(void);
void vTaskSetThreadLocalStoragePointer(TaskHandle_t task, BaseType_t index, void *value);
void *pvTaskGetThreadLocalStoragePointer(TaskHandle_t task, BaseType_t index);

#endif
