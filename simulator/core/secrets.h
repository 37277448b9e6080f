// What a trace must not show: PINs, PIN blocks and personal data of an exchange.
#pragma once

#include "apdu/trace.h"
#include "simulator/core/order_of_checks.h"

namespace ssc::simulator::core {

// Sets the sensitive ranges of an exchange that the card has just answered.
void mark_secrets(apdu::TraceEvent& event, const Exchange& exchange);

}  // namespace ssc::simulator::core
