#!/usr/bin/python3
"""The PIN desk at real readers: cards of a running ssc serve, keys in a machine and in a PSAM in the second reader; then
cards that the desk itself puts into vpcd."""
import os
import sys
import tempfile

import stack

HOLDERS = {  # card number, identification code, identity number: of the sample cards
    "sample-2.00": ("A99010024", "990100D15600000500000002FFFFFFFF", "990100197812120013"),
    "sample-3.00": ("A99010016", "990100D15600000500000001FFFFFFFF", "99010019900307006X"),
}
SSSE = "00A404000F 7378312E73682EC9E7BBE1B1A3D5CF"
READERS = {"machine": ["--machine", "lab-software"], "PSAM": ["--psam-target", f"pcsc:{stack.PSAM_READER}"]}


class Desk:
    """`ssc desk` with one register, for one card in the first reader."""

    def __init__(self, folder, name):
        self.number, identification, self.holder = HOLDERS[name]
        self.place = ["--register", os.path.join(folder, name + ".db")]
        stack.run(stack.SSC, "desk", "register", self.number, "--identification", identification, "--policy", "lanzhou",
                  *self.place)

    def __call__(self, what, keys, pins=(), status=0, target=f"pcsc:{stack.CARD_READER}", more=()):
        command = [stack.SSC, "desk", what, self.number, "--id-number", self.holder, "--card-target", target,
                   "--operator", "Li", "--role", "desk", "--no-ledger", *self.place, *keys, *more]
        typed = "".join(pin + "\n" for pin in pins)
        return stack.run(*command, *(["--pin-file", "-"] if pins else []), stdin=typed, status=status)

    def business(self, status):
        stack.run(stack.SSC, "desk", "business", self.number, *self.place, status=status)


def verify(pin, sw):
    with stack.Contacts(stack.CARD_READER) as card:
        card(SSSE, "00")
        card("0020000003", pin, sw=sw)


def lock_pin():
    with stack.Contacts(stack.CARD_READER) as card:
        card(SSSE, "00")
        for left in (2, 1, 0):
            card("0020000003 999999", sw=f"63C{left}")


def visit(desk, keys):
    """First use, a PIN forgotten and one locked; the card answers what the desk says."""
    desk("first-use", keys, ("123456", "907213", "907213"))
    desk.business(0)
    verify("907213", "9000")
    lock_pin()
    desk("change", keys, ("907213", "553901", "553901"), status=1)
    desk("unblock", keys)
    verify("907213", "9000")
    lock_pin()
    desk("reset", keys, more=["--initial"])
    desk.business(1)
    verify("123456", "9000")


def served():
    for name in HOLDERS:
        with tempfile.TemporaryDirectory() as folder, stack.Serve(card=name):
            desk = Desk(folder, name)
            for who, keys in READERS.items():
                visit(desk, keys)
                print(f"{name}, keys in the {who}: done")


def inserted():
    """The desk's own virtual card, through vpcd and pcscd, with its state in a folder."""
    for name in HOLDERS:
        with tempfile.TemporaryDirectory() as folder:
            desk = Desk(folder, name)
            card = ["--card", name, "--state", os.path.join(folder, "state")]
            keys = ["--psam", "sample-psam"]
            desk("change", keys, ("123456", "907213", "907213"), target="vpcd", more=card)
            desk("change", keys, ("123456", "553901", "553901"), target="vpcd", more=card, status=1)
            desk("change", keys, ("907213", "553901", "553901"), target="sim", more=card)


PARTS = {part.__name__: part for part in (served, inserted)}

if __name__ == "__main__":
    stack.end_within(150)
    for part in sys.argv[1:]:
        PARTS[part]()
