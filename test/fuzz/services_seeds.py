#!/usr/bin/env python3
"""Write the first corpora of fuzz_dns and fuzz_dhcp: one file a case, named after it."""
import os, struct

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "corpus")


def write(target, name, octets):
    os.makedirs(os.path.join(HERE, target), exist_ok=True)
    with open(os.path.join(HERE, target, name), "wb") as f:
        f.write(octets)


# DNS: mode, flags (answers << 6 | truncated << 5 | authority << 4 | rcode), then records.
def rr(name, rtype, data, ttl=60):
    return name + struct.pack(">HHIH", rtype, 1, ttl, len(data)) + data


SELF = b"\xc0\x0c"
A = rr(SELF, 1, bytes([1, 2, 3, 4]))
CNAME = rr(SELF, 5, b"\x01b\x00") + rr(b"\x01b\x00", 1, bytes([1, 2, 3, 4]))
SOA = rr(SELF, 6, b"\x01m\x00\x01r\x00" + struct.pack(">5I", 1, 2, 3, 4, 60))
for name, flags, body in [
    ("address", 0x40, A), ("two", 0x80, A + A), ("alias", 0x80, CNAME), ("alias_of_itself", 0x40, rr(SELF, 5, SELF)),
    ("no_such_name", 0x13, SOA), ("no_data", 0x10, SOA), ("failure", 0x02, b"x"), ("truncated", 0x60, A),
    ("pointer_loop", 0x40, b"\xc0\x26\xc0\x24" + A[2:]), ("rdlength", 0x40, A[:10] + b"\xff\xff\1\2\3\4"),
]:
    write("dns", name, bytes([0, flags]) + body)
write("dns", "whole", bytes([1, 0]) + bytes.fromhex("123481800001000100000000") + b"\x01a\x00\x00\x01\x00\x01" + A)


# DHCP: steps of fit, length / 4, octets.
def step(fit, octets=b""):
    octets += bytes(-len(octets) % 4)
    return bytes([fit, len(octets) // 4]) + octets


def opt(code, data):
    return bytes([code, len(data)]) + data


END = b"\xff"
PARAMETERS = (opt(1, b"\xff\xff\xff\0") + opt(3, b"\x0a\0\0\xfe") + opt(6, b"\x08" * 8) + opt(42, b"\x07" * 12) +
              opt(51, struct.pack(">I", 3600)) + opt(67, b"image") + END)
OFFER, ACK, NAK = 0x17, 0x1B, 0x1F
LEASE = step(OFFER, PARAMETERS) + step(ACK, PARAMETERS)
for name, steps in [
    ("lease", LEASE), ("renewed", LEASE + step(0xDB, PARAMETERS)), ("refused", step(OFFER, PARAMETERS) + step(NAK, END)),
    ("refused_renewal", LEASE + step(0xDF, END)), ("expired", LEASE + step(0x80) + step(0x40) * 30),
    ("silent", step(0x40) * 10), ("lies", step(OFFER, opt(51, bytes(4)) + opt(58, b"\xff" * 4) + opt(59, bytes(4)) + END)),
    ("overload", step(OFFER | 0x20, opt(52, b"\x03") + opt(12, b"x" * 100) + END)),
    ("parts", step(OFFER, PARAMETERS) + step(ACK, opt(6, b"\1\2") + opt(6, b"\3\4\5") + opt(51, b"\0\0") + opt(51, b"\1\0") + END)),
    ("past_the_end", step(OFFER, b"\x03\xff\x01")),
]:
    write("dhcp", name, steps)
