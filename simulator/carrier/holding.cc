#include "simulator/carrier/holding.h"

#include <algorithm>

#include "apdu/catalogue.h"

namespace ssc::simulator::carrier {
namespace {

namespace ceremony = keys::ceremony;

using core::EfIndex;
using core::KeyIndex;
using core::KeySlot;

constexpr core::FileId kIssuerFile{0x0015};
constexpr core::FileId kCarrierFile{0x0017};
constexpr std::size_t kTypeAt = 12;
constexpr std::uint8_t kTypeBits = 0x1F;

core::ByteView binary(const core::CardView& view, core::FileId fid) {
  const auto file = view.image().find_ef(core::kMfIndex, fid);
  return file ? view.cell(core::binary_cell(*file)) : core::ByteView{};
}

template <class Test>
std::optional<KeyIndex> find_record(const core::CardView& view, EfIndex file, Test test) {
  const auto& keys = view.image().keys;
  const auto found =
      std::ranges::find_if(keys, [&](const KeySlot& key) { return key.file == file && test(key); });
  if (found == keys.end()) return std::nullopt;
  return static_cast<KeyIndex>(found - keys.begin());
}

}  // namespace

Identity identity_of(const core::CardView& view) {
  Identity out;
  const core::ByteView issuer = binary(view, kIssuerFile);
  const core::ByteView carrier = binary(view, kCarrierFile);
  constexpr std::size_t kCarrierSize = 5;
  if (issuer.size() <= kTypeAt || carrier.size() < kCarrierSize) return out;
  out.type = issuer[kTypeAt];
  out.level = carrier[0];
  out.area = {carrier[1], carrier[2]};
  out.receivers = carrier[4];
  return out;
}

bool covers(const Identity& carrier, std::uint8_t first, std::uint8_t second) {
  if (carrier.level >= 1 && first != carrier.area[0]) return false;
  return carrier.level < 2 || second == carrier.area[1];
}

bool is_routes(const core::CardView& view, EfIndex file) { return view.image().ef(file).fid == kRoutes; }

Head head_of(const core::CardView& view, KeyIndex key) {
  return ceremony::read_head(view.cell(core::carried_head_cell(key)));
}

std::optional<KeyIndex> find_key(const core::CardView& view, EfIndex file, std::uint8_t usage,
                                 std::uint8_t id, std::uint8_t group) {
  const bool routes = is_routes(view, file);
  return find_record(view, file, [=](const KeySlot& key) {
    if (key.id != core::KeyId{id}) return false;
    return routes ? key.usage == usage
                  : (key.usage & kTypeBits) == (usage & kTypeBits) && key.version == core::KeyVersion{group};
  });
}

std::optional<KeyIndex> find_route(const core::CardView& view, std::uint8_t usage, std::uint8_t id) {
  const auto file = view.image().find_ef(view.session().df, kRoutes);
  return file ? find_key(view, *file, usage, id, 0) : std::nullopt;
}

void count_use(core::Transaction& tx, KeyIndex key, Head head) {
  if (head.left == ceremony::kUncounted) return;
  --head.left;
  tx.put(core::carried_head_cell(key), ceremony::octets(head));
}

}  // namespace ssc::simulator::carrier
