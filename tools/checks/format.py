#!/usr/bin/python3
"""Every source file is as clang-format leaves it. To mend: tools/format"""
import re
import subprocess

import house

WARNING = re.compile(r"^(.*?):(\d+):\d+: error: code should be clang-formatted")


def check(tree):
    files = tree.matching(*house.CODE)
    if not files:
        return
    command = ["clang-format-14", f"--style=file:{house.TOP}/.clang-format", "--dry-run", "-Werror", "--ferror-limit=1", *files]
    result = subprocess.run(command, cwd=tree.root, capture_output=True, text=True)
    seen = set()
    for line in result.stderr.splitlines():
        match = WARNING.match(line)
        if match and match.group(1) not in seen:
            seen.add(match.group(1))
            yield match.group(1), int(match.group(2)), "not formatted: run tools/format"
    if result.returncode and not seen:
        yield "clang-format-14", 0, result.stderr.strip()


if __name__ == "__main__":
    house.main(check)
