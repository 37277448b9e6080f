#!/usr/bin/python3
"""No bare status word in simulator/: sw::wrong_length, not 0x6700."""
import re

import house

BARE = re.compile(r"\b0[xX](?:6[1-9A-Fa-f]|9[0-8])[0-9A-Fa-f]{2}\b")
COMMENT = re.compile(r"//.*")


def check(tree):
    for name in tree.matching(*house.CODE):
        if not name.startswith("simulator/"):
            continue
        for number, line in tree.lines(name):
            match = BARE.search(COMMENT.sub("", line))
            if match:
                yield name, number, f"{match.group()}: use the name in apdu/status_word.h"


if __name__ == "__main__":
    house.main(check)
