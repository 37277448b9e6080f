#include "keys/random.h"

#include <gtest/gtest.h>

#include <set>

#include "apdu/hex.h"

namespace ssc::keys {
namespace {

// The first numbers of SplitMix64 from seed 1234567, as published with the algorithm's test programs.
TEST(SeededRandom, IsSplitMix64) {
  apdu::Bytes bytes(40);
  seeded_random(1234567)->fill(bytes);
  const std::uint64_t expected[] = {6457827717110365317U, 3203168211198807973U, 9817491932198370423U,
                                    4593380528125082431U, 16408922859458223821U};
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(apdu::number(apdu::ByteView(bytes).subspan(8 * i, 8)), expected[i]);
  }
}

TEST(SeededRandom, DoesNotDependOnHowManyBytesAreAskedForAtOnce) {
  apdu::Bytes whole(20);
  seeded_random(7)->fill(whole);
  apdu::Bytes pieces(20);
  const auto random = seeded_random(7);
  for (std::size_t at = 0; at < 20; at += 4) random->fill(std::span(pieces).subspan(at, 4));
  EXPECT_EQ(pieces, whole);
}

TEST(SystemRandom, FillsEveryLength) {
  const auto random = system_random();
  std::set<apdu::Bytes> seen;
  for (int i = 0; i < 20; ++i) {
    apdu::Bytes bytes(1000);
    random->fill(bytes);
    EXPECT_TRUE(seen.insert(apdu::Bytes(bytes.begin() + 990, bytes.end())).second);
  }
  random->fill({});
}

}  // namespace
}  // namespace ssc::keys
