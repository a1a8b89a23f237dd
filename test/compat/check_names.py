"""Every public name of lwIP 2.1.3 that names.tsv lists exists with its type, signature or value.

A row becomes a line of C under the row's guard; the compiler is the judge.  What we do otherwise on purpose is in
differences.tsv, with the reason.
"""
import csv
import os
import re
import tempfile
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor

import toolbox as t

SOCKETS = {k: 1 for k in (
    "SYS_LIGHTWEIGHT_PROT LWIP_NETCONN LWIP_SOCKET LWIP_NETIF_API LWIP_TCPIP_TIMEOUT LWIP_SO_SNDTIMEO LWIP_SO_RCVTIMEO LWIP_SO_RCVBUF "
    "LWIP_SO_LINGER LWIP_NETBUF_RECVINFO LWIP_TCPIP_CORE_LOCKING LWIP_NETCONN_SEM_PER_THREAD LWIP_NETCONN_FULLDUPLEX LWIP_COMPAT_SOCKETS").split()}
SOCKETS["NO_SYS"] = 0
# each row must be visible in at least one of these, or it is reported as never seen
SETS = {
    "full": {"LWIP_ACD": None},
    "dual": {"LWIP_IPV6": 1, "LWIP_IPV6_DHCP6": 1, "IPV6_FRAG_COPYHEADER": 1, "LWIP_DHCP6_GET_NTP_SRV": 1},
    "v6 only": {"LWIP_IPV4": 0, "LWIP_IPV6": 1, "LWIP_IPV6_SCOPES": 0, "LWIP_DHCP": 0, "LWIP_AUTOIP": 0,
                "LWIP_IGMP": 0, "LWIP_ARP": 0, "LWIP_ETHERNET": 1, "LWIP_DHCP_AUTOIP_COOP": 0},
    "snmp, debug": {"MIB2_STATS": 1, "LWIP_MIB2_CALLBACKS": 1, "LWIP_DEBUG": 1, "LWIP_TESTMODE": 1, "TCP_DEBUG": 0x80,
                    "PBUF_DEBUG": 0x80, "IP_DEBUG": 0x80, "UDP_DEBUG": 0x80, "LWIP_IPV6_SCOPES_DEBUG": 1,
                    "LWIP_IPV6": 1, "IP6_DEBUG": 0x80, "SYS_DEBUG": 0x80, "LWIP_DEBUG_TIMERNAMES": 1},
    "threads": {"NO_SYS": 0, "SYS_LIGHTWEIGHT_PROT": 1, "LWIP_X_CORE_GUARD": 0, "LWIP_NETIF_LOOPBACK_MULTITHREADING": 1},
    "sockets": dict(SOCKETS, LWIP_IPV6=1, TCPIP_THREAD_TEST=""),
    "sockets by other ways": dict(SOCKETS, LWIP_IPV6=0, LWIP_TCPIP_CORE_LOCKING=0, LWIP_NETCONN_SEM_PER_THREAD=0, LWIP_COMPAT_SOCKETS=2,
                                  LWIP_SO_SNDRCVTIMEO_NONSTANDARD=1, LWIP_MPU_COMPATIBLE=1, LWIP_SOCKET_EXTERNAL_HEADERS=0,
                                  LWIP_DNS_API_DECLARE_H_ERRNO=1, LWIP_TIMEVAL_PRIVATE=1, LWIP_CHECKSUM_ON_COPY=1),
    "little": {"LWIP_STATS": 0, "LWIP_ALTCP": 0, "LWIP_NETIF_EXT_STATUS_CALLBACK": 0, "LWIP_NETIF_HWADDRHINT": 0,
               "TCP_LISTEN_BACKLOG": 0, "LWIP_WND_SCALE": 0, "TCP_WND": 5840, "TCP_SND_BUF": 5840, "LWIP_RAW": 0,
               "LWIP_NOASSERT": 1, "LWIP_STATS_DISPLAY": 0, "LWIP_CHECKSUM_CTRL_PER_NETIF": 0, "MEMP_OVERFLOW_CHECK": 1,
               "LWIP_MULTICAST_TX_OPTIONS": 0, "LWIP_IGMP": 0, "LWIP_NETIF_LOOPBACK": 0, "LWIP_HAVE_LOOPIF": 0},
    "other": {"LWIP_EVENT_API": 1, "LWIP_CALLBACK_API": 0, "LWIP_ALTCP": 0, "LWIP_SINGLE_NETIF": 1, "IP_FORWARD": 0,
              "LWIP_HAVE_LOOPIF": 0, "MEM_LIBC_MALLOC": 1, "LWIP_NO_CTYPE_H": 1, "LWIP_PROVIDE_ERRNO": 1, "ETH_PAD_SIZE": 2,
              "LWIP_TIMERS": 0, "LWIP_CHECKSUM_ON_COPY": 1, "LWIP_NETIF_TX_SINGLE_PBUF": 1, "LWIP_DNS_SUPPORT_MDNS_QUERIES": 1,
              "TCP_OOSEQ_MAX_BYTES": 1000, "TCP_OOSEQ_MAX_PBUFS": 4, "SYS_LIGHTWEIGHT_PROT": 0, "IP_FRAG": 0,
              "LWIP_TCP_TIMESTAMPS": 0, "LWIP_DEBUG": 1},
    "web server": dict({k: 1 for k in (
        "LWIP_HTTPD_SSI LWIP_HTTPD_SSI_RAW LWIP_HTTPD_SSI_MULTIPART LWIP_HTTPD_CGI LWIP_HTTPD_CGI_SSI LWIP_HTTPD_SUPPORT_POST LWIP_HTTPD_POST_MANUAL_WND LWIP_HTTPD_FILE_STATE "
        "LWIP_HTTPD_CUSTOM_FILES LWIP_HTTPD_DYNAMIC_FILE_READ LWIP_HTTPD_FS_ASYNC_READ HTTPD_PRECALCULATED_CHECKSUM "
        "HTTPD_ENABLE_HTTPS").split()}, LWIP_ALTCP_TLS=1),
    "web files": {"LWIP_HTTPD_DYNAMIC_FILE_READ": 1, "LWIP_ARP": 0, "LWIP_ETHERNET": 0, "LWIP_MIB2_CALLBACKS": 1},
    "pools": {"MEM_USE_POOLS": 1, "MEMP_USE_CUSTOM_POOLS": 1, "LWIP_X_CORE_GUARD": 0, "SYS_LIGHTWEIGHT_PROT": 1,
              "LWIP_HOOK_VLAN_SET(n, p, s, d, t)": "-1", "ARP_TABLE_SIZE": 200, "LWIP_LOOPBACK_MAX_PBUFS": 4,
              "LWIP_HOOK_IP4_ROUTE_SRC(s, d)": "NULL", "LWIP_TCP_PCB_NUM_EXT_ARGS": 0},
    "by heap": {"MEMP_MEM_MALLOC": 1, "MEM_SIZE": 16000, "LWIP_IPV6": 1, "LWIP_IPV6_ADDRESS_LIFETIMES": 0,
                "LWIP_ND6_ALLOW_RA_UPDATES": 0, "LWIP_ICMP6": 0, "NO_SYS_NO_TIMERS": 1},
    "icmp6 only": {"LWIP_IPV6": 1, "LWIP_ICMP": 0, "LWIP_ERR_T": "int"},
}
POOLS = "LWIP_MALLOC_MEMPOOL_START\nLWIP_MALLOC_MEMPOOL(8, 256)\nLWIP_MALLOC_MEMPOOL(4, 1600)\nLWIP_MALLOC_MEMPOOL_END\n"
INTEGER = re.compile(r"^\(?-?(0[xX][0-9a-fA-F]+|\d+)[uUlL]*\)?$")
COMPILE = ["gcc", "-std=gnu99", "-fsyntax-only", "-w", "-Werror=incompatible-pointer-types", "-Werror=int-conversion",
           "-fmax-errors=0"]


def rows():
    with open(os.path.join(t.HERE, "names.tsv")) as f:
        table = list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [r for r in table if (r["header"], r["name"]) not in differences()]


# headers that programs reach through another one
THROUGH = {"lwip/priv/memp_priv.h": "lwip/memp.h"}
_differences = {}


def differences():
    if not _differences:
        with open(os.path.join(t.HERE, "differences.tsv")) as f:
            for r in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
                _differences[r["header"], r["name"]] = r["what"]
    return _differences


def c_type(text):
    """struct:pbuf * -> struct pbuf *; None: the table cannot say it in C."""
    text = re.sub(r"\b(struct|union|enum):", r"\1 ", text)
    return None if "(anon)" in text or not text or "[]" in text or ":1" in text else text


def declare(base, name):
    """A declaration of name with the type base, which may be an array or function pointer."""
    if "(*)" in base:
        return base.replace("(*)", "(*%s)" % name, 1)
    m = re.match(r"^(.*?)(\[.*\])$", base)
    return "%s %s%s" % (m.group(1), name, m.group(2)) if m else "%s %s" % (base, name)


def same_type(n, expression, wanted):
    return "typedef %s; extern int ok%d[__builtin_types_compatible_p(__typeof__(%s), want%d) ? 1 : -1];" % (
        declare(wanted, "want%d" % n), n, expression, n)


def constant(n, name, value):
    return "extern int ok%d[((%s) == (%s)) ? 1 : -1];" % (n, name, value)


def check_line(n, r):
    kind, name, value = r["kind"], r["name"], r["value_or_type"]
    if kind in ("option", "macro"):
        there = "#ifndef %s\n#error missing\n#endif" % name
        return there + ("\n" + constant(n, name, value) if kind == "macro" and INTEGER.match(value) else "")
    if kind in ("macro-func", "option-func"):  # an inline function will do
        return "#ifndef %s\ntypedef __typeof__(&%s) ok%d;\n#endif" % (name, name, n)
    if kind == "function":
        return "static %s = %s;" % (declare_function(c_type(value) or "void", "f%d" % n, r["signature"]), name)
    if kind in ("enumerator",):
        return constant(n, name, value) if INTEGER.match(value) else "enum { ok%d = %s };" % (n, name)
    if kind in ("struct", "union", "enum"):
        return "extern char ok%d[sizeof(%s %s)];" % (n, kind, name)
    if kind == "typedef":
        wanted = c_type(value)
        if wanted is None or value.startswith(("struct:", "enum:", "union:")):
            return "typedef %s ok%d;" % (name, n)
        return "extern %s; extern __typeof__(a%d) a%d; %s" % (declare(name, "a%d" % n), n, n, same_type(n, "a%d" % n, wanted))
    if kind == "field":
        struct, field = name.split(".", 1)
        e = "((%s *)0)->%s" % (OTHER.get(struct, "struct " + struct), field)
        wanted = c_type(value)
        return same_type(n, e, wanted) if wanted else "typedef __typeof__((%s), 0) ok%d;" % (e, n)
    if kind == "variable":
        wanted = c_type(value)
        return same_type(n, name, wanted) if wanted else "typedef __typeof__(%s) ok%d;" % (name, n)
    raise ValueError(kind)


# what is not a struct with a tag
OTHER = {"tcp_listen_pcbs_t": "union tcp_listen_pcbs_t", "netif_ext_callback_args_t": "netif_ext_callback_args_t", "tCGI": "tCGI"}


def declare_function(result, name, signature):
    if "(*)" in result:  # returns a function pointer: the table has none
        raise ValueError(result)
    return "%s (*%s)%s" % (result, name, signature)


def translation_unit(header, table):
    """The lines, and for each line of C the row it belongs to."""
    out, owner = ['#include "%s"' % THROUGH.get(header, header), "#include <stddef.h>"], {}
    for n, r in table:
        guard = r["guard"]
        block = ["#if " + guard] if guard else []
        block += ["extern int seen%d;" % n] + check_line(n, r).split("\n") + (["#endif"] if guard else [])
        for line in block:
            out.append(line)
            owner[len(out)] = n
    return "\n".join(out) + "\n", owner


def compile_header(job):
    """@return (job, exit code, what the compiler said, rows that are visible under these options)"""
    tmp, number, label, folder, header, table = job
    text, _ = translation_unit(header, table)
    c = t.write(os.path.join(tmp, "n%d" % number, "names.c"), text)
    rc, said = t.run(COMPILE + ["-I", folder, "-I", t.SRC, c])
    _, cpp = t.run(["gcc", "-std=gnu99", "-E", "-P", "-w", "-I", folder, "-I", t.SRC, c])
    return job, rc, said, {int(m) for m in re.findall(r"extern int seen(\d+);", cpp)}


def judge_header(score, job, rc, said, visible):
    _, _, label, _, header, table = job
    _, owner = translation_unit(header, table)
    wrong = defaultdict(list)
    for m in re.finditer(r"names\.c:(\d+):\d+: error: (.*)", said):
        wrong[owner.get(int(m.group(1)))].append(m.group(2))
    if (rc != 0 and not wrong) or None in wrong:
        score.case("%s (%s)" % (header, label), False, said)
        return
    for n, r in table:
        if n in visible:
            score.case("%s: %s %s (%s)" % (header, r["kind"], r["name"], label), n not in wrong, "\n".join(wrong.get(n, [])))


def check_defaults(score, tmp):
    """With an empty lwipopts.h the options have lwIP's defaults, except those in differences.tsv."""
    folder = t.options(os.path.join(tmp, "empty"), {})
    table = [(n, r) for n, r in enumerate(rows()) if r["header"] == "lwip/opt.h" and r["kind"] == "option"
             and not r["guard"] and r["value_or_type"]]
    text = '#include "lwip/opt.h"\n#include "lwip/def.h"\n#include "lwip/pbuf.h"\n'
    owner = {}
    for n, r in table:
        value = r["value_or_type"]
        if value.endswith("_t") or value.startswith('"'):
            continue
        text += constant(n, r["name"], value) + "\n"
        owner[text.count("\n")] = r["name"]
    c = t.write(os.path.join(tmp, "defaults.c"), text)
    rc, said = t.run(COMPILE + ["-I", folder, "-I", t.SRC, c])
    wrong = {owner[int(m.group(1))] for m in re.finditer(r"defaults\.c:(\d+):\d+: error", said) if int(m.group(1)) in owner}
    if rc != 0 and not wrong:
        score.case("defaults", False, said)
    for name in owner.values():
        score.case("default of %s" % name, name not in wrong)


def check_differences(score, tmp):
    """A difference that is none any more must leave the list: an absent name that is there again."""
    for (header, name), what in sorted(differences().items()):
        if what != "absent":
            continue
        struct, field = name.split(".", 1) if "." in name else (None, None)
        probe = ("void *p(struct %s *s); void *p(struct %s *s) { return (void *)&s->%s; }" % (struct, struct, field)
                 if struct else "#ifndef %s\ntypedef __typeof__(%s) t;\n#endif\n" % (name, name))
        c = t.write(os.path.join(tmp, "absent.c"), '#include "%s"\n%s\n' % (header, probe))
        folder = t.options(os.path.join(tmp, "absent"), {}, t.FULL)
        rc, said = t.run(COMPILE + ["-I", folder, "-I", t.SRC, c])
        score.case("%s: %s is listed as absent" % (header, name), rc != 0, "it is there: remove it from differences.tsv")


def main():
    score = t.Score("names")
    by_header = defaultdict(list)
    for n, r in enumerate(rows()):
        by_header[r["header"]].append((n, r))
    seen = set()
    with tempfile.TemporaryDirectory() as tmp:
        jobs = []
        for label, defines in SETS.items():
            folder = t.options(os.path.join(tmp, label.replace(" ", "_")), defines, t.FULL)
            t.write(os.path.join(folder, "lwippools.h"), POOLS)
            jobs += [(tmp, len(jobs) + n, label, folder, h, table) for n, (h, table) in enumerate(by_header.items())]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for job, rc, said, visible in pool.map(compile_header, jobs):
                seen |= visible
                judge_header(score, job, rc, said, visible)
        check_defaults(score, tmp)
        check_differences(score, tmp)
    unseen = [r for n, r in enumerate(rows()) if n not in seen]
    for r in unseen:
        print("  never visible: %s %s under %s" % (r["header"], r["name"], r["guard"]))
    print("  %d of %d names seen" % (len(seen), len(rows())))
    return score.end()


if __name__ == "__main__":
    raise SystemExit(main()[1] != 0)
