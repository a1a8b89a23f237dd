"""Every header under src/ compiles alone: public ones in C99 and C++17, the stack's own in C99."""
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor

import toolbox as t

# included many times by design, or never by a program
NOT_ALONE = {"lwip/priv/memp_std.h", "arch/bpstruct.h", "arch/epstruct.h"}
# the stand-ins of what these headers stand on
KERNELS = [a for d in ("rtos/freertos", "rtos/cmsis", "arduino/core") for a in ("-I", os.path.join(t.ROOT, "test", d))]
C = ["gcc", "-std=c99", "-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Wundef", "-Wstrict-prototypes", "-Werror"]
CXX = ["g++", "-std=c++17", "-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Wundef", "-Werror"]
# the options decide how much of a header there is
SETS = {
    "full": {},
    "dual": {"LWIP_IPV6": 1, "LWIP_IPV6_DHCP6": 1, "LWIP_STATS": 0},
    "threads": {"NO_SYS": 0, "SYS_LIGHTWEIGHT_PROT": 1, "LWIP_X_CORE_GUARD": 0},
}


def headers():
    found = []
    for folder, _, files in os.walk(t.SRC):
        found += [os.path.relpath(os.path.join(folder, f), t.SRC) for f in files if f.endswith(".h")]
    return sorted(set(found) - NOT_ALONE)


def is_arduino(header):
    """The classes: C++ over an Arduino core, without threads."""
    return header.startswith("LwIP") and header != "LwIP.h" or header.startswith("stack/arduino/")


def check(job):
    """@return (what, exit code, output) of each language"""
    tmp, n, header, label, opts = job
    text = '#include "%s"\n#include "%s"\nextern int not_empty;\n' % (header, header)
    c = t.write(os.path.join(tmp, "alone%d.c" % n), text)
    opts = opts + ["-I", t.SRC] + KERNELS
    done = []
    if not is_arduino(header):
        done.append(("%s in C (%s)" % (header, label),) + t.run(C + opts + [c]))
    if not header.startswith("stack/") and not (is_arduino(header) and label == "threads"):
        cpp = t.write(os.path.join(tmp, "alone%d.cpp" % n), text)
        done.append(("%s in C++ (%s)" % (header, label),) + t.run(CXX + opts + [cpp]))
    return done


def main():
    score = t.Score("headers")
    with tempfile.TemporaryDirectory() as tmp:
        jobs = [(header, "no lwipopts.h", []) for header in headers()]
        for label, defines in SETS.items():
            folder = t.options(os.path.join(tmp, label), defines, t.FULL)
            jobs += [(header, label, ["-I", folder]) for header in headers()]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for done in pool.map(check, [(tmp, n) + job for n, job in enumerate(jobs)]):
                for what, rc, said in done:
                    score.case(what, rc == 0, said)
    return score.end()


if __name__ == "__main__":
    raise SystemExit(main()[1] != 0)
