#include "simulator/vpcd/framing.h"

#include <gmock/gmock.h>

#include "tests/simulator/vpcd/scripted_card.h"

namespace ssc::simulator::vpcd {
namespace {

using apdu::Bytes;
using apdu::ByteView;
using test::hex;
using ::testing::ElementsAre;

// The stream in pieces of `size` bytes; gives the payloads as hex.
std::vector<std::string> parse(const Bytes& stream, std::size_t size) {
  FrameParser parser;
  std::vector<std::string> payloads;
  for (std::size_t at = 0; at < stream.size(); at += size) {
    ByteView piece = ByteView(stream).subspan(at, std::min(size, stream.size() - at));
    while (const auto payload = parser.next(piece)) payloads.push_back(apdu::to_hex(*payload));
    EXPECT_TRUE(piece.empty());
  }
  return payloads;
}

TEST(Framing, GivesTheSameMessagesHoweverTheStreamIsCut) {
  const Bytes stream = hex("0001 01 0001 04 0005 0084000008 0000 0002 9000");
  for (std::size_t size = 1; size <= stream.size(); ++size) {
    EXPECT_THAT(parse(stream, size), ElementsAre("01", "04", "0084000008", "", "9000"))
        << size << " bytes a piece";
  }
}

TEST(Framing, TakesTheLongestMessage) {
  Bytes stream = hex("FFFF");
  stream.resize(2 + 0xFFFF, 0xA5);
  FrameParser parser;
  ByteView input(stream);
  const auto payload = parser.next(input);
  ASSERT_TRUE(payload);
  EXPECT_EQ(payload->size(), 0xFFFFu);
  EXPECT_EQ(payload->back(), 0xA5);
}

TEST(Framing, IsIdleBetweenMessagesOnly) {
  FrameParser parser;
  EXPECT_TRUE(parser.idle());
  const Bytes begun = hex("000201");
  ByteView input(begun);
  EXPECT_FALSE(parser.next(input));
  EXPECT_FALSE(parser.idle());
  const Bytes rest = hex("02");
  input = rest;
  EXPECT_TRUE(parser.next(input));
  EXPECT_TRUE(parser.idle());
}

TEST(Framing, ForgetsAMessageBegun) {
  FrameParser parser;
  const Bytes begun = hex("000501");
  ByteView input(begun);
  EXPECT_FALSE(parser.next(input));
  parser.clear();
  const Bytes whole = hex("000104");
  input = whole;
  const auto payload = parser.next(input);
  ASSERT_TRUE(payload);
  EXPECT_EQ(apdu::to_hex(*payload), "04");
}

TEST(Framing, PutsTheLengthInFront) {
  Bytes out = hex("AA");
  EXPECT_TRUE(append_frame(out, hex("9000")));
  EXPECT_EQ(apdu::to_hex(out), "AA00029000");
  Bytes longest;
  EXPECT_TRUE(append_frame(longest, Bytes(0xFFFF, 1)));
  EXPECT_EQ(longest.size(), 2u + 0xFFFF);
}

TEST(Framing, RefusesWhatHasNoLength) {
  Bytes out;
  EXPECT_FALSE(append_frame(out, Bytes(0x10000, 1)));
  EXPECT_TRUE(out.empty());
}

}  // namespace
}  // namespace ssc::simulator::vpcd
