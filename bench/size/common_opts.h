/* pool sizes: those of STM32duino's lwipopts_default.h, so that the RAM figures compare */
#define LWIP_NOASSERT
#define MEM_ALIGNMENT 4
#define MEM_SIZE (10 * 1024)
#define MEMP_NUM_PBUF 10
#define MEMP_NUM_UDP_PCB 6
#define MEMP_NUM_TCP_PCB 10
#define MEMP_NUM_TCP_PCB_LISTEN 6
#define MEMP_NUM_TCP_SEG 8
#define PBUF_POOL_SIZE 8
#define PBUF_POOL_BUFSIZE 1524
#define TCP_MSS 1460
#define TCP_SND_BUF (4 * TCP_MSS)
#define TCP_SND_QUEUELEN (2 * TCP_SND_BUF / TCP_MSS)
#define TCP_WND (4 * TCP_MSS)
#ifndef SIZE_STATS
#define SIZE_STATS 0
#endif
#define LWIP_STATS SIZE_STATS
#define LWIP_PLATFORM_DIAG(x)
