// ssc keys: key sets, their carriers, machines and records.
#include <CLI/CLI.hpp>

#include "tools/ssc/keys_commands.h"
#include "tools/ssc/subcommand.h"

namespace ssc::tools {
namespace {

constexpr AddSubcommand kCommands[] = {
    add_keys_add,       add_keys_carrier, add_keys_centre, add_keys_check,    add_keys_compare,
    add_keys_component, add_keys_custody, add_keys_derive, add_keys_ledger,   add_keys_machine,
    add_keys_make,      add_keys_rekey,   add_keys_show,   add_keys_transfer,
};

void add_keys(CLI::App& program, int& exit_status) {
  CLI::App* command = program.add_subcommand("keys", "Key sets, their carriers, machines and records");
  command->require_subcommand(1);
  command->footer(
      "Example: ssc keys show lab-990100-sm4\nssc keys SUBCOMMAND --help tells more, with an example each.");
  for (const auto add : kCommands) add(*command, exit_status);
}

const Subcommand kKeys("keys", add_keys);

}  // namespace
}  // namespace ssc::tools
