#include "conformance/report/coverage_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "apdu/hex.h"

namespace ssc::conformance {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Coverage : public ::testing::Test {
 protected:
  // A case of one exchange with the card.
  void case_with(const std::string& id, const char* command, const char* response,
                 Verdict verdict = Verdict::kPass) {
    Case test;
    test.id = id;
    Exchange exchange;
    exchange.command = *apdu::parse_hex(command);
    exchange.response = *apdu::parse_hex(response);
    CaseResult result;
    result.test = &test;
    result.verdict = verdict;
    result.steps.emplace_back().exchanges.push_back(exchange);
    report_.case_finished(result);
  }
  std::string text() {
    report_.run_finished({});
    return out_.str();
  }
  static std::vector<Unreached> reasons() {
    return load_unreached(
               {"u.tsv", "# no\n\nVERIFY\t6984\tnothing draws a random here\nVERIFY\t6A86\tstale\n"})
        .value();
  }

  std::ostringstream out_;
  CoverageReport report_{out_, reasons()};
};

// The line of a word below its command.
std::string cell(const std::string& text, const std::string& command, const std::string& word) {
  const std::size_t block = text.find("\n" + command + " ");
  const std::size_t line = text.find("\n  " + word, block);
  return text.substr(line + 1, text.find('\n', line + 1) - line - 1);
}

TEST_F(Coverage, ACellNamesItsCaseItsReasonOrIsEmpty) {
  case_with("A", "0020000003123456", "63C2");
  case_with("B", "0020000003123456", "63C1");
  case_with("C", "0020000103123456", "6A86");
  case_with("D", "7020000003123456", "6E00");
  case_with("E", "0020000003123456", "6983", Verdict::kFail);
  const std::string all = text();
  EXPECT_THAT(cell(all, "VERIFY", "63CX"), HasSubstr("A"));
  EXPECT_THAT(cell(all, "VERIFY", "6E00"), HasSubstr("D"));
  EXPECT_THAT(cell(all, "VERIFY", "6983"), HasSubstr("EMPTY")) << "a failed case reaches nothing";
  EXPECT_THAT(cell(all, "VERIFY", "6984"), HasSubstr("not reachable: nothing draws a random here"));
  EXPECT_THAT(cell(all, "VERIFY", "6A86"), HasSubstr("STALE: C reaches it, yet line 4"));
  EXPECT_THAT(all, HasSubstr("2 cells reached, 1 with a reason, "));
  EXPECT_THAT(all, HasSubstr(" 1 with a stale reason"));
}

// Wrong P1 P2 are wrong for each command of that CLA and INS.
TEST_F(Coverage, AWrongParameterCountsForEveryCommandOfThatInstruction) {
  case_with("A", "B028050000", "6A86");
  const std::string all = text();
  EXPECT_THAT(cell(all, "INITIALIZE FOR LOAD", "6A86"), HasSubstr("A"));
  EXPECT_THAT(cell(all, "INITIALIZE FOR PURCHASE", "6A86"), HasSubstr("A"));
  EXPECT_THAT(cell(all, "VERIFY", "6E00"), Not(HasSubstr("A")));
}

TEST(LoadUnreached, SaysWhatIsWrongAndWhere) {
  const auto error = [](const char* text) { return load_unreached({"u.tsv", text}).error().to_string(); };
  EXPECT_EQ(error("VERIFY\t6984\n"), "u.tsv:1: not command, status word and reason between tabs");
  EXPECT_EQ(error("#\nVERIFY\t69\tx\n"), "u.tsv:2: '69' is no status word");
  EXPECT_EQ(error("VERIFY\t9406\tx\n"), "u.tsv:1: no clause lists 9406 for 'VERIFY'");
  EXPECT_EQ(error("VERIFFY\t6984\tx\n"), "u.tsv:1: no clause lists 6984 for 'VERIFFY'");
  EXPECT_EQ(error("VERIFY\t6984\tx\nVERIFY\t6984\ty\n"), "u.tsv:2: this cell stands twice; remove one line");
}

}  // namespace
}  // namespace ssc::conformance
