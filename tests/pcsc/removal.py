#!/usr/bin/python3
"""A client that watches the reader sees the card leave and come back, and another one in its place."""
from smartcard.scard import SCARD_STATE_EMPTY, SCARD_STATE_PRESENT

import stack


def see_card_in_and_out(watch, card):
    with stack.Serve(card=card):
        atr = watch.until(SCARD_STATE_PRESENT)
    watch.until(SCARD_STATE_EMPTY)
    return atr


if __name__ == "__main__":
    stack.end_within(60)
    watch = stack.Watch(stack.CARD_READER)
    watch.until(SCARD_STATE_EMPTY)
    first = see_card_in_and_out(watch, "sample-3.00")
    again = see_card_in_and_out(watch, "sample-3.00")
    other = see_card_in_and_out(watch, "sample-2.00")
    with stack.Serve() as serve:
        watch.until(SCARD_STATE_PRESENT)
        serve.crash()
        watch.until(SCARD_STATE_EMPTY)
    watch.close()
    assert first == again, (first.hex(), again.hex())
    assert other[:1] == b"\x3b" and other != first, other.hex()
