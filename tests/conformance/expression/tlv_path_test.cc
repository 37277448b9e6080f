#include "conformance/expression/tlv_path.h"

#include <gtest/gtest.h>

#include "tests/conformance/fakes.h"

namespace ssc::conformance {
namespace {

using test::bytes;

// The FCI of a traced 3.0 card (reference: commands.md).
const Bytes kFci = bytes("6F1C840F7378312E73682EC9E7BBE1B1A3D5CFA50988011E9F0C03860103");

TEST(FindTlv, WalksAnFci) {
  EXPECT_EQ(*find_tlv(kFci, "6F/84"), bytes("7378312E73682EC9E7BBE1B1A3D5CF"));
  EXPECT_EQ(*find_tlv(kFci, "6F/A5/88"), bytes("1E"));
  EXPECT_EQ(*find_tlv(kFci, "6F/A5/9F0C/86"), bytes("03"));
}

TEST(FindTlv, ReadsRecordsWhoseTagLooksLikeTheFirstOfTwoOctets) {
  EXPECT_EQ(*find_tlv(bytes("1F0131"), "1F"), bytes("31"));
  EXPECT_EQ(*find_tlv(bytes("4006570131580132"), "40/58"), bytes("32"));
}

TEST(FindTlv, SaysWhatIsNotThere) {
  EXPECT_EQ(find_tlv(kFci, "6F/85").error(), "tag 85 of path 6F/85 is not there");
  for (const char* path : {"", "6", "6F/", "6F//84", "6F84A5"}) EXPECT_FALSE(find_tlv(kFci, path)) << path;
  for (std::size_t size = 0; size < kFci.size(); ++size)
    EXPECT_FALSE(find_tlv(ByteView(kFci).first(size), "6F/84")) << size;
}

}  // namespace
}  // namespace ssc::conformance
