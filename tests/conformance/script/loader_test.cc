#include "conformance/script/loader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/conformance/fakes.h"
#include "tests/paths.h"

namespace ssc::conformance {
namespace {

using test::case_text;
using test::load_text;
using test::suite_text;

TEST(LoadSuite, ReadsACaseWithItsAttributes) {
  const auto suite = load_text(suite_text(R"(
    <case id="A-1" title="T" title-zh="题" purpose="P" clause="Part 5 §6.14" group="G" applies="pin.tries >= 2" destructive="no">
      <send apdu="00 20 00 00 {lc} {pin}" capture="x"/> <expect sw="9000"/>
    </case>
    <case id="A-2" purpose="Q" card="other"><reset/><xray tries-left="3"/></case>)"));
  ASSERT_TRUE(suite) << suite.error().to_string();
  ASSERT_EQ(suite->cases.size(), 2U);
  const Case& first = suite->cases[0];
  EXPECT_EQ(first.title_zh, "题");
  EXPECT_EQ(first.clause, "Part 5 §6.14");
  EXPECT_FALSE(first.destructive);
  EXPECT_TRUE(first.applies);
  EXPECT_EQ(first.cards, std::vector<std::string>{"fake"});
  EXPECT_EQ(first.at.line, 3U);
  ASSERT_EQ(first.steps.size(), 2U);
  EXPECT_EQ(std::get<Send>(first.steps[0].action).capture, "x");
  EXPECT_TRUE(suite->cases[1].destructive);
  EXPECT_THAT(suite->cases[1].only_cards, ::testing::ElementsAre("other"));
}

TEST(LoadSuite, FindsRoutinesInImports) {
  const std::string routines = R"(<routines xmlns="urn:ssc:scenario:1"><routine name="r"><param name="p"/>
    <send apdu="{p}"/></routine></routines>)";
  const std::string suite = suite_text(R"(<import href="../r.xml"/>
    <case id="A" purpose="p"><call routine="r" p="00"/></case>)");
  const apdu::EmbeddedFile files[] = {{"top/r.xml", routines}, {"top/a/s.xml", suite}};
  const auto loaded = load_suite("top/a/s.xml", files);
  ASSERT_TRUE(loaded) << loaded.error().to_string();
  EXPECT_EQ(std::get<Call>(loaded->cases[0].steps[0].action).target->name, "r");
}

struct Mistake {
  const char* inside;  // of a suite
  unsigned line;
  const char* what;
};

TEST(LoadSuite, SaysWhatIsWrongAndInWhichLine) {
  for (const Mistake& mistake : {
           Mistake{R"(<case id="A" purpose="p"><send apdu="00 {nobody}"/></case>)", 2,
                   "nothing has given 'nobody' a value before this step"},
           Mistake{R"(<case id="A" purpose="p"><send apdu="00 {x}"/><let name="x" value="1"/></case>)", 2,
                   "nothing has given 'x' a value before this step"},
           Mistake{R"(<case id="A" purpose="p"><send apdu="00 84 00 0"/></case>)", 2,
                   "apdu=\"00 84 00 0\": odd number of digits"},
           Mistake{R"(<case id="A" purpose="p"><send apdu="00 8{lc} 00"/></case>)", 2,
                   "apdu=\"00 8{lc} 00\": odd number of digits"},
           Mistake{R"(<case id="A" purpose="p"><reset/><expect sw="9OOO"/></case>)", 2,
                   "sw=\"9OOO\" is no status word"},
           Mistake{R"x(<case id="A" purpose="p"><check that="nofunction(1)"/></case>)x", 2,
                   "there is no function 'nofunction'"},
           Mistake{R"x(<case id="A" purpose="p"><check that="len(1, 2)"/></case>)x", 2,
                   "len has 2 arguments here"},
           Mistake{R"(<case id="A" purpose="p"><check that="1 +"/></case>)", 2,
                   "that=\"1 +\": an expression ends too early (character 4)"},
           Mistake{R"(<case id="A" purpose="p"><call routine="r"/></case>)", 2, "there is no routine 'r'"},
           Mistake{"<routine name=\"r\"><param name=\"p\"/><reset/></routine>\n<case id=\"A\" "
                   "purpose=\"p\"><call routine=\"r\"/></case>",
                   3, "routine r wants p"},
           Mistake{"<routine name=\"r\"><reset/></routine>\n<case id=\"A\" purpose=\"p\"><call routine=\"r\" "
                   "q=\"1\"/></case>",
                   3, "routine r has no parameter 'q'"},
           Mistake{"<routine name=\"r\"><reset/></routine>\n<routine name=\"r\"><reset/></routine><case "
                   "id=\"A\" purpose=\"p\"><reset/></case>",
                   3, "routine 'r' already stands at x.xml:2"},
           Mistake{"<routine name=\"r\"><call routine=\"r\"/></routine><case id=\"A\" "
                   "purpose=\"p\"><reset/></case>",
                   2, "routine 'r' calls itself"},
           Mistake{"<routine name=\"r\" returns=\"x\"><reset/></routine><case id=\"A\" "
                   "purpose=\"p\"><reset/></case>",
                   2, "routine r returns 'x', which it never sets"},
           Mistake{
               "<case id=\"A\" purpose=\"p\"><reset/></case>\n<case id=\"A\" purpose=\"p\"><reset/></case>",
               3, "case 'A' already stands at x.xml:2"},
           Mistake{R"(<case id="A" purpose="p"><expect tolerate="9000"/></case>)", 2,
                   "this expect asks nothing"},
           Mistake{R"(<case id="A" purpose="p"><let name="card.arena" value="1"/></case>)", 2,
                   "there is no fact 'card.arena' to correct"},
           Mistake{R"(<case id="A" purpose="p" applies="tries"><reset/></case>)", 2,
                   "applies: there is no fact 'tries'"},
           Mistake{R"(<case id="A" purpose="p"><send le="00"/></case>)", 2, "a send has one of apdu and raw"},
           Mistake{R"(<case id="A" purpose="p"><send apdu="00" sm="mac"/></case>)", 2,
                   "sm and key stand together"},
           Mistake{R"(<case id="A" purpose="p"><send raw="00" sm="mac" key="STK"/></case>)", 2,
                   "raw octets take no sm"},
           Mistake{R"(<case id="A" purpose="p"><expect matches="(a"/></case>)", 2,
                   "matches=\"(a\" is no regular expression"},
           Mistake{R"(<case id="A" purpose="p"><expect sw="9000" mask="FF"/></case>)", 2,
                   "mask stands without data"},
           Mistake{R"(<case id="A" purpose="p"><expect number="ge"/></case>)", 2,
                   "number=\"ge\": an expression ends too early (character 3)"},
           Mistake{R"(<case id="A" purpose="p"><for each="t"><reset/></for></case>)", 2,
                   "there is no table 't'"},
           Mistake{"<table name=\"t\"><row a=\"1\"/>\n<row b=\"1\"/></table><case id=\"A\" "
                   "purpose=\"p\"><reset/></case>",
                   3, "this row of table t has other columns than the first"},
           Mistake{"<table name=\"t\">\n<row a=\"{nobody}\"/></table><case id=\"A\" "
                   "purpose=\"p\"><for each=\"t\"><reset/></for></case>",
                   3, "nothing has given 'nobody' a value before this step"},
           Mistake{"<table name=\"t\"><row a=\"1\"/></table>\n<table name=\"t\"><row a=\"1\"/></table><case "
                   "id=\"A\" purpose=\"p\"><reset/></case>",
                   3, "table 't' already stands at x.xml:2"},
           Mistake{"<tear-down><check that=\"x\"/></tear-down><case id=\"A\" purpose=\"p\"><let name=\"x\" "
                   "value=\"1\"/></case>",
                   2, "nothing has given 'x' a value before this step"},
           Mistake{R"(<import href="gone.xml"/><case id="A" purpose="p"><reset/></case>)", 2,
                   "cannot import gone.xml: "},
           Mistake{R"(<import href="x.xml"/><case id="A" purpose="p"><reset/></case>)", 2,
                   "the import of x.xml comes back to itself"},
       }) {
    const auto suite = load_text(suite_text(mistake.inside));
    ASSERT_FALSE(suite) << mistake.what;
    EXPECT_EQ(suite.error().file, "x.xml");
    EXPECT_EQ(suite.error().line, mistake.line) << mistake.what;
    EXPECT_TRUE(suite.error().what.starts_with(mistake.what)) << suite.error().what;
  }
}

TEST(LoadSuite, RefusesWhatTheSchemaRefuses) {
  for (const char* inside :
       {"", "<case id=\"A\"><reset/></case>", "<case id=\"A\" purpose=\"p\"><jump/></case>",
        "<case id=\"A\" purpose=\"p\"/>", "<case id=\"1A\" purpose=\"p\"><reset/></case>",
        "<case id=\"A\" purpose=\"p\"><expect sw=\"9000\" tlv=\"6F//84\"/></case>",
        "<case id=\"A\" purpose=\"p\"><send apdu=\"00\" within=\"200\"/></case>"})
    EXPECT_FALSE(load_text(suite_text(inside))) << inside;
}

TEST(LoadSuites, TakesBuiltInFoldersAndPassesRoutinesOver) {
  const std::string routines =
      R"(<routines xmlns="urn:ssc:scenario:1"><routine name="r"><reset/></routine></routines>)";
  const std::string other = R"(<policy xmlns="urn:ssc:region:1"/>)";
  const std::string suite = case_text("<reset/>");
  const apdu::EmbeddedFile files[] = {
      {"top/r.xml", routines}, {"top/region.xml", other}, {"top/a/s.xml", suite}};
  const std::vector<std::string> paths = {"top"};
  const auto loaded = load_suites(paths, files);
  ASSERT_TRUE(loaded) << loaded.error().to_string();
  EXPECT_EQ(loaded->size(), 1U);
  const std::vector<std::string> twice = {"top", "top/a/s.xml"};
  EXPECT_EQ(load_suites(twice, files).error().what, "case 'C-1' already stands at top/a/s.xml:2");
}

TEST(LoadSuites, EverySuiteOfTheProjectLoads) {
  const std::vector<std::string> paths = {ssc::test::source_dir() + "/scenarios"};
  const auto loaded = load_suites(paths, {});
  ASSERT_TRUE(loaded) << loaded.error().to_string();
  EXPECT_GE(loaded->size(), 5U);
}

}  // namespace
}  // namespace ssc::conformance
