#include "simulator/card/commands/starting_day.h"

#include "tests/simulator/medical_card.h"

namespace ssc::simulator::test {
namespace {

TEST(StartingDay, ReadFreelyWrittenAfterDsk) {
  MedicalCard card(core::build_image(medical_model()));
  EXPECT_EQ(card.send("B056010002"), "04019000");
  EXPECT_EQ(card.send("B0560000020701"), "6982");
  EXPECT_EQ(card.authenticate("83"), "9000");  // another key of DF04
  EXPECT_EQ(card.send("B0560000020701"), "6982");
  EXPECT_EQ(card.authenticate("87"), "9000");
  EXPECT_EQ(card.send("B0560000020701"), "9000");
  EXPECT_EQ(card.send("B056010000"), "07019000");
}

TEST(StartingDay, MustBeADay) {
  MedicalCard card;
  EXPECT_EQ(card.authenticate("87"), "9000");
  for (const char* day : {"0000", "0001", "1301", "0132", "0230", "0431", "0A01", "010A", "FFFF"}) {
    EXPECT_EQ(card.send("B056000002" + std::string(day)), "6985") << day;
  }
  for (const char* day : {"0101", "0229", "1231"})
    EXPECT_EQ(card.send("B056000002" + std::string(day)), "9000") << day;
}

TEST(StartingDay, Refusals) {
  MedicalCard card;
  EXPECT_EQ(card.send("B0560200020701"), "6A86");
  EXPECT_EQ(card.send("B05600000107"), "6700");
  EXPECT_EQ(card.send("B056010003"), "6700");
}

}  // namespace
}  // namespace ssc::simulator::test
