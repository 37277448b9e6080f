#include "conformance/channel/pcsc_error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssc::conformance {
namespace {

using Kind = apdu::ChannelError::Kind;
using testing::HasSubstr;

// As PC/SC part 5 numbers them.
constexpr long kSharingViolation = 0x8010000B;
constexpr long kNoSmartCard = 0x8010000C;
constexpr long kReaderUnavailable = 0x80100017;
constexpr long kNoService = 0x8010001D;
constexpr long kRemovedCard = 0x80100069;
constexpr long kPinBlocked = 0x8010006C;

TEST(PcscError, TellsAMissingCardFromAMissingReader) {
  EXPECT_EQ(pcsc_error("R", kRemovedCard).kind, Kind::kNoCard);
  EXPECT_EQ(pcsc_error("R", kNoSmartCard).kind, Kind::kNoCard);
  EXPECT_EQ(pcsc_error("R", kReaderUnavailable).kind, Kind::kNoReader);
  EXPECT_EQ(pcsc_error("", kNoService).kind, Kind::kNoReader);
}

TEST(PcscError, NamesTheReaderAndWhatToDo) {
  EXPECT_THAT(pcsc_error("ACR38U", kSharingViolation).what, HasSubstr("reader \"ACR38U\": another program"));
  EXPECT_THAT(pcsc_error("", kNoService).what, HasSubstr("PC/SC: pcscd is not running; start it"));
}

TEST(PcscError, AnUnknownCodeIsShownAsPcscNamesIt) {
  const auto error = pcsc_error("R", kPinBlocked);
  EXPECT_EQ(error.kind, Kind::kBroken);
  EXPECT_THAT(error.what, HasSubstr("0X8010006C"));
}

}  // namespace
}  // namespace ssc::conformance
