// How an answer is shown to the reader: Le against the real length, and T=0's 61xx (Part 2 §9.3, Part 5
// §6.6).
#pragma once

#include <optional>

#include "apdu/command.h"
#include "apdu/response.h"
#include "simulator/profile/model.h"

namespace ssc::simulator::core {

using apdu::ByteView;
using apdu::InplaceBytes;

enum class LeCheck : std::uint8_t {
  kExact,  // Le must be the real length (READ RECORD)
  kUpTo,   // Le may be shorter; 00 takes what there is (READ BINARY)
};

struct Presented {
  apdu::Response response;
  bool withdrawn = false;  // 6Cxx: the command counts as not done, nothing of it may be kept
  InplaceBytes<apdu::kMaxResponseData> pending;  // what GET RESPONSE will fetch
};

// `answer`: all the data the command could give. `fetched`: data of a command that also brought data wait for
// GET RESPONSE when the presentation is raw.
Presented present(const apdu::Response& answer, const apdu::Command& command, LeCheck check,
                  const profile::T0& t0, bool direct);

}  // namespace ssc::simulator::core
