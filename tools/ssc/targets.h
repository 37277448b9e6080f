// Targets as the command line names them: sim, vpcd, pcsc:NAME, keys.
#pragma once

#include <memory>
#include <string>

#include "apdu/trace.h"
#include "conformance/engine/target.h"
#include "simulator/mutants/mutant.h"

namespace ssc::tools {

struct TargetError {
  std::string what;  // one line: what may stand there, or why the target cannot be had
  int exit_status;   // exit_code::bad_input, or not_carried_out when the reader is missing
};

// `mutant`: the defect that virtual cards have; null: none. Someone else's card has its own: refused.
tl::expected<std::unique_ptr<conformance::Target>, TargetError> make_target(
    const std::string& name, apdu::Slot slot, const simulator::mutants::Mutant* mutant = nullptr);

// --mutant ID; "" is none. Refused: an unknown id, with the nearest.
tl::expected<const simulator::mutants::Mutant*, TargetError> find_mutant(const std::string& id);

}  // namespace ssc::tools
