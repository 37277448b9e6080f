// Record files: linear (number 1 is the oldest) and cyclic (number 1 is the newest) (Part 3 §5.3).
#pragma once

#include <optional>

#include "simulator/core/addressing.h"
#include "simulator/core/card_view.h"
#include "simulator/core/file_error.h"
#include "simulator/core/transaction.h"

namespace ssc::simulator::core {

class RecordFile {
 public:
  RecordFile(const CardView& view, EfIndex ef);

  std::size_t count() const { return count_; }
  // Precondition: 1 <= number <= count().
  ByteView record(std::size_t number) const;

  // The record an address names, the session's current record taken into account.
  FileResult<std::uint16_t> locate(const RecordAddress& address) const;

  // Replaces a record. Linear files take tag ‖ length ‖ value of the old length, unless the file lets it
  // vary.
  FileResult<void> replace(Transaction& tx, std::size_t number, ByteView data) const;
  // Linear: after the last record; cyclic: becomes number 1, the oldest goes when the ring is full. Returns
  // the new record's number.
  FileResult<std::uint16_t> append(Transaction& tx, ByteView data) const;

 private:
  bool cyclic() const { return ef().type == FileType::kCyclic; }
  const Ef& ef() const { return view_.image().ef(index_); }
  std::size_t slot(std::size_t number) const;
  std::optional<std::uint16_t> find(RecordMode mode, std::uint8_t identifier) const;
  bool matches(std::size_t number, std::uint8_t identifier) const;
  FileResult<void> check_shape(ByteView data) const;

  const CardView& view_;
  EfIndex index_;
  std::size_t count_ = 0;
  std::size_t newest_ = 0;  // cyclic: slot of number 1
};

}  // namespace ssc::simulator::core
