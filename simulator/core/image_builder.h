// From a card model (what the files say) to an image (what the card OS runs on).
#pragma once

#include <memory>

#include "simulator/core/image.h"

namespace ssc::simulator::core {

// Precondition: the model came from a loader, so every name in an access rule is a key of the model and
// parents stand before children.
std::shared_ptr<const Image> build_image(const profile::CardModel& model);

}  // namespace ssc::simulator::core
