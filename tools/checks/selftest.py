#!/usr/bin/python3
"""The checks can fail: each is run on a small tree with one planted violation, and on the same tree without it."""
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
TEXT = "What lives here: one small thing. What may not: everything else. Where to start reading: the only file in it, of course.\n"

# A tree that every check passes.
CLEAN = {
    "apdu/README.md": TEXT,
    "apdu/hex.h": "#pragma once\n",
    "apdu/xml/document.h": "#pragma once\n",
    "keys/README.md": TEXT,
    "keys/key.h": '#pragma once\n#include "apdu/hex.h"\n',
    "simulator/README.md": TEXT,
    "simulator/core/card.h": '#pragma once\n#include "keys/key.h"\n',
    "conformance/README.md": TEXT,
    "conformance/channel/in_process.cc": '#include "simulator/core/card.h"\n',
}

# check, file, text, what the report must name
PLANTED = [
    ("layering", "apdu/up.cc", '#include "keys/key.h"\n', "apdu/up.cc:1"),
    ("layering", "keys/up.cc", '#include "simulator/core/card.h"\n', "keys/up.cc:1"),
    ("layering", "conformance/engine/deep.cc", '#include "simulator/core/card.h"\n', "conformance/engine/deep.cc:1"),
    ("layering", "simulator/core/xml.cc", '#include "apdu/xml/document.h"\n', "knows XML"),
    ("layering", "apdu/xml.cc", '#include "apdu/xml/document.h"\n', "knows XML"),
    ("layering", "keys/near.cc", '#include "key.h"\n', "by their path"),
    ("layering", "simulator/core/des.cc", "#include <openssl/evp.h>\n", "belongs to keys/"),
    ("layering", "keys/token.cc", "#include <p11-kit/pkcs11.h>\n", "belongs to keys/hsm/pkcs11"),
    ("layering", "keys/tcp.cc", "\n#include <boost/asio.hpp>\n", "keys/tcp.cc:2"),
    ("layering", "keys/text.h", "#include <fmt/core.h>\n", "costly"),
    ("sizes", "apdu/long.cc", "\n" * 601, "601 lines"),
    ("folder_readmes", "scenarios/a.xml", "<a/>\n", "scenarios/README.md"),
    ("folder_readmes", "keys/README.md", "# keys\n", "keys/README.md"),
    ("leftovers", "apdu/a.cc", "// TO" "DO: the rest\n", "apdu/a.cc:1"),
    ("leftovers", "keys/a.md", "This is not imple" "mented.\n", "keys/a.md:1"),
    ("status_words", "simulator/core/a.cc", "int a() { return 0x6A82; }\n", "0x6A82"),
    ("machine_paths", "apdu/a.cc", 'const char* a = "/ho' 'me/someone/a";\n', "apdu/a.cc:1"),
    ("personal_data", "keys/a.xml", "<a>11010519491231002" "X</a>\n", "area 110105"),
    ("format", "apdu/a.cc", "int  a( ){return 1 ;}\n", "tools/format"),
    ("xml_files", "keys/a.xml", "<a><b></a>\n", "mismatched tag"),
    ("xml_files", "keys/a.xml", "<!DOCTYPE a><a/>\n", "DOCTYPE"),
    ("scripts", "keys/a.sh", "#!/bin/bash\n", "chmod +x"),
    ("scripts", "keys/a.sh", "#!/bin/bash\nif\n", "syntax error"),
    ("scripts", "keys/a.py", "#!/usr/bin/python3\ndef\n", "line 2"),
    ("key_names", "keys/keys.tsv", "version\tkey\n", "keys/key_names.inc"),
    ("profiles", "simulator/profiles/files.tsv", "version\tdf\n", "simulator/profiles/files.tsv"),
    ("suites", "scenarios/data/commands.tsv", "command\tcla\n", "scenarios/data/commands.tsv"),
    ("links", "keys/a.md", "[a](b.md)\n", "b.md"),
]


def run(check, planted):
    with tempfile.TemporaryDirectory() as root:
        for name, text in {**CLEAN, **planted}.items():
            path = pathlib.Path(root, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        command = [sys.executable, "-B", str(HERE / f"{check}.py"), root]
        done = subprocess.run(command, capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr


def failures():
    checks = {path.stem for path in HERE.glob("*.py")} - {"house", "selftest"}
    for check in sorted(checks):
        if check not in {row[0] for row in PLANTED}:
            yield f"{check}: no planted violation in selftest.py"
        code, output = run(check, {})
        if code != 0:
            yield f"{check}: fails on a clean tree: {output}"
    for check, name, text, expected in PLANTED:
        code, output = run(check, {name: text})
        if code != 1 or expected not in output:
            yield f"{check}: misses what is planted in {name} (exit {code}): {output}"


if __name__ == "__main__":
    found = list(failures())
    print("\n".join(found) if found else f"{len(PLANTED)} planted violations found")
    sys.exit(1 if found else 0)
