// A personalisation machine's talk with a card: one command at a time, the first refusal ends it.
#pragma once

#include <string>
#include <tl/expected.hpp>

#include "apdu/channel.h"
#include "keys/key.h"

namespace ssc::simulator::issue {

// One line for a person: "LOAD KEY in DF01: 6988".
struct IssueError {
  std::string what;
};

// After a refusal every further call does nothing; `result` tells which it was.
class PersoSession {
 public:
  // `card` has power and outlives the session.
  explicit PersoSession(apdu::Channel& card) : card_(card) {}

  // Sends header ‖ Lc ‖ data and wants 9000. `doing` stands in the error.
  void send(const std::string& doing, const apdu::Bytes& header, apdu::ByteView data);
  // EXTERNAL AUTHENTICATION with the environment's master key (Part 4 §9.3).
  void authenticate(const keys::Key& master);
  // 84 D4 P1 P2: `plain` enciphered, with MAC, under `master` (Part 9 §7.1.2-7.1.3).
  void load(const std::string& doing, const keys::Key& master, std::uint8_t p1, std::uint8_t p2,
            apdu::ByteView plain);

  const tl::expected<void, IssueError>& result() const { return result_; }

 private:
  apdu::Bytes transmit(const std::string& doing, const apdu::Bytes& command);
  apdu::Bytes challenge();

  apdu::Channel& card_;
  tl::expected<void, IssueError> result_;
};

}  // namespace ssc::simulator::issue
