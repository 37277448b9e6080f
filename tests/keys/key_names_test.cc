#include "keys/key_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

namespace ssc::keys {
namespace {

constexpr Structures k1 = Structures().with(Structure::k1);
constexpr Structures k2 = Structures().with(Structure::k2);
constexpr Structures kPsam = Structures().with(Structure::kPsam);

TEST(KeyNames, ARowOfPart9AppendixB) {
  const KeyName* key = find_key_name("UK3DF01", k2);
  ASSERT_NE(key, nullptr);
  EXPECT_EQ(key->application, "DF01");
  EXPECT_EQ(key->id, 0x85);
  EXPECT_EQ(key->purpose, Purpose::kUpdate);
  EXPECT_EQ(key->level, Level::kNational);
  EXPECT_EQ(key->psam_type, 7);
  EXPECT_EQ(key->psam_id, 0x24);
  EXPECT_EQ(key->groups, 3);
}

TEST(KeyNames, TheStkFamilyIsShortUnderDesAndHasOneVersion) {
  for (const KeyName& key : key_names()) {
    const bool stk = key.name.starts_with("STK");
    EXPECT_EQ(stk, key.purpose == Purpose::kCommandMac) << key.name;
    EXPECT_EQ(stk, key.des_size == 8) << key.name;
    EXPECT_TRUE(!stk || key.groups == 1) << key.name;
  }
}

TEST(KeyNames, OneKeyMayHaveTwoNames) {
  EXPECT_EQ(find_key_name("UKMF", k2), find_key_name("UKSSSE", k2));
  EXPECT_EQ(canonical_key_name("UKMF"), "UKSSSE");
  EXPECT_EQ(canonical_key_name("UK1DF01"), "UK1DF01");
}

TEST(KeyNames, OneNameMayMeanTwoKeys) {
  EXPECT_EQ(find_key_name("UK4DF03", k1)->id, 0x8C);
  EXPECT_EQ(find_key_name("UK4DF03", k2)->id, 0x89);
}

TEST(KeyNames, UnknownIdsAreNone) {
  EXPECT_EQ(find_key_name("RK3DF03", k1)->id, std::nullopt);
  EXPECT_EQ(find_key_name("DLK", k2)->id, std::nullopt);
  EXPECT_EQ(find_key_name("RK3DF03", k2), nullptr);
  EXPECT_EQ(find_key_name("KID-02", kPsam)->id, 0x02);
}

// No two keys of one application share an id in one structure, and every name fits the factor it makes keys
// with.
TEST(KeyNames, IdsAreUniqueAndNamesShort) {
  for (const Structure structure : {Structure::k1, Structure::k2, Structure::k3, Structure::kPsam}) {
    std::map<std::pair<std::string_view, int>, std::string_view> seen;
    for (const KeyName& key : key_names()) {
      EXPECT_LE(key.name.size(), 8U) << key.name;
      if (!key.id || !key.structures.meets(Structures().with(structure))) continue;
      const auto [place, is_new] = seen.try_emplace({key.application, *key.id}, key.name);
      EXPECT_TRUE(is_new) << key.name << " and " << place->second;
    }
  }
}

TEST(KeyNames, NearOnesOfAMisspelling) {
  EXPECT_THAT(near_key_names("UK1DF1", k2), testing::Contains("UK1DF01"));
  EXPECT_LE(near_key_names("UK9DF09", k2).size(), 3U);
  EXPECT_THAT(near_key_names("nonsense", k2), testing::IsEmpty());
  EXPECT_THAT(near_key_names("RK3DF03", k2), testing::Not(testing::Contains("RK3DF03")));
}

}  // namespace
}  // namespace ssc::keys
