// INITIALIZE ENVIRONMENT (Part 9 §9.3): the province in the first byte of a card's identification code picks
// the environment: 11 the SSF33 DDF, any other the DES DDF. Not two digits 6A80, no such DDF 6985. Ends the
// delivered key and a purchase that has begun.
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::psam {

apdu::Response initialize_environment(const core::CardView& view, core::Transaction& tx,
                                      const core::Request& request);

}  // namespace ssc::simulator::psam
