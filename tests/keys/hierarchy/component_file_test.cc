#include "keys/hierarchy/component_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "apdu/hex.h"
#include "keys/standard.h"
#include "tests/keys/temporary_file.h"

namespace ssc::keys::hierarchy {
namespace {

using apdu::to_hex;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kValue = "00112233445566778899AABBCCDDEEFF";

ComponentFile some_file() {
  const Key value(Cipher::kSm4, apdu::parse_hex(kValue).value());
  return {"national", Cipher::kSm4, "Zhang <San>", 2, 3, {{"IRK", 1, value, check_value(value)}}};
}

class Components : public ::testing::Test {
 protected:
  Components() { EXPECT_TRUE(write_components(file_.path(), some_file(), storage::lab_storage())); }

  std::string text() const {
    std::string all;
    std::getline(std::ifstream(file_.path()), all, '\0');
    return all;
  }
  // The error after one change of the text.
  std::string error_after(std::string_view what, std::string_view by) const {
    std::string changed = text();
    const std::size_t at = changed.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    const TemporaryFile file(changed.replace(at, what.size(), by));
    const auto opened = load_components(file.path(), {});
    return opened ? "no error" : opened.error().to_string();
  }

  TemporaryFile file_;
};

TEST_F(Components, ComeBackAsTheyWere) {
  const auto opened = load_components(file_.path(), {});
  ASSERT_TRUE(opened) << opened.error().to_string();
  EXPECT_EQ(opened->file.set, "national");
  EXPECT_EQ(opened->file.custodian, "Zhang <San>");
  EXPECT_EQ(opened->file.number, 2U);
  EXPECT_EQ(opened->file.of, 3U);
  ASSERT_EQ(opened->file.components.size(), 1U);
  EXPECT_EQ(to_hex(opened->file.find("IRK", 1)->value.reveal()), kValue);
  EXPECT_EQ(opened->file.find("IRK", 2), nullptr);
}

TEST_F(Components, DoNotStandInClear) { EXPECT_THAT(text(), Not(HasSubstr(std::string(kValue)))); }

TEST_F(Components, CannotBeAnothersOrOfAnotherKey) {
  for (const auto& [what, by] :
       {std::pair{"number=\"2\"", "number=\"1\""}, std::pair{"Zhang", "Li"},
        std::pair{"key=\"IRK\"", "key=\"BK\""}, std::pair{"version=\"1\" kcv", "version=\"2\" kcv"},
        std::pair{"set=\"national\"", "set=\"other\""}})
    EXPECT_THAT(error_after(what, by), HasSubstr("the sealed value does not open")) << by;
}

TEST_F(Components, OfAFileThatIsNoneAreRefused) {
  EXPECT_THAT(error_after("of=\"3\"", "of=\"2\""), HasSubstr("component 2 of 2"));
  EXPECT_THAT(error_after("number=\"2\"", "number=\"4\""), HasSubstr("component 4 of 3"));
  const std::string kcv = to_hex(some_file().components[0].check_value);
  EXPECT_THAT(error_after("kcv=\"" + kcv, "kcv=\"000000"),
              HasSubstr("has check value " + kcv + ", not 000000"));
  EXPECT_THAT(error_after("<component ", "<componet "), HasSubstr("'componet' is not allowed here"));
  EXPECT_FALSE(load_components("no/such/file.xml", {}));
}

}  // namespace
}  // namespace ssc::keys::hierarchy
