// The card file of a replacement: the holder's data of the old card, everything of the card itself anew.
#pragma once

#include <string>
#include <string_view>

#include "apdu/input_error.h"
#include "keys/pin.h"
#include "simulator/profile/model.h"

namespace ssc::simulator::issue {

struct Replacement {
  std::string name;    // of the card file
  std::string serial;  // eight digits: TA to TD of the ATR, by which keys are diversified (Part 9 §7.3.3)
  std::string identification;  // identification code, 32 hexadecimal digits (V2.0 notice t.10)
  std::string card_number;     // nine characters
  std::string issued;          // YYYYMMDD
  std::string expires;         // likewise
  keys::Pin pin;               // empty: none
  unsigned tries = 3;
};

// The 13 historical bytes of the old card with another serial.
apdu::Bytes historical_with(const profile::CardModel& old, std::string_view serial);

// The text of the new card file. Keys that the old file sets itself are the old card's and left out; accounts
// and counters of DF04 begin anew. Errors: those of loading the old card.
apdu::Loaded<std::string> replacement_card(std::string_view old_path_or_name, const Replacement& plan);

}  // namespace ssc::simulator::issue
