// What a card has been through before it is inserted: tries that are spent, blocks, and keys of one version
// alone.
#pragma once

#include "apdu/xml/document.h"
#include "simulator/profile/model.h"

namespace ssc::simulator::profile {

// Attribute `left` of a PIN or key that has so many tries; nothing: all are left. Error: more than there are.
apdu::Loaded<std::optional<std::uint8_t>> tries_left(const xml::Element& element, unsigned tries);

// <blocked/>: the card; <blocked df=""/>: one application of it (Part 7 §13). Error: there is no such
// application.
apdu::Loaded<void> apply_blocked(const xml::Element& element, CardModel& model);

// Attribute key-version of the card: of keys that have this version it holds no other.
void keep_version(const xml::Element& root, CardModel& model);

}  // namespace ssc::simulator::profile
