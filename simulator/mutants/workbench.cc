#include "simulator/mutants/workbench.h"

#include <algorithm>
#include <cassert>

#include "apdu/hex.h"

namespace ssc::simulator::mutants {

Workbench::Workbench(const profile::CardModel& healthy, const core::CommandSet& commands)
    : model(healthy),
      healthy_(commands),
      bindings_(commands.bindings.begin(), commands.bindings.end()),
      checks_(core::order_of_checks().begin(), core::order_of_checks().end()),
      medical_(core::kMedicalStates.begin(), core::kMedicalStates.end()) {}

core::Binding& Workbench::binding(apdu::CommandId command) {
  const auto found = std::ranges::find(bindings_, command, &core::Binding::command);
  assert(found != bindings_.end());
  return *found;
}

void Workbench::replace_check(core::Step step, apdu::StatusWord (*passes)(core::Exchange&)) {
  std::ranges::find(checks_, step, &core::Check::step)->passes = passes;
}

void Workbench::drop_check(core::Step step) {
  std::erase_if(checks_, [step](const core::Check& check) { return check.step == step; });
}

void Workbench::move_check(core::Step step, core::Step next) {
  const core::Check moved = *std::ranges::find(checks_, step, &core::Check::step);
  drop_check(step);
  checks_.insert(std::ranges::find(checks_, next, &core::Check::step), moved);
}

core::MedicalRow& Workbench::medical_row(apdu::CommandId command) {
  return *std::ranges::find(medical_, command, &core::MedicalRow::command);
}

profile::Ef* Workbench::file(std::string_view path) {
  const std::size_t slash = path.find('/');
  const auto fid = apdu::parse_hex(path.substr(slash + 1)).value_or(apdu::Bytes{0, 0});
  for (profile::Df& df : model.dfs) {
    if (df.id != path.substr(0, slash)) continue;
    const auto found =
        std::ranges::find(df.files, static_cast<std::uint16_t>(apdu::number(fid)), &profile::Ef::fid);
    if (found != df.files.end()) return &*found;
  }
  return nullptr;
}

core::Rules Workbench::rules() const {
  core::Rules rules(core::CommandSet{healthy_.rows, bindings_});
  rules.checks = checks_;
  rules.medical_states = medical_;
  rules.lifetimes = lifetimes;
  rules.present = present;
  return rules;
}

}  // namespace ssc::simulator::mutants
