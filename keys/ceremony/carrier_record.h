// A key record as carriers keep and send it: eight bytes, then the value (simulator/carrier/README.md §3).
#pragma once

#include <array>
#include <tl/expected.hpp>

#include "apdu/status_word.h"
#include "keys/key.h"

namespace ssc::keys::ceremony {

// Key card types of EF 0015.
inline constexpr std::uint8_t kPsamType = 0x01;
inline constexpr std::uint8_t kMasterCardType = 0x10;
inline constexpr std::uint8_t kMotherCardType = 0x11;
inline constexpr std::uint8_t kTransmissionCardType = 0x12;

inline constexpr std::uint16_t kRoutesFile = 0x0014;

// What a receiver can be; a key's byte 5 is a sum of them.
inline constexpr std::uint8_t kToPsam = 0x01;
inline constexpr std::uint8_t kToMotherCard = 0x02;
inline constexpr std::uint8_t kToMachine = 0x04;
inline constexpr std::uint8_t kToTransmissionCard = 0x08;
inline constexpr std::uint8_t kWhole = 0x10;  // may arrive undiversified

inline constexpr std::uint8_t kTransmissionKey = 0x10;  // usages in the file of routes
inline constexpr std::uint8_t kRootOfKid = 0x11;
inline constexpr std::uint16_t kUncounted = 0xFFFF;
inline constexpr std::size_t kHeadSize = 8;

// The eight bytes. Bytes 3, 5 and 6 read differently in the file of routes.
struct Head {
  std::uint8_t usage = 0;
  std::uint8_t id = 0;
  std::uint8_t group = 0;  // routes: the one kind of receiver
  std::uint8_t algorithm = 0;
  std::uint8_t receivers = 0;  // routes: the area's first byte, BCD
  std::uint8_t area = 0;       // 00; routes: the area's second byte
  std::uint16_t left = 0;      // exports, or uses, that are left

  std::uint8_t kind() const { return group; }
  // 0 the ministry's, 1 a province's, 2 a city's.
  unsigned level() const { return receivers == 0 ? 0 : area == 0 ? 1 : 2; }
};

// Precondition: eight bytes.
Head read_head(ByteView bytes);
std::array<std::uint8_t, kHeadSize> octets(const Head& head);

struct KeyRecord {
  Head head;
  ByteView value;
};

// `routes`: of file 0014. Errors: 6A81 SSF33 or an algorithm that is not `cipher`'s; 6A80 no record of §3.
tl::expected<KeyRecord, apdu::StatusWord> read_record(ByteView plain, bool routes, Cipher cipher);

}  // namespace ssc::keys::ceremony
