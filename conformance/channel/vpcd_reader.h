// Is vpcd's virtual reader there, and if not, why: for a person who has to mend it.
#pragma once

#include <string>
#include <vector>

#include "apdu/channel.h"

namespace ssc::conformance {

struct VpcdDiagnosis {
  enum class Kind {
    kReady,         // pcscd runs and has vpcd's readers
    kNotInstalled,  // vsmartcard-vpcd is not installed
    kNotRunning,    // no pcscd, or it cannot be reached
    kWithoutVpcd,   // pcscd runs but was started before vpcd was installed
  };
  Kind kind;
  std::string what;  // one line: what is wrong and how to mend it; empty when ready
};

VpcdDiagnosis why_no_vpcd_reader();

// The same from what was seen: the readers pcscd has (or why it cannot be asked), and whether vpcd is
// installed.
VpcdDiagnosis diagnose_vpcd(const tl::expected<std::vector<std::string>, apdu::ChannelError>& readers,
                            bool installed);

}  // namespace ssc::conformance
