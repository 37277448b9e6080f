#include "simulator/card/commands/credit_for_load.h"
#include "simulator/card/commands/debit_for_purchase.h"
#include "simulator/card/commands/get_balance.h"
#include "simulator/card/commands/get_transaction_proof.h"
#include "simulator/card/commands/initialize_for_load.h"
#include "simulator/card/commands/initialize_for_purchase.h"
#include "simulator/mutants/mutant.h"

namespace ssc::simulator::mutants {
namespace {

namespace sw = apdu::sw;
using apdu::CommandId;
using core::MedicalNext;

constexpr Mutant kMutants[] = {
    {"load-without-pin", "TRANSACTIONS", "A load begins without the PIN", "圈存无需密码", "Part 7 §11.1",
     profile::Kind::kCard, [](Workbench& w) { w.binding(CommandId::kInitializeForLoad).need = {}; }},
    {"purchase-without-pin", "TRANSACTIONS", "A purchase begins without the PIN", "消费无需密码",
     "Part 7 §12.1", profile::Kind::kCard,
     [](Workbench& w) { w.binding(CommandId::kInitializeForPurchase).need = {}; }},
    {"balance-without-pin", "TRANSACTIONS", "The balance is told without the PIN", "查询余额无需密码",
     "Part 5 §7.5", profile::Kind::kCard, [](Workbench& w) { w.binding(CommandId::kGetBalance).need = {}; }},
    {"starting-day-without-dsk", "TRANSACTIONS", "The starting day is changed without DSK",
     "修改起始日无需DSK认证", "Part 5 §7.8", profile::Kind::kCard,
     [](Workbench& w) { w.binding(CommandId::kUpdateStartingDay).need = {}; }},
    {"account-not-stored", "TRANSACTIONS", "Balance and totals never reach the memory",
     "账户金额未写入存储器", "Part 7 §11-12", profile::Kind::kCard,
     [](Workbench& w) { w.forgotten.push_back(core::CellKind::kMedical); }},
    {"proof-not-stored", "TRANSACTIONS", "The proof of a transaction never reaches the memory",
     "交易认证未写入存储器", "Part 5 §7.7", profile::Kind::kCard,
     [](Workbench& w) { w.forgotten.push_back(core::CellKind::kProof); }},
    {"load-mac1-wrong", "TRANSACTIONS", "MAC1 of a load has one bit turned", "圈存MAC1错一位", "Part 7 §11.2",
     profile::Kind::kCard,
     [](Workbench& w) {
       w.binding(CommandId::kInitializeForLoad).handler = last_bit_turned<card::initialize_for_load>;
     }},
    {"load-tac-wrong", "TRANSACTIONS", "The TAC of a load has one bit turned", "圈存TAC错一位",
     "Part 7 §11.4", profile::Kind::kCard,
     [](Workbench& w) {
       w.binding(CommandId::kCreditForLoad).handler = last_bit_turned<card::credit_for_load>;
     }},
    {"purchase-tac-wrong", "TRANSACTIONS", "TAC or MAC2 of a purchase has one bit turned",
     "消费TAC或MAC2错一位", "Part 7 §12.4", profile::Kind::kCard,
     [](Workbench& w) {
       w.binding(CommandId::kDebitForPurchase).handler = last_bit_turned<card::debit_for_purchase>;
     }},
    {"purchase-random-wrong", "TRANSACTIONS", "The random a purchase answers is not the one it uses",
     "消费返回的随机数与实际不符", "Part 7 §12.1", profile::Kind::kCard,
     [](Workbench& w) {
       w.binding(CommandId::kInitializeForPurchase).handler = last_bit_turned<card::initialize_for_purchase>;
     }},
    {"balance-wrong", "TRANSACTIONS", "The balance told has one bit turned", "余额显示错一位", "Part 5 §7.5",
     profile::Kind::kCard,
     [](Workbench& w) { w.binding(CommandId::kGetBalance).handler = last_bit_turned<card::get_balance>; }},
    {"proof-wrong", "TRANSACTIONS", "A proof has one bit turned", "交易认证错一位", "Part 5 §7.7",
     profile::Kind::kCard,
     [](Workbench& w) {
       w.binding(CommandId::kGetTransactionProof).handler = last_bit_turned<card::get_transaction_proof>;
     }},
    {"load-tac-other-balance", "TRANSACTIONS", "The TAC of a load takes the balance at the other time",
     "圈存TAC采用另一时点余额", "Part 7 §11.4", profile::Kind::kCard,
     [](Workbench& w) {
       if (w.model.medical) w.model.medical->tac_before_load = !w.model.medical->tac_before_load;
     }},
    {"transaction-type-other", "TRANSACTIONS", "MACs and log take the type in its other form",
     "交易类型表示方式错误", "Part 7 §11-12", profile::Kind::kCard,
     [](Workbench& w) {
       if (w.model.medical) w.model.medical->binary_type = !w.model.medical->binary_type;
     }},
    {"load-mac2-is-6988", "STATUS WORDS", "A wrong MAC2 of a load is 6988, not 9302", "圈存MAC2错误返回6988",
     "Part 5 §7.2", profile::Kind::kCard,
     [](Workbench& w) {
       w.binding(CommandId::kCreditForLoad).handler =
           misnamed<card::credit_for_load, sw::mac_invalid.value(), sw::secure_messaging_incorrect.value()>;
     }},
    {"purchase-mac1-is-6988", "STATUS WORDS", "A wrong MAC1 of a purchase is 6988, not 9302",
     "消费MAC1错误返回6988", "Part 5 §7.4", profile::Kind::kCard,
     [](Workbench& w) {
       w.binding(CommandId::kDebitForPurchase).handler =
           misnamed<card::debit_for_purchase, sw::mac_invalid.value(),
                    sw::secure_messaging_incorrect.value()>;
     }},
    {"no-money-is-9302", "STATUS WORDS", "Too little money is 9302, not 9401", "余额不足返回9302",
     "Part 5 §7.3", profile::Kind::kCard,
     [](Workbench& w) {
       w.binding(CommandId::kInitializeForPurchase).handler =
           misnamed<card::initialize_for_purchase, sw::not_enough_money.value(), sw::mac_invalid.value()>;
     }},
    {"index-is-6a88", "STATUS WORDS", "An unknown key index is 6A88, not 9403", "密钥索引不支持返回6A88",
     "Part 5 §7.1", profile::Kind::kCard,
     [](Workbench& w) {
       w.binding(CommandId::kInitializeForLoad).handler =
           misnamed<card::initialize_for_load, sw::key_index_not_supported.value(),
                    sw::key_not_found.value()>;
     }},
    {"no-proof-is-6a88", "STATUS WORDS", "A proof that is not there is 6A88, not 9406", "无交易认证返回6A88",
     "Part 5 §7.7", profile::Kind::kCard,
     [](Workbench& w) {
       w.binding(CommandId::kGetTransactionProof).handler =
           misnamed<card::get_transaction_proof, sw::mac_not_available.value(), sw::key_not_found.value()>;
     }},
    {"balance-ends-load", "STATES", "GET BALANCE ends a load", "查询余额终止圈存", "Part 5 t.49",
     profile::Kind::kCard,
     [](Workbench& w) { w.medical_row(CommandId::kGetBalance).next[1] = MedicalNext::kIdle; }},
    {"balance-ends-purchase", "STATES", "GET BALANCE ends a purchase", "查询余额终止消费", "Part 5 t.49",
     profile::Kind::kCard,
     [](Workbench& w) { w.medical_row(CommandId::kGetBalance).next[2] = MedicalNext::kIdle; }},
    {"proof-ends-load", "STATES", "GET TRANSACTION PROOF ends a load", "取交易认证终止圈存", "Part 5 t.49",
     profile::Kind::kCard,
     [](Workbench& w) { w.medical_row(CommandId::kGetTransactionProof).next[1] = MedicalNext::kIdle; }},
    {"load-refused-in-purchase", "STATES", "A load cannot begin while a purchase waits", "消费中不能开始圈存",
     "Part 5 t.49", profile::Kind::kCard,
     [](Workbench& w) { w.medical_row(CommandId::kInitializeForLoad).next[2] = MedicalNext::kForbidden; }},
    {"transaction-survives-commands", "STATES", "A transaction survives any other command",
     "其他命令不终止交易", "Part 5 §7", profile::Kind::kCard,
     [](Workbench& w) { w.lifetimes.command = [](core::Session& session) { session.pending.clear(); }; }},
    {"commit-in-pieces", "TEARING", "What belongs together is written one by one, so that power can part it",
     "一次交易的多项写入未作为整体", "Part 7 §14", profile::Kind::kCard,
     [](Workbench& w) { w.piecemeal = true; }},
};

}  // namespace

std::span<const Mutant> medical_mutants() { return kMutants; }

}  // namespace ssc::simulator::mutants
