#!/usr/bin/env python3
"""Instructions per operation and stack depth on an emulated Cortex-M (QEMU and its plugin, insn.c).

usage: mcg.py [-t TOP] [-j JOBS] [-o JSON] name=elf [name=elf ...] -- "test args" ...
"""
import bisect
import functools
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
import cg  # noqa: E402

MACHINE = os.environ.get("MACHINE", "mps2-an386")
HARNESS = re.compile(r"^(h_|b_|t_|main$|sys_now|sys_jiffies|semi|_write|printf|_v?f?printf|setvbuf|Reset_Handler)")


@functools.lru_cache(maxsize=None)
def plugin():
    """Build insn.so once."""
    so = os.path.join(tempfile.gettempdir(), "lwip-insn-%d.so" % os.getuid())
    source = os.path.join(HERE, "insn.c")
    if not os.path.exists(so) or os.path.getmtime(so) < os.path.getmtime(source):
        subprocess.run(["gcc", "-shared", "-fPIC", "-O2", "-o", so, source], check=True)
    return so


@functools.lru_cache(maxsize=None)
def symbols(elf):
    found = []
    for line in subprocess.run(["arm-none-eabi-nm", "-n", elf], capture_output=True, text=True).stdout.splitlines():
        p = line.split()
        if len(p) == 3 and p[1] in "tTwW" and not p[2].startswith("$"):
            found.append((int(p[0], 16) & ~1, p[2]))
    return found


def measure_stack(elf, test):
    """-> (instructions per operation or None, {function: per operation}, remark, octets of stack)"""
    table = symbols(elf)
    addresses = [a for a, _ in table]
    mark = next(a for a, n in table if n == "h_mark")
    fd, out = tempfile.mkstemp(prefix="mcg")
    os.close(fd)
    try:
        semi = "enable=on,target=native,arg=bench," + ",".join("arg=" + w for w in test.split(" "))
        r = subprocess.run(["qemu-system-arm", "-M", MACHINE, "-display", "none", "-monitor", "none", "-serial", "stdio",
                            "-semihosting-config", semi, "-kernel", elf,
                            "-plugin", "%s,out=%s,mark=%#x" % (plugin(), out, mark)],
                           capture_output=True, text=True, errors="replace", timeout=900, stdin=subprocess.DEVNULL)
        m = re.search(r"^(.*) ops (\d+) bad (\d+)", r.stdout, re.M)
        if not m:
            text = (r.stdout + r.stderr).strip().splitlines()
            return None, {}, text[-1][:120] if text else "no output", 0
        ops, bad = int(m.group(2)), int(m.group(3))
        per = {}
        for line in open(out):
            address, count = line.split()
            name = table[bisect.bisect_right(addresses, int(address, 16)) - 1][1]
            if not HARNESS.match(name):
                per[name] = per.get(name, 0) + int(count) / ops
        notes = " ".join(l for l in r.stdout.splitlines() if l.startswith("!!"))
        depth = re.search(r"stack (\d+)", r.stdout)
        return sum(per.values()), per, ("bad=%d " % bad if bad else "") + notes, int(depth.group(1)) if depth else 0
    except subprocess.TimeoutExpired:
        return None, {}, "timeout", 0
    finally:
        os.unlink(out)


def measure(elf, test):
    value, per, remark, depth = measure_stack(elf, test)
    return value, per, (remark + " " if remark else "") + "stack=%d" % depth


if __name__ == "__main__":
    cg.main(measure)
