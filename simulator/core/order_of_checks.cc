#include "simulator/core/order_of_checks.h"

#include <algorithm>

#include "keys/standard.h"
#include "simulator/core/targets.h"

namespace ssc::simulator::core {
namespace {

namespace sw = apdu::sw;
using apdu::LookupResult;
using apdu::StatusWord;

constexpr std::size_t kMacSize = 4;

StatusWord card_not_blocked(Exchange& x) {
  return x.view.card_blocked() ? sw::function_not_supported : sw::ok;
}

StatusWord class_known(Exchange& x) {
  const auto found = apdu::find_command(x.rules.commands.rows, x.header);
  x.row = found.row;
  return found.result == LookupResult::kUnknownClass ? sw::wrong_class : sw::ok;
}

StatusWord instruction_known(Exchange& x) {
  if (x.row != nullptr) x.binding = x.rules.commands.find(x.row->id);
  if (x.binding == nullptr) return sw::wrong_instruction;
  const bool issued = x.view.image().life == LifeCycle::kInUse;
  return issued && x.binding->until != LifeCycle::kInUse ? sw::wrong_instruction : sw::ok;
}

StatusWord application_not_blocked(Exchange& x) {
  const bool selecting = x.row->id == apdu::CommandId::kSelect;
  return !selecting && x.view.blocked(x.view.session().df) ? sw::application_locked : sw::ok;
}

StatusWord medical_state_fits(Exchange& x) {
  const bool fits = !x.view.holds_medical_account() ||
                    medical_state_allows(x.rules.medical_states, x.view.session().medical, x.row->id);
  return fits ? sw::ok : sw::wrong_state;
}

StatusWord parameters_valid(Exchange& x) {
  return apdu::parameters_valid(*x.row, x.header.p1, x.header.p2) ? sw::ok : sw::wrong_p1_p2;
}

StatusWord lengths_valid(Exchange& x) {
  const std::size_t block = keys::block_size(x.view.df().cipher);
  if (x.command == nullptr || !apdu::lengths_valid(*x.row, *x.command, block)) return sw::wrong_length;
  x.data = x.command->data;
  return sw::ok;
}

StatusWord cipher_available(Exchange& x) {
  const bool computable = !x.binding->ciphers || keys::available(x.view.df().cipher);
  return computable ? sw::ok : sw::function_not_supported;
}

StatusWord life_allows(Exchange& x) {
  return x.view.image().life > x.binding->until ? sw::conditions_of_use_not_satisfied : sw::ok;
}

StatusWord target_exists(Exchange& x) { return find_target(x); }

bool locked(const CardView& view, KeyIndex key) {
  return view.image().key(key).max_tries != 0 && view.tries(key) == 0;
}

// Whether a key that the file's update rule names is locked.
bool ruling_key_locked(const CardView& view, const Ef& file) {
  const auto& keys = view.image().keys;
  for (const auto& terms : file.update.alternatives) {
    for (const AccessTerm& term : terms) {
      const auto key = std::ranges::find(keys, term.family, &KeySlot::family);
      const bool names_key = term.kind == AccessTerm::Kind::kKey && key != keys.end();
      if (names_key && locked(view, static_cast<KeyIndex>(key - keys.begin()))) return true;
    }
  }
  return false;
}

StatusWord method_not_locked(Exchange& x) {
  const bool looks_at_pin = x.binding->target == TargetRule::kPin ||
                            (x.binding->target == TargetRule::kPinUnlessAsked && !x.data.empty());
  if (looks_at_pin && x.view.pin().tries == 0) return sw::method_locked;
  for (const auto& key : {x.target.key, x.target.mac_key}) {
    if (key && locked(x.view, *key)) return sw::method_locked;
  }
  const bool loads_key =
      x.binding->target == TargetRule::kKeyFile && x.binding->need.kind == Need::Kind::kUpdateRight;
  return loads_key && ruling_key_locked(x.view, x.view.image().ef(*x.target.ef)) ? sw::method_locked : sw::ok;
}

bool authenticated(const CardView& view, Purpose purpose) {
  for (const KeySlot& key : view.image().keys) {
    const bool reaches = key.df == view.session().df || key.df == view.environment();
    if (reaches && key.purpose == purpose && view.session().security.has(key.family)) return true;
  }
  return false;
}

bool right_given(const Exchange& x) {
  switch (x.binding->need.kind) {
    case Need::Kind::kNothing:
      return true;
    case Need::Kind::kReadRight:
      return x.view.allowed(x.view.image().ef(*x.target.ef).read);
    case Need::Kind::kUpdateRight:
      return x.view.allowed(x.view.image().ef(*x.target.ef).update);
    case Need::Kind::kAuthenticated:
      return authenticated(x.view, x.binding->need.purpose);
    case Need::Kind::kPin:
      return x.view.pin_given();
  }
  return false;
}

// The key that a refused READ or UPDATE asked for: the first its rule names.
std::optional<KeyFamily> key_asked_for(const Exchange& x) {
  if (!x.target.ef) return std::nullopt;
  const Ef& ef = x.view.image().ef(*x.target.ef);
  const bool reading = x.binding->need.kind == Need::Kind::kReadRight;
  for (const auto& terms : (reading ? ef.read : ef.update).alternatives) {
    const auto key = std::ranges::find(terms, AccessTerm::Kind::kKey, &AccessTerm::kind);
    if (key != terms.end()) return key->family;
  }
  return std::nullopt;
}

StatusWord access_granted(Exchange& x) {
  if (right_given(x)) return sw::ok;
  x.transaction.session().refused_for = key_asked_for(x);
  return sw::security_status_not_satisfied;
}

// A random longer than the cipher's block makes no session key (Part 4 §8.4): a DES card gives 16 bytes, and
// has no use for them.
StatusWord random_exists(Exchange& x) {
  const bool wanted = x.binding->challenge || x.target.mac_key;
  const auto& random = x.view.session().challenge;
  const bool usable = random && random->value.size() <= keys::block_size(x.view.df().cipher);
  return wanted && !usable ? sw::reference_data_invalid : sw::ok;
}

// The MAC is over the header, Lc with the MAC counted in it, and the data field as sent (Part 4 §8.2; key
// loading: Part 9 §7.1.3).
StatusWord mac_right(Exchange& x) {
  if (!x.target.mac_key) return sw::ok;
  const ByteView sent = x.data.last(kMacSize);
  x.data = x.data.first(x.data.size() - kMacSize);
  const ByteView random = x.view.session().challenge->value;
  const keys::Key key = x.view.key_value(*x.target.mac_key);
  const std::uint8_t head[] = {x.header.cla, x.header.ins, x.header.p1, x.header.p2,
                               static_cast<std::uint8_t>(x.data.size() + kMacSize)};
  x.transaction.session().challenge.reset();
  const bool loads_key = x.binding->mac == MacKey::kMaster || x.binding->mac == MacKey::kOwnMaster;
  const keys::Mac right = loads_key ? keys::key_loading_mac(key, random, {head, x.data})
                                    : keys::mac(keys::session_key(key, random), {head, x.data});
  return apdu::equal(right, sent) ? sw::ok : sw::secure_messaging_incorrect;
}

// Data field, records, space, key index, counter and money are the handler's (steps 13 and 14), Le against
// the real length the presentation's (step 15).
constexpr Check kOrder[] = {
    {Step::kCardNotBlocked, "the card is not blocked", "Part 5 §6.2.1", card_not_blocked},
    {Step::kClass, "CLA is known", "Part 5 §5.1", class_known},
    {Step::kInstruction, "INS is known for that CLA", "Part 5 §5.1", instruction_known},
    {Step::kApplicationNotBlocked, "the application is not blocked, or the command is SELECT", "Part 7 §13.2",
     application_not_blocked},
    {Step::kMedicalState, "the medical state allows the command", "Part 5 §7, t.49", medical_state_fits},
    {Step::kParameters, "P1 P2", "Part 5 §6, each command's table", parameters_valid},
    {Step::kLengths, "Lc and Le", "Part 5 §6, each command's table", lengths_valid},
    {Step::kCipher, "the cipher can be computed", "Part 9 §9.7.4, §9.8.4", cipher_available},
    {Step::kLife, "the card's life allows the command", "Part 10 §5", life_allows},
    {Step::kTarget, "the file, key or application is there", "Part 5 §6, each command's table",
     target_exists},
    {Step::kMethodNotLocked, "the PIN or key is not locked", "Part 7 §5.8, §6.6", method_not_locked},
    {Step::kRight, "the right is given", "V2.0 notice §5, Part 6 §6", access_granted},
    {Step::kRandom, "a valid random exists", "Part 5 §6.5.1", random_exists},
    {Step::kMac, "the MAC is right", "Part 4 §8.2", mac_right},
};

}  // namespace

std::span<const Check> order_of_checks() { return kOrder; }

StatusWord run_checks(Exchange& exchange) {
  for (const Check& check : exchange.rules.checks) {
    const StatusWord status = check.passes(exchange);
    if (!status.ok()) return status;
  }
  return sw::ok;
}

}  // namespace ssc::simulator::core
