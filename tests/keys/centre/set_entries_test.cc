#include "keys/centre/set_entries.h"

#include "tests/keys/ledger/ledger_rig.h"

namespace ssc::keys::centre {
namespace {

using ledger::Kind;
using ledger::SubjectType;

TEST(SetEntries, ASetIsEnteredWithItsCheckValuesAndNoKey) {
  const simulator::test::TemporaryFolder root;
  auto centre =
      Centre::make(root.path() / "c", {{"Lab", Level::kNational, "000000"}, true, "王一", "key officer"},
                   nullptr, fixed_clock(ledger::test::kMorning));
  ASSERT_TRUE(centre);
  // openssl enc -des-ede -K 00112233445566778899AABBCCDDEEFF over the zero block gives FB0975…
  NamedKey key;
  key.name = "UK1DF01";
  key.version = 2;
  constexpr std::uint8_t kValue[] = {0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77,
                                     0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF};
  key.value = Key(Cipher::kDes, kValue);
  const ledger::Subject set{SubjectType::kKeySet, "national"};
  const Doing doing{"王一", "key officer", "national keys of 2026", "from three components"};
  const auto made = enter_keys(*centre, Kind::kCreate, set, {&key, 1}, doing);
  ASSERT_TRUE(made) << made.error().what;
  EXPECT_EQ(made->entry.checks, (std::vector<ledger::KeyCheck>{{"UK1DF01", 2, {0xFB, 0x09, 0x75}}}));
  EXPECT_EQ(made->entry.purpose, doing.purpose);
  EXPECT_EQ(ledger::test::text_of(centre->paths().ledger()).find("00112233"), std::string::npos);
  EXPECT_EQ(enter_keys(*centre, Kind::kCreate, set, {&key, 1}, doing).error().kind,
            CentreError::Kind::kRefused);
}

}  // namespace
}  // namespace ssc::keys::centre
