#include "apdu/input_error.h"

#include <gtest/gtest.h>

namespace ssc::apdu {
namespace {

TEST(InputError, IsOneLine) {
  EXPECT_EQ((InputError{"a.xml", 12, "odd hex", "add a digit"}.to_string()),
            "a.xml:12: odd hex; add a digit");
  EXPECT_EQ((InputError{"a.xml", 0, "no such file", ""}.to_string()), "a.xml: no such file");
}

}  // namespace
}  // namespace ssc::apdu
