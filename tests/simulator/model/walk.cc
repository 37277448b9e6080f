#include "tests/simulator/model/walk.h"

#include <fmt/format.h>

#include "apdu/hex.h"
#include "simulator/factory.h"

namespace ssc::simulator::model {
namespace {

bool agree(const Expected& expected, const apdu::Response& got) {
  if (expected.status != got.status) return false;
  if (expected.random_bytes > 0) return got.data.size() == expected.random_bytes;
  return apdu::equal(expected.data, got.data);
}

std::string line_of(const Bytes& apdu) { return apdu.empty() ? "reset\n" : apdu::to_hex(apdu) + "\n"; }

std::string describe(const Expected& expected) {
  const std::string data = expected.random_bytes > 0 ? fmt::format("{} random bytes ", expected.random_bytes)
                                                     : apdu::to_hex(expected.data);
  return data + to_string(expected.status);
}

// A card and the model of it, side by side.
class Pair {
 public:
  Pair(const CardModel& model, std::unique_ptr<core::SmartCard> card)
      : card_(std::move(card)), model_(model) {
    card_->power_on();
  }

  const PinModel& model() const { return model_; }

  // Nothing, or the model's answer and the card's.
  std::optional<std::string> send(const Bytes& apdu, const Listener& listener) {
    if (apdu.empty()) {
      card_->reset();
      model_.reset();
      return std::nullopt;
    }
    const Expected expected = model_.answer(apdu);
    const apdu::Response got = card_->transmit(apdu);
    if (listener) listener(apdu, got.status);
    if (!agree(expected, got)) {
      return fmt::format("# expected {}, the card answered {}\n", describe(expected),
                         apdu::to_hex(got.encode()));
    }
    if (expected.random_bytes > 0) model_.drawn(got.data);
    return std::nullopt;
  }

 private:
  std::unique_ptr<core::SmartCard> card_;
  PinModel model_;
};

}  // namespace

std::unique_ptr<core::SmartCard> real_card(const CardModel& model, std::uint64_t seed) {
  return make_card(model, {.seed = seed});
}

std::optional<Disagreement> Walker::replay(std::uint64_t seed, const std::vector<Move>& moves) const {
  Pair pair(model_, make_card_(model_, seed));
  std::vector<Bytes> sent;
  for (std::size_t i = 0; i < moves.size(); ++i) {
    sent.push_back(apdu_of(moves[i], pair.model()));
    const auto difference = pair.send(sent.back(), listener_);
    if (!difference) continue;
    std::string text = fmt::format("# ssc apdu --card {} --seed {} --unmask\n", model_.name, seed);
    for (const Bytes& apdu : sent) text += line_of(apdu);
    return Disagreement{
        seed, {moves.begin(), moves.begin() + static_cast<std::ptrdiff_t>(i + 1)}, text + *difference};
  }
  return std::nullopt;
}

// Leaves out each run of that length without which the rest still disagrees.
std::vector<Move> Walker::without_runs(std::uint64_t seed, std::vector<Move> moves, std::size_t run) const {
  for (std::size_t from = 0; from + run <= moves.size();) {
    std::vector<Move> rest(moves);
    const auto first = rest.begin() + static_cast<std::ptrdiff_t>(from);
    rest.erase(first, first + static_cast<std::ptrdiff_t>(run));
    if (auto still = replay(seed, rest)) {
      moves = std::move(still->moves);
    } else {
      from += run;
    }
  }
  return moves;
}

// Delta debugging: long runs first, until no single move can be left out.
std::vector<Move> Walker::shortened(std::uint64_t seed, std::vector<Move> moves) const {
  for (std::size_t before = moves.size() + 1; moves.size() < before;) {
    before = moves.size();
    for (std::size_t run = before / 2; run > 0; run /= 2) moves = without_runs(seed, std::move(moves), run);
  }
  return moves;
}

std::optional<Disagreement> Walker::walk(std::uint64_t seed, std::size_t moves) const {
  std::mt19937_64 random(seed);
  std::vector<Move> made(moves);
  for (Move& move : made) move = random_move(random);
  const auto found = replay(seed, made);
  if (!found) return std::nullopt;
  return replay(seed, shortened(seed, found->moves));
}

}  // namespace ssc::simulator::model
