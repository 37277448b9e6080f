#include "simulator/core/commands/external_authentication.h"
#include "simulator/core/commands/select.h"
#include "simulator/mutants/mutant.h"
#include "simulator/psam/commands/change_key.h"
#include "simulator/psam/commands/cipher_data.h"
#include "simulator/psam/commands/create_key.h"
#include "simulator/psam/commands/credit_sam_for_purchase.h"
#include "simulator/psam/commands/delivery_session_key.h"
#include "simulator/psam/commands/init_sam_for_purchase.h"

namespace ssc::simulator::mutants {
namespace {

namespace sw = apdu::sw;
using apdu::CommandId;
using apdu::Response;
using core::CardView;
using core::Request;
using core::Step;
using core::Transaction;

constexpr profile::Kind kPsam = profile::Kind::kPsam;

Response delivered_stays(const CardView& view, Transaction& tx, const Request& request) {
  const Response answer = core::select(view, tx, request);
  tx.session().delivered = view.session().delivered;
  return answer;
}

// The session key is delivered again after each use.
Response chain_stays(const CardView& view, Transaction& tx, const Request& request) {
  const Response answer = psam::cipher_data(view, tx, request);
  tx.session().delivered = view.session().delivered;
  return answer;
}

apdu::StatusWord mac_unread(core::Exchange& x) {
  const auto status = healthy_check<Step::kMac>(x);
  return status == apdu::sw::secure_messaging_incorrect ? apdu::sw::ok : status;
}

template <class Change>
void key_files(Workbench& w, Change change) {
  for (profile::Df& df : w.model.dfs) {
    for (profile::Ef& ef : df.files)
      if (ef.type == profile::FileType::kKey) change(ef);
  }
}

constexpr Mutant kMutants[] = {
    {"psam-random-constant", "PSAM", "Every random of the PSAM is the same", "PSAM随机数恒定", "Part 9 §9.2",
     kPsam, [](Workbench& w) { w.constant_random = true; }},
    {"psam-challenge-used-twice", "PSAM", "A random of the PSAM can be used twice", "PSAM随机数可重复使用",
     "Part 9 §9.4", kPsam,
     [](Workbench& w) {
       w.binding(CommandId::kExternalAuthentication).handler = challenge_kept<core::external_authentication>;
     }},
    {"psam-kid-tries-not-stored", "PSAM", "Counters of the PSAM's keys never reach the memory",
     "PSAM密钥计数器未写入存储器", "Part 9 §9.4", kPsam,
     [](Workbench& w) { w.forgotten.push_back(core::CellKind::kKeyTries); }},
    {"psam-create-without-kid", "PSAM", "CREATE KEY needs no KID", "创建密钥无需KID认证", "Part 9 §9.5",
     kPsam, [](Workbench& w) { w.binding(CommandId::kCreateKey).need = {}; }},
    {"psam-change-without-kid", "PSAM", "CHANGE KEY needs no KID", "修改密钥无需KID认证", "Part 9 §9.6",
     kPsam, [](Workbench& w) { w.binding(CommandId::kChangeKey).need = {}; }},
    {"psam-mac-not-checked", "PSAM", "The MAC of a key record is not checked", "密钥记录不校验MAC",
     "Part 9 §7.1.3", kPsam, [](Workbench& w) { w.replace_check(Step::kMac, mac_unread); }},
    {"psam-any-owner", "PSAM", "Key files take the ids of every owner", "密钥文件不限制密钥标识",
     "Part 9 app. A", kPsam, [](Workbench& w) { key_files(w, [](profile::Ef& ef) { ef.key_ids.clear(); }); }},
    {"psam-group-ignored", "PSAM", "The key group that a file names is passed over", "忽略密钥组标识",
     "Part 9 §5.5", kPsam, [](Workbench& w) { key_files(w, [](profile::Ef& ef) { ef.group_file = 0; }); }},
    {"psam-key-not-stored", "PSAM", "A created key is gone with power", "创建的密钥断电丢失", "Part 9 §9.5",
     kPsam, [](Workbench& w) { w.forgotten.push_back(core::CellKind::kLoadedKey); }},
    {"psam-change-not-stored", "PSAM", "A changed key keeps its old value", "修改后密钥值不变", "Part 9 §9.6",
     kPsam, [](Workbench& w) { w.forgotten.push_back(core::CellKind::kKeyValue); }},
    {"psam-sequence-not-stored", "PSAM", "The terminal transaction sequence does not go on",
     "终端交易序号不递增", "Part 9 §9.9", kPsam,
     [](Workbench& w) { w.forgotten.push_back(core::CellKind::kBinary); }},
    {"psam-session-key-stays", "PSAM", "A delivered key survives SELECT", "过程密钥选择后仍有效",
     "Part 9 §9.7", kPsam, [](Workbench& w) { w.binding(CommandId::kSelect).handler = delivered_stays; }},
    {"psam-chain-broken", "PSAM", "A MAC over several commands starts anew with each", "多条命令的MAC不连续",
     "Part 9 §9.8", kPsam, [](Workbench& w) { w.binding(CommandId::kCipherData).handler = chain_stays; }},
    {"psam-cipher-wrong", "PSAM", "CIPHER DATA's answer has one bit turned", "数据加密结果错一位",
     "Part 9 §9.8", kPsam,
     [](Workbench& w) { w.binding(CommandId::kCipherData).handler = last_bit_turned<psam::cipher_data>; }},
    {"psam-mac1-wrong", "PSAM", "MAC1 of a purchase has one bit turned", "消费MAC1错一位", "Part 9 §9.9",
     kPsam,
     [](Workbench& w) {
       w.binding(CommandId::kInitSamForPurchase).handler = last_bit_turned<psam::init_sam_for_purchase>;
     }},
    {"psam-any-mac2", "PSAM", "Any MAC2 confirms a purchase", "任意MAC2均确认消费", "Part 9 §9.10", kPsam,
     [](Workbench& w) {
       w.binding(CommandId::kCreditSamForPurchase).handler = always_ok<psam::credit_sam_for_purchase>;
     }},
    {"psam-key-missing-is-6a80", "PSAM", "A key that is not there is 6A80, not 6A88", "密钥不存在返回6A80",
     "Part 9 §9.7.4", kPsam,
     [](Workbench& w) {
       w.replace_check(
           Step::kTarget,
           misnamed_check<Step::kTarget, sw::key_not_found.value(), sw::wrong_data_field.value()>);
     }},
    {"psam-levels-are-6a88", "PSAM", "A wrong number of levels is 6A88, not 6A80", "分散级数错误返回6A88",
     "Part 9 §9.7.4", kPsam,
     [](Workbench& w) {
       w.binding(CommandId::kDeliverySessionKey).handler =
           misnamed<psam::delivery_session_key, sw::wrong_data_field.value(), sw::key_not_found.value()>;
     }},
    {"psam-full-is-6a80", "PSAM", "A full key file is 6A80, not 6A84", "密钥文件已满返回6A80", "Part 9 §9.5",
     kPsam,
     [](Workbench& w) {
       w.binding(CommandId::kCreateKey).handler =
           misnamed<psam::create_key, sw::no_space.value(), sw::wrong_data_field.value()>;
     }},
    {"psam-mac2-word", "PSAM", "A wrong MAC2 has the other status word", "MAC2错误状态字不符", "Part 9 §9.10",
     kPsam, [](Workbench& w) { w.model.wrong_mac2_is_9302 = !w.model.wrong_mac2_is_9302; }},
    {"psam-terminal-number", "PSAM", "The terminal number read is another", "终端机编号错误", "Part 9 §5.3",
     kPsam,
     [](Workbench& w) {
       for (profile::Df& df : w.model.dfs) {
         for (profile::Ef& ef : df.files)
           if (ef.fid == 0x0016 && !ef.records.empty()) ef.records.front().back() ^= 0x01;
       }
     }},
    {"psam-right-is-6985", "PSAM", "A right that the PSAM misses is 6985, not 6982", "无权限返回6985",
     "Part 9 §9.5", kPsam,
     [](Workbench& w) {
       w.replace_check(Step::kRight, misnamed_check<Step::kRight, sw::security_status_not_satisfied.value(),
                                                    sw::conditions_of_use_not_satisfied.value()>);
     }},
};

}  // namespace

std::span<const Mutant> psam_mutants() { return kMutants; }

}  // namespace ssc::simulator::mutants
