// READ and UPDATE of records and binaries in every addressing mode (Part 3 §5.3, Part 5 §6.9-6.10,
// §6.12-6.13).
#include "simulator/core/record_file.h"

#include "tests/simulator/test_card.h"

namespace ssc::simulator::test {
namespace {

// DF01 with its EF07 cyclic (3 records of 3 bytes) and EF16 binary (20 hex bytes) free; EF08 linear and free.
CardModel open_files() {
  CardModel model = small_card();
  profile::Ef ef = linear_file(0xEF08, access({{"free"}}), access({{"free"}}),
                               {hex("4001AA"), hex("4101BB"), hex("4001CC")});
  model.dfs[1].files.push_back(ef);
  return model;
}

class Files : public ::testing::Test {
 protected:
  Files() { EXPECT_EQ(card_.send("00A4000002DF01"), "6F088406D156000005009000"); }
  TestCard card_{open_files()};
};

TEST_F(Files, ByNumber) {
  EXPECT_EQ(card_.send("00B2014403"), "4001AA9000");
  EXPECT_EQ(card_.send("00B2034403"), "4001CC9000");
  EXPECT_EQ(card_.send("00B2044403"), "6A83");
  EXPECT_EQ(card_.send("00B2004403"), "6A83");  // no current record
  EXPECT_EQ(card_.send("00B2FF4403"), "6A86");
}

TEST_F(Files, ByIdentifierWalksAndMovesThePointer) {
  EXPECT_EQ(card_.send("00A4020002EF08"), "9000");
  EXPECT_EQ(card_.send("00B2400003"), "4001AA9000");  // first
  EXPECT_EQ(card_.send("00B2400203"), "4001CC9000");  // next
  EXPECT_EQ(card_.send("00B2400203"), "6A83");
  EXPECT_EQ(card_.send("00B2000403"), "4001CC9000");  // the current record
  EXPECT_EQ(card_.send("00B2400303"), "4001AA9000");  // previous
  EXPECT_EQ(card_.send("00B2400103"), "4001CC9000");  // last
  EXPECT_EQ(card_.send("00B2000303"), "4101BB9000");  // previous of any identifier
  EXPECT_EQ(card_.send("00B2420003"), "6A83");
}

TEST_F(Files, NextAndPreviousWithoutACurrentRecord) {
  EXPECT_EQ(card_.send("00A4020002EF08"), "9000");
  EXPECT_EQ(card_.send("00B2000203"), "4001AA9000");
  EXPECT_EQ(card_.send("00A4020002EF08"), "9000");
  EXPECT_EQ(card_.send("00B2000303"), "4001CC9000");
}

TEST_F(Files, NumberAddressingLeavesThePointer) {
  EXPECT_EQ(card_.send("00A4020002EF08"), "9000");
  EXPECT_EQ(card_.send("00B2000203"), "4001AA9000");
  EXPECT_EQ(card_.send("00B2030403"), "4001CC9000");
  EXPECT_EQ(card_.send("00B2000203"), "4101BB9000");
}

TEST_F(Files, SeveralRecords) {
  EXPECT_EQ(card_.send("00B2024506"), "4101BB4001CC9000");
  EXPECT_EQ(card_.send("00B2024606"), "4001CC4101BB9000");
  EXPECT_EQ(card_.send("00B2024500"), "6C06");
}

TEST_F(Files, UpdateReplacesAppendsAndRefuses) {
  EXPECT_EQ(card_.send("00DC4140034101EE"), "9000");
  EXPECT_EQ(card_.send("00B2024403"), "4101EE9000");
  EXPECT_EQ(card_.send("00DC4140034001EE"), "6A80");    // another tag than P1
  EXPECT_EQ(card_.send("00DC414004410211FF"), "6A85");  // another length
  EXPECT_EQ(card_.send("00DC0244034102EE"), "6A85");    // no tag ‖ length ‖ value
  EXPECT_EQ(card_.send("00DC0544034501EE"), "6A83");    // not the next number
  EXPECT_EQ(card_.send("00DC4240034201EE"), "9000");    // a new identifier is added
  EXPECT_EQ(card_.send("00B2044403"), "4201EE9000");
  EXPECT_EQ(card_.send("00DC4340034301EE"), "6A84");  // the file is full
  EXPECT_EQ(card_.send("00DC0144"), "6700");
}

TEST_F(Files, CyclicNewestIsNumberOne) {
  EXPECT_EQ(card_.send("00B2013C03"), "6A83");
  for (const char* record : {"000001", "000002", "000003", "000004"}) {
    EXPECT_EQ(card_.send(std::string("00DC003B03") + record), "9000");
  }
  EXPECT_EQ(card_.send("00B2013C03"), "0000049000");
  EXPECT_EQ(card_.send("00B2033C03"), "0000029000");
  EXPECT_EQ(card_.send("00B2043C03"), "6A83");
  EXPECT_EQ(card_.send("00DC003B02AAAA"), "6A85");
  EXPECT_EQ(card_.send("00DC023C03AAAAAA"), "9000");
  EXPECT_EQ(card_.send("00B2023C03"), "AAAAAA9000");
}

TEST_F(Files, WrongKindMissingAndNoneSelected) {
  EXPECT_EQ(card_.send("00B0880001"), "6981");
  EXPECT_EQ(card_.send("00B201B401"), "6981");
  EXPECT_EQ(card_.send("00B201EC01"), "6A82");
  EXPECT_EQ(card_.send("00B2010401"), "6986");
  EXPECT_EQ(card_.send("00B0000001"), "6986");
}

TEST_F(Files, Binary) {
  EXPECT_EQ(card_.send("00D69602020102"), "9000");
  EXPECT_EQ(card_.send("00B0960204"), "010200009000");
  EXPECT_EQ(card_.send("00B0001F01"), "009000");  // the SFI made it current
  EXPECT_EQ(card_.send("00B0002001"), "6B00");
  EXPECT_EQ(card_.send("00B0001F02"), "6C01");
  EXPECT_EQ(card_.send("00B0001E00"), "00009000");
  EXPECT_EQ(card_.send("00D6001F020102"), "6B00");
}

TEST_F(Files, SelectInAllForms) {
  EXPECT_EQ(card_.send("00A4020002EF99"), "6A82");
  EXPECT_EQ(card_.send("00A4000002EF08"), "6A82");  // strict: P1 00 is for DFs
  EXPECT_EQ(card_.send("00A4040006D15600000501"), "6F088406D156000005019000");
  EXPECT_EQ(card_.send("00A4040005D156000005"), "6F088406D156000005009000");
  EXPECT_EQ(card_.send("00A4040205D156000005"), "6F088406D156000005019000");
  EXPECT_EQ(card_.send("00A4040205D156000005"), "6A82");
  EXPECT_EQ(card_.send("00A40000"), "6F19840F7378312E73682EC9E7BBE1B1A3D5CFA5069F0C038601019000");
  EXPECT_EQ(card_.send("00A404000F7378312E73682EC9E7BBE1B1A3D5CF").substr(0, 4), "6F19");
  EXPECT_EQ(card_.send("00A404000F7378332E73682EC9E7BBE1B1A3D5CF"), "6A82");
}

TEST(SelectLenient, P100FindsAnEf) {
  CardModel model = open_files();
  model.select_ef_by_p1_00 = true;
  TestCard card(model);
  EXPECT_EQ(card.send("00A4000002EF05"), "9000");
  EXPECT_EQ(card.send("00B2010403"), "0201339000");
}

}  // namespace
}  // namespace ssc::simulator::test
