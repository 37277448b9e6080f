// Why a subcommand ends early.
#pragma once

#include <string>
#include <tl/expected.hpp>

#include "tools/ssc/subcommand.h"

namespace ssc::tools {

// One line, and the exit status that goes with it.
struct Complaint {
  std::string what;
  int exit_status = exit_code::bad_input;
};

inline tl::unexpected<Complaint> complaint(std::string what, int exit_status = exit_code::bad_input) {
  return tl::unexpected(Complaint{std::move(what), exit_status});
}
inline int complain(const Complaint& complaint) { return complain(complaint.what, complaint.exit_status); }

}  // namespace ssc::tools
