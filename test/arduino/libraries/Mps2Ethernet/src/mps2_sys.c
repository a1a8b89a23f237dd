/* The board's clock and entropy, unless the sketch brings its own. */
#pragma weak sys_now
#pragma weak lwip_x_entropy
#include "qemu_sys.inc"
