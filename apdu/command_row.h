// What one row of the command catalogue says: closed little types, all constexpr, none with a heap.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "apdu/command.h"
#include "apdu/status_word.h"

namespace ssc::apdu {

// Every command of Part 5 §6 and §7 and of Part 9 §9, then this card OS's own. PIN CHANGE/UNBLOCK and GET
// BALANCE are two each: what they want depends on P2.
enum class CommandId : std::uint8_t {
  kApplicationBlock,
  kCardBlock,
  kChangePin,
  kExternalAuthentication,
  kGetChallenge,
  kGetResponse,
  kInternalAuthentication,
  kPinUnblock,
  kPinReload,
  kReadBinary,
  kReadRecord,
  kSelect,
  kUpdateBinary,
  kUpdateRecord,
  kVerify,
  kInitializeForLoad,
  kCreditForLoad,
  kInitializeForPurchase,
  kDebitForPurchase,
  kGetBalance,
  kGetYearTotals,
  kGetTransactionProof,
  kUpdateStartingDay,
  kGetStartingDay,
  kInitializeEnvironment,
  kCreateKey,
  kChangeKey,
  kDeliverySessionKey,
  kCipherData,
  kInitSamForPurchase,
  kCreditSamForPurchase,
  kCreateFile,
  kDeleteStructure,
  kLoadKey,
  kPutData,
  kWriteBinary,
  kWriteRecord,
  kEndOfIssue,
  kReplaceKey,
  kGetKeyInformation,
  kMakeProof,
  kExportKey,
};

// Up to six bytes; for CLA, P1 and P2.
class ByteSet {
 public:
  constexpr ByteSet() = default;
  constexpr ByteSet(std::initializer_list<std::uint8_t> bytes)
      : bytes_(ByteView(bytes.begin(), bytes.size())) {}
  constexpr bool contains(std::uint8_t byte) const { return std::ranges::find(list(), byte) != list().end(); }
  constexpr ByteView list() const { return bytes_.view(); }

 private:
  InplaceBytes<6> bytes_;
};

// What P1 P2 may be; anything else is 6A86.
struct ParameterRule {
  enum class Kind : std::uint8_t {
    kListed,         // P1 and P2 from their lists
    kKeyInP2,        // P1 from its list, P2 a key or key file; whether it exists is asked later (6A88, 6A82)
    kKeyInBoth,      // P1 key usage (Part 9 §6.3), P2 key id
    kBinaryAddress,  // Part 5 t.29, t.41
    kRecordRead,     // Part 5 t.32
    kRecordUpdate,   // Part 5 t.44
    kKeyRecord,      // P1 number of a key record, P2 key file
  };
  Kind kind = Kind::kListed;
  ByteSet p1 = {};
  ByteSet p2 = {};
};

constexpr ParameterRule fixed(std::uint8_t p1, std::uint8_t p2) {
  return {ParameterRule::Kind::kListed, {p1}, {p2}};
}
constexpr ParameterRule listed(ByteSet p1, ByteSet p2) { return {ParameterRule::Kind::kListed, p1, p2}; }
constexpr ParameterRule key_in_p2(std::uint8_t p1) { return {ParameterRule::Kind::kKeyInP2, {p1}, {}}; }
constexpr ParameterRule addressed(ParameterRule::Kind kind) { return {kind, {}, {}}; }

// first, first + step, … last.
struct LengthRange {
  std::uint16_t first = 0;
  std::uint16_t last = 0;
  std::uint16_t step = 1;

  constexpr LengthRange() = default;
  constexpr LengthRange(std::uint16_t only)
      : first(only), last(only) {}  // NOLINT: a length is a range of one
  constexpr LengthRange(std::uint16_t from, std::uint16_t to, std::uint16_t by)
      : first(from), last(to), step(by) {}
  constexpr bool contains(std::size_t length) const {
    return length >= first && length <= last && (length - first) % step == 0;
  }
};

constexpr LengthRange range(std::uint16_t from, std::uint16_t to, std::uint16_t by = 1) {
  return {from, to, by};
}

// A set of lengths. 0 means "absent"; for Le, 256 is the byte 00.
class Lengths {
 public:
  constexpr Lengths() = default;
  constexpr Lengths(std::initializer_list<LengthRange> ranges) : count_(ranges.size()) {
    std::copy(ranges.begin(), ranges.end(), ranges_.begin());
  }
  constexpr bool contains(std::size_t length) const {
    return std::ranges::any_of(list(), [length](const LengthRange& item) { return item.contains(length); });
  }
  constexpr std::span<const LengthRange> list() const { return {ranges_.data(), count_}; }

 private:
  std::array<LengthRange, 4> ranges_{};
  std::size_t count_ = 0;
};

// The lengths for one P1 (or every P1), under keys of 8-byte and of 16-byte ciphers.
struct LengthCase {
  static constexpr int kAnyP1 = -1;
  int p1 = kAnyP1;
  Lengths block8 = {};
  Lengths block16 = {};
};

// What Lc or Le may be; anything else is 6700. The first case that fits P1 decides.
class LengthRule {
 public:
  constexpr LengthRule() : LengthRule({LengthRange(0)}) {}
  constexpr LengthRule(std::initializer_list<LengthRange> ranges) : LengthRule(by_block(ranges, ranges)) {}

  static constexpr LengthRule by_block(Lengths block8, Lengths block16) {
    return by_p1({{LengthCase::kAnyP1, block8, block16}});
  }
  static constexpr LengthRule by_p1(std::initializer_list<LengthCase> cases) {
    LengthRule rule(0);
    std::copy(cases.begin(), cases.end(), rule.cases_.begin());
    rule.count_ = cases.size();
    return rule;
  }

  // The lengths that stand for this P1 and cipher block (8 or 16); none when no case fits.
  constexpr Lengths lengths(std::uint8_t p1, std::size_t block_size) const {
    for (const LengthCase& item : cases()) {
      if (item.p1 == LengthCase::kAnyP1 || item.p1 == p1)
        return block_size == 16 ? item.block16 : item.block8;
    }
    return {};
  }
  constexpr std::span<const LengthCase> cases() const { return {cases_.data(), count_}; }

 private:
  constexpr explicit LengthRule(int) {}
  std::array<LengthCase, 3> cases_{};
  std::size_t count_ = 0;
};

inline constexpr LengthRule kNoData{0};
inline constexpr LengthRule kNoAnswer{0};

// The status words a clause lists besides 9000; a family by its base (6100, 63C0, 6C00).
class StatusList {
 public:
  constexpr StatusList() = default;
  constexpr StatusList(std::initializer_list<std::uint16_t> words) : count_(words.size()) {
    std::copy(words.begin(), words.end(), words_.begin());
  }
  constexpr bool contains(StatusWord status) const {
    return status.ok() || std::ranges::find(list(), family(status).value()) != list().end();
  }
  constexpr std::span<const std::uint16_t> list() const { return {words_.data(), count_}; }

 private:
  std::array<std::uint16_t, 16> words_{};
  std::size_t count_ = 0;
};

// Which data field is masked whole when nobody knows better.
enum class Secret : std::uint8_t { kNone, kCommandData, kResponseData };

struct CommandRow {
  CommandId id = {};
  std::string_view name = {};  // as the standard writes it
  std::string_view chinese = {};
  ByteSet cla = {};
  std::uint8_t ins = 0;
  ParameterRule parameters = {};
  LengthRule lc =
      {};  // without the MAC that a secure-messaging CLA adds to a command which also has a plain one
  LengthRule le = {};
  LoneByte lone = LoneByte::kLe;
  Secret secret = Secret::kNone;
  StatusList statuses = {};
  std::string_view clause = {};
};

}  // namespace ssc::apdu
