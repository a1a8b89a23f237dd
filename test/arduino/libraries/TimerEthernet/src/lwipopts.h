/* The option values that users of STM32Ethernet run with, but for the checksums, which the emulated MAC does not do, and room
   for a whole frame with its CRC in one buffer, which its driver wants. */
#define NO_SYS 1
#define SYS_LIGHTWEIGHT_PROT 0
#define MEM_ALIGNMENT 4
#define MEM_SIZE (10 * 1024)
#define MEMP_NUM_PBUF 10
#define MEMP_NUM_UDP_PCB 6
#define MEMP_NUM_TCP_PCB 10
#define MEMP_NUM_TCP_PCB_LISTEN 6
#define MEMP_NUM_TCP_SEG 8
#define MEMP_NUM_SYS_TIMEOUT 10
#define PBUF_POOL_SIZE 8
#undef PBUF_POOL_BUFSIZE
#define PBUF_POOL_BUFSIZE 1536
#define LWIP_TCP 1
#define TCP_TTL 255
#define TCP_QUEUE_OOSEQ 0
#define TCP_MSS 1460
#define TCP_SND_BUF (4 * TCP_MSS)
#define TCP_SND_QUEUELEN (2 * TCP_SND_BUF / TCP_MSS)
#define TCP_WND (4 * TCP_MSS)
#define LWIP_TCP_KEEPALIVE 1
#define LWIP_RANDOMIZE_INITIAL_LOCAL_PORTS 1
#define LWIP_ICMP 1
#define LWIP_RAW 1
#define DEFAULT_RAW_RECVMBOX_SIZE 3
#define LWIP_DHCP 1
#define LWIP_UDP 1
#define UDP_TTL 255
#define LWIP_DNS 1
#define LWIP_NETIF_HOSTNAME 1
#define LWIP_NETIF_STATUS_CALLBACK 1
#define LWIP_NETIF_LINK_CALLBACK 1
#define LWIP_STATS 0
#define LWIP_NETCONN 0
#define LWIP_SOCKET 0
