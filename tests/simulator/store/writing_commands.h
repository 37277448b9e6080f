// Every command that writes, with what must go before it.
#pragma once

#include "tests/simulator/medical_card.h"

namespace ssc::simulator::test {
enum class Subject : std::uint8_t { kCard, kMedical, kPsam };

struct WritingCommand {
  const char* name;
  Subject subject;
  std::vector<std::string> before;  // uncut
  std::string command;
  std::string answer;
  bool may_raise = false;  // a retry counter may be higher after it
};

namespace writing {

inline constexpr const char* kChallenge = "0084000008";
inline constexpr const char* kWrongPin = "0020000003999999";
inline constexpr const char* kRightPin = "0020000003123456";
inline constexpr const char* kUk = "0082000410EDC04656487FEAFE0102030405060708";
inline constexpr const char* kPuk = "0082000610EDC04656487FEAFE0102030405060708";
inline constexpr const char* kDf01 = "00A4000002DF01";
inline constexpr const char* kDf04 = "00A4000002DF04";
inline constexpr const char* kInitSam =
    "8070010024 A1B2C3D4 0007 00000064 00000032 0000000A 32 20261123 093000 0201 8684990100000001";

// Authentication data of the medical card for the key with this id.
inline std::string authenticate(const std::string& kid) {
  return "008200" + kid + "108EE99DCB1246CB790102030405060708";
}

inline std::vector<WritingCommand> pin_commands() {
  return {
      {"VERIFY right", Subject::kCard, {kWrongPin}, kRightPin, "9000", true},
      {"VERIFY wrong", Subject::kCard, {}, kWrongPin, "63C2"},
      {"VERIFY wrong, last try", Subject::kCard, {kWrongPin, kWrongPin}, kWrongPin, "63C0"},
      {"CHANGE PIN", Subject::kCard, {kWrongPin}, "805E010007123456FF654321", "9000", true},
      {"CHANGE PIN wrong", Subject::kCard, {}, "805E010007999999FF654321", "63C2"},
      {"PIN unblock",
       Subject::kCard,
       {kWrongPin, kChallenge, kPuk, kChallenge},
       "84240000043B20864B",
       "9000",
       true},
      {"PIN reload",
       Subject::kCard,
       {kWrongPin, kChallenge, kPuk, kChallenge},
       "842400010CA4133DF32C2C2EE4EB004C1A",
       "9000",
       true},
      {"EXTERNAL AUTHENTICATION right", Subject::kCard, {kChallenge}, kUk, "9000", true},
      {"EXTERNAL AUTHENTICATION wrong",
       Subject::kCard,
       {kChallenge},
       "008200041000000000000000000102030405060708",
       "63C2"},
  };
}

inline std::vector<WritingCommand> file_commands() {
  return {
      {"UPDATE RECORD", Subject::kCard, {kChallenge, kUk}, "00DC022803020139", "9000"},
      {"UPDATE RECORD appends", Subject::kCard, {kChallenge, kUk}, "00DC032C03040139", "9000"},
      {"UPDATE RECORD cyclic",
       Subject::kCard,
       {kDf01, "00DC003B03000001", "00DC003B03000002", "00DC003B03000003"},
       "00DC003B03000004",
       "9000"},
      {"UPDATE BINARY", Subject::kCard, {kDf01}, "00D6960408AABBCCDDEEFF0011", "9000"},
  };
}

inline std::vector<WritingCommand> medical_commands() {
  return {
      {"CREDIT FOR LOAD",
       Subject::kMedical,
       {kDf04, kRightPin, std::string(kInitLoad)},
       std::string(kCredit),
       "57F89B7A9000"},
      {"DEBIT FOR PURCHASE",
       Subject::kMedical,
       {kDf04, kRightPin, std::string(kInitPurchase)},
       std::string(kDebit),
       "332089517B82B3E19000"},
      {"UPDATE STARTING DAY",
       Subject::kMedical,
       {kDf04, kChallenge, authenticate("87")},
       "B0560000020701",
       "9000"},
      {"APPLICATION BLOCK",
       Subject::kMedical,
       {kDf04, kChallenge, authenticate("83"), kChallenge},
       "841E00010419C85FB1",
       "9000"},
      {"CARD BLOCK",
       Subject::kMedical,
       {kDf04, kChallenge, authenticate("05"), kChallenge},
       "8416000004FB69C2C3",
       "9000"},
      {"INIT SAM FOR PURCHASE", Subject::kPsam, {kDf01}, kInitSam, "000000005ECFEEB09000"},
  };
}

}  // namespace writing

inline const std::vector<WritingCommand>& writing_commands() {
  static const std::vector<WritingCommand> all = [] {
    std::vector<WritingCommand> commands = writing::pin_commands();
    for (auto more : {writing::file_commands(), writing::medical_commands()})
      commands.insert(commands.end(), more.begin(), more.end());
    return commands;
  }();
  return all;
}

}  // namespace ssc::simulator::test
