// The commands that every card of ours binds alike: selecting, randoms, reading and updating files.
#pragma once

#include <array>

#include "simulator/core/binding.h"
#include "simulator/core/commands/get_challenge.h"
#include "simulator/core/commands/get_response.h"
#include "simulator/core/commands/read_binary.h"
#include "simulator/core/commands/read_record.h"
#include "simulator/core/commands/select.h"
#include "simulator/core/commands/update_binary.h"
#include "simulator/core/commands/update_record.h"

namespace ssc::simulator::core {

inline constexpr Need kReadRight{Need::Kind::kReadRight, {}};
inline constexpr Need kUpdateRight{Need::Kind::kUpdateRight, {}};

inline constexpr std::array kFileCommands{
    Binding{.command = apdu::CommandId::kSelect, .handler = select},
    Binding{.command = apdu::CommandId::kGetChallenge, .handler = get_challenge},
    Binding{.command = apdu::CommandId::kGetResponse, .handler = get_response},
    Binding{.command = apdu::CommandId::kReadBinary,
            .handler = read_binary,
            .target = TargetRule::kBinaryFile,
            .need = kReadRight},
    Binding{.command = apdu::CommandId::kReadRecord,
            .handler = read_record,
            .target = TargetRule::kRecordFile,
            .need = kReadRight,
            .le = LeCheck::kExact},
    Binding{.command = apdu::CommandId::kUpdateBinary,
            .handler = update_binary,
            .target = TargetRule::kBinaryFile,
            .need = kUpdateRight,
            .mac = MacKey::kOfDf},
    Binding{.command = apdu::CommandId::kUpdateRecord,
            .handler = update_record,
            .target = TargetRule::kRecordFile,
            .need = kUpdateRight,
            .mac = MacKey::kOfDf},
};

// The file commands, then a card's own.
template <std::size_t Count>
constexpr std::array<Binding, kFileCommands.size() + Count> with_file_commands(const Binding (&own)[Count]) {
  std::array<Binding, kFileCommands.size() + Count> all{};
  std::ranges::copy(own, std::ranges::copy(kFileCommands, all.begin()).out);
  return all;
}

}  // namespace ssc::simulator::core
