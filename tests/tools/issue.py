#!/usr/bin/python3
"""ssc issue as a card centre meets it: rows in, cards, refusals and letters out; killed and resumed; in shards.

SSC names the program. Expected values come from openssl and from the standard's tables, worked out here."""
import os
import pathlib
import random
import re
import resource
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

SSC = os.environ["SSC"]
COLUMNS = "name,id_type,id_number,sex,nation,birth_place,birth_date,area,class,policy"
ROOT = "462247B71EAD94D630A167C31BA617B1"  # of the lab's SM4 set, keys/sets/lab-990100-sm4.xml
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def citizen(number, birth="19900307", area="990100"):
    """GB 11643: the check character by ISO 7064 MOD 11-2."""
    head = f"{area}{birth}{number:03}"
    return head + "10X98765432"[sum(int(d) * w for d, w in zip(head, WEIGHTS)) % 11]


def row(number, **changed):
    fields = {"name": f"测试{number}", "id_type": "citizen", "id_number": citizen(number), "sex": "1", "nation": "01",
              "birth_place": "990100", "birth_date": "19900307", "area": "990100", "class": "3", "policy": "generic-b"}
    fields.update(changed)
    return ",".join(fields[name] for name in COLUMNS.split(","))


def rows(count, first=0):
    return [row(number) for number in range(first, first + count)]


def card_number(number):
    """GB 11714: weights 3 7 9 10 5 8 4 2, letters from A = 10."""
    body = f"A{number:07}"
    total = sum((ord(c) - 55 if c.isalpha() else int(c)) * w for c, w in zip(body, (3, 7, 9, 10, 5, 8, 4, 2)))
    return body + "0123456789X"[(11 - total % 11) % 11]


def sm4(key, data, chain=None):
    mode = ["-sm4-ecb"] if chain is None else ["-sm4-cbc", "-iv", chain]
    done = subprocess.run(["openssl", "enc", *mode, "-K", key, "-nopad"], input=bytes.fromhex(data), check=True,
                          capture_output=True, timeout=20)
    return done.stdout.hex().upper()


def diversify(key, factor):
    return sm4(key, factor + "".join(f"{255 - byte:02X}" for byte in bytes.fromhex(factor)))


def card_key(name, card_factor):
    """Part 9 §7.2-7.3: the lab's named root, then province, city and card."""
    key = diversify(diversify(ROOT, name.encode().hex().ljust(16, "0")), f"{1:016X}")
    for factor in (b"990000sh", b"990100sx"):
        key = diversify(key, factor.hex())
    return diversify(key, card_factor)


def mac(key, data):
    """Part 4 §8.2 with IV zero: the four words of the last block, xored."""
    padded = (data + "80").ljust(-(-(len(data) + 2) // 32) * 32, "0")
    last = sm4(key, padded, "0" * 32)[-32:]
    words = [int(last[i:i + 8], 16) for i in range(0, 32, 8)]
    return f"{words[0] ^ words[1] ^ words[2] ^ words[3]:08X}"


class Room:
    def __init__(self):
        self.holder = tempfile.TemporaryDirectory(prefix="ssc-issue-")
        self.path = pathlib.Path(self.holder.name)

    def write(self, name, lines, encoding="utf-8"):
        (self.path / name).write_bytes(("\n".join([COLUMNS, *lines]) + "\n").encode(encoding))

    def ssc(self, *arguments, status=0):
        done = subprocess.run([SSC, *arguments], cwd=self.path, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=120, check=False)
        if done.returncode != status:
            raise AssertionError(f"ssc {' '.join(arguments)}: exit {done.returncode}, not {status}\n"
                                 f"{done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def issue(self, batch, *arguments, out="out", status=0):
        return self.ssc("issue", batch, "--out", out, *arguments, status=status)

    def cards(self, out="out"):
        return sorted(path.stem for path in (self.path / out / "cards").glob("*.xml"))

    def contents(self, out="out"):
        """Each card file without what is sealed, which is never the same twice."""
        told = re.compile(r"<(storage|pin) [^>]*>")
        return {path.stem: told.sub("", path.read_text(encoding="utf-8"))
                for path in (self.path / out / "cards").glob("*.xml")}

    def refused(self, out="out"):
        return "".join(path.read_text(encoding="utf-8") for path in sorted((self.path / out).glob("rejects-*.csv")))


class Issue(unittest.TestCase):
    def setUp(self):
        self.room = Room()
        self.addCleanup(self.room.holder.cleanup)

    def test_a_card_is_what_the_standard_asks(self):
        self.room.write("one.csv", [row(5, sex="2", nation="03")])
        self.room.issue("one.csv", "--issue-date", "20261126", "--start", "77")
        self.assertEqual(self.room.cards(), [card_number(77)])
        text = self.room.contents()[card_number(77)]
        self.assertIn('historical="0081544C928699' + "9901" + '00000077"', text)  # V2.0 notice t.10
        head = "990100" + "D156000005" + "00000077"
        code = mac(card_key("IRK", "8699" + "9901" + "00000077"), head)  # T6 to TD
        self.assertIn(f'tag="01" hex="{head}{code}"', text)
        for part in (f'tag="07" text="{card_number(77)}"', f'tag="08" text="{citizen(5)}"', 'tag="0A" text="2"',
                     'tag="0B" digits="03"', 'tag="0D" digits="19900307"', 'tag="05" digits="20261126"',
                     'tag="06" digits="20361126"'):
            self.assertIn(part, text)
        file = f"out/cards/{card_number(77)}.xml"
        pin = citizen(5)[-6:].replace("X", "0")  # generic-b: the last six, X as 0
        said = self.room.ssc("apdu", "--card", file, f"0020000003{pin}", "0020000003999999")
        self.assertIn("9000", said)
        self.assertIn("63C2", said)

    def test_a_long_name_goes_on_at_a_character(self):
        name = "A" + "测" * 16  # 33 bytes of GBK: 1 + 14 × 2 = 29 fit into item 09
        self.room.write("long.csv", [row(1, name=name)])
        self.room.issue("long.csv")
        text = self.room.contents()[card_number(1)]
        first, rest = name[:15].encode("gbk").hex().upper(), name[15:].encode("gbk").hex().upper()
        self.assertIn(f'tag="09" hex="{first}"', text)
        self.assertIn(f'tag="4E" hex="{rest}"', text)

    def test_bad_rows_are_refused_with_the_reason_and_the_rest_goes_on(self):
        good, bad = row(1), [
            (row(2, id_number=citizen(2)[:-1] + ("0" if citizen(2)[-1] != "0" else "1")), "check"),
            (row(3, id_number=citizen(3)[:-1]), "18"),
            (row(4, birth_date="19900308"), "birth_date"),
            (row(5, birth_date="19901340", id_type="other", id_number="P12345"), "birth_date"),
            (row(6, name="名😀"), "name"),
            (row(7, name="测" * 26), "name"),
            (row(8, sex="7"), "sex"),
            (row(9, nation="77"), "nation"),
            (row(10, area="99"), "area"),
            (row(11, policy="atlantis"), "atlantis"),
            (row(1), "row"),  # the number of the first row again
        ]
        passport = row(12, id_type="other", id_number="E12345678")
        self.room.write("mixed.csv", [good, *(text for text, _ in bad), passport])
        self.room.issue("mixed.csv", status=1)
        self.assertEqual(self.room.cards(), sorted([card_number(1), card_number(13)]))
        refused = self.room.refused().splitlines()[1:]
        self.assertEqual(len(refused), len(bad))
        for line, (_, reason) in zip(refused, bad):
            self.assertIn(reason, line)

    def test_gbk_and_a_byte_order_mark(self):
        self.room.write("gbk.csv", rows(2), encoding="gbk")
        self.room.write("bom.csv", rows(2), encoding="utf-8-sig")
        self.room.issue("gbk.csv", "--encoding", "gbk", out="gbk")
        self.room.issue("bom.csv", out="bom")
        self.assertEqual(self.room.contents("gbk"), self.room.contents("bom"))
        self.assertIn("测试1".encode("gbk").hex().upper(), "".join(self.room.contents("gbk").values()))

    def test_bad_input_is_one_line(self):
        self.room.write("b.csv", rows(1))
        for arguments, part in ((("b.csv", "--shard", "4/4"), "4/4"), (("none.csv",), "none.csv"),
                                (("b.csv", "--district", "a"), "--district"), (("b.csv", "--like", "x"), "x"),
                                (("b.csv", "--key-set", "lab-990100-des"), "cipher")):
            said = self.room.issue(*arguments, status=2)
            self.assertIn(part, said)
            self.assertEqual(said.count("\n"), 1, said)

    def test_letters_and_their_end(self):
        self.room.write("letters.csv", [row(number, policy="chenzhou") for number in range(3)])
        self.room.issue("letters.csv")
        letters = sorted((self.room.path / "out" / "letters").iterdir())
        self.assertEqual(len(letters), 3)
        for letter in letters:
            self.assertEqual(letter.stat().st_mode & 0o777, 0o600)
        self.room.ssc("issue", "--letters-done", "--out", "out")
        left = list((self.room.path / "out" / "letters").iterdir()) if (self.room.path / "out" / "letters").exists() else []
        self.assertEqual(left, [])

    def start(self, batch, out):
        return subprocess.Popen([SSC, "issue", batch, "--out", out], cwd=self.room.path, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def test_killed_again_and_again_no_card_is_missing_or_there_twice(self):
        count = 120
        self.room.write("b.csv", rows(count))
        self.room.issue("b.csv", out="whole")
        dice = random.Random(5)
        stopped_at = []
        for _ in range(5):
            child = self.start("b.csv", "killed")
            time.sleep(dice.uniform(0.05, 0.5))
            child.kill()
            child.communicate(timeout=20)
            stopped_at.append(len(self.room.cards("killed")))
        self.assertTrue(any(0 < cards < count for cards in stopped_at), stopped_at)
        self.assertIn(f"{count} rows: {count} cards, 0 refused", self.room.issue("b.csv", out="killed"))
        self.assertEqual(self.room.contents("killed"), self.room.contents("whole"))

    def test_ctrl_c_stops_cleanly_and_the_same_command_goes_on(self):
        self.room.write("b.csv", rows(150))
        child = self.start("b.csv", "out")
        deadline = time.monotonic() + 30
        while len(self.room.cards()) < 3 and time.monotonic() < deadline:
            time.sleep(0.02)
        child.send_signal(signal.SIGINT)
        said = child.communicate(timeout=30)[0]
        self.assertEqual(child.returncode, 3, said)
        made = len(self.room.cards())
        self.assertGreater(made, 2)
        self.assertLess(made, 150)
        self.assertIn("150 rows: 150 cards, 0 refused", self.room.issue("b.csv"))
        self.assertEqual(len(self.room.cards()), 150)

    def test_shards_are_the_whole(self):
        self.room.write("b.csv", rows(23) + [row(3)])
        self.room.issue("b.csv", out="whole", status=1)
        for shard in range(3):
            self.room.issue("b.csv", "--shard", f"{shard}/3", out="shards", status=1 if shard == 23 % 3 else 0)
        self.assertEqual(self.room.contents("shards"), self.room.contents("whole"))
        for out in ("whole", "shards"):
            self.assertEqual(self.room.refused(out).count(citizen(3)), 1)

    def test_gnu_parallel(self):
        self.assertTrue(shutil.which("parallel"), "tools/setup installs it")
        self.room.write("b.csv", rows(40))
        self.room.issue("b.csv", out="whole")
        done = subprocess.run(["parallel", "--will-cite", "-j2", SSC, "issue", "b.csv", "--out", "many", "--shard",
                               "{}/4", ":::", "0", "1", "2", "3"], cwd=self.room.path, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=120, check=False,
                              env={**os.environ, "HOME": str(self.room.path)})
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(self.room.contents("many"), self.room.contents("whole"))

    @unittest.skipIf("ASAN_OPTIONS" in os.environ, "a sanitizer keeps what was freed")
    def test_memory_does_not_grow_with_the_batch(self):
        def peak(count):
            self.room.write("b.csv", [row(n % 1000, id_type="other", id_number=f"P{n:08}") for n in range(count)])
            before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
            self.room.issue("b.csv", out=f"out-{count}")
            return max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
        small = peak(50)
        self.assertLess(peak(600), 1.25 * small)  # the most any child has used, in KiB


if __name__ == "__main__":
    unittest.main(verbosity=2)
