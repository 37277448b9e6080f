#include "conformance/report/report_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssc::conformance {
namespace {

using ::testing::HasSubstr;
using Kind = VerdictChange::Kind;

std::string one_case(const std::string& id, const std::string& verdict) {
  return R"({"id":")" + id + R"(","card":"c","verdict":")" + verdict + R"(","reason":"r"})";
}

ReportText report(const std::string& file, const std::string& shard, const std::vector<std::string>& cases,
                  const std::string& cell = "empty") {
  std::string list;
  for (const std::string& one : cases) list += (list.empty() ? "" : ",") + one;
  return {file, R"({"format":"ssc-report-1","run":{"shard":")" + shard +
                    R"(","cards":[{"name":"c"}]},"cases":[)" + list +
                    R"(],"totals":{"PASS":9,"FAIL":9},"coverage":[{"id":"m","title":"M","columns":["x"],)" +
                    R"("rows":[{"name":"row","cells":[{"kind":")" + cell + R"(","text":"t"}]}]}]})"};
}

std::vector<std::string> ids_of(const std::string& json) {
  std::vector<std::string> ids;
  for (std::size_t at = 0; (at = json.find("\"id\":\"C", at)) != std::string::npos; ++at)
    ids.push_back(json.substr(at + 6, 2));
  return ids;
}

TEST(MergeReports, ShardsAreWovenBackIntoTheOrderOfTheRun) {
  const ReportText texts[] = {
      report("b", "1/2", {one_case("C1", "FAIL"), one_case("C3", "PASS")}, "reached"),
      report("a", "0/2", {one_case("C0", "PASS"), one_case("C2", "PASS"), one_case("C4", "PASS")})};
  const auto merged = merge_reports(texts);
  ASSERT_TRUE(merged) << merged.error().to_string();
  EXPECT_THAT(ids_of(*merged), ::testing::ElementsAre("C0", "C1", "C2", "C3", "C4"));
  EXPECT_THAT(*merged, HasSubstr(R"("totals":{"PASS":4,"FAIL":1})"));
  EXPECT_THAT(*merged, HasSubstr(R"("kind":"reached")")) << "a cell that one shard reached is reached";
  EXPECT_THAT(*merged, HasSubstr(R"("shard":"0/1")"));
}

TEST(MergeReports, OtherReportsStandOneBehindTheOther) {
  const ReportText texts[] = {report("a", "0/3", {one_case("C1", "PASS")}),
                              report("b", "0/3", {one_case("C0", "PASS")})};
  const auto merged = merge_reports(texts);
  ASSERT_TRUE(merged);
  EXPECT_THAT(ids_of(*merged), ::testing::ElementsAre("C1", "C0"));
  EXPECT_THAT(*merged, HasSubstr(R"("shard":"2 reports")"));
}

TEST(MergeReports, ACaseThatStandsTwiceIsRefused) {
  const ReportText texts[] = {report("a.json", "0/1", {one_case("C1", "PASS")}),
                              report("b.json", "0/1", {one_case("C1", "FAIL")})};
  EXPECT_EQ(
      merge_reports(texts).error().to_string(),
      "b.json: case C1 on c stands in a.json too; merge the shards of one run, or runs on different cards");
}

TEST(MergeReports, WhatIsNoReportIsRefusedInOneLine) {
  const char* wrong[] = {
      "",
      "{}",
      "[1]",
      "{\"format\":\"ssc-report-1\"}",
      "{\"format\":7}",
      R"({"format":"ssc-report-1","run":{"cards":[]},"totals":{},"cases":[{"id":1}]})",
      R"({"format":"ssc-report-1","run":{"cards":[]},"totals":{},"cases":[],"coverage":[1]})"};
  for (const char* text : wrong) {
    const ReportText one[] = {{"x.json", text}};
    const auto merged = merge_reports(one);
    ASSERT_FALSE(merged) << text;
    EXPECT_EQ(merged.error().to_string(),
              "x.json: is no whole report of this program; write one with ssc run --json");
  }
}

TEST(AddMutants, PutsTheTableIn) {
  const ReportText text = report("a", "0/1", {one_case("C1", "PASS")});
  const auto with = add_mutants(text, {"m.json", R"({"mutants":[{"id":"M1"}]})"});
  ASSERT_TRUE(with);
  EXPECT_THAT(*with, HasSubstr(R"("mutants":[{"id":"M1"}])"));
  EXPECT_THAT(add_mutants(text, {"m.json", "[]"}).error().to_string(),
              HasSubstr("m.json: is no table of mutants"));
}

TEST(CompareReports, SaysWhatBecameWorseBetterNewAndGone) {
  const auto before = report("a", "0/1",
                             {one_case("C1", "PASS"), one_case("C2", "FAIL"), one_case("C3", "PASS"),
                              one_case("C4", "PASS"), one_case("C5", "N/A")});
  const auto after = report("b", "0/1",
                            {one_case("C1", "FAIL"), one_case("C2", "PASS"), one_case("C3", "PASS"),
                             one_case("C6", "PASS"), one_case("C5", "PASS")});
  const auto changes = compare_reports(before, after);
  ASSERT_TRUE(changes);
  std::vector<std::pair<std::string, Kind>> got;
  for (const VerdictChange& change : *changes) got.emplace_back(change.id, change.kind);
  const std::vector<std::pair<std::string, Kind>> expected = {{"C1", Kind::kWorse},
                                                              {"C2", Kind::kBetter},
                                                              {"C6", Kind::kNew},
                                                              {"C5", Kind::kOther},
                                                              {"C4", Kind::kGone}};
  EXPECT_EQ(got, expected);
}

TEST(CoverageOf, ReadsTheTablesBack) {
  const auto matrices = coverage_of(report("a", "0/1", {}, "reached"));
  ASSERT_TRUE(matrices);
  ASSERT_EQ(matrices->size(), 1U);
  EXPECT_EQ(matrices->front().rows.front().cells.front().kind, Cell::Kind::kReached);
}

}  // namespace
}  // namespace ssc::conformance
