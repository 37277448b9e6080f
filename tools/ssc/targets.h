// Targets as the command line names them: sim, vpcd, pcsc:NAME, keys.
#pragma once

#include <memory>
#include <string>

#include "apdu/trace.h"
#include "conformance/engine/target.h"

namespace ssc::tools {

struct TargetError {
  std::string what;  // one line: what may stand there, or why the target cannot be had
  int exit_status;   // exit_code::bad_input, or not_carried_out when the reader is missing
};

tl::expected<std::unique_ptr<conformance::Target>, TargetError> make_target(const std::string& name,
                                                                            apdu::Slot slot);

}  // namespace ssc::tools
