#include "keys/hsm/open_machine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "keys/key_set_writer.h"

namespace ssc::keys::hsm {
namespace {

using Kind = MachineError::Kind;
using namespace std::chrono_literals;

constexpr std::chrono::year_month_day kToday = 2026y / 7 / 1;

MachineRecord record_of(bool lab, std::optional<Certificate> certificate) {
  return {"m", lab, std::move(certificate), SoftwareRecord{{"lab-990100-des", "lab-990100-sm4"}}, {}};
}

Certificate certificate_until(std::chrono::year_month_day day) { return {"SXH1", {false, true}, day}; }

Kind refusal(const MachineRecord& record, std::chrono::year_month_day today = kToday) {
  const auto machine = open_machine(record, {today, nullptr});
  EXPECT_FALSE(machine.has_value());
  return machine ? Kind::kDevice : machine.error().kind;
}

TEST(OpenMachine, WithoutACertificateOnlyInTheLab) {
  EXPECT_TRUE(open_machine(record_of(true, std::nullopt), {kToday, nullptr}).has_value());
  EXPECT_EQ(refusal(record_of(false, std::nullopt)), Kind::kNotCertified);
}

TEST(OpenMachine, ACertificateIsGoodOnItsLastDayAndNotAfterIt) {
  for (const bool lab : {false, true}) {
    EXPECT_TRUE(open_machine(record_of(lab, certificate_until(kToday)), {kToday, nullptr}).has_value());
    EXPECT_EQ(refusal(record_of(lab, certificate_until(2026y / 6 / 30))), Kind::kExpired);
  }
  const auto expired = open_machine(record_of(false, certificate_until(2026y / 6 / 30)), {kToday, nullptr});
  EXPECT_EQ(expired.error().what,
            "the product certificate SXH1 of machine 'm' was good until 2026-06-30 (Measures art. 22)");
}

TEST(OpenMachine, ACipherTheCertificateDoesNotListIsRefused) {
  auto machine = open_machine(record_of(false, certificate_until(2030y / 1 / 1)), {kToday, nullptr}).value();
  EXPECT_TRUE(machine.check_value({{Cipher::kSm4, "IRK", 1}, {}}).has_value());
  EXPECT_EQ(machine.check_value({{Cipher::kDes, "IRK", 1}, {}}).error().kind, Kind::kNotCertified);
}

TEST(OpenMachine, AKeySetThatCannotBeReadIsNamed) {
  auto record = record_of(true, std::nullopt);
  record.back_end = SoftwareRecord{{"no-such-set"}};
  const auto machine = open_machine(record, {kToday, nullptr});
  EXPECT_EQ(machine.error().kind, Kind::kBadInput);
  EXPECT_THAT(machine.error().what, testing::HasSubstr("no-such-set"));
}

// A sealed set in a folder of its own, with a transport key and without RK1DF01.
class SealedSet : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "ssc-sealed-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string write(const storage::Storage& storage) const {
    KeySet set = load_key_set("lab-990100-sm4").value();
    set.name = "sealed";
    std::erase_if(set.keys, [](const NamedKey& key) { return key.name == "RK1DF01"; });
    EXPECT_TRUE(create_key_set(folder_ / "set.xml", set, storage).has_value());
    return (folder_ / "set.xml").string();
  }
  static Machine open(const std::string& set, const storage::Access& access = {}) {
    const MachineRecord record{"m", true, std::nullopt, SoftwareRecord{{set}}, {}};
    return open_machine(record, {kToday, nullptr, access}).value();
  }
  static Answer<CheckValue> import_read_key(Machine& machine) {
    const KeyPath under{{Cipher::kSm4, "SSSE MK", 1}, {}};
    const KeyInfo as{{Cipher::kSm4, "RK1DF01", 1}, Purpose::kRead, Level::kNational, 16};
    const RecordForm form{{0x84, 0xD4, 0x00, 0x11}, {0x67, 0x2E, 0, 3, 0, 0, 0, 0}};
    return machine.challenge().and_then([&](const Challenge& challenge) {
      return machine.key_record({{Cipher::kSm4, "IRK", 1}, {}}, under, form, challenge)
          .and_then([&](const KeyRecord& record) { return machine.import_key(as, under, form, record); });
    });
  }

  std::filesystem::path folder_;
};

TEST_F(SealedSet, AnImportedKeyGoesBackSealedIntoItsFile) {
  const std::string file = write(storage::lab_storage());
  Machine machine = open(file);
  const auto kcv = import_read_key(machine);
  ASSERT_TRUE(kcv.has_value()) << kcv.error().what;
  Machine again = open(file);
  EXPECT_EQ(again.check_value({{Cipher::kSm4, "RK1DF01", 1}, {}}), kcv);
  EXPECT_EQ(again.check_value({{Cipher::kSm4, "IRK", 1}, {}}), kcv);
}

TEST_F(SealedSet, OpensByPassphraseOnly) {
  const auto passphrase = std::make_shared<const storage::SecretBytes>(std::string_view("correct horse"));
  const std::string file = write(storage::new_passphrase_storage(*passphrase, storage::kLeastCost).value());
  EXPECT_TRUE(open(file, {passphrase, {}}).find({Cipher::kSm4, "IRK", 1}).has_value());
  const MachineRecord record{"m", true, std::nullopt, SoftwareRecord{{file}}, {}};
  EXPECT_EQ(open_machine(record, {kToday, nullptr, {}}).error().kind, Kind::kBadInput);
}

TEST_F(SealedSet, ASetInClearTakesNoImportedKey) {
  Machine machine = open("lab-990100-sm4");
  const KeyInfo as{{Cipher::kSm4, "UK9DF01", 4}, Purpose::kUpdate, Level::kNational, 16};
  const KeyPath under{{Cipher::kSm4, "SSSE MK", 1}, {}};
  const RecordForm form{{0x84, 0xD4, 0x00, 0x11}, {0x67}};
  const auto record =
      machine.key_record({{Cipher::kSm4, "IRK", 1}, {}}, under, form, machine.challenge().value()).value();
  const auto refused = machine.import_key(as, under, form, record);
  EXPECT_EQ(refused.error().kind, Kind::kRefused);
  EXPECT_THAT(refused.error().what, testing::HasSubstr("is not sealed"));
  EXPECT_FALSE(machine.find(as.id).has_value());
}

}  // namespace
}  // namespace ssc::keys::hsm
