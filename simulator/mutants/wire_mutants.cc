#include "simulator/core/commands/get_challenge.h"
#include "simulator/core/commands/select.h"
#include "simulator/core/fci.h"
#include "simulator/mutants/mutant.h"

namespace ssc::simulator::mutants {
namespace {

using apdu::CommandId;
using apdu::Response;

// The FCI of a selected DF without its last octet.
Response fci_cut(const core::CardView& view, core::Transaction& tx, const core::Request& request) {
  const Response answer = core::select(view, tx, request);
  if (answer.data.empty()) return answer;
  return {answer.data.view().first(answer.data.size() - 1), answer.status};
}

// Le is passed over: all the data there are.
core::Presented whole_answer(const Response& answer, const apdu::Command& command, core::LeCheck check,
                             const profile::T0& t0, bool direct) {
  apdu::Command any = command;
  if (any.le) any.le = 256;
  return core::present(answer, any, check == core::LeCheck::kExact ? core::LeCheck::kUpTo : check, t0,
                       direct);
}

// 6Cxx names one octet too many.
core::Presented wrong_hint(const Response& answer, const apdu::Command& command, core::LeCheck check,
                           const profile::T0& t0, bool direct) {
  core::Presented shown = core::present(answer, command, check, t0, direct);
  if (shown.response.status.sw1() == 0x6C)
    shown.response.status = apdu::sw::wrong_le(shown.response.status.sw2() + 1U);
  return shown;
}

constexpr Mutant kMutants[] = {
    {"atr-interface-byte", "ATR", "TB1 of the ATR is 10, not 00", "ATR的TB1错误", "Part 2 §8",
     profile::Kind::kCard,
     [](Workbench& w) {
       if (w.model.atr.size() > 2) w.model.atr[2] = 0x10;
     }},
    {"atr-historical-short", "ATR", "The ATR has lost its last historical byte", "ATR历史字节缺一",
     "Part 2 t.16", profile::Kind::kCard,
     [](Workbench& w) {
       if (w.model.atr.size() < 3) return;
       w.model.atr.pop_back();
       --w.model.atr[1];
     }},
    {"atr-other-serial", "ATR", "The ATR tells another serial than the keys are made with",
     "ATR序列号与密钥不符", "Part 9 §7.3", profile::Kind::kCard,
     [](Workbench& w) { w.model.atr.back() ^= 0x01; }},
    {"fci-cut", "FCI", "The FCI lacks its last octet", "FCI缺少末字节", "Part 5 §6.11", profile::Kind::kCard,
     [](Workbench& w) { w.binding(CommandId::kSelect).handler = fci_cut; }},
    {"name-missing", "FCI", "The SSSE cannot be selected by its name", "不能按名称选择社会保障环境",
     "Part 5 §6.11", profile::Kind::kCard, [](Workbench& w) { w.model.ssse_has_name = false; }},
    {"df-name-other", "FCI", "DF01 has another AID", "DF01的AID错误", "V2.0 notice t.2", profile::Kind::kCard,
     [](Workbench& w) {
       for (profile::Df& df : w.model.dfs)
         if (df.id == "DF01" && !df.name.empty()) df.name.back() ^= 0x01;
     }},
    {"le-ignored", "T=0", "Le is passed over", "忽略Le", "Part 2 §9.3", profile::Kind::kCard,
     [](Workbench& w) { w.present = whole_answer; }},
    {"le-hint-wrong", "T=0", "6Cxx names a wrong length", "6Cxx长度错误", "Part 2 §9.3", profile::Kind::kCard,
     [](Workbench& w) { w.present = wrong_hint; }},
    {"pending-stays", "T=0", "An answer that was not fetched stays for GET RESPONSE", "未取的响应一直保留",
     "Part 5 §6.6", profile::Kind::kCard,
     [](Workbench& w) {
       w.lifetimes.command = [](core::Session& session) { session.medical = core::Idle{}; };
     }},
};

}  // namespace

std::span<const Mutant> wire_mutants() { return kMutants; }

}  // namespace ssc::simulator::mutants
