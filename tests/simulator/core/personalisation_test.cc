// The commands that make a card: their refusals, the card's life, deletion and rebuilding.
#include "keys/standard.h"
#include "simulator/core/describe.h"
#include "simulator/issue/personalise.h"
#include "tests/simulator/issue/card_channel.h"

namespace ssc::simulator::test {
namespace {

constexpr std::string_view kMf =
    "80E00000143F0000000"
    "1"
    "7378312E73682EC9E7BBE1B1A3D5CF";
constexpr std::string_view kAdf = "80E002000BDF01000000D15600000500";
// Transparent, 32 bytes, read and update free.
constexpr std::string_view kBinary = "80E0030013EF161600002000000000000301000003010000";

class BlankCard : public testing::Test {
 protected:
  BlankCard() : card_(blank_card()), channel_(card_.card()), session_(channel_) {}

  std::string send(std::string_view command) { return card_.send(command); }
  void authenticate(const keys::Key& key) {
    session_.authenticate(key);
    ASSERT_TRUE(session_.result()) << session_.result().error().what;
  }
  // LOAD KEY of these plain bytes under the transport key; `wrong` is added to the MAC's last byte.
  std::string load(std::string_view p1_p2, std::string_view plain, unsigned wrong = 0) {
    const Bytes random =
        card_.card().transmit(hex("0084000008")).data.view().size() == 8 ? hex("1122334455667788") : Bytes{};
    const auto text = keys::encipher_key_record(key_, hex(plain));
    const Bytes head = hex("84D4" + std::string(p1_p2));
    const Bytes length = {static_cast<std::uint8_t>(text.size() + 4)};
    auto mac = keys::key_loading_mac(key_, random, {head, length, text});
    mac[3] = static_cast<std::uint8_t>(mac[3] + wrong);
    return send(apdu::to_hex(apdu::concat({head, length, text, mac})));
  }
  void make_mf() {
    authenticate(key_);
    ASSERT_EQ(send(kMf), "9000");
  }
  core::LifeCycle life() { return card_.card().image().life; }

  keys::Key key_ = issue_keys().transport;
  TestCard card_;
  CardChannel channel_;
  issue::PersoSession session_;
};

// purpose external authentication, family 5, id 84, version 1, usage 0, 3 tries, DES ‖ value
constexpr std::string_view kUpdateKey =
    "01058401000301"
    "00112233445566778899AABBCCDDEEFF";

TEST_F(BlankCard, HasNothingToSelectAndNothingToRead) {
  EXPECT_EQ(life(), core::LifeCycle::kBlank);
  EXPECT_EQ(send("00A40000023F00"), "6A82");
  EXPECT_EQ(send("00A4000000"), "6A82");
  EXPECT_EQ(send("00B2012800"), "6A82");
  EXPECT_EQ(send("0020000003123456"), "6A88");
}

TEST_F(BlankCard, WithoutTheTransportKeyNothingIsMade) {
  for (const std::string_view command :
       {kMf, kAdf, kBinary, std::string_view("80E4000000").substr(0, 8),
        std::string_view("84D400001C00000000000000000000000000000000000000000000000000000000"),
        std::string_view("80DA00520D81544C92869999010000000100"), std::string_view("80E60000")}) {
    EXPECT_EQ(send(command), "6982") << command;
  }
}

TEST_F(BlankCard, OnlyTheMfComesFirst) {
  authenticate(key_);
  EXPECT_EQ(send(kAdf), "6985");
  EXPECT_EQ(send(kBinary), "6985");
  EXPECT_EQ(send("80E40000"), "6985");
  EXPECT_EQ(send("80E60000"), "6985");
  EXPECT_EQ(send(kMf), "9000");
  EXPECT_EQ(life(), core::LifeCycle::kPrePersonalised);
  EXPECT_EQ(send(kMf), "6985");
}

TEST_F(BlankCard, MalformedHeadersAndTakenNamesAreRefused) {
  make_mf();
  EXPECT_EQ(send("80E00200033F0000"), "6A80");
  EXPECT_EQ(send("80E002000BDF01000002D15600000500"), "6A81");  // SSF33 is secret
  EXPECT_EQ(send(kAdf), "9000");
  EXPECT_EQ(send(kAdf), "6A80");
  EXPECT_EQ(send(kBinary), "9000");
  EXPECT_EQ(send(kBinary), "6A80");
  EXPECT_EQ(send("80E0030013EF161605002000000000000301000003010000"), "6A80");  // no such type
  EXPECT_EQ(send("80E0030013EF171600002000000000000301000003010000"), "6A80");  // the SFI is taken
  EXPECT_EQ(send("80E0050001FF"), "6A86");
  EXPECT_EQ(send("80DA005204AABBCCDD"), "6A80");  // 13 historical bytes
  EXPECT_EQ(send("80DA00530401020304"), "6A80");
}

TEST_F(BlankCard, ContentsAreWrittenWhateverTheUpdateRight) {
  make_mf();
  ASSERT_EQ(send("80E003000DEF050502000000000002020000"),
            "9000");  // linear, two records, never and never
  EXPECT_EQ(send("80D2000003020133"), "9000");
  EXPECT_EQ(send("80D2000003020134"), "9000");
  EXPECT_EQ(send("80D2000003020135"), "6A84");
  EXPECT_EQ(send("80D200000302FF35"), "6A85");
  EXPECT_EQ(send("00DC012803020139"), "6982");
  EXPECT_EQ(send("80D0000001AA"), "6981");
}

TEST_F(BlankCard, AKeyIsLoadedOnceUnderMac) {
  make_mf();
  EXPECT_EQ(load("0001", kUpdateKey, 1), "6988");
  EXPECT_EQ(load("0101", kUpdateKey), "6A88");
  EXPECT_EQ(load("0001", kUpdateKey), "9000");
  EXPECT_EQ(load("0001", kUpdateKey), "6A80");
  EXPECT_EQ(load("0101", kUpdateKey), "9000");
  EXPECT_EQ(load("0001", "0105840100030300112233445566778899AABBCCDDEEFF"), "6A80");  // an SM4 key under DES
  EXPECT_EQ(load("0001", "010584010003"), "6A80");
  // The challenge was used up: no MAC without a new one.
  EXPECT_EQ(send("84D400011C00000000000000000000000000000000000000000000000000000000"), "6984");
  ASSERT_EQ(send("0084000008"), "11223344556677889000");
  EXPECT_EQ(send("0082008410EDC04656487FEAFE0102030405060708"),
            "9000");  // the check value of the standard's key
}

TEST_F(BlankCard, ANewMasterKeyHasToBeProvedItself) {
  make_mf();
  ASSERT_EQ(load("0000", "01404142434445464748494A4B4C4D4E4F"), "9000");
  EXPECT_EQ(send(kAdf), "6982");
  key_ = issue_keys().temporary;
  authenticate(key_);
  EXPECT_EQ(send(kAdf), "9000");
}

TEST_F(BlankCard, ReplacingTheMasterKeyClosesTheStructure) {
  make_mf();
  ASSERT_EQ(load("0000", "01404142434445464748494A4B4C4D4E4F"), "9000");
  key_ = issue_keys().temporary;
  authenticate(key_);
  EXPECT_EQ(send("80E60000"), "6985");
  ASSERT_EQ(load("0100", "01101112131415161718191A1B1C1D1E1F"), "9000");
  EXPECT_EQ(life(), core::LifeCycle::kPersonalised);
  for (const std::string_view command : {kAdf, kBinary, std::string_view("80E40000")})
    EXPECT_EQ(send(command), "6985") << command;
  EXPECT_EQ(send("80E60000"), "6982");
  key_ = issue_keys().master;
  authenticate(key_);
  EXPECT_EQ(send("80DA006F026F00"), "9000");
  ASSERT_EQ(send("80E60000"), "9000");
  EXPECT_EQ(life(), core::LifeCycle::kInUse);
  for (const std::string_view command :
       {kMf, kAdf, kBinary, std::string_view("80E40000"), std::string_view("80E60000"),
        std::string_view("80DA006F026F00"), std::string_view("80D0000001AA"),
        std::string_view("80D2000001AA"),
        std::string_view("84D400011C00000000000000000000000000000000000000000000000000000000")}) {
    EXPECT_EQ(send(command), "6D00") << command;
  }
  send("0084000008");
  EXPECT_EQ(send("00820000100000000000000000"
                 "0102030405060708"),
            "6A88");  // the master key opens nothing now
}

TEST_F(BlankCard, AnIssuedSampleKnowsNoneOfTheCommands) {
  TestCard issued;
  for (const std::string_view command :
       {kMf, kBinary, std::string_view("80E40000"), std::string_view("80E60000")})
    EXPECT_EQ(issued.send(command), "6D00") << command;
}

// Part 10 §5.1.1, §5.2.6.
TEST_F(BlankCard, ADeletedStructureLeavesTheTransportKeyAndCanBeRebuilt) {
  const std::string before = core::describe(card_.card());
  make_mf();
  ASSERT_EQ(load("0001", kUpdateKey), "9000");
  ASSERT_EQ(load("0002", "03123456"), "9000");
  ASSERT_EQ(send(kBinary), "9000");
  ASSERT_EQ(send("80D0000002AABB"), "9000");
  ASSERT_EQ(load("0000", "01404142434445464748494A4B4C4D4E4F"), "9000");
  const auto deleted = issue::delete_structure(channel_, issue_keys().temporary);
  ASSERT_TRUE(deleted) << deleted.error().what;
  EXPECT_EQ(core::describe(card_.card()), before);
  EXPECT_EQ(send(kMf), "6982");
  const auto made = issue::personalise(channel_, small_card(), issue_keys());
  ASSERT_TRUE(made) << made.error().what;
  EXPECT_EQ(core::describe(card_.card()), core::describe(TestCard(small_card()).card()));
}

// A second environment below the MF, with a cipher of its own; the firewall asks for the master key again.
TEST_F(BlankCard, ADdfIsEnteredWithNothingProved) {
  make_mf();
  ASSERT_EQ(send("80E0010014DDF20000"
                 "03"
                 "7378332E73682EC9E7BBE1B1A3D5CF"),
            "9000");
  EXPECT_EQ(send(kAdf), "6982");
  authenticate(key_);
  EXPECT_EQ(send(kAdf), "9000");
  EXPECT_EQ(card_.card().image().df(core::DfIndex{2}).parent, core::DfIndex{1});
  EXPECT_EQ(card_.card().image().df(core::DfIndex{2}).cipher, keys::Cipher::kSm4);
}

}  // namespace
}  // namespace ssc::simulator::test
