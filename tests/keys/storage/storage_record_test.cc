#include "keys/storage/storage_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "keys/storage/storage_xml.h"

namespace ssc::keys::storage {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::shared_ptr<const SecretBytes> secret(std::string_view text) {
  return std::make_shared<const SecretBytes>(text);
}
const auto kPassphrase = secret("correct horse");

StorageRecord through_text(const StorageRecord& record) {
  const auto read = parse_storage_text(storage_text(record));
  EXPECT_TRUE(read) << storage_text(record);
  return read.value_or(StorageRecord{});
}

TEST(StorageRecord, OfTheLabNeedsNothing) {
  const Storage made = lab_storage();
  EXPECT_THAT(storage_element(made.record), StartsWith("<storage guard=\"lab\" check=\""));
  ASSERT_TRUE(unlock(through_text(made.record)));
}

TEST(StorageRecord, OfAPassphraseOpensWithItAlone) {
  const Storage made = new_passphrase_storage(*kPassphrase, kLeastCost).value();
  const StorageRecord record = through_text(made.record);
  const auto key = unlock(record, {kPassphrase, {}});
  ASSERT_TRUE(key) << key.error().what;
  EXPECT_TRUE(apdu::equal(key->reveal(), made.key.reveal()));

  EXPECT_THAT(unlock(record, {secret("correct horsf"), {}}).error().what, HasSubstr("passphrase is wrong"));
  EXPECT_THAT(unlock(record).error().what, HasSubstr("--passphrase-file"));
  EXPECT_EQ(unlock(record).error().kind, StorageError::Kind::kNoAccess);
}

TEST(StorageRecord, HasASaltOfItsOwnEachTime) {
  EXPECT_NE(new_passphrase_storage(*kPassphrase, kLeastCost)->record.salt,
            new_passphrase_storage(*kPassphrase, kLeastCost)->record.salt);
}

TEST(StorageRecord, ChangedIsNoticed) {
  StorageRecord record = new_passphrase_storage(*kPassphrase, kLeastCost)->record;
  record.salt[0] ^= 1;
  EXPECT_FALSE(unlock(record, {kPassphrase, {}}));
  StorageRecord lab = lab_storage().record;
  lab.check.back() ^= 1;
  EXPECT_FALSE(unlock(lab));
}

// A machine stands for anything that makes the same octets from the salt again.
TEST(StorageRecord, OfAMachineAsksThatMachine) {
  const auto machine = [](std::string name, std::uint8_t mark) -> Access {
    return {nullptr, [=](const std::string& asked, ByteView salt) -> Stored<SecretBytes> {
              if (asked != name) return tl::unexpected(StorageError{StorageError::Kind::kNoAccess, "other"});
              Bytes out(salt.begin(), salt.end());
              out[0] ^= mark;
              return SecretBytes(std::move(out));
            }};
  };
  const Storage made = new_machine_storage("m1", machine("m1", 1)).value();
  EXPECT_TRUE(unlock(through_text(made.record), machine("m1", 1)));
  EXPECT_THAT(unlock(made.record, machine("m1", 2)).error().what, HasSubstr("does not make the key again"));
  EXPECT_EQ(unlock(made.record, machine("m2", 1)).error().what, "other");
  EXPECT_THAT(unlock(made.record).error().what, HasSubstr("'m1'"));
}

TEST(StorageText, OfOtherShapeIsRefused) {
  for (const char* text :
       {"", "lab", "guard=safe check=00", "guard=lab check=0", "guard=lab check=00",
        "guard=lab salt=00 check=00000000000000000000000000000000000000000000000000000000"})
    EXPECT_FALSE(parse_storage_text(text)) << text;
  const std::string good = storage_text(new_passphrase_storage(*kPassphrase, kLeastCost)->record);
  const std::size_t at = good.find("cost=10");
  ASSERT_NE(at, std::string::npos);
  for (const char* cost : {"cost=9", "cost=21", "cost=x", "cost="})
    EXPECT_FALSE(parse_storage_text(std::string(good).replace(at, 7, cost))) << cost;
}

}  // namespace
}  // namespace ssc::keys::storage
