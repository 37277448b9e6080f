#!/usr/bin/python3
"""Links of the Markdown files that stay inside the tree lead to something."""
import pathlib
import re

import house

LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")


def check(tree):
    for name in tree.matching(".md"):
        for number, line in tree.lines(name):
            for target in LINK.findall(line):
                if "://" in target or target.startswith("mailto:"):
                    continue
                if not (tree.root / pathlib.PurePosixPath(name).parent / target).exists():
                    yield name, number, f"link to {target} leads nowhere"


if __name__ == "__main__":
    house.main(check)
