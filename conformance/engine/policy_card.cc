#include "conformance/engine/policy_card.h"

#include <algorithm>

#include "conformance/desk/card_holder.h"

namespace ssc::conformance {
namespace {

constexpr std::uint64_t kSeed = 1;

}  // namespace

CardName split_card_name(const std::string& name) {
  const std::size_t colon = name.rfind(':');
  if (colon == std::string::npos) return {name, ""};
  const auto policies = desk::built_in_policies();
  const std::string policy = name.substr(colon + 1);
  if (std::ranges::find(policies, policy) == policies.end()) return {name, ""};
  return {name.substr(0, colon), policy};
}

apdu::Loaded<std::shared_ptr<const CardModel>> issued_under(const CardModel& card,
                                                            const desk::Policy& policy) {
  const auto random = keys::seeded_random(kSeed);
  const auto pin = desk::initial_pin(policy, desk::holder_of(card), *random);
  if (!pin)
    return tl::make_unexpected(apdu::InputError{card.name, 0,
                                                "policy " + policy.id + ": " + pin.error().why.english,
                                                "give the holder's data in the card file"});
  auto issued = std::make_shared<CardModel>(card);
  issued->name += ":" + policy.id;
  const auto octets = keys::pin_bytes(pin->reveal());
  issued->pin.value.assign(octets->view().begin(), octets->view().end());
  issued->pin.tries = static_cast<std::uint8_t>(policy.tries);
  return issued;
}

}  // namespace ssc::conformance
