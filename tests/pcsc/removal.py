#!/usr/bin/python3
"""A client that watches the reader sees the card leave and come back, and another one in its place."""
from smartcard.scard import (
    SCARD_S_SUCCESS, SCARD_SCOPE_USER, SCARD_STATE_EMPTY, SCARD_STATE_PRESENT, SCARD_STATE_UNAWARE,
    SCardEstablishContext, SCardGetErrorMessage, SCardGetStatusChange, SCardReleaseContext,
)

import stack

PATIENCE_MS = 5000


class Watch:
    """One reader, as SCardGetStatusChange tells of it."""

    def __init__(self, reader):
        self.reader = reader
        self.state = SCARD_STATE_UNAWARE
        code, self.context = SCardEstablishContext(SCARD_SCOPE_USER)
        assert code == SCARD_S_SUCCESS, SCardGetErrorMessage(code)

    def until(self, wanted):
        """Gives the ATR; fails when the reader says nothing for too long."""
        while True:
            code, states = SCardGetStatusChange(self.context, PATIENCE_MS, [(self.reader, self.state)])
            if code != SCARD_S_SUCCESS:
                stack.fail(f"{self.reader}: {SCardGetErrorMessage(code)}; wanted {wanted:#x}, seen {self.state:#x}")
            _, self.state, atr = states[0]
            if self.state & wanted:
                return bytes(atr)

    def close(self):
        SCardReleaseContext(self.context)


def see_card_in_and_out(watch, card):
    with stack.Serve(card=card):
        atr = watch.until(SCARD_STATE_PRESENT)
    watch.until(SCARD_STATE_EMPTY)
    return atr


if __name__ == "__main__":
    stack.end_within(60)
    watch = Watch(stack.CARD_READER)
    watch.until(SCARD_STATE_EMPTY)
    first = see_card_in_and_out(watch, "sample-3.00")
    again = see_card_in_and_out(watch, "sample-3.00")
    other = see_card_in_and_out(watch, "sample-2.00")
    watch.close()
    assert first == again, (first.hex(), again.hex())
    assert other[:1] == b"\x3b" and other != first, other.hex()
