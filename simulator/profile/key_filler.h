// Keys of a card: what the profile asks for, with values from the key set, diversified down to this card.
#pragma once

#include "keys/key_set.h"
#include "simulator/profile/profile_loader.h"

namespace ssc::simulator::profile {

// Key sets by DF id of their environment; the MF's under its id too.
using KeySets = std::vector<std::pair<std::string, keys::KeySet>>;

// Fills model.dfs[].keys. The error is one clause: "key set lab-990100-des has no key UK1DF01".
tl::expected<void, std::string> fill_keys(const Profile& profile, const KeySets& sets, CardModel& model);

// "keys UK1DF01 and RK1DF01 of DF01 both have id 83 and version 1", or nothing.
std::optional<std::string> find_key_clash(const CardModel& model);

// "EF 0011 of DES-DF01 takes 2 keys, the key set has 40", or nothing.
std::optional<std::string> find_full_key_file(const CardModel& model);

}  // namespace ssc::simulator::profile
