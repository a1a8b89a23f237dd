"""arduino-lint's rules for libraries (numbers as it prints them), PlatformIO's and CMSIS-Pack's manifests, keywords.txt."""
import glob
import json
import os
import re
import xml.etree.ElementTree as xml

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SRC = os.path.join(ROOT, "src")
FIELDS = ("name", "version", "author", "maintainer", "sentence", "paragraph", "category", "url", "architectures", "depends",
          "includes", "dot_a_linkage", "precompiled", "ldflags", "email", "license")
CATEGORIES = {"Display", "Communication", "Signal Input/Output", "Sensors", "Device Control", "Timing", "Data Storage",
              "Data Processing", "Other"}
KNOWN_ARCHITECTURES = {"stm32", "*", "avr", "sam", "samd", "esp32", "esp8266", "rp2040", "mbed", "renesas_uno"}
SEMVER = r"^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$"


def read(*path):
    with open(os.path.join(ROOT, *path), errors="replace") as f:
        return f.read()


def files():
    for folder, subs, names in os.walk(ROOT):
        subs[:] = [s for s in subs if s not in (".git", "build", "out")]
        for n in names:
            yield os.path.join(folder, n)


def structure(score):
    names = os.listdir(ROOT)
    everything = list(files())
    score.case("LS001 a library: sources or headers in src/", bool(glob.glob(SRC + "/*.h")))
    score.case("LS004 no submodule", ".gitmodules" not in names)
    score.case("LS005 no symbolic link", not [f for f in everything if os.path.islink(f)])
    score.case("LS006 no .development file", ".development" not in names)
    score.case("LS007 no .exe", not [f for f in everything if f.endswith(".exe")])
    score.case("LS008 a header named as in includes", os.path.exists(os.path.join(SRC, "LwIP.h")))
    score.case("LS009 the folder is src", "src" in names and "Src" not in names and "SRC" not in names)
    score.case("LS010 no utility/ beside src/", "utility" not in names)
    score.case("LS011, LS012 extras is spelt so", not [n for n in names if n.lower().startswith("extra") and n != "extras"])
    score.case("LC001 Arduino.h is spelt so", not [f for f in everything if f.startswith(SRC) and re.search(
        r'#\s*include\s*[<"]arduino\.h', read(f), re.I) and not re.search(r'#\s*include\s*[<"]Arduino\.h', read(f))])
    score.case("LD001 a readme", "README.md" in names)
    score.case("LD002 a license", "LICENSE" in names)
    score.case("LD003 no stray sketch", not [f for f in everything if f.endswith(".ino") and
                                             not f.startswith((os.path.join(ROOT, "examples"), os.path.join(ROOT, "test")))])
    score.case("LD004 examples", bool(sketches()))
    score.case("LD005, LD006 examples is spelt so", not [n for n in names if n.lower().startswith("example") and n != "examples"])
    score.case("src/lwipopts.h does not exist", not os.path.exists(os.path.join(SRC, "lwipopts.h")))
    objects = [os.path.basename(f) for f in everything if f.startswith(SRC) and f.endswith((".c", ".cpp", ".S"))]
    stems = [os.path.splitext(n)[0] for n in objects]
    score.case("names of sources are unique", len(stems) == len(set(stems)), str([n for n in stems if stems.count(n) > 1]))
    for sketch in sketches():
        name = os.path.basename(sketch)[:-4]
        score.case("%s: the folder is named like the sketch" % name, os.path.basename(os.path.dirname(sketch)) == name)


def sketches():
    return sorted(glob.glob(os.path.join(ROOT, "examples", "*", "*.ino")))


def properties(score):
    lines = [line for line in read("library.properties").splitlines() if line and not line.startswith("#")]
    score.case("LP005 name=value lines", all("=" in line for line in lines))
    have = dict(line.split("=", 1) for line in lines)
    score.case("LP002, LP003 file name", "library.properties" in os.listdir(ROOT))
    score.case("LP004 one library.properties", len([f for f in files() if os.path.basename(f).lower() == "library.properties" and
                                                    "test" + os.sep + "arduino" not in f]) == 1)
    score.case("LP006 field names", set(have) <= set(FIELDS), str(set(have) - set(FIELDS)))
    for field, rule in (("name", "LP007"), ("version", "LP019"), ("author", "LP023"), ("maintainer", "LP025"), ("sentence", "LP031"),
                        ("paragraph", "LP034"), ("category", "LP037"), ("url", "LP040"), ("architectures", "LP043, LP044")):
        score.case("%s %s is there" % (rule, field), bool(have.get(field, "").strip()))
    name = have["name"]
    score.case("LP008, LP009, LP010 length of the name", 3 <= len(name) <= 32)
    score.case("LP011 characters of the name", re.match(r"^[A-Za-z0-9_][A-Za-z0-9_. -]*$", name) is not None)
    score.case("LP012, LP014 not Arduino's name", "arduino" not in name.lower())
    score.case("LP016 the name says not library", "library" not in name.lower())
    score.case("the name other libraries depend on", name == "STM32duino LwIP")
    score.case("LP020, LP021 semantic version", re.match(SEMVER, have["version"]) is not None)
    score.case("LP024, LP026 author, maintainer", len(have["author"]) >= 1 and len(have["maintainer"]) >= 1)
    score.case("LP027, LP057 maintainer is not Arduino", "arduino" not in have["maintainer"].lower().replace("stm32duino", ""))
    score.case("LP028 maintainer, not email", "email" not in have)
    score.case("LP036 paragraph does not repeat the sentence", have["sentence"].rstrip(".") not in have["paragraph"])
    score.case("LP038, LP039 category", have["category"] in CATEGORIES)
    score.case("LP041 url", re.match(r"^https?://[^ ]+$", have["url"]) is not None)
    archs = have["architectures"].split(",")
    score.case("LP045, LP046 architectures", set(archs) <= KNOWN_ARCHITECTURES, str(archs))
    score.case("LP049, LP050 dot_a_linkage", have.get("dot_a_linkage", "false") in ("true", "false"))
    score.case("interrupt handlers are not put into an archive", have.get("dot_a_linkage", "false") == "false")
    score.case("LP051, LP052 includes", all(os.path.exists(os.path.join(SRC, h)) for h in have["includes"].split(",")))
    score.case("LP047, LP048 no dependencies", not have.get("depends"))
    return have


def platformio(score, have):
    pio = json.loads(read("library.json"))
    score.case("library.json: name", pio["name"] == have["name"] and len(pio["name"]) <= 50 and not re.search(r"[:;/,@<>]", pio["name"]))
    score.case("library.json: version", pio["version"] == have["version"] and len(pio["version"]) <= 20)
    score.case("library.json: description", len(pio["description"]) <= 255)
    score.case("library.json: license, platforms", pio["license"] == "BSD-3-Clause" and pio["platforms"] == ["ststm32"])
    score.case("library.json: no archive", pio["build"]["libArchive"] is False)
    score.case("library.json: headers", all(os.path.exists(os.path.join(SRC, h)) for h in pio["headers"]))
    listed = {e["name"] for e in pio["examples"]}
    there = {os.path.basename(os.path.dirname(s)) for s in sketches()}
    score.case("library.json: examples", listed == there, "%s %s" % (sorted(listed), sorted(there)))
    score.case("library.json: folders of export", all(os.path.exists(os.path.join(ROOT, e)) for e in pio["export"]["include"]))
    score.case("lwip/init.h: version", '#define LWIP_X_VERSION_STRING "%s"' % have["version"] in read("src", "lwip", "init.h"))


def keywords(score):
    kinds = {"KEYWORD1", "KEYWORD2", "LITERAL1"}
    seen = set()
    for n, line in enumerate(read("keywords.txt").splitlines(), 1):
        if line and not line.startswith("#"):
            parts = line.split("\t")
            score.case("keywords.txt:%d" % n, len(parts) == 2 and parts[1] in kinds and parts[0] not in seen, line)
            seen.add(parts[0])
    for header in glob.glob(os.path.join(SRC, "LwIP*.h")):
        for name in re.findall(r"^class (\w+)", read(header), re.M):
            score.case("keywords.txt knows %s" % name, name in seen)


def pack(score, have):
    """STM32duino.LwIP.pdsc: what CMSIS-Pack's packchk would look at first."""
    name = [n for n in os.listdir(ROOT) if n.endswith(".pdsc")]
    if not score.case("one .pdsc", len(name) == 1):
        return
    tree = xml.parse(os.path.join(ROOT, name[0])).getroot()
    vendor, title = tree.findtext("vendor"), tree.findtext("name")
    score.case("pdsc: VENDOR.NAME.pdsc", name[0] == "%s.%s.pdsc" % (vendor, title))
    score.case("pdsc: release is the library's version", tree.find("releases/release").get("version") == have["version"])
    conditions = {c.get("id") for c in tree.iter("condition")}
    for c in tree.iter("component"):
        wanted = c.get("condition")
        score.case("pdsc: condition %s" % wanted, wanted is None or wanted in conditions)
    listed = [f for f in tree.iter("file") if f.get("category") in ("source", "header", "sourceC", "sourceCpp", "include", "doc")]
    for f in listed:
        path = os.path.join(ROOT, f.get("name"))
        score.case("pdsc: %s" % f.get("name"), os.path.isdir(path) if f.get("category") == "include" else os.path.isfile(path))
    sources = {f.get("name") for f in listed if f.get("name").endswith((".c", ".cpp"))}
    there = {os.path.relpath(f, ROOT) for f in files() if f.startswith(os.path.join(SRC, "stack")) and f.endswith(".c")}
    score.case("pdsc lists every .c of src/stack", there <= sources, str(sorted(there - sources)))


def check(score):
    structure(score)
    have = properties(score)
    platformio(score, have)
    keywords(score)
    pack(score, have)
