"""docs/PORTING.md: each piece of C in it compiles as it stands there.

A piece is a file of its own, or goes where its wrapper says.  A piece nobody knows here is a failure.
"""
import os
import re

import toolbox as t

OUT = os.path.join(t.ROOT, "build", "porting")
HOST = ["gcc", "-std=gnu99"] + t.WARNINGS + ["-fsyntax-only"]
# The main loops: what stands around them.
LOOP = """#include "lwip/timeouts.h"
extern struct netif nif;
void driver_poll(struct netif *nif);
void sleep_until_interrupt_or(u32_t ms);
void run(void);
void run(void)
{
%s}
"""
STM32 = """#include "lwip/dhcp.h"
#include "lwip/timeouts.h"
#include "netif/ethernet.h"
#include "netif/stm32_eth.h"
void board_ethernet_pins_and_clocks(void);
void __disable_irq(void);
void __enable_irq(void);
void __WFI(void);
static struct netif nif;
int main(void)
{
%s}
"""
STM32_OPTIONS = {"LWIP_X_STM32_ETH": 1, "LWIP_X_STM32_ETH_FAMILY": "STM32_ETH_H7", "LWIP_SUPPORT_CUSTOM_PBUF": 1,
                 "LWIP_CHECKSUM_CTRL_PER_NETIF": 1}


def pieces():
    with open(os.path.join(t.ROOT, "docs", "PORTING.md")) as f:
        return re.findall(r"^```c\n(.*?)^```$", f.read(), re.M | re.S)


def compile_c(name, text, flags):
    # a public function of a template has its prototype in the program's header
    path = t.write(os.path.join(OUT, name, name + ".c"), text)
    return t.run(HOST + ["-Wno-missing-prototypes", "-I", t.SRC] + flags + [path])


def defines(options):
    return ["-D%s=%s" % kv for kv in options.items()]


def driver(text):
    return compile_c("driver", text, [])


def loop(text):
    return compile_c("loop", LOOP % text, [])


def stm32(text):
    return compile_c("stm32", STM32 % text, defines(STM32_OPTIONS))


def placed(text):
    """Options for the driver's files, which have addresses of 32 bits in them."""
    if not t.have(t.CROSS[0]):
        return 0, "no " + t.CROSS[0]
    folder = t.options(os.path.join(OUT, "placed"), STM32_OPTIONS)
    t.write(os.path.join(folder, "lwipopts.h"), '#include "lwip/x_defaults.h"\n' + open(os.path.join(folder, "lwipopts.h")).read() + text)
    sources = [s for s in t.sources() if "/port/stm32/" in s]
    return t.run(t.CROSS + HOST[1:] + ["-I", folder, "-I", t.SRC] + sources)


def vlan(text):
    """The hooks' header, and the link layer with it."""
    folder = os.path.join(OUT, "vlan")
    t.write(os.path.join(folder, "hooks.h"), text)
    flags = ["-I", folder, "-I", t.SRC] + defines({"ETHARP_SUPPORT_VLAN": 1, "LWIP_HOOK_FILENAME": '"hooks.h"'})
    return t.run(HOST + flags + [s for s in t.sources() if "/stack/link/" in s])


def freertos(text):
    folder = os.path.dirname(t.write(os.path.join(OUT, "freertos", "lwipopts.h"),
                                     "unsigned my_hardware_random(void);\n" + text))
    sources = [s for s in t.sources() if "/api/" in s or "/stack/port/sys_" in s or "/base/" in s]
    rtos = os.path.join(t.ROOT, "test", "rtos")
    return t.run(HOST + ["-I", folder, "-I", t.SRC, "-I", rtos, "-I", os.path.join(rtos, "freertos")] + sources)


def sys_arch(text):
    folder = os.path.join(OUT, "sys_arch")
    t.write(os.path.join(folder, "arch", "sys_arch.h"), "#ifndef SYS_ARCH_H\n#define SYS_ARCH_H\n%s#endif\n" % text)
    t.write(os.path.join(folder, "lwipopts.h"), "#define NO_SYS 0\n#define LWIP_NETCONN 1\n#define LWIP_SOCKET 1\n"
            "#define LWIP_NETCONN_SEM_PER_THREAD 1\n#define LWIP_X_CORE_GUARD 1\n#define TCPIP_MBOX_SIZE 8\n"
            "#define DEFAULT_TCP_RECVMBOX_SIZE 8\n#define DEFAULT_UDP_RECVMBOX_SIZE 8\n#define DEFAULT_RAW_RECVMBOX_SIZE 8\n"
            "#define DEFAULT_ACCEPTMBOX_SIZE 8\n")
    return t.run(HOST + ["-I", folder, "-I", t.SRC] + [s for s in t.sources() if "/api/" in s or "/base/" in s])


KNOWN = [("the driver", "driver_init", driver), ("the main loop", "sleep_until_interrupt_or", loop),
         ("options for FreeRTOS", "LWIP_X_PORT_FREERTOS 1", freertos), ("sys_arch.h", "typedef struct my_sem", sys_arch),
         ("STM32's main()", "static struct stm32_eth_config board", stm32),
         ("STM32's memory", "LWIP_X_STM32_ETH_DESC_ATTR", placed), ("the hooks for VLANs", "LWIP_HOOK_VLAN_SET", vlan)]


def main():
    score = t.Score("porting")
    found = pieces()
    score.case("every piece is known here", len(found) == len(KNOWN), "%d pieces" % len(found))
    for name, mark, check in KNOWN:
        mine = [p for p in found if mark in p]
        if score.case("%s is in docs/PORTING.md once" % name, len(mine) == 1):
            rc, said = check(mine[0])
            score.case("%s compiles" % name, rc == 0, said)
    return score.end()
