/** A device's header, as much of it as LwIPEthernet's driver touches: registers in memory, for each family those it has. */
#ifndef TEST_ARDUINO_STM32_DEF_H
#define TEST_ARDUINO_STM32_DEF_H

#include <stdint.h>

struct test_rcc {
  volatile uint32_t AHBENR, AHBRSTR, AHB1ENR, AHB1RSTR, APB2ENR, APB3ENR, APB4ENR;
};
struct test_select {
  volatile uint32_t MAPR, PMC, PMCR;
};
#ifdef __cplusplus
extern "C" {
#endif
extern struct test_rcc test_rcc;
extern struct test_select test_select;
#define RCC (&test_rcc)
#if defined(STM32F1xx)
#define AFIO (&test_select)
#elif defined(STM32H5xx) || defined(STM32H7RSxx)
#define SBS (&test_select)
#else
#define SYSCFG (&test_select)
#endif
#define ETH ((void *)0x40028000)

typedef enum { ETH_IRQn = 61 } IRQn_Type;
void NVIC_SetPriority(IRQn_Type irq, uint32_t priority);
void NVIC_EnableIRQ(IRQn_Type irq);
void NVIC_DisableIRQ(IRQn_Type irq);
uint32_t HAL_RCC_GetHCLKFreq(void);
#ifdef __cplusplus
}
#endif
#endif
