/**
 * The smallest program that answers: UDP over Ethernet with a static address, nothing else.
 * Proves that whatever is off costs nothing and that every file compiles to nothing.
 */
#ifndef TEST_CONFIG_SMALL_LWIPOPTS_H
#define TEST_CONFIG_SMALL_LWIPOPTS_H

#include "../test_port.h"

#define LWIP_PLATFORM_DIAG(x) \
  do {                        \
    test_diag x;              \
  } while (0)
#define LWIP_PLATFORM_ASSERT(x) test_assert_failed(x, __FILE__, __LINE__)
#ifndef LWIP_RAND
#define LWIP_RAND() test_rand()
#endif

#define NO_SYS 1
#define SYS_LIGHTWEIGHT_PROT 0
#define LWIP_NETCONN 0
#define LWIP_SOCKET 0
#define LWIP_STATS 0
#define LWIP_NOASSERT

#ifndef MEM_ALIGNMENT
#define MEM_ALIGNMENT 8
#endif
#define MEM_SIZE 2048
#define MEMP_NUM_PBUF 4
#define MEMP_NUM_UDP_PCB 2
#define MEMP_NUM_SYS_TIMEOUT 4
#define PBUF_POOL_SIZE 3

#define LWIP_TCP 0
#define LWIP_RAW 0
#define LWIP_DHCP 0
#define LWIP_DNS 0
#define LWIP_ICMP 0
#define LWIP_IGMP 0
#define IP_REASSEMBLY 0
#define IP_FRAG 0
#define IP_FORWARD 0
#define IP_OPTIONS_ALLOWED 0
#define ARP_TABLE_SIZE 4

#endif
