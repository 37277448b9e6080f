#include "simulator/carrier/bindings.h"

#include "simulator/card/commands/change_pin.h"
#include "simulator/card/commands/verify.h"
#include "simulator/carrier/commands/export_key.h"
#include "simulator/carrier/commands/get_key_information.h"
#include "simulator/carrier/commands/load_key.h"
#include "simulator/carrier/commands/make_proof.h"
#include "simulator/core/commands/external_authentication.h"
#include "simulator/core/file_commands.h"

namespace ssc::simulator::carrier {
namespace {

using apdu::CommandId;
using core::Binding;
using core::Need;
using core::TargetRule;

constexpr Need kPin{Need::Kind::kPin, {}};

constexpr Binding key_loading(CommandId command, core::Handler handler) {
  return {.command = command,
          .handler = handler,
          .target = TargetRule::kKeyFile,
          .need = core::kUpdateRight,
          .ciphers = true,
          .mac = core::MacKey::kOwnMaster};
}

constexpr Binding kOwn[] = {
    {.command = CommandId::kVerify, .handler = card::verify, .target = TargetRule::kPinUnlessAsked},
    {.command = CommandId::kChangePin, .handler = card::change_pin, .target = TargetRule::kPin},
    {.command = CommandId::kExternalAuthentication,
     .handler = core::external_authentication,
     .target = TargetRule::kOwnAuthenticationKey,
     .ciphers = true,
     .challenge = true},
    key_loading(CommandId::kCreateKey, create_key),
    key_loading(CommandId::kReplaceKey, replace_key),
    {.command = CommandId::kGetKeyInformation,
     .handler = get_key_information,
     .target = TargetRule::kKeyFile,
     .need = kPin,
     .ciphers = true},
    {.command = CommandId::kMakeProof,
     .handler = make_proof,
     .target = TargetRule::kApplicationOfKeys,
     .need = kPin,
     .ciphers = true},
    {.command = CommandId::kExportKey,
     .handler = export_key,
     .target = TargetRule::kKeyFile,
     .need = kPin,
     .ciphers = true},
};

constexpr auto kBindings = core::with_file_commands(kOwn);
constexpr core::CommandSet kCommands{apdu::carrier_commands(), kBindings};
static_assert(core::bound_once(kCommands), "each binding names a row of the carriers' catalogue, none twice");

}  // namespace

const core::CommandSet& commands() { return kCommands; }

}  // namespace ssc::simulator::carrier
