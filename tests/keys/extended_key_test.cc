#include "keys/extended_key.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssc::keys {
namespace {

using ::testing::HasSubstr;

TEST(ExtendedKey, SaysWhereItLivesAndWhatItIsFor) {
  struct Row {
    std::string_view name;
    std::string_view application;
    Purpose purpose;
  };
  constexpr Row kRows[] = {
      {"UK1DF0A", "DF0A", Purpose::kUpdate},     {"RK1DF0A", "DF0A", Purpose::kRead},
      {"UKDF0A", "DF0A", Purpose::kUpdate},      {"UKZDFFF", "DFFF", Purpose::kUpdate},
      {"STKDF0B", "DF0B", Purpose::kCommandMac}, {"LKDF0B", "DF0B", Purpose::kBlockApplication},
      {"RKSSSEEF0D", "SSSE", Purpose::kRead},    {"RKMFEF0C", "SSSE", Purpose::kRead},
      {"UK3SSSE", "SSSE", Purpose::kUpdate},     {"UKCDF01", "DF01", Purpose::kUpdate},
      {"RK1DF03EF0C", "DF03", Purpose::kRead},   {"UKDDF0A", "DF0A", Purpose::kUpdate},
      {"UKMMFEF0C", "SSSE", Purpose::kUpdate},
  };
  for (const Row& row : kRows) {
    const auto key = parse_extended_key(row.name);
    ASSERT_TRUE(key) << row.name << ": " << key.error();
    EXPECT_EQ(key->application, row.application) << row.name;
    EXPECT_EQ(key->purpose, row.purpose) << row.name;
    EXPECT_EQ(key->des_size, row.purpose == Purpose::kCommandMac ? 8 : 16) << row.name;
  }
}

TEST(ExtendedKey, OfTheStandardsOwnPlacesIsNone) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"UK1DF08", "begin at DF0A"},       {"UK1DF00", "begin at DF0A"},    {"UK1DF03EF0B", "begin at EF0C"},
      {"STKDF01", "the standard's"},      {"LKSSSE", "from the standard"}, {"STKDF0AEF0C", "not of a file"},
      {"IRKDF0A", "none of UK, RK"},      {"", "none of UK, RK"},          {"UK", "'' is no place"},
      {"UK1df0a", "'df0a' is no place"},  {"UK1DF0a", "no place"},         {"UK1DF0A0", "no place"},
      {"UK1DF0AEF0", "'EF0' is no file"}, {"UK11DF0A", "no place"},        {"UK0DF0A", "no place"},
  };
  for (const auto& [name, why] : rows) {
    const auto key = parse_extended_key(name);
    ASSERT_FALSE(key) << name;
    EXPECT_THAT(key.error(), HasSubstr(why)) << name;
  }
}

}  // namespace
}  // namespace ssc::keys
