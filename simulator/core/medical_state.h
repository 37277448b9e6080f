// The state of the medical application (Part 5 §7): idle, loading or purchasing; volatile, and what a
// transaction must remember from its INITIALIZE to its end.
#pragma once

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

// Whether table 49 of Part 5 lets the command run in this state; if not, 6901. Commands outside the table may
// always run.
bool medical_state_allows(const MedicalState& state, apdu::CommandId command);

// The state after a command that was carried out. `made` is what its handler set: idle, unless it began a
// transaction. A command whose row leads back to its own state keeps it; all others end it. A refused command
// leaves idle, and is not asked here.
MedicalState next_medical_state(const MedicalState& before, const MedicalState& made,
                                apdu::CommandId command);

}  // namespace ssc::simulator::core
