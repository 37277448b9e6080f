#!/usr/bin/python3
"""keys/key_names.inc is what tools/generate_key_names makes of keys/keys.tsv."""
import subprocess
import sys

import house

GENERATOR = house.TOP / "tools" / "generate_key_names"


def check(tree):
    if "keys/keys.tsv" not in tree.files:
        return
    command = [sys.executable, "-B", str(GENERATOR), "--check", str(tree.root)]
    if subprocess.run(command, capture_output=True, check=False).returncode != 0:
        yield "keys/key_names.inc", 0, "not what keys/keys.tsv says; run tools/generate_key_names"


if __name__ == "__main__":
    house.main(check)
