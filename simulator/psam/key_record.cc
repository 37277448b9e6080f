#include "simulator/psam/key_record.h"

#include <algorithm>

#include "simulator/psam/usage.h"

namespace ssc::simulator::psam {
namespace {

using keys::ByteView;
using keys::Cipher;

constexpr std::size_t kChangedHead = 3;
constexpr std::size_t kNewHead = 8;
constexpr std::size_t kAlgorithmAt = 3;

struct Algorithm {
  std::uint8_t byte;
  Cipher cipher;
  std::size_t key_size;
};
constexpr Algorithm kAlgorithms[] = {
    {0x00, Cipher::kDes, 16}, {0x01, Cipher::kDes, 8}, {0x02, Cipher::kSsf33, 16}, {0x03, Cipher::kSm4, 16}};

bool fits(std::uint8_t algorithm, Cipher cipher, std::size_t key_size) {
  return std::ranges::any_of(kAlgorithms, [=](const Algorithm& known) {
    return known.byte == algorithm && known.cipher == cipher && known.key_size == key_size;
  });
}

bool all_zero(ByteView bytes) {
  return std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0; });
}

}  // namespace

std::optional<KeyRecord> read_changed_key(ByteView plain) {
  const bool sound = plain.size() > kChangedHead && usable(plain[0]) && plain[kChangedHead - 1] == 0;
  if (!sound) return std::nullopt;
  return KeyRecord{plain[0], plain[1], plain.subspan(kChangedHead)};
}

std::optional<KeyRecord> read_new_key(ByteView plain, Cipher cipher) {
  const auto record = read_changed_key(plain);
  if (!record || plain.size() <= kNewHead || !all_zero(plain.subspan(kAlgorithmAt + 1, 4)))
    return std::nullopt;
  const ByteView value = plain.subspan(kNewHead);
  if (!fits(plain[kAlgorithmAt], cipher, value.size())) return std::nullopt;
  return KeyRecord{record->usage, record->id, value};
}

}  // namespace ssc::simulator::psam
