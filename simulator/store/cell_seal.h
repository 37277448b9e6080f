// Cells as they lie on disk: each sealed under the state's storage key. Private to this folder.
#pragma once

#include <optional>
#include <string>

#include "keys/storage/storage_record.h"
#include "simulator/core/cell.h"

namespace ssc::simulator::store {

class CellSeal {
 public:
  // `card`: the digest of what the state belongs to. A cell that was moved to another place or card does not
  // open.
  CellSeal(keys::storage::Storage storage, std::string card)
      : storage_(std::move(storage)), card_(std::move(card)) {}

  core::Bytes seal(core::CellId id, core::ByteView value) const;
  // Nothing: changed, moved, or sealed under another key.
  std::optional<core::Bytes> open(core::CellId id, core::ByteView sealed) const;

  const keys::storage::Storage& storage() const { return storage_; }

 private:
  std::string place(core::CellId id) const;

  keys::storage::Storage storage_;
  std::string card_;
};

}  // namespace ssc::simulator::store
