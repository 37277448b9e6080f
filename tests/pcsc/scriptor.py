#!/usr/bin/python3
"""pcsc-tools' scriptor sends scriptor.script; the last answer after each comment has the status word it ends with."""
import pathlib
import re

import stack

SCRIPT = pathlib.Path(__file__).with_suffix(".script")
EXPECTED = re.compile(r"^# (.+): ([0-9A-F]{4})$")
ANSWER = re.compile(r"^< (?:[0-9A-F]{2} )*?([0-9A-F]{2}) ([0-9A-F]{2}) :", re.MULTILINE)


def blocks():
    """What a comment says, the status word it wants, how many APDUs follow it."""
    found = []
    for line in SCRIPT.read_text(encoding="ascii").splitlines():
        if match := EXPECTED.match(line):
            found.append([*match.groups(), 0])
        elif line != "reset":
            found[-1][2] += 1
    return found


def status_words(output):
    """scriptor breaks long answers over several lines."""
    joined = re.sub(r"\n(?=[0-9A-F]{2} )", "", output)
    return ["".join(pair) for pair in ANSWER.findall(joined)]


if __name__ == "__main__":
    stack.end_within(60)
    with stack.Serve():
        output = stack.run("scriptor", "-r", stack.CARD_READER, str(SCRIPT))
    got = status_words(output)
    wanted = blocks()
    if len(got) != sum(count for _, _, count in wanted):
        stack.fail(f"{len(got)} answers\n{output}")
    for what, status, count in wanted:
        answers, got = got[:count], got[count:]
        if answers[-1] != status:
            stack.fail(f"{what}: {answers[-1]}, not {status}\n{output}")
