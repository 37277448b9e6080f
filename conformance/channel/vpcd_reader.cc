#include "conformance/channel/vpcd_reader.h"

#include <algorithm>
#include <filesystem>

#include "conformance/channel/pcsc.h"
#include "conformance/channel/reader_names.h"

namespace ssc::conformance {
namespace {

constexpr const char* kReaderConfiguration =
    "/etc/reader.conf.d/vpcd";  // as Debian's vsmartcard-vpcd puts it

bool has_vpcd(const std::vector<std::string>& readers) {
  return std::ranges::find(readers, vpcd_reader_name(0)) != readers.end();
}

}  // namespace

VpcdDiagnosis diagnose_vpcd(const tl::expected<std::vector<std::string>, apdu::ChannelError>& readers,
                            bool installed) {
  using Kind = VpcdDiagnosis::Kind;
  if (readers && has_vpcd(*readers)) return {Kind::kReady, {}};
  if (!installed)
    return {Kind::kNotInstalled,
            "there is no virtual reader: install vsmartcard-vpcd (tools/setup), then restart pcscd"};
  if (!readers) return {Kind::kNotRunning, readers.error().what};
  return {Kind::kWithoutVpcd,
          "pcscd runs without the virtual reader: it was started before vsmartcard-vpcd was installed; "
          "restart it: sudo systemctl restart pcscd"};
}

VpcdDiagnosis why_no_vpcd_reader() {
  std::error_code ignored;
  return diagnose_vpcd(list_readers(), std::filesystem::exists(kReaderConfiguration, ignored));
}

}  // namespace ssc::conformance
