// A store like a card's EEPROM: single writes that power can cut, and a journal that makes many of them one.
// For anti-tear tests.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>

#include "simulator/core/store.h"

namespace ssc::simulator::store {

// When power goes: at which single write, and how much of that write is done by then.
struct Cut {
  enum class Moment : std::uint8_t { kBefore, kDuring, kAfter };
  std::size_t write = 0;  // 0 is the next one
  Moment moment = Moment::kBefore;
};

// A commit writes its changes into the journal, then a mark with their digest, then the cells, then clears
// the mark. Without power nothing is written and every commit fails. At power-up a journal with a good mark
// is written to the cells again; any other is void.
class TearingStore final : public core::Store {
 public:
  std::optional<core::ByteView> find(core::CellId id) const override;
  bool commit(std::span<const core::Change> changes) override;

  // Arms one cut, counted from now.
  void cut_at(Cut cut);
  // Power goes at the first single write that begins so long from now, or later.
  void cut_after(std::chrono::microseconds time);
  // No cut is armed any more.
  void disarm();
  bool has_power() const { return power_; }
  // Power comes back and the journal is recovered. A cut armed here counts from the recovery's first write;
  // without one none is armed. False: it went again; the next power-up recovers.
  bool power_up(std::optional<Cut> cut = std::nullopt);

  // Single writes since the store was made.
  std::size_t writes() const { return writes_; }
  const std::map<core::CellId, core::Bytes>& cells() const { return cells_; }

 private:
  // One single write; false when power went at it or before.
  bool write(core::Bytes& place, core::ByteView value);
  core::Bytes journal_digest() const;
  bool write_cells();

  std::map<core::CellId, core::Bytes> cells_;
  std::vector<core::Bytes> journal_;  // one entry a change: kind ‖ object ‖ index ‖ value
  core::Bytes mark_;                  // digest of the journal, or nothing
  bool power_ = true;
  std::size_t writes_ = 0;
  std::optional<Cut> cut_;
  std::size_t armed_at_ = 0;
  std::optional<std::chrono::steady_clock::time_point> deadline_;
};

}  // namespace ssc::simulator::store
