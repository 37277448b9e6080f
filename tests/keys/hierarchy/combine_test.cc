#include "keys/hierarchy/combine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "apdu/hex.h"
#include "keys/hierarchy/planned_keys.h"
#include "keys/hierarchy/weak_keys.h"
#include "keys/standard.h"

namespace ssc::keys::hierarchy {
namespace {

using apdu::to_hex;
using ::testing::HasSubstr;

Component component(std::string_view hex, std::string_view key = "IRK") {
  const Key value(Cipher::kDes, apdu::parse_hex(hex).value());
  return {std::string(key), 1, value, check_value(value)};
}

class Combine : public ::testing::Test {
 protected:
  Combine() {
    set_.name = "national";
    set_.level = Level::kNational;
    set_.area = kEveryArea;
    set_.structures = Structures(6);
    NamedKey irk;
    irk.name = "IRK";
    planned_ = {irk};
    const char* const values[] = {"00112233445566778899AABBCCDDEEFF", "1032547698BADCFEEFCDAB8967452301",
                                  "A0B1C2D3E4F5061728394A5B6C7D8E9F"};
    for (unsigned i = 0; i < 3; ++i)
      files_.push_back({"national",
                        Cipher::kDes,
                        std::string(1, static_cast<char>('A' + i)),
                        i + 1,
                        3,
                        {component(values[i])}});
  }

  std::string fault() const {
    const auto result = combine(set_, planned_, files_);
    return result ? "no fault" : result.error().what + "; " + result.error().mend;
  }

  KeySet set_;
  std::vector<NamedKey> planned_;
  std::vector<ComponentFile> files_;
};

// By hand: 00^10^A0 = B0, 11^32^B1 = 92, 22^54^C2 = B4, and so on.
TEST_F(Combine, IsTheExclusiveOr) {
  const auto keys = combine(set_, planned_, files_);
  ASSERT_TRUE(keys) << keys.error().what;
  EXPECT_EQ(to_hex(keys->front().value.reveal()), "B092B496381ABC9E4F6D4B69C7E54361");
}

TEST_F(Combine, DoesNotDependOnTheirOrder) {
  const auto once = combine(set_, planned_, files_).value();
  std::ranges::reverse(files_);
  EXPECT_EQ(combine(set_, planned_, files_).value(), once);
}

TEST_F(Combine, WantsThreeOfThreeCustodians) {
  auto all = files_;
  files_.pop_back();
  EXPECT_THAT(fault(), HasSubstr("a key is made from 3 or more"));
  files_ = all;
  files_[2].custodian = "A";
  EXPECT_THAT(fault(), HasSubstr("two components are A's"));
  files_ = all;
  files_[2].number = 1;
  EXPECT_THAT(fault(), HasSubstr("A and C both have component 1"));
  files_ = all;
  for (ComponentFile& file : files_) file.of = 4;
  EXPECT_THAT(fault(), HasSubstr("3 components of 4"));
}

TEST_F(Combine, WantsThemForOneSetAndCipher) {
  const auto all = files_;
  files_[1].set = "other";
  EXPECT_THAT(fault(), HasSubstr("are not of one ceremony"));
  files_ = all;
  files_[1].cipher = Cipher::kSm4;
  EXPECT_THAT(fault(), HasSubstr("are not of one ceremony"));
  files_ = all;
  set_.name = "other";
  EXPECT_THAT(fault(), HasSubstr("for DES set 'national', not for DES set 'other'"));
}

TEST_F(Combine, WantsExactlyOneComponentOfEachKey) {
  const auto all = files_;
  files_[1].components.clear();
  EXPECT_THAT(fault(), HasSubstr("B has no component of key 'IRK' version 1"));
  files_ = all;
  files_[1].components.push_back(component("00112233445566778899AABBCCDDEEFF", "BK"));
  EXPECT_THAT(fault(), HasSubstr("B has a component of key 'BK' version 1, which is not being made"));
  files_ = all;
  files_[1].components = {component("0011223344556677")};
  EXPECT_THAT(fault(), HasSubstr("has 8 bytes, not 16"));
}

TEST_F(Combine, RefusesEqualComponentsAndAWeakKey) {
  files_[1].components = {component("01112233445566778899AABBCCDDEEFF")};  // the first, but for a parity bit
  EXPECT_THAT(fault(), HasSubstr("two components of key 'IRK' version 1 are equal"));
  // A third that leaves 01 in every byte.
  files_[1].components = {component("1032547698BADCFEEFCDAB8967452301")};
  Bytes third =
      apdu::exclusive_or(files_[0].components[0].value.reveal(), files_[1].components[0].value.reveal());
  for (std::uint8_t& byte : third) byte = static_cast<std::uint8_t>(byte ^ 0x01);
  files_[2].components = {component(to_hex(third))};
  EXPECT_THAT(fault(), HasSubstr("key 'IRK' version 1 comes out weak: a weak DES key"));
}

TEST_F(Combine, RandomComponentsHaveTheKeysSizes) {
  set_.cipher = Cipher::kDes;
  const auto planned = planned_keys(set_, Maker::kMinistry, 1);
  const auto random = seeded_random(1);
  const auto made = random_components(set_, planned, *random);
  ASSERT_EQ(made.size(), planned.size());
  for (std::size_t i = 0; i < made.size(); ++i) {
    EXPECT_EQ(made[i].key, planned[i].name);
    EXPECT_EQ(made[i].value.size(), made[i].key.starts_with("STK") ? 8U : 16U) << made[i].key;
    EXPECT_EQ(made[i].check_value, check_value(made[i].value));
    EXPECT_FALSE(weakness_of(made[i].value));
  }
}

// keys.tsv, structures 2.0 and 3.0, owner national: counted with awk.
TEST(PlannedKeys, AreTheMinistrysOfTheNamesTable) {
  KeySet set;
  set.structures = Structures(6);
  set.level = Level::kNational;
  EXPECT_EQ(planned_keys(set, Maker::kMinistry, 1).size(), 41U);
  for (const NamedKey& key : planned_keys(set, Maker::kMinistry, 3)) {
    EXPECT_EQ(key.level, Level::kNational);
    EXPECT_TRUE(key.version == 1 || !key.name.starts_with("STK"));
  }
}

}  // namespace
}  // namespace ssc::keys::hierarchy
