#include "simulator/psam/commands/init_sam_for_purchase.h"

#include <limits>

#include "keys/medical.h"
#include "simulator/psam/diversification.h"
#include "simulator/psam/usage.h"

namespace ssc::simulator::psam {
namespace {

namespace sw = apdu::sw;
using apdu::ByteView;
using apdu::Response;

constexpr core::FileId kTerminalNumber{0x0016};
constexpr core::FileId kTerminalSequence{0x0019};

// The data field (Part 9 t.27); amounts, date and time as they stand in MAC1.
struct Input {
  keys::TransactionRandom random{};
  std::uint16_t card_sequence = 0;
  keys::Purchase purchase;
  ByteView factors;  // last level first
};

template <std::size_t Size>
std::array<std::uint8_t, Size> array_at(ByteView data, std::size_t offset) {
  std::array<std::uint8_t, Size> out{};
  std::ranges::copy(data.subspan(offset, Size), out.begin());
  return out;
}

keys::Amount amount_at(ByteView data, std::size_t offset) {
  return static_cast<keys::Amount>(apdu::number(data.subspan(offset, 4)));
}

Input parse(ByteView data) {
  Input in;
  in.random = array_at<4>(data, 0);
  in.card_sequence = static_cast<std::uint16_t>(apdu::number(data.subspan(4, 2)));
  in.purchase.personal = amount_at(data, 6);
  in.purchase.self_paid = amount_at(data, 10);
  in.purchase.pooled = amount_at(data, 14);
  in.purchase.type = data[18];
  in.purchase.date_time = array_at<7>(data, 19);
  in.factors = data.subspan(28);  // after the key's version and algorithm
  return in;
}

// The terminal's own items: its number from the environment, its sequence from the application.
struct Terminal {
  keys::TerminalNumber number{};
  std::uint32_t sequence = 0;
  core::EfIndex sequence_file{};
};

std::optional<Terminal> terminal_of(const core::CardView& view) {
  const auto number = view.image().find_ef(view.environment(), kTerminalNumber);
  const auto sequence = view.image().find_ef(view.session().df, kTerminalSequence);
  if (!number || !sequence) return std::nullopt;
  Terminal terminal;
  const ByteView number_bytes = view.cell(core::binary_cell(*number));
  const ByteView sequence_bytes = view.cell(core::binary_cell(*sequence));
  if (number_bytes.size() < terminal.number.size() || sequence_bytes.size() != 4) return std::nullopt;
  terminal.number = array_at<6>(number_bytes, 0);
  terminal.sequence = static_cast<std::uint32_t>(apdu::number(sequence_bytes));
  terminal.sequence_file = *sequence;
  const bool at_its_end = terminal.sequence == std::numeric_limits<std::uint32_t>::max();
  return at_its_end ? std::nullopt : std::optional(terminal);
}

}  // namespace

Response init_sam_for_purchase(const core::CardView& view, core::Transaction& tx,
                               const core::Request& request) {
  Input in = parse(request.data);
  const core::KeySlot& slot = view.image().key(*request.target.key);
  if (in.factors.size() != 8 * levels_of(slot.usage)) return Response(sw::wrong_length);
  const auto terminal = terminal_of(view);
  if (!terminal) return Response(sw::conditions_of_use_not_satisfied);
  in.purchase.terminal = terminal->number;
  in.purchase.terminal_sequence = terminal->sequence;
  const auto dpk = card_key(view.key_value(*request.target.key), in.factors);
  const auto sespk = keys::purchase_session_key(dpk, in.random, in.card_sequence, terminal->sequence);
  tx.session().expected_mac2 = keys::purchase_mac2(sespk, in.purchase);
  tx.put(core::binary_cell(terminal->sequence_file), apdu::big_endian<4>(terminal->sequence + 1ULL));
  apdu::InplaceBytes<8> answer(apdu::big_endian<4>(terminal->sequence));
  answer.append(keys::purchase_mac1(sespk, in.purchase));
  return {answer, sw::ok};
}

}  // namespace ssc::simulator::psam
