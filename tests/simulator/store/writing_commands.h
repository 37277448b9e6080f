// Every command that writes, with what must go before it.
#pragma once

#include "tests/simulator/medical_card.h"

namespace ssc::simulator::test {
enum class Subject : std::uint8_t { kCard, kMedical, kPsam, kCarrier };

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

// KID-01 and ADF-MK are 00112233…FF; the records were enciphered and their MACs made by openssl over the
// challenge 11223344.
inline constexpr const char* kShortChallenge = "0084000004";
inline constexpr const char* kKid1 = "0082000110EDC04656487FEAFE0102030405060708";
inline constexpr const char* kCreateKey =
    "84D400112482B9C82155FAA0321F725F29486C76A17C0F1C1EDD6BC0177A99C92A3EB8D06A2CB11E12";

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
  };
}

inline std::vector<WritingCommand> psam_commands() {
  return {
      {"INIT SAM FOR PURCHASE", Subject::kPsam, {kDf01}, kInitSam, "000000005ECFEEB09000"},
      {"CREATE KEY", Subject::kPsam, {kDf01, kChallenge, kKid1, kShortChallenge}, kCreateKey, "9000"},
      {"CHANGE KEY",
       Subject::kPsam,
       {kDf01, kChallenge, kKid1, kShortChallenge, kCreateKey, kShortChallenge},
       "84D401111CA5A431A0A4C288EC6D499ADCD676793907C4464650CF1F90CE7436E7",
       "9000"},
  };
}

// Answers by openssl (tests/simulator/carrier/test_carrier.h).
inline std::vector<WritingCommand> carrier_commands() {
  return {
      {"EXPORT KEY",
       Subject::kCarrier,
       {"00A4040006D15600000590", "0020000003123456"},
       "80E80011146708016740000000010000000000000511223344",
       "5FD7744858E365C9249D7FD7D409453E09EADB19B24C37F1C931A354CEC535F0C275603C9000"},
      {"MAKE PROOF",
       Subject::kCarrier,
       {"00A4040006D15600000590", "0020000003123456"},
       "808A004118010000000000000511223344556677880102030405060708",
       "90E81DD92AE8A5159000"},
  };
}

}  // namespace writing

inline const std::vector<WritingCommand>& writing_commands() {
  static const std::vector<WritingCommand> all = [] {
    std::vector<WritingCommand> commands = writing::pin_commands();
    for (auto more : {writing::file_commands(), writing::medical_commands(), writing::psam_commands(),
                      writing::carrier_commands()})
      commands.insert(commands.end(), more.begin(), more.end());
    return commands;
  }();
  return all;
}

}  // namespace ssc::simulator::test
