// Keys that a card built from a card file took in later: records of its key files, over an image that stays
// shared. Whatever a command wants to check about a key (right, MAC, shape, owner) it has checked before.
#pragma once

#include <memory>

#include "simulator/core/card_view.h"
#include "simulator/core/transaction.h"

namespace ssc::simulator::core {

// `base` itself when the store holds no added key; else a copy with them behind the keys of `base`, whose
// indices stay. A card asks for it at power-up and after a command that added a key, never in between.
std::shared_ptr<const Image> overlay_keys(const std::shared_ptr<const Image>& base, const Store& store);

// Whether the key file takes one more record (Part 9 §5: 254 at most).
bool has_room(const Image& image, EfIndex key_file);
// Whether the key file's owner may use the id (Part 9 app. A).
bool takes_id(const Ef& key_file, KeyId id);

// Adds a key in the transaction; the next command finds it. One a command. Preconditions: key.df and key.file
// are of this card, has_room(), a purpose that is not the master key's, family below kMaxRuleFamilies (or
// kNoFamily: is_handed_on(purpose)), no more than 15 tries. The name is not kept.
void add_key(const CardView& view, Transaction& tx, const KeySlot& key);

// Gives a key, added or of the card file, another value, and all its tries. Precondition: a size that the
// key's cipher takes.
void change_key(Transaction& tx, KeyIndex key, ByteView value);

}  // namespace ssc::simulator::core
