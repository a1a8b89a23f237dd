// What runs after reset_handler(): constructors, then the sketch.
#include "Arduino.h"
extern "C" {
#include "board.h"
}

extern "C" {
extern void (*__init_array_start[])(void);
extern void (*__init_array_end[])(void);
}

int main(void)
{
  board_init();
  for (void (**construct)(void) = __init_array_start; construct != __init_array_end; construct++) {
    (*construct)();
  }
  irq_enable_all();
  setup();
  for (;;) {
    loop();
  }
}
