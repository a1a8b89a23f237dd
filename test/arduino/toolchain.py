"""The Arduino build: a hardware folder and a libraries folder put together, and arduino-builder run over them."""
import os
import shutil
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
OUT = os.path.join(ROOT, "build", "arduino")
HARDWARE = os.path.join(OUT, "hardware")
LIBRARIES = os.path.join(OUT, "libraries")
QEMU = os.path.join(ROOT, "ports", "qemu")

CORE = [os.path.join(QEMU, f) for f in ("board.c", "board.h", "console.c", "console.h", "startup.c", "mps2.ld")]
DRIVER = [os.path.join(QEMU, f) for f in ("lan9118.c", "lan9118.h", "qemu_sys.h")]
DRIVER += [os.path.join(ROOT, "ports", "common", "port.h")]


def merge(source, to):
    """Copy what changed, with its time, so that nothing is compiled twice; remove what is gone."""
    os.makedirs(to, exist_ok=True)
    for name in set(os.listdir(to)) - set(os.listdir(source)):
        path = os.path.join(to, name)
        shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)
    for name in os.listdir(source):
        a, b = os.path.join(source, name), os.path.join(to, name)
        if os.path.isdir(a):
            merge(a, b)
        elif not os.path.exists(b) or os.path.getmtime(a) != os.path.getmtime(b):
            shutil.copy2(a, b)


def assemble():
    """What an Arduino user has on disk: the board package, this library, and the board's driver as a library."""
    platform = os.path.join(HARDWARE, "lwiptest", "stm32")
    merge(os.path.join(HERE, "hardware", "lwiptest", "stm32"), platform)
    core = os.path.join(platform, "cores", "arduino")
    merge(os.path.join(HERE, "core"), core)
    for f in CORE + [os.path.join(HERE, "port", f) for f in os.listdir(os.path.join(HERE, "port"))]:
        shutil.copy2(f, core)
    ours = os.path.join(LIBRARIES, "STM32duino_LwIP")
    merge(os.path.join(ROOT, "src"), os.path.join(ours, "src"))
    for f in ("library.properties", "keywords.txt"):
        shutil.copy2(os.path.join(ROOT, f), ours)
    for library in os.listdir(os.path.join(HERE, "libraries")):
        merge(os.path.join(HERE, "libraries", library), os.path.join(LIBRARIES, library))
    driver = os.path.join(LIBRARIES, "Mps2Ethernet")
    for f in DRIVER:
        shutil.copy2(f, os.path.join(driver, "src"))
    shutil.copy2(os.path.join(QEMU, "qemu_sys.c"), os.path.join(driver, "src", "qemu_sys.inc"))


def build(sketch, board="an385", warnings="all", place=None):
    """@return (exit code, what it said, path of the ELF).  The objects of core and libraries are kept between sketches of
    one place, whose options must be the same; so is what arduino-builder has found out about their includes, which it
    trusts as long as the sketch bears the same name: hence the copy."""
    out = os.path.join(OUT, place or board)
    copy = os.path.join(OUT, "copies", place or board, "Sketch", "Sketch.ino")
    os.makedirs(out, exist_ok=True)
    os.makedirs(os.path.dirname(copy), exist_ok=True)
    for stale in ("build.options.json", "sketch", "preproc"):
        path = os.path.join(out, stale)
        if os.path.isdir(path):
            shutil.rmtree(path)
        elif os.path.exists(path):
            os.remove(path)
    shutil.copyfile(sketch, copy)
    command = ["arduino-builder", "-compile", "-hardware", HARDWARE, "-tools", "/usr/bin", "-libraries", LIBRARIES,
               "-fqbn", "lwiptest:stm32:" + board, "-core-api-version", "10819", "-warnings", warnings,
               "-build-path", out, copy]
    p = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    kept = os.path.join(OUT, "%s-%s.elf" % (os.path.basename(sketch)[:-4], place or board))
    if p.returncode == 0:
        shutil.copy2(os.path.join(out, "Sketch.ino.elf"), kept)
    return p.returncode, p.stdout, kept
