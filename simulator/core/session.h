// Volatile state: gone with power and reset.
#pragma once

#include <optional>

#include "apdu/response.h"
#include "keys/key.h"
#include "simulator/core/image.h"
#include "simulator/core/medical_state.h"
#include "simulator/core/security_status.h"

namespace ssc::simulator::core {

// A random drawn by GET CHALLENGE: good once, in the application it was drawn in (Part 5 §6.5.1).
struct Challenge {
  InplaceBytes<16> value;  // 4, 8 or 16 bytes
};

// What DELIVERY SESSION KEY left for CIPHER DATA (Part 9 §9.7-9.8).
struct DeliveredKey {
  keys::SessionKey key;
  std::uint8_t type = 0;    // usage without the level bits: 6 MAC, 7 encryption, 8 both
  InplaceBytes<16> chain;   // the running block of a MAC that goes on; empty when none does
  bool encrypting = false;  // an encryption said that more follows
};

struct Session {
  DfIndex df = kMfIndex;
  std::optional<EfIndex> ef;
  std::uint16_t record = 0;             // number of the current record; 0: none
  std::optional<DfIndex> last_by_name;  // where SELECT by name stopped, for "next"
  SecurityStatus security;
  std::optional<Challenge> challenge;
  std::optional<Challenge> earlier_challenge;  // the one before, kept where a card file asks for it
  std::optional<KeyFamily> refused_for;        // the key that the last refused READ or UPDATE asked for
  std::optional<DeliveredKey> delivered;
  std::optional<keys::Mac> expected_mac2;  // a purchase begun at a PSAM waits for it (Part 9 §9.10)
  MedicalState medical;
  InplaceBytes<apdu::kMaxResponseData> pending;  // waits for GET RESPONSE

  // Makes a DF current. The same DF again keeps every state. Another one ends the challenge, the delivered
  // key, a purchase and the states of the old DF's keys; keys of the environment stay as long as the
  // environment does (Part 5 §6.11.1, Part 7 §6.6).
  void enter(const Image& image, DfIndex to);
  void select(EfIndex file) {
    ef = file;
    record = 0;
  }
};

}  // namespace ssc::simulator::core
