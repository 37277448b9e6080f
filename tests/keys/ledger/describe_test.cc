#include "keys/ledger/describe.h"

#include "tests/keys/ledger/ledger_rig.h"

namespace ssc::keys::ledger {
namespace {

using apdu::Language;

Record handover() {
  Entry entry = test::entry(Kind::kHandover, SubjectType::kKeyMotherCard, "M-1");
  entry.to = "maker";
  entry.third_party = true;
  entry.agreement = "NDA-7";
  entry.supervisor = "周五";
  entry.checks = {{"UK1DF01", 2, {0xA1, 0xB2, 0xC3}}};
  return {12, test::kMorning, "Lab city", entry, {}, {}, {}};
}

TEST(Describe, AnEntryInEnglish) {
  EXPECT_EQ(
      describe(handover(), Language::kEnglish),
      "   12  2026-01-31T08:00:00Z  handed over  key mother card M-1\n"
      "       by: 王一 (key officer); to: maker; confidentiality agreement: NDA-7; supervised by: 周五; "
      "third party; KCV: UK1DF01/2 A1B2C3");
}

TEST(Describe, AnEntryInChinese) {
  EXPECT_EQ(describe(handover(), Language::kChinese),
            "   12  2026-01-31T08:00:00Z  交接  密钥母卡 M-1\n"
            "       经办人：王一（key officer）；接收方：maker；保密协议：NDA-7；监督人：周五；第三方；"
            "校验值：UK1DF01/2 A1B2C3");
}

TEST(Describe, EveryKindAndTypeHasWordsInBothLanguages) {
  for (unsigned i = 0; i <= static_cast<unsigned>(Kind::kCardReplaced); ++i) {
    const auto kind = static_cast<Kind>(i);
    EXPECT_FALSE(phrase(kind).english.empty() || phrase(kind).chinese.empty()) << i;
    EXPECT_EQ(kind_of(word(kind)), kind);
  }
  for (unsigned i = 0; i <= static_cast<unsigned>(SubjectType::kBatch); ++i) {
    const auto type = static_cast<SubjectType>(i);
    EXPECT_FALSE(phrase(type).english.empty() || phrase(type).chinese.empty()) << i;
    EXPECT_EQ(subject_type_of(word(type)), type);
  }
}

TEST(Describe, WhereThingsAre) {
  const Subject card{SubjectType::kPsam, "P-1"};
  EXPECT_EQ(describe(card, {.place = "safe 3", .keeper = "赵三", .since = 4}, Language::kEnglish),
            "PSAM P-1: here since entry 4; place: safe 3; keeper: 赵三");
  EXPECT_EQ(describe(card, {.where = Whereabouts::kOut, .with = "maker", .since = 9}, Language::kChinese),
            "PSAM卡 P-1：在外（第9条）；持有人：maker");
}

}  // namespace
}  // namespace ssc::keys::ledger
