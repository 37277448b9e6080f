"""What every test through the real PC/SC stack needs: an end in time, `ssc serve` as a child, and a reader to talk to."""
import ctypes
import os
import signal
import subprocess
import sys

from smartcard.System import readers
from smartcard.scard import (
    SCARD_S_SUCCESS, SCARD_SCOPE_USER, SCARD_STATE_EMPTY, SCARD_STATE_PRESENT, SCARD_STATE_UNAWARE, SCARD_UNPOWER_CARD,
    SCardEstablishContext, SCardGetErrorMessage, SCardGetStatusChange, SCardReleaseContext,
)
from smartcard.util import toBytes

CARD_READER = "Virtual PCD 00 00"
PSAM_READER = "Virtual PCD 00 01"
SSC = os.environ.get("SSC", "ssc")
PR_SET_PDEATHSIG = 1
PATIENCE_MS = 10_000


def die_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def fail(text):
    raise AssertionError(text)


def end_within(seconds):
    """This script ends by itself, and its children with it."""
    def too_late(*_):
        fail(f"not done after {seconds} s")
    die_with_parent()
    signal.signal(signal.SIGALRM, too_late)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended from outside"))
    signal.alarm(seconds)


def run(*command, stdin=None, status=0, seconds=60):
    """The output of a program that must end with this status."""
    done = subprocess.run(command, input=stdin, text=True, timeout=seconds, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, preexec_fn=die_with_parent, check=False)
    if done.returncode != status:
        fail(f"{' '.join(command)}: exit {done.returncode}, not {status}\n{done.stdout}")
    return done.stdout


def reader(name):
    found = [one for one in readers() if one.name == name]
    return found[0] if found else fail(f"no reader {name} among {readers()}")


class Watch:
    """One reader, as SCardGetStatusChange tells of it."""

    def __init__(self, name):
        self.name = name
        self.state = SCARD_STATE_UNAWARE
        code, self.context = SCardEstablishContext(SCARD_SCOPE_USER)
        assert code == SCARD_S_SUCCESS, SCardGetErrorMessage(code)

    def until(self, wanted):
        """Gives the ATR; fails when the reader says nothing for too long."""
        while True:
            code, states = SCardGetStatusChange(self.context, PATIENCE_MS, [(self.name, self.state)])
            if code != SCARD_S_SUCCESS:
                fail(f"{self.name}: {SCardGetErrorMessage(code)}; wanted {wanted:#x}, seen {self.state:#x}")
            _, self.state, atr = states[0]
            if self.state & wanted:
                return bytes(atr)

    def close(self):
        SCardReleaseContext(self.context)


def await_readers(wanted):
    for name in (CARD_READER, PSAM_READER):
        watch = Watch(name)
        watch.until(wanted)
        watch.close()


class Serve:
    """`ssc serve` with these cards in the readers; ended with Ctrl-C, as a person does."""

    def __init__(self, card="sample-3.00", psam="sample-psam"):
        self.arguments = [SSC, "serve", "--card", card, "--psam", psam]

    def __enter__(self):
        self.process = subprocess.Popen(self.arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, text=True, preexec_fn=die_with_parent)
        try:
            await_readers(SCARD_STATE_PRESENT)
        except BaseException:
            self.process.kill()
            print(self.process.communicate()[0])
            raise
        return self

    def crash(self):
        """Ends it without a chance to say goodbye."""
        self.process.kill()
        self.process.communicate()
        await_readers(SCARD_STATE_EMPTY)

    def __exit__(self, *_):
        if self.process.returncode == -signal.SIGKILL:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.output = self.process.communicate(timeout=10)[0]
        except subprocess.TimeoutExpired:
            self.process.kill()
            fail("ssc serve does not end on Ctrl-C")
        if self.process.returncode != 0:
            fail(f"ssc serve: exit {self.process.returncode}\n{self.output}")
        await_readers(SCARD_STATE_EMPTY)


class Contacts:
    """A card in a reader, powered from cold. Called with an APDU it checks the status word and gives the data."""

    def __init__(self, name):
        self.name = name
        self.power()

    def power(self):
        self.connection = reader(self.name).createConnection()
        self.connection.connect(disposition=SCARD_UNPOWER_CARD)
        self.atr = bytes(self.connection.getATR())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.disconnect()

    def power_cycle(self):
        self.connection.disconnect()
        self.power()

    def exchange(self, *parts):
        """The answer to an APDU in pieces, hex or octets: data and status word, as they came."""
        command = b"".join(bytes(toBytes(part)) if isinstance(part, str) else bytes(part) for part in parts)
        data, sw1, sw2 = self.connection.transmit(list(command))
        return bytes(data), f"{sw1:02X}{sw2:02X}"

    def __call__(self, *parts, sw="9000"):
        data, got = self.exchange(*parts)
        if got != sw:
            fail(f"{self.name}: status word {got}, not {sw}, for {parts}")
        return data
