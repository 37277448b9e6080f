// The HSM functions of a terminal against virtual cards: the cards accept what the machine answers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "keys/hsm/open_machine.h"
#include "keys/hsm/step_service.h"
#include "tests/simulator/hsm/step_terminal.h"

namespace ssc::simulator::test {
namespace {

using keys::hsm::Machine;
using keys::hsm::MachineError;
using keys::hsm::StepFunction;
using keys::hsm::StepService;
using testing::EndsWith;
using testing::StartsWith;

Machine lab_machine() {
  using namespace std::chrono_literals;
  const auto record = keys::hsm::load_machine_record("lab-software").value();
  return keys::hsm::open_machine(record, {2026y / 7 / 1, nullptr}).value();
}

class StepFlows : public testing::TestWithParam<const char*> {
 protected:
  keys::hsm::StepCard card() { return keys::hsm::parse_step_card(terminal_.card_text()).value(); }
  // Steps 1 and 2 up to the authentication with the key at the address.
  std::string authenticate(StepFunction function, const std::string& address, const std::string& id) {
    const auto proof = service_.authenticate(function, card(), terminal_.authenticate_step1(address));
    return proof ? terminal_.authenticate(id, *proof) : proof.error().what;
  }

  StepTerminal terminal_{GetParam()};
  Machine machine_ = lab_machine();
  StepService service_{machine_};
};

TEST_P(StepFlows, ReadCardBas) {
  const bool outer = terminal_.sm4();  // 3.0: EF06 wants RKSSSE
  const auto key = service_.read_basic(terminal_.read_basic_step1(outer)).value();
  EXPECT_EQ(key.size(), outer ? 66U : 34U);
  EXPECT_THAT(terminal_.read_basic_step2(key), EndsWith("9000"));
}

TEST_P(StepFlows, ReadCard) {
  terminal_.send("00A4000002DF01");
  EXPECT_EQ(terminal_.send("00B2202800"), "6982");
  EXPECT_EQ(authenticate(StepFunction::kReadCard, "004F", "88"), "9000");
  EXPECT_EQ(terminal_.send("00B2202800"), "200231309000");
}

TEST_P(StepFlows, WriteCard) {
  terminal_.send("00A4000002DF01");
  EXPECT_EQ(terminal_.send("00DC20280420023230"), "6982");
  EXPECT_EQ(authenticate(StepFunction::kWriteCard, "0097", "83"), "9000");
  EXPECT_EQ(terminal_.send("00DC20280420023230"), "9000");
  EXPECT_EQ(terminal_.send("0020000003123456"), "9000");
  EXPECT_EQ(terminal_.send("00B2202800"), "200232309000");
}

TEST_P(StepFlows, ReloadPin) {
  for (int i = 0; i < 3; ++i) terminal_.send("0020000003999999");
  EXPECT_EQ(terminal_.send("0020000003123456"), "6983");
  EXPECT_EQ(authenticate(StepFunction::kReloadPin, "0090", "06"), "9000");
  const auto step3 = service_.reload_pin(card(), terminal_.reload_step2("654321")).value();
  EXPECT_EQ(step3.size(), terminal_.sm4() ? 50U : 34U);
  EXPECT_EQ(terminal_.send(step3), "9000");
  EXPECT_EQ(terminal_.send("0020000003654321"), "9000");
}

TEST_P(StepFlows, UnblockPin) {
  for (int i = 0; i < 3; ++i) terminal_.send("0020000003999999");
  EXPECT_EQ(authenticate(StepFunction::kUnblockPin, "009010", "06"), "9000");  // with the PSAM id
  const auto step3 = service_.unblock_pin(card(), terminal_.unblock_step2()).value();
  EXPECT_EQ(step3.size(), 18U);
  EXPECT_EQ(terminal_.send(step3), "9000");
  EXPECT_EQ(terminal_.send("0020000003123456"), "9000");
}

TEST_P(StepFlows, DoDebit) {
  EXPECT_EQ(terminal_.send("0020000003123456"), "9000");
  const std::string step1 = terminal_.debit_step1();
  const auto key = service_.debit(card(), step1, 0x00000123).value();
  EXPECT_THAT(key, StartsWith("00000123|20260701120000|"));
  const std::string step2 = terminal_.debit_step2(key);
  EXPECT_TRUE(service_.check_debit(card(), step1, step2).has_value()) << step2;
  std::string forged = step2;
  forged[forged.size() - 2] = forged[forged.size() - 2] == '0' ? '1' : '0';
  EXPECT_EQ(service_.check_debit(card(), step1, forged).error().what, "TAC is wrong");
  forged = step2;
  forged[0] = forged[0] == '0' ? '1' : '0';
  EXPECT_EQ(service_.check_debit(card(), step1, forged).error().what, "MAC2 is wrong");
}

// A card of the same keys and another serial number does not take it: the last factor counts.
TEST_P(StepFlows, AnotherCardsAnswerIsRefusedByTheCard) {
  auto other = card();
  other.historical.back() ^= 0xFF;
  terminal_.send("00A4000002DF01");
  const auto proof =
      service_.authenticate(StepFunction::kWriteCard, other, terminal_.authenticate_step1("0097")).value();
  EXPECT_THAT(terminal_.authenticate("83", proof), StartsWith("63C"));
}

INSTANTIATE_TEST_SUITE_P(Cards, StepFlows, testing::Values("sample-2.00", "sample-3.00"),
                         [](const auto& sample) {
                           return std::string(sample.param) == "sample-2.00" ? "Des" : "Sm4";
                         });

}  // namespace
}  // namespace ssc::simulator::test
