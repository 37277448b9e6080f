// The commands that make a card before it is issued (Part 10 §5). The standard asks for what they do and
// names none: they are this card OS's own, described in simulator/core/personalisation.md. An issued card
// knows none of them: 6D00.
#pragma once

#include <array>

#include "apdu/command_row.h"

namespace ssc::apdu {

inline constexpr std::array kPersonalisationCommands{
    CommandRow{.id = CommandId::kCreateFile,
               .name = "CREATE FILE",
               .chinese = "创建文件",
               .cla = {0x80},
               .ins = 0xE0,
               .parameters = listed({0x00, 0x01, 0x02, 0x03, 0x04}, {0x00}),
               .lc = {range(1, 255)},
               .statuses = {0x6581, 0x6700, 0x6982, 0x6985, 0x6A80, 0x6A81, 0x6A84, 0x6A86, 0x6D00, 0x6E00},
               .clause = "personalisation.md §2"},
    CommandRow{.id = CommandId::kDeleteStructure,
               .name = "DELETE STRUCTURE",
               .chinese = "删除结构",
               .cla = {0x80},
               .ins = 0xE4,
               .parameters = fixed(0x00, 0x00),
               .statuses = {0x6581, 0x6700, 0x6982, 0x6985, 0x6A81, 0x6A86, 0x6D00, 0x6E00},
               .clause = "personalisation.md §3"},
    CommandRow{.id = CommandId::kLoadKey,
               .name = "LOAD KEY",
               .chinese = "装载密钥",
               .cla = {0x84},
               .ins = 0xD4,
               .parameters = listed({0x00, 0x01}, {0x00, 0x01, 0x02}),
               .lc = {range(0x0C, 0x34, 8)},
               .secret = Secret::kCommandData,
               .statuses = {0x6581, 0x6700, 0x6982, 0x6984, 0x6985, 0x6988, 0x6A80, 0x6A81, 0x6A86, 0x6A88,
                            0x6D00, 0x6E00},
               .clause = "personalisation.md §4"},
    CommandRow{.id = CommandId::kPutData,
               .name = "PUT DATA",
               .chinese = "写入数据",
               .cla = {0x80},
               .ins = 0xDA,
               .parameters = listed({0x00}, {0x51, 0x52, 0x53, 0x6F}),
               .lc = {range(1, 255)},
               .statuses = {0x6581, 0x6700, 0x6982, 0x6985, 0x6A80, 0x6A81, 0x6A86, 0x6D00, 0x6E00},
               .clause = "personalisation.md §5"},
    CommandRow{
        .id = CommandId::kWriteBinary,
        .name = "WRITE BINARY",
        .chinese = "写二进制文件",
        .cla = {0x80},
        .ins = 0xD0,
        .parameters = addressed(ParameterRule::Kind::kBinaryAddress),
        .lc = {range(1, 255)},
        .secret = Secret::kCommandData,
        .statuses = {0x6581, 0x6700, 0x6981, 0x6982, 0x6986, 0x6A81, 0x6A82, 0x6A86, 0x6B00, 0x6D00, 0x6E00},
        .clause = "personalisation.md §6"},
    CommandRow{
        .id = CommandId::kWriteRecord,
        .name = "WRITE RECORD",
        .chinese = "写记录文件",
        .cla = {0x80},
        .ins = 0xD2,
        .parameters = fixed(0x00, 0x00),
        .lc = {range(1, 255)},
        .secret = Secret::kCommandData,
        .statuses = {0x6581, 0x6700, 0x6981, 0x6982, 0x6986, 0x6A81, 0x6A84, 0x6A85, 0x6A86, 0x6D00, 0x6E00},
        .clause = "personalisation.md §6"},
    CommandRow{.id = CommandId::kEndOfIssue,
               .name = "END OF ISSUE",
               .chinese = "发卡结束",
               .cla = {0x80},
               .ins = 0xE6,
               .parameters = fixed(0x00, 0x00),
               .statuses = {0x6581, 0x6700, 0x6982, 0x6985, 0x6A81, 0x6A86, 0x6D00, 0x6E00},
               .clause = "personalisation.md §7"},
};

}  // namespace ssc::apdu
