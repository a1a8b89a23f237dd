"""Option sets: what programs really set compiles without a warning, what cannot work stops with the right sentence.

test/options/run switches features of the full set on and off; here are whole programs' sets.  A new set or a new refusal is
a new line.
"""
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor

import toolbox as t

BARE = {"NO_SYS": 1, "SYS_LIGHTWEIGHT_PROT": 0, "LWIP_NETCONN": 0, "LWIP_SOCKET": 0}
# what STM32duino's STM32Ethernet brings
ARDUINO = dict(BARE, MEM_ALIGNMENT=4, MEM_SIZE="(10 * 1024)", MEMP_NUM_PBUF=10, MEMP_NUM_UDP_PCB=6, MEMP_NUM_TCP_PCB=10,
               MEMP_NUM_TCP_PCB_LISTEN=6, MEMP_NUM_TCP_SEG=8, MEMP_NUM_SYS_TIMEOUT=10, PBUF_POOL_SIZE=8, PBUF_POOL_BUFSIZE=1524,
               TCP_TTL=255, UDP_TTL=255, TCP_QUEUE_OOSEQ=0, TCP_MSS="(1500 - 40)", TCP_SND_BUF="(4 * TCP_MSS)",
               TCP_SND_QUEUELEN="(2 * TCP_SND_BUF / TCP_MSS)", TCP_WND="(4 * TCP_MSS)", LWIP_TCP_KEEPALIVE=1, LWIP_RAW=1,
               LWIP_DHCP=1, LWIP_DNS=1, LWIP_NETIF_HOSTNAME=1, LWIP_NETIF_STATUS_CALLBACK=1, LWIP_NETIF_LINK_CALLBACK=1,
               LWIP_STATS=0, CHECKSUM_GEN_IP=0, CHECKSUM_GEN_UDP=0, CHECKSUM_GEN_TCP=0, CHECKSUM_GEN_ICMP=0,
               CHECKSUM_CHECK_IP=0, CHECKSUM_CHECK_UDP=0, CHECKSUM_CHECK_TCP=0)
UDP_ONLY = dict(BARE, LWIP_TCP=0, LWIP_UDP=1, LWIP_STATS=0)
TCP_ONLY = dict(BARE, LWIP_TCP=1, LWIP_UDP=0, LWIP_STATS=0, TCP_MSS=1460)
V6_ONLY = {"LWIP_IPV4": 0, "LWIP_IPV6": 1, "LWIP_DHCP_AUTOIP_COOP": 0, "LWIP_ARP": 0, "LWIP_ETHERNET": 1, "LWIP_ACD": 0,
           "LWIP_DHCP_BOOTP_FILE": 0, "LWIP_DHCP_GET_NTP_SRV": 0}
THREADS = {"NO_SYS": 0, "SYS_LIGHTWEIGHT_PROT": 1, "LWIP_X_CORE_GUARD": 0}

# name, on the full set of test/config?, definitions, compilers
SETS = [
    ("no lwipopts.h at all",     False, None, "m4"),
    ("Arduino",                  False, ARDUINO, "host m4"),
    ("UDP only",                 False, UDP_ONLY, "m4"),
    ("UDP only, no checksums",   False, dict(UDP_ONLY, CHECKSUM_GEN_UDP=0, CHECKSUM_CHECK_UDP=0, CHECKSUM_GEN_IP=0,
                                             CHECKSUM_CHECK_IP=0, CHECKSUM_GEN_ICMP=0, CHECKSUM_CHECK_ICMP=0), "host"),
    ("UDP with DHCP",            False, dict(UDP_ONLY, LWIP_DHCP=1), "m4"),
    ("UDP, no ARP",              False, dict(UDP_ONLY, LWIP_ARP=0, LWIP_ETHERNET=0), "host"),
    ("TCP only",                 False, TCP_ONLY, "m4"),
    ("TCP only, single netif",   False, dict(TCP_ONLY, LWIP_SINGLE_NETIF=1), "host"),
    ("TCP only, events",         False, dict(TCP_ONLY, LWIP_EVENT_API=1, LWIP_CALLBACK_API=0), "host"),
    ("raw only",                 False, dict(BARE, LWIP_TCP=0, LWIP_UDP=0, LWIP_RAW=1, LWIP_ICMP=0), "host"),
    ("nothing but IP",           False, dict(BARE, LWIP_TCP=0, LWIP_UDP=0, LWIP_RAW=0, LWIP_ICMP=0, LWIP_ARP=0, LWIP_ETHERNET=0,
                                             IP_REASSEMBLY=0, IP_FRAG=0), "m4"),
    ("heap is pools",            True, {"MEM_USE_POOLS": 1, "MEMP_USE_CUSTOM_POOLS": 1, "MEM_USE_POOLS_TRY_BIGGER_POOL": 1}, "host"),
    ("frees from interrupts",    True, {"LWIP_ALLOW_MEM_FREE_FROM_OTHER_CONTEXT": 1, "SYS_LIGHTWEIGHT_PROT": 1}, "m4"),
    ("pad of 2",                 False, dict(ARDUINO, ETH_PAD_SIZE=2), "m4"),
    ("own cookies in pbufs",     True, {"LWIP_PBUF_CUSTOM_DATA": "unsigned stamp;", "LWIP_PBUF_REF_T": "u16_t"}, "host"),
    ("SNMP counters",            True, {"MIB2_STATS": 1, "LWIP_MIB2_CALLBACKS": 1}, "host"),
    ("hooks",                    True, {
        "LWIP_HOOK_FILENAME": '"my_hooks.h"',
        "LWIP_HOOK_IP4_INPUT(p, n)": "my_input(p, n)", "LWIP_HOOK_IP4_ROUTE_SRC(s, d)": "my_route(s, d)",
        "LWIP_HOOK_IP4_CANFORWARD(p, d)": "my_forward(p, d)", "LWIP_HOOK_ETHARP_GET_GW(n, d)": "my_gw(n, d)",
        "LWIP_HOOK_UNKNOWN_ETH_PROTOCOL(p, n)": "my_eth(p, n)", "LWIP_HOOK_TCP_ISN(a, b, c, d)": "my_isn(a, b, c, d)",
        "LWIP_HOOK_VLAN_SET(n, p, s, d, t)": "my_vlan(n, p, s, d, t)", "LWIP_HOOK_VLAN_CHECK(n, e, v)": "my_check(n, e, v)",
        "ETHARP_SUPPORT_VLAN": 1, "LWIP_HOOK_MEMP_AVAILABLE(m)": "my_memory(m)",
        "LWIP_HOOK_TCP_INPACKET_PCB(p, h, l, a, b, q)": "my_segment(p, h, l, a, b, q)",
        "LWIP_HOOK_TCP_OUT_TCPOPT_LENGTH(p, l)": "my_length(p, l)",
        "LWIP_HOOK_TCP_OUT_ADD_TCPOPTS(p, h, c, o)": "my_options(p, h, c, o)",
        "LWIP_HOOK_DHCP_APPEND_OPTIONS(n, d, s, m, t, l)": "my_append(n, d, s, m, t, l)",
        "LWIP_HOOK_DHCP_PARSE_OPTION(n, d, s, m, t, o, l, p, f)": "my_parse(n, d, s, m, t, o, l, p, f)"}, "host"),
]

HOOKS = """#include "lwip/netif.h"
#include "lwip/memp.h"
struct tcp_hdr; struct tcp_pcb; struct eth_hdr; struct eth_vlan_hdr; struct eth_addr; struct dhcp; struct dhcp_msg;
int my_input(struct pbuf *p, struct netif *n);
struct netif *my_route(const ip4_addr_t *s, const ip4_addr_t *d);
int my_forward(struct pbuf *p, u32_t d);
const ip4_addr_t *my_gw(struct netif *n, const ip4_addr_t *d);
err_t my_eth(struct pbuf *p, struct netif *n);
u32_t my_isn(const ip_addr_t *a, u16_t b, const ip_addr_t *c, u16_t d);
s32_t my_vlan(struct netif *n, struct pbuf *p, const struct eth_addr *s, const struct eth_addr *d, u16_t t);
int my_check(struct netif *n, struct eth_hdr *e, struct eth_vlan_hdr *v);
void my_memory(memp_t m);
err_t my_segment(struct tcp_pcb *p, struct tcp_hdr *h, u16_t l, u16_t a, u8_t *b, struct pbuf *q);
u8_t my_length(const struct tcp_pcb *p, u8_t l);
u32_t *my_options(struct pbuf *p, struct tcp_hdr *h, const struct tcp_pcb *c, u32_t *o);
void my_append(struct netif *n, struct dhcp *d, u8_t s, struct dhcp_msg *m, u8_t t, u16_t *l);
void my_parse(struct netif *n, struct dhcp *d, u8_t s, struct dhcp_msg *m, u8_t t, u8_t o, u8_t l, struct pbuf *p, u16_t f);
"""
POOLS = "LWIP_MALLOC_MEMPOOL_START\nLWIP_MALLOC_MEMPOOL(20, 256)\nLWIP_MALLOC_MEMPOOL(10, 1600)\nLWIP_MALLOC_MEMPOOL_END\n"

# definitions on the full set, and what the compiler must say
REFUSED = [
    ({"LWIP_IPV4": 0, "LWIP_IPV6": 0},                        "set LWIP_IPV4 or LWIP_IPV6 to 1"),
    ({"MEM_ALIGNMENT": 3},                                    "MEM_ALIGNMENT is not a power of two"),
    ({"MEM_LIBC_MALLOC": 1, "MEM_USE_POOLS": 1},              "set one of them to 0"),
    ({"MEM_USE_POOLS": 1},                                    "set MEMP_USE_CUSTOM_POOLS to 1"),
    ({"LWIP_NETCONN": 1},                                     "LWIP_NETCONN needs threads"),
    ({"LWIP_SOCKET": 1},                                      "LWIP_SOCKET is built on LWIP_NETCONN"),
    ({"LWIP_NETIF_API": 1},                                   "LWIP_NETIF_API needs threads"),
    ({"LWIP_TCPIP_TIMEOUT": 1},                               "LWIP_TCPIP_TIMEOUT needs the stack's thread"),
    ({"LWIP_X_CORE_AUTOLOCK": 1},                             "LWIP_X_CORE_AUTOLOCK takes the core lock"),
    ({"LWIP_X_PORT_FREERTOS": 1},                             "set NO_SYS to 0"),
    ({"NO_SYS": 0, "LWIP_X_PORT_FREERTOS": 1, "LWIP_X_PORT_CMSIS_RTOS2": 1}, "are two ports"),
    ({"NO_SYS": 0},                                           "set SYS_LIGHTWEIGHT_PROT to 1"),
    (dict(THREADS, LWIP_NETCONN=1, LWIP_ALTCP=0, LWIP_CALLBACK_API=0, LWIP_EVENT_API=1), "told of events by callbacks"),
    (dict(THREADS, LWIP_NETCONN=1, MEMP_NUM_NETCONN=0),       "set MEMP_NUM_NETCONN"),
    (dict(THREADS, MEMP_NUM_TCPIP_MSG_API=0),                 "set MEMP_NUM_TCPIP_MSG_API"),
    (dict(THREADS, MEMP_NUM_TCPIP_MSG_INPKT=0),               "set MEMP_NUM_TCPIP_MSG_INPKT"),
    (dict(THREADS, LWIP_X_TCPIP_BATCH=0),                     "LWIP_X_TCPIP_BATCH must be"),
    ({"LWIP_ETHERNET": 0},                                    "LWIP_ARP needs Ethernet frames"),
    ({"LWIP_SINGLE_NETIF": 1},                                "LWIP_HAVE_LOOPIF is a second interface"),
    ({"LWIP_SINGLE_NETIF": 1, "LWIP_HAVE_LOOPIF": 0},         "IP_FORWARD needs two interfaces"),
    ({"LWIP_NETIF_LOOPBACK": 0},                              "LWIP_HAVE_LOOPIF needs the queue"),
    ({"IP_REASS_MAX_PBUFS": 4},                               "raise IP_REASS_MAX_PBUFS"),
    ({"MEMP_NUM_IGMP_GROUP": 1},                              "MEMP_NUM_IGMP_GROUP must be at least 2"),
    ({"LWIP_MULTICAST_TX_OPTIONS": 0},                        "set LWIP_MULTICAST_TX_OPTIONS to 1"),
    ({"MEMP_NUM_UDP_PCB": 0},                                 "LWIP_UDP without pcbs"),
    ({"MEMP_NUM_TCP_PCB": 0},                                 "LWIP_TCP without pcbs"),
    ({"MEMP_NUM_RAW_PCB": 0},                                 "LWIP_RAW without pcbs"),
    ({"LWIP_UDP": 0, "LWIP_UDPLITE": 0},                      "LWIP_DHCP runs over UDP"),
    ({"LWIP_UDP": 0},                                         "LWIP_UDPLITE is part of UDP"),
    ({"LWIP_UDP": 0},                                         "LWIP_DNS runs over UDP"),
    ({"LWIP_ARP": 0},                                         "LWIP_AUTOIP probes by ARP"),
    ({"LWIP_AUTOIP": 0},                                      "LWIP_DHCP_AUTOIP_COOP needs"),
    ({"DNS_TABLE_SIZE": 0},                                   "DNS_TABLE_SIZE must be"),
    ({"DNS_LOCAL_HOSTLIST_IS_DYNAMIC": 0},                    "DNS_LOCAL_HOSTLIST is empty"),
    ({"LWIP_EVENT_API": 1, "LWIP_CALLBACK_API": 0},           "LWIP_ALTCP is built on callbacks"),
    ({"LWIP_CALLBACK_API": 0, "LWIP_EVENT_API": 0},           "exactly one of"),
    ({"LWIP_ALTCP": 0, "LWIP_ALTCP_TLS": 1},                  "LWIP_ALTCP_TLS is a layer of altcp"),
    ({"TCP_MSS": 20},                                         "TCP_MSS must be"),
    ({"LWIP_WND_SCALE": 0},                                   "TCP_WND over 65535 needs window scaling"),
    ({"TCP_RCV_SCALE": 15},                                   "TCP_RCV_SCALE must be"),
    ({"TCP_RCV_SCALE": 0},                                    "raise TCP_RCV_SCALE"),
    ({"TCP_WND": 1000},                                       "TCP_WND below TCP_MSS"),
    ({"TCP_SND_BUF": 1460},                                   "TCP_SND_BUF below 2 * TCP_MSS"),
    ({"TCP_SNDLOWAT": "TCP_SND_BUF"},                         "TCP_SNDLOWAT must be below"),
    ({"TCP_QUEUE_OOSEQ": 0},                                  "LWIP_TCP_SACK_OUT reports what"),
    ({"LWIP_DHCP_MAX_NTP_SERVERS": 0},                        "LWIP_DHCP_GET_NTP_SRV has nowhere"),
    ({"TCP_DEFAULT_LISTEN_BACKLOG": 256},                     "TCP_DEFAULT_LISTEN_BACKLOG must be"),
    ({"LWIP_IPV6": 1, "LWIP_ICMP6": 0},                       "LWIP_IPV6 does not work without ICMPv6"),
]


# what is there without threads
SOURCES = [f for f in t.sources() if os.path.basename(os.path.dirname(f)) not in ("api", "port")]


def compile_set(job):
    name, full, defines, cpu, tmp = job
    folder = os.path.join(tmp, "".join(c if c.isalnum() else "_" for c in name))
    os.makedirs(folder, exist_ok=True)
    if defines is not None:
        t.options(folder, defines if full else dict({"LWIP_RAND()": "4u"}, **defines), t.FULL if full else None)
    t.write(os.path.join(folder, "my_hooks.h"), HOOKS)
    t.write(os.path.join(folder, "lwippools.h"), POOLS)
    cc = t.CROSS if cpu == "m4" else ["gcc"]
    extra = ["-DLWIP_RAND()=4u"] if defines is None else []
    rc, said = t.run(cc + ["-std=gnu99", "-fsyntax-only"] + t.WARNINGS + extra + ["-I", folder, "-I", t.SRC] + SOURCES)
    return "%s (%s)" % (name, cpu), rc, "\n".join(line for line in said.splitlines() if "error" in line)


def accepted(score, tmp):
    jobs = []
    for name, full, defines, cpus in SETS:
        for cpu in cpus.split():
            if cpu == "host" or t.have(t.CROSS[0]):
                jobs.append((name, full, defines, cpu, tmp))
            else:
                score.skip(name, "no %s" % t.CROSS[0])
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for name, rc, said in pool.map(compile_set, jobs):
            score.case(name, rc == 0, said)


def refused(score, tmp):
    checks = os.path.join(t.SRC, "stack", "base", "option_checks.c")
    for n, (defines, sentence) in enumerate(REFUSED):
        folder = t.options(os.path.join(tmp, "refused%d" % n), defines, t.FULL)
        rc, said = t.run(["gcc", "-std=gnu99", "-fsyntax-only", "-I", folder, "-I", t.SRC, checks])
        ok = rc != 0 and any(sentence in line and "#error" in line for line in said.splitlines())
        score.case("refused: %s" % defines, ok, "expected: %s\n%s" % (sentence, said))


def main():
    score = t.Score("options")
    with tempfile.TemporaryDirectory() as tmp:
        refused(score, tmp)
        accepted(score, tmp)
    return score.end()


if __name__ == "__main__":
    raise SystemExit(main()[1] != 0)
