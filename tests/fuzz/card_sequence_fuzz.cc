// Any sequence of APDUs to a card or a PSAM, with resets in between: each ends in an answer that a reader can
// take, and 6F00 is only what GET RESPONSE says when nothing waits (Part 5 §6.6).
//
// The input: one byte that picks the card, then commands: a length byte and as many bytes; length 00 is a
// reset.
#include <algorithm>
#include <cstdlib>

#include "simulator/card/bindings.h"
#include "simulator/core/card_os.h"
#include "simulator/core/image_builder.h"
#include "simulator/factory.h"
#include "simulator/psam/bindings.h"
#include "simulator/store/memory_store.h"

namespace {

using namespace ssc;             // NOLINT: a fuzz target has no callers
using namespace ssc::simulator;  // NOLINT

void require(bool holds) {
  if (!holds) std::abort();
}

// A kind of card, built once.
struct Kind {
  std::shared_ptr<const core::Image> image;
  const core::CommandSet* commands;
};

const std::vector<Kind>& kinds() {
  static const auto built = [] {
    std::vector<Kind> out;
    for (const std::string& name : profile::built_in_cards()) {
      const auto model = profile::load_card(name).value();
      const bool is_card = model.kind == profile::Kind::kCard;
      out.push_back({core::build_image(model), is_card ? &card::commands() : &psam::commands()});
    }
    return out;
  }();
  return built;
}

bool is_get_response(apdu::ByteView command) {
  return command.size() >= 4 && command[0] == 0x00 && command[1] == 0xC0;
}

void send(core::SmartCard& card, apdu::ByteView command) {
  const apdu::Response answer = card.transmit(command);
  require(answer.data.size() <= apdu::kMaxResponseData);
  require(answer.encode().size() == answer.data.size() + 2);
  require(answer.status.sw1() == 0x90 || answer.status.sw1() >= 0x93 || answer.status.sw1() < 0x70);
  require(answer.status.sw1() >= 0x61);
  require(answer.status != apdu::sw::data_invalid || is_get_response(command));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const Kind& kind = kinds()[data[0] % kinds().size()];
  const auto random = keys::seeded_random(1);
  const auto clock = counting_clock();
  store::MemoryStore store;
  core::CardOs card(kind.image, *kind.commands, core::CardEnv{*random, *clock, store});
  card.power_on();
  apdu::ByteView rest(data + 1, size - 1);
  while (!rest.empty()) {
    const std::size_t length = std::min<std::size_t>(rest[0], rest.size() - 1);
    const apdu::ByteView command = rest.subspan(1, length);
    rest = rest.subspan(1 + length);
    command.empty() ? card.reset() : send(card, command);
  }
  return 0;
}
