// The issuer's keys in PSAMs of every level and type.
#include "keys/factors.h"
#include "keys/standard.h"
#include "tests/conformance/desk/counter.h"

namespace ssc::conformance::desk {
namespace {

using simulator::profile::CardModel;
using simulator::profile::KeyEntry;
using simulator::profile::Purpose;
using test::Counter;
using test::rule_of;
using ::testing::HasSubstr;

constexpr std::string_view kArea = "990100";

// The sample PSAM as a province's or city's: every national root is handed down.
CardModel handed_down(unsigned levels) {
  CardModel psam = simulator::profile::load_card("sample-psam").value();
  const std::array<keys::Factor, 2> path{keys::province_factor(kArea), keys::city_factor(kArea)};
  for (auto& df : psam.dfs) {
    for (KeyEntry& key : df.keys) {
      if (key.purpose != Purpose::kPsam) continue;
      unsigned held = key.usage >> 5;
      for (; held > levels; --held) key.value = keys::diversify(key.value, path[3 - held]);
      key.usage = static_cast<std::uint8_t>(held << 5 | (key.usage & 0x1F));
    }
  }
  return psam;
}

class PsamKeysTest : public ::testing::TestWithParam<const char*> {
 protected:
  // A visit at a desk with this PSAM.
  Decided<apdu::OwnedPhrase> reset(const CardModel& psam) {
    Counter counter({.card = GetParam(), .psam = true});
    const auto other = simulator::make_card(psam, {.seed = 3});
    simulator::CardChannel channel(*other);
    Session session({&counter.channel, nullptr, nullptr}, {&channel, nullptr, nullptr}, [] { return 0; });
    DeskCard card(session, counter.log, *counter.random);
    const auto keys = psam_keys(session, counter.log);
    Desk desk({card,
               *keys,
               counter.book,
               counter.policy,
               counter.blacklist,
               *counter.random,
               counter.clock,
               {},
               {}},
              counter.clerk, counter.visitor);
    return desk.reset_to(test::pin("907213"), test::pin("907213"));
  }
};

TEST_P(PsamKeysTest, AProvincesAndACitysPsamServeAsWell) {
  for (const unsigned levels : {2U, 1U}) EXPECT_EQ(rule_of(reset(handed_down(levels))), "done") << levels;
}

TEST_P(PsamKeysTest, KeysForEncryptionAndMacTogetherServeWhereOneWasExpected) {
  CardModel psam = simulator::profile::load_card("sample-psam").value();
  for (auto& df : psam.dfs) {
    for (KeyEntry& key : df.keys) {
      if (key.purpose == Purpose::kPsam && (key.usage & 0x1F) == 7)
        key.usage = static_cast<std::uint8_t>((key.usage & 0xE0) | 8);
    }
  }
  EXPECT_EQ(rule_of(reset(psam)), "done");
}

TEST_P(PsamKeysTest, WithoutThePukTheHolderIsSentHome) {
  CardModel psam = simulator::profile::load_card("sample-psam").value();
  for (auto& df : psam.dfs) std::erase_if(df.keys, [](const KeyEntry& key) { return key.name == "PUK"; });
  const auto done = reset(psam);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().rule, "no-key");
  EXPECT_EQ(done.error().code, -27272);
  EXPECT_THAT(done.error().why.english, HasSubstr("PUK"));
}

TEST_P(PsamKeysTest, AnotherRegionsPsamDoesNotMeetTheCard) {
  CardModel psam = simulator::profile::load_card("sample-psam").value();
  for (auto& df : psam.dfs) {
    for (KeyEntry& key : df.keys) {
      Bytes value(key.value.reveal().begin(), key.value.reveal().end());
      value[1] ^= 0x40;
      key.value = keys::Key(key.value.cipher(), value);
    }
  }
  EXPECT_EQ(rule_of(reset(psam)), "not-genuine");
}

INSTANTIATE_TEST_SUITE_P(BothCiphers, PsamKeysTest, ::testing::Values("sample-2.00", "sample-3.00"),
                         [](const auto& each) { return std::string(each.index == 0 ? "DES" : "SM4"); });

TEST(PsamKeys, APsamWithoutTheCardsCipherIsSaidSo) {
  Counter counter({.psam = true});
  const auto without = [](const CardModel& whole) {
    CardModel psam = whole;
    std::erase_if(psam.dfs, [](const auto& df) { return df.id.starts_with("SM4"); });
    return psam;
  }(*counter.psam_model);
  const auto other = simulator::make_card(without, {.seed = 3});
  simulator::CardChannel channel(*other);
  Session session({&counter.channel, nullptr, nullptr}, {&channel, nullptr, nullptr}, [] { return 0; });
  const auto keys = psam_keys(session, counter.log);
  const auto met = keys->meet({keys::Cipher::kSm4, "990100", Bytes(13)});
  ASSERT_FALSE(met);
  EXPECT_EQ(met.error().code, -2202);
}

}  // namespace
}  // namespace ssc::conformance::desk
