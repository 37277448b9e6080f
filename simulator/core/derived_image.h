// The image of a card that is made by APDU: what the blank card was, and what its store says was made.
#pragma once

#include <memory>

#include "simulator/core/image.h"
#include "simulator/core/store.h"

namespace ssc::simulator::core {

// `base` itself when it is no blank card. Each environment of a card not yet in use has a master key, id 00:
// its own, else the one of the environment above, else the transport key; an ADF has one, id 80, when it was
// loaded. They stand behind all other keys and never lock.
std::shared_ptr<const Image> derive_image(const std::shared_ptr<const Image>& base, const Store& store);

// How many keys stand before the master keys.
std::size_t working_keys(const Image& image);

}  // namespace ssc::simulator::core
