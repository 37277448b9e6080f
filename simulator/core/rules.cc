#include "simulator/core/rules.h"

#include "simulator/core/order_of_checks.h"

namespace ssc::simulator::core {

Rules::Rules(const CommandSet& set) : commands(set), checks(order_of_checks()) {}

}  // namespace ssc::simulator::core
