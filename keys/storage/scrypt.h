// scrypt (RFC 7914), r = 8, p = 1: makes guessing a short secret dear.
#pragma once

#include <array>

#include "apdu/bytes.h"
#include "keys/storage/storage_error.h"

namespace ssc::keys::storage {

// N = 2^cost; 2^(cost+10) bytes of memory.
inline constexpr unsigned kLeastCost = 10;
inline constexpr unsigned kMostCost = 20;

using Stretched = std::array<std::uint8_t, 32>;

// Precondition: kLeastCost <= cost <= kMostCost. Error kFile: the memory it takes is not to be had.
Stored<Stretched> scrypt(apdu::ByteView secret, apdu::ByteView salt, unsigned cost);

}  // namespace ssc::keys::storage
