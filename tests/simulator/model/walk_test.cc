#include "tests/simulator/model/walk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "apdu/hex.h"

namespace ssc::simulator::model {
namespace {

constexpr std::size_t kMovesOfACard = 2'000;

// Together the four walks below make more than a million APDUs, unless the environment says otherwise.
std::size_t cards_to_walk() {
  if (std::getenv("SSC_SHORT_WALKS") != nullptr) return 3;
  if (std::getenv("SSC_LONG_WALKS") != nullptr) return 1'000;
  return 130;
}

class PinWalk : public testing::TestWithParam<std::tuple<const char*, unsigned>> {};

TEST_P(PinWalk, CardAndModelAgree) {
  const auto [name, part] = GetParam();
  const auto model = profile::load_card(name);
  ASSERT_TRUE(model) << model.error().to_string();
  const Walker walker(*model);
  for (std::size_t card = 0; card < cards_to_walk(); ++card) {
    const auto found = walker.walk(1 + part * 1'000'000 + card, kMovesOfACard);
    ASSERT_FALSE(found) << found->text;
  }
}

// A card with a planted defect: what it answers is passed on by a liar.
class LyingCard final : public core::SmartCard {
 public:
  using Liar = std::function<apdu::Response(ByteView command, const apdu::Response& answer)>;

  LyingCard(std::unique_ptr<core::SmartCard> card, Liar liar)
      : card_(std::move(card)), liar_(std::move(liar)) {}

  ByteView atr() const override { return card_->atr(); }
  void power_on() override { card_->power_on(); }
  void reset() override { card_->reset(); }
  void power_off() override { card_->power_off(); }
  apdu::Response transmit(ByteView command) noexcept override {
    return liar_(command, card_->transmit(command));
  }

 private:
  std::unique_ptr<core::SmartCard> card_;
  Liar liar_;
};

MakeCard lying(const std::function<LyingCard::Liar()>& make_liar) {
  return [make_liar](const CardModel& model, std::uint64_t seed) {
    return std::make_unique<LyingCard>(real_card(model, seed), make_liar());
  };
}

// Gives back a try at every third wrong PIN.
LyingCard::Liar forgets_to_count() {
  return [wrong = 0U](ByteView command, const apdu::Response& answer) mutable {
    const bool failed = apdu::family(answer.status) == apdu::sw::tries_left(0);
    const bool presents_pin = command.size() > 5 && command[1] == 0x20;
    if (!presents_pin || !failed || ++wrong % 3 != 0) return answer;
    return apdu::Response(apdu::sw::tries_left(answer.status.sw2() % 16U + 1));
  };
}

// Takes every unblocking for a failure.
LyingCard::Liar never_unblocks() {
  return [](ByteView command, const apdu::Response& answer) {
    const bool unblocked = command[1] == 0x24 && command[3] == 0x00 && answer.status.ok();
    return unblocked ? apdu::Response(apdu::sw::secure_messaging_incorrect) : answer;
  };
}

std::size_t apdus_in(const std::string& text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) count += text[at] != '#' ? 1 : 0;
  return count;
}

TEST(Walker, FindsAPlantedDefectAndShortensIt) {
  const auto model = profile::load_card("sample-3.00").value();
  const Walker walker(model, lying(forgets_to_count));
  const auto found = walker.walk(7, kMovesOfACard);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->moves.size(), 3U) << found->text;  // three wrong PINs
  EXPECT_EQ(apdus_in(found->text), 3U) << found->text;
  EXPECT_THAT(found->text, testing::HasSubstr("# expected 63C0, the card answered 63C1\n"));
  const auto again = walker.replay(found->seed, found->moves);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->text, found->text);
}

TEST(Walker, KeepsTheMovesThatADefectNeeds) {
  const auto model = profile::load_card("sample-2.00").value();
  const auto found = Walker(model, lying(never_unblocks)).walk(11, kMovesOfACard);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->moves.size(), 4U) << found->text;  // random, PUK, random, unblock
}

// A walk that meets no lock, no empty PIN or no used-up random would prove little.
TEST(Walker, MeetsEveryAnswerOfThePinCommands) {
  const auto model = profile::load_card("sample-2.00").value();
  std::set<std::string> met;
  const Walker walker(model, real_card, [&met](ByteView apdu, apdu::StatusWord status) {
    met.insert(apdu::to_hex(apdu.subspan(1, 1)) + " " + to_string(status));
  });
  for (unsigned seed = 1; seed < 20; ++seed) ASSERT_FALSE(walker.walk(seed, kMovesOfACard));
  EXPECT_THAT(
      met, testing::IsSupersetOf({"20 9000", "20 63C2", "20 63C1", "20 63C0", "20 6983", "20 6700", "20 6A86",
                                  "5E 9000", "5E 63C0", "5E 6983", "5E 6A80", "5E 6700", "5E 6A86", "82 9000",
                                  "82 63C0", "82 6983", "82 6984", "82 6A88", "24 9000", "24 6982", "24 6984",
                                  "24 6988", "24 6A80", "24 6700", "24 6A86", "84 9000", "84 6700", "A4 9000",
                                  "A4 6A82", "B2 9000", "B2 6982"}));
}

INSTANTIATE_TEST_SUITE_P(Samples, PinWalk,
                         testing::Combine(testing::Values("sample-2.00", "sample-3.00"),
                                          testing::Values(0U, 1U)));

}  // namespace
}  // namespace ssc::simulator::model
