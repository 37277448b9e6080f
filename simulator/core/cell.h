// The unit of persistence: everything a card can change for good is a cell with an id and some bytes.
#pragma once

#include <compare>

#include "simulator/core/ids.h"

namespace ssc::simulator::core {

enum class CellKind : std::uint8_t {
  kBinary = 1,  // object: EF; the whole transparent file
  kRecord =
      2,  // object: EF; index: slot, from 0. Linear: slot = number − 1. Cyclic: a ring, see kCyclicState
  kRecordCount,  // object: EF; 2 bytes big-endian: how many records a linear file has
  kCyclicState,  // object: EF; 2 bytes newest slot ‖ 2 bytes count
  kPin,          // object 0; the PIN, cn; no bytes: no PIN
  kPinTries,     // object 0; 1 byte
  kKeyTries,     // object: key; 1 byte
  kKeyValue,     // object: key; the key's bytes
  kBlocked,      // object: DF (its application is blocked for good), or 0xFFFF (the card is)
  kMedical,      // object 0; the amounts of the medical account, 20 bytes (card/medical_account.h)
  kProof,  // object 0; index: 0 load, 1 purchase; its last transaction's proof (card/transaction_proof.h)
  // The structure of a card made by APDU (headers.h); a card built from a card file has none of these but the
  // last.
  kDfHeader,       // object: DF
  kEfHeader,       // object: EF
  kKeyHeader,      // object: key
  kMasterKey,      // object: DF; the master key loaded there
  kPinHeader,      // object 0
  kAccountHeader,  // object 0
  kFci,            // object: DF; its FCI, given whole
  kAtr,            // object 0; the ATR, TS first
  kSettings,       // object 0
  kLifeCycle,      // object 0; 1 byte (life_cycle.h)
  kLoadedKey,      // object: key; a key that was added to a card built from a card file (key_overlay.h)
  kCarriedHead,    // object: key; of a key in a carrier: the eight bytes before the value, as they are now
};

struct CellId {
  CellKind kind{};
  std::uint16_t object = 0;
  std::uint16_t index = 0;
  friend constexpr auto operator<=>(const CellId&, const CellId&) = default;
};

inline constexpr CellId kPinCell{CellKind::kPin};
inline constexpr CellId kPinTriesCell{CellKind::kPinTries};
inline constexpr CellId kCardBlockedCell{CellKind::kBlocked, 0xFFFF};
inline constexpr CellId kMedicalCell{CellKind::kMedical};
inline constexpr CellId kLoadProofCell{CellKind::kProof, 0, 0};
inline constexpr CellId kPurchaseProofCell{CellKind::kProof, 0, 1};

inline constexpr CellId kPinHeaderCell{CellKind::kPinHeader};
inline constexpr CellId kAccountHeaderCell{CellKind::kAccountHeader};
inline constexpr CellId kAtrCell{CellKind::kAtr};
inline constexpr CellId kSettingsCell{CellKind::kSettings};
inline constexpr CellId kLifeCycleCell{CellKind::kLifeCycle};

inline constexpr std::uint8_t kBlockedMark[] = {1};  // what a kBlocked cell holds

constexpr CellId blocked_cell(DfIndex df) { return {CellKind::kBlocked, static_cast<std::uint16_t>(df)}; }
constexpr CellId key_tries_cell(KeyIndex key) {
  return {CellKind::kKeyTries, static_cast<std::uint16_t>(key)};
}
constexpr CellId carried_head_cell(KeyIndex key) {
  return {CellKind::kCarriedHead, static_cast<std::uint16_t>(key)};
}
constexpr CellId key_value_cell(KeyIndex key) {
  return {CellKind::kKeyValue, static_cast<std::uint16_t>(key)};
}
constexpr CellId binary_cell(EfIndex ef) { return {CellKind::kBinary, static_cast<std::uint16_t>(ef)}; }
constexpr CellId record_count_cell(EfIndex ef) {
  return {CellKind::kRecordCount, static_cast<std::uint16_t>(ef)};
}
constexpr CellId cyclic_state_cell(EfIndex ef) {
  return {CellKind::kCyclicState, static_cast<std::uint16_t>(ef)};
}
constexpr CellId record_cell(EfIndex ef, std::size_t slot) {
  return {CellKind::kRecord, static_cast<std::uint16_t>(ef), static_cast<std::uint16_t>(slot)};
}

constexpr CellId df_header_cell(DfIndex df) { return {CellKind::kDfHeader, static_cast<std::uint16_t>(df)}; }
constexpr CellId ef_header_cell(EfIndex ef) { return {CellKind::kEfHeader, static_cast<std::uint16_t>(ef)}; }
constexpr CellId key_header_cell(KeyIndex key) {
  return {CellKind::kKeyHeader, static_cast<std::uint16_t>(key)};
}
constexpr CellId loaded_key_cell(KeyIndex key) {
  return {CellKind::kLoadedKey, static_cast<std::uint16_t>(key)};
}
constexpr CellId master_key_cell(DfIndex df) {
  return {CellKind::kMasterKey, static_cast<std::uint16_t>(df)};
}
constexpr CellId fci_cell(DfIndex df) { return {CellKind::kFci, static_cast<std::uint16_t>(df)}; }

// Whether the cell says what files and keys there are: after its change the card runs on a new image.
constexpr bool is_structure(CellId id) { return id.kind >= CellKind::kDfHeader; }

// One cell's new bytes.
struct Change {
  CellId id;
  ByteView value;
};

}  // namespace ssc::simulator::core
