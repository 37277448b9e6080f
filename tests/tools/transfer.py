#!/usr/bin/python3
"""ssc keys carrier and ssc keys transfer: the whole path down, and what is refused. SSC names the program.

The keys that arrive are held against those that ssc keys derive makes from the same set by another way."""
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

SSC = os.environ["SSC"]
ROUTES = ("mother:000000", "mother:990000", "mother:990100", "psam:990100", "machine:000000")
KCV = re.compile(r"^(\S+) version (\d)  KCV ([0-9A-F]{6})$", re.MULTILINE)
PSAM_KCV = re.compile(r"usage 27 id 24 .*KCV ([0-9A-F]{6})")


class Room:
    """A folder in which commands run."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="ssc-transfer-")
        self.path = pathlib.Path(self.folder.name)

    def ssc(self, *arguments, status=0, stdin=None):
        done = subprocess.run([SSC, *arguments], cwd=self.path, input=stdin or "", capture_output=True, text=True,
                              timeout=60, check=False)
        if done.returncode != status:
            raise AssertionError(f"ssc {' '.join(arguments)}: exit {done.returncode}, not {status}\n"
                                 f"{done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def keys(self, *arguments, status=0):
        return self.ssc("keys", *arguments, status=status)


def national_set(room, *more):
    for number in (1, 2, 3):
        room.keys("component", f"c{number}.xml", "--set", "national", "--cipher", "SM4", "--custodian", f"P{number}",
                  "--number", str(number), "--lab")
    components = [word for number in (1, 2, 3) for word in ("--component", f"c{number}.xml")]
    room.keys("make", "national", "-o", "national.xml", "--cipher", "SM4", *components, "--lab", *more)


def carriers(room, *more):
    routes = [word for route in ROUTES for word in ("--route", route)]
    born = ("--born-of", "transmission.xml", "--lab", *more)
    room.keys("carrier", "transmission.xml", "--type", "transmission", "--name", "T-1", "--area", "000000",
              "--serial", "4", "--lab", *routes, *more)
    room.keys("carrier", "master.xml", "--type", "master", "--name", "MK-1", "--area", "000000", "--serial", "1",
              "--key-set", "national.xml", "--exports", "3", "--whole", "IRK", *born)
    room.keys("carrier", "province.xml", "--type", "mother", "--name", "M-99", "--area", "990000", "--serial",
              "99000000000000000002", *born)
    room.keys("carrier", "city.xml", "--type", "mother", "--name", "M-9901", "--area", "990100", "--serial",
              "99010000000000000003", "--receivers", "psam", *born)
    room.keys("carrier", "psam.xml", "--type", "psam", "--name", "P-1", "--area", "990100", "--serial",
              "99010000000000000005", *born)


def check_values(text):
    return {(name, version): value for name, version, value in KCV.findall(text)}


class Transfer(unittest.TestCase):
    def setUp(self):
        self.room = Room()
        national_set(self.room)
        carriers(self.room)

    def tearDown(self):
        self.room.folder.cleanup()

    def derived(self, to, area, source="national.xml"):
        return check_values(self.room.keys("derive", source, "--to", to, "--area", area, "--name", to, "-o",
                                           f"{to}-set.xml"))

    def test_down_to_a_psam(self):
        room = self.room
        for receiver in ("master.xml", "province.xml", "city.xml"):
            room.keys("transfer", "transmission.xml", receiver)
        whole = check_values(room.keys("compare", "national.xml", "national.xml", "--all", status=0))
        province = check_values(room.keys("transfer", "master.xml", "province.xml", "--exports", "2"))
        expected = self.derived("province", "990000")
        self.assertEqual(province[("UK3DF01", "1")], expected[("UK3DF01", "1")])
        self.assertNotEqual(province[("IRK", "1")], expected[("IRK", "1")], "IRK goes whole")
        city = check_values(room.keys("transfer", "province.xml", "city.xml", "--exports", "1"))
        in_city = self.derived("city", "990100", "province-set.xml")
        self.assertEqual(city[("UK3DF01", "1")], in_city[("UK3DF01", "1")])
        psam = check_values(room.keys("transfer", "city.xml", "psam.xml"))
        self.assertEqual(psam, city)
        self.assertEqual(PSAM_KCV.search(room.ssc("card", "show", "psam.state"))[1], in_city[("UK3DF01", "1")])
        self.assertFalse(whole.keys() - psam.keys())

    def test_into_a_machine(self):
        room = self.room
        room.keys("carrier", "hsm.xml", "--type", "machine", "--name", "HSM-1", "--area", "000000", "--serial", "77",
                  "--born-of", "transmission.xml", "--lab")
        room.keys("transfer", "transmission.xml", "master.xml")
        room.keys("transfer", "master.xml", "machine:hsm.xml", "--serial", "77")
        self.assertIn("keys the same, 1 not", room.keys("compare", "national.xml", "hsm.xml", status=1))
        # Another serial number is another machine: nothing opens there.
        self.assertIn("6988", room.keys("transfer", "master.xml", "machine:hsm.xml", "--serial", "78", "--key", "IRK",
                                        status=1))

    def test_neither_card_alone_fills_a_psam(self):
        said = self.room.keys("transfer", "master.xml", "psam.xml", status=1)
        self.assertIn("no transmission key for PSAMs of area 990100", said)
        self.assertNotIn("KCV", self.room.keys("transfer", "transmission.xml", "psam.xml", status=1))

    def test_counts_are_kept_between_runs(self):
        room = self.room
        room.keys("transfer", "transmission.xml", "master.xml")
        room.keys("transfer", "master.xml", "psam.xml", "--key", "IRK")
        self.assertIn("is there already", room.keys("transfer", "master.xml", "psam.xml", "--key", "IRK", status=1))
        room.keys("transfer", "master.xml", "psam.xml", "--key", "UK3DF01")
        self.assertIn("9402", room.keys("transfer", "master.xml", "psam.xml", "--key", "IRK", "--replace", status=1))

    def test_a_wrong_pin_stops_at_once(self):
        (self.room.path / "pin").write_text("999999\n", encoding="ascii")
        said = self.room.keys("transfer", "transmission.xml", "master.xml", "--pin-file", "pin", status=1)
        self.assertIn("giving the holder's PIN: 63C2", said)
        self.assertEqual(said.count("\n"), 1)


class UnderAPassphrase(unittest.TestCase):
    def test_what_lies_on_disk_is_sealed(self):
        room = Room()
        (room.path / "pass").write_text("a passphrase of a test\n", encoding="ascii")
        (room.path / "pin").write_text("246813\n", encoding="ascii")
        under = ("--passphrase-file", "pass", "--cost", "10", "--pin-file", "pin")
        room.keys("carrier", "transmission.xml", "--type", "transmission", "--name", "T-1", "--area", "000000",
                  "--serial", "4", "--route", "mother:990000", *under)
        room.keys("carrier", "province.xml", "--type", "mother", "--name", "M-99", "--area", "990000", "--serial",
                  "99000000000000000002", "--born-of", "transmission.xml", *under)
        room.keys("carrier", "other.xml", "--type", "mother", "--name", "M-99", "--area", "990000", "--serial",
                  "99000000000000000003", "--born-of", "transmission.xml", *under)
        for name in ("transmission.xml", "province.xml"):
            self.assertEqual((room.path / name).stat().st_mode & 0o777, 0o600)
            self.assertNotIn("246813", (room.path / name).read_text(encoding="utf-8"))
            self.assertNotIn(" value=", (room.path / name).read_text(encoding="utf-8"))
        said = room.keys("transfer", "transmission.xml", "province.xml", "--pin-file", "pin", status=2)
        self.assertIn("passphrase", said)
        self.assertEqual(said.count("\n"), 1)
        # A key of one carrier in another's file does not open.
        text = (room.path / "province.xml").read_text(encoding="utf-8")
        moved = text.replace('name="KID-01"', 'name="KID-0X"').replace('name="KID-02"', 'name="KID-01"')
        (room.path / "province.xml").write_text(moved.replace('name="KID-0X"', 'name="KID-02"'), encoding="utf-8")
        said = room.keys("transfer", "transmission.xml", "province.xml", "--pin-file", "pin", "--passphrase-file",
                         "pass", status=2)
        self.assertIn("does not open", said)
        room.folder.cleanup()


class InALedger(unittest.TestCase):
    def test_each_step_is_an_entry(self):
        room = Room()
        room.keys("centre", "init", "ministry", "--name", "Lab ministry", "--level", "ministry", "--area", "000000",
                  "--lab", "--who", "王一", "--role", "密钥管理员")
        ledger = ("--centre", "ministry", "--who", "王一", "--role", "密钥管理员")
        national_set(room, *ledger)
        carriers(room, *ledger)
        room.keys("transfer", "transmission.xml", "master.xml", *ledger)
        room.keys("transfer", "master.xml", "psam.xml", "--key", "IRK", *ledger)
        room.keys("derive", "national.xml", "--to", "province", "--area", "990000", "--name", "province-99", "-o",
                  "p.xml", *ledger)
        entries = (room.path / "ministry" / "ledger.jsonl").read_text(encoding="utf-8")
        for part in ('"create"', '"use"', '"load"', '"MK-1"', '"P-1"', '"T-1"', '"province-99"'):
            self.assertIn(part, entries)
        self.assertIn("whole, in order and signed", room.keys("ledger", "verify", "--centre", "ministry"))
        # A carrier that never came to a centre is not used there (art. 23).
        room.keys("centre", "init", "city", "--name", "Lab city", "--level", "city", "--area", "990100", "--lab",
                  "--who", "李二", "--role", "密钥管理员")
        said = room.keys("transfer", "master.xml", "psam.xml", "--key", "UK3DF01", "--centre", "city", "--who", "李二",
                         "--role", "密钥管理员", status=1)
        self.assertIn("23", said)
        self.assertNotIn("KCV", said)
        room.folder.cleanup()


if __name__ == "__main__":
    unittest.main(verbosity=2)
