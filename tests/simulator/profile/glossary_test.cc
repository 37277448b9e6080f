#include "simulator/profile/glossary.h"

#include <gtest/gtest.h>

#include "apdu/hex.h"

namespace ssc::simulator::profile {
namespace {

using apdu::OwnedPhrase;

class Naming : public ::testing::Test {
 protected:
  OwnedPhrase name(std::string_view command, std::string_view response = "9000") {
    const Bytes sent = *apdu::parse_hex(command);
    const Bytes got = *apdu::parse_hex(response);
    return glossary_.name({.command = sent, .response = got});
  }
  std::string english(std::string_view command, std::string_view response = "9000") {
    return name(command, response).english;
  }
  void select_df01() { name("00A4040006D15600000500"); }

  const CardModel model_ = *load_card("sample-3.00");
  Glossary glossary_{model_};
};

TEST_F(Naming, FilesAndItemsInBothLanguages) {
  const OwnedPhrase by_tag = name("00B2093012", "6982");
  EXPECT_EQ(by_tag.english, "SSSE/EF06 holder basic data: 09 name");
  EXPECT_EQ(by_tag.chinese, "SSSE/EF06 持卡人的基本信息文件：09 姓名");
  EXPECT_EQ(english("00B2022C00"), "SSSE/EF05 issuer data: 02 card class");  // by number
  EXPECT_EQ(english("00B2002A00", "0304322E30309000"), "SSSE/EF05 issuer data: 03 specification version");
  EXPECT_EQ(english("00B27E2800", "6A83"), "SSSE/EF05 issuer data");  // no such item
  EXPECT_EQ(english("00B0870000", "6982"), "SSSE/EF07 fingerprint");
  EXPECT_EQ(english("00B2019C00", "6A82"), "");  // no such file
}

TEST_F(Naming, TheSelectedDfAndFileCount) {
  EXPECT_EQ(english("00A4040006D15600000500"), "DF01 公共应用信息区");
  EXPECT_EQ(english("00DC202804200232319000"), "");  // five octets behind Lc 04: no APDU
  EXPECT_EQ(english("00DC20280420023231"), "DF01/EF05 household registration: 20 registration type");
  EXPECT_EQ(english("00A4020002EF06", "6A82"), "DF01/EF06 residence");
  EXPECT_EQ(english("00B2240000"), "");  // the SELECT before was refused
  EXPECT_EQ(english("00A4020002EF06", "610A"), "DF01/EF06 residence");
  EXPECT_EQ(english("00B2240000"), "DF01/EF06 residence: 24 residence area code");
}

TEST_F(Naming, PowerAndResetBeginAtTheMasterFile) {
  for (const auto kind : {apdu::TraceEvent::Kind::kPowerOn, apdu::TraceEvent::Kind::kReset}) {
    select_df01();
    EXPECT_EQ(english("00B2202804"), "DF01/EF05 household registration: 20 registration type");
    EXPECT_TRUE(glossary_.name({.kind = kind}).empty());
    EXPECT_EQ(english("00B2202804", "6A83"), "SSSE/EF05 issuer data");
  }
}

TEST_F(Naming, KeysByIdAndPlace) {
  const std::string data(32, '0');
  EXPECT_EQ(english("0082000410" + data), "UKSSSE");
  EXPECT_EQ(english("0082008310" + data, "6A88"), "");  // a local key, and no application is selected
  EXPECT_EQ(english("0088000010" + data + "08"), "IRK");
  select_df01();
  EXPECT_EQ(english("0082008310" + data, "63CE"), "UK1DF01");
  EXPECT_EQ(english("0082000610" + data), "PUK");  // the environment's
  EXPECT_EQ(english("0082008210" + data), "");     // STK authenticates nobody
  EXPECT_EQ(english("04DC20280820023231AABBCCDD"),
            "DF01/EF05 household registration: 20 registration type; MAC by STKDF01");
}

class PsamNaming {
 public:
  explicit PsamNaming(const char* psam) : model_(*load_card(psam)) {}
  OwnedPhrase operator()(std::string_view command, std::string_view response) {
    const Bytes sent = *apdu::parse_hex(command);
    const Bytes got = *apdu::parse_hex(response);
    return glossary_.name({.slot = apdu::Slot::kPsam, .command = sent, .response = got});
  }

 private:
  const CardModel model_;
  Glossary glossary_{model_};
};

// A key that was loaded since is called what the standard calls its id.
TEST(PsamNames, KeyFilesControlKeysAndLoadedKeys) {
  PsamNaming name("sample-psam-blank");
  const std::string proof(32, '0');
  const std::string record(72, '0');
  EXPECT_EQ(name("0082000010" + proof, "9000").english, "DDF-MK");
  name("00A4040006D15600000590", "9000");
  EXPECT_EQ(name("0082000010" + proof, "9000").english, "ADF-MK");
  EXPECT_EQ(name("0082000210" + proof, "63CE").english, "KID-02");
  EXPECT_EQ(name("84D4001124" + record, "9000").english, "DES-DF01/0011 national keys");
  EXPECT_EQ(name("84D4011324" + record, "6700").chinese, "DES-DF01/0013 市级密钥");
  EXPECT_EQ(name("84D4001A24" + record, "6A82").english, "");  // no key file
  EXPECT_EQ(name("BFDE670820" + std::string(64, '0'), "6A88").english, "");
  EXPECT_EQ(name("BFDE670820" + std::string(64, '0'), "9000").english, "IRK");
  EXPECT_EQ(name("80FA000008" + std::string(16, '0'), "9000").english, "session key of IRK");
}

TEST(PsamNames, DeliveredKeysAndTheirSessionKeys) {
  PsamNaming name("sample-psam");
  const std::string data(48, '0');
  EXPECT_TRUE(name("BFDE484218" + data, "6985").empty());  // in no application
  EXPECT_EQ(name("00A40400047378332E", "9000").english, "SM4 sx3.sh.社会保障");
  EXPECT_EQ(name("00A4040006D15600000590", "9000").english, "SM4-DF01 PSAM");  // of two, the environment's
  EXPECT_EQ(name("BFDE484220" + data + "0000000000000000", "9000").english, "UK1DF01");
  const OwnedPhrase cipher = name("80FA000010" + std::string(32, '0') + "00", "9000");
  EXPECT_EQ(cipher.english, "session key of UK1DF01");
  EXPECT_EQ(cipher.chinese, "UK1DF01的过程密钥");
}

class Keeper : public apdu::TraceSink {
 public:
  std::string subject;
  void event(const apdu::TraceEvent& event) override { subject = event.subject.english; }
};

TEST(NamedTrace, NamesTheSlotsItKnows) {
  const CardModel card = *load_card("sample-2.00");
  const Bytes read = *apdu::parse_hex("00B2072800");
  Keeper keeper;
  NamedTrace trace(keeper);
  trace.know(apdu::Slot::kCard, card);
  trace.event({.slot = apdu::Slot::kCard, .command = read});
  EXPECT_EQ(keeper.subject, "SSSE/EF05 issuer data: 07 card number");
  trace.event({.slot = apdu::Slot::kPsam, .command = read});
  EXPECT_EQ(keeper.subject, "");
}

}  // namespace
}  // namespace ssc::simulator::profile
