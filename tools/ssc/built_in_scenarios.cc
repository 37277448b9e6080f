#include "tools/ssc/built_in_scenarios.h"

namespace ssc::embedded {
extern const apdu::EmbeddedFile scenarios[];
extern const std::size_t scenarios_count;
}  // namespace ssc::embedded

namespace ssc::tools {

conformance::BuiltInFiles built_in_scenarios() { return {embedded::scenarios, embedded::scenarios_count}; }

}  // namespace ssc::tools
