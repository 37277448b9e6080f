// What a card file says is on the card; what it says wrongly is told in one line.
#include <algorithm>

#include "apdu/hex.h"
#include "simulator/profile/model.h"
#include "tests/simulator/profile/temporary_file.h"

namespace ssc::simulator::profile {
namespace {

constexpr const char* kAtr = "<atr historical='0081 544C92 8699 9901 00000002'/>";

apdu::Loaded<CardModel> load_text(const std::string& text) {
  const TemporaryFile file("card.xml", text);
  auto model = load_card(file.path());
  if (!model) model.error().file = "a.xml";
  return model;
}

std::string card(const std::string& inner, const std::string& profile = "2.00") {
  return "<card xmlns='urn:ssc:card:1' name='x' key-set='lab-990100-des' profile='" + profile + "'>\n" +
         kAtr + "\n" + inner + "\n</card>";
}

std::string error_of(const std::string& inner) {
  const auto model = load_text(card(inner));
  return model ? "no error" : model.error().to_string();
}

const Ef& file_of(const CardModel& model, std::string_view df, std::uint16_t fid) {
  return *std::ranges::find(model.find_df(df)->files, fid, &Ef::fid);
}

const KeyEntry& key_of(const CardModel& model, std::string_view df, std::string_view name) {
  return *std::ranges::find(model.find_df(df)->keys, name, &KeyEntry::name);
}

std::string record(const CardModel& model, std::uint16_t fid, std::size_t number) {
  return apdu::to_hex(file_of(model, "SSSE", fid).records.at(number - 1));
}

// 09 and 4E: GBK of 张测试 by iconv; an is filled with 00, cn with F (V2.0 notice §7).
TEST(CardLoader, ContentsAreLaidIntoItems) {
  const auto model = load_text(card(
      "<record file='SSSE/EF06' tag='09' text='张测试'/><record file='SSSE/EF06' tag='0C' digits='9901'/>"
      "<record file='SSSE/EF06' number='4' hex='32'/><binary file='SSSE/EF07' hex='0102'/>"));
  ASSERT_TRUE(model) << model.error().to_string();
  EXPECT_EQ(record(*model, 0xEF06, 2), "091ED5C5B2E2CAD4" + std::string(48, '0'));
  EXPECT_EQ(record(*model, 0xEF06, 6), "0C039901FF");
  EXPECT_EQ(record(*model, 0xEF06, 4), "0A0132");
  EXPECT_EQ(record(*model, 0xEF07, 1), "0102");
}

TEST(CardLoader, ItemsThatNobodySetAreEmpty) {
  const auto model = load_text(card("")).value();
  EXPECT_EQ(record(model, 0xEF06, 7), "0D04FFFFFFFF");
  EXPECT_EQ(record(model, 0xEF06, 4), "0A0100");
  const Bytes& degree = file_of(model, "DF01", 0xEF15).records.at(1);
  EXPECT_EQ(apdu::to_hex(degree), "403457030000005803FFFFFF5928" + std::string(80, '0'));
}

TEST(CardLoader, PinKeysAndSettings) {
  const auto model =
      load_text(card("<pin value='12345' tries='6'/><key name='UK1DF01' id='8F' tries='4' version='1' "
                     "value='000102030405060708090A0B0C0D0E0F'/><t0 presentation='raw' le='zero-all'/>"
                     "<select ef-by-p1-00='yes'/><fci df='SSSE' hex='6F00'/>"));
  ASSERT_TRUE(model) << model.error().to_string();
  EXPECT_EQ(apdu::to_hex(model->pin.value), "12345F");
  EXPECT_EQ(model->pin.tries, 6);
  const KeyEntry& key = key_of(*model, "DF01", "UK1DF01");
  EXPECT_EQ(key.id, 0x8F);
  EXPECT_EQ(key.tries, 4);
  EXPECT_EQ(apdu::to_hex(key.value.reveal()), "000102030405060708090A0B0C0D0E0F");
  EXPECT_EQ(model->t0.presentation, Presentation::kRaw);
  EXPECT_EQ(model->t0.le, LeRule::kZeroAll);
  EXPECT_TRUE(model->select_ef_by_p1_00);
  EXPECT_EQ(apdu::to_hex(model->find_df("SSSE")->fci.value()), "6F00");
}

TEST(CardLoader, AUsedCard) {
  const auto model =
      load_text(card("<pin value='123456' tries='3' left='1'/><key name='UK1DF01' left='0'/><blocked "
                     "df='DF03'/><blocked/>"));
  ASSERT_TRUE(model) << model.error().to_string();
  EXPECT_EQ(model->pin.tries_left, 1);
  EXPECT_EQ(key_of(*model, "DF01", "UK1DF01").tries_left, 0);
  EXPECT_EQ(key_of(*model, "DF01", "UK2DF01").tries_left, std::nullopt);
  EXPECT_TRUE(model->find_df("DF03")->blocked);
  EXPECT_FALSE(model->find_df("DF04")->blocked);
  EXPECT_TRUE(model->card_blocked);
}

TEST(CardLoader, AUsedCardThatCannotBe) {
  EXPECT_EQ(error_of("<pin value='123456' tries='3' left='4'/>"), "a.xml:3: 4 tries left of 3; write 0 to 3");
  EXPECT_EQ(error_of("<key name='UK1DF01' tries='4' left='5'/>"), "a.xml:3: 5 tries left of 4; write 0 to 4");
  EXPECT_EQ(error_of("<blocked df='DF09'/>"),
            "a.xml:3: profile 2.00 has no application DF09; name one, DF03 or DF04; without df the card is "
            "blocked");
  EXPECT_EQ(error_of("<blocked df='SSSE'/>"),
            "a.xml:3: profile 2.00 has no application SSSE; name one, DF03 or DF04; without df the card is "
            "blocked");
}

// Keys without groups stay as they are.
TEST(CardLoader, OneVersionOfTheKeys) {
  const auto model = load_text(
      std::string(
          "<card xmlns='urn:ssc:card:1' name='x' key-set='lab-990100-des' profile='2.00' key-version='2'>") +
      kAtr + "</card>");
  ASSERT_TRUE(model) << model.error().to_string();
  for (const Df& df : model->dfs) {
    for (const KeyEntry& key : df.keys)
      EXPECT_EQ(key.version, key.name.starts_with("STK") || key.name == "PUK" || key.name == "BK" ||
                                     key.name.starts_with("LK")
                                 ? 1
                                 : 2)
          << key.name;
  }
}

TEST(CardLoader, AtrFromHistoricalBytesOrWhole) {
  EXPECT_EQ(apdu::to_hex(load_text(card("")).value().atr), "3B6D00000081544C928699990100000002");
  const auto model = load_text(card("<atr hex='3B6D000000814A444686605199000001AC'/>")).value();
  EXPECT_EQ(apdu::to_hex(model.historical), "00814A444686605199000001AC");
}

TEST(CardLoader, EachFaultIsOneLine) {
  constexpr std::pair<const char*, const char*> kFaults[] = {
      {"<pin></pni>", "a.xml:3: not well-formed XML: Opening and ending tag mismatch: pin line 3 and pni"},
      {"<recrod/>", "a.xml:3: element 'recrod' is not allowed here"},
      {"<atr historical='00'/>",
       "a.xml:3: atr: 1 historical bytes; Part 2 has 13; give the 13 historical bytes T1 to TD"},
      {"<atr hex='3B00'/>", "a.xml:3: atr: 0 historical bytes; keys are diversified by the last 8 of 13"},
      {"<pin value='12a4'/>",
       "a.xml:3: the PIN is not 4 to 16 digits; write digits, or value=\"\" for a card without a PIN"},
      {"<pin value='123'/>",
       "a.xml:3: the PIN is not 4 to 16 digits; write digits, or value=\"\" for a card without a PIN"},
      {"<pin tries='0'/>", "a.xml:3: '0' is no value of attribute 'tries' of 'pin'; the minimum is 1"},
      {"<pin tries='16'/>", "a.xml:3: '16' is no value of attribute 'tries' of 'pin'; the maximum is 15"},
      {"<record file='SSSE/EF99' tag='0A' text='1'/>",
       "a.xml:3: profile 2.00 has no file SSSE/EF99; write it as SSSE/EF06"},
      {"<record file='SSSE/EF06' tag='FE' text='1'/>",
       "a.xml:3: SSSE/EF06 has no such item; its tags are 08 09 4E 0A 0B 0C 0D"},
      {"<record file='SSSE/EF06' text='1'/>", "a.xml:3: which record; add tag=\"08\" or number=\"1\""},
      {"<record file='SSSE/EF06' tag='0A'/>", "a.xml:3: no value; give one of hex, text and digits"},
      {"<record file='SSSE/EF06' tag='0A' hex='1'/>", "a.xml:3: item 0A of SSSE/EF06: odd number of digits"},
      {"<record file='SSSE/EF06' tag='0A' text='12'/>",
       "a.xml:3: item 0A of SSSE/EF06: 2 bytes, the item holds 1"},
      {"<record file='SSSE/EF06' tag='0D' text='1990'/>",
       "a.xml:3: item 0D of SSSE/EF06: it holds digits; write digits="},
      {"<record file='SSSE/EF06' tag='08' digits='99'/>",
       "a.xml:3: item 08 of SSSE/EF06: it holds text; write text="},
      {"<record file='DF01/EF15' tag='40' text='x'/>",
       "a.xml:3: item 40 of DF01/EF15: it holds items of its own; give them as hex"},
      {"<record file='DF02/EF07' hex='00'/>",
       "a.xml:3: a record of this cyclic file is 85 bytes; give them as hex"},
      {"<binary file='SSSE/EF06' hex='00'/>", "a.xml:3: SSSE/EF06 is a record file; use <record>"},
      {"<key name='UK9DF09' tries='3'/>",
       "a.xml:3: the card has no key UK9DF09; profile 2.00 and the key set say which there are"},
      {"<key name='UK1DF01' value='123'/>", "a.xml:3: key UK1DF01: odd number of digits"},
      {"<key name='UK1DF01' value='00'/>", "a.xml:3: key UK1DF01: 1 bytes, it has 16"},
      {"<key name='UK1DF01' id='84'/>",
       "a.xml:1: keys UK1DF01 and UK2DF01 of DF01 both have id 84 and version 1; give one of them another "
       "id"},
      {"<fci df='DF09' hex='6F00'/>", "a.xml:3: profile 2.00 has no DF DF09"},
  };
  for (const auto& [inner, line] : kFaults) EXPECT_EQ(error_of(inner), line);
}

TEST(CardLoader, WhatIsMissingIsNamed) {
  EXPECT_EQ(load_card("nowhere.xml").error().to_string().substr(0, 26), "nowhere.xml: no such file;");
  EXPECT_EQ(load_text(card("", "9.99")).error().to_string().substr(0, 37),
            "a.xml:1: profile: 9.99: no such file;");
  const auto no_atr =
      load_text("<card xmlns='urn:ssc:card:1' name='x' key-set='lab-990100-des' profile='2.00'/>");
  EXPECT_EQ(no_atr.error().to_string(), "a.xml:1: no ATR; add <atr historical=\"…\"/> with 13 bytes");
}

}  // namespace
}  // namespace ssc::simulator::profile
