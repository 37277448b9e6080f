#include "simulator/card/bindings.h"

#include "simulator/card/commands/application_block.h"
#include "simulator/card/commands/card_block.h"
#include "simulator/card/commands/change_pin.h"
#include "simulator/card/commands/credit_for_load.h"
#include "simulator/card/commands/debit_for_purchase.h"
#include "simulator/card/commands/get_balance.h"
#include "simulator/card/commands/get_transaction_proof.h"
#include "simulator/card/commands/initialize_for_load.h"
#include "simulator/card/commands/initialize_for_purchase.h"
#include "simulator/card/commands/internal_authentication.h"
#include "simulator/card/commands/pin_change_unblock.h"
#include "simulator/card/commands/starting_day.h"
#include "simulator/card/commands/verify.h"
#include "simulator/core/commands/create_file.h"
#include "simulator/core/commands/delete_structure.h"
#include "simulator/core/commands/end_of_issue.h"
#include "simulator/core/commands/external_authentication.h"
#include "simulator/core/commands/load_key.h"
#include "simulator/core/commands/put_data.h"
#include "simulator/core/commands/update_binary.h"
#include "simulator/core/commands/write_record.h"
#include "simulator/core/file_commands.h"

namespace ssc::simulator::card {
namespace {

using apdu::CommandId;
using core::Binding;
using core::LifeCycle;
using core::MacKey;
using core::Need;
using core::TargetRule;

constexpr Need kPin{Need::Kind::kPin, {}};
constexpr Need kAfterPuk{Need::Kind::kAuthenticated, core::Purpose::kUnblockPin};
constexpr Need kAfterBk{Need::Kind::kAuthenticated, core::Purpose::kBlockCard};
constexpr Need kAfterLk{Need::Kind::kAuthenticated, core::Purpose::kBlockApplication};
constexpr Need kAfterMaster{Need::Kind::kAuthenticated, core::Purpose::kMaster};
constexpr Need kAfterDsk{Need::Kind::kAuthenticated, core::Purpose::kStartingDay};

constexpr Binding kOwn[] = {
    {.command = CommandId::kVerify, .handler = verify, .target = TargetRule::kPinUnlessAsked},
    {.command = CommandId::kChangePin, .handler = change_pin, .target = TargetRule::kPin},
    {.command = CommandId::kPinUnblock,
     .handler = unblock_pin,
     .target = TargetRule::kPinEvenLocked,
     .need = kAfterPuk,
     .mac = MacKey::kOfEnvironment},
    {.command = CommandId::kPinReload,
     .handler = reload_pin,
     .target = TargetRule::kPinEvenLocked,
     .need = kAfterPuk,
     .mac = MacKey::kOfEnvironment},
    {.command = CommandId::kExternalAuthentication,
     .handler = core::external_authentication,
     .target = TargetRule::kAuthenticationKey,
     .challenge = true},
    {.command = CommandId::kInternalAuthentication,
     .handler = internal_authentication,
     .target = TargetRule::kInternalKey},
    {.command = CommandId::kApplicationBlock,
     .handler = application_block,
     .target = TargetRule::kApplication,
     .need = kAfterLk,
     .mac = MacKey::kOfDf},
    {.command = CommandId::kCardBlock,
     .handler = card_block,
     .need = kAfterBk,
     .mac = MacKey::kOfEnvironment},
    {.command = CommandId::kInitializeForLoad,
     .handler = initialize_for_load,
     .target = TargetRule::kMedicalAccount,
     .need = kPin},
    {.command = CommandId::kCreditForLoad, .handler = credit_for_load, .target = TargetRule::kMedicalAccount},
    {.command = CommandId::kInitializeForPurchase,
     .handler = initialize_for_purchase,
     .target = TargetRule::kMedicalAccount,
     .need = kPin},
    {.command = CommandId::kDebitForPurchase,
     .handler = debit_for_purchase,
     .target = TargetRule::kMedicalAccount},
    {.command = CommandId::kGetBalance,
     .handler = get_balance,
     .target = TargetRule::kMedicalAccount,
     .need = kPin},
    {.command = CommandId::kGetYearTotals,
     .handler = get_year_totals,
     .target = TargetRule::kMedicalAccount,
     .need = kPin},
    {.command = CommandId::kGetTransactionProof,
     .handler = get_transaction_proof,
     .target = TargetRule::kMedicalAccount},
    {.command = CommandId::kUpdateStartingDay,
     .handler = update_starting_day,
     .target = TargetRule::kMedicalAccount,
     .need = kAfterDsk},
    {.command = CommandId::kGetStartingDay,
     .handler = get_starting_day,
     .target = TargetRule::kMedicalAccount},
    {.command = CommandId::kCreateFile,
     .handler = core::create_file,
     .need = kAfterMaster,
     .until = LifeCycle::kPrePersonalised},
    {.command = CommandId::kDeleteStructure,
     .handler = core::delete_structure,
     .need = kAfterMaster,
     .until = LifeCycle::kPrePersonalised},
    {.command = CommandId::kLoadKey,
     .handler = core::load_key,
     .need = kAfterMaster,
     .mac = MacKey::kMaster,
     .until = LifeCycle::kPrePersonalised},
    {.command = CommandId::kPutData,
     .handler = core::put_data,
     .need = kAfterMaster,
     .until = LifeCycle::kPersonalised},
    {.command = CommandId::kWriteBinary,
     .handler = core::update_binary,
     .target = TargetRule::kBinaryFile,
     .need = kAfterMaster,
     .until = LifeCycle::kPersonalised},
    {.command = CommandId::kWriteRecord,
     .handler = core::write_record,
     .target = TargetRule::kRecordFile,
     .need = kAfterMaster,
     .until = LifeCycle::kPersonalised},
    {.command = CommandId::kEndOfIssue,
     .handler = core::end_of_issue,
     .need = kAfterMaster,
     .until = LifeCycle::kPersonalised},
};

constexpr auto kBindings = core::with_file_commands(kOwn);
constexpr core::CommandSet kCommands{apdu::card_os_commands(), kBindings};
static_assert(core::bound_once(kCommands) && std::size(kBindings) == kCommands.rows.size(),
              "each row of the card's catalogue is bound exactly once");

}  // namespace

const core::CommandSet& commands() { return kCommands; }

}  // namespace ssc::simulator::card
