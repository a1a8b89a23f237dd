#include "port.h"

struct port_counters port_counters;
