/**
 * From a sketch's begin() to netif/stm32_eth.h: pins, clocks, RMII and the interrupt, by the core's pin map and the device's
 * registers.  Bits are those of the reference manuals, one line a family.
 */
#include "ard_common.h"

#if LWIP_X_ARDUINO_STM32

#include "LwIPSTM32.h"
extern "C" {
#include "PeripheralPins.h"
#include "pinmap.h"
}

#define IRQ_PRIORITY 7 /* below SysTick and the serial ports */

/** Registers and bits: the clock of the block that selects MII or RMII, that selection, reset, clocks of the MAC. */
#if LWIP_X_STM32_ETH_FAMILY == STM32_ETH_F1
#define SELECT_CLOCK (RCC->APB2ENR)
#define SELECT_CLOCK_BIT 0
#define SELECT (AFIO->MAPR)
#define SELECT_MASK (1u << 23)
#define RESET (RCC->AHBRSTR)
#define RESET_BIT 14
#define CLOCKS (RCC->AHBENR)
#define CLOCKS_BITS (7u << 14)
#elif LWIP_X_STM32_ETH_FAMILY <= STM32_ETH_F7
#define SELECT_CLOCK (RCC->APB2ENR)
#define SELECT_CLOCK_BIT 14
#define SELECT (SYSCFG->PMC)
#define SELECT_MASK (1u << 23)
#define RESET (RCC->AHB1RSTR)
#define RESET_BIT 25
#define CLOCKS (RCC->AHB1ENR)
#define CLOCKS_BITS ((LWIP_X_STM32_ETH_PTP ? 15u : 7u) << 25)
#elif LWIP_X_STM32_ETH_FAMILY == STM32_ETH_H7
#define SELECT_CLOCK (RCC->APB4ENR)
#define SELECT_CLOCK_BIT 1
#define SELECT (SYSCFG->PMCR)
#define SELECT_MASK (7u << 21)
#define RESET (RCC->AHB1RSTR)
#define RESET_BIT 15
#define CLOCKS (RCC->AHB1ENR)
#define CLOCKS_BITS (7u << 15)
#elif LWIP_X_STM32_ETH_FAMILY == STM32_ETH_H5
#define SELECT_CLOCK (RCC->APB3ENR)
#define SELECT_CLOCK_BIT 1
#define SELECT (SBS->PMCR)
#define SELECT_MASK (7u << 21)
#define RESET (RCC->AHB1RSTR)
#define RESET_BIT 19
#define CLOCKS (RCC->AHB1ENR)
#define CLOCKS_BITS (7u << 19)
#elif LWIP_X_STM32_ETH_FAMILY == STM32_ETH_H7RS
#define SELECT_CLOCK (RCC->APB4ENR)
#define SELECT_CLOCK_BIT 1
#define SELECT (SBS->PMCR)
#define SELECT_MASK (7u << 21)
#define RESET (RCC->AHB1RSTR)
#define RESET_BIT 15
#define CLOCKS (RCC->AHB1ENR)
#define CLOCKS_BITS (7u << 15)
#else
#error "LwIPEthernet brings no driver for this STM32: set LWIP_X_STM32_ETH to 0 and give LwIPEthernet.setDriver() one"
#endif
/* The highest bit of the field says RMII in all of them. */
#define SELECT_RMII (1u << 23)

/** The variant's, if it has one. */
extern const PinMap PinMap_Ethernet[] __attribute__((weak));

#if defined(ARDUINO_NUCLEO_F207ZG) || defined(ARDUINO_NUCLEO_F429ZI) || defined(ARDUINO_NUCLEO_F439ZI) || \
  defined(ARDUINO_NUCLEO_F746ZG) || defined(ARDUINO_NUCLEO_F756ZG) || defined(ARDUINO_NUCLEO_F767ZI) ||   \
  defined(ARDUINO_NUCLEO_H723ZG) || defined(ARDUINO_NUCLEO_H743ZI) || defined(ARDUINO_NUCLEO_H743ZI2) ||  \
  defined(ARDUINO_NUCLEO_H753ZI)
#define ETH_AF STM_PIN_DATA(STM_MODE_AF_PP, GPIO_NOPULL, 11)
static const PinMap board_pins[] = { { PA_1, ETH, ETH_AF },  { PA_2, ETH, ETH_AF },  { PA_7, ETH, ETH_AF },
                                     { PB_13, ETH, ETH_AF }, { PC_1, ETH, ETH_AF },  { PC_4, ETH, ETH_AF },
                                     { PC_5, ETH, ETH_AF },  { PG_11, ETH, ETH_AF }, { PG_13, ETH, ETH_AF },
                                     { NC, NP, 0 } };
#else
static const PinMap *const board_pins = nullptr;
#endif

extern "C" __attribute__((weak)) bool lwip_x_stm32_pins(void)
{
  const PinMap *map = PinMap_Ethernet;

  if (map == nullptr || map->pin == NC) {
    map = board_pins;
  }
  if (map == nullptr) {
    return false;
  }
  for (const PinMap *p = map; p->pin != NC; p++) {
    pinmap_pinout(p->pin, map);
  }
  return true;
}

extern "C" __attribute__((weak)) void lwip_x_stm32_setup(struct stm32_eth_config *)
{
}

/* The selection may change only while the MAC is in reset and without clocks. */
static void clocks_on()
{
  SELECT_CLOCK |= 1u << SELECT_CLOCK_BIT;
  (void)SELECT_CLOCK;
  RESET |= 1u << RESET_BIT;
  CLOCKS &= ~CLOCKS_BITS;
  SELECT = (SELECT & ~SELECT_MASK) | (LWIP_X_ARDUINO_STM32_MII ? 0u : SELECT_RMII);
  (void)SELECT;
  CLOCKS |= CLOCKS_BITS;
  (void)CLOCKS;
  RESET &= ~(1u << RESET_BIT);
}

static err_t mac_start(struct netif *nif)
{
  static struct stm32_eth_config config;
  err_t err;

  if (!lwip_x_stm32_pins()) {
    return ERR_IF;
  }
  config = {};
  config.hclk_hz = HAL_RCC_GetHCLKFreq();
  config.phy = STM32_ETH_PHY_FIND;
  if (nif->hwaddr_len == ETH_HWADDR_LEN) {
    memcpy(config.mac, nif->hwaddr, ETH_HWADDR_LEN);
  }
  lwip_x_stm32_setup(&config);
  clocks_on();
  nif->state = &config;
  err = stm32_eth_init(nif);
  if (err == ERR_OK) {
    NVIC_SetPriority(ETH_IRQn, IRQ_PRIORITY);
    NVIC_EnableIRQ(ETH_IRQn);
  }
  return err;
}

static void mac_poll(struct netif *nif)
{
  stm32_eth_poll(nif);
}

static void mac_stop(struct netif *nif)
{
  NVIC_DisableIRQ(ETH_IRQn);
  stm32_eth_deinit(nif);
}

LwIPDriver lwip_x_arduino_driver()
{
  return { mac_start, mac_poll, nullptr, mac_stop };
}

#endif
