#!/usr/bin/python3
"""Every identity number in the tree is made up: one whose check digit is right has an area code 99xxxx, or is the
example that GB 11643 itself prints, among the known answers."""
import re

import house

NUMBER = re.compile(r"(?<![0-9A-Za-z])(\d{6})((?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(\d{3})([\dXx])(?![0-9A-Za-z])")
PUBLISHED = {("tests/data/identity.vec", "11010519491231002" "X")}
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643


def check_digit(first_17):
    return "10X98765432"[sum(int(d) * w for d, w in zip(first_17, WEIGHTS)) % 11]


def check(tree):
    for name in tree.files:
        for number, line in tree.lines(name):
            for area, birth, order, digit in NUMBER.findall(line):
                published = (name, area + birth + order + digit) in PUBLISHED
                if not area.startswith("99") and not published and check_digit(area + birth + order) == digit.upper():
                    yield name, number, f"an identity number of area {area}: made-up people live in 99xxxx"


if __name__ == "__main__":
    house.main(check)
