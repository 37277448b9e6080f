// Targets as the command line names them: sim, vpcd, pcsc:NAME, keys.
#pragma once

#include <memory>
#include <string>

#include "apdu/trace.h"
#include "conformance/engine/target.h"

namespace ssc::tools {

// Error: one line that says what may stand there, or why the target cannot be had.
tl::expected<std::unique_ptr<conformance::Target>, std::string> make_target(const std::string& name,
                                                                            apdu::Slot slot);

}  // namespace ssc::tools
