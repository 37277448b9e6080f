#include "keys/factors.h"

#include <algorithm>
#include <cassert>

namespace ssc::keys {
namespace {

// The first `kept` digits of the area, zeros up to six, then two letters.
Factor area_factor(std::string_view area, std::size_t kept, std::string_view letters) {
  assert(area.size() == 6);
  Factor factor{'0', '0', '0', '0', '0', '0'};
  std::copy_n(area.begin(), kept, factor.begin());
  std::copy(letters.begin(), letters.end(), factor.begin() + 6);
  return factor;
}

}  // namespace

Factor province_factor(std::string_view area) { return area_factor(area, 2, "sh"); }

Factor city_factor(std::string_view area, bool four_digits) {
  return area_factor(area, four_digits ? 4 : 6, "sx");
}

Factor card_factor(ByteView historical_bytes) {
  assert(historical_bytes.size() == 13);
  Factor factor{};
  std::copy(historical_bytes.begin() + 5, historical_bytes.end(), factor.begin());
  return factor;
}

}  // namespace ssc::keys
