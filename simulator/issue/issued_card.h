// What a batch makes of an applicant: numbers, identification code, ATR, and the card file.
#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "keys/hsm/machine.h"
#include "keys/storage/storage_record.h"
#include "simulator/issue/applicant.h"
#include "simulator/profile/model.h"

namespace ssc::simulator::issue {

// What all cards of a batch share.
struct CardPattern {
  profile::CardModel
      like;             // profile, cipher, key set, version and T=0 of this card, the ATR's first seven bytes
  std::string key_set;  // where to find it: a built-in name or an absolute path
  bool four_digit_city = false;
  char district = 'A';     // the card number's first character (V2.0 notice annex A)
  std::string issue_date;  // YYYYMMDD
  std::string expiry_date;
};

struct IssuedCard {
  std::string card_number;                    // nine characters
  apdu::Bytes identification;                 // item 01: 16 bytes
  std::array<std::uint8_t, 13> historical{};  // T1 to TD
};

// The number-th card of a district: letter ‖ seven digits ‖ check character. Precondition: number < 10^7.
std::string numbered_card(char district, std::uint64_t number);

// The same card for the same applicant and number, always. The serial is the number in BCD, in item 01 and in
// the ATR, which diversifies the keys. The authentication code of item 01 is the machine's MAC under the
// card's IRK. Error: the machine's.
keys::hsm::Answer<IssuedCard> make_card(const CardPattern& pattern, const Applicant& person,
                                        std::uint64_t number, keys::hsm::Machine& machine);

// The card file (schema simulator/profiles/card.xsd). The PIN lies in it sealed. Error: the card has no place
// for something.
struct SealedPin {
  std::string storage;  // the <storage …/> element
  apdu::Bytes sealed;   // pin_context; empty: no PIN
  unsigned tries = 3;
};
tl::expected<std::string, std::string> card_file(const CardPattern& pattern, const Applicant& person,
                                                 const IssuedCard& card, const SealedPin& pin);

}  // namespace ssc::simulator::issue
