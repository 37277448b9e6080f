#include "simulator/card/commands/get_balance.h"

#include "tests/simulator/medical_card.h"

namespace ssc::simulator::test {
namespace {

TEST(GetBalance, BalanceAndYearTotals) {
  MedicalCard card;
  EXPECT_EQ(card.send("B026000104"),
            "000003E8"
            "9000");
  EXPECT_EQ(card.send("B026000206"),
            "00000010"
            "2023"
            "9000");
  EXPECT_EQ(card.send("B026000306"),
            "00000020"
            "2023"
            "9000");
  EXPECT_EQ(card.send("B026000300"),
            "00000020"
            "2023"
            "9000");
}

TEST(GetBalance, NeedsThePin) {
  MedicalCard card(core::build_image(medical_model()));
  for (const char* command : {"B026000104", "B026000206", "B026000306"})
    EXPECT_EQ(card.send(command), "6982");
}

TEST(GetBalance, WrongLeIs6700) {
  MedicalCard card;
  for (const char* command : {"B026000106", "B026000204", "B026000304", "B026000103"}) {
    EXPECT_EQ(card.send(command), "6700") << command;
  }
  EXPECT_EQ(card.send("B026000004"), "6A86");
  EXPECT_EQ(card.send("B026000404"), "6A86");
}

TEST(GetBalance, ACardWithoutContentsHasZeros) {
  auto image = std::make_shared<core::Image>(*core::build_image(medical_model({.pin = ""})));
  std::erase_if(image->contents, [](const auto& cell) { return cell.first == core::kMedicalCell; });
  MedicalCard card(image);
  EXPECT_EQ(card.send("B026000206"),
            "00000000"
            "0000"
            "9000");
}

}  // namespace
}  // namespace ssc::simulator::test
