#!/usr/bin/python3
"""The suites with both virtual cards in vpcd, the two kinds of target mixed, and against somebody else's cards."""
import json
import os
import pathlib
import re
import sys
import tempfile

import stack

SUITES = "scenarios"  # the built-in ones
SOME = ["--shard", "1/4"] if os.environ.get("SSC_SHORT_WALKS") else []  # of their cases, where a sanitizer makes them slow


def totals(report):
    """The last line, "170 cases: 165 PASS 5 N/A", as a table."""
    line = report.strip().splitlines()[-1]
    found = re.fullmatch(r"(\d+) cases?: (.*)", line)
    if not found:
        stack.fail(f"no totals in\n{report}")
    table = {verdict: int(count) for count, verdict in re.findall(r"(\d+) ([A-Z/]+(?: RUN)?)", found[2])}
    if sum(table.values()) != int(found[1]):
        stack.fail(f"the verdicts do not add up: {line}")
    return table


def run_suites(*arguments):
    return totals(stack.run(stack.SSC, "run", SUITES, *SOME, *arguments, seconds=120))


def verdicts(*arguments):
    """Of each case on each card: its verdict, and why."""
    with tempfile.TemporaryDirectory(prefix="ssc-verdicts-") as folder:
        report = pathlib.Path(folder, "r.json")
        run_suites("--seed", "7", "--json", str(report), *arguments)
        cases = json.loads(report.read_text(encoding="utf-8"))["cases"]
    return {(case["id"], case["card"]): (case["verdict"], case.get("reason", "")) for case in cases}


def inserted():
    """Through the reader each case has its verdict of the run in process; but vpcd carries no APDU of one octet."""
    in_process = verdicts()
    assert sum(verdict == "PASS" for verdict, _ in in_process.values()) > 50, in_process
    through_readers = verdicts("--card-target", "vpcd", "--psam-target", "vpcd")
    assert through_readers.keys() == in_process.keys()
    for case, (verdict, _) in in_process.items():
        seen, why = through_readers[case]
        one_octet = seen == "N/A" and "one" in why and case[0].startswith("MALFORMED-")
        assert seen == verdict or one_octet, (case, verdict, through_readers[case])


def mixed():
    for targets in (("vpcd", "sim"), ("sim", "vpcd"), ("vpcd", "keys")):
        seen = run_suites("--card-target", targets[0], "--psam-target", targets[1])
        assert seen.get("PASS", 0) > 50, (targets, seen)


def foreign():
    """Cards of a running ssc serve: only what destroys nothing runs, and the PIN keeps all its tries."""
    for name in ("sample-2.00", "sample-3.00"):
        with stack.Serve(card=name):
            seen = run_suites("--card", name, "--card-target", f"pcsc:{stack.CARD_READER}",
                              "--psam-target", "pcsc:00 01")
            assert seen.get("PASS", 0) > 10 and seen.get("NOT RUN", 0) > 10, seen
            with stack.Contacts(stack.CARD_READER) as card:
                card("0020000000", sw="63C3")


def complaint(*arguments, parts):
    """Nothing can be run: one line that has these parts, exit 3."""
    said = stack.run(stack.SSC, "run", SUITES, "--card", "sample-3.00", *arguments, status=3)
    assert said.count("\n") == 1 and all(part in said for part in parts), said


def no_reader_or_card():
    """A reader that is not there is named with those that are; so is one without a card."""
    complaint("--card-target", "pcsc:ACR38", parts=["ACR38", stack.CARD_READER, stack.PSAM_READER])
    complaint("--card-target", "pcsc:Virtual", parts=["may be any of", stack.CARD_READER, stack.PSAM_READER])
    complaint("--card-target", "pcsc:00 00", parts=[stack.CARD_READER, "no card"])
    complaint("--psam-target", "pcsc:00 01", parts=[stack.PSAM_READER, "no card"])


def slot_taken():
    """vpcd serves one card a slot: the second one is told so, in time."""
    with stack.Serve():
        report = stack.run(stack.SSC, "run", SUITES, "--card-target", "vpcd", status=3)
        assert "another" in report, report


PARTS = {part.__name__: part for part in (inserted, mixed, foreign, no_reader_or_card, slot_taken)}

if __name__ == "__main__":
    stack.end_within(150)
    for name in sys.argv[1:]:
        PARTS[name]()
