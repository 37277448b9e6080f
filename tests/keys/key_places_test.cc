#include "keys/key_places.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssc::keys {
namespace {

NamedKey held(std::string application, Level owner, unsigned id) {
  NamedKey key;
  key.name = "K";
  key.application = std::move(application);
  key.owner = owner;
  key.psam_usage = 0x48;
  key.psam_id = static_cast<std::uint8_t>(id);
  return key;
}

// Part 9 app. A, and B0-B4 of the provincial terminal spec's table B.1: which owner may give an id.
std::optional<Level> owner_by_the_text(bool environment, unsigned id) {
  const auto within = [id](unsigned first, unsigned last) { return first <= id && id <= last; };
  if (environment) {
    if (within(0x08, 0x0F)) return Level::kNational;
    if (within(0x10, 0x17)) return Level::kProvince;
    if (within(0x18, 0x1F)) return Level::kCity;
    return std::nullopt;
  }
  if (within(0x20, 0x3F) || within(0xB0, 0xB4)) return Level::kNational;
  if (within(0x40, 0x7F)) return Level::kProvince;
  if (within(0x80, 0xBF)) return Level::kCity;
  return std::nullopt;
}

TEST(PsamId, LiesInItsOwnersRange) {
  for (const std::string application : {"SSSE", "DF0A"}) {
    for (unsigned id = 0; id <= 0xFF; ++id) {
      for (const Level owner : {Level::kNational, Level::kProvince, Level::kCity}) {
        EXPECT_EQ(!psam_id_fault(held(application, owner, id)),
                  owner_by_the_text(application == "SSSE", id) == owner)
            << application << " " << id << " " << owner_word(owner);
      }
    }
  }
}

TEST(PsamId, FaultSaysWhatTheOwnerHas) {
  const auto fault = psam_id_fault(held("DF0A", Level::kCity, 0x42));
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->what, "PSAM id 42 of key 'K' is not the city's to give");
  EXPECT_EQ(fault->mend, "for keys of applications it has 80-AF and B5-BF (Part 9 app. A)");
}

TEST(PsamId, OfAPurchaseKeyIsItsVersionAndOfNoPsamIsNone) {
  NamedKey key = held("DF04", Level::kNational, 1);
  key.purpose = Purpose::kPurchase;
  EXPECT_FALSE(psam_id_fault(key));
  key = held("DF04", Level::kNational, 1);
  key.psam_usage = 0;
  EXPECT_FALSE(psam_id_fault(key));
}

// The table itself, but the one key that a province gave an application's id in the environment.
TEST(PsamId, OfTheNamesTableIsInRange) {
  for (const KeyName& row : key_names()) {
    if (row.psam_type == 0 || !row.level || row.name == "RKMFEF0C") continue;
    NamedKey key = held(std::string(row.application), *row.level, row.psam_id);
    key.purpose = row.purpose;
    EXPECT_FALSE(psam_id_fault(key)) << row.name;
  }
}

TEST(CardId, IsGlobalInTheSsseAndSpecificElsewhere) {
  for (unsigned id = 0; id <= 0xFF; ++id) {
    NamedKey key = held("SSSE", Level::kCity, 0x18);
    key.id = static_cast<std::uint8_t>(id);
    key.id_known = true;
    EXPECT_EQ(!card_id_fault(key), id >= 0x01 && id <= 0x7F) << id;
    key.application = "DF0A";
    EXPECT_EQ(!card_id_fault(key), id >= 0x80) << id;
  }
}

}  // namespace
}  // namespace ssc::keys
