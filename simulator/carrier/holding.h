// What a carrier is, and what it holds: its public files and the records of its key files.
#pragma once

#include <array>

#include "keys/ceremony/carrier_record.h"
#include "simulator/core/card_view.h"
#include "simulator/core/transaction.h"

namespace ssc::simulator::carrier {

using keys::ceremony::Head;

inline constexpr core::FileId kRoutes{keys::ceremony::kRoutesFile};

// EF 0015 and EF 0017 of the MF.
struct Identity {
  std::uint8_t type = 0;
  unsigned level = 0;                  // 0 ministry, 1 province, 2 city
  std::array<std::uint8_t, 2> area{};  // BCD: 99 01
  std::uint8_t receivers = 0;          // all that its keys may go to
};
Identity identity_of(const core::CardView& view);

// Whether `area` (two bytes, BCD) is the carrier's own or below it.
bool covers(const Identity& carrier, std::uint8_t first, std::uint8_t second);

bool is_routes(const core::CardView& view, core::EfIndex file);

// A record as it is now. Precondition: of a key file.
Head head_of(const core::CardView& view, core::KeyIndex key);

// By type (usage without its level bits), id and group; a route by usage and id.
std::optional<core::KeyIndex> find_key(const core::CardView& view, core::EfIndex file, std::uint8_t usage,
                                       std::uint8_t id, std::uint8_t group);
// In file 0014 of the current application.
std::optional<core::KeyIndex> find_route(const core::CardView& view, std::uint8_t usage, std::uint8_t id);

// Proposes the record with one use less; one that is not counted stays. Precondition: left > 0.
void count_use(core::Transaction& tx, core::KeyIndex key, Head head);

}  // namespace ssc::simulator::carrier
