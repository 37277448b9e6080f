// ssc desk lost: a lost card is reported, and replaced.
#include <CLI/CLI.hpp>

#include "tools/ssc/desk_commands.h"
#include "tools/ssc/desk_office.h"
#include "tools/ssc/desk_replace.h"

namespace ssc::tools {
namespace {

using namespace conformance::desk;
using keys::ledger::Kind;

struct ReportArguments {
  OfficeOptions office;
  std::string card_number;
};

Decided<void> report_lost(Office& office, const RegisteredCard& row) {
  keys::ledger::Entry entry;
  entry.kind = Kind::kCardLost;
  entry.subject = {keys::ledger::SubjectType::kCard, row.card_number};
  entry.who = office.clerk().who;
  entry.role = office.clerk().role;
  if (auto entered = office.enter(entry); !entered) return entered;
  if (row.lost.empty()) {
    const auto reported = office.book().report_lost(row, office.now());
    if (!reported) return tl::unexpected(refusal_of(reported.error()));
  }
  return add_to_blacklist(office.blacklist_file(), {row.identification, row.card_number, "", office.now()});
}

// Again after a power cut: what is missing is added, and nothing twice.
int report(const ReportArguments& arguments) {
  const auto office = Office::open_with_ledger(arguments.office);
  if (!office) return complain(office.error());
  if ((*office)->blacklist_file().empty())
    return complain("no blacklist: name --centre DIR or --blacklist FILE");
  const auto row = (*office)->book().find(arguments.card_number);
  if (!row) return complain(refusal_of(row.error()));
  const bool listed = (*office)->blacklist().names(row->identification, row->card_number);
  if (!row->lost.empty() && listed) return complain(not_lost(*row).error());
  const auto done = report_lost(**office, *row);
  if (!done) return complain(done.error());
  return tell(row->card_number, {"reported lost; it is on the terminals' blacklist, and no desk serves it",
                                 "已挂失，已列入终端黑名单"});
}

void add_report(CLI::App& lost, int& exit_status) {
  auto arguments = std::make_shared<ReportArguments>();
  CLI::App* command =
      lost.add_subcommand("report", "Blocks a lost card in the register and on the blacklist");
  command->add_option("CARD", arguments->card_number, "Card number, nine characters")->required();
  add_operator_options(*command, arguments->office);
  add_office_options(*command, arguments->office);
  command->footer(
      "Example: ssc desk lost report A99010016 --centre city --operator 'Li Desk' --role 'PIN desk'");
  command->callback([arguments, &exit_status] { exit_status = report(*arguments); });
}

}  // namespace

void add_desk_lost(CLI::App& desk, int& exit_status) {
  CLI::App* command = desk.add_subcommand("lost", "A lost card: report it, replace it");
  command->require_subcommand(1);
  command->footer(
      "Example: ssc desk lost report A99010016 --centre city --operator 'Li Desk' --role 'PIN desk'");
  add_report(*command, exit_status);
  add_lost_replace(*command, exit_status);
}

}  // namespace ssc::tools
