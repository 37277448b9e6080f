// How a file of this folder becomes a subcommand of ssc: it defines one Subcommand object, and main finds it.
#pragma once

#include <map>
#include <string_view>

namespace CLI {
class App;
}

namespace ssc::tools {

// What a shell sees; README.md of the project says when.
namespace exit_code {
inline constexpr int ok = 0;
inline constexpr int failed = 1;
inline constexpr int bad_input = 2;
inline constexpr int not_carried_out = 3;
}  // namespace exit_code

// Adds its options to the parser and sets a callback that writes the exit status.
using AddSubcommand = void (*)(CLI::App& program, int& exit_status);

// Make one at namespace scope: `const Subcommand kServe("serve", add_serve);`
struct Subcommand {
  Subcommand(std::string_view name, AddSubcommand add);
};

// All there are, by name, so that --help lists them in a fixed order.
using Subcommands = std::map<std::string_view, AddSubcommand>;
const Subcommands& subcommands();

// One line on standard error; gives exit_code::bad_input or the other given.
int complain(std::string_view line, int exit_status = exit_code::bad_input);

}  // namespace ssc::tools
