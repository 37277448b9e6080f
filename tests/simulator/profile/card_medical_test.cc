// <medical> in a card file: its numbers are in the amounts file, its settings on the model; the built-in
// cards make transactions.
#include "simulator/profile/card_medical.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "apdu/hex.h"
#include "simulator/factory.h"
#include "tests/simulator/profile/temporary_file.h"

namespace ssc::simulator::profile {
namespace {

apdu::Loaded<CardModel> load_with(const std::string& medical, const std::string& profile = "2.00") {
  const TemporaryFile file(
      "card.xml", "<card xmlns='urn:ssc:card:1' name='x' key-set='lab-990100-des' profile='" + profile +
                      "'>\n<atr historical='0081 544C92 8699 9901 00000002'/>\n" + medical + "\n</card>");
  return load_card(file.path());
}

TEST(CardMedical, NumbersStandInTheOrderOfTheFile) {
  const auto model = load_with(
      "<medical load-sequence='3' purchase-sequence='65535' balance='1000' self-paid='16' "
      "pooled='4294967295' "
      "pay-year='2023' starting-day='0401'/>");
  ASSERT_TRUE(model) << model.error().to_string();
  EXPECT_EQ(apdu::to_hex(model->medical->amounts),
            "0003"
            "FFFF"
            "000003E8"
            "00000010"
            "FFFFFFFF"
            "2023"
            "0401");
  EXPECT_FALSE(model->medical->binary_type);
  EXPECT_FALSE(model->medical->tac_before_load);
}

TEST(CardMedical, LeftOut) {
  EXPECT_FALSE(load_with("").value().medical);
  EXPECT_EQ(apdu::to_hex(load_with("<medical/>").value().medical->amounts), std::string(36, '0') + "0101");
}

TEST(CardMedical, Settings) {
  const auto model = load_with("<medical accounts='personal' type='binary' load-tac='before'/>").value();
  EXPECT_TRUE(model.medical->binary_type);
  EXPECT_TRUE(model.medical->tac_before_load);
  const auto& files = model.find_df("DF04")->files;
  EXPECT_EQ(std::ranges::find(files, 0xEF08, &Ef::fid)->record_length, 20);
}

TEST(CardMedical, FaultsAreToldInOneLine) {
  for (const char* bad :
       {"<medical balance='-1'/>", "<medical balance='4294967296'/>", "<medical pay-year='23'/>",
        "<medical starting-day='1301'/>", "<medical load-sequence='65536'/>", "<medical type='x'/>"}) {
    const auto model = load_with(bad);
    ASSERT_FALSE(model) << bad;
    EXPECT_NE(model.error().to_string().find(":3:"), std::string::npos) << model.error().to_string();
  }
}

TEST(CardMedical, EverySampleMakesTransactions) {
  for (const char* name : {"sample-1.0", "sample-1.0-field", "sample-2.00", "sample-2.00-field",
                           "sample-3.00", "sample-3.00-field"}) {
    const auto model = load_card(name).value();
    const auto card = make_card(model, {.seed = 1});
    card->power_on();
    const auto send = [&](std::string_view command) {
      return card->transmit(apdu::parse_hex(command).value()).status.value();
    };
    send("00A4000002DF04");
    EXPECT_EQ(send("0020000003123456"), 0x9000) << name;
    EXPECT_EQ(send("B02800010B01000001F4990100000001"), 0x9000) << name;
    EXPECT_EQ(send("B02801011301000000640000000A000000C8990100000001"), 0x9000) << name;
    EXPECT_EQ(send("00B201441C"), 0x6A83) << name;
  }
}

}  // namespace
}  // namespace ssc::simulator::profile
