// The image a card runs on: what its card file says, and what its store says was made since.
#pragma once

#include <memory>

#include "simulator/core/image.h"
#include "simulator/core/store.h"

namespace ssc::simulator::core {

// A card built from a card file has the keys that were added to it (key_overlay.h); `base` itself when there
// are none. A blank card has what was made of it. Each environment of a card not yet in use has a master key,
// id 00: its own, else the one of the environment above, else the transport key; an ADF has one, id 80, when
// it was loaded. They stand behind all other keys and never lock.
std::shared_ptr<const Image> derive_image(const std::shared_ptr<const Image>& base, const Store& store);

// How many keys stand before the master keys.
std::size_t working_keys(const Image& image);

}  // namespace ssc::simulator::core
