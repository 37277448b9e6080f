#include "apdu/mask.h"

#include "apdu/catalogue.h"
#include "apdu/response.h"

namespace ssc::apdu {
namespace {

constexpr std::size_t kHeaderSize = 4;
constexpr std::uint8_t kGetResponse = find_command(card_commands(), CommandId::kGetResponse)->ins;

Secret secret_of(std::uint8_t ins) {
  for (const CommandTable table : {card_os_commands(), psam_commands(), carrier_commands()}) {
    const auto row = std::ranges::find_if(
        table, [ins](const CommandRow& item) { return item.ins == ins && item.secret != Secret::kNone; });
    if (row != table.end()) return row->secret;
  }
  return Secret::kNone;
}

bool is_get_response(ByteView command) { return command.size() >= 2 && command[1] == kGetResponse; }

std::size_t data_size(ByteView response) { return response.size() < 2 ? 0 : response.size() - 2; }

bool more_waits(ByteView response) { return response.size() == 2 && response[0] == 0x61; }

// The data field, or all after the header when there is no telling what is data.
void add_command_data(SensitiveRanges& ranges, ByteView apdu) {
  const auto command = decode_command(apdu);
  if (!command) {
    ranges.add(kHeaderSize, apdu.size() - kHeaderSize);
  } else if (!command->data.empty()) {
    ranges.add(static_cast<std::size_t>(command->data.data() - apdu.data()), command->data.size());
  }
}

}  // namespace

Masks mask_by_command(ByteView command, ByteView response) {
  Masks masks;
  const auto header = header_of(command);
  if (!header) return masks;
  switch (secret_of(header->ins)) {
    case Secret::kCommandData:
      add_command_data(masks.command, command);
      break;
    case Secret::kResponseData:
      masks.response.add(0, data_size(response));
      break;
    case Secret::kNone:
      break;
  }
  return masks;
}

Masks Masker::masks(const TraceEvent& event) {
  if (event.kind != TraceEvent::Kind::kExchange) return {};
  bool& waits = secret_waits_[static_cast<std::size_t>(event.slot)];
  const bool fetched = waits && is_get_response(event.command);
  const auto header = header_of(event.command);
  const bool read = header && secret_of(header->ins) == Secret::kResponseData;
  waits = (read || fetched) && (more_waits(event.response) || fetched);
  if (event.ranges_known) return {event.command_secrets, event.response_secrets};
  Masks masks = mask_by_command(event.command, event.response);
  if (fetched) masks.response.add(0, data_size(event.response));
  return masks;
}

}  // namespace ssc::apdu
