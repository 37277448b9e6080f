#!/usr/bin/python3
"""What scenarios/README.md promises an author: the guide's two cases pass, the change it names fails as it says; the XSD
alone checks every suite; ssc lint ends as its help says."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

TOP = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = TOP / "scenarios/schema/scenario.xsd"
README = (TOP / "scenarios/README.md").read_text(encoding="utf-8")
GUIDE = README.split("## A passing and a failing case in ten minutes")[1].split("\n## ")[0]
LIMIT = 60  # seconds, against a hang


class Author(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        shutil.copy(TOP / "scenarios/routines.xml", self.folder.name)

    def write(self, text):
        pathlib.Path(self.folder.name, "mine.xml").write_text(text, encoding="utf-8")

    def call(self, *command):
        return subprocess.run(command, cwd=self.folder.name, capture_output=True, text=True, timeout=LIMIT, check=False)

    def ssc(self, *arguments):
        return self.call(os.environ["SSC"], *arguments)

    def validates(self, path):
        return self.call("xmllint", "--noout", "--schema", str(SCHEMA), str(path))

    def test_guide_passes_and_fails_as_it_says(self):
        suite = re.search(r"```xml\n(.*?)```", GUIDE, re.DOTALL).group(1)
        self.write(suite)
        passed = self.ssc("run", "mine.xml")
        self.assertEqual(passed.returncode, 0, passed.stdout + passed.stderr)
        self.assertEqual(len(re.findall(r"^  PASS ", passed.stdout, re.MULTILINE)), 6)

        before, after = re.search(r"change `([^`]*)` to `([^`]*)`", GUIDE).groups()
        self.assertEqual(suite.count(before), 1)
        self.write(suite.replace(before, after))
        failed = self.ssc("run", "mine.xml")
        self.assertEqual(failed.returncode, 1, failed.stdout + failed.stderr)
        case, promised = re.search(r": (MINE-\d+)\nfails(.*)", GUIDE, re.DOTALL).groups()
        self.assertEqual(len(re.findall(rf"^  FAIL +{case} ", failed.stdout, re.MULTILINE)), 3)
        wanted, got = re.search(r"`expected (\w+)` beside `got (\w+)`", promised).groups()
        self.assertIn(f"expected {wanted}", failed.stdout)
        self.assertRegex(failed.stdout, rf"got +{got}")
        line = 1 + suite[:suite.index(before)].count("\n")
        self.assertIn(f"mine.xml:{line}: status word {got}", failed.stdout)
        self.assertRegex(failed.stdout, r"card > 00 20 00 00 03")

    def test_every_suite_validates(self):
        for path in sorted((TOP / "scenarios").rglob("*.xml")):
            if "urn:ssc:scenario:1" in path.read_text(encoding="utf-8"):
                checked = self.validates(path)
                self.assertEqual(checked.returncode, 0, checked.stderr)

    def test_schema_refuses_what_is_no_suite(self):
        frame = ('<suite xmlns="urn:ssc:scenario:1" id="s" title="S">'
                 '<case id="A" purpose="p">{}</case></suite>')
        for steps, good in (('<send apdu="00"/>', True), ('<send apdu="00" sw="9000"/>', False), ("<sent/>", False),
                            ('<expect sw="9000" optional="perhaps"/>', False), ('<send apdu="00" within="fast"/>', False),
                            ('<send apdu="00" sm="enc" key="K"/>', False), ('<for><reset/></for>', False), ("", False)):
            self.write(frame.format(steps))
            self.assertEqual(self.validates("mine.xml").returncode == 0, good, steps)

    def test_schema_explains_every_element_and_attribute(self):
        text = SCHEMA.read_text(encoding="utf-8")
        bare = re.findall(r'<xs:attribute name="([^"]+)"[^>]*/>', text)
        self.assertEqual(bare, [])

    def test_lint_ends_as_its_help_says(self):
        clean = self.ssc("lint", "scenarios")
        self.assertEqual(clean.returncode, 0, clean.stdout + clean.stderr)
        frame = '<suite xmlns="urn:ssc:scenario:1" id="s" title="S"><case id="A" purpose="p"><reset/>\n{}</case></suite>'
        self.write(frame.format('<send apdu="00 84 00 00 08"/>'))
        remarked = self.ssc("lint", "mine.xml")
        self.assertEqual(remarked.returncode, 1)
        self.assertIn("mine.xml:2: nobody looks at the answer to this send: add an expect behind it\n", remarked.stdout)
        self.write(frame.format("<sent/>"))
        broken = self.ssc("lint", "mine.xml")
        self.assertEqual(broken.returncode, 2)
        self.assertRegex(broken.stderr, r"^ssc: mine\.xml:2: .*\n$")


if __name__ == "__main__":
    unittest.main()
