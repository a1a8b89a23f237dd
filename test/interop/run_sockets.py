"""Under lwip-run: what programs do with sockets beside sending and receiving, as the kernel's documentation has it.

run_sockets.py NAME KERNEL STACK: one of the functions below; says what is wrong, or `ok`.  The other end is in test/interop/run.
"""
import ctypes
import errno
import socket
import struct
import sys
import time

NAME, KERNEL, STACK = sys.argv[1:4]
GROUP = "232.7.7.7"
# What this Python has no names for.
IP_PKTINFO, IP_RECVTTL, SO_TIMESTAMP = 8, 12, 29
IP_UNBLOCK_SOURCE, IP_BLOCK_SOURCE, IP_ADD_SOURCE_MEMBERSHIP, IP_DROP_SOURCE_MEMBERSHIP = 37, 38, 39, 40
MCAST_JOIN_GROUP, MCAST_LEAVE_GROUP, MCAST_JOIN_SOURCE_GROUP, MCAST_LEAVE_SOURCE_GROUP = 42, 45, 46, 47
TCP_FASTOPEN_CONNECT = 30
MSG_WAITFORONE = 0x10000
aton = socket.inet_aton


def same(got, want, what):
    if got != want:
        sys.exit("%s: %r, not %r" % (what, got, want))


def fails(number, what, f, *args):
    try:
        f(*args)
    except OSError as e:
        same(e.errno, number, what)
        return
    sys.exit("%s: works" % what)


def exactly(s, octets):
    """As many as that: sockets with a timeout do not wait in the system, whatever the flags."""
    got = b""
    while len(got) < octets:
        more = s.recv(octets - len(got))
        if not more:
            break
        got += more
    return got


def udp(family=socket.AF_INET, port=0, address=""):
    s = socket.socket(family, socket.SOCK_DGRAM)
    s.settimeout(10)
    s.bind((address, port))
    return s


def tcp():
    s = socket.create_connection((KERNEL, 7100), 10)
    s.settimeout(10)
    return s


def asked(s, *options):
    for level, name in options:
        same(s.getsockopt(level, name), 0, "option %d at first" % name)
        s.setsockopt(level, name, 1)
        same(s.getsockopt(level, name), 1, "option %d" % name)


def told(s, room=512):
    data, control, flags, who = s.recvmsg(100, room)
    return data, {(level, kind): value for level, kind, value in control}, flags, who


def ancillary4():
    """The kernel answers each datagram with one of hop limit 42 and type of service 0x10."""
    s = udp()
    ip = socket.IPPROTO_IP
    asked(s, (ip, IP_PKTINFO), (ip, IP_RECVTTL), (ip, socket.IP_RECVTOS), (socket.SOL_SOCKET, SO_TIMESTAMP))
    info = struct.pack("@i4s4s", socket.if_nametoindex("tap0"), aton(STACK), aton("0.0.0.0"))
    number = struct.pack("@i", 7)
    s.sendmsg([b"ping", b"pong"], [(ip, IP_PKTINFO, info), (ip, socket.IP_TTL, number), (ip, socket.IP_TOS, b"\x08")], 0, (KERNEL, 7101))
    data, control, flags, who = told(s)
    same((data, who, flags), (b"pingpong 7 8", (KERNEL, 7101), 0), "answer")
    same(len(control), 4, "how much is told")
    same(control[ip, IP_PKTINFO], struct.pack("@i4s4s", socket.if_nametoindex("tap0"), aton(STACK), aton(STACK)), "IP_PKTINFO")
    same(control[ip, socket.IP_TTL], struct.pack("@i", 42), "IP_TTL")
    same(control[ip, socket.IP_TOS], b"\x10", "IP_TOS")
    sec, usec = struct.unpack("@ll", control[socket.SOL_SOCKET, SO_TIMESTAMP])
    same(abs(time.time() - sec - usec / 1e6) < 5, True, "SO_TIMESTAMP %d.%06d" % (sec, usec))
    s.sendto(b"again", (KERNEL, 7101))
    data, control, flags, who = told(s, socket.CMSG_SPACE(16))  # of four the first fits
    same((list(control), flags), ([(socket.SOL_SOCKET, SO_TIMESTAMP)], socket.MSG_CTRUNC), "too small")
    fails(errno.EINVAL, "ancillary data of no kind", s.sendmsg, [b"x"], [(ip, 99, number)], 0, (KERNEL, 7101))
    fails(errno.EINVAL, "a hop limit of 0", s.sendmsg, [b"x"], [(ip, socket.IP_TTL, bytes(4))], 0, (KERNEL, 7101))
    s.setblocking(False)
    fails(errno.EAGAIN, "the queue of errors", s.recvmsg, 10, 100, socket.MSG_ERRQUEUE)


def ancillary6():
    ip6 = socket.IPPROTO_IPV6
    s, c = udp(socket.AF_INET6, 0, "::1"), udp(socket.AF_INET6, 0, "::1")
    asked(s, (ip6, socket.IPV6_RECVPKTINFO), (ip6, socket.IPV6_RECVHOPLIMIT), (ip6, socket.IPV6_RECVTCLASS), (socket.SOL_SOCKET, SO_TIMESTAMP))
    one = socket.inet_pton(socket.AF_INET6, "::1")
    c.sendmsg([b"six"], [(ip6, socket.IPV6_PKTINFO, one + struct.pack("@I", 0)), (ip6, socket.IPV6_HOPLIMIT, struct.pack("@i", 9)),
                         (ip6, socket.IPV6_TCLASS, struct.pack("@i", 0x20))], 0, s.getsockname())
    data, control, flags, who = told(s)
    same((data, who, flags), (b"six", c.getsockname(), 0), "datagram")
    same(control[ip6, socket.IPV6_PKTINFO], one + struct.pack("@I", socket.if_nametoindex("lo")), "IPV6_PKTINFO")
    same(control[ip6, socket.IPV6_HOPLIMIT], struct.pack("@i", 9), "IPV6_HOPLIMIT")
    same(control[ip6, socket.IPV6_TCLASS], struct.pack("@i", 0x20), "IPV6_TCLASS")
    same((socket.SOL_SOCKET, SO_TIMESTAMP) in control, True, "SO_TIMESTAMP")


def tcp_info():
    """The kernel sends back what it gets."""
    s = tcp()
    for _ in range(20):
        s.sendall(bytes(1000))
        same(len(exactly(s, 1000)), 1000, "echo")
    raw = s.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 256)
    same(len(raw) >= 104, True, "%d octets" % len(raw))
    state, _, retransmits, _, _, options, scales = struct.unpack_from("@7B", raw)
    rto, ato, snd_mss, rcv_mss, unacked = struct.unpack_from("@5I", raw, 8)
    pmtu, rcv_ssthresh, rtt, rttvar, ssthresh, cwnd, advmss = struct.unpack_from("@7I", raw, 60)
    same((state, retransmits, unacked), (1, 0, 0), "ESTABLISHED, nothing under way")
    same(options & 6, 6, "selective acknowledgement and scaled windows")
    same(0 < scales & 15 < 15 and 0 < scales >> 4 < 15, True, "scales %#x" % scales)
    same(200000 <= rto <= 3000000, True, "rto %d us" % rto)
    same(1400 <= snd_mss <= 1460 and 1400 <= advmss <= 1460, True, "mss %d, %d" % (snd_mss, advmss))
    same(0 < rtt < 200000 and rttvar < 400000, True, "rtt %d, %d us" % (rtt, rttvar))
    same(10 <= cwnd < 1000, True, "cwnd %d segments" % cwnd)
    same(ssthresh >= 10, True, "ssthresh %d segments" % ssthresh)
    same(len(s.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 8)), 8, "less room")
    fails(errno.ENOPROTOOPT, "to set it", s.setsockopt, socket.IPPROTO_TCP, socket.TCP_INFO, raw)
    fails(errno.ENOPROTOOPT, "of a datagram socket", udp().getsockopt, socket.IPPROTO_TCP, socket.TCP_INFO, 104)


def leave_open():
    """Ends as many programs do."""
    s = socket.create_connection((KERNEL, 7106))
    s.sendall((bytes(range(251)) * 41800)[:10 * 1024 * 1024])
    print("ok", flush=True)
    ctypes.CDLL(None).exit(0)


class Iovec(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("len", ctypes.c_size_t)]


class Msghdr(ctypes.Structure):
    _fields_ = [("name", ctypes.c_void_p), ("namelen", ctypes.c_uint), ("iov", ctypes.POINTER(Iovec)), ("iovlen", ctypes.c_size_t),
                ("control", ctypes.c_void_p), ("controllen", ctypes.c_size_t), ("flags", ctypes.c_int)]


class Mmsghdr(ctypes.Structure):
    _fields_ = [("hdr", Msghdr), ("len", ctypes.c_uint)]


def vector(rooms):
    v = (Mmsghdr * len(rooms))()
    for m, room in zip(v, rooms):
        m.hdr.iov = ctypes.pointer(Iovec(ctypes.addressof(room), len(room)))
        m.hdr.iovlen = 1
    return v


def many():
    """sendmmsg() and recvmmsg(), which Python has not."""
    libc = ctypes.CDLL(None, use_errno=True)
    s, c = udp(), udp()
    s.settimeout(None)
    c.connect(("127.0.0.1", s.getsockname()[1]))
    texts = [ctypes.create_string_buffer(b"%d" % i * (i + 1), i + 1) for i in range(5)]
    v = vector(texts)
    same(libc.sendmmsg(c.fileno(), v, 5, 0), 5, "sendmmsg")
    same([m.len for m in v], [1, 2, 3, 4, 5], "octets sent")
    rooms = [ctypes.create_string_buffer(8) for _ in range(8)]
    v = vector(rooms)
    same(libc.recvmmsg(s.fileno(), v, 3, 0, None), 3, "recvmmsg")
    same([(m.len, r.raw[:m.len]) for m, r in zip(v, rooms)][:3], [(1, b"0"), (2, b"11"), (3, b"222")], "the first three")
    same(libc.recvmmsg(s.fileno(), v, 8, MSG_WAITFORONE, None), 2, "recvmmsg of what there is")
    same(libc.recvmmsg(s.fileno(), v, 8, socket.MSG_DONTWAIT, None), -1, "recvmmsg of nothing")
    same(ctypes.get_errno(), errno.EAGAIN, "errno")
    c.send(b"one")
    same(libc.recvmmsg(s.fileno(), v, 8, 0, ctypes.byref((ctypes.c_long * 2)(0, 0))), 1, "recvmmsg until the time is over")


def sol_socket():
    s, level = socket.socket(), socket.SOL_SOCKET
    for name in (socket.SO_REUSEADDR, socket.SO_REUSEPORT, socket.SO_KEEPALIVE, socket.SO_BROADCAST):
        s.setsockopt(level, name, 1)
        same(s.getsockopt(level, name), 1, "option %d" % name)
    same(s.getsockopt(level, socket.SO_TYPE), socket.SOCK_STREAM, "SO_TYPE")
    same(s.getsockopt(level, socket.SO_DOMAIN), socket.AF_INET, "SO_DOMAIN")
    same(s.getsockopt(level, socket.SO_PROTOCOL), socket.IPPROTO_TCP, "SO_PROTOCOL")
    same(s.getsockopt(level, socket.SO_ACCEPTCONN), 0, "SO_ACCEPTCONN")
    same(s.getsockopt(level, socket.SO_ERROR), 0, "SO_ERROR")
    for value in ((1, 7), (1, 0), (0, 0)):
        s.setsockopt(level, socket.SO_LINGER, struct.pack("@ii", *value))
        same(struct.unpack("@ii", s.getsockopt(level, socket.SO_LINGER, 8)), value, "SO_LINGER")
    for name in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
        s.setsockopt(level, name, struct.pack("@ll", 3, 250000))
        same(struct.unpack("@ll", s.getsockopt(level, name, 16)), (3, 250000), "timeout %d" % name)
    s.setsockopt(level, socket.SO_SNDBUF, 50000)
    same(s.getsockopt(level, socket.SO_SNDBUF), 50000, "SO_SNDBUF")
    fails(errno.ENOPROTOOPT, "an option of no kind", s.setsockopt, level, 999, 1)
    fails(errno.ENODEV, "no such device", s.setsockopt, level, socket.SO_BINDTODEVICE, b"none0")
    same(s.setsockopt(level, socket.SO_BINDTODEVICE, b"tap0\0"), None, "SO_BINDTODEVICE")
    s.connect((KERNEL, 7100))
    u, here = udp(), udp()
    u.setsockopt(level, socket.SO_BINDTODEVICE, b"lo")
    for s, address in ((u, "127.0.0.1"), (here, STACK)):
        here.sendto(b"x", (address, s.getsockname()[1]))
        same(s.recv(10), b"x", "from this host")
    a, b = (socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2))
    a.setsockopt(level, socket.SO_REUSEPORT, 1)
    a.bind(("", 7102))
    fails(errno.EADDRINUSE, "a port in use", b.bind, ("", 7102))
    b.setsockopt(level, socket.SO_REUSEPORT, 1)
    b.bind(("", 7102))


def ipproto_tcp():
    s, level = tcp(), socket.IPPROTO_TCP
    for name, value in ((socket.TCP_NODELAY, 1), (socket.TCP_KEEPIDLE, 33), (socket.TCP_KEEPINTVL, 11), (socket.TCP_KEEPCNT, 4),
                        (socket.TCP_USER_TIMEOUT, 20000)):
        s.setsockopt(level, name, value)
        same(s.getsockopt(level, name), value, "option %d" % name)
    same(1400 <= s.getsockopt(level, socket.TCP_MAXSEG) <= 1460, True, "TCP_MAXSEG")
    for name in (b"reno", b"cubic"):
        s.setsockopt(level, socket.TCP_CONGESTION, name)
        same(s.getsockopt(level, socket.TCP_CONGESTION, 16).rstrip(b"\0"), name, "TCP_CONGESTION")
    fails(errno.ENOENT, "an algorithm of no kind", s.setsockopt, level, socket.TCP_CONGESTION, b"none")
    cork(s)
    server = socket.socket()
    server.setsockopt(level, socket.TCP_FASTOPEN, 5)
    same(server.getsockopt(level, socket.TCP_FASTOPEN), 5, "TCP_FASTOPEN")
    server.setsockopt(level, TCP_FASTOPEN_CONNECT, 1)
    same(server.getsockopt(level, TCP_FASTOPEN_CONNECT), 1, "TCP_FASTOPEN_CONNECT")


def cork(s):
    """What is written under it comes whole, and TCP_NODELAY is afterwards what it was, or was set to meanwhile."""
    level = socket.IPPROTO_TCP
    for before, meanwhile in ((0, None), (1, None), (0, 1), (1, 0)):
        s.setsockopt(level, socket.TCP_NODELAY, before)
        s.setsockopt(level, socket.TCP_CORK, 1)
        same(s.getsockopt(level, socket.TCP_CORK), 1, "TCP_CORK")
        if meanwhile is not None:
            s.setsockopt(level, socket.TCP_NODELAY, meanwhile)
        for _ in range(5):
            s.send(b"piece ")
        s.setsockopt(level, socket.TCP_CORK, 0)
        same(exactly(s, 30), b"piece " * 5, "echo")
        same(s.getsockopt(level, socket.TCP_CORK), 0, "TCP_CORK")
        same(s.getsockopt(level, socket.TCP_NODELAY), before if meanwhile is None else meanwhile, "TCP_NODELAY after the cork")


def linger():
    """The kernel tells how each of two connections ended, on a third."""
    for value in (struct.pack("@ii", 1, 0), struct.pack("@ii", 1, 5)):
        s = tcp()
        s.sendall(b"bye")
        exactly(s, 3)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, value)
        s.close()


def fast_open():
    """Text in the SYN: the first connection gets the cookie, the others have it.  The kernel tells whether there was text."""
    for want in (b"without", b"with"):
        s = socket.socket()
        s.sendto(b"early", socket.MSG_FASTOPEN, (KERNEL, 7103))
        same(s.recv(20), want, "MSG_FASTOPEN")
        s.close()
    s = socket.socket()
    s.setsockopt(socket.IPPROTO_TCP, TCP_FASTOPEN_CONNECT, 1)
    s.connect((KERNEL, 7103))
    s.send(b"early")
    same(s.recv(20), b"with", "TCP_FASTOPEN_CONNECT")


def sockaddr(address):
    return struct.pack("@H2x4s", socket.AF_INET, aton(address)).ljust(128, b"\0")


def request(*addresses):
    """struct group_req, group_source_req"""
    return struct.pack("@I4x", socket.if_nametoindex("tap0")) + b"".join(sockaddr(a) for a in addresses)


def sources(s, joined, want):
    """The kernel sends one datagram each from two addresses."""
    s.sendto(b"now", (KERNEL, 7104))
    got = set()
    s.settimeout(1)
    try:
        while len(got) < 2:
            got.add(s.recvfrom(10)[0].decode())
    except TimeoutError:
        pass
    s.settimeout(10)
    same(got, set(want), joined)


def groups():
    other = "10.7.0.77"
    ip, s = socket.IPPROTO_IP, udp(port=7105)
    one = aton(GROUP) + aton(STACK) + aton(KERNEL)
    another = aton(GROUP) + aton(STACK) + aton(other)
    s.setsockopt(ip, IP_ADD_SOURCE_MEMBERSHIP, one)
    sources(s, "one source", [KERNEL])
    s.setsockopt(ip, IP_ADD_SOURCE_MEMBERSHIP, another)
    sources(s, "both", [KERNEL, other])
    s.setsockopt(ip, IP_DROP_SOURCE_MEMBERSHIP, one)
    sources(s, "the other", [other])
    s.setsockopt(ip, IP_DROP_SOURCE_MEMBERSHIP, another)
    sources(s, "none", [])
    s.setsockopt(ip, MCAST_JOIN_SOURCE_GROUP, request(GROUP, KERNEL))
    sources(s, "one source, by number", [KERNEL])
    s.setsockopt(ip, MCAST_LEAVE_SOURCE_GROUP, request(GROUP, KERNEL))
    s.setsockopt(ip, MCAST_JOIN_GROUP, request(GROUP))
    sources(s, "all, by number", [KERNEL, other])
    s.setsockopt(ip, IP_BLOCK_SOURCE, one)
    sources(s, "all but one", [other])
    s.setsockopt(ip, IP_UNBLOCK_SOURCE, one)
    s.setsockopt(ip, MCAST_LEAVE_GROUP, request(GROUP))
    sources(s, "none, by number", [])
    mreqn = aton(GROUP) + aton("0.0.0.0") + struct.pack("@i", socket.if_nametoindex("tap0"))
    s.setsockopt(ip, socket.IP_ADD_MEMBERSHIP, mreqn)
    sources(s, "all, by ip_mreqn", [KERNEL, other])
    s.setsockopt(ip, socket.IP_DROP_MEMBERSHIP, mreqn)
    s.setsockopt(ip, socket.IP_MULTICAST_IF, mreqn)
    same(s.getsockopt(ip, socket.IP_MULTICAST_IF, 4), aton(STACK), "IP_MULTICAST_IF by number")
    fails(errno.ENODEV, "no such interface", s.setsockopt, ip, socket.IP_MULTICAST_IF, mreqn[:8] + struct.pack("@i", 99))
    fails(errno.EINVAL, "half a request", s.setsockopt, ip, MCAST_JOIN_GROUP, request()[:8])


globals()[NAME]()
print("ok")
