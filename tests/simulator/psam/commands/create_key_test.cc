#include "tests/simulator/psam/key_loading.h"

namespace ssc::simulator::test {
namespace {

// What KeyValue 404142…4F answers as key 67 xx (openssl).
constexpr const char* kDesAnswer = "F29C66CA89EEA2EC9000";
constexpr const char* kSm4Answer = "696BC16F4720889CFA57331C77643BEB9000";

// Draws what a vector wants for a random of 4 bytes, and R of the check values for one of 8.
class VectorRandom final : public keys::Random {
 public:
  explicit VectorRandom(std::string_view four) : four_(hex(four)) {}
  void fill(std::span<std::uint8_t> out) override {
    if (out.size() == four_.size())
      std::ranges::copy(four_, out.begin());
    else
      usual_.fill(out);
  }

 private:
  Bytes four_;
  FixedRandom usual_;
};

CardModel psam_with_master(std::string_view value) {
  CardModel model = small_psam();
  for (profile::KeyEntry& key : model.dfs[1].keys) {
    if (key.purpose == Purpose::kMaster) key.value = keys::Key(keys::Cipher::kDes, hex(value));
  }
  return model;
}

// Vectors "PSAM CREATE KEY 84 D4": usage 47, id 2E under 3DES, 32 bytes of cipher text and a MAC of 4.
TEST(CreateKey, TheVectorUnderTripleDesIsTaken) {
  VectorRandom random("33445566");
  TestPsam psam(psam_with_master("0123456789ABCDEFFEDCBA9876543210"), &random);
  EXPECT_EQ(prove(psam, "01"), "9000");
  psam.send("0084000004");
  EXPECT_EQ(psam.send("84D4001124 3AED4B5E9F7CD9C1D0AA4E46983400088926E2E7CAE3D9C849CDE5DEFF925882 E25C08FD"),
            "9000");
  EXPECT_EQ(psam.send("BFDE472E18 8684990100000001 3939303130307378 1122334455667788"), "9000");
  EXPECT_EQ(psam.send("80FA000008 0102030405060708"), "7DA9C90C60D17E0C9000");
}

// Vectors P9-CREATEKEY-ENC-16 and P9-LOADMAC-16.
TEST(CreateKey, TheVectorUnderSm4IsTaken) {
  VectorRandom random("A1B2C3D4");
  TestPsam psam(small_psam(), &random);
  psam.enter_sm4();
  EXPECT_EQ(prove(psam, "01"), "9000");
  psam.send("0084000004");
  EXPECT_EQ(psam.send("84D4001124 C349B0814C16718FC7D148E970F38612611AFEE20B58876689A82029F42B7D3D 44219C9E"),
            "9000");
  EXPECT_EQ(answer_of(psam, "2E"), kSm4Answer);
}

// Part 9 §7.2.3: a 16-byte cipher takes a random of 4, 8 or 16 bytes. MACs by openssl.
TEST(CreateKey, UnderSm4TheRandomMayHaveFourEightOrSixteenBytes) {
  struct Loading {
    const char* challenge;
    const char* mac;
  };
  for (const Loading& loading :
       {Loading{"0084000004", "E084BB87"}, {"0084000008", "1BC27030"}, {"0084000010", "ECF221B5"}}) {
    TestPsam psam;
    psam.enter_sm4();
    prove(psam, "01");
    psam.send(loading.challenge);
    EXPECT_EQ(psam.send("84D4001124 CCC9168CEFAE899DAD3AED82B4CD42D5611AFEE20B58876689A82029F42B7D3D" +
                        std::string(loading.mac)),
              "9000")
        << loading.challenge;
  }
}

// 8 bytes: Lc 1C. The whole command by openssl, and the MAC of one block under its session key.
TEST(CreateKey, AKeyOfEightBytesIsTaken) {
  TestPsam psam;
  prove(psam, "01");
  psam.send("0084000004");
  EXPECT_EQ(psam.send("84D400111C 8A6098B583F1D4BB1F725F29486C76A19AC3588C6F840C14 924D2E91"), "9000");
  EXPECT_EQ(psam.send("BFDE262110 8684990100000001 1122334455667788"), "9000");
  EXPECT_EQ(psam.send("80FA050010 0000000000000000 0102030405060708"), "C920AA169000");
}

TEST(CreateKey, WhatItMadeOutlivesPower) {
  TestPsam psam;
  prove(psam, "01");
  EXPECT_EQ(create(psam, kNational, "6730"), "9000");
  psam.card().power_off();
  psam.card().power_on();
  psam.send(kSelectApplication);
  EXPECT_EQ(answer_of(psam, "30"), kDesAnswer);
}

TEST(CreateKey, GoesToItsOwnEnvironmentOnly) {
  TestPsam psam;
  prove(psam, "01");
  create(psam, kNational, "6730");
  psam.enter_sm4();
  EXPECT_EQ(answer_of(psam, "30"), "6A88");
}

struct Right {
  std::string_view kid;
  std::string_view file;
  std::string_view key;  // one the file's owner may have
};
constexpr Right kOwners[] = {{"01", kNational, "6730"}, {"02", kProvince, "4850"}, {"03", kCity, "2890"}};

TEST(CreateKey, EachFileOpensToItsOwnersKeyAlone) {
  for (const Right& proved : kOwners) {
    for (const Right& written : kOwners) {
      TestPsam psam;
      prove(psam, proved.kid);
      EXPECT_EQ(create(psam, written.file, written.key), proved.kid == written.kid ? "9000" : "6982")
          << proved.kid << written.file;
    }
  }
}

TEST(CreateKey, NeedsTheKeyProvedARandomAndItsMac) {
  const std::string command =
      key_command("00", kNational, hex("6730000000000000" + std::string(kNewValue)), keys::Cipher::kDes);
  TestPsam psam;
  psam.send("0084000004");
  EXPECT_EQ(psam.send(command), "6982");
  prove(psam, "01");
  EXPECT_EQ(psam.send(command), "6984");
  std::string wrong = command;
  wrong.back() = wrong.back() == '0' ? '1' : '0';
  psam.send("0084000004");
  EXPECT_EQ(psam.send(wrong), "6988");
  EXPECT_EQ(psam.send(command), "6984");  // the wrong MAC used the random up
  psam.send("0084000004");
  EXPECT_EQ(psam.send(command), "9000");
}

// Table 20: "MAC and cipher text" 6988. LD 17 of 24 says more than the padding leaves; the MAC is right.
TEST(CreateKey, CipherTextWithoutARecordIsASecurityError) {
  TestPsam psam;
  prove(psam, "01");
  const keys::Key master(keys::Cipher::kDes, hex(kTestKey));
  const Bytes padded = hex("0F2621000100000000404142434445464700000000000000");  // LD 15, no 80 behind
  const auto text = keys::encipher_blocks(master, padded);
  const Bytes head = hex("84D400111C");
  psam.send("0084000004");
  const auto mac = keys::key_loading_mac(master, hex("11223344"), {head, text});
  EXPECT_EQ(psam.send(apdu::to_hex(apdu::concat({head, text, mac}))), "6988");
}

struct Refused {
  const char* why;
  const char* head;  // usage id 00 algorithm 00000000
  std::string_view value = kNewValue;
};

TEST(CreateKey, AFieldARecordMayNotHaveIsRefused) {
  constexpr Refused kRefused[] = {
      {"type 1", "6130000000000000"},
      {"type 10", "6A30000000000000"},
      {"four levels", "8730000000000000"},
      {"a purchase key without levels", "0201000000000000"},
      {"a purchase key without version", "6200000000000000"},
      {"third byte", "6730010000000000"},
      {"rights", "6730000001000000"},
      {"rights, second byte", "6730000000010000"},
      {"RFU", "6730000000000100"},
      {"last RFU", "6730000000000001"},
      {"SSF33 under DES", "6730000200000000"},
      {"SM4 under DES", "6730000300000000"},
      {"no algorithm", "6730000400000000"},
      {"16 bytes of single DES", "6730000100000000"},
      {"8 bytes of triple DES", "2621000000000000", "4041424344454647"},
      {"the PSAM's own id", "6707000000000000"},
      {"a province's id", "6710000000000000"},
      {"a city's id", "67B5000000000000"},
      {"a reserved id", "67C0000000000000"},
  };
  TestPsam psam;
  prove(psam, "01");
  for (const Refused& refused : kRefused)
    EXPECT_EQ(send_key(psam, "00", kNational, refused.head + std::string(refused.value)), "6A80")
        << refused.why;
}

// Part 9 app. A, first and last of each range; B0 to B4 are national by the terminal specification.
TEST(CreateKey, EachOwnerHasItsOwnIds) {
  struct Ids {
    std::string_view kid;
    std::string_view file;
    std::vector<const char*> taken;
    std::vector<const char*> refused;
  };
  const std::vector<Ids> all{
      {"01",
       kNational,
       {"08", "0F", "20", "3F", "B0", "B4"},
       {"00", "07", "10", "1F", "40", "AF", "B5", "FF"}},
      {"02", kProvince, {"10", "17", "40", "7F"}, {"0F", "18", "3F", "80", "B0"}},
      {"03", kCity, {"18", "1F", "80", "AF", "B5", "BF"}, {"17", "20", "7F", "B0", "B4", "C0"}},
  };
  for (const Ids& owner : all) {
    for (const char* id : owner.taken) {
      TestPsam psam;
      prove(psam, owner.kid);
      EXPECT_EQ(create(psam, owner.file, "2C" + std::string(id)), "9000") << owner.file << id;
    }
    TestPsam psam;
    prove(psam, owner.kid);
    for (const char* id : owner.refused)
      EXPECT_EQ(create(psam, owner.file, "2C" + std::string(id)), "6A80") << owner.file << id;
  }
}

TEST(CreateKey, AKeyOfThisTypeAndIdIsThereOnce) {
  TestPsam psam;
  prove(psam, "01");
  EXPECT_EQ(create(psam, kNational, "2708"), "6A80");  // of the card file
  EXPECT_EQ(create(psam, kNational, "6730"), "9000");
  EXPECT_EQ(create(psam, kNational, "6730"), "6A80");
  EXPECT_EQ(create(psam, kNational, "4730"), "6A80");  // other levels are no other key
  EXPECT_EQ(create(psam, kNational, "6830"), "9000");  // another type is
}

TEST(CreateKey, AFullFileTakesNoMore) {
  TestPsam psam;
  prove(psam, "01");
  for (const char* id : {"6730", "6731", "6732"}) EXPECT_EQ(create(psam, kNational, id), "9000");
  EXPECT_EQ(create(psam, kNational, "6733"), "6A84");
  prove(psam, "02");
  EXPECT_EQ(create(psam, kProvince, "4850"), "9000");
}

// EF 001A names the group; KID-01 opens both.
TEST(CreateKey, TheKeyBelongsToTheGroupThatTheInformationFileNames) {
  TestPsam psam;
  prove(psam, "01");
  EXPECT_EQ(create(psam, kNational, "6730"), "9000");
  psam.send("00D69A0002 0102");
  EXPECT_EQ(create(psam, kNational, "6730", kOtherValue), "9000");
  EXPECT_EQ(answer_of(psam, "30"), "D053108CFB0AF7749000");
  psam.send("00D69A0002 0101");
  EXPECT_EQ(answer_of(psam, "30"), kDesAnswer);
  psam.send("00D69A0002 0103");
  EXPECT_EQ(answer_of(psam, "30"), "6A88");
}

TEST(CreateKey, ThereAreThreeGroups) {
  TestPsam psam;
  prove(psam, "01");
  psam.send("00D69A0002 0104");
  EXPECT_EQ(create(psam, kNational, "6730"), "6985");
  EXPECT_EQ(create(psam, kNational, "6203"), "9000");  // a purchase key has its version in its id
}

TEST(CreateKey, WantsAKeyFileOfTheCurrentApplication) {
  TestPsam psam;
  prove(psam, "01");
  EXPECT_EQ(create(psam, "14", "6730"), "6A82");
  EXPECT_EQ(create(psam, "1A", "6730"), "6A82");  // no key file
  psam.send("00A4000000");
  EXPECT_EQ(create(psam, kNational, "6730"), "6985");
}

TEST(CreateKey, WithoutAMasterKeyThereIsNothingToCheckWith) {
  CardModel model = small_psam();
  std::erase_if(model.dfs[1].keys, [](const auto& key) { return key.purpose == Purpose::kMaster; });
  TestPsam psam(model);
  prove(psam, "01");
  EXPECT_EQ(create(psam, kNational, "6730"), "6A88");  // the environment's does not stand in
}

TEST(CreateKey, ALockedControlKeyIsSaidBeforeAMissingProof) {
  TestPsam psam;
  for (int i = 0; i < 3; ++i) {
    psam.send("0084000008");
    psam.send("0082000110 0000000000000000 0102030405060708");
  }
  EXPECT_EQ(create(psam, kNational, "6730"), "6983");
  EXPECT_EQ(create(psam, kProvince, "4850"), "6982");
}

TEST(CreateKey, LengthsAreThoseOfTheCipher) {
  TestPsam psam;
  EXPECT_EQ(psam.send("84D4001114" + std::string(40, '0')), "6700");
  EXPECT_EQ(psam.send("84D4001120" + std::string(64, '0')), "6700");
  psam.enter_sm4();
  EXPECT_EQ(psam.send("84D400111C" + std::string(56, '0')), "6700");
  EXPECT_EQ(psam.send("84D4001124" + std::string(72, '0')), "6982");
}

TEST(CreateKey, Ssf33IsSecret) {
  TestPsam psam(psam_with_ssf33());
  psam.send("00A404000F7378322E73682EC9E7BBE1B1A3D5CF");
  psam.send(kSelectApplication);
  EXPECT_EQ(psam.send("84D4001124" + std::string(72, '0')), "6A81");
}

TEST(CreateKey, AProvedKeyStaysProvedWhileKeysAreLoaded) {
  TestPsam psam;
  prove(psam, "01");
  for (const char* id : {"6730", "6731"}) EXPECT_EQ(create(psam, kNational, id), "9000");
}

// The family of an added key is no rule's: loading one must not end a proof of the environment.
TEST(CreateKey, AddedKeysEndNoProofOfTheEnvironment) {
  TestPsam psam;
  prove(psam, "01");
  create(psam, kNational, "6730");
  psam.send("00A4000000");
  prove(psam, "00");
  psam.send(kSelectApplication);
  psam.send("00A4000000");
  EXPECT_EQ(psam.send("00D6960006 990100000002"), "9000");
}

}  // namespace
}  // namespace ssc::simulator::test
