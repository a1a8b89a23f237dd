/** The core's pin maps, in the core's words. */
#ifndef TEST_ARDUINO_PINMAP_H
#define TEST_ARDUINO_PINMAP_H

#define STM_MODE_AF_PP 2
#define GPIO_NOPULL 0
#define STM_PIN_DATA(mode, pull, af) ((mode) | (pull) << 4 | (af) << 8)
#define NP 0

typedef enum {
  PA_1 = 0x01,
  PA_2,
  PA_7 = 0x07,
  PB_13 = 0x1D,
  PC_1 = 0x21,
  PC_4 = 0x24,
  PC_5,
  PG_11 = 0x6B,
  PG_13 = 0x6D,
  NC = -1
} PinName;

typedef struct {
  PinName pin;
  void *peripheral;
  int function;
} PinMap;

void pinmap_pinout(PinName pin, const PinMap *map);

#endif
