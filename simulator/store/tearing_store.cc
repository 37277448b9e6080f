#include "simulator/store/tearing_store.h"

#include "keys/digest.h"

namespace ssc::simulator::store {
namespace {

using core::Bytes;
using core::ByteView;
using core::CellId;
using core::CellKind;

constexpr std::size_t kIdSize = 5;

Bytes encode(const core::Change& change) {
  const Bytes kind{static_cast<std::uint8_t>(change.id.kind)};
  return apdu::concat(
      {kind, apdu::big_endian<2>(change.id.object), apdu::big_endian<2>(change.id.index), change.value});
}

CellId decode_id(ByteView entry) {
  return {static_cast<CellKind>(entry[0]), static_cast<std::uint16_t>(apdu::number(entry.subspan(1, 2))),
          static_cast<std::uint16_t>(apdu::number(entry.subspan(3, 2)))};
}

}  // namespace

std::optional<ByteView> TearingStore::find(CellId id) const {
  const auto it = cells_.find(id);
  if (it == cells_.end()) return std::nullopt;
  return ByteView(it->second);
}

void TearingStore::cut_at(Cut cut) {
  cut_ = cut;
  armed_at_ = writes_;
}

void TearingStore::cut_after(std::chrono::microseconds time) {
  deadline_ = std::chrono::steady_clock::now() + time;
}

void TearingStore::disarm() {
  cut_.reset();
  deadline_.reset();
}

bool TearingStore::write(Bytes& place, ByteView value) {
  if (!power_) return false;
  if (deadline_ && std::chrono::steady_clock::now() >= *deadline_) return power_ = false;
  const bool last = cut_ && writes_ == armed_at_ + cut_->write;
  ++writes_;
  std::size_t done = value.size();
  if (last && cut_->moment == Cut::Moment::kBefore) return power_ = false;
  if (last && cut_->moment == Cut::Moment::kDuring) done /= 2;
  place.assign(value.begin(), value.begin() + static_cast<std::ptrdiff_t>(done));
  power_ = !last;
  return power_;
}

Bytes TearingStore::journal_digest() const {
  Bytes all;
  for (const Bytes& entry : journal_) {
    const auto size = apdu::big_endian<2>(entry.size());
    all.insert(all.end(), size.begin(), size.end());
    all.insert(all.end(), entry.begin(), entry.end());
  }
  const keys::Digest digest = keys::sm3(all);
  return {digest.begin(), digest.end()};
}

bool TearingStore::write_cells() {
  for (const Bytes& entry : journal_) {
    if (!write(cells_[decode_id(entry)], ByteView(entry).subspan(kIdSize))) return false;
  }
  return write(mark_, {});
}

bool TearingStore::commit(std::span<const core::Change> changes) {
  if (!power_) return false;
  journal_.assign(changes.size(), {});
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (!write(journal_[i], encode(changes[i]))) return false;
  }
  return write(mark_, journal_digest()) && write_cells();
}

bool TearingStore::power_up(std::optional<Cut> cut) {
  power_ = true;
  deadline_.reset();
  cut_ = cut;
  armed_at_ = writes_;
  const bool complete = !mark_.empty() && mark_ == journal_digest();
  if (complete && !write_cells()) return false;
  mark_.clear();
  journal_.clear();
  cut_.reset();
  return true;
}

}  // namespace ssc::simulator::store
