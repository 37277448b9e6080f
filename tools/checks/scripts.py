#!/usr/bin/python3
"""What starts with #! is executable and parses; what is executable starts with #!."""
import os
import subprocess

import house


def syntax_error(path, first_line):
    if "bash" in first_line or first_line.endswith("/sh"):
        done = subprocess.run(["bash", "-n", str(path)], capture_output=True, text=True)
        return done.stderr.strip()
    if "python" in first_line:
        try:
            compile(path.read_text(encoding="utf-8"), str(path), "exec")
        except SyntaxError as error:
            return f"line {error.lineno}: {error.msg}"
    return ""


def check(tree):
    for name in tree.files:
        path = tree.root / name
        executable = os.access(path, os.X_OK)
        if not tree.is_script(name):
            if executable:
                yield name, 0, "executable without a #! line"
            continue
        if not executable:
            yield name, 0, "starts with #! and is not executable: chmod +x"
        wrong = syntax_error(path, tree.text(name).split("\n", 1)[0].strip())
        if wrong:
            yield name, 0, wrong


if __name__ == "__main__":
    house.main(check)
