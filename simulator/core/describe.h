// A card in words, the same for two cards that behave the same: structure, rights, keys, contents.
#pragma once

#include <string>

#include "simulator/core/card_os.h"

namespace ssc::simulator::core {

// One line an object, in the card's order. Names of DFs and keys, which a card made by APDU cannot know, are
// left out; of keys and the PIN only the SM3 digest is shown; master keys are no part of an issued card.
std::string describe(const CardOs& card);

}  // namespace ssc::simulator::core
