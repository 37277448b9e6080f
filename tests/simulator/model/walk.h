// A walk beside the card: the same moves to the card and to the model, until they disagree.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "simulator/core/smart_card.h"
#include "tests/simulator/model/moves.h"

namespace ssc::simulator::model {

using MakeCard = std::function<std::unique_ptr<core::SmartCard>(const CardModel&, std::uint64_t seed)>;

using Listener = std::function<void(ByteView apdu, apdu::StatusWord answer)>;

// The virtual card itself.
std::unique_ptr<core::SmartCard> real_card(const CardModel& model, std::uint64_t seed);

struct Disagreement {
  std::uint64_t seed = 0;
  std::vector<Move> moves;  // replayed from the seed, the last one disagrees
  std::string text;         // lines for `ssc apdu`, and what was expected
};

// Walks of one card model.
class Walker {
 public:
  // `model` must outlive the walker. The listener hears every answer.
  explicit Walker(const CardModel& model, MakeCard make_card = real_card, Listener listener = {})
      : model_(model), make_card_(std::move(make_card)), listener_(std::move(listener)) {}

  // One fresh card and `moves` moves, all from the seed. A disagreement comes back as short as it gets.
  std::optional<Disagreement> walk(std::uint64_t seed, std::size_t moves) const;
  // The same moves again on a fresh card of the seed.
  std::optional<Disagreement> replay(std::uint64_t seed, const std::vector<Move>& moves) const;

 private:
  std::vector<Move> without_runs(std::uint64_t seed, std::vector<Move> moves, std::size_t run) const;
  std::vector<Move> shortened(std::uint64_t seed, std::vector<Move> moves) const;

  const CardModel& model_;
  MakeCard make_card_;
  Listener listener_;
};

}  // namespace ssc::simulator::model
