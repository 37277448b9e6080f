// What a card ties to a row of the command catalogue: what must hold before the handler runs, and the
// handler.
#pragma once

#include "apdu/catalogue.h"
#include "simulator/core/card_view.h"
#include "simulator/core/presentation.h"
#include "simulator/core/transaction.h"

namespace ssc::simulator::core {

// Which object a command works on, found before anything else about it is asked (step 8 of the order of
// checks).
enum class TargetRule : std::uint8_t {
  kNone,
  kBinaryFile,         // by P1 P2 (Part 5 t.29)
  kRecordFile,         // by P1 P2 (Part 5 t.32)
  kPin,                // its lock is looked at
  kPinUnlessAsked,     // VERIFY with Lc 00 only asks: no lock is looked at (Part 5 §6.14.5)
  kPinEvenLocked,      // it is looked for, its lock is not
  kAuthenticationKey,  // by P2, version in byte 17 of the data (Part 5 §6.4.3)
  kInternalKey,     // the environment's key for INTERNAL AUTHENTICATION, version in byte 17 (Part 5 §6.7.3)
  kApplication,     // the current DF is an application (6985) that has an LK (6A88)
  kMedicalAccount,  // the current DF holds the medical account (6985)
  kOwnAuthenticationKey,  // in the current DF, by P2, version in byte 17 of the data; none in a DDF 6985
                          // (Part 9 §9.4)
  kKeyFile,               // in the current ADF, by P2, the low byte of its FID; no ADF 6985 (Part 9 §9.5.3)
  kApplicationOfKeys,     // the current DF is an ADF (6985)
  kPsamKey,      // in the current ADF, by the type in P1 and the id in P2; no ADF 6985 (Part 9 §9.7.4)
  kPurchaseKey,  // in the current ADF, by the version in byte 27 of the data; no ADF 6985 (Part 9 t.27, t.29)
};

// The right that step 10 asks for.
struct Need {
  enum class Kind : std::uint8_t { kNothing, kReadRight, kUpdateRight, kAuthenticated, kPin };
  Kind kind = Kind::kNothing;
  Purpose purpose{};  // kAuthenticated: a key of this purpose, of the current DF or its environment
};

// Whose STK makes the MAC of step 12.
enum class MacKey : std::uint8_t {
  kNone,           // the command has no secure messaging
  kOfDf,           // the current DF's
  kOfEnvironment,  // STKSSSE
  kMaster,         // the master key itself, as for key loading (Part 9 §7.1.3): the current DF's, else the
                   // environment's
  kOwnMaster,      // the same, of the current DF only
};

struct Target {
  std::optional<EfIndex> ef;
  std::optional<KeyIndex> key;
  std::optional<KeyIndex> mac_key;
};

// A command whose checks have passed. `data` is the data field without its MAC.
struct Request {
  const apdu::Command& command;
  ByteView data;
  Target target;
};

// Proposes effects in the transaction and answers: all the data there is, or a status word.
using Handler = apdu::Response (*)(const CardView&, Transaction&, const Request&);

struct Binding {
  apdu::CommandId command{};
  Handler handler = nullptr;
  TargetRule target = TargetRule::kNone;
  Need need = {};
  bool ciphers = false;  // computes with the environment's cipher: 6A81 where that is SSF33, which is secret
  bool challenge = false;  // a valid random must exist (step 11); a MAC asks for one by itself
  MacKey mac = MacKey::kNone;
  LeCheck le = LeCheck::kUpTo;
  LifeCycle until = LifeCycle::kInUse;  // later it is refused: 6985, and 6D00 once the card is in use
};

// Rows and bindings of one kind of card.
struct CommandSet {
  apdu::CommandTable rows;
  std::span<const Binding> bindings;

  constexpr const Binding* find(apdu::CommandId id) const {
    for (const Binding& binding : bindings) {
      if (binding.command == id) return &binding;
    }
    return nullptr;
  }
};

// For a static_assert beside the bindings: each binding names a row of the table, none twice.
constexpr bool bound_once(const CommandSet& set) {
  for (const Binding& binding : set.bindings) {
    if (set.find(binding.command) != &binding || apdu::find_command(set.rows, binding.command) == nullptr)
      return false;
  }
  return true;
}

}  // namespace ssc::simulator::core
