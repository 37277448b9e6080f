#include "keys/key_set_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "apdu/hex.h"
#include "keys/standard.h"
#include "tests/keys/temporary_file.h"

namespace ssc::keys {
namespace {

using apdu::to_hex;
using ::testing::HasSubstr;
using ::testing::Not;

std::shared_ptr<const storage::SecretBytes> secret(std::string_view text) {
  return std::make_shared<const storage::SecretBytes>(text);
}
const auto kPassphrase = secret("correct horse");

storage::Storage passphrase_storage() {
  return storage::new_passphrase_storage(*kPassphrase, storage::kLeastCost).value();
}

KeySet lab_set(std::string_view name) { return load_key_set(name).value(); }

KeySet loaded(const std::string& text, const storage::Access& access = {}) {
  auto set = load_key_set(TemporaryFile(text).path(), access);
  if (!set) throw std::runtime_error(set.error().to_string());
  return *std::move(set);
}

std::string error_of(const std::string& text, const storage::Access& access = {}) {
  const auto set = load_key_set(TemporaryFile(text).path(), access);
  return set ? "no error" : set.error().to_string();
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), by);
}

void expect_same(const KeySet& a, const KeySet& b) {
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.area, b.area);
  EXPECT_EQ(a.cipher, b.cipher);
  EXPECT_EQ(a.structures, b.structures);
  EXPECT_EQ(a.level, b.level);
  EXPECT_EQ(a.lab, b.lab);
  EXPECT_EQ(a.four_digit_city, b.four_digit_city);
  ASSERT_EQ(a.keys.size(), b.keys.size());
  for (std::size_t i = 0; i < a.keys.size(); ++i) EXPECT_EQ(a.keys[i], b.keys[i]) << a.keys[i].name;
}

TEST(KeySetText, GivesTheSameSetBack) {
  for (const std::string& name : built_in_key_sets()) {
    const KeySet set = lab_set(name);
    expect_same(loaded(key_set_text(set, storage::lab_storage())), set);
    expect_same(loaded(key_set_text(set, passphrase_storage()), {kPassphrase, {}}), set);
  }
}

TEST(KeySetText, KeepsWhatIsTheFilesOwn) {
  const KeySet set = loaded(
      R"(<key-set xmlns="urn:ssc:key-set:1" name="a&amp;b" area="330300" cipher="DES" lab="yes" structure="1.0 3.0" level="city" city-digits="6">
    <key name="UK1DF0A" owner="city" id="83" usage="28/80" value="00112233445566778899AABBCCDDEEFF"/>
    <key name="RKSSSEEF0D" owner="province" id="0E" version="2" value="10112233445566778899AABBCCDDEEFF"/>
    <key name="BK" owner="city" algorithm="SM4" usage="28/1F" value="20112233445566778899AABBCCDDEEFF"/>
    <key name="DDF-MK" value="3011223344556677"/></key-set>)");
  EXPECT_EQ(set.find("UK1DF0A")->application, "DF0A");
  EXPECT_EQ(set.find("BK")->owner, Level::kCity);
  expect_same(loaded(key_set_text(set, storage::lab_storage())), set);
}

TEST(KeySetText, HoldsNoValueInClear) {
  for (const std::string& name : built_in_key_sets()) {
    const KeySet set = lab_set(name);
    const std::string text = key_set_text(set, passphrase_storage());
    for (const NamedKey& key : set.keys) {
      EXPECT_THAT(text, Not(HasSubstr(to_hex(key.value.reveal())))) << key.name;
      EXPECT_THAT(text, HasSubstr("kcv=\"" + to_hex(check_value(key.value)) + "\""));
    }
  }
}

TEST(SealedKeySet, NeedsItsPassphrase) {
  const std::string text = key_set_text(lab_set("lab-990100-sm4"), passphrase_storage());
  EXPECT_THAT(error_of(text),
              HasSubstr("set.xml:4: key set 'lab-990100-sm4': it lies under a passphrase: give it "
                        "with --passphrase-file FILE"));
  EXPECT_THAT(error_of(text, {secret("wrong"), {}}), HasSubstr("the passphrase is wrong"));
}

class SealedLines : public ::testing::Test {
 protected:
  // Two keys, each on a line of its own.
  static KeySet two_keys() {
    return loaded(R"(<key-set xmlns="urn:ssc:key-set:1" name="t" area="990100" cipher="SM4" lab="yes">
      <key name="UK1DF01" value="00112233445566778899AABBCCDDEEFF"/>
      <key name="UK2DF01" value="10112233445566778899AABBCCDDEEFF"/></key-set>)");
  }
  static std::string error(std::string_view what, std::string_view by) {
    return error_of(replaced(key_set_text(two_keys(), storage::lab_storage()), what, by));
  }
};

TEST_F(SealedLines, DoNotOpenUnderAnotherNameLevelOwnerIdOrUsage) {
  const std::pair<std::string_view, std::string_view> changes[] = {
      {"\"UK1DF01\"", "\"UK3DF02\""},
      {"version=\"1\"", "version=\"2\""},
      {"level=\"province\" usage=\"48/42\"", "level=\"city\" usage=\"28/42\""},
      {"level=\"province\"", "level=\"province\" owner=\"city\""},
      {"usage=\"48/42\"", "usage=\"48/44\""},
      {"usage=\"48/42\"", "id=\"8A\" usage=\"48/42\""},
      {"name=\"t\"", "name=\"u\""},
      {"area=\"990100\"", "area=\"990200\""}};
  for (const auto& [what, by] : changes) {
    // The owner's word for a city changes the range of the PSAM id too.
    EXPECT_THAT(error(what, by), ::testing::AnyOf(HasSubstr("the sealed value does not open"),
                                                  HasSubstr("is not the city's to give")))
        << by;
  }
}

TEST_F(SealedLines, WithoutCheckValueOrStorageAreRefused) {
  EXPECT_THAT(error(" kcv=\"" + to_hex(check_value(two_keys().keys[0].value)) + "\"", ""),
              HasSubstr("key 'UK1DF01' is sealed without a check value"));
  const std::string text = key_set_text(two_keys(), storage::lab_storage());
  const std::size_t from = text.find("<storage"), to = text.find("/>", from) + 2;
  EXPECT_THAT(error_of(std::string(text).erase(from, to - from)),
              HasSubstr("does not say under which storage key"));
  EXPECT_THAT(error(" kcv=", " value=\"00112233445566778899AABBCCDDEEFF\" kcv="),
              HasSubstr("has a value and a sealed"));
}

TEST_F(SealedLines, OfNoLabSetDoNotLieUnderTheLabsKey) {
  EXPECT_THAT(error("lab=\"yes\"", "lab=\"no\""),
              HasSubstr("key set 't' is no lab set, but lies under the lab's key"));
}

TEST(CheckValues, AreComparedInAClearSetToo) {
  const auto text = [](std::string_view kcv) {
    return R"(<key-set xmlns="urn:ssc:key-set:1" name="t" area="990100" cipher="DES" lab="yes">
<key name="BK" value="00112233445566778899AABBCCDDEEFF" kcv=")" +
           std::string(kcv) + "\"/></key-set>";
  };
  // openssl enc -des-ede -nopad over eight 00: FB0975...
  EXPECT_EQ(error_of(text("FB0975")), "no error");
  EXPECT_THAT(error_of(text("FB0976")),
              HasSubstr("set.xml:2: key 'BK' version 1 has check value FB0975, not FB0976"));
  EXPECT_THAT(error_of(text("FB09")), HasSubstr("kcv: 2 bytes"));
}

TEST(InspectedKeySet, TellsEveryFaultAndTheStatedCheckValuesWithoutOpening) {
  const std::string text =
      R"(<key-set xmlns="urn:ssc:key-set:1" name="t" area="990100" cipher="DES" lab="yes">
<key name="BK" value="00112233445566778899AABBCCDDEEFF" kcv="000000"/>
<key name="UK1DF0A" owner="city" id="03" usage="28/42" value="10112233445566778899AABBCCDDEEFF"/></key-set>)";
  const storage::Access access;
  const auto inspected = inspect_key_set(TemporaryFile(text).path(), &access);
  ASSERT_TRUE(inspected) << inspected.error().to_string();
  ASSERT_EQ(inspected->faults.size(), 3U);
  EXPECT_EQ(inspected->faults[0].line, 2U);
  EXPECT_THAT(inspected->faults[1].what, HasSubstr("id 03 of key 'UK1DF0A'"));
  EXPECT_THAT(inspected->faults[2].what, HasSubstr("PSAM id 42"));

  const KeySet lab = lab_set("lab-990100-des");
  const auto closed = inspect_key_set(TemporaryFile(key_set_text(lab, passphrase_storage())).path(), nullptr);
  ASSERT_TRUE(closed) << closed.error().to_string();
  EXPECT_EQ(closed->storage->guard, storage::Guard::kPassphrase);
  for (std::size_t i = 0; i < lab.keys.size(); ++i) {
    EXPECT_EQ(closed->check_values[i], check_value(lab.keys[i].value));
    EXPECT_EQ(closed->set.keys[i].value.size(), 0U);
  }
}

TEST(KeySetArea, AndLevelAgree) {
  const auto error = [](std::string_view attributes) {
    return error_of(R"(<key-set xmlns="urn:ssc:key-set:1" name="t" cipher="DES" lab="yes" )" +
                    std::string(attributes) + "/>");
  };
  EXPECT_EQ(error(R"(area="000000" level="national")"), "no error");
  EXPECT_EQ(error(R"(area="990000" level="province")"), "no error");
  EXPECT_EQ(error(R"(area="990100" level="city")"), "no error");
  EXPECT_THAT(error(R"(area="990100" level="national")"), HasSubstr("area 990100 in a national set"));
  EXPECT_THAT(error(R"(area="000000")"), HasSubstr("area 000000 in a centreless set"));
  EXPECT_THAT(error(R"(area="990100" level="province")"), HasSubstr("a province's area ends in 0000"));
}

}  // namespace
}  // namespace ssc::keys
