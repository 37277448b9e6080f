#include "keys/hierarchy/place.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "keys/hierarchy/rekey.h"
#include "tests/keys/hierarchy/some_set.h"

namespace ssc::keys::hierarchy {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kValue = "00112233445566778899AABBCCDDEEFF";

KeyWish added(std::string name, Level owner, unsigned id, unsigned psam_id, unsigned version = 1) {
  return {std::move(name),
          static_cast<std::uint8_t>(version),
          owner,
          static_cast<std::uint8_t>(id),
          0x08,
          static_cast<std::uint8_t>(psam_id)};
}

std::string fault_of(const KeySet& set, const KeyWish& wish) {
  const auto placed = place_key(set, wish);
  return placed ? "no fault" : placed.error().what + "; " + placed.error().mend;
}

TEST(PlaceKey, OfAnAddedDirectoryStandsAtItsOwnersLevel) {
  const NamedKey key = place_key(set_of(kCity, ""), added("UK1DF0A", Level::kCity, 0x83, 0x80)).value();
  EXPECT_EQ(key.application, "DF0A");
  EXPECT_EQ(key.purpose, Purpose::kUpdate);
  EXPECT_EQ(key.level, Level::kCity);
  EXPECT_EQ(key.owner, Level::kCity);
  EXPECT_EQ(key.id, 0x83);
  EXPECT_EQ(key.psam_usage, 0x28);
  EXPECT_EQ(key.psam_id, 0x80);
}

TEST(PlaceKey, OfTheStandardStandsWhereTheTableSays) {
  const NamedKey key =
      place_key(set_of(kProvince, ""), {"PUK", 1, std::nullopt, std::nullopt, std::nullopt, std::nullopt})
          .value();
  EXPECT_EQ(key.id, 0x06);
  EXPECT_EQ(key.psam_usage, 0x48);
  EXPECT_EQ(key.psam_id, 0x10);
}

TEST(PlaceKey, StaysInItsOwnersIdRange) {
  const KeySet city = set_of(kCity, "");
  EXPECT_EQ(fault_of(city, added("UK1DF0A", Level::kCity, 0x83, 0xBF)), "no fault");
  EXPECT_THAT(
      fault_of(city, added("UK1DF0A", Level::kCity, 0x83, 0x42)),
      HasSubstr("PSAM id 42 of key 'UK1DF0A' is not the city's to give; for keys of applications it has"));
  EXPECT_THAT(fault_of(city, added("UK1DF0A", Level::kCity, 0x83, 0xB1)), HasSubstr("not the city's"));
  EXPECT_THAT(fault_of(city, added("RKSSSEEF0D", Level::kCity, 0x0E, 0x80)), HasSubstr("it has 18-1F"));
  EXPECT_EQ(fault_of(city, added("RKSSSEEF0D", Level::kCity, 0x0E, 0x18)), "no fault");
  EXPECT_THAT(fault_of(city, added("UK1DF0A", Level::kCity, 0x03, 0x80)),
              HasSubstr("id 03 of key 'UK1DF0A'"));
}

TEST(PlaceKey, IsItsOwnersToAdd) {
  const KeySet province = set_of(kProvince, "");
  EXPECT_THAT(fault_of(province, added("UK1DF0A", Level::kCity, 0x83, 0x80)),
              HasSubstr("key 'UK1DF0A' is the city's, and key set 't' the province's; its owner adds it"));
  EXPECT_THAT(fault_of(province, {"IRK", 1, std::nullopt, std::nullopt, std::nullopt, std::nullopt}),
              HasSubstr("key 'IRK' is the ministry's, and key set 't' the province's; it comes down"));
  EXPECT_THAT(fault_of(province, {"IRK", 1, Level::kProvince, std::nullopt, std::nullopt, std::nullopt}),
              HasSubstr("key 'IRK' is the ministry's"));
  // Part 9 app. B leaves the blank rows to the province, which may leave one to a city.
  EXPECT_EQ(fault_of(set_of(kCity, ""), {"UK1DF01", 1, Level::kCity, std::nullopt, 0x08, 0x80}), "no fault");
}

TEST(PlaceKey, TakesNobodysPlace) {
  const KeySet city = set_of(kCity, key_element("UK1DF0A", kValue, R"(owner="city" id="83" usage="28/80")"));
  EXPECT_THAT(fault_of(city, added("UK1DF0A", Level::kCity, 0x83, 0x80)),
              HasSubstr("has key 'UK1DF0A' version 1"));
  EXPECT_EQ(fault_of(city, added("UK1DF0A", Level::kCity, 0x83, 0x80, 2)), "no fault");
  EXPECT_THAT(fault_of(city, added("UK2DF0A", Level::kCity, 0x83, 0x81)),
              HasSubstr("id 83 in DF0A is key 'UK1DF0A'"));
  EXPECT_THAT(fault_of(city, added("UK2DF0A", Level::kCity, 0x84, 0x80)),
              HasSubstr("PSAM id 80 is key 'UK1DF0A'"));
}

TEST(PlaceKey, NeedsANameAnOwnerAndAnId) {
  const KeySet city = set_of(kCity, "");
  EXPECT_THAT(fault_of(city, {"nonsense", 1, Level::kCity, 0x83, 0x08, 0x80}),
              HasSubstr("none of an added file"));
  EXPECT_THAT(fault_of(city, {"UK1DF0A", 1, std::nullopt, 0x83, 0x08, 0x80}),
              HasSubstr("say its owner and its id"));
  EXPECT_THAT(fault_of(city, {"UK1DF0A", 1, Level::kCity, std::nullopt, 0x08, 0x80}),
              HasSubstr("say its owner"));
  EXPECT_THAT(
      fault_of(set_of(kNational, ""), {"STKSSSE", 2, std::nullopt, std::nullopt, std::nullopt, std::nullopt}),
      HasSubstr("key 'STKSSSE' has 1 group(s)"));
}

TEST(NextGroup, IsTheNextVersionOfWhatIsTheCentresOwn) {
  const KeySet province =
      set_of(kProvince, key_element("IRK", kValue) + key_element("UK1DF01", kValue) +
                            key_element("UK2DF01", kValue, R"(version="2")") + key_element("PUK", kValue));
  const auto next = next_group(province).value();
  ASSERT_EQ(next.size(), 2U);
  EXPECT_EQ(next[0].name, "UK1DF01");
  EXPECT_EQ(next[0].version, 2);
  EXPECT_EQ(next[0].value.size(), 0U);
  EXPECT_EQ(next[1].name, "UK2DF01");
  EXPECT_EQ(next[1].version, 3);
}

TEST(NextGroup, OfAPurchaseKeyHasItsVersionAsPsamId) {
  const auto next = next_group(set_of(kNational, key_element("DPK", kValue))).value();
  EXPECT_EQ(next.front().psam_id, 2);
}

TEST(NextGroup, EndsAfterThree) {
  const auto full = next_group(set_of(kNational, key_element("IRK", kValue, R"(version="3")")));
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().what, "key 'IRK' of key set 't' has all 3 groups");
  EXPECT_FALSE(next_group(set_of(kProvince, key_element("IRK", kValue))));
  EXPECT_FALSE(next_group(set_of(kNational, key_element("STKSSSE", kValue))));
}

}  // namespace
}  // namespace ssc::keys::hierarchy
