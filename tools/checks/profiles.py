#!/usr/bin/python3
"""The profiles in simulator/profiles are what tools/generate_profiles makes of files.tsv and keys/keys.tsv."""
import subprocess
import sys

import house

GENERATOR = house.TOP / "tools" / "generate_profiles"


def check(tree):
    if "simulator/profiles/files.tsv" not in tree.files:
        return
    command = [sys.executable, "-B", str(GENERATOR), "--check", str(tree.root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    for line in done.stdout.splitlines():
        path, _, what = line.partition(": ")
        yield path, 0, what
    if done.returncode != 0 and not done.stdout:
        yield "simulator/profiles/files.tsv", 0, (done.stderr.strip().splitlines() or ["cannot be read"])[-1]


if __name__ == "__main__":
    house.main(check)
