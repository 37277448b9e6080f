#!/usr/bin/python3
"""No word of unfinished work stays in the sources."""
import re

import house

ENDINGS = house.CODE + (".py", ".sh", ".cmake", ".txt", ".xml", ".xsd", ".lua", ".md", ".json")
WORDS = re.compile(
    r"\b(to-?do|fix-?me|xxx|hack|tbd|wip|stub(bed|s)?|not (yet )?implemented|unimplemented|place-?holders?"
    r"|for now|coming soon)\b|待定|暂未实现", re.IGNORECASE)


def check(tree):
    for name in tree.files:
        if name.startswith("tools/checks/") or not (name.endswith(ENDINGS) or tree.is_script(name)):
            continue
        for number, line in tree.lines(name):
            match = WORDS.search(line)
            if match:
                yield name, number, f'left-over word "{match.group()}"'


if __name__ == "__main__":
    house.main(check)
