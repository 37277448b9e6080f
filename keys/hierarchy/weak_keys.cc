#include "keys/hierarchy/weak_keys.h"

#include <algorithm>

#include "keys/cipher.h"

namespace ssc::keys::hierarchy {
namespace {

constexpr std::size_t kHalf = 8;

// With odd parity, as NIST SP 800-67 §3.3.2 lists them.
constexpr std::uint64_t kWeak[] = {0x0101010101010101, 0xFEFEFEFEFEFEFEFE, 0xE0E0E0E0F1F1F1F1,
                                   0x1F1F1F1F0E0E0E0E};
constexpr std::uint64_t kSemiWeak[] = {0x011F011F010E010E, 0x1F011F010E010E01, 0x01E001E001F101F1,
                                       0xE001E001F101F101, 0x01FE01FE01FE01FE, 0xFE01FE01FE01FE01,
                                       0x1FE01FE00EF10EF1, 0xE01FE01FF10EF10E, 0x1FFE1FFE0EFE0EFE,
                                       0xFE1FFE1FFE0EFE0E, 0xE0FEE0FEF1FEF1FE, 0xFEE0FEE0FEF1FEF1};

constexpr std::uint64_t kNoParity = 0xFEFEFEFEFEFEFEFE;

bool listed(std::span<const std::uint64_t> keys, ByteView half) {
  const std::uint64_t wanted = apdu::number(half) & kNoParity;
  return std::ranges::any_of(keys, [wanted](std::uint64_t key) { return (key & kNoParity) == wanted; });
}

bool any_half(std::span<const std::uint64_t> keys, ByteView value) {
  for (std::size_t at = 0; at + kHalf <= value.size(); at += kHalf) {
    if (listed(keys, value.subspan(at, kHalf))) return true;
  }
  return false;
}

std::array<std::uint8_t, 16> masked(const Key& key) {
  std::array<std::uint8_t, 16> out{};
  const std::uint8_t mask = key.cipher() == Cipher::kDes ? 0xFE : 0xFF;
  std::ranges::transform(key.reveal(), out.begin(),
                         [mask](std::uint8_t byte) { return std::uint8_t(byte & mask); });
  return out;
}

bool equal_halves(const Key& key) {
  auto bytes = masked(key);
  const bool equal = equal_in_constant_time(ByteView(bytes).first(kHalf), ByteView(bytes).last(kHalf));
  wipe(bytes.data(), bytes.size());
  return equal;
}

bool all_equal(ByteView value) {
  return std::ranges::all_of(value, [&](std::uint8_t byte) { return byte == value.front(); });
}

}  // namespace

std::optional<std::string_view> weakness_of(const Key& key) {
  const ByteView value = key.reveal();
  if (key.cipher() == Cipher::kDes) {
    if (any_half(kWeak, value)) return "a weak DES key";
    if (any_half(kSemiWeak, value)) return "a semi-weak DES key";
    if (value.size() == 2 * kHalf && equal_halves(key)) return "equal halves, which is single DES";
  }
  if (all_equal(value)) return "all bytes equal";
  return std::nullopt;
}

bool same_key(const Key& a, const Key& b) {
  if (a.cipher() != b.cipher() || a.size() != b.size()) return false;
  auto left = masked(a);
  auto right = masked(b);
  const bool same = equal_in_constant_time(left, right);
  wipe(left.data(), left.size());
  wipe(right.data(), right.size());
  return same;
}

}  // namespace ssc::keys::hierarchy
