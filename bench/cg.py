#!/usr/bin/env python3
"""Instructions per operation on the host, by callgrind: exact and repeatable.

usage: cg.py [-t TOP] [-j JOBS] [-o JSON] name=binary [name=binary ...] -- "test args" ...

Runs every test on every binary and prints the instructions per operation that the stack itself
executed.  Functions whose names begin with h_, b_ or t_ (and main, sys_now and printing) are the
harness and are left out; -t N shows the N dearest functions.
"""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

HARNESS = re.compile(r"^(h_|b_|t_|main$|sys_now|sys_jiffies|sys_check_core|clock_gettime|__vdso|_dl_|do_lookup|printf|_IO_|"
                     r"vfprintf|\(below main\))")


def costs_by_function(path):
    """Self cost of every function in a callgrind dump."""
    names, fn, cost, skip = {}, None, {}, False
    for line in open(path, errors="replace"):
        line = line.rstrip("\n")
        m = re.match(r"(c?fn)=\((\d+)\)(?: (.*))?", line)
        if m:
            if m.group(3):
                names[m.group(2)] = m.group(3)
            if m.group(1) == "fn":
                fn = names[m.group(2)]
        elif line.startswith("calls="):
            skip = True
        elif line and (line[0].isdigit() or line[0] in "+-*"):
            if skip:
                skip = False
                continue
            p = line.split()
            if len(p) >= 2 and fn:
                cost[fn] = cost.get(fn, 0) + int(p[1])
    return cost


def measure(binary, test):
    """-> (instructions per operation or None, {function: per operation}, remark)"""
    folder = tempfile.mkdtemp(prefix="cg")
    try:
        out = os.path.join(folder, "cg.out")
        r = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=" + out, "--compress-strings=yes",
                            "--compress-pos=no", binary, test], capture_output=True, text=True, errors="replace")
        m = re.search(r"^(.*) ops (\d+) .*bad (\d+)", r.stdout, re.M)
        if not m or not os.path.exists(out + ".1"):
            text = (r.stdout + r.stderr).strip().splitlines()
            return None, {}, text[-1][:120] if text else "no output"
        ops, bad = int(m.group(2)), int(m.group(3))
        per = {}
        for name, cost in costs_by_function(out + ".1").items():
            name = name.split("'")[0]
            if not HARNESS.match(name):
                per[name] = per.get(name, 0) + cost / ops
        notes = [l for l in r.stdout.splitlines() if l.startswith("!!")]
        return sum(per.values()), per, ("bad=%d " % bad if bad else "") + " ".join(notes)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def table(measure_fn, stacks, tests, jobs, top, js):
    """Side by side: the table of cg.py and mcg.py."""
    data = {}
    with ThreadPoolExecutor(jobs) as ex:
        fut = {(n, t): ex.submit(measure_fn, b, t) for t in tests for n, b in stacks}
        print("%-44s" % "test" + "".join("%14s" % n for n, _ in stacks) + ("   ratio" if len(stacks) > 1 else ""))
        for t in tests:
            row = [fut[(n, t)].result() for n, _ in stacks]
            line = "%-44s" % t + "".join("%14.1f" % r[0] if r[0] is not None else "%14s" % "FAIL" for r in row)
            if len(row) > 1 and row[0][0] and row[1][0]:
                line += "   %.3f" % (row[1][0] / row[0][0])
            print(line, " ".join(r[2] for r in row if r[2]).strip()[:200], flush=True)
            data[t] = {n: r[0] for (n, _), r in zip(stacks, row)}
            for (n, _), r in zip(stacks, row):
                for k, v in sorted(r[1].items(), key=lambda x: -x[1])[:top]:
                    print("      %-10s %10.1f  %5.1f%%  %s" % (n, v, 100 * v / r[0] if r[0] else 0, k))
    if js:
        json.dump(data, open(js, "w"), indent=1)


def main(measure_fn=measure, jobs=os.cpu_count()):
    argv = sys.argv[1:]
    if "--" not in argv:
        sys.exit(__doc__)
    cut = argv.index("--")
    ap = argparse.ArgumentParser()
    ap.add_argument("-t", type=int, default=0)
    ap.add_argument("-j", type=int, default=jobs)
    ap.add_argument("-o")
    ap.add_argument("stacks", nargs="+")
    a = ap.parse_args(argv[:cut])
    table(measure_fn, [s.split("=", 1) for s in a.stacks], argv[cut + 1:], a.j, a.t, a.o)


if __name__ == "__main__":
    main()
