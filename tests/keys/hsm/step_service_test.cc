// What the host answers to texts that are wrong. That it answers right ones right: tests/simulator/hsm.
#include "keys/hsm/step_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "keys/hsm/software.h"

namespace ssc::keys::hsm {
namespace {

using Kind = MachineError::Kind;
using testing::HasSubstr;

Machine lab_machine() {
  return Machine(
      software_back_end({load_key_set("lab-990100-des").value(), load_key_set("lab-990100-sm4").value()}));
}

const StepCard kCard = parse_step_card("990100|0081544C928699990100000001|").value();
constexpr const char* kRandoms = "|1122334455667788|0102030405060708|";

class Steps : public testing::Test {
 protected:
  Machine machine_ = lab_machine();
  StepService service_{machine_};

  MachineError refusal(StepFunction function, const std::string& text) {
    const auto answer = service_.authenticate(function, kCard, text);
    return answer ? MachineError{Kind::kDevice, "no error: " + *answer} : answer.error();
  }
};

TEST_F(Steps, Ssf33IsAnsweredCleanly) {
  const auto error = refusal(StepFunction::kReadCard, std::string("02|004F") + kRandoms);
  EXPECT_EQ(error.kind, Kind::kNoMechanism);
  EXPECT_EQ(error.what, "software: no mechanism for SSF33, a secret cipher");
}

TEST_F(Steps, AnAddressServesItsFunctionOnly) {
  EXPECT_EQ(
      refusal(StepFunction::kWriteCard, std::string("03|004F") + kRandoms).what,
      "address 004F is SM4 RK1DF01 version 1, which serves authentication before reading; authentication "
      "before update is asked for");
  EXPECT_EQ(refusal(StepFunction::kReloadPin, std::string("03|0173") + kRandoms).kind, Kind::kRefused);
  EXPECT_EQ(refusal(StepFunction::kReadCard, std::string("03|FFFF") + kRandoms).kind, Kind::kNoKey);
  EXPECT_EQ(refusal(StepFunction::kReloadPin, std::string("03|009011") + kRandoms).what,
            "address 009011: SM4 PUK version 1 has another PSAM id");
  EXPECT_TRUE(service_.authenticate(StepFunction::kReloadPin, kCard, std::string("03|009010") + kRandoms));
}

struct Wrong {
  const char* name;
  const char* text;
  const char* error;
};

const Wrong kWrong[] = {
    {"Nothing", "", "field 1 (algorithm) is missing; it is 01 DES, 02 SSF33 or 03 SM4, and '|' ends it"},
    {"Algorithm", "04|004F|1122334455667788|0102030405060708|", "field 1 (algorithm) is wrong"},
    {"Address", "03|4F|1122334455667788|0102030405060708|", "field 2 (key address) is wrong"},
    {"ShortFactor", "03|004F|11223344556677|0102030405060708|",
     "field 3 (session factor) is wrong; it is 16 hex"},
    {"NoHex", "03|004F|11223344556677GG|0102030405060708|", "field 3 (session factor) is wrong"},
    {"NoEnd", "03|004F|1122334455667788|0102030405060708", "field 4 (original information) is missing"},
    {"TooMany", "03|004F|1122334455667788|0102030405060708|x|", "something follows the last of 4 fields"},
};

class WrongText : public testing::TestWithParam<Wrong> {};

TEST_P(WrongText, IsOneClearLine) {
  Machine machine = lab_machine();
  const auto answer = StepService(machine).authenticate(StepFunction::kReadCard, kCard, GetParam().text);
  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().kind, Kind::kBadInput);
  EXPECT_THAT(answer.error().what, HasSubstr(GetParam().error));
}

INSTANTIATE_TEST_SUITE_P(Steps, WrongText, testing::ValuesIn(kWrong),
                         [](const auto& wrong) { return std::string(wrong.param.name); });

TEST_F(Steps, ReadBasicWantsBothOrNoneOfTheOuterFields) {
  const std::string head =
      "990100|0081544C928699990100000001|03|990100D15600000500000001FFFFFFFF|1122334455667788|"
      "0102030405060708|";
  EXPECT_TRUE(service_.read_basic(head + "||").has_value());
  EXPECT_TRUE(service_.read_basic(head + "1122334455667788|0102030405060708|").has_value());
  EXPECT_EQ(service_.read_basic(head + "1122334455667788||").error().kind, Kind::kBadInput);
  std::string other = head + "||";
  other[5] = '1';
  EXPECT_EQ(service_.read_basic(other).error().what, "the identification code is of another area");
}

TEST_F(Steps, AHeadOfAnotherCommandIsRefused) {
  const std::string factor = "03|0173|1122334455667788|";
  EXPECT_TRUE(service_.reload_pin(kCard, factor + "8424000114|123456|").has_value());
  EXPECT_EQ(service_.reload_pin(kCard, factor + "842400010C|123456|").error().what,
            "the command head is 8424000114, not 842400010C");
  EXPECT_EQ(service_.unblock_pin(kCard, factor + "8424000104||").error().kind, Kind::kRefused);
  EXPECT_EQ(service_.unblock_pin(kCard, factor + "8424000004|123456|").error().kind, Kind::kBadInput);
}

TEST_F(Steps, APinIsNotInTheError) {
  const auto error =
      service_.reload_pin(kCard, "03|0173|1122334455667788|8424000114|12345678901234567|").error();
  EXPECT_EQ(error.what, "field 5 (PIN) is wrong; it is 4 to 16 digits, and '|' ends it");
}

TEST_F(Steps, StepsOfTwoPurchasesDoNotMeet) {
  const std::string step1 = "03|017F|A1B2C3D4|0005|0000000A000000C8|32|000000000000|20240131120000|";
  EXPECT_EQ(
      service_
          .check_debit(kCard, step1,
                       "00000000|03|017F|0000000B000000C8|32|000000000000|00000123|20240131120000|00000000|")
          .error()
          .what,
      "step 2 is about another purchase than step 1");
}

}  // namespace
}  // namespace ssc::keys::hsm
