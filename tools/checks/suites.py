#!/usr/bin/python3
"""The suites in scenarios/data are what tools/generate_suites makes of the tables."""
import subprocess
import sys

import house

GENERATOR = house.TOP / "tools" / "generate_suites"


def check(tree):
    if "scenarios/data/commands.tsv" not in tree.files:
        return
    command = [sys.executable, "-B", str(GENERATOR), "--check", str(tree.root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    for line in done.stdout.splitlines():
        path, _, what = line.partition(": ")
        yield path, 0, what
    if done.returncode != 0 and not done.stdout:
        yield "scenarios/data/commands.tsv", 0, (done.stderr.strip().splitlines() or ["cannot be read"])[-1]


if __name__ == "__main__":
    house.main(check)
