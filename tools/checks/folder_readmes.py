#!/usr/bin/python3
"""Every folder at the top has a README.md, and no README.md says only its own name."""
import pathlib

import house

EXEMPT = (".ci", ".github")  # settings of the hosting


def check(tree):
    parts = [pathlib.PurePosixPath(name).parts for name in tree.files]
    folders = {p[0] for p in parts if len(p) > 1} - set(EXEMPT)
    readmes = tree.matching("README.md")
    for folder in sorted(folders):
        if f"{folder}/README.md" not in readmes:
            yield f"{folder}/README.md", 0, "missing: say what lives here, what may not, and where to start reading"
    for name in readmes:
        if len(tree.text(name).split()) < 20:
            yield name, 0, "says nothing yet: what lives here, what may not, where to start reading"


if __name__ == "__main__":
    house.main(check)
