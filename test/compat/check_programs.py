"""Programs as people write them for lwIP: compiled with warnings as errors, linked with the library, run."""
import glob
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor

import toolbox as t

FOLDER = os.path.join(t.HERE, "programs")
THREADS = os.path.join(FOLDER, "threads")
THREADS_PORT = [os.path.join(t.ROOT, "ports", "unix", f) for f in ("unix_threads.c", "unix_sys.c")]
SANITIZE = ["-g", "-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=undefined"]
# the library is built once for each
VARIANTS = {
    "timers on demand": SANITIZE,
    "timers by hand": ["-O0", "-DLWIP_TIMERS=0"],
    "threads": SANITIZE + ["-pthread", "-I", THREADS],
    "threads, messages": ["-O0", "-pthread", "-I", THREADS, "-DLWIP_TCPIP_CORE_LOCKING=0"],
}
# these live on sys_timeout()
NEED_TIMERS = {"raw_ping"}
INCLUDE = ["-I", FOLDER, "-I", t.SRC]


def compile_one(job):
    source, out, flags = job
    cc = ["g++", "-std=c++17"] if source.endswith(".cpp") else ["gcc", "-std=gnu99"]
    return (out,) + t.run(cc + flags + INCLUDE + ["-c", source, "-o", out])


def build_library(score, tmp, name, flags):
    jobs = [(s, os.path.join(tmp, os.path.basename(s) + ".o"), flags + ["-Wall", "-Wextra", "-Werror"]) for s in t.sources()]
    port = THREADS_PORT if "-pthread" in flags else [os.path.join(FOLDER, "host.c")]
    jobs += [(s, os.path.join(tmp, "port_" + os.path.basename(s) + ".o"), flags) for s in port]
    objects, said = [], ""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for out, rc, text in pool.map(compile_one, jobs):
            said += text if rc else ""
            objects += [out] if rc == 0 else []
    return score.case("library, %s" % name, not said, said), objects


def check_program(score, tmp, source, variant, flags, objects):
    name = os.path.splitext(os.path.basename(source))[0]
    label = "%s (%s)" % (name, variant)
    warn = ["-Wall", "-Wextra", "-Werror"] + ([] if source.endswith(".cpp") else ["-Wstrict-prototypes"])
    obj = os.path.join(tmp, name + ".prog.o")
    _, rc, said = compile_one((source, obj, flags + warn))
    if not score.case(label + " compiles", rc == 0, said):
        return
    exe = os.path.join(tmp, name)
    rc, said = t.run(["g++"] + flags + [obj] + objects + ["-o", exe])
    if not score.case(label + " links", rc == 0, said):
        return
    rc, said = t.run(["timeout", "60", exe], env=dict(os.environ, ASAN_OPTIONS="detect_leaks=0"))
    score.case(label + " runs", rc == 0, "exit code %d\n%s" % (rc, said))


def programs(folder):
    found = sorted(glob.glob(folder + "/*.c") + glob.glob(folder + "/*.cpp"))
    return [p for p in found if os.path.basename(p) != "host.c"]


def main():
    score = t.Score("programs")
    for variant, flags in VARIANTS.items():
        with tempfile.TemporaryDirectory() as tmp:
            _, objects = build_library(score, tmp, variant, flags)
            for p in programs(THREADS if "-pthread" in flags else FOLDER):
                if "-DLWIP_TIMERS=0" in flags and os.path.splitext(os.path.basename(p))[0] in NEED_TIMERS:
                    continue
                check_program(score, tmp, p, variant, flags, objects)
    return score.end()


if __name__ == "__main__":
    raise SystemExit(main()[1] != 0)
