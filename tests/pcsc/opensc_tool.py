#!/usr/bin/python3
"""OpenSC sees two readers with a card each, and the ATRs that the card files give."""
import re

import stack

ATRS = {
    "sample-2.00": "0081544C928699990100000002",
    "sample-3.00": "0081544C928699990100000001",
}
PSAM_ATR = "0081544C928699990190000001"


def check_readers():
    listed = stack.run("opensc-tool", "-l")
    for number, name in enumerate((stack.CARD_READER, stack.PSAM_READER)):
        if not re.search(rf"^{number}\s+Yes\s+.*{name}$", listed, re.MULTILINE):
            stack.fail(f"reader {number}, {name}, has no card:\n{listed}")


def check_atr(number, historical):
    octets = stack.run("opensc-tool", "-r", str(number), "-a").strip().replace(":", "").upper()
    count = len(historical) // 2
    if not octets.startswith("3B") or int(octets[3], 16) != count or not octets.endswith(historical):
        stack.fail(f"reader {number}: ATR {octets}, expected 3B, {count} historical bytes, {historical} at its end")


if __name__ == "__main__":
    stack.end_within(60)
    for card, historical in ATRS.items():
        with stack.Serve(card=card):
            check_readers()
            check_atr(0, historical)
            check_atr(1, PSAM_ATR)
