// Any sequence of APDUs to a card or a PSAM, with resets in between: each ends in an answer that a reader can
// take, and 6F00 is only what GET RESPONSE says when nothing waits (Part 5 §6.6).
//
// The input: one byte that picks the card, then commands: a length byte and as many bytes; length 00 is a
// reset.
#include <algorithm>
#include <cstdlib>

#include "simulator/factory.h"

namespace {

using namespace ssc;             // NOLINT: a fuzz target has no callers
using namespace ssc::simulator;  // NOLINT

void require(bool holds) {
  if (!holds) std::abort();
}

const std::vector<profile::CardModel>& models() {
  static const auto loaded = [] {
    std::vector<profile::CardModel> out;
    for (const std::string& name : profile::built_in_cards()) out.push_back(profile::load_card(name).value());
    return out;
  }();
  return loaded;
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
  const auto card = make_card(models()[data[0] % models().size()], {.seed = 1});
  card->power_on();
  apdu::ByteView rest(data + 1, size - 1);
  while (!rest.empty()) {
    const std::size_t length = std::min<std::size_t>(rest[0], rest.size() - 1);
    const apdu::ByteView command = rest.subspan(1, length);
    rest = rest.subspan(1 + length);
    command.empty() ? card->reset() : send(*card, command);
  }
  return 0;
}
