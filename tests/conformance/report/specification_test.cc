// The test specification says what the files say, in both languages, and is HTML.
#include "conformance/report/specification.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "tests/conformance/fakes.h"

namespace ssc::conformance {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kSuite =
    "<suite xmlns='urn:ssc:scenario:1' id='s' title='Suite' title-zh='\u5957\u4ef6' cards='fake'>"
    "<table name='rows'><row tag='01'/></table>"
    "<routine name='ask' purpose='q'><param name='tag' default='02'/><send apdu='00 B2 {tag} 28 00'/>"
    "<expect sw='9000'/></routine>"
    "<set-up><call routine='ask'/></set-up>"
    "<case id='A-1' purpose='Less &lt; more' title-zh='\u8bfb' clause='Part 5' group='G' destructive='no' "
    "applies='pin'><for each='rows'><call routine='ask' tag='{tag}' when='pin'/></for></case>"
    "</suite>";

std::string written(apdu::Language language) {
  const auto suite = test::load_text(kSuite);
  EXPECT_TRUE(suite) << suite.error().to_string();
  std::ostringstream out;
  write_specification(out, {*suite}, language, "9.9");
  return out.str();
}

TEST(Specification, SaysWhatTheFileSays) {
  EXPECT_THAT(
      written(apdu::Language::kEnglish),
      AllOf(HasSubstr("Test specification <small>ssc 9.9 · 1 cases"), HasSubstr("id=\"A-1\""),
            HasSubstr("Less &lt; more"),
            HasSubstr("Group: G · Clause: Part 5 · Cards: fake · leaves the card"),
            HasSubstr("Applies when: <code>pin</code>"), HasSubstr("<small>when pin</small>"),
            HasSubstr("style=\"--depth:1\"><code>call ask tag={tag}"), HasSubstr("Table <code>rows</code>"),
            HasSubstr("Before each case"), HasSubstr("Parameters: tag = 02"),
            HasSubstr("<td>G</td><td>Part 5</td>"), Not(HasSubstr("After each case"))));
}

TEST(Specification, InChinese) {
  EXPECT_THAT(written(apdu::Language::kChinese),
              AllOf(HasSubstr("lang=\"zh-CN\""), HasSubstr("\u5957\u4ef6"), HasSubstr("</code> \u8bfb</h3>"),
                    HasSubstr("不改变卡片")));
}

}  // namespace
}  // namespace ssc::conformance
