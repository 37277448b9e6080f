#include "apdu/ber_tlv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "apdu/hex.h"

namespace ssc::apdu {
namespace {

using ::testing::HasSubstr;

Bytes hex(std::string_view text) { return parse_hex(text).value(); }

// The FCI of a traced 3.0 card.
const Bytes& fci() {
  static const Bytes bytes = hex("6F1C840F7378312E73682EC9E7BBE1B1A3D5CFA50988011E9F0C03860103");
  return bytes;
}

std::string value_at(std::string_view path) {
  const auto value = find_tlv(fci(), path);
  return value ? to_hex(*value) : value.error().what;
}

TEST(BerTlv, FindsByPath) {
  EXPECT_EQ(value_at("6F/84"), "7378312E73682EC9E7BBE1B1A3D5CF");
  EXPECT_EQ(value_at("6F/A5/88"), "1E");
  EXPECT_EQ(value_at("6F/A5/9F0C"), "860103");
  EXPECT_EQ(value_at("6f/a5/9f0c/86"), "03");
}

TEST(BerTlv, NamesTheTagThatIsNotThere) {
  EXPECT_EQ(value_at("6F/A5/87"), "tag 87 is not there");
  EXPECT_EQ(value_at("6F/70/87"), "tag 70 is not there");
}

TEST(BerTlv, RefusesAPathThatIsNone) {
  for (const auto* path : {"", "/", "6F/", "6", "6F//84", "XY", "6F/84G", "0x6F", "-6F1", "12345678"})
    EXPECT_THAT(value_at(path), HasSubstr("is no tag")) << path;
}

TEST(BerTlv, BuildsTheSameFci) {
  const Bytes issuer = encode_tlv(0x9F0C, encode_tlv(0x86, hex("03")));
  const Bytes proprietary = concat({encode_tlv(0x88, hex("1E")), issuer});
  const Bytes body =
      concat({encode_tlv(0x84, hex("7378312E73682EC9E7BBE1B1A3D5CF")), encode_tlv(0xA5, proprietary)});
  EXPECT_EQ(to_hex(encode_tlv(0x6F, body)), to_hex(fci()));
}

TEST(BerTlv, LengthsTakeTheirShortestForm) {
  const std::pair<std::size_t, const char*> cases[] = {{0, "8400"},         {0x7F, "847F"},
                                                       {0x80, "848180"},    {0xFF, "8481FF"},
                                                       {0x100, "84820100"}, {0xFFFF, "8482FFFF"}};
  for (const auto& [size, head] : cases) {
    const Bytes value(size, 0x5A);
    const Bytes encoded = encode_tlv(0x84, value);
    EXPECT_EQ(to_hex(encoded), head + to_hex(value));
    EXPECT_EQ(find_tlv(encoded, "84")->size(), size);
  }
}

TEST(BerTlv, PassesOverFillBytes) {
  const Bytes bytes = hex("00 88011E FFFF 870101 00");
  EXPECT_EQ(to_hex(find_tlv(bytes, "87").value()), "01");
  EXPECT_TRUE(is_ber_tlv(bytes));
  EXPECT_FALSE(is_ber_tlv({}));
  EXPECT_FALSE(is_ber_tlv(hex("0000FF")));
}

TEST(BerTlv, ReadsTagsOfUpToThreeBytes) {
  EXPECT_EQ(to_hex(find_tlv(hex("DF8101 02 AABB"), "DF8101").value()), "AABB");
  EXPECT_FALSE(find_tlv(hex("DF818101 02 AABB"), "DF8181").has_value());
}

TEST(BerTlv, RefusesEveryHeadOfAnObject) {
  for (std::size_t size = 1; size < fci().size(); ++size)
    EXPECT_FALSE(is_ber_tlv(ByteView(fci()).first(size))) << size;
  EXPECT_TRUE(is_ber_tlv(fci()));
}

TEST(BerTlv, SaysWhatIsWrongAndWhere) {
  struct Case {
    const char* bytes;
    std::size_t position;
    const char* what;
  };
  for (const Case& wrong : {Case{"8405AABB", 2, "length 05 but 2 bytes follow"},
                            Case{"84", 1, "before a length"}, Case{"8480AA", 1, "length byte 80"},
                            Case{"8482FF", 3, "inside a length"}, Case{"9F", 1, "inside a tag"}}) {
    SCOPED_TRACE(wrong.bytes);
    const Bytes bytes = hex(wrong.bytes);
    TlvReader reader(bytes);
    const auto item = reader.next();
    ASSERT_FALSE(item.has_value());
    EXPECT_EQ(item.error().position, wrong.position);
    EXPECT_THAT(item.error().what, HasSubstr(wrong.what));
    EXPECT_EQ(reader.next().value(), std::nullopt);
  }
}

TEST(BerTlv, AConstructedObjectMustHoldObjects) {
  EXPECT_FALSE(is_ber_tlv(hex("A5 02 8405")));
  EXPECT_TRUE(is_ber_tlv(hex("A5 00")));
}

TEST(BerTlv, IsNotFollowedBelowEightLevels) {
  Bytes nested = hex("8800");
  for (int level = 2; level <= 20; ++level) {
    nested = encode_tlv(0xA5, nested);
    EXPECT_EQ(is_ber_tlv(nested), level <= 8) << level;
  }
}

}  // namespace
}  // namespace ssc::apdu
