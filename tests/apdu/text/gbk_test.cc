#include "apdu/text/gbk.h"

#include <gtest/gtest.h>

#include "apdu/hex.h"

namespace ssc::apdu {
namespace {

Bytes hex(std::string_view text) { return parse_hex(text).value(); }

// Expected bytes: commands.md (the name of the environment) and Python's gbk and gb18030 codecs.
TEST(Gbk, ChineseTextGoesThereAndBack) {
  struct Case {
    const char* utf8;
    Charset charset;
    const char* bytes;
  };
  for (const Case& text : {Case{"sx1.sh.社会保障", Charset::kGbk, "7378312E73682EC9E7BBE1B1A3D5CF"},
                           Case{"张三", Charset::kGbk, "D5C5C8FD"}, Case{"丂", Charset::kGbk, "8140"},
                           Case{"龥", Charset::kGbk, "FD9B"}, Case{"张·三", Charset::kGbk, "D5C5A1A4C8FD"},
                           Case{"", Charset::kGbk, ""}, Case{"张三", Charset::kGb18030, "D5C5C8FD"},
                           Case{"㐀", Charset::kGb18030, "8139EE39"},
                           Case{"𠮷", Charset::kGb18030, "9534B235"}, Case{"€", Charset::kGb18030, "A2E3"}}) {
    SCOPED_TRACE(text.utf8);
    const auto bytes = encode_text(text.utf8, text.charset);
    ASSERT_TRUE(bytes.has_value()) << bytes.error().what;
    EXPECT_EQ(to_hex(*bytes), text.bytes);
    EXPECT_EQ(decode_text(hex(text.bytes), text.charset).value(), text.utf8);
  }
}

TEST(Gbk, NamesTheCharacterThatDoesNotFit) {
  const auto bytes = encode_text("张𠮷三", Charset::kGbk);
  ASSERT_FALSE(bytes.has_value());
  EXPECT_EQ(bytes.error().position, 3U);
  EXPECT_EQ(bytes.error().what, "'𠮷' (U+20BB7) is not in GBK");
  EXPECT_EQ(encode_text("㐀", Charset::kGbk).error().what, "'㐀' (U+3400) is not in GBK");
}

TEST(Gbk, RefusesWhatIsNotUtf8) {
  for (const auto* bad : {"\xC9\xE7", "a\xFF", "\xE7\xA4", "\xC0\x80", "\xED\xA0\x80"}) {
    const auto bytes = encode_text(bad, Charset::kGb18030);
    ASSERT_FALSE(bytes.has_value());
  }
  EXPECT_EQ(encode_text("ab\xFFz", Charset::kGbk).error().position, 2U);
  EXPECT_EQ(encode_text("ab\xFFz", Charset::kGbk).error().what, "is not UTF-8");
}

TEST(Gbk, RefusesHalfACharacter) {
  const auto text = decode_text(hex("D5C5C8"), Charset::kGbk);
  ASSERT_FALSE(text.has_value());
  EXPECT_EQ(text.error().position, 2U);
  EXPECT_EQ(text.error().what, "C8 begins no character of GBK");
  EXPECT_FALSE(decode_text(hex("FF"), Charset::kGbk).has_value());
}

TEST(Gbk, EveryAsciiByteIsItself) {
  for (unsigned value = 0; value < 0x80; ++value) {
    const Bytes byte{static_cast<std::uint8_t>(value)};
    for (const Charset charset : {Charset::kGbk, Charset::kGb18030}) {
      const auto text = decode_text(byte, charset);
      ASSERT_TRUE(text.has_value());
      EXPECT_EQ(*text, std::string(1, static_cast<char>(value)));
      EXPECT_EQ(encode_text(*text, charset).value(), byte);
    }
  }
}

// Bytes that decode may have a second spelling (the euro sign); whatever comes back must decode to the same
// text.
TEST(Gbk, EveryTwoBytesThatAreTextStayTheSameText) {
  for (unsigned value = 0x8000; value <= 0xFFFF; ++value) {
    const auto text = decode_text(big_endian<2>(value), Charset::kGb18030);
    if (!text) continue;
    const auto bytes = encode_text(*text, Charset::kGb18030);
    ASSERT_TRUE(bytes.has_value()) << std::hex << value;
    ASSERT_EQ(decode_text(*bytes, Charset::kGb18030).value(), *text) << std::hex << value;
  }
}

}  // namespace
}  // namespace ssc::apdu
