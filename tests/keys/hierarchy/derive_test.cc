#include "keys/hierarchy/derive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "apdu/hex.h"
#include "tests/keys/hierarchy/some_set.h"

namespace ssc::keys::hierarchy {
namespace {

using apdu::to_hex;
using ::testing::HasSubstr;

const Descent kToProvince{Level::kProvince, "990000", "p", false};
const Descent kToCity{Level::kCity, "990100", "c", false};
constexpr std::string_view kRoot = "0123456789ABCDEFFEDCBA9876543210";

std::string value(const KeySet& set, std::string_view name) { return to_hex(set.find(name)->value.reveal()); }

std::string fault_of(const Ruled<KeySet>& result) {
  return result ? "no fault" : result.error().what + "; " + result.error().mend;
}

// tests/data/diversify.vec: the chains of area 990100, computed by another program.
TEST(DeriveSet, FollowsTheUnifiedFactors) {
  struct Row {
    std::string_view cipher;
    std::string_view key;
    std::string_view root;
    std::string_view province;
    std::string_view city;
    std::string_view card;
  };
  constexpr Row kRows[] = {
      {"DES", "IRK", kRoot, "E09C79056022A847DF9419487F315DE4", "37E5C42313846990EA69A5665FAB9614",
       "E1186FF6EF7C3CF031259006CD778B26"},
      {"SM4", "IRK", kRoot, "4442CFF38E2E84C3027FAC4B6CE05812", "6354D05BC7D873D7BDEFE178E5BE816D",
       "655D8CE641A44FE7459700B2E66AA238"},
  };
  const Bytes historical = apdu::parse_hex("0081544C928684990100000001").value();
  for (const Row& row : kRows) {
    const KeySet national =
        set_of(R"(area="000000" level="national" cipher=")" + std::string(row.cipher) + "\"",
               key_element(row.key, row.root));
    const KeySet province = derive_set(national, kToProvince).value();
    const KeySet city = derive_set(province, kToCity).value();
    EXPECT_EQ(value(province, row.key), row.province);
    EXPECT_EQ(value(city, row.key), row.city);
    EXPECT_EQ(value(derive_set(national, kToCity).value(), row.key), row.city);
    for (const KeySet* set : {&national, &province, &city})
      EXPECT_EQ(to_hex(card_key(*set, *set->find(row.key), "990100", historical).reveal()), row.card);
  }
}

TEST(DeriveSet, OfAnEightByteKeyEndsAtTheVectorsCardKey) {
  const KeySet national =
      set_of(R"(area="000000" level="national" cipher="DES")", key_element("STKSSSE", "0123456789ABCDEF"));
  const KeySet city = derive_set(national, kToCity).value();
  const Bytes historical = apdu::parse_hex("0081544C928684990100000001").value();
  EXPECT_EQ(to_hex(card_key(city, *city.find("STKSSSE"), "990100", historical).reveal()), "7F2B9F6E5B7D2BE5");
}

TEST(DeriveSet, LowersTheLevelBitsOfTheUsage) {
  const KeySet national = set_of(kNational, key_element("IRK", kRoot));
  EXPECT_EQ(national.find("IRK")->psam_usage, 0x67);
  const KeySet province = derive_set(national, kToProvince).value();
  EXPECT_EQ(province.find("IRK")->psam_usage, 0x47);
  EXPECT_EQ(province.level, Level::kProvince);
  EXPECT_EQ(province.area, "990000");
  EXPECT_EQ(province.name, "p");
  const KeySet city = derive_set(province, kToCity).value();
  EXPECT_EQ(city.find("IRK")->psam_usage, 0x27);
  EXPECT_EQ(city.find("IRK")->psam_id, 0x08);
  EXPECT_TRUE(city.lab);
}

// Provincial terminal spec §10.3: area 330381 derives as 330300.
TEST(DeriveSet, KeepsFourDigitsWhereItIsTold) {
  const KeySet national = set_of(kNational, key_element("IRK", kRoot));
  const auto at = [&](const std::string& area, bool four) {
    return value(derive_set(national, {Level::kCity, area, "c", four}).value(), "IRK");
  };
  EXPECT_EQ(at("330381", true), at("330300", false));
  EXPECT_NE(at("330381", false), at("330300", false));
}

TEST(DeriveSet, TakesAProvincesOwnKeysDownInItsProvinceAlone) {
  const KeySet province = set_of(kProvince, key_element("PUK", kRoot));
  // openssl enc -sm4-ecb -nopad over 3939303130307378C6C6CFCECFCF8C87.
  EXPECT_EQ(value(derive_set(province, kToCity).value(), "PUK"), "26BBAA4EBCD8E515C975A328A517DCDE");
  EXPECT_THAT(fault_of(derive_set(province, {Level::kCity, "980100", "c", false})),
              HasSubstr("area 980100 is not in the province of key set 't' (990000)"));
}

TEST(DeriveSet, OfALabSetHandsItsPsamsKeysOnAndRefusesAnotherProvince) {
  const KeySet lab = load_key_set("lab-990100-sm4").value();
  const KeySet city = derive_set(lab, {Level::kCity, "990200", "c", false}).value();
  EXPECT_EQ(city.keys.size(), lab.keys.size());
  EXPECT_EQ(value(city, "ADF-MK"), value(lab, "ADF-MK"));
  EXPECT_THAT(fault_of(derive_set(lab, {Level::kCity, "980100", "c", false})),
              HasSubstr("of key set 'lab-990100-sm4' is a province root of area 990100, not of 980100"));
}

TEST(DeriveSet, GoesDownOnly) {
  const KeySet city = set_of(kCity, key_element("IRK", kRoot));
  EXPECT_THAT(fault_of(derive_set(city, kToProvince)), HasSubstr("is a city set, not above a province set"));
  EXPECT_THAT(fault_of(derive_set(city, kToCity)), HasSubstr("not above"));
  const KeySet national = set_of(kNational, key_element("IRK", kRoot));
  EXPECT_THAT(fault_of(derive_set(national, {Level::kProvince, "990100", "p", false})),
              HasSubstr("a province's area ends in 0000"));
  for (const char* area : {"000000", "99010", "99010A", "9901000"})
    EXPECT_THAT(fault_of(derive_set(national, {Level::kCity, area, "c", false})),
                HasSubstr("is none of a centre"));
}

TEST(TakeIn, AddsWhatIsNewAndKeepsTheCentresOwn) {
  const KeySet mine = set_of(kProvince, key_element("PUK", kRoot) + key_element("IRK", kRoot));
  const KeySet down =
      set_of(kProvince, key_element("IRK", kRoot) + key_element("IRK", kRoot, "version=\"2\""));
  const KeySet taken = take_in(mine, down).value();
  EXPECT_EQ(taken.keys.size(), 3U);
  EXPECT_NE(taken.find("PUK"), nullptr);
  EXPECT_NE(taken.find("IRK", 2), nullptr);
}

TEST(TakeIn, RefusesAKeyThatIsAnother) {
  const KeySet mine = set_of(kProvince, key_element("IRK", kRoot));
  const KeySet other = set_of(kProvince, key_element("IRK", "00112233445566778899AABBCCDDEEFF"));
  EXPECT_THAT(fault_of(take_in(mine, other)),
              HasSubstr("key 'IRK' version 1 of key set 't' is not the one that came"));
  EXPECT_THAT(fault_of(take_in(mine, set_of(kCity, ""))), HasSubstr("another cipher, level or area"));
}

}  // namespace
}  // namespace ssc::keys::hierarchy
