#include "simulator/store/cell_seal.h"

#include <fmt/format.h>

namespace ssc::simulator::store {

std::string CellSeal::place(core::CellId id) const {
  return fmt::format("card-state/{}/{}/{}/{}", card_, static_cast<unsigned>(id.kind), id.object, id.index);
}

core::Bytes CellSeal::seal(core::CellId id, core::ByteView value) const {
  return keys::storage::seal(storage_.key, value, place(id));
}

std::optional<core::Bytes> CellSeal::open(core::CellId id, core::ByteView sealed) const {
  const auto value = keys::storage::open(storage_.key, sealed, place(id));
  if (!value) return std::nullopt;
  return core::Bytes(value->reveal().begin(), value->reveal().end());
}

}  // namespace ssc::simulator::store
