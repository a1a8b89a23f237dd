/* Configuration b with every part of TCP that is an option, but for pacing, buffers that size themselves and large sends. */
#include "../b/lwipopts.h"
#define LWIP_WND_SCALE 1
#define TCP_RCV_SCALE 0
#define LWIP_TCP_SACK_OUT 1
#define LWIP_TCP_TIMESTAMPS 1
#define LWIP_TCP_KEEPALIVE 1
#define LWIP_X_TCP_SACK 1
#define LWIP_X_TCP_RACK 1
#define LWIP_X_TCP_PRR 1
#define LWIP_X_TCP_UNDO 1
#define LWIP_X_TCP_DSACK 1
#define LWIP_X_TCP_CUBIC 1
#define LWIP_X_TCP_HYSTART 1
#define LWIP_X_TCP_USER_TIMEOUT 1
#define LWIP_X_TCP_REPORTS 1
#define LWIP_X_TCP_PLPMTUD 1
#define LWIP_X_TCP_INFO 1
#define LWIP_X_TCP_ECN 1
#define LWIP_X_TCP_FASTOPEN 1
#define LWIP_X_TCP_SYN_COOKIES 1
