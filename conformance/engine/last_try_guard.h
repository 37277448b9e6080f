// Keeps someone else's card from being locked by accident: knows what a command can cost before it is sent.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "apdu/bytes.h"
#include "apdu/status_word.h"
#include "apdu/trace.h"

namespace ssc::conformance {

// Watches the commands to one foreign card over a whole run. It goes by INS alone: a wrong CLA or length does
// not make a try safe.
class LastTryGuard {
 public:
  enum class Advice : std::uint8_t {
    kSend,    // costs nothing that is not known to be there
    kAskPin,  // send VERIFY with Lc 00 first, tell the answer by learn_pin(), then ask again
    kRefuse,  // the run must stop; reason() says why
  };

  Advice before(apdu::Slot slot, apdu::ByteView command);
  // The final answer to a command that was sent.
  void after(apdu::Slot slot, apdu::ByteView command, apdu::StatusWord status);
  // The answer to VERIFY with Lc 00.
  void learn_pin(apdu::StatusWord status);
  // Whether the key set is the card's (key_proof.h): nothing when it is, else why that is not known. Until
  // told, no key of a card is tried; a PSAM's are.
  void learn_key_set(std::optional<std::string> doubt) { key_doubt_ = std::move(doubt); }
  const std::string& reason() const { return reason_; }

 private:
  struct Counter {
    std::optional<unsigned> left;  // nothing: not known
    unsigned most = 0;             // highest seen
    bool locked = false;           // a further try costs nothing
  };

  Advice weigh_pin();
  Advice weigh_key(apdu::Slot slot, apdu::ByteView command);
  Advice refuse(std::string reason);
  std::string key_name(apdu::Slot slot, apdu::ByteView command) const;
  static void learn(Counter& counter, apdu::StatusWord status);

  Counter pin_;
  bool pin_asked_ = false;
  std::map<std::string, Counter> keys_;
  apdu::Bytes selected_[2];  // the last SELECT of a DF that succeeded, by slot
  std::optional<std::string> key_doubt_ = "the key set was not compared with the card";
  std::string reason_;
};

}  // namespace ssc::conformance
