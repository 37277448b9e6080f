#include "simulator/core/medical_state.h"

#include <algorithm>

namespace ssc::simulator::core {
namespace {

using apdu::CommandId;

MedicalNext next(MedicalTable table, const MedicalState& state, CommandId command) {
  const auto row = std::ranges::find(table, command, &MedicalRow::command);
  return row == table.end() ? MedicalNext::kIdle : row->next[state.index()];
}

}  // namespace

bool medical_state_allows(MedicalTable table, const MedicalState& state, CommandId command) {
  return next(table, state, command) != MedicalNext::kForbidden;
}

MedicalState next_medical_state(MedicalTable table, const MedicalState& before, const MedicalState& made,
                                CommandId command) {
  const bool began = !std::holds_alternative<Idle>(made);
  const bool stays = next(table, before, command) == static_cast<MedicalNext>(before.index());
  return !began && stays ? before : made;
}

}  // namespace ssc::simulator::core
