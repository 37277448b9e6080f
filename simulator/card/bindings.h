// The user card's command set.
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::card {

const core::CommandSet& commands();

}  // namespace ssc::simulator::card
