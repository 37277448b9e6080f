#include "simulator/psam/diversification.h"

#include "keys/standard.h"

namespace ssc::simulator::psam {

keys::Key card_key(const keys::Key& root, keys::ByteView factors) {
  constexpr std::size_t kFactorSize = std::tuple_size_v<keys::Factor>;
  std::array<keys::Factor, kMaxLevels> first_level_first{};
  const std::size_t levels = factors.size() / kFactorSize;
  for (std::size_t i = 0; i < levels; ++i) {
    std::ranges::copy(factors.subspan(i * kFactorSize, kFactorSize),
                      first_level_first[levels - 1 - i].begin());
  }
  return keys::diversify(root, std::span<const keys::Factor>(first_level_first).first(levels));
}

}  // namespace ssc::simulator::psam
