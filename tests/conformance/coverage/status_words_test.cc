#include "conformance/report/coverage_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "apdu/hex.h"
#include "tests/conformance/fakes.h"

namespace ssc::conformance {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class StatusWords : public ::testing::Test {
 protected:
  // A case of one exchange with the card.
  void case_with(const std::string& id, const char* command, const char* response,
                 Verdict verdict = Verdict::kPass, apdu::Slot slot = apdu::Slot::kCard) {
    Case one;
    one.id = id;
    Exchange exchange;
    exchange.slot = slot;
    exchange.command = *apdu::parse_hex(command);
    exchange.response = *apdu::parse_hex(response);
    CaseResult result;
    result.test = &one;
    result.model = test::fake_model();
    result.verdict = verdict;
    result.steps.emplace_back().exchanges.push_back(exchange);
    coverage_.case_finished(result);
  }
  std::string text() const { return to_text(coverage_.matrices().front()); }
  static std::vector<Unreached> reasons() {
    return load_unreached({"u.tsv",
                           "# no\n\nVERIFY\t6984\tnothing draws a random here\nVERIFY\t6A86\tstale\n"
                           "PSAM CREATE KEY\t6A83\tit makes new ones\n"})
        .value();
  }

  Coverage coverage_{reasons()};
};

// The line of a word below its command.
std::string cell(const std::string& text, const std::string& command, const std::string& word) {
  const std::size_t block = text.find("\n" + command + " ");
  const std::size_t line = text.find("\n  " + word, block);
  return text.substr(line + 1, text.find('\n', line + 1) - line - 1);
}

TEST_F(StatusWords, ACellNamesItsCaseItsReasonOrIsEmpty) {
  case_with("A", "0020000003123456", "63C2");
  case_with("B", "0020000003123456", "63C1");
  case_with("C", "0020000103123456", "6A86");
  case_with("D", "7020000003123456", "6E00");
  case_with("E", "0020000003123456", "6983", Verdict::kFail);
  const std::string all = text();
  EXPECT_THAT(cell(all, "VERIFY", "63Cx"), HasSubstr("A"));
  EXPECT_THAT(cell(all, "VERIFY", "6E00"), HasSubstr("D"));
  EXPECT_THAT(cell(all, "VERIFY", "6983"), HasSubstr("EMPTY")) << "a failed case reaches nothing";
  EXPECT_THAT(cell(all, "VERIFY", "6984"), HasSubstr("not reachable: nothing draws a random here"));
  EXPECT_THAT(cell(all, "VERIFY", "6A86"), HasSubstr("STALE: C reaches it, yet line 4"));
  EXPECT_THAT(all, HasSubstr("2 cells reached, 1 with a reason, "));
  EXPECT_THAT(all, HasSubstr(" 1 with a stale reason"));
}

// Wrong P1 P2 are wrong for each command of that CLA and INS.
TEST_F(StatusWords, AWrongParameterCountsForEveryCommandOfThatInstruction) {
  case_with("A", "B028050000", "6A86");
  const std::string all = text();
  EXPECT_THAT(cell(all, "INITIALIZE FOR LOAD", "6A86"), HasSubstr("A"));
  EXPECT_THAT(cell(all, "INITIALIZE FOR PURCHASE", "6A86"), HasSubstr("A"));
  EXPECT_THAT(cell(all, "VERIFY", "6E00"), Not(HasSubstr("A")));
}

TEST_F(StatusWords, ThePsamHasItsOwnCells) {
  EXPECT_THAT(text(), Not(HasSubstr("PSAM "))) << "nobody spoke to one";
  case_with("A", "00A4000002DF05", "6A82", Verdict::kPass, apdu::Slot::kPsam);
  case_with("B", "84D40011241122", "6984", Verdict::kPass, apdu::Slot::kPsam);
  case_with("C", "84D40211241122", "6A86", Verdict::kPass, apdu::Slot::kPsam);
  case_with("D", "00B0950000", "9000", Verdict::kPass, apdu::Slot::kPsam);
  const std::string all = text();
  EXPECT_THAT(cell(all, "PSAM SELECT", "6A82"), HasSubstr("A"));
  EXPECT_THAT(cell(all, "SELECT", "6A82"), HasSubstr("EMPTY"));
  EXPECT_THAT(cell(all, "PSAM CREATE KEY", "6984"), HasSubstr("B"));
  EXPECT_THAT(cell(all, "PSAM CREATE KEY", "6A83"), HasSubstr("not reachable: it makes new ones"));
  EXPECT_THAT(cell(all, "PSAM CREATE KEY", "6A86"), HasSubstr("C"));
  EXPECT_THAT(cell(all, "PSAM CHANGE KEY", "6A86"), HasSubstr("C"));
  EXPECT_THAT(all, Not(HasSubstr("PSAM READ BINARY"))) << "Part 9 has no clause for it";
}

TEST(LoadUnreached, SaysWhatIsWrongAndWhere) {
  const auto error = [](const char* text) { return load_unreached({"u.tsv", text}).error().to_string(); };
  EXPECT_EQ(error("VERIFY\t6984\n"), "u.tsv:1: not command, status word and reason between tabs");
  EXPECT_EQ(error("#\nVERIFY\t69\tx\n"), "u.tsv:2: '69' is no status word");
  EXPECT_EQ(error("VERIFY\t9406\tx\n"), "u.tsv:1: no clause lists 9406 for 'VERIFY'");
  EXPECT_EQ(error("PSAM VERIFY\t6984\tx\n"), "u.tsv:1: no clause lists 6984 for 'PSAM VERIFY'");
  EXPECT_EQ(error("VERIFFY\t6984\tx\n"), "u.tsv:1: no clause lists 6984 for 'VERIFFY'");
  EXPECT_EQ(error("VERIFY\t6984\tx\nVERIFY\t6984\ty\n"), "u.tsv:2: this cell stands twice; remove one line");
}

}  // namespace
}  // namespace ssc::conformance
