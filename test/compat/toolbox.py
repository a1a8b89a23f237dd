"""What the checks of this folder share: paths, compilers, option files, counting."""
import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SRC = os.path.join(ROOT, "src")
FULL = os.path.join(ROOT, "test", "config", "full", "lwipopts.h")

WARNINGS = ("-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wundef -Wcast-qual "
            "-Werror").split()
CROSS = ["arm-none-eabi-gcc", "-mcpu=cortex-m4", "-mthumb"]


class Score:
    """Counts cases, prints failures at once and progress now and then."""

    def __init__(self, what):
        self.what, self.passed, self.failed, self.skipped = what, 0, 0, 0
        self.said = time.time()

    def case(self, name, ok, detail=""):
        if ok:
            self.passed += 1
        else:
            self.failed += 1
            print("FAIL %s: %s" % (self.what, name))
            for line in detail.strip().splitlines()[:12]:
                print("    " + line)
        if time.time() - self.said > 5:
            self.said = time.time()
            print("  %s: %d done" % (self.what, self.passed + self.failed))
            sys.stdout.flush()
        return ok

    def skip(self, name, why):
        self.skipped += 1
        print("skip: %s: %s" % (name, why))

    def end(self):
        print("%-10s %d passed, %d failed" % (self.what, self.passed, self.failed))
        sys.stdout.flush()
        return self.passed, self.failed, self.skipped


def free_ports(n):
    """Ports of 127.0.0.1, different ones: each is held until all are known."""
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(n)]
        for s in sockets:
            s.bind(("127.0.0.1", 0))
        return [s.getsockname()[1] for s in sockets]


def have(tool):
    return shutil.which(tool) is not None


def run(cmd, **kw):
    """Run, give (exit code, everything it said)."""
    p = subprocess.run(cmd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", **kw)
    return p.returncode, p.stdout


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as f:
        f.write(text)
    return path


def options(folder, defines, base=None):
    """Write folder/lwipopts.h: a base file, then definitions that override it."""
    text = '#include "%s"\n' % base if base else ""
    for name, value in defines.items():
        bare = name.split("(")[0]
        text += "#undef %s\n" % bare
        if value is not None:
            text += "#define %s %s\n" % (name, value)
    write(os.path.join(folder, "lwipopts.h"), text)
    return folder


def sources():
    found = []
    for folder, _, files in os.walk(os.path.join(SRC, "stack")):
        found += [os.path.join(folder, f) for f in files if f.endswith(".c")]
    return sorted(found)
