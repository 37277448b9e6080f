// Where a card keeps what it changed.
#pragma once

#include <optional>
#include <span>

#include "simulator/core/cell.h"

namespace ssc::simulator::core {

class Store {
 public:
  virtual ~Store() = default;
  // The cell's bytes, or nothing when the card never changed it (the image's initial contents hold then). The
  // view lives until the next commit.
  virtual std::optional<ByteView> find(CellId id) const = 0;
  // All changes or none, also when power goes in between. False: nothing was changed (the card answers 6581).
  virtual bool commit(std::span<const Change> changes) = 0;
};

}  // namespace ssc::simulator::core
