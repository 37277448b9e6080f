#include "apdu/response.h"

#include <gtest/gtest.h>

namespace ssc::apdu {
namespace {

TEST(Response, GoesThereAndBackAtEveryLength) {
  for (std::size_t size = 0; size <= kMaxResponseData; ++size) {
    const Bytes data(size, 0xA5);
    const Response response(data, sw::tries_left(2));
    const auto wire = response.encode();
    ASSERT_EQ(wire.size(), size + 2);
    EXPECT_EQ(wire.view()[size], 0x63);
    EXPECT_EQ(wire.view()[size + 1], 0xC2);
    const Response again = Response::decode(wire);
    EXPECT_TRUE(equal(again.data, data));
    EXPECT_EQ(again.status, sw::tries_left(2));
  }
}

TEST(Response, AStatusAlone) { EXPECT_TRUE(equal(Response(sw::ok).encode(), Bytes{0x90, 0x00})); }

}  // namespace
}  // namespace ssc::apdu
