#include "tools/ssc/progress_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace ssc::tools {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

TEST(ProgressText, SaysShareRateAndWhatIsLeft) {
  EXPECT_EQ(progress_text(25, 100, 5s), "[======>                 ] 25/100  25 %  5.0/s  15 s left");
  EXPECT_EQ(progress_text(100, 100, 5s), "[========================] 100/100  100 %  20/s");
  EXPECT_THAT(progress_text(1, 10001, 1s), HasSubstr("2 h 46 min left"));
  EXPECT_THAT(progress_text(0, 10, 0s), HasSubstr("0/10  0 %"));
  EXPECT_EQ(progress_text(0, 0, 1s), "");
}

class Line : public ::testing::Test {
 protected:
  std::chrono::steady_clock::time_point now_{};
  std::ostringstream out_;
  ProgressLine::Clock clock_ = [this] { return now_; };
};

TEST_F(Line, TheBarIsDrawnTenTimesASecondAndTakenAway) {
  {
    ProgressLine line(out_, ProgressLine::Form::kBar, 100, clock_);
    line.advance(1);
    EXPECT_EQ(out_.str(), "");
    now_ += 100ms;
    line.advance(2, "1 failed");
    EXPECT_EQ(out_.str(), "\r\033[K" + progress_text(2, 100, 100ms) + "  1 failed");
    out_.str("");
  }
  EXPECT_EQ(out_.str(), "\r\033[K");
}

TEST_F(Line, ElsewhereAPlainLineNowAndThenAndAtTheEnd) {
  ProgressLine line(out_, ProgressLine::Form::kLines, 3, clock_);
  now_ += 9s;
  line.advance(1);
  EXPECT_EQ(out_.str(), "");
  now_ += 1s;
  line.advance(2);
  line.advance(3);
  EXPECT_EQ(out_.str(), progress_text(2, 3, 10s) + "\n" + progress_text(3, 3, 10s) + "\n");
}

TEST_F(Line, NoneIsSilent) {
  ProgressLine line(out_, ProgressLine::Form::kNone, 1, clock_);
  line.advance(1);
  EXPECT_EQ(out_.str(), "");
}

}  // namespace
}  // namespace ssc::tools
