// The subcommands of `ssc desk`, each in its own file.
#pragma once

namespace CLI {
class App;
}

namespace ssc::tools {

void add_desk_business(CLI::App& desk, int& exit_status);
void add_desk_change(CLI::App& desk, int& exit_status);
void add_desk_first_use(CLI::App& desk, int& exit_status);
void add_desk_lost(CLI::App& desk, int& exit_status);
void add_desk_policy(CLI::App& desk, int& exit_status);
void add_desk_register(CLI::App& desk, int& exit_status);
void add_desk_reset(CLI::App& desk, int& exit_status);
void add_desk_status(CLI::App& desk, int& exit_status);
void add_desk_unblock(CLI::App& desk, int& exit_status);

}  // namespace ssc::tools
