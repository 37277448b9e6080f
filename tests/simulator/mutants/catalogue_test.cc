#include <gtest/gtest.h>

#include <set>

#include "apdu/hex.h"
#include "simulator/factory.h"
#include "simulator/mutants/mutant.h"

namespace ssc::simulator::mutants {
namespace {

std::string send(core::SmartCard& card, std::string_view command) {
  return apdu::to_hex(card.transmit(apdu::parse_hex(command).value()).encode());
}

TEST(MutantCatalogue, EachHasAnIdOfItsOwnAndSaysWhatItIs) {
  std::set<std::string_view> ids;
  std::set<std::string_view> titles;
  for (const Mutant& mutant : catalogue()) {
    EXPECT_TRUE(ids.insert(mutant.id).second) << mutant.id;
    EXPECT_EQ(find(mutant.id), &mutant);
    EXPECT_FALSE(mutant.group.empty() || mutant.title_zh.empty() || mutant.clause.empty()) << mutant.id;
    EXPECT_TRUE(titles.insert(mutant.title).second) << mutant.title;
  }
  EXPECT_GE(ids.size(), 80U);
  EXPECT_EQ(find("none"), nullptr);
}

TEST(MutantCatalogue, EachMakesACardThatAnswers) {
  const auto card = profile::load_card("sample-3.00").value();
  const auto psam = profile::load_card("sample-psam").value();
  for (const Mutant& mutant : catalogue()) {
    const auto made =
        make_card(mutant.of == profile::Kind::kPsam ? psam : card, {.seed = 1, .mutant = &mutant});
    made->power_on();
    EXPECT_EQ(send(*made, "0084000008").size(), 20U) << mutant.id;
  }
}

TEST(MutantCatalogue, AMutantOfTheOtherKindChangesNothing) {
  const auto card = profile::load_card("sample-3.00").value();
  const auto healthy = make_card(card, {.seed = 1});
  const auto same = make_card(card, {.seed = 1, .mutant = find("psam-random-constant")});
  healthy->power_on();
  same->power_on();
  EXPECT_EQ(send(*healthy, "0084000008"), send(*same, "0084000008"));
}

// What a wrong PIN costs is 63C2 and the counter: the healthy card's answers are those of Part 5 §6.14.
TEST(MutantCatalogue, TheDefectIsThere) {
  const auto model = profile::load_card("sample-3.00").value();
  const auto tries_after_wrong = [&](const Mutant* mutant) {
    const auto card = make_card(model, {.seed = 1, .mutant = mutant});
    card->power_on();
    send(*card, "0020000003999999");
    return send(*card, "0020000000");
  };
  EXPECT_EQ(tries_after_wrong(nullptr), "63C2");
  EXPECT_EQ(tries_after_wrong(find("pin-wrong-is-free")), "63C3");
  EXPECT_EQ(tries_after_wrong(find("pin-wrong-costs-two")), "63C1");
  EXPECT_EQ(tries_after_wrong(find("pin-tries-not-stored")), "63C3");
  EXPECT_EQ(tries_after_wrong(find("pin-asking-opens")), "63C2");
}

}  // namespace
}  // namespace ssc::simulator::mutants
