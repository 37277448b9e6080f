#include "apdu/parameter_text.h"

#include <gtest/gtest.h>

namespace ssc::apdu {
namespace {

std::string describe(CommandTable table, CommandId id, unsigned p1, unsigned p2,
                     Language language = Language::kEnglish) {
  return describe_parameters(*find_command(table, id), static_cast<std::uint8_t>(p1),
                             static_cast<std::uint8_t>(p2), language);
}

TEST(ParameterText, Card) {
  const auto card = [](CommandId id, unsigned p1, unsigned p2) {
    return describe(card_commands(), id, p1, p2);
  };
  EXPECT_EQ(card(CommandId::kSelect, 0x04, 0x02), "DF by name, next");
  EXPECT_EQ(card(CommandId::kSelect, 0x02, 0x00), "EF by FID");
  EXPECT_EQ(card(CommandId::kReadBinary, 0x95, 0x0A), "SFI 15, offset 10");
  EXPECT_EQ(card(CommandId::kReadBinary, 0x01, 0x02), "current EF, offset 258");
  EXPECT_EQ(card(CommandId::kReadRecord, 0x07, 0x34), "record 7, SFI 06");
  EXPECT_EQ(card(CommandId::kReadRecord, 0x01, 0x05), "record 1 to the last, current EF");
  EXPECT_EQ(card(CommandId::kReadRecord, 0x4E, 0x30), "first record with tag 4E, SFI 06");
  EXPECT_EQ(card(CommandId::kUpdateRecord, 0x00, 0x03), "previous record, current EF");
  EXPECT_EQ(card(CommandId::kUpdateRecord, 0x00, 0x04), "current record, current EF");
  EXPECT_EQ(card(CommandId::kExternalAuthentication, 0x00, 0x04), "key 04 of the environment");
  EXPECT_EQ(card(CommandId::kExternalAuthentication, 0x00, 0x83), "key 83 of the current DF");
  EXPECT_EQ(card(CommandId::kGetBalance, 0x00, 0x02), "SPIP");
  EXPECT_EQ(card(CommandId::kVerify, 0x00, 0x00), "");
}

TEST(ParameterText, Psam) {
  const auto psam = [](CommandId id, unsigned p1, unsigned p2) {
    return describe(psam_commands(), id, p1, p2);
  };
  EXPECT_EQ(psam(CommandId::kExternalAuthentication, 0x00, 0x01), "key 01");
  EXPECT_EQ(psam(CommandId::kCreateKey, 0x00, 0x11), "key file 0011");
  EXPECT_EQ(psam(CommandId::kDeliverySessionKey, 0x67, 0x20), "key 20, usage 67, levels 3");
  EXPECT_EQ(psam(CommandId::kCipherData, 0x05, 0x00), "MAC, only block");
}

TEST(ParameterText, Carrier) {
  const auto carrier = [](CommandId id, unsigned p1, unsigned p2) {
    return describe(carrier_commands(), id, p1, p2);
  };
  EXPECT_EQ(carrier(CommandId::kCreateKey, 0x00, 0x14), "key file 0014");
  EXPECT_EQ(carrier(CommandId::kReplaceKey, 0x01, 0x12), "key file 0012");
  EXPECT_EQ(carrier(CommandId::kExportKey, 0x00, 0x11), "for CREATE KEY, key file 0011");
  EXPECT_EQ(carrier(CommandId::kExportKey, 0x01, 0x11), "for REPLACE KEY, key file 0011");
  EXPECT_EQ(carrier(CommandId::kGetKeyInformation, 0x03, 0x13), "record 3 of key file 0013");
  EXPECT_EQ(carrier(CommandId::kMakeProof, 0x00, 0x41), "key 41");
  EXPECT_EQ(describe(carrier_commands(), CommandId::kGetKeyInformation, 3, 0x13, Language::kChinese),
            "密钥文件0013第3条记录");
}

TEST(ParameterText, Chinese) {
  EXPECT_EQ(describe(card_commands(), CommandId::kReadRecord, 0x07, 0x34, Language::kChinese),
            "第7条记录，SFI 06");
}

// Whatever a row takes can be said, in both languages.
TEST(ParameterText, EveryParameterOfEveryRow) {
  for (const CommandTable table : {card_commands(), psam_commands(), carrier_commands()}) {
    for (const CommandRow& row : table) {
      for (unsigned p1 = 0; p1 <= 0xFF; p1 += 5) {
        for (unsigned p2 = 0; p2 <= 0xFF; ++p2) {
          if (!parameters_valid(row, static_cast<std::uint8_t>(p1), static_cast<std::uint8_t>(p2))) continue;
          const std::string english = describe(table, row.id, p1, p2);
          const std::string chinese = describe(table, row.id, p1, p2, Language::kChinese);
          ASSERT_EQ(english.find('{'), std::string::npos);
          ASSERT_EQ(english.empty(), chinese.empty());
        }
      }
    }
  }
}

}  // namespace
}  // namespace ssc::apdu
