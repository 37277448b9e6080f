// What happened at a card's contacts, told to whoever wants to write it down.
#pragma once

#include <cstdint>
#include <string_view>

#include "apdu/bytes.h"
#include "apdu/language.h"

namespace ssc::apdu {

enum class Slot : std::uint8_t { kCard, kPsam };

// A run of octets that holds a PIN, a key or personal data: masked unless the user asked for it.
struct SensitiveRange {
  std::uint16_t offset = 0;
  std::uint16_t size = 0;
};

// At most four ranges a message; none at all means "nothing secret here", said by someone who knows.
class SensitiveRanges {
 public:
  constexpr void add(std::size_t offset, std::size_t size) {
    if (size == 0 || count_ == ranges_.size()) return;
    ranges_[count_++] = {static_cast<std::uint16_t>(offset), static_cast<std::uint16_t>(size)};
  }
  constexpr std::span<const SensitiveRange> list() const { return {ranges_.data(), count_}; }
  constexpr bool covers(std::size_t position) const {
    return std::ranges::any_of(list(), [position](const SensitiveRange& range) {
      return position >= range.offset && position < std::size_t{range.offset} + range.size;
    });
  }

 private:
  std::array<SensitiveRange, 4> ranges_{};
  std::size_t count_ = 0;
};

struct TraceEvent {
  enum class Kind : std::uint8_t { kPowerOn, kReset, kPowerOff, kExchange, kNote };
  Kind kind = Kind::kExchange;
  Slot slot = Slot::kCard;
  std::uint64_t time_us = 0;  // microseconds since the clock's start; from the injected clock
  ByteView command = {};      // kExchange: as received
  ByteView response = {};     // kExchange: data ‖ SW as sent; kPowerOn and kReset: the ATR
  // Whether the two lists below were set by someone who knows the command; if not, the writer masks by
  // command (see mask_by_command).
  bool ranges_known = false;
  SensitiveRanges command_secrets = {};
  SensitiveRanges response_secrets = {};
  // kExchange: the file, item or key the command is about, as the card file names it; empty: nobody said.
  Phrase subject = {};
  std::string_view note = {};  // kNote: one line; else empty or a remark on this exchange
};

// Told of each event in order. Views in the event live only as long as the call.
class TraceSink {
 public:
  virtual ~TraceSink() = default;
  virtual void event(const TraceEvent& event) = 0;
};

}  // namespace ssc::apdu
