#include "keys/standard.h"
#include "simulator/card/commands/application_block.h"
#include "simulator/card/commands/card_block.h"
#include "simulator/card/commands/internal_authentication.h"
#include "simulator/core/commands/external_authentication.h"
#include "simulator/core/commands/select.h"
#include "simulator/mutants/mutant.h"

namespace ssc::simulator::mutants {
namespace {

using apdu::CommandId;
using apdu::Response;
using core::CardView;
using core::Request;
using core::Transaction;

void put_tries(Transaction& tx, core::KeyIndex key, unsigned tries) {
  const auto octet = static_cast<std::uint8_t>(tries);
  tx.put(core::key_tries_cell(key), {&octet, 1});
}

Response wrong_is_free(const CardView& view, Transaction& tx, const Request& request) {
  const unsigned before = view.tries(*request.target.key);
  const Response answer = core::external_authentication(view, tx, request);
  if (answer.status.sw1() == 0x63) put_tries(tx, *request.target.key, before);
  return answer;
}

Response right_restores_nothing(const CardView& view, Transaction& tx, const Request& request) {
  const unsigned before = view.tries(*request.target.key);
  const Response answer = core::external_authentication(view, tx, request);
  if (answer.status.ok()) put_tries(tx, *request.target.key, before > 1 ? before - 1 : 1);
  return answer;
}

Response any_data_opens(const CardView& view, Transaction& tx, const Request& request) {
  core::external_authentication(view, tx, request);
  tx.session().security.grant(view.image().key(*request.target.key).family);
  return Response(apdu::sw::ok);
}

// Half of the authentication data is compared.
Response half_opens(const CardView& view, Transaction& tx, const Request& request) {
  const Response answer = core::external_authentication(view, tx, request);
  const auto& random = view.session().challenge;
  if (answer.status.ok() || !random) return answer;
  const auto session = keys::session_key(view.key_value(*request.target.key), random->value);
  const auto right = keys::authentication_data(session, request.data.subspan(8, 8));
  if (!apdu::equal(core::ByteView(right).first(4), request.data.first(4))) return answer;
  tx.session().security.grant(view.image().key(*request.target.key).family);
  return Response(apdu::sw::ok);
}

Response opens_all_of_the_df(const CardView& view, Transaction& tx, const Request& request) {
  const Response answer = core::external_authentication(view, tx, request);
  if (!answer.status.ok()) return answer;
  for (const core::KeySlot& key : view.image().keys) {
    if (key.df == view.image().key(*request.target.key).df) tx.session().security.grant(key.family);
  }
  return answer;
}

Response opens_nothing(const CardView& view, Transaction& tx, const Request& request) {
  const Response answer = core::external_authentication(view, tx, request);
  tx.session().security.revoke(view.image().key(*request.target.key).family);
  return answer;
}

Response keys_survive_select(const CardView& view, Transaction& tx, const Request& request) {
  const Response answer = core::select(view, tx, request);
  tx.session().security = view.session().security;
  return answer;
}

// Byte 17 of the data is passed over, so that the first group answers.
apdu::StatusWord version_dropped(core::Exchange& x, CommandId command) {
  constexpr std::size_t kWithoutVersion = 16;
  const auto status = healthy_check<core::Step::kLengths>(x);
  if (status.ok() && x.row->id == command && x.data.size() > kWithoutVersion)
    x.data = x.data.first(kWithoutVersion);
  return status;
}

Response constant_answer(const CardView& view, Transaction& tx, const Request& request) {
  const Response answer = card::internal_authentication(view, tx, request);
  return answer.status.ok() ? Response(core::Bytes(answer.data.size(), 0x5A), answer.status) : answer;
}

constexpr Mutant kMutants[] = {
    {"key-wrong-is-free", "KEYS", "Wrong authentication data cost no try", "认证失败不扣次数", "Part 7 §6.6",
     profile::Kind::kCard,
     [](Workbench& w) { w.binding(CommandId::kExternalAuthentication).handler = wrong_is_free; }},
    {"key-right-restores-nothing", "KEYS", "A success does not give the tries back", "认证成功不恢复次数",
     "Part 7 §6.6", profile::Kind::kCard,
     [](Workbench& w) { w.binding(CommandId::kExternalAuthentication).handler = right_restores_nothing; }},
    {"key-tries-not-stored", "KEYS", "Key counters never reach the memory", "密钥计数器未写入存储器",
     "Part 7 §6.6", profile::Kind::kCard,
     [](Workbench& w) { w.forgotten.push_back(core::CellKind::kKeyTries); }},
    {"challenge-used-twice", "KEYS", "A random can be used twice", "随机数可重复使用", "Part 5 §6.5.1",
     profile::Kind::kCard,
     [](Workbench& w) {
       w.binding(CommandId::kExternalAuthentication).handler = challenge_kept<core::external_authentication>;
     }},
    {"challenge-across-applications", "KEYS", "A random drawn in one application is good in another",
     "随机数跨应用有效", "Part 5 §6.5.1", profile::Kind::kCard,
     [](Workbench& w) { w.binding(CommandId::kSelect).handler = challenge_kept<core::select>; }},
    {"challenge-constant", "KEYS", "Every random is the same", "随机数恒定", "Part 5 §6.5",
     profile::Kind::kCard, [](Workbench& w) { w.constant_random = true; }},
    {"challenge-not-wanted", "KEYS", "EXTERNAL AUTHENTICATION asks for no random first",
     "外部认证不要求先取随机数", "Part 5 §6.4", profile::Kind::kCard,
     [](Workbench& w) { w.binding(CommandId::kExternalAuthentication).challenge = false; }},
    {"key-any-data", "KEYS", "Any authentication data open", "任意认证数据均通过", "Part 4 §9.3",
     profile::Kind::kCard,
     [](Workbench& w) { w.binding(CommandId::kExternalAuthentication).handler = any_data_opens; }},
    {"key-half-compared", "KEYS", "Half of the authentication data is compared", "只比较一半认证数据",
     "Part 4 §9.3", profile::Kind::kCard,
     [](Workbench& w) { w.binding(CommandId::kExternalAuthentication).handler = half_opens; }},
    {"key-opens-all", "KEYS", "One key opens what every key of its application opens", "一个密钥打开整个应用",
     "Part 7 §6.6", profile::Kind::kCard,
     [](Workbench& w) { w.binding(CommandId::kExternalAuthentication).handler = opens_all_of_the_df; }},
    {"key-opens-nothing", "KEYS", "A success opens nothing", "认证成功但无权限", "Part 7 §6.6",
     profile::Kind::kCard,
     [](Workbench& w) { w.binding(CommandId::kExternalAuthentication).handler = opens_nothing; }},
    {"key-state-across-applications", "KEYS", "A key's state survives a change of application",
     "切换应用后密钥状态仍保留", "Part 7 §6.6", profile::Kind::kCard,
     [](Workbench& w) { w.binding(CommandId::kSelect).handler = keys_survive_select; }},
    {"key-state-survives-reset", "KEYS", "A key's state survives power and reset", "复位后密钥状态仍保留",
     "Part 7 §6.6", profile::Kind::kCard,
     [](Workbench& w) {
       w.lifetimes.reset = [](core::Session& session) {
         const auto proved = session.security;
         session = core::Session{};
         session.security = proved;
         session.security.set_pin_verified(false);
       };
     }},
    {"external-version-ignored", "KEYS", "EXTERNAL AUTHENTICATION passes over the key version",
     "外部认证忽略密钥版本", "Part 5 §6.4.3", profile::Kind::kCard,
     [](Workbench& w) {
       w.replace_check(core::Step::kLengths, [](core::Exchange& x) {
         return version_dropped(x, CommandId::kExternalAuthentication);
       });
     }},
    {"internal-version-ignored", "KEYS", "INTERNAL AUTHENTICATION passes over the key version",
     "内部认证忽略密钥版本", "Part 5 §6.7.3", profile::Kind::kCard,
     [](Workbench& w) {
       w.replace_check(core::Step::kLengths, [](core::Exchange& x) {
         return version_dropped(x, CommandId::kInternalAuthentication);
       });
     }},
    {"internal-answer-wrong", "KEYS", "INTERNAL AUTHENTICATION's answer has one bit turned",
     "内部认证结果错一位", "Part 4 §9.3", profile::Kind::kCard,
     [](Workbench& w) {
       w.binding(CommandId::kInternalAuthentication).handler = last_bit_turned<card::internal_authentication>;
     }},
    {"internal-answer-constant", "KEYS", "INTERNAL AUTHENTICATION answers the same whatever is asked",
     "内部认证结果恒定", "Part 4 §9.3", profile::Kind::kCard,
     [](Workbench& w) { w.binding(CommandId::kInternalAuthentication).handler = constant_answer; }},
    {"card-block-without-bk", "BLOCK", "The card is blocked without BK", "锁卡无需BK认证", "Part 5 §6.2",
     profile::Kind::kCard, [](Workbench& w) { w.binding(CommandId::kCardBlock).need = {}; }},
    {"application-block-without-lk", "BLOCK", "An application is blocked without LK", "锁应用无需LK认证",
     "Part 5 §6.1", profile::Kind::kCard,
     [](Workbench& w) { w.binding(CommandId::kApplicationBlock).need = {}; }},
    {"block-not-stored", "BLOCK", "A block never reaches the memory", "锁定状态未写入存储器", "Part 7 §13",
     profile::Kind::kCard, [](Workbench& w) { w.forgotten.push_back(core::CellKind::kBlocked); }},
    {"blocked-application-works", "BLOCK", "A blocked application still serves", "锁定的应用仍可使用",
     "Part 7 §13.2", profile::Kind::kCard,
     [](Workbench& w) { w.drop_check(core::Step::kApplicationNotBlocked); }},
    {"blocked-card-works", "BLOCK", "A blocked card still serves", "锁定的卡仍可使用", "Part 7 §13.1",
     profile::Kind::kCard, [](Workbench& w) { w.drop_check(core::Step::kCardNotBlocked); }},
};

}  // namespace

std::span<const Mutant> authentication_mutants() { return kMutants; }

}  // namespace ssc::simulator::mutants
