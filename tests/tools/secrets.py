#!/usr/bin/python3
"""What lies on disk after the key system was used: no key and no PIN in clear, in any spelling, in files or output.

SSC names the program. Everything is made from the lab's built-in set, whose keys openssl works out here, and sample carriers,
whose roots their files say; the PINs are made up. Only PIN letters may hold a PIN."""
import base64
import os
import pathlib
import signal
import socket
import subprocess
import tempfile
import unittest

SSC = os.environ["SSC"]
ROOT = "462247B71EAD94D630A167C31BA617B1"  # of the lab's SM4 set, keys/sets/lab-990100-sm4.xml
NAMES = ("IRK", "STKSSSE", "UK3DF01", "RKSSSE", "UK1DF02", "DPK")
CARRIER_ROOT = bytes(range(0x40, 0x50))  # simulator/profiles/sample-transmission-card.xml
NEW_PIN = "583921"
COLUMNS = "name,id_type,id_number,sex,nation,birth_place,birth_date,area,class,policy"
PEOPLE = (("chenzhou", "990100199003070019"), ("generic-c", "990100199003070027"))


def sm4(key, data):
    done = subprocess.run(["openssl", "enc", "-sm4-ecb", "-K", key, "-nopad"], input=bytes.fromhex(data), check=True,
                          capture_output=True, timeout=20)
    return done.stdout.hex().upper()


def diversify(key, factor):
    return sm4(key, factor + "".join(f"{255 - byte:02X}" for byte in bytes.fromhex(factor)))


def lab_keys():
    """Each name's national, province and city key (Part 9 §7.2-7.3)."""
    for name in NAMES:
        key = diversify(diversify(ROOT, name.encode().hex().ljust(16, "0")), f"{1:016X}")
        yield name + " national", key
        key = diversify(key, b"990000sh".hex())
        yield name + " province", key
        yield name + " city", diversify(key, b"990100sx".hex())
    for route in range(1, 9):
        yield f"transmission key {route}0", bytes(byte ^ route * 16 for byte in CARRIER_ROOT).hex().upper()


def spellings(key):
    raw = bytes.fromhex(key)
    yield from (raw, raw[::-1], key.encode(), key.lower().encode(), " ".join(f"{b:02X}" for b in raw).encode(),
                base64.b64encode(raw).rstrip(b"="), base64.b64encode(raw[::-1]).rstrip(b"="))


class OnDisk(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="ssc-secrets-")
        self.addCleanup(holder.cleanup)
        self.room = pathlib.Path(holder.name) / "room"
        self.temporary = pathlib.Path(holder.name) / "tmp"
        for folder in (self.room, self.temporary):
            folder.mkdir()
        self.said = ""

    def ssc(self, *arguments, status=0, stdin=""):
        environment = {**os.environ, "TMPDIR": str(self.temporary), "HOME": str(self.temporary)}
        done = subprocess.run([SSC, *arguments], cwd=self.room, input=stdin, capture_output=True, text=True, timeout=60,
                              env=environment, check=False)
        if done.returncode != status:
            raise AssertionError(f"ssc {' '.join(arguments)}: exit {done.returncode}, not {status}\n"
                                 f"{done.stdout}{done.stderr}")
        self.said += done.stdout + done.stderr

    def use_the_key_system(self):
        by = ("--centre", "city", "--who", "李二", "--role", "发卡员")
        self.ssc("keys", "centre", "init", "city", "--name", "Lab city", "--level", "city", "--area", "990100", "--lab",
                 "--who", "李二", "--role", "发卡员")
        self.ssc("keys", "derive", "lab-990100-sm4", "--to", "province", "--area", "990000", "--name", "province", "-o",
                 "province.xml")
        self.ssc("keys", "derive", "province.xml", "--to", "city", "--area", "990100", "--name", "city-set", "-o", "city.xml")
        self.ssc("keys", "show", "city.xml")
        self.ssc("keys", "check", "city.xml")
        self.ssc("keys", "compare", "lab-990100-sm4", "city.xml", "--at", "city", "--area", "990100", "--all", status=1)
        self.ssc("keys", "transfer", "sample-master-card", "sample-psam-new", "--from-state", "master", "--to-state", "new")
        self.ssc("keys", "transfer", "sample-transmission-card", "sample-mother-card-province", "--from-state", "tk",
                 "--to-state", "province-card", status=1)
        lines = [f"测试,citizen,{number},1,01,990100,19900307,990100,3,{policy}" for policy, number in PEOPLE]
        (self.room / "people.csv").write_text("\n".join([COLUMNS, *lines]) + "\n", encoding="utf-8")
        self.ssc("issue", "people.csv", "--out", "issued", *by)
        (self.room / "pins").write_text(f"900307\n{NEW_PIN}\n{NEW_PIN}\n", encoding="ascii")
        self.ssc("desk", "change", "A0000002X", "--id-number", PEOPLE[1][1], "--pin-file", "pins", "--card",
                 "issued/cards/A0000002X.xml", "--state", "held", "--centre", "city", "--trace", "desk.trace", "--operator",
                 "赵三", "--role", "密码柜台", "--machine", "lab-software")
        (self.room / "pins").unlink()
        self.ssc("run", "scenarios/transaction/purchase.xml", "scenarios/keys/to-psam.xml", "--filter",
                 "PURCHASE-01,CARRIER-PSAM-01", "--html", "r.html", "--json", "r.json", "--csv", "r.csv", "--junit", "r.junit",
                 "--trace", "r.trace", "-v")
        self.serve()

    def serve(self):
        """ssc serve --state with a hand-made reader that selects and verifies."""
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.settimeout(20)
            port = listener.getsockname()[1]
            child = subprocess.Popen([SSC, "serve", "--card", "sample-3.00", "--psam", "none", "--card-vpcd",
                                      f"127.0.0.1:{port}", "--state", "served", "--trace", "served.trace"], cwd=self.room,
                                     stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            try:
                contacts, _ = listener.accept()
                with contacts:
                    contacts.settimeout(20)
                    contacts.sendall(b"\x00\x01\x01")
                    for apdu in ("0020000003123456", "805E010007123456FF" + NEW_PIN):
                        wire = bytes.fromhex(apdu)
                        contacts.sendall(len(wire).to_bytes(2, "big") + wire)
                        size = int.from_bytes(contacts.recv(2), "big")
                        self.assertEqual(contacts.recv(size)[-2:], b"\x90\x00", apdu)
                child.send_signal(signal.SIGINT)
                self.said += child.communicate(timeout=20)[0]
            finally:
                child.kill()
                child.stdout.close()

    def texts(self):
        yield "what was said", self.said.encode()
        for folder in (self.room, self.temporary):
            for path in folder.rglob("*"):
                if path.is_file():
                    yield str(path.relative_to(folder)), path.read_bytes()

    def test_no_key_and_no_pin_is_there_in_clear(self):
        self.use_the_key_system()
        letters = list((self.room / "city" / "letters").glob("*"))
        self.assertEqual(len(letters), 1, "one PIN was drawn, so there is one letter")
        found = []
        for where, text in self.texts():
            for name, key in lab_keys_once():
                found += [f"{name} in {where}" for spelling in spellings(key) if spelling in text]
            if NEW_PIN.encode() in text:
                found.append(f"the PIN in {where}")
        self.assertEqual(found, [])
        for path in self.room.rglob("*"):
            secret = path.suffix in (".xml", ".db") and path.is_file() and "register" not in path.name
            if secret and ("sealed=" in path.read_text(encoding="latin-1") or path.suffix == ".db"):
                self.assertEqual(path.stat().st_mode & 0o077, 0, path.name)

    def test_the_search_finds_what_lies_open(self):
        key = dict(lab_keys_once())["IRK city"]
        for spelling in spellings(key):
            self.assertTrue(any(other in b"..." + spelling + b"..." for other in spellings(key)))
        (self.room / "open").write_text(key.lower(), encoding="ascii")
        self.assertTrue(any(spelling in text for _, text in self.texts() for spelling in spellings(key)))


KEYS = []


def lab_keys_once():
    if not KEYS:
        KEYS.extend(lab_keys())
    return KEYS


if __name__ == "__main__":
    unittest.main(verbosity=2)
