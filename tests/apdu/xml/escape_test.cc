#include "apdu/xml/escape.h"

#include <gtest/gtest.h>

namespace ssc::xml {
namespace {

TEST(Escape, LeavesNothingThatBreaksAFile) {
  EXPECT_EQ(escape("a<b>&\"c\"\x01\n"), "a&lt;b&gt;&amp;&quot;c&quot;?\n");
}

}  // namespace
}  // namespace ssc::xml
