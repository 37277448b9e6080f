#include "keys/hierarchy/compare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "apdu/hex.h"
#include "keys/standard.h"
#include "tests/keys/hierarchy/some_set.h"

namespace ssc::keys::hierarchy {
namespace {

constexpr std::string_view kDes = R"(area="990100" cipher="DES")";

std::vector<std::pair<std::string, Likeness>> compared(const KeySet& a, const KeySet& b) {
  std::vector<std::pair<std::string, Likeness>> out;
  for (const ComparedKey& key : compare_sets(a, b)) out.emplace_back(key.name, key.likeness);
  return out;
}

TEST(CompareSets, TellsSameDifferentAndMissingApart) {
  const KeySet a = set_of(kDes, key_element("BK", "00112233445566778899AABBCCDDEEFF") +
                                    key_element("PUK", "10112233445566778899AABBCCDDEEFF") +
                                    key_element("IRK", "20112233445566778899AABBCCDDEEFF") +
                                    key_element("UKSSSE", "30112233445566778899AABBCCDDEEFF"));
  const KeySet b =
      set_of(kDes, key_element("UK1DF01", "40112233445566778899AABBCCDDEEFF") +
                       key_element("BK", "01112233445566778899AABBCCDDEEFF") +
                       key_element("PUK", "11112233445566778899AABBCCDDEEDD") +
                       key_element("IRK", "20112233445566778899AABBCCDDEEFF", R"(level="city")"));
  using Row = std::pair<std::string, Likeness>;
  EXPECT_THAT(
      compared(a, b),
      testing::ElementsAre(Row{"BK", Likeness::kSame}, Row{"PUK", Likeness::kDifferent},
                           Row{"IRK", Likeness::kDifferentLevel}, Row{"UKSSSE", Likeness::kOnlyInFirst},
                           Row{"UK1DF01", Likeness::kOnlyInSecond}));
}

TEST(CompareSets, VersionsAreKeysOfTheirOwn) {
  const KeySet a = set_of(kDes, key_element("IRK", "20112233445566778899AABBCCDDEEFF"));
  const KeySet b = set_of(kDes, key_element("IRK", "20112233445566778899AABBCCDDEEFF", R"(version="2")"));
  EXPECT_EQ(compare_sets(a, b).size(), 2U);
}

// Two SM4 keys whose check values agree (0CC64C by the openssl program).
TEST(CompareSets, DoesNotTakeEqualCheckValuesForEqualKeys) {
  constexpr std::string_view kFirst = "0000000000000000000000000000133C";
  constexpr std::string_view kSecond = "0000000000000000000000000000199B";
  constexpr std::string_view kSm4Set = R"(area="990100" cipher="SM4")";
  const KeySet a = set_of(kSm4Set, key_element("BK", kFirst));
  const KeySet b = set_of(kSm4Set, key_element("BK", kSecond));
  ASSERT_EQ(check_value(a.keys[0].value), check_value(b.keys[0].value));
  EXPECT_EQ(compare_sets(a, b)[0].likeness, Likeness::kDifferent);
}

}  // namespace
}  // namespace ssc::keys::hierarchy
