#include "keys/factors.h"

#include <gtest/gtest.h>

#include "apdu/hex.h"

namespace ssc::keys {
namespace {

// Part 9 §7.3 with the sample code 650100.
TEST(Factors, OfTheThreeLevels) {
  EXPECT_EQ(apdu::to_hex(province_factor("650100")), "3635303030307368");
  EXPECT_EQ(apdu::to_hex(city_factor("650100")), "3635303130307378");
  const auto historical = apdu::parse_hex("0081544C928684990100000001").value();
  EXPECT_EQ(apdu::to_hex(card_factor(historical)), "8684990100000001");
}

// One provincial specification: 330381 counts as 330300.
TEST(Factors, ACityOfFourDigits) {
  EXPECT_EQ(apdu::to_hex(city_factor("330381")), "3333303338317378");
  EXPECT_EQ(apdu::to_hex(city_factor("330381", true)), "3333303330307378");
}

}  // namespace
}  // namespace ssc::keys
