#include "apdu/status_word.h"

#include <algorithm>
#include <array>

namespace ssc::apdu {
namespace {

struct Row {
  StatusWord status;
  StatusMeaning meaning;
};

constexpr std::array kRows{
    Row{sw::ok, {"ok", "ok", "成功"}},
    Row{sw::bytes_available(0), {"bytes_available", "more bytes wait", "尚有数据待取"}},
    Row{sw::tries_left(0), {"tries_left", "authentication failed, tries left", "认证失败，剩余尝试次数"}},
    Row{sw::memory_failure, {"memory_failure", "memory failure", "存储器故障"}},
    Row{sw::wrong_length, {"wrong_length", "wrong length", "长度错误"}},
    Row{sw::wrong_state, {"wrong_state", "wrong state for this command", "命令状态不符"}},
    Row{sw::wrong_file_structure,
        {"wrong_file_structure", "command does not fit the file structure", "文件结构不符"}},
    Row{sw::security_status_not_satisfied,
        {"security_status_not_satisfied", "security status not satisfied", "安全状态不满足"}},
    Row{sw::method_locked, {"method_locked", "authentication method locked", "认证方法已锁定"}},
    Row{sw::reference_data_invalid,
        {"reference_data_invalid", "reference data invalid: no valid random number",
         "引用数据无效，无有效随机数"}},
    Row{sw::conditions_of_use_not_satisfied,
        {"conditions_of_use_not_satisfied", "conditions of use not satisfied", "使用条件不满足"}},
    Row{sw::no_current_ef, {"no_current_ef", "no current EF", "没有当前基本文件"}},
    Row{sw::secure_messaging_missing,
        {"secure_messaging_missing", "secure messaging MAC missing", "缺少安全报文鉴别码"}},
    Row{sw::secure_messaging_incorrect,
        {"secure_messaging_incorrect", "secure messaging data incorrect", "安全报文数据错误"}},
    Row{sw::wrong_data_field, {"wrong_data_field", "wrong data field", "数据域错误"}},
    Row{sw::function_not_supported,
        {"function_not_supported", "not supported, or card blocked", "功能不支持或卡已锁定"}},
    Row{sw::file_not_found, {"file_not_found", "file not found", "文件未找到"}},
    Row{sw::record_not_found, {"record_not_found", "record not found", "记录未找到"}},
    Row{sw::no_space, {"no_space", "not enough space in the file", "文件空间不足"}},
    Row{sw::lc_against_tlv, {"lc_against_tlv", "Lc contradicts the TLV structure", "Lc与TLV结构不一致"}},
    Row{sw::wrong_p1_p2, {"wrong_p1_p2", "wrong P1 P2", "P1 P2参数错误"}},
    Row{sw::key_not_found, {"key_not_found", "key or reference data not found", "密钥或引用数据未找到"}},
    Row{sw::offset_beyond_file, {"offset_beyond_file", "offset beyond the file", "偏移超出文件范围"}},
    Row{sw::wrong_le(0), {"wrong_le", "wrong Le, SW2 is right", "Le错误，SW2为正确长度"}},
    Row{sw::wrong_instruction, {"wrong_instruction", "instruction unknown", "INS不支持"}},
    Row{sw::wrong_class, {"wrong_class", "class unknown", "CLA不支持"}},
    Row{sw::data_invalid, {"data_invalid", "data invalid", "数据无效"}},
    Row{sw::mac_invalid, {"mac_invalid", "MAC invalid", "MAC无效"}},
    Row{sw::application_locked, {"application_locked", "application locked for good", "应用已永久锁定"}},
    Row{sw::not_enough_money, {"not_enough_money", "not enough money", "金额不足"}},
    Row{sw::counter_at_maximum, {"counter_at_maximum", "counter at its maximum", "交易计数器达到最大值"}},
    Row{sw::key_index_not_supported,
        {"key_index_not_supported", "key index not supported", "密钥索引不支持"}},
    Row{sw::wrong_owner,
        {"wrong_owner", "not the owner's key, or another's receiver", "密钥或接收方不属本级"}},
    Row{sw::mac_not_available, {"mac_not_available", "MAC not available", "所需MAC不可用"}},
};

constexpr bool ordered() {
  return std::ranges::is_sorted(kRows.begin() + 1, kRows.end(), {},
                                [](const Row& row) { return row.status.value(); });
}
static_assert(ordered(), "9000 first, then by value");

constexpr StatusMeaning kUnlisted{"unlisted", "not listed by the standard", "标准未列出"};

}  // namespace

const StatusMeaning& meaning(StatusWord status) noexcept {
  const StatusWord wanted = family(status);
  const auto* row =
      std::ranges::find_if(kRows, [wanted](const Row& candidate) { return candidate.status == wanted; });
  return row == kRows.end() ? kUnlisted : row->meaning;
}

std::string to_string(StatusWord status) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out(4, '0');
  for (std::size_t i = 0; i < 4; ++i) out[i] = kDigits[(status.value() >> (12 - 4 * i)) & 0x0F];
  return out;
}

}  // namespace ssc::apdu
