// Octets that look alike, each with a type of its own.
#pragma once

#include <cstdint>

#include "apdu/bytes.h"

namespace ssc::simulator::core {

using apdu::Bytes;
using apdu::ByteView;
using apdu::InplaceBytes;

enum class FileId : std::uint16_t {};     // FID, big-endian on the wire
enum class Sfi : std::uint8_t {};         // 1..30; 0 means none
enum class KeyId : std::uint8_t {};       // P2 of EXTERNAL AUTHENTICATION; top bit: key of the current DF
enum class KeyVersion : std::uint8_t {};  // key group, 1..3; 0 on the wire means the first
enum class DfIndex : std::uint16_t {};    // position in Image::dfs
enum class EfIndex : std::uint16_t {};    // position in Image::efs
enum class KeyIndex : std::uint16_t {};   // position in Image::keys
enum class KeyFamily : std::uint16_t {};  // all versions of one key; what an access rule names

inline constexpr KeyFamily kNoFamily{256};  // of keys that open nothing; no access rule names it
inline constexpr FileId kMasterFile{0x3F00};
inline constexpr DfIndex kMfIndex{0};
inline constexpr DfIndex kNoDf{0xFFFF};

constexpr std::size_t index(DfIndex i) { return static_cast<std::size_t>(i); }
constexpr std::size_t index(EfIndex i) { return static_cast<std::size_t>(i); }
constexpr std::size_t index(KeyIndex i) { return static_cast<std::size_t>(i); }
constexpr std::size_t index(KeyFamily i) { return static_cast<std::size_t>(i); }

}  // namespace ssc::simulator::core
