#include "simulator/psam/bindings.h"

#include "simulator/core/commands/external_authentication.h"
#include "simulator/core/commands/get_challenge.h"
#include "simulator/core/commands/get_response.h"
#include "simulator/core/commands/read_binary.h"
#include "simulator/core/commands/read_record.h"
#include "simulator/core/commands/select.h"
#include "simulator/core/commands/update_binary.h"
#include "simulator/core/commands/update_record.h"
#include "simulator/psam/commands/cipher_data.h"
#include "simulator/psam/commands/credit_sam_for_purchase.h"
#include "simulator/psam/commands/delivery_session_key.h"
#include "simulator/psam/commands/init_sam_for_purchase.h"
#include "simulator/psam/commands/initialize_environment.h"

namespace ssc::simulator::psam {
namespace {

using apdu::CommandId;
using core::Binding;
using core::LeCheck;
using core::MacKey;
using core::Need;
using core::TargetRule;

constexpr Need kRead{Need::Kind::kReadRight, {}};
constexpr Need kUpdate{Need::Kind::kUpdateRight, {}};

constexpr Binding kBindings[] = {
    {.command = CommandId::kSelect, .handler = core::select},
    {.command = CommandId::kGetChallenge, .handler = core::get_challenge},
    {.command = CommandId::kGetResponse, .handler = core::get_response},
    {.command = CommandId::kReadBinary,
     .handler = core::read_binary,
     .target = TargetRule::kBinaryFile,
     .need = kRead},
    {.command = CommandId::kReadRecord,
     .handler = core::read_record,
     .target = TargetRule::kRecordFile,
     .need = kRead,
     .le = LeCheck::kExact},
    {.command = CommandId::kUpdateBinary,
     .handler = core::update_binary,
     .target = TargetRule::kBinaryFile,
     .need = kUpdate,
     .mac = MacKey::kOfDf},
    {.command = CommandId::kUpdateRecord,
     .handler = core::update_record,
     .target = TargetRule::kRecordFile,
     .need = kUpdate,
     .mac = MacKey::kOfDf},
    {.command = CommandId::kExternalAuthentication,
     .handler = core::external_authentication,
     .target = TargetRule::kOwnAuthenticationKey,
     .ciphers = true,
     .challenge = true},
    {.command = CommandId::kInitializeEnvironment, .handler = initialize_environment},
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

constexpr core::CommandSet kCommands{apdu::psam_commands(), kBindings};
static_assert(core::bound_once(kCommands), "each binding names a row of the PSAM's catalogue, none twice");

}  // namespace

const core::CommandSet& commands() { return kCommands; }

}  // namespace ssc::simulator::psam
