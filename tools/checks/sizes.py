#!/usr/bin/python3
"""No source file is longer than 600 lines; those over 400 are named. (clang-tidy keeps functions under 80.)"""
import house

LONG, TOO_LONG = 400, 600


def check(tree):
    for name in tree.matching(*house.CODE, ".py"):
        lines = tree.text(name).count("\n")
        if lines > TOO_LONG:
            yield name, 0, f"{lines} lines, {TOO_LONG} are allowed: split it by what it does"
        elif lines > LONG:
            print(f"note: {name}: {lines} lines")


if __name__ == "__main__":
    house.main(check)
