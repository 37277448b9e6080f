// The command catalogue: the tables of cards, PSAMs and key carriers, and the questions a dispatcher, a trace
// and a generator of negative tests ask them. Everything here is constexpr, noexcept and heap-free.
#pragma once

#include <span>

#include "apdu/card_commands.h"
#include "apdu/carrier_commands.h"
#include "apdu/personalisation_commands.h"
#include "apdu/psam_commands.h"
#include "apdu/trace.h"

namespace ssc::apdu {

using CommandTable = std::span<const CommandRow>;

constexpr CommandTable card_commands() noexcept { return kCardCommands; }
constexpr CommandTable psam_commands() noexcept { return kPsamCommands; }
constexpr CommandTable carrier_commands() noexcept { return kCarrierCommands; }

// The standard's card commands, then those that make a card before it is issued.
inline constexpr auto kCardOsCommands = [] {
  std::array<CommandRow, kCardCommands.size() + kPersonalisationCommands.size()> all{};
  std::copy(kPersonalisationCommands.begin(), kPersonalisationCommands.end(),
            std::copy(kCardCommands.begin(), kCardCommands.end(), all.begin()));
  return all;
}();
constexpr CommandTable card_os_commands() noexcept { return kCardOsCommands; }

// Part 2 §9.4.1: what ISO lets a CLA and an INS be at all, known or not.
constexpr bool valid_class(std::uint8_t cla) noexcept { return cla != 0xFF; }
constexpr bool valid_instruction(std::uint8_t ins) noexcept {
  return (ins & 0x01) == 0 && (ins >> 4) != 0x6 && (ins >> 4) != 0x9;
}

// Whether P1 P2 are what the row takes; if not, 6A86.
constexpr bool parameters_valid(const CommandRow& row, std::uint8_t p1, std::uint8_t p2) noexcept;

// Whether Lc and Le are what the row takes under keys of this cipher block (8 or 16 bytes); if not, 6700. An
// extended APDU never is. Under a secure-messaging CLA of a command that also has a plain one, Lc counts 4
// bytes of MAC besides. Precondition: the row takes the command's CLA, P1 and P2.
constexpr bool lengths_valid(const CommandRow& row, const Command& command, std::size_t block_size) noexcept;

enum class LookupResult : std::uint8_t {
  kFound,
  kUnknownClass,        // no row has the CLA: 6E00
  kUnknownInstruction,  // no row with that CLA has the INS: 6D00
  kWrongParameters,     // no row with that CLA and INS takes P1 P2: 6A86
};

struct Lookup {
  LookupResult result;
  const CommandRow* row;  // kFound: the row; kWrongParameters: the first row with that CLA and INS; else null
};

constexpr Lookup find_command(CommandTable table, const Header& header) noexcept;

// For a trace that says where a card sits and not what it is: what usually sits there, else a key carrier.
constexpr Lookup find_command(Slot slot, const Header& header) noexcept;

// The row of a command, or null when the table has none.
constexpr const CommandRow* find_command(CommandTable table, CommandId id) noexcept;

// ---- how it is done ----

constexpr bool is_sfi(unsigned value) noexcept { return value >= 1 && value <= 30; }  // Part 3 §5.2.3

constexpr bool binary_address_valid(std::uint8_t p1) noexcept {
  return (p1 & 0x80) == 0 || ((p1 & 0x60) == 0 && is_sfi(p1 & 0x1FU));
}

constexpr bool record_address_valid(std::uint8_t p1, std::uint8_t p2, unsigned highest_mode) noexcept {
  const unsigned sfi = p2 >> 3;
  return p1 != 0xFF && (sfi == 0 || is_sfi(sfi)) && (p2 & 0x07U) <= highest_mode;
}

// Levels 0 to 3 ‖ a type of Part 9 §6.3.
constexpr bool key_usage_valid(std::uint8_t usage) noexcept {
  constexpr unsigned kMostLevels = 3;
  constexpr std::uint8_t kTypes[] = {2, 6, 7, 8, 9, 12};
  const unsigned type = usage & 0x1FU;
  return (usage >> 5) <= kMostLevels && std::ranges::find(kTypes, type) != std::end(kTypes);
}

constexpr bool parameters_valid(const CommandRow& row, std::uint8_t p1, std::uint8_t p2) noexcept {
  switch (row.parameters.kind) {
    case ParameterRule::Kind::kListed:
      return row.parameters.p1.contains(p1) && row.parameters.p2.contains(p2);
    case ParameterRule::Kind::kKeyInP2:
      return row.parameters.p1.contains(p1);
    case ParameterRule::Kind::kKeyInBoth:
      return key_usage_valid(p1);
    case ParameterRule::Kind::kKeyRecord:
      return true;
    case ParameterRule::Kind::kBinaryAddress:
      return binary_address_valid(p1);
    case ParameterRule::Kind::kRecordRead:
      return record_address_valid(p1, p2, 0b110);
    case ParameterRule::Kind::kRecordUpdate:
      return record_address_valid(p1, p2, 0b100);
  }
  return false;
}

// Whether this CLA adds a MAC to a command that can also be sent without (04 beside 00).
constexpr bool adds_mac(const CommandRow& row, std::uint8_t cla) noexcept {
  return (cla & 0x04) != 0 && row.cla.contains(static_cast<std::uint8_t>(cla & ~0x04U));
}

constexpr bool lengths_valid(const CommandRow& row, const Command& command, std::size_t block_size) noexcept {
  constexpr std::size_t kMacSize = 4;
  const std::size_t mac = adds_mac(row, command.cla) ? kMacSize : 0;
  return !command.extended && command.data.size() >= mac &&
         row.lc.lengths(command.p1, block_size).contains(command.data.size() - mac) &&
         row.le.lengths(command.p1, block_size).contains(command.le.value_or(0));
}

constexpr Lookup find_command(CommandTable table, const Header& header) noexcept {
  Lookup nearest{LookupResult::kUnknownClass, nullptr};
  for (const CommandRow& row : table) {
    if (!row.cla.contains(header.cla)) continue;
    if (nearest.result == LookupResult::kUnknownClass) nearest.result = LookupResult::kUnknownInstruction;
    if (row.ins != header.ins) continue;
    if (parameters_valid(row, header.p1, header.p2)) return {LookupResult::kFound, &row};
    if (nearest.row == nullptr) nearest = {LookupResult::kWrongParameters, &row};
  }
  return nearest;
}

constexpr Lookup find_command(Slot slot, const Header& header) noexcept {
  const Lookup usual = find_command(slot == Slot::kCard ? card_os_commands() : psam_commands(), header);
  if (usual.result == LookupResult::kFound) return usual;
  const Lookup carried = find_command(carrier_commands(), header);
  return carried.result == LookupResult::kFound ? carried : usual;
}

constexpr const CommandRow* find_command(CommandTable table, CommandId id) noexcept {
  for (const CommandRow& row : table) {
    if (row.id == id) return &row;
  }
  return nullptr;
}

constexpr bool well_formed(CommandTable table) noexcept {
  for (const CommandRow& row : table) {
    if (find_command(table, row.id) != &row || !valid_instruction(row.ins)) return false;
    if (!std::ranges::all_of(row.cla.list(), valid_class)) return false;
  }
  return true;
}
static_assert(well_formed(card_os_commands()) && well_formed(psam_commands()) &&
                  well_formed(carrier_commands()),
              "one row a command, with a CLA and an INS that ISO allows");

}  // namespace ssc::apdu
