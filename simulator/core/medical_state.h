// The state of the medical application (Part 5 §7): idle, loading or purchasing; volatile, and what a
// transaction must remember from its INITIALIZE to its end.
#pragma once

#include <array>
#include <span>
#include <variant>

#include "apdu/command_row.h"
#include "keys/medical.h"
#include "simulator/core/ids.h"

namespace ssc::simulator::core {

struct Idle {};

struct Loading {
  keys::Load load;  // all but the host's date and time
  keys::SessionKey session_key;
  KeyIndex tac_key{};
};

struct Purchasing {
  keys::Purchase purchase;  // all but the terminal's sequence, date and time
  keys::TransactionRandom random{};
  std::uint16_t sequence = 0;
  KeyIndex purchase_key{};
  KeyIndex tac_key{};
};

using MedicalState = std::variant<Idle, Loading, Purchasing>;

enum class MedicalNext : std::uint8_t { kIdle, kLoading, kPurchasing, kForbidden };

struct MedicalRow {
  apdu::CommandId command{};
  std::array<MedicalNext, 3> next{};  // from idle, loading, purchasing
};

// Part 5 t.49. GET RESPONSE is none of its commands: it carries an answer of one, and changes nothing.
inline constexpr auto kMedicalStates = std::to_array<MedicalRow>({
    {apdu::CommandId::kInitializeForLoad,
     {MedicalNext::kLoading, MedicalNext::kLoading, MedicalNext::kLoading}},
    {apdu::CommandId::kInitializeForPurchase,
     {MedicalNext::kPurchasing, MedicalNext::kPurchasing, MedicalNext::kPurchasing}},
    {apdu::CommandId::kCreditForLoad, {MedicalNext::kForbidden, MedicalNext::kIdle, MedicalNext::kForbidden}},
    {apdu::CommandId::kDebitForPurchase,
     {MedicalNext::kForbidden, MedicalNext::kForbidden, MedicalNext::kIdle}},
    {apdu::CommandId::kGetBalance, {MedicalNext::kIdle, MedicalNext::kLoading, MedicalNext::kPurchasing}},
    {apdu::CommandId::kGetYearTotals, {MedicalNext::kIdle, MedicalNext::kLoading, MedicalNext::kPurchasing}},
    {apdu::CommandId::kGetTransactionProof,
     {MedicalNext::kIdle, MedicalNext::kLoading, MedicalNext::kPurchasing}},
    {apdu::CommandId::kGetResponse, {MedicalNext::kIdle, MedicalNext::kLoading, MedicalNext::kPurchasing}},
});

using MedicalTable = std::span<const MedicalRow>;

// Whether the table lets the command run in this state; if not, 6901. Commands outside the table may always
// run.
bool medical_state_allows(MedicalTable table, const MedicalState& state, apdu::CommandId command);

// The state after a command that was carried out. `made` is what its handler set: idle, unless it began a
// transaction. A command whose row leads back to its own state keeps it; all others end it. A refused command
// leaves idle, and is not asked here.
MedicalState next_medical_state(MedicalTable table, const MedicalState& before, const MedicalState& made,
                                apdu::CommandId command);

}  // namespace ssc::simulator::core
