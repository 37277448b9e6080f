#include "simulator/core/commands/external_authentication.h"

#include "keys/standard.h"

namespace ssc::simulator::core {
namespace {

// What byte 1 to 16 of the data field are (Part 5 §6.4.3).
struct Proof {
  ByteView authentication_data;
  ByteView original;
};

Proof proof_of(const Request& request) { return {request.data.first(8), request.data.subspan(8, 8)}; }

bool is_over(const CardView& view, KeyIndex key, const Proof& proof, const std::optional<Challenge>& random) {
  if (!random) return false;
  const auto session = keys::session_key(view.key_value(key), random->value);
  return apdu::equal(keys::authentication_data(session, proof.original), proof.authentication_data);
}

// Over the last random; where the card file takes the last two, over the one before it too.
bool is_right(const CardView& view, KeyIndex key, const Proof& proof) {
  return is_over(view, key, proof, view.session().challenge) ||
         is_over(view, key, proof, view.session().earlier_challenge);
}

constexpr unsigned kUncounted = 15;  // what 63Cx says for a key that never locks

}  // namespace

apdu::Response external_authentication(const CardView& view, Transaction& tx, const Request& request) {
  const KeyIndex key = *request.target.key;
  const KeySlot& slot = view.image().key(key);
  const bool counted = slot.max_tries != 0;
  const unsigned tries = view.tries(key);
  tx.session().challenge.reset();
  tx.session().earlier_challenge.reset();
  if (counted && !tx.spend_try(key_tries_cell(key), tries)) return apdu::Response(apdu::sw::memory_failure);
  if (!is_right(view, key, proof_of(request))) {
    return apdu::Response(apdu::sw::tries_left(counted ? tries - 1 : kUncounted));
  }
  if (counted) tx.put(key_tries_cell(key), ByteView(&slot.max_tries, 1));
  tx.session().security.grant(slot.family);
  return apdu::Response(apdu::sw::ok);
}

}  // namespace ssc::simulator::core
