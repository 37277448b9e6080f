#include "apdu/text_trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "apdu/hex.h"

namespace ssc::apdu {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr TextOptions kPlain{.timestamps = false};

Bytes hex(std::string_view text) { return parse_hex(text).value(); }

std::string exchange(Slot slot, std::string_view command, std::string_view response,
                     TextOptions options = kPlain) {
  const Bytes sent = hex(command);
  const Bytes got = hex(response);
  TraceEvent event;
  event.slot = slot;
  event.command = sent;
  event.response = got;
  return format_event(event, mask_by_command(sent, got), options);
}

TEST(TextTrace, DecodesASelectionToTheLastTag) {
  EXPECT_EQ(exchange(Slot::kCard, "00A404000F7378312E73682EC9E7BBE1B1A3D5CF00",
                     "6F1C840F7378312E73682EC9E7BBE1B1A3D5CFA50988011E9F0C038601039000"),
            "card > 00 A4 04 00 0F   SELECT  DF by name  Le 00\n"
            "       73 78 31 2E 73 68 2E C9 E7 BB E1 B1 A3 D5 CF            \"sx1.sh.社会保障\"\n"
            "card < 9000             ok, 30 bytes\n"
            "       6F 1C                                                   FCI\n"
            "         84 0F  73 78 31 2E 73 68 2E C9 E7 BB E1 B1 A3 D5 CF   DF name \"sx1.sh.社会保障\"\n"
            "         A5 09                                                 proprietary data\n"
            "           88 01  1E                                           SFI of DIR\n"
            "           9F0C 03                                             issuer data\n"
            "             86 01  03                                         cipher SM4\n");
}

TEST(TextTrace, SaysWhatACommandIsAbout) {
  const Bytes sent = hex("00B2082800");
  const Bytes got = hex("6982");
  TraceEvent event{
      .command = sent, .response = got, .subject = {"SSSE/EF05 issuer data", "SSSE/EF05 发卡机构"}};
  EXPECT_THAT(format_event(event, {}, kPlain), HasSubstr("SFI 05  [SSSE/EF05 issuer data]\n"));
  EXPECT_THAT(format_event(event, {}, {.language = Language::kChinese, .timestamps = false}),
              HasSubstr("[SSSE/EF05 发卡机构]\n"));
}

TEST(TextTrace, NamesTheFieldsOfACommand) {
  EXPECT_EQ(exchange(Slot::kCard, "0082008311 1122334455667788 0102030405060708 01", "63C2"),
            "card > 00 82 00 83 11   EXTERNAL AUTHENTICATION  key 83 of the current DF\n"
            "       11 22 33 44 55 66 77 88                                 authentication data\n"
            "       01 02 03 04 05 06 07 08                                 original information\n"
            "       01                                                      key version\n"
            "card < 63C2             authentication failed, tries left: 2\n");
}

TEST(TextTrace, SpeaksChinese) {
  const TextOptions chinese{.language = Language::kChinese, .timestamps = false};
  EXPECT_EQ(exchange(Slot::kPsam, "0084000004", "112233449000", chinese),
            "psam > 00 84 00 00 04   取随机数\n"
            "psam < 9000             成功，4字节\n"
            "       11 22 33 44                                             随机数\n");
}

TEST(TextTrace, NamesTheKeyFileAndCoversTheKey) {
  const std::string covered = exchange(Slot::kPsam, "84D400111C" + std::string(56, 'A'), "6984");
  EXPECT_THAT(covered, HasSubstr("psam > 84 D4 00 11 1C   CREATE KEY  key file 0011\n"));
  EXPECT_THAT(covered, HasSubstr("** ** ** **                                             MAC\n"));
  EXPECT_THAT(covered, Not(HasSubstr("AA")));
  EXPECT_THAT(exchange(Slot::kPsam, "84D4011314" + std::string(40, 'A'), "6984"),
              HasSubstr("CHANGE KEY  key file 0013\n"));
}

TEST(TextTrace, CoversPinsKeysAndPersonalData) {
  EXPECT_EQ(exchange(Slot::kCard, "0020000003123456", "9000"),
            "card > 00 20 00 00 03   VERIFY\n"
            "       ** ** **                                                PIN\n"
            "card < 9000             ok\n");
  const auto* read = "0812393930313030313939303033303730303658";
  EXPECT_EQ(exchange(Slot::kCard, "00B2083414", std::string(read) + "9000"),
            "card > 00 B2 08 34 14   READ RECORD  record 8, SFI 06\n"
            "card < 9000             ok, 20 bytes\n"
            "       ** ** ** ** ** ** ** ** ** ** ** ** ** ** ** ** …\n");
}

TEST(TextTrace, ShowsThemWhenAsked) {
  const TextOptions open{.unmask = true, .timestamps = false};
  EXPECT_THAT(exchange(Slot::kCard, "0020000003123456", "9000", open), HasSubstr("12 34 56"));
  EXPECT_THAT(exchange(Slot::kCard, "00B2083414", "08123939303130303139393030333037303036589000", open),
              HasSubstr("08 12  39 39 30 31 30 30 31 39 39 30 30 33 30 37 30 30  \"99010019900307006X\"\n"
                        "              36 58\n"));
}

// No digit of the secret may be seen, whichever way the card marked it, and no text of it either.
TEST(TextTrace, KnownRangesKeepTheTagAndHideTheValue) {
  const Bytes command = hex("00B2083414");
  const Bytes response =
      hex("0812393930313030313939303033303730303658"
          "9000");
  TraceEvent event;
  event.command = command;
  event.response = response;
  event.ranges_known = true;
  event.response_secrets.add(2, 18);
  std::ostringstream out;
  TextTrace(out, kPlain).event(event);
  EXPECT_THAT(out.str(), HasSubstr("       08 12  ** ** **"));
  EXPECT_THAT(out.str(), Not(HasSubstr("39 ")));
  EXPECT_THAT(out.str(), Not(HasSubstr("9901")));
}

TEST(TextTrace, TheMacOfSecureMessagingStandsApart) {
  EXPECT_THAT(exchange(Slot::kCard, "04DC202808 20023130 AABBCCDD", "6988"),
              HasSubstr("       ** ** ** **                                             MAC\n"));
}

TEST(TextTrace, WritesDownWhatIsNoApdu) {
  EXPECT_EQ(exchange(Slot::kCard, "00A40004053F00", "6700"),
            "card > no APDU: Lc 05 but 2 bytes follow\n"
            "       00 A4 00 04 05 3F 00\n"
            "card < 6700             wrong length\n");
  EXPECT_EQ(exchange(Slot::kCard, "00", "6700"),
            "card > no APDU: 1 bytes; a header has 4\n"
            "       00\n"
            "card < 6700             wrong length\n");
  EXPECT_THAT(exchange(Slot::kCard, "", "6700"), HasSubstr("no APDU: 0 bytes"));
  EXPECT_THAT(exchange(Slot::kCard, "0084000008", ""), HasSubstr("card < no answer\n"));
}

TEST(TextTrace, SaysWhatItDoesNotKnow) {
  EXPECT_THAT(exchange(Slot::kCard, "80E20000", "6D00"), HasSubstr("unknown command"));
  EXPECT_THAT(exchange(Slot::kCard, "805E0000", "6A86"), HasSubstr("CHANGE PIN  P1 P2 not allowed"));
  EXPECT_THAT(exchange(Slot::kCard, "0084000008", "6F12"),
              HasSubstr("6F12             not listed by the standard; not listed in Part 5 §6.5"));
  EXPECT_THAT(exchange(Slot::kCard, "00A40000023F00", "6A84"), HasSubstr("; not listed in Part 5 §6.11"));
  EXPECT_THAT(exchange(Slot::kCard, "00A40000023F00", "6110"), HasSubstr("16 bytes wait\n"));
}

TEST(TextTrace, PowerAndNotesHaveALineEach) {
  const Bytes atr =
      hex("3B6D000000814A4446869999010000"
          "0001");
  TraceEvent event;
  event.kind = TraceEvent::Kind::kPowerOn;
  event.time_us = 12'000'345;
  event.response = atr;
  EXPECT_EQ(format_event(event, {}, {}),
            "   12.000345  card = power on  ATR 3B6D000000814A44468699990100000001  L3 8699990100000001\n");
  event.kind = TraceEvent::Kind::kPowerOff;
  event.response = {};
  EXPECT_EQ(format_event(event, {}, kPlain), "card = power off\n");
  event.kind = TraceEvent::Kind::kNote;
  event.note = "reader gone";
  EXPECT_EQ(format_event(event, {}, kPlain), "card # reader gone\n");
}

TEST(TextTrace, OneTimestampAnEvent) {
  const std::string text = exchange(Slot::kCard, "0084000004", "112233449000", {});
  EXPECT_EQ(text,
            "    0.000000  card > 00 84 00 00 04   GET CHALLENGE\n"
            "              card < 9000             ok, 4 bytes\n"
            "                     11 22 33 44                                             random number\n");
}

TEST(TextTrace, RemembersAReadAcrossGetResponse) {
  std::ostringstream out;
  TextTrace trace(out, kPlain);
  TraceEvent event;
  const Bytes read = hex("00B2010400");
  const Bytes wait = hex("6102");
  event.command = read;
  event.response = wait;
  trace.event(event);
  const Bytes fetch = hex("00C0000002");
  const Bytes data = hex("ABCD9000");
  event.command = fetch;
  event.response = data;
  trace.event(event);
  EXPECT_THAT(out.str(), Not(HasSubstr("AB CD")));
}

// Any header with any short body comes out as text that ends each line and repeats no masked octet.
TEST(TextTrace, EveryInstructionCanBeWritten) {
  for (unsigned ins = 0; ins <= 0xFF; ++ins) {
    for (const std::uint8_t cla : Bytes{0x00, 0x04, 0x80, 0x84, 0xB0, 0xBF, 0xFF}) {
      for (const std::size_t body : {0U, 1U, 2U, 5U, 9U}) {
        Bytes command{cla, static_cast<std::uint8_t>(ins), 0x01, 0x00};
        if (body != 0) command.push_back(static_cast<std::uint8_t>(body - 1));
        command.resize(4 + body, 0x9E);
        const std::string text = exchange(Slot::kCard, to_hex(command), "6F049E9E9E9E9000");
        ASSERT_EQ(text.back(), '\n');
      }
    }
  }
}

TEST(DescribeStatus, FamiliesSayTheirNumber) {
  EXPECT_EQ(describe_status(sw::tries_left(0), Language::kEnglish), "authentication failed, tries left: 0");
  EXPECT_EQ(describe_status(StatusWord(0x6100), Language::kEnglish), "256 bytes wait");
  EXPECT_EQ(describe_status(StatusWord(0x6C14), Language::kEnglish), "wrong Le, 14 is right");
  EXPECT_EQ(describe_status(StatusWord(0x63C3), Language::kChinese), "认证失败，剩余3次");
  EXPECT_EQ(describe_status(sw::file_not_found, Language::kChinese), "文件未找到");
}

}  // namespace
}  // namespace ssc::apdu
