"""`ssc serve --state` ended by SIGKILL at random moments: no acknowledged change is lost, no try comes back.

A vpcd played by hand sends wrong and right VERIFYs, UPDATE BINARYs and appends to a cyclic file as fast as answers come;
a timer kills the program; the next one is asked what it has. Usage: serve_killed.py [ROUNDS [SEED]]; SSC names the program."""
import ctypes
import os
import random
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

SSC = os.environ.get("SSC", "ssc")
PR_SET_PDEATHSIG = 1
TRIES = 15
PROFILE = """<profile xmlns="urn:ssc:profile:1" name="free" kind="card" version="3.0">
  <pin tries="15"/>
  <df id="SSSE" fid="3F00" name="7378312E73682EC9E7BBE1B1A3D5CF">
    <ef fid="EF16" sfi="16" type="transparent" size="4" read="free" update="free"/>
    <ef fid="EF07" sfi="07" type="cyclic" records="3" record-length="4" read="free" update="free"/>
  </df>
</profile>
"""
CARD = """<card xmlns="urn:ssc:card:1" name="free" profile="free.xml" key-set="lab-990100-sm4" cipher="SM4">
  <atr historical="0081544C928699990100000001"/>
  <pin value="123456" tries="15"/>
</card>
"""
POWER_ON = b"\x01"
VERIFY_RIGHT = bytes.fromhex("0020000003123456")
VERIFY_WRONG = bytes.fromhex("0020000003999999")
ASK_TRIES = bytes.fromhex("0020000000")
OK = bytes.fromhex("9000")


class Killed(Exception):
    """The program has gone."""


class Vpcd:
    """The reader's side of one connection."""

    def __init__(self, listener):
        try:
            self.peer, _ = listener.accept()
        except TimeoutError:
            raise AssertionError("ssc serve did not come") from None
        self.peer.settimeout(20)
        self.write(POWER_ON)

    def write(self, payload):
        try:
            self.peer.sendall(struct.pack(">H", len(payload)) + payload)
        except (BrokenPipeError, ConnectionResetError):
            raise Killed from None

    def take(self, size):
        got = b""
        while len(got) < size:
            try:
                more = self.peer.recv(size - len(got))
            except ConnectionResetError:
                more = b""
            if not more:
                raise Killed
            got += more
        return got

    def send(self, apdu):
        self.write(apdu)
        return self.take(struct.unpack(">H", self.take(2))[0])


class Card:
    """What was acknowledged: PIN tries left, the file's number, the newest record's number; and what waits for an answer."""

    def __init__(self):
        self.state = (TRIES, 0, None)
        self.waiting = self.state
        self.acknowledged = 0

    def choose(self, dice):
        """A command, what it answers, and the state after it."""
        tries, number, newest = self.state
        kind = dice.randrange(4)
        if kind == 0 and tries > 1:
            return VERIFY_WRONG, bytes([0x63, 0xC0 + tries - 1]), (tries - 1, number, newest)
        if kind == 1:
            return VERIFY_RIGHT, OK, (TRIES, number, newest)
        if kind == 2:
            after = (tries, number + 1, newest)
            return bytes.fromhex("00D6960004") + struct.pack(">I", after[1]), OK, after
        after = (tries, number, (newest or 0) + 1)
        return bytes.fromhex("00DC003B04") + struct.pack(">I", after[2]), OK, after

    def use(self, vpcd, dice):
        """Until the program is gone."""
        while True:
            command, expected, after = self.choose(dice)
            self.waiting = after
            answer = vpcd.send(command)
            assert answer == expected, f"{command.hex()}: {answer.hex()}, not {expected.hex()}"
            self.state = after
            self.acknowledged += 1

    def compare(self, vpcd):
        """The card has what was acknowledged, or that and the command that waited."""
        found = ask(vpcd)
        # A right VERIFY takes its try before it compares.
        between = (self.state[0] - 1,) + self.state[1:]
        allowed = [self.state, self.waiting] + ([between] if self.waiting[0] == TRIES else [])
        assert found in allowed, f"the card has {found}; acknowledged was {self.state}, {self.waiting} waited"
        self.state = self.waiting = found


def ask(vpcd):
    answer = vpcd.send(ASK_TRIES)
    tries = answer[1] & 0x0F if answer[0] == 0x63 else answer.hex()
    number = struct.unpack(">I", vpcd.send(bytes.fromhex("00B0960004"))[:4])[0]
    record = vpcd.send(bytes.fromhex("00B2013C04"))
    return tries, number, struct.unpack(">I", record[:4])[0] if record[-2:] == OK else None


def start(folder, listener):
    def die_with_parent():
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    port = listener.getsockname()[1]
    with open(folder / "said", "ab") as said:
        return subprocess.Popen(
            [SSC, "serve", "--card", folder / "card.xml", "--psam", "none", "--state", folder / "state", "--card-vpcd",
             f"127.0.0.1:{port}"], stdout=said, stderr=said, preexec_fn=die_with_parent)


def one_life(folder, listener, card, dice):
    """One process: asked, used, killed."""
    program = start(folder, listener)
    try:
        vpcd = Vpcd(listener)
        card.compare(vpcd)
        timer = threading.Timer(dice.uniform(0.0, 0.15), program.kill)
        timer.start()
        try:
            card.use(vpcd, dice)
        except Killed:
            pass
        timer.join()
        vpcd.peer.close()
    finally:
        program.kill()
        program.wait()


def second_is_refused(folder, listener):
    """While one process has the card, another gets one line and status 3."""
    first = start(folder, listener)
    try:
        Vpcd(listener)
        second = start(folder, listener)
        assert second.wait(20) == 3, second.returncode
        assert "another process has this card" in (folder / "said").read_text()
    finally:
        first.kill()
        first.wait()


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.SystemRandom().randrange(1 << 30)
    print(f"seed {seed}")
    signal.alarm(170)
    with tempfile.TemporaryDirectory(prefix="ssc-killed-") as name, socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(20)
        folder = Path(name)
        (folder / "free.xml").write_text(PROFILE, encoding="utf-8")
        (folder / "card.xml").write_text(CARD, encoding="utf-8")
        card = Card()
        dice = random.Random(seed)
        for _ in range(rounds):
            try:
                one_life(folder, listener, card, dice)
            except BaseException:
                print((folder / "said").read_text())
                raise
        second_is_refused(folder, listener)
    assert card.acknowledged > rounds, "too few commands were answered to prove anything"
    print(f"{rounds} kills, {card.acknowledged} acknowledged changes, none lost")


if __name__ == "__main__":
    main()
