#!/usr/bin/python3
"""The HTML report in headless Chromium, by clicking, and the JSON report against its schema.

SSC names the program. Everything lives in a folder of the test's own."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import jsonschema
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

TOP = pathlib.Path(__file__).resolve().parents[2]
SSC = os.environ["SSC"]
SUITE = """<suite xmlns="urn:ssc:scenario:1" id="shown" title="A suite" title-zh="测试集" cards="sample-2.00 sample-3.00">
  <case id="GOOD" purpose="A random has eight octets" title-zh="取随机数" clause="Part 5 §6.5" group="COS/GET CHALLENGE">
    <send apdu="00 84 00 00 08"/><expect sw="9000" length="8"/>
  </case>
  <case id="BAD" purpose="&lt;/script&gt; is only text" clause="Part 5 §6.14">
    <send apdu="00 20 00 00 {lc} {pin.wrong}"/><expect sw="63C1"/>
  </case>
  <case id="ELSEWHERE" purpose="Not for these cards" applies="card.version eq '1.0'"><reset/></case>
</suite>
"""
ARGUMENTS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1200,900")


def browser(folder):
    options = Options()
    options.binary_location = "/usr/bin/chromium"
    for argument in (*ARGUMENTS, f"--user-data-dir={folder}/profile"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)


class ReportPage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="ssc-page-")
        folder = pathlib.Path(cls.folder.name)
        (folder / "shown.xml").write_text(SUITE, encoding="utf-8")
        ran = subprocess.run([SSC, "run", "shown.xml", "--seed", "1", "--html", "r.html", "--json", "r.json"],
                             cwd=folder, capture_output=True, text=True, timeout=60)
        if ran.returncode != 1:
            raise AssertionError(f"ssc run: {ran.returncode}\n{ran.stdout}{ran.stderr}")
        cls.report = json.loads((folder / "r.json").read_text(encoding="utf-8"))
        cls.page = browser(folder)
        cls.page.get(f"file://{folder}/r.html")
        WebDriverWait(cls.page, 30).until(lambda page: page.find_element(By.TAG_NAME, "body").get_attribute("data-ready"))

    @classmethod
    def tearDownClass(cls):
        cls.page.quit()
        cls.folder.cleanup()

    def click(self, selector):
        self.page.find_element(By.CSS_SELECTOR, selector).click()

    def texts(self, selector):
        return [node.text for node in self.page.find_elements(By.CSS_SELECTOR, selector) if node.is_displayed()]

    def opened(self, case):
        """The case's element with its steps to be seen; the page makes them after the click."""
        details = self.page.find_element(By.ID, case)
        if not details.get_attribute("open"):
            details.find_element(By.TAG_NAME, "summary").click()
        WebDriverWait(self.page, 30).until(lambda _: details.find_elements(By.CSS_SELECTOR, ".inside"))
        return details

    def speak(self, language):
        if self.page.find_element(By.TAG_NAME, "html").get_attribute("lang") != language:
            self.click("#language")

    def setUp(self):
        self.speak("en")
        self.click("#to-cases")

    def test_json_fits_its_schema(self):
        schema = json.loads((TOP / "conformance/report/report.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.validate(self.report, schema)

    def test_summary_and_cases(self):
        self.assertEqual(self.texts(".tile"), ["2\nPASS", "2\nFAIL", "2\nN/A"])
        self.assertEqual(len(self.texts("details.case")), 6)

    def test_filters_by_verdict_card_and_words(self):
        self.click("[data-verdict='FAIL']")
        self.assertEqual(len(self.texts("details.case")), 2)
        self.click("[data-verdict='FAIL']")
        search = self.page.find_element(By.ID, "search")
        search.send_keys("challenge 3.00")
        self.assertEqual(len(self.texts("details.case")), 1)
        self.assertIn("1 of 6", self.texts("#shown"))
        search.clear()
        search.send_keys(" ")
        self.click("#card option[value='sample-2.00']")
        self.assertEqual(len(self.texts("details.case")), 3)
        self.click("#card option[value='']")

    def test_a_failure_shows_both_sides_with_the_difference_marked(self):
        details = self.opened("BAD/sample-2.00")
        self.assertIn("</script> is only text", details.text)
        self.assertIn("card > 00 20 00 00 03", details.text)
        self.assertIn("** ** **", details.text)
        marks = [mark.text for mark in details.find_elements(By.TAG_NAME, "mark")]
        self.assertEqual(marks[0], "1")
        self.assertTrue(marks[1].startswith("2"), marks)

    def test_chinese(self):
        self.speak("zh")
        self.assertIn("符合性测试报告", self.texts("h1"))
        self.assertIn("取随机数", self.page.find_element(By.ID, "GOOD/sample-2.00").text)
        self.assertIn("成功", self.opened("GOOD/sample-3.00").text)

    def test_tabs(self):
        self.click("#to-trace")
        rows = self.texts("#tab-trace tbody tr")
        self.assertTrue(rows[0].startswith("COS/GET CHALLENGE Part 5 §6.5 GOOD"), rows)
        self.assertIn("PASS (sample-2.00), PASS (sample-3.00)", rows[0])
        self.click("#to-coverage")
        reached = self.page.find_elements(By.CSS_SELECTOR, "#tab-coverage td.reached")
        self.assertIn("GOOD", [cell.get_attribute("textContent") for cell in reached])
        self.click("#to-run")
        self.assertTrue(any("3B6D" in row for row in self.texts("#tab-run tr")))

    def test_print_opens_what_failed(self):
        self.page.execute_script("window.dispatchEvent(new Event('beforeprint'))")
        opened = self.page.find_elements(By.CSS_SELECTOR, "details.case.FAIL[open]")
        self.assertEqual(len(opened), 2)

    def test_nothing_is_fetched_and_nothing_goes_wrong(self):
        fetched = self.page.execute_script("return performance.getEntriesByType('resource').map((one) => one.name)")
        self.assertEqual(fetched, [])
        self.assertEqual([line for line in self.page.get_log("browser") if line["level"] == "SEVERE"], [])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
