#include "tools/ssc/targets.h"

#include "conformance/channel/in_process.h"
#include "conformance/channel/pcsc_target.h"
#include "conformance/channel/vpcd.h"
#include "tools/ssc/subcommand.h"

namespace ssc::tools {
namespace {

constexpr std::string_view kReaderPrefix = "pcsc:";

TargetError missing(const apdu::ChannelError& error) { return {error.what, exit_code::not_carried_out}; }

}  // namespace

tl::expected<const simulator::mutants::Mutant*, TargetError> find_mutant(const std::string& id) {
  if (id.empty()) return nullptr;
  if (const auto* mutant = simulator::mutants::find(id)) return mutant;
  std::string near;
  for (const auto& mutant : simulator::mutants::catalogue()) {
    if (mutant.id.substr(0, 4) == std::string_view(id).substr(0, 4)) near += " " + std::string(mutant.id);
  }
  return tl::make_unexpected(
      TargetError{"--mutant " + id + ": there is no such mutant; " +
                      (near.empty() ? "'ssc mutants --list' names them" : "near it:" + near),
                  exit_code::bad_input});
}

tl::expected<std::unique_ptr<conformance::Target>, TargetError> make_target(
    const std::string& name, apdu::Slot slot, const simulator::mutants::Mutant* mutant) {
  const bool card = slot == apdu::Slot::kCard;
  if (name == "sim") return conformance::in_process_target(mutant);
  if (name == "vpcd") return conformance::vpcd_target(card ? 0 : 1, mutant).map_error(missing);
  if (mutant != nullptr)
    return tl::make_unexpected(TargetError{"--mutant " + std::string(mutant->id) + ": " + name +
                                               " is a card as it is; defects are for sim and vpcd",
                                           exit_code::bad_input});
  if (name.starts_with(kReaderPrefix) && name.size() > kReaderPrefix.size())
    return conformance::pcsc_target(std::string_view(name).substr(kReaderPrefix.size())).map_error(missing);
  const std::string option = card ? "--card-target " : "--psam-target ";
  const std::string choice = card ? "sim, vpcd or pcsc:NAME" : "sim, vpcd, pcsc:NAME or keys";
  return tl::make_unexpected(
      TargetError{option + name + ": there is no such target; write " + choice, exit_code::bad_input});
}

}  // namespace ssc::tools
