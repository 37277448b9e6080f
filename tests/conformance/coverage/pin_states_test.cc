#include <gtest/gtest.h>

#include "tests/conformance/coverage/collecting.h"

namespace ssc::conformance {
namespace {

using test::cell_of;
using test::exchange;

class PinStates : public ::testing::Test {
 protected:
  void SetUp() override { collector_->begin(*model_); }
  void see(const char* command, const char* response) { collector_->see(exchange(command, response), "C"); }
  std::string cell(const char* row, const char* column) const {
    return cell_of(collector_->matrix(), row, column);
  }

  std::shared_ptr<const CardModel> model_ = test::fake_model();  // PIN 123456, three tries
  std::unique_ptr<Collector> collector_ = pin_state_collector();
};

TEST_F(PinStates, FollowTheCounterDownToTheLock) {
  see("0020000003123456", "9000");
  EXPECT_EQ(cell("PIN, all tries", "VERIFY right"), "C");
  see("0020000003111111", "63C2");
  see("0020000003111111", "63C1");
  EXPECT_EQ(cell("PIN, some tries spent", "VERIFY wrong"), "C");
  EXPECT_EQ(cell("PIN, last try", "VERIFY wrong"), "");
  see("0020000003111111", "63C0");
  EXPECT_EQ(cell("PIN, last try", "VERIFY wrong"), "C");
  see("0020000003123456", "6983");
  EXPECT_EQ(cell("PIN locked", "VERIFY right"), "C");
  EXPECT_EQ(cell("PIN locked", "VERIFY wrong"), "");
}

TEST_F(PinStates, AskingCostsNothing) {
  see("0020000003111111", "63C2");
  see("0020000000", "63C2");
  EXPECT_EQ(cell("PIN, some tries spent", "VERIFY Lc 00"), "C");
}

TEST_F(PinStates, ACardWithoutAPinGetsOneAndLosesIt) {
  see("805E010004123456FF", "9000");
  see("0020000000", "9000");
  EXPECT_EQ(cell("no PIN", "VERIFY Lc 00"), "C");
  see("805E010004FF654321", "9000");
  EXPECT_EQ(cell("no PIN", "CHANGE PIN right"), "C");
  see("0020000003123456", "63C2");
  EXPECT_EQ(cell("PIN, all tries", "VERIFY wrong"), "C") << "the old PIN is wrong now";
  EXPECT_EQ(cell("no PIN", "VERIFY right"), "-");
}

TEST_F(PinStates, ResetsByTheIssuerCountWhereTheyWereTried) {
  see("842400000411223344", "6982");
  EXPECT_EQ(cell("PIN, all tries", "unblock, refused"), "C");
  see("842400010C112233445566778811223344", "9000");
  EXPECT_EQ(cell("PIN, all tries", "reload, done"), "C");
  see("0020000003999999", "9000");
  EXPECT_EQ(cell("PIN, all tries", "VERIFY right"), "C") << "nobody saw the new PIN: the answer tells";
}

// A foreign card may take what has no separator.
TEST_F(PinStates, AChangeWithoutSeparatorIsNoCrash) {
  see("805E010003123456", "9000");
  EXPECT_EQ(cell("PIN, all tries", "CHANGE PIN right"), "C");
}

}  // namespace
}  // namespace ssc::conformance
