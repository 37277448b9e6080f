// Any bytes: decoding ends, and what is an APDU encodes to itself, is looked up and is written down.
#include <cstdlib>

#include "apdu/catalogue.h"
#include "apdu/text_trace.h"

namespace {

using namespace ssc::apdu;  // NOLINT: a fuzz target has no callers

void require(bool holds) {
  if (!holds) std::abort();
}

void round_trip(ByteView apdu, LoneByte lone) {
  const auto command = decode_command(apdu, lone);
  if (!command) return require(!command.error().what.empty());
  require(command->data.size() == command->lc.value_or(0));
  require(equal(encode(*command), apdu));
  for (const CommandTable table : {card_commands(), psam_commands()}) {
    const Lookup found = find_command(table, command->header());
    if (found.row != nullptr) lengths_valid(*found.row, *command, 8);
  }
}

// The same bytes as a command and as an answer.
void write_down(ByteView bytes) {
  for (const Slot slot : {Slot::kCard, Slot::kPsam}) {
    TraceEvent event;
    event.slot = slot;
    event.command = bytes;
    event.response = bytes;
    for (const bool unmask : {false, true})
      require(format_event(event, mask_by_command(bytes, bytes), {.unmask = unmask}).ends_with('\n'));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kMostBytes = 65'600;
  const ByteView bytes(data, std::min(size, kMostBytes));
  round_trip(bytes, LoneByte::kLe);
  round_trip(bytes, LoneByte::kLc);
  write_down(bytes);
  return 0;
}
