// The subcommands of `ssc card`, each in its own file.
#pragma once

namespace CLI {
class App;
}

namespace ssc::tools {

void add_card_list(CLI::App& card, int& exit_status);
void add_card_build(CLI::App& card, int& exit_status);
void add_card_show(CLI::App& card, int& exit_status);
void add_card_copy(CLI::App& card, int& exit_status);
void add_card_reset(CLI::App& card, int& exit_status);
void add_card_diff(CLI::App& card, int& exit_status);

}  // namespace ssc::tools
