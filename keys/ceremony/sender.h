// The giving side: a carrier that exports keys (simulator/carrier/README.md §4).
#pragma once

#include <vector>

#include "keys/ceremony/carrier_record.h"
#include "keys/ceremony/talk.h"
#include "keys/key_names.h"

namespace ssc::keys::ceremony {

// What a carrier's or PSAM's public files say.
struct Face {
  std::uint8_t type = 0;               // key card type of EF 0015
  Factor serial{};                     // right eight bytes of the serial number
  unsigned level = 0;                  // 0 ministry, 1 province, 2 city
  std::array<std::uint8_t, 2> area{};  // BCD: 99 01
};

// A record that a carrier holds.
struct Held {
  std::uint16_t file = 0;   // 0011 to 0014
  std::uint8_t number = 0;  // in its file, from 1
  Head head;
  CheckValue check{};
};

// "UK3DF01" where the standard has a name for what is held under these ids, else "key-27/C0"; "TK-40" a
// transmission key, "PR-41" a root of proofs.
std::string name_of(const Held& held);
std::string name_of(std::uint16_t file, const Head& head);

// What EXPORT KEY is asked.
struct Order {
  Held held;
  std::uint8_t usage_there = 0;
  std::uint8_t route = 0;      // id of the transmission key
  std::uint8_t receivers = 0;  // granted, carriers only
  std::uint16_t exports = 0;   // the same
  bool replaces = false;
};

class Sender {
 public:
  // Powers the carrier and gives the holder's PIN (digits). Errors: no key carrier; a PIN that is wrong.
  static Done<Sender> open(apdu::Channel& channel, std::string name, std::string_view pin);

  const Face& face() const { return face_; }
  const std::string& name() const { return talk_.name(); }
  Done<std::vector<Held>> records(std::uint16_t file);
  // As it would arrive; nothing is counted. A refusal is no error: its status says why.
  Done<apdu::Response> preview(const Held& held, std::uint8_t route, std::uint8_t usage_there);
  // The data field of the receiver's 84 D4. Counted by the card.
  Done<Bytes> export_key(const Order& order, const Factor& serial, ByteView random);
  // Authentication data for EXTERNAL AUTHENTICATION at the receiver.
  Done<Bytes> make_proof(std::uint8_t root, const Factor& serial, ByteView random, ByteView original);

 private:
  explicit Sender(Talk talk) : talk_(std::move(talk)) {}
  Done<void> enter(std::string_view pin);

  Talk talk_;
  Face face_;
};

// EF 0015 and, of a carrier, EF 0017, read with the MF current; a PSAM's area is that of its terminal number.
Done<Face> read_face(Talk& talk);
// SELECT by DF name.
Done<Bytes> select(Talk& talk, ByteView name);
inline constexpr std::uint8_t kKeysAid[] = {0xD1, 0x56, 0x00, 0x00, 0x05, 0x90};

}  // namespace ssc::keys::ceremony
