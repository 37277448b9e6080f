// How one kind of card works, as one value: its commands, the order in which they are checked, how long what
// they leave lives, and how answers are shown. Made of constants; a card reads it and never changes it.
#pragma once

#include <string_view>

#include "simulator/core/binding.h"
#include "simulator/core/medical_state.h"

namespace ssc::simulator::core {

struct Exchange;  // order_of_checks.h

enum class Step : std::uint8_t {
  kCardNotBlocked,
  kClass,
  kInstruction,
  kApplicationNotBlocked,
  kMedicalState,
  kParameters,
  kLengths,
  kCipher,
  kLife,
  kTarget,
  kMethodNotLocked,
  kRight,
  kRandom,
  kMac,
};

struct Check {
  Step step{};
  std::string_view what;
  std::string_view clause;
  // sw::ok to go on.
  apdu::StatusWord (*passes)(Exchange&);
};

// What ends before any handler says so. The rest of a session ends in Session::enter and in the handlers.
struct Lifetimes {
  void (*reset)(Session&);    // power and reset
  void (*command)(Session&);  // the next command, before it is looked at
};

// Nothing of a session outlives power; a waiting answer and a medical transaction end with any command that
// does not put them back.
inline constexpr Lifetimes kLifetimes{
    .reset = [](Session& session) { session = Session{}; },
    .command =
        [](Session& session) {
          session.pending.clear();
          session.medical = Idle{};
        },
};

using Presenter = Presented (*)(const apdu::Response& answer, const apdu::Command& command, LeCheck check,
                                const profile::T0& t0, bool direct);

struct Rules {
  // The standard's rules for these commands.
  Rules(const CommandSet& set);  // NOLINT(google-explicit-constructor): commands are most of it

  CommandSet commands;
  std::span<const Check> checks;
  std::span<const MedicalRow> medical_states = kMedicalStates;
  Lifetimes lifetimes = kLifetimes;
  Presenter present = core::present;
};

}  // namespace ssc::simulator::core
