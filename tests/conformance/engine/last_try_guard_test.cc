#include "conformance/engine/last_try_guard.h"

#include <gtest/gtest.h>

#include "tests/conformance/fakes.h"

namespace ssc::conformance {
namespace {

using test::bytes;
using Advice = LastTryGuard::Advice;
constexpr auto kCard = apdu::Slot::kCard;

const Bytes kVerify = bytes("0020000003123456");
const Bytes kAuthenticate = bytes(
    "0082008310"
    "00000000000000000000000000000000");

apdu::StatusWord tries(unsigned left) { return apdu::sw::tries_left(left); }

TEST(LastTryGuard, AsksBeforeTheFirstPin) {
  LastTryGuard guard;
  EXPECT_EQ(guard.before(kCard, kVerify), Advice::kAskPin);
  guard.learn_pin(tries(3));
  EXPECT_EQ(guard.before(kCard, kVerify), Advice::kSend);
}

TEST(LastTryGuard, NeverSpendsTheLastTryOfAPin) {
  LastTryGuard guard;
  guard.learn_pin(tries(2));
  EXPECT_EQ(guard.before(kCard, kVerify), Advice::kSend);
  guard.after(kCard, kVerify, tries(1));
  EXPECT_EQ(guard.before(kCard, kVerify), Advice::kRefuse);
  EXPECT_NE(guard.reason().find("one try left"), std::string::npos);
  EXPECT_EQ(guard.before(kCard, bytes("805E010007123456FF234567")), Advice::kRefuse);
}

TEST(LastTryGuard, ARightPinGivesTheTriesBack) {
  LastTryGuard guard;
  guard.learn_pin(tries(3));
  guard.after(kCard, kVerify, tries(2));
  guard.after(kCard, kVerify, tries(1));
  guard.after(kCard, kVerify, apdu::sw::ok);
  EXPECT_EQ(guard.before(kCard, kVerify), Advice::kSend);
}

TEST(LastTryGuard, RefusesWhenTheCardDoesNotSay) {
  for (const auto status : {apdu::sw::wrong_length, apdu::sw::ok, apdu::sw::wrong_instruction}) {
    LastTryGuard guard;
    EXPECT_EQ(guard.before(kCard, kVerify), Advice::kAskPin);
    guard.learn_pin(status);
    EXPECT_EQ(guard.before(kCard, kVerify), Advice::kRefuse) << apdu::to_string(status);
  }
}

TEST(LastTryGuard, ALockedPinCannotBeHarmed) {
  LastTryGuard guard;
  guard.learn_pin(tries(0));
  EXPECT_EQ(guard.before(kCard, kVerify), Advice::kSend);
}

TEST(LastTryGuard, AskingIsNoTry) {
  LastTryGuard guard;
  guard.learn_pin(tries(1));
  EXPECT_EQ(guard.before(kCard, bytes("00200000")), Advice::kSend);
  EXPECT_EQ(guard.before(kCard, bytes("0020000000")), Advice::kSend);
  // A length that lies, or another class, may still be a try.
  EXPECT_EQ(guard.before(kCard, bytes("0020000003")), Advice::kRefuse);
  EXPECT_EQ(guard.before(kCard, bytes("0420000003123456")), Advice::kRefuse);
}

TEST(LastTryGuard, StopsAfterAKeyThatShouldHaveFitted) {
  LastTryGuard guard;
  guard.learn_key_set(std::nullopt);
  EXPECT_EQ(guard.before(kCard, kAuthenticate), Advice::kSend);
  guard.after(kCard, kAuthenticate, tries(14));
  EXPECT_EQ(guard.before(kCard, kAuthenticate), Advice::kRefuse);
  EXPECT_NE(guard.reason().find("does not fit"), std::string::npos);
}

TEST(LastTryGuard, KeysOfApplicationsAreToldApart) {
  LastTryGuard guard;
  guard.learn_key_set(std::nullopt);
  guard.after(kCard, bytes("00A4000002DF01"), apdu::sw::ok);
  EXPECT_EQ(guard.before(kCard, kAuthenticate), Advice::kSend);
  guard.after(kCard, kAuthenticate, tries(14));
  guard.after(kCard, bytes("00A4000002DF02"), apdu::sw::ok);
  EXPECT_EQ(guard.before(kCard, kAuthenticate), Advice::kSend);
  guard.after(kCard, bytes("00A4000002DF01"), apdu::sw::ok);
  EXPECT_EQ(guard.before(kCard, kAuthenticate), Advice::kRefuse);
}

TEST(LastTryGuard, TriesNoKeyOfACardUntilTheKeySetIsKnownToFit) {
  LastTryGuard guard;
  EXPECT_EQ(guard.before(kCard, kAuthenticate), Advice::kRefuse);
  EXPECT_NE(guard.reason().find("not compared with the card"), std::string::npos);
  EXPECT_EQ(guard.before(apdu::Slot::kPsam, kAuthenticate), Advice::kSend);
  guard.learn_key_set("the key set is another's");
  EXPECT_EQ(guard.before(kCard, kAuthenticate), Advice::kRefuse);
  EXPECT_NE(guard.reason().find("another's"), std::string::npos);
  guard.learn_key_set(std::nullopt);
  EXPECT_EQ(guard.before(kCard, kAuthenticate), Advice::kSend);
}

TEST(LastTryGuard, RefusesWhatIsForGood) {
  for (const char* command : {"8416000004"
                              "00000000",
                              "841E000104"
                              "00000000",
                              "8424000004"
                              "00000000"}) {
    LastTryGuard guard;
    EXPECT_EQ(guard.before(kCard, bytes(command)), Advice::kRefuse) << command;
  }
}

TEST(LastTryGuard, LetsEverythingElseThrough) {
  LastTryGuard guard;
  for (const char* command : {"00A4000002DF01", "00B2012C00", "0084000008", "00", ""})
    EXPECT_EQ(guard.before(kCard, bytes(command)), Advice::kSend) << command;
  EXPECT_EQ(guard.before(apdu::Slot::kPsam, kVerify), Advice::kSend);
}

}  // namespace
}  // namespace ssc::conformance
