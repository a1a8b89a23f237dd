#!/usr/bin/env python3
"""Write the first corpora of fuzz_nd6, fuzz_mld6 and fuzz_dhcp6: one file a case, named after it."""
import os
import struct

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "corpus")
PEER, US, ALL, GROUP, NONE, FAR, US_G, ROUTER = range(8)
LL = bytes.fromhex("fe80000000000000000000fffe0000")
ADDR = [LL + b"\x02", LL + b"\x01", bytes.fromhex("ff020000000000000000000000000001"), bytes.fromhex("ff0200000000000000000001ff000001"),
        bytes(16), bytes.fromhex("20010db8000100000000000000000002"), bytes.fromhex("20010db800010000000000fffe000001"), LL + b"\xaa"]
PREFIX = bytes.fromhex("20010db8000100000000000000000000")


def write(target, name, octets):
    os.makedirs(os.path.join(HERE, target), exist_ok=True)
    with open(os.path.join(HERE, target, name), "wb") as f:
        f.write(octets)


def nd(src, dst, message, flags=8):
    message += bytes(len(message) % 2)
    return bytes([flags, src | dst << 3, len(message) // 2]) + message


def icmp(kind, rest, options=b""):
    return bytes([kind, 0, 0, 0]) + rest + options


def ll(kind, last):
    return bytes([kind, 1, 2, 0, 0, 0, 0, last])


def ra(life=1800, flags=0, options=b""):
    return icmp(134, struct.pack(">BBHII", 64, flags, life, 0, 0), ll(1, 0xaa) + options)


pio = bytes([3, 4, 64, 0xc0]) + struct.pack(">III", 86400, 14400, 0) + PREFIX
short = bytes([3, 4, 64, 0xc0]) + struct.pack(">III", 100, 10, 0) + PREFIX
rdnss = bytes([25, 3, 0, 0]) + struct.pack(">I", 600) + ADDR[FAR]
route = bytes([24, 3, 48, 0]) + struct.pack(">I", 600) + PREFIX
mtu = bytes([5, 1, 0, 0]) + struct.pack(">I", 1400)
ns = icmp(135, bytes(4) + ADDR[US], ll(1, 2))
na = icmp(136, bytes([0x60, 0, 0, 0]) + ADDR[PEER], ll(2, 2))
redirect = icmp(137, bytes(4) + ADDR[PEER] + ADDR[FAR], ll(2, 2))
router = nd(ROUTER, ALL, ra(options=pio + rdnss + mtu))
for name, octets in [
    ("router", router), ("solicited", nd(PEER, GROUP, ns)), ("probe", nd(NONE, GROUP, ns[:24])),
    ("resolved", nd(PEER, US, ns, 0x88) + nd(PEER, US, na, 0x90)), ("unreachable", nd(PEER, US, na, 0x80) + nd(PEER, US, na, 0x90) * 3),
    ("redirect", router + nd(ROUTER, US, redirect, 0x88) + nd(ROUTER, US, redirect, 0x88)),
    ("routes", nd(ROUTER, ALL, ra(0, 0, route)) + nd(ROUTER, ALL, ra(0, 0x10, route), 0x20)),
    ("lifetimes", nd(ROUTER, ALL, ra(60, 0, short)) + nd(ROUTER, ALL, ra(0, 0, short), 0x20)),
    ("length_0", nd(ROUTER, ALL, ra() + bytes(8))), ("fragment", nd(PEER, US, bytes([58] + [0] * 7) + ns, 2)),
    ("resigns", router + nd(ROUTER, US, icmp(136, bytes([0x40, 0, 0, 0]) + ADDR[ROUTER], ll(2, 0xaa)), 0x88)),
]:
    write("nd6", name, octets)


def mld(flags, message):
    return bytes([flags, len(message)]) + message


def query(n, delay, group=bytes(16)):
    return (bytes([130, 0, 0, 0]) + struct.pack(">HH", delay, 0) + group + bytes(40))[:n]


report = bytes([131] + [0] * 7) + bytes.fromhex("ff050000000000000000000000001234")
for name, octets in [
    ("general", mld(18, query(28, 1000))), ("old", mld(18, query(24, 1000)) + mld(20, query(28, 100)) + mld(34, query(28, 100))),
    ("report", mld(2, query(24, 1000)) + mld(16, report)), ("float", mld(18, query(28, 0xffff))), ("cut", mld(2, query(25, 1))),
]:
    write("mld6", name, octets)


def opt(code, data):
    return struct.pack(">HH", code, len(data)) + data


def dhcp6(flags, options):
    options += bytes(len(options) % 2)
    return bytes([flags, len(options) // 2]) + options


def ia(preferred=300, valid=400, t1=100, t2=200, status=b""):
    return opt(3, struct.pack(">III", 0, t1, t2) + opt(5, ADDR[FAR] + struct.pack(">II", preferred, valid)) + status)


ok = 2 | 4
adv = dhcp6(ok | 1, opt(7, b"\xff") + ia())
rep = dhcp6(ok | 16, ia() + opt(23, ADDR[FAR]) + opt(56, opt(1, ADDR[FAR])))
for name, octets in [
    ("lease", adv + rep), ("renewed", adv + rep + dhcp6(ok | 32, ia())), ("rapid", dhcp6(ok, opt(14, b"") + ia())),
    ("no_addrs", dhcp6(ok | 1, opt(13, b"\0\2") + opt(82, b"\0\0\0\x3c"))), ("no_binding", adv + rep + dhcp6(ok, ia(status=opt(13, b"\0\3")))),
    ("moved", adv + rep + dhcp6(ok | 64, b"") + dhcp6(ok, opt(13, b"\0\4"))), ("stateless", dhcp6(ok | 128, opt(23, ADDR[FAR]) + opt(32, b"\0\0\2\x58"))),
    ("nested", adv + dhcp6(ok, opt(3, bytes(12) + opt(3, bytes(12) + opt(5, bytes(24)))))), ("raw", dhcp6(8, b"\x07\0\0")),
]:
    write("dhcp6", name, octets)
