/**
 * The options of a program that brings no lwipopts.h: one thread or none, IPv4 over Ethernet with everything a small
 * device needs.  About 24 KB of RAM.  lwip/opt.h includes it; programs never do.
 */
#ifndef LWIP_X_DEFAULTS_H
#define LWIP_X_DEFAULTS_H

#define NO_SYS 1
#define SYS_LIGHTWEIGHT_PROT 0
#define LWIP_NETCONN 0
#define LWIP_SOCKET 0

#define MEM_SIZE (8 * 1024)
#define LWIP_STATS 0
#define TCP_MSS 1460
#define TCP_SND_BUF (3 * TCP_MSS)
#define TCP_LISTEN_BACKLOG 1
#define TCP_DEFAULT_LISTEN_BACKLOG 4
#define MEMP_NUM_UDP_PCB 6
#define PBUF_POOL_SIZE 8

#define LWIP_RAW 1
#define LWIP_DHCP 1
#define LWIP_AUTOIP 1
#define LWIP_IGMP 1
#define LWIP_DNS 1
#define LWIP_NETIF_HOSTNAME 1
#define LWIP_NETIF_STATUS_CALLBACK 1
#define LWIP_NETIF_LINK_CALLBACK 1

/* A sketch has no use for the C library's printf() in assertions, which is a third of it: define this function to see them. */
#if defined(ARDUINO) && !defined(LWIP_PLATFORM_ASSERT)
#ifdef __cplusplus
extern "C" {
#endif
void lwip_x_assert_failed(const char *what);
#ifdef __cplusplus
}
#endif
#define LWIP_PLATFORM_ASSERT(what) lwip_x_assert_failed(what)
#endif

/* A sketch on an STM32 with Ethernet gets its driver, too, unless it names another one or says LWIP_X_STM32_ETH 0. */
#if defined(ARDUINO_ARCH_STM32) && !defined(LWIP_X_ARDUINO_DRIVER) && !defined(LWIP_X_STM32_ETH)
/* clang-format off */
#if defined(STM32F107xC) || defined(STM32F207xx) || defined(STM32F217xx) || \
    defined(STM32F407xx) || defined(STM32F417xx) || defined(STM32F427xx) || defined(STM32F437xx) || \
    defined(STM32F429xx) || defined(STM32F439xx) || defined(STM32F469xx) || defined(STM32F479xx) || \
    defined(STM32F745xx) || defined(STM32F746xx) || defined(STM32F750xx) || defined(STM32F756xx) || \
    defined(STM32F765xx) || defined(STM32F767xx) || defined(STM32F769xx) || defined(STM32F777xx) || \
    defined(STM32F779xx) || defined(STM32H723xx) || defined(STM32H725xx) || defined(STM32H730xx) || \
    defined(STM32H730xxQ) || defined(STM32H733xx) || defined(STM32H735xx) || defined(STM32H742xx) || \
    defined(STM32H743xx) || defined(STM32H745xx) || defined(STM32H747xx) || defined(STM32H750xx) || \
    defined(STM32H753xx) || defined(STM32H755xx) || defined(STM32H757xx) || defined(STM32H563xx) || \
    defined(STM32H573xx) || defined(STM32H7R3xx) || defined(STM32H7R7xx) || defined(STM32H7S3xx) || \
    defined(STM32H7S7xx)
/* clang-format on */
#define LWIP_X_STM32_ETH 1
#define LWIP_X_STM32_ETH_HANDLER 2
#define LWIP_X_STM32_ETH_CUBE 0
#define LWIP_SUPPORT_CUSTOM_PBUF 1
#define LWIP_CHECKSUM_CTRL_PER_NETIF 1
#endif
#endif

#endif
