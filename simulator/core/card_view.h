// What a handler may look at: the committed state, read only.
#pragma once

#include "simulator/core/image.h"
#include "simulator/core/session.h"
#include "simulator/core/store.h"

namespace ssc::simulator::core {

struct PinState {
  ByteView value;      // cn; empty: no PIN
  unsigned tries = 0;  // left
  bool empty() const { return value.empty(); }
};

class CardView {
 public:
  CardView(const Image& image, const Store& store, const Session& session)
      : image_(image), store_(store), session_(session) {}

  const Image& image() const { return image_; }
  const Session& session() const { return session_; }
  const Df& df() const { return image_.df(session_.df); }
  DfIndex environment() const { return image_.environment(session_.df); }

  // The stored bytes, else the image's; empty when there are none.
  ByteView cell(CellId id) const;

  bool holds_medical_account() const { return image_.medical && image_.medical->df == session_.df; }
  bool card_blocked() const { return !cell(kCardBlockedCell).empty(); }
  bool blocked(DfIndex df) const { return !cell(blocked_cell(df)).empty(); }

  PinState pin() const;
  // Tries left; a key that never locks has its full number always.
  unsigned tries(KeyIndex key) const;
  keys::Key key_value(KeyIndex key) const;

  // The key group that a key file's group file names: its second byte, 00 being the first (Part 9 §5.5-5.7).
  // 1 without a group file.
  KeyVersion group_in_use(EfIndex key_file) const;
  // The key of the current DF that a PSAM delivers, by type (usage without its level bits) and id: of several
  // groups the one in use, of a single group that one.
  std::optional<KeyIndex> psam_key(std::uint8_t type, KeyId id) const;

  // Whether the current environment is the PIN's own; beyond it the PIN neither exists nor opens anything
  // (Part 4 §5.5).
  bool pin_reaches() const { return environment() == image_.pin_owner; }
  // A card without a PIN counts as given (Part 7 §5.6 goes on without one).
  bool pin_given() const {
    return pin_reaches() && (session_.security.pin_verified() || cell(kPinCell).empty());
  }
  bool allowed(const AccessRule& rule) const { return allows(rule, session_.security, pin_given()); }

 private:
  const Image& image_;
  const Store& store_;
  const Session& session_;
};

}  // namespace ssc::simulator::core
