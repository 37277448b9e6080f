// ssc: a virtual social security card and PSAM, and the harness that tests cards, PSAMs and terminals.
#include <CLI/CLI.hpp>
#include <string>

#include "tools/ssc/subcommand.h"

namespace ssc::tools {
namespace {

int run_program(int argc, char** argv) {
  CLI::App program(
      "A virtual Chinese social security card and PSAM, and the harness that tests the real ones.", "ssc");
  program.set_version_flag("--version", "ssc " SSC_VERSION);
  program.require_subcommand(1);
  program.footer("Example: ssc run scenarios\nssc SUBCOMMAND --help tells more, with an example each.");
  int exit_status = exit_code::ok;
  for (const auto& [name, add] : subcommands()) add(program, exit_status);
  try {
    program.parse(argc, argv);
  } catch (const CLI::Success& success) {
    return program.exit(success);
  } catch (const CLI::ParseError& error) {
    return complain(std::string(error.what()) + "; ssc --help lists what there is");
  }
  return exit_status;
}

}  // namespace
}  // namespace ssc::tools

int main(int argc, char** argv) { return ssc::tools::run_program(argc, argv); }
