// Functions that ask the desk: what a policy says before a card sees a PIN.
#include <array>

#include "apdu/text/bcd.h"
#include "conformance/desk/business.h"
#include "conformance/desk/card_holder.h"
#include "conformance/expression/functions.h"

namespace ssc::conformance {
namespace {

const desk::Policy* policy(Arguments& in) {
  if (!in.subject().policy) in.fail("the card names no PIN policy; write cards=\"sample-3.00:lanzhou\"");
  return in.subject().policy.get();
}

std::optional<keys::Pin> pin_at(Arguments& in, std::size_t index) {
  const auto digits = apdu::decode_bcd(in.bytes(index));
  auto pin = digits ? keys::Pin::of(*digits) : std::nullopt;
  if (!pin) in.fail("this is no PIN");
  return pin;
}

Value pin_rule(Arguments& in) {
  const auto* by = policy(in);
  const auto pin = pin_at(in, 0);
  const auto old = in.size() > 1 ? pin_at(in, 1) : keys::Pin();
  if (in.failed()) return {};
  const auto broken = desk::broken_rule(*by, desk::holder_of(*in.subject().card), *pin, *old);
  return Value::text(broken ? desk::refusal_of(*by, *broken).rule : "");
}

// The register's answer for a card of this policy whose PIN is "initial", "reset" or "changed".
Value business(Arguments& in) {
  const auto* by = policy(in);
  if (in.failed()) return {};
  desk::RegisteredCard card;
  const std::string state = in.text(0);
  if (state != "initial" && state != "reset" && state != "changed")
    return in.fail("'" + state + "' is no state of a PIN; write initial, reset or changed");
  card.state = state == "changed" ? desk::PinState::kChanged
               : state == "reset" ? desk::PinState::kReset
                                  : desk::PinState::kInitial;
  const auto answer = desk::may_transact(card, *by, desk::Business::kTransaction);
  return Value::number(answer ? 0 : answer.error().code);
}

constexpr std::array<Function, 2> kFunctions = {{
    {"pin_rule", 1, 2, "pin_rule(pin[, old])",
     "the rule of the policy that a new PIN breaks: 'length', 'not-initial' …; '' when none", pin_rule},
    {"business", 1, 1, "business('initial')",
     "what the desk's register answers a business system: 0, or -35 while the PIN is the initial one",
     business},
}};

}  // namespace

std::span<const Function> desk_functions() { return kFunctions; }

}  // namespace ssc::conformance
