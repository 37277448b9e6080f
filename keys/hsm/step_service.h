// The host's side of the terminal's two-step functions (provincial terminal spec §9.1-9.8): text in, text
// out. The terminal's library gives the text of a step, the business system passes it to the host with what
// it knows of the card, and gives the host's answer to the next step.
#pragma once

#include <string>
#include <string_view>

#include "keys/hsm/machine.h"

namespace ssc::keys::hsm {

// The card as iReadCardBas gave it to the business system.
struct StepCard {
  std::string area;  // six digits
  Bytes historical;  // 13 bytes of its ATR
};
// "990100|0081544C928699990100000001|". Error kBadInput.
Answer<StepCard> parse_step_card(std::string_view text);

// Whose step 1 asks for external authentication, and so which keys its address may name.
enum class StepFunction : std::uint8_t { kReadCard, kWriteCard, kReloadPin, kUnblockPin };

// Errors everywhere: kBadInput for a text that is none, with the field; kNoMechanism for algorithm 02 (SSF33
// is secret); kNoKey for an address the machine does not have; kRefused for a key that is not for this
// function, a command head that is not this function's, an identification code of another area, or a wrong
// MAC2 or TAC.
class StepService {
 public:
  // The machine outlives it.
  explicit StepService(Machine& machine) : machine_(&machine) {}

  // Step 1 of iReadCardBas "area|ATR historical|algorithm|identification
  // code|factor|original|factor|original|" gives what step 2 takes: "data original|data original|", the
  // second half empty when the last two fields are.
  Answer<std::string> read_basic(std::string_view step1);

  // Step 1 "algorithm|key address|factor|original|" gives "data original", 32 digits.
  Answer<std::string> authenticate(StepFunction function, const StepCard& card, std::string_view step1);

  // Step 2 of iReloadPIN "algorithm|key address|factor|command head|PIN|" gives head ‖ cipher text ‖ MAC: 34
  // digits under DES, 50 under SM4.
  Answer<std::string> reload_pin(const StepCard& card, std::string_view step2);
  // Step 2 of iUnblockPIN, the PIN left empty, gives head ‖ MAC: 18 digits.
  Answer<std::string> unblock_pin(const StepCard& card, std::string_view step2);

  // Step 1 of iDoDebit "algorithm|key address|random|sequence|last two amounts|type|terminal|time|" gives
  // "terminal sequence|time|MAC1|". The host counts the terminal sequence.
  Answer<std::string> debit(const StepCard& card, std::string_view step1, std::uint32_t terminal_sequence);
  // What step 2 of iDoDebit gave, "MAC2|algorithm|key address|last two amounts|type|terminal|terminal
  // sequence|time| TAC|", against its step 1: both MAC2 and TAC are right. The TAC key is DTK of the purchase
  // key's group, else the first, as on the card.
  Answer<void> check_debit(const StepCard& card, std::string_view step1, std::string_view step2);

 private:
  Answer<KeyPath> path(const StepCard& card, std::string_view algorithm, std::string_view address,
                       Purpose purpose);
  Answer<std::string> proof(const KeyPath& key, std::string_view factor, std::string_view original);
  Answer<KeyPath> tac_path(const StepCard& card, const KeyId& purchase_key);

  Machine* machine_;
};

}  // namespace ssc::keys::hsm
