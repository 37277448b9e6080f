#include "keys/key_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include "apdu/hex.h"
#include "keys/factors.h"
#include "keys/standard.h"
#include "tests/keys/temporary_file.h"

namespace ssc::keys {
namespace {

using apdu::to_hex;

constexpr std::string_view kHead =
    R"(<key-set xmlns="urn:ssc:key-set:1" name="t" area="990100" cipher="DES" lab="yes">)";
constexpr std::string_view kTail = "\n</key-set>\n";
constexpr std::string_view kValue = "00112233445566778899AABBCCDDEEFF";

apdu::Loaded<KeySet> loaded(std::string_view text) { return load_key_set(TemporaryFile(text).path()); }

KeySet set_of(std::string_view keys) {
  auto set = loaded(std::string(kHead) + std::string(keys) + std::string(kTail));
  if (!set) throw std::runtime_error(set.error().to_string());
  return *std::move(set);
}

// The error line of a text, its folder taken off: "set.xml:2: what; mend".
std::string error_of_text(std::string_view text) {
  const auto set = loaded(text);
  if (set) return "no error";
  const std::string line = set.error().to_string();
  return line.substr(line.find("set.xml"));
}

// The error line of a set whose second line is `keys`.
std::string error_of(std::string_view keys) {
  return error_of_text(std::string(kHead) + "\n" + std::string(keys) + std::string(kTail));
}

std::string key(std::string_view name, std::string_view more = "") {
  return "<key name=\"" + std::string(name) + "\" value=\"" + std::string(kValue) + "\" " +
         std::string(more) + "/>";
}

TEST(KeySet, WhatIsLeftOutComesFromTheNames) {
  const KeySet set = set_of(key("UK1DF01"));
  const NamedKey* found = set.find("UK1DF01");
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->application, "DF01");
  EXPECT_TRUE(found->id_known);
  EXPECT_EQ(found->id, 0x83);
  EXPECT_EQ(found->version, 1);
  EXPECT_EQ(found->level, Level::kProvince);
  EXPECT_EQ(found->psam_usage, 0x48);
  EXPECT_EQ(found->psam_id, 0x42);
  EXPECT_EQ(to_hex(found->value.reveal()), kValue);
  EXPECT_EQ(set.find("UK1DF01", 2), nullptr);
}

TEST(KeySet, WhatIsGivenCounts) {
  const KeySet set = set_of(
      key("UK1DF01", R"(id="9F" version="3" algorithm="SM4" level="city" owner="city" usage="27/BF")"));
  const NamedKey* found = set.find("UK1DF01", 3);
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->id, 0x9F);
  EXPECT_EQ(found->level, Level::kCity);
  EXPECT_EQ(found->owner, Level::kCity);
  EXPECT_EQ(found->psam_usage, 0x27);
  EXPECT_EQ(found->psam_id, 0xBF);
  EXPECT_EQ(found->value.cipher(), Cipher::kSm4);
}

TEST(KeySet, AnotherLevelChangesTheLevelBitsOfTheUsage) {
  EXPECT_EQ(set_of(key("IRK")).find("IRK")->psam_usage, 0x67);
  EXPECT_EQ(set_of(key("IRK", R"(level="province")")).find("IRK")->psam_usage, 0x47);
  EXPECT_EQ(set_of(key("IRK", R"(level="card")")).find("IRK")->psam_usage, 0x07);
}

TEST(KeySet, UnknownIdsAreFlagged) {
  const KeySet set = set_of(key("DLK") + key("DPK", R"(version="2")"));
  EXPECT_FALSE(set.find("DLK")->id_known);
  EXPECT_EQ(set.find("DPK", 2)->psam_id, 2);
}

TEST(KeySet, AnAliasFindsTheKey) {
  const KeySet set = set_of(key("UKMF"));
  ASSERT_NE(set.find("UKSSSE"), nullptr);
  EXPECT_EQ(set.find("UKMF"), set.find("UKSSSE"));
}

// security.md's three-level row of the check values: area 330300, historical bytes ending in L3.
TEST(KeySet, CardKeysGoThroughTheLevelsThatAreLeft) {
  KeySet set;
  set.area = "330300";
  NamedKey named;
  named.value = Key(Cipher::kDes, apdu::parse_hex(kValue).value());
  const Bytes historical = apdu::parse_hex("008100000086605328A8888888").value();
  const std::pair<Level, std::string_view> rows[] = {{Level::kNational, "7114C85F99A6147B011AFCAD38E6E896"},
                                                     {Level::kProvince, "8637A466D12332BEF5B55118A60DAFB8"},
                                                     {Level::kCity, "D346A65AF1BFE4088C96454E804155EE"},
                                                     {Level::kCard, kValue}};
  for (const auto& [level, expected] : rows) {
    named.level = level;
    EXPECT_EQ(to_hex(card_key(set, named, set.area, historical).reveal()), expected);
  }
}

TEST(KeySet, MadeKeysAreDiversifiedByNameAndVersion) {
  const KeySet set =
      set_of(R"(<root value="00112233445566778899AABBCCDDEEFF"/><all-keys groups="2"/>)" + key("BK"));
  const Key root(Cipher::kDes, apdu::parse_hex(kValue).value());
  const Factor factors[] = {{'U', 'K', '1', 'D', 'F', '0', '1', 0}, {0, 0, 0, 0, 0, 0, 0, 2}};
  EXPECT_EQ(set.find("UK1DF01", 2)->value, diversify(root, factors));
  EXPECT_EQ(set.find("UK1DF01", 3), nullptr);
  EXPECT_EQ(to_hex(set.find("BK")->value.reveal()), kValue);
  const Factor stk[] = {{'S', 'T', 'K', 'S', 'S', 'S', 'E', 0}, {0, 0, 0, 0, 0, 0, 0, 1}};
  EXPECT_EQ(to_hex(set.find("STKSSSE")->value.reveal()), to_hex(diversify(root, stk).reveal().first(8)));
  EXPECT_EQ(set.find("STKSSSE", 2), nullptr);
}

TEST(KeySet, Areas33KeepFourDigitsUnlessTheFileSaysSix) {
  const auto city_digits = [](std::string_view attributes) {
    return loaded("<key-set xmlns=\"urn:ssc:key-set:1\" name=\"t\" cipher=\"DES\" lab=\"yes\" " +
                  std::string(attributes) + "/>")
        ->four_digit_city;
  };
  EXPECT_FALSE(city_digits(R"(area="990100")"));
  EXPECT_TRUE(city_digits(R"(area="330381")"));
  EXPECT_FALSE(city_digits(R"(area="330381" city-digits="6")"));
}

TEST(BuiltInKeySets, AllLoadAndHoldEveryKeyOfTheirStructure) {
  EXPECT_THAT(built_in_key_sets(),
              testing::UnorderedElementsAre("lab-990100-des", "lab-990100-des-1.0", "lab-990100-des-first",
                                            "lab-990100-sm4", "lab-990100-sm4-first"));
  for (const std::string& name : built_in_key_sets()) {
    const auto set = load_key_set(name);
    ASSERT_TRUE(set.has_value()) << set.error().to_string();
    EXPECT_EQ(set->name, name);
    EXPECT_EQ(set->area, "990100");
    EXPECT_TRUE(set->lab);
    const unsigned structures = name.ends_with("1.0") ? 1U : 6U;
    for (const KeyName& row : key_names()) {
      if (!row.structures.meets(Structures(structures))) continue;
      const unsigned groups = name.ends_with("-first") ? 1U : row.groups;
      for (unsigned version = 1; version <= groups; ++version) {
        EXPECT_NE(set->find(row.name, version), nullptr) << name << " " << row.name;
      }
    }
    EXPECT_NE(set->find("ADF-MK"), nullptr);
  }
}

TEST(BuiltInKeySets, StkIsShortUnderDesOnly) {
  EXPECT_EQ(load_key_set("lab-990100-des")->find("STKDF01")->value.size(), 8U);
  EXPECT_EQ(load_key_set("lab-990100-sm4")->find("STKDF01")->value.size(), 16U);
  EXPECT_EQ(load_key_set("lab-990100-sm4")->find("STKDF01")->value.cipher(), Cipher::kSm4);
}

TEST(KeySetErrors, AMissingFile) {
  const auto set = load_key_set("no/such/set.xml");
  ASSERT_FALSE(set.has_value());
  EXPECT_EQ(set.error().to_string(),
            "no/such/set.xml: no such file; name a file or one of the built-in lab-990100-des-1.0, "
            "lab-990100-des-first, "
            "lab-990100-des, lab-990100-sm4-first, lab-990100-sm4");
}

TEST(KeySetErrors, MalformedXmlAndSchema) {
  EXPECT_EQ(error_of("<key name=\"BK\" "), "set.xml:3: not well-formed XML: error parsing attribute name");
  EXPECT_EQ(error_of("<kye/>"),
            "set.xml:2: element 'kye' is not allowed here; expected one of: storage, root, all-keys, key");
  EXPECT_EQ(error_of(key("UK1DF01", R"(version="4")")),
            "set.xml:2: '4' is no value of attribute 'version' of 'key'; it must match [1-3]");
}

TEST(KeySetErrors, AnUnknownName) {
  EXPECT_EQ(
      error_of(key("UKCDF01")),
      "set.xml:2: no key is called 'UKCDF01' in structure 2.0 3.0; near ones: UK1DF01, UK2DF01, UK3DF01; "
      "a key of an added file says whose it is: owner=\"city\" or another");
  EXPECT_EQ(error_of(key("nonsense")),
            "set.xml:2: no key is called 'nonsense' in structure 2.0 3.0; write it as the standard does, as "
            "in UK1DF01");
}

TEST(KeySetErrors, HexThatIsNone) {
  EXPECT_EQ(error_of(R"(<key name="BK" value="0011223"/>)"),
            "set.xml:2: value: odd number of digits; write two hexadecimal digits for each byte");
  EXPECT_EQ(error_of(R"(<key name="BK" value="001122G3"/>)"),
            "set.xml:2: value: 'G' is no hexadecimal digit; write two hexadecimal digits for each byte");
  EXPECT_EQ(error_of(key("BK", R"(id="1")")),
            "set.xml:2: id: odd number of digits; write two hexadecimal digits for each byte");
  EXPECT_EQ(error_of(key("BK", R"(id="0105")")),
            "set.xml:2: id: '0105' is not one byte; write two hexadecimal digits");
}

TEST(KeySetErrors, LengthsThatDoNotFit) {
  EXPECT_EQ(error_of(key("STKDF01")),
            "set.xml:2: key 'STKDF01' has 16 bytes; under DES it has 8 (16 hexadecimal digits)");
  EXPECT_EQ(error_of(R"(<key name="BK" value="0011223344556677"/>)"),
            "set.xml:2: key 'BK' has 8 bytes; under DES it has 16 (32 hexadecimal digits)");
  EXPECT_EQ(error_of(R"(<root value="0011223344556677"/>)"),
            "set.xml:2: the root has 8 bytes; it has 16 (32 hexadecimal digits)");
}

TEST(KeySetErrors, TwoKeysOfOneNameOrOneId) {
  EXPECT_EQ(
      error_of(key("BK") + "\n" + key("BK")),
      "set.xml:3: a second key 'BK' of version 1; the first is in line 2; remove one or change its version");
  EXPECT_EQ(error_of(key("BK") + "\n" + key("PUK", R"(id="05")")),
            "set.xml:3: keys 'BK' and 'PUK' of SSSE both have id 05 and version 1; the first is in line 2; "
            "change the id "
            "of one");
  EXPECT_EQ(error_of(key("UKSSSE") + "\n" + key("UKMF")),
            "set.xml:3: a second key 'UKSSSE' of version 1; the first is in line 2; remove one or change its "
            "version");
}

TEST(KeySetErrors, TheSecretCipher) {
  const std::string_view expected = "SSF33 is a secret cipher, not available here; take DES or SM4";
  EXPECT_EQ(error_of(key("BK", R"(algorithm="SSF33")")), "set.xml:2: " + std::string(expected));
  EXPECT_EQ(error_of_text(
                R"(<key-set xmlns="urn:ssc:key-set:1" name="t" area="990100" cipher="SSF33" lab="yes"/>)"),
            "set.xml:1: " + std::string(expected));
}

TEST(KeySetErrors, ClearKeysOutsideALab) {
  EXPECT_EQ(
      error_of_text(R"(<key-set xmlns="urn:ssc:key-set:1" name="real" area="990100" cipher="DES" lab="no">)"
                    "\n" +
                    key("BK") + std::string(kTail)),
      "set.xml:2: a clear key value in key set 'real', which is no lab set; keep only test keys in such a "
      "file, "
      "and mark it lab=\"yes\"");
}

TEST(KeySetErrors, NothingToMakeAKeyFrom) {
  EXPECT_EQ(error_of(R"(<key name="BK"/>)"),
            "set.xml:2: key 'BK' has no value, and the set no root to make one from; give the key a value, "
            "or the set a "
            "<root>");
}

TEST(KeySetErrors, UsageThatContradictsTheLevel) {
  EXPECT_EQ(
      error_of(key("BK", R"(usage="68/11")")),
      "set.xml:2: usage 68 stands for 3 levels, but a province root has 2 below it; change usage or level");
  EXPECT_EQ(error_of(key("BK", R"(usage="48")")),
            "set.xml:2: usage: '48' names no id; write usage byte and PSAM id, as in 48/42");
}

}  // namespace
}  // namespace ssc::keys
