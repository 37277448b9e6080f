// Octet strings: owned, viewed, and of bounded length without a heap.
#pragma once

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <vector>

namespace ssc::apdu {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

// At most `Capacity` bytes, stored in place: what a command path uses instead of Bytes, so that it touches no
// heap.
template <std::size_t Capacity>
class InplaceBytes {
 public:
  constexpr InplaceBytes() = default;
  // Precondition: bytes.size() <= Capacity.
  constexpr explicit InplaceBytes(ByteView bytes) { append(bytes); }

  constexpr std::size_t size() const { return size_; }
  constexpr bool empty() const { return size_ == 0; }
  constexpr std::size_t room() const { return Capacity - size_; }
  constexpr ByteView view() const { return {data_.data(), size_}; }
  constexpr operator ByteView() const { return view(); }  // NOLINT: a view of itself

  constexpr void clear() { size_ = 0; }
  // Precondition of both: the bytes fit into room().
  constexpr void push_back(std::uint8_t byte) {
    assert(size_ < Capacity);
    data_[size_++] = byte;
  }
  constexpr void append(ByteView bytes) {
    assert(bytes.size() <= room());
    std::copy(bytes.begin(), bytes.end(), data_.begin() + static_cast<std::ptrdiff_t>(size_));
    size_ += bytes.size();
  }
  constexpr void truncate(std::size_t size) { size_ = std::min(size_, size); }

  friend constexpr bool operator==(const InplaceBytes& a, const InplaceBytes& b) {
    return std::ranges::equal(a.view(), b.view());
  }

 private:
  std::array<std::uint8_t, Capacity> data_{};
  std::size_t size_ = 0;
};

inline bool equal(ByteView a, ByteView b) { return std::ranges::equal(a, b); }

// The parts in a row.
Bytes concat(std::initializer_list<ByteView> parts);

// a xor b, byte by byte. Precondition: equal sizes.
Bytes exclusive_or(ByteView a, ByteView b);

// The low `Size` bytes of a number, big-endian.
template <std::size_t Size>
constexpr std::array<std::uint8_t, Size> big_endian(std::uint64_t value) {
  std::array<std::uint8_t, Size> out{};
  for (std::size_t i = Size; i-- > 0; value >>= 8) out[i] = static_cast<std::uint8_t>(value & 0xFF);
  return out;
}

// A number of up to 8 big-endian bytes.
constexpr std::uint64_t number(ByteView bytes) {
  std::uint64_t value = 0;
  for (const std::uint8_t byte : bytes) value = (value << 8) | byte;
  return value;
}

}  // namespace ssc::apdu
