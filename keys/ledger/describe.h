// Entries as people read them, in both languages.
#pragma once

#include <string>

#include "apdu/language.h"
#include "keys/ledger/holdings.h"

namespace ssc::keys::ledger {

// "handover", "交接"; "key mother card", "密钥母卡"; "destroyed", "已销毁".
apdu::Phrase phrase(Kind kind);
apdu::Phrase phrase(SubjectType type);
apdu::Phrase phrase(Whereabouts where);

// Two lines, without a line end behind the second:
//   "   12  2026-01-31T08:00:00Z  handover  key mother card M-1"
//   "       by 王一 (key officer); to: …; third party; …"
std::string describe(const Record& record, apdu::Language language);

// "key mother card M-1: here since entry 4; place: safe 3; keeper: 赵三"
std::string describe(const Subject& subject, const Holding& holding, apdu::Language language);

}  // namespace ssc::keys::ledger
