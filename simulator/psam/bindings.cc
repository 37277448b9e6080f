#include "simulator/psam/bindings.h"

#include "simulator/core/commands/external_authentication.h"
#include "simulator/core/file_commands.h"
#include "simulator/psam/commands/change_key.h"
#include "simulator/psam/commands/cipher_data.h"
#include "simulator/psam/commands/create_key.h"
#include "simulator/psam/commands/credit_sam_for_purchase.h"
#include "simulator/psam/commands/delivery_session_key.h"
#include "simulator/psam/commands/init_sam_for_purchase.h"
#include "simulator/psam/commands/initialize_environment.h"

namespace ssc::simulator::psam {
namespace {

using apdu::CommandId;
using core::Binding;
using core::TargetRule;

constexpr Binding key_loading(CommandId command, core::Handler handler) {
  return {.command = command,
          .handler = handler,
          .target = TargetRule::kKeyFile,
          .need = core::kUpdateRight,
          .ciphers = true,
          .mac = core::MacKey::kOwnMaster};
}

constexpr Binding kOwn[] = {
    {.command = CommandId::kExternalAuthentication,
     .handler = core::external_authentication,
     .target = TargetRule::kOwnAuthenticationKey,
     .ciphers = true,
     .challenge = true},
    {.command = CommandId::kInitializeEnvironment, .handler = initialize_environment},
    key_loading(CommandId::kCreateKey, create_key),
    key_loading(CommandId::kChangeKey, change_key),
    {.command = CommandId::kDeliverySessionKey,
     .handler = delivery_session_key,
     .target = TargetRule::kPsamKey,
     .ciphers = true},
    {.command = CommandId::kCipherData, .handler = cipher_data, .ciphers = true},
    {.command = CommandId::kInitSamForPurchase,
     .handler = init_sam_for_purchase,
     .target = TargetRule::kPurchaseKey,
     .ciphers = true},
    {.command = CommandId::kCreditSamForPurchase, .handler = credit_sam_for_purchase, .ciphers = true},
};

constexpr auto kBindings = core::with_file_commands(kOwn);
constexpr core::CommandSet kCommands{apdu::psam_commands(), kBindings};
static_assert(core::bound_once(kCommands), "each binding names a row of the PSAM's catalogue, none twice");

}  // namespace

const core::CommandSet& commands() { return kCommands; }

}  // namespace ssc::simulator::psam
