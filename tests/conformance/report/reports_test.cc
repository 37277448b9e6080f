#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "conformance/report/csv_report.h"
#include "conformance/report/html_report.h"
#include "conformance/report/json_report.h"
#include "conformance/report/junit_report.h"
#include "conformance/report/text_report.h"
#include "conformance/report/trace_report.h"
#include "tests/conformance/fakes.h"

namespace ssc::conformance {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// One case that passes, one that fails, one that does not apply, on a card that knows one command.
class Reports : public ::testing::Test {
 protected:
  void run_with(Reporter& reporter, bool unmask = false) {
    card_.channel.answers["0020000003123456"] = {"63C2"};
    suite_ = *test::load_text(test::suite_text(R"(
      <case id="GOOD" purpose="a &lt; b" title-zh="好"><send apdu="00 20 00 00 {lc} {pin}"/><expect sw="63C2"/></case>
      <case id="BAD" purpose="bad" clause="Part 5 §6.14"><send apdu="00 20 00 00 {lc} {pin}"/><expect sw="9000"/></case>
      <case id="NONE" purpose="none" applies="not pin"><reset/></case>)"));
    std::vector<PlannedCase> plan;
    for (const Case& one : suite_.cases)
      plan.push_back({&suite_, &one, "fake", test::fake_model(), test::fake_keys()});
    RunOptions options;
    options.info.seed = 42;
    options.info.unmask = unmask;
    run(plan, {&card_, nullptr, nullptr}, options, {&reporter});
  }
  std::string text(TextReportOptions options = {}, bool unmask = false) {
    std::ostringstream out;
    TextReport report(out, options);
    run_with(report, unmask);
    return out.str();
  }

  test::FakeTarget card_;
  Suite suite_;
};

TEST_F(Reports, TextShowsWhatFailedAndWhere) {
  const std::string report = text();
  EXPECT_THAT(report, HasSubstr("seed 42"));
  EXPECT_THAT(report, HasSubstr("x.xml:4: status word 63C2"));
  EXPECT_THAT(report, HasSubstr("expected 9000\n"));
  EXPECT_THAT(report, HasSubstr("got      63C2 "));
  EXPECT_THAT(report, HasSubstr("card > 00 20 00 00 03 ** ** **  VERIFY"));
  EXPECT_THAT(report, HasSubstr("applies only where not pin"));
  EXPECT_THAT(report, HasSubstr("3 cases: 1 PASS 1 FAIL 1 N/A"));
  EXPECT_THAT(report, Not(HasSubstr("12 34 56")));
}

TEST_F(Reports, TextShowsSecretsOnlyWhenAsked) {
  EXPECT_THAT(text({}, true), HasSubstr("card > 00 20 00 00 03 12 34 56  VERIFY"));
}

TEST_F(Reports, TextSpeaksChinese) {
  const std::string report = text({.verbose = true, .chinese = true});
  EXPECT_THAT(report, HasSubstr("好"));
  EXPECT_THAT(report, HasSubstr(std::string(apdu::meaning(apdu::sw::tries_left(2)).chinese)));
}

TEST_F(Reports, JunitCountsAndEscapes) {
  std::ostringstream out;
  JunitReport junit(out);
  run_with(junit);
  const std::string report = out.str();
  EXPECT_THAT(report,
              HasSubstr("<testsuites name=\"ssc\" tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\">"));
  EXPECT_THAT(report, HasSubstr("<testcase classname=\"s\" name=\"BAD [fake]\" file=\"x.xml\" line=\"4\""));
  EXPECT_THAT(report, HasSubstr("<failure message=\"FAIL: x.xml:4: status word 63C2"));
  EXPECT_THAT(report, HasSubstr("<skipped message=\"N/A: applies only where not pin\">"));
  EXPECT_THAT(report, HasSubstr("card &gt; 00 20 00 00 03 ** ** **"));
  EXPECT_THAT(report, Not(HasSubstr("12 34 56")));
}

TEST_F(Reports, TheTraceHasEveryExchangeMasked) {
  std::ostringstream out;
  TraceReport report(out, apdu::Language::kChinese);
  run_with(report);
  EXPECT_THAT(out.str(), HasSubstr("== GOOD fake: 好\n"));
  EXPECT_THAT(out.str(), HasSubstr("card > 00 20 00 00 03   校验个人密码"));
  EXPECT_THAT(out.str(), HasSubstr("** ** **"));
  EXPECT_THAT(out.str(), Not(HasSubstr("12 34 56")));
  EXPECT_THAT(out.str(), HasSubstr("== BAD FAIL: x.xml:4: "));
}

TEST_F(Reports, TheTraceShowsWhatWasAskedFor) {
  std::ostringstream out;
  TraceReport report(out, apdu::Language::kEnglish);
  run_with(report, true);
  EXPECT_THAT(out.str(), HasSubstr("12 34 56"));
}

TEST_F(Reports, JsonHasEveryCaseItsStepsAndItsDifference) {
  std::ostringstream out;
  JsonReport report(out);
  run_with(report);
  EXPECT_THAT(out.str(), HasSubstr(R"("id":"BAD","purpose":"bad","clause":"Part 5 §6.14")"));
  EXPECT_THAT(out.str(), HasSubstr(R"("expected":"9000","got":"63C2)"));
  EXPECT_THAT(out.str(), HasSubstr(R"("totals":{"PASS":1,"WARN":0,"FAIL":1)"));
  EXPECT_THAT(out.str(), HasSubstr("** ** **"));
  EXPECT_THAT(out.str(), Not(HasSubstr("12 34 56")));
}

TEST_F(Reports, CsvHasALineForEachCase) {
  std::ostringstream out;
  CsvReport report(out);
  run_with(report);
  EXPECT_EQ(std::ranges::count(out.str(), '\n'), 4);
  EXPECT_THAT(out.str(), HasSubstr("\r\n,Part 5 §6.14,s,BAD,fake,FAIL,\"x.xml:4: status word 63C2"));
}

// tests/tools/report_page.py unpacks the data and clicks through the page.
TEST_F(Reports, ThePageStandsAloneAndHoldsItsData) {
  std::ostringstream out;
  HtmlReport report(out);
  run_with(report);
  EXPECT_THAT(out.str(), ::testing::StartsWith("<!DOCTYPE html>"));
  EXPECT_THAT(out.str(), ::testing::EndsWith("</html>\n"));
  EXPECT_THAT(out.str(), HasSubstr("id=\"report\">H4sI"));  // gzip's magic in base64
  EXPECT_THAT(out.str(), Not(HasSubstr("{{")));
  for (const char* foreign : {"http://", "https://", "src=", "<link"})
    EXPECT_THAT(out.str(), Not(HasSubstr(foreign)));
}

}  // namespace
}  // namespace ssc::conformance
