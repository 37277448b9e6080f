// The command set of key carriers: master key card, key mother card, transmission key card. The standard asks
// for what they do (Part 10 §6.1.2, §6.4.2) and names no commands: those of their own are described in
// simulator/carrier/README.md. The others are the PSAM's and the card's.
#pragma once

#include <array>

#include "apdu/psam_commands.h"

namespace ssc::apdu {

// Precondition: the PSAM has the command.
constexpr const CommandRow& psam_command(CommandId id) {
  return *std::ranges::find_if(kPsamCommands, [id](const CommandRow& row) { return row.id == id; });
}

inline constexpr std::array kCarrierCommands{
    psam_command(CommandId::kSelect),
    psam_command(CommandId::kGetChallenge),
    card_command(CommandId::kGetResponse),
    card_command(CommandId::kReadBinary),
    card_command(CommandId::kReadRecord),
    card_command(CommandId::kUpdateBinary),
    card_command(CommandId::kUpdateRecord),
    card_command(CommandId::kVerify),
    card_command(CommandId::kChangePin),
    psam_command(CommandId::kExternalAuthentication),
    psam_command(CommandId::kCreateKey),
    CommandRow{.id = CommandId::kReplaceKey,
               .name = "REPLACE KEY",
               .chinese = "替换密钥",
               .cla = {0x84},
               .ins = 0xD4,
               .parameters = key_in_p2(0x01),
               .lc = LengthRule::by_block({0x1C, 0x24}, {0x24}),
               .secret = Secret::kCommandData,
               .statuses = {0x6581, 0x6700, 0x6982, 0x6984, 0x6985, 0x6988, 0x6A80, 0x6A81, 0x6A82, 0x6A86,
                            0x6A88, 0x6D00, 0x6E00},
               .clause = "carrier/README.md §4"},
    CommandRow{.id = CommandId::kGetKeyInformation,
               .name = "GET KEY INFORMATION",
               .chinese = "取密钥信息",
               .cla = {0x80},
               .ins = 0xCA,
               .parameters = addressed(ParameterRule::Kind::kKeyRecord),
               .lc = {0, 0x02},
               .le = {0, 0x0B, 256},
               .statuses = {0x6700, 0x6982, 0x6985, 0x6A80, 0x6A81, 0x6A82, 0x6A83, 0x6A86, 0x6A88, 0x6D00,
                            0x6E00, 0x9405},
               .clause = "carrier/README.md §4"},
    CommandRow{
        .id = CommandId::kMakeProof,
        .name = "MAKE PROOF",
        .chinese = "产生认证数据",
        .cla = {0x80},
        .ins = 0x8A,
        .parameters = key_in_p2(0x00),
        .lc = LengthRule::by_block({0x18}, {0x18, 0x20}),
        .le = {0, 0x08, 256},
        .statuses = {0x6581, 0x6700, 0x6982, 0x6985, 0x6A81, 0x6A86, 0x6A88, 0x6D00, 0x6E00, 0x9402, 0x9405},
        .clause = "carrier/README.md §4"},
    CommandRow{.id = CommandId::kExportKey,
               .name = "EXPORT KEY",
               .chinese = "导出密钥",
               .cla = {0x80},
               .ins = 0xE8,
               .parameters = {ParameterRule::Kind::kKeyInP2, {0x00, 0x01}, {}},
               .lc = LengthRule::by_block({0x14, 0x18}, {0x14, 0x18, 0x20}),
               .le = {range(0, 256)},
               .secret = Secret::kResponseData,
               .statuses = {0x6581, 0x6700, 0x6982, 0x6985, 0x6A80, 0x6A81, 0x6A82, 0x6A86, 0x6A88, 0x6D00,
                            0x6E00, 0x9402, 0x9405},
               .clause = "carrier/README.md §4"},
};

}  // namespace ssc::apdu
