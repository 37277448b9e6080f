// The order in which a command is checked. It can be observed from outside, so it is one list.
#pragma once

#include "simulator/core/card_view.h"
#include "simulator/core/rules.h"

namespace ssc::simulator::core {

// A command on its way through the checks.
struct Exchange {
  CardView view;
  Transaction& transaction;
  const Rules& rules;
  apdu::Header header;
  const apdu::Command* command = nullptr;  // null: the bytes after the header are no Lc, data and Le
  const apdu::CommandRow* row = nullptr;   // from step 3 on
  const Binding* binding = nullptr;        // from step 3 on
  Target target = {};                      // from step 8 on
  ByteView data = {};                      // the data field; from step 12 on without its MAC
};

// The standard's order.
std::span<const Check> order_of_checks();

// The first refusal of the exchange's rules, or sw::ok.
apdu::StatusWord run_checks(Exchange& exchange);

}  // namespace ssc::simulator::core
