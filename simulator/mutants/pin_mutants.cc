#include "simulator/card/commands/change_pin.h"
#include "simulator/card/commands/pin_change_unblock.h"
#include "simulator/card/commands/verify.h"
#include "simulator/card/pin.h"
#include "simulator/core/commands/select.h"
#include "simulator/mutants/mutant.h"

namespace ssc::simulator::mutants {
namespace {

using apdu::CommandId;
using apdu::Response;
using core::CardView;
using core::Request;
using core::Transaction;

void put_tries(Transaction& tx, unsigned tries) {
  const auto octet = static_cast<std::uint8_t>(tries);
  tx.put(core::kPinTriesCell, {&octet, 1});
}

bool is_wrong(const Response& answer) { return answer.status.sw1() == 0x63; }

Response verify_for_free(const CardView& view, Transaction& tx, const Request& request) {
  const unsigned before = view.pin().tries;
  const Response answer = card::verify(view, tx, request);
  if (is_wrong(answer) && !request.data.empty()) put_tries(tx, before);
  return answer;
}

Response verify_restores_nothing(const CardView& view, Transaction& tx, const Request& request) {
  const unsigned before = view.pin().tries;
  const Response answer = card::verify(view, tx, request);
  if (answer.status.ok() && !request.data.empty()) put_tries(tx, before > 1 ? before - 1 : 1);
  return answer;
}

Response verify_costs_two(const CardView& view, Transaction& tx, const Request& request) {
  const unsigned before = view.pin().tries;
  const Response answer = card::verify(view, tx, request);
  if (is_wrong(answer) && !request.data.empty()) put_tries(tx, before > 1 ? before - 2 : 0);
  return answer;
}

Response verify_keeps_state(const CardView& view, Transaction& tx, const Request& request) {
  const Response answer = card::verify(view, tx, request);
  if (is_wrong(answer)) tx.session().security.set_pin_verified(view.session().security.pin_verified());
  return answer;
}

Response asking_costs(const CardView& view, Transaction& tx, const Request& request) {
  if (request.data.empty() && view.pin().tries > 0) tx.spend_try(core::kPinTriesCell, view.pin().tries);
  return card::verify(view, tx, request);
}

Response asking_opens(const CardView& view, Transaction& tx, const Request& request) {
  if (request.data.empty()) tx.session().security.set_pin_verified(true);
  return card::verify(view, tx, request);
}

Response first_octet_is_enough(const CardView& view, Transaction& tx, const Request& request) {
  const Response answer = card::verify(view, tx, request);
  const auto pin = view.pin().value;
  if (!is_wrong(answer) || request.data.empty() || pin.empty() || request.data[0] != pin[0]) return answer;
  card::restore_tries(view, tx);
  tx.session().security.set_pin_verified(true);
  return Response(apdu::sw::ok);
}

Response any_old_pin(const CardView& view, Transaction& tx, const Request& request) {
  const auto pins = card::split_pins(request.data);
  if (!pins || !card::is_pin(pins->new_pin)) return card::change_pin(view, tx, request);
  tx.put(core::kPinCell, pins->new_pin);
  card::restore_tries(view, tx);
  return Response(apdu::sw::ok);
}

Response lost_at_select(const CardView& view, Transaction& tx, const Request& request) {
  const Response answer = core::select(view, tx, request);
  tx.session().security.set_pin_verified(false);
  return answer;
}

Response unblock_restores_one(const CardView& view, Transaction& tx, const Request& request) {
  const Response answer = card::unblock_pin(view, tx, request);
  if (answer.status.ok()) put_tries(tx, 1);
  return answer;
}

Response reload_gives_no_tries(const CardView& view, Transaction& tx, const Request& request) {
  const unsigned before = view.pin().tries;
  const Response answer = card::reload_pin(view, tx, request);
  if (answer.status.ok()) put_tries(tx, before);
  return answer;
}

Response locked_pin_opens(const CardView& view, Transaction& tx, const Request& request) {
  if (view.pin().tries > 0 || request.data.empty()) return card::verify(view, tx, request);
  if (!apdu::equal(view.pin().value, request.data)) return Response(apdu::sw::tries_left(0));
  tx.session().security.set_pin_verified(true);
  return Response(apdu::sw::ok);
}

constexpr Mutant kMutants[] = {
    {"pin-wrong-is-free", "PIN", "A wrong PIN costs no try", "错误密码不扣次数", "Part 5 §6.14",
     profile::Kind::kCard, [](Workbench& w) { w.binding(CommandId::kVerify).handler = verify_for_free; }},
    {"pin-wrong-costs-two", "PIN", "A wrong PIN costs two tries", "错误密码扣两次", "Part 5 §6.14",
     profile::Kind::kCard, [](Workbench& w) { w.binding(CommandId::kVerify).handler = verify_costs_two; }},
    {"pin-right-restores-nothing", "PIN", "The right PIN does not give the tries back", "正确密码不恢复次数",
     "Part 5 §6.14", profile::Kind::kCard,
     [](Workbench& w) { w.binding(CommandId::kVerify).handler = verify_restores_nothing; }},
    {"pin-tries-not-stored", "PIN", "The retry counter never reaches the memory", "密码计数器未写入存储器",
     "Part 7 §5.8", profile::Kind::kCard,
     [](Workbench& w) { w.forgotten.push_back(core::CellKind::kPinTries); }},
    {"pin-state-after-wrong", "PIN", "A wrong PIN leaves the PIN state given", "错误密码后验证状态未清除",
     "Part 5 §6.14", profile::Kind::kCard,
     [](Workbench& w) { w.binding(CommandId::kVerify).handler = verify_keeps_state; }},
    {"pin-asking-costs", "PIN", "Asking for the counter costs a try", "查询次数时扣次数", "Part 5 §6.14.5",
     profile::Kind::kCard, [](Workbench& w) { w.binding(CommandId::kVerify).handler = asking_costs; }},
    {"pin-asking-opens", "PIN", "Asking for the counter counts as the PIN", "查询次数被视为校验通过",
     "Part 5 §6.14.5", profile::Kind::kCard,
     [](Workbench& w) { w.binding(CommandId::kVerify).handler = asking_opens; }},
    {"pin-prefix-compared", "PIN", "Only the first octet of the PIN is compared", "只比较密码首字节",
     "Part 5 §6.14", profile::Kind::kCard,
     [](Workbench& w) { w.binding(CommandId::kVerify).handler = first_octet_is_enough; }},
    {"pin-lock-ignored", "PIN", "A locked PIN still opens", "锁定后密码仍有效", "Part 7 §5.8",
     profile::Kind::kCard,
     [](Workbench& w) {
       w.binding(CommandId::kVerify).target = core::TargetRule::kPinEvenLocked;
       w.binding(CommandId::kVerify).handler = locked_pin_opens;
     }},
    {"pin-survives-reset", "PIN", "The PIN state survives power and reset", "复位后密码状态仍保留",
     "Part 4 §5.5", profile::Kind::kCard,
     [](Workbench& w) {
       w.lifetimes.reset = [](core::Session& session) {
         const bool given = session.security.pin_verified();
         session = core::Session{};
         session.security.set_pin_verified(given);
       };
     }},
    {"pin-lost-at-select", "PIN", "The PIN state is lost at a change of application",
     "切换应用后密码状态丢失", "Part 4 §5.5", profile::Kind::kCard,
     [](Workbench& w) { w.binding(CommandId::kSelect).handler = lost_at_select; }},
    {"pin-change-asks-no-old", "PIN", "CHANGE PIN takes any old PIN", "修改密码不校验旧密码", "Part 5 §6.3",
     profile::Kind::kCard, [](Workbench& w) { w.binding(CommandId::kChangePin).handler = any_old_pin; }},
    {"pin-change-not-stored", "PIN", "The new PIN never reaches the memory", "新密码未写入存储器",
     "Part 5 §6.3", profile::Kind::kCard, [](Workbench& w) { w.forgotten.push_back(core::CellKind::kPin); }},
    {"pin-one-try-more", "PIN", "The PIN has one try more than the profile", "密码次数多一次", "Part 7 §5.8",
     profile::Kind::kCard, [](Workbench& w) { ++w.model.pin.tries; }},
    {"pin-one-try-less", "PIN", "The PIN has one try less than the profile", "密码次数少一次", "Part 7 §5.8",
     profile::Kind::kCard,
     [](Workbench& w) {
       w.model.pin.tries = static_cast<std::uint8_t>(w.model.pin.tries > 1 ? w.model.pin.tries - 1 : 1);
     }},
    {"unblock-without-puk", "PIN", "The PIN is unblocked without PUK", "解锁密码无需PUK认证", "Part 5 §6.8",
     profile::Kind::kCard, [](Workbench& w) { w.binding(CommandId::kPinUnblock).need = {}; }},
    {"reload-without-puk", "PIN", "The PIN is reloaded without PUK", "重装密码无需PUK认证", "Part 5 §6.8",
     profile::Kind::kCard, [](Workbench& w) { w.binding(CommandId::kPinReload).need = {}; }},
    {"unblock-restores-one", "PIN", "Unblocking gives one try back, not all", "解锁只恢复一次", "Part 5 §6.8",
     profile::Kind::kCard,
     [](Workbench& w) { w.binding(CommandId::kPinUnblock).handler = unblock_restores_one; }},
    {"reload-restores-no-tries", "PIN", "Reloading leaves the tries as they were", "重装密码不恢复次数",
     "Part 5 §6.8", profile::Kind::kCard,
     [](Workbench& w) { w.binding(CommandId::kPinReload).handler = reload_gives_no_tries; }},
    {"reload-without-mac", "PIN", "The MAC of a reload is not checked", "重装密码不校验MAC", "Part 5 §6.8",
     profile::Kind::kCard,
     [](Workbench& w) {
       w.replace_check(core::Step::kMac, [](core::Exchange& x) {
         const auto status = healthy_check<core::Step::kMac>(x);
         return x.row->id == CommandId::kPinReload ? apdu::sw::ok : status;
       });
     }},
};

}  // namespace

std::span<const Mutant> pin_mutants() { return kMutants; }

}  // namespace ssc::simulator::mutants
