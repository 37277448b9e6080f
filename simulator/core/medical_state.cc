#include "simulator/core/medical_state.h"

#include <algorithm>
#include <array>

namespace ssc::simulator::core {
namespace {

using apdu::CommandId;

enum class Next : std::uint8_t { kIdle, kLoading, kPurchasing, kForbidden };

struct Row {
  CommandId command;
  std::array<Next, 3> next;  // from idle, loading, purchasing
};

// Part 5 t.49. GET RESPONSE is none of its commands: it carries an answer of one, and changes nothing.
constexpr Row kTable[] = {
    {CommandId::kInitializeForLoad, {Next::kLoading, Next::kLoading, Next::kLoading}},
    {CommandId::kInitializeForPurchase, {Next::kPurchasing, Next::kPurchasing, Next::kPurchasing}},
    {CommandId::kCreditForLoad, {Next::kForbidden, Next::kIdle, Next::kForbidden}},
    {CommandId::kDebitForPurchase, {Next::kForbidden, Next::kForbidden, Next::kIdle}},
    {CommandId::kGetBalance, {Next::kIdle, Next::kLoading, Next::kPurchasing}},
    {CommandId::kGetYearTotals, {Next::kIdle, Next::kLoading, Next::kPurchasing}},
    {CommandId::kGetTransactionProof, {Next::kIdle, Next::kLoading, Next::kPurchasing}},
    {CommandId::kGetResponse, {Next::kIdle, Next::kLoading, Next::kPurchasing}},
};

Next next(const MedicalState& state, CommandId command) {
  const auto row = std::ranges::find(kTable, command, &Row::command);
  return row == std::end(kTable) ? Next::kIdle : row->next[state.index()];
}

}  // namespace

bool medical_state_allows(const MedicalState& state, CommandId command) {
  return next(state, command) != Next::kForbidden;
}

MedicalState next_medical_state(const MedicalState& before, const MedicalState& made, CommandId command) {
  const bool began = !std::holds_alternative<Idle>(made);
  const bool stays = next(before, command) == static_cast<Next>(before.index());
  return !began && stays ? before : made;
}

}  // namespace ssc::simulator::core
