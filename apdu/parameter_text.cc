#include "apdu/parameter_text.h"

#include <fmt/format.h>

namespace ssc::apdu {
namespace {

// What one value of a listed P1 or P2 stands for.
struct Value {
  CommandId id;
  std::uint8_t Header::*parameter;
  std::uint8_t value;
  Phrase phrase;
};

constexpr std::array kValues{
    Value{CommandId::kSelect, &Header::p1, 0x00, {"MF or DF by FID", "按标识符选MF或DF"}},
    Value{CommandId::kSelect, &Header::p1, 0x02, {"EF by FID", "按标识符选EF"}},
    Value{CommandId::kSelect, &Header::p1, 0x04, {"DF by name", "按名称选DF"}},
    Value{CommandId::kSelect, &Header::p2, 0x02, {"next", "下一个"}},
    Value{CommandId::kGetBalance, &Header::p2, 0x01, {"CIA", "个人帐户"}},
    Value{CommandId::kGetBalance, &Header::p2, 0x02, {"SPIP", "个人自付累计"}},
    Value{CommandId::kGetBalance, &Header::p2, 0x03, {"SPFP", "统筹支付累计"}},
    Value{CommandId::kGetTransactionProof, &Header::p2, 0x01, {"load", "划入"}},
    Value{CommandId::kGetTransactionProof, &Header::p2, 0x31, {"load", "划入"}},
    Value{CommandId::kGetTransactionProof, &Header::p2, 0x02, {"purchase", "消费"}},
    Value{CommandId::kGetTransactionProof, &Header::p2, 0x32, {"purchase", "消费"}},
    Value{CommandId::kCipherData, &Header::p1, 0x00, {"encrypt, last block", "加密，最后一块"}},
    Value{CommandId::kCipherData, &Header::p1, 0x02, {"encrypt, more follows", "加密，有后续块"}},
    Value{CommandId::kCipherData, &Header::p1, 0x05, {"MAC, only block", "MAC，唯一一块"}},
    Value{CommandId::kCipherData, &Header::p1, 0x07, {"MAC, first block", "MAC，第一块"}},
    Value{CommandId::kCipherData, &Header::p1, 0x03, {"MAC, next block", "MAC，下一块"}},
    Value{CommandId::kCipherData, &Header::p1, 0x01, {"MAC, last block", "MAC，最后一块"}},
    Value{CommandId::kExportKey, &Header::p1, 0x00, {"for CREATE KEY", "供创建密钥"}},
    Value{CommandId::kExportKey, &Header::p1, 0x01, {"for REPLACE KEY", "供替换密钥"}},
};

// By the low three bits of P2, Part 5 t.32; {} is P1.
constexpr std::array<Phrase, 8> kRecordModes{{
    {"first record with tag {:02X}", "标识为{:02X}的第一条记录"},
    {"last record with tag {:02X}", "标识为{:02X}的最后一条记录"},
    {"next record with tag {:02X}", "标识为{:02X}的下一条记录"},
    {"previous record with tag {:02X}", "标识为{:02X}的上一条记录"},
    {"record {}", "第{}条记录"},
    {"record {} to the last", "第{}条至最后一条记录"},
    {"last record to {}", "最后一条至第{}条记录"},
    {},
}};

// The same with P1 00.
constexpr std::array<Phrase, 8> kAnyRecordModes{{
    {"first record", "第一条记录"},
    {"last record", "最后一条记录"},
    {"next record", "下一条记录"},
    {"previous record", "上一条记录"},
    {"current record", "当前记录"},
    {"current record to the last", "当前至最后一条记录"},
    {"last record to the current", "最后一条至当前记录"},
    {},
}};

constexpr Phrase kComma{", ", "，"};

template <class... Args>
std::string say(Phrase phrase, Language language, const Args&... args) {
  return fmt::format(fmt::runtime(phrase.in(language)), args...);
}

std::string listed_text(CommandId id, const Header& header, Language language) {
  std::string out;
  for (const Value& item : kValues) {
    if (item.id != id || header.*item.parameter != item.value) continue;
    if (!out.empty()) out += kComma.in(language);
    out += item.phrase.in(language);
  }
  return out;
}

std::string binary_text(const Header& header, Language language) {
  if ((header.p1 & 0x80) != 0)
    return say({"SFI {:02X}, offset {}", "SFI {:02X}，偏移{}"}, language, header.p1 & 0x1F, header.p2);
  return say({"current EF, offset {}", "当前EF，偏移{}"}, language, header.p1 << 8 | header.p2);
}

std::string record_text(const Header& header, Language language) {
  const std::size_t mode = header.p2 & 0x07U;
  const int sfi = header.p2 >> 3;
  std::string out =
      header.p1 == 0 ? say(kAnyRecordModes[mode], language) : say(kRecordModes[mode], language, header.p1);
  out += kComma.in(language);
  return out + (sfi == 0 ? say({"current EF", "当前EF"}, language)
                         : say({"SFI {:02X}", "SFI {:02X}"}, language, sfi));
}

bool names_key_file(CommandId id) {
  return id == CommandId::kCreateKey || id == CommandId::kChangeKey || id == CommandId::kReplaceKey;
}

std::string file_text(const Header& header, Language language) {
  return say({"key file {:04X}", "密钥文件{:04X}"}, language, header.p2);
}

std::string key_text(const CommandRow& row, const Header& header, Language language) {
  if (names_key_file(row.id)) return file_text(header, language);
  if (row.id == CommandId::kExportKey)
    return listed_text(row.id, header, language) + std::string(kComma.in(language)) +
           file_text(header, language);
  if (row.clause.starts_with("Part 9") || row.id == CommandId::kMakeProof)
    return say({"key {:02X}", "密钥{:02X}"}, language, header.p2);
  const bool local = (header.p2 & 0x80) != 0;
  return local ? say({"key {:02X} of the current DF", "当前DF密钥{:02X}"}, language, header.p2)
               : say({"key {:02X} of the environment", "环境密钥{:02X}"}, language, header.p2);
}

std::string usage_text(const Header& header, Language language) {
  return say({"key {:02X}, usage {:02X}, levels {}", "密钥{:02X}，用途{:02X}，分散{}级"}, language, header.p2,
             header.p1, header.p1 >> 5);
}

}  // namespace

std::string describe_parameters(const CommandRow& row, std::uint8_t p1, std::uint8_t p2, Language language) {
  const Header header{.p1 = p1, .p2 = p2};
  switch (row.parameters.kind) {
    case ParameterRule::Kind::kListed:
      return listed_text(row.id, header, language);
    case ParameterRule::Kind::kKeyInP2:
      return key_text(row, header, language);
    case ParameterRule::Kind::kKeyInBoth:
      return usage_text(header, language);
    case ParameterRule::Kind::kKeyRecord:
      return say({"record {} of key file {:04X}", "密钥文件{1:04X}第{0}条记录"}, language, p1, p2);
    case ParameterRule::Kind::kBinaryAddress:
      return binary_text(header, language);
    case ParameterRule::Kind::kRecordRead:
    case ParameterRule::Kind::kRecordUpdate:
      return record_text(header, language);
  }
  return {};
}

}  // namespace ssc::apdu
