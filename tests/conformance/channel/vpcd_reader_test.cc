#include "conformance/channel/vpcd_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssc::conformance {
namespace {

using Kind = VpcdDiagnosis::Kind;
using Readers = std::vector<std::string>;
using Seen = tl::expected<Readers, apdu::ChannelError>;
using testing::HasSubstr;

const Seen kNoService =
    tl::make_unexpected(apdu::ChannelError{apdu::ChannelError::Kind::kNoReader, "pcscd is not running"});

TEST(DiagnoseVpcd, IsReadyWhenTheReaderIsThereHoweverItWasInstalled) {
  for (const bool installed : {true, false}) {
    const auto diagnosis = diagnose_vpcd(Readers{"ACS ACR38U 01 00", "Virtual PCD 00 00"}, installed);
    EXPECT_EQ(diagnosis.kind, Kind::kReady);
    EXPECT_EQ(diagnosis.what, "");
  }
}

TEST(DiagnoseVpcd, NamesTheRestartWhenPcscdIsOlderThanVpcd) {
  const auto diagnosis = diagnose_vpcd(Readers{"ACS ACR38U 01 00"}, true);
  EXPECT_EQ(diagnosis.kind, Kind::kWithoutVpcd);
  EXPECT_THAT(diagnosis.what, HasSubstr("systemctl restart pcscd"));
}

TEST(DiagnoseVpcd, TellsAMissingServiceFromAMissingPackage) {
  EXPECT_EQ(diagnose_vpcd(kNoService, true).kind, Kind::kNotRunning);
  EXPECT_THAT(diagnose_vpcd(kNoService, true).what, HasSubstr("pcscd is not running"));
  EXPECT_EQ(diagnose_vpcd(kNoService, false).kind, Kind::kNotInstalled);
  EXPECT_THAT(diagnose_vpcd(Readers{}, false).what, HasSubstr("install vsmartcard-vpcd"));
}

}  // namespace
}  // namespace ssc::conformance
