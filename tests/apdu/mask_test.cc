#include "apdu/mask.h"

#include <gtest/gtest.h>

#include "apdu/hex.h"

namespace ssc::apdu {
namespace {

Bytes hex(std::string_view text) { return parse_hex(text).value(); }

// The bytes with each masked octet as "**".
std::string masked(ByteView bytes, const SensitiveRanges& ranges) {
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); ++i) out += ranges.covers(i) ? "**" : to_hex(bytes.subspan(i, 1));
  return out;
}

std::string command_masked(std::string_view text) {
  const Bytes command = hex(text);
  return masked(command, mask_by_command(command, {}).command);
}

std::string response_masked(std::string_view command, std::string_view text) {
  const Bytes response = hex(text);
  return masked(response, mask_by_command(hex(command), response).response);
}

TEST(MaskByCommand, DataFieldsThatCarrySecretsAreCoveredWhole) {
  EXPECT_EQ(command_masked("0020000003123456"), "0020000003******");
  EXPECT_EQ(command_masked("805E010007123456FF246813"), "805E010007**************");
  EXPECT_EQ(command_masked("842400010C7BC32AF3CACA123A388D7660"), "842400010C************************");
  EXPECT_EQ(command_masked("84D400110411223344"), "84D4001104********");
  EXPECT_EQ(command_masked("00DC2028042002313000"), "00DC202804********00");
  EXPECT_EQ(command_masked("00D6850000000211220010"), "00D68500000002****0010");
}

TEST(MaskByCommand, TheClassDoesNotUncoverAnything) {
  EXPECT_EQ(command_masked("8020000003123456"), "8020000003******");
  EXPECT_EQ(command_masked("FFDC000003123456"), "FFDC000003******");
}

TEST(MaskByCommand, OthersStayReadable) {
  for (const auto* open : {"00A4040002DF01", "0082008302AABB", "00840000", "0020000000", "0020", ""})
    EXPECT_EQ(command_masked(open), open);
  EXPECT_EQ(response_masked("0084000004", "112233449000"), "112233449000");
}

TEST(MaskByCommand, WhatAReadAnswersIsCoveredAndItsStatusIsNot) {
  EXPECT_EQ(response_masked("00B2080400", "0802313200009000"), "************9000");
  EXPECT_EQ(response_masked("00B0950004", "112233449000"), "********9000");
  EXPECT_EQ(response_masked("80E80011142724", "11223344556677889000"), "****************9000");
  EXPECT_EQ(response_masked("00B0950004", "6A82"), "6A82");
  EXPECT_EQ(response_masked("00B0950004", ""), "");
}

TEST(MaskByCommand, WhatIsNoApduIsCoveredAfterTheHeader) {
  EXPECT_EQ(command_masked("002000000512345699"), "00200000**********");
  EXPECT_EQ(command_masked("0020000003123456000000"), "00200000**************");
}

class MaskerTest : public ::testing::Test {
 protected:
  std::string response(Slot slot, std::string_view command, std::string_view response) {
    const Bytes sent = hex(command);
    const Bytes got = hex(response);
    TraceEvent event;
    event.slot = slot;
    event.command = sent;
    event.response = got;
    return masked(got, masker_.masks(event).response);
  }
  Masker masker_;
};

TEST_F(MaskerTest, GetResponseAfterAReadCarriesTheReadsData) {
  EXPECT_EQ(response(Slot::kCard, "00B2080400", "6103"), "6103");
  EXPECT_EQ(response(Slot::kPsam, "00C0000003", "AABBCC9000"), "AABBCC9000");
  EXPECT_EQ(response(Slot::kCard, "00C0000002", "AABB6101"), "****6101");
  EXPECT_EQ(response(Slot::kCard, "00C0000001", "CC9000"), "**9000");
}

TEST_F(MaskerTest, GetResponseAfterAnotherCommandIsOpen) {
  EXPECT_EQ(response(Slot::kCard, "00B2080400", "6103"), "6103");
  EXPECT_EQ(response(Slot::kCard, "00A4040002DF01", "6103"), "6103");
  EXPECT_EQ(response(Slot::kCard, "00C0000003", "AABBCC9000"), "AABBCC9000");
}

TEST_F(MaskerTest, WhoKnowsBetterDecides) {
  const Bytes command = hex("00B2010400");
  const Bytes answer = hex("0102AABB9000");
  TraceEvent event;
  event.command = command;
  event.response = answer;
  event.ranges_known = true;
  event.response_secrets.add(2, 1);
  EXPECT_EQ(masked(answer, masker_.masks(event).response), "0102**BB9000");
}

}  // namespace
}  // namespace ssc::apdu
