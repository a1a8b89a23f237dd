#!/usr/bin/env python3
"""Write the seed corpus of fuzz_frames: conversations a stack has, in the steps that fuzz_frames.c reads.

Checksums and live numbers are left to the repairs, so the files stay readable as recipes here.
"""
import os
import struct

HERE = os.path.dirname(os.path.abspath(__file__)) + "/corpus/frames/"
ETH, IP, SUM, TCP, DNS, SECOND, DHCP = 1, 2, 4, 8, 0x10, 0x20, 0x40
ALL = ETH | IP | SUM


def step(repairs, frame):
    frame = frame + bytes(-len(frame) % 8)
    return bytes([repairs, len(frame) // 8]) + frame


def act(what):
    return bytes([what, 0])


def eth(payload, arp=False):
    return bytes(12) + bytes([1 if arp else 0, 0]) + payload


def ip(proto, payload, frag=0, ident=7, options=b""):
    hlen = 20 + len(options)
    return eth(struct.pack(">BBHHHBBHII", 0x40 | hlen // 4, 0, 0, ident, frag, 64, proto, 0, 0x0A000001, 0x0A000002) +
               options + payload)


def tcp(flags, text=b"", options=b"", sport=40000, dport=80, seq=1000, ack=0, win=8000):
    options += bytes(-len(options) % 4)
    return ip(6, struct.pack(">HHIIBBHHH", sport, dport, seq, ack, (20 + len(options)) // 4 << 4, flags, win, 0, 0) + options + text)


def udp(sport, dport, data):
    pad = -(34 + 8 + len(data)) % 8
    return ip(17, struct.pack(">HHHH", sport, dport, 8 + len(data) + pad, 0) + data + bytes(pad))


def icmp(kind, code, rest):
    return ip(1, struct.pack(">BBH", kind, code, 0) + rest)


def arp(op, sender, target, mac=b"\2\0\0\0\0\1"):
    return eth(struct.pack(">HHBBH", 1, 0x0800, 6, 4, op) + mac + sender + bytes(6) + target, arp=True)


PEER, US = bytes([10, 0, 0, 1]), bytes([10, 0, 0, 2])
S, F, R, P, A, U = 2, 1, 4, 8, 16, 32
MSS = b"\2\4\5\xb4"
FULL = MSS + b"\4\2\x08\x0a\0\0\0\1\0\0\0\0\1\3\3\7"
SYN = step(ALL, tcp(S, options=FULL))
LIVE = ALL | TCP


def dhcp(kind):
    m = struct.pack(">BBBBIHHIIII", 2, 1, 6, 0, 0, 0, 0, 0, 0x0A000009, 0x0A000001, 0) + b"\2\0\0\0\0\3" + bytes(10) + bytes(192)
    o = b"\x63\x82\x53\x63\x35\1" + bytes([kind]) + b"\x36\4\x0a\0\0\1\1\4\xff\xff\xff\0\3\4\x0a\0\0\1\6\4\x0a\0\0\1\x33\4\0\0\x0e\x10\xff"
    return udp(67, 68, m + o)


def dns_answer():
    name = b"\3www\7example\3org\0"
    return udp(53, 0, struct.pack(">HHHHHH", 0, 0x8180, 1, 1, 0, 0) + name + b"\0\1\0\1\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4\1\2\3\4")


SEEDS = {
    "handshake": SYN + step(LIVE, tcp(A)) + act(0x10),
    "data": SYN + step(LIVE, tcp(A)) + step(LIVE, tcp(P | A, b"\1hello you there")) + act(2) + step(LIVE, tcp(A)),
    "out-of-order": SYN + step(LIVE, tcp(A)) + step(LIVE, tcp(A, bytes(48), seq=60)) + step(LIVE, tcp(A, bytes(48), seq=30)) +
                    step(LIVE, tcp(A, bytes(64))),
    "close": SYN + step(LIVE, tcp(A)) + step(LIVE, tcp(F | A)) + step(LIVE, tcp(A)) + act(2),
    "we-close": SYN + step(LIVE, tcp(A)) + act(6) + step(LIVE, tcp(A)) + step(LIVE, tcp(F | A)) + act(2),
    "reset": SYN + step(LIVE, tcp(A)) + step(LIVE, tcp(R)) + SYN,
    "syn-in-window": SYN + step(LIVE, tcp(A)) + step(LIVE, tcp(S | A)) + step(LIVE, tcp(S)),
    "urgent": SYN + step(LIVE, tcp(A)) + step(LIVE, tcp(U | P | A, b"urgent text")),
    "active": step(ALL, tcp(S | A, options=FULL, sport=6000, dport=5000, ack=1)) + step(LIVE, tcp(A)) + act(2),
    "half-open": b"".join(step(ALL, tcp(S, sport=40000 + i, options=MSS)) for i in range(12)),
    "udp": step(ALL, udp(5000, 7, b"echo me please")) + step(ALL, udp(5000, 9, b"nobody there")),
    "ping": step(ALL, icmp(8, 0, b"\0\1\0\2abcdefgh")),
    "fragments": step(ETH | IP, ip(17, struct.pack(">HHHH", 5000, 7, 48, 0) + bytes(16), frag=0x2000)) +
                 step(ETH | IP, ip(17, bytes(24), frag=3)) + act(2),
    "overlap": step(ETH | IP, ip(1, bytes(32), frag=0x2000)) + step(ETH | IP, ip(1, bytes(32), frag=0x2002)) + act(3),
    "unreachable": SYN + step(ALL, icmp(3, 4, struct.pack(">I", 576) + bytes([0x45, 0, 0, 40, 0, 0, 0, 0, 64, 6, 0, 0]) + US + PEER +
                                        struct.pack(">HHI", 80, 40000, 0))),
    "ip-options": step(ALL, ip(1, b"\x08\0\0\0\0\1\0\1", options=b"\x83\7\4\x0a\0\0\1\0")),
    "arp-request": step(ETH, arp(1, PEER, US)),
    "arp-reply": step(ETH, arp(2, bytes([10, 0, 0, 5]), US)),
    "arp-conflict": step(ETH, arp(1, US, US, b"\2\0\0\0\0\x99")) + act(2),
    "dhcp": step(ALL | SECOND | DHCP, dhcp(2)) + act(0x20) + step(ALL | SECOND | DHCP, dhcp(5)) + act(0x22) + act(0x42),
    "dhcp-nak": step(ALL | SECOND | DHCP, dhcp(2)) + step(ALL | SECOND | DHCP, dhcp(6)) + act(0x42),
    "dns": step(ALL | DNS, dns_answer()),
    "igmp": step(ALL, ip(2, b"\x11\x64\0\0\0\0\0\0", options=b"\x94\4\0\0")) + act(8) + act(2),
    "lite": step(ALL, ip(136, struct.pack(">HHHH", 5000, 7, 8, 0) + b"lite text")),
}


def main():
    os.makedirs(HERE, exist_ok=True)
    for name, data in SEEDS.items():
        with open(HERE + name, "wb") as f:
            f.write(data)


if __name__ == "__main__":
    main()
