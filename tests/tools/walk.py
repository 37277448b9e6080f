#!/usr/bin/python3
"""keys/walk.md: its sh blocks, run as they stand in an empty folder, with the program as ssc. SSC names the program.

Needs a pcscd of its own (tools/lib/with_pcscd --own)."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PROMISED = (  # what a reader of the page will see, in this order
    "national.xml: 41 keys of the ministry",
    "city-9901.xml: 66 keys, nothing wrong",
    "load psam P-1",
    "500 rows: 500 cards, 0 refused",
    "500 rows: 500 cards, 0 refused",
    "\n1000\n",
    "PASS         WALK-01",
    "PASS         WALK-02",
    "PASS         WALK-01",
    "whole, in order and signed",
    "whole, in order and signed",
)


def main():
    blocks = BLOCK.findall((TOP / "keys" / "walk.md").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="ssc-walk-") as folder:
        bin_folder = pathlib.Path(folder, "bin")
        bin_folder.mkdir()
        (bin_folder / "ssc").symlink_to(os.environ["SSC"])
        room = pathlib.Path(folder, "room")
        room.mkdir()
        environment = {**os.environ, "PATH": f"{bin_folder}:{os.environ['PATH']}", "SUITES": str(TOP / "scenarios")}
        done = subprocess.run(["bash", "-eu", "-c", "\n".join(blocks)], cwd=room, env=environment, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=150,
                              check=False)
    print(done.stdout)
    if done.returncode:
        sys.exit(f"walk.md: exit {done.returncode}")
    at = 0
    for part in PROMISED:
        found = done.stdout.find(part, at)
        if found < 0:
            sys.exit(f"walk.md: '{part}' is missing, or comes too early")
        at = found + len(part)


if __name__ == "__main__":
    main()
