#ifndef TEST_ARDUINO_PERIPHERALPINS_H
#define TEST_ARDUINO_PERIPHERALPINS_H

#include "pinmap.h"

extern const PinMap PinMap_Ethernet[];

#endif
