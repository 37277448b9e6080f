#include "conformance/lint/lint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/conformance/fakes.h"
#include "tests/paths.h"

namespace ssc::conformance::lint {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> lines(const std::vector<Remark>& remarks) {
  std::vector<std::string> found;
  found.reserve(remarks.size());
  for (const Remark& remark : remarks) found.push_back(remark.at.to_string() + ": " + remark.what);
  return found;
}

// What a rule says of one suite, with the fake card as the only one there is. The inside begins on line 2.
std::vector<std::string> said(std::vector<Remark> (*rule)(const Subjects&), const std::string& inside) {
  const auto suite = test::load_text(test::suite_text(inside));
  EXPECT_TRUE(suite) << suite.error().to_string();
  if (!suite) return {};
  const std::vector<Suite> suites = {*suite};
  const std::vector<Card> cards = {{"fake", test::fake_model(), test::fake_keys()}};
  const Clauses clauses = Clauses::read("# known\nPart 5 §6.14\nPart 5 t.49\nPart 7 §5.8\nPart 7 §5.9\n");
  return lines(rule({suites, {}, cards, clauses}));
}

std::string in_case(const std::string& steps, const std::string& attributes = "") {
  return "<case id='A' purpose='p' " + attributes + ">\n" + steps + "</case>";
}

TEST(Lint, FindsWhatIsNeverRead) {
  EXPECT_THAT(
      said(unused_names,
           "<table name='t'><row a='1' b='2'/></table><routine name='r' returns='z'>\n<param name='q'/>"
           "<let name='z' value='1'/></routine>" +
               in_case("<send apdu='00' capture='x'/>\n<let name='y' value='1'/>\n"
                       "<repeat times='1' as='i'><call routine='r' q='1'/></repeat>\n"
                       "<for each='t'><send apdu='00 {a}'/></for>\n<check that='z'/>")),
      ElementsAre("x.xml:4: capture 'x' is never read", "x.xml:5: variable 'y' is never read",
                  "x.xml:6: counter 'i' is never read", "x.xml:7: column 'b' is never read",
                  "x.xml:2: parameter 'q' of r is never read"));
  EXPECT_THAT(said(unused_names, in_case("<send apdu='00' capture='x'/><check that='x'/>")), IsEmpty());
}

TEST(Lint, FindsRoutinesAndTablesNobodyUses) {
  EXPECT_THAT(
      said(unused_routines, "<table name='t'><row a='1'/></table>\n<routine name='r'><reset/></routine>\n" +
                                in_case("<reset/>")),
      ElementsAre("x.xml:3: routine r is never used", "x.xml:2: table t is never used"));
}

TEST(Lint, FindsStepsThatAreNeverReached) {
  EXPECT_THAT(said(unreached_steps, in_case("<reset when=\"1 eq 2\"/>\n<check that='false'/>\n<reset/>\n"
                                            "<repeat times='0'><reset/></repeat>")),
              ElementsAre("x.xml:3: this step never runs: its when is always false",
                          "x.xml:5: nothing comes here: the step before always fails",
                          "x.xml:6: these steps never run: they are repeated 0 times"));
  EXPECT_THAT(said(unreached_steps, in_case("<reset when='pin'/><check that='1 eq 1'/><reset/>")), IsEmpty());
}

TEST(Lint, FindsSendsWhoseAnswerNobodyLooksAt) {
  EXPECT_THAT(said(steps_that_ask_nothing, in_case("<send apdu='00'/>\n<send apdu='01'/><expect sw='9000'/>\n"
                                                   "<repeat times='2'><send apdu='02'/></repeat>")),
              ElementsAre("x.xml:3: nobody looks at the answer to this send",
                          "x.xml:5: nobody looks at the answer to this send"));
  EXPECT_THAT(said(steps_that_ask_nothing,
                   "<routine name='r'><send apdu='00'/></routine>" +
                       in_case("<call routine='r'/><expect sw='9000'/><send apdu='01' capture='x'/>"
                               "<repeat times='2'><send apdu='02'/></repeat><let name='y' value='{sw}'/>"
                               "<send apdu='03' within='1s'/>")),
              IsEmpty());
}

TEST(Lint, FindsMissingTitlesAndOnePurposeTwice) {
  EXPECT_THAT(
      said(missing_texts, in_case("<reset/>") +
                              "\n<case id='B' purpose='p' title='b' title-zh='乙'><reset/></case>\n"
                              "<case id='C' purpose='p' title='c' group='G' title-zh='丙'><reset/></case>"),
      ElementsAre("x.xml:1: suite s has no Chinese title", "x.xml:2: case A has no title",
                  "x.xml:2: case A has no Chinese title", "x.xml:4: case B has the purpose of x.xml:2"));
}

TEST(Lint, FindsClausesThatNoTextHas) {
  const auto of = [](const std::string& clause) {
    return said(unknown_clauses, in_case("<reset/>", "clause='" + clause + "'"));
  };
  EXPECT_THAT(of("Part 5 §6.14, t.49, Part 7 §5.8-5.9 (rule)"), IsEmpty());
  EXPECT_THAT(of("Part 5 §6.99, t.50"), ElementsAre("x.xml:2: there is no clause 'Part 5 §6.99'",
                                                    "x.xml:2: there is no clause 'Part 5 t.50'"));
  EXPECT_THAT(of("Part 7 §5.8-5.10"), ElementsAre("x.xml:2: there is no clause 'Part 7 §5.10'"));
  EXPECT_THAT(said(unknown_clauses, in_case("<reset/>")), ElementsAre("x.xml:2: case A names no clause"));
}

TEST(Lint, FindsFilesAndKeysThatNoCardHas) {
  EXPECT_THAT(
      said(unknown_files_and_keys,
           "<table name='t'><row k='UK1DF01'/>\n<row k='UK9DF01'/></table>"
           "<routine name='inner'><param name='key'/><check that='kid(key)'/></routine>"
           "<routine name='r'><param name='k'/><call routine='inner' key='{k}'/></routine>" +
               in_case("<check that=\"has_file('DF01/EF05') and has_file('DF01/EF06')\"/>\n"
                       "<check that=\"aid('DF09') or key('UK1DF01')\"/>\n<call routine='r' k='UK1DF02'/>\n"
                       "<xray of='PUKK' tries-left='1'/><for each='t'><check that='root(k)'/></for>",
                       "applies=\"has_key('IRX')\"")),
      ElementsAre("x.xml:4: no card has a file 'DF01/EF06'", "x.xml:5: no card has a DF 'DF09'",
                  "x.xml:6: no card has a key 'UK1DF02'", "x.xml:7: no card has a key 'PUKK'",
                  "x.xml:3: no card has a key 'UK9DF01'", "x.xml:3: no card has a key 'IRX'"));
}

TEST(Lint, FindsCasesAndStepsForNoCard) {
  EXPECT_THAT(said(cases_for_no_card, in_case("<reset/>", "applies=\"card.version eq '9.0'\"") +
                                          "<case id='B' purpose='q' applies='pin'>\n<reset when='medical'/>\n"
                                          "<reset when='not psam.card'/></case>"),
              ElementsAre("x.xml:2: case A applies to no card there is",
                          "x.xml:4: this step never runs: no card the case is for meets its when"));
}

TEST(Lint, HasNothingToSayOfTheSuites) {
  const std::string folder = ssc::test::source_dir() + "/scenarios";
  const auto suites = load_suites(std::vector{folder}, {});
  ASSERT_TRUE(suites) << suites.error().to_string();
  Models models;
  const auto cards = cards_for(*suites, models);
  ASSERT_TRUE(cards) << cards.error().to_string();
  EXPECT_THAT(lines(lint({*suites, {folder}, *cards, Clauses::built_in()})), IsEmpty());
}

}  // namespace
}  // namespace ssc::conformance::lint
