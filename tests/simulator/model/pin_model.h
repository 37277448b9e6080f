// What the standard says about PIN, unblock and reload, as a small machine that can be read beside the tables
// of Part 5 §6.3, §6.4, §6.5, §6.8 and §6.14 and Part 7 §5.8 and §6.6. It shares no code with the card OS but
// the ciphers.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "apdu/command.h"
#include "apdu/response.h"
#include "simulator/profile/model.h"

namespace ssc::simulator::model {

using apdu::Bytes;
using apdu::ByteView;
using profile::CardModel;

// What the card must answer. A random cannot be foretold: only its size is.
struct Expected {
  apdu::StatusWord status;
  Bytes data;
  std::size_t random_bytes = 0;
};

// A card with one environment, the strict and direct presentation, and no application blocked. `card` must
// outlive the model.
class PinModel {
 public:
  explicit PinModel(const CardModel& card);

  void reset();
  // The answer to SELECT, GET CHALLENGE, EXTERNAL AUTHENTICATION, VERIFY, CHANGE PIN, PIN CHANGE/UNBLOCK and
  // READ RECORD of a file by SFI and number; any other INS is 6D00. Takes the step.
  Expected answer(ByteView apdu);
  // Tells which random GET CHALLENGE gave.
  void drawn(ByteView random) { challenge_.assign(random.begin(), random.end()); }

  // What a terminal that knows everything needs for the right command, or a wrong one.
  const Bytes& pin() const { return pin_; }
  const Bytes& challenge() const { return challenge_; }  // empty: none
  bool usable_challenge() const;
  const profile::Df& df() const { return *df_; }
  // A key of the SSSE, or of the current DF when the top bit of the id says so; version 0 is the first.
  const profile::KeyEntry* key(std::uint8_t kid, std::uint8_t version) const;
  const profile::KeyEntry& secure_messaging_key() const;

 private:
  using Tries = std::map<const profile::KeyEntry*, unsigned>;

  Expected select(const apdu::Command& command);
  Expected select_df(const profile::Df* df);
  Expected get_challenge(const apdu::Command& command);
  Expected external_authentication(const apdu::Command& command);
  Expected verify(const apdu::Command& command);
  Expected change_pin(const apdu::Command& command);
  Expected unblock_or_reload(const apdu::Command& command);
  Expected read_record(const apdu::Command& command);

  const profile::Df& ssse() const { return card_->dfs.front(); }
  apdu::StatusWord present_pin(ByteView presented);
  bool mac_is_right(const apdu::Command& command) const;
  bool allowed(const profile::Access& access) const;

  const CardModel* card_;
  // For good:
  Bytes pin_;  // empty: no PIN
  unsigned pin_tries_;
  Tries key_tries_;
  // Until power goes:
  const profile::Df* df_;
  bool pin_verified_ = false;
  std::set<std::pair<const profile::Df*, std::string>> authenticated_;  // keys, by name
  Bytes challenge_;
};

}  // namespace ssc::simulator::model
