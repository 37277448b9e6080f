// A store that lives and dies with the process.
#pragma once

#include <map>

#include "simulator/core/store.h"

namespace ssc::simulator::store {

class MemoryStore final : public core::Store {
 public:
  std::optional<core::ByteView> find(core::CellId id) const override;
  bool commit(std::span<const core::Change> changes) override;

  const std::map<core::CellId, core::Bytes>& cells() const { return cells_; }

 private:
  std::map<core::CellId, core::Bytes> cells_;
};

}  // namespace ssc::simulator::store
