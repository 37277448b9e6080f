#!/usr/bin/python3
"""ssc report spec: every case of the built-in scenarios stands in the page, in both languages; what cannot be done is said."""
import html.parser
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

TOP = pathlib.Path(__file__).resolve().parents[2]
LIMIT = 60  # seconds, against a hang
VOID = {"meta", "br", "link", "input"}


class Page(html.parser.HTMLParser):
    """Ids, links and text; counts tags that are closed wrongly."""

    def __init__(self):
        super().__init__()
        self.ids, self.targets, self.open, self.wrong, self.texts = [], [], [], 0, []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if attributes.get("href", "").startswith("#"):
            self.targets.append(attributes["href"][1:])
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong += 1

    def handle_data(self, data):
        self.texts.append(data)


class Specification(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.out = pathlib.Path(folder.name, "spec.html")

    def ssc(self, *arguments):
        command = [os.environ["SSC"], "report", "spec", *arguments]
        return subprocess.run(command, cwd=self.out.parent, capture_output=True, text=True, timeout=LIMIT, check=False)

    def page(self, *arguments):
        done = self.ssc("-o", str(self.out), *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        page = Page()
        page.feed(self.out.read_text(encoding="utf-8"))
        return page

    def test_every_case_of_the_files_is_there_once(self):
        ids = [found for path in (TOP / "scenarios").rglob("*.xml")
               for found in re.findall(r'<case\s+id="([^"]+)"', path.read_text(encoding="utf-8"))]
        self.assertGreater(len(ids), 600)
        page = self.page(str(TOP / "scenarios"))
        self.assertEqual(sorted(one for one in page.ids if one in set(ids)), sorted(ids))
        self.assertEqual((page.wrong, page.open), (0, []))
        self.assertEqual(set(page.targets) - set(page.ids), set())

    def test_chinese(self):
        page = self.page("scenarios/card/pre-issue.xml", "--lang", "zh")
        text = " ".join(page.texts)
        for wanted in ("测试规范", "发卡前检测", "内部认证与零元消费", "V2.0 notice t.9"):
            self.assertIn(wanted, text)

    def test_what_cannot_be_done_is_said(self):
        missing = self.ssc("nowhere.xml", "-o", str(self.out))
        self.assertEqual(missing.returncode, 2)
        self.assertIn("nowhere.xml", missing.stderr)
        unwritable = self.ssc("-o", "no/such/folder/spec.html")
        self.assertEqual(unwritable.returncode, 3)
        self.assertEqual(unwritable.stderr.strip(), "ssc: no/such/folder/spec.html: cannot be written")
        self.assertNotEqual(self.ssc("scenarios").returncode, 0)


if __name__ == "__main__":
    unittest.main()
