#include "simulator/psam/commands/initialize_environment.h"

#include <algorithm>

namespace ssc::simulator::psam {
namespace {

namespace sw = apdu::sw;

constexpr std::uint8_t kSsf33Province = 0x11;

constexpr bool two_digits(std::uint8_t bcd) { return (bcd >> 4) <= 9 && (bcd & 0x0F) <= 9; }

std::optional<core::DfIndex> environment_of(const core::Image& image, keys::Cipher cipher) {
  const auto it = std::ranges::find_if(
      image.dfs, [=](const core::Df& df) { return !df.application && df.cipher == cipher; });
  if (it == image.dfs.end()) return std::nullopt;
  return static_cast<core::DfIndex>(it - image.dfs.begin());
}

}  // namespace

apdu::Response initialize_environment(const core::CardView& view, core::Transaction& tx,
                                      const core::Request& request) {
  const std::uint8_t province = request.data[0];
  if (!two_digits(province)) return apdu::Response(sw::wrong_data_field);
  const auto cipher = province == kSsf33Province ? keys::Cipher::kSsf33 : keys::Cipher::kDes;
  const auto df = environment_of(view.image(), cipher);
  if (!df) return apdu::Response(sw::conditions_of_use_not_satisfied);
  tx.session().enter(view.image(), *df);
  tx.session().delivered.reset();
  tx.session().expected_mac2.reset();
  return apdu::Response(sw::ok);
}

}  // namespace ssc::simulator::psam
