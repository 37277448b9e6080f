#include "conformance/channel/pcsc_error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <winscard.h>

namespace ssc::conformance {
namespace {

using Kind = apdu::ChannelError::Kind;
using testing::HasSubstr;

TEST(PcscError, TellsAMissingCardFromAMissingReader) {
  EXPECT_EQ(pcsc_error("R", SCARD_W_REMOVED_CARD).kind, Kind::kNoCard);
  EXPECT_EQ(pcsc_error("R", SCARD_E_NO_SMARTCARD).kind, Kind::kNoCard);
  EXPECT_EQ(pcsc_error("R", SCARD_E_READER_UNAVAILABLE).kind, Kind::kNoReader);
  EXPECT_EQ(pcsc_error("", SCARD_E_NO_SERVICE).kind, Kind::kNoReader);
}

TEST(PcscError, NamesTheReaderAndWhatToDo) {
  EXPECT_THAT(pcsc_error("ACR38U", SCARD_E_SHARING_VIOLATION).what,
              HasSubstr("reader \"ACR38U\": another program"));
  EXPECT_THAT(pcsc_error("", SCARD_E_NO_SERVICE).what, HasSubstr("PC/SC: pcscd is not running; start it"));
}

TEST(PcscError, AnUnknownCodeIsShownAsPcscNamesIt) {
  const auto error = pcsc_error("R", SCARD_W_CHV_BLOCKED);
  EXPECT_EQ(error.kind, Kind::kBroken);
  EXPECT_THAT(error.what, HasSubstr("0X8010006C"));
}

}  // namespace
}  // namespace ssc::conformance
