#include "tests/simulator/model/walk.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace ssc::simulator::model {
namespace {

constexpr std::size_t kMovesOfACard = 2'000;

// Together the four walks below make more than a million APDUs, unless the environment says otherwise.
std::size_t cards_to_walk() {
  if (std::getenv("SSC_SHORT_WALKS") != nullptr) return 3;
  if (std::getenv("SSC_LONG_WALKS") != nullptr) return 5'000;
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

INSTANTIATE_TEST_SUITE_P(Samples, PinWalk,
                         testing::Combine(testing::Values("sample-2.00", "sample-3.00"),
                                          testing::Values(0U, 1U)));

}  // namespace
}  // namespace ssc::simulator::model
