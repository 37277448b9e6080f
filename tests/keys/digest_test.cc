#include "keys/digest.h"

#include <gtest/gtest.h>

#include "apdu/hex.h"

namespace ssc::keys {
namespace {

// GM/T 0004-2012 Annex A, both examples.
TEST(Sm3, PublishedExamples) {
  EXPECT_EQ(apdu::to_hex(sm3(std::string_view("abc"))),
            "66C7F0F462EEEDD9D1F2D46BDC10E4E24167C4875CF2F7A2297DA02B8F4BA8E0");
  std::string blocks;
  for (int i = 0; i < 16; ++i) blocks += "abcd";
  EXPECT_EQ(apdu::to_hex(sm3(blocks)), "DEBE9FF92275B8A138604889C18E5A4D6FDB70E5387E5765293DCBA39C0C5732");
}

}  // namespace
}  // namespace ssc::keys
