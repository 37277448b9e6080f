#include "keys/hierarchy/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "apdu/hex.h"
#include "keys/hierarchy/derive.h"
#include "tests/keys/hierarchy/some_set.h"

namespace ssc::keys::hierarchy {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<std::string> lines(const KeySet& set) {
  std::vector<std::string> out;
  for (const Fault& fault : check_set(set)) {
    EXPECT_FALSE(fault.mend.empty()) << fault.what;
    out.push_back(fault.what);
  }
  return out;
}

void remove(KeySet& set, std::string_view name, unsigned version) {
  std::erase_if(set.keys, [&](const NamedKey& key) { return key.name == name && key.version == version; });
}

NamedKey& at(KeySet& set, std::string_view name, unsigned version = 1) {
  return *std::ranges::find_if(
      set.keys, [&](const NamedKey& key) { return key.name == name && key.version == version; });
}

TEST(CheckSet, FindsNothingWrongWithTheBuiltInSets) {
  for (const std::string& name : built_in_key_sets())
    EXPECT_THAT(lines(load_key_set(name).value()), IsEmpty());
}

TEST(CheckSet, FindsNothingWrongWithWhatIsDerivedFromThem) {
  const KeySet lab = load_key_set("lab-990100-des").value();
  for (const Level level : {Level::kProvince, Level::kCity}) {
    const std::string area = level == Level::kProvince ? "990000" : "990100";
    EXPECT_THAT(lines(derive_set(lab, {level, area, "d", false}).value()), IsEmpty());
  }
}

TEST(CheckSet, TellsWhatIsMissingAndWhoMakesIt) {
  KeySet set = load_key_set("lab-990100-sm4").value();
  remove(set, "BK", 1);
  remove(set, "IRK", 2);
  EXPECT_THAT(lines(set), testing::ElementsAre("key 'IRK' has no version 2, others have",
                                               "key 'BK' version 1 is missing"));

  KeySet province = derive_set(set, {Level::kProvince, "990000", "p", false}).value();
  for (const unsigned version : {1U, 2U, 3U}) remove(province, "RKSSSE", version);
  EXPECT_THAT(lines(province), Contains("key 'RKSSSE' version 3 is missing"));
  EXPECT_THAT(check_set(province)[0].mend, HasSubstr("comes down from the ministry"));
  EXPECT_THAT(lines(province), Not(Contains(HasSubstr("'card MK'"))));
}

TEST(CheckSet, TellsAGapAmongTheVersionsOfAnAddedKey) {
  const KeySet set = set_of(kCity, key_element("UK1DF0A", "00112233445566778899AABBCCDDEEFF",
                                               R"(owner="city" id="83" version="3")"));
  EXPECT_THAT(lines(set), Contains("key 'UK1DF0A' has version 3 but no version 2"));
}

TEST(CheckSet, TellsAnOwnerBelowItsCentre) {
  const KeySet set = set_of(kNational, key_element("PUK", "00112233445566778899AABBCCDDEEFF"));
  EXPECT_THAT(lines(set), Contains("key 'PUK' version 1 is the province's, in a national set"));
}

TEST(CheckSet, TellsALevelThatIsNotItsSets) {
  KeySet set = load_key_set("lab-990100-sm4").value();
  at(set, "IRK").level = Level::kCity;
  EXPECT_THAT(lines(set),
              testing::ElementsAre("key 'IRK' version 1 is a city root, it should be a national root here"));
}

TEST(CheckSet, TellsWeakAndEqualKeysWhateverTheirParity) {
  KeySet set = load_key_set("lab-990100-des").value();
  const auto value = [](std::string_view hex) { return Key(Cipher::kDes, apdu::parse_hex(hex).value()); };
  at(set, "IRK").value = value("01010101010101018899AABBCCDDEEFF");
  at(set, "BK").value = value("00112233445566778899AABBCCDDEEFF");
  at(set, "PUK").value = value("01112233445566778899AABBCCDDEEFF");
  EXPECT_THAT(lines(set), testing::ElementsAre("key 'IRK' version 1 is weak: a weak DES key",
                                               "keys 'BK' version 1 and 'PUK' version 1 are equal"));
}

}  // namespace
}  // namespace ssc::keys::hierarchy
