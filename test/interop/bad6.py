"""Hostile IPv6, sent by scapy to a stack that runs beside: bad6.py PID LOG [ID ...], in the stack's namespace.

PID and LOG are lwip-tap's, which has 2001:db8:7::2 and --dhcp6, and prints its state on SIGUSR1.  A case bears the id of its
row in the list of known attacks that the tests follow (one id a class of mistakes, with the CVEs it led to elsewhere).
After each: what came back was allowed to, nothing was learned, no memory is held, ping and HTTP are answered.
Prints `ok ID` or `FAIL ID: why`.
"""
import http.client
import json
import os
import re
import signal
import socket
import struct
import sys
import time
import traceback

from scapy.layers.inet import TCP, UDP
from scapy.layers.inet6 import (ICMPv6EchoRequest, ICMPv6MLQuery, ICMPv6MLReport, ICMPv6ND_NA, ICMPv6ND_NS, ICMPv6ND_RA,
                                ICMPv6ND_Redirect, ICMPv6ND_RS, ICMPv6NDOptDstLLAddr, ICMPv6NDOptMTU, ICMPv6NDOptPrefixInfo,
                                ICMPv6NDOptRDNSS, ICMPv6NDOptRedirectedHdr, ICMPv6NDOptSrcLLAddr, ICMPv6PacketTooBig,
                                ICMPv6ParamProblem, IPv6, IPv6ExtHdrDestOpt, IPv6ExtHdrFragment, IPv6ExtHdrHopByHop,
                                IPv6ExtHdrRouting, RouterAlert, in6_chksum)
from scapy.layers.l2 import Ether
from scapy.packet import Raw

US, US_LL, US_MAC = "2001:db8:7::2", "fe80::ff:fe4c:5701", "02:00:00:4c:57:01"
EVIL, EVIL_MAC = "fe80::bad", "02:00:00:00:0b:ad"
KERNEL, NODES, ROUTERS, US_GROUP = "2001:db8:7::1", "ff02::1", "ff02::2", "ff02::1:ff00:2"
NOBODY = "fe80::bad:bad"  # what a lie is about; it must never get into a table
ICMP, UDP_, TCP_ = 58, 17, 6
PARAM, UNREACH, TOO_BIG, ECHO_REPLY, NS, NA = 4, 1, 2, 129, 135, 136


class Failed(Exception):
    pass


def check(condition, text):
    if not condition:
        raise Failed(text)


def mac_of(dst):
    d = socket.inet_pton(socket.AF_INET6, dst)
    return "33:33:" + ":".join("%02x" % b for b in d[12:]) if d[0] == 0xff else US_MAC


def icmp(kind, rest=b"", code=0, src=EVIL, dst=US, hlim=255):
    """An ICMPv6 message of any octets, with a right checksum where there is room for one."""
    m = bytes([kind, code, 0, 0]) + rest
    p = IPv6(src=src, dst=dst, hlim=hlim, nh=ICMP)
    return p / Raw(m[:2] + struct.pack(">H", in6_chksum(ICMP, p, m)) + m[4:])


def cut(packet, octets):
    """The first octets of a message, its checksum right again if it is still there."""
    m = bytes(packet.payload)[:octets]
    p = IPv6(src=packet.src, dst=packet.dst, hlim=packet.hlim, nh=ICMP)
    if octets >= 4:
        m = m[:2] + b"\0\0" + m[4:]
        m = m[:2] + struct.pack(">H", in6_chksum(ICMP, p, m)) + m[4:]
    return p / Raw(m)


def nd(message, *options, src=EVIL, dst=US, hlim=255):
    p = IPv6(src=src, dst=dst, hlim=hlim) / message
    for o in options:
        p = p / o
    return p


def addr(text):
    return socket.inet_pton(socket.AF_INET6, text)


# ---------------------------------------------------------------- the other end

class Reply:
    """A frame of the stack's to us or to all, its extension headers skipped."""

    def __init__(self, frame):
        self.frame, self.len = frame, len(frame) - 14
        self.proto, at = frame[20], 54
        while self.proto in (0, 60) and at + 8 <= len(frame):
            self.proto, at = frame[at], at + 8 * (frame[at + 1] + 1)
        self.body = frame[at:]
        self.kind = self.body[0] if self.proto == ICMP and self.body else None
        self.code = self.body[1] if self.proto == ICMP and len(self.body) > 1 else None

    def sum_right(self):
        p = IPv6(bytes(self.frame[14:54]))
        return self.proto != ICMP or in6_chksum(ICMP, IPv6(src=p.src, dst=p.dst, nh=ICMP), bytes(self.body)) in (0, 0xffff)

    def __str__(self):
        return "protocol %d type %s code %s, %d octets" % (self.proto, self.kind, self.code, self.len)


class Lab:
    def __init__(self, pid, log):
        self.pid, self.log, self.seq, self.sent = pid, log, 0, 0
        self.raw = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x86dd))
        self.raw.bind(("tap0", 0x86dd))
        self.raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self.us, self.evil = (bytes.fromhex(m.replace(":", "")) for m in (US_MAC, EVIL_MAC))
        self.solicits = []  # (transaction, message) of DHCPv6

    def send(self, *packets, mac=None):
        for p in packets:
            self.frame(bytes(Ether(src=EVIL_MAC, dst=mac or mac_of(p.dst), type=0x86dd) / p))

    def frame(self, octets):
        self.sent += 1
        self.raw.send(octets)

    def receive(self, seconds):
        """The next frame of the stack's, or None; who asks for us is answered meanwhile."""
        end = time.time() + seconds
        while time.time() < end:
            self.raw.settimeout(max(0.001, end - time.time()))
            try:
                f = self.raw.recv(70000)
            except socket.timeout:
                return None
            if f[6:12] != self.us or len(f) < 54:
                continue
            r = Reply(f)
            if r.kind == NS and f[62:78].startswith(addr(EVIL)[:14]) and f[62:78] in (addr(EVIL), addr("2001:db8:7::bad")):
                target = socket.inet_ntop(socket.AF_INET6, f[62:78])
                self.send(nd(ICMPv6ND_NA(R=0, S=1, O=1, tgt=target), ICMPv6NDOptDstLLAddr(lladdr=EVIL_MAC), src=target,
                             dst=socket.inet_ntop(socket.AF_INET6, f[22:38])))
            if r.proto == UDP_ and r.body[2:4] == b"\x02\x23":
                self.solicits.append((r.body[9:12], bytes(r.body[8:])))
            return r
        return None

    def replies(self):
        """All that came back for what was sent so far: the stack answers in order, so that the answer to a ping is the last."""
        self.seq += 1
        self.send(IPv6(src=EVIL, dst=US_LL, hlim=64) / ICMPv6EchoRequest(id=0xbad, seq=self.seq))
        got = []
        while True:
            r = self.receive(3)
            check(r is not None, "no answer to a ping any more")
            if r.kind == ECHO_REPLY and r.body[4:8] == struct.pack(">HH", 0xbad, self.seq):
                return got
            own = r.kind in (133, NS, 131, 132, 143) or r.proto == UDP_ and r.body[2:4] == b"\x02\x23"
            if not own and (r.frame[0:6] == self.evil or r.frame[0] & 1):
                got.append(r)

    def quiet(self, what):
        got = self.replies()
        check(not got, "%s: answered by %s" % (what, ", ".join(str(r) for r in got[:3])))

    def only(self, what, *kinds, need=False):
        """Answers, if any, are ICMPv6 messages of these (type, code) and well made."""
        got = self.replies()
        for r in got:
            check((r.kind, r.code) in kinds, "%s: answered by %s" % (what, r))
            check(r.sum_right() and r.len <= 1280, "%s: a bad answer, %s" % (what, r))
        check(got or not need, "%s: no answer" % what)
        return got

    def state(self):
        size = os.path.getsize(self.log)
        os.kill(self.pid, signal.SIGUSR1)
        end = time.time() + 3
        while time.time() < end:
            with open(self.log, errors="replace") as f:
                f.seek(size)
                m = re.search(r'^\{"system".*?\]\}$', f.read(), re.M | re.S)
            if m:
                return json.loads(m.group(0))
            time.sleep(0.005)
        raise Failed("no state any more")

    def learned(self, state=None):
        """What it knows of the network, without the times.  Our own entry does not count."""
        s = state or self.state()
        known = {(n["address"], n["mac"]) for n in s["neighbours6"]
                 if n["address"] not in (EVIL, "2001:db8:7::bad") and n["state"] != "INCOMPLETE"}
        return {"neighbours": known, "mtu": s["interfaces"][0]["mtu6"],
                **{k: sorted(json.dumps(e) for e in s[k]) for k in ("addresses6", "routers6", "prefixes6", "paths6", "name_servers")}}

    @staticmethod
    def pools(state):
        """Connections of the pages fetched so far end in their own time."""
        return {m["name"]: m["used"] for m in state["memory"] if m["name"] != "heap" and not m["name"].startswith("TCP_")}

    def page(self):
        c = http.client.HTTPConnection(US, 80, timeout=5)
        c.request("GET", "/status.html")
        r = c.getresponse()
        check(r.status == 200 and r.read().startswith(b"<!DOCTYPE"), "the page: %d" % r.status)
        c.close()

    def settle(self, pools, held):
        """Memory is back, apart from what is held for a while: fragments."""
        end = time.time() + 3
        while True:
            now = self.pools(self.state())
            more = {k: v - pools[k] for k, v in now.items() if v > pools[k] and k not in held}
            if not more or time.time() > end:
                check(not more, "still held: %s" % more)
                return now
            time.sleep(0.02)


# ---------------------------------------------------------------- the cases

CASES = []
FRAGMENTS = ("REASSDATA", "PBUF", "PBUF_POOL")  # kept for a while when some are missing


def case(name, **how):
    def keep(f):
        CASES.append((name, f, how))
        return f
    return keep


@case("TCP-30")
def _(lab):
    for port in (80, 81):
        for what in ({"dataofs": 0}, {"dataofs": 4}, {"dataofs": 15}, {"chksum": 0x1234}):
            lab.send(IPv6(src=EVIL, dst=US) / TCP(sport=1000, dport=port, flags="S", **what))
        for options in (b"\x02\x00\x05\xb4", b"\x02\x01\x05\xb4", b"\x03\xff\x00\x00", b"\x08\x0a\x00\x00", b"\x05\x0a\x00\x00"):
            lab.send(IPv6(src=EVIL, dst=US) / Raw(tcp_with(port, options, "R")))
        lab.send(IPv6(src=EVIL, dst=US) / TCP(sport=1001, dport=port, flags="RU", urgptr=0xffff))
        for n in range(20):
            lab.send(IPv6(src=EVIL, dst=US, nh=TCP_) / Raw(bytes(TCP(sport=1000, dport=port))[:n]))
    lab.quiet("bad segments")


def tcp_with(port, options, flags):
    p = IPv6(src=EVIL, dst=US) / TCP(sport=1000, dport=port, flags=flags, dataofs=6) / Raw(options)
    return bytes(IPv6(bytes(p)).payload)


@case("IP6-01")
def _(lab):
    whole = bytes(IPv6(src=EVIL, dst=US) / ICMPv6EchoRequest())
    head = bytes(Ether(src=EVIL_MAC, dst=US_MAC, type=0x86dd))
    for n in range(1, 40):
        lab.frame(head + whole[:n])
    for n in range(40, len(whole)):
        lab.frame(head + whole[:n])  # it says that there is more
    lab.quiet("cut headers")


@case("IP6-03")
def _(lab):
    whole = bytes(IPv6(src=EVIL, dst=US) / ICMPv6EchoRequest())
    head = bytes(Ether(src=EVIL_MAC, dst=US_MAC, type=0x86dd))
    for version in (0, 4, 5, 15):
        lab.frame(head + bytes([version << 4 | whole[0] & 15]) + whole[1:])
    lab.frame(bytes(Ether(src=EVIL_MAC, dst=US_MAC, type=0x0800)) + whole)
    lab.quiet("wrong versions")


@case("IP6-04")
def _(lab):
    ping = ICMPv6EchoRequest(id=1, seq=1)
    for src in ("::", "::1", "ff02::1", "ff0e::5", US, US_LL, "::ffff:10.7.0.1", "::ffff:127.0.0.1"):
        lab.send(IPv6(src=src, dst=US) / ping, IPv6(src=src, dst=US) / UDP(sport=7, dport=7) / Raw(b"loop"))
    for dst in ("::1", "::", "::ffff:10.7.0.2"):
        lab.send(IPv6(src=EVIL, dst=dst) / ping, mac=US_MAC)
    for dst in ("ff01::1", "ff00::1"):
        lab.send(IPv6(src=EVIL, dst=dst) / ping)
    lab.quiet("impossible addresses")


@case("EXT-01")
def _(lab):
    for nh in (0, 60, 43, 44, 51):
        for n in range(8):
            lab.send(IPv6(src=EVIL, dst=US, nh=nh) / Raw(bytes([ICMP, 0, 1, 4, 0, 0, 0, 0])[:n]))
        for length in (1, 2, 31, 255):  # nothing is behind the first eight octets
            if nh != 44:
                lab.send(IPv6(src=EVIL, dst=US, nh=nh) / Raw(bytes([ICMP, length, 1, 4, 0, 0, 0, 0])))
    lab.only("cut headers", (PARAM, 0), (PARAM, 1), (PARAM, 2), (PARAM, 3))


@case("EXT-02")
def _(lab):
    ping = bytes(IPv6(src=EVIL, dst=US) / ICMPv6EchoRequest(id=2))[40:]
    for nh in (0, 60):
        def header(octets):
            return IPv6(src=EVIL, dst=US, nh=nh) / Raw(bytes([ICMP, 0]) + octets + ping)
        for bad in (b"\x01\xff\0\0\0\0", b"\x01\x05\0\0\0\0", b"\x1e\xff\0\0\0\0", b"\x1e\x06\0\0\0\0", b"\x01\x03\0\0\0\x01"):
            lab.send(header(bad))
        lab.only("options past the end of header %d" % nh, (PARAM, 0), (PARAM, 2))
        for good in (b"\0\0\0\0\0\0", b"\x01\x00\x01\x00\x01\x00", b"\x1e\x04\0\0\0\0"):
            lab.send(header(good))
            lab.only("padding, an option to skip", (ECHO_REPLY, 0), (PARAM, 0))
        lab.send(header(b"\x5e\x04\0\0\0\0"))
        lab.quiet("an option that says to drop")
        for tell in (b"\x9e\x04\0\0\0\0", b"\xde\x04\0\0\0\0"):
            lab.send(header(tell))
        check(len(lab.only("options that say to tell", (PARAM, 2))) == 2, "both are told of")
    lab.send(IPv6(src=EVIL, dst=NODES, nh=60) / Raw(bytes([ICMP, 0]) + b"\xde\x04\0\0\0\0" + ping))
    lab.quiet("an option that says to tell, but not about groups")


@case("EXT-04")
def _(lab):
    ping = bytes(IPv6(src=EVIL, dst=US) / ICMPv6EchoRequest(id=3))[40:]
    def routing(kind, left, octets, units):
        return IPv6(src=EVIL, dst=US, nh=43) / Raw(bytes([ICMP, units, kind, left]) + octets + ping)
    one = b"\0\0\0\0" + addr("2001:db8:7::9")
    for kind in (0, 2, 3, 4, 254):
        lab.send(routing(kind, 1, one, 2), routing(kind, 255, one, 2), routing(kind, 1, one[:12], 1),
                 routing(kind, 1, b"\xff\xff\xff\xff", 0))
    check(len(lab.only("source routes", (PARAM, 0))) >= 15, "source routes that are not told of")
    lab.send(routing(0, 0, one, 2))
    check([r.kind for r in lab.replies()] == [ECHO_REPLY], "a source route that has been followed is skipped")


@case("EXT-05")
def _(lab):
    ping = bytes(IPv6(src=EVIL, dst=US) / ICMPv6EchoRequest(id=4))[40:]
    for size in (0, 16, 65535, 65536, 0xffffffff):
        h = bytes([ICMP, 0, 0xc2, 4]) + struct.pack(">I", size) + ping
        for plen in (0, len(h)):
            lab.send(IPv6(src=EVIL, dst=US, nh=0, plen=plen) / Raw(h))
    lab.only("jumbograms", (PARAM, 0), (PARAM, 2))


def fragment(data, at, more, number, nh=ICMP, src=EVIL, dst=US):
    return IPv6(src=src, dst=dst) / IPv6ExtHdrFragment(nh=nh, offset=at // 8, m=more, id=number) / Raw(data)


def big_ping(number, octets=1000):
    return bytes(IPv6(src=EVIL, dst=US) / ICMPv6EchoRequest(id=number, data=b"f" * octets))[40:]


@case("FRAG6-01", held=FRAGMENTS)
def _(lab):
    ping = big_ping(10)
    lab.send(fragment(big_ping(11, 20), 0, 0, 100))
    check([r.kind for r in lab.replies()] == [ECHO_REPLY], "a packet that is its only fragment")
    lab.send(fragment(ping[:13], 0, 1, 101), fragment(ping[:13], 8, 1, 101))
    lab.only("fragments not in eights", (PARAM, 0), need=True)
    lab.send(fragment(b"", 0, 1, 102), fragment(b"", 800, 1, 102), fragment(b"", 1008, 0, 102), fragment(b"", 0, 0, 103))
    lab.only("empty fragments", (PARAM, 0), (PARAM, 3))
    lab.send(fragment(b"x" * 100, 65528, 0, 104), fragment(b"x" * 1000, 65000, 1, 105))
    lab.only("past the end", (PARAM, 0), need=True)
    lab.send(fragment(ping[:512], 0, 1, 106), fragment(ping[512:], 512, 0, 106))
    check([r.kind for r in lab.replies()] == [ECHO_REPLY], "a good one afterwards")


@case("FRAG6-02", held=FRAGMENTS)
def _(lab):
    ping = big_ping(12)
    parts = [(0, ping[:400], 1), (400, ping[400:800], 1), (800, ping[800:], 0)]
    for number, at, length in ((110, 0, 8), (111, 392, 16), (112, 200, 48), (113, 400, 200)):
        for where, data, more in parts[:2]:
            lab.send(fragment(data, where, more, number))
        lab.send(fragment(b"E" * length, at, 1, number), fragment(parts[2][1], 800, 0, number))
        lab.quiet("overlap at %d" % at)
    for where, data, more in parts:
        lab.send(fragment(data, where, more, 114))
    check([r.kind for r in lab.replies()] == [ECHO_REPLY], "a fresh datagram afterwards")


@case("FRAG6-04", held=FRAGMENTS)
def _(lab):
    opts = bytes([TCP_, 1]) + b"\x01\x0c" + bytes(12)
    syn = bytes(IPv6(src=EVIL, dst=US) / TCP(sport=1000, dport=80, flags="S"))[40:]
    for number, nh, data in ((120, 60, opts[:8]), (121, 60, opts), (122, TCP_, syn[:8]), (123, TCP_, b""), (124, UDP_, b"")):
        lab.send(fragment(data, 0, 1, number, nh=nh))
    lab.only("a first fragment without all headers", (PARAM, 3), need=True)


@case("FRAG6-05", held=FRAGMENTS)
def _(lab):
    ping = big_ping(13, 8)
    deep = b"".join(struct.pack(">BBHI", 44 if i < 9 else ICMP, 0, 0, 130) for i in range(10))
    lab.send(IPv6(src=EVIL, dst=US, nh=44) / Raw(deep + ping))
    for nh in (0, 44, 43, 255, 59):
        lab.send(fragment(ping, 0, 0, 131, nh=nh), fragment(ping, 0, 1, 132, nh=nh), fragment(ping, 8, 0, 133, nh=nh))
    lab.send(IPv6(src=EVIL, dst=US, nh=0) / Raw(bytes([44, 0, 1, 4, 0, 0, 0, 0]) + struct.pack(">BBHI", 0, 0, 0, 134) +
                                              bytes([ICMP, 0, 1, 4, 0, 0, 0, 0]) + ping))
    lab.only("fragments in fragments", (PARAM, 0), (PARAM, 1), (PARAM, 2), (PARAM, 3), (ECHO_REPLY, 0))


@case("FRAG6-07", held=FRAGMENTS)
def _(lab):
    lladdr = ICMPv6NDOptSrcLLAddr(lladdr=EVIL_MAC)
    messages = [nd(ICMPv6ND_NS(tgt=US), lladdr, src=NOBODY), nd(ICMPv6ND_RS(), lladdr, src=NOBODY),
                nd(ICMPv6ND_RA(routerlifetime=1800), lladdr, ICMPv6NDOptPrefixInfo(prefix="2001:db8:bad::"), src=NOBODY),
                nd(ICMPv6ND_NA(R=1, S=0, O=1, tgt=KERNEL), ICMPv6NDOptDstLLAddr(lladdr=EVIL_MAC), src=NOBODY),
                nd(ICMPv6ND_Redirect(tgt=NOBODY, dst="2001:db8:99::1"), ICMPv6NDOptDstLLAddr(lladdr=EVIL_MAC), src=NOBODY)]
    for number, p in enumerate(messages):
        m = bytes(p)[40:]
        for f in ([fragment(m, 0, 0, 140 + number, src=NOBODY)],
                  [fragment(m[:8], 0, 1, 150 + number, src=NOBODY), fragment(m[8:], 8, 0, 150 + number, src=NOBODY)]):
            for one in f:
                one.hlim = 255
                lab.send(one)
    lab.quiet("fragmented neighbour discovery")


@case("ICMP6-01")
def _(lab):
    for kind in [1, 2, 3, 4, 128, 129] + list(range(130, 138)) + [143]:
        for n in range(8):
            lab.send(cut(icmp(kind, bytes(20)), n), cut(icmp(kind, bytes(20), dst=NODES), n))
    lab.send(*[cut(icmp(kind, bytes(40)), n) for kind in (1, 2, 3, 4) for n in range(8, 48, 3)])
    lab.quiet("cut messages")


@case("ICMP6-03")
def _(lab):
    for n in list(range(0, 9)) + [1232, 1352]:
        lab.send(IPv6(src=EVIL, dst=US, nh=UDP_) / Raw(bytes(UDP(sport=1000, dport=4444, len=8))[:n]))
        lab.send(IPv6(src=EVIL, dst=US) / UDP(sport=1000, dport=4444) / Raw(b"u" * n), IPv6(src=EVIL, dst=US, nh=200) / Raw(b"h" * n))
        lab.only("triggers of errors, %d octets" % n, (UNREACH, 4), (PARAM, 1), need=True)


@case("ICMP6-04")
def _(lab):
    inner = bytes(IPv6(src=US, dst=EVIL) / ICMPv6ParamProblem() / IPv6(src=EVIL, dst=US) / UDP())
    for kind in (1, 2, 3, 4, 100, 127):  # 100 and 127: errors nobody knows
        lab.send(icmp(kind, bytes(4) + inner))
    lab.send(IPv6(src=EVIL, dst=US, nh=200) / Raw(b""), IPv6(src=EVIL, dst=NODES) / UDP(dport=4444) / Raw(b"x"))
    lab.send(IPv6(src=EVIL, dst=US, nh=60) / Raw(bytes([ICMP, 0]) + b"\x9e\x04\0\0\0\0" + bytes(icmp(4, bytes(4) + inner))[40:]))
    lab.only("errors about errors", (PARAM, 1), need=True)  # the one about an unknown next header
    lab.send(IPv6(src=EVIL, dst=NODES, nh=60) / Raw(bytes([ICMP, 0]) + b"\xde\x04\0\0\0\0" + big_ping(1, 8)))
    lab.send(IPv6(src=EVIL, dst=NODES) / UDP(dport=4444) / Raw(b"x"), IPv6(src="ff02::5", dst=US) / UDP(dport=4444) / Raw(b"x"))
    lab.quiet("errors about groups")
    lab.send(IPv6(src=EVIL, dst=NODES, nh=60) / Raw(bytes([ICMP, 0]) + b"\x9e\x04\0\0\0\0" + big_ping(1, 8)))
    lab.only("an option that says to tell, of a group", (PARAM, 2), need=True)
    far = "2001:db8:99::1"
    for mtu in (0, 1, 68, 1279, 1280, 0xffffffff):  # no port of ours, no address of ours, no connection of ours
        for inner in (IPv6(src=US, dst=far) / UDP(sport=9999, dport=1), IPv6(src=KERNEL, dst=far) / UDP(sport=7, dport=1),
                      IPv6(src=US, dst=far) / TCP(sport=80, dport=1, seq=1)):
            lab.send(IPv6(src=EVIL, dst=US) / ICMPv6PacketTooBig(mtu=mtu) / inner)
    for mtu in (0, 1, 68, 1279):  # a port of ours, but no link is that narrow
        lab.send(IPv6(src=EVIL, dst=US) / ICMPv6PacketTooBig(mtu=mtu) / IPv6(src=US, dst=far) / UDP(sport=7, dport=1))
    lab.quiet("packets too big")


def bodies():
    return [("RS", ICMPv6ND_RS(), ROUTERS), ("RA", ICMPv6ND_RA(routerlifetime=1800), NODES), ("NS", ICMPv6ND_NS(tgt=US), US_GROUP),
            ("NA", ICMPv6ND_NA(S=0, O=1, tgt=KERNEL), NODES), ("redirect", ICMPv6ND_Redirect(tgt=NOBODY, dst="2001:db8:99::1"), US)]


@case("ND-01")
def _(lab):
    good, bad = ICMPv6NDOptSrcLLAddr(lladdr=EVIL_MAC), ICMPv6NDOptSrcLLAddr(len=0, lladdr=EVIL_MAC)
    other = Raw(b"\x0e\x00" + bytes(6))
    for _, m, dst in bodies():
        for options in ([bad], [good, bad], [good, other], [other]):
            lab.send(nd(m.copy(), *[o.copy() for o in options], src=NOBODY, dst=dst))
    lab.quiet("options of length 0")


@case("ND-02")
def _(lab):
    for _, m, dst in bodies():
        for length in (2, 3, 4, 31, 32, 64, 128, 255):
            lab.send(nd(m.copy(), Raw(bytes([1, length]) + self_mac()), src=NOBODY, dst=dst),
                     nd(m.copy(), Raw(bytes([3, length]) + bytes(6)), src=NOBODY, dst=dst))
        for rest in (b"\x01", b"\x01\x01", b"\x01\x01\x02\x00\x00\x00\x0b"):
            lab.send(nd(m.copy(), Raw(bytes([1, 1]) + self_mac() + rest), src=NOBODY, dst=dst))
    lab.quiet("options past the end")


def self_mac():
    return bytes.fromhex(EVIL_MAC.replace(":", ""))


@case("ND-04")
def _(lab):
    ll = ICMPv6NDOptSrcLLAddr(lladdr=EVIL_MAC)
    for target in ("ff02::1", "::", "2001:db8:7::77", "ff02::1:ff00:2"):
        lab.send(nd(ICMPv6ND_NS(tgt=target), ll.copy(), src=NOBODY, dst=US), nd(ICMPv6ND_NS(tgt=target), ll.copy(), src=NOBODY, dst=US_GROUP))
    lab.send(nd(ICMPv6ND_NS(tgt=US), ll.copy(), src="::", dst=US_GROUP), nd(ICMPv6ND_NS(tgt=US), src="::", dst=US),
             nd(ICMPv6ND_NS(tgt=US), ll.copy(), src="ff02::5", dst=US), nd(ICMPv6ND_NS(tgt=US), ll.copy(), src=NOBODY, dst=US, hlim=254))
    for n in range(4, 24):
        lab.send(cut(nd(ICMPv6ND_NS(tgt=US), src=NOBODY), n))
    lab.quiet("lies of solicitations")


@case("ND-05")
def _(lab):
    def na(target, mac=EVIL_MAC, dst=US, **flags):
        return nd(ICMPv6ND_NA(**dict({"R": 0, "S": 0, "O": 1}, **flags), tgt=target), ICMPv6NDOptDstLLAddr(lladdr=mac), src=NOBODY, dst=dst)
    lab.send(na(NOBODY), na("2001:db8:7::77", dst=NODES), na(NOBODY, R=1, S=1))
    lab.send(na(KERNEL, dst=NODES, S=1), na("ff02::1"), na(KERNEL, mac=US_MAC), na(KERNEL, mac="33:33:00:00:00:01"),
             na(KERNEL, mac="ff:ff:ff:ff:ff:ff"), na(KERNEL, O=0), na(KERNEL, mac="01:00:5e:00:00:01", S=1))
    lab.quiet("lies of advertisements")


def ra(*options, src=EVIL, dst=NODES, life=0, **flags):
    """By a router that is none, so that only its options might be taken."""
    return nd(ICMPv6ND_RA(routerlifetime=life, **flags), *options, src=src, dst=dst)


def prefix(text, bits=64, **more):
    return ICMPv6NDOptPrefixInfo(prefix=text, prefixlen=bits, **dict({"L": 1, "A": 1, "validlifetime": 3600, "preferredlifetime": 1800}, **more))


@case("RA-01")
def _(lab):
    for bits in (0, 1, 65, 127, 129, 255):
        lab.send(ra(prefix("2001:db8:bad::", bits, L=0)))
    for bits in (129, 255):
        lab.send(ra(prefix("2001:db8:bad::", bits)))
    for length in (1, 2, 3, 5):
        lab.send(ra(prefix("2001:db8:bad::", len=length, L=1) if length != 4 else b""))
    lab.send(ra(Raw(bytes([3, 1, 64, 0xc0]) + bytes(4))), ra(Raw(bytes([3, 3, 64, 0xc0]) + b"\xff" * 20)), ra(Raw(bytes([3, 5, 64, 0xc0]) + b"\xff" * 36)))
    lab.quiet("prefixes of impossible lengths")


@case("RA-02")
def _(lab):
    lab.send(ra(prefix("fe80::")), ra(prefix("ff00::", 8)), ra(prefix("ff02::")), ra(prefix("2001:db8:bad::", L=0, preferredlifetime=7200)),
             ra(prefix("2001:db8:bad::", validlifetime=0, preferredlifetime=0)),
             ra(prefix("2001:db8:bad::", L=0, validlifetime=0, preferredlifetime=0xffffffff)))
    lab.quiet("prefixes that lie")


@case("RA-04")
def _(lab):
    def rdnss(octets, length=None, life=600):
        o = bytes([25, length if length is not None else len(octets) // 8 + 1, 0, 0]) + struct.pack(">I", life) + octets
        return ra(Raw(o))
    server = addr("2001:db8:bad::53")
    lab.send(rdnss(server + bytes(8)), rdnss(b""), rdnss(server[:8]), rdnss(server, 255), rdnss(server, 4), rdnss(server, life=0), rdnss(addr("ff02::5")),
             rdnss(addr("::")))
    dnssl = (b"\xc0\x0c" * 4, b"\x3f" + b"a" * 7, b"\x07abcdefg", b"\xff" * 8, bytes(8))
    lab.send(*[ra(Raw(bytes([31, 2, 0, 0]) + struct.pack(">I", 600) + d)) for d in dnssl])
    lab.quiet("name servers that lie")
    check(not lab.state()["name_servers"], "a bad name server was taken")
    # Many good ones: as many as there is room for, and all go with their lifetime.
    many = b"".join(addr("2001:db8:7::5:%x" % i) for i in range(20))
    lab.send(rdnss(many))
    lab.replies()
    kept = len(lab.state()["name_servers"])
    check(1 <= kept <= 2, "%d of 20 name servers kept" % kept)
    lab.send(rdnss(many, life=0))
    lab.quiet("they go")


@case("RA-05")
def _(lab):
    good = prefix("2001:db8:bad::"), ICMPv6NDOptMTU(mtu=1300)
    for src in ("2001:db8:7::bad", "::", "ff02::5"):
        lab.send(ra(*[o.copy() for o in good], src=src, life=1800))
    lab.send(nd(ICMPv6ND_RA(routerlifetime=1800), *[o.copy() for o in good], hlim=254, dst=NODES))
    for n in range(4, 16):
        lab.send(cut(ra(life=1800), n))
    for mtu in (0, 1, 68, 1279, 1501, 65535, 0xffffffff):
        lab.send(ra(ICMPv6NDOptMTU(mtu=mtu)), ra(Raw(bytes([5, 2, 0, 0]) + struct.pack(">I", 1300) + bytes(8))))
    lab.quiet("routers that are none")
    check(lab.state()["interfaces"][0]["mtu6"] == 1500, "an MTU out of bounds was taken")
    # A router comes and resigns: nothing of it is left.
    lab.send(ra(life=1800))
    lab.replies()
    check([r["router"] for r in lab.state()["routers6"]] == [EVIL], "a good router was not taken")
    lab.send(ra(life=0))
    lab.quiet("a router that resigns")


@case("RD-01")
def _(lab):
    def redirect(target, dst, *options, src=EVIL):
        return nd(ICMPv6ND_Redirect(tgt=target, dst=dst), *options, src=src)
    inner = IPv6(src=US, dst="2001:db8:99::1") / UDP(sport=7, dport=1) / Raw(b"x" * 20)
    lie = Raw(bytes([4, 200]) + bytes(6) + bytes(inner))
    far = "2001:db8:99::1"
    for src in (EVIL, NOBODY, "2001:db8:7::bad"):
        for target, dst in ((NOBODY, far), (US, far), (NODES, far), (far, "ff02::5"), ("2001:db8:bad::1", far), ("::", far), (NOBODY, KERNEL),
                            (NOBODY, US)):
            lab.send(redirect(target, dst, ICMPv6NDOptDstLLAddr(lladdr=EVIL_MAC), ICMPv6NDOptRedirectedHdr(pkt=inner), src=src))
        lab.send(redirect(NOBODY, far, lie.copy(), src=src))
    lab.quiet("redirects that lie")


@case("ND-08")
def _(lab):
    us, every, group = (ICMPv6NDOptSrcLLAddr(lladdr=m) for m in (US_MAC, "ff:ff:ff:ff:ff:ff", "33:33:00:00:00:05"))
    for o in (us, every, group):
        lab.send(nd(ICMPv6ND_NS(tgt=US), o, src=EVIL, dst=US_GROUP))
    lab.only("addresses of others", (NA, 0), need=True)
    macs = {n["mac"] for n in lab.state()["neighbours6"]}
    check(not macs & {US_MAC, "ff:ff:ff:ff:ff:ff", "33:33:00:00:00:05"}, "believed: %s" % macs)
    for o in ([Raw(bytes([1, 2]) + self_mac() + bytes(8))], [Raw(bytes([1, 3]) + self_mac() + bytes(16))],
              [ICMPv6NDOptSrcLLAddr(lladdr=EVIL_MAC).copy() for _ in range(30)]):
        lab.send(nd(ICMPv6ND_NS(tgt=US), *o, src=EVIL, dst=US_GROUP))
    lab.only("odd addresses", (NA, 0))


@case("MLD-01")
def _(lab):
    alert = IPv6ExtHdrHopByHop(options=[RouterAlert(otype=5, value=0)])
    def query(m, src=EVIL, hlim=1):
        return IPv6(src=src, dst=NODES, hlim=hlim) / alert.copy() / m
    whole = IPv6(bytes(query(ICMPv6MLQuery(mrd=0))))
    for n in range(4, 24):
        inner = cut(IPv6(src=EVIL, dst=NODES, hlim=1) / ICMPv6MLQuery(mrd=0), n).payload
        lab.send(IPv6(src=EVIL, dst=NODES, hlim=1, nh=0) / Raw(bytes([ICMP, 0, 5, 2, 0, 0, 1, 0]) + bytes(inner)))
    for mrd in (0, 1, 65535):
        lab.send(query(ICMPv6MLQuery(mrd=mrd)))
    lab.send(query(ICMPv6MLQuery(mrd=0), src="2001:db8:7::bad"), query(ICMPv6MLQuery(mrd=0), hlim=64), query(ICMPv6MLQuery(mladdr="2001:db8::1")))
    for sources in (1, 1000, 65535):
        m = bytes([130, 0, 0, 0]) + struct.pack(">HH", 0, 0) + bytes(16) + struct.pack(">BBH", 2, 125, sources)
        p = IPv6(src=EVIL, dst=NODES, hlim=1, nh=0)
        m = m[:2] + struct.pack(">H", in6_chksum(ICMP, IPv6(src=EVIL, dst=NODES, nh=ICMP), m)) + m[4:]
        lab.send(p / Raw(bytes([ICMP, 0, 5, 2, 0, 0, 1, 0]) + m))
    lab.send(IPv6(src=EVIL, dst=US_GROUP, hlim=1) / alert.copy() / ICMPv6MLReport(mladdr=US_GROUP))
    check(len(bytes(whole)) == 72, "scapy made another query")
    lab.quiet("queries that lie")


def dhcp(kind, options, xid, dport=546):
    m = bytes([kind]) + xid + options
    return IPv6(src=EVIL, dst=US_LL, hlim=64) / UDP(sport=547, dport=dport) / Raw(m)


def option(code, data=b"", length=None):
    return struct.pack(">HH", code, len(data) if length is None else length) + data


SERVER_ID = option(2, b"\x00\x03\x00\x01" + bytes.fromhex("020000000bad"))
CLIENT_ID = option(1, b"\x00\x03\x00\x01" + bytes.fromhex(US_MAC.replace(":", "")))


def lease(address="2001:db8:7::60", preferred=600, valid=1200):
    return option(3, struct.pack(">III", 1, 300, 500) + option(5, addr(address) + struct.pack(">II", preferred, valid)))


@case("RA-07", learns=True, held=("PBUF", "PBUF_POOL"))
def _(lab):
    """The flags say 200 times that there is DHCPv6 and that there is none: one client, one solicitation."""
    lab.solicits.clear()
    for i in range(200):
        lab.send(ra(life=1800, M=i & 1, O=i & 1 ^ 1))
    lab.replies()
    end = time.time() + 2.5
    while not lab.solicits and time.time() < end:
        lab.receive(0.1)
    lab.replies()
    check(1 <= len({x for x, _ in lab.solicits}) <= 2 and len(lab.solicits) <= 2, "%d solicitations" % len(lab.solicits))


def transaction(lab):
    check(lab.solicits, "nobody asks for addresses")
    return lab.solicits[-1][0]


def both(lab, options):
    for kind in (2, 7):
        lab.send(dhcp(kind, options, transaction(lab)))


@case("DHCP6-01")
def _(lab):
    whole = bytes([7]) + transaction(lab) + CLIENT_ID + SERVER_ID + option(14) + lease()
    for n in list(range(11)) + list(range(11, len(whole))):
        lab.send(IPv6(src=EVIL, dst=US_LL, hlim=64) / UDP(sport=547, dport=546) / Raw(whole[:n]))
    lab.quiet("cut answers")


@case("DHCP6-02")
def _(lab):
    ids, commit = CLIENT_ID + SERVER_ID, option(14)
    for code in (1, 2, 23, 24, 3, 5, 7, 13, 14, 31, 32, 56, 82):
        for length in (0, 1, 3, 13, 65535):
            data = addr("2001:db8:bad::53")[:min(length, 16)]
            if (code, length) not in ((24, 0), (14, 0)):
                both(lab, (ids if code > 2 else b"") + commit + lease()[:0] + option(code, data, length))
    inside = struct.pack(">III", 1, 300, 500)
    for length in (0, 1, 23, 25, 200, 65535):
        both(lab, ids + commit + option(3, inside + option(5, addr("2001:db8:7::66") + struct.pack(">II", 600, 1200), length)))
    nested = b""
    for _ in range(50):
        nested = option(3, inside + nested)
    both(lab, ids + commit + nested)
    both(lab, ids + commit + option(3, inside[:8]) + lease("ff02::5") + lease("::") + lease("::1") + lease("2001:db8:7::67", 1200, 600))
    both(lab, option(1, b"\x00\x03\x00\x01\x02\x00\x00\x00\x00\x99") + SERVER_ID + commit + lease("2001:db8:7::68"))
    both(lab, CLIENT_ID + commit + lease("2001:db8:7::69"))
    lab.quiet("lengths that lie")


@case("DHCP6-04", learns=True, held=("MLD6_GROUP",))
def _(lab):
    """And at last a good answer is taken: the client is alive."""
    for names in (b"\xc0\x00", b"\xc0\x0c\xc0\x00" * 10, b"\x3f", b"\x3f" + b"a" * 62, (b"\x3f" + b"a" * 63) * 15, b"\xff" * 100, b"\x01a" * 500):
        both(lab, SERVER_ID + option(24, names))  # without our own identifier: not for us
    lab.quiet("names that lie")
    lab.send(dhcp(7, CLIENT_ID + SERVER_ID + option(14) + option(24, b"\xc0\x00") + lease(), transaction(lab)))
    end = time.time() + 4
    while "2001:db8:7::60" not in [a["address"] for a in lab.state()["addresses6"]]:
        check(time.time() < end, "the good answer was not taken")
        lab.receive(0.05)
    lab.send(ra(life=0))
    lab.replies()


# ---------------------------------------------------------------- the frame around

def run(lab, name, function, held=(), learns=False):
    begun = time.time()
    lab.replies()
    state = lab.state()
    before, pools, sent = lab.learned(state), lab.pools(state), lab.sent
    function(lab)
    lab.replies()
    now = lab.state()
    after = lab.learned(now)
    arrived = now["interfaces"][0]["rx"] - state["interfaces"][0]["rx"]
    check(arrived >= lab.sent - sent, "%d frames were sent, %d arrived" % (lab.sent - sent, arrived))
    changed = {k: (before[k], after[k]) for k in before if before[k] != after[k]}
    check(learns or not changed, "it learned: %s" % changed)
    lab.settle(pools, held)
    lab.page()
    print("ok   %-10s %4.1f s" % (name, time.time() - begun), flush=True)


def main():
    pid, log, words = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
    lab, failed = Lab(pid, log), 0
    for name, function, how in CASES:
        if words and name not in words:
            continue
        try:
            run(lab, name, function, **how)
        except (Failed, OSError, http.client.HTTPException) as e:
            failed += 1
            print("FAIL %s: %s" % (name, e), flush=True)
        except Exception:  # noqa: BLE001 - a mistake of the case itself
            failed += 1
            print("FAIL %s: %s" % (name, traceback.format_exc()), flush=True)
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
