#!/usr/bin/python3
"""Includes go down the layers, and each third-party library is included in its own place only."""
import re

import house

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]')

# Where a file lives -> the folders it may include from. The first row that matches counts; tools/ and tests/ see everything.
LAYERS = [
    ("apdu/xml/", ("apdu/",)),
    ("apdu/", ("apdu/",)),
    ("keys/", ("apdu/", "keys/")),
    ("simulator/profile/", ("apdu/", "keys/", "simulator/profile/")),
    ("simulator/core/", ("apdu/", "keys/", "simulator/profile/", "simulator/core/", "simulator/store/")),
    ("simulator/vpcd/", ("apdu/", "simulator/core/", "simulator/vpcd/")),
    ("simulator/", ("apdu/", "keys/", "simulator/")),
    ("conformance/channel/in_process", ("apdu/", "keys/", "simulator/", "conformance/")),
    ("conformance/channel/vpcd", ("apdu/", "keys/", "simulator/", "conformance/")),
    ("conformance/desk/", ("apdu/", "keys/", "simulator/profile/", "simulator/store/card_register", "conformance/")),
    ("conformance/", ("apdu/", "keys/", "simulator/profile/", "conformance/")),
]
# Those who must be readable without knowing XML.
NO_XML = ("simulator/core/", "simulator/card/", "simulator/psam/", "simulator/vpcd/")

# Start of the header's name -> the places that may include it (tests may too, to know expected values from elsewhere).
LIBRARIES = [
    ("boost/", ("simulator/vpcd/", "simulator/console/", "tests/")),
    ("openssl/", ("keys/", "tests/")),
    ("p11-kit/", ("keys/hsm/pkcs11", "tests/")),
    ("dlfcn.h", ("keys/hsm/shared_library", "tests/")),
    ("libxml/", ("apdu/xml/",)),
    ("pugi", ("apdu/xml/",)),
    ("PCSC/", ("conformance/channel/", "tests/")),
    ("winscard", ("conformance/channel/", "tests/")),
    ("pcsclite", ("conformance/channel/", "tests/")),
    ("reader.h", ("conformance/channel/", "tests/")),
    ("sqlite3", ("simulator/store/", "tests/")),
    ("zlib", ("conformance/report/", "tests/")),
    ("CLI/", ("tools/",)),
    ("gtest/", ("tests/",)),
    ("gmock/", ("tests/",)),
    ("benchmark/", ("tests/",)),
]
# Costly to include: in .cc files only.
HEAVY = ("fmt/", "CLI/", "boost/", "nlohmann/", "pugi", "libxml/", "kainjow/", "regex", "iostream")


def layer_of(name):
    return next((allowed for start, allowed in LAYERS if name.startswith(start)), None)


def own_include(tree, name, header):
    """What is wrong with including one of our own headers, or None."""
    if not (tree.root / header).is_file():
        return f'"{header}" is no file from the top: include our headers by their path from there'
    if not name.startswith(("tests/",)) and header.startswith("tests/"):
        return f'"{header}": only tests include from tests/'
    if not name.startswith(("tests/", "tools/")) and header.startswith("tools/"):
        return f'"{header}": nobody below tools/ includes from it'
    allowed = layer_of(name)
    if allowed and not header.startswith(allowed):
        return f'"{header}" is above or beside this layer: it may include from {", ".join(allowed)}'
    if header.startswith("apdu/xml/") and (name.startswith(NO_XML) or re.match(r"apdu/(?!xml/)", name)):
        return f'"{header}": nothing in this folder knows XML'
    return None


def foreign_include(name, header):
    for start, places in LIBRARIES:
        if header.startswith(start) and not name.startswith(places):
            return f"<{header}> belongs to {', '.join(places)}"
    if name.endswith(".h") and header.startswith(HEAVY) and not name.startswith("tests/"):
        return f"<{header}> is costly: include it in .cc files only"
    return None


def check(tree):
    for name in tree.matching(*house.CODE):
        for number, line in tree.lines(name):
            match = INCLUDE.match(line)
            if not match:
                continue
            bracket, header = match.groups()
            wrong = own_include(tree, name, header) if bracket == '"' else foreign_include(name, header)
            if wrong:
                yield name, number, wrong


if __name__ == "__main__":
    house.main(check)
