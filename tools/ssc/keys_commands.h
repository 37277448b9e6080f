// The subcommands of `ssc keys`, each in its own file.
#pragma once

namespace CLI {
class App;
}

namespace ssc::tools {

void add_keys_add(CLI::App& keys, int& exit_status);
void add_keys_carrier(CLI::App& keys, int& exit_status);
void add_keys_centre(CLI::App& keys, int& exit_status);
void add_keys_check(CLI::App& keys, int& exit_status);
void add_keys_compare(CLI::App& keys, int& exit_status);
void add_keys_component(CLI::App& keys, int& exit_status);
void add_keys_custody(CLI::App& keys, int& exit_status);
void add_keys_derive(CLI::App& keys, int& exit_status);
void add_keys_ledger(CLI::App& keys, int& exit_status);
void add_keys_machine(CLI::App& keys, int& exit_status);
// Below `ssc keys machine`.
void add_keys_machine_answer(CLI::App& machine, int& exit_status);
void add_keys_make(CLI::App& keys, int& exit_status);
void add_keys_rekey(CLI::App& keys, int& exit_status);
void add_keys_show(CLI::App& keys, int& exit_status);
void add_keys_transfer(CLI::App& keys, int& exit_status);

}  // namespace ssc::tools
