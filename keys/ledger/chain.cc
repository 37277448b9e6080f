#include "keys/ledger/chain.h"

#include <fmt/format.h>

#include "keys/ledger/record_text.h"

namespace ssc::keys::ledger {
namespace {

std::string wrong_number(std::uint64_t number, std::uint64_t expected) {
  if (number < expected)
    return fmt::format("is entry {} where entry {} belongs: it was put in again or moved here", number,
                       expected);
  if (number == expected + 1)
    return fmt::format("is entry {} where entry {} belongs: that one is missing or was moved", number,
                       expected);
  return fmt::format("is entry {} where entry {} belongs: those between are missing or were moved", number,
                     expected);
}

}  // namespace

std::string Chain::fault_of(const Record& record) const {
  if (hash_of(record) != record.hash) return "was changed: its hash is not that of its text";
  if (record.number != count_ + 1) return wrong_number(record.number, count_ + 1);
  if (sound_ && record.previous != newest_)
    return "does not follow the entry before it: 'previous' is not that one's hash";
  if (record.time < time_)
    return fmt::format("is older than the entry before it ({}, {})", to_text(record.time), to_text(time_));
  if (record.centre != centre_) return fmt::format("belongs to the ledger of '{}'", record.centre);
  return {};
}

Chain::Taken Chain::take(std::string_view line) {
  auto record = parse_line(line);
  if (!record) {
    ++count_;
    sound_ = false;
    return {std::nullopt, record.error()};
  }
  Taken taken{*std::move(record), {}};
  taken.fault = fault_of(*taken.record);
  const bool whole = hash_of(*taken.record) == taken.record->hash;
  sound_ = taken.fault.empty() || whole;
  count_ = whole ? taken.record->number : count_ + 1;
  before_ = taken.record->previous;
  newest_ = taken.record->hash;
  if (whole) time_ = std::max(time_, taken.record->time);
  return taken;
}

}  // namespace ssc::keys::ledger
